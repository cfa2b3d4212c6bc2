"""Where something stands in a text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text: half-open, in Unicode code points (`text[start:end]`)."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters this span covers in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span (equal spans contain each other)."""
        return self.start <= other.start and other.end <= self.end

    def distance(self, other: Span) -> int:
        """Characters between the two spans; 0 where they touch or overlap."""
        return max(0, other.start - self.end, self.start - other.end)


def hull(spans: Iterable[Span]) -> Span:
    """The smallest span that holds all of `spans`.

    Raises:
        ValueError: `spans` is empty.
    """
    rows = list(spans)
    return Span(min(s.start for s in rows), max(s.end for s in rows))


def trim(text: str, start: int, end: int) -> Span:
    """The span `start, end` without white space at its ends (empty spans stay empty at `start`)."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
