"""Which names and nouns stand for a medium that reports: "Reuters", "the Orlan Times", "news site Vesna"."""

from __future__ import annotations

import re

from diurna.annotate.parse import Parse
from diurna.annotate.statements.grammar import Tokens, is_definite
from diurna.annotate.statements.speakerwords import SpeakerLexicon

_STATION = re.compile(r"[a-z]{0,3}tv\d*|tv[a-z]?\d+|[a-z0-9]+-tv|.+\.com")
"""How the names of stations and sites are written, in lower case: "itv", "tvn24", "orda-tv", "news.com"."""
_FEWEST = 4


def is_outlet(parse: Parse, words: SpeakerLexicon, source: Tokens, head: int) -> bool:
    """Whether a phrase with `head` as its head stands for a medium.

    Args:
        source: the phrase, first and last token.
    """
    beside = parse.children_by(head, "compound", "appos", "amod", "nmod", "flat")
    if _is_station(parse.lowers[head]) and parse.words[head][0].isupper():
        return True
    if parse.pos[head] != "PROPN":
        return _is_told_outlet(parse, words, beside, head)
    if _names_paper(parse, words, source, head):
        return True
    name = parse.lowers[head]
    if parse.label(head) == "PERSON":
        return name in words.outlet_titles if beside else name in words.outlet_names
    return (
        name in words.outlet_names
        or any(parse.lemmas[c] in words.outlet_heads and parse.pos[c] == "NOUN" for c in beside)
        or _begins_with_outlet(parse, words, beside)
        or (name in words.outlets and (bool(beside) or is_definite(parse, head)))
        or (name in words.outlets and any(parse.pos[c] == "NUM" for c in parse.children[head]))
        or (name in words.outlet_heads and any(parse.lowers[c] in words.news_words for c in beside))
    )


def _is_told_outlet(parse: Parse, words: SpeakerLexicon, beside: list[int], head: int) -> bool:
    """Whether a noun for a medium has news or a medium's name beside it ("news site Vesna", "a Reuters source")."""
    if parse.lemmas[head] not in words.outlet_heads and parse.lemmas[head] != "source":
        return False
    return any(parse.lowers[c] in words.news_words or parse.lowers[c] in words.outlet_names for c in beside)


def _is_station(name: str) -> bool:
    return _STATION.fullmatch(name) is not None and (len(name) >= _FEWEST or name.startswith("tv"))


def _begins_with_outlet(parse: Parse, words: SpeakerLexicon, beside: list[int]) -> bool:
    """Whether a medium's name stands before the last word of the name ("CNN Orlan")."""
    if not beside or parse.pos[beside[0]] != "PROPN" or parse.lowers[beside[0]] not in words.outlet_names:
        return False
    return parse.deps[beside[0]] != "appos"


def _names_paper(parse: Parse, words: SpeakerLexicon, source: Tokens, head: int) -> bool:
    """Whether a name has another language's article and word for a paper ("El Heraldo", "Le Monde")."""
    first, last = source
    named = [i for i in range(first, last) if parse.pos[i] in ("PROPN", "DET", "X", "ADP")]
    return (
        len(named) > 1
        and parse.lowers[named[0]] in words.outlet_articles
        and any(parse.lowers[i] in words.foreign_papers for i in named[1:])
    ) or (parse.lowers[head] in words.foreign_papers and parse.label(head) == "ORG")
