"""Texts to terms: what a text is about, and whether it points towards that or away from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from diurna.link.matters import Entry, SignKind, TermKind, lexicon, stem
from diurna.model.record import Reading

WEIGHTS: dict[TermKind, float] = {"thing": 1.3, "word": 1.0, "sign": 0.35, "common": 0.35, "name": 0.4, "number": 0.3}
"""How much sharing one term says; names are mostly parties and places, which other tests look at."""

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’‑-][^\W_]+)*|[;:.!?—–,]")
_NEGATION_REACH = 3
"""Words before a verdict in which a negation turns it."""

_GAP = 3
"""Words that may stand where a phrase has a tilde."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase that tells what a text is about.

    Attributes:
        key: equal for words that mean the same matter.
        text: as it stands; start: characters into the worded text.
        aside: it stands in a reason, a contrast or a relative clause, not in the main one.
    """

    key: str
    text: str
    start: int
    kind: TermKind
    aside: bool = False

    @property
    def weight(self) -> float:
        """How much sharing this term says."""
        return WEIGHTS[self.kind]


@dataclass(frozen=True, slots=True)
class Sign:
    """A word that turns the direction of its clause, or states it."""

    kind: SignKind
    turns: bool
    start: int
    index: int


@dataclass(frozen=True, slots=True)
class Wording:
    """A text's terms and signs, in text order.

    Attributes:
        breaks: offsets at which a clause ends (a stop, a condition or an aside begins).
        joins: token indexes of "and", "or", "," between words of one kind.
        pointers: words that stand for something said before ("them").
    """

    text: str
    terms: tuple[Term, ...]
    signs: tuple[Sign, ...]
    breaks: tuple[int, ...]
    joins: frozenset[int]
    pointers: tuple[str, ...]
    condition: int | None

    @property
    def keys(self) -> frozenset[str]:
        """The distinct keys of the terms."""
        return frozenset(term.key for term in self.terms)

    @property
    def main(self) -> tuple[Term, ...]:
        """The terms of the main clauses; all terms where those tell no matter."""
        found = tuple(term for term in self.terms if not term.aside)
        return found if any(term.kind in ("thing", "word") for term in found) else self.terms


_SUMS = frozenset(("million", "billion", "trillion", "bn", "m"))


@lru_cache(maxsize=4_096)
def wording(text: str) -> Wording:
    """The terms and signs of `text`; looks at its first 4,000 characters."""
    text = text[:4_000]
    return _Reader(text).read()


class _Reader:
    """One pass over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self.lexicon = lexicon()
        self.text = text
        self.spots = [(m.group(), m.start()) for m in _TOKEN.finditer(text)]
        self.lowers = [word.lower().replace("’", "'") for word, _ in self.spots]
        self.stems = [stem(word) for word in self.lowers]
        self.terms: list[Term] = []
        self.signs: list[Sign] = []
        self.breaks: list[int] = []
        self.joins: set[int] = set()
        self.pointers: list[str] = []
        self.aside = False

    def read(self) -> Wording:
        index = 0
        while index < len(self.spots):
            month = self.spots[index][0] in self.lexicon.months
            index += (not month and self._phrase_at(index)) or self._word_at(index)
        found = next((m.start() for m in self.lexicon.conditions.finditer(self.text) if m.start() > 3), None)
        breaks = sorted({*self.breaks, found} if found is not None else self.breaks)
        return Wording(
            self.text, tuple(self.terms), tuple(self.signs), tuple(breaks), frozenset(self.joins),
            tuple(self.pointers), found,
        )  # fmt: skip

    def _phrase_at(self, index: int) -> int:
        """Tokens used by a listed phrase that begins here; 0 where none does."""
        used, seen = 0, False
        for entry in self.lexicon.phrases.get(self.stems[index], ()):
            length = self._length(entry, index)
            if not length or (seen and length <= used and entry.kind == "thing"):
                continue
            if seen and length < used:
                break
            seen, used = True, max(used, length if None not in entry.tail else 1)
            self._take(entry, index, length)
        return used

    def _length(self, entry: Entry, index: int) -> int:
        place, gap = index + 1, 0
        for part in entry.tail:
            if part is None:
                gap = _GAP
                continue
            here = next((p for p in range(place, min(place + gap + 1, len(self.stems))) if self.stems[p] == part), None)
            if here is None:
                return 0
            place, gap = here + 1, 0
        return place - index

    def _take(self, entry: Entry, index: int, length: int) -> None:
        start = self.spots[index][1]
        last, end = self.spots[index + length - 1]
        if entry.kind and (entry.kind == "thing" or not self._is_stop(index)):
            self.terms.append(Term(entry.key, self.text[start : end + len(last)], start, entry.kind, self.aside))
        if entry.sign:
            self.signs.append(Sign(entry.sign, entry.turns, start, index))

    def _is_stop(self, index: int) -> bool:
        return self.lowers[index] in self.lexicon.stop and self.lowers[index] not in {"keep"}

    def _word_at(self, index: int) -> int:
        (word, start), lower = self.spots[index], self.lowers[index]
        if not word[0].isalnum():
            self._punctuation(index)
        elif lower.endswith("n't") or lower == "cannot":
            self.signs.append(Sign("negation", True, start, index))
        elif lower in self.lexicon.stop or word in self.lexicon.months:
            self._stop_word(index)
        elif word[0].isdigit():
            self.terms.append(Term(lower, word, start, "number", self.aside))
        elif lower in _SUMS and self._is_money(index):
            self.terms.append(Term("money", word, start, "common", self.aside))
        elif len(word) > 1:
            self.terms.append(Term(self.stems[index], word, start, self._kind(index), self.aside))
        return 1

    def _punctuation(self, index: int) -> None:
        word, start = self.spots[index]
        self.aside = False
        if word == ",":
            self.joins.add(index)
        elif word != "." or index + 1 < len(self.spots):
            self.breaks.append(start)

    def _stop_word(self, index: int) -> None:
        lower = self.lowers[index]
        if lower in {"and", "or", "nor"}:
            self.joins.add(index)
        if lower in self.lexicon.aside and index > 2:
            self.breaks.append(self.spots[index][1])
            self.aside = True
        if lower in self.lexicon.pointer:
            self.pointers.append(lower)

    def _is_money(self, index: int) -> bool:
        """Whether the number before a word for a sum has the sign of a currency ("$300 million")."""
        number = self.spots[index - 1][1] if index else 0
        return self.text[max(0, number - 1) : number] in tuple("$€£¥")

    def _kind(self, index: int) -> TermKind:
        word = self.spots[index][0]
        opens = index == 0 or self.spots[index - 1][0] in ".!?:"
        if word[0].isupper() and (not opens or (word.isupper() and len(word) > 1)):
            return "name"
        return "common" if self.stems[index] in self.lexicon.common else "word"


