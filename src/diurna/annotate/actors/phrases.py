"""Longest-match lookup of phrases over tokens, through a table on their first word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

_TOKEN = re.compile(r"'s\b|(?:\w\.){2,}|\w+(?:['&.]\w+)*?(?='s\b)|\w+(?:['&.]\w+)*(?:-\d+)?\+?\.?|[^\w\s]")
_ABBREVIATIONS = frozenset(
    {"st.", "mr.", "mrs.", "ms.", "dr.", "prof.", "rev.", "hon.", "gen.", "lt.", "maj.", "brig.", "col.", "capt."}
    | {"sgt.", "cpl.", "adm.", "cmdr.", "sen.", "sens.", "rep.", "reps.", "gov.", "pres.", "sec.", "amb.", "supt."}
    | {"insp.", "no.", "inc.", "corp.", "ltd.", "co."}
)


def words_of(phrase: str) -> tuple[str, ...]:
    """The phrase cut into words as the parser cuts them: hyphens, commas and "'s" are words of their own."""
    words: list[str] = []
    for word in _TOKEN.findall(phrase.replace("’", "'")):
        if word.endswith(".") and len(word) > 2 and "." not in word[:-1] and word.lower() not in _ABBREVIATIONS:
            words += [word[:-1], "."]
        else:
            words.append(word)
    return tuple(words)


class Phrases(Generic[T]):
    """Phrases and what each stands for; the longest phrase at a place wins, the first given among equals."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        table: dict[str, dict[tuple[str, ...], T]] = {}
        for phrase, value in entries:
            words = tuple(word.lower() for word in words_of(phrase))
            for variant in {words, tuple(word.replace("'", "’") for word in words)}:
                table.setdefault(variant[0], {}).setdefault(variant[1:], value)
        self._table = {
            first: sorted(rests.items(), key=lambda item: (-len(item[0]), item[0])) for first, rests in table.items()
        }

    def at(self, lowers: Sequence[str], first: int, limit: int) -> tuple[int, T] | None:
        """One past the last token of the longest phrase at token `first` that ends by `limit`, and its value."""
        for rest, value in self._table.get(lowers[first], ()):
            last = first + 1 + len(rest)
            if last <= limit and (not rest or tuple(lowers[first + 1 : last]) == rest):
                return last, value
        return None

    def all_at(self, lowers: Sequence[str], first: int, limit: int) -> list[tuple[int, T]]:
        """Every phrase at token `first` that ends by `limit`, longest first."""
        found = []
        for rest, value in self._table.get(lowers[first], ()):
            last = first + 1 + len(rest)
            if last <= limit and (not rest or tuple(lowers[first + 1 : last]) == rest):
                found.append((last, value))
        return found


def plural(word: str) -> str:
    """The regular English plural of a noun, or of the last word of a compound one."""
    for end, turned in (("man", "men"), ("person", "persons"), ("child", "children"), ("f's", "f's")):
        if word.endswith(end):
            return word.removesuffix(end) + turned
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def plain(word: str) -> str:
    """The word in lower case without accents and apostrophes, for comparison only."""
    if word.isascii():
        return word.lower().replace("'", "")
    flat = unicodedata.normalize("NFKD", word).replace("’", "").replace("ı", "i").replace("ł", "l")
    return "".join(c for c in flat if not unicodedata.combining(c)).lower()
