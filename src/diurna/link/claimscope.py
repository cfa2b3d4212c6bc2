"""Whether two statements can be one claim at all: told within days of each other, with the same names and numbers.

Attacks, captures and interceptions are told in the same words week after week, so likeness of words says little.
"""

from __future__ import annotations

import re

from diurna import lexicon
from diurna.link.partynames import Name, shared_name
from diurna.link.telling import Telling

_DAYS = 3
"""Days between the reports of two tellings of one claim, where not both say when it was."""

_FAR = 400
"""The same, where both say when, and the times meet."""

_WORD_FOR_WORD = 0.85
"""Share of all telling words of both that both must have for a claim to be one over a month."""

_MONTH = 30

_NUMBERED = 0.75
"""The same, where only one of the two gives a number."""

_NUMBER = re.compile(r"\d[\d,.]*\d|\d+|[^\W\d_]+")


def of_one_matter(one: Telling, other: Telling, alike: float) -> bool:
    """Whether times, names and numbers let two statements be one claim, of which so many words are alike."""
    near = _in_one_time(one, other, _MONTH if alike >= _WORD_FOR_WORD else _DAYS)
    return near and not names_apart(one, other) and not numbers_apart(one, other, alike)


def rarely_told(one: Telling, other: Telling) -> bool:
    """Whether both name a party, place or thing in common; "two were killed" is said of many events."""
    return shared_name(_about(one), _about(other)) is not None


def _in_one_time(one: Telling, other: Telling, reach: int) -> bool:
    if one.day is None or other.day is None:
        return False
    days = abs((one.day - other.day).days)
    if not (one.times and other.times):
        return days <= reach
    (a, b), (c, d) = ((t.first_day, t.last_day) for t in (one.times[0], other.times[0]))
    meet = a is not None and b is not None and c is not None and d is not None and a <= d and c <= b
    return meet and days <= _FAR


def _about(one: Telling) -> frozenset[Name]:
    return one.names | one.doer.names


def names_apart(one: Telling, other: Telling) -> bool:
    """Whether each names somebody or some place that the other does not."""
    mine, theirs = _about(one), _about(other)
    own = [side.teller.names if side.teller else frozenset() for side in (one, other)]
    return _left_over(mine, theirs | own[1]) and _left_over(theirs, mine | own[0])


def _left_over(names: frozenset[Name], others: frozenset[Name]) -> bool:
    return any(shared_name(frozenset({name}), others) is None for name in names)


def numbers_apart(one: Telling, other: Telling, alike: float) -> bool:
    """Whether the numbers differ ("four killed", "six killed"), or only one of two unlike clauses has any."""
    mine, theirs = _numbers(one.place.quote), _numbers(other.place.quote)
    if not mine or not theirs:
        return mine != theirs and alike < _NUMBERED
    return not (mine <= theirs or theirs <= mine)


def _numbers(text: str) -> frozenset[str]:
    """Every number a text gives, in figures; a number made of two words gives both."""
    words = _number_words()
    found = (match.casefold() for match in _NUMBER.findall(text))
    return frozenset(words.get(word) or word.replace(",", "") for word in found if word in words or word[0].isdigit())


@lexicon.made_of("numbers")
def _number_words() -> dict[str, str]:
    """Words for numbers and their figures, but for "one", which counts nothing in "one of them"."""
    table = lexicon.load("numbers")
    groups = (table["units"], table["scales"], table["round"])
    return {word: str(value) for group in groups for word, value in group.items() if value != 1}
