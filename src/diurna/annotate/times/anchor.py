"""The day an undated report speaks from, worked out from its own words.

Evidence, strongest first: the day in the report's address (of 2,266 dated reports whose address has one, it is the day
of publication in 2,265, and the day before in one); a full date in the dateline or on a line of its own; one set apart
at the end of the headline; one in the author's line; one the text is signed with; one said to be today's. The day a
lead tells of is not taken for the report's: of some ten such dates with their weekday in 461 dated reports, three were.
Where no date can be known, the weekday of the news may still be: of the weekdays told in the past, the last one, since
a report names the days just behind it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from diurna.annotate.parse import SILENT_BLOCKS, Parse
from diurna.annotate.times.tense import Tense
from diurna.annotate.times.timegrammar import find_expressions
from diurna.annotate.times.timemeaning import Calendar, Expression, Named, UnitStep
from diurna.annotate.times.timepieces import cut
from diurna.annotate.times.timewords import TimeWords
from diurna.model.report import Block

_TOP_BLOCKS = 6
_LONE_LINE = 40
"""Characters a line may have beside a date and still be the line of the date."""
_DATELINE_START = 60
_LONGEST_BYLINE = 300
_CLOSING = ('"', "”", "’’", "''", "»")
_OPENING = ('"', "“", "«", "‘‘")
"""Marks a quotation opens with; its last paragraph is at times left open."""
_APART = ("–", "—", "-", ",", ":", "(", "[", "|", "/")
"""Marks that set a date apart from the headline it closes."""
_DASHES = ("-", "–", "—")
_ABOVE = 2_000
"""Characters above a line in which a quotation's end is looked for."""
_CLOSING_LINES = 3
_SIGNED_LINES = 12
"""Lines from the end in which a text says that it was signed; below stand names and annexes."""
_SIGNATURE = 7
"""Words a closing line may have beside its date."""
_SIGNED = frozenset({"Done", "Signed", "Issued", "Given", "Dated", "Adopted"})
_NOT_LONG_AFTER = 365
"""Days that a text may look ahead from the day it was signed; a later date by more is the likelier one."""
_IN_ADDRESS = re.compile(
    r"/(?P<all>(?P<year>(?:19|20)\d\d)(?:(?P<mark>[/-])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})))(?=[/.-]|$)"
)
"""A day as a part of an address's path: /2021/01/22/, /2021-01-22-title."""
_TODAY = ("today", "this morning", "this afternoon", "this evening", "tonight")


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
    return (
        _from_headline(parse, placed)
        or _from_silent(parse, words)
        or _from_signature(parse, placed)
        or _from_today(parse, placed)
        or _from_weekday(placed, partial)
    )


def anchor_of_address(url: str | None) -> Anchor | None:
    """The day in the path of a report's address; None where it has none, or more than one."""
    path = url.partition("://")[2].partition("?")[0] if url else ""
    found = {match["all"]: match for match in _IN_ADDRESS.finditer(path)}
    if len(found) != 1:
        return None
    ((text, match),) = found.items()
    try:
        day = dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return Anchor(day, text, day.weekday())


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
    if _follows_quotation(parse, block):
        return False
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
    dashed = (tail.startswith(("-", "–", "—")) and not tail[1:2].isdigit()) or (tail[:1] == "(" and ") " in tail)
    return (
        one.start - block.span.start <= _DATELINE_START
        and dashed
        and any(word.isupper() and len(word) > 2 for word in head.replace(",", " ").split())
    )


def _follows_quotation(parse: Parse, block: Block) -> bool:
    """Whether a line stands below a quotation, or below who said it: then it says when that was said."""
    above = parse.text[max(0, block.span.start - _ABOVE) : block.span.start].rstrip()
    cut = above.rfind("\n")
    if above[cut + 1 :].startswith(_DASHES):
        above = above[: max(cut, 0)].rstrip()
    line = above[above.rfind("\n") + 1 :]
    return above.endswith(_CLOSING) or (line.startswith(_OPENING) and not any(mark in line[1:] for mark in _CLOSING))


def _from_headline(parse: Parse, placed: Sequence[_Placed]) -> Anchor | None:
    """A full date set apart at the end of the headline ("Press briefing – March 18, 2022").

    With its weekday it is mostly the day of something announced.
    """
    for one, _, number in placed:
        day = _full(one.meaning) if isinstance(one.meaning, Calendar) else None
        if day is None or number < 0 or parse.blocks[number].kind not in ("headline", "deck"):
            continue
        span = parse.blocks[number].span
        before, after = parse.text[span.start : one.start].rstrip(), parse.text[one.end : span.end].strip(" )]")
        if not after and before.endswith(_APART) and getattr(one.meaning, "weekday", None) is None:
            return _known(day, parse, one)
    return None


def _from_signature(parse: Parse, placed: Sequence[_Placed]) -> Anchor | None:
    """The date below the text: in a closing line that tells nothing else, or where and when it was signed."""
    body = [n for n, block in enumerate(parse.blocks) if block.kind == "body"]
    dates = [(one, day, n) for one, _, n in placed if isinstance(one.meaning, Calendar) and (day := _full(one.meaning))]
    latest = max((day for _, day, _ in dates), default=dt.date.min)
    for one, day, number in reversed(dates):
        if number not in body[-_SIGNED_LINES:] or number in body[:1]:
            continue
        block = parse.blocks[number]
        before, after = parse.text[block.span.start : one.start].split(), parse.text[one.end : block.span.end].split()
        alone = len(before) <= _SIGNATURE and all(word[0].isupper() or len(word) < 4 for word in before)
        signed = bool(before) and before[0] in _SIGNED and len(before) <= 2 * _SIGNATURE
        alone = alone and number in body[-_CLOSING_LINES:]
        if signed or (alone and " ".join(after) in ("", ".") and not _follows_quotation(parse, block)):
            return _known(day, parse, one) if signed or (latest - day).days <= _NOT_LONG_AFTER else None
    return None


def _from_today(parse: Parse, placed: Sequence[_Placed]) -> Anchor | None:
    """A full date set beside "today" ("today, June 5, 2024", "this evening, Tuesday, April 28")."""
    for one, _, _ in placed:
        day = _full(one.meaning) if isinstance(one.meaning, Calendar) else None
        before = parse.text[max(0, one.start - 24) : one.start].lower()
        if day is not None and before.rstrip(" ,(–—-").endswith(_TODAY):
            return _known(day, parse, one)
    return None


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
