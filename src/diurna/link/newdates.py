"""Last days that are moved: a deadline extended, a due date put off, by those who may move it.

Who set a deadline may move it, and so may those who agreed on one. Whoever promised a thing by a day may tell that it
will be later; the promise stays due on its day, since nobody let him off.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from diurna.link.matters import stem
from diurna.link.oneparty import one_party
from diurna.link.partynames import Party, shared_name
from diurna.link.telling import Telling

_MOVED = re.compile(
    r"\b(?:extend(?:s|ed|ing)?|prolong(?:s|ed|ing)?|push(?:es|ed|ing)? back|put(?:s|ting)? (?:back|off)"
    r"|postpon(?:es|ed|ing)|mov(?:es|ed|ing)"
    r"|delay(?:s|ed|ing)?|set(?:s|ting)? back|shift(?:s|ed|ing)?|bring(?:s|ing)? forward"
    r"|brought forward)\b",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"\b(?:deadlines?|time[ -]?limits?|ultimatums?|due dates?|target dates?|cut-?off dates?)\b", re.IGNORECASE
)
_MORE_TIME = re.compile(
    r"\b(?:gave|gives?|giving|grant(?:s|ed|ing)?|allow(?:s|ed|ing)?|was given|were given)\b[^;:.]{0,60}?"
    r"\b(?:more time|(?:another|a further|an extra|an additional|\w+ more|\w+ (?:extra|additional))"
    r" (?:hour|day|week|month|year)s?"
    r"|(?:another|a further|an additional) \w+ (?:hour|day|week|month|year)s?)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[a-z]{4,}")
_HALF = 0.5
"""Share of a commitment's own words that a telling of its new last day must have."""
_SETTERS = ("demand", "threat")


def moves_deadline(one: Telling) -> frozenset[str]:
    """Stems of the words of a telling that a last day was moved to another; none where it tells nothing of the kind."""
    if (
        (one.act.denied and not _PUT_OFF.search(one.place.quote))
        or one.real != "actual"
        or one.due is None
        or one.condition
    ):
        return frozenset()
    return _moved(one.place.quote)


_PUT_OFF = re.compile(
    r"\b(?:push(?:es|ed|ing)? back|put(?:s|ting)? (?:back|off)|postpon(?:es|ed|ing)|delay(?:s|ed|ing)?|brought forward"
    r"|bring(?:s|ing)? forward|moved|rescheduled|deferred|set back)\b[^;:.]{0,90}?\b(?:until|till|to|by)\b",
    re.IGNORECASE,
)
"""A deed put off to another day, where no deadline is named ("pushed back the reopening of the border to May")."""
_NOT_BEFORE = re.compile(
    r"\b(?:(?:will|would|shall|could|can)(?: now| only)* (?:not|no longer)|(?:won|wouldn|can|couldn)['’]t|cannot)\b"
    r"[^;:.]{3,80}?\b(?:before|until|till)\b",
    re.IGNORECASE,
)
"""A deed that is not done before a day, and so is put off to it."""


def put_off(opening: Telling, one: Telling) -> bool:
    """Whether a telling says that the very thing will be later than its day, by whoever may not move that day."""
    if opening.due_day is None or one.due_day is None or opening.act.denied or one.due_day <= opening.due_day:
        return False
    own, quote = _stems(opening.words.text[: opening.words.condition or None]), one.place.quote
    later = _PUT_OFF.search(quote) or (
        one.act.denied and one.act.verb == opening.act.verb and _NOT_BEFORE.search(quote)
    )
    return bool(later and own) and len(own & _stems(quote)) >= max(1, _HALF * len(own))


@lru_cache(maxsize=50_000)
def _moved(quote: str) -> frozenset[str]:
    by_name = _MOVED.search(quote) and _DEADLINE.search(quote)
    return _stems(quote) if by_name or _MORE_TIME.search(quote) or _PUT_OFF.search(quote) else frozenset()


def new_day(opening: Telling, one: Telling) -> dt.date | None:
    """The last day that a telling gives a commitment instead of its own, by who may move it; else None."""
    told = moves_deadline(one)
    if not told or opening.due_day is None or one.due_day is None or one.due_day == opening.due_day:
        return None
    end = opening.words.condition or None
    own = _stems(opening.words.text[:end])
    if not own or len(own & told) < max(1, _HALF * len(own)):
        return None
    return one.due_day if _may_move_it(opening, one) else None


def _may_move_it(opening: Telling, one: Telling) -> bool:
    speaker = one.doer.with_names(one.teller) if one.teller and one.own else one.doer
    if opening.force in _SETTERS:
        setter = opening.teller or opening.doer
        return one_party(setter, speaker) is not None
    if opening.force != "agreement":
        return False
    bound = (opening.teller or Party("")).with_names(opening.doer)
    return shared_name(bound.names, one.names | one.context | speaker.names) is not None


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _WORDS.findall(text.lower())) - _EMPTY


_EMPTY = frozenset(stem(w) for w in ("with", "that", "this", "from", "would", "will", "their", "have", "been", "until"))
