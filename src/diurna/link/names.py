"""Can two names be one? Spellings, short forms, initials, transliterations, long and short names of bodies."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from anyascii import anyascii

from diurna.lexicon import Table, faults_in_tables, faults_in_words, load, made_of
from diurna.link.spelling import alike, romanised

NameGround = Literal["equal", "listed", "initials", "spelling", "part", "short form", "given"]

_WORD = re.compile(r"[^\W_]+(?:[.'’‑-][^\W_]+)*\.?")
_LISTS = (
    "titles",
    "honours",
    "ranks",
    "generation",
    "particles",
    "generic",
    "apart",
    "founds",
    "everywhere",
    "family_first",
    "frequent",
)

_TABLES = ("nicknames", "equivalents", "listed", "bodies")


@dataclass(frozen=True, slots=True)
class AliasWords:
    """The words of `aliases.toml`."""

    titles: frozenset[str]
    honours: frozenset[str]
    ranks: frozenset[str]
    generation: frozenset[str]
    particles: frozenset[str]
    generic: frozenset[str]
    apart: frozenset[str]
    founds: frozenset[str]
    everywhere: frozenset[str]
    family_first: frozenset[str]
    frequent: frozenset[str]
    nicknames: dict[str, frozenset[str]]
    equivalents: dict[str, str]
    listed: dict[str, str]
    bodies: dict[str, str]


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
    same = {folded(name): key for key, row in table["equivalents"].items() for name in row}
    lists = {name: frozenset(table[name]) for name in _LISTS}
    return AliasWords(nicknames=full, equivalents=same, listed=listed, bodies=dict(table["bodies"]), **lists)


def _faults(table: Table) -> list[str]:
    return faults_in_words(table, *_LISTS) + faults_in_tables(table, *_TABLES)


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
    plain = plain if plain.isascii() else anyascii(plain).lower()
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
    core = [core_words(row) for row in (left, right)]
    if not all(core) or (generations[0] != generations[1] and len(core[0]) > 1 and len(core[1]) > 1):
        return None
    if core[0] == core[1]:
        return NameMatch("spelling", 1.0, f"“{one}” and “{other}” differ only in particles")
    short, long = sorted(core, key=len)
    if len(short) == 1:
        return _single(one, other, short[0], long)
    eastern = _eastern(short, long)
    if eastern is not None:
        return NameMatch("spelling", 0.9, f"“{one}” and “{other}” are romanised alike") if eastern else None
    return _full(one, other, short, long) or _other_order(one, other, short, long)


def core_words(row: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a person's name that count: no generation, no particle; "abd al-rahman" is one word."""
    words = alias_words()
    found: list[str] = []
    servant = False
    for word in row:
        if word in words.generation:
            continue
        if _SERVANT.fullmatch(word):
            servant = True
        elif word in words.particles and len(row) > 1:
            continue
        else:
            found.append(f"abd{word}" if servant else _SERVANT_AND.sub(r"abd\1", word))
            servant = False
    return tuple(found) or row


_SERVANT = re.compile(r"abd(?:[aeou]l|[aeou][rnszt])?")
_SERVANT_AND = re.compile(r"^abd[aeou](?:l|r(?=r)|s(?=s)|z(?=z)|n(?=n)|t(?=t))(?!l)(\w{4,})$")


def _eastern(short: tuple[str, ...], long: tuple[str, ...]) -> bool | None:
    """Whether two names of East Asia are one; None where they are not such names."""
    first = alias_words().family_first
    if not any(row[0] in first or row[-1] in first for row in (short, long)):
        return None
    if not all(len(w) <= 8 and romanised((w,)) for row in (short, long) for w in row):
        return None
    orders = [{(row[0], romanised(row[1:])), (row[-1], romanised(row[:-1]))} for row in (short, long)]
    same = any(
        _FAMILIES.get(a, romanised((a,))) == _FAMILIES.get(b, romanised((b,))) and x == y and (a in first or b in first)
        for a, x in orders[0]
        for b, y in orders[1]
    )
    sure = all(row[0] in first and sum(map(len, row[1:])) <= 12 for row in (short, long))
    return True if same else (False if sure else None)


_FAMILIES = {
    spelling: row[0]
    for row in (
        ("pak", "park", "bak"), ("yi", "lee", "rhee", "ri"), ("choe", "choi"), ("chong", "jung", "jeong", "chung"),
        ("kim", "gim"), ("no", "noh", "roh"), ("im", "lim", "rim"), ("yu", "yoo", "ryu"), ("son", "sohn"),
        ("yun", "yoon"), ("mun", "moon"), ("sin", "shin"), ("so", "seo", "suh"), ("paek", "paik", "baek"),
    )
    for spelling in row
}  # fmt: skip


def _full(one: str, other: str, short: tuple[str, ...], long: tuple[str, ...]) -> NameMatch | None:
    """Both have a given and a family name, in this order."""
    if alike("".join(short), "".join(long)) and len("".join(short)) > 7:
        return NameMatch("spelling", 0.9, f"“{one}” and “{other}” are spellings of one name")
    if not _same_word(short[-1], long[-1]):
        return None
    given = _given(short[0], long[0])
    if given is None and len(short) == len(long) > 2 and short[1:] == long[1:] and short[0][0] == long[0][0]:
        return NameMatch(
            "short form", 0.7, f"“{one}” and “{other}” have all names but the first in common, and its first letter"
        )
    if given is None and len(long) > 2:
        given = next((g for g in (_given(short[0], w) for w in long[1:-1]) if g is not None), None)
        given = min(given, 0.75) if given is not None else None
    if given is None or not _middle(short[1:-1], long[1:-1]):
        return None
    exact = short[-1] == long[-1]
    ground: NameGround = (
        "initials" if min(len(short[0]), len(long[0])) == 1 else "short form" if given < 0.9 else "spelling"
    )
    return NameMatch(ground, given * (1.0 if exact else 0.95), f"“{one}” and “{other}” can be one name")


