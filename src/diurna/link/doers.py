"""Whose doing is it, and whose word? Is the deed of the one who was bound, and can its telling stand as a finding?"""

from __future__ import annotations

import re

from diurna.link.acts import GETTING
from diurna.link.clauseacts import OF_ITSELF
from diurna.link.deeds import deeds, thing_key
from diurna.link.matching import short
from diurna.link.matters import lexicon, stem
from diurna.link.oneparty import bound_by, one_party, only_persons
from diurna.link.partynames import Party, names_in, shared_name
from diurna.link.sameness import Thing, object_names, party_names, test
from diurna.link.telling import Telling
from diurna.link.tellingwords import telling_words
from diurna.link.wording import wording
from diurna.model.record import ScopeTest

_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|be|being|remains?|remained|stays?|stands?|still|yet|went on|goes on)\b"
)


_BY_WHOM = re.compile(r"\bby\s+(?:the\s+|an?\s+)?(?P<who>[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3})")
_EXISTS = re.compile(r"\W*(?:that\s+)?there\s", re.IGNORECASE)


def same_doer(left: Telling, right: Telling, thing: Thing) -> ScopeTest:
    """Whether the deed on the right is by the one bound, threatening or denying on the left."""
    bound, mine = bound_by(left), right.doer
    ground = one_party(bound, mine) or _no_doer(left, right, bound, thing) or _named_before(left, bound, mine)
    ground = ground or _of_itself(left, right) or _both(right, bound) or _by_hands(left, right, bound, thing)
    if ground:
        return test("same actor", "pass", ground)
    if mine.names and bound.names:
        if only_persons(bound) and bound.office and not mine.persons:
            return test("same actor", "unknown", f"the reports do not say for whom {short(bound.text)} speaks")
        return test("same actor", "fail", f"{short(bound.text)} and {short(mine.text)} are different parties")
    ground = _of_one_kind(left, right, bound, thing)
    if ground:
        return test("same actor", "pass", ground)
    return test("same actor", "unknown", f"the reports do not say whether {short(mine.text)} is {short(bound.text)}")


def _of_itself(left: Telling, right: Telling) -> str | None:
    """The ground where the subject is the thing that was to be moved, freed or paid, and does or gets it itself."""
    if left.force not in ("demand", "promise", "agreement") or right.act.denied:
        return None
    subject = {thing_key(t.key) for t in wording(right.doer.text).terms if t.kind in ("thing", "word", "common")}
    if right.aside and not right.doer.text:
        subject = set(right.act.object)
    moving = deeds().itself | deeds().either | OF_ITSELF
    goes = right.act.verb in moving and bool(subject & left.act.object)
    giver = _FROM_WHOM.search(right.place.quote)
    if giver and right.act.verb in GETTING and shared_name(names_in(giver["who"]), bound_by(left).names):
        return "the right side tells who got it from whom"
    gets = right.act.verb in GETTING and bool(subject & left.act.things or shared_name(right.doer.names, left.names))
    if goes or gets:
        return "the right side tells it of the thing or person itself, to whom it was to be done"
    return None


_FROM_WHOM = re.compile(r"\bfrom\s+(?:the\s+)?(?P<who>[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,4})")


def _both(right: Telling, bound: Party) -> str | None:
    """The ground where several were bound and the right side speaks of both of them ("both armies have ...")."""
    if len(bound.names) < 2 or _SIDES.match(right.doer.text.strip()) is None:
        return None
    named = right.names | right.context
    return "several were bound, and both are spoken of" if shared_name(bound.names, named) else None


def _by_hands(left: Telling, right: Telling, bound: Party, thing: Thing) -> str | None:
    """The ground where those do it who do what they are told ("engineers restored running water")."""
    if left.force not in ("promise", "agreement") or right.doer.names or thing.test.result != "pass":
        return None
    if _HANDS.fullmatch(right.doer.text.strip()) is None or right.act.denied:
        return None
    named = shared_name(bound.names | left.names, right.names | right.context)
    return "those who did it did it for somebody, and the words around name who was bound" if named else None


_HANDS = re.compile(
    r"(?:the\s+)?(?:[a-z-]+\s+)?(?:engineers|workers|crews|contractors|technicians|builders|officials|troops|soldiers|bulldozers"
    r"|lawmakers|authorities|prosecutors)",
    re.IGNORECASE,
)
_SIDES = re.compile(
    r"(?:both|(?:the )?two|the) (?:sides|armies|governments|countries|parties|neighbou?rs|states|nations|capitals|foes"
    r"|enemies|camps|forces|rivals|leaders|presidents|companies|factions)\b|both$",
    re.IGNORECASE,
)


def _named_before(left: Telling, bound: Party, mine: Party) -> str | None:
    """The ground where the words, or those before them, name the doer whom the speaker's own name does not tell."""
    if not bound.names and mine.names and shared_name(mine.names, left.context):
        return f"the words before name {short(mine.text)}"
    if only_persons(bound) and bound.office and shared_name(mine.names, left.names):
        return f"the words themselves name {short(mine.text)}"
    return None


