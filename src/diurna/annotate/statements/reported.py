"""Statements told by a verb and its clause: "asserted that", "denies having", "accused them of", "is expected to"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from diurna.annotate.parse import Parse
from diurna.annotate.statements.cues import CueLexicon, Match
from diurna.annotate.statements.grammar import (
    Tokens,
    agent,
    clause,
    is_passive,
    noun_phrase,
    subject,
    trimmed,
    verb_group,
)
from diurna.annotate.statements.voices import own_source, source_of
from diurna.model.record import Act

_WITH_OBJECT = ("of", "for", "as", "with", "on")
_BARE_PASSIVES = ("call", "as", "of", "for", "with", "on")
_OBJECTS = ("dobj", "dative")
_OPENING = frozenset({"“", '"', "''", "``", "‘", "'", "«"})
_CLOSING = frozenset({"”", '"', "''", "’", "'", "»"})
_TO_INFINITIVE = 4
_TO_NAME = 14
"""Tokens between "called" and the quoted name, the thing named among them."""
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement in tokens, before it is a draft.

    Attributes:
        rule: what found it, kind and frame.
        anchor: the cue's head token.
        cue: all cue tokens; lemma: the cue's entry in the lexicon, or its dictionary form.
        source: the speaker's phrase, or None.
        content: one range or several.
        frame: the shape the content came in.
        confidence: how sure the tagger is; None of what rules alone found.
    """

    rule: str
    act: Act
    lemma: str
    anchor: int
    cue: tuple[int, ...]
    source: Tokens | None
    content: tuple[Tokens, ...]
    frame: str
    confidence: float | None = None

    @property
    def shape(self) -> str:
        """The rule's own name, whether or not the tagger found the same: "verb:that", "noun"."""
        return self.rule.removeprefix("tagger+").removeprefix("tagger:")


Pieces = tuple[Tokens, ...]


def find_reported(parse: Parse, cues: CueLexicon, verb: int) -> Finding | None:
    """The statement `verb` tells by its clause or objects, or None."""
    matches = cues.verb_matches(parse, verb)
    for frame, reader in _READERS:
        for match in matches:
            act = match.word.act(frame)
            pieces = reader(parse, match) if act else None
            if act and pieces and _names_itself(parse, cues, match, frame):
                continue
            if act and pieces and frame == "that" and act == "deny" and _anothers(parse, cues, match):
                continue
            if act and pieces and not (frame == "obj" and _kept_back(parse, cues, match, act, pieces)):
                return _finding(parse, cues, match, act, frame, pieces)
    return None


def _names_itself(parse: Parse, cues: CueLexicon, match: Match, frame: str) -> bool:
    """Whether a passive without "by" only tells what a thing is ("a tool called X", "men accused of X")."""
    if frame not in _BARE_PASSIVES or not is_passive(parse, match.token) or agent(parse, match.token) is not None:
        return False
    if frame == "as":
        return match.word.lemma in cues.definitional
    return frame == "call" or parse.deps[match.token] in ("acl", "relcl")


def _anothers(parse: Parse, cues: CueLexicon, match: Match) -> bool:
    """Whether what is denied is told by a noun with its maker's name ("denied Norrow's claim that")."""
    target = parse.child(match.token, "dobj")
    clause_told = any(parse.deps[c] == "ccomp" for c in parse.children[match.token])
    return target is not None and not clause_told and own_source(parse, cues, target) is not None


def _kept_back(parse: Parse, cues: CueLexicon, match: Match, act: Act, pieces: Pieces) -> bool:
    """Whether the object is no word that is turned down but a thing kept from somebody."""
    return (act == "deny" or match.word.lemma in cues.words_only) and not _deniable(parse, cues, pieces)


def _deniable(parse: Parse, cues: CueLexicon, pieces: Pieces) -> bool:
    """Whether the object is something words deny ("the charge"), not something kept from somebody ("entry")."""
    head = parse.head_in(parse.span(*pieces[0]))
    return head is not None and (parse.lemmas[head] in cues.deniable or parse.lemmas[head] in cues.nouns)


def _finding(parse: Parse, cues: CueLexicon, match: Match, act: Act, frame: str, pieces: Pieces) -> Finding:
    verb = match.token
    cue = _whole_cue(parse, verb, match.tail)
    return Finding(f"verb:{frame}", act, match.word.lemma, verb, cue, source_of(parse, cues, verb), pieces, frame)


