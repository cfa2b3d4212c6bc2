"""Sample reports, all invented: data for `diurna demo`, the documentation and the notebooks."""

from __future__ import annotations

from pathlib import Path

_FILE = Path(__file__).with_name("reports.jsonl")


def demo_reports() -> Path:
    """The file of the fifteen invented reports that come with Diurna, to be read like any other file."""
    return _FILE
