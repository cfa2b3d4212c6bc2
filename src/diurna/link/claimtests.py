"""Words against words and against deeds across reports: denied deeds, disputes, and one speaker against himself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Protocol

from diurna.link.acts import EXISTS, relation
from diurna.link.claimscope import names_apart
from diurna.link.crosspairs import CrossPair, make_pair, opposed
from diurna.link.deeds import deed_names, poles
from diurna.link.doers import same_doer, told_fairly
from diurna.link.matching import short
from diurna.link.matters import lexicon, stem
from diurna.link.oneparty import one_party, one_speaker
from diurna.link.partynames import Name, Party, shared_name
from diurna.link.sameness import Thing, conditions, negated, same_thing, test
from diurna.link.telling import Telling
from diurna.link.tellingwords import telling_words
from diurna.model.record import ScopeTest


class Reach(Protocol):
    """How many days two claims, a denial and a deed, or two words of one speaker may lie apart."""

    @property
    def claims(self) -> int:
        """Between a claim and its denial."""

    @property
    def deeds(self) -> int:
        """Between a denial and the deed."""

    @property
    def own(self) -> int:
        """Between two words of one speaker."""


def claim_pairs(left: Telling, right: Telling, days: int, options: Reach) -> Iterator[CrossPair]:
    """A claim or denial with a later claim, denial or deed that goes against it."""
    if (left.real != "actual" and right.real != "actual") or right.force in ("promise", "refusal"):
        return
    named = right.force == "deny" and right.teller and left.teller and _turned_down(right)
    if not named and relation(left.act, right.act) == "none":
        return
    thing = same_thing(left, right)
    if not (thing.keys or thing.names):
        return
    if named and (thing.names or thing.test.result == "pass"):
        yield from _answered(left, right, thing)
    elif right.teller is None:
        denies = left.force == "deny" or (negated(left) and (left.own or left.teller))
        if days <= options.deeds and denies:
            yield from denial_pairs(left, right, thing)
    elif left.teller is not None and _claim_verbs(left, right):
        yield from _two_claims(left, right, thing, days, options)


def _two_claims(left: Telling, right: Telling, thing: Thing, days: int, options: Reach) -> Iterator[CrossPair]:
    """Two claims that have tellers: of one speaker, of a denier and a finding, or of two sides."""
    if left.teller is None or right.teller is None:
        return
    same_body = _one_body(left, right)
    ground = one_party(left.teller, right.teller) or same_body
    if ground:
        alone = (same_body or one_speaker(left.teller, right.teller)) and not (left.told_by or right.told_by)
        if alone and days <= options.own:
            yield from _by_self(left, right, thing, ground, options)
        return
    fair = told_fairly(left, right).result == "pass" and not _sided(right)
    denies = left.force == "deny" or (left.own and negated(left))
    found = relation(left.act, right.act)
    if fair and denies and found == "opposite" and days <= options.deeds:
        yield from denial_pairs(left, right, thing)
    elif days <= options.claims:
        yield from _disputed(left, right, thing)


def _one_body(left: Telling, right: Telling) -> str | None:
    """The ground where two unnamed voices of one body speak of its own doing ("the foreign ministry")."""
    mine, theirs = left.teller, right.teller
    if not (left.own and right.own and mine and theirs) or mine.persons or theirs.persons:
        return None
    ground = one_party(left.doer, right.doer)
    bodies = [{w for w in p.text.lower().split() if w in telling_words().office} for p in (mine, theirs)]
    return ground if ground and bodies[0] & bodies[1] else None


_POINTS = re.compile(
    r"\W*(?:\w+,\s+|and\s+|but\s+|so\s+)?(?:that|it|this|here)(?:['’]s|\s+(?:is|was|has))\b", re.IGNORECASE
)
"""A clause about "it" or "that", which only its own report can tell."""


_FIND = "find"
"""The deed by which a thing is shown to be there."""


def _claim_verbs(left: Telling, right: Telling) -> bool:
    """Whether two claims say one verb of a thing, or that there is such a thing; antonyms alone dispute nothing."""
    if any(_POINTS.match(one.place.quote) for one in (left, right)):
        return False
    if not (left.act.object & right.act.object or (left.names and right.names)):
        return False
    if "possible" in (left.real, right.real):
        return False
    verbs = (left.act.verb, right.act.verb)
    found = EXISTS in verbs and _FIND in deed_names(verbs[0]) | deed_names(verbs[1])
    one_deed = verbs[0] == verbs[1] or poles(*verbs) > 0 or found
    return one_deed and left.act.verb not in telling_words().vague - {stem("take"), stem("do")}


def _near(thing: Thing, least: float) -> ScopeTest:
    """The matter test of two claims: most of what the longer says must be in the other."""
    if thing.test.result == "pass" and thing.wide < least:
        return test("same matter", "unknown", "the one says much that the other does not speak of")
    return thing.test


def _turned_down(one: Telling) -> bool:
    """Whether what is denied is a claim by name ("the accusation over the depot")."""
    return bool(one.words.keys & lexicon().claim) and one.turned


def _answered(left: Telling, right: Telling, thing: Thing) -> Iterator[CrossPair]:
    if not left.teller or not right.teller or one_party(left.teller, right.teller):
        return
    ground = one_party(left.doer, right.teller) or one_party(Party(left.place.quote, left.names), right.teller)
    about = test(
        "same actor", "pass" if ground else "unknown", ground or "the claim does not name the one who denies it"
    )
    matter = test("same matter", "pass", "what is denied is the claim about the same named thing")
    polarity = test("opposite polarity", "pass", "the one is a claim, the other its denial")
    yield make_pair("disputed_by_other", left, right, [about, matter, _when(left, right), polarity], thing)


def _sided(one: Telling) -> bool:
    """Whether a person speaks for himself, so that his word is a claim and no finding."""
    return bool(one.teller and (one.teller.persons or one.teller.names) and one.cue in ("say", "tell", "add"))


def _by_self(left: Telling, right: Telling, thing: Thing, ground: str, options: Reach) -> Iterator[CrossPair]:
    found = relation(left.act, right.act)
    tests = [
        test("same actor", "pass", ground),
        same_subject(left, right),
        _near(thing, 0.5),
        _when(left, right, options.own),
        opposed(left, right, found),
        conditions(left, right),
    ]
    mine, theirs = left.names | left.doer.names, right.names | right.doer.names
    if not thing.names and theirs and not shared_name(mine, theirs) and not (left.own and right.own):
        tests.append(test("same place", "unknown", "they name no party, place or thing in common"))
    if right.real == "possible":
        tests.append(test("same condition", "fail", f"{short(right.place.quote)} says what may be, not what is"))
    yield make_pair("contradicts_self", left, right, tests, thing)


_THE_COUNTRY = re.compile(r"\b(?:the|its|their|our|this) (?:country|nation|kingdom|island|territory)\b", re.IGNORECASE)


def _home(one: Telling) -> frozenset[Name]:
    """The names of whose country a clause speaks of by no name: the teller's, else whatever else it names."""
    if not _THE_COUNTRY.search(one.place.quote):
        return one.doer.names | one.names
    return one.teller.names if one.teller else frozenset()


