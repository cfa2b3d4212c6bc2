"""The resolver in memory: sightings in, identities, pairs and groups out; the ledger keeps the same in tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from diurna.link.identities import Identity, filed_under, looks_under, told, with_sightings
from diurna.link.judging import compare
from diurna.link.sightings import Sighting, identity_id
from diurna.model.identity import Groups, Pair, grouped


class Resolver:
    """Identities of sightings added so far, and the judged pairs among them.

    What is added costs what it changes: only identities told of anew are compared again, with those filed under the
    same keys. The pairs are those of all sightings together, in whatever order and portions they come.
    """

    def __init__(self, known: Iterable[Identity] = (), pairs: Iterable[Pair] = ()) -> None:
        self.identities: dict[str, Identity] = {one.id: one for one in known}
        self.pairs: dict[tuple[str, str], Pair] = {_ends(pair): pair for pair in pairs}
        self._filed: dict[str, set[str]] = defaultdict(set)
        for one in self.identities.values():
            self._file(one)

    def _file(self, one: Identity) -> None:
        for key in filed_under(one):
            self._filed[key].add(one.id)

    def add(self, seen: Iterable[Sighting]) -> set[str]:
        """Add sightings, but descriptions of nobody in particular; the ids of the identities judged anew."""
        rows: dict[str, list[Sighting]] = defaultdict(list)
        for one in seen:
            if one.kind != "description":
                rows[one.key].append(one)
        changed = []
        for key, some in rows.items():
            before = self.identities.get(identity_id(key))
            after = with_sightings(before, some)
            self.identities[after.id] = after
            if before is None or told(before) != told(after):
                self._file(after)
                changed.append(after.id)
        for key in changed:
            self._judge(self.identities[key])
        return set(changed)

    def _judge(self, one: Identity) -> None:
        others = {key for look in looks_under(one) for key in self._filed.get(look, ())} - {one.id}
        for key in sorted(others):
            other = self.identities[key]
            found = compare(one, other)
            ends = (min(one.id, key), max(one.id, key))
            if found is not None:
                self.pairs[ends] = found
            else:
                self.pairs.pop(ends, None)

    def groups(self, judged: Mapping[tuple[str, str], Pair] | None = None) -> Groups:
        """The groups of all identities; `judged` are people's pairs, by their ends in order."""
        pairs = {**self.pairs, **(judged or {})}
        return grouped({one.id: one.sightings for one in self.identities.values()}, pairs.values())


def _ends(pair: Pair) -> tuple[str, str]:
    return min(pair.one, pair.other), max(pair.one, pair.other)
