"""Where words and deeds part ways across reports: candidate pairs by blocking, the tests they are put to, the verdict.

Precision is the product: a pair is a gap only where every test that matters passes; what cannot be told is `unsure`,
and what fails is kept with its reason, up to a bound. A gap is never a verdict on truth.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from diurna.link.acts import EXISTS, KEEPING, STATE, Relation, relation
from diurna.link.matching import short
from diurna.link.matters import lexicon, stem
from diurna.link.partynames import CanonicalId, normalised_name, shared_name
from diurna.link.sameness import (
    Thing,
    conditions,
    negated,
    one_party,
    one_speaker,
    same_doer,
    same_thing,
    test,
    told_fairly,
)
from diurna.link.tellingwords import telling_words
from diurna.link.tellings import Telling, tellings_of
from diurna.model.across import CrossGap
from diurna.model.record import Gap, GapKind, Reading, ScopeTest, Verdict
from diurna.model.report import content_hash
from diurna.link.tolltests import toll_tests

_PRONOUNS = frozenset(("he", "she", "they", "it", "we", "you", "i", "who"))
_BINDING = ("promise", "agreement")
_SAID = ("assert", "deny", "admit")


@dataclass(frozen=True, slots=True)
class AcrossOptions:
    """How far apart two reports may be, in days, and how much is kept.

    Attributes:
        words: between a commitment and what answers it; claims: between a claim and its denial.
        counts: between two counts of one event; own: between two words of one speaker.
        rejected: pairs that failed a test kept with their reason, best first.
        crowd: tellings that share a party and a word, above which that word says too little to pair by.
    """

    words: int = 550
    claims: int = 45
    deeds: int = 200
    counts: int = 21
    own: int = 400
    rejected: int = 200
    crowd: int = 250


@dataclass(frozen=True, slots=True)
class _Pair:
    kind: GapKind
    left: Telling
    right: Telling
    tests: tuple[ScopeTest, ...]
    thing: Thing
    reason: str


def gaps_across(
    readings: Iterable[Reading], *, who: CanonicalId = normalised_name, options: AcrossOptions | None = None
) -> tuple[CrossGap, ...]:
    """The gaps between different reports, best first, then what stays open, then rejected pairs.

    Args:
        who: the canonical id of an actor of a report; by default its normalised name.
    """
    tellings = [t for reading in readings for t in tellings_of(reading, who)]
    return gaps_between(tellings, options or AcrossOptions())


def gaps_between(
    tellings: Sequence[Telling], options: AcrossOptions, fresh: frozenset[str] | None = None
) -> tuple[CrossGap, ...]:
    """The gaps among tellings of many reports.

    Args:
        fresh: ids of the reports that are new; only pairs with one of them are looked at. None: all pairs.
    """
    judged = [_judged(p) for p in _pairs(tellings, options, fresh)]
    return _kept(judged, options.rejected)


def _pairs(tellings: Sequence[Telling], options: AcrossOptions, fresh: frozenset[str] | None) -> Iterator[_Pair]:
    index = _Index(tellings, options.crowd)
    for number, one in enumerate(tellings):
        for other in index.partners(number, fresh):
            left, right = (one, other) if _order(one) <= _order(other) else (other, one)
            for pair in compare(left, right, options):
                yield pair


def _order(one: Telling) -> tuple[dt.date, str, int, str]:
    return one.day or dt.date.min, one.place.report, one.place.span.start, one.id


class _Index:
    """Tellings by party and matter together, so that only those that share both are compared."""

    def __init__(self, tellings: Sequence[Telling], crowd: int) -> None:
        self._tellings, self._crowd = tellings, crowd
        self._rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._keys = [tuple(_blocks(one)) for one in tellings]
        for number, keys in enumerate(self._keys):
            for key in keys:
                self._rows[key].append(number)

    def partners(self, number: int, fresh: frozenset[str] | None) -> list[Telling]:
        """Later tellings of other reports that share a party and a word with this one."""
        found: dict[int, None] = {}
        one = self._tellings[number]
        for key in self._keys[number]:
            rows = self._rows[key]
            if len(rows) <= self._crowd:
                found.update(dict.fromkeys(n for n in rows if n > number))
        return [
            other
            for other in (self._tellings[n] for n in sorted(found))
            if other.place.report != one.place.report
            and (fresh is None or other.place.report in fresh or one.place.report in fresh)
        ]


def _blocks(one: Telling) -> Iterator[tuple[str, str]]:
    """What a telling is filed under: a name with each thing and verb, and without a name thing and verb together."""
    if one.day is None:
        return
    names = {word for party in (one.doer, one.teller, one.target) if party for name in party.names for word in name}
    names |= {word for name in one.names for word in name}
    roots = sorted({_root(n) for n in names})
    things = sorted(one.act.things | {c.kind for c in one.counts})
    for thing in things:
        yield "", thing
        for root in roots:
            yield root, thing
    for root in roots:
        yield root, "=" + one.act.verb


def _root(name: str) -> str:
    return name[:4]


def compare(left: Telling, right: Telling, options: AcrossOptions) -> Iterator[_Pair]:
    """Every pair of a kind of gap that two tellings, the earlier first, can be."""
    if left.day is None or right.day is None:
        return
    days = (right.day - left.day).days
    if left.force in (*_BINDING, "threat", "refusal", "demand") and right.force != left.force or left.force in ("promise", "refusal"):
        if days <= options.words:
            yield from _after_commitment(left, right)
    if left.force in _SAID and right.force in (*_SAID, "tell", "promise", "refusal"):
        yield from _claims(left, right, days, options)
    elif left.force == "tell" and right.force == "deny" and days <= options.claims:
        yield from _denied(right, left, days)
    if left.counts and right.counts and days <= options.counts:
        found = toll_tests(left, right)
        if found:
            tests, reason = found
            yield _Pair("competing_numbers", left, right, tests, Thing(tests[1], (), 2.0, 0.6, names=True), reason)


# Commitments and what answers them


def _after_commitment(left: Telling, right: Telling) -> Iterator[_Pair]:
    thing = same_thing(left, right)
    if left.force == "demand" and right.force in ("refusal", "promise", "assert", "deny"):
        yield from _refused(left, right, thing, "demand_refused")
        return
    if left.force == "agreement" and right.force in ("refusal", "promise"):
        yield from _refused(left, right, thing, "agreement_refused")
        return
    if (left.act.verb in telling_words().vague or left.act.verb in lexicon().verdicts) and left.force != "threat":
        return
    if left.force == "demand" or not (thing.keys or thing.names) or relation(left.act, right.act) == "none":
        return
    if left.force in ("promise", "refusal") and right.force in ("promise", "refusal"):
        yield from _word_against_word(left, right, thing)
        return
    if right.force == "assert" and right.own:
        return
    if right.force not in ("tell", "assert", "admit") or right.real != "actual":
        if right.force in ("tell", "assert") and right.real == "possible" and thing.test.result == "pass":
            yield _not_actual(left, right, thing)
        return
    yield from _against_deed(left, right, thing)


def _against_deed(left: Telling, right: Telling, thing: Thing) -> Iterator[_Pair]:
    """A promise or threat against what is told of its doing, its not being done, or a deed the other way."""
    found = relation(left.act, right.act)
    undone = found == "opposite" and not left.act.denied and not _keeps(left) and (right.act.denied or right.act.verb == STATE)
    tests = [same_doer(left, right, thing), thing.test]
    tests += [one for one in (told_fairly(left, right), really_said(left)) if one.result != "pass"]
    if left.force == "threat" and undone:
        kind: GapKind = "threat_lapsed"
        tests += [_over(left, right), _opposed(left, right, found), conditions(replace(left, condition=None), right)]
    elif left.force == "threat":
        kind = "threat_carried_out"
        done = found == "same"
        why = "the deed is what was threatened" if done else "the deed is not what was threatened"
        polarity = test("opposite polarity", "pass" if done else "fail", why)
        tests += [_after(left, right), polarity, conditions(left, right)]
        if not _told_of_himself(left, right):
            tests.append(test("same actor", "unknown", "no report says that the deed is the threatener's own"))
    else:
        kind = "promise_unkept"
        if left.force == "refusal" and left.act.verb != right.act.verb:
            return
        if (left.force == "refusal" or not (undone or _keeps(left) or left.act.denied)) and not _told_of_himself(left, right):
            tests.append(test("same actor", "unknown", "no report says that the deed is the promiser's own"))
        when = _over(left, right) if undone else _after(left, right)
        tests += [when, _opposed(left, right, found), conditions(left, right)]
    yield _pair(kind, left, right, tests, thing)


def _told_of_himself(left: Telling, right: Telling) -> bool:
    """Whether the deed is the promiser's by name, or he is the one who tells of it."""
    maker = left.doer.with_names(left.teller or left.doer)
    return any(one_party(maker, p) for p in (right.doer, right.teller) if p)


