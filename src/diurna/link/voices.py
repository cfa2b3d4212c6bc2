"""Who says what against whom: tests on speakers, and the words a reason is made of."""

from __future__ import annotations

from collections.abc import Sequence

from diurna.link.exhibits import Exhibit, Surroundings
from diurna.link.matching import Matter
from diurna.link.pairing import Pair
from diurna.link.parties import Side
from diurna.model.record import GapKind, ScopeTest

_MENTIONS = 8
"""Actors of one content compared; a long quotation names more than it is about."""

_NAME = 60


def two_voices(around: Surroundings, one: Side, other: Side) -> ScopeTest:
    """Whether two statements have two speakers; a side cannot dispute itself."""
    kinship = around.parties.kin(one, other)
    if kinship.result == "pass" and kinship.close:
        return ScopeTest("same actor", "fail", f"both come from one side: {kinship.why}")
    if one.anonymous and other.anonymous:
        return ScopeTest("same actor", "unknown", "neither speaker is named")
    return ScopeTest("same actor", "pass", f"“{label(one)}” and “{label(other)}” are two voices on it")


def about_one_party(around: Surroundings, denial: Exhibit, claim: Exhibit, *, strict: bool = False) -> ScopeTest:
    """Whether claim and denial are about the same party's doing.

    Args:
        strict: only the denier's own doing counts, and ties must be stated, not told by kind alone.
    """
    parties = around.parties
    about = [parties.of_actor(actor) for actor in around.actors_in(claim.span)[:_MENTIONS]]
    about += [claim.target] if claim.target else []
    mine = [denial.side]
    mine += [] if strict else [parties.of_actor(actor) for actor in around.actors_in(denial.span)[:_MENTIONS]]
    for one in mine:
        for other in about:
            kinship = parties.kin(one, other)
            if kinship.result == "pass" and (kinship.close or not strict):
                return ScopeTest("same actor", "pass", f"claim and denial are about one party: {kinship.why}")
    if about:
        return ScopeTest("same actor", "fail", "claim and denial are about different parties")
    return ScopeTest("same actor", "unknown", "the report does not say whom the claim is about")


def nested(one: Exhibit, other: Exhibit) -> bool:
    """Whether one of the two stands inside the other, so that they are no two records to compare."""
    return one.span.overlaps(other.span) or one.teller == other.id or other.teller == one.id


def who(exhibit: Exhibit) -> str:
    """The party of an exhibit as a sentence names it, at most 60 characters."""
    return label(exhibit.side)


def label(side: Side) -> str:
    """A party as a sentence names it, at most 60 characters."""
    text = " ".join(side.label.split()).strip(",;: ").removesuffix("’s").removesuffix("'s")
    if not text:
        return "a source the report does not name"
    return text if len(text) <= _NAME else text[:_NAME].rsplit(" ", 1)[0].rstrip(",;:") + " …"


_VERBS = {"deny": "said", "refuse": "refused", "accuse": "accused", "admit": "admitted", "announce": "announced"}


def verb(exhibit: Exhibit) -> str:
    """How a sentence tells what an exhibit does."""
    if exhibit.flat:
        return "denied" if exhibit.kind == "deny" else "turned down"
    return _VERBS.get(exhibit.kind, "said")


def pair(
    kind: GapKind,
    left: Exhibit,
    right: Exhibit,
    tests: Sequence[ScopeTest],
    matter: Matter,
    reason: str,
) -> Pair:
    """A pair; its passed "same actor" tests tell how close the parties are."""
    close = any(t.name == "same actor" and t.result == "pass" and "with no name" not in t.why for t in tests)
    return Pair(kind, left, right, tuple(tests), matter, reason[:1].upper() + reason[1:], close)
