"""Truces and attacks: who must be a party to them, and for how long a truce binds."""

from __future__ import annotations

import pytest

from diurna.link.cards import Pack, pack_tellings
from diurna.link.tellings import tellings_of
from diurna.link.truces import attack_of, opens_truce, truce_of, truce_pairs
from tests.link.test_across import found, read

TRUCE = ("2031-03-03", "Norrow and Vantia agreed to a ceasefire on Monday.")
STRUCK = ("2031-03-09", "Norrow carried out airstrikes on two towns in Vantia.")


def test_an_attack_of_one_party_on_another_is_held_against_the_truce() -> None:
    (one,) = found(TRUCE, STRUCK)
    assert one.gap.kind == "promise_unkept"
    assert (one.left.day, one.right.day) == ("2031-03-03", "2031-03-09")
    assert all(test.result == "pass" for test in one.gap.tests)


def test_the_attacker_may_stand_before_the_noun() -> None:
    (one,) = found(TRUCE, ("2031-03-09", "Vantian airstrikes killed nine people in northern Norrow."))
    assert one.gap.kind == "promise_unkept"


@pytest.mark.parametrize(
    "later",
    [
        ("2031-03-09", "Ostrava carried out airstrikes on two towns in Vantia."),  # no party to it
        ("2031-03-09", "Norrow carried out airstrikes on two towns in Ostrava."),  # on somebody else
        ("2031-03-09", "Norrow has stopped its airstrikes on Vantia."),
        ("2031-03-09", "Norrow could carry out airstrikes on Vantia."),
        ("2031-09-09", "Norrow carried out airstrikes on two towns in Vantia."),  # long after, and not called a breach
        ("2031-02-09", "Norrow carried out airstrikes on two towns in Vantia."),  # before
    ],
)
def test_what_is_no_breach_is_no_gap(later: tuple[str, str]) -> None:
    assert found(TRUCE, later) == []


def test_what_the_report_itself_calls_a_breach_may_come_long_after() -> None:
    late = ("2031-09-09", "Norrow carried out airstrikes on two towns in Vantia, violating the ceasefire.")
    (one,) = found(TRUCE, late)
    assert one.gap.kind == "promise_unkept"


def test_a_breach_that_is_only_alleged_is_none() -> None:
    late = (
        "2031-09-09",
        "Norrow carried out airstrikes on two towns in Vantia, alleging that the targets were violating the ceasefire.",
    )
    assert found(TRUCE, late) == []


def test_a_truce_for_a_time_ends_with_it() -> None:
    short = ("2031-03-03", "Norrow and Vantia agreed to a three-day ceasefire on Monday.")
    assert found(short, STRUCK) == []
    assert found(short, ("2031-03-05", STRUCK[1])) != []


@pytest.mark.parametrize(
    ("quote", "opens"),
    [
        ("Norrow and Vantia agree to a ceasefire", True),
        ("A truce between Norrow and Vantia took effect at dawn", True),
        ("Norrow rejects a ceasefire", False),
        ("Norrow and Vantia agree to talks on a ceasefire", False),
        ("Norrow is near a deal to extend the truce", False),
        ("the ceasefire", False),
    ],
)
def test_what_opens_a_truce(quote: str, opens: bool) -> None:
    assert opens_truce(quote) is opens


def test_a_kept_truce_is_wanted_by_an_attack_and_a_kept_attack_knows_that_it_is_a_breach() -> None:
    (truce,) = [one for one in tellings_of(read(*TRUCE)) if truce_of(one)]
    told = "Norrow carried out airstrikes on two towns in Vantia, violating the ceasefire."
    (attack,) = [one for one in tellings_of(read("2031-09-09", told)) if attack_of(one)]
    for made in (Pack.made, lambda rows: Pack.of(pack_tellings(rows))):
        card, other = made([truce]).card(0), made([attack]).card(0)
        assert card is not None
        assert other is not None
        assert card.may_pair(attack)
        assert not other.may_pair(truce)
        assert other.telling.breach
        assert list(truce_pairs(card.telling, other.telling))
