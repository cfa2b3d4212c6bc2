"""A commitment against what later reports tell: its doing, its not being done, a deed the other way, a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from diurna.link.acts import KEEPING, STATE, relation
from diurna.link.crosspairs import CrossPair, keeps, make_pair, opposed, told_of_himself
from diurna.link.deeds import poles
from diurna.link.doers import elsewhere, same_doer, told_fairly, with_others
from diurna.link.matching import short
from diurna.link.matters import lexicon
from diurna.link.oneparty import one_party, one_speaker
from diurna.link.partynames import Party, shared_name
from diurna.link.sameness import Thing, conditions, same_thing, test
from diurna.link.telling import Telling
from diurna.link.tellingwords import telling_words
from diurna.link.whens import COUNTED, lasting
from diurna.model.record import GapKind, ScopeTest

PRONOUNS = frozenset(("he", "she", "they", "it", "we", "you", "i", "who"))


def commitment_pairs(left: Telling, right: Telling) -> Iterator[CrossPair]:
    """A commitment with a later telling that answers it, or tells what became of it."""
    if left.force == "demand" and right.force in ("refusal", "promise", "assert", "deny"):
        yield from _refused(left, right, "demand_refused")
    elif left.force == "agreement" and right.force in ("refusal", "promise"):
        yield from _refused(left, right, "agreement_refused")
    elif left.force != "demand" and _binds(left) and relation(left.act, right.act) != "none":
        thing = same_thing(left, right)
        if not (thing.keys or thing.names):
            return
        if left.force in ("promise", "refusal") and right.force in ("promise", "refusal"):
            yield from _word_against_word(left, right, thing)
        else:
            yield from _against_told(left, right, thing)


def _binds(left: Telling) -> bool:
    """Whether what is promised or threatened could be seen to be done; "to continue to work closely" could not."""
    if _thin(left) or (left.act.verb in KEEPING and _GOING_ON.search(left.place.quote)):
        return False
    vague = left.act.verb in telling_words().vague or left.act.verb in lexicon().verdicts
    return left.force == "threat" or left.act.denied or not vague


_GOING_ON = re.compile(r"\bkeep(?:s|ing)?\s+(?:on\s+)?\w+ing\b", re.IGNORECASE)
"""To go on doing something: "keep working closely" keeps nothing."""


def _thin(left: Telling) -> bool:
    """Whether what was said points to what only its own report tells ("the proposal", "any negotiations", "it")."""
    if left.names or left.act.object:
        return False
    quote = left.place.quote
    return _PHRASE.match(quote) is not None or (not left.act.things and _POINTER.search(quote) is not None)


_PHRASE = re.compile(r"\W*(?:the|an?|any|these|those|such|its|their|his|her|all)\s+", re.IGNORECASE)


_POINTER = re.compile(r"\b(?:it|them|this|these|those)\b", re.IGNORECASE)


def _against_told(left: Telling, right: Telling, thing: Thing) -> Iterator[CrossPair]:
    if right.force not in ("tell", "assert", "admit") or _PREPARED.search(right.place.quote):
        return
    if right.real == "actual":
        yield from _against_deed(left, right, thing)
    elif right.real == "possible" and right.force != "admit" and thing.test.result == "pass":
        yield _not_actual(left, right, thing)


_PREPARED = re.compile(r"\b(?:in preparation (?:of|for)|possible|potential|ahead of)\b", re.IGNORECASE)
"""A deed that is only prepared for."""


def _against_deed(left: Telling, right: Telling, thing: Thing) -> Iterator[CrossPair]:
    """A promise or threat against what is told of its doing, its not being done, or a deed the other way."""
    found = relation(left.act, right.act)
    undone = (
        found == "opposite"
        and not left.act.denied
        and not keeps(left)
        and (right.act.denied or right.act.verb == STATE)
    )
    short_of = found == "same" and left.force in ("promise", "agreement") and falls_short(left, right)
    tests = [same_doer(left, right, thing), thing.test]
    tests += [one for one in (told_fairly(left, right), really_said(left)) if one.result != "pass"]
    tests += _where(left, right, thing)
    if left.force == "threat" and undone:
        kind: GapKind = "threat_lapsed"
        tests += [_over(left, right), opposed(left, right, found), conditions(replace(left, condition=None), right)]
    elif left.force == "threat" and (keeps(left) or left.act.verb.startswith("continu")):
        return
    elif left.force == "threat":
        kind = "threat_carried_out"
        done = found == "same"
        why = "the deed is what was threatened" if done else "the deed is not what was threatened"
        polarity = test("opposite polarity", "pass" if done else "fail", why)
        tests += [_after(left, right), polarity, conditions(left, right)]
        if not told_of_himself(left, right):
            tests.append(test("same actor", "unknown", "no report says that the deed is the threatener's own"))
    else:
        kind = "promise_unkept"
        if left.force == "refusal" and left.act.verb != right.act.verb and not poles(left.act.verb, right.act.verb):
            return
        if (
            left.force == "refusal" or not (undone or short_of or keeps(left) or left.act.denied)
        ) and not told_of_himself(left, right):
            tests.append(test("same actor", "unknown", "no report says that the deed is the promiser's own"))
        when = _over(left, right) if undone or short_of else _after(left, right)
        less = test("opposite polarity", "pass", "less was done than was promised")
        tests += [when, less if short_of else opposed(left, right, found), conditions(left, right)]
        tests += _long_ago(left, right)
    yield make_pair(kind, left, right, tests, thing)


def _long_ago(left: Telling, right: Telling) -> list[ScopeTest]:
    """An open test where a word without a last day lies so far back that it may no longer bind."""
    binds = _NEVER if left.act.denied or left.force == "agreement" or keeps(left) else _BINDS
    binds = _FOR_A_TIME if _TEMPORARY.search(left.place.quote) else binds
    if left.due or not left.day or not right.day or (right.day - left.day).days <= binds:
        return []
    return [test("same time", "unknown", f"the word was given more than {binds} days before, and for no named time")]


_TEMPORARY = re.compile(r"\btemporar(?:y|ily)\b", re.IGNORECASE)
_FOR_A_TIME = 30
_BINDS, _NEVER = 200, 400
"""Days for which a word without a last day is held against a deed: to do something, and never to do it."""


def falls_short(left: Telling, right: Telling) -> bool:
    """Whether the right side says that only less was done than the number that was promised."""
    if left.act.denied or right.act.denied:
        return False
    if _EVERY.search(left.place.quote) and _PART.search(right.place.quote):
        return True
    promised, done = amounts(left.place.quote), amounts(right.place.quote)
    few = _FEW.search(right.place.quote)
    return bool(promised and done) and few is not None and done[0] < promised[0]


def amounts(text: str) -> list[float]:
    """The numbers of things a text gives, in its order; years and days are none."""
    found = []
    for match in _AMOUNT.finditer(text):
        word = match["n"].lower().replace(",", "")
        value = float(COUNTED.get(word, 0)) if not word[0].isdigit() else float(word)
        if value and not (1900 <= value <= 2100 and not match["scale"]):
            found.append(value * _SCALES.get((match["scale"] or "").lower(), 1))
    return found


_ANSWERED_WITHIN = 30
"""Days within which "the demand of ..." is taken for the last one."""
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_EVERY = re.compile(r"\b(?:every|all|each|the whole|entire)\b", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:only|just|barely|fewer than|less than|no more than)\s+(?:a\s+)?"
    r"(?:half|third|quarter|fraction|few|handful|some)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:until|till|through|for)\s+(?:an?|the|\w+)\b", re.IGNORECASE)
_FEW = re.compile(r"\b(?:only|just|fewer than|less than|no more than|not more than|barely|a mere)\b", re.IGNORECASE)


def really_said(left: Telling) -> ScopeTest:
    """Whether the promise or threat is its maker's own word, not what another side says he said."""
    teller = left.told_by
    neutral = teller is not None and _has_no_side(teller)
    if teller is None or neutral or left.force == "agreement" or not left.teller or one_party(teller, left.teller):
        return test("same actor", "pass", "the word is its maker's own")
    return test("same actor", "unknown", f"it is only said by {short(teller.text)} that the word was given")


