"""Turns what a time expression says into days, given the day the report speaks from and the days named before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from diurna.annotate.times import calendars
from diurna.annotate.times.discourse import Discourse
from diurna.annotate.times.holidays import holiday_days
from diurna.annotate.times.tense import Tense
from diurna.annotate.times.timemeaning import (
    COMING,
    Calendar,
    Clock,
    Inside,
    Meaning,
    Named,
    Nth,
    OtherCalendar,
    Part,
    Shift,
    Unit,
    UnitStep,
    WeekOfYear,
    Window,
    Years,
)
from diurna.annotate.times.timeunits import (
    DAY,
    Days,
    Interval,
    add,
    add_months,
    feast_weekend,
    month_of,
    one_day,
    season_of,
    unit_round,
    year_of,
)
from diurna.model.timevalue import Precision, TimeValue

_PRECISIONS: dict[str, Precision] = {
    "day": "day", "week": "week", "weekend": "week", "month": "month", "season": "season", "year": "year",
}  # fmt: skip


def resolve(meaning: Meaning, tense: Tense, discourse: Discourse) -> Interval | None:
    """The days `meaning` names, or None where they cannot be known."""
    try:
        return _resolve(meaning, tense, discourse)
    except (ValueError, OverflowError):  # a day no calendar has ("31 June", the year 12000)
        return None


def _resolve(meaning: Meaning, tense: Tense, discourse: Discourse) -> Interval | None:
    if isinstance(meaning, Years):
        return Interval(dt.date(meaning.first, 1, 1), dt.date(meaning.first + meaning.count - 1, 12, 31), "range")
    if isinstance(meaning, WeekOfYear):
        return _week_of_year(meaning, discourse)
    rule = _RULES.get(type(meaning))
    return rule(meaning, tense, discourse) if rule else None


def _week_of_year(week: WeekOfYear, discourse: Discourse) -> Interval | None:
    year = week.year or discourse.told_year or (discourse.today.isocalendar().year if discourse.today else None)
    if year is None:
        return None
    monday = dt.date.fromisocalendar(year, week.number, 1)
    return Interval(monday, monday + 6 * DAY, "week")


def value_of(found: Interval | None, clock: Clock | None, text: str) -> TimeValue:
    """The record of an interval; with a clock of a known zone, the moment."""
    if found is None or (found.first is None and found.last is None):
        return TimeValue(None, None, "unknown", text)
    if clock and clock.zone is not None and found.grain == "day" and found.first:
        return _instant(found.first, clock, clock.zone, text)
    first = found.first.isoformat() if found.first else None
    last = found.last.isoformat() if found.last else None
    return TimeValue(first, last, _PRECISIONS.get(found.grain, "range"), text)


def _instant(day: dt.date, clock: Clock, zone: int, text: str) -> TimeValue:
    moment = dt.datetime(day.year, day.month, day.day, clock.hour % 24, clock.minute, clock.second)
    try:
        stamp = (moment - dt.timedelta(minutes=zone)).isoformat() + "Z"
    except OverflowError:
        return TimeValue(day.isoformat(), day.isoformat(), "day", text)
    return TimeValue(stamp, stamp, "instant", text)


# -- dates -----------------------------------------------------------------------------------------------------------


def _calendar(date: Calendar, tense: Tense, discourse: Discourse) -> Interval | None:
    if date.year is not None:
        if date.month is None:
            return year_of(date.year)
        return (
            month_of(date.year, date.month) if date.day is None else one_day(dt.date(date.year, date.month, date.day))
        )
    if date.day is None:
        return None
    if date.month is None:
        return _day_of_month(date.day, tense, discourse)
    options = [
        one_day(day)
        for year in _years_about(discourse, date.weekday)
        if (day := _valid_day(year, date.month, date.day, date.weekday))
    ]
    return _choose(options, tense, discourse)


def _valid_day(year: int, month: int, day: int, weekday: int | None) -> dt.date | None:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return None
    return found if weekday is None or found.weekday() == weekday else None


def _day_of_month(day: int, tense: Tense, discourse: Discourse) -> Interval | None:
    near = discourse.base("then" if discourse.narrative else "now", "month")
    if near is None:
        return None
    months = [add_months(near.first.replace(day=1), step) for step in (-1, 0, 1)]
    options = [one_day(found) for m in months if (found := _valid_day(m.year, m.month, day, None))]
    return _choose(options, tense, discourse)


def _years_about(discourse: Discourse, weekday: int | None = None) -> Iterable[int]:
    if discourse.told_year is not None:
        return (discourse.told_year,)
    near = discourse.base("now", "year")
    if near is None:
        return ()
    reach = 6 if weekday is not None else 1
    return range(max(near.first.year - reach, 1), min(near.first.year + reach, 9998) + 1)


def _choose(options: list[Interval], tense: Tense, discourse: Discourse) -> Interval | None:
    """The option the tense allows nearest to the report's day; in history, the nearest to the day last named."""
    near = discourse.base("now", "year")
    if len(options) < 2 or near is None:
        return options[0] if options else None
    if discourse.narrative:
        return min(options, key=lambda one: _gap(one, near))
    today = near.first
    past = [one for one in options if one.first and one.first <= today]
    ahead = [one for one in options if one.last and one.last >= today]
    if tense and past and ahead:
        return _allowed(past[-1], ahead[0], tense, today)
    return min(options, key=lambda one: _gap(one, near))


