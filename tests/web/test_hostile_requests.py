"""Requests made to break the room: names, paths, sizes, methods, words of forms, cursors, moments, log-ins."""

from __future__ import annotations

import http.client
import logging
import re
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from diurna.ledger.store import Ledger
from diurna.web.accounts import Accounts, Sessions, TooManyTriesError, Tries
from diurna.web.app import create_app
from diurna.web.room import RoomOptions
from tests.web.asking import json_of, token_of
from tests.web.serving import open_room

PASSWORD = "a long password"  # noqa: S105 - of the tests' own accounts
INSIDES = re.compile(r"Traceback|File \"|site-packages|sqlalchemy|sqlite3|SELECT \w|Error:|/secret")


@pytest.fixture(scope="module")
def kept(demo_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("requests") / "copy.db"
    with Ledger(demo_ledger) as ledger:
        ledger.backup(path)
    return path


@pytest.fixture(scope="module")
def room(kept: Path) -> Iterator[TestClient]:
    app = create_app(RoomOptions(str(kept), by="ana", engine="rules"))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as one:
        yield one


def is_refused(got: Any, *statuses: int) -> None:
    """Refused in a page of the room's own, with its headers, that shows nothing of the inside."""
    assert got.status_code in statuses, got.status_code
    assert got.headers["content-security-policy"].startswith("default-src 'none'")
    assert got.headers["x-content-type-options"] == "nosniff"
    assert not INSIDES.search(got.text), INSIDES.search(got.text)


@pytest.mark.parametrize("host", [
    "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:8620", "[::2]", "", " ",
    "localhost@evil.example", "localhost evil.example", "127.0.0.2", "2130706433", "localhost.",
])  # fmt: skip
def test_a_name_that_is_not_ours_is_refused(room: TestClient, host: str) -> None:
    is_refused(room.get("/", headers={"Host": host}), 421)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "localhost:8620", "127.0.0.1", "[::1]", "[::1]:8620"])
def test_our_names_are_answered_to(room: TestClient, host: str) -> None:
    assert room.get("/help", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("path", [
    "/static/../app.py", "/static/..%2fapp.py", "/static/%2e%2e/app.py", "/static/....//app.py", "/static//etc/passwd",
    "/static/..%5capp.py", "/static/", "/static", "/static/.", "/static/%00",
    "/..%2f..%2fetc/passwd",
    "/reports/..%2f..%2fetc%2fpasswd", "/cite/%00", "/gaps/%ff%fe", "/actors/%00/merge?other=%00", "/charts/%00.svg",
    "/charts/../../etc/passwd.svg", "/charts/actor/..%2f..%2fx.svg", "/.env", "/.git/config", "/docs", "/redoc",
    "/openapi.json/x", "/reports/%2e%2e%2fjournal", "/" + "a" * 9000, "/stories/" + "%27%20OR%201=1",
])  # fmt: skip
def test_a_path_leads_nowhere_it_should_not(room: TestClient, path: str) -> None:
    got = room.get(path, follow_redirects=False)
    assert "root:" not in got.text
    if got.status_code != 307:  # a slash too many leads to the same without it
        is_refused(got, 400, 404, 405)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "CONNECT", "PROPFIND", "GETX"])
@pytest.mark.parametrize("path", ["/", "/judge", "/reports/x"])
def test_other_methods_are_refused(room: TestClient, method: str, path: str) -> None:
    got = room.request(method, path)
    is_refused(got, 405)
    assert got.headers["allow"]


def test_head_is_answered_like_get_without_a_body(room: TestClient) -> None:
    got = room.head("/reports")
    assert (got.status_code, got.text) == (200, "")
    assert room.head("/nowhere").status_code == 404


@pytest.mark.parametrize("query", [
    "after=junk", "after=%00", "after=eyJ9", "after=" + "A" * 4000, "since=2024-13-01", "since=0000-00-00",
    "since=%00", "until=9999999-01-01", "since=-1", "as=tomorrow", "as=%00", "as=2024-02-30", "as=9999-12-31T99",
    "version=abc", "since=2024-01-01T00:00:00", "until=0001-01-01", "since=9999-12-30&until=9999-12-31",
    "since=0001-01-01&until=9999-12-31",
])  # fmt: skip
@pytest.mark.parametrize("path", ["/reports", "/search?q=a", "/gaps", "/timeline", "/charts", "/charts/week.svg"])
def test_a_question_that_cannot_be_is_no_fault_of_the_room(room: TestClient, path: str, query: str) -> None:
    got = room.get(f"{path}{'&' if '?' in path else '?'}{query}")
    assert got.status_code in (200, 400, 404)
    assert not INSIDES.search(got.text)


