"""Time expressions of a report and the days they mean.

text -> pieces -> expressions (timegrammar) -> days (timevalues), against the report's own day (anchor)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from diurna.annotate.parse import Parse
from diurna.annotate.times.anchor import Anchor, anchor_of_address, find_anchor
from diurna.annotate.times.discourse import Discourse
from diurna.annotate.times.tense import Known, Tense, tense_at
from diurna.annotate.times.timegrammar import find_expressions
from diurna.annotate.times.timemeaning import (
    Calendar,
    Expression,
    Named,
    Part,
    Shift,
    UnitStep,
    Window,
)
from diurna.annotate.times.timepieces import windows
from diurna.annotate.times.timeranges import ends_range, forwards, share_years, stretches
from diurna.annotate.times.timeunits import Interval
from diurna.annotate.times.timevalues import resolve, value_of
from diurna.annotate.times.timewords import TimeWords, time_words
from diurna.model.record import TimeExpression
from diurna.model.report import Report
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue, day_value

_PROBES = (dt.date(2013, 5, 15), dt.date(2018, 10, 17))
"""Two Wednesdays far apart in year and month: what lies equally far from both hangs on the day alone."""
_HISTORY_DATES = 4
_HISTORY_SHARE = 0.6
_FAR = 2
"""Years from the report's own at which a date is history."""
_INTO = frozenset({"", "in", "of", "during", "early", "late", "mid"})
"""Words that take the story into the year after them; so does nothing, at the head of a heading."""


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
        ranges: "from A to B" as one interval, over both its expressions, in text order; both are also in `times`.
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
    expressions = share_years(parse.text, [one for one, _ in kept])
    tenses = [tense for _, tense in kept]
    published = report.published.first_day if report.published else None
    if published:
        anchor = Anchor(published, "", published.weekday())
    else:
        anchor = anchor_of_address(report.url) or find_anchor(parse, expressions, tenses, words)
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
        ranges=stretches(parse, expressions, times, published or anchor.day),
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
        if interval and found and found[-1] and ends_range(parse.text, expressions, len(found)):
            found[-1], interval = forwards(found[-1], interval, one, tense)
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
