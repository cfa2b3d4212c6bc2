"""Indices: counts by pair and week, what stays open, and the days weeks begin on."""

from __future__ import annotations

from pathlib import Path

import pytest

from diurna.flow.indices import COLUMNS, indices, monday
from diurna.flow.linking import link
from diurna.ledger.asking import Ask
from diurna.ledger.store import Ledger
from tests.link.test_across import DEED, DENIAL, PROMISE, read

ATTACK = ("2032-03-03", "Rebels killed 14 soldiers on Tuesday in Ketta. Rebels killed 9 soldiers on Tuesday in Selm.")
THREAT = ("2031-03-12", "The Copper Line threatened on Wednesday to blow up the Kettle tunnel.")


@pytest.fixture
def rows(tmp_path: Path) -> list[dict[str, str | int | None]]:
    with Ledger(tmp_path / "indices.db") as ledger:
        ledger.add([read(*row) for row in (PROMISE, THREAT, DENIAL, DEED, ATTACK)])
        list(link(ledger))
        return list(indices(ledger.view(), Ask()))


def test_a_row_has_all_columns_and_a_monday(rows: list[dict[str, str | int | None]]) -> None:
    assert rows
    assert all(tuple(row) == COLUMNS for row in rows)
    assert all(row["week"] == monday(str(row["week"])) for row in rows)
    assert rows == sorted(rows, key=lambda row: (str(row["week"]), str(row["actor"]), str(row["other"])))


def test_deeds_and_the_spread_of_numbers_are_counted(rows: list[dict[str, str | int | None]]) -> None:
    attacks = [row for row in rows if row["week"] == "2032-03-01" and row["deeds_4"]]
    assert sum(int(row["deeds_4"] or 0) for row in attacks) == 2
    assert {row["killed_low"] for row in attacks} | {row["killed_high"] for row in attacks} == {9, 14}


def test_a_threat_is_open_and_a_promise_overdue_at_the_ends_of_weeks(rows: list[dict[str, str | int | None]]) -> None:
    assert {row["week"] for row in rows if row["threats_open"]} >= {"2031-03-10"}
    assert all(str(row["week"]) > "2031-05-25" for row in rows if row["promises_overdue"])
    assert any(row["promises_overdue"] for row in rows)


def test_a_denial_counts_in_the_week_it_was_overturned(rows: list[dict[str, str | int | None]]) -> None:
    assert [row["week"] for row in rows if row["denials_overturned"]] == ["2032-02-09"]


def test_the_monday_of_a_day() -> None:
    assert [monday(day) for day in ("2032-02-09", "2032-02-15", "2032-01-01")] == [
        "2032-02-09",
        "2032-02-09",
        "2031-12-29",
    ]
