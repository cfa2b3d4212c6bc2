"""What the parts of a report look like: the block lexicon, checked and made ready for matching."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from diurna.lexicon import load, made_of

_WORD_LISTS = (
    "calendar.months", "calendar.weekdays", "calendar.date_words", "dateline.cities", "dateline.not_places",
    "dateline.not_place_words", "dateline.agencies", "byline.openings", "byline.joining_words", "caption.starts",
    "caption.credit_words",
    "caption.picture_words", "caption.credit_marks", "caption.endings", "boilerplate.starts",
    "boilerplate.endings", "boilerplate.whole",
    "sections.deck",
)  # fmt: skip

_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "„": '"'})
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
"""Zero-width characters, direction marks and soft hyphens: nobody sees them, matching must not either."""


@dataclass(frozen=True, slots=True)
class BlockRules:
    """The block lexicon of one language; all words are in the form `plain` gives."""

    months: frozenset[str]
    weekdays: frozenset[str]
    date_words: frozenset[str]
    cities: frozenset[str]
    not_places: frozenset[str]
    not_place_words: frozenset[str]
    agencies: frozenset[str]
    byline: re.Pattern[str]
    joining_words: frozenset[str]
    caption: re.Pattern[str]
    credit_words: frozenset[str]
    picture_words: frozenset[str]
    credit_at_end: re.Pattern[str]
    caption_endings: tuple[str, ...]
    boilerplate: re.Pattern[str]
    boilerplate_endings: tuple[str, ...]
    boilerplate_whole: frozenset[str]
    boilerplate_longest: int
    deck_marks: frozenset[str]


def plain(text: str) -> str:
    """A copy for matching: lower case, single spaces, straight quotation marks, nothing that cannot be seen."""
    return " ".join(_UNSEEN.sub("", text.translate(_STRAIGHT)).split()).lower()


@made_of("blocks")
def block_rules(language: str = "en") -> BlockRules:
    """The rules of `language`, loaded once.

    Raises:
        LexiconError: the file is missing or has faults; the message lists all of them.
    """
    return _ready(load("blocks", language, check))


def check(table: dict[str, Any]) -> list[str]:
    """A sentence for every fault in a block lexicon."""
    faults = []
    for name in _WORD_LISTS:
        section, key = name.split(".")
        words = table.get(section, {}).get(key)
        if not isinstance(words, list) or not words or not all(isinstance(w, str) and w for w in words):
            faults.append(f"{name} is no list of words")
            continue
        faults += [f"{name} lists {word!r}, which is not plain" for word in words if plain(word) != word.strip()]
        faults += [f"{name} lists {word!r} twice" for word in sorted({w for w in words if words.count(w) > 1})]
    if not isinstance(table.get("boilerplate", {}).get("longest"), int):
        faults.append("boilerplate.longest is no whole number")
    return faults


def _ready(table: dict[str, Any]) -> BlockRules:
    calendar, dateline, byline = table["calendar"], table["dateline"], table["byline"]
    caption, boilerplate = table["caption"], table["boilerplate"]
    return BlockRules(
        months=frozenset(calendar["months"]),
        weekdays=frozenset(calendar["weekdays"]),
        date_words=frozenset(calendar["date_words"]),
        cities=frozenset(dateline["cities"]),
        not_places=frozenset(dateline["not_places"]),
        not_place_words=frozenset(dateline["not_place_words"]),
        agencies=frozenset(dateline["agencies"]),
        byline=_prefixes(byline["openings"]),
        joining_words=frozenset(byline["joining_words"]),
        caption=_prefixes(caption["starts"]),
        credit_words=frozenset(caption["credit_words"] + caption["picture_words"]),
        picture_words=frozenset(caption["picture_words"]),
        credit_at_end=re.compile(rf"(?<!\w)(?:{_either(caption['credit_marks'])}):\s[^.:]{{2,60}}\.?$"),
        caption_endings=tuple(caption["endings"]),
        boilerplate=_prefixes(boilerplate["starts"]),
        boilerplate_endings=tuple(boilerplate["endings"]),
        boilerplate_whole=frozenset(boilerplate["whole"]),
        boilerplate_longest=boilerplate["longest"],
        deck_marks=frozenset(table["sections"]["deck"]),
    )


def _either(phrases: list[str]) -> str:
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))


def _prefixes(phrases: list[str]) -> re.Pattern[str]:
    """Matches a text that starts with one of `phrases`, at a word's end."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile("|".join(re.escape(p) + (r"(?!\w)" if p[-1].isalpha() else "") for p in longest_first))