def _of_one_kind(left: Telling, right: Telling, bound: Party, thing: Thing) -> str | None:
    """The ground where both are called by one noun or are of one kind, and something else is one."""
    called = _called_alike(bound, right.doer)
    if called and shared_name(left.context | left.names, right.context | right.names):
        return f"both are called “{called}”"
    alike = sorted(right.doer.kinds & bound.kinds)
    if not right.doer.names and alike and thing.names:
        return f"both can be called {alike[0]}, over one named thing"
    return None


def _called_alike(one: Party, other: Party) -> str | None:
    """The plain noun by which two parties are called, where the second has no name of its own ("the farmers")."""
    if other.names:
        return None
    nouns = [
        {stem(w): w for w in re.findall(r"\b[a-zA-Z]{5,}\b", p.text) if stem(w.lower()) not in lexicon().anybody}
        for p in (one, other)
    ]
    lowered = [{key.lower(): word for key, word in found.items()} for found in nouns]
    shared = sorted((lowered[0].keys() & lowered[1].keys()) - lexicon().common - lexicon().stop)
    return lowered[1][shared[0]] if shared else None


def _no_doer(left: Telling, right: Telling, bound: Party, thing: Thing) -> str | None:
    """The ground where the right side tells what became of the thing, and names no doer."""
    mine = right.doer
    objects = object_names(left, party_names(left, right))
    subject = (mine.names and shared_name(mine.names, objects)) or (not mine.names and _is_thing(mine, left, thing))
    keys = {thing_key(t.key) for t in wording(mine.text).terms}
    agent = _BY_WHOM.search(right.place.quote)
    if agent and bound.names and shared_name(names_in(agent["who"]), bound.names) is None:
        return None
    passive = subject and (_PASSIVE.search(right.place.quote) or (right.act.object and right.act.object <= keys))
    if elsewhere(left, right) or (
        mine.text.strip().lower() in ("it", "this", "that")
        and not shared_name(right.context, left.names | left.context)
    ):
        return None
    if passive or (not mine.text and _EXISTS.match(right.place.quote)):
        return "the right side names no other doer; it tells what became of the thing itself"
    return None


def elsewhere(left: Telling, right: Telling) -> bool:
    """Whether the right side names places or things, and none of them stands near the left one."""
    known = left.names | left.context | bound_by(left).names | left.target.names
    return bool(right.names) and not any(shared_name([name], known) for name in right.names)


def with_others(left: Telling, right: Telling) -> bool:
    """Whether each side names others than the one whose doing it is, and none in common ("talks with Norrow")."""
    bound = bound_by(left).names | right.doer.names | (right.teller.names if right.teller else frozenset())
    here, there = ({n for n in one.names if not shared_name([n], bound)} for one in (left, right))
    if right.force == "tell" and not there:
        there = {n for n in right.context if not shared_name([n], bound)}
    return bool(here and there) and shared_name(there, here | left.context - bound) is None


def _is_thing(mine: Party, left: Telling, thing: Thing) -> bool:
    """Whether what stands as the right side's subject is the thing the left side is about ("the press law is ...")."""
    keys = {t.key for t in wording(mine.text).terms if t.kind in ("thing", "word", "common")}
    return bool(keys & left.words.keys) or bool(keys & set(thing.keys))


_OWNING_UP = frozenset(("confirm", "admit", "acknowledge", "concede", "announce"))


def told_fairly(left: Telling, right: Telling) -> ScopeTest:
    """Whether the right side's word can stand as a finding, or is only an adversary's."""
    teller = right.teller
    if teller is None:
        if right.organ:
            return test("same actor", "unknown", f"it is only told by {right.outlet}, a party's own outlet")
        return test("same actor", "pass", "the report tells it in its own voice")
    bound = left.doer.with_names(left.teller or left.doer)
    owns_up = right.own and right.cue in _OWNING_UP and one_party(right.doer, bound)
    if owns_up or one_party(teller, bound):
        return test("same actor", "pass", "the one it is held against says so himself")
    why = doubt(teller, right.cue)
    if why:
        return test("same actor", "unknown", why)
    return test("same actor", "pass", f"it is told by {short(teller.text)}, who has no side in it")


def doubt(teller: Party, cue: str) -> str | None:
    """Why a source's word is no finding, or None."""
    words = telling_words()
    said = {w.lower() for w in re.findall(r"[^\W\d_]+", teller.text)}
    if cue in words.doubtful or said & words.adverse:
        return f"it is only said by {short(teller.text)}, who may be an adversary"
    if said & words.neutral:
        return None
    if teller.kinds or teller.office:
        return f"it is only said by {short(teller.text)}, another side"
    return f"it is only said by {short(teller.text)}" if teller.names else None
