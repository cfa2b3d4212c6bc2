"""Records as W3C Web Annotations, one a line, with both selectors, so that small edits of a page do not lose them.

Positions count Unicode code points of the report's text, whose hash is named, the end not included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diurna.export.lines import json_lines
from diurna.model.record import Event, Reading, Statement
from diurna.model.span import Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_BESIDE = 32
"""Characters of context on either side of a quotation."""


def write(readings: Iterable[Reading]) -> Iterator[bytes]:
    """An annotation for every statement and every event."""
    return json_lines(_annotation(reading, one) for reading in readings for one in _records(reading))


def _records(reading: Reading) -> Iterator[Statement | Event]:
    yield from reading.statements
    yield from reading.events


def _annotation(reading: Reading, one: Statement | Event) -> dict[str, object]:
    says = _says(one)
    return {
        "@context": CONTEXT, "id": f"urn:diurna:{one.id}", "type": "Annotation", "motivation": "classifying",
        "body": {"type": "TextualBody", "format": "text/plain", "value": says, "purpose": "classifying"},
        "target": {
            "source": reading.report.url or f"urn:diurna:{reading.report.id}",
            "diurna:textVersion": reading.report.version,
            "selector": _selectors(reading.report.text, one.evidence.span),
        },
    }  # fmt: skip


def _says(one: Statement | Event) -> str:
    if isinstance(one, Statement):
        return f"{one.speaker.text or 'somebody'}: {one.act}"
    sides = [", ".join(party.text for party in parties) or "?" for parties in (one.actors, one.recipients)]
    return f"{one.type} ({one.realis}): {sides[0]} > {sides[1]}"


def _selectors(text: str, span: Span) -> list[dict[str, object]]:
    return [
        {
            "type": "TextQuoteSelector", "exact": span.of(text),
            "prefix": text[max(0, span.start - _BESIDE) : span.start],
            "suffix": text[span.end : span.end + _BESIDE],
        },
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]  # fmt: skip
