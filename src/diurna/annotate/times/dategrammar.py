"""Dates that name their own place in the calendar: days, weekdays, months, dates in numbers."""

from __future__ import annotations

from dataclasses import replace

from diurna.annotate.times.feastgrammar import read_feast, read_other_calendar
from diurna.annotate.times.timemeaning import Calendar, Found, Named, OtherCalendar, Unknown
from diurna.annotate.times.timenumbers import (
    APOSTROPHES,
    DASHES,
    before_christ,
    day_number,
    full_year,
    is_ordinal_end,
    number,
    ordinal,
    with_century,
    year_after,
)
from diurna.annotate.times.timepieces import Pieces
from diurna.annotate.times.timewords import TimeWords
from diurna.annotate.times.yeargrammar import (
    read_business_year,
    read_century,
    read_decade,
    read_season,
    read_short_year,
    read_spelled_decade,
    read_week,
    read_written_year,
    read_year,
)

_MONTHS = 12
_DEEPEST = 3
"""Dates read inside dates ("12, 14 and 16 July"): a bound, so that a list of numbers costs no more than its length."""


def read_date(p: Pieces, w: TimeWords, i: int, depth: int = 0) -> Found | None:
    """The longest calendar date that begins at piece `i`; `depth` counts the dates it is read inside of."""
    low, found = p.low[i], None
    if low[:1].isdecimal():
        return _digit_led(p, w, i, depth)
    if low in w.weekdays:
        return _weekday_led(p, w, i)
    if low in w.months:
        return _month_led(p, w, i)
    if low in w.ordinals or low in w.numbers:
        found = read_century(p, w, i) or _worded_day(p, w, i) or read_written_year(p, w, i)
    elif low in w.seasons:
        found = read_season(p, w, i)
    elif low in APOSTROPHES:
        found = read_short_year(p, w, i)
    elif low == "week":
        found = read_week(p, w, i)
    elif low in w.business_years:
        found = read_business_year(p, w, i)
    return found or read_other_calendar(p, w, i) or read_feast(p, w, i) or read_spelled_decade(p, w, i)


# -- months and days -------------------------------------------------------------------------------------------------


def month_at(p: Pieces, i: int, w: TimeWords) -> tuple[int, int] | None:
    """The month named at `i` and the piece after it, a full stop of the abbreviation included."""
    month = w.months.get(p.low[i])
    if month is None or (i and not p.gap[i] and p.low[i - 1] in APOSTROPHES):
        return None
    dotted = p.low[i] in w.short_months and p.low[i + 1] == "." and not p.gap[i + 1]
    return month, i + 2 if dotted else i + 1


def _month_led(p: Pieces, w: TimeWords, i: int) -> Found | None:
    named = month_at(p, i, w)
    if named is None:
        return None
    month, end = named
    at = _day_place(p, end)
    day = day_number(p, at, w)
    if day and _is_day(p, day[1], w):
        return _month_day(p, w, (month, *day))
    year, after = year_after(p, w, at)
    if year is not None:
        return Found(after, Calendar(year, month))
    back = before_christ(p, at + 1) if p.low[at].isdecimal() else 0
    if back:
        return Found(back, Unknown())
    return Found(end, Named("month", month)) if _bare_month(p, w, i, end) else None


def _day_place(p: Pieces, end: int) -> int:
    """Where the day stands after a month that ends before `end` ("Oct-21", "May the third", "Oct, 1st")."""
    low, nxt = p.low[end], p.low[end + 1]
    if low == "the":
        return end + 1 if p.raw[end + 1][:1].islower() or nxt[:1].isdecimal() else end
    glued = low in DASHES and not p.gap[end] and nxt.isdecimal()
    return end + 1 if glued or (low == "," and nxt[:1].isdecimal() and len(nxt) <= 2) else end


