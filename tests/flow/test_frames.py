"""Tables of what was read: the ledger's own columns, the same records, taken by Arrow, Polars and pandas."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import diurna
from diurna.ledger.columns import FIRST_SEEN, Kind, arrow_schema, columns_of
from diurna.ledger.tables import Rows, flat
from tests.readings import reading as sample

KINDS = ("reports", "statements", "events", "commitments", "gaps")


@pytest.fixture
def ledger(tmp_path: Path) -> diurna.Ledger:
    ledger = diurna.Ledger(tmp_path / "kept.db")
    ledger.add([sample()])
    return ledger


@pytest.mark.parametrize("kind", KINDS)
def test_read_and_kept_give_the_same_rows(kind: str, ledger: diurna.Ledger) -> None:
    asked = {"realis": (), "voice": "any"} if kind == "events" else {}
    kept = getattr(ledger, kind)(**asked).to_dicts()
    read = getattr(diurna.tables(sample()), kind).to_dicts()
    clock = "recorded_at" if kind == "reports" else "report_recorded_at"
    assert kept
    assert all(row[clock] for row in kept)
    assert sorted(({**row, clock: None} for row in kept), key=str) == sorted(read, key=str)


@pytest.mark.parametrize("kind", KINDS)
def test_every_frame_has_the_rows_and_columns(kind: Kind, ledger: diurna.Ledger) -> None:
    rows = getattr(diurna.tables([sample()]), kind)
    table, polars, pandas = rows.to_arrow(), rows.to_polars(), rows.to_pandas()
    assert isinstance(polars, pl.DataFrame)
    assert isinstance(pandas, pd.DataFrame)
    assert table.num_rows == polars.height == len(pandas) == len(list(rows))
    assert table.column_names == polars.columns == list(pandas.columns) == list(columns_of(kind))
    assert polars.rows() == [tuple(row.values()) for row in table.to_pylist()]


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_table_has_the_same_columns_and_types(kind: str) -> None:
    full, empty = (getattr(diurna.tables(some), kind).to_arrow() for some in ([sample()], []))
    assert empty.num_rows == 0
    assert empty.schema == full.schema


@pytest.mark.parametrize("where", ["statements", "events", "reports"])
def test_hits_are_tables_too(where: str, ledger: diurna.Ledger) -> None:
    rows = ledger.search("valley OR shelled OR trucks", where)  # type: ignore[arg-type]
    found = rows.to_arrow()
    assert found.num_rows == len(list(rows)) > 0
    assert all(list(flat(hit)) == found.column_names for hit in rows)


def test_libraries_take_rows_as_they_are(ledger: diurna.Ledger) -> None:
    rows = ledger.statements()
    assert pl.DataFrame(rows).equals(rows.to_polars())
    assert pa.table(rows).equals(rows.to_arrow())


def test_every_kind_shows_columns_it_has() -> None:
    assert set(FIRST_SEEN) == set(get_args(Kind))
    for kind, shown in FIRST_SEEN.items():
        assert set(shown) <= set(columns_of(kind))
        assert arrow_schema(kind).names == list(columns_of(kind))


def test_failures_are_told_apart_from_records() -> None:
    failure = diurna.SourceFailure("news.jsonl, row 3", "row", "no text")
    found = diurna.tables([sample(), failure])
    assert "news.jsonl, row 3: no text" in found.failures
    assert len(list(found.reports)) == 1


def test_a_table_in_a_notebook_is_escaped_and_says_how_much_there_is(ledger: diurna.Ledger) -> None:
    page = ledger.statements()._repr_html_()
    assert page.count("<tr>") == len(list(ledger.statements())) + 1
    assert f"{len(list(ledger.statements()))} statements" in page
    many = Rows(lambda: iter([next(iter(ledger.reports()))] * 11), "reports")._repr_html_()
    assert many.count("<tr>") == 11
    assert "the first 10 of more reports" in many
