"""The words for truces, for what opens them and for what goes against them, loaded and checked once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from diurna.lexicon import Table, faults_in_words, load, made_of
from diurna.model.span import Span

_LISTS = ("truce", "opening", "beginning", "open", "aside", "attack", "attacking", "ended", "breaching")
_BEFORE = 60
"""Characters before such a word in which somebody may be named whose charge it only is."""
_CHARGED = re.compile(r"\b(?:alleg|accus|claim|citing|cites|response|retaliat|saying|said)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TruceWords:
    """The words of `truces.toml` as patterns."""

    truce: re.Pattern[str]
    opening: re.Pattern[str]
    beginning: re.Pattern[str]
    open: re.Pattern[str]
    aside: re.Pattern[str]
    by_noun: re.Pattern[str]
    attack: re.Pattern[str]
    attacking: re.Pattern[str]
    ended: re.Pattern[str]
    breach: re.Pattern[str]


@made_of("truces")
def truce_words() -> TruceWords:
    """The words, loaded once.

    Raises:
        LexiconError: the file is missing or wrong; the message lists every fault.
    """
    table = load("truces", check=_faults)
    words = {key: "|".join(map(re.escape, sorted(table[key], key=lambda w: (-len(w), w)))) for key in _LISTS}
    kind = re.IGNORECASE
    return TruceWords(
        truce=re.compile(rf"\b(?:{words['truce']})\b", kind),
        opening=re.compile(rf"\b(?:{words['opening']})\w*", kind),
        beginning=re.compile(rf"\b(?:{words['beginning']})\b", kind),
        open=re.compile(rf"\b(?:{words['open']})", kind),
        aside=re.compile(rf"\b(?:{words['aside']})\b", kind),
        by_noun=re.compile(
            rf"(?P<who>[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){{0,3}})\s+(?:[a-z-]+\s+){{0,2}}?(?:{words['attack']})\b"
        ),
        attack=re.compile(rf"\b(?:{words['attack']})\b", kind),
        attacking=re.compile(rf"\b(?:{words['attacking']})\b"),
        ended=re.compile(rf"\b(?:{words['ended']})\b", kind),
        breach=re.compile(rf"\b(?:{words['breaching']})\b[^.;]{{0,40}}?\b(?:{words['truce']})\b", kind),
    )


def _faults(table: Table) -> list[str]:
    begun = table.get("open")  # how words begin, some with the blank that ends them
    whole = isinstance(begun, list) and all(isinstance(one, str) and one.strip() for one in begun)
    faults = faults_in_words(table, *(key for key in _LISTS if key != "open"))
    return faults if whole else [*faults, "open is no list of words"]


def says_truce(quote: str) -> bool:
    """Whether a clause names a truce."""
    return truce_words().truce.search(quote) is not None


_AFTER = 160
"""Characters after a clause in which its sentence may say that it goes against a truce."""
_STOP = re.compile(r"[.!?](?=\s|$)|\n")


def goes_against_truce(text: str, clause: Span) -> bool:
    """Whether the sentence of a clause itself says, from the clause on, that what it tells goes against a truce."""
    stop = _STOP.search(text, clause.end, clause.end + _AFTER)
    end = stop.start() if stop else min(len(text), clause.end + _AFTER)
    found = truce_words().breach.search(text, clause.start, end)
    return found is not None and not _CHARGED.search(text, max(clause.start, found.start() - _BEFORE), found.start())
