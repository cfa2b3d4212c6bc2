"""Where the paragraphs of a plain text are: blank lines, hard-wrapped lines, or one paragraph a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from diurna.model.span import Span

_LINE = re.compile(r"[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_BULLET = re.compile(r"(?:[-*•·▪◦‣–—>]|\d{1,3}[.)]|\([a-z0-9]{1,3}\))\s")

_WIDEST = 120
"""Characters of the longest line a hard-wrapped text may have."""

_NARROWEST = 30
"""Below this width lines are verse, tables or addresses, not wrapped prose."""

_RAGGED = 8
"""Characters a wrapped line may stay short of the width although the next word would have fitted."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: its span without outer white space, and its indent in characters."""

    span: Span
    indent: int
    after_blank: bool


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of `text` in order, without outer white space; together they hold every non-white character."""
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    spans: list[Span] = []
    for before, line in pairwise([None, *lines]):
        if line is None:
            continue
        if before is not None and spans and not line.after_blank and _goes_on(text, before, line, width):
            spans[-1] = Span(spans[-1].start, line.span.end)
        else:
            spans.append(line.span)
    return spans


def _lines(text: str) -> Iterator[Line]:
    end = 0
    blank = True
    for match in _LINE.finditer(text):
        raw = match.group()
        body = raw.strip()
        blank = blank or _breaks(text, end, match.start()) > 1
        if not body:
            blank, end = True, match.end()
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        yield Line(Span(start, start + len(body)), start - match.start(), blank)
        blank, end = False, match.end()


def _breaks(text: str, start: int, end: int) -> int:
    """How many line ends stand in `text[start:end]`; a page break counts as a blank line."""
    gap = text[start:end]
    return len(gap) - gap.count("\r\n") + gap.count("\f")


def _wrap_width(text: str, lines: list[Line]) -> int:
    """The width the text was wrapped at, or 0 where its line breaks are not those of wrapping."""
    pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank]
    if len(pairs) < 2:
        return 0
    lengths = sorted(_length(line) for pair in pairs for line in pair)
    width = lengths[min(len(lengths) - 1, int(len(lengths) * 0.98))]
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    full = sum(_is_full(text, a, b, width) for a, b in pairs)
    running = sum(text[b.span.start].islower() for a, b in pairs)
    return width if full >= 0.6 * len(pairs) and running >= 0.3 * len(pairs) else 0


def _length(line: Line) -> int:
    return line.span.end - line.span.start + line.indent


def _is_full(text: str, line: Line, after: Line, width: int) -> bool:
    """Whether the first word of `after` would not have fitted on `line`."""
    word = re.compile(r"\S{1,40}").match(text, after.span.start)
    return _length(line) + 1 + (len(word.group()) if word else 0) > width - _RAGGED


def _goes_on(text: str, before: Line, line: Line, width: int) -> bool:
    """Whether `line` continues the paragraph `before` stands in."""
    if _BULLET.match(text, line.span.start):
        return False
    last = text[before.span.end - 1]
    if text[line.span.start].islower() and (last.isalnum() or last in ",-–—’'"):
        return True
    if not width or line.indent > before.indent + 1:
        return False
    return _is_full(text, before, line, width) or last not in '.!?:"”’)]'
