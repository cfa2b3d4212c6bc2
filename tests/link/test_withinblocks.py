"""Names of one text are held only against those they can be one with."""

from __future__ import annotations

import pytest

from diurna.link.within import Form, groups_within
from diurna.link.withinblocks import near_pairs, worth_comparing


@pytest.mark.parametrize(
    ("one", "other", "person"),
    [
        ("Yusuf Qasimi", "Yousef Ghasemi", True),
        ("Bill Torrens", "William Torrens", True),
        ("JRT", "Jonas Rem Torrens", True),
        ("Minister Ola Brandt", "Minister", True),
        ("the Olsens", "Ada and Per Olsen", True),
        ("Vantian Harbour Board", "VHB", False),
        ("Ministry of Foreign Affairs", "Foreign Ministry", False),
        ("VHBA", "Administration", False),
        ("U.S.", "America", False),
    ],
)
def test_names_that_can_be_one_share_a_block(one: str, other: str, person: bool) -> None:
    assert worth_comparing([(one, person), (other, person)]) == {(0, 1)}


def test_names_of_nothing_in_common_are_not_compared() -> None:
    names = [("Ola Brandt", True), ("Yusuf Qasimi", True), ("Ola Brandt", False), ("Harbour Board", False)]
    assert worth_comparing(names) == set()


def test_names_beside_each_other_are_compared_whatever_they_are() -> None:
    text = "Mara Veld , better known as Tiko , came ."
    assert near_pairs(["Mara Veld", "Tiko"], text) == {(0, 1): [(0, text.index(" , came"))]}
    forms = [Form("Mara Veld", "person"), Form("Tiko", "person")]
    assert len(groups_within(forms, text).members) == 1
    assert len(groups_within(forms, "Mara Veld came . Tiko went .").members) == len(forms)
