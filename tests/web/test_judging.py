"""Judging: accept, reject, undo; merge and split; the queue, precision and agreement; who may do what."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from diurna.errors import UsageError
from diurna.ledger.store import Ledger
from diurna.model.span import Span
from diurna.web.accounts import Accounts, Sessions
from diurna.web.app import create_app
from diurna.web.room import RoomOptions
from diurna.web.routes_judge import in_context, wilson
from tests.web.asking import a_gap, json_of, token_of

PASSWORD = "a long password"  # noqa: S105 - of the tests' own accounts


def judge(client: TestClient, record: str, verdict: str, **more: str) -> int:
    form = {"token": token_of(client), "record": record, "verdict": verdict, **more}
    return client.post("/judge", data=form, follow_redirects=False).status_code


def test_a_gap_is_accepted_undone_and_rejected_with_its_reason_kept(client: TestClient) -> None:
    gap = a_gap(client)
    assert judge(client, gap, "accept", why="both quotes are plain") == 303
    assert json_of(client, f"/gaps/{gap}")["gap"]["review"] == "accepted"
    assert judge(client, gap, "undo") == 303
    assert json_of(client, f"/gaps/{gap}")["gap"]["review"] == "open"
    assert judge(client, gap, "reject") == 303
    page = json_of(client, f"/gaps/{gap}")
    assert page["gap"]["review"] == "rejected"
    assert [(one["verdict"], one["by"], one["undone"]) for one in page["judgements"]] == [
        ("accept", "ana", True), ("undo", "ana", False), ("reject", "ana", False),
    ]  # fmt: skip
    assert gap not in [one["id"] for one in json_of(client, "/gaps")["gaps"]]
    assert gap in [one["id"] for one in json_of(client, "/gaps?review=rejected")["gaps"]]


def test_records_are_judged_too_and_the_report_shows_it(client: TestClient) -> None:
    report = json_of(client, "/reports")["reports"][0]["id"]
    record = json_of(client, f"/reports/{report}")["statements"][0]["id"]
    assert judge(client, record, "reject") == 303
    assert [record, "reject"] in json_of(client, f"/reports/{report}")["reviews"]
    assert json_of(client, f"/cite/{record}")["record"] == record


def test_the_queue_shrinks_and_precision_is_counted(client: TestClient, ledger: Path) -> None:
    before = json_of(client, "/review")
    kept, dropped = (one["id"] for one in before["queue"][:2])
    judge(client, kept, "accept")
    judge(client, dropped, "reject")
    with Ledger(ledger) as other:
        other.judge(kept, "accept", by="ben")
        other.judge(dropped, "accept", by="ben")
    after = json_of(client, "/review")
    assert after["waiting"] == before["waiting"] - 2
    assert sum(one["judged"] for one in after["precision"]) == 4
    assert sum(one["accepted"] for one in after["precision"]) == 3
    assert (after["agreement"], after["twice"]) == (0.5, 2)
    assert dict(after["people"]) == {"ana": 2, "ben": 2}


def test_wilsons_interval_is_the_known_one() -> None:
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.49, 0.943)
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("verdict", "status"), [("liar", 400), ("undo", 400), ("same", 400)])
def test_a_judgement_that_cannot_be_is_refused(client: TestClient, verdict: str, status: int) -> None:
    assert judge(client, a_gap(client), verdict) == status
    assert judge(client, "gp-nothing", "accept") == 400


def test_the_past_cannot_be_judged(client: TestClient) -> None:
    form = {"token": token_of(client), "record": a_gap(client), "verdict": "accept"}
    assert client.post("/judge?as=2030-01-01", data=form).status_code == 400
    assert 'action="/judge"' not in client.get(f"/gaps/{form['record']}?as=2099-01-01").text


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example", "/a\nb"])
def test_a_form_cannot_lead_out_of_the_room(client: TestClient, back: str) -> None:
    form = {"token": token_of(client), "record": a_gap(client), "verdict": "accept", "back": back}
    assert client.post("/judge", data=form, follow_redirects=False).headers["location"] == "/"


def test_two_actors_are_merged_and_split_again(client: TestClient) -> None:
    one, two = "Harrow Front", "the Front’s commanders"
    names = [row["name"] for row in json_of(client, "/actors/Harrow%20Front")["alike"]]
    two = two if two in names else names[0]
    page = json_of(client, f"/actors/{one}/merge?other={two}")
    assert page["verdict"] == "same"
    words = len(json_of(client, f"/actors/{one}")["statements"])
    more = page["two"]["statements"]
    assert judge(client, page["one_record"], "same", other=page["two_record"]) == 303
    merged = json_of(client, f"/actors/{one}")
    assert [row["name"] for row in merged["same"]] == [two]
    assert len(merged["statements"]) == min(30, words + more)
    assert [row["name"] for row in json_of(client, f"/actors/{two}")["same"]] == [one]
    assert json_of(client, f"/actors/{one}/merge?other={two}")["verdict"] == "different"
    assert judge(client, page["one_record"], "different", other=page["two_record"]) == 303
    assert json_of(client, f"/actors/{one}")["same"] == []
    assert len(json_of(client, f"/actors/{one}")["statements"]) == words


def test_context_is_cut_between_words_and_keeps_the_paragraph() -> None:
    text = "First line.\n\n" + "alpha beta gamma " * 5 + "THE QUOTE" + " delta epsilon" * 5 + ".\n\nLast line."
    at = text.index("THE QUOTE")
    before, quote, after = in_context(text, Span(at, at + 9), 15)
    assert quote == "THE QUOTE"
    assert before == "… beta gamma "
    assert after == " delta epsilon …"
    whole = in_context(text, Span(at, at + 9), 500)
    assert whole[0].startswith("alpha")
    assert whole[2].endswith("epsilon.")


# --- accounts


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path / "accounts.json")
    for role in ("reader", "reviewer", "keeper"):
        made.put(f"the {role}", role, PASSWORD, "tests")  # type: ignore[arg-type]
    return made


@pytest.fixture
def room(ledger: Path, accounts: Accounts) -> Iterator[TestClient]:
    options = RoomOptions(str(ledger), engine="rules", users=accounts.path)
    with TestClient(create_app(options), base_url="http://localhost") as client:
        yield client


def log_in(client: TestClient, name: str, password: str = PASSWORD) -> int:
    form = {"token": token_of(client, "/login"), "name": name, "password": password}
    return client.post("/login", data=form, follow_redirects=False).status_code


def test_nobody_looks_without_logging_in(room: TestClient) -> None:
    for path in ("/", "/reports", "/gaps", "/search?q=a", "/charts/weeks.csv", "/journal", "/runs"):
        sent = room.get(path, follow_redirects=False)
        assert (sent.status_code, sent.headers["location"].split("?")[0]) == (303, "/login"), path
        assert room.get(path, headers={"Accept": "application/json"}).status_code == 401


def test_each_role_may_do_its_own_and_no_more(room: TestClient, ledger: Path) -> None:
    gap = ""
    for role, judges, keeps in (("reader", 403, 403), ("reviewer", 303, 403), ("keeper", 303, 303)):
        assert log_in(room, f"the {role}") == 303
        gap = a_gap(room)
        assert judge(room, gap, "accept") == judges
        form = {"token": token_of(room), "text": f"Mara Venn said the {role} came.", "keep": "1"}
        assert room.post("/read", data=form, follow_redirects=False).status_code == keeps
        account = {"token": token_of(room), "name": "new one", "role": "reader", "password": PASSWORD}
        assert room.post("/accounts", data=account, follow_redirects=False).status_code == keeps
        assert room.post("/logout", data={"token": token_of(room)}, follow_redirects=False).status_code == 303
    assert [one.by for one in Ledger(ledger).view().judgements(gap)] == ["the reviewer", "the keeper"]


def test_a_wrong_password_is_refused_and_many_must_wait(room: TestClient) -> None:
    assert log_in(room, "the keeper", "wrong password") == 403
    assert log_in(room, "nobody", PASSWORD) == 403
    for _ in range(8):
        log_in(room, "the keeper", "wrong password")
    assert log_in(room, "the keeper") == 429
    assert log_in(room, "the reader") == 303


def test_a_session_word_from_before_the_log_in_is_of_no_use_after_it(room: TestClient) -> None:
    room.get("/login")
    before = room.cookies["diurna"]
    assert log_in(room, "the reader") == 303
    assert room.cookies["diurna"] != before
    assert "httponly" in room.get("/login").headers.get("set-cookie", "httponly").lower()


def test_an_account_that_is_taken_out_is_out_at_once(room: TestClient, accounts: Accounts) -> None:
    assert log_in(room, "the reader") == 303
    assert room.get("/", follow_redirects=False).status_code == 200
    accounts.drop("the reader", "tests")
    assert room.get("/", follow_redirects=False).status_code == 303


def test_log_ins_expire() -> None:
    sessions = Sessions(0.0)
    assert sessions.user(sessions.begin("ana")) is None
    lasting = Sessions(60.0)
    word = lasting.begin("ana")
    assert lasting.user(word) == "ana"
    lasting.end(word)
    assert lasting.user(word) is None


def test_the_accounts_file_holds_argon2_hashes_only_its_owner_reads(accounts: Accounts) -> None:
    text = accounts.path.read_text(encoding="utf-8")
    assert PASSWORD not in text
    assert text.count("$argon2id$") == 3
    for path in (accounts.path, accounts.journal_path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_journal_says_who_logged_in_and_who_judged(room: TestClient) -> None:
    log_in(room, "the keeper", "wrong password")
    log_in(room, "the keeper")
    judge(room, a_gap(room), "accept")
    page = json_of(room, "/journal")
    assert [line[2] for line in page["lines"]][:2] == ["log-in", "log-in failed"]
    assert page["judgements"][0]["by"] == "the keeper"
    room.post("/logout", data={"token": token_of(room)})
    log_in(room, "the reader")
    assert json_of(room, "/journal")["lines"] == []


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [("", "reader", PASSWORD), ("a\nb", "reader", PASSWORD), ("a", "king", PASSWORD), ("a", "reader", "short")],
)
def test_an_account_that_cannot_be_is_refused(accounts: Accounts, name: str, role: str, password: str) -> None:
    with pytest.raises(UsageError):
        accounts.put(name, role, password, "tests")  # type: ignore[arg-type]


def test_a_file_that_holds_no_accounts_is_refused(tmp_path: Path) -> None:
    for said in ("{", "[]", '{"accounts": [{"name": "a", "role": "king", "secret": ""}]}'):
        (tmp_path / "a.json").write_text(said, encoding="utf-8")
        with pytest.raises(UsageError):
            Accounts(tmp_path / "a.json")
