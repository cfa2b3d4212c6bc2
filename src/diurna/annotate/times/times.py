"""Time expressions of a report and the days they mean.

text -> pieces -> expressions (timegrammar) -> days (timevalues), against the report's own day (anchor)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from diurna.annotate.parse import Parse
from diurna.annotate.times.anchor import Anchor, find_anchor
from diurna.annotate.times.discourse import Discourse
from diurna.annotate.times.tense import Known, Tense, tense_at
from diurna.annotate.times.timegrammar import find_expressions
from diurna.annotate.times.timemeaning import (
    Calendar,
    Expression,
    Inside,
    Meaning,
    Named,
    Part,
    Shift,
    UnitStep,
    Window,
)
from diurna.annotate.times.timepieces import windows
from diurna.annotate.times.timeunits import Interval
from diurna.annotate.times.timevalues import resolve, value_of
from diurna.annotate.times.timewords import TimeWords, time_words
from diurna.model.record import TimeExpression
from diurna.model.report import Report
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue, day_value, range_value

_PROBES = (dt.date(2013, 5, 15), dt.date(2018, 10, 17))
"""Two Wednesdays far apart in year and month: what lies equally far from both hangs on the day alone."""
_HISTORY_DATES = 4
_HISTORY_SHARE = 0.6
_FAR = 2
"""Years from the report's own at which a date is history."""
_INTO = frozenset({"", "in", "of", "during", "early", "late", "mid"})
"""Words that take the story into the year after them; so does nothing, at the head of a heading."""
_JOINT = 12
"""Characters between the two dates of a range, at most."""
_RANGE_WORDS = frozenset({"to", "until", "till", "through", "thru", "-", "–", "—", "‑"})
_SHARING = _RANGE_WORDS | {"and", "or", ",", "/"}
"""What stands between two dates that share the year of the second."""


@dataclass(frozen=True, slots=True)
class RelativeDay:
    """How far the time `times[index]` lies from the day the report speaks from.

    `first` and `last` count days from that day to the interval's ends: (-1, -1) is the day before it.
    """

    index: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class TimesFound:
    """The time expressions of a report.

    Attributes:
        anchor: the day the report speaks from, where `published` is missing and the text tells it.
        times: in text order, not overlapping; unknown days have no `earliest` and no `latest`.
        anchor_weekday: weekday (Monday 0) of the report's day; in undated reports the weekday of the news, where told.
        relative: how far from the report's day; known for some times even where that day is not: in an undated report
            whose news is of a Saturday (`anchor_weekday` 5), "Friday" and "the preceding day" are (-1, -1).
        ranges: "from A to B" as one interval, over both its expressions; each of them is also in `times`.
    """

    anchor: TimeValue | None
    times: tuple[TimeExpression, ...]
    anchor_weekday: int | None = None
    relative: tuple[RelativeDay, ...] = ()
    ranges: tuple[TimeExpression, ...] = ()


def find_times(parse: Parse, report: Report) -> TimesFound:
    """Every calendar expression of the report with the days it means.

    Durations ("for three days"), sets ("every Monday") and words like "now" are no calendar expressions.
    """
    words = time_words()
    found = [one for pieces in windows(parse, words) for one in find_expressions(pieces, words)]
    known: Known = {}
    tenses = [_tense(parse, one, words, known) for one in found]
    kept = [(one, tense) for one, tense in zip(found, tenses, strict=True) if tense > 0 or not _needs_ahead(one)]
    expressions = _share_years(parse.text, [one for one, _ in kept])
    tenses = [tense for _, tense in kept]
    published = report.published.first_day if report.published else None
    anchor = Anchor(published, "", published.weekday()) if published else find_anchor(parse, expressions, tenses, words)
    days = _resolve_all(parse, expressions, tenses, anchor.day)
    relative = _relative(parse, expressions, tenses, anchor)
    offsets = {} if anchor.day else {one.index: (one.first, one.last) for one in relative}
    times = tuple(
        _record(parse.text, one, interval, offsets.get(k))
        for k, (one, interval) in enumerate(zip(expressions, days, strict=True))
    )
    return TimesFound(
        anchor=None if published or anchor.day is None else day_value(anchor.day, anchor.text),
        times=times,
        anchor_weekday=anchor.weekday,
        relative=relative,
        ranges=_ranges(parse.text, expressions, times),
    )


