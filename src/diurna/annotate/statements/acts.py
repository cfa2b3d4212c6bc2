"""What is done by saying something: the act a cue names, or else the act of what was said."""

from __future__ import annotations

from itertools import islice

from diurna.annotate.parse import Parse
from diurna.annotate.statements.actwords import ActLexicon, load_acts
from diurna.annotate.statements.cues import load_cues
from diurna.annotate.statements.mainpoint import MainPoint, clauses, main_verb, valued, verbal
from diurna.annotate.statements.reported import Finding
from diurna.annotate.statements.voices import own_source
from diurna.model.record import Act

_READ = frozenset({"quote", "that", "marked"})
_VALUED = frozenset({"call", "as"})
_SENTENCES = 3
"""Sentences of a long quotation that are looked at for its main point."""


def act_of(parse: Parse, found: Finding) -> Act:
    """The act of a finding: what the cue names, or for a plain cue what its content does."""
    words = load_acts()
    act = _named(parse, words, found)
    told = _done_in_cue(parse, words, found, act) or _done_by_object(parse, words, found, act)
    if told is not None:
        return told
    if act != "assert" or found.frame not in _READ or words.has("knowing", found.lemma):
        return act
    return _said(parse, words, found)


def _done_in_cue(parse: Parse, words: ActLexicon, found: Finding, act: Act) -> Act | None:
    """What words of the cue beside its verb do: a refusal, a plea, a noun ("sent our condolences to")."""
    refused = any(parse.pos[i] == "VERB" and words.has("refusing", parse.lemmas[i]) for i in found.cue)
    if refused and not _by_noun(parse, found):  # "declined the minister's offer": the offer is the minister's
        return "refuse"
    if pleaded := _pleaded(parse, found):
        return pleaded
    offered = act == "promise" and words.has("giving", found.lemma)
    bare = act == "assert" and found.frame not in ("that", "quote")
    told = _of_cue(parse, words, found) if bare or offered else None
    return told or (_of_told_noun(parse, words, found, act) if _by_noun(parse, found) else None)


def _of_told_noun(parse: Parse, words: ActLexicon, found: Finding, act: Act) -> Act | None:
    """What is done to the noun that is the cue: it is denied, or a commitment is only affirmed again."""
    if _turned_down(parse, found):
        return "deny"
    confirmed = act == "promise" and words.has("confirming", parse.lemmas[parse.heads[found.anchor]])
    return "express" if confirmed else None


def _done_by_object(parse: Parse, words: ActLexicon, found: Finding, act: Act) -> Act | None:
    """What the object or infinitive of an open cue does: a value, a noun taken up, a verb of its own."""
    if act == "express" and found.frame in _VALUED:
        return valued(parse, words, found.content[0], "assert")
    offered = act == "promise" and words.has("giving", found.lemma)
    if (act in ("assert", "express") or offered) and found.frame == "obj":
        return _of_noun(parse, words, found, act)
    if act in ("assert", "express") and found.frame == "inf" and words.has("leading", found.lemma):
        return _of_infinitive(parse, words, found)
    return None


def _of_infinitive(parse: Parse, words: ActLexicon, found: Finding) -> Act | None:
    """The act an infinitive names ("want to thank", "spoke to express his appreciation"); None where it names none."""
    verb = main_verb(parse, found.content[0])
    if verb is None or parse.pos[verb] != "VERB":
        return None
    noun = parse.child(verb, "dobj")
    if noun is not None and (words.has("giving", parse.lemmas[verb]) or words.has("confirming", parse.lemmas[verb])):
        return words.nouns.get(parse.lemmas[noun])
    matches = load_cues().verb_matches(parse, verb)
    act = words.cues.get(parse.lemmas[verb], matches[0].word.acts[0][1] if matches else "assert")
    return act if act in ("praise", "condemn", "demand") else None


def _pleaded(parse: Parse, found: Finding) -> Act | None:
    """What is done by a plea ("pleaded not guilty", "pleads guilty to")."""
    near = {*found.cue, *(c for i in found.cue for c in parse.children[i])}
    told = {parse.lowers[i] for i in near}
    if "guilty" not in told or not any(parse.lemmas[i] in ("plead", "pled") for i in found.cue):
        return None
    return "deny" if told & {"not", "n't", "n’t"} else "admit"


def _turned_down(parse: Parse, found: Finding) -> bool:
    """Whether the noun that tells of the statement is denied itself ("denied all claims that")."""
    cues = load_cues()
    theirs = own_source(parse, cues, found.anchor, found.content[0][0]) if found.shape == "noun:answered" else None
    if parse.deps[found.anchor] != "dobj" or (theirs is not None and theirs == found.source):
        return False
    matches = cues.verb_matches(parse, parse.heads[found.anchor])
    return any(match.word.act("obj") == "deny" for match in matches)


def _of_cue(parse: Parse, words: ActLexicon, found: Finding) -> Act | None:
    """The act of a noun or a state of mind in the cue: "sent our condolences to", "is proud to"."""
    for token in found.cue:
        if token == found.anchor and parse.pos[token] in ("VERB", "AUX"):
            continue
        if parse.pos[token] in ("NOUN", "PROPN") and (act := words.nouns.get(parse.lemmas[token])):
            return "express" if act == "promise" and words.has("confirming", found.lemma) else act
        if parse.pos[token] in ("ADJ", "VERB") and words.has("minded", parse.lowers[token]):
            return "promise" if words.has("bound", parse.lowers[token]) else "express"
    return None


def _by_noun(parse: Parse, found: Finding) -> bool:
    """Whether a noun is the cue ("the threat to")."""
    return found.shape.startswith("noun") or (found.shape == "doubtful" and parse.pos[found.anchor] == "NOUN")


def _named(parse: Parse, words: ActLexicon, found: Finding) -> Act:
    if found.frame == "quote" and found.act == "express":
        return "assert"
    named = (words.nouns if _by_noun(parse, found) else words.cues).get(found.lemma)
    if found.frame in ("inf", "ger") and found.shape.startswith("verb:"):
        return named if named and found.act == "express" else found.act
    return found.act if named is None or (found.frame in ("raise", "obj") and named == "assert") else named


def _of_noun(parse: Parse, words: ActLexicon, found: Finding, act: Act) -> Act:
    """The act of the noun a cue takes up: "expressed gratitude", "reiterated the call for", "reaffirmed support"."""
    first, last = found.content[0]
    head = parse.head_in(parse.span(first, last))
    if head is None:
        return act
    noun = parse.lemmas[head]
    if words.has("topical", found.lemma):
        return act
    if words.has("taking", found.lemma) and words.has("taken", noun):
        return "admit"
    if not _by_noun(parse, found) and words.has("charging", found.lemma) and words.has("wrongs", noun):
        return "accuse"
    return "express" if words.has("stands", noun) else words.nouns.get(noun, act)


def _said(parse: Parse, words: ActLexicon, found: Finding) -> Act:
    """The first act, in text order, that a sentence of the content clearly does; else a plain assertion."""
    pieces = list(islice(clauses(parse, found), _SENTENCES))
    acts = [act for piece, head in pieces if (act := MainPoint(parse, words, found, piece, head).act()) != "assert"]
    if "ask" in acts and len(acts) < len(pieces) and (acts[0] != "ask" or len(pieces) > 1) and verbal(parse, found):
        acts = [act for act in acts if act != "ask"]  # a question among other sentences is put to nobody
    if not acts:
        return "assert"
    return "condemn" if acts[0] == "praise" and "condemn" in acts else acts[0]
