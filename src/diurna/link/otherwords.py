"""Later tellings that answer a commitment in other words than its own: one deed, a refusal, a breach that is named."""

from __future__ import annotations

from diurna.link.deeds import poles
from diurna.link.doers import same_doer
from diurna.link.oneparty import one_party
from diurna.link.partynames import Party
from diurna.link.reversals import holds_now
from diurna.link.sameness import Thing
from diurna.link.telling import Telling

TOLD = ("tell", "assert", "admit")
"""The forces by which something is told as it is."""


def against_word(opening: Telling, one: Telling, thing: Thing) -> bool:
    """Whether a report itself says that a deed on the very thing goes against a promise."""
    if one.standing != "broken" or opening.force not in ("promise", "agreement") or one.real != "actual":
        return False
    return one.force in TOLD and thing.test.result == "pass" and same_doer(opening, one, thing).result != "fail"


_BEYOND = 2
"""Words beside the deed's own that both have where each verb governs another."""


def one_deed(opening: Telling, one: Telling, thing: Thing) -> bool:
    """Whether two verbs are one deed in the same matter, though they govern different words of it."""
    if poles(opening.act.verb, one.act.verb) <= 0 or opening.act.denied or one.act.denied or one.force not in TOLD:
        return False
    return thing.test.result == "pass" and len(thing.keys) > _BEYOND


def turned_down(opening: Telling, one: Telling, thing: Thing) -> bool:
    """Whether who is bound refuses his part in the thing, in another word for it ("would not sit on the inquiry")."""
    if one.force != "refusal" or not one.own or not one.act.denied or opening.act.denied or not holds_now(one):
        return False
    if opening.force not in ("promise", "agreement", "demand") or not opening.act.object & one.act.object:
        return False
    return thing.test.result == "pass" and not opening.act.way * one.act.way < 0 and by_bound(opening, one)


def by_bound(opening: Telling, one: Telling) -> bool:
    """Whether who refuses is who is bound."""
    asked = opening.force == "demand" and opening.target.names
    if opening.force == "demand" and not asked and not opening.doer.text:
        return opening.teller is not None and one_party(opening.teller, one.teller or one.doer) is None
    bound = opening.target if asked else opening.doer.with_names(opening.teller or opening.doer)
    speaker = one.doer.with_names(one.teller) if one.teller else one.doer
    if one_party(bound, speaker) or (bound.text and _called(bound) == _called(speaker)):
        return True
    return not bound.names and bool(bound.kinds & speaker.kinds or not bound.text)


def _called(party: Party) -> list[str]:
    """The words a party is called by, without articles."""
    return [word for word in party.text.lower().split() if word not in ("the", "a", "an")]
