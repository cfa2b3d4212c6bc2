"""What became of readings that were added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Became = Literal["added", "edited", "known", "read again", "removed before"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one reading.

    Attributes:
        report, version: ids.
        became: "added", a report not seen before; "edited", a new version of one; "known", that version is there
            already; "read again", its records were renewed; "removed before", it stays out.
        records: records stored.
    """

    report: str
    version: str
    became: Became
    records: int = 0


@dataclass(frozen=True, slots=True)
class Added:
    """What became of many readings, in numbers."""

    added: int = 0
    edited: int = 0
    known: int = 0
    read_again: int = 0
    removed_before: int = 0
    failures: int = 0
    records: int = 0

    @property
    def stored(self) -> int:
        """Readings that were written."""
        return self.added + self.edited + self.read_again

    def plus(self, outcomes: Iterable[Outcome], failures: int = 0) -> Added:
        """The numbers with these counted in."""
        rows = list(outcomes)
        count = Counter(one.became for one in rows)
        return Added(
            self.added + count["added"],
            self.edited + count["edited"],
            self.known + count["known"],
            self.read_again + count["read again"],
            self.removed_before + count["removed before"],
            self.failures + failures,
            self.records + sum(one.records for one in rows),
        )
