"""Texts to terms: what a text is about, and whether it points towards that or away from it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any, Literal

from diurna.errors import LexiconError
from diurna.model.record import Reading

TermKind = Literal["thing", "word", "sign", "common", "name", "number"]
SignKind = Literal["negation", "less", "more", "thing"]

WEIGHTS: dict[TermKind, float] = {"thing": 1.3, "word": 1.0, "sign": 0.35, "common": 0.35, "name": 0.4, "number": 0.3}
"""How much sharing one term says; names are mostly parties and places, which other tests look at."""

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’‑-][^\W_]+)*|[;:.!?—–,]")
_SUFFIXES = (
    *("ments", "ment", "ations", "ation", "ions", "ion", "ings", "ing", "ies"),
    *("ers", "ors", "er", "or", "ed", "es", "als", "al", "s"),
)
"""Tried in this order; the rest must have four letters."""

_OPENERS = ("promise", "agreement", "threat", "demand")
_TRIGGERS = ("agreeing", "demanding", "rejecting", "threatening")
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


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a listed phrase means: its stems after the first (None is a gap) and its effect."""

    tail: tuple[str | None, ...]
    key: str
    kind: TermKind | None
    sign: SignKind | None
    turns: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of `matters.toml`, by stem."""

    stop: frozenset[str]
    common: frozenset[str]
    aside: frozenset[str]
    pointer: frozenset[str]
    claim: frozenset[str]
    accusation: frozenset[str]
    asked: frozenset[str]
    refusing: frozenset[str]
    doubting: frozenset[str]
    conditions: re.Pattern[str]
    contrasts: re.Pattern[str]
    irregular: dict[str, str]
    phrases: dict[str, tuple[_Entry, ...]]
    titles: frozenset[str]
    gatherings: frozenset[str]
    months: frozenset[str]
    anybody: frozenset[str]
    everyone: frozenset[str]
    openers: dict[str, frozenset[str]]
    triggers: dict[str, frozenset[str]]
    verdicts: frozenset[str]
    silence: re.Pattern[str]
    party_kinds: dict[str, str]
    sector_kinds: dict[str, str]


def stem(word: str) -> str:
    """The part of a lower-cased word its inflections and derivations share ("disarmed", "disarming": "disarm")."""
    return _stem(word.removesuffix("'s").removesuffix("’s"))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    word = lexicon_irregular().get(word, word)
    if word in _kept():
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            word = word[: -len(suffix)] + ("y" if suffix == "ies" else "")
            break
    else:
        if word.endswith("s") and len(word) > 3 and word[-2] not in "su":
            word = word[:-1]
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeioulsf":
        word = word[:-1]
    word = word.rstrip("e") or word
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def _kept() -> frozenset[str]:
    return frozenset({"armed", "arms", "guns", "united", "states", "news", "duties", "general", "generals"})


@cache
def _table() -> dict[str, Any]:
    where = "lexicons/en/matters.toml"
    try:
        table = tomllib.loads(resources.files("diurna").joinpath(where).read_text(encoding="utf-8"))
    except (FileNotFoundError, tomllib.TOMLDecodeError) as fault:
        raise LexiconError(f"{where}: {fault}: reinstall diurna") from fault
    faults = list(_faults(table))
    if faults:
        raise LexiconError(f"{where} has {len(faults)} faults: " + "; ".join(faults))
    return table


def _faults(table: dict[str, Any]) -> Iterator[str]:
    lists = "stop common negation less more condition aside contrast pointer claim accusation asked refusing"
    for key in (
        *lists.split(),
        "title",
        "gathering",
        "month",
        "silence",
        "anybody",
        "doubting",
        "everyone",
        *_OPENERS,
        *_TRIGGERS,
    ):
        words = table.get(key)
        if not isinstance(words, list) or not all(isinstance(w, str) and w.strip() == w and w for w in words):
            yield f"{key} is no list of words"
    for group in table.get("matter", ()):
        if set(group) - {"name", "things", "less", "more", "verdict"} or not group.get("name"):
            yield f"matter {group.get('name')!r} needs a name and may have things, less, more, verdict"
    for group in table.get("kind", ()):
        if set(group) - {"sectors"} != {"name", "words"}:
            yield f"kind {group.get('name')!r} needs name and words, and may have sectors"


@cache
def lexicon_irregular() -> dict[str, str]:
    """Forms no suffix explains ("withdrew"), with their base."""
    return dict(_table().get("irregular", {}))


@cache
def lexicon() -> Lexicon:
    """The lexicon of matters, loaded once.

    Raises:
        LexiconError: the file is missing or wrong; the message lists every fault.
    """
    table = _table()
    return Lexicon(
        stop=frozenset(table["stop"]),
        common=frozenset(map(stem, table["common"])),
        aside=frozenset(table["aside"]),
        pointer=frozenset(table["pointer"]),
        claim=frozenset(map(stem, table["claim"])),
        accusation=frozenset(map(stem, table["accusation"])),
        asked=frozenset(map(stem, table["asked"])),
        refusing=frozenset(table["refusing"]),
        doubting=frozenset(map(stem, table["doubting"])),
        conditions=_alternation(table["condition"]),
        contrasts=_alternation(table["contrast"]),
        irregular=lexicon_irregular(),
        phrases=_phrases(table),
        titles=frozenset(table["title"]),
        gatherings=frozenset(table["gathering"]),
        months=frozenset(table["month"]),
        anybody=frozenset(map(stem, table["anybody"])),
        everyone=frozenset(table["everyone"]),
        verdicts=frozenset(group["name"] for group in table["matter"] if group.get("verdict")),
        triggers={kind: frozenset(map(stem, table[kind])) for kind in _TRIGGERS},
        openers={kind: frozenset(map(stem, table[kind])) for kind in _OPENERS},
        silence=_alternation(table["silence"]),
        party_kinds={_stems(word): kind["name"] for kind in table["kind"] for word in kind["words"]},
        sector_kinds={sector: kind["name"] for kind in table["kind"] for sector in kind.get("sectors", ())},
    )


def _stems(phrase: str) -> str:
    return " ".join(map(stem, phrase.split()))


def _alternation(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda p: (-len(p), p))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE)


def _phrases(table: dict[str, Any]) -> dict[str, tuple[_Entry, ...]]:
    found: dict[str, list[_Entry]] = {}

    def add(phrase: str, key: str, kind: TermKind | None, sign: SignKind | None, *, turns: bool) -> None:
        first, *rest = phrase.split()
        tail = tuple(None if word == "~" else stem(word) for word in rest)
        entry = _Entry(tail, key or " ".join([stem(first), *filter(None, tail)]), kind, sign, turns)
        rows = found.setdefault(stem(first), [])
        if not any(row.tail == tail and row.sign == sign and row.key == entry.key for row in rows):
            rows.append(entry)

    for group in table["matter"]:
        for phrase in group.get("things", ()):
            add(phrase, group["name"], "thing", None, turns=False)
        for phrase in group.get("less", ()):
            add(phrase, group["name"], "thing", "thing", turns=True)
        for phrase in group.get("more", ()):
            add(phrase, group["name"], "thing", "thing", turns=False)
    for name, turns in (("negation", True), ("less", True), ("more", False)):
        for phrase in table[name]:
            kind: SignKind = "negation" if name == "negation" else "less" if turns else "more"
            add(phrase, "", "sign" if kind != "negation" else None, kind, turns=turns)
    return {first: tuple(sorted(rows, key=lambda e: -len(e.tail))) for first, rows in found.items()}


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

    def _length(self, entry: _Entry, index: int) -> int:
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

    def _take(self, entry: _Entry, index: int, length: int) -> None:
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