def _month_day(p: Pieces, w: TimeWords, named: tuple[int, int, int]) -> Found:
    month, day, end = named
    second = _second_day(p, w, end)
    if second is None and p.low[end] in DASHES and not p.gap[end] and not p.gap[end + 1] and full_year(p, end + 1):
        return Found(end + 2, Calendar(full_year(p, end + 1), month, day))  # "Sep-23-2020"
    year, after = year_after(p, w, second[1] if second else end)
    if second is None:
        back = before_christ(p, end + 2) if p.low[end] == "," else 0
        return Found(back, Unknown()) if back else _with_event(p, w, after, Calendar(year, month, day))
    other = (second[2], after, Calendar(year, month, second[0]))
    return Found(end, Calendar(year, month, day), (other,))


def _second_day(p: Pieces, w: TimeWords, i: int) -> tuple[int, int, int] | None:
    """(day, end, start) of a second day of the same month ("March 3 to 5", "March 3 and 5", "March 3-5")."""
    joint = p.low[i]
    if joint not in w.joints or (joint.isalpha() and not p.gap[i]):
        return None
    at = i + 2 if p.low[i + 1] == "the" else i + 1
    day = day_number(p, at, w) if p.low[at][:1].isdecimal() else None
    if not day or month_at(p, day[1], w) or not _is_day(p, day[1], w):
        return None
    after = p.low[day[1]]
    if after in w.units or after == "of" or (after in w.joints and p.low[day[1] + 1][:1].isdecimal()):
        return None
    return None if joint == "and" and _is_noun_like(p, w, day[1]) else (day[0], day[1], at)


def _is_noun_like(p: Pieces, w: TimeWords, i: int) -> bool:
    """Whether a number before `i` counts something: a word follows that is no function word."""
    return p.low[i][:1].isalpha() and p.low[i] not in w.function_words


def _is_day(p: Pieces, i: int, w: TimeWords) -> bool:
    """Whether the number that ends before `i` can be a day of the month, judged by what follows it."""
    nxt = p.low[i]
    if not p.gap[i]:
        if nxt in (":", "%") or nxt[:1].isalnum():
            return False
        if nxt in (".", ",", "/") and p.low[i + 1].isdecimal() and not p.gap[i + 1] and len(p.low[i + 1]) != 4:
            return False
    return nxt not in w.after_no_day


def _with_event(p: Pieces, w: TimeWords, end: int, date: Calendar) -> Found:
    """The year history gives to a month and day with no year ("the Sept. 11 attacks")."""
    for event in w.dated_events if date.year is None else ():
        if (event.month, event.day) == (date.month, date.day):
            follows = {p.low[end], p.low[end + 1]} if p.low[end] == "," or p.low[end] in event.words else {p.low[end]}
            if follows & event.words:
                return Found(end, Calendar(event.year, event.month, event.day))
    return Found(end, date)


def _bare_month(p: Pieces, w: TimeWords, i: int, end: int) -> bool:
    """Whether a month's name with neither day nor year is a month here."""
    low, before = p.low[i], p.before(i)
    followed_by_name = p.gap[end] and p.raw[end][:1].isupper()
    if low in w.short_months and low != "may" and end == i + 1:
        if p.raw[i][0].isupper() and p.low[end] in DASHES and p.low[end + 1] in w.months and not p.gap[end]:
            return True  # "Nov-Feb 2017"
        return (
            p.raw[i][0].isupper() and before in w.before_date and low not in w.doubtful_months and not followed_by_name
        )
    if low in w.doubtful_months:
        shouted = p.raw[i].isupper()
        return p.raw[i][0].isupper() and not shouted and not followed_by_name and _is_dated(p, w, i, end)
    after_name = i > 1 and p.raw[i - 1][:1].isupper() and p.raw[i - 1].isalpha()
    return not after_name or before in w.before_date or before in w.weekdays or before == "the"


