"""W3C Web Annotations, one a line: a record on its characters, by quotation and by position.

Positions count Unicode code points of the report's text as received; `diurna:version` is that text's hash.
"""

from __future__ import annotations

from diurna.export.lines import JsonLines
from diurna.model.codec import encode
from diurna.model.record import Event, Reading, Statement
from diurna.model.report import Report
from diurna.model.span import Span

_AROUND = 32


class WebAnnotationExporter(JsonLines):
    """One annotation for every statement and event."""

    def write(self, reading: Reading) -> None:
        """Write the annotations of one report."""
        for kind, records in (("statement", reading.statements), ("event", reading.events)):
            for one in records:
                self.put(_annotation(kind, one, reading.report))


def _annotation(kind: str, one: Statement | Event, report: Report) -> dict[str, object]:
    source = report.url or f"urn:diurna:{report.id}"
    return {
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"diurna": "urn:diurna:terms:"}],
        "id": f"urn:diurna:{one.id}",
        "type": "Annotation",
        "body": {"type": "diurna:Record", "diurna:kind": kind, "diurna:record": encode(one)},
        "target": {
            "source": source,
            "diurna:version": report.version,
            "selector": _selectors(one.evidence.span, report.text),
        },
    }


def _selectors(span: Span, text: str) -> list[dict[str, object]]:
    before, after = text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
    return [
        {"type": "TextQuoteSelector", "exact": span.of(text), "prefix": before, "suffix": after},
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]
