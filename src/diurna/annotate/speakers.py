"""Who speaks, in kind, and the circumstances beside the cue: to whom, through what, when."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from diurna.annotate import lexicon
from diurna.annotate.grammar import Tokens, agent, noun_phrase, trimmed
from diurna.annotate.parse import Parse
from diurna.annotate.reported import Finding
from diurna.model.record import SpeakerKind
from diurna.model.span import Span

_LISTS = (
    "anonymous",
    "document",
    "report",
    "first_persons",
    "persons",
    "channels",
    "channel_prepositions",
    "addressee_verbs",
)
_HUMAN = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_REFLEXIVE = frozenset({"it", "this", "that", "itself", "himself", "herself", "themselves", "what", "which"})


@dataclass(frozen=True, slots=True)
class SpeakerLexicon:
    """The word lists of `speakers.toml`."""

    anonymous: frozenset[str]
    document: frozenset[str]
    report: frozenset[str]
    first_persons: frozenset[str]
    persons: frozenset[str]
    channels: frozenset[str]
    channel_prepositions: frozenset[str]
    addressee_verbs: frozenset[str]


@cache
def load_speakers(language: str = "en") -> SpeakerLexicon:
    """The speaker lexicon of `language`, checked and loaded once."""
    table = lexicon.load("speakers", language, lambda t: lexicon.faults_in_words(t, *_LISTS))
    return SpeakerLexicon(**{name: frozenset(table[name]) for name in _LISTS})


def speaker_kind(parse: Parse, words: SpeakerLexicon, source: Tokens | None, in_quote: bool) -> SpeakerKind | None:
    """Anonymous, document, report or self; None where the report's actors decide (a name, a role, a group)."""
    if source is None:
        return "anonymous"
    head = parse.head_in(parse.span(*source))
    if head is None or (parse.lowers[head] in words.first_persons and in_quote):
        return None
    if parse.lowers[head] in words.first_persons:
        return "self"
    if parse.pos[head] == "PROPN" or _names_person(parse, words, source):
        return None
    return _kind_of_noun(parse, words, head)


def _kind_of_noun(parse: Parse, words: SpeakerLexicon, head: int) -> SpeakerKind | None:
    noun = parse.lemmas[head]
    if noun in words.report:
        return "report"
    if noun in words.document:
        return "document"
    if _is_definite(parse, head) and noun != "source":
        return None  # "the official": somebody the report has introduced
    unnamed = noun in words.anonymous or (parse.pos[head] == "NUM" and noun.isalpha())
    return "anonymous" if unnamed else None


def _is_definite(parse: Parse, head: int) -> bool:
    return parse.tags[head] == "NN" and any(
        parse.lowers[c] in ("the", "this", "that") for c in parse.children[head] if c < head
    )


def _names_person(parse: Parse, words: SpeakerLexicon, source: Tokens) -> bool:
    return any(
        parse.entity_of[i] >= 0 and parse.entities[parse.entity_of[i]].label in words.persons for i in range(*source)
    )


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What stands beside a cue, each None where it is not written."""

    addressee: Span | None = None
    channel: Span | None = None
    time: Span | None = None


def circumstances(parse: Parse, words: SpeakerLexicon, found: Finding) -> Circumstances:
    """Whom it was said to, through what and when, as far as they hang on the cue's verb."""
    if not found.cue or found.rule == "according" or parse.pos[found.anchor] not in ("VERB", "AUX"):
        return Circumstances()
    addressee = channel = time = None
    for child in parse.children[found.anchor]:
        if _inside(found, child):
            continue
        addressee = addressee or _addressee(parse, words, found, child)
        channel = channel or _channel(parse, words, child)
        time = time or _time(parse, child)
    return Circumstances(
        *(parse.span(*_clipped(parse, found, part)) if part else None for part in (addressee, channel, time))
    )


def _inside(found: Finding, token: int) -> bool:
    return any(first <= token < last for first, last in found.content)


def _clipped(parse: Parse, found: Finding, part: Tokens) -> Tokens:
    """`part` without what belongs to the content."""
    first, last = part
    for start, end in found.content:
        if first < start < last:
            last = start
        elif first < end < last:
            first = end
    clipped = trimmed(parse, (first, last))
    return clipped if clipped[0] < clipped[1] else part


def _addressee(parse: Parse, words: SpeakerLexicon, found: Finding, child: int) -> Tokens | None:
    relation = parse.deps[child]
    if relation in ("dobj", "dative") and found.lemma in words.addressee_verbs and child > found.anchor:
        target = child if relation == "dobj" or parse.pos[child] != "ADP" else parse.child(child, "pobj")
    elif relation in ("prep", "dative") and parse.lowers[child] in ("to", "with") and found.frame in ("that", "quote"):
        target = parse.child(child, "pobj")
        if target is not None and not _may_hear(parse, target):
            target = None
    elif relation == "nsubjpass" and found.lemma in words.addressee_verbs and found.frame != "raise":
        target = child
    else:
        return None
    if target is None or parse.lowers[target] in _REFLEXIVE or parse.pos[target] not in ("NOUN", "PROPN", "PRON"):
        return None
    return noun_phrase(parse, target)


def _may_hear(parse: Parse, token: int) -> bool:
    entity = parse.entity_of[token]
    return (
        parse.pos[token] in ("PROPN", "PRON")
        or (entity >= 0 and parse.entities[entity].label in _HUMAN)
        or parse.tags[token] == "NNS"
    )


def _channel(parse: Parse, words: SpeakerLexicon, child: int) -> Tokens | None:
    if parse.deps[child] not in ("prep", "agent") or parse.lowers[child] not in words.channel_prepositions:
        return None
    noun = parse.child(child, "pobj")
    if noun is None or (parse.lowers[noun] not in words.channels and parse.lemmas[noun] not in words.channels):
        return None
    carrier = next((c for c in parse.children[noun] if parse.deps[c] == "acl" and parse.tags[c] == "VBN"), None)
    carried_by = agent(parse, carrier) if carrier is not None else None
    return carried_by or noun_phrase(parse, noun)


def _time(parse: Parse, child: int) -> Tokens | None:
    noun: int | None = child
    if parse.deps[child] == "prep":
        noun = parse.child(child, "pobj")
    elif parse.deps[child] not in ("npadvmod", "advmod"):
        return None
    if noun is None or parse.entity_of[noun] < 0:
        return None
    entity = parse.entities[parse.entity_of[noun]]
    return (entity.first, entity.last) if entity.label in ("DATE", "TIME") else None
