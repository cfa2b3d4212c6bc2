"""Where words and deeds part ways within one report: pairs of records, the tests they were put to, and the reason.

Precision comes first: a pair is a gap only where every test that matters passes. What fails is kept with its reason,
up to a bound; what cannot be told is `unsure`. A gap is never a verdict on truth.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from diurna.link.disputes import find_disputes
from diurna.link.exhibits import Exhibit, Surroundings
from diurna.link.matching import Matter, matter_through, not_before, opposite, same_condition, same_matter, short
from diurna.link.matters import lexicon
from diurna.link.pairing import MatterIndex, Pair, judge_all
from diurna.link.parties import Kinship
from diurna.link.tolls import find_tolls
from diurna.link.voices import pair, who
from diurna.link.wording import FIRST, THIRD, owned, wording
from diurna.model.record import Gap, Reading, ScopeTest

REJECTED = 10
"""Rejected pairs kept a report, best first."""

_LONG = 40
"""Words from which a content, such as a whole turn of an interview, is of more than one thing."""

_ANSWER_REACH = 2_000
"""Characters back within which "the demand" is looked for."""

_TOLD = {
    "promise": "promised",
    "agreement": "agreed",
    "demand": "demanded",
    "threat": "threatened",
    "refusal": "refused",
}


def find_gaps(reading: Reading) -> tuple[Gap, ...]:
    """The gaps of one report, best first, then what stays open, then at most ten rejected pairs.

    `left` and `right` are ids of statements or events: the words, and what stands against them.
    Needs `reading.commitments`.
    """
    if not reading.statements and not reading.events:
        return ()
    around = Surroundings(reading)
    pairs = [*_commitment_pairs(around), *find_disputes(around), *find_tolls(around)]
    return judge_all(pairs, around, REJECTED)


def _commitment_pairs(around: Surroundings) -> Iterator[Pair]:
    found = (around.commitment(one) for one in around.reading.commitments)
    opened = [one for one in found if one and (one.flat or one.words.text.count(" ") < _LONG)]
    refusals = [one for one in opened if one.kind == "refusal"]
    bound = [one for one in opened if one.kind in ("agreement", "promise")]
    demands = [one for one in opened if one.kind == "demand"]
    if refusals:
        yield from _refused(around, refusals, bound, demands)
    deeds = [around.deed(e) for e in around.reading.events if e.realis == "actual"]
    if deeds:
        yield from _broken(around, bound, deeds)
        yield from _carried_out(around, [one for one in opened if one.kind == "threat"], deeds)


def _refused(
    around: Surroundings, refusals: Sequence[Exhibit], bound: Sequence[Exhibit], demands: Sequence[Exhibit]
) -> Iterator[Pair]:
    agreed, asked = MatterIndex(bound, around.apart), MatterIndex(demands, around.apart)
    for refusal in refusals:
        context = around.around(refusal.span)
        keys = [t.key for t in context.terms if t.kind == "thing"] if refusal.words.pointers else []
        for one in agreed.near(refusal, keys):
            matter = matter_through(refusal.words, one.words, context, around.apart)
            if matter.test.result == "pass" and not one.span.overlaps(refusal.span):
                yield _agreement_refused(around, one, refusal, matter)
        for one in asked.near(refusal, keys):
            matter = matter_through(refusal.words, one.words, context, around.apart)
            if matter.test.result == "pass" and not one.span.overlaps(refusal.span):
                yield _demand_refused(around, one, refusal, matter)
        yield from _answered_demand(around, refusal, demands)


def _polarity(left: Exhibit, right: Exhibit, matter: Matter) -> ScopeTest:
    return opposite(left.words, right.words, matter.keys, (left.turned, right.turned))


def _agreement_refused(around: Surroundings, left: Exhibit, refusal: Exhibit, matter: Matter) -> Pair:
    tests = [
        _actor_test(_own_thing(around.parties.kin(left.side, refusal.side), left, refusal, matter)),
        matter.test,
        _polarity(left, refusal, matter),
        not_before(left.time, refusal.time),
        same_condition(left.condition, refusal.condition),
    ]
    teller = around.teller_of(left)
    told = f", as {who(around.statement(teller))} tells it" if teller else ""
    reason = f"{who(left)} {_TOLD[left.kind]} {short(left.words.text)}{told}; {_refusal_words(refusal)}."
    return pair("agreement_refused", left, refusal, tests, matter, reason)


def _demand_refused(around: Surroundings, demand: Exhibit, refusal: Exhibit, matter: Matter) -> Pair:
    tests = [
        _addressed(around, demand, refusal),
        matter.test,
        _polarity(demand, refusal, matter),
        not_before(demand.time, refusal.time),
        same_condition(demand.condition, refusal.condition),
    ]
    reason = f"{who(demand)} demanded {short(demand.words.text)}; {_refusal_words(refusal)}."
    return pair("demand_refused", demand, refusal, tests, matter, reason)


def _refusal_words(refusal: Exhibit) -> str:
    if refusal.turned and not any(sign.kind == "negation" for sign in refusal.words.signs):
        return f"{who(refusal)} refused: {short(refusal.words.text)}"
    return f"{who(refusal)} said {short(refusal.words.text)}"


def _own_thing(kinship: Kinship, left: Exhibit, refusal: Exhibit, matter: Matter) -> Kinship:
    """Kinship where the report leaves it open, yet the refuser calls his own what the others agreed to give up."""
    if kinship.result != "unknown" or refusal.side.kinds & {"the government"}:
        return kinship
    for key in matter.keys:
        ours, theirs = owned(refusal.words, key, FIRST), owned(left.words, key, THIRD)
        if ours and theirs:
            why = f"{short(who(refusal))} speaks of “{ours}”, and the agreement is about “{theirs}”"
            return Kinship("pass", f"{why}; the report names no other party he speaks for")
    return kinship


def _actor_test(kinship: Kinship) -> ScopeTest:
    return ScopeTest("same actor", kinship.result, kinship.why)


def _addressed(around: Surroundings, demand: Exhibit, refusal: Exhibit) -> ScopeTest:
    """Whether the demand is made of the party that refuses; nobody refuses his own demand."""
    parties = around.parties
    asker = parties.kin(demand.side, refusal.side)
    if asker.result == "pass":
        return ScopeTest("same actor", "fail", f"demand and refusal come from one side: {asker.why}")
    if demand.target is not None:
        kinship = parties.kin(demand.target, refusal.side)
        if kinship.result != "unknown":
            why = f"the demand is made of {short(demand.target.text)}; {kinship.why}"
            return ScopeTest("same actor", kinship.result, why)
    for span in (demand.span, *around.blocks_up_to(demand.span)):
        for actor in around.actors_in(span):
            side = parties.of_actor(actor)
            kinship = parties.kin(side, refusal.side)
            if kinship.result == "pass" and parties.kin(side, demand.side).result != "pass":
                return ScopeTest("same actor", "pass", f"the demand concerns {short(side.text)}; {kinship.why}")
    return ScopeTest("same actor", "unknown", "the report does not say of whom the demand is made")


def _answered_demand(around: Surroundings, refusal: Exhibit, demands: Sequence[Exhibit]) -> Iterator[Pair]:
    """A refusal of "the demand" or "the request", with the nearest demand made of the refuser before it."""
    keys = {t.key for t in refusal.words.terms if t.key not in around.apart}
    if not refusal.turned or not keys & lexicon().asked or any(t.kind == "thing" for t in refusal.words.terms):
        return
    before = [d for d in demands if 0 <= refusal.span.start - d.span.start <= _ANSWER_REACH and d.id != refusal.id]
    made = [d for d in before if _addressed(around, d, refusal).result == "pass"]
    if not made:
        return
    demand = made[-1]
    why = f"{short(refusal.words.text)} stands for what was asked before: {short(demand.words.text)}"
    matter = Matter(ScopeTest("same matter", "pass", why), (), 1.5, 0.5, refusal.words.text)
    tests = [
        _addressed(around, demand, refusal),
        matter.test,
        ScopeTest("opposite polarity", "pass", "the one is a demand, the other its refusal"),
        same_condition(demand.condition, refusal.condition),
    ]
    reason = f"{who(demand)} demanded {short(demand.words.text)}; {_refusal_words(refusal)}."
    yield pair("demand_refused", demand, refusal, tests, matter, reason)


def _broken(around: Surroundings, bound: Sequence[Exhibit], deeds: Sequence[Exhibit]) -> Iterator[Pair]:
    """Promises and agreements against deeds of the same party that go the other way."""
    index = MatterIndex(deeds, around.apart)
    for promise in bound:
        for deed in index.near(promise):
            if deed.span.overlaps(promise.span) or deed.id == promise.id:
                continue
            matter = _deed_matter(around, promise, deed)
            if matter:
                tests = _deed_tests(around, promise, deed, matter)
                reason = _against_deed(promise, deed)
                yield pair("promise_unkept", promise, deed, [*tests, _polarity(promise, deed, matter)], matter, reason)


def _carried_out(around: Surroundings, threats: Sequence[Exhibit], deeds: Sequence[Exhibit]) -> Iterator[Pair]:
    """Threats against deeds of the same party that do what was threatened."""
    index = MatterIndex(deeds, around.apart)
    for threat in threats:
        for deed in index.near(threat):
            if deed.span.overlaps(threat.span) or deed.id == threat.id:
                continue
            matter = _deed_matter(around, threat, deed)
            if matter:
                same_way = _polarity(threat, deed, matter)
                if same_way.result == "fail":
                    tests = _deed_tests(around, threat, deed, matter)
                    reason = _against_deed(threat, deed)
                    yield pair("threat_carried_out", threat, deed, tests, matter, reason)


def _against_deed(words: Exhibit, deed: Exhibit) -> str:
    said = f"{who(words)} {_TOLD[words.kind]} {short(words.words.text)}"
    return f"{said}; the report tells of {short(deed.words.text)}."


def _deed_matter(around: Surroundings, words: Exhibit, deed: Exhibit) -> Matter | None:
    """The matter a deed of the same side shares with what was said, where the deed itself is part of it."""
    if around.parties.kin(words.side, deed.side).result != "pass":
        return None
    matter = same_matter(words.words, deed.words, around.apart)
    trigger = wording(around.events[deed.id].trigger.of(around.text)).keys
    return matter if matter.test.result == "pass" and trigger & matter.deeds else None


def _deed_tests(around: Surroundings, words: Exhibit, deed: Exhibit, matter: Matter) -> list[ScopeTest]:
    kinship = around.parties.kin(words.side, deed.side)
    actor = _actor_test(kinship)
    if kinship.result == "pass" and not kinship.close:
        actor = ScopeTest("same actor", "unknown", kinship.why)
    if deed.teller is not None:
        actor = ScopeTest("same actor", "unknown", "the deed is told by another party, not by the report itself")
    return [actor, matter.test, not_before(words.time, deed.time), same_condition(words.condition, deed.condition)]
