"""Deadlines that no calendar word names: "before the year is out", "inside ten days", "in three weeks' time"."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from diurna.model.timevalue import TimeValue, range_value

NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "sixty": 60, "ninety": 90, "hundred": 100,
}  # fmt: skip


def _count(place: int) -> str:
    """A number of units as a pattern; its groups end in `place`."""
    units = "hour|day|week|fortnight|month|year"
    return rf"(?P<n{place}>\d+|{'|'.join(NUMBERS)})[\s-]+(?P<unit{place}>{units})(?:['’]s|s)?"


_OF_SIGNING = r"(?:the\s+|its\s+|their\s+)?(?:sign|accord|agreement|deal|pact|treaty|today|now)"
_SPAN = re.compile(
    rf"\b(?:inside(?:\s+of)?\s+{_count(1)}|in\s+{_count(2)}['’]?\s+time|{_count(3)}\s+from\s+(?:now|today)"
    rf"|(?:within|(?:in|over|during)\s+the\s+(?:next|coming))\s+{_count(4)}"
    rf"(?!\s+(?:of|after|from|following)\s+(?!{_OF_SIGNING}))"
    rf"|{_count(7)}\s+(?:of|after|from|following)\s+(?:the\s+|its\s+|their\s+)?sign(?:ing|ature)"
    rf"|(?<!time )(?<!times )in\s+{_count(6)}(?=\s*(?:[.,;”\"]|$))"
    rf"|in\s+(?:his|her|its|their|the|my|our)\s+first\s+{_count(5)}(?=\s+(?:in|of)\s+(?:office|power)\b))\b",
    re.IGNORECASE,
)
"""Time that is given in units; "within a week of the vote" counts from a day that the words do not tell."""
_OUT = re.compile(
    r"\b(?:(?:before|by the time)\s+(?:the|this)\s+(?P<unit>year|month|week|decade)"
    r"(?:\s+is\s+(?:out|over|up)|\s+ends|['’]s\s+end|\s+closes)"
    r"|by\s+(?:the\s+)?(?P<unit2>year|month|week)(?:['’]s)?[\s-]end|(?:in|over|during)\s+the\s+course\s+of\s+"
    r"(?:the|this)\s+(?P<unit3>year|month|week|decade)|(?:by|before)\s+(?:the\s+)?new\s+(?P<unit4>year))\b",
    re.IGNORECASE,
)
_SEASON = re.compile(
    r"\b(?:before|in time for)\s+(?:the\s+|next\s+)?(?P<season>spring|summer|autumn|winter)\b"
    r"(?!\s+(?!of\b|is\b|comes\b|sets\b|or\b|and\b|begins\b|ends\b)[a-z])",
    re.IGNORECASE,
)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""The first months of the seasons, of the northern half of the world."""
_HOUR = re.compile(
    r"\b(?:by|before|until)\s+(?P<hour>dawn|daybreak|sunrise|noon|midday|dusk|sunset|nightfall|sundown|midnight|tonight|tomorrow)\b"
    r"(?!\s+(?:on|of|tomorrow|\w+day)\b)",
    re.IGNORECASE,
)
_MORNING = frozenset(("dawn", "daybreak", "sunrise", "tomorrow"))
_MIDDLE = re.compile(
    rf"\b(?:by|before|until)\s+(?:mid-?\s?|the\s+middle\s+of\s+)(?P<month>{'|'.join(calendar.month_name[1:])})"
    r"(?:\s+(?P<year>20\d\d))?\b",
    re.IGNORECASE,
)

_MONTH_OUT = re.compile(
    rf"\b(?:before|by the time)\s+(?P<month>{'|'.join(calendar.month_name[1:])})\s+"
    r"(?:is\s+(?:out|over|up|done)|ends|closes)\b",
    re.IGNORECASE,
)
"""A month that is to be used to its end ("before November is over"), where "before November" ends in October."""


