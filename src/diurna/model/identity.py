"""Who is one with whom across reports: pairs that are judged, and the groups that follow; a policy as an algebra.

A pair's verdict is a pure function of the two, so the order in which reports come decides nothing: the groups are those
of all pairs together. People outrank rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

PairVerdict = Literal["same", "part", "unsure", "apart"]
"""One actor; the first is a short name of the second where it can be nobody else's; perhaps; two actors."""

MANY = 6
"""How many times as often as all others somebody must be named for a short name to be taken for theirs."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that speaks for a pair, against it, or leaves it open."""

    name: str
    result: Literal["for", "against", "open"]
    why: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two identities laid side by side; of a "part", `one` has the short name.

    Attributes:
        strength: 0..100; the stronger of two pairs is joined first.
        person: whether a person decided.
    """

    one: str
    other: str
    verdict: PairVerdict
    strength: int
    grounds: tuple[Ground, ...] = ()
    person: bool = False

    @property
    def why(self) -> str:
        """The grounds in one line, what decided first."""
        return "; ".join(ground.why for ground in self.grounds)


@dataclass(slots=True)
class Groups:
    """Identities in groups, and the pairs that hold each group together."""

    _of: dict[str, str] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    joined: list[Pair] = field(default_factory=list)
    ambiguous: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def root(self, one: str) -> str:
        """The first of an identity's group."""
        return self._of[one]

    def together(self) -> list[tuple[str, ...]]:
        """The groups, each in order, by their first."""
        return sorted(tuple(sorted(row)) for row in self.members.values())


class _Union:
    """Groups under way, with what may not come together."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.of = {one: one for one in ids}
        self.members = {one: [one] for one in self.of}
        self.barred: dict[str, set[str]] = defaultdict(set)

    def bar(self, one: str, other: str) -> None:
        """Keep two apart from now on."""
        a, b = self.of[one], self.of[other]
        if a != b:
            self.barred[a].add(b)
            self.barred[b].add(a)

    def join(self, one: str, other: str) -> bool:
        """Bring two together; whether they were two and nothing bars it."""
        a, b = sorted((self.of[one], self.of[other]))
        if a == b or b in self.barred[a]:
            return False
        for member in self.members.pop(b):
            self.of[member] = a
            self.members[a].append(member)
        for far in self.barred.pop(b, set()):
            self.barred[far].discard(b)
            self.barred[far].add(a)
            self.barred[a].add(far)
        return True


def grouped(weights: Mapping[str, int], pairs: Iterable[Pair], many: int = MANY) -> Groups:
    """The groups that judged pairs make; the same however `pairs` are ordered.

    People's pairs come first, those that keep apart before those that join; then rules', those that keep apart first,
    then the strongest. At last a short name goes to whoever it can be, if that is one, or one named far more often.

    Args:
        weights: how often each identity is named; every identity of a pair is there.
        many: how many times as often as all others the one named far more often must be named.
    """
    rows = sorted(pairs, key=lambda p: (not p.person, p.verdict != "apart", -p.strength, p.one, p.other))
    union, groups = _Union(sorted(weights)), Groups()
    for pair in rows:
        if pair.verdict == "apart":
            union.bar(pair.one, pair.other)
        elif pair.verdict == "same" and union.join(pair.one, pair.other):
            groups.joined.append(pair)
    _take_parts(weights, [p for p in rows if p.verdict == "part"], union, groups, many)
    groups._of, groups.members = union.of, union.members
    return groups


def with_members(groups: Groups, group_of: Mapping[str, int]) -> Groups:
    """The same pairs, with the members that groups are known to have, each by its number."""
    rows: dict[int, list[str]] = defaultdict(list)
    for one in sorted(group_of):
        rows[group_of[one]].append(one)
    members = {row[0]: row for row in rows.values()}
    return Groups(
        {one: first for first, row in members.items() for one in row}, members, groups.joined, groups.ambiguous
    )


def _take_parts(weights: Mapping[str, int], parts: list[Pair], union: _Union, groups: Groups, many: int) -> None:
    """Give short names to those they can be; all are decided by how things stood before any was given."""
    short = {pair.one for pair in parts}
    wanted: dict[str, dict[str, Pair]] = defaultdict(dict)
    for pair in parts:
        at, to = union.of[pair.one], union.of[pair.other]
        if at != to and to not in union.barred[at] and set(union.members[at]) <= short:
            best = wanted[at].get(to)
            if best is None or best.strength < pair.strength:
                wanted[at][to] = pair
    heavy = {root: sum(weights[one] for one in union.members[root]) for root in list(union.members)}
    given: list[Pair] = []
    for at, choices in sorted(wanted.items()):
        top = max(pair.strength for pair in choices.values())
        near = {to: pair for to, pair in choices.items() if pair.strength >= top - _CLOSE}
        first = min(near, key=lambda to: (-heavy[to], to))
        others = sum(heavy[to] for to in near if to != first)
        if others and heavy[first] < many * others:
            groups.ambiguous[at] = tuple(sorted(near))
        else:
            given.append(near[first])
    for pair in given:
        if union.join(pair.one, pair.other):
            groups.joined.append(pair)


_CLOSE = 9
"""Strengths this close are rivals."""
