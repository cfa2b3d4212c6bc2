"""Every export format: its headers to the letter, read back by other tools, and only deeds where only deeds belong."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

import pytest

from diurna.errors import UsageError
from diurna.export import acled, gdelt, polecat
from diurna.export.format import deeds
from diurna.export.formats import FORMATS, format_named
from diurna.export.lines import comma_lines, tab_line
from diurna.export.tables import COLUMNS
from diurna.model.record import Reading
from diurna.model.span import Span
from tests.export.samples import placed, samples

SHARED = Path(__file__).parents[3] / "shared/FORMATS.md"
DEEDS_ONLY = ("polecat", "gdelt", "gdeltmentions", "plover", "acled", "timelinejs", "geojson", "gexf", "graphml")


def written(name: str, *readings: Reading) -> str:
    return b"".join(format_named(name).write(readings or (placed(),))).decode()


def headers() -> dict[str, list[str]]:
    """The column lists of the shared list of formats: GDELT 2 and POLECAT."""
    if not SHARED.is_file():
        pytest.skip("../shared/FORMATS.md is not here")
    lines = [line.split("\t") for line in SHARED.read_text(encoding="utf-8").splitlines() if line.count("\t") > 10]
    return {
        "polecat": next(x for x in lines if x[0] == "Event ID" and len(x) == 40),
        "gdelt": next(x for x in lines if len(x) == 61),
        "gdeltmentions": next(x for x in lines if x[0] == "GLOBALEVENTID" and len(x) == 16),
        "acled": next(x for x in lines if x[0] == "event_id_cnty"),
    }


def test_headers_are_those_of_the_neighbours_to_the_letter() -> None:
    known = headers()
    assert list(polecat.HEADER) == known["polecat"]
    assert list(gdelt.COLUMNS) == known["gdelt"]
    assert list(gdelt.MENTIONS) == known["gdeltmentions"]
    assert list(acled.HEADER) == known["acled"]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_records_give_the_same_bytes_and_nothing_gives_a_whole_file(name: str) -> None:
    once, again = (b"".join(FORMATS[name].write((placed(),))) for _ in range(2))
    assert once == again
    assert isinstance(b"".join(FORMATS[name].write(())), bytes)


@pytest.mark.parametrize("name", DEEDS_ONLY)
def test_what_is_no_deed_is_in_no_table_of_deeds(name: str) -> None:
    one = placed()
    others = [event.id for event in one.events if event not in deeds(one)]
    assert others
    assert deeds(one)
    text = written(name)
    assert not [key for key in others if key in text]


def test_an_unknown_format_is_named_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="polecat"):
        format_named("lotus")


def test_csv_and_parquet_hold_the_same_rows() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    rows = list(csv.reader(io.StringIO(written("csv"))))
    table = pq.read_table(io.BytesIO(b"".join(format_named("parquet").write((placed(), placed())))))
    assert tuple(rows[0]) == COLUMNS == tuple(table.column_names)
    assert 2 * (len(rows) - 1) == table.num_rows == 2 * (len(placed().statements) + len(placed().events))
    text = placed().report.text
    for row in table.to_pylist():
        assert text[row["char_start"] : row["char_end"]] == row["quote"]


def test_a_spreadsheet_runs_nothing() -> None:
    lines = b"".join(comma_lines(("a",), [("=1+1",), ("+cmd",), ("@x",), ("-2",), (-2,), ("plain",)])).decode().split()
    assert lines == ["a", "'=1+1", "'+cmd", "'@x", "'-2", "-2", "plain"]


def test_tabs_and_line_ends_never_break_a_row() -> None:
    assert tab_line(["a\tb", "c\nd\r\ne", None, "f\u2028g"]) == b"a b\tc d  e\t\tf g\n"
    assert next(csv.reader(io.StringIO(tab_line(['"A" b', "c"]).decode()), delimiter="\t")) == ['"A" b', "c"]
    for name, width in (("polecat", 40), ("gdelt", 61)):
        rows = written(name).splitlines()
        assert rows
        assert {row.count("\t") + 1 for row in rows} == {width}


def test_gdelt_keeps_codes_as_text_and_scores_by_code() -> None:
    row = dict(zip(gdelt.COLUMNS, written("gdelt").splitlines()[0].split("\t"), strict=True))
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"], row["SQLDATE"]) == (
        "141",
        "141",
        "14",
        "20240326",
    )
    assert row["GoldsteinScale"] == str(gdelt.goldstein("141"))
    assert gdelt.goldstein("0311") == gdelt.goldstein("031")
    assert gdelt.goldstein("999") is None
    assert row["ActionGeo_Type"] == "4"


def test_jsonl_is_what_reading_prints() -> None:
    assert json.loads(written("jsonl")) == json.loads(json.dumps(placed().to_dict()))


def test_quote_formats_point_at_the_exact_characters() -> None:
    row = json.loads(written("citron"))
    for quote in row["quotes"]:
        for part in (quote["cue"], *quote["sources"], *quote["contents"], *quote["coreferences"]):
            assert row["text"][part["start"] : part["end"]] == part["text"]
    row = json.loads(written("langextract"))
    for one in row["extractions"]:
        at = one["char_interval"]
        assert row["text"][at["start_pos"] : at["end_pos"]] == one["extraction_text"]


def test_both_selectors_of_an_annotation_find_the_quotation() -> None:
    text = placed().report.text
    for line in written("webannotation").splitlines():
        quote, place = json.loads(line)["target"]["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_points_say_how_near_and_a_country_is_none() -> None:
    (feature,) = json.loads(written("geojson"))["features"]
    assert feature["geometry"]["coordinates"] == [9.25, 45.5]
    assert feature["properties"]["geo_precision"] == "city"
    one = placed()
    place = one.events[0].place
    assert place is not None
    far = replace(one, events=(replace(one.events[0], place=replace(place, precision="country")),))
    assert json.loads(written("geojson", far))["features"] == []


def test_a_slide_shows_text_and_never_runs_it() -> None:
    one = placed()
    evil = replace(one.events[0].evidence, quote="<script>x()</script>", span=Span(0, 5))
    row = json.loads(written("timelinejs", replace(one, events=(replace(one.events[0], evidence=evil),))))
    assert "<script>" not in row["events"][0]["text"]["text"]
    assert row["events"][0]["start_date"] == {"year": 2024, "month": 3, "day": 26}


@pytest.mark.parametrize(("name", "reader"), [("gexf", "read_gexf"), ("graphml", "read_graphml")])
def test_graphs_are_read_by_networkx(name: str, reader: str, tmp_path: Path) -> None:
    nx = pytest.importorskip("networkx", reason="networkx is not installed")
    path = tmp_path / f"graph.{name}"
    path.write_text(written(name), encoding="utf-8")
    graph = getattr(nx, reader)(path)
    pairs = sum(len(event.actors) * len(event.recipients) for event in deeds(placed()))
    assert graph.number_of_edges() == pairs


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if not one.whole])
def test_no_more_is_held_after_many_records_than_after_few(name: str) -> None:
    held: list[int] = []

    def watched() -> Iterator[Reading]:
        for number, one in enumerate(islice(cycle(samples()), 240)):
            yield one
            if number in (80, 239):
                held.append(tracemalloc.get_traced_memory()[0])

    tracemalloc.start()
    try:
        for _ in FORMATS[name].write(watched()):
            pass
    finally:
        tracemalloc.stop()
    assert held[1] - held[0] < (4_000_000 if name == "parquet" else 200_000)  # Parquet holds a group of rows


def test_pieces_come_before_the_readings_end() -> None:
    seen, some = 0, samples()

    def many() -> Iterator[Reading]:
        nonlocal seen
        for one in islice(cycle(some), 10_000):
            seen += 1
            yield one

    for name, one in FORMATS.items():
        if one.whole:
            continue
        seen = 0
        pieces = iter(one.write(many()))
        for _ in range(4):
            next(pieces)
        assert seen < 5_000, name
