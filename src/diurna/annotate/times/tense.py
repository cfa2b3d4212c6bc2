"""Whether a word of the text lies in the past or ahead, judged by the verb that governs it."""

from __future__ import annotations

from typing import Literal

from diurna.annotate.parse import Parse
from diurna.annotate.times.timewords import TimeWords

Tense = Literal[-1, 0, 1]
"""-1 past, 1 ahead, 0 not to be told."""

_FARTHEST = 12
"""Heads climbed at most; a tree deeper than this is a broken parse."""
_WAS = frozenset({"did", "had", "was", "were", "'d"})
_HAS = frozenset({"has", "have", "'ve", "’ve", "been"})
_IS = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re"})
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
        elif parse.lowers[node] in words.awaited:
            return 1
        if parse.heads[node] == node:
            break
        node, steps = parse.heads[node], steps + 1
    return 0


def _tense_of(parse: Parse, verb: int, words: TimeWords) -> Tense | None:
    """The direction of one verb; None where its head must tell."""
    children = [(parse.deps[c], parse.lowers[c]) for c in parse.children[verb]]
    helpers = {low for relation, low in children if relation in ("aux", "auxpass")}
    lemma = parse.lemmas[verb]
    if helpers & words.modals:
        return 0 if "have" in helpers and not helpers & _WILL else 1
    if lemma in words.ahead or (lemma == "be" and any(low in words.awaited for _, low in children)):
        return 1
    if helpers & _WAS:
        return -1
    return _of_form(parse, verb, words, helpers)


def _of_form(parse: Parse, verb: int, words: TimeWords, helpers: set[str]) -> Tense | None:
    match parse.tags[verb]:
        case "VBD":
            return -1
        case "VBN":
            return -1 if not helpers or helpers & _HAS else 0
        case "VBG":
            return 1 if helpers & _IS else None
        case "VB" if "to" in helpers:
            return _of_infinitive(parse, verb, words)
        case "VBZ" | "VBP" if parse.lemmas[verb] in words.timetable:
            return 1
    return 0


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
