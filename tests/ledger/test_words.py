"""Words cut and folded, searches read, phrases found again."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.errors import UsageError
from diurna.ledger.difference import difference
from diurna.ledger.words import Either, Every, Phrase, find_phrases, fold, parse_query, words_of

A, B, C = (Phrase((word,)) for word in "abc")


def test_words_are_cut_at_what_is_no_letter_and_folded() -> None:
    assert words_of("The U.S. cease-fire_of Erdoğan’s ½ 3,000") == [
        "the",
        "u",
        "s",
        "cease",
        "fire",
        "of",
        "erdogan",
        "s",
        "12",
        "3",
        "000",
    ]


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once_and_words_have_no_blanks(text: str) -> None:
    for word in words_of(text):
        assert word
        assert fold(word) == word or not word.isascii()
        assert not any(char.isspace() or char in "'\"\\_" for char in word)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("a", A),
        ("a b", Every((A, B))),
        ("a AND b", Every((A, B))),
        ("a OR b c", Either((A, Every((B, C))))),
        ("(a OR b) c", Every((Either((A, B)), C))),
        ("a NOT b", Every((A,), (B,))),
        ("a AND NOT (b OR c)", Every((A,), (Either((B, C)),))),
        ('"a b"', Phrase(("a", "b"))),
        ("“a b”", Phrase(("a", "b"))),
        ('"a b"*', Phrase(("a", "b"), True)),
        ("a*", Phrase(("a",), True)),
        ("a-b", Phrase(("a", "b"))),
        ("a or b", Every((A, Phrase(("or",)), B))),
        ("a &", A),
    ],
)
def test_searches_mean(said: str, meant: object) -> None:
    assert parse_query(said) == meant


@pytest.mark.parametrize(
    "said", ["", "  ", "NOT a", "a OR", "OR a", "(a", "a)", '"a', "a NOT", "!!", "()", "x " * 100, "a AND NOT"]
)
def test_searches_that_make_no_sense_are_refused(said: str) -> None:
    with pytest.raises(UsageError):
        parse_query(said)


@given(st.text(alphabet='ab"()*ANDORT ', max_size=30))
def test_any_search_is_read_or_refused(said: str) -> None:
    with suppress(UsageError):
        assert parse_query(said)


def test_phrases_are_found_where_they_stand() -> None:
    text = "The Cease-fire: a cease fire, ceasefire. Erdoğan’s."
    assert [s.of(text) for s in find_phrases(text, parse_query('"cease fire"'))] == ["Cease-fire", "cease fire"]
    assert [s.of(text) for s in find_phrases(text, parse_query("ceas*"))] == ["Cease", "cease", "ceasefire"]
    assert [s.of(text) for s in find_phrases(text, parse_query("erdogan NOT fire"))] == ["Erdoğan"]


@given(st.text(alphabet="ab. \n", max_size=40), st.text(alphabet="ab. \n", max_size=40))
def test_a_difference_makes_up_both_texts(old: str, new: str) -> None:
    changes = difference(old, new)
    assert "".join(one.text for one in changes if one.kind != "went") == new
    assert "".join(one.text for one in changes if one.kind != "came") == old
    for one in changes:
        assert (old if one.kind == "went" else new)[one.start :].startswith(one.text)


def test_a_difference_can_be_read() -> None:
    found = difference("They left on Monday. Nobody spoke.", "They left on Tuesday. Nobody spoke. It rained.")
    assert [(one.kind, one.text.strip()) for one in found if one.kind != "stayed"] == [
        ("went", "Monday."),
        ("came", "Tuesday."),
        ("came", "It rained."),
    ]
