"""Statements that say the same are one claim; one that denies it disputes it; another number or place is another."""

from __future__ import annotations

import itertools

import pytest

from diurna.link.claims import Grouped, claims_among
from diurna.link.tellings import tellings_of
from tests.link.test_across import read

FIRST = ("2032-03-03", "General Ilse Danvar said on Tuesday that the army of Norrow shelled the market of Ketta.")
AGAIN = ("2032-03-04", "Mayor Tobar Reeve said on Wednesday that Norrow's army shelled the market of Ketta.")
NOT_SO = (
    "2032-03-05",
    "The defence ministry said on Thursday that the army of Norrow did not shell the market of Ketta.",
)
DENIED = ("2032-03-05", "The defence ministry denied on Thursday that the army of Norrow shelled the market of Ketta.")
ELSEWHERE = ("2032-03-04", "Mayor Tobar Reeve said on Wednesday that the rebels shelled the harbour of Selm.")
FOURTEEN = (
    "2032-03-04",
    "Mayor Tobar Reeve said on Wednesday that the army of Norrow killed 14 traders in the market of Ketta.",
)
TWENTY = (
    "2032-03-04",
    "General Ilse Danvar said on Wednesday that the army of Norrow killed 20 traders in the market of Ketta.",
)
WEEKS_LATER = ("2032-05-24", AGAIN[1].replace("Wednesday", "Monday"))
ANOTHER_TOWN = (
    "2032-03-04",
    "Mayor Tobar Reeve said on Wednesday that Norrow's army shelled the market of Ostrava.",
)
LATER_SELF = (
    "2032-03-09",
    "General Ilse Danvar said on Monday that the army of Norrow did not shell the market of Ketta.",
)


def claims(*rows: tuple[str, str]) -> list[Grouped]:
    return claims_among(t for number, row in enumerate(rows) for t in tellings_of(read(*row, f"Outlet {number}")))


def parts(*rows: tuple[str, str]) -> list[list[str]]:
    return [[pair.bearing for pair in one.others] for one in claims(*rows)]


def test_who_says_it_later_repeats_it() -> None:
    (one,) = claims(FIRST, AGAIN)
    assert one.first.place.day == "2032-03-03"
    assert [pair.telling.place.day for pair in one.others] == ["2032-03-04"]
    assert one.others[0].why


@pytest.mark.parametrize("other", [NOT_SO, DENIED])
def test_who_says_it_is_not_so_disputes_it(other: tuple[str, str]) -> None:
    first, *_ = claims(FIRST, other)
    assert [pair.bearing for pair in first.others] == ["other way"]


@pytest.mark.parametrize("rows", [(FIRST, ELSEWHERE), (FOURTEEN, TWENTY), (FIRST, ANOTHER_TOWN)])
def test_another_place_or_number_is_another_claim(rows: tuple[tuple[str, str], ...]) -> None:
    assert parts(*rows) == [[], []]


def test_what_is_told_weeks_later_is_another_claim() -> None:
    assert parts(FIRST, WEEKS_LATER) == [[], []]


def test_a_denial_written_with_a_not_is_told_as_it_is() -> None:
    (one,) = claims(NOT_SO, ("2032-03-06", NOT_SO[1].replace("Thursday", "Saturday")))
    assert [pair.bearing for pair in one.others] == ["same"]


def test_one_speaker_disputes_nobody_by_changing_his_mind() -> None:
    assert parts(FIRST, LATER_SELF) == [[], []]


def test_the_order_of_reports_changes_nothing() -> None:
    rows = [(row, f"Outlet {number}") for number, row in enumerate((FIRST, AGAIN, NOT_SO, ELSEWHERE))]
    told = [tellings_of(read(*row, outlet)) for row, outlet in rows]
    wanted = claims_among(t for some in told for t in some)
    for some in itertools.permutations(told):
        assert claims_among(t for one in some for t in one) == wanted


def test_words_that_tell_little_make_no_claim() -> None:
    assert claims(("2032-03-03", "Mayor Tobar Reeve said on Wednesday that it will be fine.")) == []
