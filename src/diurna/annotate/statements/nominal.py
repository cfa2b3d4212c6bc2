"""Statements without a verb of saying: "according to", "the claim that", "criticism of", "is confident that"."""

from __future__ import annotations

from diurna.annotate.parse import Parse
from diurna.annotate.statements.cues import CueLexicon
from diurna.annotate.statements.grammar import Tokens, clause, noun_phrase, subject_phrase, trimmed, verb_group
from diurna.annotate.statements.reported import Finding, Pieces

_ADDITION = 6
"""Tokens between a source and the comma that ends what is added to it."""


def find_according(parse: Parse, token: int) -> Finding | None:
    """The statement an "according to X" at `token` ("according") tells, its sentence being the content."""
    to = token + 1
    if to >= len(parse) or parse.lowers[to] != "to":
        return None
    nouns = (c for h in (to, token) for c in parse.children[h] if parse.deps[c] in ("pobj", "pcomp") and c > to)
    noun = next(nouns, None)
    source = _only_source(parse, token, noun_phrase(parse, noun)) if noun is not None else None
    pieces = _according_content(parse, token, source) if source else ()
    return (
        Finding("according", "assert", "according to", token, (token, to), source, pieces, "that") if pieces else None
    )


def _only_source(parse: Parse, token: int, source: Tokens | None) -> Tokens | None:
    """The source without the main clause that a parse drew into it behind a comma."""
    if source is None or token > parse.sentences[parse.sentence_of[token]][0] + 1:
        return source
    comma = next((i for i in range(*source) if parse.words[i] == ","), None)
    if comma is None:
        return source
    finite = any(parse.tags[i] in ("VBD", "VBZ", "VBP") and parse.deps[i] != "relcl" for i in range(comma, source[1]))
    return (source[0], comma) if finite else source


def _according_content(parse: Parse, token: int, source: Tokens) -> Pieces:
    first, last = parse.sentences[parse.sentence_of[token]]
    before, after = trimmed(parse, (first, token)), trimmed(parse, (_source_end(parse, source, last), last))
    if before[1] - before[0] <= 1:  # at the head of its sentence, perhaps behind a "but"
        return (after,) if after[0] < after[1] else ()
    goes_on = after[0] < after[1] and parse.words[after[0] - 1] == "," and parse.heads[token] > token
    return (before, after) if goes_on else (before,)


def _source_end(parse: Parse, source: Tokens, last: int) -> int:
    """Where a source's own additions end ("a poll | out Thursday,"): at the next comma, where one is near."""
    end = source[1]
    if end < last and parse.words[end] not in (",", "."):
        return next((i for i in range(end, min(end + _ADDITION, last)) if parse.words[i] == ","), end)
    return end


def find_hearsay(parse: Parse, token: int) -> Finding | None:
    """The clause a "reportedly" at `token` puts into nobody's mouth in particular, or None."""
    head = parse.heads[token]
    if parse.deps[token] != "advmod" or parse.pos[head] not in ("VERB", "AUX"):
        return None
    first, last = parse.subtree(head)
    if parse.deps[head] in ("relcl", "acl", "advcl", "ccomp"):
        first = max(
            first,
            min((parse.left_edge[c] for c in parse.children[head] if parse.deps[c].startswith("nsubj")), default=head),
        )
    pieces = tuple(p for p in (trimmed(parse, (first, token)), trimmed(parse, (token + 1, last))) if p[0] < p[1])
    return Finding("hearsay", "assert", parse.lowers[token], token, (token,), None, pieces, "that") if pieces else None


def find_nominal(parse: Parse, cues: CueLexicon, token: int) -> Finding | None:
    """The statement a noun cue at `token` tells by its own clause, infinitive or phrase, or None.

    A bare phrase or infinitive ("criticism of X", "plans to X") counts only where somebody is named for it.
    """
    word = cues.nouns.get(parse.lemmas[token])
    if word is None:
        return None
    for frame, reader in (("that", _that), ("inf", _inf), ("pp", _pp)):
        act = word.act(frame)
        pieces = reader(parse, token) if act else None
        source = noun_source(parse, token) if pieces else None
        if act and pieces and (source or frame == "that"):
            return Finding(f"noun:{frame}", act, word.lemma, token, _noun_cue(parse, token), source, pieces, frame)
    return None


