"""spaCy's attribute ruler, the same but quicker: what its rules do is worked out once for each kind of token.

The ruler of the small English pipeline runs 179 patterns over every text, a tenth of the time of reading. All but a
few look at one token, at its tag, relation and whether it is one of some hundred words. So what they do is remembered
by just these; a text with a kind of token not met before, or a sign of one of the longer patterns, takes the long way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spacy.pipeline.attributeruler import (  # type: ignore[attr-defined]  # both are there, neither is in __all__
    AttributeRuler,
    set_token_attrs,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_SEEN_BY = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})
_COLUMNS: list[int | str] = ["LOWER", "TAG", "DEP", "IS_SPACE"]
_MOST_KINDS = 100_000
_Kind = tuple[int, int, int, int]


class QuickRuler(AttributeRuler):
    """An attribute ruler that remembers.

    Attributes:
        words, shapes: the lower-cased words its patterns of one token name, and the patterns of letters.
        known: hashes of words met, each with itself where a pattern names it, else with 0.
        signs: hashes of words and relations without one of which no longer pattern matches.
        kinds: patterns' numbers by kind of token: word (0 if not named), tag, relation, white space.
    """

    words: frozenset[str]
    shapes: tuple[re.Pattern[str], ...]
    known: dict[int, int]
    signs: frozenset[int]
    kinds: dict[_Kind, tuple[int, ...]]

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the text, as the ruler itself would."""
        rows: list[list[int]] = doc.to_array(_COLUMNS).tolist() if len(doc) else []
        if any(row[0] in self.signs or row[2] in self.signs for row in rows):
            return super().__call__(doc)
        known = self.known
        kinds = [(known[row[0]] if row[0] in known else self._meet(row[0]), row[1], row[2], row[3]) for row in rows]
        if not self.kinds.keys() >= set(kinds):
            return self._learn(doc, kinds)
        for place, kind in enumerate(kinds):
            for number in self.kinds[kind]:
                set_token_attrs(doc[place], self.attrs[number])
        return doc

    def _meet(self, word: int) -> int:
        if len(self.known) >= _MOST_KINDS:
            self.known.clear()
        text = self.vocab.strings[word]
        is_named = text in self.words or any(shape.search(text) for shape in self.shapes)
        self.known[word] = word if is_named else 0
        return self.known[word]

    def _learn(self, doc: Doc, kinds: list[_Kind]) -> Doc:
        matches = self.match(doc)
        found: list[list[int]] = [[] for _ in kinds]
        for number, _, start, _ in matches:
            found[start].append(number)
        if len(self.kinds) < _MOST_KINDS:
            self.kinds.update((kind, tuple(numbers)) for kind, numbers in zip(kinds, found, strict=True))
        self.set_annotations(doc, matches)  # type: ignore[no-untyped-call]
        return doc


def quicken(language: Language) -> bool:
    """Have the pipeline's attribute ruler remember; False, all as it was, where its rules look at something else."""
    ruler = language.get_pipe("attribute_ruler") if language.has_pipe("attribute_ruler") else None
    if type(ruler) is not AttributeRuler:
        return False
    words: set[str] = set()
    signs: set[str] = set()
    shapes: set[str] = set()
    rules: list[Any] = list(ruler.patterns)
    for index, pattern in ((rule["index"], pattern) for rule in rules for pattern in rule["patterns"]):
        if len(pattern) == 1 and index in (0, -1) and _is_plain(pattern[0]):
            words |= _named(pattern[0], "LOWER", "IN", "NOT_IN")
            shapes |= _named(pattern[0], "LOWER", "REGEX") - words
        elif sign := next(
            (some for key in ("DEP", "LOWER") for token in pattern if (some := _named(token, key))), None
        ):
            signs |= sign
        else:
            return False
    strings = language.vocab.strings
    ruler.__class__ = QuickRuler
    assert isinstance(ruler, QuickRuler)  # noqa: S101 - it has just been made one
    ruler.words, ruler.shapes, ruler.known = frozenset(words), tuple(map(re.compile, sorted(shapes))), {}
    ruler.signs = frozenset(strings.add(word) for word in signs)
    ruler.kinds = {}
    return True


def _is_plain(token: dict[str, Any]) -> bool:
    """Whether all a pattern asks of a token is in its kind."""
    said = [value.keys() for value in token.values() if isinstance(value, dict)]
    ways = [{"IN"}, {"NOT_IN"}, *([{"REGEX"}] if isinstance(token.get("LOWER"), dict) else [])]
    return token.keys() <= _SEEN_BY and all(one in ways for one in said) and not _has_shape(token, "TAG", "DEP")


def _has_shape(token: dict[str, Any], *keys: str) -> bool:
    return any(isinstance(token.get(key), dict) and "REGEX" in token[key] for key in keys)


def _named(token: dict[str, Any], key: str, *ways: str) -> set[str]:
    """What the token must have, or, by the other `ways` of saying it, must or must not; none where it is left open."""
    said = token.get(key)
    if isinstance(said, str):
        return {said}
    found: set[str] = set()
    for way, values in said.items() if isinstance(said, dict) else ():
        if way not in ways:
            continue
        found |= {values} if isinstance(values, str) else set(values)
    return found
