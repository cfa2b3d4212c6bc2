"""What a report is about, as weighted words: names count more, commonplaces nothing."""

from __future__ import annotations

import json
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from diurna.link.matters import lexicon, stem
from diurna.model.report import Report

NAME_WEIGHT = 1.5
"""How often a capitalised word counts: on `political_sample` 1.0 to 2.0 differ by less than a point."""

MOST_CHARACTERS = 20_000
"""Of a text; a transcript of ten thousand words is no more about its matter at the end."""

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
        counts[key] = counts.get(key, 0.0) + (NAME_WEIGHT if word[0].isupper() else 1.0)
    return {key: 1 + math.log(count) if count > 1 else count for key, count in counts.items()}


@lru_cache(maxsize=100_000)
def hashed(word: str) -> str:
    """A word as 32 bits: what is kept of a report to hold others against holds no word of it."""
    return f"{zlib.crc32(word.encode('utf-8', 'surrogatepass')):08x}"


class Rarity:
    """In how many reports words have stood so far, and so how much sharing one says.

    Args:
        state: what `packed` gave.
    """

    def __init__(self, state: bytes | None = None) -> None:
        self._reports = 0
        self._with: Counter[str] = Counter()
        if state:
            row = json.loads(zlib.decompress(state))
            self._reports, self._with = row["reports"], Counter(row["with"])

    def packed(self) -> bytes:
        """All counts as bytes."""
        row = {"reports": self._reports, "with": dict(sorted(self._with.items()))}
        return zlib.compress(json.dumps(row, separators=(",", ":")).encode(), 1)

    def learn(self, bags: Iterable[Mapping[str, float]]) -> None:
        """Count these reports too."""
        for bag in bags:
            self._reports += 1
            self._with.update(bag.keys())

    def weighed(self, bag: Mapping[str, float]) -> dict[str, float]:
        """The words by their rarity, as a vector of length 1 (or without words)."""
        total = self._reports + 1
        rows = {word: count * math.log(total / max(1, self._with[word])) for word, count in bag.items()}
        length = math.sqrt(sum(weight * weight for weight in rows.values()))
        return {word: weight / length for word, weight in rows.items() if weight > 0} if length else {}
