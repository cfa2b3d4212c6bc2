"""Diurna's own JSON lines, schema 1: what `diurna read --json` prints, and what can be read back whole."""

from __future__ import annotations

from diurna.export.lines import JsonLines
from diurna.model.codec import reading_to_dict
from diurna.model.record import Reading


class ReadingsExporter(JsonLines):
    """One report a line with all its records."""

    def write(self, reading: Reading) -> None:
        """Write everything found in one report."""
        self.put(reading_to_dict(reading))
