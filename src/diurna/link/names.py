"""Can two names be one? Spellings, short forms, initials, transliterations, long and short names of bodies."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from diurna.lexicon import Table, load, made_of

NameGround = Literal["equal", "listed", "initials", "spelling", "part", "short form"]

_WORD = re.compile(r"[^\W_]+(?:[.'’‑-][^\W_]+)*\.?")
_LISTS = ("titles", "generation", "particles", "generic", "apart")


@dataclass(frozen=True, slots=True)
class AliasWords:
    """The words of `aliases.toml`."""

    titles: frozenset[str]
    generation: frozenset[str]
    particles: frozenset[str]
    generic: frozenset[str]
    apart: frozenset[str]
    nicknames: dict[str, frozenset[str]]
    listed: dict[str, str]


@made_of("aliases")
def alias_words() -> AliasWords:
    """The words, loaded once.

    Raises:
        LexiconError: the file is missing or wrong.
    """
    table = load("aliases", "en", _faults)
    short_forms = {short for row in table["nicknames"].values() for short in row}
    full = {one: frozenset(k for k, row in table["nicknames"].items() if one in row) for one in short_forms}
    listed = {folded(name): key for key, row in table["listed"].items() for name in row}
    titles, generation, particles, generic, apart = (frozenset(table[name]) for name in _LISTS)
    return AliasWords(titles, generation, particles, generic, apart, full, listed)


def _faults(table: Table) -> list[str]:
    found = [f"{name} is no list" for name in _LISTS if not isinstance(table.get(name), list)]
    return found + [f"{name} is no table" for name in ("nicknames", "listed") if not isinstance(table.get(name), dict)]


@dataclass(frozen=True, slots=True)
class NameMatch:
    """Why two names can be one; `strength` 0..1 orders grounds, `why` says it in words."""

    ground: NameGround
    strength: float
    why: str


@lru_cache(maxsize=100_000)
def folded(name: str) -> str:
    """A name in lower case without accents, apostrophes, possessives and dots within words."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace(" 's", "'s"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    plain = re.sub(r"'s\b", "", plain).replace("'", "")
    return " ".join(word.rstrip(".") for word in _WORD.findall(plain))


@lru_cache(maxsize=100_000)
def bare(name: str, person: bool) -> tuple[str, ...]:
    """The words of a name; of a person's without titles and without whose he is; all where nothing else is left."""
    said = _OF.sub("", _WHOSE.sub("", name)) if person else name
    words = [w for part in folded(said or name).split() for w in re.split(r"[‑-]", part) if w]
    dropped = alias_words().titles if person else _ARTICLES
    found = [w for w in words if w not in dropped]
    return tuple(found or words)


_WHOSE = re.compile(r"^(?:(?!\sof\s).){2,40}?\s?['’]s\s+(?=[A-Z])")
_OF = re.compile(r"(?<=\w)\s+of\s+(?:the\s+)?[A-Z].*$")
_ARTICLES = frozenset(("the", "a", "an"))


_SOUNDS = (
    *(("kh", "x"), ("gh", "q"), ("shch", "S"), ("sch", "S"), ("tsch", "C"), ("tch", "C"), ("sh", "S"), ("ch", "C")),
    *(("dj", "j"), ("zh", "j"), ("ph", "f"), ("th", "t"), ("dh", "s"), ("ck", "k"), ("ou", "u"), ("oo", "u")),
    *(("ee", "i"), ("ei", "i"), ("ai", "i"), ("ay", "i"), ("ey", "i"), ("iy", "i"), ("yi", "i"), ("c", "k")),
    *(("q", "k"), ("g", "k"), ("w", "u"), ("v", "u"), ("z", "s")),
)
"""Ways of writing one sound, the longer first."""


@lru_cache(maxsize=100_000)
def skeleton(word: str) -> str:
    """A word as its consonants go in any transliteration: Sadegh, Sadiq and Sadeq are one, Zelensky and Zelenskyy."""
    w = word
    for old, new in _SOUNDS:
        w = w.replace(old, new)
    head, rest = w[:1], re.sub(r"[aeiouyh]", "", w[1:])
    head = "*" if head in "aeiouy" else head
    return re.sub(r"(.)\1+", r"\1", head + rest)


def match_names(one: str, other: str, *, person: bool) -> NameMatch | None:
    """The ground on which two names can be one; None where there is none."""
    left, right = bare(one, person), bare(other, person)
    if left == right:
        return NameMatch("equal", 1.0, f"“{one}” and “{other}” are one name")
    words = alias_words()
    listed = words.listed.get(folded(one)), words.listed.get(folded(other))
    if listed[0] and listed[0] == listed[1]:
        return NameMatch("listed", 0.95, f"“{one}” and “{other}” are listed as names of one")
    if any(listed) and listed[0] != listed[1] and all(listed):
        return None
    return _persons(one, other, left, right) if person else _bodies(one, other, left, right)


# --- persons


