"""Diurna reads political news and keeps the ledger of words and deeds.

reading = diurna.read("report.txt", published="2025-12-28")
for statement in reading.statements:
    print(statement.speaker.text, statement.act, statement.content.text)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from diurna.flow.reading import ReadJob, read, read_reports
    from diurna.ledger.store import Ledger
    from diurna.model.record import Reading
    from diurna.sources.reader import SourceFailure

__version__ = "0.1.0"
__all__ = ["Ledger", "ReadJob", "Reading", "SourceFailure", "read", "read_reports"]

_HOMES = {
    "Ledger": "diurna.ledger.store",
    "ReadJob": "diurna.flow.reading",
    "read": "diurna.flow.reading",
    "read_reports": "diurna.flow.reading",
    "Reading": "diurna.model.record",
    "SourceFailure": "diurna.sources.reader",
}


def __getattr__(name: str) -> Any:
    """Import the public names on first use, so that `import diurna` stays quick."""
    if name not in _HOMES:
        raise AttributeError(f"module 'diurna' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOMES[name]), name)