def _keeps(one: Telling) -> bool:
    """Whether what is promised is that a thing stays as it is."""
    return one.act.verb == STATE or (one.act.way > 0 and one.act.verb in KEEPING)


def _opposed(left: Telling, right: Telling, found: Relation) -> ScopeTest:
    quotes = f"{short(left.place.quote)} and {short(right.place.quote)}"
    if found == "opposite":
        return test("opposite polarity", "pass", f"{quotes} point opposite ways")
    return test("opposite polarity", "fail", f"{quotes} point the same way")


def really_said(left: Telling) -> ScopeTest:
    """Whether the promise or threat is its maker's own word, not what another side says he said."""
    teller = left.told_by
    if teller is None or left.force == "agreement" or not left.teller or one_party(teller, left.teller):
        return test("same actor", "pass", "the word is its maker's own")
    return test("same actor", "unknown", f"it is only said by {short(teller.text)} that the word was given")


def _not_actual(left: Telling, right: Telling, thing: Thing) -> _Pair:
    kind: GapKind = "threat_carried_out" if left.force == "threat" else "promise_unkept"
    why = f"{short(right.place.quote)} is not told as having happened"
    return _pair(kind, left, right, [thing.test, test("same condition", "fail", why)], thing)


def _over(left: Telling, right: Telling) -> ScopeTest:
    """Whether the day for doing it had passed when the right side was told."""
    due = left.due_day
    if due is None:
        return test("same time", "unknown", "no day is named by which it was to be done")
    if right.day and right.day <= due:
        return test("same time", "fail", f"it is not yet due: “{left.due.text if left.due else ''}” had not passed")
    return test("same time", "pass", f"the day named, {due.isoformat()}, had passed")