@pytest.mark.parametrize("words", [
    "(" * 3000, '"' * 2001, "a" * 50_000, "NOT " * 2000, "* * *", "AND", '"', "a AND (b OR", "\u0000", "%", "_", "\\",
    "-" * 500, "a*" * 500, "\ud83d".encode("utf-8", "replace").decode(),
])  # fmt: skip
def test_words_made_to_break_the_search_find_nothing_and_break_nothing(room: TestClient, words: str) -> None:
    for where in ("statements", "events", "reports"):
        got = room.get("/search", params={"q": words, "where": where})
        assert got.status_code in (200, 400)
        assert not INSIDES.search(got.text)


def test_what_is_too_much_is_refused_before_it_is_read(room: TestClient) -> None:
    is_refused(room.post("/read", content=b"x" * 4_000_001), 413)
    got = room.post("/read", content=(b"x" * 500_000 for _ in range(9)), headers={"Content-Type": "text/plain"})
    is_refused(got, 400, 403, 413)


@pytest.mark.parametrize("length", ["-1", "1e9", "abc", "99999999999999999999999999", "4000001", "0x10"])
def test_a_length_that_is_none_is_refused(room: TestClient, length: str) -> None:
    is_refused(room.post("/judge", content=b"", headers={"Content-Length": length}), 400, 413)


@pytest.mark.parametrize("kind", [
    "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x", "application/json",
    "application/x-www-form-urlencoded; charset=nonsense", "text/plain", "",
])  # fmt: skip
def test_a_body_that_is_no_form_is_refused(room: TestClient, kind: str) -> None:
    for body in (b"", b"{", b"--x\r\nnonsense", b"token=%ff%fe&text=%00", b"\x00\xff" * 500):
        is_refused(room.post("/read", content=body, headers={"Content-Type": kind}), 400, 403)


