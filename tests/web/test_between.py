"""Pages of what holds between reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from diurna.flow.linking import link
from diurna.ledger.store import Ledger
from diurna.web.app import create_app
from diurna.web.room import RoomOptions
from tests.link.test_across import DEED, DENIAL, PROMISE, UNDONE, read
from tests.web.asking import json_of, token_of

DONE = ("2031-05-20", "Norrow opened the Siskin canal on Tuesday.")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[TestClient]:
    """A visitor of a room over four reports of ours that do not go together, and one that does."""
    path = tmp_path / "between.db"
    with Ledger(path) as ledger:
        ledger.add([read(*row) for row in (PROMISE, DONE, UNDONE, DENIAL, DEED)])
        list(link(ledger))
    with TestClient(create_app(RoomOptions(str(path), by="ana", engine="rules")), base_url="http://localhost") as one:
        yield one


def test_a_gap_between_reports_is_listed_and_shows_both_texts(room: TestClient) -> None:
    rows = json_of(room, "/gaps?kind=denied_deed")["gaps"]
    assert len(rows) == 1
    key = rows[0]["id"]
    page = room.get(f"/gaps/{key}")
    assert page.status_code == 200
    assert "denied" in page.text
    assert "court records show" in page.text
    told = json_of(room, f"/gaps/{key}")
    assert (told["left"]["report"]["day"], told["right"]["report"]["day"]) == ("2032-02-02", "2032-02-09")
    assert told["apart"] == "7 days later"


def test_it_can_be_judged(room: TestClient) -> None:
    key = json_of(room, "/gaps?kind=denied_deed")["gaps"][0]["id"]
    form = {"record": key, "verdict": "reject", "token": token_of(room, f"/gaps/{key}"), "back": "/gaps"}
    room.post("/judge", data=form)
    assert json_of(room, "/gaps?kind=denied_deed")["gaps"] == []
    assert json_of(room, f"/gaps/{key}")["judgements"][0]["verdict"] == "reject"


def test_the_board_says_what_became_of_a_commitment(room: TestClient) -> None:
    columns = {name: rows for name, rows in json_of(room, "/commitments")["columns"] if rows}
    assert "kept" in columns


def test_stories_are_those_the_ledger_keeps(room: TestClient) -> None:
    stories = json_of(room, "/stories")["stories"]
    assert sum(len(one["reports"]) for one in stories) == 5
    assert room.get(f"/stories/{stories[0]['id']}").status_code == 200
