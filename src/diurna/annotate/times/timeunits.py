"""Intervals of days and the arithmetic of calendar units."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

from diurna.annotate.times.timemeaning import Unit

DAY = dt.timedelta(days=1)
_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_YEARS_IN = {"year": 1, "decade": 10, "century": 100}
_GRAINS = {"week": "week", "fortnight": "week", "weekend": "weekend"}
BUSINESS_DAY = "business day"
_MANY = 2_000
"""Business days counted one by one at most."""
_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}


class Interval(NamedTuple):
    """Days, both included; an end that is None is open. `grain` is the unit the words speak in."""

    first: dt.date | None
    last: dt.date | None
    grain: str


class Days(NamedTuple):
    """An interval with both its ends."""

    first: dt.date
    last: dt.date
    grain: str


def month_of(year: int, month: int) -> Interval:
    """The whole month."""
    return Interval(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), "month")


def year_of(year: int) -> Interval:
    """The whole year."""
    return Interval(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def season_of(year: int, month: int) -> Interval:
    """The three months from `month` on; a winter runs into the next year."""
    start = dt.date(year, month, 1)
    return Interval(start, add_months(start, 3) - DAY, "season")


def one_day(day: dt.date) -> Interval:
    """The day as an interval."""
    return Interval(day, day, "day")


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day `months` later, or the last of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def feast_weekend(day: dt.date) -> Interval:
    """The weekend a feast on `day` makes longer: from Thursday to Sunday, or from Saturday to Monday."""
    weekday = day.weekday()
    near = unit_round(day - 7 * DAY if weekday < 2 else day, "weekend")
    if near.first is None or near.last is None or weekday == 2:
        return near
    return Interval(min(near.first, day), max(near.last, day), "range" if weekday < 5 else "weekend")


def add(day: dt.date, count: int, unit: Unit) -> dt.date:
    """The day `count` units later; hours count from a whole day of them on."""
    if unit == BUSINESS_DAY:
        return _add_business_days(day, count)
    if unit in _DAYS_IN:
        return day + dt.timedelta(days=count * _DAYS_IN[unit])
    if unit in _MONTHS_IN:
        return add_months(day, count * _MONTHS_IN[unit])
    return day + dt.timedelta(hours=count) if unit == "hour" and abs(count) >= 24 else day


def _add_business_days(day: dt.date, count: int) -> dt.date:
    """The day so many days from Monday to Friday later or earlier."""
    step = DAY if count > 0 else -DAY
    for _ in range(min(abs(count), _MANY)):
        day += step
        while day.weekday() > 4:
            day += step
    return day


def unit_round(day: dt.date, unit: Unit) -> Interval:
    """The whole unit `day` lies in."""
    if unit in ("week", "fortnight", "weekend"):
        monday = day - day.weekday() * DAY
        return Interval(monday + 5 * DAY if unit == "weekend" else monday, monday + 6 * DAY, _GRAINS[unit])
    if unit == "month":
        return month_of(day.year, day.month)
    if unit == "quarter":
        start = dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        return Interval(start, add_months(start, 3) - DAY, "range")
    if unit in _YEARS_IN:
        span = _YEARS_IN[unit]
        first = day.year - day.year % span
        return Interval(
            dt.date(max(first, 1), 1, 1), dt.date(first + span - 1, 12, 31), "year" if span == 1 else "range"
        )
    return one_day(day)
