"""CSV for spreadsheets: statements and events in one table, each row with its characters."""

from __future__ import annotations

import csv
import hashlib
from typing import TextIO

from diurna.model.record import Event, Reading, Statement
from diurna.model.report import Report
from diurna.model.timevalue import TimeValue

HEADER = (
    "schema_version", "kind", "record_id", "report_id", "doc_sha256", "char_start", "char_end", "quote_exact",
    "outlet", "url", "published", "who", "type", "content", "realis", "attributed_to", "polarity", "earliest",
    "latest", "precision", "rule", "confidence",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class CsvExporter:
    """A byte order mark and a header, then one record a line; `realis` stands with every event.

    A cell a spreadsheet would take for a formula gets an apostrophe before it.
    """

    def __init__(self, out: TextIO) -> None:
        out.write("\ufeff")
        self._writer = csv.DictWriter(out, HEADER, restval="")
        self._writer.writeheader()

    def write(self, reading: Reading) -> None:
        """Write one report's statements, then its events."""
        base = _base(reading.report)
        records: tuple[Statement | Event, ...] = (*reading.statements, *reading.events)
        for one in records:
            own = _said(one, reading) if isinstance(one, Statement) else _done(one, reading)
            row = {**base, "record_id": one.id, **own, **_evidence(one)}
            self._writer.writerow({name: _safe(value) for name, value in row.items()})

    def finish(self) -> None:
        """The table has no end mark."""


def _base(report: Report) -> dict[str, str]:
    return {
        "schema_version": "1",
        "report_id": report.id,
        "doc_sha256": hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "outlet": report.outlet or "",
        "url": report.url or "",
        "published": (report.published and report.published.earliest) or "",
    }


def _said(one: Statement, reading: Reading) -> dict[str, str]:
    actor = reading.actor(one.speaker.actor)
    who = actor.name if actor else one.speaker.text
    own = {"kind": "statement", "who": who, "type": one.act, "content": one.content.text, "polarity": one.polarity}
    return {**own, "attributed_to": one.parent or "", **_time(one.said_at)}


def _done(one: Event, reading: Reading) -> dict[str, str]:
    actors = [(reading.actor(party.actor), party.text) for party in one.actors]
    who = "; ".join(actor.name if actor else text for actor, text in actors)
    own = {"kind": "event", "who": who, "type": one.type, "realis": one.realis}
    return {**own, "attributed_to": one.attributed_to or "", **_time(one.happened_at)}


def _time(value: TimeValue | None) -> dict[str, str]:
    if value is None:
        return {}
    return {"earliest": value.earliest or "", "latest": value.latest or "", "precision": value.precision}


def _evidence(one: Statement | Event) -> dict[str, str]:
    found = one.evidence
    return {
        "char_start": str(found.span.start),
        "char_end": str(found.span.end),
        "quote_exact": found.quote,
        "rule": found.rule,
        "confidence": "" if found.confidence is None else str(found.confidence),
    }


def _safe(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell
