"""Denials: against a deed the report tells, against what another party says, and against the speaker's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from diurna.link.answers import find_answers
from diurna.link.deeds import one_apart, poles
from diurna.link.exhibits import Exhibit, Surroundings
from diurna.link.matching import Matter, opposite, same_matter, same_place, same_time, short
from diurna.link.matters import lexicon, stem
from diurna.link.pairing import MatterIndex, Pair
from diurna.link.voices import about_one_party, nested, pair, two_voices, verb, who
from diurna.link.wording import verdict, verdicts, wording
from diurna.model.record import ScopeTest
from diurna.model.span import Span

_ASSERTING = frozenset({"assert", "accuse", "announce", "admit"})
_SELF_ACTS = frozenset({"assert", "announce", "deny", "admit"})
_JUDGING = frozenset({"assert", "express", "condemn", "praise", "announce", "deny"})

_STRONG = 2.0
"""Weight two statements must share before one is held against the other."""

_SELF_STRONG = 3.0
"""The same for two statements of one speaker, where most likenesses are mere repetition."""

_SELF_LIKE = 0.6
"""And the share of their words: "not for tools so old" is no contradiction of "for younger tools"."""


_SHORT = 40
"""Words of a content whose "not" can be taken to concern all of it."""

_WHETHER = re.compile(r"\W*(?:whether|if|how|why|what)\b", re.IGNORECASE)


def find_disputes(around: Surroundings) -> Iterator[Pair]:
    """Every candidate pair of denied deeds, disputed statements and self-contradictions, tested."""
    statements = [around.statement(s) for s in around.reading.statements]
    denials = [one for one in statements if one.kind == "deny" and _about_one_thing(one)]
    asserted = [one for one in statements if one.kind in _ASSERTING and not _WHETHER.match(one.words.text)]
    yield from find_answers(around, [one for one in statements if one.kind != "express"], asserted)
    if denials:
        yield from _denied_deeds(around, denials)
        yield from _disputed(around, denials, asserted)
    yield from _judged(
        around, [one for one in statements if one.kind in _JUDGING and _short(one) and verdicts(one.words)]
    )
    yield from _by_self(around, [one for one in statements if one.kind in _SELF_ACTS and one.side.actor])


def _about_one_thing(denial: Exhibit) -> bool:
    """Whether a denial is one: its cue denies, or it is short; a "not" in a long answer may concern anything.

    That there is no ground for a deed ("no basis to open it") does not say that it was not done.
    """
    return denial.flat or (_short(denial) and not lexicon().groundless.search(denial.words.text))


def _short(one: Exhibit) -> bool:
    return one.words.text.count(" ") < _SHORT


def _denied_deeds(around: Surroundings, denials: Sequence[Exhibit]) -> Iterator[Pair]:
    deeds = [around.deed(e) for e in around.reading.events if e.realis == "actual"]
    index = MatterIndex(deeds, around.apart)
    for denial in denials:
        for deed in index.near(denial):
            trigger = around.events[deed.id].trigger
            if denial.span.overlaps(trigger) or deed.teller == denial.id:
                continue
            matter = same_matter(denial.words, deed.words, around.apart)
            on_the_deed = wording(trigger.of(around.text)).keys & matter.deeds or _one_deed(around, denial, trigger)
            if matter.test.result == "pass" and on_the_deed:
                found = _denied_deed(around, denial, deed, matter)
                if denial.flat or found.tests[0].result == "pass":
                    yield found


def _one_deed(around: Surroundings, denial: Exhibit, trigger: Span) -> bool:
    """Whether a denial and the report tell of one deed in two words ("targeted": "conducts strikes on")."""
    done = [stem(word) for word in trigger.of(around.text).lower().split()]
    said = {stem(term.text.lower()) for term in denial.words.terms if " " not in term.text}
    return any(poles(one, other) > 0 and one_apart(one, other) for one in done for other in said)


def _denied_deed(around: Surroundings, denial: Exhibit, deed: Exhibit, matter: Matter) -> Pair:
    teller = around.teller_of(deed)
    tests = [
        _doer_test(around, denial, deed),
        matter.test,
        opposite(denial.words, deed.words, matter.keys, (denial.turned, False)),
        same_time(around.time_in(denial.span), deed.time),
        same_place(None, deed.place),
    ]
    denied, done = short(denial.words.text), short(deed.words.text)
    if teller is None:
        reason = f"{who(denial)} {verb(denial)} {denied}; the report itself tells of {done}."
        return pair("denied_deed", denial, deed, tests, matter, reason)
    told = around.statement(teller)
    tests.append(two_voices(around, denial.side, told.side))
    reason = f"{who(denial)} {verb(denial)} {denied}; {who(told)} tells of {done}."
    return pair("disputed_by_other", denial, deed, tests, matter, reason)


def _doer_test(around: Surroundings, denial: Exhibit, deed: Exhibit) -> ScopeTest:
    """Whether the deed's actor, or where it names none the one it was done to, is who the denial is about."""
    parties = around.parties
    named = around.actors_in(denial.span)
    if not deed.side.text:
        patient = deed.target
        if patient is not None and patient.actor in named:
            return ScopeTest("same actor", "pass", f"both are about what was done to “{patient.label}”")
        return ScopeTest("same actor", "unknown", "the report does not say who did it")
    found = [parties.kin(side, deed.side) for side in (*map(parties.of_actor, named), denial.side)]
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
            near = matter.test.result == "pass" and matter.cover >= 0.5 and len(matter.keys) > 1
            if matter.weight >= _STRONG or near:
                found = _dispute(around, denial, claim, matter)
                if denial.flat or all(test.result != "unknown" or test.name == "same time" for test in found.tests):
                    yield found


