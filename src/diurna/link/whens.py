"""When and on what condition: the times of a clause, the last day for doing it, and what it hangs on."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diurna.link.duephrases import day_before, describes, phrase_due, with_opening
from diurna.link.wording import Wording
from diurna.model.record import TimeExpression
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue, range_value, year_value

_DUE = re.compile(
    r"\b(?:by|before|until|till|within|in|no later than|not later than|ahead of|deadline of"
    r"|due|from|at|next|on|this|for)"
    r"\s+(?:the\s+)?(?:end\s+of\s+)?(?:the\s+)?(?:next\s+)?$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in|of|since|during|from|between|until)\s+(?P<year>(?:19|20)\d\d)\b")
_IF = re.compile(r"\W*(?:that\s+)?(?:if|unless|should|whether)\b", re.IGNORECASE)
_ONCE = re.compile(r"once\W*(?:more|again|and for all|$)", re.IGNORECASE)
_LEAD = 60
"""Characters before a time in which "by" and "until" are looked for."""


@dataclass(frozen=True, slots=True)
class Whens:
    """The times of one report, in the order of its text; `day` is the report's."""

    text: str
    times: Sequence[TimeExpression]
    day: dt.date | None

    def within(self, span: Span) -> list[TimeExpression]:
        """The times that stand in `span`."""
        first = bisect_left(self.times, span.start, key=lambda one: one.span.start)
        found = []
        for time in self.times[first:]:
            if time.span.start >= span.end:
                break
            if time.span.end <= span.end:
                found.append(time)
        return found

    def masked(self, clause: Span, times: Iterable[TimeExpression]) -> str:
        """The clause with its times blanked out: "the end of May" ends nothing."""
        quote = clause.of(self.text)
        for time in times:
            start, end = time.span.start - clause.start, time.span.end - clause.start
            lead = _DUE.search(quote, max(0, start - _LEAD), start)
            start = lead.start() if lead else start
            quote = quote[:start] + " " * (end - start) + quote[end:]
        return quote

    def due(self, clause: Span, times: Iterable[TimeExpression]) -> TimeValue | None:
        """The last day for doing what a clause says is to be done."""
        end = with_opening(self.text, clause.start, clause.end)
        phrase = phrase_due(self.text[clause.start : end], self.day)
        if phrase:
            return phrase
        if end > clause.end:
            times = [*times, *self.within(Span(clause.end, end))]
        fallback = None
        for time in times:
            if describes(time.value, self.text[time.span.end : time.span.end + 20]):
                fallback = range_value(None, time.value.last_day, time.text) if time.value.last_day else None
                continue
            before = self.text[max(clause.start, time.span.start - _LEAD) : time.span.start]
            if _FROM.search(before) and _HALTING.search(clause.of(self.text)):
                continue  # when it begins to hold, no last day
            by_then = _BY_THEN.search(before)
            value = to_come(time.value, self.day) if by_then else time.value
            last = value.last_day
            if last is None or (self.day and last < self.day):
                continue
            if last == self.day and not by_then and _WEEKDAY.fullmatch(time.text):
                continue  # the day on which it was said: "urged Norrow on Monday to ..."
            earlier = day_before(before, value)
            if earlier is not None:
                return earlier
            return value
        return fallback if fallback and self.day and (fallback.last_day or self.day) > self.day else None


_BY_THEN = re.compile(
    r"\b(?:by|before|until|till|to|no later than|not later than|ahead of)\s+(?:the\s+)?$", re.IGNORECASE
)
_FROM = re.compile(r"\b(?:from|as of|starting|beginning|effective)\s+(?:on\s+|at\s+)?$", re.IGNORECASE)
_HALTING = re.compile(
    r"\b(?:halt|stop|cease|suspend|pause|end|truce|cease-?fire|freeze|refrain)(?:s|ing|ed)?\b", re.IGNORECASE
)
_YEAR_NAMED = re.compile(r"\b(?:19|20)\d\d\b")
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)