def verdicts(words: Wording) -> frozenset[str]:
    """Keys of the verdicts a text gives on something ("null and void", "legitimate")."""
    return words.keys & lexicon().verdicts


def verdict(words: Wording, key: str) -> int:
    """+1 or -1 for the side a text takes on a verdict ("not illegal" is +1), 0 where it takes both or none."""
    found = set()
    for term in words.terms:
        if term.key == key and _predicate(words.text, term):
            own = next((sign for sign in words.signs if sign.start == term.start and sign.kind == "thing"), None)
            if own:
                near = [s for s in words.signs if s.kind == "negation" and 0 < own.index - s.index <= _NEGATION_REACH]
                found.add(-1 if own.turns == (len(near) % 2 == 0) else 1)
    return found.pop() if len(found) == 1 else 0


_OPENS_PREDICATE = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|as|fully|not|and)\s+|[“\"‘'])(?:\w+\s+)?$", re.IGNORECASE
)


def _predicate(text: str, term: Term) -> bool:
    """Whether a verdict is given, not a thing of that kind named ("illegal immigrants")."""
    after = text[term.start + len(term.text) :].lstrip()
    return not after[:1].isalpha() or _OPENS_PREDICATE.search(text[max(0, term.start - 30) : term.start]) is not None


def name_keys(reading: Reading) -> Iterator[str]:
    """Keys of the words that are names of a report's actors; sharing one tells no matter."""
    for actor in reading.actors:
        for name in (actor.name, *actor.aliases):
            for word in name.replace("’", "'").split():
                if word[:1].isupper():
                    yield stem(word.strip("'\"“”.,()").lower())


def shared_terms(one: Wording, other: Wording) -> tuple[tuple[Term, Term], ...]:
    """Pairs of terms of the main clauses with one key, heaviest first; one pair a key."""
    there = {term.key: term for term in reversed(other.main)}
    pairs = {t.key: (t, there[t.key]) for t in reversed(one.main) if t.key in there}
    return tuple(sorted(pairs.values(), key=lambda pair: (-pair[0].weight, pair[0].start)))


FIRST, THIRD = frozenset({"our", "my"}), frozenset({"their", "its", "his", "her"})
"""Owners by person."""


def owned(words: Wording, key: str, owners: frozenset[str]) -> str:
    """The phrase in which `key` belongs to one of `owners` ("our heavy weapons"); "" where it does not."""
    for term in words.terms:
        if term.key == key:
            before = words.text[max(0, term.start - 40) : term.start].split()[-3:]
            for back, word in enumerate(reversed(before), 1):
                if word.lower().strip("“‘\"'") in owners:
                    return " ".join([*before[len(before) - back :], term.text]).strip("“‘\"'")
    return ""


def direction(words: Wording, focus: Iterable[str] = ()) -> int:
    """+1 where the text points towards `focus` (or what it names), -1 where away, 0 where its clauses disagree.

    Two turns in one clause cancel out: "refuse to end the talks" points towards them.
    """
    keys = frozenset(focus)
    clauses = _clauses(words)
    chosen = [c for c in clauses if any(c[0] <= t.start < c[1] and t.key in keys for t in words.terms)] or clauses[:1]
    found = {_sign(words, first, last, keys) for first, last in chosen}
    return found.pop() if len(found) == 1 else 0


def _clauses(words: Wording) -> list[tuple[int, int]]:
    edges = [0, *words.breaks, len(words.text) + 1]
    return [(first, last) for first, last in pairwise(edges) if first < last]


def _sign(words: Wording, first: int, last: int, keys: frozenset[str]) -> int:
    signs = [s for s in words.signs if first <= s.start < last]
    focus = [t.start for t in words.terms if first <= t.start < last and (t.key in keys or not keys)]
    reach = max([*focus, *(s.start for s in signs if s.kind != "negation")], default=None)
    turns, seen = 0, None
    for one in signs:
        if not one.turns or (one.kind == "negation" and reach is not None and one.start > reach):
            continue
        if seen is not None and seen.kind == one.kind and _joined(words, seen, one):
            continue
        turns, seen = turns + 1, one
    return -1 if turns % 2 else 1


def _joined(words: Wording, one: Sign, other: Sign) -> bool:
    between: Sequence[int] = range(one.index + 1, other.index)
    return other.index - one.index <= 5 and any(i in words.joins for i in between)
