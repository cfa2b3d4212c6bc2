"""How many were killed, injured or arrested, and how many took part: exact counts, "at least", "dozens", ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from diurna.annotate.parse import Parse
from diurna.lexicon import Table, load, made_of
from diurna.model.record import Number

Fate = Literal["killed", "injured", "arrested"]
FATES: tuple[Fate, ...] = ("killed", "injured", "arrested")

_FIGURE = re.compile(r"\d{1,3}(?:[,  ]\d{3}){1,4}|\d{1,12}(?:\.\d{1,4})?")
_JOINERS = frozenset({"-", "–", "to", "or"})
_MAX_COUNT = 2_000_000_000
_LOOK_BACK = 5
"""Tokens before "dead" or "wounded" in which its count is looked for ("12 people were reportedly killed")."""


@dataclass(frozen=True, slots=True)
class NumberLexicon:
    """`numbers.toml`, ready for look-up."""

    units: dict[str, int]
    scales: dict[str, int]
    round: dict[str, int]
    bounds: dict[str, tuple[tuple[str, ...], ...]]
    verbs: dict[str, Fate]
    predicates: dict[str, Fate]
    nouns: dict[str, Fate]


@made_of("numbers")
def number_lexicon(language: str = "en") -> NumberLexicon:
    """The number words of a language, checked and loaded once.

    Raises:
        LexiconError: `numbers.toml` is missing or has faults.
    """
    table = load("numbers", language, check_numbers)
    fates = {part: {w: fate for fate in FATES for w in table[part][fate]} for part in ("verbs", "predicates", "nouns")}
    return NumberLexicon(
        units=table["units"],
        scales=table["scales"],
        round=table["round"],
        bounds={
            name: tuple(sorted((tuple(p.split()) for p in phrases), key=len, reverse=True))
            for name, phrases in table["bounds"].items()
        },
        **fates,
    )


def check_numbers(table: Table) -> list[str]:
    """A sentence for every fault in the table of number words."""
    parts = ("units", "scales", "round", "bounds", "verbs", "predicates", "nouns")
    faults = [f"[{part}] is missing" for part in parts if part not in table]
    faults += [
        f"[{part}] {word} is no whole number"
        for part in ("units", "scales", "round")
        for word, value in table.get(part, {}).items()
        if not isinstance(value, int)
    ]
    return faults


@dataclass(frozen=True, slots=True)
class Casualty:
    """What happened to how many, and the word that says so."""

    fate: Fate
    token: int
    number: Number


class Counter:
    """Reads counts in one parse."""

    def __init__(self, parse: Parse, lexicon: NumberLexicon) -> None:
        self.parse = parse
        self.lexicon = lexicon

    def of(self, noun: int) -> Number | None:
        """How many the noun phrase of `noun` speaks of ("at least 12 *people*", "dozens of *men*"), or None."""
        parse = self.parse
        last = noun + 1
        first = max(parse.left_edge[noun], noun - 12)
        number = self._last_between(first, last)
        if number is None and parse.deps[noun] == "pobj" and parse.lowers[parse.heads[noun]] == "of":
            upper = parse.heads[parse.heads[noun]]
            return self._last_between(max(parse.left_edge[upper], upper - 12), upper + 1)
        return number

    def _last_between(self, first: int, last: int) -> Number | None:
        found = None
        i = first
        while i < last:
            read = self._read(i, first)
            if read is None:
                i += 1
                continue
            found, i = read
        return found

    def _read(self, start: int, floor: int) -> tuple[Number, int] | None:
        """The number that begins at token `start`, with the token after it."""
        value = self._value(start)
        if value is None:
            return None
        low, end, is_round = value
        high: int | None = None if is_round else low
        if end + 1 < len(self.parse) and self._joined(start, end):
            second = self._value(end + 1)
            if second is not None and second[0] > low:
                high, end = second[0], second[1]
        qualifier, first = self._bound(start, floor)
        if qualifier == "least":
            high_end: int | None = None
            return self._number(low, high_end, first, end), end
        if qualifier == "most":
            return self._number(None, high if high is not None else low, first, end), end
        return self._number(low, high, first, end), end

    def _joined(self, start: int, end: int) -> bool:
        word = self.parse.lowers[end]
        return word in _JOINERS or (word == "and" and start > 0 and self.parse.lowers[start - 1] == "between")

    def _number(self, low: int | None, high: int | None, first: int, end: int) -> Number:
        span = self.parse.span(first, end)
        return Number(low, high, span.of(self.parse.text), span)

    def _value(self, i: int) -> tuple[int, int, bool] | None:
        """(value, token after it, whether it is a round plural) of the number words from token `i` on."""
        parse, lexicon = self.parse, self.lexicon
        word = parse.lowers[i]
        if word in lexicon.round:
            return self._round(i)
        if word in ("a", "an") and i + 1 < len(parse) and parse.lowers[i + 1] in lexicon.scales:
            return self._scaled(1, i + 1)
        if word in lexicon.units:
            value, end = lexicon.units[word], i + 1
            if (
                end + 1 < len(parse)
                and parse.lowers[end] == "-"
                and lexicon.units.get(parse.lowers[end + 1], 99) < 10 <= value
            ):
                value, end = value + lexicon.units[parse.lowers[end + 1]], end + 2
            return self._scaled(value, end)
        match = _FIGURE.fullmatch(word)
        if match is None or parse.tags[i] not in ("CD", "LS"):
            return None
        return self._scaled(float(re.sub(r"[,  ]", "", word)), i + 1)

    def _round(self, i: int) -> tuple[int, int, bool]:
        lexicon, lowers = self.lexicon, self.parse.lowers
        value, end = lexicon.round[lowers[i]], i + 1
        if lowers[end : end + 1] == ["of"] and lowers[end + 1 : end + 2] and lowers[end + 1] in lexicon.round:
            value, end = value * (lexicon.round[lowers[end + 1]] // 2), end + 2
        if lowers[i] == "several" and end < len(lowers) and lowers[end] in lexicon.scales:
            value, end = value * lexicon.scales[lowers[end]], end + 1
        return value, end, True

    def _scaled(self, value: float, end: int) -> tuple[int, int, bool] | None:
        lowers, scales = self.parse.lowers, self.lexicon.scales
        while end < len(lowers) and lowers[end] in scales and value < _MAX_COUNT:
            value, end = value * scales[lowers[end]], end + 1
        return (int(value), end, False) if value <= _MAX_COUNT else None

    def _bound(self, start: int, floor: int) -> tuple[str | None, int]:
        """Whether "at least", "up to" or "about" stands before token `start`, and where it begins."""
        lowers = self.parse.lowers
        if start > floor and lowers[start - 1] == "between":
            return None, start - 1
        for name, phrases in self.lexicon.bounds.items():
            for phrase in phrases:
                first = start - len(phrase)
                if first >= max(0, floor - 4) and tuple(lowers[first:start]) == phrase:
                    return (name, first) if name != "about" or phrase != ("the",) else (None, start)
        return None, start

    # ------------------------------------------------------------- what happened to them

    def casualties(self, first: int, last: int) -> Iterator[Casualty]:
        """Every count of killed, injured and arrested between two tokens of one sentence, in text order."""
        parse, lexicon = self.parse, self.lexicon
        for i in range(first, last):
            verb = lexicon.verbs.get(parse.lemmas[i]) if parse.tags[i].startswith("VB") else None
            number = self._of_verb(i) if verb else None
            if number is None and parse.lowers[i] in lexicon.predicates:
                verb = lexicon.predicates[parse.lowers[i]]
                number = self._before(i, first)
            if number is None and parse.lemmas[i] in lexicon.nouns:
                verb, number = lexicon.nouns[parse.lemmas[i]], self._of_noun(i)
            if verb and number is not None:
                yield Casualty(verb, i, number)

    def _of_verb(self, verb: int) -> Number | None:
        parse = self.parse
        passive = parse.child(verb, "auxpass", "nsubjpass") is not None
        sufferer = parse.child(verb, "nsubjpass" if passive else "dobj")
        if sufferer is None and parse.lemmas[verb] in ("die", "perish"):
            sufferer = parse.child(verb, "nsubj")
        return None if sufferer is None else self.of(sufferer)

    def _before(self, word: int, floor: int) -> Number | None:
        lowers = self.parse.lowers
        first = max(floor, word - _LOOK_BACK)
        cut = next((i + 1 for i in range(word - 1, first - 1, -1) if lowers[i] in (",", ";", "and", "but")), first)
        return self._last_between(cut, word)

    def _of_noun(self, noun: int) -> Number | None:
        parse = self.parse
        for child in parse.children[noun]:
            if parse.lowers[child] == "of":
                below = parse.child(child, "pobj")
                return None if below is None else self.of(below)
        return None