def _needs_ahead(one: Expression) -> bool:
    return isinstance(one.meaning, Shift | Window) and one.meaning.ahead_only


def _tense(parse: Parse, one: Expression, words: TimeWords, known: Known) -> Tense:
    meaning = one.meaning
    if isinstance(meaning, Calendar) and meaning.year is not None:
        return tense_at(parse, one.last, words, known) if meaning.day else 0
    if one.before == "since":
        return -1
    tense = tense_at(parse, one.last, words, known)
    if one.before in words.preps_ahead and (tense == 0 or (one.token > 1 and _extends(parse, one.token, words))):
        return 1
    return tense


def _extends(parse: Parse, token: int, words: TimeWords) -> bool:
    """Whether the verb over "until Friday" puts something off or sets a term."""
    return any(parse.lemmas[up] in words.extends for up, _ in zip(parse.ancestors(token), range(3), strict=False))


def _record(text: str, one: Expression, interval: Interval | None, offset: tuple[int, int] | None) -> TimeExpression:
    """The record of an expression; its distance from the report's day is given where the days are not known."""
    said = text[one.start : one.end]
    value = value_of(interval, one.clock, said)
    if offset and value.earliest is None and value.latest is None:
        value = replace(value, offset=offset)
    return TimeExpression(Span(one.start, one.end), said, value)


# -- reading on from one expression to the next ----------------------------------------------------------------------


def _resolve_all(
    parse: Parse, expressions: Sequence[Expression], tenses: Sequence[Tense], today: dt.date | None
) -> list[Interval | None]:
    discourse = Discourse(today, narrative=_is_history(expressions, today))
    found: list[Interval | None] = []
    told: tuple[int, int] | None = None
    for one, tense in zip(expressions, tenses, strict=True):
        place = parse.sentence_of[one.token] if one.token >= 0 else 0
        near = (
            told is not None
            and place - told[1] <= 1
            and parse.block_of[parse.sentences[told[1]][0]] == parse.block_of[one.token]
        )
        discourse.told_year = told[0] if told and near and not discourse.narrative else None
        interval = resolve(one.meaning, tense, discourse)
        if interval and found and found[-1] and _ends_range(parse.text, expressions, len(found)):
            interval = _not_before(interval, found[-1], one)
        if interval:
            discourse.note(interval, aside=_is_aside(one))
        if _tells_year(one, today):
            told = (_year_of(one), place)
        found.append(interval)
    return found


def _is_aside(one: Expression) -> bool:
    """Whether a year is only glanced at ("by 1976", "the 2009 census", "two decades earlier")."""
    meaning = one.meaning.of if isinstance(one.meaning, Part) else one.meaning
    if isinstance(meaning, Shift | UnitStep):
        direction = meaning.sign if isinstance(meaning, Shift) else meaning.step
        return direction < 0 and meaning.base == "then"
    return one.before not in _INTO


def _ends_range(text: str, expressions: Sequence[Expression], k: int) -> bool:
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


def _year_of(one: Expression) -> int:
    return one.meaning.year or 0 if isinstance(one.meaning, Calendar) else 0


def _tells_year(one: Expression, today: dt.date | None) -> bool:
    """Whether undated months after `one` belong to its year rather than to the report's."""
    date = one.meaning
    if not isinstance(date, Calendar) or date.year is None or today is None:
        return False
    return abs(date.year - today.year) >= _FAR and (date.month is not None or one.before in ("in", "of"))


