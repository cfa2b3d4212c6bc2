"""A report in the dossier: its text with every record marked, each record's facts below the paragraph it begins in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from diurna.export.dossier.elements import Child, element, link
from diurna.export.dossier.words import day_of, parties, speaker_of, words_span
from diurna.export.format import is_deed
from diurna.model.record import Event, Reading, Statement
from diurna.model.report import Block
from diurna.model.span import Span


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    kind: str
    record: str


def report_section(reading: Reading) -> Element:
    """The report; what cannot be shown as text is written out, what looks like markup stays text."""
    report = reading.report
    source = " · ".join(part for part in (report.outlet, report.author, day_of(reading)) if part)
    address = link(report.url, report.url, outside=True) if report.url else None
    return element(
        "section", element("h2", report.title or report.source_id or "Untitled report", dir="auto"),
        element("p", source, class_="meta"), element("p", address, class_="meta"),
        element("p", f"{report.id} · text {report.version}", class_="meta"), *_paragraphs(reading),
        class_="report", id=report.id,
    )  # fmt: skip


def _paragraphs(reading: Reading) -> Iterator[Element]:
    text = reading.report.text
    records: list[Statement | Event] = [*reading.statements, *reading.events]
    marks = [mark for one in records for mark in _marks(one)]
    blocks = reading.report.blocks or ((Block("body", Span(0, len(text))),) if text.strip() else ())
    opened: set[str] = set()
    for block in blocks:
        if block.kind != "headline":
            yield element("p", *_pieces(text, block.span, marks, opened), class_="text", dir="auto")
        notes = [_note(reading, one) for one in _beginning(reading, block.span)]
        if notes:
            if block.kind == "headline":
                yield element("p", *_pieces(text, block.span, marks, opened), class_="text", dir="auto")
            yield element("div", *notes, class_="note")


def _marks(one: Statement | Event) -> Iterator[_Mark]:
    if isinstance(one, Statement):
        for span in one.content.spans:
            yield _Mark(span, "word", one.id)
    else:
        yield _Mark(one.evidence.span, "deed" if is_deed(one) else "unsure", one.id)


def _beginning(reading: Reading, block: Span) -> list[Statement | Event]:
    """The records whose words begin in this block, in text order."""
    records: list[Statement | Event] = [*reading.statements, *reading.events]
    return sorted((one for one in records if block.start <= words_span(one).start < block.end), key=words_span)


def _pieces(text: str, block: Span, marks: list[_Mark], opened: set[str]) -> Iterator[Child]:
    """The block cut where marks begin and end; the first piece of a record carries its id, for links to it."""
    here = [mark for mark in marks if mark.span.overlaps(block)]
    edges = {block.start, block.end}
    edges |= {edge for mark in here for edge in mark.span if block.start < edge < block.end}
    cuts = sorted(edges)
    for first, last in pairwise(cuts):
        over = [mark for mark in here if mark.span.start <= first and last <= mark.span.end]
        for record in dict.fromkeys(mark.record for mark in over):
            if record not in opened:
                opened.add(record)
                yield element("span", id=record)
        kinds = sorted({mark.kind for mark in over})
        yield element("mark", text[first:last], class_=" ".join(kinds)) if kinds else text[first:last]


def _note(reading: Reading, one: Statement | Event) -> Element:
    if isinstance(one, Statement):
        facts = [speaker_of(reading, one), one.manner, one.certainty, f"said {one.said_at.text}" if one.said_at else ""]
        head = element("b", one.act, class_="w")
    else:
        place = f"{one.place.text} ({one.place.precision})" if one.place else ""
        sides = [parties(reading, one.actors) or "?", parties(reading, one.recipients)]
        voice = "somebody’s words" if one.attributed_to else "own voice"
        facts = [" → ".join(side for side in sides if side), one.realis, voice, place]
        facts.append(one.happened_at.text if one.happened_at else "")
        head = element("b", f"{one.type}{f'·{one.mode}' if one.mode else ''}", class_="d")
    known = [fact for fact in facts if fact]
    return element("p", head, " ", " · ".join(known), f" · {one.evidence.rule}", dir="auto")