def _has_no_side(teller: Party) -> bool:
    return bool({w.lower() for w in re.findall(r"[^\W\d_]+", teller.text)} & telling_words().neutral)


def _not_actual(left: Telling, right: Telling, thing: Thing) -> CrossPair:
    kind: GapKind = "threat_carried_out" if left.force == "threat" else "promise_unkept"
    why = f"{short(right.place.quote)} is not told as having happened"
    return make_pair(kind, left, right, [thing.test, test("same condition", "fail", why)], thing)


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
    if _EARLIER.search(right.place.quote):
        return test("same time", "fail", "the deed is told as having come before the word")
    when = right.times[0] if right.times else None
    first, last = (when.first_day, when.last_day) if when else (None, right.day)
    if last is not None and left.day is not None and last < left.day:
        return test(
            "same time",
            "fail",
            f"the deed, of “{when.text if when else right.day}”, came before the word of {left.day}",
        )
    if (
        first is not None
        and when
        and when.precision in ("year", "month", "season")
        and left.day
        and first < left.day.replace(day=1)
        and last
        and last < left.day
    ):
        return test("same time", "fail", f"the deed, of “{when.text}”, came before the word of {left.day}")
    due = left.due_day or lasting(left.place.quote, left.day)
    start = first or right.day
    lasts = left.force != "threat" and left.act.way < 0 and _UNTIL.search(left.place.quote)
    if due and start and start > due and (left.act.denied or lasts or keeps(left)):
        return test("same time", "fail", f"the word bound until {due}; the deed came later")
    return test("same time", "pass", "the deed came after the word")