def _is_history(expressions: Sequence[Expression], today: dt.date | None) -> bool:
    """Whether the text tells of a past whose dates hang on one another."""
    dated = [
        one.meaning.year
        for one in expressions
        if isinstance(one.meaning, Calendar) and one.meaning.year and one.meaning.month
    ]
    if today is None:
        return len(dated) > 1 and not any(_leans_on_today(one) for one in expressions)
    far = sum(abs(year - today.year) >= _FAR for year in dated)
    if 1 < far == len(dated) and not any(_leans_on_today(one) for one in expressions):
        return True
    return far >= _HISTORY_DATES and far >= _HISTORY_SHARE * len(dated)


def _leans_on_today(one: Expression) -> bool:
    meaning = one.meaning
    return (isinstance(meaning, Named) and meaning.kind == "weekday") or (
        isinstance(meaning, UnitStep) and meaning.base == "now"
    )


def _share_years(text: str, expressions: Sequence[Expression]) -> list[Expression]:
    """The expressions, where the first date of a range takes the year written with the second."""
    shared = list(expressions)
    for k in range(len(shared) - 2, -1, -1):
        one, other = shared[k], shared[k + 1]
        if other.start - one.end <= _JOINT and text[one.end : other.start].strip().lower() in _SHARING:
            shared[k] = replace(one, meaning=_with_year_of(one.meaning, other.meaning))
    return shared


def _with_year_of(meaning: Meaning, other: Meaning) -> Meaning:
    """`meaning` in the year of `other` ("April" in "between April and September of last year"), where it has none."""
    date = meaning
    if isinstance(meaning, Named) and meaning.kind == "month" and meaning.step is None:
        if isinstance(other, Inside) and isinstance(other.inner, Named):
            return replace(other, inner=meaning)
        date = Calendar(month=meaning.index)
    if not isinstance(other, Calendar) or other.year is None or not other.month:
        return meaning
    if isinstance(date, Calendar) and date.year is None and date.month:
        return replace(date, year=other.year - (date.month > other.month))
    return meaning


def _ranges(
    text: str, expressions: Sequence[Expression], times: Sequence[TimeExpression]
) -> tuple[TimeExpression, ...]:
    found = []
    for k in range(len(times) - 1):
        left, right = times[k], times[k + 1]
        if not _ends_range(text, expressions, k + 1):
            continue
        first, last = left.value.first_day, right.value.last_day
        if first and last and first < last:
            span = Span(left.span.start, right.span.end)
            found.append(TimeExpression(span, span.of(text), range_value(first, last, span.of(text))))
    return tuple(found)


# -- reports that do not say their day -------------------------------------------------------------------------------


def _relative(
    parse: Parse, expressions: Sequence[Expression], tenses: Sequence[Tense], anchor: Anchor
) -> tuple[RelativeDay, ...]:
    """Distances from the report's day that come out the same whichever day that is."""
    days = (anchor.day,) if anchor.day else tuple(_probe(day, anchor) for day in _PROBES)
    runs = [_distances(_resolve_all(parse, expressions, tenses, day), day) for day in days]
    rows = enumerate(zip(*runs, strict=True))
    of_news = anchor.day is None and anchor.weekday is not None
    return tuple(
        RelativeDay(k, *row[0])
        for k, row in rows
        if row[0] is not None and len(set(row)) == 1 and not (of_news and _hangs_on_publication(expressions[k]))
    )


def _hangs_on_publication(one: Expression) -> bool:
    """Whether `one` counts from the day of publication, which need not be the weekday of the news."""
    return (isinstance(one.meaning, UnitStep | Shift) and getattr(one.meaning, "base", "") == "now") or isinstance(
        one.meaning, Window
    )


def _probe(day: dt.date, anchor: Anchor) -> dt.date:
    if anchor.month_and_day:
        month, number = anchor.month_and_day
        return dt.date(day.year, month, min(number, 28))
    if anchor.weekday is not None:
        return day + dt.timedelta(days=anchor.weekday - day.weekday())
    return day if day is _PROBES[0] else day + dt.timedelta(days=1)


def _distances(days: Sequence[Interval | None], today: dt.date) -> list[tuple[int, int] | None]:
    return [
        ((one.first - today).days, (one.last - today).days) if one and one.first and one.last else None for one in days
    ]
