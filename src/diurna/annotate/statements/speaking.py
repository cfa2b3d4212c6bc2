"""Who can speak: whether a phrase may name somebody, or words on paper, or only an event or a thing."""

from __future__ import annotations

from diurna.annotate.actors.roles import role_at, territories
from diurna.annotate.parse import Parse
from diurna.annotate.statements.grammar import Tokens
from diurna.annotate.statements.speakerwords import load_speakers

_RELATIVES = frozenset({"which", "that"})
_POINTING = _RELATIVES | {"this"}
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_NO_NAMES = frozenset({"EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "DATE", "TIME", "MONEY", "QUANTITY", "FAC"})
_DOERS = ("er", "or", "ist", "ian", "eer", "man", "woman")
"""Ends of nouns for those who do or hold something."""


def speaks(parse: Parse, source: Tokens | None) -> bool:
    """Whether a phrase may name somebody who speaks, or words that do (a document), and no event or thing."""
    head = None if source is None else _head(parse, source)
    if head is None:
        return False
    label = parse.label(head)
    if parse.pos[head] in ("PRON", "DET", "NUM", "ADJ") or label in ("PERCENT", "CARDINAL"):
        return parse.lowers[head] not in _POINTING
    if parse.pos[head] == "PROPN" or label in _NAMES:
        return label not in _NO_NAMES or _is_role(parse, head)
    return _is_speaking_noun(parse, head)


def is_thing(parse: Parse, source: Tokens) -> bool:
    """Whether a source is an event or a thing by its name's kind, or "which" or "this" of nobody who speaks."""
    head = _head(parse, source)
    if head is None:
        return True
    if parse.label(head) in _NO_NAMES and parse.pos[head] != "NUM":
        return not _is_role(parse, head)
    alone = source[1] - source[0] == 1 and parse.lowers[source[0]] in _POINTING
    return alone and not speaks(parse, source)


def is_document(parse: Parse, source: Tokens) -> bool:
    """Whether a source is words on paper: "the poll", "a statement"."""
    head = _head(parse, source)
    return head is not None and parse.lemmas[head] in load_speakers().document


def _head(parse: Parse, source: Tokens) -> int | None:
    """The noun a source is about; of a relative pronoun, the noun it stands for."""
    head = parse.head_in(parse.span(*source))
    if head is not None and parse.lowers[head] in _RELATIVES and parse.deps[parse.heads[head]] == "relcl":
        return parse.heads[parse.heads[head]]
    return head


def _is_role(parse: Parse, token: int) -> bool:
    return role_at(parse, token, token + 1) is not None


def _is_speaking_noun(parse: Parse, head: int) -> bool:
    people = load_speakers()
    nouns = {parse.lemmas[head], parse.lowers[head]}
    known = people.anonymous | people.bodies | people.crowds | people.titles
    written = people.document | people.report | people.outlets
    if nouns & (known | written | territories()):
        return True
    return parse.lemmas[head].endswith(_DOERS) or _is_role(parse, head)
