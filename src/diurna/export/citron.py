"""BBC Citron's quotes, one report a line; contents and cues keep their several spans."""

from __future__ import annotations

from diurna.export.lines import JsonLines
from diurna.model.record import Reading, Statement
from diurna.model.span import Span


class CitronExporter(JsonLines):
    """`{"text", "quotes": [{"cue", "sources", "contents", "coreferences", "confidence", "id"}], ...}` a line."""

    def write(self, reading: Reading) -> None:
        """Write one report's statements that have a written cue; Citron has no room for one without."""
        text = reading.report.text
        quotes = [_quote(one, text) for one in reading.statements if one.cue.spans]
        self.put({"text": text, "quotes": quotes, "coreference_groups": []})


def _quote(one: Statement, text: str) -> dict[str, object]:
    cue, source = one.cue.spans[0], one.speaker.span
    return {
        "cue": _span(cue, text),
        "sources": [_span(source, text)] if source else [],
        "contents": [_span(span, text) for span in one.content.spans],
        "coreferences": [],
        "confidence": one.evidence.confidence,
        "id": one.id,
    }


def _span(span: Span, text: str) -> dict[str, object]:
    return {"start": span.start, "end": span.end, "text": span.of(text)}
