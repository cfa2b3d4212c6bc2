"""The days of feasts and observances, fixed and movable."""

from __future__ import annotations

import datetime as dt

from diurna.annotate.times import calendars
from diurna.annotate.times.timewords import Holiday, time_words

_THANKSGIVING = (11, 3, 4)
_MOON = dt.timedelta(days=1)
"""Islamic months begin when the moon is seen, up to a day before or after the reckoning."""


def holiday_days(name: str, year: int) -> tuple[dt.date, dt.date] | None:
    """First and last day of the feast `name` of the lexicon in `year`; None where it cannot be reckoned.

    Islamic feasts come with a day's margin on both sides.

    Raises:
        ValueError: the year has no such day.
    """
    holiday = time_words().holidays.get(name)
    if holiday is None or holiday.rule == "unknown":
        return None
    if holiday.rule == "hijri":
        return _islamic(holiday, year)
    if holiday.rule == "hebrew":
        month, day, length = holiday.numbers
        first = calendars.hebrew(year + 3760 + (month >= 7), month, day)
        return first, first + dt.timedelta(days=length - 1)
    if holiday.rule == "event":
        day_of_event = dt.date(*holiday.numbers)
        return day_of_event, day_of_event
    only = _one_day(holiday, year)
    return only, only


def _one_day(holiday: Holiday, year: int) -> dt.date:
    numbers = holiday.numbers
    match holiday.rule:
        case "fixed":
            return dt.date(year, *numbers)
        case "weekday":
            return calendars.nth_weekday(year, *numbers)
        case "after_thanksgiving":
            return calendars.nth_weekday(year, *_THANKSGIVING) + dt.timedelta(days=numbers[0])
        case "easter":
            return calendars.easter(year) + dt.timedelta(days=numbers[0])
        case "orthodox_easter":
            return calendars.orthodox_easter(year) + dt.timedelta(days=numbers[0])
    return calendars.solar_hijri(year - 621, *numbers)


def _islamic(holiday: Holiday, year: int) -> tuple[dt.date, dt.date] | None:
    month, first, last = holiday.numbers
    for islamic_year in calendars.islamic_years(year):
        start = calendars.islamic(islamic_year, month, first)
        if start.year == year:
            return start - _MOON, calendars.islamic(islamic_year, month, last) + _MOON
    return None
