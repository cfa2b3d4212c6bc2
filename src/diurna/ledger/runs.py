"""Runs of `add`: when, from what, what came of it; and the failures they met."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from diurna.ledger import schema as t
from diurna.ledger.outcome import Added
from diurna.ledger.schema import column


@dataclass(frozen=True, slots=True)
class Run:
    """One run of `add`.

    Attributes:
        ended_at: None while it runs, and for ever where it was killed; what it had reported done is there all the same.
        sources: what it was told to read.
        added, known, failed: readings stored, readings that were there before, failures.
    """

    began_at: str
    ended_at: str | None
    made_by: str
    sources: str
    added: int
    known: int
    failed: int


@dataclass(frozen=True, slots=True)
class KeptFailure:
    """Something that could not be read: where, at what stage, why, and since when it is known."""

    place: str
    stage: str
    reason: str
    recorded_at: str


def begin_run(connection: Connection, moment: str, made_by: str, sources: str) -> int:
    """Note that a run begins; its number."""
    last = connection.execute(select(func.max(t.runs.c.seq))).scalar() or 0
    connection.execute(
        insert(t.runs).values(
            seq=last + 1, began_at=moment, made_by=column(made_by), sources=column(sources), added=0, known=0, failed=0
        )
    )
    return last + 1


def note_run(connection: Connection, run: int, so_far: Added, ended_at: str | None = None) -> None:
    """Note what has come of a run so far."""
    known = so_far.known + so_far.removed_before
    values = {"added": so_far.stored, "known": known, "failed": so_far.failures, "ended_at": ended_at}
    connection.execute(update(t.runs).where(t.runs.c.seq == run).values(values))


def runs(connection: Connection) -> list[Run]:
    """All runs, in order."""
    r = t.runs.c
    asked = select(r.began_at, r.ended_at, r.made_by, r.sources, r.added, r.known, r.failed).order_by(r.seq)
    return [Run(*row) for row in connection.execute(asked)]


def failures(connection: Connection) -> list[KeptFailure]:
    """All failures, in order."""
    f = t.failures.c
    asked = select(f.place, f.stage, f.reason, f.recorded_at).order_by(f.seq)
    return [KeptFailure(*row) for row in connection.execute(asked)]
