"""LangExtract's annotated documents, one report a line: statements and events with their characters."""

from __future__ import annotations

from diurna.export.lines import JsonLines
from diurna.model.record import Event, Evidence, Reading, Statement


class LangExtractExporter(JsonLines):
    """Every span is exact, so every `alignment_status` is `match_exact`; `realis` stands with each event."""

    def write(self, reading: Reading) -> None:
        """Write one report's statements and events."""
        found = [_extraction("statement", one.evidence, _said(one, reading)) for one in reading.statements]
        found += [_extraction("event", one.evidence, _done(one)) for one in reading.events]
        report = reading.report
        self.put({"extractions": found, "text": report.text, "document_id": report.id})


def _extraction(kind: str, evidence: Evidence, attributes: dict[str, str]) -> dict[str, object]:
    return {
        "extraction_class": kind,
        "extraction_text": evidence.quote,
        "char_interval": {"start_pos": evidence.span.start, "end_pos": evidence.span.end},
        "alignment_status": "match_exact",
        "attributes": attributes,
    }


def _said(one: Statement, reading: Reading) -> dict[str, str]:
    actor = reading.actor(one.speaker.actor)
    name = actor.name if actor else one.speaker.text
    return {"id": one.id, "speaker": name, "act": one.act, "manner": one.manner, "polarity": one.polarity}


def _done(one: Event) -> dict[str, str]:
    return {"id": one.id, "type": one.type, "realis": one.realis, "attributed_to": one.attributed_to or ""}
