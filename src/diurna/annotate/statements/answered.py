"""Words named where they are turned down: "rejected Norrow's request to ...", "denied Norrow's claim that ...".

The one who turns them down has said no, and the one they are by has asked or claimed something: two statements, of
which the second is told inside the first.
"""

from __future__ import annotations

from diurna.annotate.parse import Parse
from diurna.annotate.statements.cues import CueLexicon
from diurna.annotate.statements.grammar import Tokens, clause, trimmed
from diurna.annotate.statements.reported import Finding
from diurna.annotate.statements.voices import MAKERS, own_source
from diurna.model.record import Act

_DOWN: tuple[Act, ...] = ("deny", "refuse")
_MATTERS = ("for", "of", "on", "about", "over")
_STEPS = 3


def find_answered(parse: Parse, cues: CueLexicon, token: int) -> Finding | None:
    """The request or claim a noun at `token` tells with its maker's name, where a verb turns it down, or None."""
    lemma = cues.lemma(parse, token)
    if lemma not in cues.answered or not turned_down(parse, cues, token):
        return None
    told = _told(parse, token)
    source = own_source(parse, cues, token, told[0] if told else None) if told else None
    if told is None or source is None:
        return None
    frame = "that" if parse.lowers[told[0] - 1] == "that" or parse.lowers[told[0]] == "that" else "inf"
    word = cues.nouns.get(lemma)
    act = (word.act(frame) if word else None) or "assert"
    return Finding("noun:answered", act, lemma, token, (token,), source, (told,), frame)


def turned_down(parse: Parse, cues: CueLexicon, token: int) -> bool:
    """Whether a verb of denying or refusing has the noun at `token` for its object (its subject in the passive)."""
    for _ in range(_STEPS):
        if parse.deps[token] != "conj":
            break
        token = parse.heads[token]
    verb = parse.heads[token]
    if parse.deps[token] == "pobj":
        link, verb = verb, parse.heads[verb]
        return any(m.word.act("obj") in _DOWN and link in m.tail for m in cues.verb_matches(parse, verb))
    if parse.deps[token] not in ("dobj", "nsubjpass"):
        return False
    return any(m.word.act("obj") in _DOWN for m in cues.verb_matches(parse, verb))


def _told(parse: Parse, token: int) -> Tokens | None:
    """What is asked or claimed: a clause, an infinitive, or a phrase ("for the release of ...")."""
    last = parse.right_edge[token] + 1
    for at in range(token + 1, last):
        if not _hangs_on(parse, at, token):
            continue
        marks = [c for c in parse.children[at] if parse.lowers[c] == "that" and parse.deps[c] in ("mark", "nsubj")]
        if parse.deps[at] in ("acl", "ccomp", "relcl") and marks:
            return _whole(clause(parse, at, token))
        to = next((c for c in parse.children[at] if parse.lowers[c] == "to" and parse.deps[c] == "aux"), None)
        if parse.tags[at] == "VB" and to is not None and token < to:
            return _whole(trimmed(parse, (to, parse.right_edge[at] + 1)))
    for child in parse.children[token]:
        if child > token and parse.deps[child] == "prep" and parse.lowers[child] in _MATTERS:
            noun = parse.child(child, "pobj", "pcomp")
            if noun is not None:
                return _whole(trimmed(parse, (parse.left_edge[noun], parse.right_edge[noun] + 1)))
    return None


def _hangs_on(parse: Parse, at: int, token: int) -> bool:
    """Whether a clause belongs to the noun, perhaps by its maker ("a request from Norrow to ...")."""
    head = parse.heads[at]
    if head == token:
        return True
    by = parse.heads[head]
    return parse.deps[head] == "pobj" and parse.lowers[by] in (*MAKERS, "for") and parse.heads[by] == token


def _whole(piece: Tokens) -> Tokens | None:
    return piece if piece[0] < piece[1] else None
