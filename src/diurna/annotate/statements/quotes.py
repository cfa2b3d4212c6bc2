"""Quotation marks to quotations: where somebody's own words begin and end, in every style of mark.

A quotation is one stretch of quoted words; where it runs over several paragraphs, each of which opens the mark again,
it has one part a paragraph. Marks inside other marks belong to the outer quotation. Only text is read here, no grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from diurna.model.report import Block
from diurna.model.span import Span

_MARK = re.compile(r"''|``|[\"“”„‟«»‹›‘’‚']|‛")
_PAIRS: dict[str, tuple[str, ...]] = {
    "“": ("”", '"', "''"), "„": ("“", "”", "‟"), "‟": ("”",), "«": ("»",), "»": ("«",), "‹": ("›",), "›": ("‹",),
    "‘": ("’", "'"), "‚": ("‘", "’"), "‛": ("’",), "``": ("''", '"'), '"': ('"', "”"), "''": ("''",), "'": ("'", "’"),
}  # fmt: skip
"""Opening mark to the marks that may close it; real texts mix curly and straight ones."""

_STRAIGHT = {'"', "''", "'"}
_SINGLE = {"'", "’", "‘", "‚", "‛"}
_OPENS_AFTER = " \t\n\xa0([{—–-/:…\"“‘'"
_ELISIONS = re.compile(r"(?:\d\ds|em|tis|twas|til|cause|bout|n|nuff|round|cuz|ll|s|t|re|ve|d|m)\b", re.IGNORECASE)
_LONGEST_SINGLE = 600
"""Characters a quotation in single marks may run; longer ones are nearly always two stray apostrophes."""

_MOST_INNER = 60
"""Marks looked through for the closing one; keeps a text that is all marks from costing quadratic time."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words, marks included.

    Attributes:
        parts: one span a paragraph.
        block: index of the block the first part stands in.
        closed: whether the closing mark is there.
        single: whether the marks are single ones.
    """

    parts: tuple[Span, ...]
    block: int
    closed: bool
    single: bool = False

    @property
    def start(self) -> int:
        """First character of the quotation, its mark included."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """One past its last character, its mark included."""
        return self.parts[-1].end


def find_quotations(text: str, blocks: Sequence[Block], silent: frozenset[str] = frozenset()) -> list[Quotation]:
    """The outermost quotations of `text`, in order; blocks whose kind is `silent` are not read."""
    found: list[Quotation] = []
    open_before: Quotation | None = None
    for number, block in enumerate(blocks):
        if block.kind in silent:
            continue
        for paragraph in _paragraphs(text, block.span):
            here = list(_in_paragraph(text, paragraph, number))
            rest = _late_close(text, paragraph, here, open_before) if open_before else None
            if open_before and rest is not None:
                found[-1] = Quotation(
                    (*open_before.parts, Span(paragraph.start, rest)), open_before.block, True, open_before.single
                )
                open_before = None
                here = list(_in_paragraph(text, Span(rest, paragraph.end), number))
            elif open_before and here and here[0].start == paragraph.start and here[0].single == open_before.single:
                first = here.pop(0)
                merged = Quotation((*open_before.parts, *first.parts), open_before.block, first.closed, first.single)
                found[-1] = merged
                open_before = merged if not first.closed and not here else None
            else:
                open_before = None
            found += here
            if here:
                open_before = None if here[-1].closed else here[-1]
    return found


def _late_close(text: str, paragraph: Span, here: Sequence[Quotation], before: Quotation) -> int | None:
    """End of the mark that closes, in this paragraph, a quotation left open in the one before; None without one."""
    sign = _MARK.match(text, before.start)
    mark = _MARK.search(text, paragraph.start, here[0].start if here and here[0].closed else paragraph.end)
    while sign and mark and mark.group() in _SINGLE:
        mark = _MARK.search(text, mark.end(), paragraph.end)
    if not sign or not mark or mark.group() not in _PAIRS[sign.group()] or mark.start() == paragraph.start:
        return None
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    return mark.end() if not text[mark.start() - 1].isspace() and not after.isalnum() else None


def _paragraphs(text: str, span: Span) -> Iterator[Span]:
    for match in re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*").finditer(text, span.start, span.end):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            yield Span(start, end)


def _in_paragraph(text: str, paragraph: Span, block: int) -> Iterator[Quotation]:
    marks = list(_MARK.finditer(text, paragraph.start, paragraph.end))
    barren: dict[str, int] = {}
    at = 0
    while at < len(marks):
        mark = marks[at]
        if not _opens(text, mark, paragraph):
            at += 1
            continue
        close = _closing(text, marks, at, paragraph, barren)
        single = mark.group() in _SINGLE
        if close is not None:
            yield Quotation((Span(mark.start(), marks[close].end()),), block, True, single)
            at = close + 1
            continue
        if single or not _may_stay_open(text, marks, at, paragraph):
            at += 1
            continue
        end = _unclosed_end(marks, at, paragraph)
        yield Quotation((Span(mark.start(), end),), block, False, single)
        at = next((k for k in range(at + 1, len(marks)) if marks[k].start() >= end), len(marks))


def _opens(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    sign, start, end = mark.group(), mark.start(), mark.end()
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    if after.isspace():
        return False
    if sign in _STRAIGHT or sign in "‘‚‛":
        if sign in _SINGLE and (_ELISIONS.match(text, end) or not (after.isalnum() or after in '"“[')):
            return False
        return before in _OPENS_AFTER
    return sign in _PAIRS and (sign not in "»›" or before in _OPENS_AFTER)


def _closing(text: str, marks: Sequence[re.Match[str]], at: int, paragraph: Span, barren: dict[str, int]) -> int | None:
    """Index of the mark that closes the one at `at`, or None where it stays open.

    Args:
        barren: up to which index no mark can close each kind; kept up, so that no stretch is searched twice.
    """
    sign = marks[at].group()
    ends, depth, seen = _PAIRS[sign], 0, False
    last = min(len(marks), at + _MOST_INNER)
    for k in range(max(at + 1, barren.get(sign, 0)), last):
        other = marks[k].group()
        if sign in _SINGLE and marks[k].start() - marks[at].start() > _LONGEST_SINGLE:
            return None
        if other == sign and sign not in ends:
            depth += 1
        elif other in ends and _closes(text, marks, k, paragraph, sign):
            seen = True
            if depth == 0:
                return k
            depth -= 1
    if not seen:
        barren[sign] = last
    return None


def _closes(text: str, marks: Sequence[re.Match[str]], at: int, paragraph: Span, sign: str) -> bool:
    if sign in _SINGLE:
        return _closes_single(text, marks, at, paragraph)
    return sign not in _STRAIGHT or _closes_straight(text, marks[at], paragraph)


def _closes_straight(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    before = text[mark.start() - 1]
    return not before.isspace() or not (after.isalnum() or after in "[(")


def _closes_single(text: str, marks: Sequence[re.Match[str]], at: int, paragraph: Span) -> bool:
    mark = marks[at]
    before = text[mark.start() - 1]
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    if before.isspace() or after.isalnum():
        return False
    if before != "s" or after != " ":
        return True
    # A plural possessive ("the parties' plan") looks the same: let a later mark after a full stop or comma win.
    return not any(
        m.group() in "'’" and text[m.start() - 1] in ",.?!" and m.start() - mark.start() < _LONGEST_SINGLE
        for m in marks[at + 1 : at + 4]
    )


def _may_stay_open(text: str, marks: Sequence[re.Match[str]], at: int, paragraph: Span) -> bool:
    mark = marks[at]
    if mark.group() == '"' and mark.start() > paragraph.start and text[mark.start() - 1].isdigit():
        return False  # inches
    return text[mark.end()].isalnum() or text[mark.end()] in "‘'[.…("


def _unclosed_end(marks: Sequence[re.Match[str]], at: int, paragraph: Span) -> int:
    sign = marks[at].group()
    later = next((m for m in marks[at + 1 : at + _MOST_INNER] if m.group() == sign and sign not in _STRAIGHT), None)
    return later.start() if later else paragraph.end