def _of_two_countries(left: Telling, right: Telling) -> list[ScopeTest]:
    """A failed test where one speaks of "the country", which is the speaker's, and the other of none of its names."""
    mine, theirs = _home(left), _home(right)
    pointed = any(_THE_COUNTRY.search(one.place.quote) for one in (left, right))
    if not pointed or not mine or not theirs or shared_name(mine, theirs) is not None:
        return []
    quotes = f"{short(left.place.quote)} and {short(right.place.quote)}"
    return [test("same actor", "fail", f"{quotes} are of two countries")]


def _swapped(one: Telling, other: Telling) -> bool:
    """Whether somebody without a name does to a party what in the other that party does ("nobody attacks Norrow")."""
    if one.doer.names or not one.doer.text.strip() or one.act.verb != other.act.verb:
        return False
    return shared_name(other.doer.names, one.names) is not None and not other.names - other.doer.names


def same_subject(left: Telling, right: Telling) -> ScopeTest:
    """Whether both speak of one party's doing; "the country" is the speaker's."""
    apart = _of_two_countries(left, right)
    if apart:
        return apart[0]
    if _swapped(left, right) or _swapped(right, left):
        return test("same actor", "fail", "who does it in the one has it done to him in the other")
    if not left.doer.names or not right.doer.names:
        return test("same actor", "pass", "both speak of one thing, and name no two doers")
    ground = one_party(left.doer, right.doer)
    if ground:
        return test("same actor", "pass", ground)
    return test("same actor", "fail", f"{short(left.doer.text)} and {short(right.doer.text)} are different parties")


