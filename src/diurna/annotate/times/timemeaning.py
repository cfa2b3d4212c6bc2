"""What a time expression says, before anybody knows the day it is said on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = str
"""second, minute, hour, day, business day, week, fortnight, weekend, month, quarter, year, decade or century."""

Base = Literal["now", "then"]
"""Counted from the day the report speaks from, or from the day last named in the text."""


COMING = 2
"""The step of "this coming Friday": the first after the day it is counted from."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date with what is written of it ("October 21"): `month` 1 to 12, `weekday` 0 (Monday) to 6."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A day, month, season or feast by its name ("last Friday", "the following spring").

    Attributes:
        kind: what `index` counts: weekday 0 to 6, month 1 to 12, season by its first month; 0 for a holiday.
        name: the holiday's name in the lexicon.
        step: -1 last, 0 this, 1 next, `COMING`; None where the name stands alone.
    """

    kind: Literal["weekday", "month", "season", "holiday"]
    index: int = 0
    name: str = ""
    step: int | None = None
    base: Base = "now"
    year: int | None = None


@dataclass(frozen=True, slots=True)
class UnitStep:
    """A whole unit `step` units away ("last week", "the following day")."""

    unit: Unit
    step: int
    base: Base = "now"


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units from somewhere ("two weeks ago", "three days after the vote").

    Attributes:
        counts: (how many, of what); None for "several".
        sign: -1 back, 1 ahead.
        base: a day this report knows, or None for an event whose day it does not give.
        ahead_only: it is a date only where the governing verb points ahead ("in two weeks"), else a duration.
    """

    counts: tuple[tuple[int | None, Unit], ...]
    sign: int
    base: Meaning | Base | None
    ahead_only: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of so many units up to, or from, the report's day ("the past three years")."""

    count: int | None
    unit: Unit
    sign: int
    ahead_only: bool = False


@dataclass(frozen=True, slots=True)
class Nth:
    """The `which`-th unit or weekday of something (-1 the last), `count` of them together."""

    which: int
    unit: Unit
    count: int = 1
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Inside:
    """Something inside something larger ("Friday of last week", "the first week of March")."""

    inner: Calendar | Named | Nth
    outer: Meaning


@dataclass(frozen=True, slots=True)
class Part:
    """A part of something with no sharp edge ("late 2015"); `side` -1 or 1 for "earlier" and "later" this unit."""

    of: Meaning
    side: int = 0


@dataclass(frozen=True, slots=True)
class Years:
    """`count` calendar years from `first`: a decade or a century."""

    first: int
    count: int


@dataclass(frozen=True, slots=True)
class WeekOfYear:
    """A week by its number (ISO 8601: from Monday, the first holds 4 January); in the running year without `year`."""

    number: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class OtherCalendar:
    """A date of the Islamic ("hijri") or Iranian ("solar") calendar."""

    calendar: Literal["hijri", "solar"]
    month: int
    day: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """A time the words name but do not tell (an unknown era, "two days after the vote")."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `zone` in minutes east of Greenwich, None where it is not said."""

    hour: int
    minute: int = 0
    second: int = 0
    zone: int | None = None


Meaning = (
    Calendar | Named | UnitStep | Shift | Window | Nth | Inside | Part | Years | WeekOfYear | OtherCalendar | Unknown
)


@dataclass(frozen=True, slots=True)
class Found:
    """A meaning that ends before piece `end`; `more` are further dates the same words give ("March 3 to 5")."""

    end: int
    meaning: Meaning
    more: tuple[tuple[int, int, Meaning], ...] = ()
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression at its place.

    Attributes:
        start, end: characters in the report's text.
        token: its first token in the parse, -1 where it has none; last: its last token.
        before: the word before it, lower-cased.
    """

    start: int
    end: int
    token: int
    last: int
    before: str
    meaning: Meaning
    clock: Clock | None = None
