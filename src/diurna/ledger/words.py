"""Words of texts as full text search knows them, and the language searches are written in.

Both databases are given words cut and folded here, never raw text, so that both find the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from diurna.errors import UsageError
from diurna.model.span import Span

_WORD = re.compile(r"[^\W_]+")
_PIECE = re.compile(r'\s*(?:(?P<quoted>"[^"]*")(?P<open>\*)?|(?P<mark>[()])|(?P<word>[^\s()"]+))')
_QUOTES = str.maketrans("“”„«»", '"""""')
_LONGEST = 60
"""Characters of a word that count; PostgreSQL refuses words of more than 2,046 bytes, nobody searches for such."""

_MOST_WORDS = 64


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in succession; the last one is only a beginning where `prefix`."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """All of `wanted` and none of `barred`."""

    wanted: tuple[Query, ...]
    barred: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of `choices`."""

    choices: tuple[Query, ...]


Query = Phrase | Every | Either


def fold(word: str) -> str:
    """`word` without case and accents, so that "Erdoğan" and "erdogan" are one."""
    if word.isascii():
        return word.lower()[:_LONGEST]
    flat = unicodedata.normalize("NFKD", word.casefold()).casefold()
    return "".join(char for char in flat if char.isalnum())[:_LONGEST]


def words_of(text: str) -> list[str]:
    """The folded words of `text`, in order."""
    if text.isascii():
        return [word[:_LONGEST] for word in _WORD.findall(text.lower())]
    return [folded for folded in map(fold, _WORD.findall(text)) if folded]


def find_phrases(text: str, query: Query, most: int = 100) -> list[Span]:
    """Where the wanted phrases of `query` stand in `text`: in order, not overlapping, at most `most` of each."""
    found: list[Span] = []
    for phrase in _phrases(query):
        hits = [Span(*match.span()) for match in islice(_pattern(phrase).finditer(text), most)]
        found += hits or _folded_hits(text, phrase)[:most]
    return list(_apart(sorted(found)))


def _phrases(query: Query) -> Iterator[Phrase]:
    if isinstance(query, Phrase):
        yield query
        return
    for part in query.wanted if isinstance(query, Every) else query.choices:
        yield from _phrases(part)


def _pattern(phrase: Phrase) -> re.Pattern[str]:
    """Finds the phrase where it is written without accents, which is nearly always."""
    end = r"[^\W_]*" if phrase.prefix else r"(?![^\W_])"
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(map(re.escape, phrase.words)) + end, re.IGNORECASE)


def _folded_hits(text: str, phrase: Phrase) -> list[Span]:
    """Finds the phrase word by word, folded."""
    cut = [(fold(match.group()), match.span()) for match in _WORD.finditer(text)]
    kept = [(word, span) for word, span in cut if word]
    words, size = list(phrase.words), len(phrase.words)
    hits = []
    for at in range(len(kept) - size + 1):
        here = [word for word, _ in kept[at : at + size]]
        if here == words or (phrase.prefix and here[:-1] == words[:-1] and here[-1].startswith(words[-1])):
            hits.append(Span(kept[at][1][0], kept[at + size - 1][1][1]))
    return hits


def _apart(found: list[Span]) -> Iterator[Span]:
    end = -1
    for span in found:
        if span.start >= end:
            yield span
            end = span.end


def parse_query(text: str) -> Query:
    """What is searched for: words, "phrases", beginnings*, AND, OR, NOT and brackets; words side by side mean AND.

    Raises:
        UsageError: nothing is asked for, only what shall not be there, or the brackets do not match.
    """
    return _Reader(text).query()


class _Reader:
    """Reads a search: or-chains of and-chains of phrases and brackets."""

    def __init__(self, text: str) -> None:
        self._text = text
        plain = text.translate(_QUOTES)
        if plain.count('"') % 2:
            raise UsageError(f"a quotation mark is not closed in: {text}")
        self._pieces = list(_PIECE.finditer(plain))
        self._at = 0
        if len(self._pieces) > _MOST_WORDS:
            raise UsageError(f"more than {_MOST_WORDS} words are searched for: leave some out")

    def query(self) -> Query:
        found = self._either()
        if self._at < len(self._pieces):
            raise UsageError(f"a bracket is closed that was not opened in: {self._text}")
        if found is None:
            raise UsageError('nothing to search for: write words, a "phrase" or a beginning*')
        return found

    def _peek(self) -> str:
        return self._pieces[self._at].group().strip() if self._at < len(self._pieces) else ""

    def _either(self) -> Query | None:
        choices = [self._every()]
        while self._peek() == "OR":
            self._at += 1
            choices.append(self._every())
        known = tuple(choice for choice in choices if choice is not None)
        if len(known) < len(choices) and len(choices) > 1:
            raise UsageError(f"OR wants something on both sides in: {self._text}")
        return known[0] if len(known) == 1 else Either(known) if known else None

    def _every(self) -> Query | None:
        wanted: list[Query] = []
        barred: list[Query] = []
        while self._peek() not in ("", "OR", ")"):
            if self._peek() == "AND":
                self._at += 1
                continue
            side = wanted
            if self._peek() == "NOT":
                self._at += 1
                side = barred
            part = self._part()
            if part is not None:
                side.append(part)
        if barred and not wanted:
            raise UsageError(f"NOT alone finds everything: say also what to look for in: {self._text}")
        if len(wanted) == 1 and not barred:
            return wanted[0]
        return Every(tuple(wanted), tuple(barred)) if wanted else None

    def _part(self) -> Query | None:
        if self._peek() in ("", "OR", "AND", "NOT", ")"):
            raise UsageError(f"something is missing after NOT in: {self._text}")
        piece = self._pieces[self._at]
        self._at += 1
        if piece["mark"] == "(":
            inner = self._either()
            if self._peek() != ")":
                raise UsageError(f"a bracket is not closed in: {self._text}")
            self._at += 1
            return inner
        said = piece["quoted"] or piece["word"]
        words = tuple(words_of(said))
        return Phrase(words, bool(piece["open"]) or said.endswith("*")) if words else None
