"""Times as people write them, the same on every machine whatever its language."""

from __future__ import annotations

import calendar
import datetime as dt

from diurna.model.timevalue import TimeValue

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def date_text(value: TimeValue | None) -> str:
    """The interval in words, e.g. "Tue 26 Mar 2024", "18–24 Mar 2024", "until 31 Mar 2024"; "" where it is unknown."""
    if value is None:
        return ""
    first, last = value.first_day, value.last_day
    if first is None or last is None:
        return _open(first, last)
    if first == last:
        return _day(first, weekday=True) + _clock(value)
    whole = _whole(first, last)
    return whole or _range(first, last)


def short_day(value: TimeValue | None) -> str:
    """As `date_text`, for a column of a table: a single day without weekday and clock."""
    if value is not None and value.first_day is not None and value.first_day == value.last_day:
        return _day(value.first_day)
    return date_text(value)


def dated(value: TimeValue | None) -> str:
    """The interval in words with the report's own expression beside it, e.g. 'Tue 26 Mar 2024 (“Tuesday”)'."""
    if value is None:
        return ""
    known = date_text(value)
    if not value.text or value.text == known:
        return known
    if known:
        return f"{known} (“{value.text}”)"
    return f"“{value.text}” ({days_off(value.offset)})" if value.offset else f"“{value.text}” (day not known)"


def days_off(offset: tuple[int, int]) -> str:
    """How far from the day of the news, where only that is known, e.g. "the day before the news"."""
    first, last = offset
    if first == last:
        near = {0: "on the day of the news", -1: "the day before the news", 1: "the day after the news"}
        return near.get(first) or f"{abs(first)} days {'before' if first < 0 else 'after'} the news"
    return f"{_signed(first)} to {_signed(last)} days from the news"


def _signed(days: int) -> str:
    return f"−{-days}" if days < 0 else f"+{days}" if days else "0"


def _open(first: dt.date | None, last: dt.date | None) -> str:
    if first:
        return f"from {_day(first)}"
    return f"until {_day(last)}" if last else ""


def _day(day: dt.date, *, weekday: bool = False) -> str:
    named = f"{_DAYS[day.weekday()]} " if weekday else ""
    return f"{named}{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _clock(value: TimeValue) -> str:
    clock = (value.earliest or "")[11:16]
    return f", {clock} UTC" if clock and value.precision == "instant" else ""


def _whole(first: dt.date, last: dt.date) -> str:
    """The month or year the interval is exactly, else ""."""
    if first.day != 1 or last.day != calendar.monthrange(last.year, last.month)[1] or first.year != last.year:
        return ""
    if first.month == last.month:
        return f"{_MONTHS[first.month - 1]} {first.year}"
    return str(first.year) if (first.month, last.month) == (1, 12) else ""


def _range(first: dt.date, last: dt.date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_day(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} – {_day(last)}"
    return f"{_day(first)} – {_day(last)}"