def _after(left: Telling, right: Telling) -> ScopeTest:
    """Whether the deed came after the word, and while the word still bound."""
    when = right.times[0] if right.times else None
    first, last = (when.first_day, when.last_day) if when else (None, right.day)
    if last is not None and left.day is not None and last < left.day:
        return test("same time", "fail", f"the deed, of “{when.text if when else right.day}”, came before the word of {left.day}")
    if first is not None and when and when.precision in ("year", "month", "season") and left.day and first < left.day.replace(day=1) and last and last < left.day:
        return test("same time", "fail", f"the deed, of “{when.text}”, came before the word of {left.day}")
    due = left.due_day or _lasting(left)
    start = first or right.day
    if due and start and start > due and (left.act.denied or left.act.way < 0 or _keeps(left)):
        return test("same time", "fail", f"the word bound until {due}; the deed came later")
    return test("same time", "pass", "the deed came after the word")


_FOR = re.compile(r"\bfor (?:a |an )?(?:further |period of |initial )*(?P<n>\d+|one|two|three|four|five|six|seven|ten|thirty|sixty|ninety|a)?[ -]*(?P<unit>day|week|month|year)s?\b", re.IGNORECASE)
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_COUNTED = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "thirty": 30, "sixty": 60, "ninety": 90, "a": 1}


def _lasting(left: Telling) -> dt.date | None:
    """The last day of a word given for a time only ("for two weeks", "a 10-day ceasefire")."""
    found = _FOR.search(left.place.quote)
    if found is None or left.day is None:
        return None
    number = found["n"] or "one"
    count = int(number) if number.isdigit() else _COUNTED.get(number.lower(), 1)
    return left.day + dt.timedelta(days=count * _DAYS[found["unit"].lower()])


# Words against words


def _refused(left: Telling, right: Telling, thing: Thing, kind: GapKind) -> Iterator[_Pair]:
    found = relation(left.act, right.act)
    answered = right.force == "refusal" and _answers(left, right)
    if not (thing.keys or thing.names or answered):
        return
    if relation(left.act, right.act) == "none" and not answered:
        return
    bound = left.target if kind == "demand_refused" else left.doer.with_names(left.teller or left.doer)
    tests = [_refuser(left, right, bound, thing, kind)]
    if answered and thing.test.result != "fail":
        tests += [test("same matter", "pass", "what is refused is what was asked"), test("opposite polarity", "pass", "the one asks, the other turns it down")]
    else:
        tests += [thing.test, _opposed(left, right, found)]
    if right.real == "actual" and right.force in ("assert", "deny") and not (right.own and right.act.verb == STATE):
        return
    tests.append(conditions(left, right))
    yield _pair(kind, left, right, tests, thing)


