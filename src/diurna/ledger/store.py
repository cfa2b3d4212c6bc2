"""The ledger: where readings are kept and asked for."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, Unpack

from sqlalchemy import Connection, Engine, func, select

from diurna.errors import LedgerError, NotALedgerError, UsageError
from diurna.ledger import schema as t
from diurna.ledger.address import Address, parse_address
from diurna.ledger.asking import DEEDS, Ask, Asked, Hit, Kept, ReportFacts
from diurna.ledger.clock import Clock, moment, now, parse_moment
from diurna.ledger.columns import Kind
from diurna.ledger.copying import copy_file, copy_rows
from diurna.ledger.dialects import Dialect, dialect_of
from diurna.ledger.faults import as_driver_error, spoken
from diurna.ledger.judge import Judgement, Verdict, judge
from diurna.ledger.outcome import Added, Outcome
from diurna.ledger.remove import Tombstone, lift, remove
from diurna.ledger.runs import KeptFailure, Run, begin_run, failures, note_run, runs
from diurna.ledger.search import Where
from diurna.ledger.tables import Rows
from diurna.ledger.upgrade import check_revision, look_at_file, make_or_upgrade, revision_of
from diurna.ledger.verify import Verified, verify
from diurna.ledger.view import View
from diurna.ledger.writer import Batch, Fault, Stamp, known_versions
from diurna.model.record import Commitment, Event, Gap, Reading, Statement

BATCH_RECORDS = 5_000
"""Records a transaction takes, reports being whole: a second's work, so that little is lost when the power goes."""


_HITS: dict[Where, Kind] = {
    "statements": "hits in statements",
    "events": "hits in events",
    "reports": "hits in reports",
}


