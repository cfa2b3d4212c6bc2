"""POLECAT's yearly tables as deeds from elsewhere; files with an excess column or tabs at line ends are read too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, cast, get_args

from diurna.countrycodes import alpha3_of
from diurna.imports.deeds import Deed, Found, Passed, Side, day_value_of, degrees, each, event_type, number, reading_of
from diurna.imports.rowreport import RowReport, row_report
from diurna.imports.rows import Row, table_rows
from diurna.model.record import Place, Reading

DATASET = "POLECAT"
_RULE = "import polecat"
_COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Contexts", "Placename", "City", "District", "Province",
    "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type", "Publication Date", "Headline",
    *(f"{who} {part}" for who in ("Actor", "Recipient") for part in ("Name", "Country", "Title", "Name Raw")),
    "Primary Actor Sector", "Primary Recipient Sector",
)  # fmt: skip
_Precision = Literal["point", "city", "district", "province", "country", "region", "unknown"]


def read(lines: Iterable[str]) -> Iterator[Found]:
    """A reading for every row with a type."""
    return each(table_rows(lines, tabs=True, known=_COLUMNS), _reading)


def _reading(row: Row) -> Reading | Passed:
    key, kind = row.get("Event ID"), event_type(row.get("Event Type"))
    if not key:
        raise ValueError("no Event ID")
    if kind is None:
        raise ValueError(f"no PLOVER type {row.get('Event Type')!r}")
    made = row_report(row, DATASET, key, published=day_value_of(row.get("Publication Date")))
    contexts = [one.strip() for one in row.get("Contexts").replace(";", ",").split(",")]
    return reading_of(Deed(
        made, _RULE, ("Event Type", "Event Mode"), kind, row.get("Event Mode").lower() or None,
        tuple(one for one in contexts if one), None, _sides(row, "Actor"), _sides(row, "Recipient"), _place(row, made),
        day_value_of(row.get("Event Date")),
    ))  # fmt: skip


def _sides(row: Row, who: str) -> tuple[Side, ...]:
    column = next((name for name in (f"{who} Name", f"{who} Name Raw") if row.get(name)), None)
    if column is None:
        return ()
    sector = row.get(f"Primary {who} Sector")
    country = alpha3_of(row.get(f"{who} Country")) or row.get(f"{who} Country")[:3].upper() or None
    return (Side(column, country, sector or None, row.get(f"{who} Title") or None),)


def _place(row: Row, made: RowReport) -> Place | None:
    span = made.span("Placename", "Raw Placename", "City", "Province", "Country")
    if span is None:
        return None
    precisions: tuple[tuple[str, _Precision], ...] = (
        ("City", "city"), ("District", "district"), ("Province", "province"), ("Country", "country"),
    )  # fmt: skip
    precision: _Precision = next((known for column, known in precisions if row.get(column)), "unknown")
    lat, lon = degrees(row.get("Latitude"), 90), degrees(row.get("Longitude"), 180)
    if row.get("Feature Type") in get_args(_Precision):  # as our own export writes it
        precision = cast("_Precision", row.get("Feature Type"))
    country = alpha3_of(row.get("Country"))
    text = span.of(made.report.text)
    return Place(span, text, lat, lon, country, number(row.get("GeoNames ID")), precision)