def _answers(left: Telling, right: Telling) -> bool:
    """Whether a refusal names the demand itself ("rejected the demand of Sorrel")."""
    asked = right.words.keys & lexicon().asked
    asker = left.teller
    return bool(asked and right.turned and asker and any(one_party(asker, p) for p in (names_of(right),)))


def names_of(one: Telling):  # type: ignore[no-untyped-def]
    """The names of a telling's words, as a party."""
    from diurna.link.partynames import Party

    return Party(one.place.quote, one.names)


def _refuser(left: Telling, right: Telling, bound, thing: Thing, kind: GapKind) -> ScopeTest:  # type: ignore[no-untyped-def]
    if not right.own:
        return test("same actor", "unknown", f"{short(right.teller.text if right.teller else '')} speaks of another's doing")
    speaker = right.doer.with_names(right.teller) if right.teller else right.doer
    if kind == "demand_refused" and left.teller and one_party(left.teller, speaker) and not one_party(bound, speaker):
        return test("same actor", "fail", "demand and answer come from one side")
    ground = one_party(bound, speaker)
    if ground:
        return test("same actor", "pass", ground)
    if bound.text.lower() in _PRONOUNS:
        return test("same actor", "unknown", f"the report does not name whom it asks: {short(bound.text)}")
    alone = all(len(n) > 1 for n in speaker.names)
    if speaker.office and alone and bound.names and shared_name(bound.names, right.context):
        return test("same actor", "pass", f"{short(speaker.text)} answers in a report about {short(bound.text)}")
    if bound.names and speaker.names:
        return test("same actor", "fail", f"{short(bound.text)} and {short(speaker.text)} are different parties")
    if thing.names and (not bound.names or not speaker.names):
        if not bound.text or bound.kinds & speaker.kinds or (bound.kinds and speaker.office) or kind == "demand_refused":
            return test("same actor", "pass", f"{short(speaker.text)} answers for the named thing the other spoke of")
    return test("same actor", "unknown", f"the reports do not say whether {short(speaker.text)} is {short(bound.text)}")


def _word_against_word(left: Telling, right: Telling, thing: Thing) -> Iterator[_Pair]:
    if not (left.own and right.own) or not left.teller or not right.teller:
        return
    found = relation(left.act, right.act)
    ground = one_speaker(left.teller, right.teller)
    result = "pass" if ground else "fail"
    tests = [
        test("same actor", result, ground or f"{short(left.teller.text)} and {short(right.teller.text)} are different speakers"),
        thing.test,
        _opposed(left, right, found),
        conditions(left, right),
    ]
    yield _pair("contradicts_self", left, right, tests, thing)


def _claims(left: Telling, right: Telling, days: int, options: AcrossOptions) -> Iterator[_Pair]:
    if left.real != "actual" and right.real != "actual" or right.force in ("promise", "refusal"):
        return
    thing = same_thing(left, right)
    if not (thing.keys or thing.names):
        return
    if right.force == "deny" and right.teller and left.teller and _turned_down(right) and (thing.names or thing.test.result == "pass"):
        yield from _answered(left, right, thing)
        return
    if relation(left.act, right.act) == "none":
        return
    if right.teller is None:
        if days <= options.deeds and (left.force == "deny" or (negated(left) and (left.own or left.teller))):
            yield from _denied(left, right, days, thing)
        return
    if left.teller is None:
        return
    ground = one_party(left.teller, right.teller)
    if not _claim_verbs(left, right):
        return
    if ground and not one_speaker(left.teller, right.teller):
        return
    if ground and not (left.told_by or right.told_by) and days <= options.own:
        yield from _by_self(left, right, thing, ground, options)
    elif not ground:
        fair = told_fairly(left, right).result == "pass"
        denies = left.force == "deny" or (left.own and negated(left))
        found = relation(left.act, right.act)
        if fair and denies and found == "opposite" and days <= options.deeds and not _sided(right):
            yield from _denied(left, right, days, thing)
        elif days <= options.claims:
            yield from _disputed(left, right, thing)


