"""Commitments told on in other words than those they were made in; all texts are about invented countries."""

from __future__ import annotations

from pathlib import Path

import pytest

from diurna.flow.linking import link
from diurna.ledger.asking import Ask
from diurna.ledger.between import Lives
from diurna.ledger.store import Ledger
from diurna.link.lives import due_between, lives_of
from diurna.link.tellings import tellings_of
from tests.ledger.ticking import Ticking
from tests.link.test_across import read

Row = tuple[str, str]

SHIPS = ("2031-03-03", "Norrow gave Ostrava until Friday to withdraw its patrol ships from the Heron bay.")
GONE = ("2031-03-06", "Ostrava's patrol ships have left the Heron bay, Norrow's navy said on Thursday.")
ROAD = ("2031-03-03", "Fruit growers threatened on Monday to blockade the road to Norrow's main port.")
BLOCKED = (
    "2031-03-10",
    "Lorries stood for miles on Monday after fruit growers blocked the road to Norrow's main port.",
)
TREES = (
    "2031-03-03",
    "Mayor Ula Brick of Siskin pledged on Monday that not a single tree in Elm Park would be felled.",
)
FELLED = ("2031-05-05", "Contractors cut down thirty trees in Elm Park on Monday.")
BORDER = ("2031-03-03", "Norrow and Ostrava agreed on Monday to reopen their border crossing at Alt by 30 April.")
PUSHED = (
    "2031-04-21",
    "Norrow and Ostrava have pushed back the reopening of the border crossing at Alt to 20 June, both said on Monday.",
)
PULL = ("2031-03-03", "Norrow and Ostrava agreed on Monday to pull their troops back from the border within a month.")
PULLED = ("2031-03-31", "Both armies have completed their pullback from the border between Norrow and Ostrava.")
SCHOOLS = (
    "2031-03-03",
    "Education Minister Ida Salt said on Monday that every school in Norrow would have a nurse by 30 June.",
)
NURSES = ("2031-06-16", "Every school in Norrow has a nurse, Education Minister Ida Salt said on Monday.")
INQUIRY = (
    "2031-03-03",
    "Norrow's government and the opposition agreed on Monday to form a commission on the Alt fire.",
)
NO_PART = (
    "2031-03-06",
    "Norrow's opposition said on Thursday that it would not take part in a commission on the Alt fire.",
)
SERVICE = ("2031-03-03", "Norrow and Ostrava agreed on Monday to resume direct flights.")
LANDED = (
    "2031-04-07",
    "A plane from Norrow landed in Ostrava on Monday, the first direct flight between them in six years.",
)


@pytest.mark.parametrize(
    ("rows", "kind", "state"),
    [
        ((SHIPS, GONE), "demand", "kept"),
        ((ROAD, BLOCKED), "threat", "kept"),
        ((TREES, FELLED), "promise", "broken"),
        ((BORDER, PUSHED), "agreement", "open"),
        ((PULL, PULLED), "agreement", "kept"),
        ((SCHOOLS, NURSES), "promise", "kept"),
        ((INQUIRY, NO_PART), "agreement", "refused"),
        ((SERVICE, LANDED), "agreement", "kept"),
    ],
)
def test_a_deed_in_other_words_moves_it_alone_and_in_a_ledger(
    tmp_path: Path, rows: tuple[Row, Row], kind: str, state: str
) -> None:
    readings = [read(*row) for row in rows]
    day = rows[1][0]
    one = next(one for one in lives_of(readings) if one.kind == kind)
    assert one.moves
    assert one.on(day).state == state
    with Ledger(str(tmp_path / "links.db"), clock=Ticking()) as ledger:
        ledger.add(readings)
        list(link(ledger))
        found = [one.state.state for one in ledger.view().lives(Ask(), Lives(day)) if one.life.kind == kind]
    assert state in found


def test_an_alarm_goes_by_the_day_it_is_due_on_now(tmp_path: Path) -> None:
    readings = [read(*BORDER), read(*PUSHED)]
    lives = [one for one in lives_of(readings) if one.kind == "agreement"]
    assert not due_between(lives, "2031-04-22", "2031-05-31")
    assert [state.due for state in due_between(lives, "2031-04-22", "2031-06-30")] == ["2031-06-20"]
    with Ledger(str(tmp_path / "links.db"), clock=Ticking()) as ledger:
        ledger.add(readings)
        list(link(ledger))
        found = [list(ledger.view().lives(Ask(), Lives("2031-05-01", day))) for day in ("2031-05-15", "2031-06-30")]
    assert [[one.state.due for one in some] for some in found] == [[], ["2031-06-20"]]


def test_a_clause_of_time_moves_a_commitment_and_makes_no_gap() -> None:
    aside = [one for one in tellings_of(read(*BLOCKED)) if one.aside]
    assert [one.act.verb for one in aside] == ["block"]
    years_ago = read("2031-03-10", "The Alt embassy reopened on Monday, three years after Norrow closed it.")
    assert not [one for one in tellings_of(years_ago) if one.aside]
