"""The lexicon of matters: what words mean one thing, which turn it round, and how a word is brought to its stem."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from diurna.lexicon import Table, load, made_of

TermKind = Literal["thing", "word", "sign", "common", "name", "number"]
SignKind = Literal["negation", "less", "more", "thing"]

_SUFFIXES = (
    *("ments", "ment", "ations", "ation", "ions", "ion", "ings", "ing", "ies"),
    *("ers", "ors", "er", "or", "ed", "es", "als", "al", "s"),
)
"""Tried in this order; the rest must have four letters."""

_WHOLE_ENDS = {"s": "ss", "ed": "eed"}
"""Endings that only look like a suffix ("dismiss", "exceed")."""
_SHORT_PAST = re.compile(r"(?P<base>[a-z]?[aiouy][a-z]|[aeiou][a-z]{2})(?:ed|ing)")
"""Forms of short verbs ("hired", "firing", "ended")."""
_DOUBLED = re.compile(r"(?P<base>[a-z]{2,}(?P<last>[bdgmnprt]))(?P=last)(?:ed|ing)")
"""Forms of short verbs that double their last letter ("running", "banned")."""

_THREE = 3
_OPENERS = ("promise", "agreement", "threat", "demand")
_LISTS = (
    *("stop", "common", "negation", "less", "more", "condition", "aside", "contrast", "pointer", "claim", "accusation"),
    *(
        "asked",
        "refusing",
        "title",
        "gathering",
        "month",
        "silence",
        "anybody",
        "doubting",
        "everyone",
        "whole",
        "judging",
        "groundless",
    ),
)
_TRIGGERS = ("agreeing", "demanding", "rejecting", "threatening")


@dataclass(frozen=True, slots=True)
class Entry:
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
    phrases: dict[str, tuple[Entry, ...]]
    titles: frozenset[str]
    gatherings: frozenset[str]
    months: frozenset[str]
    anybody: frozenset[str]
    everyone: frozenset[str]
    openers: dict[str, frozenset[str]]
    triggers: dict[str, frozenset[str]]
    verdicts: frozenset[str]
    judging: frozenset[str]
    groundless: re.Pattern[str]
    silence: re.Pattern[str]
    party_kinds: dict[str, str]
    sector_kinds: dict[str, str]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The part of a lower-cased word its inflections and derivations share ("disarmed", "disarming": "disarm")."""
    return _stem(word.removesuffix("'s").removesuffix("’s"))


def _stem(word: str) -> str:
    word = lexicon_irregular().get(word, word)
    if word in _whole():
        return word
    doubled = _DOUBLED.fullmatch(word)
    if doubled and len(doubled["base"]) == _THREE:
        return doubled["base"]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4 and not word.endswith(_WHOLE_ENDS.get(suffix, " ")):
            word = word[: -len(suffix)] + ("y" if suffix == "ies" else "")
            if suffix in ("ed", "ing", "es", "s") and word.endswith(("er", "or")) and len(word) >= 6:
                word = word[:-2]
            break
    else:
        short = _SHORT_PAST.fullmatch(word)
        if short:
            word = short["base"]
        elif word.endswith("s") and len(word) > 3 and word[-2] not in "su":
            word = word[:-1]
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "aeioulsf":
        word = word[:-1]
    word = word.rstrip("e") or word
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


@made_of("matters")
def _whole() -> frozenset[str]:
    return frozenset(_table()["whole"])


def _table() -> Table:
    return load("matters", check=_all_faults)


def _all_faults(table: Table) -> list[str]:
    return list(_faults(table))


def _faults(table: dict[str, Any]) -> Iterator[str]:
    for key in (*_LISTS, *_OPENERS, *_TRIGGERS):
        words = table.get(key)
        if not isinstance(words, list) or not all(isinstance(w, str) and w.strip() == w and w for w in words):
            yield f"{key} is no list of words"
    for group in table.get("matter", ()):
        if set(group) - {"name", "things", "less", "more", "verdict"} or not group.get("name"):
            yield f"matter {group.get('name')!r} needs a name and may have things, less, more, verdict"
    for group in table.get("kind", ()):
        if set(group) - {"sectors"} != {"name", "words"}:
            yield f"kind {group.get('name')!r} needs name and words, and may have sectors"


@made_of("matters")
def lexicon_irregular() -> dict[str, str]:
    """Forms no suffix explains ("withdrew"), with their base."""
    return dict(_table().get("irregular", {}))


@made_of("matters")
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
        judging=frozenset(table["judging"]),
        groundless=_alternation(table["groundless"]),
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


def _phrases(table: dict[str, Any]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {}

    def add(phrase: str, key: str, kind: TermKind | None, sign: SignKind | None, *, turns: bool) -> None:
        first, *rest = phrase.split()
        tail = tuple(None if word == "~" else stem(word) for word in rest)
        entry = Entry(tail, key or " ".join([stem(first), *filter(None, tail)]), kind, sign, turns)
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
