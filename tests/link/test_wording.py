"""Terms and directions: words of one family are one matter, and turns cancel out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.link.matters import stem
from diurna.link.wording import direction, wording


@pytest.mark.parametrize(
    "words",
    [
        ("disarm", "disarming", "disarmed", "disarms"),
        ("refuse", "refusal", "refused", "refusing"),
        ("withdraw", "withdrawal", "withdrew", "withdrawn"),
        ("policy", "policies"),
        ("threat", "threats"),
        ("strike", "struck", "strikes"),
        ("agree", "agreement", "agreed"),
    ],
)
def test_inflections_share_a_stem(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize(("one", "other"), [("arms", "army"), ("armed", "arms"), ("party", "part"), ("news", "new")])
def test_different_words_keep_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("text", ["disarmament", "their arsenal", "lay down arms", "weapons control", "the rifles"])
def test_one_family_is_one_matter(text: str) -> None:
    assert "weapons" in wording(text).keys


def test_a_phrase_may_hold_other_words() -> None:
    assert any(sign.turns for sign in wording("hand the last ones over").signs)


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("to hand over their weapons", -1),
        ("We will not hand over our weapons", 1),
        ("keep the weapons", 1),
        ("disarm without delay", -1),
        ("refuse to end the talks", 1),
        ("will never stop enrichment", 1),
        ("halt and dismantle the reactor", -1),
        ("reject disarmament", 1),
        ("a ceasefire", -1),
        ("no longer respect the ceasefire", 1),
        ("shelling the village", 1),
        ("were not shelling the village", -1),
        ("lift the sanctions", -1),
        ("the sanctions won't be lifted", 1),
        ("withdraw its troops", -1),
    ],
)
def test_direction(text: str, way: int) -> None:
    assert direction(wording(text)) == way


def test_the_condition_is_another_clause() -> None:
    text = "We will negotiate unless they do not stop"
    assert direction(wording(text), ["talks"]) == 1
    assert wording(text).condition == text.index("unless")


def test_clauses_that_disagree_have_no_direction() -> None:
    assert direction(wording("keep the weapons; hand over the weapons"), ["weapons"]) == 0


@given(st.text(max_size=300))
def test_any_text_has_terms_that_stand_in_it(text: str) -> None:
    words = wording(text)
    assert all(term.text == text[term.start : term.start + len(term.text)] for term in words.terms)
    assert direction(words) in (-1, 0, 1)


def test_a_very_long_text_is_read_only_so_far() -> None:
    assert len(wording("weapons " * 10_000).text) == 4_000