def _whole_cue(parse: Parse, verb: int, tail: tuple[int, ...]) -> tuple[int, ...]:
    """The verb's group, with the verb that carries it out ("continues to view")."""
    head = parse.heads[verb]
    if parse.deps[verb] == "xcomp" and 0 < verb - head <= _TO_INFINITIVE and _to(parse, verb):
        return tuple(sorted({*verb_group(parse, head), *verb_group(parse, verb, tail)}))
    return verb_group(parse, verb, tail)


# --- one reader a frame: the content pieces, or None ---------------------------------------------------------------


def _that(parse: Parse, match: Match) -> Pieces | None:
    verb = match.token
    for child in parse.children[verb]:
        if parse.deps[child] == "ccomp" and _is_clause(parse, child):
            return _pieces(clause(parse, child, verb))
    for child in parse.children[verb]:
        if parse.deps[child] in _OBJECTS and child > verb:
            for inner in parse.children[child]:
                if parse.deps[inner] in ("acl", "relcl", "ccomp") and _has_that(parse, inner):
                    return _pieces(clause(parse, inner, child))
    return None


def _is_clause(parse: Parse, head: int) -> bool:
    """Whether `head` heads a finite clause (a subject or a marker, and no bare infinitive)."""
    children = parse.children[head]
    if any(parse.deps[c] == "aux" and parse.lowers[c] == "to" for c in children):
        return any(parse.tags[c] in ("WRB", "WP", "WDT") or parse.lowers[c] == "whether" for c in children)
    if parse.pos[head] not in ("VERB", "AUX") or (
        parse.tags[head] == "VB" and not any(parse.deps[c] in ("aux", "mark") for c in children)
    ):
        return False
    return any(parse.deps[c] in ("nsubj", "nsubjpass", "mark", "expl", "csubj") for c in children) or parse.tags[
        head
    ] in ("VBD", "VBZ", "VBP", "MD")


def _marked(parse: Parse, match: Match) -> Pieces | None:
    for child in parse.children[match.token]:
        if parse.deps[child] == "ccomp" and _has_that(parse, child):
            return _pieces(clause(parse, child, match.token))
    return None


def _has_that(parse: Parse, head: int) -> bool:
    return any(parse.deps[c] == "mark" and parse.lowers[c] == "that" for c in parse.children[head])


def _inf(parse: Parse, match: Match) -> Pieces | None:
    verb = match.token
    child = _infinitive(parse, verb)
    return _pieces(clause(parse, child, verb)) if child is not None else None


def _infinitive(parse: Parse, verb: int) -> int | None:
    for child in parse.children[verb]:
        if (
            parse.deps[child] in ("xcomp", "advcl", "ccomp")
            and child > verb
            and not _own_subject(parse, child)
            and any(parse.lowers[c] == "to" and parse.deps[c] == "aux" for c in parse.children[child])
        ):
            return child
    return None


def _own_subject(parse: Parse, verb: int) -> bool:
    return any(parse.deps[c] in ("nsubj", "nsubjpass") for c in parse.children[verb])


def _ger(parse: Parse, match: Match) -> Pieces | None:
    verb = match.token
    for child in parse.children[verb]:
        if (
            parse.tags[child] == "VBG"
            and child > verb
            and parse.deps[child] in ("xcomp", "dobj", "ccomp", "pcomp")
            and child - verb < 8
        ):
            return _pieces(clause(parse, child, verb))
    return None


def _objinf(parse: Parse, match: Match) -> Pieces | None:
    verb = match.token
    if is_passive(parse, verb):
        return None
    holder = match.tail[-1] if match.tail else verb
    for child in parse.children[verb]:
        if child > verb and parse.deps[child] == "ccomp" and _own_subject(parse, child) and _to(parse, child):
            return _pieces(clause(parse, child, holder))
    target = parse.child(holder, "dobj", "pobj", "dative")
    if target is None:
        return None
    for child in (*parse.children[verb], *parse.children[holder], *parse.children[target]):
        if child > target and parse.deps[child] in ("xcomp", "advcl", "acl", "relcl", "ccomp") and _to(parse, child):
            return _pieces(trimmed(parse, (parse.left_edge[target], parse.right_edge[child] + 1)))
    return None


def _to(parse: Parse, verb: int) -> bool:
    return any(parse.lowers[c] == "to" and parse.deps[c] == "aux" for c in parse.children[verb])


def _raise(parse: Parse, match: Match) -> Pieces | None:
    verb = match.token
    child = _infinitive(parse, verb)
    if child is None or not is_passive(parse, verb):
        return None
    raised = subject(parse, verb)
    phrase = noun_phrase(parse, raised, stop=verb) if raised is not None and raised < verb else None
    return _pieces(phrase, clause(parse, child, verb))


