"""Records as HTML: whatever a text holds is shown as text, addresses that are no web address are no links."""

from __future__ import annotations

import dataclasses
from html.parser import HTMLParser
from pathlib import Path

import pytest

import diurna
from diurna.flow.linking import link
from diurna.ledger.between import Lives
from diurna.model.markup import reading_html, report_html, source_html, table_html
from tests.readings import reading as sample

ATTACK = """<script>alert(1)</script><img src=x onerror="alert('2')">&lt;b&gt;"""


class Page(HTMLParser):
    """Which elements a page has, and what it says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.links: list[str | None] = []
        self.said = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.said += data


@pytest.mark.parametrize("kind", ["actors", "statements", "events", "commitments", "gaps"])
def test_every_record_shows_itself_with_all_elements_closed(kind: str) -> None:
    for record in getattr(sample(), kind):
        page = Page(record._repr_html_())
        assert not page.open
        assert page.said


def test_a_reading_shows_its_text_whole_and_its_records() -> None:
    reading = sample()
    page = Page(reading._repr_html_())
    assert not page.open
    assert reading.report.text in page.said
    for statement in reading.statements:
        assert statement.content.text in page.said
    for gap in reading.gaps:
        assert (gap.reason in page.said) == (gap.verdict == "gap")


def test_nothing_a_report_says_becomes_markup() -> None:
    text = f"Shelling {ATTACK}\n\n“{ATTACK},” said Oren Tal on Friday."
    reading = diurna.read(text, title=ATTACK, engine="rules")
    hostile = dataclasses.replace(reading, report=dataclasses.replace(reading.report, outlet=ATTACK, url=ATTACK))
    for page in (Page(reading_html(hostile)), Page(report_html(hostile.report))):
        assert not {"script", "img", "b onerror"} & set(page.tags)
        assert text in page.said
    assert set(Page(table_html([ATTACK], [[ATTACK]], ATTACK)).tags) <= {
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "div",
    }


def test_only_addresses_of_the_web_become_links() -> None:
    assert Page(source_html("T", "O", "2024-03-08", "https://wire.example/1?a=1&b=2")).links == [
        "https://wire.example/1?a=1&b=2"
    ]
    for url in ("javascript:alert(1)", "data:text/html,x", " https://wire.example", 'x" onclick="alert(1)'):
        assert Page(source_html(None, None, None, url)).links == []


def test_many_records_are_counted_not_listed() -> None:
    reading = sample()
    many = dataclasses.replace(reading, statements=reading.statements[:1] * 40)
    assert "and 28 more" in Page(reading_html(many)).said


def test_a_report_shows_itself() -> None:
    report = sample().report
    assert report.text in Page(report._repr_html_()).said


def test_what_holds_between_reports_shows_itself_escaped(tmp_path: Path) -> None:
    texts = (
        ("2024-03-08", f"Commander Oren Tal promised on Friday to hand in the mortars by 15 March. {ATTACK}"),
        ("2024-03-20", f"Commander Oren Tal refused on Wednesday to hand in the mortars. {ATTACK}"),
    )
    with diurna.Ledger(tmp_path / "two.db") as ledger:
        ledger.add([diurna.read(text, published=day, engine="rules") for day, text in texts])
        list(link(ledger))
        view = ledger.view()
        found = [*view.any_gaps(diurna.Ask()), *view.lives(diurna.Ask(), Lives("2024-04-30"))]
    assert {type(one).__name__ for one in found} >= {"KeptCrossGap", "KeptLife"}
    for one in found:
        page = Page(one._repr_html_())
        assert not page.open
        assert not {"script", "img"} & set(page.tags)
