"""What a reader of the report remembers of its times: the day it speaks from and the days last named."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from diurna.annotate.times.timemeaning import Base, Unit
from diurna.annotate.times.timeunits import Days, Interval

_ASIDE = 5
"""Years from the running date beyond which a bare year is a glance aside, not a move of the story."""


@dataclass(slots=True)
class Discourse:
    """What has been read so far.

    Attributes:
        today: the day the report speaks from; None where nobody knows.
        narrative: the text tells history, so that its dates hang on one another and not on the day it was published.
        day, month, latest: the days last named to the day, to the month or closer, and at all.
        told_year: a year named in this or the last sentence that undated months belong to.
    """

    today: dt.date | None
    narrative: bool = False
    day: Days | None = None
    month: Days | None = None
    latest: Days | None = None
    told_year: int | None = None

    def note(self, found: Interval, aside: bool = False) -> None:
        """Remember `found` as the days last named; an `aside` ("by 1976", a far year) moves nothing but itself."""
        if found.first is None or found.last is None or found.grain == "range":
            return
        days = Days(found.first, found.last, found.grain)
        if found.grain == "year" and self.latest:
            held = self.latest.first.year == days.first.year
            if aside or held or (self.month and abs(days.first.year - self.month.first.year) > _ASIDE):
                return
        self.latest = days
        if found.grain in ("day", "week", "weekend", "month"):
            self.month = days
        if found.grain == "day":
            self.day = days

    def base(self, base: Base, unit: Unit) -> Days | None:
        """The days something counts from."""
        today = Days(self.today, self.today, "day") if self.today else None
        if base == "now" and not (self.narrative and self.latest):
            return today
        if unit in ("day", "hour", "minute", "second"):
            return self.day or today
        if unit in ("week", "weekend", "fortnight", "month"):
            return self.month or today
        return self.latest or today
