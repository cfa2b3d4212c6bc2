"""Who says what against whom: tests on speakers, and the words a reason is made of."""

from __future__ import annotations

from collections.abc import Sequence

from diurna.link.exhibits import Exhibit, Surroundings
from diurna.link.matching import Matter
from diurna.link.pairing import Pair
from diurna.link.parties import Kinship, Side
from diurna.model.record import GapKind, ScopeTest


def two_voices(around: Surroundings, one: Side, other: Side) -> ScopeTest:
    """Whether two statements have two speakers; a side cannot dispute itself."""
    kinship = around.parties.kin(one, other)
    if kinship.result == "pass" and kinship.close:
        return ScopeTest("same actor", "fail", f"both come from one side: {kinship.why}")
    if one.anonymous and other.anonymous:
        return ScopeTest("same actor", "unknown", "neither speaker is named")
    return ScopeTest("same actor", "pass", f"“{one.label}” and “{other.label}” are two voices on it")


def about_one_party(around: Surroundings, denial: Exhibit, claim: Exhibit) -> ScopeTest:
    """Whether claim and denial are about the same party's doing."""
    about = [around.parties.of_actor(a) for a in around.actors_in(claim.span)] + (
        [claim.target] if claim.target else []
    )
    mine = [denial.side, *(around.parties.of_actor(a) for a in around.actors_in(denial.span))]
    for one in mine:
        for other in about:
            kinship = around.parties.kin(one, other)
            if kinship.result == "pass":
                return ScopeTest("same actor", "pass", f"claim and denial are about one party: {kinship.why}")
    if about:
        return ScopeTest("same actor", "fail", "claim and denial are about different parties")
    return ScopeTest("same actor", "unknown", "the report does not say whom the claim is about")


def nested(one: Exhibit, other: Exhibit) -> bool:
    """Whether one of the two stands inside the other, so that they are no two records to compare."""
    return one.span.overlaps(other.span) or one.teller == other.id or other.teller == one.id


def who(exhibit: Exhibit) -> str:
    """The party of an exhibit as a sentence names it, at most 60 characters."""
    text = " ".join(exhibit.side.label.split()).strip(",;: ")
    if not text:
        return "A source the report does not name"
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def verb(answer: Exhibit) -> str:
    """How a sentence tells what an exhibit does with what it answers."""
    if answer.flat and answer.kind == "deny":
        return "denied"
    return "turned down" if answer.flat or answer.kind == "refuse" else "said"


def pair(
    kind: GapKind,
    left: Exhibit,
    right: Exhibit,
    tests: Sequence[ScopeTest],
    matter: Matter,
    reason: str,
    around: Surroundings,
) -> Pair:
    """A pair with what the report itself says about it; the first "same actor" test tells how close the parties are."""
    contrast = around.contrasted(left.span, right.span)
    close = any(t.name == "same actor" and t.result == "pass" and "with no name" not in t.why for t in tests)
    return Pair(kind, left, right, tuple(tests), matter, reason[:1].upper() + reason[1:], close, contrast)
