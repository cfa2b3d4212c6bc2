"""Pages over a real ledger: what they show, as HTML and as JSON, at moments, and where they refuse."""

from __future__ import annotations

import dataclasses
import html
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from diurna.ledger.store import Ledger
from diurna.web import contexts
from diurna.web.app import create_app
from diurna.web.room import RoomOptions
from tests.web.asking import a_gap, json_of, token_of
from tests.web.serving import pages_of

NAMES = [
    "front", "reports", "report", "changes", "gaps", "gap", "commitments", "actors", "actor", "merge", "stories",
    "story", "timeline", "network", "map", "charts", "search", "review", "dossiers", "runs", "journal", "cite", "help",
    "past",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_page_is_html_and_json_with_safe_headers(client: TestClient, ledger: Path, name: str) -> None:
    path = dict(pages_of("", ledger))[name]
    page = client.get(path)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert not re.search(
        r"<script(?![^>]* src=)|\son\w+=|\sstyle=|javascript:|https?://(?!lowland|harbour|northern)",
        page.text.replace("http://www.w3.org/2000/svg", ""),
    )
    told = json_of(client, path)
    assert "as_known_on" in told
    head, _, query = path.partition("?")
    dotted = ("/index.json" if head == "/" else f"{head}.json") + (f"?{query}" if query else "")
    assert client.get(dotted).json() == told


def test_a_report_keeps_every_character_of_its_text_in_order(client: TestClient) -> None:
    for facts in json_of(client, "/reports")["reports"]:
        page = json_of(client, f"/reports/{facts['id']}")
        shown = "".join(piece["text"] for paragraph in page["paragraphs"] for piece in paragraph["pieces"])
        assert "".join(shown.split()) == "".join(page["text"].split())
        for paragraph in page["paragraphs"]:
            for piece in paragraph["pieces"]:
                assert page["text"][piece["start"] :].startswith(piece["text"])


def test_every_record_of_a_report_is_underlined_and_has_its_note(client: TestClient) -> None:
    for facts in json_of(client, "/reports")["reports"]:
        page = json_of(client, f"/reports/{facts['id']}")
        shown = client.get(f"/reports/{facts['id']}").text
        for record in (*page["statements"], *page["events"]):
            assert f'id="r-{record["id"]}"' in shown
            assert f'data-n="{record["id"]}"' in shown
        noted = [note["record"] for paragraph in page["paragraphs"] for note in paragraph["notes"]]
        assert sorted(noted) == sorted(record["id"] for record in (*page["statements"], *page["events"]))


def test_a_gap_quotes_both_sides_from_its_report(client: TestClient) -> None:
    page = json_of(client, f"/gaps/{a_gap(client)}")
    for side in (page["left"], page["right"]):
        report = json_of(client, f"/reports/{side['report']['id']}")
        quoted = side["before"].removeprefix("… ") + side["quote"] + side["after"].removesuffix(" …")
        assert quoted in report["text"]
    assert page["tests"]
    shown = html.unescape(client.get(f"/gaps/{page['gap']['id']}").text)
    assert page["gap"]["reason"] in shown


def test_the_past_shows_nothing_that_came_later(client: TestClient) -> None:
    report = json_of(client, "/reports")["reports"][0]["id"]
    assert json_of(client, "/?as=2020-01-01")["empty"] is True
    assert json_of(client, "/reports?as=2020-01-01")["reports"] == []
    assert client.get(f"/reports/{report}?as=2020-01-01").status_code == 404
    assert "as=2020-01-01" in client.get("/gaps?as=2020-01-01").text


def test_search_marks_the_words_and_narrows(client: TestClient) -> None:
    page = client.get("/search?q=weapons").text
    assert '<mark class="hit">weapons</mark>' in page
    found = json_of(client, "/search?q=weapons")
    facets = dict(found["facets"])
    kind, count = facets["kind"][0]
    assert len(json_of(client, f"/search?q=weapons&kind={kind}")["hits"]) == count
    assert json_of(client, '/search?q="unclosed AND (')["fault"]
    assert json_of(client, "/search?q=zzzzzz")["hits"] == []


def test_an_actor_has_words_deeds_and_relations(client: TestClient) -> None:
    page = json_of(client, "/actors/Oren%20Tal")
    assert page["actor"]["statements"] == len(page["statements"]) > 1
    assert all("Oren Tal" in one["names"].values() for one in page["statements"])
    by_id = client.get(f"/actors/{page['record']}", follow_redirects=False)
    assert by_id.headers["location"] == "/actors/Oren%20Tal"
    assert client.get("/actors/Nobody%20At%20All").status_code == 404


def test_an_actor_shows_where_it_stands_and_the_words_for_it(client: TestClient) -> None:
    names = [one["name"] for one in json_of(client, "/actors")["actors"]]
    pages = [json_of(client, f"/actors/{name}") for name in names]
    rows = [(page, row) for page in pages for row in page["issues"]]
    assert rows, "nobody in the demo stands anywhere"
    for page, row in rows:
        called = {page["actor"]["name"], *(one["name"] for one in page["same"])}
        assert row["for_it"] + row["against_it"] + row["neither"] >= len(row["examples"]) > 0
        assert all(called & set(one["names"].values()) for one in row["examples"])
    page, row = rows[0]
    html = client.get(f"/actors/{page['actor']['name']}").text
    assert f"<b>{row['issue']}</b>" in html
    for one in row["examples"]:
        client.post("/judge", data={"record": one["id"], "verdict": "reject", "token": token_of(client)})
    left = json_of(client, f"/actors/{page['actor']['name']}")["issues"]
    shown = {one["id"] for again in left for one in again["examples"]}
    assert not shown & {one["id"] for one in row["examples"]}


def test_citing_gives_the_characters_back(client: TestClient) -> None:
    report = json_of(client, "/reports")["reports"][0]["id"]
    page = json_of(client, f"/reports/{report}")
    for record in (*page["statements"], *page["events"]):
        cited = json_of(client, f"/cite/{record['id']}")
        assert page["text"][cited["start"] : cited["end"]] == cited["quote"]
        assert page["report"]["version"] in cited["citation"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere", 404), ("/reports/rp-0", 404), ("/gaps/gp-0", 404), ("/cite/st-0", 404), ("/charts/none.svg", 404),
        ("/charts/weeks", 404), ("/?as=yesterday", 400), ("/reports?since=soon", 400), ("/search?q=a&where=sky", 400),
        ("/gaps?kind=lie", 400), ("/timeline?kind=FOO", 400), ("/reports?after=junk", 400),
        ("/reports/x?version=y", 400),
        ("/map?since=2024-05-01&until=2024-01-01", 400), ("/login", 404), ("/static/../app.py", 404),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_says_so_in_both_forms(client: TestClient, path: str, status: int) -> None:
    page = client.get(path)
    assert page.status_code == status
    assert "content-security-policy" in page.headers
    told = client.get(path, headers={"Accept": "application/json"})
    assert told.status_code == page.status_code
    if not path.startswith("/static"):
        assert "<h1>" in page.text
        assert told.json()["title"]


def test_pages_follow_one_another_without_loss(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from diurna.web import routes

    whole = [one["id"] for one in json_of(client, "/reports")["reports"]]
    monkeypatch.setattr(routes, "PAGE", 4)
    found, after = [], ""
    while True:
        page = json_of(client, f"/reports?after={after}" if after else "/reports")
        found += [one["id"] for one in page["reports"]]
        after = page["next"]
        if not after:
            break
    assert found == whole


def test_an_empty_ledger_says_how_to_begin(tmp_path: Path) -> None:
    with TestClient(create_app(RoomOptions(str(tmp_path / "new.db"))), base_url="http://localhost") as client:
        for path in (
            "/",
            "/reports",
            "/gaps",
            "/actors",
            "/commitments",
            "/timeline",
            "/network",
            "/map",
            "/charts",
            "/review",
            "/runs",
            "/journal",
            "/search?q=a",
        ):
            assert client.get(path).status_code == 200, path
        assert "diurna add" in client.get("/").text


def test_a_pasted_text_is_read_and_kept_only_when_asked(client: TestClient, ledger: Path) -> None:
    text = (
        "PORT ANSEL (Harbour Gazette) – Mara Venn said on Monday that the ferry would sail. The guard closed the quay."
    )
    before = len(json_of(client, "/reports")["reports"])
    form = {"token": token_of(client), "text": text, "published": "2024-05-06"}
    page = client.post("/read", data=form)
    assert page.status_code == 200
    assert "Mara Venn" in page.text
    assert 'class="note word' in page.text
    assert len(json_of(client, "/reports")["reports"]) == before
    kept = client.post("/read", data={**form, "keep": "1"})
    assert kept.url.path.startswith("/reports/rp-")
    assert len(json_of(client, "/reports")["reports"]) == before + 1
    with Ledger(ledger) as found:
        assert found.verify().clean


def test_a_file_is_read_like_a_text(client: TestClient) -> None:
    token = token_of(client)
    page = client.post("/read", data={"token": token}, files={"file": ("a.txt", b"Mara Venn said the ferry sailed.")})
    assert "Mara Venn" in page.text
    assert (
        client.post("/read", data={"token": token}, files={"file": ("a.txt", b"\xff\xff\x00\x80")}).status_code == 400
    )


def test_what_is_too_long_or_empty_is_refused(client: TestClient) -> None:
    token = token_of(client)
    assert client.post("/read", data={"token": token, "text": "a" * 200_001}).status_code == 400
    assert client.post("/read", data={"token": token, "text": "  "}).status_code == 400
    assert client.post("/read", content=b"x" * 4_000_001).status_code == 413


@pytest.mark.parametrize("path", ["/read", "/judge", "/logout", "/accounts"])
def test_a_form_that_is_not_ours_does_nothing(client: TestClient, path: str) -> None:
    client.get("/")
    form = {"text": "a b", "record": "x", "verdict": "accept", "name": "x"}
    assert client.post(path, data={**form, "token": "0" * 64}).status_code == 403
    assert client.post(path, data=form).status_code == 403
    token = token_of(client)
    other = client.post(path, data={**form, "token": token}, headers={"Sec-Fetch-Site": "cross-site"})
    assert other.status_code == 403


def test_a_foreign_name_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"Host": "localhost:8620"}).status_code == 200


def test_every_page_has_its_documented_dataclass() -> None:
    for name, kind in vars(contexts).items():
        if dataclasses.is_dataclass(kind) and kind.__module__ == contexts.__name__:
            assert kind.__doc__, name
            assert kind.__dataclass_params__.frozen, name  # type: ignore[union-attr]


def test_every_address_is_in_the_open_api(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path in ("/", "/reports/{report}", "/gaps/{gap}", "/actors/{name}", "/search", "/judge", "/read"):
        assert path in paths
    assert all(one["summary"] for path in paths.values() for one in path.values())


def test_own_script_is_small() -> None:
    folder = Path(contexts.__file__).parent / "static"
    assert sum(file.stat().st_size for file in folder.glob("*.js")) < 80_000
    assert sum(file.stat().st_size for file in folder.iterdir()) < 120_000


def test_a_form_without_its_fields_is_told_so_and_nothing_of_the_inside(client: TestClient) -> None:
    got = client.post("/judge", data={})
    assert got.status_code == 400
    assert "record: Field required" in got.text
    assert ".py" not in got.text


@pytest.mark.parametrize("path", ["/timeline", "/network", "/map", "/charts", "/charts/weeks.svg"])
@pytest.mark.parametrize(
    ("since", "until"), [("0001-01-01", "9999-12-31"), ("", "0001-01-01"), ("9999-12-31", ""), ("", "9999-12-31")]
)
def test_the_first_and_the_last_day_there_are_can_be_asked(
    client: TestClient, path: str, since: str, until: str
) -> None:
    assert client.get(path, params={"since": since, "until": until}).status_code in (200, 400)
