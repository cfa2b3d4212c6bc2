"""When the name of a capital stands for the government that sits there ("Tehran denies")."""

from __future__ import annotations

from dataclasses import dataclass

from diurna.annotate.parse import Parse
from diurna.lexicon import Table, faults_in_words, load, made_of

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_SOURCES = frozenset({"from", "of", "to", "on", "toward", "towards"})


@dataclass(frozen=True, slots=True)
class _Words:
    no_verbs: frozenset[str]
    object_of: frozenset[str]
    prepositions: frozenset[str]
    messages: frozenset[str]
    town_nouns: frozenset[str]


def speaks(parse: Parse, i: int) -> bool:
    """Whether token `i` is the subject of a verb."""
    return parse.deps[i] in _SUBJECTS and parse.pos[parse.heads[i]] in ("VERB", "AUX")


def is_government(parse: Parse, i: int, first: int) -> bool:
    """Whether a capital headed by `i`, its name beginning at `first`, acts, owns a policy or faces somebody."""
    if first > 0 and parse.deps[first - 1] == "amod" and parse.heads[first - 1] == i:
        return False  # "central Baghdad"
    while parse.deps[i] == "conj" and parse.heads[i] < i:
        i = parse.heads[i]
    relation, head = parse.deps[i], parse.heads[i]
    if relation in _SUBJECTS:
        return parse.lemmas[head] not in _words().no_verbs
    if relation == "poss":
        return parse.lemmas[head] not in _words().town_nouns and not parse.words[head][:1].isupper()
    if relation in ("dobj", "dative"):
        return parse.lemmas[head] in _words().object_of
    return relation == "pobj" and _by_preposition(parse, head)


def _by_preposition(parse: Parse, preposition: int) -> bool:
    word, governor = parse.lowers[preposition], parse.heads[preposition]
    if word in _SOURCES:
        return parse.pos[governor] == "NOUN" and parse.lemmas[governor] in _words().messages
    return word in _words().prepositions or parse.deps[preposition] == "agent"


@made_of("mentions")
def _words() -> _Words:
    table = load("mentions", check=_faults)["governments"]
    return _Words(*(frozenset(table[key]) for key in _KEYS))


_KEYS = ("no_verbs", "object_of", "prepositions", "messages", "town_nouns")


def _faults(table: Table) -> list[str]:
    return faults_in_words(table.get("governments", {}), *_KEYS)
