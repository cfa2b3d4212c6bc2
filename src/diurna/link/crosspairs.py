"""Two tellings of different reports as a candidate for one kind of gap, and the sentence that says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diurna.link.acts import KEEPING, STATE, Relation
from diurna.link.matching import short
from diurna.link.oneparty import one_party
from diurna.link.sameness import Thing, test
from diurna.link.telling import Telling
from diurna.model.record import GapKind, ScopeTest


@dataclass(frozen=True, slots=True)
class CrossPair:
    """A candidate: its kind, both sides, the tests it was put to, what it shares, and its sentence."""

    kind: GapKind
    left: Telling
    right: Telling
    tests: tuple[ScopeTest, ...]
    thing: Thing
    reason: str


def make_pair(kind: GapKind, left: Telling, right: Telling, tests: Sequence[ScopeTest], thing: Thing) -> CrossPair:
    """The candidate with its sentence made."""
    return CrossPair(kind, left, right, tuple(tests), thing, f"{_clause(left)}; {_clause(right)}.")


_TOLD = {
    "promise": "promised", "agreement": "agreed", "demand": "demanded", "threat": "threatened", "refusal": "refused",
    "deny": "denied", "admit": "admitted", "assert": "said", "tell": "told", "withdraw": "withdrew",
}  # fmt: skip


def _clause(one: Telling) -> str:
    outlet = f" ({one.outlet}, {one.day})" if one.outlet else f" ({one.day})"
    if one.teller is None:
        return f"a report{outlet} tells of {short(one.place.quote)}"
    teller = " ".join(one.teller.text.split())[:60].strip(" ,") or "a source that is not named"
    verb = "said" if one.force in ("promise", "refusal") and one.cue == "say" else _TOLD[one.force]
    return f"{teller[:1].upper()}{teller[1:]} {verb} {short(one.place.quote)}{outlet}"


def opposed(left: Telling, right: Telling, found: Relation) -> ScopeTest:
    """Whether two acts point opposite ways."""
    quotes = f"{short(left.place.quote)} and {short(right.place.quote)}"
    if found == "opposite":
        return test("opposite polarity", "pass", f"{quotes} point opposite ways")
    return test("opposite polarity", "fail", f"{quotes} point the same way")


def keeps(one: Telling) -> bool:
    """Whether what is promised is that a thing stays as it is."""
    return one.act.verb == STATE or (one.act.way > 0 and one.act.verb in KEEPING)


def told_of_himself(left: Telling, right: Telling) -> bool:
    """Whether the deed is the promiser's by name, or he is the one who tells of it."""
    threatens = left.force == "threat" and left.teller is not None and bool(left.teller.names)
    maker = left.teller if threatens and left.teller else left.doer.with_names(left.teller or left.doer)
    return any(one_party(maker, p) for p in (right.doer, right.teller) if p)
