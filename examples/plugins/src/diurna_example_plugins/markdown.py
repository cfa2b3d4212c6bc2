"""An exporter: deeds as a Markdown list, a report after another, each with the words it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diurna import Reading
from diurna.export.format import Format, deeds


def write_markdown(readings: Iterable[Reading]) -> Iterator[bytes]:
    """The list, piece by piece, so that memory does not grow."""
    for reading in readings:
        found = deeds(reading)
        if found:
            yield f"## {reading.report.title or reading.report.id}\n\n".encode()
        for event in found:
            who = ", ".join(party.text for party in event.actors) or "somebody"
            yield f"- **{event.type}** by {who}: “{event.evidence.quote}”\n".encode()


MARKDOWN = Format("markdown", "deeds as a Markdown list", write_markdown)
