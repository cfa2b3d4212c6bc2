"""Checking a ledger: every span, hash and reference again, by making every row anew from what is kept."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, exists, func, select

from diurna.errors import RecordError
from diurna.ledger import schema as t
from diurna.ledger.dialects import Dialect
from diurna.ledger.rows import Item, rows_of
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.words import Phrase
from diurna.model.record import Reading, all_spans, check_reading
from diurna.model.report import content_hash

_KEPT = 100
"""Faults listed; the rest are counted."""

_OWN = {"actors": 4, "statements": 5, "events": 5, "relations": 3, "commitments": 3, "gaps": 3, "times": 2}
"""The first column of every table that `rows` makes; those before it the writer numbers."""


@dataclass(slots=True)
class Verified:
    """What a check found.

    Attributes:
        counts: what was looked at: versions, records of every kind, spans.
        faults: the first hundred, each with the id where it is.
        failed: how many there are.
    """

    counts: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    failed: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.failed

    def count(self, name: str, number: int = 1) -> None:
        """Count what was looked at."""
        self.counts[name] = self.counts.get(name, 0) + number

    def fault(self, where: str, what: str) -> None:
        """Note what is wrong."""
        self.failed += 1
        if len(self.faults) < _KEPT:
            self.faults.append(f"{where}: {what}")


def verify(connection: Connection, dialect: Dialect) -> Verified:
    """Check everything behind an open read transaction."""
    found = Verified()
    for what in dialect.faults(connection):
        found.fault("database", what)
    snapshot = Snapshot(connection, None)
    for seq, report in _readings(connection):
        _check_one(snapshot, dialect, seq, report, found)
    _check_versions(connection, found)
    _check_between(snapshot, found)
    _check_judgements(connection, found)
    return found


def _readings(connection: Connection) -> Iterator[tuple[int, str]]:
    r, last = t.readings.c, 0
    asked = select(r.seq, t.reports.c.id).join(t.reports, t.reports.c.seq == r.report).order_by(r.seq).limit(500)
    while True:
        some = connection.execute(asked.where(r.seq > last)).all()
        if not some:
            return
        yield from ((seq, report) for seq, report in some)
        last = some[-1][0]


def _check_one(snapshot: Snapshot, dialect: Dialect, seq: int, report: str, found: Verified) -> None:
    found.count("versions")
    try:
        reading = snapshot.reading(seq)
        check_reading(reading)
    except RecordError as fault:
        found.fault(report, str(fault))
        return
    except (ValueError, KeyError, TypeError, IndexError, zlib.error) as fault:
        found.fault(report, f"cannot be put together again ({type(fault).__name__}: {fault})")
        return
    if content_hash("vs", reading.report.text) != reading.report.version:
        found.fault(report, f"the text is not that of version {reading.report.version}")
    found.count("spans", sum(1 for _ in all_spans(reading)))
    _check_rows(snapshot.connection, seq, reading, found)
    for what in _dangling(reading):
        found.fault(report, what)
    if not _is_searchable(snapshot.connection, dialect, seq):
        found.fault(report, "full text does not know it")


def _check_rows(connection: Connection, seq: int, reading: Reading, found: Verified) -> None:
    """The rows that are there must be those the reading gives when it is added."""
    rows = rows_of(reading)
    r = t.readings.c
    kept = connection.execute(select(r.digest, r.day, r.whole, r.facts).where(r.seq == seq)).one()
    if tuple(kept) != (rows.digest, rows.day, rows.whole, rows.facts):
        found.fault(reading.report.id, "its records are not those that were added (the digest differs)")
    for table, items in zip(t.RECORD_TABLES, rows.groups(), strict=True):
        stored = connection.execute(select(table).where(table.c.reading == seq).order_by(table.c.seq)).all()
        found.count(table.name, len(stored))
        own = _OWN[table.name]
        if [tuple(row[own:]) for row in stored] != [item.columns for item in items]:
            found.fault(reading.report.id, f"the rows of its {table.name} do not say what the records say")
    _check_parties(connection, seq, (*rows.statements, *rows.events), found, reading.report.id)


def _check_parties(connection: Connection, seq: int, items: tuple[Item, ...], found: Verified, report: str) -> None:
    p = t.parties.c
    asked = select(t.names.c.key, p.role).join(t.names, t.names.c.seq == p.name).where(p.reading == seq)
    stored = sorted(tuple(row) for row in connection.execute(asked))
    if stored != sorted((one.key, one.role) for item in items for one in item.named):
        found.fault(report, "the names of its parties do not say what the records say")


def _dangling(reading: Reading) -> Iterator[str]:
    """References of the reading's records to records that are not there."""
    actors = {actor.id for actor in reading.actors}
    records = {one.id for group in (reading.statements, reading.events, reading.commitments) for one in group}
    for one, wanted, there in _references(reading, actors, records):
        if wanted is not None and wanted not in there:
            yield f"{one} points at {wanted}, which is not there"


