"""Columns and keys are those of the neighbours' files, to the letter, for every format that has some; both ways."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from diurna.export import acled as acled_out
from diurna.export import gdelt as gdelt_out
from diurna.export import polecat as polecat_out
from diurna.imports import acled, commitments, gdelt, polecat
from diurna.imports.deeds import Found
from diurna.model.record import Reading, check_reading
from tests.export.samples import samples, written

SHARED = Path(__file__).parents[3] / "shared/FORMATS.md"
PAX = ("Con", "AgtId", "Agt", "Dat", "Agtp")
"""The columns of PA-X that are known by name; its whole header is published in its codebook only."""


@pytest.fixture(scope="module")
def tables() -> dict[str, list[str]]:
    """The columns listed there, by the heading they stand below."""
    if not SHARED.is_file():
        pytest.skip("../shared/FORMATS.md is not here")
    found: dict[str, list[str]] = {}
    heading = ""
    for line in SHARED.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            heading = line.lstrip("# ")
        elif line.count("\t") > 10:
            found.setdefault(re.split(r"[ .]", heading)[0], line.split("\t"))
    return found


def test_there_are_columns_for_every_table_of_the_list(tables: dict[str, list[str]]) -> None:
    widths = {heading: len(columns) for heading, columns in tables.items()}
    assert widths == {"1a": 58, "1b": 61, "1c": 16, "2": 40, "3": 20, "4": 31}


def test_written_columns_are_theirs(tables: dict[str, list[str]]) -> None:
    assert list(gdelt_out.COLUMNS) == tables["1b"]
    assert list(gdelt_out.MENTIONS) == tables["1c"]
    assert list(polecat_out.HEADER) == tables["2"]
    assert list(acled_out.HEADER) == tables["4"]
    for name, heading, mark in (("polecat", "2", "\t"), ("acled", "4", ",")):
        text = written(name).decode().splitlines()[0]
        assert next(csv.reader([text], delimiter=mark)) == tables[heading]


def test_read_columns_are_theirs(tables: dict[str, list[str]]) -> None:
    assert list(gdelt.columns(58)) == tables["1a"]
    assert list(gdelt.columns(57)) == tables["1a"][:-1]
    assert list(gdelt.columns(61)) == tables["1b"]


def all_of(found: Iterable[Found]) -> list[Reading]:
    some = list(found)
    readings = [one for one in some if isinstance(one, Reading)]
    assert len(readings) == len(some) > 0
    for one in readings:
        check_reading(one)
    return readings


def test_a_whole_row_below_their_header_is_read(tables: dict[str, list[str]]) -> None:
    rows = {
        "2": ("2018010101", "2018-01-01", "PROTEST", "riot", "-6.0", "MATERIAL CONFLICT", "corruption", "Dockers",
              "FRA", "220", "LAB", "LAB", "", "dockers", "", "Ministry of Mills", "FRA", "220", "GOV", "GOV", "",
              "ministry", "", "Lyon", "Lyon", "Rhône", "Auvergne", "FRA", "45.75", "4.85", "2996944", "Lyon", "PPLA",
              "Gazette", "2018-01-02", "", "", "Lyon", "French", "NGEC_coder-Vers001-b1-Run-001"),
        "4": ("VEL22059", "2023-01-31", "2023", "1", "Political violence", "Violence against civilians", "Attack",
              "Military Forces of France (1958-)", "", "1", "Civilians (France)", "Millers (France)", "7", "17",
              "Civilian targeting", "250", "Europe", "France", "Auvergne", "Rhone", "Lyon", "Lyon", "45.75", "4.85",
              "2", "Mill Gazette", "Subnational", "On 31 January, soldiers fired at a miller.", "1", "",
              "1675191965"),
    }  # fmt: skip
    tabbed = ["\t".join(tables["2"]), "\t".join(rows["2"])]
    (one,) = all_of(polecat.read(tabbed))
    assert (one.events[0].type, one.events[0].mode) == ("PROTEST", "riot")
    line = io.StringIO()
    csv.writer(line).writerow(rows["4"])
    (one,) = all_of(acled.read([",".join(tables["4"]), line.getvalue()]))
    assert (one.events[0].type, one.events[0].recipients[0].sector) == ("ASSAULT", "CVL")
    row = dict.fromkeys(tables["1b"], "") | {
        "GLOBALEVENTID": "7", "SQLDATE": "20170601", "Actor1Code": "DZA", "Actor1Name": "ALGERIA",
        "Actor1CountryCode": "DZA", "EventCode": "182", "EventBaseCode": "182", "EventRootCode": "18",
        "QuadClass": "4", "Actor1Geo_Type": "0", "Actor2Geo_Type": "0", "ActionGeo_Type": "0",
        "DATEADDED": "20170601234500", "SOURCEURL": "https://gazette.example/a",
    }  # fmt: skip
    for heading in ("1a", "1b"):
        (one,) = all_of(gdelt.read(["\t".join(row[column] for column in tables[heading])]))
        assert (one.events[0].type, one.events[0].place) == ("ASSAULT", None)


def test_pa_x_is_read_by_the_names_that_are_known() -> None:
    assert set(PAX) <= set(commitments._PAX_COLUMNS)
    row = ("France/Veldria", "77", "Agreement on mills", "2020-05-06", "Inter", "1")
    (one,) = all_of(commitments.read_pax([",".join((*PAX, "GCh")), ",".join(row)]))
    assert one.report.source_id == "77"
    assert one.commitments[0].kind == "agreement"


KEYS = {
    "plover": {
        "id", "date", "actor", "event", "has_event", "time", "enddate", "endtime", "recipient", "event_loc",
        "event_text", "quad_code", "event_scale", "mode", "context", "link", "text", "text_info", "cite_info", "coder",
        "coded_date", "coded_time", "comment", "size",
    },
    "citron": {"text", "quotes", "coreference_groups"},
    "langextract": {"text", "document_id", "extractions"},
    "webannotation": {"@context", "id", "type", "motivation", "body", "target"},
    "ftm": {"id", "schema", "properties", "datasets"},
}  # fmt: skip
"""Top keys of the formats of lines of JSON, as their specifications name them."""


@pytest.mark.parametrize("name", KEYS)
def test_keys_are_those_of_the_specification(name: str) -> None:
    rows = [json.loads(line) for line in written(name).decode().splitlines()]
    assert rows
    assert set().union(*rows) <= KEYS[name]
    if name == "citron":
        quotes = [quote for row in rows for quote in row["quotes"]]
        assert set().union(*quotes) == {"cue", "sources", "contents", "coreferences", "confidence", "id"}
    if name == "langextract":
        found = [one for row in rows for one in row["extractions"]]
        wanted = {"extraction_class", "extraction_text", "char_interval", "alignment_status", "attributes"}
        assert set().union(*found) == wanted
        assert {key for one in found for key in one["char_interval"]} == {"start_pos", "end_pos"}


def test_what_is_written_is_read_again_deed_for_deed() -> None:
    for name, read in (("polecat", polecat.read), ("gdelt", gdelt.read), ("acled", acled.read)):
        lines = written(name, *samples()).decode().splitlines(keepends=True)
        assert all_of(read(lines)), name