_EARLIER = re.compile(
    r"\bbefore the (?:\w+ )?(?:truce|ceasefire|accord|deal|agreement|treaty|pact|pledge|promise|vow|threat|warning)\b"
)
_AMOUNT = re.compile(
    rf"\b(?P<n>\d[\d,]*(?:\.\d+)?|{'|'.join(COUNTED)})\s+(?P<scale>hundred|thousand|million|billion)?", re.IGNORECASE
)


def _refused(left: Telling, right: Telling, kind: GapKind) -> Iterator[CrossPair]:
    found = relation(left.act, right.act)
    answered = right.force == "refusal" and _answers(left, right)
    if not answered and (found == "none" or (kind == "demand_refused" and _thin(right))):
        return
    if right.real == "actual" and right.force in ("assert", "deny") and not (right.own and right.act.verb == STATE):
        return
    thing = same_thing(left, right)
    if not (thing.keys or thing.names or answered):
        return
    if kind == "agreement_refused" and left.act.verb in KEEPING and _GOING_ON.search(left.place.quote):
        return
    bound = left.target if kind == "demand_refused" else left.doer.with_names(left.teller or left.doer)
    tests = [_refuser(left, right, bound, thing, kind)]
    near = left.day is not None and right.day is not None and (right.day - left.day).days <= _ANSWERED_WITHIN
    if answered and (thing.test.result != "fail" or (near and not thing.keys and not thing.names)):
        tests.append(test("same matter", "pass", "what is refused is what was asked"))
        tests.append(test("opposite polarity", "pass", "the one asks, the other turns it down"))
    else:
        tests += [thing.test, opposed(left, right, found)]
    tests += _where(left, right, thing)
    until = lasting(left.place.quote, left.day)
    if kind == "agreement_refused" and until and right.day and right.day > until:
        tests.append(test("same time", "fail", f"the word bound until {until}; the refusal came later"))
    yield make_pair(kind, left, right, [*tests, conditions(left, right)], thing)


