"""Blocking: what a telling is filed under, so that only tellings that share a party and a matter are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from diurna.link.telling import Telling

Block = tuple[str, str]
"""The root of a name ("" for any) and a thing, or "=" and a verb."""

_ROOT = 4
"""Letters of a name by which its demonym is found too ("Vantia", "Vantian")."""


def blocks_of(one: Telling) -> Iterator[Block]:
    """A name with each thing and with the verb, and each thing alone; nothing for what has no day."""
    if one.day is not None:
        yield from _filed(one, one.act.things | {c.kind for c in one.counts})


def wide_blocks(one: Telling) -> Iterator[Block]:
    """Blocks under which whatever speaks of the same things may be found, not only of what its act is done to."""
    words = {term.key for term in one.words.terms if term.kind in ("thing", "word")}
    yield from _filed(one, words | one.act.things)


def _filed(one: Telling, things: frozenset[str] | set[str]) -> Iterator[Block]:
    names = {word for party in (one.doer, one.teller, one.target) if party for name in party.names for word in name}
    names |= {word for name in one.names for word in name}
    roots = sorted({name[:_ROOT] for name in names})
    for thing in sorted(things):
        yield "", thing
        for root in roots:
            yield root, thing
    for root in roots:
        yield root, "=" + one.act.verb


class Blocks:
    """Tellings by their blocks.

    Args:
        crowd: tellings that share a block, above which it says too little to pair by.
    """

    def __init__(self, tellings: Sequence[Telling], crowd: int) -> None:
        self._tellings, self._crowd = tellings, crowd
        self._rows: dict[Block, list[int]] = defaultdict(list)
        self._keys = [tuple(blocks_of(one)) for one in tellings]
        for number, keys in enumerate(self._keys):
            for key in keys:
                self._rows[key].append(number)

    def partners(self, number: int, *, wide: bool = False) -> list[int]:
        """Numbers of the tellings of other reports that share a block with this one, in order.

        Args:
            wide: look under every word of a matter in it, not only under what its act is done to.
        """
        found: set[int] = set()
        for key in wide_blocks(self._tellings[number]) if wide else self._keys[number]:
            rows = self._rows[key]
            if len(rows) <= self._crowd:
                found.update(rows)
        report = self._tellings[number].place.report
        return sorted(n for n in found if self._tellings[n].place.report != report)
