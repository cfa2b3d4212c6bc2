"""Intervals of days and the arithmetic of calendar units."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

from diurna.annotate.timemeaning import Unit

DAY = dt.timedelta(days=1)
_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
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
    return Interval(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), "month")


def year_of(year: int) -> Interval:
    return Interval(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def season_of(year: int, month: int) -> Interval:
    end = add_months(dt.date(year, month, 1), 3) - DAY
    return Interval(dt.date(year, month, 1), min(end, end.replace(day=28)) if month == 12 else end, "season")


def one_day(day: dt.date) -> Interval:
    return Interval(day, day, "day")


def add_months(day: dt.date, months: int) -> dt.date:
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add(day: dt.date, count: int, unit: Unit) -> dt.date:
    if unit in _DAYS_IN:
        return day + dt.timedelta(days=count * _DAYS_IN[unit])
    if unit in _MONTHS_IN:
        return add_months(day, count * _MONTHS_IN[unit])
    return day + dt.timedelta(hours=count) if unit == "hour" and abs(count) >= 24 else day


def unit_round(day: dt.date, unit: Unit) -> Interval:
    """The whole unit `day` lies in."""
    match unit:
        case "week" | "fortnight":
            monday = day - dt.timedelta(days=day.weekday())
            return Interval(monday, monday + dt.timedelta(days=6), "week")
        case "weekend":
            saturday = day - dt.timedelta(days=day.weekday()) + dt.timedelta(days=5)
            return Interval(saturday, saturday + DAY, "weekend")
        case "month":
            return month_of(day.year, day.month)
        case "quarter":
            start = dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
            return Interval(start, add_months(start, 3) - DAY, "range")
        case "year":
            return year_of(day.year)
        case "decade" | "century":
            span = 10 if unit == "decade" else 100
            first = day.year - day.year % span
            return Interval(dt.date(max(first, 1), 1, 1), dt.date(first + span - 1, 12, 31), "range")
    return one_day(day)
