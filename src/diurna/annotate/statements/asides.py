"""Statements whose cue stands aside of its content: "The plan, he said, is dead", "as the minister put it"."""

from __future__ import annotations

from diurna.annotate.parse import Parse
from diurna.annotate.statements.cues import CueLexicon, Match
from diurna.annotate.statements.grammar import Tokens, subject_phrase, trimmed, verb_group
from diurna.annotate.statements.reported import Finding, Pieces
from diurna.annotate.statements.voices import source_of

_ENDS = frozenset({".", "!", "?", ";"})
_BREAKS = frozenset({",", "—", "–", "--"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG"})
_MAIN = frozenset({"ROOT", "ccomp", "conj", "parataxis"})
_LONGEST_ASIDE = 16
"""Tokens an aside may have; longer ones are nearly always clauses of their own."""
_TO_THAT = 7
"""Tokens that may stand between a verb and its "that" ("told reporters on Friday that")."""


def find_aside(parse: Parse, cues: CueLexicon, verb: int) -> Finding | None:
    """The statement the cue verb tells from aside, for verbs whose grammar gave no content; else None."""
    if parse.deps[verb] in ("relcl", "acl", "amod", "xcomp", "aux") or parse.tags[verb] not in _FINITE:
        return None
    for match in cues.verb_matches(parse, verb):
        act = match.word.act("that")
        if act is None:
            continue
        speaks = match.word.act("quote") is not None or act == "express"
        for rule, reader in (("that", _marked_that), ("as", _as_clause), ("aside", _inserted)):
            pieces = reader(parse, match) if speaks or rule == "that" else None
            source = source_of(parse, cues, verb) if pieces else None
            if pieces and source and not _overlap(pieces, source):
                return Finding(
                    f"aside:{rule}",
                    act,
                    match.word.lemma,
                    verb,
                    verb_group(parse, verb, match.tail),
                    source,
                    pieces,
                    "that",
                )
    return None


def _overlap(pieces: Pieces, source: Tokens) -> bool:
    return any(first < source[1] and source[0] < last for first, last in pieces)


def _marked_that(parse: Parse, match: Match) -> Pieces | None:
    """A "that" close behind the verb opens the content, whatever the parse made of it."""
    sentence_end = parse.sentences[parse.sentence_of[match.token]][1]
    for at in range(match.token + 1, min(match.token + _TO_THAT, sentence_end)):
        if parse.lowers[at] == "that" and parse.deps[at] == "mark":
            piece = trimmed(parse, (at, sentence_end))
            return (piece,) if piece[1] - piece[0] > 3 else None
        if parse.words[at] in _ENDS or parse.pos[at] == "VERB":
            return None
    return None


def _as_clause(parse: Parse, match: Match) -> Pieces | None:
    """Both "As X said, CONTENT" and "CONTENT, as X said"."""
    verb = match.token
    if parse.deps[verb] != "advcl" or not any(
        parse.lowers[c] == "as" and parse.deps[c] in ("mark", "advmod") for c in parse.children[verb]
    ):
        return None
    if (
        any(parse.deps[c] in ("ccomp", "xcomp", "dobj") and c > verb for c in parse.children[verb])
        and parse.lemmas[verb] != "tell"
    ):
        return None
    if any(parse.lowers[c] in ("it", "i", "you", "we") and parse.deps[c] == "nsubj" for c in parse.children[verb]):
        return None
    return _around(parse, parse.subtree(verb), parse.sentences[parse.sentence_of[verb]])


def _inserted(parse: Parse, match: Match) -> Pieces | None:
    """The sentence round a cue set off by commas, or before one at its end."""
    verb = match.token
    source = subject_phrase(parse, verb)
    sentence = parse.sentences[parse.sentence_of[verb]]
    if source is None or not sentence[0] <= source[0] < sentence[1]:
        return None
    first, last = min(source[0], verb), max(source[1], verb + 1, *(t + 1 for t in match.tail))
    first = min(first, *verb_group(parse, verb, match.tail))
    last = _aside_end(parse, last, sentence[1])
    if last - first > _LONGEST_ASIDE or first - 1 <= sentence[0] or parse.words[first - 1] not in _BREAKS:
        return None
    if last < sentence[1] and parse.words[last] not in _BREAKS | _ENDS:
        return None
    return _around(parse, (first, last), sentence)


def _aside_end(parse: Parse, last: int, sentence_end: int) -> int:
    """One past the time, place or hearer that trails the cue ("he said on Friday in a statement")."""
    at = last
    while at < sentence_end and parse.words[at] not in _BREAKS and parse.words[at] not in _ENDS and at - last < 10:
        if parse.pos[at] in ("VERB", "AUX", "CCONJ", "SCONJ"):
            return last
        at += 1
    return at


def _around(parse: Parse, aside: Tokens, sentence: Tokens) -> Pieces | None:
    before, after = trimmed(parse, (sentence[0], aside[0])), trimmed(parse, (aside[1], sentence[1]))
    if parse.lowers[before[0]] in ("but", "and") and before[1] - before[0] == 1:
        before = (before[0], before[0])
    pieces = tuple(piece for piece in (before, after) if piece[0] < piece[1])
    return pieces if any(_is_statement(parse, piece) for piece in pieces) else None


def _is_statement(parse: Parse, piece: Tokens) -> bool:
    """Whether a piece has a main clause of its own, not only an adverbial ("In the meantime")."""
    return any(
        parse.pos[i] in ("VERB", "AUX")
        and parse.deps[i] in _MAIN
        and (any(parse.deps[c] in ("nsubj", "nsubjpass", "expl") for c in parse.children[i]) or parse.deps[i] == "ROOT")
        for i in range(*piece)
    )