def _allowed(past: Interval, ahead: Interval, tense: Tense, today: dt.date) -> Interval:
    """The one the tense points to, unless it lies nearly a year off and the other is at hand: the parse is wrong."""
    back, on = (today - (past.last or today)).days, ((ahead.first or today) - today).days
    chosen, other = (back, on) if tense < 0 else (on, back)
    wrong = chosen > _FAR_OFF and other < _AT_HAND
    return past if (tense < 0) != wrong else ahead


_FAR_OFF = 300
_AT_HAND = 60
_BACKWARDS = 1.4
"""How much nearer a day before must be than a day after to be meant in history; measured on narrative texts."""


def _gap(one: Interval, near: Days) -> float:
    if one.first is None or one.last is None:
        return 1e9
    if one.first > near.last:
        return (one.first - near.last).days
    return max((near.first - one.last).days, 0) * _BACKWARDS


def _named(name: Named, tense: Tense, discourse: Discourse) -> Interval | None:
    if name.year is not None:
        return season_of(name.year, name.index) if name.kind == "season" else _holiday(name.name, name.year)
    if name.kind == "weekday":
        return _weekday(name, tense, discourse)
    near = discourse.base(name.base, "year" if name.kind != "month" else "month" if name.base == "then" else "year")
    if near is None:
        return None
    years = (
        (discourse.told_year,)
        if discourse.told_year and name.step is None
        else range(near.first.year - 2, near.first.year + 3)
    )
    options = [found for year in years if year is not None and 1 <= year < 9999 and (found := _named_in(name, year))]
    if name.step is None:
        return _choose(options, tense, discourse)
    return _stepped(options, near, name, tense)


def _named_in(name: Named, year: int) -> Interval | None:
    if name.kind == "month":
        return month_of(year, name.index)
    return season_of(year, name.index) if name.kind == "season" else _holiday(name.name, year)


def _holiday(name: str, year: int) -> Interval | None:
    days = holiday_days(name, year)
    return None if days is None else Interval(*days, "day" if days[0] == days[1] else "range")


def _stepped(options: list[Interval], near: Days, name: Named, tense: Tense) -> Interval | None:
    """The option before, round or after `near`."""
    if name.step == 0 and name.kind == "month":
        return next((one for one in options if one.first and one.first.year == near.first.year), None)
    before = [one for one in options if one.last and one.last < near.first]
    after = [one for one in options if one.first and one.first > near.last]
    round_it = [one for one in options if one not in before and one not in after]
    if name.step == -1:
        return before[-1] if before else None
    if name.step in (1, 2):
        return after[0] if after else None
    if round_it:
        return round_it[0]
    same_year = [one for one in options if one.first and one.first.year == near.first.year]
    if tense < 0 and before:
        return before[-1]
    return next(iter(after or same_year or before), None)


