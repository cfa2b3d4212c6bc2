"""Whether a word of the text lies in the past or ahead, judged by the verb that governs it."""

from __future__ import annotations

from typing import Literal

from diurna.annotate.parse import Parse
from diurna.annotate.timewords import TimeWords

Tense = Literal[-1, 0, 1]
"""-1 past, 1 ahead, 0 not to be told."""

_FARTHEST = 12
"""Heads climbed at most; a tree deeper than this is a broken parse."""
_WILL = frozenset({"will", "'ll", "’ll", "shall", "wo", "sha"})


Known = dict[int, Tense | None]
"""Verbs already judged: a list of a thousand dates under one verb asks it once."""


def tense_at(parse: Parse, token: int, words: TimeWords, known: Known) -> Tense:
    """The direction of the nearest verb above `token`; 0 for a token outside the parse."""
    if token < 0:
        return 0
    node, steps = token, 0
    while steps < _FARTHEST:
        if parse.pos[node] in ("VERB", "AUX"):
            if node not in known:
                known[node] = _tense_of(parse, node, words)
            told = known[node]
            if told is not None:
                return told
        elif parse.lowers[node] in ("due", "upcoming", "forthcoming", "ahead"):
            return 1
        if parse.heads[node] == node:
            break
        node, steps = parse.heads[node], steps + 1
    return 0


def _tense_of(parse: Parse, verb: int, words: TimeWords) -> Tense | None:
    """The direction of one verb; None where its head must tell."""
    helpers = {parse.lowers[c] for c in parse.children[verb] if parse.deps[c] in ("aux", "auxpass")}
    tag, lemma = parse.tags[verb], parse.lemmas[verb]
    if helpers & words.modals:
        return 0 if "have" in helpers and not helpers & _WILL else 1
    if lemma in words.ahead:
        return 1
    if lemma == "be" and any(
        parse.lowers[c] in ("due", "set", "scheduled", "expected", "slated") for c in parse.children[verb]
    ):
        return 1
    if tag == "VBD" or helpers & {"did", "had", "was", "were", "'d"}:
        return -1
    if tag == "VBN":
        return -1 if not helpers or helpers & {"has", "have", "'ve", "been", "’ve"} else 0
    if tag == "VBG":
        return _of_gerund(helpers)
    if tag == "VB" and "to" in helpers:
        return _of_infinitive(parse, verb, words)
    return 1 if tag in ("VBZ", "VBP") and lemma in words.timetable else 0


def _of_gerund(helpers: set[str]) -> Tense | None:
    if helpers & {"is", "are", "'s", "'re", "’s", "’re", "am"}:
        return 1
    return None


def _of_infinitive(parse: Parse, verb: int, words: TimeWords) -> Tense | None:
    head = parse.heads[verb]
    if (
        head == verb
        or parse.lemmas[head] in words.ahead
        or parse.lemmas[head] in words.commits
        or parse.lemmas[head] == "be"
    ):
        return 1
    return None
