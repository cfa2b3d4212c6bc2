"""Strings that make a regular expression try as much as it can, made of the expression's own parts; how long it takes.

An expression with n characters before it may need time that grows like n, like n * n (each start, or each way to part a
run in two, is tried), like n * n * n, or like 2 ** n. Every part that repeats is pumped: what leads to it, then what it
repeats, many times, then something that makes all of it fail.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

_MOST = 80
"""Strings tried for one expression."""


def attacks(pattern: str, flags: int) -> list[str]:
    """Pieces to be repeated, each for a part of the expression that repeats, and pairs of them."""
    tree = re._parser.parse(pattern, flags)  # type: ignore[attr-defined]
    parts = list(dict.fromkeys(one for one in _pieces(tree) if one))
    alone = [one[:40] for one in parts]
    pairs = [a[:12] + b[:12] for a in parts[:6] for b in parts[:6] if a != b]
    return list(
        dict.fromkeys([*alone, *pairs, "a", " ", "\n", "a ", "A", "1", "<", "“", ".", "-", "A. ", "a\n", " \n"])
    )[:_MOST]


def openings(pattern: str, flags: int) -> list[str]:
    """What may stand before the repeated part: nothing, or the shortest beginnings of the expression."""
    tree = re._parser.parse(pattern, flags)  # type: ignore[attr-defined]
    whole = _sample(list(tree))
    return list(dict.fromkeys(["", *(whole[:cut] for cut in (1, 3, len(whole) // 2) if cut <= len(whole))]))


def _pieces(tree: Any) -> Iterator[str]:
    """A sample of every part that repeats, and of every part that stands inside one."""
    for name, value in tree:
        kind = str(name)
        if kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            inner = value[2]
            yield _sample(list(inner))
            yield from _pieces(inner)
            for one in inner:
                yield from _choices(one)
        elif kind == "SUBPATTERN":
            yield from _pieces(value[3])
        elif kind == "BRANCH":
            for one in value[1]:
                yield from _pieces(one)
                yield _sample(list(one))
        elif kind in ("ASSERT", "ASSERT_NOT"):
            yield from _pieces(value[1])
        elif kind == "ATOMIC_GROUP":
            yield from _pieces(value)


def _choices(node: Any) -> Iterator[str]:
    kind, value = str(node[0]), node[1]
    if kind == "BRANCH":
        for one in value[1]:
            yield _sample(list(one))
    elif kind == "SUBPATTERN":
        for one in value[3]:
            yield from _choices(one)
    elif kind == "IN" and str(value[0][0]) != "NEGATE":
        for one in value[:6]:
            yield _of_class([one])


def _sample(nodes: list[Any]) -> str:
    """A short text that these nodes may match."""
    made = ""
    for name, value in nodes:
        kind = str(name)
        if kind == "LITERAL":
            made += chr(value)
        elif kind == "NOT_LITERAL":
            made += "a" if value != 97 else "b"
        elif kind == "ANY":
            made += "a"
        elif kind == "IN":
            made += _of_class(value)
        elif kind in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            made += _sample(list(value[2])) * min(max(value[0], 1), 4)
        elif kind == "SUBPATTERN":
            made += _sample(list(value[3]))
        elif kind == "BRANCH":
            made += _sample(list(value[1][0]))
        elif kind == "ATOMIC_GROUP":
            made += _sample(list(value))
    return made


_CATEGORIES = {
    "CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a", "CATEGORY_NOT_DIGIT": "a",
    "CATEGORY_NOT_SPACE": "a", "CATEGORY_NOT_WORD": "-",
}  # fmt: skip


def _of_class(items: Any) -> str:
    """One character of a class."""
    negated = bool(items) and str(items[0][0]) == "NEGATE"
    if negated:
        taken = re.compile("[" + "".join(_written(one) for one in items[1:]) + "]")
        return next((c for c in "a1 -A.\nb,é" if not taken.match(c)), "~")
    name, value = items[0]
    if str(name) == "LITERAL":
        return chr(value)
    if str(name) == "RANGE":
        return chr(value[0])
    return _CATEGORIES.get(str(value), "a")


def _written(item: Any) -> str:
    name, value = str(item[0]), item[1]
    if name == "LITERAL":
        return re.escape(chr(value))
    if name == "RANGE":
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w", "NOT_DIGIT": r"\D", "NOT_SPACE": r"\S", "NOT_WORD": r"\W"}[
        str(value).removeprefix("CATEGORY_")
    ]


def slowest(pattern: str | bytes, flags: int, size: int, enough: float) -> tuple[float, str]:
    """Seconds of the processor the worst string of about `size` characters takes, and what it repeats.

    Looking stops at the first that takes more than `enough`.
    """
    made = re.compile(pattern, flags)
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    worst, told = 0.0, ""
    for piece in attacks(text, flags):
        for opening in openings(text, flags):
            said = opening + piece * (size // len(piece)) + "\x00"
            asked: Any = said.encode("latin-1", "replace") if isinstance(pattern, bytes) else said
            began = time.process_time()
            for found, _ in zip(made.finditer(asked), range(3), strict=False):
                found.group()
            took = time.process_time() - began
            if took > worst:
                worst, told = took, f"{opening!r} then {piece!r}"
            if worst > enough:
                return worst, told
    return worst, told