def _weekday(name: Named, tense: Tense, discourse: Discourse) -> Interval | None:
    near = discourse.base(name.base, "day")
    if near is None:
        return None
    back = (near.first.weekday() - name.index) % 7
    ahead = (name.index - near.last.weekday()) % 7
    match name.step:
        case -1:
            return one_day(near.first - dt.timedelta(days=back or 7))
        case 1 | 2 if name.step == COMING or name.base == "then":
            return one_day(near.last + dt.timedelta(days=ahead or 7))
        case 1:
            return one_day(near.last + dt.timedelta(days=7 - near.last.weekday() + name.index))
        case 0 if tense >= 0:
            return one_day(near.last + dt.timedelta(days=ahead))
    return one_day(near.last + dt.timedelta(days=ahead)) if tense > 0 else one_day(near.first - dt.timedelta(days=back))


# -- steps, shifts, windows ------------------------------------------------------------------------------------------


def _unit_step(step: UnitStep, tense: Tense, discourse: Discourse) -> Interval | None:
    near = discourse.base(step.base, step.unit)
    if near is None:
        return None
    day = near.last if step.step > 0 else near.first
    if step.unit == "weekend" and step.base == "now" and not step.step:
        return _weekend(day, tense)
    if step.unit == "day":
        return one_day(day + step.step * DAY)
    return unit_round(add(_start(day, step.unit), step.step, step.unit), step.unit)


def _start(day: dt.date, unit: Unit) -> dt.date:
    return unit_round(day, unit).first or day


def _weekend(day: dt.date, tense: Tense) -> Interval:
    """This weekend: the last one when the verb is past or the week is young, else the one to come."""
    this = unit_round(day, "weekend")
    if tense > 0 or day.weekday() >= 5 or (tense == 0 and day.weekday() > 2):
        return this
    return unit_round(day - 7 * DAY, "weekend")


def _shift(shift: Shift, tense: Tense, discourse: Discourse) -> Interval | None:
    if shift.base is None or (shift.ahead_only and tense <= 0):
        return None
    unit = shift.counts[-1][1]
    if isinstance(shift.base, str):
        near: Interval | Days | None = discourse.base(shift.base, shift.counts[0][1])
    else:
        near = _resolve(shift.base, tense, discourse)
    if near is None or near.first is None or near.last is None:
        return None
    day = near.last if shift.sign > 0 else near.first
    if any(count is None for count, _ in shift.counts):
        return Interval(None, day, "range") if shift.sign < 0 else Interval(day, None, "range")
    for count, counted in shift.counts:
        day = add(day, shift.sign * (count or 0), counted)
    if not isinstance(shift.base, str):
        return one_day(day)
    if unit == "decade":
        return year_of(day.year)
    return unit_round(day, unit) if unit != "century" else unit_round(day, "year")


def _window(window: Window, tense: Tense, discourse: Discourse) -> Interval | None:
    """The past so many units up to today, the next ones from tomorrow; "within" counts today in."""
    near = discourse.base("now", "day")
    if near is None or (window.ahead_only and tense <= 0):
        return None
    today = near.first
    if window.count is None:
        return Interval(None, today, "range") if window.sign < 0 else Interval(today, None, "range")
    if window.unit == "quarter" or (window.unit == "century" and window.count == 1):
        return _whole_units(today, window.sign * window.count, window.unit)
    far = add(today, window.sign * window.count, window.unit)
    if window.unit in ("hour", "minute", "second"):
        return one_day(far)
    if window.ahead_only:
        return Interval(today, far - DAY, "range")
    return Interval(far + DAY, today, "range") if window.sign < 0 else Interval(today + DAY, far, "range")


def _whole_units(today: dt.date, count: int, unit: Unit) -> Interval:
    """The `count` whole units before (after) the one `today` lies in: "the past two quarters"."""
    near, far = unit_round(add(today, 1 if count > 0 else -1, unit), unit), unit_round(add(today, count, unit), unit)
    return Interval(min(near, far).first, max(near, far).last, "range")