def to_come(value: TimeValue, day: dt.date | None) -> TimeValue:
    """A day named without its year, as the one after `day`: "by Friday" and "by Christmas" are never past."""
    first, last = value.first_day, value.last_day
    if day is None or first is None or last is None or last >= day or _YEAR_NAMED.search(value.text):
        return value
    if _WEEKDAY.search(value.text):
        week = dt.timedelta(days=7)
        return range_value(first + week, last + week, value.text) if last + week >= day else value
    if (value.precision not in ("day", "month") and (last - first).days > _MONTH) or (day - last).days > 366:
        return value
    later = _a_year_on(last)
    return range_value(later if first == last else _a_year_on(first), later, value.text) if later >= day else value


_MONTH = 31


def _a_year_on(day: dt.date) -> dt.date:
    """The same day of the next year; of a leap day, and of the last of February, the last of that month."""
    leap = day.month == 2 and day.day >= 28 and (day + dt.timedelta(days=1)).month == 3
    return (dt.date(day.year + 1, 3, 1) - dt.timedelta(days=1)) if leap else day.replace(year=day.year + 1)


def dated(times: Iterable[TimeExpression], quote: str) -> tuple[TimeValue, ...]:
    """The known times of a clause; a bare year where no other is found."""
    known = tuple(t.value for t in times if t.value.earliest or t.value.latest)
    year = None if known else _YEAR.search(quote)
    return (year_value(int(year["year"]), year["year"]),) if year else known


def condition_of(words: Wording, quote: str) -> str | None:
    """The condition a clause hangs on; "at once" and "once more" are none."""
    if _IF.match(quote):
        return quote.strip()
    if words.condition is None:
        return None
    found = quote[words.condition :].strip()
    if found.lower().startswith(("as long", "so long")) and quote[: words.condition].rstrip().endswith(" for"):
        return None
    before = quote[: words.condition].rstrip().lower()
    if found.lower().startswith("once") and (before.endswith(" at") or _ONCE.match(found)):
        return None
    if found.lower().startswith("until") and len(words.text[words.condition :].split()) <= 1:
        return None
    return found


COUNTED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "twenty": 20, "forty": 40, "fifty": 50, "thirty": 30, "sixty": 60,
    "ninety": 90, "a": 1,
}  # fmt: skip
_HOURS = {"hour": 1, "day": 24, "week": 168, "month": 720, "year": 8760}
_FOR = re.compile(
    r"\bfor (?:a |an )?(?:further |period of |initial )*"
    rf"(?P<n>\d+|{'|'.join(COUNTED)})?[ -]*(?P<unit>day|week|month|year)s?\b",
    re.IGNORECASE,
)
_LONG = re.compile(
    rf"\b(?P<n>\d+|{'|'.join(COUNTED)})[ -](?P<unit>hour|day|week|month)s?[ -](?:\w+ ){{0,2}}?"
    r"(?:truce|cease-?fire|pause|halt|freeze|moratorium|suspension|armistice)\b",
    re.IGNORECASE,
)


_WEEKEND = re.compile(r"\b(?:for|over) the (?:\w+ )?weekend\b|\bweekend (?:truce|cease-?fire|pause)\b", re.IGNORECASE)
_SUNDAY = 6


def lasting(quote: str, day: dt.date | None) -> dt.date | None:
    """The last day of a word given on a day for a time only ("for two weeks", "a 10-day ceasefire")."""
    if day is not None and _WEEKEND.search(quote):
        return day + dt.timedelta(days=(_SUNDAY - day.weekday()) % 7)
    found = _FOR.search(quote) or _LONG.search(quote)
    if found is None or day is None:
        return None
    number = found["n"] or "one"
    count = int(number) if number.isdigit() else COUNTED.get(number.lower(), 1)
    hours = count * _HOURS[found["unit"].lower()]
    return day + dt.timedelta(days=-(-hours // 24)) if hours < 24 * 36_500 else None
