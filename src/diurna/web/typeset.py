"""A report set for reading: its text cut where records begin and end, its records beside the line they come from.

Nothing here makes markup. Pieces are text with the names of the layers they lie in; the template escapes them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from diurna.ledger.words import words_of
from diurna.model.record import Actor, Commitment, Event, Gap, Reading, Statement
from diurna.model.report import Block
from diurna.model.span import Span, hull

Layer = Literal["word", "cue", "source", "deed", "unsure", "told", "actor", "time", "hedge", "nested", "match"]

_WHOLE = 400_000
"""Characters set as one page; of a longer report the beginning is set and the rest counted."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that belongs to a record, and in what part of it."""

    span: Span
    layer: Layer
    record: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks.

    Attributes:
        layers: names of layers, sorted.
        records: ids of the records it belongs to, in order of their beginnings.
        opens: ids of the records whose own words begin here; each record opens once.
    """

    text: str
    start: int
    layers: tuple[Layer, ...]
    records: tuple[str, ...]
    opens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A record beside the line it comes from.

    Attributes:
        head: what it is in a word, e.g. "refuse" or "REJECT · yield".
        who: the parties as the text has them.
        tags: what else is worth a glance: manner, realis, precision, ...
        links: gaps and commitments it belongs to: (address, text).
        under: how deep it is nested in other statements.
    """

    record: str
    kind: Literal["word", "deed"]
    head: str
    who: str
    tags: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    under: int
    cite: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the text with its notes; `number` counts from 1."""

    number: int
    kind: str
    start: int
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]


def set_text(reading: Reading, matches: Iterable[Span] = ()) -> tuple[Paragraph, ...]:
    """The paragraphs of a report; joined, their pieces give its text without the white space between blocks."""
    text = reading.report.text
    marks = [*marks_of(reading), *(Mark(span, "match", "") for span in matches)]
    blocks = [block for block in _blocks(reading) if block.span.start < _WHOLE]
    homes = _homes(reading, blocks)
    notes = _notes(reading)
    return tuple(
        Paragraph(at + 1, block.kind, block.span.start, tuple(cut(text, block.span, marks)), tuple(
            notes[record] for record in homes.get(at, ()) if record in notes
        ))
        for at, block in enumerate(blocks)
    )  # fmt: skip


def left_out(reading: Reading) -> int:
    """Characters that `set_text` does not show."""
    return sum(len(block.span.of(reading.report.text)) for block in _blocks(reading) if block.span.start >= _WHOLE)


def _blocks(reading: Reading) -> tuple[Block, ...]:
    text = reading.report.text
    if reading.report.blocks:
        return reading.report.blocks
    return (Block("body", Span(0, len(text))),) if text.strip() else ()


def marks_of(reading: Reading) -> Iterator[Mark]:
    """Every mark of the reading, records in order."""
    for one in reading.statements:
        yield from _statement_marks(one)
    for event in reading.events:
        layer: Layer = "deed" if event.realis == "actual" else "unsure"
        yield Mark(event.evidence.span, layer, event.id)
        if event.attributed_to:
            yield Mark(event.evidence.span, "told", event.id)
    for actor in reading.actors:
        called = {word for name in (actor.name, *actor.aliases) for word in words_of(name)}
        for span in actor.mentions:
            if called & set(words_of(span.of(reading.report.text))):  # "she" and "it" need no mark of their own
                yield Mark(span, "actor", actor.id)
    for time in reading.times:
        yield Mark(time.span, "time", "")


def _statement_marks(one: Statement) -> Iterator[Mark]:
    for span in one.content.spans:
        yield Mark(span, "word", one.id)
        if one.parent:
            yield Mark(span, "nested", one.id)
    for span in one.cue.spans:
        yield Mark(span, "cue", one.id)
    if one.speaker.span:
        yield Mark(one.speaker.span, "source", one.id)
    for span in one.hedges:
        yield Mark(span, "hedge", one.id)


def cut(text: str, within: Span, marks: Iterable[Mark]) -> Iterator[Piece]:
    """`text` inside `within`, cut at every edge of a mark."""
    inside = [mark for mark in marks if mark.span.overlaps(within) and mark.span.start < mark.span.end]
    edges = {within.start, within.end}
    begins: dict[int, list[Mark]] = defaultdict(list)
    ends: dict[int, list[Mark]] = defaultdict(list)
    for mark in inside:
        start, end = max(mark.span.start, within.start), min(mark.span.end, within.end)
        edges |= {start, end}
        begins[start].append(mark)
        ends[end].append(mark)
    opened: set[str] = set()
    live: dict[int, Mark] = {}
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        for mark in ends[start]:
            live.pop(id(mark), None)
        live.update((id(mark), mark) for mark in begins[start])
        yield _piece(text[start:end], start, list(live.values()), opened)


def _piece(text: str, start: int, live: list[Mark], opened: set[str]) -> Piece:
    layers = tuple(sorted({mark.layer for mark in live}))
    live.sort(key=lambda mark: (mark.span.start, -mark.span.end))
    records = tuple(dict.fromkeys(mark.record for mark in live if mark.record))
    own = [mark.record for mark in live if mark.layer in ("word", "deed", "unsure") and mark.record not in opened]
    opens = tuple(dict.fromkeys(own))
    opened.update(opens)
    return Piece(text, start, layers, records, opens)


def _homes(reading: Reading, blocks: list[Block]) -> dict[int, list[str]]:
    """Ids of statements and events by the block their words begin in, in the order of the text."""
    records: list[Statement | Event] = [*reading.statements, *reading.events]
    placed = [(_beginning(one), one.id) for one in records]
    found: dict[int, list[str]] = defaultdict(list)
    for start, record in sorted(placed):
        at = next((n for n, block in enumerate(blocks) if start < block.span.end), None)
        if at is not None:
            found[at].append(record)
    return found


def _beginning(one: Statement | Event) -> int:
    return hull(one.content.spans).start if isinstance(one, Statement) else one.evidence.span.start


# --- notes


def _notes(reading: Reading) -> dict[str, Note]:
    links: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for gap in reading.gaps:
        if gap.verdict != "no_gap":
            for record in (gap.left, gap.right):
                links[record].append((f"/gaps/{gap.id}", gap_words(gap)))
    for one in reading.commitments:
        links[one.opened_by].append((f"/commitments#{one.id}", f"{one.kind}{_due(one)}"))
    names = {actor.id: actor for actor in reading.actors}
    depth = _depths(reading)
    found = {one.id: _word_note(one, names, tuple(links[one.id]), depth[one.id]) for one in reading.statements}
    for event in reading.events:
        under = depth.get(event.attributed_to or "", -1) + 1
        found[event.id] = _deed_note(event, names, tuple(links[event.id]), under)
    return found


def gap_words(gap: Gap) -> str:
    """A gap's kind as words, with what is open about it."""
    said = gap.kind.replace("_", " ")
    return {"gap": f"gap: {said}", "unsure": f"perhaps a gap: {said}", "no_gap": f"no gap: {said}"}[gap.verdict]


