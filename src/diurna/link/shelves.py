"""Where stories stand to be found: under a heavy word and about a time, the ones touched last."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Shelf = dict[int, int]
"""Stories by their numbers, each with when it was last touched, the latest last."""

ShelvesOf = Callable[[Sequence[int]], Mapping[int, Shelf]]
"""What stands on these shelves, by their numbers; empty ones may be left out."""

_DAYS = 32
"""Days of one time."""

_ANY, _UNDATED, _FIRST = 0, 1, 2
"""Times of all stories, of those without a day, and of the earliest day there is."""

_LAST = dt.date.max.toordinal() // _DAYS


def filed_on(day: str, words: Iterable[str]) -> list[int]:
    """Shelves on which a report has its story stand, by its ISO day, or "", and its heaviest words (hashes)."""
    times = (_ANY, _FIRST + dt.date.fromisoformat(day).toordinal() // _DAYS if day else _UNDATED)
    return _shelves(times, words)


def looked_for_on(day: str, words: Iterable[str], reach: int) -> list[int]:
    """Shelves on which stories stand that a report may join.

    Args:
        reach: days before and after in which likeness counts at all.
    """
    if not day:
        return _shelves((_ANY,), words)
    here = dt.date.fromisoformat(day).toordinal()
    first, last = max(0, here - reach) // _DAYS, min(_LAST, (here + reach) // _DAYS)
    return _shelves((_UNDATED, *range(_FIRST + first, _FIRST + last + 1)), words)


def _shelves(times: Iterable[int], words: Iterable[str]) -> list[int]:
    keys = [int(word, 16) for word in words]
    return [time << 32 | key for time in times for key in keys]


def _nothing(shelves: Sequence[int]) -> Mapping[int, Shelf]:  # noqa: ARG001 - as `ShelvesOf` has it
    return {}


class Shelves:
    """What stands on shelves, asked for when it is needed.

    Args:
        remembered: stories a shelf has room for: cost does not grow with the ledger.
        shelves_of: what stood there before.
    """

    def __init__(self, remembered: int, shelves_of: ShelvesOf = _nothing) -> None:
        self._remembered, self._shelves_of = remembered, shelves_of
        self._rows: dict[int, Shelf] = {}
        self._before: dict[int, frozenset[int]] = {}
        self._touched: set[tuple[int, int]] = set()

    def ahead(self, shelves: Iterable[int]) -> None:
        """Ask for these shelves at once."""
        missing = sorted(set(shelves) - self._rows.keys())
        if missing:
            found = self._shelves_of(missing)
            for shelf in missing:
                self._rows[shelf] = dict(found.get(shelf, {}))
                self._before[shelf] = frozenset(self._rows[shelf])

    def on(self, shelves: Iterable[int]) -> Iterator[Iterable[int]]:
        """The stories on each of these shelves, which have been asked for."""
        return (self._rows[shelf] for shelf in shelves)

    def file(self, story: int, touch: int, shelves: Iterable[int]) -> None:
        """Have a story stand last on these shelves, which have been asked for; the first one makes room."""
        for shelf in shelves:
            row = self._rows[shelf]
            row.pop(story, None)
            row[story] = touch
            self._touched.add((shelf, story))
            while len(row) > self._remembered:
                del row[next(iter(row))]

    def changes(self) -> tuple[list[tuple[int, int]], list[tuple[int, int, int]]]:
        """What stood before and goes, as (shelf, story), and what comes, as (shelf, story, touch)."""
        gone: dict[int, list[int]] = defaultdict(list)
        new = []
        for shelf in {shelf for shelf, _ in self._touched}:
            row, before = self._rows[shelf], self._before[shelf]
            gone[shelf] += [story for story in before if story not in row or (shelf, story) in self._touched]
            new += [(shelf, story, touch) for story, touch in row.items() if (shelf, story) in self._touched]
        return sorted((shelf, story) for shelf, some in gone.items() for story in some), sorted(new)
