"""Tables of what was read: the ledger's own columns, the same records, taken by Arrow, Polars and pandas."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import diurna
from diurna.ledger.asking import Asked
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


def test_a_gap_in_a_notebook_says_what_a_person_made_of_it(tmp_path: Path) -> None:
    readings = [
        one for one in diurna.read_reports(diurna.demo_reports(), engine="rules") if isinstance(one, diurna.Reading)
    ]
    with diurna.Ledger(tmp_path / "judged.db") as ledger:
        ledger.add(readings)
        first = next(iter(ledger.gaps()))
        assert "· open" in first._repr_html_()
        ledger.judge(first.record.id, "accept", by="a reader", why="read both texts")
        (again,) = ledger.gaps(review="accepted")
        assert "· accepted" in again._repr_html_()
        assert "· open" not in again._repr_html_()


def test_batches_come_as_they_are_taken_so_that_memory_stays_flat(ledger: diurna.Ledger) -> None:
    taken = 0
    (one,) = ledger.reports()

    def many() -> Iterator[diurna.ReportFacts]:
        nonlocal taken
        for _ in range(1_000):
            taken += 1
            yield one

    batches = Rows(many, "reports").to_batches(size=10)
    assert taken == 0
    assert next(batches).num_rows == 10
    assert taken <= 20
    assert sum(batch.num_rows for batch in batches) == 990


def test_lists_answer_as_the_ledger_stood(ledger: diurna.Ledger) -> None:
    for rows in (ledger.statements, ledger.events, ledger.commitments, ledger.gaps, ledger.reports):
        assert list(rows(as_known_on="2000-01-01")) == []
    assert list(ledger.search("valley", as_known_on="2000-01-01")) == []
    assert list(ledger.statements(as_known_on="2999-01-01")) == list(ledger.statements())


def test_checkers_know_every_name_a_list_can_be_asked_by() -> None:
    assert list(Asked.__annotations__) == [field.name for field in dataclasses.fields(diurna.Ask)]
    with pytest.raises(TypeError, match="speker"):
        diurna.Ledger("x").statements(speker="Tal")  # type: ignore[call-arg]