def _disputed(left: Telling, right: Telling, thing: Thing) -> Iterator[CrossPair]:
    found = relation(left.act, right.act)
    named = one_party(left.doer, right.doer) is not None or thing.names
    tests = [
        same_subject(left, right),
        _near(thing, 0.35 if named else 0.6),
        _when(left, right),
        opposed(left, right, found),
        conditions(left, right),
    ]
    tests += _in_common(left, right, thing)
    if names_apart(left, right):
        tests.append(test("same matter", "unknown", "each names somebody or something that the other does not"))
    if "possible" in (left.real, right.real) or "future" in (left.real, right.real):
        tests.append(test("same condition", "fail", "one of the two says what may be, not what is"))
    yield make_pair("disputed_by_other", left, right, tests, thing)


def _when(left: Telling, right: Telling, reach: int = 120) -> ScopeTest:
    """Whether both can be of one time; what is not dated is of the days before its report."""
    spans = []
    for one in (left, right):
        day = one.day or dt.date.min
        when = next((v for v in one.times if not (v.first_day and v.first_day > day)), None)
        first = (when.first_day if when else None) or day - dt.timedelta(days=reach)
        last = (when.last_day if when else None) or day
        spans.append((first, max(first, last)))
    (a, b), (c, d) = spans
    if a <= d and c <= b:
        return test("same time", "pass", "both can be of one time")
    texts = [one.times[0].text if one.times else str(one.day) for one in (left, right)]
    return test("same time", "fail", f"“{texts[0]}” and “{texts[1]}” are different times")


def denial_pairs(denial: Telling, deed: Telling, thing: Thing | None = None) -> Iterator[CrossPair]:
    """A denial with the deed it denies, told by a report or by one who has no side in it."""
    thing = thing or same_thing(denial, deed)
    if not (thing.keys or thing.names) or relation(denial.act, deed.act) == "none" or deed.real != "actual":
        if deed.real == "possible" and thing.test.result == "pass":
            yield make_pair(
                "denied_deed",
                denial,
                deed,
                [thing.test, test("same condition", "fail", "the deed is told as possible only")],
                thing,
            )
        return
    found = relation(denial.act, deed.act)
    if not denial.act.denied or deed.act.denied or not _claim_verbs(denial, deed):
        return
    tests = [
        same_doer(denial, deed, thing),
        thing.test,
        _before_denial(denial, deed),
        opposed(denial, deed, found),
        conditions(denial, deed),
    ]
    tests += [one for one in (told_fairly(denial, deed),) if one.result != "pass"]
    tests += _in_common(denial, deed, thing)
    tests += _of_the_denier(denial, deed) + _of_two_countries(denial, deed)
    yield make_pair("denied_deed", denial, deed, tests, thing)


def _in_common(left: Telling, right: Telling, thing: Thing) -> list[ScopeTest]:
    """An open test where two claims name neither a party nor a place or thing in common ("no civilian was killed")."""
    sides = [one.doer.with_names(one.teller) if one.teller and one.own else one.doer for one in (left, right)]
    if thing.names or one_party(*sides) or shared_name(left.names | left.context, right.names):
        return []
    return [test("same actor", "unknown", "they name no party, place or thing in common")]


def _of_the_denier(denial: Telling, deed: Telling) -> list[ScopeTest]:
    """Open tests where the deed's report names nobody the denial does, or tells so late that it may be a new one."""
    found = []
    denier, told = denial.teller, deed.names | deed.doer.names
    about = denial.names | denial.doer.names | (denier.names if denier else frozenset())
    if denier and denier.names and not shared_name(about, told | deed.context):
        found.append(test("same actor", "unknown", f"the other report does not speak of {short(denier.text)}"))
    late = denial.day and deed.day and (deed.day - denial.day).days > _NEWS
    if late and not deed.times and not denial.own:
        found.append(test("same time", "unknown", f"it is told more than {_NEWS} days later, and not of when it was"))
    return found


_NEWS = 45
"""Days after which an undated deed is taken for a new one, since reports tell what is new."""


def _before_denial(denial: Telling, deed: Telling) -> ScopeTest:
    day = denial.day or dt.date.min
    when = deed.times[0] if deed.times else None
    first = when.first_day if when else None
    last = when.last_day if when else None
    if first and first > day:
        return test("same time", "fail", f"the deed, of “{when.text if when else ''}”, came after the denial of {day}")
    if last and last < day - dt.timedelta(days=730):
        return test("same time", "fail", f"the deed, of “{when.text if when else ''}”, lies years before the denial")
    if denial.times and when and first and last:
        mine = denial.times[0]
        low, high = mine.first_day or dt.date.min, mine.last_day or dt.date.max
        if last < low or first > high:
            return test("same time", "fail", f"the denial is of “{mine.text}”, the deed of “{when.text}”")
    return test("same time", "pass", "the deed lies before its denial")
