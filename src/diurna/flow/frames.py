"""What reading found as tables, without a ledger: the same columns as the ledger's own lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from diurna.ledger.asking import Kept, ReportFacts
from diurna.ledger.tables import Rows
from diurna.model.record import Commitment, Event, Gap, Reading, Statement
from diurna.sources.reader import SourceFailure

_R = TypeVar("_R", Statement, Event, Commitment, Gap)


@dataclass(frozen=True, slots=True)
class Tables:
    """Records of several readings, kind by kind; each is a table for Polars, pandas or Arrow, and can be gone through.

    Attributes:
        events: all that is told, deeds and others; the column `realis` tells them apart.
        failures: what could not be read, and what failed within reports.
    """

    reports: Rows[ReportFacts]
    statements: Rows[Kept[Statement]]
    events: Rows[Kept[Event]]
    commitments: Rows[Kept[Commitment]]
    gaps: Rows[Kept[Gap]]
    failures: tuple[str, ...] = ()


def tables(readings: Reading | Iterable[Reading | SourceFailure]) -> Tables:
    """The records of one or several readings as tables; all of them are held in memory.

    Args:
        readings: a reading, a list of them, or what `diurna.read_reports` gives.
    """
    found: list[Reading] = []
    failures: list[str] = []
    for one in (readings,) if isinstance(readings, Reading) else readings:
        if isinstance(one, SourceFailure):
            failures.append(f"{one.where}: {one.reason}")
        else:
            found.append(one)
            failures += [f"{one.report.id}: {failure.stage}: {failure.reason}" for failure in one.failures]
    facts = {id(one): _facts(one) for one in found}
    return Tables(
        Rows(lambda: iter([facts[id(one)] for one in found]), "reports"),
        Rows(lambda: (_kept(x, one, facts[id(one)]) for one in found for x in one.statements), "statements"),
        Rows(lambda: (_kept(x, one, facts[id(one)]) for one in found for x in one.events), "events"),
        Rows(lambda: (_kept(x, one, facts[id(one)]) for one in found for x in one.commitments), "commitments"),
        Rows(lambda: (_kept(x, one, facts[id(one)]) for one in found for x in one.gaps), "gaps"),
        tuple(failures),
    )


def _facts(reading: Reading) -> ReportFacts:
    report = reading.report
    days = (time.earliest for time in (report.published, reading.anchor) if time and time.earliest)
    return ReportFacts(
        id=report.id, version=report.version, number=1, source_id=report.source_id, title=report.title,
        url=report.url, outlet=report.outlet, author=report.author, published=report.published, anchor=reading.anchor,
        language=report.language, day=next(days, "")[:10], recorded_at="", replaced_at=None,
        characters=len(report.text),
    )  # fmt: skip


def _kept(record: _R, reading: Reading, facts: ReportFacts) -> Kept[_R]:
    names = tuple((key, actor.name) for key in _actors_of(record) if (actor := reading.actor(key)))
    return Kept(record, facts, record.review if isinstance(record, Gap) else "open", names)


def _actors_of(record: Statement | Event | Commitment | Gap) -> Iterator[str]:
    """Ids of the actors a record points at, each once."""
    if isinstance(record, Statement):
        parties = [record.speaker.actor, record.speaker.on_behalf_of, record.addressee and record.addressee.actor]
    elif isinstance(record, Event):
        parties = [party.actor for party in (*record.actors, *record.recipients)]
    else:
        parties = [record.by, record.to] if isinstance(record, Commitment) else []
    yield from dict.fromkeys(party for party in parties if party)
