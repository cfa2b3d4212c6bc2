"""Answers of a ledger as lists: a line of facts, the words themselves behind their rail, the id to go on with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from diurna.console.dates import dated, short_day
from diurna.console.ink import DEED_RAIL, GAP_RAIL, UNSURE_RAIL, WORD_RAIL, Notes, Rail, ink
from diurna.console.links import print_claim, print_cross_gap, print_life, print_numbers, print_story
from diurna.flow.numbers import Numbers
from diurna.ledger.asking import Hit, Kept, Known, ReportFacts
from diurna.ledger.difference import Change
from diurna.ledger.judge import Judgement
from diurna.ledger.linked import KeptCrossGap, KeptLife
from diurna.ledger.outcome import Added
from diurna.ledger.verify import Verified
from diurna.model.canon import Story
from diurna.model.claim import Claim
from diurna.model.record import Commitment, Event, Gap, Party, Statement
from diurna.model.span import Span

_AROUND = 60
"""Characters of an unchanged stretch kept beside a change."""

_LONGEST = 400


def print_rows(rows: Iterable[Any], console: Console) -> None:
    """Print statements, events, reports, actors or hits, a blank line between two."""
    count = 0
    for count, row in enumerate(rows, start=1):
        if count > 1:
            console.print()
        if isinstance(row, Kept):
            _kept(row, console, ())
        elif isinstance(row, Hit):
            _hit(row, console)
        elif isinstance(row, KeptCrossGap):
            print_cross_gap(row, console)
        elif isinstance(row, KeptLife):
            print_life(row, console)
        elif isinstance(row, Story):
            print_story(row, console)
        elif isinstance(row, Claim):
            print_claim(row, console)
        elif isinstance(row, Numbers):
            print_numbers(row, console)
        elif isinstance(row, Known):
            _known(row, console)
        else:
            _report(row, console)
    if not count:
        console.print(ink("Nothing found.", "soft"))


def _kept(kept: Kept[Any], console: Console, marks: Sequence[Span]) -> None:
    record, names = kept.record, dict(kept.names)
    where = [kept.report.outlet or "", short_day(kept.report.published or kept.report.anchor), _review(kept), record.id]
    if isinstance(record, Gap):
        console.print(Notes([record.verdict, f"score {record.score:.2f}", *where], ink(_spaced(record.kind), "strong")))
        console.print(Rail(ink(record.reason), GAP_RAIL, "gap"))
        return
    if isinstance(record, Commitment):
        sides = [names.get(record.by or "", "nobody named"), f"to {names[record.to]}" if record.to in names else ""]
        due = f"due {record.due.text}" if record.due else ""
        console.print(Notes([*sides, due, *where], ink(record.kind, "strong")))
        console.print(Rail(ink(record.act, "word"), WORD_RAIL, "word"))
        return
    if isinstance(record, Statement):
        said = record.speaker
        lead = names.get(said.actor or "", said.text) or said.kind
        console.print(Notes([ink(record.act, "strong"), dated(record.said_at), *where], ink(lead, "strong")))
        body, mark, style = record.content.text, WORD_RAIL, "word"
    else:
        deed = record.realis == "actual"
        doers = _parties(record.actors, names) or "nobody named"
        done_to = _parties(record.recipients, names)
        facts = [doers, f"to {done_to}" if done_to else "", dated(record.happened_at), *_voice(record), *where]
        console.print(Notes(facts, ink(record.type, "strong")))
        body, mark, style = record.evidence.quote, DEED_RAIL if deed else UNSURE_RAIL, "deed" if deed else "soft"
    if marks:
        body = record.evidence.quote
    console.print(Rail(_marked(body, record.evidence.span.start, marks, style), mark, style))


def _spaced(kind: str) -> str:
    return kind.replace("_", " ")


def _review(kept: Kept[Any]) -> str:
    return "" if kept.review == "open" else f"{kept.review} by a person’s judgement"


def _voice(event: Event) -> list[str]:
    return [event.realis if event.realis != "actual" else "", "as somebody’s words" if event.attributed_to else ""]


def _parties(parties: tuple[Party, ...], names: dict[str, str]) -> str:
    return ", ".join(dict.fromkeys(names.get(party.actor or "", party.text) for party in parties))


def _marked(text: str, start: int, marks: Sequence[Span], style: str) -> Text:
    line = ink(text if len(text) <= _LONGEST or marks else text[:_LONGEST] + " …", style)
    if len(line.plain) == len(text):  # what is shown has the characters of the report, so places fit
        for mark in marks:
            line.stylize("bold underline", mark.start - start, mark.end - start)
    return line


def _hit(hit: Hit, console: Console) -> None:
    if hit.record is not None:
        _kept(hit.record, console, hit.highlights)
        return
    _report(hit.report, console)
    console.print(Rail(_marked(hit.text, hit.start, hit.highlights, ""), UNSURE_RAIL, "soft"))


def _report(facts: ReportFacts, console: Console) -> None:
    version = f"version {facts.number}" if facts.number > 1 or facts.replaced_at else ""
    replaced = f"replaced {facts.replaced_at[:16]}" if facts.replaced_at else ""
    day = short_day(facts.published or facts.anchor)
    notes = [day, facts.outlet or "", facts.author or "", version, replaced, facts.id]
    console.print(Notes(notes, ink(facts.title or facts.source_id or facts.url or "without title", "strong")))


def _known(known: Known, console: Console) -> None:
    counts = [f"{known.reports:,} reports", f"{known.statements:,} statements", f"{known.events:,} events"]
    span = f"{known.first} to {known.last}" if known.first else ""
    console.print(Notes([", ".join(known.kinds), ", ".join(known.countries), *counts, span], ink(known.name, "strong")))
    for one in known.same:
        console.print(ink(f"  also “{one.name}” ({one.sightings:,}): {one.why}", "soft"))
    others = len({one.id for one in known.namesakes})
    if others:
        console.print(ink(f"  not {others:,} other{'s' if others > 1 else ''} of the name", "soft"))


def print_versions(versions: Sequence[tuple[ReportFacts, str, tuple[Change, ...] | None]], console: Console) -> None:
    """Print a report's versions: the first whole, of the others what changed."""
    for facts, text, changes in versions:
        _report(facts, console)
        console.print()
        console.print(ink_lines(text) if changes is None else _changes(changes), soft_wrap=False)
        console.print()


