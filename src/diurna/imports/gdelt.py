"""GDELT's event files (58 or 61 columns, no header; daily, quarter-hourly, or with 57 before April 2013) as deeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Literal, cast

from diurna.countrycodes import alpha3_of_fips
from diurna.imports.actors.codes import cameo_country
from diurna.imports.deeds import Deed, Found, Passed, Side, day_value_of, degrees, each, event_type, number, reading_of
from diurna.imports.rowreport import RowReport, row_report
from diurna.imports.rows import BadRow, Row, table_rows
from diurna.lexicon import Table, load, made_of
from diurna.model.record import Place, Reading

DATASET = "GDELT"
_RULE = "import gdelt"
_BEFORE = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
           "Type2Code", "Type3Code")  # fmt: skip
_MIDDLE = ("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
           "NumSources", "NumArticles", "AvgTone")  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
_PRECISIONS = {"1": "country", "2": "province", "3": "city", "4": "city", "5": "province"}
_Precision = Literal["country", "province", "city", "unknown"]
_SECTORS = {"UAF": "UAF", "OPP": "OPP", "SEP": "REB", "INS": "REB", "RAD": "REB", "NGM": "NGO"}


def columns(width: int) -> tuple[str, ...]:
    """The columns of a file with so many of them: 61 of version 2, 58 or 57 of version 1.

    Raises:
        ValueError: there is no such version.
    """
    geo = [part for part in _GEO if width == 61 or part != "ADM2Code"]
    known = (
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
        *(f"Actor{number}{part}" for number in (1, 2) for part in _BEFORE), *_MIDDLE,
        *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in geo), "DATEADDED", "SOURCEURL",
    )  # fmt: skip
    if width not in (57, 58, 61):
        raise ValueError(f"{width} columns: GDELT's events have 61, 58 or 57")
    return known[:width]


def read(lines: Iterable[str]) -> Iterator[Found]:
    """A reading for every row that is a deed; the first row tells the version."""
    header: tuple[str, ...]
    rest = iter(lines)
    first = next(rest, None)
    if first is None:
        return
    cells = first.rstrip("\r\n").split("\t")
    if cells[0].strip().lstrip("\ufeff").lower() == "globaleventid":
        header = tuple(cell.strip() for cell in cells)
        header = tuple({"GlobalEventID": "GLOBALEVENTID", "Day": "SQLDATE"}.get(cell, cell) for cell in header)
        rows = table_rows(rest, header=header, tabs=True, known=columns(61))
        offset = 1
    else:
        try:
            header = columns(len(cells))
        except ValueError as fault:
            yield BadRow(1, str(fault))
            return
        rows, offset = table_rows(chain((first,), rest), header=header, tabs=True), 0
    for found in each(rows, _reading):
        yield found if isinstance(found, Reading) or not offset else found._replace(line=found.line + offset)


@made_of("cameo", language="")
def _cameo() -> dict[str, tuple[str, str, str]]:
    return {code: (row[0], row[1], row[2]) for code, row in load("cameo", "", _faults)["codes"].items()}


def _faults(table: Table) -> list[str]:
    return [
        f"{code} names no PLOVER type, mode and context"
        for code, row in table["codes"].items()
        if len(row) != 3 or event_type(row[0]) is None
    ]


def _reading(row: Row) -> Reading | Passed:
    key, code = row.get("GLOBALEVENTID"), row.get("EventCode")
    if not key or not code:
        raise ValueError("no GLOBALEVENTID or EventCode")
    known = _cameo().get(code) or _cameo().get(code[:3])
    if known is None:
        return Passed(row.line, f"CAMEO {code[:2]} is words and no deed")
    kind = event_type(known[0])
    assert kind is not None  # noqa: S101 - the table is checked when loaded
    contexts = tuple(part.strip() for part in known[2].split(";") if part.strip())
    made = row_report(row, DATASET, key, published=day_value_of(row.get("DATEADDED")[:8]))
    return reading_of(Deed(
        made, _RULE, ("EventCode",), kind, known[1] or None, contexts, code, _sides(row, 1),
        _sides(row, 2), _place(row, made), day_value_of(row.get("SQLDATE")),
    ))  # fmt: skip


def _sides(row: Row, number: int) -> tuple[Side, ...]:
    column = next((name for name in (f"Actor{number}Name", f"Actor{number}Code") if name in row.cells), None)
    if column is None:
        return ()
    country, kind = row.get(f"Actor{number}CountryCode"), row.get(f"Actor{number}Type1Code")
    return (Side(column, cameo_country(country), _SECTORS.get(kind, kind) or None),)


def _place(row: Row, made: RowReport) -> Place | None:
    span = made.span("ActionGeo_FullName")
    if span is None:
        return None
    precision = cast("_Precision", _PRECISIONS.get(row.get("ActionGeo_Type"), "unknown"))
    return Place(
        span, span.of(made.report.text), degrees(row.get("ActionGeo_Lat"), 90), degrees(row.get("ActionGeo_Long"), 180),
        alpha3_of_fips(row.get("ActionGeo_CountryCode")), number(row.get("ActionGeo_FeatureID")), precision,
    )  # fmt: skip
