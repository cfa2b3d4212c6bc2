"""How many, of whom: the counts a clause gives of people killed, hurt, arrested or taking part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from diurna.link.tellingwords import telling_words

CountKind = Literal["killed", "injured", "arrested", "participants"]

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_UNITS = {word: value for value, word in enumerate(_SMALL.split())} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_NUMBER = (
    r"(?:\d[\d,]*(?:\.\d+)?(?:\s+(?:million|thousand))?|"
    + "|".join(_UNITS)
    + r")(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
)
_LEAD = (
    r"(?:(?P<low>at least|more than|over|no fewer than|upwards of)"
    r"|(?P<high>at most|up to|fewer than|less than|no more than)"
    r"|(?P<near>about|around|some|nearly|almost|roughly|approximately|an estimated))?\s*"
)
_KINDS: tuple[tuple[CountKind, str], ...] = (
    ("killed", r"kill(?:ed|s|ing)?|drown(?:ed|s)?|perish(?:ed)?|dead|died|deaths?|death toll|lives|lost|fatalities"),
    ("injured", r"injur(?:ed|es|ing|ies)?|wound(?:ed|s|ing)?|hurt"),
    ("arrested", r"arrest(?:ed|s|ing)?|detain(?:ed|s|ing)?"),
    ("participants", r"took part|take part|taking part|marched|attended|rallied|gathered|demonstrated|joined"),
)
_ANY = re.compile(rf"\b(?:{'|'.join(verbs for _, verbs in _KINDS)})\b", re.IGNORECASE)
"""A word without which nothing is counted."""
_BETWEEN = frozenset(("in", "at", "on", "of", "when", "during", "since", "by"))


@dataclass(frozen=True, slots=True)
class Count:
    """One count: `low` and `high` are None where the text leaves that end open; `noun` is what was counted."""

    kind: CountKind
    low: int | None
    high: int | None
    text: str
    noun: str


def counts_in(text: str) -> tuple[Count, ...]:
    """The counts of people a clause gives; counts of other things (mules, leaflets) are none."""
    return tuple(dict.fromkeys(_counts(text)))


def _counts(text: str) -> Iterator[Count]:
    if not _ANY.search(text):
        return
    for kind, verbs in _KINDS:
        for pattern in _patterns(verbs):
            for found in re.finditer(pattern, text, re.IGNORECASE):
                made = _count(kind, found, whole=pattern.endswith("60})"))
                if made:
                    yield made


def _patterns(verbs: str) -> tuple[str, str]:
    after = (
        rf"\b(?:{verbs})\b(?:\s+(?:put|at|to|of|as|is|was|stands?|were|rose|rises|risen|climbed|reached|now)){{0,3}}\s+{_LEAD}"
        rf"(?P<number>{_NUMBER})\b(?P<noun>[^.;,]{{0,60}})"
    )
    if "toll" in verbs:
        after = (
            r"\b(?:death toll\b[^.;]{0,80}?"
            r"\b(?:stands?|stood|is|was|put|rose|rises|risen|climbed|reached|reaches|passed)"
            rf"(?:\s+(?:now|at|to|as)){{0,3}}|(?:{verbs})\b"
            r"(?:\s+(?:put|at|to|of|as|is|was|stands?|were|rose|rises|risen|climbed|reached|now)){0,3})"
            rf"\s+{_LEAD}"
            rf"(?P<number>{_NUMBER})\b(?P<noun>[^.;,]{{0,60}})"
        )
    before = rf"{_LEAD}\b(?P<number>{_NUMBER})\b(?P<noun>(?:\s+(?!and\b)[\w’'-]+){{0,8}}?)\s+(?:{verbs})\b"
    return after, before


def _count(kind: CountKind, found: re.Match[str], *, whole: bool) -> Count | None:
    value = _value(found["number"])
    noun = " ".join(found["noun"].split())
    words = [w.lower() for w in re.findall(r"[^\W\d_]+", noun)]
    people = telling_words().people | (_BETWEEN if whole else frozenset())
    if value is None or (words and not any(w in people for w in words[:4])):
        return None
    low, high = value, value
    if found["low"]:
        return Count(kind, value, None, f"{found['low']} {found['number']}", noun)
    if found["high"]:
        return Count(kind, None, value, f"{found['high']} {found['number']}", noun)
    if found["near"]:
        low, high = round(value * 0.85), round(value * 1.15)
    return Count(kind, low, high, f"{found['near'] or ''} {found['number']}".strip(), noun)


def _value(text: str) -> int | None:
    plain = text.lower().replace(",", "")
    if plain in _UNITS:
        return _UNITS[plain]
    tens, _, unit = plain.partition("-")
    if tens in _UNITS and unit in _UNITS:
        return _UNITS[tens] + _UNITS[unit]
    number, _, scale = plain.partition(" ")
    try:
        value = float(number)
    except ValueError:
        return None
    if number.isdigit() and 1900 <= value <= 2100 and not scale:
        return None
    return round(value * {"million": 1_000_000, "thousand": 1_000}.get(scale, 1))
