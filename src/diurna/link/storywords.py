"""What a report is about, as weighted words: names count more, commonplaces nothing."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from diurna.link.matters import lexicon, stem
from diurna.model.report import Report

NAME_WEIGHT = 1.5
"""How often a capitalised word counts: on `political_sample` 1.0 to 2.0 differ by less than a point."""

MOST_CHARACTERS = 1_500
"""Of a title and text: a report says first what it is about, and further down what many reports of a time have."""

USUAL = 2
"""Reports a word is taken to have stood in before any is counted: what one report has is not all it is about."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def words_about(report: Report) -> dict[str, float]:
    """Stems of the report's title and text, hashed, each with the damped number of times it stands there."""
    text = report.text
    if report.title and not text.startswith(report.title):
        text = f"{report.title}\n\n{text}"
    counts: dict[str, float] = {}
    for found in _WORD.finditer(text, 0, MOST_CHARACTERS):
        word = found.group()
        low = word.lower().replace("’", "'")
        if low in lexicon().stop or len(low) < 2:
            continue
        key = hashed(stem(low))
        weight = NAME_WEIGHT if word[0].isupper() else 1.0
        counts[key] = counts.get(key, 0.0) + weight
    return {key: 1 + math.log(count) if count > 1 else count for key, count in counts.items()}


@lru_cache(maxsize=100_000)
def hashed(word: str) -> str:
    """A word as 32 bits: what is kept of a report to hold others against holds no word of it."""
    return f"{zlib.crc32(word.encode('utf-8', 'surrogatepass')):08x}"


CountsOf = Callable[[Iterable[str]], Mapping[str, int]]
"""In how many reports these words have stood; words that have not stood in any may be left out."""


def _none(words: Iterable[str]) -> Mapping[str, int]:  # noqa: ARG001 - as `CountsOf` has it
    return {}


class Rarity:
    """In how many reports words have stood so far, and so how much sharing one says.

    Args:
        reports: reports counted before; counts_of: what was counted of them, asked for when it is needed.
    """

    def __init__(self, reports: int = 0, counts_of: CountsOf = _none) -> None:
        self.reports = reports
        self._counts_of = counts_of
        self._with: dict[str, int] = {}
        self.fresh: Counter[str] = Counter()

    def learn(self, bags: Iterable[Mapping[str, float]]) -> None:
        """Count these reports too; `fresh` has how often each word came in since the beginning."""
        new: Counter[str] = Counter()
        for bag in bags:
            self.reports += 1
            new.update(bag.keys())
        known = self._counts_of(new.keys() - self._with.keys())
        for word, count in new.items():
            self._with[word] = self._with.get(word, known.get(word, 0)) + count
        self.fresh.update(new)

    def counts(self) -> dict[str, int]:
        """Of each word that came in since the beginning, the reports it stood in before and since."""
        return {word: self._with[word] for word in self.fresh}

    def weighed(self, bag: Mapping[str, float]) -> dict[str, float]:
        """The words by their rarity, as a vector of length 1 (or without words)."""
        total = self.reports + 1 + USUAL
        rows = {word: count * math.log(total / (self._with.get(word, 0) + USUAL)) for word, count in bag.items()}
        length = math.sqrt(sum(weight * weight for weight in rows.values()))
        return {word: weight / length for word, weight in rows.items() if weight > 0} if length else {}
