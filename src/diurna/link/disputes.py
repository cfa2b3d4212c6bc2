"""Denials: against a deed the report tells, against what another party says, and against the speaker's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from diurna.link.exhibits import Exhibit, Surroundings
from diurna.link.matching import Matter, opposite, same_matter, same_place, same_time, short
from diurna.link.pairing import MatterIndex, Pair
from diurna.link.parties import Side
from diurna.link.wording import direction, lexicon, wording
from diurna.model.record import GapKind, ScopeTest
from diurna.model.timevalue import TimeValue

_ASSERTING = frozenset({"assert", "accuse", "announce", "admit"})
_SELF_ACTS = frozenset({"assert", "announce", "deny", "admit"})
_STRONG = 2.0
"""Weight two statements must share before one is held against the other."""

_SELF_STRONG = 3.0
"""The same for two statements of one speaker, where most likenesses are mere repetition."""

_SELF_LIKE = 0.6
"""And the share of their words: "not for tools so old" is no contradiction of "for younger tools"."""

_ANSWER_REACH = 1_500
"""Characters back within which "the allegations" are looked for."""


_THAT = re.compile(r"\W*(?:that|this|his|her|their|its)\s", re.IGNORECASE)


def find_disputes(around: Surroundings) -> Iterator[Pair]:
    """Every candidate pair of denied deeds, disputed statements and self-contradictions, tested."""
    statements = [around.statement(s) for s in around.reading.statements]
    denials = [one for one in statements if one.kind == "deny"]
    answers = [one for one in statements if one.kind in ("deny", "refuse")]
    asserted = [one for one in statements if one.kind in _ASSERTING]
    yield from _answered(around, answers, asserted)
    yield from _unsaid(around, [one for one in statements if one.kind in (*_ASSERTING, "deny", "warn")])
    if denials:
        deeds = [around.deed(e) for e in around.reading.events if e.realis == "actual"]
        yield from _denied_deeds(around, denials, deeds)
        yield from _disputed(around, denials, asserted)
    yield from _by_self(around, [one for one in statements if one.kind in _SELF_ACTS and one.side.actor])


def _denied_deeds(around: Surroundings, denials: Sequence[Exhibit], deeds: Sequence[Exhibit]) -> Iterator[Pair]:
    index = MatterIndex(deeds, around.apart)
    for denial in denials:
        for deed in index.near(denial):
            trigger = around.events[deed.id].trigger
            if denial.span.overlaps(trigger) or deed.teller == denial.id:
                continue
            matter = same_matter(denial.words, deed.words, around.apart)
            on_the_deed = wording(trigger.of(around.text)).keys & matter.deeds
            if matter.test.result == "pass" and on_the_deed:
                yield _denied_deed(around, denial, deed, matter)


def _denied_deed(around: Surroundings, denial: Exhibit, deed: Exhibit, matter: Matter) -> Pair:
    teller = around.teller_of(deed)
    tests = [
        _doer_test(around, denial, deed),
        matter.test,
        opposite(denial.words, deed.words, matter.keys, (denial.turned, False)),
        same_time(_time_inside(around, denial), deed.time),
        same_place(None, deed.place),
    ]
    denied, done = short(denial.words.text), short(deed.words.text)
    if teller is None:
        reason = f"{who(denial)} {verb(denial)} {denied}; the report itself tells of {done}."
        return pair("denied_deed", denial, deed, tests, matter, reason, around)
    told = around.statement(teller)
    tests.append(two_voices(around, denial.side, told.side))
    reason = f"{who(denial)} {verb(denial)} {denied}; {who(told)} tells of {done}."
    return pair("disputed_by_other", denial, deed, tests, matter, reason, around)


def _time_inside(around: Surroundings, one: Exhibit) -> TimeValue | None:
    return next((t.value for t in around.reading.times if one.span.contains(t.span)), None)


def _doer_test(around: Surroundings, denial: Exhibit, deed: Exhibit) -> ScopeTest:
    """Whether the deed's actor is the party whose doing is denied."""
    if not deed.side.text:
        return ScopeTest("same actor", "unknown", "the report does not say who did it")
    sides = [around.parties.of_actor(actor) for actor in around.actors_in(denial.span)] + [denial.side]
    found = [around.parties.kin(side, deed.side) for side in sides]
    best = next((one for one in found if one.result == "pass"), None)
    if best:
        return ScopeTest("same actor", "pass", best.why)
    unsure = next((one for one in found if one.result == "unknown"), None)
    return ScopeTest("same actor", "unknown" if unsure else "fail", (unsure or found[-1]).why)


def _disputed(around: Surroundings, denials: Sequence[Exhibit], asserted: Sequence[Exhibit]) -> Iterator[Pair]:
    index = MatterIndex(asserted, around.apart)
    for denial in denials:
        for claim in index.near(denial):
            if nested(denial, claim) or not denial.side.text or not claim.side.text:
                continue
            matter = same_matter(denial.words, claim.words, around.apart)
            if matter.weight >= _STRONG or (
                matter.test.result == "pass" and matter.cover >= 0.5 and len(matter.keys) > 1
            ):
                yield _dispute(around, denial, claim, matter)


def _dispute(around: Surroundings, denial: Exhibit, claim: Exhibit, matter: Matter) -> Pair:
    tests = [
        about_one_party(around, denial, claim),
        matter.test,
        opposite(denial.words, claim.words, matter.keys, (denial.turned, claim.turned)),
        same_time(_time_inside(around, denial), _time_inside(around, claim)),
        two_voices(around, denial.side, claim.side),
    ]
    reason = f"{who(denial)} {verb(denial)} {short(denial.words.text)}; {who(claim)} said {short(claim.words.text)}."
    return pair("disputed_by_other", denial, claim, tests, matter, reason, around)


def _by_self(around: Surroundings, statements: Sequence[Exhibit]) -> Iterator[Pair]:
    index = MatterIndex(statements, around.apart)
    for one in statements:
        for other in index.near(one):
            if other.side.actor != one.side.actor or other.span.start <= one.span.start or nested(one, other):
                continue
            matter = same_matter(one.words, other.words, around.apart)
            if matter.weight >= _SELF_STRONG and matter.likeness >= _SELF_LIKE:
                yield _self_pair(around, one, other, matter)


def _self_pair(around: Surroundings, one: Exhibit, other: Exhibit, matter: Matter) -> Pair:
    tests = [
        _own_words(around, one, other),
        matter.test,
        opposite(one.words, other.words, matter.keys, (one.turned, other.turned)),
        same_time(_time_inside(around, one), _time_inside(around, other)),
    ]
    reason = f"{who(one)} said {short(one.words.text)}, and elsewhere in the report {short(other.words.text)}."
    return pair("contradicts_self", one, other, tests, matter, reason, around)


def _own_words(around: Surroundings, one: Exhibit, other: Exhibit) -> ScopeTest:
    """Whether both are the speaker's words as the report gives them, not another party's account."""
    for exhibit in (one, other):
        teller = around.teller_of(exhibit)
        if teller is not None and teller.speaker.actor != exhibit.side.actor:
            why = f"one of the two is only {who(around.statement(teller))}’s account of it"
            return ScopeTest("same actor", "fail", why)
    return ScopeTest("same actor", "pass", f"both are the words of {who(one)}")