def _where(left: Telling, right: Telling, thing: Thing) -> list[ScopeTest]:
    """An open test where the right side names a place or thing, and nothing near the left one does."""
    if thing.names or not (elsewhere(left, right) or with_others(left, right)):
        return []
    return [test("same place", "unknown", "the one names a place or thing that the other does not")]


def _answers(left: Telling, right: Telling) -> bool:
    """Whether a refusal names the demand itself ("rejected the demand of Sorrel")."""
    asked = right.words.keys & lexicon().asked
    asker = left.teller
    return bool(asked and right.turned and asker and one_party(asker, Party(right.place.quote, right.names)))


def _refuser(left: Telling, right: Telling, bound: Party, thing: Thing, kind: GapKind) -> ScopeTest:
    """Whether who refuses is who is bound or asked."""
    speaker = right.doer.with_names(right.teller) if right.teller else right.doer
    if not right.own:
        return test("same actor", "unknown", f"{short(speaker.text)} speaks of another's doing")
    ground = one_party(bound, speaker)
    asks = kind == "demand_refused" and left.teller and one_party(left.teller, speaker)
    ground = ground or _of_one_kind(left, right, bound, speaker)
    if asks and not ground:
        return test("same actor", "fail", "demand and answer come from one side")
    ground = ground or _stands_for(bound, speaker, left, right, thing, kind)
    if ground:
        return test("same actor", "pass", ground)
    if bound.names and speaker.names:
        return test("same actor", "fail", f"{short(bound.text)} and {short(speaker.text)} are different parties")
    return test("same actor", "unknown", f"the reports do not say whether {short(speaker.text)} is {short(bound.text)}")


def _of_one_kind(left: Telling, right: Telling, bound: Party, speaker: Party) -> str | None:
    """The ground where one is asked by his kind alone ("the government") and the asker is of another kind."""
    asker = left.teller
    alike = sorted(bound.kinds & speaker.kinds)
    if bound.names or not alike or asker is None or (asker.kinds & bound.kinds and asker.names):
        return None
    near = shared_name(left.context | left.names, right.context | right.names | speaker.names)
    return f"both can be called {alike[0]}, in reports about {' '.join(near).title()}" if near else None


def _stands_for(bound: Party, speaker: Party, left: Telling, right: Telling, thing: Thing, kind: GapKind) -> str | None:
    """The ground on which a speaker who is not named as the one bound may answer for him."""
    if bound.text.lower() in PRONOUNS:
        return None
    alone = all(len(name) > 1 for name in speaker.names)
    if speaker.office and alone and bound.names and shared_name(bound.names, right.context):
        return f"{short(speaker.text)} answers in a report about {short(bound.text)}"
    if not thing.names or (bound.names and speaker.names):
        return None
    alike = not bound.text or bound.kinds & speaker.kinds or (bound.kinds and speaker.office)
    strange = kind == "demand_refused" and speaker.names and not shared_name(speaker.names, left.context | left.names)
    if (alike or kind == "demand_refused") and not strange:
        return f"{short(speaker.text)} answers for the named thing the other spoke of"
    return None


def _word_against_word(left: Telling, right: Telling, thing: Thing) -> Iterator[CrossPair]:
    if not (left.own and right.own) or not left.teller or not right.teller:
        return
    found = relation(left.act, right.act)
    ground = one_speaker(left.teller, right.teller)
    named = left.doer.names and right.doer.names
    if (named and not one_party(left.doer, right.doer)) or left.act.verb in telling_words().vague:
        return
    tests = [
        test(
            "same actor",
            "pass" if ground else "fail",
            ground or f"{short(left.teller.text)} and {short(right.teller.text)} are different speakers",
        ),
        thing.test,
        opposed(left, right, found),
        conditions(left, right),
        *_where(left, right, thing),
    ]
    yield make_pair("contradicts_self", left, right, tests, thing)
