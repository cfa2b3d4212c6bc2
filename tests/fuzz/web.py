"""Fuzzing what browsers send: never a server error, always the safe headers, nothing of the inside on any page."""

from __future__ import annotations

import atexit
import json
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi.testclient import TestClient
from hypothesis import assume
from hypothesis import strategies as st

from diurna.cli_serve import fill_demo
from diurna.settings import Settings
from diurna.web.app import create_app
from diurna.web.room import RoomOptions
from tests.fuzz.texts import any_text, days
from tests.web.asking import token_of

PATHS = (
    "/", "/reports", "/reports/{id}", "/reports/{id}/changes", "/cite/{id}", "/search", "/help", "/actors",
    "/actors/{id}",
    "/actors/{id}/merge", "/charts", "/charts/{id}.svg", "/charts/{id}.csv", "/charts/actor/{id}.svg", "/gaps",
    "/gaps/{id}",
    "/commitments", "/review", "/login", "/journal", "/runs", "/dossiers", "/stories", "/stories/{id}", "/timeline",
    "/network",
    "/map", "/openapi.json", "/static/{id}", "/reports.json", "/{id}",
)  # fmt: skip
FORMS = ("/read", "/judge", "/login", "/logout", "/accounts")
PARAMETERS = (
    "q", "where", "kind", "outlet", "actor", "since", "until", "after", "as", "state", "review", "other", "next",
    "back",
    "page", "sort", "order", "of", "by", "story", "clock", "left", "right",
)  # fmt: skip
FIELDS = (
    "text",
    "title",
    "published",
    "keep",
    "record",
    "verdict",
    "other",
    "why",
    "back",
    "name",
    "password",
    "role",
    "drop",
    "next",
)
WORDS = (
    "statements", "events", "reports", "gap", "unsure", "all", "kept", "open", "any", "accepted", "accept",
    "reject", "undo",
    "same", "different", "deny", "ASSAULT", "2030-03-02", "0000-00-00", "9999-12-31", "-1", "0", "1e9", "NaN", "weeks",
    "matrix", "network", "../../etc/passwd", "..%2f", "%00", "' OR 1=1 --", '"*" NEAR', "a*", "*", '"', "(", "{{7*7}}",
    "<script>", "//evil.example", "/\\evil", "Oren Tal", "\u202e", "st-00000000000000000000",
)  # fmt: skip

values = st.one_of(st.sampled_from(WORDS), st.text(max_size=40), days.map(str), any_text.map(lambda text: text[:3_000]))
queries = st.dictionaries(st.sampled_from(PARAMETERS), values, max_size=4)
gets = st.tuples(st.just("GET"), st.sampled_from(PATHS), values, queries, st.just({}), st.booleans())
posts = st.tuples(
    st.just("POST"),
    st.sampled_from(FORMS),
    values,
    queries,
    st.dictionaries(st.sampled_from(FIELDS), values, max_size=5),
    st.booleans(),
)
cases = st.one_of(gets, gets, posts)

_INSIDE = re.compile(r"Traceback|File \"|sqlite3?\.|sqlalchemy|\.py\b|psycopg|/site-packages/")


@cache
def _room() -> tuple[TestClient, str, tuple[str, ...]]:
    """A visitor of a room over the demo's reports, the word its forms bring, and ids that are there."""
    place = Path(tempfile.mkdtemp(prefix="diurna-fuzz-")) / "room.db"
    fill_demo(str(place), Settings(engine="rules"))
    room = create_app(RoomOptions(str(place), by="ana", engine="rules"))
    client = TestClient(room, base_url="http://localhost", raise_server_exceptions=False, follow_redirects=False)
    client.__enter__()
    atexit.register(client.__exit__, None, None, None)
    ids: list[str] = []
    for path, group in (("/reports", "reports"), ("/gaps", "gaps"), ("/stories", "stories")):
        rows = client.get(path, headers={"Accept": "application/json"}).json().get(group, [])
        ids += [row["id"] for row in rows[:5] if "id" in row]
    return client, token_of(client), tuple(ids)


_LONGEST = 60_000
"""Characters of an address: the client refuses to send longer ones, as the server refuses to take them."""


def prepare() -> None:
    """Load what is loaded once."""
    _room()


def check(case: tuple[str, str, str, dict[str, str], dict[str, str], bool]) -> None:
    """Ask, and look at the answer."""
    method, pattern, value, query, form, as_json = case
    client, token, ids = _room()
    chosen = ids[len(value) % len(ids)] if ids and len(value) % 2 else value
    path = pattern.replace("{id}", _quoted(chosen))
    headers = {"Accept": "application/json"} if as_json else {}
    given = {key: _sendable(one) for key, one in query.items()}
    assume(len(path) + len(urlencode(given)) < _LONGEST)
    if method == "GET":
        got = client.get(path, params=given, headers=headers)
    else:
        body = {key: _sendable(one) for key, one in form.items()} | ({"token": token} if len(value) % 4 else {})
        got = client.post(path, params=given, data=body, headers=headers)
    _check_answer(got, as_json)


def _check_answer(got: Any, as_json: bool) -> None:
    assert got.status_code < 500, f"{got.status_code} from {got.request.method} {got.request.url}: {got.text[:300]}"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in got.headers["content-security-policy"]
    location = got.headers.get("location", "/")
    assert re.match(r"/(?![/\\])", location), f"sent on to {location!r}"
    if got.status_code >= 400:
        assert not _INSIDE.search(got.text), got.text[:500]
    if "json" in got.headers.get("content-type", ""):
        json.loads(got.text)
    elif as_json and got.status_code == 200:
        assert not got.text.lstrip().startswith("<!doctype html"), (
            f"{got.request.url} gave a page where JSON was asked for"
        )


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _quoted(text: str) -> str:
    return quote(_sendable(text)[:200], safe="")
