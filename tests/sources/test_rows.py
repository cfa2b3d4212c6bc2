from __future__ import annotations

import pytest

from diurna.sources.incoming import Incoming, ReadOptions, SourceFailure
from diurna.sources.rows import Row, read_row

TEXT = "The council of the valley met on Friday."


def report_of(**cells: object):
    found = read_row(Row("row 1", tuple(cells), tuple(cells.values())), ReadOptions())
    assert isinstance(found, Incoming), found
    return found.report


NEIGHBOURS = {
    "news-please": {
        "maintext": TEXT,
        "date_publish": "2030-03-03 10:00:00",
        "source_domain": "valley.example",
        "authors": ["Oren Tal", "Ilse Varn"],
        "title": "Talks",
        "language": "en",
        "url": "https://valley.example/1",
        "date_download": "2031-01-01",
        "filename": "x",
    },
    "Event Registry": {
        "uri": "77",
        "body": TEXT,
        "dateTime": "2030-03-03T00:00:00Z",
        "source": {"uri": "valley.example", "title": "valley.example"},
        "title": "Talks",
        "lang": "eng",
        "url": "https://valley.example/1",
        "authors": [{"name": "Oren Tal"}, {"name": "Ilse Varn"}],
    },
    "Media Cloud": {
        "stories_id": 77,
        "text": TEXT,
        "publish_date": "2030-03-03",
        "media_name": "valley.example",
        "title": "Talks",
        "language": "EN",
        "url": "https://valley.example/1",
        "author": "Oren Tal, Ilse Varn",
    },
    "a table": {
        "ID": 77.0,
        "Full Text": TEXT,
        "Published-At": "3 March 2030",
        "Publisher": "valley.example",
        "Headline": "Talks",
        "Lang": "English",
        "Link": "https://valley.example/1",
        "Byline": "Oren Tal, Ilse Varn",
    },
}


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_neighbours_columns_are_known(name: str) -> None:
    report = report_of(**NEIGHBOURS[name])
    assert report.text == f"Talks\n\n{TEXT}"
    assert (report.outlet, report.author, report.language) == ("valley.example", "Oren Tal, Ilse Varn", "en")
    assert report.url == "https://valley.example/1"
    assert report.published is not None
    assert report.published.earliest == "2030-03-03"
    assert report.source_id == (None if name == "news-please" else "77")


def test_a_text_that_begins_with_its_title_stays_as_it_is() -> None:
    assert report_of(title="Talks", text=f"Talks\n{TEXT}").text == f"Talks\n{TEXT}"
    assert report_of(title=" ", text=TEXT).text == TEXT
    assert report_of(title=None, text=TEXT).text == TEXT


def test_the_first_text_that_is_given_counts() -> None:
    assert report_of(text="", content=TEXT).text == TEXT
    assert report_of(body="other", text=TEXT).text == TEXT


def test_a_row_with_a_page_instead_of_a_text_is_read_as_a_page() -> None:
    text = f"<p>{TEXT}</p><p>{TEXT[:-1]} again, for hours.</p>"
    page = f"<html><body><article><h1>Talks in the valley</h1>{text}</article></body></html>"
    report = report_of(html=page, title="Talks in the valley")
    assert TEXT in report.text
    assert report.text.startswith("Talks in the valley\n\n")


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        ({"title": "A"}, "no text"),
        ({"text": ""}, "empty"),
        ({"text": "\u00a0"}, "empty"),
        ({"text": 5}, "number"),
        ({"text": ["a"]}, "list"),
        ({"text": {"a": 1}}, "object"),
        ({"text": None, "html": 7}, "number"),
        ({}, "no text"),
    ],
)
def test_rows_without_text_are_failures(cells: dict[str, object], word: str) -> None:
    found = read_row(Row("row 1", tuple(cells), tuple(cells.values())), ReadOptions())
    assert isinstance(found, SourceFailure)
    assert (found.where, found.stage) == ("row 1", "row")
    assert word in found.reason


def test_a_list_of_articles_gives_their_summaries_only_where_there_are_no_texts() -> None:
    row = {"date": "2030-03-03T10:00:00Z", "url": "https://valley.example/1", "title": "Talks", "desc": TEXT,
           "lang": "ENGLISH", "domain": "valley.example", "outletName": "Valley Wire"}  # fmt: skip
    report = report_of(**row)
    assert (report.text, report.outlet, report.language) == (f"Talks\n\n{TEXT}", "Valley Wire", "en")
    cells = {**row, "maintext": ""}
    found = read_row(Row("row 1", tuple(cells), tuple(cells.values())), ReadOptions())
    assert isinstance(found, SourceFailure)


def test_a_quotation_graph_gives_the_passages_round_its_quotations() -> None:
    quotes = [
        {"pre": "After the vote", "quote": "We will go home,", "post": "said Oren Tal."},
        {"pre": "Tal added:", "quote": "Nobody asked us.", "post": ""},
        {"pre": "nothing", "quote": ""},
        "broken",
    ]
    report = report_of(date="2030-03-03T10:00:00Z", url="https://valley.example/1", title="Talks", quotes=quotes)
    assert report.text == ("Talks\n\nAfter the vote “We will go home,” said Oren Tal.\n\nTal added: “Nobody asked us.”")


def test_a_row_with_only_an_address_says_how_to_get_its_text() -> None:
    found = read_row(Row("row 1", ("stories_id", "url"), (7, "https://valley.example/1")), ReadOptions())
    assert isinstance(found, SourceFailure)
    assert "only an address" in found.reason
