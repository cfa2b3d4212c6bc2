"""What somebody speaks of, and on which side: stances by issue, counted from statements.

An issue is a word for a thing that comes back in what somebody says. A side is taken only where the act itself takes
one: a promise, demand, threat, agreement or proposal by what it would do to the thing, praise and condemnation by
themselves, a refusal the other way round. Claims, forecasts and questions take none, however they sound.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from diurna.link.clauseacts import act_of
from diurna.link.commitments import refusing_cue
from diurna.link.wording import Wording, wording
from diurna.model.record import Act, Statement

Side = Literal["for", "against", "neither"]

_BY_DEED: frozenset[Act] = frozenset(("promise", "demand", "threaten", "agree", "propose", "announce"))
_OFFERED: frozenset[Act] = frozenset(("agree", "propose"))
"""What they name without a verb is wanted ("agreed a truce")."""
_MOST_TEXT = 1_000
_NEAR = 100
"""Characters in which what is praised or condemned is named; what follows tells why."""
_LEAST, _LEAST_WITHOUT_SIDE = 2, 3
"""Statements that make a word an issue."""
_NO_THING = re.compile(r".*(?:['’]\w+|ly)|thank.*|welcome|\w{1,2}")


@dataclass(frozen=True, slots=True)
class IssueStance:
    """How often somebody spoke for, against, or just of an issue.

    Attributes:
        issue: the word most used for it.
        records: ids of the statements, in the order given.
    """

    issue: str
    for_it: int
    against_it: int
    neither: int
    records: tuple[str, ...]

    @property
    def total(self) -> int:
        """Statements that speak of it."""
        return self.for_it + self.against_it + self.neither


def stances_by_issue(
    statements: Iterable[Statement], names: Collection[str] = (), most: int = 8
) -> tuple[IssueStance, ...]:
    """The issues that come back most, those with a side taken first.

    Args:
        names: of the speaker; their words are no issue.
    """
    own = {term.key for name in names for term in wording(name).terms}
    sides: dict[str, Counter[Side]] = defaultdict(Counter)
    called: dict[str, Counter[str]] = defaultdict(Counter)
    records: dict[str, list[str]] = defaultdict(list)
    seen: set[str] = set()
    for one in statements:
        if one.content.text in seen:  # copies of a report say nothing more
            continue
        seen.add(one.content.text)
        for key, word, side in _sides(one):
            if key not in own:
                sides[key][side] += 1
                called[key][word] += 1
                records[key].append(one.id)
    found = [
        IssueStance(_common(called[key]), count["for"], count["against"], count["neither"], tuple(records[key]))
        for key, count in sides.items()
        if len(records[key]) >= (_LEAST if count["for"] + count["against"] else _LEAST_WITHOUT_SIDE)
    ]
    return tuple(sorted(found, key=lambda one: (-one.for_it - one.against_it, -one.total, one.issue))[:most])


def _common(words: Counter[str]) -> str:
    return min(words, key=lambda word: (-words[word], word))


def _sides(one: Statement) -> Iterator[tuple[str, str, Side]]:
    """The things one statement speaks of, each once, with the word for it and the side taken.

    "Truce" and "fighting" are one matter to the lexicon, the one being the end of the other, but two issues here.
    """
    words = wording(one.content.text[:_MOST_TEXT])
    things, side = _taken(one, words)
    turned = {sign.start for sign in words.signs if sign.kind == "thing" and sign.turns}
    seen = set()
    for term in words.main:
        word, key = term.text.lower(), f"no {term.key}" if term.start in turned else term.key
        if term.kind in ("thing", "word") and key not in seen and not _NO_THING.fullmatch(word):
            seen.add(key)
            yield key, word, side if term.key in things else "neither"


def _taken(one: Statement, words: Wording) -> tuple[Collection[str], Side]:
    """The things a side is taken on, and the side."""
    if one.act in ("praise", "condemn", "accuse"):
        named = {term.key for term in words.main if term.start < _NEAR}
        return named, "for" if one.act == "praise" else "against"
    turned = one.act in ("deny", "refuse") or refusing_cue(one)
    if not turned and one.act not in _BY_DEED:
        return (), "neither"
    act = act_of(words, 0, turned=turned)
    things = act.object or act.things
    if act.direction and act.verb not in things:  # else nothing is done to the thing: it is only named
        return things, "for" if act.direction > 0 else "against"
    if one.content.form == "phrase" and (turned or one.act in _OFFERED):
        return words.keys, "against" if turned else "for"
    return (), "neither"
