"""Where words and deeds meet: commitments with their criteria, and gaps side by side with the tests behind them."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from diurna.console.dates import date_text, dated
from diurna.console.desk import Desk, Record
from diurna.console.ink import (
    DEED_RAIL,
    GAP_RAIL,
    UNSURE_RAIL,
    WORD_RAIL,
    Heading,
    Notes,
    Rail,
    ink,
    without_trailing_space,
)
from diurna.model.record import Commitment, Event, Gap, ScopeTest, Statement
from diurna.model.timevalue import TimeValue, day_value

_NARROW = 64
"""Columns under which two sides stand one below the other: a side of less than 30 is a column of single words."""

_MARKS = {"pass": "✓", "fail": "✗", "unknown": "?"}


def commitments_part(desk: Desk) -> Iterator[RenderableType]:
    """The section of promises, agreements, demands, threats and refusals."""
    rows = desk.reading.commitments
    if not rows:
        return
    yield Heading("COMMITMENTS", str(len(rows)), "gap")
    for row in rows:
        yield Text("")
        yield Rail(_commitment(desk, row), WORD_RAIL, "gap")


def _commitment(desk: Desk, row: Commitment) -> Group:
    by, to = desk.name(row.by, "nobody named"), desk.name(row.to, "")
    title = ink(row.kind, "gap bold") + ink("  " + by + (f" → {to}" if to else ""))
    parts = [ink(row.act)]
    parts += [ink(f"○ {criterion}", "soft") for criterion in row.criteria]
    notes = [f"on condition “{row.condition}”" if row.condition else "", _due(row.due), _opening(desk, row)]
    return Group(title, *parts, Notes(notes))


def _due(value: TimeValue | None) -> str:
    if value is None:
        return "no date to keep"
    last = value.last_day
    named = f" (“{value.text}”)" if value.text else ""
    return f"due by {date_text(day_value(last, ''))}{named}" if last else f"due {dated(value)}"


def _opening(desk: Desk, row: Commitment) -> str:
    opener = desk.record(row.opened_by)
    if isinstance(opener, Statement):
        return f"in the words of {desk.speaker(opener)}, {desk.where(opener.evidence.span)}"
    return f"by a deed, {desk.where(opener.trigger)}" if isinstance(opener, Event) else ""


def gaps_part(desk: Desk) -> Iterator[RenderableType]:
    """The section of gaps: two texts side by side, how they were paired, and why.

    Pairs that stayed unsure are among what could not be decided; pairs found to be no gap are in the records only.
    """
    rows = [gap for gap in desk.reading.gaps if gap.verdict == "gap"]
    if not rows:
        yield Heading("GAPS", "none found within this report", "gap")
        return
    yield Heading("GAPS", f"{len(rows)} · two texts side by side, never a verdict on truth", "gap")
    for row in rows:
        yield Text("")
        yield Rail(_gap(desk, row), GAP_RAIL, "gap")


def _gap(desk: Desk, gap: Gap) -> Group:
    title = ink(gap.kind.replace("_", " "), "gap bold")
    reviewed = "" if gap.review == "open" else f"{gap.review} by a reviewer"
    head = Notes([f"score {gap.score:.2f}", reviewed], lead=title)
    sides = Sides(_side(desk, gap.left), _side(desk, gap.right))
    return Group(head, sides, ink(gap.reason), _tests(gap.tests))


def _side(desk: Desk, record_id: str) -> RenderableType:
    record = desk.record(record_id)
    if isinstance(record, Commitment) and isinstance(desk.record(record.opened_by), Statement | Event):
        return _opened_side(desk, record)
    if isinstance(record, Event):
        mark = DEED_RAIL if record.realis == "actual" else UNSURE_RAIL
        head = "DEEDS" if record.realis == "actual" else f"NOT A DEED: {record.realis}"
        return Rail(Group(Text(head, style="deed bold"), *_event_lines(desk, record)), mark, "deed")
    return Rail(Group(Text("WORDS", style="word bold"), *_word_lines(desk, record)), WORD_RAIL, "word")


def _opened_side(desk: Desk, record: Commitment) -> RenderableType:
    opener = desk.record(record.opened_by)
    by = desk.name(record.by, "nobody named")
    named = ink(f"{record.kind} of {by}", "soft")
    if isinstance(opener, Event):
        return Rail(Group(Text("DEEDS", style="deed bold"), *_event_lines(desk, opener), named), DEED_RAIL, "deed")
    return Rail(Group(Text("WORDS", style="word bold"), *_word_lines(desk, opener), named), WORD_RAIL, "word")


def _word_lines(desk: Desk, record: Record | None) -> list[RenderableType]:
    if not isinstance(record, Statement):
        return [ink(record.act if isinstance(record, Commitment) else "no such record")]
    who = " through ".join([desk.speaker(record), *desk.chain(record)])
    notes = [who, record.act, dated(record.said_at), desk.where(record.evidence.span)]
    said = " … ".join(span.of(desk.text) for span in record.content.spans)
    return [ink(said, "word"), Notes(notes)]


def _event_lines(desk: Desk, event: Event) -> list[RenderableType]:
    said = desk.record(event.attributed_to)
    voice = f"said by {desk.speaker(said)}" if isinstance(said, Statement) else "in the report’s own voice"
    doers = desk.parties(event.actors) or "nobody named"
    notes = [event.type, event.realis, doers, dated(event.happened_at), voice, desk.where(event.trigger)]
    return [ink(event.evidence.quote, "deed"), Notes(notes)]


def _tests(tests: tuple[ScopeTest, ...]) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    for test in tests:
        grid.add_row(Text(_MARKS[test.result]), ink(test.name), ink(test.why, "soft"))
    return grid


class Sides:
    """Two renderables in columns of one width, or one below the other where there is no room."""

    def __init__(self, left: RenderableType, right: RenderableType) -> None:
        self.left, self.right = left, right

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Lines of both sides; the shorter one is filled with blanks."""
        if options.max_width < _NARROW:
            yield self.left
            yield self.right
            return
        room = options.update_width((options.max_width - 2) // 2)
        left = console.render_lines(self.left, room, pad=True)
        right = console.render_lines(self.right, room, pad=False)
        blank = [Segment(" " * room.max_width, Style.null())]
        for number in range(max(len(left), len(right))):
            yield from left[number] if number < len(left) else blank
            yield Segment("  ")
            yield from without_trailing_space(right[number]) if number < len(right) else []
            yield Segment.line()