def test_a_form_of_very_many_fields_is_refused(room: TestClient) -> None:
    body = "&".join(f"f{n}=1" for n in range(20_000))
    got = room.post("/judge", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    is_refused(got, 400, 403)


@pytest.mark.parametrize("record", ["", "gp-none", "' OR 1=1 --", "\x00", "a" * 50_000, "st-", "../x", "\u202e"])
def test_a_judgement_of_nothing_changes_nothing(room: TestClient, record: str) -> None:
    before = len(json_of(room, "/journal")["judgements"])
    form = {"token": token_of(room), "record": record, "verdict": "accept", "why": "x"}
    is_refused(room.post("/judge", data=form), 400)
    assert len(json_of(room, "/journal")["judgements"]) == before


@pytest.mark.parametrize("back", [
    "https://evil.example/", "//evil.example", "/\\evil.example", "/a\nb", "/a\r\nSet-Cookie: x=y",
    "javascript:alert(1)",
    "\t//evil.example", "http:evil.example", "\\\\evil.example",
])  # fmt: skip
def test_a_form_leads_nowhere_else(room: TestClient, back: str) -> None:
    gap = json_of(room, "/gaps")["gaps"][0]["id"]
    form = {"token": token_of(room), "record": gap, "verdict": "accept", "back": back}
    got = room.post("/judge", data=form, follow_redirects=False)
    assert (got.status_code, got.headers["location"]) == (303, "/")
    assert "x" not in got.cookies


@pytest.mark.parametrize("address", [
    "file:///etc/passwd", "/etc/passwd", "-", "*", "ftp://wire.example/a", "javascript:alert(1)", "gopher://127.0.0.1/",
    "http://127.0.0.1/", "http://localhost:8620/", "http://[::1]/", "http://169.254.169.254/latest/meta-data/",
    "http://2130706433/", "http://0x7f.1/", "http://user:word@wire.example/", "http://", "https://", "http:///x",
    "http://10.0.0.1/", "http://192.168.1.1/", "HTTP://127.1/", "http://[::ffff:127.0.0.1]/", "data:text/plain,x",
])  # fmt: skip
def test_an_address_that_is_never_fetched_is_refused(room: TestClient, address: str) -> None:
    got = room.post("/read", data={"token": token_of(room), "address": address, "keep": "1"})
    assert got.status_code == 400
    assert "root:" not in got.text


@pytest.mark.parametrize("body", [
    b"", b"\xff\xff\x00\x80", b"%PDF-1.7", b"PK\x03\x04", b"\x89PNG\r\n", b"\x1f\x8b\x08\x00", b"PAR1", b"WARC/1.0\r\n",
    b"<html>" + b"<div>" * 20_000, b'{"text": ' * 5000, b"SQLite format 3\x00", b"id,text\n" + b"1," * 50_000,
])  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused(room: TestClient, body: bytes) -> None:
    files = {"file": ("../../<img src=x>.txt", body)}
    got = room.post("/read", data={"token": token_of(room)}, files=files)
    assert got.status_code == 400
    assert "<img" not in got.text


# --- faults show nothing of the inside


def test_a_fault_nobody_thought_of_shows_a_page_and_logs_no_text(
    room: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from diurna.ledger import tallies

    def broken(*_: object) -> None:
        raise RuntimeError("a secret passage of a report")

    monkeypatch.setattr(tallies, "judged", broken)
    with caplog.at_level(logging.ERROR):
        got = room.get("/review")
    is_refused(got, 500)
    assert "secret" not in got.text
    assert "secret" not in caplog.text
    assert "RuntimeError" in caplog.text


def test_a_ledger_that_breaks_says_so_and_in_rooms_with_accounts_no_more(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from diurna.ledger import between

    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error at /secret/place")

    accounts = Accounts(tmp_path / "accounts.json")
    accounts.put("mara", "keeper", PASSWORD, "tests")
    for users in (None, accounts.path):
        app = create_app(RoomOptions(str(kept), users=users))
        with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as one:
            if users:
                form = {"name": "mara", "password": PASSWORD, "token": token_of(one, "/login")}
                one.post("/login", data=form)
            with monkeypatch.context() as patch:
                patch.setattr(between, "any_gaps_page", broken)
                got = one.get("/gaps")
            is_refused(got, 500, 503)
            assert one.get("/gaps").status_code == 200


# --- log-ins


def test_log_ins_that_fail_too_often_wait_by_name_and_by_place(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.json")
    accounts.put("mara", "reader", PASSWORD, "tests")
    for _ in range(8):
        assert accounts.check("mara", "wrong", "10.1.1.1") is None
    with pytest.raises(TooManyTriesError):
        accounts.check("mara", PASSWORD, "10.1.1.2")
    for number in range(32):
        assert accounts.check(f"name {number}", "wrong", "10.1.1.1") is None
    with pytest.raises(TooManyTriesError):
        accounts.check("name 99", "wrong", "10.1.1.1")
    assert accounts.check("name 99", "wrong", "10.1.1.3") is None


def test_who_waits_is_told_how_long(kept: Path, tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.json")
    accounts.put("mara", "reader", PASSWORD, "tests")
    with TestClient(create_app(RoomOptions(str(kept), users=accounts.path)), base_url="http://localhost") as one:
        form = {"name": "mara", "password": "wrong", "token": token_of(one, "/login")}
        answers = [one.post("/login", data=form) for _ in range(9)]
    assert [got.status_code for got in answers] == [403] * 8 + [429]
    assert answers[-1].headers["retry-after"] == "300"


def test_tries_are_forgotten_and_many_keys_take_little_room() -> None:
    tries = Tries(2, 0.0)
    tries.note("a")
    tries.note("a")
    assert not tries.too_many("a")
    many = Tries(1, 60.0)
    for number in range(20_000):
        many.note(str(number))
    assert many.too_many("19999")
    assert not many.too_many("0")


def test_visits_without_log_in_do_not_pile_up() -> None:
    sessions = Sessions(3600.0)
    word = sessions.begin("mara")
    for _ in range(25_000):
        sessions.begin(None)
    assert len(sessions) <= 20_001
    assert sessions.user(word) == "mara"


def test_too_many_texts_at_once_are_asked_to_come_again(room: TestClient) -> None:
    kept = room.app.state.room  # type: ignore[attr-defined]
    token = token_of(room)
    for _ in range(4):
        assert kept._queue.acquire(blocking=False)
    try:
        got = room.post("/read", data={"token": token, "text": "Mara Venn said the ferry sailed."})
    finally:
        for _ in range(4):
            kept._queue.release()
    is_refused(got, 429)
    assert got.headers["retry-after"] == "30"
    assert room.post("/read", data={"token": token, "text": "Mara Venn said it."}).status_code == 200


# --- through a real connection: what a client library would not send


@pytest.fixture(scope="module")
def port(kept: Path) -> Iterator[int]:
    with open_room(RoomOptions(str(kept))) as address:
        yield int(address.rpartition(":")[2])


@pytest.mark.parametrize("path", ["/reports/", "/gaps/", "/actors/", "/search/"])
def test_an_address_with_a_slash_too_many_is_not_sent_on_to_a_host(room: TestClient, path: str) -> None:
    got = room.get(path, follow_redirects=False)
    assert got.status_code == 404
    assert "location" not in got.headers


@pytest.mark.parametrize("sent", [
    b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    b"POST /judge HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /judge HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"X: " + b"a" * 200_000 + b"\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00", b"nonsense\r\n\r\n",
])  # fmt: skip
def test_a_request_that_is_none_harms_nothing(port: int, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as raw:
        answered = b""
        with suppress(ConnectionError):  # who sends what is far too much is cut off
            raw.sendall(sent)
            with suppress(OSError):  # it may have been cut off by now
                raw.shutdown(socket.SHUT_WR)
            while more := raw.recv(65_536):
                answered += more
    status = answered[9:12]
    assert status in (b"400", b"403", b"421", b"431", b"") or (status == b"200" and b"evil" not in answered)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/help")
    assert connection.getresponse().status == 200
    connection.close()
