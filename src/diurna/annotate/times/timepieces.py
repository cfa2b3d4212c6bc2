"""Text cut fine enough for calendar expressions: digits, letters and marks apart, each with its place.

A parser's tokens join what a date keeps apart ("2003-2011", "11am", "1990s"), so the neighbourhood of every word that
can belong to a time is cut again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from diurna.annotate.parse import Parse
from diurna.annotate.times.timewords import TimeWords
from diurna.model.span import Span

_PIECE = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_REACH = 12
"""Tokens read on either side of a trigger: the longest expression with its context is shorter."""
_MARGIN = 12
"""Empty pieces after the last one, so that looking ahead needs no test."""
_DATE_LIKE = re.compile(r"\d{3}|\d[:./–-]|[:./'’–-]\d|\d(?:st|nd|rd|th|s|am|pm|a\.m|p\.m)\b", re.IGNORECASE)


@dataclass(slots=True)
class Pieces:
    """Consecutive pieces of text, as lists; `low` goes on with empty strings past the end.

    Attributes:
        raw, low: the piece as written and lower-cased.
        starts, ends: its characters in the report's text.
        gap: whether white space stands before it.
        tokens: the parse token it lies in, -1 where there is none.
    """

    raw: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    gap: list[bool] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    size: int = 0

    def span(self, first: int, last: int) -> Span:
        """The characters of pieces `first` up to, not including, `last`."""
        return Span(self.starts[first], self.ends[last - 1])

    def before(self, at: int) -> str:
        """The lower-cased piece before `at`, "" at the beginning."""
        return self.low[at - 1] if at else ""


def cut(text: str, span: Span) -> Pieces:
    """The pieces of a stretch of text that no token covers."""
    pieces = Pieces()
    for match in _PIECE.finditer(text, span.start, span.end):
        _add(pieces, match.group(), match.start(), -1)
    return _close(pieces)


def windows(parse: Parse, words: TimeWords) -> Iterator[Pieces]:
    """The pieces round every word that can belong to a time expression, one run of tokens after the other."""
    for first, last in _runs(parse, words):
        pieces = Pieces()
        for token in range(first, last):
            _add_token(pieces, parse, token)
        yield _close(pieces)


def _runs(parse: Parse, words: TimeWords) -> Iterator[tuple[int, int]]:
    triggers, blocks = words.triggers, parse.block_of
    start = end = -1
    for i, low in enumerate(parse.lowers):
        if low not in triggers and (low.isalpha() or not _DATE_LIKE.search(low)):
            continue
        if end >= 0 and i - _REACH <= end and blocks[i] == blocks[start]:
            end = i + _REACH
            continue
        if end >= 0:
            yield _within_block(blocks, start, end)
        start, end = max(i - _REACH, 0), i + _REACH
        while blocks[start] != blocks[i]:
            start += 1
    if end >= 0:
        yield _within_block(blocks, start, end)


def _within_block(blocks: list[int], start: int, end: int) -> tuple[int, int]:
    end = min(end, len(blocks))
    while end - 1 > start and blocks[end - 1] != blocks[start]:
        end -= 1
    return start, end


def _add_token(pieces: Pieces, parse: Parse, token: int) -> None:
    word, start = parse.words[token], parse.starts[token]
    if word.isalpha():
        _add(pieces, word, start, token)
        return
    for match in _PIECE.finditer(word):
        _add(pieces, match.group(), start + match.start(), token)


def _add(pieces: Pieces, raw: str, start: int, token: int) -> None:
    pieces.gap.append(bool(pieces.ends) and start > pieces.ends[-1])
    pieces.raw.append(raw)
    pieces.low.append(raw.lower())
    pieces.starts.append(start)
    pieces.ends.append(start + len(raw))
    pieces.tokens.append(token)


def _close(pieces: Pieces) -> Pieces:
    pieces.size = len(pieces.raw)
    pieces.raw.extend([""] * _MARGIN)
    pieces.low.extend([""] * _MARGIN)
    pieces.gap.extend([True] * _MARGIN)
    pieces.tokens.extend([-1] * _MARGIN)
    return pieces
