"""The shapes in which statements come: a deed without a subject, an infinitive without "to", words about a thing."""

from __future__ import annotations

import re

from diurna.link.forces import opened_kind
from diurna.link.partynames import NOBODY
from diurna.link.subjects import Subject
from diurna.link.tellingwords import telling_words
from diurna.model.record import Statement
from diurna.model.span import Span

_OF_DOINGS = ("promise", "agree", "demand", "refuse", "threaten")
_TO_BEFORE = re.compile(r"\s(?P<to>(?:not\s+)?to)\s+(?:(?!the\b|an?\b|its\b|their\b|his\b|her\b)[a-z]+\s+)?$")
"""What stands between a verb that binds and what is said, where the infinitive was left out of it."""
_DOING = re.compile(
    r"(?!during\b|nothing\b|anything\b|according\b|king\b|ongoing\b)[a-z]{3,}ing\s+"
    r"(?:(?:over|out|up|back|down|off|away|in|on|to|into)\s+)?(?:the|an?|its|his|her|their|any|all|more|new|with|[A-Z])"
)
_EACH_TO = re.compile(r"(?:them|themselves|both|both sides|each|each other)\s+(?=to\s+[a-z])")
_A_THING = re.compile(r"(?:an?|any|all)\s+(?:[a-z-]+\s+){1,3}?(?:of|to|in|for|into|on|from|with|over|about|against)\s")
_OF_WHICH = re.compile(r"[a-z]\s+(?:that|which)\s+(?:the\s+)?[A-Z]")
_CALLED_OFF = re.compile(r"call(?:s|ed|ing)?\s+(?:[^\s]+\s+){0,2}?off\b", re.IGNORECASE)
_AS_HE_SAID = re.compile(r"\w\s+(?:that|which)\s+$")


def with_to(text: str, one: Statement) -> tuple[Span, ...]:
    """What is said, with the "to" of an infinitive that was left outside ("declined to *apologise for ...*")."""
    first, *rest = one.content.spans
    if not text[first.start].islower() or not one.cue.spans:
        return one.content.spans
    binds = one.act in _OF_DOINGS or opened_kind(one.cue.lemma) is not None
    start = one.cue.spans[0].start
    found = _TO_BEFORE.search(text, start, first.start) if binds and 0 < first.start - start < 80 else None
    return (Span(found.start("to"), first.end), *rest) if found else one.content.spans


def of_the_subject(text: str, one: Statement) -> bool:
    """Whether a statement only tells what thing is meant ("the guns that Vantia had promised were unloaded").

    Nor is it one where what is called is called off.
    """
    first, speaker = one.content.spans[0], one.speaker.span
    if _OF_WHICH.search(one.speaker.text) or (one.cue.spans and _CALLED_OFF.match(text, one.cue.spans[0].start)):
        return True
    if one.content.form != "phrase" or speaker is None or speaker.start < first.end:
        return False
    return _AS_HE_SAID.search(text, first.start, speaker.start) is not None


def without_subject(text: str, one: Statement, clause: Span) -> Subject | None:
    """No subject, where all that is said is a deed named by its gerund ("ruled out *handing over the general*")."""
    if one.content.form != "phrase":
        return None
    if one.cue.lemma in telling_words().opens["refusal"] and _A_THING.match(clause.of(text)):
        return Subject(NOBODY, clause, verbless=True)
    mutual = _EACH_TO.match(clause.of(text)) if one.act in ("agree", "promise") else None
    if mutual:
        return Subject(NOBODY, Span(clause.start + mutual.end(), clause.end))
    return Subject(NOBODY, clause) if _DOING.match(one.content.text) else None
