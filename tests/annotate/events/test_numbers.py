"""How many: counts before nouns, and what happened to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.annotate.events.events import find_events
from diurna.annotate.events.numbers import Counter, check_numbers, number_lexicon
from diurna.annotate.parse import Parse
from diurna.lexicon import load
from diurna.model.record import Number
from tests.annotate.builders import parse_of
from tests.annotate.event_builders import parsed


def _counted(phrase: str) -> Number | None:
    """The count read before "people" in `phrase people`; every figure is tagged CD, all hang on the noun."""
    words = [*phrase.split(), "people"]
    tags = ["CD" if word[0].isdigit() else "JJ" for word in words[:-1]]
    rows = [f"{word}|{tag}|nummod|{len(words)}" for word, tag in zip(words, tags, strict=False)]
    parse = parse_of((" ".join(words), [" ".join([*rows, "people|NNS|ROOT|0"])]))
    return Counter(parse, number_lexicon()).of(len(words) - 1)


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("12", 12, 12),
        ("1,200", 1200, 1200),
        ("two", 2, 2),
        ("twenty - five", 25, 25),
        ("at least 12", 12, None),
        ("more than 300", 300, None),
        ("up to 50", None, 50),
        ("nearly 40", None, 40),
        ("about 2,000", 2000, 2000),
        ("dozens of", 24, None),
        ("hundreds of", 200, None),
        ("tens of thousands of", 20000, None),
        ("a dozen", 12, 12),
        ("two hundred", 200, 200),
        ("1.5 million", 1_500_000, 1_500_000),
        ("between 10 and 20", 10, 20),
        ("10 to 20", 10, 20),
    ],
)
def test_counts_and_their_bounds(phrase: str, low: int | None, high: int | None) -> None:
    number = _counted(phrase)
    assert number is not None
    assert (number.low, number.high) == (low, high)


def test_nothing_is_counted_where_nothing_is_said() -> None:
    assert _counted("the angry") is None


@given(st.integers(1, 10**9))
def test_a_figure_is_read_as_it_is_written(value: int) -> None:
    number = _counted(f"{value:,}")
    assert number is not None
    assert number.low == number.high == value
    assert number.text == f"{value:,}"


CASES = [
    ("Gunmen killed at least 12 soldiers and wounded 30 in the town.", "killed", "at least 12"),
    ("Gunmen killed at least 12 soldiers and wounded 30 in the town.", "injured", "30"),
    ("The police arrested dozens of activists.", "arrested", "dozens"),
    ("Thousands of workers demonstrated against the government.", "participants", "Thousands"),
    ("The army shelled the town, killing five people.", "killed", "five"),
]


@pytest.mark.parametrize(("sentence", "field", "text"), CASES)
def test_events_carry_their_numbers(sentence: str, field: str, text: str) -> None:
    parse = parsed(*dict.fromkeys(s for s, _, _ in CASES))[sentence]
    found = [getattr(event.numbers, field) for event in find_events(parse, [], [])]
    assert text in [number.text for number in found if number is not None]


def test_counts_stand_where_they_say() -> None:
    parse = parsed(*dict.fromkeys(s for s, _, _ in CASES))[CASES[0][0]]
    counter = Counter(parse, number_lexicon())
    for casualty in counter.casualties(0, len(parse)):
        assert casualty.number.span.of(parse.text) == casualty.number.text


def test_empty_text_counts_nothing() -> None:
    assert list(Counter(Parse("", ()), number_lexicon()).casualties(0, 0)) == []


def test_faults_are_named() -> None:
    table = {key: value for key, value in load("numbers").items() if key != "scales"}
    table["units"] = {"one": "1"}
    assert len(check_numbers(table)) == 2