_POINTS = re.compile(r"\W*(?:\w+,\s+|and\s+|but\s+|so\s+)?(?:that|it|this|here)(?:['’]s|\s+(?:is|was|has))\b", re.IGNORECASE)
"""A clause about "it" or "that", which only its own report can tell."""


def _claim_verbs(left: Telling, right: Telling) -> bool:
    """Whether two claims say one verb of a thing, or that there is such a thing; antonyms alone dispute nothing."""
    if any(_POINTS.match(one.place.quote) for one in (left, right)):
        return False
    if not (left.act.object & right.act.object or (left.names and right.names)):
        return False
    if "possible" in (left.real, right.real):
        return False
    return left.act.verb == right.act.verb and left.act.verb not in telling_words().vague - {stem("take"), stem("do")}


def _near(thing: Thing, least: float) -> ScopeTest:
    """The matter test of two claims: most of what the longer says must be in the other."""
    if thing.test.result == "pass" and thing.wide < least:
        return test("same matter", "unknown", "the one says much that the other does not speak of")
    return thing.test


def _turned_down(one: Telling) -> bool:
    """Whether what is denied is a claim by name ("the accusation over the depot")."""
    return bool(one.words.keys & lexicon().claim) and one.turned


def _answered(left: Telling, right: Telling, thing: Thing) -> Iterator[_Pair]:
    if not left.teller or not right.teller or one_party(left.teller, right.teller):
        return
    ground = one_party(left.doer, right.teller) or one_party(names_of(left), right.teller)
    about = test("same actor", "pass" if ground else "unknown", ground or "the claim does not name the one who denies it")
    matter = test("same matter", "pass", "what is denied is the claim about the same named thing")
    polarity = test("opposite polarity", "pass", "the one is a claim, the other its denial")
    yield _pair("disputed_by_other", left, right, [about, matter, _when(left, right), polarity], thing)


def _sided(one: Telling) -> bool:
    """Whether a person speaks for himself, so that his word is a claim and no finding."""
    return bool(one.teller and (one.teller.persons or one.teller.names) and one.cue in ("say", "tell", "add"))


def _by_self(left: Telling, right: Telling, thing: Thing, ground: str, options: AcrossOptions) -> Iterator[_Pair]:
    found = relation(left.act, right.act)
    tests = [test("same actor", "pass", ground), same_subject(left, right, thing), _near(thing, 0.5), _when(left, right, options.own), _opposed(left, right, found), conditions(left, right)]
    if right.real == "possible":
        tests.append(test("same condition", "fail", f"{short(right.place.quote)} says what may be, not what is"))
    yield _pair("contradicts_self", left, right, tests, thing)


def same_subject(left: Telling, right: Telling, thing: Thing) -> ScopeTest:
    """Whether both speak of one party's doing."""
    if not left.doer.names or not right.doer.names:
        return test("same actor", "pass", "both speak of one thing, and name no two doers")
    ground = one_party(left.doer, right.doer)
    if ground:
        return test("same actor", "pass", ground)
    return test("same actor", "fail", f"{short(left.doer.text)} and {short(right.doer.text)} are different parties")


def _disputed(left: Telling, right: Telling, thing: Thing) -> Iterator[_Pair]:
    found = relation(left.act, right.act)
    named = one_party(left.doer, right.doer) is not None or thing.names
    tests = [same_subject(left, right, thing), _near(thing, 0.35 if named else 0.6), _when(left, right), _opposed(left, right, found), conditions(left, right)]
    if "possible" in (left.real, right.real) or "future" in (left.real, right.real):
        tests.append(test("same condition", "fail", "one of the two says what may be, not what is"))
    yield _pair("disputed_by_other", left, right, tests, thing)


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


def _denied(denial: Telling, deed: Telling, days: int, thing: Thing | None = None) -> Iterator[_Pair]:
    thing = thing or same_thing(denial, deed)
    if not (thing.keys or thing.names) or relation(denial.act, deed.act) == "none" or deed.real != "actual":
        if deed.real == "possible" and thing.test.result == "pass":
            yield _pair("denied_deed", denial, deed, [thing.test, test("same condition", "fail", "the deed is told as possible only")], thing)
        return
    found = relation(denial.act, deed.act)
    if not denial.act.denied or deed.act.denied or not _claim_verbs(denial, deed):
        return
    tests = [same_doer(denial, deed, thing), thing.test, _before_denial(denial, deed), _opposed(denial, deed, found), conditions(denial, deed)]
    tests += [one for one in (told_fairly(denial, deed),) if one.result != "pass"]
    yield _pair("denied_deed", denial, deed, tests, thing)


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