def _dispute(around: Surroundings, denial: Exhibit, claim: Exhibit, matter: Matter) -> Pair:
    tests = [
        about_one_party(around, denial, claim),
        matter.test,
        opposite(denial.words, claim.words, matter.keys, (denial.turned, claim.turned)),
        same_time(around.time_in(denial.span), around.time_in(claim.span)),
        two_voices(around, denial.side, claim.side),
    ]
    return pair("disputed_by_other", denial, claim, tests, matter, _words_against(denial, claim))


def _words_against(one: Exhibit, other: Exhibit) -> str:
    here, there = short(one.words.text), short(other.words.text)
    return f"{who(one)} {verb(one)} {here}; {who(other)} {verb(other)} {there}."


def _judged(around: Surroundings, statements: Sequence[Exhibit]) -> Iterator[Pair]:
    """Opposite verdicts by two parties on one thing: "null and void" against "legitimate"."""
    index = MatterIndex(statements, around.apart)
    for one in statements:
        for other in index.near(one):
            if other.span.start <= one.span.start or nested(one, other) or not one.side.text or not other.side.text:
                continue
            matter = same_matter(one.words, other.words, around.apart)
            shared = verdicts(one.words) & verdicts(other.words)
            if not shared or matter.test.result != "pass" or len(matter.keys) <= len(shared):
                continue
            tests = [
                two_voices(around, one.side, other.side),
                matter.test,
                _opposite_verdicts(one, other, shared),
            ]
            if tests[-1].result == "pass":
                yield pair("disputed_by_other", one, other, tests, matter, _words_against(one, other))


def _opposite_verdicts(one: Exhibit, other: Exhibit, keys: frozenset[str]) -> ScopeTest:
    key = sorted(keys)[0]
    ways = verdict(one.words, key), verdict(other.words, key)
    quotes = f"{short(one.words.text)} and {short(other.words.text)}"
    if ways[0] * ways[1] < 0:
        return ScopeTest("opposite polarity", "pass", f"{quotes} give opposite verdicts on {key}")
    return ScopeTest("opposite polarity", "fail", f"{quotes} give no opposite verdicts")


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
        same_time(around.time_in(one.span), around.time_in(other.span)),
    ]
    here, there = short(one.words.text), short(other.words.text)
    reason = f"{who(one)} {verb(one)} {here}, and elsewhere in the report {there}."
    return pair("contradicts_self", one, other, tests, matter, reason)


def _own_words(around: Surroundings, one: Exhibit, other: Exhibit) -> ScopeTest:
    """Whether both are the speaker's words as the report gives them, not another party's account."""
    for exhibit in (one, other):
        teller = around.teller_of(exhibit)
        if teller is not None and teller.speaker.actor != exhibit.side.actor:
            why = f"one of the two is only {who(around.statement(teller))}’s account of it"
            return ScopeTest("same actor", "fail", why)
    return ScopeTest("same actor", "pass", f"both are the words of {who(one)}")
