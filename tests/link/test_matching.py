"""Each comparison answers pass, fail or unknown, and says why in a sentence a person can follow."""

from __future__ import annotations

import datetime as dt

import pytest

from diurna.link.matching import (
    matter_through,
    not_before,
    opposite,
    same_condition,
    same_matter,
    same_place,
    same_quantity,
    same_time,
    short,
)
from diurna.link.wording import wording
from diurna.model.record import Number, Place
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue, day_value, month_value, range_value


def test_a_family_word_is_enough() -> None:
    test = same_matter(wording("hand in their mortars"), wording("the disarmament of the valley")).test
    assert test.result == "pass"
    assert "“mortars” / “disarmament”" in test.why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hand over the weapons", "hand over the suspects"),
        ("support the government and the people", "the government supports the people"),
        ("the prisoners in Harrow", "the bridge in Harrow"),
        ("", "weapons"),
    ],
)
def test_verbs_common_words_and_places_alone_are_no_matter(one: str, other: str) -> None:
    assert same_matter(wording(one), wording(other)).test.result == "fail"


def test_names_of_the_parties_do_not_count() -> None:
    one, other = wording("the ferry of Quillon and Marsh"), wording("a ferry for Quillon")
    assert same_matter(one, other, frozenset({"ferri"})).test.result == "fail"


def test_a_pointer_is_read_from_the_context_and_says_so() -> None:
    found = matter_through(
        wording("We will not hand them over"), wording("disarmament"), wording("our arsenal is ours")
    )
    assert found.test.result == "pass"
    assert "“them”" in found.test.why
    assert "arsenal" in found.test.why


def test_words_that_name_their_own_matter_are_not_read_from_the_context() -> None:
    own = wording("We will not hand them the river, the ferry and the bridge")
    assert matter_through(own, wording("disarmament"), wording("our arsenal")).test.result == "fail"


@pytest.mark.parametrize(
    ("one", "other", "turned", "result"),
    [
        ("hand in the weapons", "We will not hand in the weapons", (False, False), "pass"),
        ("hand in the weapons", "to hand in the weapons", (False, True), "pass"),
        ("hand in the weapons", "surrender the weapons", (False, False), "fail"),
        ("not use the weapons", "We will not use the weapons", (False, False), "fail"),
        ("disarmament", "disarmament", (False, True), "pass"),
        ("keep the weapons; hand over the weapons", "the weapons", (False, False), "unknown"),
    ],
)
def test_opposite(one: str, other: str, turned: tuple[bool, bool], result: str) -> None:
    assert opposite(wording(one), wording(other), ["weapons"], turned).result == result


DAY = day_value(dt.date(2024, 3, 5), "Tuesday")
MARCH = month_value(2024, 3, "in March")
LATER = day_value(dt.date(2024, 4, 2), "2 April")
OPEN = range_value(dt.date(2024, 3, 6), None, "since Wednesday")
NEVER = TimeValue(None, None, "unknown", "one day")


@pytest.mark.parametrize(
    ("one", "other", "result"),
    [
        (DAY, MARCH, "pass"),
        (DAY, LATER, "fail"),
        (OPEN, LATER, "pass"),
        (DAY, OPEN, "fail"),
        (DAY, None, "unknown"),
        (NEVER, DAY, "unknown"),
    ],
)
def test_same_time(one: TimeValue, other: TimeValue | None, result: str) -> None:
    assert same_time(one, other).result == result


@pytest.mark.parametrize(
    ("one", "other", "result"),
    [(DAY, LATER, "pass"), (LATER, DAY, "fail"), (DAY, DAY, "pass"), (None, DAY, "unknown"), (MARCH, DAY, "pass")],
)
def test_not_before(one: TimeValue | None, other: TimeValue, result: str) -> None:
    assert not_before(one, other).result == result


def place(name: str, country: str | None, precision: str = "city", number: int | None = None) -> Place:
    return Place(Span(0, 1), name, None, None, country, number, precision)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "result"),
    [
        (place("Harrow", "VEL"), place("harrow", "VEL"), "pass"),
        (place("Harrow", "VEL", number=7), place("Upper H.", "VEL", number=7), "pass"),
        (place("Harrow", "VEL"), place("Veldria", "VEL", "country"), "pass"),
        (place("Harrow", "VEL"), place("Torsund", "KES"), "fail"),
        (place("Harrow", "VEL"), place("Stonebridge", "VEL"), "fail"),
        (place("the valley", None, "region"), place("Harrow", "VEL"), "unknown"),
        (None, place("Harrow", "VEL"), "unknown"),
    ],
)
def test_same_place(one: Place | None, other: Place, result: str) -> None:
    assert same_place(one, other).result == result


def number(low: int | None, high: int | None) -> Number:
    return Number(low, high, f"{low}-{high}", Span(0, 1))


@pytest.mark.parametrize(
    ("one", "other", "result"),
    [
        ((9, 9), (3, 3), "fail"),
        ((5, None), (12, 12), "pass"),
        ((None, 4), (12, 12), "fail"),
        ((5, None), (7, None), "pass"),
    ],
)
def test_same_quantity(one: tuple[int | None, int | None], other: tuple[int | None, int | None], result: str) -> None:
    assert same_quantity(number(*one), number(*other)).result == result


def test_a_condition_on_one_side_leaves_the_pair_open() -> None:
    assert same_condition(None, None).result == "pass"
    assert "if it rains" in same_condition("if it rains", None).why
    assert same_condition("if it rains", "if it snows").result == "unknown"


def test_a_long_quote_is_cut_at_a_word() -> None:
    cut = short("word " * 40)
    assert len(cut) <= 95
    assert cut.endswith("word …”")
