"""What holds between reports as lists: gaps with both sides, commitments with their moves, stories, claims, numbers."""

from __future__ import annotations

from rich.console import Console

from diurna.console.dates import short_day
from diurna.console.ink import DEED_RAIL, GAP_RAIL, UNSURE_RAIL, WORD_RAIL, Notes, Rail, ink
from diurna.flow.linking import LinkTotal
from diurna.flow.numbers import GivenNumber, Numbers
from diurna.ledger.linked import KeptCrossGap, KeptLife
from diurna.model.across import Exhibited
from diurna.model.canon import Story
from diurna.model.claim import Claim
from diurna.model.record import Review

_SHOWN = 6
"""Reports of a story, or moves of a commitment, that a page shows."""


def print_cross_gap(one: KeptCrossGap, console: Console) -> None:
    """A gap between two reports: its reason, then both texts."""
    gap = one.found.gap
    notes = [gap.verdict, f"score {gap.score:.2f}", "between reports", _review(one.review), gap.id]
    console.print(Notes(notes, ink(gap.kind.replace("_", " "), "strong")))
    console.print(Rail(ink(gap.reason), GAP_RAIL, "gap"))
    for side, facts in ((one.found.left, one.left), (one.found.right, one.report)):
        day = short_day(facts.published or facts.anchor) or side.day
        _quote(side, f"{facts.outlet or facts.title or ''} {day}".strip(), console)


def _quote(side: Exhibited, where: str, console: Console) -> None:
    words = side.record.startswith("st")
    body = ink(f"{' '.join(side.quote.split())}  ", "word" if words else "deed")
    body.append_text(ink(where, "soft"))
    console.print(Rail(body, WORD_RAIL if words else DEED_RAIL, "word" if words else "deed"))


def print_life(one: KeptLife, console: Console) -> None:
    """A commitment: its state, its words, and what moved it."""
    life, state = one.life, one.state
    due = f"due {life.due}" + (f", {state.days_over} days over" if state.days_over > 0 else "") if life.due else ""
    notes = [
        state.state,
        life.by or "nobody named",
        f"to {life.to}" if life.to else "",
        due,
        _review(one.review),
        life.id,
    ]
    console.print(Notes(notes, ink(life.kind, "strong")))
    console.print(Rail(ink(" ".join(life.act.split()), "word"), WORD_RAIL, "word"))
    for text, stands in state.criteria:
        console.print(Rail(ink(f"{stands}: {text}", "soft"), UNSURE_RAIL, "soft"))
    for move in state.moves[-_SHOWN:]:
        console.print(Rail(ink(f"{move.on} {move.kind}: {move.why}", "soft"), UNSURE_RAIL, "soft"))


def print_story(one: Story, console: Console) -> None:
    """A story: how many reports on how many independent origins, and which."""
    span = one.first if one.first == one.last else f"{one.first} to {one.last}"
    counts = [_counted(len(one.reports), "report"), _counted(one.origins, "independent origin")]
    console.print(Notes([*counts, span, one.id], ink(one.title, "strong")))
    for report in one.reports[:_SHOWN] if len(one.reports) > 1 else ():
        line = f"origin {report.origin}: {report.outlet or report.source_id or report.id} {report.day}, {report.why}"
        console.print(Rail(ink(line, "soft"), UNSURE_RAIL, "soft"))
    if len(one.reports) > _SHOWN:
        console.print(Rail(ink(f"and {len(one.reports) - _SHOWN} more", "soft"), UNSURE_RAIL, "soft"))


def print_claim(one: Claim, console: Console) -> None:
    """A claim: who said it first, who repeats it, who disputes it, each in his own words."""
    counts = [_counted(one.speakers, "speaker"), _counted(one.origins, "independent origin")]
    notes = [*counts, "disputed" if one.disputed else "", one.title, one.id]
    console.print(Notes(notes, ink(" ".join(one.text.split()), "strong")))
    for voice in one.voices[:_SHOWN]:
        body = ink(f"{voice.part}: {voice.speaker}, ", "soft")
        body.append_text(ink(f"{' '.join(voice.quote.split())}  ", "word"))
        body.append_text(ink(f"{voice.outlet or voice.report} {voice.day}", "soft"))
        disputes = voice.part == "disputes"
        console.print(Rail(body, UNSURE_RAIL if disputes else WORD_RAIL, "soft" if disputes else "word"))
    if len(one.voices) > _SHOWN:
        console.print(Rail(ink(f"and {len(one.voices) - _SHOWN} more", "soft"), UNSURE_RAIL, "soft"))


def print_numbers(one: Numbers, console: Console) -> None:
    """The numbers of one thing, the earliest first."""
    spread = f"{one.lowest:,} to {one.highest:,}" if one.lowest != one.highest else f"{one.lowest:,}"
    notes = [spread, one.place or "", "competing" if one.competing else "can all hold", one.title, one.story]
    console.print(Notes(notes, ink(one.what, "strong")))
    for given in one.given:
        console.print(Rail(ink(_given(given), "deed"), DEED_RAIL, "deed"))


def _given(one: GivenNumber) -> str:
    source = f", {one.source}" if one.source else ", the report itself"
    return f"{one.day} {one.outlet or one.report}{source}: {one.text} (origin {one.origin})"


def linked_text(total: LinkTotal) -> str:
    """What a run of linking did, in a line."""
    if not total.waiting:
        return "Nothing new to link"
    return (
        f"{_counted(total.reports, 'report')} linked: {total.stories:,} stories founded, "
        f"{total.called:,} gaps called among {total.gaps:,} pairs kept, "
        f"{_counted(total.commitments, 'commitment')} opened, {_counted(total.moves, 'move')}"
    )


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _review(review: Review) -> str:
    return "" if review == "open" else f"{review} by a person’s judgement"
