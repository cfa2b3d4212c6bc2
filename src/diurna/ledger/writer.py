"""The one writer: a batch of readings is stored in one transaction, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, func, select, update

from diurna.ledger import schema as t
from diurna.ledger.dialects import Dialect, Document
from diurna.ledger.outcome import Outcome
from diurna.ledger.rows import MOST_PASSAGES, Item, Named, ReadingRows, deflate, passages, rows_of
from diurna.ledger.schema import column
from diurna.model.record import Reading
from diurna.model.report import content_hash

_NUMBERED = (t.texts, t.outlets, t.reports, t.readings, t.names, *t.RECORD_TABLES, t.failures)
_CHUNK = 400
"""Values asked for at once; SQLite takes 32,766, planning gets no better with more."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that could not be read, for the ledger's list of failures."""

    place: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who writes and when."""

    moment: str
    made_by: str
    run: int | None = None
    again: bool = False


@dataclass(slots=True)
class _Known:
    """What the ledger holds of one report."""

    seq: int
    versions: set[str] = field(default_factory=set)
    number: int = 0
    current: int = 0
    current_version: str = ""
    digest: str = ""
    whole: bool = True


class Batch:
    """Readings on their way into the tables; `close` writes them all.

    Args:
        connection: in a transaction that holds the writers' lock.
    """

    def __init__(self, connection: Connection, dialect: Dialect, stamp: Stamp) -> None:
        self._connection, self._dialect, self._stamp = connection, dialect, stamp
        self._last = {table.name: self._highest(table) for table in _NUMBERED}
        self._rows: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in t.metadata.sorted_tables}
        self._documents: dict[str, list[Document]] = {name: [] for name in t.SEARCHED}
        self._replaced: list[int] = []
        self._known: dict[str, _Known] = {}
        self._texts: dict[str, int] = {}
        self._outlets: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._removed: set[str] = set()

    def _highest(self, table: Table) -> int:
        return self._connection.execute(select(func.max(table.c.seq))).scalar() or 0

    def add(self, readings: Sequence[Reading]) -> list[Outcome]:
        """Take readings in, each whole; what is known already changes nothing."""
        self._look_up(readings)
        return [self._take(reading) for reading in readings]

    def fail(self, faults: Iterable[Fault]) -> int:
        """Keep failures; those kept before are passed over. Returns how many are new."""
        fresh = {content_hash("fl", *(one.place, one.stage, one.reason)): one for one in faults}
        for key in self._there(t.failures.c.key, list(fresh)):
            del fresh[key]
        for key, one in fresh.items():
            self._failure(None, key, one)
        return len(fresh)

    def close(self) -> None:
        """Write everything, referred-to rows first."""
        if self._replaced:
            moment = self._stamp.moment
            for some in _chunks(self._replaced):
                self._connection.execute(
                    update(t.readings).where(t.readings.c.seq.in_(some)).values(replaced_at=moment)
                )
        for table in t.metadata.sorted_tables:
            self._dialect.insert(self._connection, table, self._rows[table.name])
        for name, documents in self._documents.items():
            self._dialect.index(self._connection, name, documents)

    def _look_up(self, readings: Sequence[Reading]) -> None:
        """Ask once for all that the batch may meet in the tables."""
        ids = [reading.report.id for reading in readings if reading.report.id not in self._known]
        self._removed.update(self._there(t.tombstones.c.report, ids))
        seqs = {}
        for some in _chunks(ids):
            for seq, key in self._connection.execute(
                select(t.reports.c.seq, t.reports.c.id).where(t.reports.c.id.in_(some))
            ):
                self._known[key] = seqs[seq] = _Known(seq)
        self._look_up_versions(seqs)
        self._number(t.texts, t.texts.c.version, self._texts, [r.report.version for r in readings])
        self._number(t.outlets, t.outlets.c.name, self._outlets, [column(r.report.outlet or "") for r in readings])

    def _look_up_versions(self, seqs: dict[int, _Known]) -> None:
        r = t.readings.c
        wanted = select(r.report, r.seq, r.number, r.digest, r.whole, r.replaced_at, t.texts.c.version).join(t.texts)
        for some in _chunks(list(seqs)):
            for report, seq, number, digest, whole, replaced, version in self._connection.execute(
                wanted.where(r.report.in_(some)).order_by(r.seq)
            ):
                known = seqs[report]
                known.versions.add(version)
                known.number = max(known.number, number)
                if replaced is None:
                    known.current, known.current_version = seq, version
                    known.digest, known.whole = digest, bool(whole)

    def _there(self, key: Any, values: Sequence[str]) -> list[str]:
        return [
            found for some in _chunks(values) for (found,) in self._connection.execute(select(key).where(key.in_(some)))
        ]

    def _number(self, table: Table, key: Any, known: dict[str, int], values: Sequence[str]) -> None:
        """Learn the numbers of the values that have one."""
        wanted = [value for value in dict.fromkeys(values) if value not in known]
        for some in _chunks(wanted):
            known.update(
                (value, seq) for seq, value in self._connection.execute(select(table.c.seq, key).where(key.in_(some)))
            )

    def _next(self, table: Table) -> int:
        self._last[table.name] += 1
        return self._last[table.name]

    def _take(self, reading: Reading) -> Outcome:
        report = reading.report
        if report.id in self._removed:
            return Outcome(report.id, report.version, "removed before")
        known = self._known.get(report.id)
        if known is None:
            known = self._known[report.id] = _Known(self._next(t.reports))
            self._rows["reports"].append((known.seq, column(report.id)))
            return self._store(reading, rows_of(reading), known, "added")
        if report.version not in known.versions:
            return self._store(reading, rows_of(reading), known, "edited")
        if report.version == known.current_version and (self._stamp.again or not known.whole):
            rows = rows_of(reading)
            if rows.digest != known.digest and (self._stamp.again or rows.whole):
                return self._store(reading, rows, known, "read again")
        return Outcome(report.id, report.version, "known")

    def _store(self, reading: Reading, rows: ReadingRows, known: _Known, became: Any) -> Outcome:
        report = reading.report
        seq = self._next(t.readings)
        outlet = self._numbered_outlet(rows.outlet)
        if known.current:
            self._replace(known.current)
        known.number += became != "read again"
        known.versions.add(report.version)
        known.current, known.current_version = seq, report.version
        known.digest, known.whole = rows.digest, bool(rows.whole)
        stamp, text = self._stamp, self._numbered_text(report.version, report.text)
        place = (seq, known.seq, text, outlet, stamp.run, known.number)
        kept = (rows.day, rows.digest, rows.whole, stamp.made_by, stamp.moment, None, rows.facts)
        self._rows["readings"].append((*place, *kept))
        self._records(seq, outlet, rows)
        self._search_report(seq, outlet, rows.day, report.text)
        for failure in reading.failures:
            key = content_hash("fl", seq, failure.stage, failure.reason, len(self._rows["failures"]))
            self._failure(seq, key, Fault(column(report.source_id or report.id), failure.stage, failure.reason))
        return Outcome(report.id, report.version, became, sum(map(len, rows.groups())))

    def _replace(self, seq: int) -> None:
        """Close a reading, be it in the tables or in this very batch."""
        first = self._rows["readings"][0][0] if self._rows["readings"] else seq + 1
        if seq < first:
            self._replaced.append(seq)
        else:
            row = self._rows["readings"][seq - first]
            self._rows["readings"][seq - first] = (*row[:11], self._stamp.moment, *row[12:])

    def _numbered_text(self, version: str, text: str) -> int:
        seq = self._texts.get(version)
        if seq is None:
            seq = self._texts[version] = self._next(t.texts)
            self._rows["texts"].append((seq, version, len(text), deflate(text)))
        return seq

    def _numbered_outlet(self, name: str | None) -> int | None:
        if name is None:
            return None
        seq = self._outlets.get(name)
        if seq is None:
            seq = self._outlets[name] = self._next(t.outlets)
            self._rows["outlets"].append((seq, name))
        return seq

    def _numbered_name(self, one: Named) -> int:
        seq = self._names.get(one.key)
        if seq is None:
            seq = self._names[one.key] = self._next(t.names)
            self._rows["names"].append((seq, one.key, one.name))
            self._rows["name_words"] += [(word, seq) for word in dict.fromkeys(one.key.split())]
        return seq

    def _records(self, reading: int, outlet: int | None, rows: ReadingRows) -> None:
        groups = rows.groups()
        keys = [one.key for group in groups[:3] for item in group for one in item.named]
        self._number(t.names, t.names.c.key, self._names, keys)
        for item in rows.actors:
            name = self._numbered_name(item.named[0])
            self._rows["actors"].append((self._next(t.actors), reading, item.id, name, *item.columns))
        for table, items in ((t.statements, rows.statements), (t.events, rows.events)):
            for item in items:
                self._spoken_or_done(table, reading, outlet, rows.day, item)
        for table, items in zip(t.RECORD_TABLES[3:6], groups[3:6], strict=True):
            self._rows[table.name] += [(self._next(table), reading, item.id, *item.columns) for item in items]
        self._rows["times"] += [(self._next(t.times), reading, *item.columns) for item in rows.times]

    def _spoken_or_done(self, table: Table, reading: int, outlet: int | None, day: str, item: Item) -> None:
        seq = self._next(table)
        self._rows[table.name].append((seq, reading, item.id, day, outlet, *item.columns))
        kind = table.name.removesuffix("s")
        numbers = [(self._numbered_name(one), one.role) for one in item.named]
        self._rows["parties"] += [(kind, name, day, seq, role, reading) for name, role in numbers]
        self._documents[table.name].append((seq, record_words(item, day, outlet, [name for name, _ in numbers])))

    def _search_report(self, reading: int, outlet: int | None, day: str, text: str) -> None:
        labels = document_labels(day, outlet, [], ())
        self._documents["readings"] += report_documents(reading, text, labels)

    def _failure(self, reading: int | None, key: str, fault: Fault) -> None:
        stamp, said = self._stamp, (column(fault.place), column(fault.stage), column(fault.reason))
        self._rows["failures"].append((self._next(t.failures), reading, stamp.run, key, *said, stamp.moment))


def known_versions(connection: Connection, versions: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which versions, as (report, version), are there and whole, or belong to a removed report."""
    r = t.readings.c
    found: set[tuple[str, str]] = set()
    asked = select(t.reports.c.id, t.texts.c.version).join(t.readings, r.report == t.reports.c.seq).join(t.texts)
    for some in _chunks([report for report, _ in versions]):
        found.update(
            (key, version) for key, version in connection.execute(asked.where(t.reports.c.id.in_(some), r.whole == 1))
        )
        gone = set(connection.execute(select(t.tombstones.c.report).where(t.tombstones.c.report.in_(some))).scalars())
        found.update(one for one in versions if one[0] in gone)
    return found


def record_words(item: Item, day: str, outlet: int | None, names: Sequence[int]) -> list[str]:
    """What is searched of a record: the passage it rests on, at most as many words as of a text, and its labels."""
    return [*next(passages(item.quote)), *document_labels(day, outlet, names, item.labels)]


def document_labels(day: str, outlet: int | None, names: Sequence[int], more: Sequence[str]) -> list[str]:
    """Words no text has, by which a search is narrowed: month, outlet, names, and the record's own."""
    labels = [f"_m{day[:4]}{day[5:7]}", *more, *(f"_n{name}" for name in dict.fromkeys(names))]
    return labels if outlet is None else [*labels, f"_o{outlet}"]


def report_documents(reading: int, text: str, labels: Sequence[str]) -> Iterator[Document]:
    """What is searched of a report's text, a document a passage."""
    for part, words in enumerate(passages(text)):
        if part < MOST_PASSAGES:
            yield reading * MOST_PASSAGES + part, [*words, *labels]


def _chunks(values: Sequence[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), _CHUNK):
        yield list(values[start : start + _CHUNK])
