"""Clauses and noun phrases over a parse: whose verb is it, where does its group, its subject and its clause lie.

All ranges are token ranges `(first, last)`, half-open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diurna.annotate.parse import Parse

Tokens = tuple[int, int]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_PASSIVES = frozenset({"auxpass", "nsubjpass"})
_AUXILIARIES = frozenset({"aux", "auxpass", "neg", "prt"})
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_CONTROLLED = frozenset({"xcomp", "advcl", "pcomp", "conj", "dep", "ccomp", "prep"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_EDGE = frozenset("\"'“”‘’„«»,.;:!?—–-()[]…`") | {"''", "``", "--", "...", "…"}
_STEPS = 6
"""How many heads up a subject may be looked for."""


def trimmed(parse: Parse, tokens: Tokens) -> Tokens:
    """`tokens` without punctuation at its edges (possibly empty)."""
    first, last = tokens
    words = parse.words
    while first < last and words[first] in _EDGE:
        first += 1
    while last > first and words[last - 1] in _EDGE:
        last -= 1
    return first, last


def verb_group(parse: Parse, verb: int, tail: tuple[int, ...] = ()) -> tuple[int, ...]:
    """The verb with its auxiliaries, negation, particle and the adverbs between them."""
    group = {verb, *tail, *(c for c in parse.children[verb] if parse.deps[c] in _AUXILIARIES)}
    low, high = min(group), max(group)
    between = {
        c for c in parse.children[verb] if low < c < high and parse.deps[c] == "advmod" and not parse.children[c]
    }
    return tuple(sorted(group | between))


def is_passive(parse: Parse, verb: int) -> bool:
    """Whether the verb is in the passive, reduced passives ("described as") included."""
    if (
        parse.tags[verb] == "VBN"
        and parse.deps[verb] == "conj"
        and not _has_own(parse, verb, _SUBJECTS | {"aux", "auxpass"})
    ):
        verb = parse.heads[verb]  # "was seen and described": the first verb's auxiliary serves both
    if _has_own(parse, verb, _PASSIVES):
        return True
    if parse.tags[verb] != "VBN" or _has_own(parse, verb, frozenset({"aux"})):
        return False
    return parse.deps[verb] in ("acl", "advcl", "amod", "relcl") and parse.child(verb, "nsubj") is None


def _has_own(parse: Parse, verb: int, relations: frozenset[str]) -> bool:
    return any(parse.deps[c] in relations for c in parse.children[verb])


def agent(parse: Parse, verb: int) -> Tokens | None:
    """The "by" phrase of a passive, without the "by"."""
    for child in parse.children[verb]:
        if parse.deps[child] == "agent" or (parse.deps[child] == "prep" and parse.lowers[child] == "by"):
            noun = parse.child(child, "pobj")
            if noun is not None and parse.pos[noun] != "VERB":
                return noun_phrase(parse, noun)
    return None


def noun_phrase(parse: Parse, noun: int, stop: int | None = None, start: int | None = None) -> Tokens | None:
    """The whole phrase of `noun`, trimmed, cut before token `stop` and from token `start` on."""
    first, last = parse.subtree(noun)
    if stop is not None and noun < stop < last:
        last = stop
    if start is not None and first < start <= noun:
        first = start
    first, last = trimmed(parse, (first, last))
    while last - 1 > noun and (parse.words[last - 1] in _EDGE or parse.deps[last - 1] in ("cc", "mark")):
        last -= 1
    return (first, last) if first < last else None


def subject(parse: Parse, verb: int) -> int | None:
    """The head noun of whoever does `verb`; for a participle or infinitive, the subject that controls it."""
    node = verb
    for _ in range(_STEPS):
        subjects = [c for c in parse.children[node] if parse.deps[c] in _SUBJECTS]
        if subjects:
            own = min(subjects, key=lambda c: abs(c - verb))
            return own if parse.deps[own] != "csubj" else None
        head = parse.heads[node]
        if head == node or _is_free(parse, node, verb):
            return None
        if parse.deps[node] in ("acl", "relcl") and not _hangs_loose(parse, node):
            return head if parse.pos[head] in _NOMINAL else None
        if parse.deps[node] == "xcomp" and parse.tags[node] == "VB":
            controller = parse.child(head, "dobj")
            if controller is not None and controller < node:
                return controller
        node = head
    return None


def _is_free(parse: Parse, node: int, verb: int) -> bool:
    """Whether nothing above `node` controls its subject: it is a clause of its own."""
    if parse.deps[node] == "ccomp":
        return node == verb and parse.tags[node] not in ("VBG", "VB", "VBN")
    return parse.deps[node] not in _CONTROLLED | {"acl", "relcl"} and parse.pos[parse.heads[node]] not in _NOMINAL


def _hangs_loose(parse: Parse, participle: int) -> bool:
    """Whether a participle behind a comma only seems to belong to the noun before it (", telling the crowd")."""
    first = parse.left_edge[participle]
    return parse.tags[participle] == "VBG" and first > 0 and parse.words[first - 1] == ","


def subject_phrase(parse: Parse, verb: int) -> Tokens | None:
    """The full phrase of the verb's subject; a relative pronoun is given with the noun it stands for."""
    noun = subject(parse, verb)
    if noun is None:
        return None
    if parse.lowers[noun] in _RELATIVES and parse.deps[parse.heads[noun]] == "relcl":
        antecedent = parse.heads[parse.heads[noun]]
        if antecedent < noun and parse.pos[antecedent] in _NOMINAL:
            return parse.left_edge[antecedent], noun + 1
    if parse.deps[noun] == "expl":
        return None
    phrase = noun_phrase(parse, noun, stop=verb if noun < verb else None)
    if phrase and phrase[0] <= verb < phrase[1]:
        phrase = noun_phrase(parse, noun, start=verb + 1)
    return phrase


def is_clause(parse: Parse, pieces: Sequence[Tokens]) -> bool:
    """Whether a piece says something of somebody: a finite verb, or one with its subject, holds it together."""
    return any(_is_predication(parse, i) for piece in pieces for i in _tops(parse, piece))


def _tops(parse: Parse, piece: Tokens) -> Iterator[int]:
    """The tokens of a piece that hang on nothing in it."""
    first, last = piece
    return (i for i in range(first, last) if parse.heads[i] == i or not first <= parse.heads[i] < last)


def _is_predication(parse: Parse, token: int) -> bool:
    if parse.pos[token] not in ("VERB", "AUX"):
        return False
    if parse.tags[token] in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(parse.tags[c] == "MD" or parse.deps[c] in _SUBJECTS for c in parse.children[token])


def clause(parse: Parse, head: int, outside: int) -> Tokens:
    """All of the clause of `head` that lies on one side of token `outside`, trimmed."""
    first, last = parse.subtree(head)
    if outside < head:
        first = max(first, outside + 1)
    else:
        last = min(last, outside)
    return trimmed(parse, (first, last))


def is_definite(parse: Parse, head: int) -> bool:
    """Whether "the" or a pointing word stands before a noun."""
    return any(parse.lowers[c] in ("the", "this", "that", "these", "those") for c in parse.children[head] if c < head)
