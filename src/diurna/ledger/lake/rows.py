"""Readings as rows of a lake: what questions go by, and the columns tables of the ledger have."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from diurna.ledger.asking import Kept, ReportFacts
from diurna.ledger.columns import Kind, arrow_schema, columns_of
from diurna.ledger.rows import Named, day_of, first_day, last_day, named, named_parties
from diurna.ledger.schema import column
from diurna.ledger.snapshot import actor_ids
from diurna.ledger.tables import flat
from diurna.model.record import Commitment, Event, Gap, Reading, Statement

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]

NO_DAY = "0000-00-00"
"""The folder of what is of no known day; before all days."""
PARTED = "\x1f"
"""Stands before, between and after the names in a column, and is in none."""
MOST_RECORDS = 1 << 20
"""Records of one kind a reading can have: a record's number is its reading's times so many, and its place in it."""

File = Kind | Literal["readings"]
"""What there are files of: reports with what they are found by, all that was found in each, and records by kind."""

TABLES: tuple[Kind, ...] = ("statements", "events", "commitments", "gaps")
_FILTERS: dict[str, tuple[str, ...]] = {
    "reports": ("names",),
    "statements": ("speakers", "parties", "first", "last"),
    "events": ("parties", "first", "last"),
    "commitments": (),
    "gaps": (),
}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A reading with what a ledger, or a run without one, knows of it besides.

    Attributes:
        seq: its place among all readings; later ones have higher numbers.
        number: 1 for the report's first version, 2 for the next.
        recorded_at, replaced_at: moments; `replaced_at` is None for what holds now.
    """

    seq: int
    reading: Reading
    number: int = 1
    recorded_at: str = ""
    replaced_at: str | None = None

    @property
    def day(self) -> str:
        """The folder it belongs in."""
        return day_of(self.reading) or NO_DAY

    @property
    def facts(self) -> ReportFacts:
        """Its report as lists show it."""
        report = self.reading.report
        return ReportFacts(
            report.id, report.version, self.number, report.source_id, report.title, report.url, report.outlet,
            report.author, report.published, self.reading.anchor, report.language, day_of(self.reading),
            self.recorded_at, self.replaced_at, len(report.text),
        )  # fmt: skip


def lake_schema(kind: File) -> pa.Schema:
    """The columns of one kind of file."""
    import pyarrow as pa

    if kind == "readings":
        told = [("recorded_at", pa.string()), ("replaced_at", pa.string()), ("reading", pa.string())]
        return pa.schema([("seq", pa.int64()), ("number", pa.int64()), *told])
    types = {one.name: one.type for one in arrow_schema(kind)}
    known = [("report_" + name if kind == "reports" else name, types[name]) for name in columns_of(kind)]
    kept = [(name, kept) for name, kept in known if name != "review"]
    return pa.schema([("seq", pa.int64()), *((name, pa.string()) for name in _FILTERS[kind]), *kept])


def rows_of(one: Numbered) -> Iterator[tuple[File, Row]]:
    """The rows of a reading by kind: the report's own first.

    The reading stands in a file of its own: one that is looked for takes few rows with it, and names are looked
    through without it.
    """
    facts = one.facts
    yield "reports", _report(one, facts)
    told = {"seq": one.seq, "number": one.number, "recorded_at": one.recorded_at, "replaced_at": one.replaced_at}
    yield "readings", {**told, "reading": line_of(one.reading)}
    names = {actor.id: actor.name for actor in one.reading.actors}
    for kind, records in records_of(one.reading):
        for place, record in enumerate(records):
            known = tuple((key, names[key]) for key in actor_ids(record) if key in names)
            row = flat(Kept(record, facts, "open", known))
            row |= {"seq": one.seq * MOST_RECORDS + place, **_filters(record, names)}
            yield kind, _clean(row)


def records_of(reading: Reading) -> Iterator[tuple[Kind, tuple[Statement | Event | Commitment | Gap, ...]]]:
    """The reading's records by kind."""
    yield "statements", reading.statements
    yield "events", reading.events
    yield "commitments", reading.commitments
    yield "gaps", reading.gaps


def line_of(reading: Reading) -> str:
    """The line `diurna read --json` prints; lone surrogates, as broken JSON input can carry them, spelled out."""
    row = reading.to_dict()
    line = json.dumps(row, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(row)
    return line


def joined(keys: Sequence[str]) -> str:
    """Names as one cell that is searched for words: each word between spaces, each name between `PARTED`."""
    return PARTED + "".join(f" {key} {PARTED}" for key in dict.fromkeys(keys))


def _report(one: Numbered, facts: ReportFacts) -> Row:
    row: Row = {f"report_{name}": cell for name, cell in flat(facts).items()}
    names = joined([named(actor.name).key for actor in one.reading.actors])
    return _clean({**row, "seq": one.seq, "names": names})


def _filters(record: Statement | Event | Commitment | Gap, names: dict[str, str]) -> Row:
    if isinstance(record, Commitment | Gap):
        return {}
    parties = named_parties(record, names)
    when = record.said_at if isinstance(record, Statement) else record.happened_at
    row = {"parties": _keys(parties), "first": first_day(when), "last": last_day(when)}
    if isinstance(record, Statement):
        row["speakers"] = _keys([one for one in parties if one.role == "speaker"])
    return row


def _keys(parties: Sequence[Named]) -> str:
    return joined([one.key for one in parties])


def _clean(row: Row) -> Row:
    return {name: column(cell) if isinstance(cell, str) else cell for name, cell in row.items()}
