"""Lexicons are taken or refused with their names, whatever somebody made of them."""

from __future__ import annotations

import re

import pytest

from diurna import lexicon
from diurna.errors import LexiconError
from tests.fuzz.lexicons import check, forget, overlaid, sound, users

STANCE = "lexicons/en/stance.toml"


def refused(name: str, text: str) -> str:
    """What the first loader that refuses the lexicon says."""
    loaders = users()[name]
    forget()
    try:
        with overlaid(name, text), pytest.raises(LexiconError) as caught:
            _ = [one() for one in loaders]
    finally:
        forget()
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "stance.toml"),
        ("a = [", "stance.toml is no TOML"),
        ("a = " + "[" * 5_000, "stance.toml is no TOML"),
        ("negations = 5", "stance.toml"),
        ("certainty = 5\n", "stance.toml does not have the shape it must have"),
    ],
)
def test_a_broken_lexicon_is_refused_by_name(text: str, words: str) -> None:
    assert words in refused(STANCE, text)


@pytest.mark.parametrize(
    ("name", "key"),
    [("offices", "national"), ("aliases", "titles"), ("tellings", "title"), ("truces", "open"), ("deeds", "carrying")],
)
def test_a_number_among_words_is_refused(name: str, key: str) -> None:
    where = f"lexicons/en/{name}.toml"
    text, count = re.subn(rf"^{key} = \[", f"{key} = [0, ", sound(where), count=1, flags=re.MULTILINE)
    assert count == 1
    assert f"{key} is no list of words" in refused(where, text)


def test_a_number_in_a_table_of_words_is_refused() -> None:
    where = "lexicons/en/offices.toml"
    text, count = re.subn(r"^\[means\]$", "[means]\nsomebody = 0", sound(where), count=1, flags=re.MULTILINE)
    assert count == 1
    assert "means is no table of words" in refused(where, text)


def test_the_sound_ones_are_taken() -> None:
    for name in users():
        check((name, sound(name)))


def test_what_is_missing_is_said() -> None:
    with pytest.raises(LexiconError, match=r"lexicons/xx/stance\.toml is missing"):
        lexicon.load("stance", "xx")


def test_what_does_not_fit_names_every_lexicon_it_may_be() -> None:
    @lexicon.made_of("stance", "cues")
    def make() -> str:
        return str({}["a"])

    with pytest.raises(LexiconError, match=r"en/stance\.toml or lexicons/en/cues\.toml .* \(KeyError: 'a'\)"):
        make()
