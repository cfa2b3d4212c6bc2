"""A ledger into a lake, as of one moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, select

from diurna.ledger import schema as t
from diurna.ledger.lake.rows import Numbered
from diurna.ledger.lake.writer import LakeWriter, new_folder, write_judgements
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.store import Ledger


def write_lake(ledger: Ledger, folder: Path, *, over: bool = False) -> Iterator[int]:
    """Write all versions of all reports with their records and judgements, day by day; how many so far, one by one.

    Raises:
        UsageError: there is something at `folder`, or it cannot be written.
    """
    with ledger.snapshot() as connection, new_folder(folder, over=over) as part:
        writer = LakeWriter(part)
        (part / "reports").mkdir()
        count = 0
        for count, one in enumerate(_numbered(connection), start=1):
            writer.add(one)
            yield count
        writer.flush()
        write_judgements(part, _judgements(connection))
        yield count


def _numbered(connection: Connection) -> Iterator[Numbered]:
    r = t.readings.c
    snapshot = Snapshot(connection, None)
    order = [row.seq for row in connection.execute(select(r.seq).order_by(r.day, r.seq))]
    for seq in order:
        facts, _ = snapshot.facts_of(seq)
        yield Numbered(seq, snapshot.reading(seq), facts.number, facts.recorded_at, facts.replaced_at)


def _judgements(connection: Connection) -> Iterator[dict[str, object]]:
    j, undo = t.judgements.c, t.judgements.alias("undo")
    asked = (
        select(j.seq, j.person, j.record, j.verdict, j.judged_at, undo.c.judged_at.label("undone_at"))
        .outerjoin(undo, undo.c.undoes == j.seq)
        .where(j.verdict.in_(("accept", "reject")))
        .order_by(j.seq)
    )
    return (dict(row._mapping) for row in connection.execute(asked))
