"""Finds the time expressions of a run of pieces, from left to right, the longest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from diurna.annotate.times.clockgrammar import read_clock
from diurna.annotate.times.relativegrammar import read_any, read_relative
from diurna.annotate.times.timemeaning import (
    Calendar,
    Clock,
    Expression,
    Found,
    Inside,
    Meaning,
    Named,
    Part,
    UnitStep,
)
from diurna.annotate.times.timepieces import Pieces
from diurna.annotate.times.timewords import TimeWords


def find_expressions(p: Pieces, w: TimeWords) -> Iterator[Expression]:
    """The time expressions in `p`, in text order, not overlapping."""
    i = 0
    while i < p.size:
        low = p.low[i]
        if not (low[:1].isdecimal() or low in w.starters):
            i += 1
            continue
        found = _read(p, w, i)
        if found is None or found.end <= i or not _is_meant(p, w, i, found):
            i += 1
            continue
        yield _expression(
            p, i, found.end if not found.more else min(found.end, found.more[0][0]), found.meaning, found.clock
        )
        for start, end, meaning in found.more:
            yield _expression(p, start, end, meaning, None)
            found = replace(found, end=end)
        i = found.end


def _expression(p: Pieces, first: int, last: int, meaning: Meaning, clock: Clock | None) -> Expression:
    while last > first + 1 and p.low[last - 1] in (",", "-"):
        last -= 1
    span = p.span(first, last)
    return Expression(span.start, span.end, p.tokens[first], p.tokens[last - 1], p.before(first), meaning, clock)


def _is_meant(p: Pieces, w: TimeWords, i: int, found: Found) -> bool:
    """False for sets ("every Monday") and for hyphened attributes ("a two-day-old")."""
    if p.before(i) in w.every and not isinstance(found.meaning, Calendar):
        return False
    if p.before(i) in ("a", "an") and isinstance(found.meaning, Named) and p.low[i] in w.weekdays:
        return False
    low = p.low[found.end]
    if low in ("s",) and not p.gap[found.end] and isinstance(found.meaning, Named):
        return False
    return not (low == "-" and not p.gap[found.end] and p.low[found.end + 1] == "old")


def _read(p: Pieces, w: TimeWords, i: int) -> Found | None:
    clock = read_clock(p, w, i)
    if clock and (p.low[i] != "may"):
        return _clock_led(p, w, *clock)
    found = read_any(p, w, i, 0)
    if found is None:
        return None
    if not found.more:
        found = _with_outer(p, w, found)
        dated = found.end
        found = _with_time_of_day(p, w, found)
        if found.end > dated and found.clock is None and isinstance(found.meaning, Named):
            found = _with_outer(p, w, found)  # "Wednesday evening next week"
    return found


def _clock_led(p: Pieces, w: TimeWords, end: int, clock: Clock) -> Found:
    """Reads "3 p.m. on Friday", "22:30 the next day"; alone, a time of the day named before."""
    at = end
    while (p.low[at] in ("in", "the") and p.low[at + 1] in w.parts_of_day) or (
        p.low[at] in w.parts_of_day and p.low[at - 1] == "the"
    ):
        at += 1
    at += p.low[at] == "local" and 2
    end = max(end, at)
    at += p.low[at] in (",", "on", "of")
    at += p.low[at] == "on"
    dated = read_any(p, w, at, 1) if p.low[at] not in ("in", "and") else None
    if dated and not dated.more and _is_of_days(dated.meaning):
        dated = _with_outer(p, w, dated)
        return Found(dated.end, dated.meaning, clock=clock)
    return Found(end, UnitStep("day", 0, "then"), clock=clock)


def _is_of_days(meaning: Meaning) -> bool:
    match meaning:
        case Calendar(day=day):
            return day is not None
        case Named(kind="weekday") | UnitStep(unit="day"):
            return True
        case Inside(inner=inner):
            return isinstance(inner, Named | Calendar) and _is_of_days(inner)
        case Part(of=of):
            return _is_of_days(of)
    return False


def _with_outer(p: Pieces, w: TimeWords, found: Found) -> Found:
    """Reads "October last year", "Friday of last week", "next week on Tuesday"."""
    meaning, at = found.meaning, found.end
    if (isinstance(meaning, Named) and meaning.step is None and meaning.year is None) or (
        isinstance(meaning, Calendar) and meaning.year is None
    ):
        at += p.low[at] == ","
        if (
            p.low[at] == "last"
            and isinstance(meaning, Named)
            and meaning.kind == "weekday"
            and p.low[at + 1] not in w.units
        ):
            return (
                replace(found, end=at + 1, meaning=replace(meaning, step=-1))
                if not p.low[at + 1][:1].isalpha()
                else found
            )
        at += p.low[at] in ("of", "in", "from")
        outer = (
            read_relative(p, w, at, 1)
            if p.low[at] in w.steps or p.low[at] in w.steps_from_before or p.low[at] == "the"
            else None
        )
        if outer and isinstance(outer.meaning, UnitStep) and outer.meaning.unit in _larger(meaning):
            return replace(found, end=outer.end, meaning=Inside(meaning, outer.meaning))
    if isinstance(meaning, UnitStep) and meaning.unit == "week":
        at += p.low[at] == "on"
        if p.low[at] in w.weekdays:
            return replace(found, end=at + 1, meaning=Inside(Named("weekday", w.weekdays[p.low[at]]), meaning))
    return found


def _larger(meaning: Named | Calendar) -> tuple[str, ...]:
    if isinstance(meaning, Named) and meaning.kind == "weekday":
        return ("week",)
    return ("year",) if not isinstance(meaning, Calendar) or meaning.month else ("month",)


def _with_time_of_day(p: Pieces, w: TimeWords, found: Found) -> Found:
    """Reads "Friday morning", "yesterday at 9:30 GMT", "May 3 in the evening"."""
    if not _is_of_days(found.meaning):
        return found
    end = found.end
    at = end
    while at < end + 3 and p.low[at] in w.before_time_of_day:
        at += 1
    if (
        p.low[at] in w.parts_of_day
        and p.low[at] not in ("noon", "midnight", "midday")
        and (at == end or p.low[at - 1] in ("the", "early", "late", "at"))
    ):
        end = at = at + 1
        while at < end + 3 and p.low[at] in w.before_time_of_day:
            at += 1
    clock = read_clock(p, w, at) if p.low[at] != "may" else None
    if clock is None:
        return replace(found, end=end)
    return replace(found, end=clock[0], clock=clock[1])
