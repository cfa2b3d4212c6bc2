"""How a word is gone back on, and what is only a part of it: by one report after the other, and in a ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from diurna.flow.linking import link
from diurna.ledger.asking import Ask
from diurna.ledger.between import Lives
from diurna.ledger.store import Ledger
from diurna.link.lives import lives_of
from diurna.link.reversals import begins, gives_up, tells_share
from diurna.link.telling import Telling
from diurna.link.tellings import tellings_of
from tests.ledger.ticking import Ticking
from tests.link.test_across import read

Row = tuple[str, str]

FLATS = (
    "2034-01-15",
    "Prime Minister Edda Varga of Norrow promised on Sunday to build 12,000 flats for young families.",
)
SCRAPPED = (
    "2034-03-01",
    "The government of Prime Minister Edda Varga scrapped its plan to build 12,000 flats for families.",
)
PACT = ("2033-11-23", "Norrow threatened on Wednesday to leave the Five Seas Pact.")
STAYS = ("2033-12-19", "Norrow will stay in the Five Seas Pact, Prime Minister Edda Varga said on Monday.")
STRIKE = ("2031-09-26", "Railway workers in Norrow threatened on Friday to strike from 20 October.")
CALLED_OFF = ("2031-10-01", "The railway workers' union in Norrow called off its strike on Wednesday.")
GUNS = (
    "2031-05-05",
    "Vantia agreed on Monday to withdraw its artillery from the Siskin valley within 30 days of signature.",
)
HALF = (
    "2031-05-20",
    "Vantia has withdrawn half of its artillery from the Siskin valley, its general staff said on Tuesday.",
)
TAX = ("2030-07-23", "Farmers in Norrow demanded on Tuesday that the government scrap the tax on diesel.")
AGREED = ("2030-08-01", "The government of Norrow agreed on Thursday to scrap the tax on diesel.")
TROOPS = ("2030-10-14", "Norrow's defence minister, Anders Roth, ruled out on Monday sending troops to Ketta.")
SENT = ("2031-02-25", "Norrow sent 300 troops to Ketta on Tuesday, Defence Minister Anders Roth said.")
TRUCE = ("2031-03-03", "Norrow and Vantia agreed to a ceasefire on Monday.")
STRUCK = ("2031-03-09", "Norrow carried out airstrikes on two towns in Vantia.")


@pytest.mark.parametrize(
    ("rows", "kind", "state"),
    [
        ((FLATS, SCRAPPED), "promise", "withdrawn"),
        ((PACT, STAYS), "threat", "withdrawn"),
        ((STRIKE, CALLED_OFF), "threat", "withdrawn"),
        ((GUNS, HALF), "agreement", "progressing"),
        ((TAX, AGREED), "demand", "progressing"),
        ((TROOPS, SENT), "refusal", "broken"),
        ((TRUCE, STRUCK), "agreement", "broken"),
    ],
)
def test_a_later_report_moves_it_alone_and_in_a_ledger(
    tmp_path: Path, rows: tuple[Row, Row], kind: str, state: str
) -> None:
    readings = [read(*row) for row in rows]
    day = rows[1][0]
    assert state in [one.on(day).state for one in lives_of(readings) if one.kind == kind]
    with Ledger(str(tmp_path / "links.db"), clock=Ticking()) as ledger:
        ledger.add(readings)
        list(link(ledger))
        found = [one.state.state for one in ledger.view().lives(Ask(), Lives(day)) if one.life.kind == kind]
    assert state in found


def test_a_plan_of_somebody_else_takes_nothing_back() -> None:
    other = ("2034-03-01", "The government of Vantia scrapped its plan to build 12,000 flats for young families.")
    assert [one.moves for one in lives_of([read(*FLATS), read(*other)]) if one.kind == "promise"] == [()]


def _telling(text: str) -> Telling:
    return tellings_of(read("2031-03-03", text))[0]


def test_what_is_added_in_a_second_clause_is_no_beginning() -> None:
    assert not begins(_telling("Norrow lifted its blockade of the Siskin canal and the first ships docked at noon."))
    assert begins(_telling("Norrow began to lift its blockade of the Siskin canal."))


def test_a_share_is_told_by_what_it_is_of() -> None:
    assert tells_share(_telling("Norrow housed 310 of the 900 families."))
    assert not tells_share(_telling("Norrow housed 310 families of the town of Ketta."))


def test_giving_up_is_no_giving_up_where_it_is_denied() -> None:
    assert gives_up(_telling("Norrow shelved its plan to raise the port fee."))
    assert not gives_up(_telling("Norrow has not shelved its plan to raise the port fee."))
