"""What changed between two versions of a text, so that a person can read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_PIECE = re.compile(r"[^\n]+?(?:[.!?][”\"’')\]]*(?=\s)|$)\s*|\n+", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text that stayed, went or came.

    Attributes:
        start: where it stands: in the new text where it stayed or came, in the old one where it went.
    """

    kind: Literal["stayed", "went", "came"]
    text: str
    start: int


def difference(old: str, new: str) -> tuple[Change, ...]:
    """The changes, in order: what stayed and came makes up `new`, what stayed and went makes up `old`.

    Sentences are compared first and words within changed sentences then, so that a long text costs little.
    """
    return tuple(_compare(_sentences(old), _sentences(new), 0, 0, deeper=True))


def _compare(old: list[str], new: list[str], at: int, to: int, *, deeper: bool) -> Iterator[Change]:
    """Changes between two lists of pieces that stand at `at` and `to` in their texts."""
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        here, there = at + sum(map(len, old[:a])), to + sum(map(len, new[:c]))
        went, came = "".join(old[a:b]), "".join(new[c:d])
        if what == "equal":
            yield Change("stayed", came, there)
        elif what == "replace" and deeper:
            yield from _compare(_words(went), _words(came), here, there, deeper=False)
        else:
            if went:
                yield Change("went", went, here)
            if came:
                yield Change("came", came, there)


def _sentences(text: str) -> list[str]:
    """Pieces that joined again give the text."""
    return _whole(text, [match.group() for match in _PIECE.finditer(text)])


def _words(text: str) -> list[str]:
    return _whole(text, re.findall(r"\s+|[^\s]+", text))


def _whole(text: str, pieces: list[str]) -> list[str]:
    return pieces if "".join(pieces) == text else text.splitlines(keepends=True)
