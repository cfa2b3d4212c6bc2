"""Ranges of two times: "from March to May", "between 2014 and 2018", "May 3-5", "from 2003 to the present"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from diurna.annotate.parse import Parse
from diurna.annotate.times.tense import Tense
from diurna.annotate.times.timemeaning import Calendar, Expression, Inside, Meaning, Named, UnitStep
from diurna.annotate.times.timeunits import DAY, Interval
from diurna.annotate.times.timewords import TimeWords, time_words
from diurna.model.record import TimeExpression
from diurna.model.span import Span
from diurna.model.timevalue import range_value

_JOINT = 12
"""Characters between the two dates of a range, at most."""
_RANGE_WORDS = frozenset({"to", "until", "till", "through", "thru", "-", "–", "—", "‑", "~"})
_FROM_NOW = re.compile(
    r"\b(?:(?:from|between) )?(?:right )?now (?:and|to|until|till|through)(?: the)? $", re.IGNORECASE
)
_TO_NOW = re.compile(
    r",? (?:up )?(?:and|to|until|till|through)(?: right)? (?:now|the present(?: day| time)?|present|this day)\b",
    re.IGNORECASE,
)
_REACH = 30
"""Characters beside an expression in which "now" is looked for."""
_SAME_DAY = UnitStep("day", 0, "then")
"""What a time of day with no day beside it means."""
_SHARING = _RANGE_WORDS | {"and", "or", ",", "/"}
"""What stands between two dates that share the year of the second."""


def ends_range(text: str, expressions: Sequence[Expression], k: int) -> bool:
    """Whether expression `k` is the second end of a range that the one before it begins."""
    before, one = expressions[k - 1], expressions[k]
    if one.start - before.end > _JOINT:
        return False
    joint = text[before.end : one.start].strip().lower().removesuffix(" the")
    return joint in _RANGE_WORDS or (joint == "and" and before.before == "between")


def _not_before(interval: Interval, start: Interval, one: Expression) -> Interval:
    """`interval`, moved by the years that its range needs to run forwards."""
    free = (
        isinstance(one.meaning, Calendar) and one.meaning.year is None and one.meaning.month and not one.meaning.weekday
    )
    free = free or (isinstance(one.meaning, Named) and one.meaning.kind == "month" and one.meaning.step is None)
    if not free or interval.first is None or interval.last is None or start.first is None:
        return interval
    years = start.first.year - interval.first.year
    moved = [_in_year(interval, interval.first.year + years + step) for step in (0, 1)]
    return next((one for one in moved if one.last and one.last >= start.first), interval)


def _in_year(interval: Interval, year: int) -> Interval:
    if interval.first is None or interval.last is None or interval.first.month == 2:
        return interval
    return Interval(interval.first.replace(year=year), interval.last.replace(year=year), interval.grain)


def share_years(text: str, expressions: Sequence[Expression]) -> list[Expression]:
    """The expressions, where the first date of a range takes the year written with the second."""
    shared = list(expressions)
    for k in range(len(shared) - 2, -1, -1):
        one, other = shared[k], shared[k + 1]
        joint = text[one.end : other.start].strip().lower().removesuffix(" the")
        if other.start - one.end > _JOINT or joint not in _SHARING:
            continue
        if one.clock and one.meaning == _SAME_DAY and joint in _RANGE_WORDS:  # "from 3 p.m. to 5 p.m. on Monday"
            shared[k] = replace(one, meaning=other.meaning)
        else:
            shared[k] = replace(one, meaning=_with_year_of(one.meaning, other.meaning))
    return shared


def _with_year_of(meaning: Meaning, other: Meaning) -> Meaning:
    """`meaning` in the year of `other` ("April" in "between April and September of last year"), where it has none."""
    date = meaning
    if isinstance(meaning, Named) and meaning.kind == "month" and meaning.step is None:
        if isinstance(other, Inside) and isinstance(other.inner, Named):
            return replace(other, inner=meaning)
        date = Calendar(month=meaning.index)
    if not isinstance(other, Calendar) or not other.month:
        return meaning
    if isinstance(meaning, Calendar) and meaning.day and not meaning.month and meaning.weekday is None:
        inside = other.day is not None and meaning.day < other.day  # "from the 13th to the 19th of October"
        return replace(meaning, month=other.month, year=other.year) if inside else meaning
    if other.year is None:
        return meaning
    if isinstance(date, Calendar) and date.year is None and date.month:
        return replace(date, year=other.year - (date.month > other.month))
    return meaning


def stretches(
    parse: Parse, expressions: Sequence[Expression], times: Sequence[TimeExpression], today: dt.date | None
) -> tuple[TimeExpression, ...]:
    """Every "from A to B" as one interval, in text order; `today` is the report's day, which "now" stands for."""
    text, words = parse.text, time_words()
    found = [one for k, time in enumerate(times) if (one := _range_to_now(text, expressions[k], time, today))]
    for k in range(len(times) - 1):
        left, right = times[k], times[k + 1]
        if not ends_range(text, expressions, k + 1) or _is_moved(parse, expressions[k], words):
            continue
        first, last = left.value.first_day, right.value.last_day
        if first and last and first < last:
            span = Span(left.span.start, right.span.end)
            found.append(TimeExpression(span, span.of(text), range_value(first, last, span.of(text))))
    return tuple(sorted(found, key=lambda one: one.span))


def _range_to_now(text: str, one: Expression, time: TimeExpression, today: dt.date | None) -> TimeExpression | None:
    """The stretch of "between now and Friday", "from 2003 to the present"; needs the report's own day."""
    first, last = time.value.first_day, time.value.last_day
    ahead = _FROM_NOW.search(text, max(0, one.start - _REACH), one.start)
    if today and ahead and last and today < last:
        span = Span(ahead.start(), one.end)
        return TimeExpression(span, span.of(text), range_value(today, last, span.of(text)))
    back = _TO_NOW.match(text, one.end, one.end + _REACH)
    between = " and " not in (back.group() if back else "") or one.before == "between"
    if today and back and between and first and first < today and one.before in ("from", "between", "since", "", "of"):
        span = Span(one.start, back.end())
        return TimeExpression(span, span.of(text), range_value(first, today, span.of(text)))
    return None


def forwards(start: Interval, end: Interval, one: Expression, tense: Tense) -> tuple[Interval, Interval]:
    """Both ends of a range, moved where it would run backwards: by years, and between weekdays by a week.

    Args:
        one: the expression `end` was read from.
    """
    if not isinstance(one.meaning, Named) or one.meaning.kind != "weekday":
        return start, _not_before(end, start, one)
    if one.meaning.step is not None or start.grain != "day" or start.first is None or end.first is None:
        return start, end
    if end.first >= start.first or (start.first - end.first).days > 6:
        return start, end
    if tense > 0:
        return start, Interval(end.first + 7 * DAY, end.first + 7 * DAY, "day")
    return Interval(start.first - 7 * DAY, start.first - 7 * DAY, "day"), end


def _is_moved(parse: Parse, one: Expression, words: TimeWords) -> bool:
    """Whether something is moved from one time to another ("postponed from Monday to Friday"): that is no stretch."""
    if one.token < 0 or one.before != "from":
        return False
    return any(parse.lemmas[up] in words.moved for up, _ in zip(parse.ancestors(one.token), range(3), strict=False))
