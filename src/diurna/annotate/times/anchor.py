"""The day an undated report speaks from, worked out from its own words.

Evidence, strongest first: a full date in the dateline or on a line of its own; one in the author's line; one with its
weekday in the lead. Where no date can be known, the weekday of the news may still be: of the weekdays told in the past,
the last one, since a report names the days just behind it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from diurna.annotate.parse import SILENT_BLOCKS, Parse
from diurna.annotate.times.tense import Tense
from diurna.annotate.times.timegrammar import find_expressions
from diurna.annotate.times.timemeaning import Calendar, Expression, Named, UnitStep
from diurna.annotate.times.timepieces import cut
from diurna.annotate.times.timewords import TimeWords
from diurna.model.report import Block

_LEAD_BLOCKS = 3
_TOP_BLOCKS = 6
_PARAGRAPH = 14
"""Words of the shortest paragraph that can be a lead."""
_LONE_LINE = 40
"""Characters a line may have beside a date and still be the line of the date."""
_DATELINE_START = 60
_LONGEST_BYLINE = 300
_NOT_THE_DAY = frozenset({"since", "until", "before", "after", "by", "born", "of"})


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is known of the day the report speaks from.

    Attributes:
        day: the day itself.
        text: the words it was taken from.
        weekday: its weekday (Monday 0), known also where the day is not.
        month_and_day: from a dateline with no year.
    """

    day: dt.date | None = None
    text: str = ""
    weekday: int | None = None
    month_and_day: tuple[int, int] | None = None


def find_anchor(parse: Parse, expressions: Sequence[Expression], tenses: Sequence[Tense], words: TimeWords) -> Anchor:
    """What the text itself tells of its day."""
    placed = [(one, tense, _block_of(parse, one)) for one, tense in zip(expressions, tenses, strict=True)]
    top = _top_blocks(parse.blocks)
    partial = None
    for one, _, block in placed:
        if block in top and _is_dateline(parse, one, parse.blocks[block]) and isinstance(one.meaning, Calendar):
            day = _full(one.meaning)
            if day:
                return _known(day, parse, one)
            if one.meaning.month and one.meaning.day:
                partial = partial or (one.meaning.month, one.meaning.day)
    return _from_silent(parse, words) or _from_lead(parse, placed) or _from_weekday(placed, partial)


def _known(day: dt.date, parse: Parse, one: Expression) -> Anchor:
    return Anchor(day, parse.text[one.start : one.end], day.weekday())


def _full(date: Calendar) -> dt.date | None:
    if date.year is None or date.month is None or date.day is None:
        return None
    try:
        return dt.date(date.year, date.month, date.day)
    except ValueError:
        return None


def _block_of(parse: Parse, one: Expression) -> int:
    return parse.block_of[one.token] if one.token >= 0 else -1


def _top_blocks(blocks: tuple[Block, ...]) -> frozenset[int]:
    told = [n for n, block in enumerate(blocks) if block.kind not in ("other", "caption")][:_TOP_BLOCKS]
    datelines = [n for n, block in enumerate(blocks) if block.kind == "dateline"]
    return frozenset((*told, *datelines[:1]))


def _is_dateline(parse: Parse, one: Expression, block: Block) -> bool:
    """Whether a date is the dateline or a line of its own, not part of a sentence."""
    if block.kind == "dateline":
        return True
    length = block.span.end - block.span.start - (one.end - one.start)
    line = parse.text[block.span.start : block.span.end].rstrip()
    if (
        length <= _LONE_LINE
        and not line.endswith((".", "?", "!", ":"))
        and not line.startswith(("-", "–", "—"))
        and block.kind in ("body", "deck", "byline")
    ):
        return one.before not in ("in", "since", "until", "after", "before", "by") or one.start == block.span.start
    head = parse.text[block.span.start : one.start]
    tail = parse.text[one.end : one.end + 30].lstrip(" ,.)")
    dashed = tail.startswith(("-", "–", "—")) or (tail[:1] == "(" and ") " in tail)
    return (
        one.start - block.span.start <= _DATELINE_START
        and dashed
        and any(word.isupper() and len(word) > 2 for word in head.replace(",", " ").split())
    )


def _from_silent(parse: Parse, words: TimeWords) -> Anchor | None:
    """A full date in the author's line, which is not parsed."""
    for block in parse.blocks:
        if (
            block.kind not in SILENT_BLOCKS
            or block.span.end - block.span.start > _LONGEST_BYLINE
            or block.kind != "byline"
        ):
            continue
        for one in find_expressions(cut(parse.text, block.span), words):
            day = _full(one.meaning) if isinstance(one.meaning, Calendar) else None
            if day:
                return _known(day, parse, one)
    return None


_Placed = tuple[Expression, Tense, int]


def _lead_blocks(parse: Parse) -> frozenset[int]:
    """The first body paragraphs long enough to tell something (a caption taken for a paragraph is not)."""
    sizes = Counter(parse.block_of)
    body = [n for n, block in enumerate(parse.blocks) if block.kind == "body" and sizes[n] >= _PARAGRAPH]
    return frozenset(body[:_LEAD_BLOCKS])


def _from_lead(parse: Parse, placed: Sequence[_Placed]) -> Anchor | None:
    """A full date with its weekday, told in the past in the lead, that no later date or year of the text outruns.

    Without the weekday it is mostly a birthday or an anniversary (on 680 dated reports, 8 such dates in 10).
    """
    lead = _lead_blocks(parse)
    dates = [(one, tense, block) for one, tense, block in placed if isinstance(one.meaning, Calendar)]
    latest = max((one.meaning.year or 0 for one, _, _ in dates if isinstance(one.meaning, Calendar)), default=0)
    for one, tense, block in dates:
        day = _full(one.meaning) if isinstance(one.meaning, Calendar) else None
        if day is None or block not in lead or tense >= 0 or day.year < latest or one.before in _NOT_THE_DAY:
            continue
        if isinstance(one.meaning, Calendar) and one.meaning.weekday == day.weekday():
            outrun = any(_day_of(other) > day for other, tense, _ in dates if tense < 0)
            return None if outrun else _known(day, parse, one)
    return None


def _day_of(one: Expression) -> dt.date:
    return (_full(one.meaning) if isinstance(one.meaning, Calendar) else None) or dt.date.min


def _from_weekday(placed: Sequence[_Placed], partial: tuple[int, int] | None) -> Anchor:
    """The weekday of the news: the last of the past weekdays named, which lie in the shortest run of days."""
    told = {
        one.meaning.index
        for one, tense, _ in placed
        if tense < 0 and isinstance(one.meaning, Named) and one.meaning.kind == "weekday" and one.meaning.step is None
    }
    narrated = any(
        tense < 0
        and isinstance(one.meaning, UnitStep)
        and one.meaning.unit == "day"
        and one.meaning.base == "now"
        and one.meaning.step < 0
        for one, tense, _ in placed
    )
    if not told or narrated:
        return Anchor(month_and_day=partial)
    free = {day: min((other - day - 1) % 7 for other in told) for day in sorted(told)}
    return Anchor(weekday=max(free, key=lambda day: free[day]), month_and_day=partial)