def _persons(one: str, other: str, left: tuple[str, ...], right: tuple[str, ...]) -> NameMatch | None:
    words = alias_words()
    generations = [frozenset(w for w in row if w in words.generation) for row in (left, right)]
    left, right = (tuple(w for w in row if w not in words.generation) for row in (left, right))
    core = [tuple(w for w in row if w not in words.particles) or row for row in (left, right)]
    if not all(core) or (generations[0] != generations[1] and len(core[0]) > 1 and len(core[1]) > 1):
        return None
    short, long = sorted(core, key=len)
    if len(short) == 1:
        return _single(one, other, short[0], long)
    if not _alike(short[-1], long[-1]):
        swapped = sorted(short) == sorted(long) and len(short) == 2
        return NameMatch("spelling", 0.85, f"“{one}” is “{other}” with the family name first") if swapped else None
    given = _given(short[0], long[0])
    if given is None and len(long) > 2:
        given = next((g for g in (_given(short[0], w) for w in long[1:-1]) if g is not None), None)
        given = min(given, 0.75) if given is not None else None
    if given is None:
        return None
    middle = _middle(short[1:-1], long[1:-1])
    if not middle:
        return None
    exact = short[-1] == long[-1]
    ground: NameGround = (
        "initials" if min(len(short[0]), len(long[0])) == 1 else "short form" if given < 0.9 else "spelling"
    )
    return NameMatch(ground, given * (1.0 if exact else 0.95), f"“{one}” and “{other}” can be one name")


def _single(one: str, other: str, word: str, long: tuple[str, ...]) -> NameMatch | None:
    """One word that is a part of the other name: a family name, or a first name that stands for all."""
    if len(word) < 2:
        return None
    if len(long) == 1:
        return (
            NameMatch("spelling", 0.85, f"“{one}” and “{other}” are spellings of one name")
            if _alike(word, long[0])
            else None
        )
    if _alike(word, long[-1]):
        return NameMatch("part", 0.8, f"“{one}” and “{other}” share the family name")
    if word == long[0] or (len(long) > 2 and any(_alike(word, w) for w in long[1:-1])):
        return NameMatch("part", 0.7, f"“{one}” and “{other}” share a name")
    return None


def _given(one: str, other: str) -> float | None:
    """How well two given names go together; None where they do not."""
    if one == other:
        return 1.0
    if len(one) == 1 or len(other) == 1:
        return 0.8 if one[0] == other[0] else None
    full = alias_words().nicknames
    if (
        other in full.get(one, ())
        or one in full.get(other, ())
        or full.get(one, frozenset()) & full.get(other, frozenset())
    ):
        return 0.85
    return 0.9 if _alike(one, other) else None


def _middle(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether middle names do not contradict: an initial goes with its name, a missing one with any."""
    if not one or not other:
        return True
    return any(_given(a, b) is not None for a in one for b in other)


@lru_cache(maxsize=200_000)
def _alike(one: str, other: str) -> bool:
    """Whether two words are spellings of one: transliterations, or one letter apart in a long word."""
    if one == other:
        return True
    if min(len(one), len(other)) < 3:
        return False
    same = skeleton(one) == skeleton(other)
    if same and (len(skeleton(one)) >= 3 or one[0] == other[0]):
        return abs(len(one) - len(other)) <= 3
    return min(len(one), len(other)) >= 6 and one[0] == other[0] and DamerauLevenshtein.distance(one, other) == 1


# --- bodies, places


def _bodies(one: str, other: str, left: tuple[str, ...], right: tuple[str, ...]) -> NameMatch | None:
    for short, long, written in ((left, right, one), (right, left, other)):
        if len(short) == 1 and len(long) > 1 and _is_acronym(written, short[0], long):
            return NameMatch("initials", 0.9, f"“{one}” and “{other}”: the one is the other's initials")
    words = alias_words()
    core = [tuple(w for w in row if w not in words.particles) or row for row in (left, right)]
    short, long = sorted(core, key=len)
    if len(short) == len(long) and all(_alike(a, b) for a, b in zip(short, long, strict=True)):
        return NameMatch("spelling", 0.9, f"“{one}” and “{other}” are spellings of one name")
    return _part_of(one, other, short, long) if set(short) <= set(long) else None


def _part_of(one: str, other: str, short: tuple[str, ...], long: tuple[str, ...]) -> NameMatch | None:
    """Whether the longer name of a body only says more of it."""
    words = alias_words()
    extra = [w for w in long if w not in short]
    if any(w in words.apart for w in extra) or all(w in words.generic for w in short):
        return None
    if all(w in words.generic for w in extra):
        return NameMatch("part", 0.85, f"“{one}” is “{other}” without what kind of body it is")
    said_first, said_last = long[: len(short)] == short, long[-len(short) :] == short
    if len(short) >= 2 and (said_first or said_last):
        return NameMatch("part", 0.75, f"“{other}” says more of “{one}”")
    return None


def _is_acronym(written: str, short: str, long: tuple[str, ...]) -> bool:
    """Whether one word is made of the other name's initials."""
    letters = re.findall(r"[A-Za-z]", written)
    if sum(c.isupper() for c in letters) < 2:
        return False
    plain = short.replace(".", "")
    every = "".join(w[0] for w in long)
    chief = "".join(w[0] for w in long if w not in alias_words().particles)
    return plain in (every, chief) and len(plain) >= 2
