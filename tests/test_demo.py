"""The demo's reports: whole rows, an invented world, days that fall on their weekdays, and a correction and a copy."""

from __future__ import annotations

import datetime as dt
import json
import re
from difflib import SequenceMatcher
from importlib import resources

import pytest

FIELDS = {"id", "title", "text", "url", "outlet", "author", "published", "language"}
FOLDER = resources.files("diurna").joinpath("demo")
ROWS = [json.loads(line) for line in FOLDER.joinpath("reports.jsonl").read_text(encoding="utf-8").splitlines()]
BY_ID = {row["id"]: row for row in ROWS}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.mark.parametrize("row", ROWS, ids=list(BY_ID))
def test_a_row_is_whole_and_as_long_as_a_wire_report(row: dict[str, str]) -> None:
    assert set(row) == FIELDS
    assert 180 <= len(row["text"].split()) <= 350
    assert re.fullmatch(r"https://[a-z]+\.example/[a-z0-9/-]+", row["url"])
    assert row["language"] == "en"
    if row["published"]:
        dt.datetime.fromisoformat(row["published"])


def test_three_outlets_fifteen_reports_six_weeks() -> None:
    assert len(BY_ID) == len(ROWS) == 15
    assert len({row["outlet"] for row in ROWS}) == 3
    days = [dt.date.fromisoformat(row["published"][:10]) for row in ROWS if row["published"]]
    assert days == sorted(days)
    assert (days[-1] - days[0]).days > 35


@pytest.mark.parametrize("row", ROWS, ids=list(BY_ID))
def test_named_days_fall_on_their_weekdays(row: dict[str, str]) -> None:
    for weekday, day, month in re.findall(rf"({'|'.join(DAYS)}), (\d+) ({'|'.join(MONTHS)})", row["text"]):
        assert DAYS[dt.date(2024, MONTHS.index(month) + 1, int(day)).weekday()] == weekday


def test_one_report_is_corrected_under_its_own_address() -> None:
    first, second = BY_ID["demo-07"], BY_ID["demo-08"]
    assert first["url"] == second["url"]
    assert first["text"] != second["text"]
    assert "Correction:" in second["text"]


def test_one_report_is_taken_over_by_another_outlet_nearly_word_for_word() -> None:
    first, copy = BY_ID["demo-07"], BY_ID["demo-09"]
    assert first["outlet"] != copy["outlet"]
    assert first["text"] != copy["text"]
    assert SequenceMatcher(None, first["text"].split(), copy["text"].split()).ratio() > 0.85


def test_one_report_has_no_date_but_its_text_gives_one() -> None:
    undated = [row for row in ROWS if row["published"] is None]
    assert len(undated) == 1
    assert "Monday, 22 April" in undated[0]["text"]


def test_the_readme_beside_them_says_that_all_is_invented_and_lists_each() -> None:
    page = FOLDER.joinpath("README.md").read_text(encoding="utf-8")
    assert "invented" in page
    for row in ROWS:
        assert f"| {row['id']} |" in page
