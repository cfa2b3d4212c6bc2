"""Asking a lake: the ledger's questions, answered by DuckDB over Parquet files."""

from __future__ import annotations

import dataclasses
import json
import threading
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, Unpack

from diurna.errors import MissingPartError, NotALedgerError
from diurna.ledger.asking import DEEDS, Ask, Asked, Kept, ReportFacts
from diurna.ledger.clock import parse_moment
from diurna.ledger.columns import Kind
from diurna.ledger.lake.rows import MOST_RECORDS, NO_DAY, TABLES, File, Numbered, lake_schema, records_of
from diurna.ledger.lake.select import Bounds, Part, is_by_day, question
from diurna.ledger.lake.writer import JUDGED
from diurna.ledger.snapshot import actor_ids
from diurna.ledger.tables import Rows
from diurna.model.codec import reading_from_dict
from diurna.model.record import Commitment, Event, Gap, Reading, Review, Statement

if TYPE_CHECKING:
    import duckdb

_AT_ONCE = 200
_HELD = 500
"""Readings held decoded."""
_STEPS = (4, 32)
"""Days that are looked through before all are."""
_REVIEWS: dict[str, Review] = {"accept": "accepted", "reject": "rejected"}


class Lake:
    """A lake in a folder, as it stands or as known on a day or moment.

    Answers come from the files that were there when it was opened. Full text, lists of actors and judging are the
    ledger's.

    Raises:
        NotALedgerError: there is no lake in the folder.
        MissingPartError: DuckDB is not installed.
        UsageError: `as_known_on` is neither a day nor a moment.
    """

    def __init__(self, folder: str | Path, *, as_known_on: str | None = None) -> None:
        self.folder = Path(folder)
        self._known_on = parse_moment(as_known_on) if as_known_on else None
        self._readings: OrderedDict[int, Numbered] = OrderedDict()
        self._lock = threading.Lock()
        self._duck = _opened(self.folder)
        self._is_judged = self.sql("SELECT 1 FROM judgements LIMIT 1").fetchone() is not None
        self._days = {kind: _days_of(self.folder, kind) for kind in ("reports", *TABLES)}

    def __enter__(self) -> Self:
        """The lake itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._duck.close()

    def statements(self, **asked: Unpack[Asked]) -> Rows[Kept[Statement]]:
        """Statements, e.g. `speaker="Tal", since="2030-01-01"`; the names are those of `Ask`."""
        ask = Ask(**asked)
        return Rows(lambda: self._records("statements", ask), "statements")

    def events(self, **asked: Unpack[Asked]) -> Rows[Kept[Event]]:
        """Deeds: actual events in a report's own voice; `realis=()`, `voice="any"` for all that is told."""
        ask = dataclasses.replace(DEEDS, **asked)
        return Rows(lambda: self._records("events", ask), "events")

    def commitments(self, **asked: Unpack[Asked]) -> Rows[Kept[Commitment]]:
        """Promises, agreements, demands, threats and refusals; the names are those of `Ask`."""
        ask = Ask(**asked)
        return Rows(lambda: self._records("commitments", ask), "commitments")

    def gaps(self, **asked: Unpack[Asked]) -> Rows[Kept[Gap]]:
        """Pairs of records within one report that do not go together; the names are those of `Ask`."""
        ask = Ask(**asked)
        return Rows(lambda: self._records("gaps", ask), "gaps")

    def reports(self, **asked: Unpack[Asked]) -> Rows[ReportFacts]:
        """Reports, the newest first; the names are those of `Ask`."""
        ask = Ask(**asked)
        return Rows(lambda: (self._facts(one) for one, _ in self._pages("reports", ask)), "reports")

    def readings(self, **asked: Unpack[Asked]) -> Iterator[Reading]:
        """Everything found in the reports asked for, report by report."""
        return (one.reading for one, _ in self._pages("reports", Ask(**asked)))

    def sql(self, query: str, values: list[Any] | None = None) -> duckdb.DuckDBPyConnection:
        """DuckDB's answer to a question of your own.

        Tables are `reports`, `readings` (all that was found in each, as `diurna read --json` prints it), `statements`,
        `events`, `commitments`, `gaps` (column `day`: `0000-00-00` where it is unknown) and `judgements`.
        """
        return self._duck.cursor().execute(query, values or [])

    def _records(self, kind: Kind, ask: Ask) -> Iterator[Any]:
        for one, seq in self._pages(kind, ask):
            record = dict(records_of(one.reading))[kind][seq % MOST_RECORDS]
            names = {actor.id: actor.name for actor in one.reading.actors}
            known = tuple((key, names[key]) for key in actor_ids(record) if key in names)
            yield Kept(record, self._facts(one), self._review(record.id), known)

    def _pages(self, kind: Kind, ask: Ask) -> Iterator[tuple[Numbered, int]]:
        """Readings and numbers of what is asked for, in its order, some at a time."""
        place: tuple[Any, ...] | None = None
        size = _AT_ONCE // 4
        while True:
            found: list[Any] = []
            for edge in self._edges(kind, ask, place):
                asked = self._question(kind, ask, place, size, edge)
                if asked is None:
                    return
                found = self.sql(asked.text, asked.values).fetchall()
                if len(found) == size:
                    break
            readings = self._load(kind, [(row[0], row[1]) for row in found])
            for _, seq, _ in found:
                yield readings[seq if kind == "reports" else seq // MOST_RECORDS], seq
            if len(found) < size:
                return
            place, size = (found[-1][2], found[-1][1]), _AT_ONCE

    def _edges(self, kind: Kind, ask: Ask, place: tuple[Any, ...] | None) -> Iterator[str | None]:
        """Days up to which to look, ever farther, where the order is by days: most pages are full after a few."""
        if is_by_day(kind, ask):
            days = [day for day in self._days[kind] if (ask.since or "") <= day <= (ask.until or "9999")]
            days = days[::-1] if ask.newest else days
            if place is not None:
                days = [day for day in days if (day <= place[0] if ask.newest else day >= place[0])]
            yield from (days[number - 1] for number in _STEPS if number < len(days))
        yield None

    def _question(
        self, kind: Kind, ask: Ask, place: tuple[Any, ...] | None, size: int, edge: str | None
    ) -> Part | None:
        outlet = self._outlet(ask.outlet) if ask.outlet is not None else None
        review = "any" if not self._is_judged and ask.review in ("kept", "open") else ask.review
        asked = dataclasses.replace(ask, outlet=outlet, review=review)
        return question(kind, asked, self._known_on, Bounds(place, size, edge))

    def _outlet(self, said: str) -> str:
        """The outlet's name as it is written here, whatever its case."""
        if self.sql("SELECT 1 FROM reports WHERE report_outlet = ? LIMIT 1", [said]).fetchone():  # ends where it is met
            return said
        asked = "SELECT report_outlet FROM reports WHERE lower(report_outlet) = lower(?) GROUP BY 1 ORDER BY min(seq)"
        found = [row[0] for row in self.sql(asked, [said]).fetchall()]
        return str(found[0]) if found else said

    def _load(self, kind: Kind, found: list[tuple[str, int]]) -> dict[int, Numbered]:
        """The readings of these days and numbers, decoded."""
        wanted = {seq if kind == "reports" else seq // MOST_RECORDS: day for day, seq in found}
        with self._lock:
            known = {seq: self._readings[seq] for seq in wanted if seq in self._readings}
        missing = {seq: day for seq, day in wanted.items() if seq not in known}
        if missing:
            days, seqs = sorted(set(missing.values())), sorted(missing)
            asked = (
                "SELECT seq, number, recorded_at, replaced_at, reading FROM readings "  # noqa: S608
                f"WHERE day IN ({', '.join('?' * len(days))}) AND seq IN ({', '.join('?' * len(seqs))})"
            )
            for seq, number, recorded, replaced, line in self.sql(asked, [*days, *seqs]).fetchall():
                reading = reading_from_dict(json.loads(line))
                known[seq] = Numbered(seq, reading, number, recorded or "", replaced)
        with self._lock:
            self._readings.update(known)
            while len(self._readings) > _HELD:
                self._readings.popitem(last=False)
        return known

    def _facts(self, one: Numbered) -> ReportFacts:
        replaced = one.replaced_at
        if replaced and self._known_on and replaced > self._known_on:
            replaced = None
        return dataclasses.replace(one.facts, replaced_at=replaced)

    def _review(self, record: str) -> Review:
        asked = "SELECT verdict FROM judgements WHERE record = ? AND judged_at <= ? " \
            "AND (undone_at IS NULL OR undone_at > ?) ORDER BY person DESC, seq DESC LIMIT 1"  # fmt: skip
        moment = self._known_on or "9999"
        found = self.sql(asked, [record, moment, moment]).fetchone()
        return _REVIEWS[found[0]] if found else "open"


def _opened(folder: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB with a view for every kind of file."""
    try:
        import duckdb
    except ImportError:
        raise MissingPartError("DuckDB is not installed: python -m pip install 'diurna[lake]'") from None
    if not (folder / "reports").is_dir():
        raise NotALedgerError(f"there is no lake at {folder}: make one with `diurna export lake -o {folder}`")
    if any((folder / "reports").iterdir()) and not (folder / "readings").is_dir():
        raise NotALedgerError(f"the lake at {folder} has no readings: an early version wrote it, write it anew")
    duck = duckdb.connect(":memory:")
    duck.execute("SET parquet_metadata_cache = true")
    kinds: tuple[File, ...] = ("reports", "readings", *TABLES)
    for kind in kinds:
        files = sorted(str(one) for one in (folder / kind).glob("day=*/[!.]*.parquet"))
        duck.execute(f"CREATE VIEW {kind} AS {_table(kind, files)}")
    judged = folder / JUDGED
    source = f"SELECT * FROM read_parquet({_quoted(str(judged))})" if judged.exists() else _NONE_JUDGED  # noqa: S608
    duck.execute(f"CREATE TABLE judgements AS {source}")
    return duck


_NONE_JUDGED = "SELECT 0 AS seq, 0 AS person, '' AS record, '' AS verdict, '' AS judged_at, '' AS undone_at WHERE false"


_DUCK_TYPES = {"string": "VARCHAR", "int64": "BIGINT", "double": "DOUBLE"}


def _table(kind: File, files: list[str]) -> str:
    if not files:
        empty = ", ".join(f'NULL::{_DUCK_TYPES[str(one.type)]} AS "{one.name}"' for one in lake_schema(kind))
        return f"SELECT {empty}, '{NO_DAY}' AS day WHERE false"
    named = ", ".join(_quoted(one) for one in files)
    return f"SELECT * FROM read_parquet([{named}], hive_partitioning = true, hive_types = {{'day': VARCHAR}})"  # noqa: S608


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _days_of(folder: Path, kind: str) -> list[str]:
    return sorted(one.name.removeprefix("day=") for one in (folder / kind).glob("day=*"))
