"""Who is one with whom, as asked: the names of a group, why they are together, and who else bears a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, select

from diurna.ledger import schema as t
from diurna.ledger.asking import Joined, Known, Namesake
from diurna.ledger.chunks import chunks
from diurna.ledger.identities import chief_of, groups_of
from diurna.ledger.select import FOREVER
from diurna.ledger.snapshot import Snapshot
from diurna.model.identity import Groups, Pair


@dataclass(frozen=True, slots=True)
class Who:
    """An actor across reports.

    Attributes:
        id: of the group: that of its chief identity; "" where linking has not seen the actor.
        names: numbers of all names of the group.
        identities: numbers of its identities, where one of its names is also somebody else's; () where none is.
        joined: the other names and why they are together, the most reported first.
        namesakes: others who bear a name of the group.
    """

    id: str
    names: tuple[int, ...]
    identities: tuple[int, ...] = ()
    joined: tuple[Joined, ...] = ()
    namesakes: tuple[Namesake, ...] = ()


def who_is(snapshot: Snapshot, names: Sequence[int], group: str | None = None) -> list[Who]:
    """The actors that names are taken for, one a name, in this order: of several bearers the one most often named.

    Args:
        group: the id of an identity of the bearer wanted instead.
    """
    known = _Bearers(snapshot, names)
    return [known.who(name, group) for name in names]


def with_groups(snapshot: Snapshot, names: Sequence[int], rows: Sequence[Known]) -> list[Known]:
    """What is known of names, with who else bears them and which other names are the same actor's."""
    people = who_is(snapshot, names)
    return [
        replace(known, id=who.id, same=who.joined, namesakes=who.namesakes)
        for known, who in zip(rows, people, strict=True)
    ]


class _Bearers:
    """The groups that bear some names."""

    def __init__(self, snapshot: Snapshot, names: Sequence[int]) -> None:
        self._snapshot = snapshot
        self._moment = snapshot.moment.known_on or FOREVER
        self._of: dict[int, dict[str, int]] = defaultdict(dict)
        self._ids: dict[str, int] = {}
        for name, one, seq, count in self._seen(t.sightings.c.name, names):
            self._of[name][one] = count
            self._ids[one] = seq
        self._groups: Groups = groups_of(snapshot.connection, self._ids, self._moment)
        self._whole = {one for row in self._groups.together() for one in row}
        self._named: dict[str, dict[int, int]] = defaultdict(dict)
        for name, one, seq, count in self._seen(t.identities.c.id, sorted(self._whole)):
            self._named[one][name] = count
            self._ids[one] = seq
        self._shown = self._names_of({name for row in self._named.values() for name in row})
        self._shared = self._bearers_of(sorted(self._shown))

    def _seen(
        self, column: ColumnElement[int] | ColumnElement[str], wanted: Sequence[int] | Sequence[str]
    ) -> list[tuple[int, str, int, int]]:
        """How often identities are seen under names: (name, id, number, count)."""
        s, i, found = t.sightings.c, t.identities.c, list[tuple[int, str, int, int]]()
        for some in chunks(wanted):
            asked = select(s.name, i.id, i.seq, func.count()).join(t.identities, i.seq == s.identity)
            asked = asked.where(column.in_(some)).group_by(s.name, i.id, i.seq)
            found += [(row[0], row[1], row[2], row[3]) for row in self._snapshot.connection.execute(asked)]
        return found

    def _names_of(self, names: Iterable[int]) -> dict[int, str]:
        n, found = t.names.c, dict[int, str]()
        for some in chunks(sorted(names)):
            found.update(
                (row[0], row[1])
                for row in self._snapshot.connection.execute(select(n.seq, n.name).where(n.seq.in_(some)))
            )
        return found

    def _bearers_of(self, names: Sequence[int]) -> dict[int, dict[str, int]]:
        """Identities of each name, and how often they are seen under it."""
        found: dict[int, dict[str, int]] = defaultdict(dict)
        for name, one, seq, count in self._seen(t.sightings.c.name, names):
            found[name][one] = count
            self._ids[one] = seq
        return found

    def who(self, name: int, group: str | None) -> Who:
        """The actor a name is taken for."""
        counts: dict[str, int] = defaultdict(int)
        for one, count in self._of.get(name, {}).items():
            counts[self._root(one)] += count
        if not counts:
            return Who("", (name,))
        wanted = self._root(group) if group in self._whole else None
        root = wanted if wanted in counts else min(counts, key=lambda one: (-counts[one], one))
        assert root is not None  # noqa: S101 - counts is not empty
        return self._made(name, root)

    def _root(self, one: str | None) -> str:
        return self._groups.root(one) if one in self._whole and one else one or ""

    def _made(self, name: int, root: str) -> Who:
        row = self._groups.members[root]
        weights = {one: sum(self._named[one].values()) for one in row}
        named: dict[int, int] = defaultdict(int)
        for one in row:
            for number, count in self._named[one].items():
                named[number] += count
        shared = {number for number in named if any(one not in row for one in self._shared[number])}
        members = set(row)
        holding = [pair for pair in self._groups.joined if pair.one in members]
        joined = [
            Joined(self._shown[number], self._why(holding, number), named[number])
            for number in sorted(named, key=lambda n: (-named[n], self._shown[n]))
            if number != name
        ]
        return Who(
            chief_of(row, weights),
            tuple(sorted({name, *named})),
            tuple(sorted(self._ids[one] for one in row)) if shared else (),
            tuple(joined),
            tuple(self._namesakes(row, sorted(shared))),
        )

    def _why(self, holding: Sequence[Pair], name: int) -> str:
        """The pair that holds a name in its group, of those that hold the group together, in words."""
        pairs = [p for p in holding if (name in self._named[p.one]) != (name in self._named[p.other])]
        best: Pair | None = max(pairs, key=lambda p: (p.person, p.strength), default=None)
        return best.why if best else "another spelling of one name"

    def _namesakes(self, row: Sequence[str], names: Sequence[int]) -> Iterable[Namesake]:
        counts: dict[tuple[str, str], int] = defaultdict(int)
        for name in names:
            for one, count in self._shared[name].items():
                if one not in row:
                    counts[self._root(one), self._shown[name]] += count
        for (root, shown), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            yield Namesake(root, shown, count)