def _that(parse: Parse, token: int) -> Pieces | None:
    for child in parse.children[token]:
        if (
            child > token
            and parse.deps[child] in ("acl", "ccomp", "relcl")
            and any(parse.deps[c] == "mark" and parse.lowers[c] == "that" for c in parse.children[child])
        ):
            return _one(clause(parse, child, token))
    return None


def _inf(parse: Parse, token: int) -> Pieces | None:
    for child in parse.children[token]:
        if (
            child > token
            and parse.deps[child] in ("acl", "xcomp", "relcl")
            and parse.tags[child] == "VB"
            and any(parse.lowers[c] == "to" for c in parse.children[child])
        ):
            return _one(clause(parse, child, token))
    return None


def _pp(parse: Parse, token: int) -> Pieces | None:
    for child in parse.children[token]:
        if (
            child > token
            and parse.deps[child] == "prep"
            and parse.lowers[child] in ("of", "about", "for", "on", "over", "against", "toward", "towards")
        ):
            for inner in parse.children[child]:
                if parse.deps[inner] in ("pobj", "pcomp"):
                    return _one(trimmed(parse, (parse.left_edge[inner], parse.right_edge[inner] + 1)))
    return None


def _one(piece: Tokens) -> Pieces | None:
    return (piece,) if piece[0] < piece[1] else None


def _noun_cue(parse: Parse, token: int) -> tuple[int, ...]:
    head = parse.heads[token]
    if parse.deps[token] == "dobj" and parse.pos[head] == "VERB" and head < token:
        return (*verb_group(parse, head), token)
    return (token,)


def noun_source(parse: Parse, token: int) -> Tokens | None:
    """Whose claim it is: the possessor, a "by" or "from" phrase, or the subject of the verb that takes the noun."""
    holder = parse.heads[token] if parse.deps[token] == "dobj" else None
    for child in parse.children[token]:
        if parse.deps[child] == "poss" and not (parse.pos[child] == "PRON" and holder is not None):
            return noun_phrase(parse, child, stop=token)
        if parse.deps[child] in ("prep", "agent") and parse.lowers[child] in ("by", "from", "among") and child > token:
            noun = parse.child(child, "pobj")
            if noun is not None:
                return noun_phrase(parse, noun)
    head = parse.heads[token]
    if parse.deps[token] == "dobj" and parse.pos[head] == "VERB":
        return subject_phrase(parse, head)
    return None


def find_adjectival(parse: Parse, cues: CueLexicon, token: int) -> Finding | None:
    """The statement of an adjective cue: "is confident that", "was critical of"."""
    word = cues.adjectives.get(parse.lowers[token])
    verb = parse.heads[token]
    if word is None or parse.deps[token] not in ("acomp", "oprd", "conj", "advcl", "amod", "ROOT", "ccomp"):
        return None
    for frame, reader in (("that", _adjective_that), ("inf", _adjective_inf), ("pp", _adjective_pp)):
        act = word.act(frame)
        pieces = reader(parse, token) if act else None
        if act and pieces:
            copula = parse.deps[token] in ("acomp", "oprd", "conj")
            source = subject_phrase(parse, verb if copula else token)
            cue = (*verb_group(parse, verb), token) if copula else (token,)
            return Finding(f"adjective:{frame}", act, word.lemma, token, cue, source, pieces, frame)
    return None


def _adjective_that(parse: Parse, token: int) -> Pieces | None:
    for child in parse.children[token]:
        if (
            child > token
            and parse.deps[child] == "ccomp"
            and any(parse.deps[c] in ("nsubj", "nsubjpass", "mark") for c in parse.children[child])
        ):
            return _one(clause(parse, child, token))
    return None


def _adjective_inf(parse: Parse, token: int) -> Pieces | None:
    for child in parse.children[token]:
        if child > token and parse.deps[child] == "xcomp" and parse.tags[child] == "VB":
            return _one(clause(parse, child, token))
    return None


def _adjective_pp(parse: Parse, token: int) -> Pieces | None:
    return _pp(parse, token)