# From pair to gap


def _pair(kind: GapKind, left: Telling, right: Telling, tests: Sequence[ScopeTest], thing: Thing) -> _Pair:
    return _Pair(kind, left, right, tuple(tests), thing, _reason(kind, left, right))


_TOLD = {
    "promise": "promised", "agreement": "agreed", "demand": "demanded", "threat": "threatened", "refusal": "refused",
    "deny": "denied", "admit": "admitted", "assert": "said", "tell": "told", "withdraw": "withdrew",
}  # fmt: skip


def _reason(kind: GapKind, left: Telling, right: Telling) -> str:
    del kind
    return f"{_clause(left)}; {_clause(right)}."


def _clause(one: Telling) -> str:
    outlet = f" ({one.outlet}, {one.day})" if one.outlet else f" ({one.day})"
    if one.teller is None:
        return f"a report{outlet} tells of {short(one.place.quote)}"
    teller = " ".join(one.teller.text.split())[:60].strip(" ,") or "a source that is not named"
    verb = "said" if one.force in ("promise", "refusal") and one.cue == "say" else _TOLD[one.force]
    return f"{teller[:1].upper()}{teller[1:]} {verb} {short(one.place.quote)}{outlet}"


def _judged(pair: _Pair) -> tuple[CrossGap, _Pair]:
    verdict, reason = _verdict(pair)
    gap = Gap(
        id=content_hash("gp", "across", pair.kind, pair.left.id, pair.right.id),
        kind=pair.kind,
        left=pair.left.id,
        right=pair.right.id,
        tests=pair.tests,
        score=_score(pair, verdict),
        verdict=verdict,
        reason=reason[:1].upper() + reason[1:],
    )
    return CrossGap(gap, pair.left.place, pair.right.place), pair


def _verdict(pair: _Pair) -> tuple[Verdict, str]:
    failed = next((t for t in pair.tests if t.result == "fail"), None)
    if failed:
        return "no_gap", f"No gap: {failed.why}."
    unknown = next((t for t in pair.tests if t.result == "unknown"), None)
    if unknown:
        return "unsure", f"{pair.reason} It stays open because {unknown.why}."
    return "gap", pair.reason


def _score(pair: _Pair, verdict: Verdict) -> float:
    """How well the pair is borne out, 0..1; an ordering, not a probability."""
    score = 0.5 + 0.15 * min(1.0, pair.thing.weight / 4) + 0.15 * pair.thing.cover + 0.12 * pair.thing.names
    days = abs(((pair.right.day or dt.date.min) - (pair.left.day or dt.date.min)).days)
    score -= 0.1 * min(1.0, days / 500)
    score -= 0.08 * sum(t.result == "unknown" for t in pair.tests)
    return round(min(0.99, max(0.01, score * {"gap": 1.0, "unsure": 0.7, "no_gap": 0.4}[verdict])), 2)


_RANK: dict[Verdict, int] = {"gap": 0, "unsure": 1, "no_gap": 2}


def _kept(judged: Iterable[tuple[CrossGap, _Pair]], rejected: int) -> tuple[CrossGap, ...]:
    """One gap for two places in the texts, the best; then open ones with one question; then rejected ones."""
    rows = sorted(judged, key=lambda row: (_RANK[row[0].gap.verdict], -row[0].gap.score, row[0].gap.id))
    kept: list[CrossGap] = []
    seen: set[tuple[str, ...]] = set()
    for gap, pair in rows:
        places = (pair.left.place.report, str(pair.left.place.span.start), pair.right.place.report, str(pair.right.place.span.start))
        failed = sum(t.result == "fail" for t in pair.tests)
        unknown = sum(t.result == "unknown" for t in pair.tests)
        sides = {(pair.kind, *places[:2]), (pair.kind, *places[2:])}
        if places in seen or not seen.isdisjoint(sides) or failed + unknown > 1 + (gap.gap.verdict == "unsure"):
            continue
        if gap.gap.verdict == "no_gap":
            if rejected <= 0:
                continue
            rejected -= 1
        seen |= {places, *sides}
        kept.append(gap)
    return tuple(kept)
