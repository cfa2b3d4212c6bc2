"""Pages of what holds between reports: a gap with a report on either side, a commitment with its state."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from diurna.ledger import between, lookup
from diurna.ledger.asking import ReportFacts
from diurna.ledger.linked import KeptCrossGap, KeptLife
from diurna.ledger.snapshot import Snapshot
from diurna.model.across import Exhibited
from diurna.model.commitment_life import CommitmentStateName
from diurna.model.record import Event, Reading, Statement
from diurna.model.span import Span
from diurna.web.contexts import DueCommitment, GapPage, Side
from diurna.web.typeset import event_words, speaker_words
from diurna.web.wording import time_words

AROUND = 260
"""Characters of context on either side of a quotation."""

SETTLED: tuple[CommitmentStateName, ...] = ("kept", "partly kept", "broken", "refused", "withdrawn", "contested")
"""States that say more of a commitment than its date does."""


def gap_between(snapshot: Snapshot, one: KeptCrossGap) -> GapPage:
    """The page of a gap between two reports."""
    left, right = one.found.left, one.found.right
    sides = (_side(snapshot, left, one.left), _side(snapshot, right, one.report))
    days = _days(left.day, right.day)
    given = lookup.judgements_of(snapshot, one.record.id)
    before, following = between.gaps_beside(snapshot, one.record.id)
    return GapPage(one, *sides, apart(days), days, one.record.tests, tuple(given), following, before)


def _side(snapshot: Snapshot, one: Exhibited, facts: ReportFacts) -> Side:
    reading = _version(snapshot, one)
    before, quote, after = in_context(reading.report.text, one.span, AROUND)
    number = next((n for n, block in enumerate(reading.report.blocks, 1) if one.span.start < block.span.end), 1)
    names = {actor.id: actor for actor in reading.actors}
    record = reading.record(one.record)
    if isinstance(record, Statement):
        what, when = f"{record.act}, {record.manner}", time_words(record.said_at)
        who = speaker_words(record, names)
        return Side("word", "Words", one.record, before, quote, after, who, what, when, "", facts, number)
    if isinstance(record, Event):
        who, what, when = (
            event_words(record, names),
            f"{record.type.lower()}, {record.realis}",
            time_words(record.happened_at),
        )
    else:
        who, what, when = "the report itself", "told in its own voice", ""
    return Side("deed", "Deeds", one.record, before, quote, after, who, what, when, "", facts, number)


def _version(snapshot: Snapshot, one: Exhibited) -> Reading:
    """The reading a side stands in."""
    numbers = snapshot.reading_numbers(one.report, all_versions=True)
    found = next((n for n in numbers if snapshot.facts_of(n)[0].version == one.version), numbers[-1])
    return snapshot.reading(found)


def _days(one: str, other: str) -> int | None:
    return (dt.date.fromisoformat(other) - dt.date.fromisoformat(one)).days if one and other else None


def with_state(row: DueCommitment, life: KeptLife | None) -> DueCommitment:
    """The commitment with what became of it, where it has been linked."""
    return row if life is None else replace(row, stands=life.state.state)


def apart(days: int | None) -> str:
    """How far two sides lie apart, in words."""
    if days is None:
        return "time between them not known"
    if days == 0:
        return "same day"
    return f"{abs(days)} day{'' if abs(days) == 1 else 's'} {'later' if days > 0 else 'earlier'}"


def in_context(text: str, span: Span, around: int) -> tuple[str, str, str]:
    """The words before, in and after `span`, of its own paragraph, cut between words."""
    start = max(text.rfind("\n\n", 0, span.start) + 2 if "\n\n" in text[: span.start] else 0, span.start - around)
    stop = text.find("\n\n", span.end)
    end = min(stop if stop >= 0 else len(text), span.end + around)
    before, after = text[start : span.start], text[span.end : end]
    if start > 0 and text[start - 1 : start].strip():
        before = "… " + before.split(" ", 1)[-1]
    if end < len(text) and text[end : end + 1].strip():
        after = after.rsplit(" ", 1)[0] + " …"
    return before, span.of(text), after
