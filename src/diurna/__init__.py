"""Diurna reads political news and keeps the ledger of words and deeds.

reading = diurna.read("report.txt", published="2025-12-28")
for statement in reading.statements:
    print(statement.speaker.text, statement.act, statement.content.text)

Everything here is imported on first use, so that `import diurna` takes no time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from diurna.demo import demo_reports
    from diurna.errors import DiurnaError
    from diurna.flow.frames import Tables, tables
    from diurna.flow.reading import ReadJob, linked, read, read_reports
    from diurna.ledger.asking import Ask, Hit, Kept, ReportFacts
    from diurna.ledger.lake.lake import Lake
    from diurna.ledger.store import Ledger
    from diurna.ledger.tables import Rows
    from diurna.ledger.view import View
    from diurna.model.record import Actor, Commitment, Event, Evidence, Gap, Reading, Relation, Statement
    from diurna.model.report import Report
    from diurna.model.span import Span
    from diurna.model.timevalue import TimeValue
    from diurna.sources.reader import SourceFailure

__version__ = "0.1.0"
__all__ = [
    "Actor",
    "Ask",
    "Commitment",
    "DiurnaError",
    "Event",
    "Evidence",
    "Gap",
    "Hit",
    "Kept",
    "Lake",
    "Ledger",
    "ReadJob",
    "Reading",
    "Relation",
    "Report",
    "ReportFacts",
    "Rows",
    "SourceFailure",
    "Span",
    "Statement",
    "Tables",
    "TimeValue",
    "View",
    "demo_reports",
    "linked",
    "read",
    "read_reports",
    "tables",
]

_HOMES = {
    "diurna.demo": ("demo_reports",),
    "diurna.errors": ("DiurnaError",),
    "diurna.flow.frames": ("Tables", "tables"),
    "diurna.flow.reading": ("ReadJob", "linked", "read", "read_reports"),
    "diurna.ledger.asking": ("Ask", "Hit", "Kept", "ReportFacts"),
    "diurna.ledger.lake.lake": ("Lake",),
    "diurna.ledger.store": ("Ledger",),
    "diurna.ledger.tables": ("Rows",),
    "diurna.ledger.view": ("View",),
    "diurna.model.record": ("Actor", "Commitment", "Event", "Evidence", "Gap", "Reading", "Relation", "Statement"),
    "diurna.model.report": ("Report",),
    "diurna.model.span": ("Span",),
    "diurna.model.timevalue": ("TimeValue",),
    "diurna.sources.reader": ("SourceFailure",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # so that checkers of types know a name that is not there

    def __getattr__(name: str) -> Any:
        """Import the public names on first use."""
        if name not in _HOME_OF:
            raise AttributeError(f"module 'diurna' has no attribute {name!r}")
        import importlib

        return getattr(importlib.import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
