"""Web addresses as sources: pages, feeds and tables come through the door, and nothing else is asked."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from diurna.errors import FetchError
from diurna.model.report import Report
from diurna.sources import reader
from diurna.sources.fetch import Fetched, Fetcher, Seen
from diurna.sources.incoming import ReadOptions, SourceFailure
from diurna.sources.reader import read_sources
from tests.sources.servers import LOOPBACK, http, serving
from tests.sources.test_feed import RSS
from tests.sources.test_listing import OPML
from tests.sources.test_warc import PAGE, archive


def read(found: Fetched, **options: str) -> list[Report | SourceFailure]:
    def fetch(address: str, seen: Seen | None = None) -> Fetched:
        return found

    return list(read_sources([found.url], ReadOptions(fetch=fetch, **options)))


def test_a_page_is_a_report_under_its_address() -> None:
    (found,) = read(Fetched("https://orla.example/1?a=b", PAGE.encode(), "text/html"), published="2030-03-01")
    assert isinstance(found, Report)
    assert (found.url, found.title) == ("https://orla.example/1?a=b", "Council meets")
    assert "harbour road" in found.text


def test_a_charset_the_server_names_is_believed() -> None:
    page = PAGE.replace("dockers", "d\u00f6ckers").encode("iso-8859-1")
    (found,) = read(Fetched("https://orla.example/1", page, "text/html", "iso-8859-1"))
    assert isinstance(found, Report)
    assert "d\u00f6ckers" in found.text


@pytest.mark.parametrize("kind", ["application/rss+xml", "text/xml", "text/html", "application/octet-stream", ""])
@pytest.mark.parametrize("path", ["feed", "feed.php", "rss.xml", "a.html"])
def test_a_feed_is_known_by_what_it_is_not_by_what_it_is_called(kind: str, path: str) -> None:
    found = read(Fetched(f"https://orla.example/{path}", RSS.encode(), kind))
    assert [one.url for one in found if isinstance(one, Report)] == [
        "https://gazette.example/1",
        "https://gazette.example/2",
    ]


def test_tables_texts_and_archives_come_too() -> None:
    row = json.dumps({"url": "https://orla.example/2", "text": "The council met."}).encode()
    assert (
        read(Fetched("https://orla.example/rows.jsonl?x", row, "application/json"))[0].url == "https://orla.example/2"
    )  # type: ignore[union-attr]
    (text,) = read(Fetched("https://orla.example/a.txt", b"The council met.", "text/plain"))
    assert isinstance(text, Report)
    assert (text.url, text.text) == ("https://orla.example/a.txt", "The council met.")
    assert len(read(Fetched("https://orla.example/a.warc.gz", archive(), "application/gzip"))) == 2


@pytest.mark.parametrize(
    ("data", "kind", "word"),
    [
        (b"%PDF-1.7", "application/pdf", "PDF"),
        (b"\x89PNG\r\n", "text/html", "picture"),
        (OPML, "text/xml", "diurna watch"),
        (b"<html><body></body></html>", "text/html", "main text"),
        (b"", "text/html", ""),
    ],
)
def test_what_is_no_report_says_so(data: bytes, kind: str, word: str) -> None:
    (found,) = read(Fetched("https://orla.example/x", data, kind))
    assert isinstance(found, SourceFailure)
    assert word in found.reason


def test_an_address_that_cannot_be_fetched_stops_nothing(tmp_path: Path) -> None:
    def fetch(address: str, seen: Seen | None = None) -> Fetched:
        raise FetchError("there is nothing at it (HTTP 404)", address, status=404)

    text = tmp_path / "a.txt"
    text.write_text("The council met.", encoding="utf-8")
    failed, good = read_sources(["https://orla.example/", text], ReadOptions(fetch=fetch))
    assert failed == SourceFailure("https://orla.example/", "fetch", "there is nothing at it (HTTP 404)")
    assert isinstance(good, Report)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8080/", "https://localhost/a", "http://169.254.169.254/latest", "HTTP://[::1]/"]
)
def test_the_door_that_is_used_where_no_other_is_named_is_guarded(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: pytest.fail("a name was asked for"))
    monkeypatch.setattr(socket, "create_connection", lambda *args, **kwargs: pytest.fail("a connection was made"))
    reader.the_door.cache_clear()
    (found,) = read_sources([address])
    assert isinstance(found, SourceFailure)
    assert found.stage == "fetch"


def test_a_real_server_is_read_through_the_door() -> None:
    with serving(lambda path, to: http(RSS.encode(), Content_Type="application/rss+xml")) as server:
        found = list(read_sources([f"{server.url}/feed"], ReadOptions(fetch=Fetcher(guard=LOOPBACK))))
    assert len(found) == 2
