"""Competing numbers across reports: are two counts of one event, and can both hold?"""

from __future__ import annotations

import datetime as dt
import re

from diurna.link.counts import Count
from diurna.link.matching import short
from diurna.link.oneparty import one_party
from diurna.link.partynames import Name, names_in, same_name, shared_name
from diurna.link.sameness import object_names, same_thing, test
from diurna.link.telling import Telling
from diurna.model.record import ScopeTest

_COMMON = frozenset(("peopl", "death", "kill", "injur", "person", "least"))
_COUNTED = frozenset(("killing", "arrest"))
_WORDS = {"killed": "killed", "injured": "injured", "arrested": "arrested", "participants": "taking part"}


def toll_tests(left: Telling, right: Telling) -> tuple[tuple[ScopeTest, ...], str] | None:
    """The tests of two tellings that count people in the same way, and the reason; None where no two counts compete."""
    for one in left.counts:
        for other in right.counts:
            if one.kind == other.kind and _apart(one, other):
                tests = (
                    _sources(left, right),
                    _same_event(left, right),
                    _same_day(left, right),
                    _same_people(left, right, one, other),
                    test("opposite polarity", "pass", f"“{one.text}” and “{other.text}” cannot both hold"),
                )
                reason = (
                    f"{_source(left)} gives {short(one.text)} {_WORDS[one.kind]} ({left.day}), "
                    f"{_source(right)} {short(other.text)} ({right.day})."
                )
                return tests, reason
    return None


def _apart(one: Count, other: Count) -> bool:
    low = max(one.low or 0, other.low or 0)
    high = min((c.high for c in (one, other) if c.high is not None), default=None)
    return high is not None and low > high


def _source(one: Telling) -> str:
    if one.teller and one.teller.text:
        return short(one.teller.text)
    return one.outlet or "one report"


def _sources(left: Telling, right: Telling) -> ScopeTest:
    if left.teller and right.teller:
        if one_party(left.teller, right.teller) or left.teller.text.lower() == right.teller.text.lower():
            return test("same actor", "fail", "both numbers come from one source")
        return test("same actor", "pass", "the numbers come from two sources")
    if left.teller or right.teller:
        return test("same actor", "pass", "one number has a source of its own, the other is a report's")
    return test("same actor", "unknown", "neither report names the source of its number")


def _same_event(left: Telling, right: Telling) -> ScopeTest:
    thing = same_thing(left, right)
    tellers = frozenset(n for t in (left.teller, right.teller) if t for n in t.names)
    mine, theirs = _places(left, tellers), _places(right, tellers)
    if mine and theirs and shared_name(mine, theirs) is None:
        return test("same place", "fail", f"they name different places: {_said(mine)} and {_said(theirs)}")
    lonely = (
        [n for n in mine if shared_name([n], theirs) is None],
        [n for n in theirs if shared_name([n], mine) is None],
    )
    if thing.test.result == "fail":
        return thing.test
    close = abs(((right.day or dt.date.min) - (left.day or dt.date.min)).days) <= 2
    dated = all(any(v.precision in ("day", "instant") for v in one.times) for one in (left, right))
    named = {w for n in (*left.names, *right.names) for w in n}
    terms = {t.key for t in left.words.terms if t.kind in ("thing", "word", "common") and t.text.lower() not in named}
    event = (terms & right.words.keys) - _COMMON - _COUNTED
    bare = not terms - _COMMON - _COUNTED
    if (
        mine
        and theirs
        and not (lonely[0] and lonely[1])
        and (dated or close)
        and (event or dated or bare)
        and _alike(left, right, lonely, bare=bare)
    ):
        return test("same matter", "pass", f"both count at {_said(mine & theirs or mine)}")
    return test("same matter", "unknown", "the reports do not say whether both numbers are of one event")


_WHERE = re.compile(r"\b(?:in|at|near|through|across)\s+(?:the\s+)?((?:[A-Z][\w’'-]*\s?)+)")


def _places(one: Telling, tellers: frozenset[Name]) -> frozenset[Name]:
    """The names of a count's own clause; where it has none, those round it."""
    where = frozenset(n for found in _WHERE.finditer(one.place.quote) for n in names_in(found[1]))
    named = object_names(one, tellers) or frozenset(n for n in one.names if any(same_name(n, w) for w in where))
    its_own = one.teller.names if one.teller else frozenset()
    return named or (one.context - its_own) or its_own


def _alike(left: Telling, right: Telling, lonely: tuple[list[Name], list[Name]], *, bare: bool) -> bool:
    """Whether nothing sets two counts apart: places, the kind of event, or a tally over a longer time."""
    tally = any(_TALLY.search(one.place.quote) for one in (left, right))
    return not tally and len(lonely[0]) + len(lonely[1]) <= 1 and (bare or same_thing(left, right).wide >= 0.4)


_TALLY = re.compile(
    r"\b(?:so far|this year|since the (?:start|beginning|resumption)|(?:rises?|rose|risen|climbed|increases?) to"
    r"|over the past|in total|including)\b"
)


def _said(names: frozenset[tuple[str, ...]]) -> str:
    return "“" + " ".join(max(names, key=lambda n: (sum(map(len, n)), n))).title() + "”" if names else "one place"


def _same_day(left: Telling, right: Telling) -> ScopeTest:
    spans = []
    for one in (left, right):
        when = one.times[0] if one.times else None
        day = one.day or dt.date.min
        first = (when.first_day if when else None) or day - dt.timedelta(days=5)
        last = (when.last_day if when else None) or day
        spans.append((first, max(first, last)))
    (a, b), (c, d) = spans
    if a <= d and c <= b:
        return test("same time", "pass", "both counts can be of one day")
    texts = [one.times[0].text if one.times else str(one.day) for one in (left, right)]
    return test("same time", "fail", f"“{texts[0]}” and “{texts[1]}” are different days")


def _same_people(left: Telling, right: Telling, one: Count, other: Count) -> ScopeTest:
    for count in (one, other):
        its_own = " own " in f" {count.noun} " or count.noun.startswith("of its")
        if its_own and not one_party(left.teller or left.doer, right.teller or right.doer):
            return test("same quantity", "fail", f"one side counts its own: “{count.text} {count.noun}”")
    return test("same quantity", "pass", "both count the same kind of people")
