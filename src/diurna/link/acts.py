"""What is done by a clause, and whether two acts are one, each other's contrary, or have nothing in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from diurna.link.deeds import deed_names, one_alone, one_apart, poles, thing_key, way_of
from diurna.link.matters import stem

Relation = Literal["same", "opposite", "none"]


EXISTS = "there is"
"""The verb of a clause that only says there is something, or none."""


KEEPING = frozenset(("keep", "maintain", "stai", "remain", "preserv", "retain", "surviv"))
"""Verbs that promise no deed but that a thing stays."""


STATE = "is as it was"
"""The verb of a clause that tells that a thing was left as it is."""


@dataclass(frozen=True, slots=True)
class Act:
    """What is done.

    Attributes:
        verb: key of the verb; EXISTS or STATE where there is none to name.
        way: +1 where the verb keeps, starts or widens a thing, -1 where it ends or lessens it, 0 where it does neither.
        denied: an odd number of negations stands with it.
        things: keys of the words for what it is done to, its subject's where it is passive; a verb of a matter too.
        object: of these, those of the first phrase the verb governs, which is what it is done to.
        cover: the verb is one that only carries a noun ("impose tariffs"), so that the noun may name the deed.
    """

    verb: str
    way: int
    denied: bool
    things: frozenset[str]
    cover: bool = False
    object: frozenset[str] = frozenset()

    @property
    def direction(self) -> int:
        """Towards the thing (+1), away from it (-1), or neither (0)."""
        return -self.way if self.denied else self.way


NO_ACT = Act("", 0, False, frozenset())


def without_names(act: Act, names: Iterable[tuple[str, ...]]) -> Act:
    """An act whose things are none of these names: a name that opens a sentence looks like any other word."""
    parts = {thing_key(stem(word)) for name in names for word in name}
    if not parts & act.things:
        return act
    return replace(act, things=act.things - parts, object=act.object - parts)


REJECTED = "reject"


GETTING = frozenset(stem(word) for word in ("receive", "get", "collect", "have", "obtain"))
"""Verbs of whom a thing is done to; what is got must be the very thing."""
PLANS = frozenset(stem(word) for word in ("plan", "talk", "deal"))
"""Nouns for what any matter may have."""


def _stopped(act: Act) -> bool:
    """Whether what is told is that the deed was stopped: its way is turned round."""
    return bool(act.way) and act.way == -way_of(act.verb)


_LEVEL = "raise or lower"
"""The deed that a thing that stays as it was rules out both ways."""


def relation(left: Act, right: Act) -> Relation:
    """Whether two acts are one, each other's contrary, or have nothing to do with each other.

    What they are done to must be one as well, or the verb itself be the whole matter ("resign").
    """
    shared = left.object & right.object
    if shared <= PLANS and (left.object | right.object) - PLANS:
        shared = frozenset()
    if shared and STATE in (left.verb, right.verb) and _LEVEL in deed_names(left.verb) | deed_names(right.verb):
        return "opposite" if left.denied == right.denied else "same"
    if left.verb == right.verb and left.verb:
        return _one_verb(left, right, shared)
    pole = poles(left.verb, right.verb)
    bare = not left.object and not right.object
    bare = bare or (not (left.object and right.object) and one_apart(left.verb, right.verb))
    bare = bare or one_alone(left.verb, right.verb)
    common = left.things & right.things - PLANS
    lone = bool(common) and not (left.object and right.object)
    if pole and not shared and GETTING & {left.verb, right.verb}:
        pole = pole if left.object & right.things or right.object & left.things else 0
    if pole and (shared or bare or lone or len(left.things & right.things) > 1):
        turned = (pole < 0) ^ left.denied ^ right.denied ^ _stopped(left) ^ _stopped(right)
        return "opposite" if turned else "same"
    if shared and left.direction and right.direction:
        return "same" if left.direction == right.direction else "opposite"
    if shared and EXISTS in (left.verb, right.verb) and (left.cover or right.cover):
        return "same" if left.denied == right.denied else "opposite"
    return _lifted(left, right)


def _one_verb(left: Act, right: Act, shared: frozenset[str]) -> Relation:
    """The relation of two acts with one verb."""
    bare = (not left.object or not right.object) and left.verb not in (EXISTS, STATE, REJECTED)
    bare = bare or (len(left.things & right.things) > 1 and left.verb not in (EXISTS, STATE))
    crossed = left.object & right.things or right.object & left.things
    bare = bare or bool(crossed and left.verb not in (EXISTS, STATE, REJECTED) and not left.cover)
    if not shared and not bare:
        return "none"
    if left.way != right.way:
        return "opposite" if left.direction * right.direction < 0 else "same"
    return "same" if left.denied == right.denied else "opposite"


def _lifted(left: Act, right: Act) -> Relation:
    """The relation where one side's verb only carries the noun for the other's deed ("strike": "began its strike")."""
    for one, other in ((left, right), (right, left)):
        carries = one.cover or one.verb == EXISTS
        if carries and other.verb in one.object and not (other.object and one.things and not other.object & one.things):
            turned = one.denied != (one.way < 0)
            return "same" if turned == other.denied else "opposite"
    return "none"
