"""The words that tell what is done by saying something, from `acts.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from diurna import lexicon
from diurna.model.record import Act

_LISTS = (
    "informing", "unperforming", "obliging", "needing", "futures", "wishing", "planning", "weighing",
    "standing", "holding", "own", "speaking_own", "possessive", "bodies", "denying", "absent", "owning", "thanking",
    "feeling", "wronging", "wrongs", "bad", "good", "harming", "inward",
    "unjustly", "dangers", "people", "stands", "knowing",
    "minded", "bound", "guilty", "harmful", "standing_by", "charging", "taken", "taking", "topical", "giving",
    "enacting", "refusing", "expecting", "hoping", "confirming", "leading", "opining", "answering", "harms",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActLexicon:
    """The word lists of `acts.toml`; `cues` and `nouns` give the act a verb, adjective or noun names by itself."""

    words: Mapping[str, frozenset[str]]
    cues: Mapping[str, Act]
    nouns: Mapping[str, Act]

    def has(self, name: str, word: str) -> bool:
        """Whether a list holds a word."""
        return word in self.words[name]


@lexicon.made_of("acts")
def load_acts(language: str = "en") -> ActLexicon:
    """The act lexicon of `language`, checked and loaded once."""
    table = lexicon.load("acts", language, _faults)
    return ActLexicon(
        {name: frozenset(table[name]) for name in _LISTS},
        {word: act for act, words in table["cues"].items() for word in words},
        {word: act for act, words in table["nouns"].items() for word in words},
    )


def _faults(table: lexicon.Table) -> list[str]:
    faults = lexicon.faults_in_words(table, *_LISTS)
    for acts in (table.get("cues", {}), table.get("nouns", {})):
        faults += lexicon.faults_in_words(acts, *acts)
        faults += [f"{act!r} is no act" for act in acts if act not in get_args(Act)]
    return faults