def _other_order(one: str, other: str, short: tuple[str, ...], long: tuple[str, ...]) -> NameMatch | None:
    """The family name first in one of the two, or a second family name only one of them has."""
    if len(short) == len(long):
        for turned in (long[1:] + long[:1], long[-1:] + long[:-1]):
            if all(_same_word(a, b) for a, b in zip(short, turned, strict=True)):
                return NameMatch("spelling", 0.85, f"“{one}” is “{other}” with the family name first")
    elif len(short) >= 2 and all(_same_word(a, b) for a, b in zip(short, long, strict=False)):
        return NameMatch("part", 0.75, f"“{other}” has one name more than “{one}”")
    return None


def _single(one: str, other: str, word: str, long: tuple[str, ...]) -> NameMatch | None:
    """One word that is a part of the other name: a family name, or a first name that stands for all."""
    if len(word) < 2:
        return None
    if len(long) == 1:
        same = _same_word(word, long[0])
        return NameMatch("spelling", 0.85, f"“{one}” and “{other}” are spellings of one name") if same else None
    family = {long[-1], *(long[:1] if long[0] in alias_words().family_first else ())}
    if any(_same_word(word, w) for w in family):
        return NameMatch("part", 0.8, f"“{one}” and “{other}” share the family name")
    if len(long) > 2 and any(_same_word(word, w) for w in long[1:-1]):
        return NameMatch("part", 0.7, f"“{one}” and “{other}” share a name")
    if word == long[0]:
        return NameMatch("given", 0.6, f"“{one}” and “{other}” share the given name")
    short_for = long[0] in alias_words().nicknames.get(word, ())
    return NameMatch("given", 0.55, f"“{word.title()}” can be short for “{long[0].title()}”") if short_for else None


def _same_word(one: str, other: str) -> bool:
    known = alias_words().equivalents
    return alike(one, other) or (one in known and known[one] == known.get(other))


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
    return 0.9 if _same_word(one, other) else None


def _middle(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether middle names do not contradict: an initial goes with its name, a missing one with any."""
    if not one or not other:
        return True
    return any(_given(a, b) is not None for a in one for b in other)


# --- bodies, places


def _bodies(one: str, other: str, left: tuple[str, ...], right: tuple[str, ...]) -> NameMatch | None:
    for short, long, written in ((left, right, one), (right, left, other)):
        if len(short) == 1 and len(long) > 1 and _is_acronym(written, short[0], long):
            return NameMatch("initials", 0.9, f"“{one}” and “{other}”: the one is the other's initials")
    core = [bag_of(row) for row in (left, right)]
    short, long = sorted(core, key=len)
    if len(short) == len(long):
        if sorted(short) == sorted(long) or all(_same_body_word(a, b) for a, b in zip(short, long, strict=True)):
            return NameMatch("spelling", 0.9, f"“{one}” and “{other}” are spellings of one name")
        return None
    return _part_of(one, other, short, long) if set(short) <= set(long) else None


def _same_body_word(one: str, other: str) -> bool:
    """Whether two words of bodies' names are one; short ones, which may be abbreviations, only letter by letter."""
    return one == other or (min(len(one), len(other)) >= 5 and _same_word(one, other))


def bag_of(row: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a body's name that count, in the singular; "ministry of foreign affairs" is a foreign ministry."""
    words = alias_words()
    kept = [w for w in row if w not in words.particles and w != "affairs"] or list(row)
    return tuple(
        words.bodies.get(w, w[:-1] if len(w) > 5 and w.endswith("s") and w[-2] not in "sui" else w) for w in kept
    )


def _part_of(one: str, other: str, short: tuple[str, ...], long: tuple[str, ...]) -> NameMatch | None:
    """Whether the longer name of a body only says more of it."""
    words = alias_words()
    extra = [w for w in long if w not in short]
    if any(w in words.apart for w in extra) or all(w in words.generic for w in short):
        return None
    if all(w in words.generic for w in extra):
        founds = any(w in words.founds for w in extra)
        return NameMatch(
            "short form" if founds else "part", 0.7 if founds else 0.85,
            f"“{short_of(one, other)}” is “{long_of(one, other)}” without what kind of body it is",
        )  # fmt: skip
    said_first, said_last = long[: len(short)] == short, long[-len(short) :] == short
    if len(short) >= 2 and (said_first or said_last):
        return NameMatch("short form", 0.65, f"“{long_of(one, other)}” says more of “{short_of(one, other)}”")
    return None


def short_of(one: str, other: str) -> str:
    """The shorter of two names."""
    return min(one, other, key=len)


def long_of(one: str, other: str) -> str:
    """The longer of two names."""
    return max(other, one, key=len)


def _is_acronym(written: str, short: str, long: tuple[str, ...]) -> bool:
    """Whether one word is made of the other name's initials."""
    letters = re.findall(r"[A-Za-z]", written)
    if sum(c.isupper() for c in letters) < 2:
        return False
    plain = short.replace(".", "")
    every = "".join(w[0] for w in long)
    chief = "".join(w[0] for w in long if w not in alias_words().particles)
    return plain in (every, chief) and len(plain) >= 2
