"""Whether a clause can be held against another report at all: questions, talk about the talk, and voices that are many.

Transcripts are full of all three: "I'll leave it there" is no promise, and two officials without a name are no one.
"""

from __future__ import annotations

import re

from diurna.link.matching import short
from diurna.link.matters import lexicon
from diurna.link.partynames import Party
from diurna.link.sameness import test
from diurna.link.telling import Telling
from diurna.link.tellingwords import telling_words
from diurna.model.record import GapKind, ScopeTest

_QUESTION = re.compile(r"^\W*Q\s|\?\W*$")
_WORD = re.compile(r"[^\W\d_]+")
_FIRST = re.compile(r"\b(?:I|me|we|us|my|our|you)\b", re.IGNORECASE)
_SHORT = 5
_SCRAP = 3
_LONG_WORDS = 3
"""Letters of the words, and how many of them, that all have a capital in a headline, whose names cannot be told."""

_CUT_OFF = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|the|an?|of|to|in|by|that)\W*$", re.IGNORECASE
)
"""A clause the reading cut before it says anything ("twenty-six militants are")."""
_ONE_VOICE: tuple[GapKind, ...] = (
    "contradicts_self",
    "promise_unkept",
    "agreement_refused",
    "denied_deed",
    "demand_refused",
)


def whole(one: Telling) -> bool:
    """Whether a clause was read to an end."""
    return not _CUT_OFF.search(one.place.quote)


def idle(one: Telling) -> bool:
    """Whether a clause is a question, a scrap, talk about the talk ("I'll leave it there"), or a headline."""
    quote = one.place.quote
    if not one.verbed and quote.count(" ") < _SCRAP:
        return True
    spoken = _FIRST.search(quote) or quote.count(" ") < _SHORT
    if _QUESTION.search(quote) or (spoken and telling_words().talk.search(quote.replace("’", "'"))):
        return True
    long = [word for word in _WORD.findall(quote) if len(word) > _LONG_WORDS]
    return len(long) > _LONG_WORDS and all(word[0].isupper() for word in long)


def one_of_many(kind: GapKind, left: Telling, right: Telling) -> list[ScopeTest]:
    """An open test where both voices are called by no more than what many are ("a senior official")."""
    if kind not in _ONE_VOICE:
        return []
    for one, other in ((left.teller, right.teller), (left.doer, right.doer)):
        if one and other and _nameless(one) and _nameless(other):
            return [test("same actor", "unknown", f"{short(one.text)} may be another in each report")]
    return []


def _nameless(one: Party) -> bool:
    """Whether a party is called by a word for many people only."""
    words = [word.casefold() for word in _WORD.findall(one.text)]
    listed = telling_words().nameless | telling_words().nobodys | telling_words().pronouns | lexicon().stop
    return bool(words) and not one.names and all(word in listed or word.rstrip("s") in listed for word in words)