# -- parts of something ----------------------------------------------------------------------------------------------


def _inside(inside: Inside, tense: Tense, discourse: Discourse) -> Interval | None:
    outer = _resolve(inside.outer, tense, discourse)
    if outer is None or outer.first is None or outer.last is None:
        return None
    return _within(inside.inner, Days(outer.first, outer.last, outer.grain))


def _within(inner: Calendar | Named | Nth, outer: Days) -> Interval | None:
    if isinstance(inner, Nth):
        return _nth(inner, outer)
    if isinstance(inner, Named):
        if inner.kind == "weekday":
            return one_day(outer.first + dt.timedelta(days=(inner.index - outer.first.weekday()) % 7))
        return _named_in(inner, outer.first.year)
    if inner.day is None:
        return None
    return one_day(outer.first.replace(month=inner.month or outer.first.month, day=inner.day))


def _nth(nth: Nth, outer: Days) -> Interval | None:
    if nth.which == 0:
        return feast_weekend(outer.first) if nth.unit == "feast weekend" else unit_round(outer.first, nth.unit)
    if nth.unit == "weekday" and nth.weekday is not None:
        return _nth_weekday(nth, nth.weekday, outer)
    unit = "month" if nth.unit == "half" else nth.unit
    size = nth.count * (6 if nth.unit == "half" and outer.grain == "year" else 1)
    if nth.unit == "half" and outer.grain != "year":
        return _half(nth.which, outer)
    if nth.which < 0:
        first, last = add(outer.last + DAY, -size, unit), outer.last
    else:
        first = add(outer.first, (nth.which - 1) * size, unit)
        last = add(first, size, unit) - DAY
    if first > outer.last or last < outer.first:
        return None
    return Interval(first, last, unit if nth.count == 1 and nth.unit != "half" else "range")


def _half(which: int, outer: Days) -> Interval:
    """The first or second half of a month, a decade, a century."""
    years = outer.last.year - outer.first.year + 1
    if outer.grain == "range" and years % 10 == 0:
        last = dt.date(outer.first.year + years // 2 - 1, 12, 31)
    else:
        last = outer.first + (outer.last - outer.first) // 2
    return Interval(outer.first, last, "range") if which == 1 else Interval(last + DAY, outer.last, "range")


def _nth_weekday(nth: Nth, weekday: int, outer: Days) -> Interval | None:
    if nth.which < 0:
        return one_day(outer.last - dt.timedelta(days=(outer.last.weekday() - weekday) % 7))
    day = outer.first + dt.timedelta(days=(weekday - outer.first.weekday()) % 7 + 7 * (nth.which - 1))
    return one_day(day) if day <= outer.last else None


def _part(part: Part, tense: Tense, discourse: Discourse) -> Interval | None:
    """The unit a part lies in; "earlier this month" ends, and "later this month" begins, on the report's day."""
    whole = _resolve(part.of, tense, discourse)
    today = discourse.today
    if not part.side or discourse.narrative or today is None or whole is None or whole.grain == "day":
        return whole
    if whole.first is None or whole.last is None or not whole.first <= today <= whole.last:
        return whole
    return Interval(whole.first, today, whole.grain) if part.side < 0 else Interval(today, whole.last, whole.grain)


def _other_calendar(date: OtherCalendar, _: Tense, __: Discourse) -> Interval | None:
    if date.year is None:
        return None
    convert = calendars.islamic if date.calendar == "hijri" else calendars.solar_hijri
    if date.day is not None:
        return one_day(convert(date.year, date.month, date.day))
    year, month = (date.year, date.month + 1) if date.month < 12 else (date.year + 1, 1)
    return Interval(convert(date.year, date.month, 1), convert(year, month, 1) - DAY, "range")


_RULES: dict[type, Callable[[Any, Tense, Discourse], Interval | None]] = {
    Calendar: _calendar,
    Named: _named,
    UnitStep: _unit_step,
    Shift: _shift,
    Window: _window,
    Inside: _inside,
    Part: _part,
    OtherCalendar: _other_calendar,
}
