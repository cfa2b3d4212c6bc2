"""ACLED's exports (CSV with a header) as deeds from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, cast

from diurna.countrycodes import alpha3_of
from diurna.imports.deeds import (
    Deed,
    Found,
    Passed,
    Side,
    day_value_of,
    degrees,
    each,
    event_type,
    month_of,
    reading_of,
    week_of,
)
from diurna.imports.rowreport import RowReport, row_report
from diurna.imports.rows import Row, table_rows
from diurna.lexicon import Table, load, made_of
from diurna.model.record import Place, Reading
from diurna.model.timevalue import TimeValue

DATASET = "ACLED"
_RULE = "import acled"
_COLUMNS = (
    *("event_id_cnty", "data_id", "event_id", "event_date", "time_precision", "event_type", "sub_event_type", "actor1"),
    *("inter1", "actor2", "inter2", "iso", "country", "admin1", "admin2", "location", "latitude", "longitude"),
    *("geo_precision", "source", "notes", "fatalities"),
)
_PRECISIONS = {"1": "city", "2": "district", "3": "province"}
_Precision = Literal["city", "district", "province", "unknown"]


def read(lines: Iterable[str]) -> Iterator[Found]:
    """A reading for every row whose type PLOVER has too."""
    return each(table_rows(lines, known=_COLUMNS), _reading)


@made_of("acledtypes", language="")
def _types() -> dict[str, list[str]]:
    return {name.casefold(): row for name, row in load("acledtypes", "", _faults)["types"].items()}


@made_of("acledtypes", language="")
def _sectors() -> dict[str, str]:
    return {str(name): str(sector) for name, sector in load("acledtypes", "", _faults)["sides"].items()}


def _faults(table: Table) -> list[str]:
    return [
        f"{name} names no PLOVER type and mode"
        for name, row in table["types"].items()
        if len(row) != 2 or event_type(row[0]) is None
    ]


def _reading(row: Row) -> Reading | Passed:
    key, said = row.get("event_id_cnty", "data_id", "event_id"), row.get("sub_event_type", "event_type")
    if not key:
        raise ValueError("no event_id_cnty")
    known = _types().get(said.casefold()) or _types().get(row.get("event_type").casefold() if not said else "")
    if known is None:
        return Passed(row.line, f"{said or 'no type'} is no deed PLOVER has")
    kind = event_type(known[0])
    assert kind is not None  # noqa: S101 - the table is checked when loaded
    made = row_report(row, DATASET, key, prose="notes")
    return reading_of(Deed(
        made, _RULE, ("sub_event_type", "event_type"), kind, known[1] or None, (), None, _sides(row, 1),
        _sides(row, 2), _place(row, made), _when(row), "fatalities",
    ))  # fmt: skip


def _when(row: Row) -> TimeValue | None:
    day = day_value_of(row.get("event_date"))
    if day is None or row.get("time_precision") in ("", "1"):
        return day
    return week_of(day) if row.get("time_precision") == "2" else month_of(day)


def _sides(row: Row, number: int) -> tuple[Side, ...]:
    if f"actor{number}" not in row.cells:
        return ()
    sector = _sectors().get(row.get(f"inter{number}").casefold())
    return (Side(f"actor{number}", None, sector),)


def _place(row: Row, made: RowReport) -> Place | None:
    span = made.span("location", "admin2", "admin1", "country")
    if span is None:
        return None
    precision = cast("_Precision", _PRECISIONS.get(row.get("geo_precision"), "unknown"))
    country = alpha3_of(row.get("iso")) or alpha3_of(row.get("country"))
    return Place(
        span, span.of(made.report.text), degrees(row.get("latitude"), 90), degrees(row.get("longitude"), 180), country,
        None, precision,
    )  # fmt: skip
