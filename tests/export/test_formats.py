"""Every export format: its headers to the letter, read back by other tools, and only deeds where only deeds belong."""

from __future__ import annotations

import csv
import io
import json
import re
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
from diurna.export.spill import Spill
from diurna.export.tables import COLUMNS
from diurna.model.record import Reading
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue
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


def test_a_graph_names_each_actor_once_with_the_country_some_report_knows() -> None:
    one, deed = next((one, deed) for one in samples() for deed in deeds(one) if deed.actors and deed.recipients)
    nowhere = replace(deed.actors[0], actor=None, text="Lethen’s army", country=None)
    some = [
        replace(one, events=(replace(deed, id=f"ev-{number}", actors=(replace(nowhere, country=country),)),))
        for number, country in enumerate((None, "XXA", None, "XXB"))
    ]
    text = written("graphml", *some)
    names = re.findall(r'<node id="([^"]*)"', text)
    assert len(names) == len(set(names)) == 2
    assert names == sorted(names)
    assert '<data key="label">Lethen’s army</data><data key="country">XXA</data></node>' in text
    assert text.count("<edge ") == 4


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


@pytest.mark.parametrize(("code", "quad"), [
    ("010", 1), ("051", 1), ("075", 2), ("0874", 2), ("090", 2), ("100", 3), ("124", 3), ("130", 3), ("141", 3),
    ("160", 4), ("1712", 4), ("190", 4), ("20", 4),
])  # fmt: skip
def test_quad_classes_are_gdelt_s_own(code: str, quad: int) -> None:
    assert gdelt.quad_class(code) == quad


def test_gdelt_reckons_dates_and_places_as_its_own_files_do() -> None:
    row = dict(zip(gdelt.COLUMNS, written("gdelt").splitlines()[0].split("\t"), strict=True))
    assert row["FractionDate"] == "2024.2356"  # (2 * 30 + 26) / 365; GDELT's own has 2007.5041 for 2007-07-04
    assert (row["Actor1Geo_Type"], row["Actor2Geo_Type"], row["QuadClass"]) == ("0", "0", "3")
    mention = dict(zip(gdelt.MENTIONS, written("gdeltmentions").splitlines()[0].split("\t"), strict=True))
    assert mention["EventTimeDate"] == row["DATEADDED"]
    one = placed()
    far = replace(one, report=replace(one.report, url="https://www.harbourgazette.example/2024/a", published=None))
    cells = dict(zip(gdelt.MENTIONS, written("gdeltmentions", far).splitlines()[0].split("\t"), strict=True))
    assert cells["MentionSourceName"] == "harbourgazette.example"
    anchor = far.anchor.earliest if far.anchor else None
    assert cells["EventTimeDate"][:8] == (anchor or "2024-03-26")[:10].replace("-", "")


def test_a_claim_that_is_denied_is_not_laid_in_the_mouth_of_who_denies_it() -> None:
    graph = json.loads(written("claimreview", *samples()))["@graph"]
    claimed = {row["claimReviewed"]: row["itemReviewed"] for row in graph}
    assert "that officers had fired on the crowd" not in claimed
    denial = next(text for text in claimed if "officers had fired on the crowd" in text)
    assert "denied" in denial
    assert claimed[denial]["text"] == denial
    assert not [text for text in claimed if text.startswith("that ")]


def test_a_bundle_holds_no_empty_values() -> None:
    def empty(value: object) -> bool:
        if isinstance(value, dict):
            return not value or any(map(empty, value.values()))
        return value in (None, "", []) or (isinstance(value, list) and any(map(empty, value)))

    objects = json.loads(written("stix", *samples()))["objects"]
    assert [one["id"] for one in objects if empty(one)] == []
    assert {one["type"] for one in objects} >= {"relationship", "note", "incident", "report"}


def test_polecat_names_organisations_that_have_a_name() -> None:
    rows = list(csv.DictReader(io.StringIO(written("polecat", *samples())), delimiter="\t"))
    named = {name for row in rows for name in row["Story Organizations"].split(", ")}
    assert "Harrow Front" in named
    assert not {name for name in named if name and name == name.lower()}
    assert "Thousands of people" not in named


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
    assert "display_date" not in row["events"][0]  # "Tuesday" says nothing on a slide


def test_a_slide_of_a_week_says_its_days_and_leads_to_the_report() -> None:
    one = placed()
    week = TimeValue("2024-03-18", "2024-03-24", "week", "last week")
    some = replace(
        one,
        report=replace(one.report, url='https://gazette.example/?a=1&b="2"'),
        events=(replace(one.events[0], happened_at=week),),
    )
    (slide,) = json.loads(written("timelinejs", some))["events"]
    assert slide["display_date"] == "2024-03-18 to 2024-03-24 (“last week”)"
    assert slide["end_date"] == {"year": 2024, "month": 3, "day": 24}
    assert '<a href="https://gazette.example/?a=1&amp;b=&quot;2&quot;">' in slide["text"]["text"]
    assert slide["text"]["headline"].startswith("ASSAULT") or ": " in slide["text"]["headline"]
    evil = replace(one, report=replace(one.report, url="javascript:x()"))
    assert "javascript" not in written("timelinejs", evil)


@pytest.mark.parametrize(("name", "reader"), [("gexf", "read_gexf"), ("graphml", "read_graphml")])
def test_graphs_are_read_by_networkx(name: str, reader: str, tmp_path: Path) -> None:
    nx = pytest.importorskip("networkx", reason="networkx is not installed")
    path = tmp_path / f"graph.{name}"
    path.write_text(written(name), encoding="utf-8")
    graph = getattr(nx, reader)(path)
    pairs = sum(len(event.actors) * len(event.recipients) for event in deeds(placed()))
    assert graph.number_of_edges() == pairs


@pytest.mark.parametrize("name", FORMATS)
def test_no_more_is_held_after_many_records_than_after_few(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Spill.__init__, "__defaults__", (50,))
    held: list[int] = []

    def watched() -> Iterator[Reading]:
        for number, one in enumerate(islice(cycle(samples()), 240)):
            yield others(one, number)
            if number in (80, 239):
                held.append(tracemalloc.get_traced_memory()[0])

    tracemalloc.start()
    try:
        for _ in FORMATS[name].write(watched()):
            pass
    finally:
        tracemalloc.stop()
    more = 600_000 if FORMATS[name].whole else 200_000  # files that rows wait in have buffers
    assert held[1] - held[0] < (4_000_000 if name == "parquet" else more)  # Parquet holds a group of rows


def others(one: Reading, number: int) -> Reading:
    """The same records, of other reports, days and actors."""
    day = f"2024-03-{number % 28 + 1:02}"
    return replace(
        one,
        report=replace(one.report, id=f"{one.report.id}-{number}", published=TimeValue(day, day, "day", day)),
        actors=tuple(replace(actor, name=f"{actor.name} {number}") for actor in one.actors),
    )


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