def _with_object(preposition: str) -> Callable[[Parse, Match], Pieces | None]:
    def read(parse: Parse, match: Match) -> Pieces | None:
        verb = match.token
        holder = match.tail[-1] if match.tail else verb
        if is_passive(parse, verb):
            target = subject(parse, verb)
            link = _preposition(parse, verb, None, preposition)
            if target is None or link is None:
                return None
            phrase = noun_phrase(parse, target, stop=verb) if target < verb else None
            return _pieces(phrase, trimmed(parse, (link, parse.right_edge[link] + 1)))
        target = parse.child(verb, "dobj", "dative") if holder == verb else parse.child(holder, "pobj", "dobj")
        if target is None or target < verb:
            target = target if target is not None else parse.child(verb, "dobj")
        link = _preposition(parse, verb, target, preposition)
        if target is None or link is None or (link < target and target > verb):
            return None
        if target < verb:
            return _pieces(trimmed(parse, (link, parse.right_edge[link] + 1)))
        return _pieces(trimmed(parse, (parse.left_edge[target], parse.right_edge[link] + 1)))

    return read


def _preposition(parse: Parse, verb: int, target: int | None, word: str) -> int | None:
    holders = (verb,) if target is None else (verb, target)
    for holder in holders:
        for child in parse.children[holder]:
            if (
                child > verb
                and parse.lowers[child] == word
                and parse.deps[child] in ("prep", "mark", "advmod", "dative")
                and parse.children[child]
            ):
                return child
    return None


def _call(parse: Parse, match: Match) -> Pieces | None:
    verb = match.token
    for child in parse.children[verb]:
        if child > verb and parse.deps[child] == "oprd":
            target = subject(parse, verb) if is_passive(parse, verb) else parse.child(verb, "dobj")
            if target is None:
                return None
            if verb < target < child:
                return _pieces(trimmed(parse, (parse.left_edge[target], parse.right_edge[child] + 1)))
            phrase = noun_phrase(parse, target, stop=verb) if target < verb else None
            return _pieces(phrase, clause(parse, child, verb))
        if (
            child > verb
            and parse.deps[child] == "ccomp"
            and parse.pos[child] in ("NOUN", "ADJ", "PROPN")
            and parse.child(child, "nsubj") is not None
        ):
            return _pieces(clause(parse, child, verb))
    return _called_in_marks(parse, verb)


def _called_in_marks(parse: Parse, verb: int) -> Pieces | None:
    """A name in marks: "called the deal “a mistake”", where the parse hides the name given."""
    sentence_end = parse.sentences[parse.sentence_of[verb]][1]
    for at in range(verb + 2, min(verb + _TO_NAME, sentence_end)):
        if parse.words[at] in _OPENING:
            close = next(
                (i for i in range(at + 2, min(at + _LONGEST_NAME, sentence_end)) if parse.words[i] in _CLOSING), None
            )
            return _pieces(trimmed(parse, (verb + 1, close))) if close else None
        if parse.pos[at] in ("VERB", "AUX") or parse.words[at] in (",", ";"):
            return None
    return None


def _obj(parse: Parse, match: Match) -> Pieces | None:
    verb = match.token
    if is_passive(parse, verb):
        target = subject(parse, verb)
        particle = all(parse.deps[i] == "prt" for i in match.tail)  # "was turned down by", not "was called for by"
        if target is None or agent(parse, verb) is None or not particle:
            return None
        return _pieces(noun_phrase(parse, target, stop=verb) if target < verb else None)
    holder = match.tail[-1] if match.tail else verb
    target = parse.child(holder, "pobj", "pcomp") if match.tail else parse.child(verb, "dobj")
    if target is None and match.tail:
        target = parse.child(verb, "dobj")
    if target is not None and target < verb and parse.deps[verb] == "relcl" and parse.lowers[target] == "which":
        return ((target, target + 1),)
    if target is None or target < verb:
        return None
    return _pieces(trimmed(parse, (parse.left_edge[target], parse.right_edge[target] + 1)))


def _pieces(*ranges: Tokens | None) -> Pieces | None:
    kept = tuple(r for r in ranges if r and r[0] < r[1])
    return kept or None


_READERS: Sequence[tuple[str, Callable[[Parse, Match], Pieces | None]]] = (
    ("that", _that),
    ("marked", _marked),
    ("objinf", _objinf),
    *((word, _with_object(word)) for word in _WITH_OBJECT),
    ("call", _call),
    ("raise", _raise),
    ("inf", _inf),
    ("ger", _ger),
    ("obj", _obj),
)
