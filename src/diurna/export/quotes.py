"""Words in the shapes of quote tools: BBC Citron's JSON and LangExtract's JSONL, one report a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diurna.export.lines import json_lines
from diurna.model.record import Reading, Statement
from diurna.model.span import Span


def write_citron(readings: Iterable[Reading]) -> Iterator[bytes]:
    """Citron's objects, one a line: every statement a quote, split contents as several spans."""
    return json_lines({"text": one.report.text, "quotes": _quotes(one), "coreference_groups": []} for one in readings)


def _quotes(reading: Reading) -> list[dict[str, object]]:
    text = reading.report.text
    return [
        {
            "id": number,
            "cue": _span(text, statement.cue.spans[0]) if statement.cue.spans else None,
            "sources": [_span(text, statement.speaker.span)] if statement.speaker.span else [],
            "contents": [_span(text, span) for span in statement.content.spans],
            "coreferences": _names(reading, statement),
            "confidence": statement.evidence.confidence,
        }
        for number, statement in enumerate(reading.statements)
    ]


def _span(text: str, span: Span) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _names(reading: Reading, statement: Statement) -> list[dict[str, object]]:
    """The place where the speaker is first named, where the statement itself does not name them."""
    known = reading.actor(statement.speaker.actor)
    if known is None or not known.mentions or known.mentions[0] == statement.speaker.span:
        return []
    return [_span(reading.report.text, known.mentions[0])]


def write_langextract(readings: Iterable[Reading]) -> Iterator[bytes]:
    """LangExtract's annotated documents: contents and deeds as extractions, each with its exact characters."""
    return json_lines(
        {"document_id": one.report.id, "text": one.report.text, "extractions": list(_extractions(one))}
        for one in readings
    )


def _extractions(reading: Reading) -> Iterator[dict[str, object]]:
    text = reading.report.text
    for statement in reading.statements:
        attributes = {
            "speaker": statement.speaker.text, "act": statement.act, "manner": statement.manner, "id": statement.id,
            "certainty": statement.certainty,
        }  # fmt: skip
        for span in statement.content.spans:
            yield _extraction("statement", text, span, attributes)
    for event in reading.events:
        attributes = {
            "type": event.type, "realis": event.realis, "actors": ", ".join(party.text for party in event.actors),
            "recipients": ", ".join(party.text for party in event.recipients), "id": event.id,
        }  # fmt: skip
        yield _extraction("event", text, event.evidence.span, attributes)


def _extraction(kind: str, text: str, span: Span, attributes: dict[str, str]) -> dict[str, object]:
    return {
        "extraction_class": kind, "extraction_text": span.of(text),
        "char_interval": {"start_pos": span.start, "end_pos": span.end}, "alignment_status": "match_exact",
        "attributes": attributes,
    }  # fmt: skip