def _due(one: Commitment) -> str:
    return f", due by {one.due.latest[:10]}" if one.due and one.due.latest else ""


def _depths(reading: Reading) -> dict[str, int]:
    parents = {one.id: one.parent for one in reading.statements}
    found: dict[str, int] = {}
    for record, parent in parents.items():
        seen, at = {record}, parent
        while at is not None and at not in seen:
            seen.add(at)
            at = parents.get(at)
        found[record] = len(seen) - 1
    return found


def _word_note(one: Statement, names: dict[str, Actor], links: tuple[tuple[str, str], ...], under: int) -> Note:
    who = speaker_words(one, names)
    if one.addressee:
        who = f"{who}, to {named(one.addressee.actor, one.addressee.text, names)}"
    tags: list[str] = [
        one.manner,
        *([one.speaker.kind] if one.speaker.kind in ("anonymous", "document", "report") else []),
    ]
    tags += [] if one.certainty in ("certain", "unknown") else [one.certainty]
    tags += ["denied"] if one.polarity == "negative" else []
    tags += [f"through {one.channel.text}"] if one.channel else []
    tags += [when] if (when := day_words(one.said_at)) else []
    return Note(one.id, "word", one.act, who, tuple(tags), links, under, _cite(one))


def _deed_note(one: Event, names: dict[str, Actor], links: tuple[tuple[str, str], ...], under: int) -> Note:
    head = one.type if not one.mode else f"{one.type} · {one.mode}"
    tags = [one.realis, "as somebody’s words" if one.attributed_to else "own voice"]
    tags += [when] if (when := day_words(one.happened_at)) else []
    tags += [f"{one.place.text} ({one.place.precision})"] if one.place else []
    tags += number_words(one)
    return Note(one.id, "deed", head, event_words(one, names), tuple(tags), links, under, _cite(one))


def _cite(one: Statement | Event) -> str:
    return f"/cite/{one.id}"


def named(actor: str | None, said: str, names: dict[str, Actor]) -> str:
    """An actor by name; as the text has it where nobody is known."""
    known = names.get(actor or "")
    return known.name if known else (said or "somebody not named")


def speaker_words(one: Statement, names: dict[str, Actor]) -> str:
    """Who speaks, and for whom."""
    said = named(one.speaker.actor, one.speaker.text, names)
    behalf = names.get(one.speaker.on_behalf_of or "")
    return f"{said}, for {behalf.name}" if behalf and behalf.name != said else said


def event_words(one: Event, names: dict[str, Actor]) -> str:
    """Who did it, and to whom."""
    doers = ", ".join(named(party.actor, party.text, names) for party in one.actors) or "somebody not named"
    others = ", ".join(named(party.actor, party.text, names) for party in one.recipients)
    return f"{doers} → {others}" if others else doers


def number_words(one: Event) -> list[str]:
    """The counts of an event."""
    n = one.numbers
    counts = (("killed", n.killed), ("injured", n.injured), ("arrested", n.arrested), ("took part", n.participants))
    return [f"{number.text} {what}" for what, number in counts if number]


def day_words(value: object) -> str:
    """A time as people write it: one day, or the days between which it was; "" where unknown."""
    from diurna.model.timevalue import TimeValue

    if not isinstance(value, TimeValue) or not (value.earliest or value.latest):
        return ""
    first, last = (value.earliest or "")[:10], (value.latest or "")[:10]
    if first == last:
        return first
    if not first or not last:
        return f"from {first} on" if first else f"by {last}"
    return f"{first} to {last}"
