"""Whose words: the phrase that names the speaker of a verb, through passives, participles and relatives."""

from __future__ import annotations

from diurna.annotate.parse import Parse
from diurna.annotate.statements.cues import CueLexicon
from diurna.annotate.statements.grammar import Tokens, agent, is_passive, noun_phrase, subject_phrase, trimmed

_DASHES = frozenset({"–", "—", "-", "--"})
_DATELINE = 12
"""Tokens within which a dateline's dash stands."""

MAKERS = ("by", "from")
"""Before the one whose claim or request a noun tells."""
_NAMED = ("PROPN", "ADJ", "PART", "ADP", "DET", "PUNCT", "NOUN")


def source_of(parse: Parse, cues: CueLexicon, verb: int) -> Tokens | None:
    """The phrase that names who `verb` lets speak, or None."""
    if is_passive(parse, verb):
        phrase = agent(parse, verb)
    else:
        phrase = _messenger(parse, cues, verb) or _controlling_agent(parse, verb) or subject_phrase(parse, verb)
    return _mended(parse, phrase) if phrase else None


def _messenger(parse: Parse, cues: CueLexicon, verb: int) -> Tokens | None:
    """The speaker behind "issued a statement saying", the message itself in "received messages warning"."""
    if parse.tags[verb] != "VBG":
        return None
    head = parse.heads[verb]
    if parse.deps[verb] == "acl" and parse.deps[head] == "dobj":
        giver = parse.heads[head]
        if cues.lemma(parse, giver) in cues.issuing and not is_passive(parse, giver):
            return subject_phrase(parse, giver)
    lemma = cues.lemma(parse, head)
    quoting = lemma in cues.quoting
    if parse.deps[verb] == "advcl" and (quoting or (lemma in cues.receiving and parse.words[verb - 1] != ",")):
        message = parse.child(head, "dobj")
        if message is not None and message < verb:
            return noun_phrase(parse, message, stop=verb)
    return None


def _controlling_agent(parse: Parse, verb: int) -> Tokens | None:
    """The agent of the passive an infinitive hangs on: "was used by the party to signal"."""
    head = parse.heads[verb]
    if parse.deps[verb] in ("xcomp", "advcl") and parse.tags[verb] == "VB" and head < verb and is_passive(parse, head):
        return agent(parse, head)
    return None


def _mended(parse: Parse, phrase: Tokens) -> Tokens | None:
    """The phrase without a dateline before it and without a reduced clause after its comma."""
    first, last = phrase
    head = parse.head_in(parse.span(first, last))
    if head is None:
        return phrase
    if first == 0 or parse.block_of[first - 1] != parse.block_of[first]:
        dash = next((i for i in range(first, min(head, first + _DATELINE)) if parse.words[i] in _DASHES), None)
        first = dash + 1 if dash is not None else first
    for child in parse.children[head]:
        if head < child < last and parse.deps[child] == "acl" and parse.words[parse.left_edge[child] - 1] == ",":
            last = min(last, parse.left_edge[child])
    return trimmed(parse, (first, last))


def own_source(parse: Parse, cues: CueLexicon, token: int, stop: int | None = None) -> Tokens | None:
    """Whose words a noun tells, by its own phrase: a possessor, a "by" or "from" phrase, the names before it."""
    for child in parse.children[token]:
        if parse.deps[child] == "poss" and parse.pos[child] != "PRON":
            return noun_phrase(parse, child, stop=token)
        if child > token and parse.deps[child] in ("prep", "agent") and parse.lowers[child] in MAKERS:
            noun = parse.child(child, "pobj")
            if noun is not None and parse.pos[noun] in ("PROPN", "NOUN"):
                return noun_phrase(parse, noun, stop=stop)
        if child > token and parse.deps[child] == "acl" and cues.lemma(parse, child) in cues.brought:
            return agent(parse, child)
    return _names_before(parse, token)


def _names_before(parse: Parse, token: int) -> Tokens | None:
    """The names a noun is of, as in "a Norrow government request": capitals, but no deed ("a Norrow-led plan")."""
    first = parse.left_edge[token]
    while first < token and (parse.pos[first] == "DET" or not parse.words[first][:1].isupper()):
        first += 1
    named = range(first, token)
    if not named or any(parse.tags[i] in ("VBN", "VBG", "VBD", "HYPH", "CD", "POS") for i in named):
        return None
    return (first, token) if all(parse.pos[i] in _NAMED for i in named) else None
