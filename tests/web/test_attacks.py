"""Texts that would be markup, script, addresses, formulas or turned characters: they show as text, everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from diurna.ledger.store import Ledger
from diurna.model.record import Reading
from diurna.model.visible import visible
from diurna.web.app import create_app
from diurna.web.charts import by_kind
from diurna.web.respond import address, back_to
from diurna.web.room import RoomOptions
from diurna.web.wording import weblink
from tests import readings
from tests.web.asking import json_of, token_of

SCRIPT = "<script>alert(1)</script>"
ATTACKS = (
    SCRIPT, "<img src=x onerror=alert(2)>", "</textarea></title><svg/onload=alert(3)>", "{{ 7*7 }}{% raw %}",
    "'\"><b>bold</b>", "&lt;script&gt;", "]]>--><!--", "\u202ereversed\u202c", "\u2066isolated",
    "=HYPERLINK(1)", "a\x00b\x1b[31m",
)  # fmt: skip
ADDRESSES = (
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "java\nscript:alert(1)",
    "//evil.example/x",
    "vbscript:x",
    "file:///etc/passwd",
)


class Seen(HTMLParser):
    """Which elements and addresses a page has, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action", "formaction")]

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile() -> list[Reading]:
    """Readings whose text, title, outlet, author, address and names are attacks."""
    made = []
    for number, attack in enumerate(ATTACKS):
        text = (
            f"Oren Tal said {attack} in the square. The army shelled {attack} on Tuesday.\n\nOren Tal denied {attack}."
        )
        url = ADDRESSES[number % len(ADDRESSES)]
        report = readings.report(text, title=f"{attack} title", outlet=f"{attack} outlet", author=attack, url=url)
        made.append(read_by_rules(report))
    return made


def read_by_rules(report: object) -> Reading:
    from diurna.annotate.pipeline import AnnotateOptions
    from diurna.flow.reading import annotator_for, read_report

    return read_report(report, annotator_for(AnnotateOptions(engine="rules")))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def hostile_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    with Ledger(path) as kept:
        kept.add([*hostile(), readings.reading()])
        gap = next(iter(kept.gaps(review="any")), None)
        if gap is not None:
            kept.judge(gap.record.id, "accept", by=SCRIPT, why=SCRIPT)
    return path


@pytest.fixture
def client(hostile_ledger: Path) -> Iterator[TestClient]:
    with TestClient(create_app(RoomOptions(str(hostile_ledger), by=SCRIPT)), base_url="http://localhost") as one:
        yield one


def paths(client: TestClient) -> list[str]:
    reports = [one["id"] for one in json_of(client, "/reports")["reports"]]
    actors = [one["name"] for one in json_of(client, "/actors")["actors"]]
    from urllib.parse import quote

    found = [
        "/",
        "/reports",
        "/gaps?state=all",
        "/actors",
        "/commitments",
        "/timeline",
        "/network",
        "/map",
        "/charts",
        "/review",
        "/journal",
        "/runs",
    ]
    found += [f"/reports/{one}" for one in reports] + [f"/reports/{one}/changes" for one in reports[:3]]
    found += [f"/actors/{quote(one, safe='')}" for one in actors]
    found += [
        f"/search?q={quote(one)}&where={where}"
        for one in ("square", SCRIPT)
        for where in ("statements", "events", "reports")
    ]
    found += [f"/cite/{one['id']}" for report in reports for one in json_of(client, f"/reports/{report}")["statements"]]
    return [
        *found,
        f"/{quote(SCRIPT)}",
        f"/reports?outlet={quote(SCRIPT)}&actor={quote(SCRIPT)}",
        f"/?as={quote(SCRIPT)}",
    ]


def test_attacks_are_text_on_every_page(client: TestClient) -> None:
    seen_all = ""
    for path in paths(client):
        got = client.get(path)
        page = Seen()
        page.feed(got.text)
        assert not {"img", "iframe", "object", "embed", "base"} & page.tags, path
        assert not any(name.startswith("on") or name == "style" for name in page.attributes), path
        assert got.text.count("<script") == 1, path
        for link in page.links:
            assert re.match(r"/(?!/)|#|https?://", link), (path, link)
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", got.text), path
        seen_all += page.text
    for attack in ATTACKS[:7]:
        assert attack in seen_all
    assert "[U+202E]reversed" in seen_all


def test_json_gives_texts_as_they_are(client: TestClient) -> None:
    got = client.get("/reports", headers={"Accept": "application/json"})
    assert got.headers["content-type"] == "application/json"
    assert {one["outlet"] for one in got.json()["reports"]} >= {f"{SCRIPT} outlet", "\u202ereversed\u202c outlet"}


def test_charts_hold_no_markup_and_no_formula(client: TestClient) -> None:
    import xml.etree.ElementTree as ET

    drawn = by_kind([(attack, 1) for attack in ATTACKS], "kinds", SCRIPT, "=1+1")
    root = ET.fromstring(str(drawn.svg))  # noqa: S314 - made here
    assert {element.tag.split("}")[1] for element in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "defs",
        "pattern",
        "rect",
        "text",
    }
    assert all(not line.startswith(("=", "+", "-", "@")) for line in drawn.csv().splitlines())
    for name in ("weeks", "matrix", "network", "kinds", "gaps", "map"):
        ET.fromstring(client.get(f"/charts/{name}.svg").text)  # noqa: S314 - made here
        assert client.get(f"/charts/{name}.csv").headers["content-disposition"].startswith("attachment")
    ET.fromstring(client.get("/charts/actor/Oren Tal.svg").text)  # noqa: S314 - made here


def test_a_pasted_attack_is_text(client: TestClient) -> None:
    form = {
        "token": token_of(client),
        "text": f"Oren Tal said {SCRIPT} today. </textarea>{SCRIPT}",
        "title": f"</title>{SCRIPT}",
    }
    got = client.post("/read", data=form)
    page = Seen()
    page.feed(got.text)
    assert got.text.count("<script") == 1
    assert SCRIPT in page.text


def test_a_word_of_a_megabyte_is_shown_cut_and_kept_whole(tmp_path: Path) -> None:
    word = "a" * 1_000_000
    made = readings.report(f"{word}", title=f"{word}")
    with Ledger(tmp_path / "long.db") as kept:
        kept.add([Reading(made)])
    with TestClient(create_app(RoomOptions(str(tmp_path / "long.db"))), base_url="http://localhost") as client:
        for path in ("/", "/reports", "/search?q=a*&where=reports"):
            assert len(client.get(path).text) < 60_000, path
        assert len(client.get(f"/reports/{made.id}").text) < 1_300_000
        assert word in json_of(client, f"/reports/{made.id}")["text"]


@pytest.mark.parametrize("url", ADDRESSES)
def test_only_web_addresses_become_links(url: str) -> None:
    assert weblink(url) is None
    assert weblink("https://wire.example/a?b=c") == "https://wire.example/a?b=c"


def test_hidden_characters_are_written_out_and_others_left() -> None:
    assert visible("a\u202eb") == "a[U+202E]b"
    assert visible("\x00\x07") == "[U+0000][U+0007]"
    assert visible("line\nשלום العربية é 🙂\u200f") == "line\nשלום العربية é 🙂\u200f"


def test_addresses_carry_the_moment_and_lead_nowhere_else() -> None:
    assert address("/a#b", "2025-01-01", q="x y", empty="") == "/a?q=x+y&as=2025-01-01#b"
    assert back_to("//evil", "/x") == "/x"