def _references(reading: Reading, actors: set[str], records: set[str]) -> Iterator[tuple[str, str | None, set[str]]]:
    for said in reading.statements:
        yield said.id, said.speaker.actor, actors
        yield said.id, said.speaker.on_behalf_of, actors
        yield said.id, said.parent, records
    for done in reading.events:
        yield done.id, done.attributed_to, records
        for party in (*done.actors, *done.recipients):
            yield done.id, party.actor, actors
    for promise in reading.commitments:
        yield promise.id, promise.opened_by, records
    for gap in reading.gaps:
        yield gap.id, gap.left, records
        yield gap.id, gap.right, records


def _is_searchable(connection: Connection, dialect: Dialect, seq: int) -> bool:
    """Whether the indexes have the reading's first passage and its last statement and event, by their month."""
    r = t.readings.c
    day = connection.execute(select(r.day).where(r.seq == seq)).scalar() or ""
    month = dialect.expression(Phrase((f"_m{day[:4]}{day[5:7]}",)))
    wanted = [("readings", seq * 4096)]
    for table in (t.statements, t.events):
        last = connection.execute(select(func.max(table.c.seq)).where(table.c.reading == seq)).scalar()
        wanted += [(table.name, last)] if last else []
    return all(dialect.has(connection, name, number, month) for name, number in wanted)


def _check_versions(connection: Connection, found: Verified) -> None:
    """Every report has one current version, the newest, and no removed report has any."""
    r, o = t.readings.c, t.reports.c
    newest = select(func.max(r.seq)).where(r.report == o.seq).scalar_subquery().correlate(t.reports)
    wrong = select(o.id).where(~exists().where(r.seq == newest, r.replaced_at.is_(None)))
    for (report,) in connection.execute(wrong):
        found.fault(report, "its newest version is missing or marked as replaced")
    newer = t.readings.alias("newer")
    older = exists().where(newer.c.report == r.report, newer.c.seq > r.seq)
    twice = select(o.id).join(t.readings, r.report == o.seq).where(r.replaced_at.is_(None), older)
    for (report,) in connection.execute(twice):
        found.fault(report, "two of its versions count as the newest")
    back = select(o.id).join(t.tombstones, t.tombstones.c.report == o.id)
    for (report,) in connection.execute(back):
        found.fault(report, "was removed and is there")
    found.count("reports", connection.execute(select(func.count()).select_from(t.reports)).scalar() or 0)


def _check_between(snapshot: Snapshot, found: Verified) -> None:
    """What holds between reports quotes them as they are; every linked report has one story that has it."""
    g, c, m = t.cross_gaps.c, t.lives.c, t.moves.c
    for asked in (
        select(g.id, g.one, g.other, g.body).order_by(g.seq),
        select(c.id, c.reading, c.reading, c.body).order_by(c.seq),
        select(c.id, m.reading, m.reading, m.body).join(t.lives, c.seq == m.life).order_by(m.seq),
    ):
        for key, one, other, body in snapshot.connection.execute(asked).all():
            row = json.loads(body)
            places = (row.get("left") or row.get("opened") or row["by"], row.get("right"))
            for reading, place in zip((one, other), places, strict=True):
                if place is not None:
                    found.count("quotes between reports")
                    _check_quote(snapshot, key, reading, place, found)
    _check_stories(snapshot.connection, found)


def _check_quote(snapshot: Snapshot, key: str, reading: int, place: dict[str, Any], found: Verified) -> None:
    facts, text = snapshot.facts_of(reading)
    start, end = place["span"]
    if text[start:end] != place["quote"] or facts.version != place["version"]:
        found.fault(key, f"does not quote {facts.id} as it is")


def _check_stories(connection: Connection, found: Verified) -> None:
    s, m = t.stories.c, t.story_reports.c
    counts = select(m.story, func.count().label("n")).group_by(m.story).subquery()
    asked = select(s.id, s.reports, counts.c.n).outerjoin(counts, counts.c.story == s.seq)
    for key, reports, members in connection.execute(asked):
        found.count("stories")
        if reports != (members or 0):
            found.fault(key, f"says it has {reports} reports and has {members or 0}")


def _check_judgements(connection: Connection, found: Verified) -> None:
    j = t.judgements.c
    tables: tuple[Any, ...] = (
        t.statements, t.events, t.relations, t.commitments, t.gaps, t.actors, t.cross_gaps, t.lives,
    )  # fmt: skip
    for key in (j.record, j.other):
        lost = select(key).where(key.is_not(None), *(~exists().where(table.c.id == key) for table in tables))
        for (record,) in connection.execute(lost):
            found.fault(record, "is judged and is not there")
    found.count("judgements", connection.execute(select(func.count()).select_from(t.judgements)).scalar() or 0)