def _is_dated(p: Pieces, w: TimeWords, i: int, end: int) -> bool:
    """Whether the neighbours of "May" or "March" make it a month."""
    before, after = p.before(i), p.low[end]
    if before in w.before_date or (after in w.joints and p.low[end + 1] in w.months):
        return True
    if before == "the":
        return _is_noun_like(p, w, end)
    return before in (",", "(", *DASHES) and i > 1 and p.low[i - 2] in w.months


def _worded_day(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "the third of March", "twenty-first of May" (ordinals in words); "twenty-five May 1986"."""
    day = ordinal(p, i, w)
    if day is None:
        return _counted_day(p, w, i)
    if day[0] > 31:
        return None
    at = day[1] + 1 if p.low[day[1]] == "of" else day[1]
    named = month_at(p, at, w)
    if named is None or (at == day[1] and not p.raw[at][0].isupper()):
        return None
    year, end = year_after(p, w, named[1])
    return Found(end, Calendar(year, named[0], day[0]))


def _counted_day(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """A day as a plain number in words before its month and year."""
    day = number(p, w, i) if p.low[i] not in w.articles else None
    if day is None or not day[0] or day[0] > 31:
        return None
    named = month_at(p, day[1], w)
    year, end = year_after(p, w, named[1]) if named else (None, 0)
    return Found(end, Calendar(year, named[0], day[0])) if named and year else None


# -- weekdays --------------------------------------------------------------------------------------------------------


def _weekday_led(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "Friday", "Fri.", "Friday, May 8", "Friday the 8th"."""
    weekday, short = w.weekdays[p.low[i]], p.low[i] in w.short_weekdays
    if (short and not p.raw[i][0].isupper()) or p.low[i + 1] in w.after_feast_names:
        return None
    dotted = short and p.low[i + 1] == "." and not p.gap[i + 1]
    if dotted and not _is_abbreviation(p, w, i):
        return None
    end = i + 1 + dotted
    dated = _weekday_and_date(p, w, end, weekday)
    if dated:
        return dated
    if short and not dotted and not _is_short_weekday(p, w, i):
        return None
    return Found(end, Named("weekday", weekday))


def _weekday_and_date(p: Pieces, w: TimeWords, end: int, weekday: int) -> Found | None:
    at = end + 1 if p.low[end] in (",", "the", "-") else end
    at += p.low[at] == "the"
    dated = read_date(p, w, at) if p.low[at] in w.months or p.low[at][:1].isdecimal() else None
    if dated and isinstance(dated.meaning, Calendar) and dated.meaning.day:
        date = dated.meaning
        return Found(dated.end, Calendar(date.year, date.month, date.day, weekday), dated.more)
    counted = (at > end and p.low[at - 1] == "the") or is_ordinal_end(p, at + 1, w)
    day = ordinal(p, at, w) if counted else None
    if day and p.low[day[1]] not in w.units and not _is_noun_like(p, w, day[1]):
        return Found(day[1], Calendar(None, None, day[0], weekday))
    return None


def _is_abbreviation(p: Pieces, w: TimeWords, i: int) -> bool:
    """Whether the full stop after "Sun" abbreviates, rather than ends a sentence on the sun."""
    after = i + 2
    if p.before(i) in ("the", "a"):
        return False
    lower = p.raw[after][:1].islower() or p.low[after] == ","
    return lower or p.low[after][:1].isdecimal() or p.low[after] in w.months or p.before(i) == "on"


def _is_short_weekday(p: Pieces, w: TimeWords, i: int) -> bool:
    before, word = p.before(i), p.low[i] in w.doubtful_weekdays
    return before in w.before_short_weekday and not p.raw[i + 1][:1].isupper() and not (word and before != "on")


# -- dates that begin with a digit -----------------------------------------------------------------------------------


def _digit_led(p: Pieces, w: TimeWords, i: int, depth: int) -> Found | None:
    if i and not p.gap[i] and (p.low[i - 1] in w.currencies or p.raw[i - 1].isalpha()):
        return None
    if (
        i > 1
        and not p.gap[i]
        and not p.gap[i - 1]
        and p.low[i - 1] in (".", ",", ":", "/")
        and p.low[i - 2].isdecimal()
    ):
        return None
    numeric = _compact(p, w, i) or _numeric(p, w, i) or read_century(p, w, i) or _day_month(p, w, i, depth)
    return numeric or read_decade(p, w, i) or read_year(p, w, i)


def _compact(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """20161016, 2016 10 16, 2020/Sep/23."""
    low = p.low[i]
    if len(low) == 8 and low[:2] in ("19", "20") and not p.low[i + 1][:1].isalnum():
        date = _valid(int(low[:4]), int(low[4:6]), int(low[6:]))
        return Found(i + 1, date) if date else None
    if full_year(p, i) is None:
        return None
    month, day = p.low[i + 1], p.low[i + 2]
    if len(month) == len(day) == 2 and month.isdecimal() and day.isdecimal() and p.gap[i + 1] and p.gap[i + 2]:
        date = _valid(int(low), int(month), int(day)) if not p.low[i + 3][:1].isalnum() else None
        return Found(i + 3, date) if date else None
    glued = p.low[i + 1] in DASHES and p.low[i + 3] == p.low[i + 1] and not any(p.gap[i + 1 : i + 5])
    if glued and p.low[i + 2] in w.months and p.low[i + 4].isdecimal() and len(p.low[i + 4]) <= 2:
        date = _valid(int(low), w.months[p.low[i + 2]], int(p.low[i + 4]))
        return Found(i + 5, date) if date else None
    return None


def _numeric(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """2015-10-21, 21/10/2015, 10/21/15, 21.10.2015, 9/11, 05-Aug-2016."""
    mark = p.low[i + 1]
    if mark not in ("-", "/", ".", "–") or p.gap[i + 1] or p.gap[i + 2] or not p.low[i + 2].isdecimal():
        return _with_month_name(p, w, i)
    first, second = p.low[i], p.low[i + 2]
    if p.low[i + 3] == mark and not p.gap[i + 3]:
        third = p.low[i + 4] if not p.gap[i + 4] else ""
        ends = not p.low[i + 5][:1].isalnum() or p.gap[i + 5] or p.low[i + 5] == "t"
        date = _three_numbers(first, second, third, mark) if third.isdecimal() and ends else None
        return Found(i + 5, date) if date else None
    return _two_numbers(p, w, i)


def _three_numbers(first: str, second: str, third: str, mark: str) -> Calendar | None:
    if len(first) == 4 and len(second) <= 2 and len(third) <= 2:
        return _valid(int(first), int(second), int(third))
    if len(first) > 2 or len(second) > 2 or not (len(third) == 4 or (len(third) == 2 and mark == "/")):
        return None
    a, b = int(first), int(second)
    year = int(third) if len(third) == 4 else with_century(int(third))
    day_first = a > _MONTHS or mark == "."
    return _valid(year, b, a) if day_first else _valid(year, a, b)


def _two_numbers(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "2015-10", "10/2015", and with "on" or a weekday before it "10/21"; 9/11 is the day it is known for."""
    first, second, mark = p.low[i], p.low[i + 2], p.low[i + 1]
    if (first, second, mark) == ("9", "11", "/") and p.before(i) not in ("on", "of"):
        return Found(i + 3, Calendar(2001, 9, 11))
    if mark not in ("-", "/"):
        return None
    if full_year(p, i) and len(second) == 2 and 1 <= int(second) <= _MONTHS and first[2:] >= second:
        return Found(i + 3, Calendar(int(first), int(second)))
    if full_year(p, i + 2) and len(first) <= 2 and 1 <= int(first) <= _MONTHS:
        return Found(i + 3, Calendar(int(second), int(first)))
    if mark == "/" and max(len(first), len(second)) <= 2:
        told = p.before(i) == "on" or p.before(i) in w.weekdays or _is_in_range(p, i)
        date = _valid(None, int(first), int(second)) or _valid(None, int(second), int(first)) if told else None
        year, end = year_after(p, w, i + 3) if p.low[i + 3] == "," else (None, i + 3)
        return Found(end, replace(date, year=year)) if date else None
    return None


def _is_in_range(p: Pieces, i: int) -> bool:
    """Whether "5/1" stands on one side of a range of such dates ("5/1-5/7", "10/1-11/2/2017")."""
    ahead = p.low[i + 3] in DASHES and p.low[i + 4].isdecimal() and p.low[i + 5] == "/" and p.low[i + 6].isdecimal()
    behind = i > 3 and p.low[i - 1] in ("-", "–") and p.low[i - 3] == "/" and p.low[i - 4].isdecimal()
    return ahead != behind and p.low[i + 3] != "/"


def _with_month_name(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "05-Aug-2016", "2016 November"."""
    if p.low[i + 1] in DASHES and not p.gap[i + 1] and p.low[i + 2] in w.months:
        year, end = (full_year(p, i + 4), i + 5) if p.low[i + 3] in DASHES else (None, i + 3)
        date = _valid(year, w.months[p.low[i + 2]], int(p.low[i])) if len(p.low[i]) <= 2 else None
        return Found(end, date) if date else None
    year = full_year(p, i)
    named = month_at(p, i + 1, w) if year and p.low[i + 1] not in w.doubtful_months else None
    if named is None or day_number(p, named[1], w) or full_year(p, named[1]) is not None:
        return None
    return Found(named[1], Calendar(year, named[0]))


def _valid(year: int | None, month: int, day: int) -> Calendar | None:
    return Calendar(year, month, day) if 1 <= month <= _MONTHS and 1 <= day <= 31 else None


def _day_month(p: Pieces, w: TimeWords, i: int, depth: int) -> Found | None:
    """Reads "21 October 2015", "21st of October", "22-25 April 1951" (the first day)."""
    day = day_number(p, i, w)
    if day is None:
        return None
    spelled = day[1] > i + 1
    end = day[1] + 1 if p.low[day[1]] == "day" and spelled else day[1]
    of_month = p.low[end + 1] in w.months or p.low[end + 1] in w.other_months
    at = end + 1 if p.low[end] in ("of", ",") and of_month else end
    named = month_at(p, at, w)
    if named is None:
        other = read_other_calendar(p, w, at)
        if other and isinstance(other.meaning, OtherCalendar):
            return Found(other.end, replace(other.meaning, day=day[0]))
    if named is None or not (p.raw[at][0].isupper() or p.low[at] not in w.doubtful_months or spelled):
        return _first_of_two_days(p, w, day, depth) if depth < _DEEPEST else None
    year, after = year_after(p, w, named[1])
    back = before_christ(p, named[1] + 1) if year is None and p.low[named[1]].isdecimal() else 0
    return Found(back, Unknown()) if back else _with_event(p, w, after, Calendar(year, named[0], day[0]))


def _first_of_two_days(p: Pieces, w: TimeWords, day: tuple[int, int], depth: int) -> Found | None:
    """The "22" of "22-25 April 1951", whose month and year stand with the second day."""
    number, joint = day
    listed = p.low[joint] in ("and", "or", ",")
    if p.low[joint] not in w.joints and not listed:
        return None
    at = joint + 2 if p.low[joint + 1] == "the" else joint + 1
    other = read_date(p, w, at, depth + 1) if p.low[at][:1].isdecimal() or p.low[at] in w.ordinals else None
    date = other.meaning if other else None
    if not isinstance(date, Calendar) or date.day is None or date.month is None or p.low[at + 1] in ("/", "-", "."):
        return None
    if number <= date.day or listed:
        return Found(joint, Calendar(date.year, date.month, number))
    return Found(joint, Calendar(date.year, date.month - 1, number)) if date.month > 1 else None
