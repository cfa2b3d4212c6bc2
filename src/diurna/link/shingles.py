"""Texts as sets of hashed five-word runs, by which copies are told, and how much two such sets share."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

RUN = 5
"""Words of a run: shorter ones are common phrases, longer ones miss texts that were edited."""

SAMPLE = 8
"""One run in so many is a key under which a text is looked up."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Shared:
    """How much two texts share.

    Attributes:
        likeness: runs in both, by runs in either (Jaccard), 0..1.
        covered: runs in both, by runs of the shorter text (containment), 0..1.
    """

    likeness: float
    covered: float


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of `RUN` words, case aside; of a shorter text one hash of all its words."""
    return frozenset(_hashes(_WORD.findall(text.lower())))


def _hashes(words: list[str]) -> Iterator[int]:
    """Two checksums make 64 bits: Python's own hash differs from run to run."""
    if not words:
        return
    data = [word.encode("utf-8", "surrogatepass") for word in words]
    text = memoryview(b" ".join(data))
    starts = [0, *accumulate(len(word) + 1 for word in data)]
    last = max(0, len(words) - RUN)
    for place in range(last + 1):
        run = text[starts[place] : starts[min(place + RUN, len(words))] - 1]
        yield zlib.crc32(run) << 32 | zlib.adler32(run)


def keys_of(runs: frozenset[int]) -> list[int]:
    """The runs a text is looked up by: a sample that depends on the runs alone; all of them where they are few."""
    sample = sorted(run for run in runs if (run >> 32) % SAMPLE == 0)
    return sample if len(sample) >= 4 else sorted(runs)


def shared(one: frozenset[int], other: frozenset[int]) -> Shared:
    """How much two texts share, exactly."""
    if not one or not other:
        return Shared(0.0, 0.0)
    both = len(one & other)
    return Shared(both / (len(one) + len(other) - both), both / min(len(one), len(other)))