def number_of(word: str) -> int:
    """The number a word or figures stand for."""
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def phrase_due(text: str, day: dt.date | None) -> TimeValue | None:
    """The last day for doing what `text` says is to be done, where a phrase of this kind names it.

    Args:
        day: of the report, from which "ten days" are counted.
    """
    if day is None:
        return None
    span, out = _SPAN.search(text), _OUT.search(text)
    season, middle, hour = _SEASON.search(text), _MIDDLE.search(text), _HOUR.search(text)
    over = _MONTH_OUT.search(text)
    if span:
        number = next(value for key in ("n1", "n2", "n3", "n4", "n5", "n6", "n7") if (value := span[key]))
        unit = next(
            value for key in ("unit1", "unit2", "unit3", "unit4", "unit5", "unit6", "unit7") if (value := span[key])
        )
        last = after(day, number_of(number), unit.lower())
    elif out:
        unit = out["unit"] or out["unit2"] or out["unit3"] or out["unit4"]
        last = _end_of(unit.lower(), day)
    elif over:
        last = _end_of_month(over["month"], day)
    elif season:
        first = dt.date(day.year, _SEASONS[season["season"].lower()], 1)
        last = (first if first > day else first.replace(year=day.year + 1)) - dt.timedelta(days=1)
    elif middle:
        month = [name.lower() for name in calendar.month_name].index(middle["month"].lower())
        year = int(middle["year"]) if middle["year"] else day.year + (dt.date(day.year, month, 15) < day)
        last = dt.date(year, month, 15)
    elif hour:
        last = day + dt.timedelta(days=hour["hour"].lower() in _MORNING)
    else:
        return None
    found = next(one for one in (span, out, over, season, middle, hour) if one)
    return range_value(None, last, found.group())


_BEFORE = re.compile(
    r"\b(?:before|ahead of|in time for)\s+(?:[^,;.:]{3,60}\s(?:on|of|in)\s+)?(?:the\s+)?$",  # "*the summit on* 12 May"
    re.IGNORECASE,
)
_BEFORE_IT = re.compile(r"\b(?:before|ahead of|in time for)\s+(?:[\w’'-]+\s+){0,6}[\w’'-]+$", re.IGNORECASE)
_END_OF = re.compile(r"(?:the\s+)?(?:end|close)\b", re.IGNORECASE)
_KIND_OF = re.compile(
    r"\s+(?:recess|break|holidays?|vacation|session|season|term|olympics|games|summit)\b", re.IGNORECASE
)
"""A noun that a season only describes ("the summer recess")."""
_OPENS_ON = re.compile(
    r",?\s+(?:which|that)\s+(?:\w+\s+)?(?:starts?|begins?|opens?|is due|is set|falls?|is scheduled"
    r"|is to (?:start|begin|open))"
    r"(?:\s+to\s+(?:start|begin|open))?\s+(?:on\s+|in\s+)?$",
    re.IGNORECASE,
)
"""What stands between what a deed is to precede and its day ("before the recess, which starts on 20 July")."""


def describes(value: TimeValue, rest: str) -> bool:
    """Whether a season only tells which recess, session or holiday is meant; `rest` is what stands after it."""
    return value.precision == "season" and _KIND_OF.match(rest) is not None


_SIGNING = re.compile(
    r"\s+(?:of|after|from|following)\s+(?:the\s+|its\s+|their\s+)?(?:sign(?:ing|ature)|accord|agreement|deal|pact|treaty)\b"
)
_RELATIVE = re.compile(r",?\s+(?:which|that)\s+(?:starts?|begins?|opens?|is|falls?)\b[^,;.]{0,40}")


def with_opening(text: str, start: int, end: int) -> int:
    """Where words end with what comes right after: on what day something opens, or that days count from a signing."""
    lead = text[max(start, end - 60) : end]
    signed = _SIGNING.match(text, end)
    if signed:
        return signed.end()
    found = _RELATIVE.match(text, end) if re.search(r"\b(?:before|ahead of)\b", lead) else None
    return found.end() if found else end


def day_before(lead: str, value: TimeValue) -> TimeValue | None:
    """The last day there is before a time that something is to precede; None where it is to precede none.

    Args:
        lead: the words in front of the time.
    """
    opened = _OPENS_ON.search(lead)
    before = _BEFORE_IT.search(lead, 0, opened.start()) if opened else _BEFORE.search(lead)
    if not value.first_day or not before or _END_OF.match(value.text):
        return None
    return range_value(None, value.first_day - dt.timedelta(days=1), value.text)


def after(day: dt.date, number: int, unit: str) -> dt.date:
    """The day a number of hours, days, weeks, fortnights, months or years later; at most a hundred years."""
    if unit in ("month", "year"):
        months = day.year * 12 + day.month - 1 + min(number * (12 if unit == "year" else 1), 1_200)
        year, month = divmod(months, 12)
        return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    days = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "fortnight": 14.0}[unit] * number
    return day + dt.timedelta(days=min(-(-days // 1), 36_500))


def _end_of(unit: str, day: dt.date) -> dt.date:
    if unit == "week":
        return day + dt.timedelta(days=6 - day.weekday())
    if unit == "month":
        return day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return dt.date(day.year if unit == "year" else day.year // 10 * 10 + 9, 12, 31)


def _end_of_month(name: str, day: dt.date) -> dt.date:
    """The next last day of a month that is called by its name."""
    month = [one.lower() for one in calendar.month_name].index(name.lower())
    year = day.year + (month < day.month)
    return dt.date(year, month, calendar.monthrange(year, month)[1])
