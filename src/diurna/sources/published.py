"""When a row says it was published: ISO, RFC 2822, written-out and numeric dates to time values."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from diurna.model.timevalue import TimeValue, day_value, month_value, year_value

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?"
    r"(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?:[T ].*)?")
_NUMERIC = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:[T ,].*)?")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[T ,].*)?")
_MONTH_FIRST = re.compile(
    r"(?:[a-z]{3,9},? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:[ ,].*)?", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    r"(?:[a-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})(?:[ ,].*)?", re.IGNORECASE
)
_RFC_2822 = re.compile(r"[A-Za-z]{3}, \d|\d{1,2} [A-Za-z]{3} \d{4} \d")
_DIGITS = re.compile(r"\d{4,20}(?:\.\d{1,9})?")

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip

_EPOCH_DIGITS = {9: 1, 10: 1, 12: 1_000, 13: 1_000, 15: 1_000_000, 16: 1_000_000, 18: 10**9, 19: 10**9}
"""Digits of a count since 1970, and how many units make a second; dates have 8 or 14 digits."""


def parse_published(value: object) -> TimeValue | None:
    """The time `value` gives, None when it gives none that can be read for certain.

    A moment with a zone is an instant in UTC; a moment without one, or exactly midnight, is the day it names, since
    its hour is nobody's. "03/04/2016" may be March or April and is not read. `text` keeps what was written; of an
    instant it is the moment in its own zone, so that `text[:10]` is the day the publisher's readers had: of 4,225
    White House releases 578 came out on another day by UTC.
    """
    try:
        if isinstance(value, dt.datetime):
            return _moment(value, value.isoformat())
        if isinstance(value, dt.date):
            return day_value(value, value.isoformat())
        if isinstance(value, bool) or value is None:
            return None
        if isinstance(value, int | float):
            return _number(repr(int(value)), str(value))
        return _written(" ".join(value.split())) if isinstance(value, str) and len(value) < 100 else None
    except (ValueError, OverflowError, OSError):
        return None


def _moment(moment: dt.datetime, text: str) -> TimeValue:
    at_midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    if moment.tzinfo is None or (at_midnight and not moment.utcoffset()):
        return day_value(moment.date(), text)
    utc = moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return TimeValue(utc.rjust(20, "0"), utc.rjust(20, "0"), "instant", moment.isoformat())


def _number(digits: str, text: str) -> TimeValue | None:
    whole = digits.partition(".")[0]
    if len(whole) == 4 and 1600 <= int(whole) <= 2200:
        return year_value(int(whole), text)
    if len(whole) in (8, 14):
        return day_value(dt.date(int(whole[:4]), int(whole[4:6]), int(whole[6:8])), text)
    units = _EPOCH_DIGITS.get(len(whole))
    if units is None:
        return None
    return _moment(dt.datetime.fromtimestamp(int(whole) // units, dt.UTC), text)


def _written(text: str) -> TimeValue | None:
    if _DIGITS.fullmatch(text):
        return _number(text, text)
    if match := _ISO.match(text):
        return _iso(match, text)
    if match := _NUMERIC.fullmatch(text):
        return _day_or_month_first(int(match[1]), int(match[2]), int(match[3]), text)
    if _RFC_2822.match(text):
        return _moment(parsedate_to_datetime(text), text)
    return _in_words(text)


def _in_words(text: str) -> TimeValue | None:
    """The day of "September 12, 2016", "12 Sept. 2016", "12.9.2016" or "2016/9/12"."""
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match[1], int(match[2]), match[3]
    elif match := _DOTTED.fullmatch(text):  # who writes dots writes the day first
        year, month, day = match[3], int(match[2]), match[1]
    elif match := _MONTH_FIRST.fullmatch(text):
        year, month, day = match[3], _MONTHS.get(match[1].lower(), 0), match[2]
    elif match := _DAY_FIRST.fullmatch(text):
        year, month, day = match[3], _MONTHS.get(match[2].lower(), 0), match[1]
    else:
        return None
    return day_value(dt.date(int(year), month, int(day)), text)


def _iso(match: re.Match[str], text: str) -> TimeValue | None:
    year, month, day, hour, minute, second, zone = match.groups()
    if text[match.end() :].strip() and (hour is None or text[match.end()].isdigit()):
        return None
    if day is None:
        return month_value(int(year), int(month), text) if hour is None and 1 <= int(month) <= 12 else None
    date = dt.date(int(year), int(month), int(day))
    if hour is None:
        return day_value(date, text)
    moment = dt.datetime(date.year, date.month, date.day, int(hour), int(minute), int(second or 0), tzinfo=_zone(zone))
    return _moment(moment, text)


def _zone(zone: str | None) -> dt.timezone | None:
    if zone is None:
        return None
    if zone[0].isalpha():
        return dt.UTC
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return dt.timezone(-offset if zone[0] == "-" else offset)


def _day_or_month_first(first: int, second: int, year: int, text: str) -> TimeValue | None:
    """The day of "12/25/2016" or "25/12/2016"; None where both orders are possible."""
    if first == second or first > 12:
        return day_value(dt.date(year, second, first), text)
    return day_value(dt.date(year, first, second), text) if second > 12 else None