class Ledger:
    """A ledger at `address`, a file or `postgresql://user@host/database`.

    It is opened when first used: for writing by what writes, which makes it where there is none; for reading by what
    asks, which makes nothing.

    Args:
        clock: what time it is; for tests.
        made_by: what is written beside readings as their maker.

    Raises (every method):
        LedgerError: there is none, it is damaged, newer, busy, full, may not be written, or cannot be reached.
    """

    def __init__(self, address: str | Path, *, clock: Clock = now, made_by: str = "diurna") -> None:
        self.address: Address = parse_address(address)
        self._dialect = dialect_of(self.address)
        self._clock, self._made_by = clock, made_by
        self._reader: Engine | None = None
        self._writer: Engine | None = None

    def __enter__(self) -> Self:
        """The ledger itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of all connections."""
        for engine in (self._reader, self._writer):
            if engine is not None:
                engine.dispose()
        self._reader = self._writer = None

    @property
    def dialect(self) -> Dialect:
        """How its database speaks, for `diurna.ledger.keeping`."""
        return self._dialect

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A read transaction."""
        with spoken(self.address):
            if self._reader is None:
                self._reader = self._open_for_reading()
            with self._reader.connect() as connection, connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[tuple[Connection, Stamp]]:
        """A write transaction no other writer shares, and the moment it has; it all happens or nothing."""
        with spoken(self.address):
            if self._writer is None:
                self._writer = self._open_for_writing()
            with self._writer.connect() as connection, connection.begin():
                self._dialect.lock(connection)
                yield connection, Stamp(self._moment(connection), self._made_by)

    def _moment(self, connection: Connection) -> str:
        """Now, but never before what the ledger holds: a clock put back must not reorder what was known when."""
        last = connection.execute(select(t.readings.c.recorded_at).order_by(t.readings.c.seq.desc()).limit(1)).scalar()
        judged = connection.execute(
            select(t.judgements.c.judged_at).order_by(t.judgements.c.seq.desc()).limit(1)
        ).scalar()
        return max(moment(self._clock()), last or "", judged or "")

    def _open_for_reading(self) -> Engine:
        if self.address.kind == "sqlite":
            self._look_at_file(create=False)
        engine = self._dialect.engine(readonly=True)
        with engine.connect() as connection:
            revision = revision_of(connection)
        if revision is None:
            engine.dispose()
            raise NotALedgerError(f"there is no ledger at {self.address.shown}: make one with `diurna add`")
        if not check_revision(self.address, revision):
            engine.dispose()
            self._open_for_writing().dispose()
            engine = self._dialect.engine(readonly=True)
        return engine

    def _open_for_writing(self) -> Engine:
        if self.address.kind == "sqlite":
            self._look_at_file(create=True)
        engine = self._dialect.engine(readonly=False)
        make_or_upgrade(engine, self.address)
        return engine

    def _look_at_file(self, *, create: bool) -> None:
        with as_driver_error():
            look_at_file(self.address, create=create)

    def make(self) -> None:
        """Make the ledger where there is none, and bring an old one up to date."""
        with self.writing():
            pass

    # --- adding

    def add(self, readings: Iterable[Reading], *, again: bool = False) -> Added:
        """Keep readings; those kept before change nothing.

        Args:
            again: let records found anew take the place of those of the same version.
        """
        self.make()
        total = Added()
        for batch in _batches(readings):
            total = total.plus(self.add_batch(batch, again=again))
        return total

    def add_batch(
        self, readings: list[Reading], faults: Iterable[Fault] = (), *, run: int | None = None, again: bool = False
    ) -> list[Outcome]:
        """Keep these readings and failures in one transaction: when it returns they are safe, if it raises none is."""
        with self.writing() as (connection, stamp):
            batch = Batch(connection, self._dialect, Stamp(stamp.moment, stamp.made_by, run, again))
            outcomes = batch.add(readings)
            batch.fail(faults)
            batch.close()
        return outcomes

    @contextmanager
    def run(self, sources: str) -> Iterator[RunningAdd]:
        """A run that adds in several transactions; it notes in the ledger when it began and ended, and what came."""
        with self.writing() as (connection, stamp):
            number = begin_run(connection, stamp.moment, stamp.made_by, sources)
        running = RunningAdd(self, number)
        yield running
        with self.writing() as (connection, stamp):
            note_run(connection, number, running.total, stamp.moment)

    # --- asking: the names are those of `Ask`; `as_known_on` a day (its end) or a moment the ledger is asked as of

    def view(self, as_known_on: str | None = None) -> View:
        """The ledger as it stands, or as it stood on a day (its end) or at a moment.

        Raises:
            UsageError: it is neither a day nor a moment.
        """
        return View(self.snapshot, self._dialect, parse_moment(as_known_on) if as_known_on else None)

    def statements(self, *, as_known_on: str | None = None, **asked: Unpack[Asked]) -> Rows[Kept[Statement]]:
        """Statements, e.g. `speaker="Tal", since="2030-01-01"`; the names are those of `Ask`."""
        ask = Ask(**asked)
        return Rows(lambda: self.view(as_known_on).statements(ask), "statements")

    def events(self, *, as_known_on: str | None = None, **asked: Unpack[Asked]) -> Rows[Kept[Event]]:
        """Deeds: actual events in a report's own voice; `realis=()`, `voice="any"` for all that is told."""
        ask = dataclasses.replace(DEEDS, **asked)
        return Rows(lambda: self.view(as_known_on).events(ask), "events")

    def commitments(self, *, as_known_on: str | None = None, **asked: Unpack[Asked]) -> Rows[Kept[Commitment]]:
        """Promises, agreements, demands, threats and refusals that reports tell of; the names are those of `Ask`."""
        ask = Ask(**asked)
        return Rows(lambda: self.view(as_known_on).commitments(ask), "commitments")

    def gaps(self, *, as_known_on: str | None = None, **asked: Unpack[Asked]) -> Rows[Kept[Gap]]:
        """Pairs of records within one report that do not go together; the names are those of `Ask`."""
        ask = Ask(**asked)
        return Rows(lambda: self.view(as_known_on).gaps(ask), "gaps")

    def reports(self, *, as_known_on: str | None = None, **asked: Unpack[Asked]) -> Rows[ReportFacts]:
        """Reports, the newest first; the names are those of `Ask`."""
        ask = Ask(**asked)
        return Rows(lambda: self.view(as_known_on).reports(ask), "reports")

    def search(
        self, words: str, where: Where = "statements", *, as_known_on: str | None = None, **asked: Unpack[Asked]
    ) -> Rows[Hit]:
        """Statements, events or reports in which the words stand; the other names are those of `Ask`."""
        ask = Ask(**asked)
        return Rows(lambda: self.view(as_known_on).search(words, where, ask), _HITS[where])

    def known(self, versions: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        """Which of these versions, as (report, version), need no reading: they are there, or were removed."""
        with self.snapshot() as connection:
            return known_versions(connection, versions)

    def counts(self) -> dict[str, int]:
        """How many rows every table has."""
        with self.snapshot() as connection:
            return {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar() or 0
                for table in t.metadata.sorted_tables
            }

    def runs(self) -> list[Run]:
        """The runs of `add`, in order."""
        with self.snapshot() as connection:
            return runs(connection)

    def failures(self) -> list[KeptFailure]:
        """What could not be read, in order, each once."""
        with self.snapshot() as connection:
            return failures(connection)

    # --- judging, checking, forgetting, copying

    def judge(
        self, record: str, verdict: Verdict, *, by: str, why: str = "", other: str | None = None, person: bool = True
    ) -> Judgement:
        """Keep a person's, or a rule's, decision about a record.

        Raises:
            UsageError: there is no such record, nothing to undo, or `other` is missing or out of place.
        """
        self._must_be_there()
        with self.writing() as (connection, stamp):
            return judge(connection, Judgement(record, verdict, by, why, stamp.moment, person, other))

    def verify(self) -> Verified:
        """Check every span, hash and reference again."""
        with self.snapshot() as connection:
            return verify(connection, self._dialect)

    def remove(self, report: str, *, by: str, why: str = "") -> Tombstone:
        """Take a report and all that rests on it out; it stays out until `lift`.

        Raises:
            UsageError: there is no such report.
        """
        self._must_be_there()
        with self.writing() as (connection, stamp):
            stone = remove(connection, self._dialect, report, by, why, stamp.moment)
        self._shrink()
        return stone

    def lift(self, report: str) -> None:
        """Let a removed report be added again.

        Raises:
            UsageError: it was not removed.
        """
        self._must_be_there()
        with self.writing() as (connection, _):
            lift(connection, report)

    def backup(self, to: str | Path) -> None:
        """Copy the ledger as of one moment, while it is in use; also from a server to a file, or the other way.

        Raises:
            UsageError: there is something at `to` already.
        """
        target = parse_address(to)
        if self.address.kind == target.kind == "sqlite":
            self._must_be_there()
            with spoken(target), as_driver_error():
                copy_file(self.address.path, target.path)
            return
        if target.kind == "sqlite" and target.path.exists():
            raise UsageError(f"{target.shown} is there already: name another file, or move it away")
        other = Ledger(to, clock=self._clock, made_by=self._made_by)
        with self.snapshot() as source, other, other.writing() as (connection, _):
            copy_rows(source, connection, other._dialect)

    def _must_be_there(self) -> None:
        with self.snapshot():
            pass

    def _shrink(self) -> None:
        """Have nothing of what was removed left in the write-ahead log."""
        if self.address.kind == "sqlite" and self._writer is not None:
            with spoken(self.address), self._writer.connect() as connection:
                driver = connection.connection.driver_connection
                assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - the address says so
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class RunningAdd:
    """A run under way.

    Attributes:
        number: the run's.
        total: what has been stored so far, all of it safe.
    """

    def __init__(self, ledger: Ledger, number: int) -> None:
        self.number, self.total = number, Added()
        self._ledger = ledger

    def store(self, readings: list[Reading], faults: Sequence[Fault] = (), *, again: bool = False) -> list[Outcome]:
        """Keep a batch; when this returns it is safe."""
        outcomes = self._ledger.add_batch(readings, faults, run=self.number, again=again)
        failed = len(faults) + sum(len(reading.failures) for reading in readings)
        self.total = self.total.plus(outcomes, failed)
        return outcomes

    def pass_over(self, known: int) -> None:
        """Count reports that need no reading."""
        self.total = dataclasses.replace(self.total, known=self.total.known + known)


def _batches(readings: Iterable[Reading]) -> Iterator[list[Reading]]:
    batch: list[Reading] = []
    size = 0
    for reading in readings:
        batch.append(reading)
        size += weight(reading)
        if size >= BATCH_RECORDS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def weight(reading: Reading) -> int:
    """Records of a reading, and one for itself."""
    groups = (reading.actors, reading.statements, reading.events, reading.relations)
    return 1 + sum(map(len, (*groups, reading.commitments, reading.gaps, reading.times)))


__all__ = ["Ledger", "LedgerError", "RunningAdd"]
