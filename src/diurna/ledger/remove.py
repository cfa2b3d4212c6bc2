"""Forgetting a report: all its versions and all that rests on it go, a tombstone stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, exists, func, insert, or_, select

from diurna.errors import UsageError
from diurna.ledger import schema as t
from diurna.ledger.dialects import Dialect, Document
from diurna.ledger.identities import unresolve
from diurna.ledger.keeping import unlink
from diurna.ledger.rows import inflate, rows_of
from diurna.ledger.schema import column
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.writer import document_labels, record_words, report_documents


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stays of a removed report.

    Attributes:
        report: its id, a hash that tells nothing of its text.
        versions, records: how many went.
    """

    report: str
    removed_at: str
    removed_by: str
    why: str
    versions: int
    records: int


def remove(connection: Connection, dialect: Dialect, report: str, by: str, why: str, moment: str) -> Tombstone:
    """Take a report out.

    Raises:
        UsageError: there is no such report.
    """
    number = connection.execute(select(t.reports.c.seq).where(t.reports.c.id == report)).scalar()
    if number is None:
        raise UsageError(f"the ledger has no report {report!r}: copy its id from `diurna reports --json`")
    dialect.overwrite(connection)
    readings = list(connection.execute(select(t.readings.c.seq).where(t.readings.c.report == number)).scalars())
    records = unlink(connection, readings, number)
    unresolve(connection, readings)
    names = _names_in(connection, readings)
    for reading in readings:
        _unindex(connection, dialect, reading)
        records += _take_out(connection, reading)
    _forget(connection, number, names)
    stone = Tombstone(report, moment, by, why, len(readings), records)
    last = connection.execute(select(func.max(t.tombstones.c.seq))).scalar() or 0
    connection.execute(
        insert(t.tombstones).values(
            seq=last + 1, report=report, removed_at=moment, removed_by=column(by), why=column(why),
            versions=stone.versions, records=records,
        )
    )  # fmt: skip
    dialect.tidy(connection)
    return stone


def lift(connection: Connection, report: str) -> None:
    """Take the tombstone away, so that the report may be added again.

    Raises:
        UsageError: there is none.
    """
    if not connection.execute(delete(t.tombstones).where(t.tombstones.c.report == report)).rowcount:
        raise UsageError(f"no report {report!r} was removed from this ledger")


def _unindex(connection: Connection, dialect: Dialect, reading: int) -> None:
    for name, documents in documents_of(connection, reading).items():
        dialect.unindex(connection, name, documents)


def documents_of(connection: Connection, reading: int) -> dict[str, list[Document]]:
    """What the full-text indexes hold of a reading, made again from its rows."""
    r = t.readings.c
    outlet, day, body = connection.execute(
        select(r.outlet, r.day, t.texts.c.body).join(t.texts).where(r.seq == reading)
    ).one()
    text = inflate(body)
    rows = rows_of(Snapshot(connection, None).reading(reading))
    found: dict[str, list[Document]] = {
        "readings": list(report_documents(reading, text, document_labels(day, outlet, [], ())))
    }
    for table, items in ((t.statements, rows.statements), (t.events, rows.events)):
        seqs = connection.execute(select(table.c.seq).where(table.c.reading == reading).order_by(table.c.seq)).scalars()
        keys = [one.key for item in items for one in item.named]
        names = dict(iter_names(connection, keys))
        found[table.name] = [
            (seq, record_words(item, day, outlet, [names[one.key] for one in item.named]))
            for seq, item in zip(seqs, items, strict=True)
        ]
    return found


def iter_names(connection: Connection, keys: list[str]) -> Iterator[tuple[str, int]]:
    """Numbers of names by their keys."""
    unique = list(dict.fromkeys(keys))
    for start in range(0, len(unique), 400):
        asked = select(t.names.c.key, t.names.c.seq).where(t.names.c.key.in_(unique[start : start + 400]))
        yield from ((key, seq) for key, seq in connection.execute(asked))


def _take_out(connection: Connection, reading: int) -> int:
    """Delete the records of a reading; how many there were."""
    count = 0
    for table in t.RECORD_TABLES:
        if "id" in table.c:
            _unjudge(connection, table, reading)
        count += connection.execute(delete(table).where(table.c.reading == reading)).rowcount
    for table in (t.parties, t.failures):
        connection.execute(delete(table).where(table.c.reading == reading))
    return count


def _unjudge(connection: Connection, table: Table, reading: int) -> None:
    j = t.judgements.c
    gone = select(table.c.id).where(table.c.reading == reading)
    judged = or_(j.record.in_(gone), j.other.in_(gone))
    connection.execute(delete(t.judgements).where(j.undoes.in_(select(j.seq).where(judged))))
    connection.execute(delete(t.judgements).where(judged))


def _names_in(connection: Connection, readings: list[int]) -> list[int]:
    used: set[int] = set()
    for table in (t.actors, t.parties):
        used.update(connection.execute(select(table.c.name).where(table.c.reading.in_(readings))).scalars())
    return sorted(used)


def _forget(connection: Connection, report: int, names: list[int]) -> None:
    """Delete the report's versions, and the texts, outlets and names nothing else rests on."""
    r = t.readings.c
    texts, outlets = (
        list(connection.execute(select(c).where(r.report == report).distinct()).scalars()) for c in (r.text, r.outlet)
    )
    connection.execute(delete(t.readings).where(r.report == report))
    connection.execute(delete(t.reports).where(t.reports.c.seq == report))
    for table, key, maybe in ((t.texts, r.text, texts), (t.outlets, r.outlet, outlets)):
        unused = table.c.seq.in_(maybe) & ~exists().where(key == table.c.seq)
        connection.execute(delete(table).where(unused))
    n = t.names.c
    for start in range(0, len(names), 400):
        some = n.seq.in_(names[start : start + 400])
        used = exists().where(t.actors.c.name == n.seq) | exists().where(t.parties.c.name == n.seq)
        gone = list(connection.execute(select(n.seq).where(some, ~used)).scalars())
        connection.execute(delete(t.name_words).where(t.name_words.c.name.in_(gone)))
        connection.execute(delete(t.names).where(n.seq.in_(gone)))


__all__ = ["Tombstone", "documents_of", "lift", "remove"]
