"""The time a demand leaves, where it stands apart from it: "Giving the junta a fortnight, ... demanded that ..."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from diurna.link.duephrases import NUMBERS, after, number_of
from diurna.link.whens import Whens
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue, range_value

_COUNT = rf"(?P<n>\d+|{'|'.join(NUMBERS)})[\s-]+(?P<unit>hour|day|week|fortnight|month)s?"
_FORTNIGHT = r"(?P<one>a fortnight)"
_GIVING = re.compile(
    r"\b(?:giv(?:e|es|ing)|gave|grant(?:s|ed|ing)?|allow(?:s|ed|ing)?|leav(?:es|ing)|left)\s+(?P<who>[^,;.]{2,60}?)\s+"
    rf"(?:until\s+(?P<until>[^,;.]{{3,40}})|(?:only\s+|just\s+)?(?:{_FORTNIGHT}|{_COUNT}))(?=[\s,])",
    re.IGNORECASE,
)
_WITH = re.compile(
    rf"\b(?:with|setting|set|under)\s+an?\s+(?:(?:deadline|time limit)\s+of\s+(?:{_FORTNIGHT}|{_COUNT})"
    rf"|{_COUNT.replace('<n>', '<n2>').replace('<unit>', '<unit2>')}[\s-]+(?:deadline|ultimatum))\b",
    re.IGNORECASE,
)
_STOP = (". ", "! ", "? ", "\n", ";")


@dataclass(frozen=True, slots=True)
class TimeGiven:
    """Until when something is to be done, and the characters that name to whom that time is given, if any."""

    due: TimeValue | None
    who: Span | None


def time_given(text: str, clause: Span, whens: Whens) -> TimeGiven | None:
    """The time that the sentence of a demand leaves, before the `clause` that says what is demanded."""
    begin = max(text.rfind(mark, 0, clause.start) for mark in _STOP) + 1
    found = _GIVING.search(text, begin, clause.start) or _WITH.search(text, begin, clause.start)
    if found is None or whens.day is None:
        return None
    groups = found.groupdict()
    who = Span(*found.span("who")) if groups.get("who") else None
    if groups.get("until"):
        until = Span(*found.span("until"))
        return TimeGiven(whens.due(until, whens.within(until)), who)
    number, unit = groups.get("n") or groups.get("n2"), groups.get("unit") or groups.get("unit2")
    count = number_of(number) if number else 1
    last = after(whens.day, count, unit.lower() if unit else "fortnight")
    return TimeGiven(range_value(None, last, found.group()), who)
