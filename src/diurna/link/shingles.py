"""Texts as sets of hashed five-word runs, by which copies are told, and how much two such sets share."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

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
    for start in range(max(1, len(words) - RUN + 1)):
        data = " ".join(words[start : start + RUN]).encode("utf-8", "surrogatepass")
        yield zlib.crc32(data) << 32 | zlib.adler32(data)


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
