"""Who may do what: every address of the room's own table of routes, asked by nobody and by each role.

The table below must name every route, so that a new one is thought about; what it says is tried on each.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from fastapi.testclient import TestClient

from diurna.ledger.store import Ledger
from diurna.web.accounts import Accounts
from diurna.web.app import create_app
from diurna.web.room import RoomOptions
from tests.web.asking import json_of, token_of

Who = Literal["anybody", "reader", "reviewer", "keeper"]
PASSWORD = "a long password"  # noqa: S105 - of the tests' own accounts
RANK = {"nobody": 0, "reader": 1, "reviewer": 2, "keeper": 3}

WANTED: dict[tuple[str, str], Who] = {
    ("GET", "/"): "reader",
    ("GET", "/reports"): "reader",
    ("GET", "/reports/{report}"): "reader",
    ("GET", "/reports/{report}/changes"): "reader",
    ("GET", "/cite/{record}"): "reader",
    ("GET", "/search"): "reader",
    ("GET", "/help"): "reader",
    ("GET", "/actors"): "reader",
    ("GET", "/actors/{name:path}/merge"): "reader",
    ("GET", "/actors/{name:path}"): "reader",
    ("GET", "/timeline"): "reader",
    ("GET", "/network"): "reader",
    ("GET", "/map"): "reader",
    ("GET", "/charts"): "reader",
    ("GET", "/charts/{name:path}"): "reader",
    ("GET", "/gaps"): "reader",
    ("GET", "/gaps/{gap}"): "reader",
    ("GET", "/commitments"): "reader",
    ("GET", "/review"): "reader",
    ("GET", "/stories"): "reader",
    ("GET", "/stories/{story}"): "reader",
    ("GET", "/journal"): "reader",
    ("GET", "/runs"): "reader",
    ("GET", "/dossiers"): "reader",
    ("POST", "/read"): "reader",
    ("POST", "/judge"): "reviewer",
    ("POST", "/accounts"): "keeper",
    ("GET", "/login"): "anybody",
    ("POST", "/login"): "anybody",
    ("POST", "/logout"): "anybody",
    ("GET", "/openapi.json"): "anybody",
}
"""The least role for each address. `/read` with `keep` or an address wants a keeper: tried apart."""

POSTED = sorted(path for method, path in WANTED if method == "POST")


def routes_of(router: Any) -> Iterator[tuple[str, str]]:
    """Every method and path the application answers, the static files aside; HEAD is answered as GET is."""
    for route in router.routes:
        inner = getattr(route, "original_router", None)  # FastAPI keeps routers it includes whole, since 0.130 or so
        if inner is not None:
            yield from routes_of(inner)
        elif route.path != "/static":
            yield from ((method, route.path) for method in route.methods - {"HEAD"})


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Accounts:
    made = Accounts(tmp_path_factory.mktemp("people") / "accounts.json")
    for role in ("reader", "reviewer", "keeper"):
        made.put(role, role, PASSWORD, "tests")  # type: ignore[arg-type]
    return made


@pytest.fixture(scope="module")
def opened(demo_ledger: Path, accounts: Accounts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("authorisation") / "copy.db"
    with Ledger(demo_ledger) as kept:
        kept.backup(path)
    app = create_app(RoomOptions(str(path), engine="rules", users=accounts.path, fetch=nothing))
    with TestClient(app, base_url="http://localhost") as one:
        yield one


@pytest.fixture
def room(opened: TestClient) -> TestClient:
    opened.cookies.clear()
    return opened


def nothing(address: str, seen: object = None) -> Any:
    from diurna.errors import FetchError

    raise FetchError("tests fetch nothing", address)


def test_every_route_is_in_the_table_and_no_other() -> None:
    assert set(routes_of(create_app(RoomOptions("nowhere.db")))) == set(WANTED)


def log_in(room: TestClient, who: str) -> None:
    if who != "nobody":
        form = {"name": who, "password": PASSWORD, "token": token_of(room, "/login")}
        assert room.post("/login", data=form, follow_redirects=False).status_code == 303


def filled(path: str) -> str:
    """A path with names that stand for nothing: who may not ask must not learn whether there is anything."""
    for part in ("{report}", "{record}", "{gap}", "{story}", "{name:path}"):
        path = path.replace(part, "no-such-thing")
    return path


FORMS = {
    "/read": {"text": "Mara Venn said that the ferry would sail."},
    "/judge": {"record": "gp-none", "verdict": "accept"},
    "/accounts": {"name": "somebody new", "role": "reader", "password": PASSWORD},
    "/login": {"name": "nobody at all", "password": "wrong"},
}


@pytest.mark.parametrize("who", list(RANK))
def test_each_role_reaches_what_it_may_and_nothing_else(room: TestClient, who: str) -> None:
    for (method, path), wanted in WANTED.items():
        room.cookies.clear()
        log_in(room, who)
        may = wanted == "anybody" or RANK[who] >= RANK[wanted]
        if method == "GET":
            page = room.get(filled(path), follow_redirects=False)
            told = room.get(filled(path), headers={"Accept": "application/json"}, follow_redirects=False)
            seen = {page.status_code, told.status_code}
            where = page.headers.get("location", "")
            if may:
                assert seen <= {200, 400, 404}, (who, path, seen)
            else:
                assert (page.status_code, where.split("?")[0], told.status_code) == (303, "/login", 401), (who, path)
                assert "no-such-thing" not in page.text
        else:
            form = {"token": token_of(room, "/login"), **FORMS.get(path, {})}
            sent = room.post(path, data=form, follow_redirects=False)
            if may:
                expected = {"/read": 200, "/judge": 400, "/accounts": 303, "/login": 403, "/logout": 303}[path]
                assert sent.status_code == expected, (who, path, sent.status_code)
            elif who == "nobody":
                assert (sent.status_code, sent.headers["location"]) == (303, "/login"), path
            else:
                assert sent.status_code == 403, (who, path)


@pytest.mark.parametrize("form", [{"keep": "1"}, {"address": "https://wire.example/a", "text": ""}])
@pytest.mark.parametrize(("who", "may"), [("reader", False), ("reviewer", False), ("keeper", True)])
def test_keeping_and_fetching_want_a_keeper(room: TestClient, who: str, may: bool, form: dict[str, str]) -> None:
    log_in(room, who)
    before = len(json_of(room, "/reports")["reports"])
    sent = room.post("/read", data={**FORMS["/read"], "token": token_of(room), **form}, follow_redirects=False)
    refused = sent.status_code == 403
    assert refused is not may
    kept = len(json_of(room, "/reports")["reports"]) - before
    assert kept == int(may and "keep" in form)


@pytest.mark.parametrize("path", POSTED)
def test_no_form_works_without_its_word_or_from_another_site(room: TestClient, path: str) -> None:
    log_in(room, "keeper")
    form = FORMS.get(path, {})
    for token in ("", "0" * 64, "\u00e9", "a" * 100_000):
        assert room.post(path, data={**form, "token": token}).status_code == 403, token[:20]
    form = {**form, "token": token_of(room)}
    for site in ("cross-site", "same-site", "nonsense"):
        assert room.post(path, data=form, headers={"Sec-Fetch-Site": site}).status_code == 403, site


def test_a_word_of_one_session_is_of_no_use_in_another(room: TestClient) -> None:
    log_in(room, "keeper")
    theirs = token_of(room)
    room.cookies.clear()
    log_in(room, "reader")
    assert room.post("/read", data={**FORMS["/read"], "token": theirs}).status_code == 403


def test_a_role_taken_away_is_gone_at_once(room: TestClient, accounts: Accounts) -> None:
    accounts.put("mara", "keeper", PASSWORD, "tests")
    log_in(room, "mara")
    form = {"token": token_of(room), **FORMS["/accounts"]}
    assert room.post("/accounts", data=form, follow_redirects=False).status_code == 303
    accounts.put("mara", "reader", PASSWORD, "tests")
    assert room.post("/accounts", data=form, follow_redirects=False).status_code == 403
    accounts.drop("mara", "tests")


@pytest.mark.parametrize("cookie", [b"", b"x", b"../../etc", b"\xc3\xa9", b"a" * 5000])
def test_a_made_up_session_is_nobodys(room: TestClient, cookie: bytes) -> None:
    sent = room.get("/", headers={"Cookie": b"diurna=" + cookie}, follow_redirects=False)
    assert (sent.status_code, sent.headers["location"].split("?")[0]) == (303, "/login")
