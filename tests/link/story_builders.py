"""Reports made by hand about invented countries."""

from __future__ import annotations

from diurna.link.stories import Incoming
from diurna.model.report import Report

FIRE = (
    "The harbour of Port Selm in Vessaria burned for six hours after a tanker exploded at the grain pier. "
    "Harbour master Ilse Danvar counted eleven dead dockers and closed the pier to all tankers."
)
VOTE = (
    "Parliament in Orlund rejected the pension bill of Chancellor Tobar Reeve by nine votes. "
    "Reeve called the ballot a setback and promised another pension bill before the budget."
)
TALKS = (
    "Envoys of Karnland and Ostrava Minor met in the lake town of Brisel to discuss fishing quotas. "
    "The Karnland envoy Mira Solt offered to halve her country's trawler fleet."
)


def report(
    key: str, text: str, outlet: str | None = None, author: str | None = None, title: str | None = None
) -> Report:
    return Report(key, key, "", title, None, outlet, author, None, "en", text, ())


def incoming(
    key: str, text: str, day: str = "2031-03-01", outlet: str | None = None, author: str | None = None
) -> Incoming:
    return Incoming(report(key, text, outlet, author), day)
