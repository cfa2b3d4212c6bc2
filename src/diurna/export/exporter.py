"""What every format is behind: readings go in one by one, nothing is held back but the one at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TextIO

from diurna.errors import UsageError
from diurna.export.citron import CitronExporter
from diurna.export.langextract import LangExtractExporter
from diurna.export.polecat import PolecatExporter
from diurna.export.readings import ReadingsExporter
from diurna.export.webannotation import WebAnnotationExporter
from diurna.model.record import Reading


class Exporter(Protocol):
    """One format being written to one stream (open it with `newline=""`, UTF-8)."""

    def write(self, reading: Reading) -> None:
        """Write what the format has room for of one report."""

    def finish(self) -> None:
        """Write what stands at the end; the stream stays open."""


FORMATS: dict[str, Callable[[TextIO], Exporter]] = {
    "jsonl": ReadingsExporter,
    "polecat": PolecatExporter,
    "citron": CitronExporter,
    "langextract": LangExtractExporter,
    "webannotation": WebAnnotationExporter,
}
"""Formats by name."""


def export(name: str, readings: Iterable[Reading], out: TextIO) -> int:
    """Write the readings in a format and return how many reports there were; memory does not grow with them.

    Raises:
        UsageError: there is no such format.
    """
    if name not in FORMATS:
        raise UsageError(f"no format {name!r}; there are: {', '.join(FORMATS)}")
    exporter, count = FORMATS[name](out), 0
    for reading in readings:
        exporter.write(reading)
        count += 1
    exporter.finish()
    return count
