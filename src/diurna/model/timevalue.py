"""When something was: an interval with a precision, never a bare guess."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Literal

Precision = Literal["instant", "day", "week", "month", "season", "year", "range", "unknown"]


@dataclass(frozen=True, slots=True)
class TimeValue:
    """An interval of time, both ends included, as the text gives it.

    Attributes:
        earliest: first day or moment, `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SSZ`; None when open.
        latest: last day or moment, same forms; None when open.
        precision: the grain of the expression, not the length of the interval.
        text: the expression as it stands in the report ("last week").
        offset: first and last day counted from the report's own day, where only that is known: in an undated report
            whose news is of a Saturday, "Friday" is (-1, -1). None where the days themselves are known, or nothing is.
    """

    earliest: str | None
    latest: str | None
    precision: Precision
    text: str
    offset: tuple[int, int] | None = None

    def __str__(self) -> str:
        """The days, as far as they are known, and how the report says it: `2024-02-01 to 2024-02-29 (“February”)`."""
        first, last = self.earliest, self.latest
        days = first if first and first == last else " to ".join(day or "…" for day in (first, last))
        said = f"“{self.text}”" if self.text and self.text != days else ""
        if not (first or last):
            return said or "unknown"
        return f"{days} ({said})" if said else str(days)

    @property
    def first_day(self) -> dt.date | None:
        """The first day of the interval; None when it is open or unknown."""
        return dt.date.fromisoformat(self.earliest[:10]) if self.earliest else None

    @property
    def last_day(self) -> dt.date | None:
        """The last day of the interval; None when it is open or unknown."""
        return dt.date.fromisoformat(self.latest[:10]) if self.latest else None


def day_value(day: dt.date, text: str) -> TimeValue:
    """One calendar day."""
    return TimeValue(day.isoformat(), day.isoformat(), "day", text)


def month_value(year: int, month: int, text: str) -> TimeValue:
    """One calendar month, first to last day."""
    last = calendar.monthrange(year, month)[1]
    return TimeValue(f"{year:04d}-{month:02d}-01", f"{year:04d}-{month:02d}-{last:02d}", "month", text)


def year_value(year: int, text: str) -> TimeValue:
    """One calendar year, first to last day."""
    return TimeValue(f"{year:04d}-01-01", f"{year:04d}-12-31", "year", text)


def range_value(first: dt.date | None, last: dt.date | None, text: str, precision: Precision = "range") -> TimeValue:
    """From `first` to `last`, both included; None leaves that end open."""
    return TimeValue(first.isoformat() if first else None, last.isoformat() if last else None, precision, text)