def ink_lines(text: str) -> Text:
    """A text with its paragraphs kept."""
    return Text("\n").join(ink(line) for line in text.split("\n"))


def _changes(changes: Sequence[Change]) -> Text:
    """What went in [-brackets-], what came in {+braces+}, so that nothing hangs on colour."""
    line = Text()
    for change in changes:
        if change.kind == "stayed":
            short = len(change.text) <= 2 * _AROUND
            line.append_text(
                ink(change.text if short else f"{change.text[:_AROUND]} … {change.text[-_AROUND:]}", "soft")
            )
        elif change.kind == "went":
            line.append_text(ink(f"[-{change.text}-]", "deed"))
        else:
            line.append_text(ink(f"{{+{change.text}+}}", "word"))
    return line


def print_judgements(found: Sequence[Judgement], console: Console) -> None:
    """Print judgements in the order in which they were given."""
    for one in found:
        who = f"{one.by} ({'a person' if one.person else 'a rule'})"
        other = f"as {one.other}" if one.other else ""
        undone = "undone" if one.undone else ""
        console.print(Notes([one.record, other, who, one.judged_at[:16], one.why, undone], ink(one.verdict, "strong")))
    if not found:
        console.print(ink("No judgement.", "soft"))


def print_verified(found: Verified, console: Console) -> None:
    """Print what was checked and what is wrong."""
    console.print(ink(", ".join(f"{count:,} {name}" for name, count in found.counts.items())))
    for fault in found.faults:
        console.print(ink(f"✗ {fault}"), soft_wrap=True)
    if found.failed > len(found.faults):
        console.print(ink(f"… and {found.failed - len(found.faults):,} more", "soft"))
    if found.clean:
        console.print(ink("✓ every span, hash and reference is right"))


def added_text(total: Added) -> str:
    """What came of adding, in words."""
    parts = [f"{total.added:,} added"]
    for count, name in (
        (total.edited, "new versions"),
        (total.read_again, "read again"),
        (total.known, "known already"),
        (total.removed_before, "removed before and left out"),
        (total.failures, "failures"),
    ):
        parts += [f"{count:,} {name}"] if count else []
    return ", ".join(parts) + f"; {total.records:,} records"
