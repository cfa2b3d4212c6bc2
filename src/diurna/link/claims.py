"""Statements that say the same thing, and those that say otherwise, found among the tellings of a few reports.

Two statements say the same where most of their words are the same, or where verb and object, doer and matter are
(`link.sameness`), and neither denies what the other says. They dispute each other where just that is what sets them
apart. What is told weeks later, of other names or of another number is another claim (`link.claimscope`); numbers of
one thing `flow.numbers` puts side by side.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from diurna.link.acts import relation
from diurna.link.claimscope import of_one_matter, rarely_told
from diurna.link.claimtests import same_subject
from diurna.link.matching import short
from diurna.link.matters import lexicon
from diurna.link.oneparty import one_party, one_speaker
from diurna.link.sameness import conditions, same_thing
from diurna.link.telling import Telling, in_time
from diurna.link.wordscope import whole

Bearing = Literal["same", "other way"]

_FORCES = ("assert", "deny", "admit")
_LEAST = 3
"""Telling words a claim must have: "we will win" is said of many things."""

_ALIKE = 0.6
"""Share of all telling words of both that both must have to be told by their words alone."""

_NEAR = 0.4
"""The same, where verb, object and doer are one as well."""

_AGAINST = 0.45
"""The same, where they point opposite ways, and both must name the doer: antonyms alone dispute nothing."""


@dataclass(frozen=True, slots=True)
class Paired:
    """A telling that says a claim again or disputes it; `why` is a sentence."""

    telling: Telling
    bearing: Bearing
    why: str


@dataclass(slots=True)
class Grouped:
    """A claim: who said it first, and what others have to do with it, in time."""

    first: Telling
    others: list[Paired] = field(default_factory=list)


def claims_among(tellings: Iterable[Telling]) -> list[Grouped]:
    """The claims of some reports, the earliest first, also those only one statement makes."""
    found: list[Grouped] = []
    by_word: dict[str, list[int]] = defaultdict(list)
    for one in sorted((one for one in tellings if is_claim(one)), key=in_time):
        met = Counter(number for key in _words(one) for number in by_word[key])
        near = sorted(number for number, common in met.items() if common >= 2)
        pairs = {number: pair for number in near if (pair := bearing(found[number].first, one))}
        same = [number for number in pairs if pairs[number].bearing == "same"]
        home = max(same, key=lambda number: (met[number], -number), default=None)
        for number, pair in pairs.items():
            if (number == home or pair.bearing == "other way") and not _again(found[number], one):
                found[number].others.append(pair)
        if home is None:
            for key in _words(one):
                by_word[key].append(len(found))
            found.append(Grouped(one))
    return found


def _again(claim: Grouped, one: Telling) -> bool:
    """Whether its speaker has a part in the claim in the same report already."""
    said = [claim.first, *(pair.telling for pair in claim.others)]
    mine = one.teller.text.casefold() if one.teller else ""
    return any(t.place.report == one.place.report and t.teller and t.teller.text.casefold() == mine for t in said)


def is_claim(one: Telling) -> bool:
    """Whether a telling is a statement that something is so, and says enough to be told from others."""
    said = one.teller is not None and one.force in _FORCES and one.place.record.startswith("st-")
    return said and one.real == "actual" and len(_words(one)) >= _LEAST and whole(one)


def bearing(first: Telling, one: Telling) -> Paired | None:
    """What a later statement has to do with a claim; None where it is about something else or cannot be told."""
    if _said_there(first, one):
        return None
    mine, theirs = _words(first), _words(one)
    alike = len(mine & theirs) / len(mine | theirs)
    if not of_one_matter(first, one, alike):
        return None
    denies = _denies(first) != _denies(one)
    if alike >= _ALIKE and len(mine & theirs) >= _LEAST:
        if not denies:
            return Paired(one, "same", f"{alike:.0%} of their telling words are the same")
        return _disputing(first, one, f"{alike:.0%} of their telling words are the same, and one denies them")
    return _by_act(first, one, alike) if alike >= _NEAR and rarely_told(first, one) else None


def _by_act(first: Telling, one: Telling, alike: float) -> Paired | None:
    """What two statements in other words have to do with each other, by verb and object, doer and matter."""
    found, thing = relation(first.act, one.act), same_thing(first, one)
    tests = (thing.test, same_subject(first, one), conditions(first, one))
    if found == "none" or any(test.result != "pass" for test in tests):
        return None
    if found == "same":
        return Paired(one, "same", f"both say it of one doer: {thing.test.why}")
    if one_party(first.doer, one.doer) is None or alike < _AGAINST:
        return None
    return _disputing(first, one, f"{short(first.place.quote)} and {short(one.place.quote)} point opposite ways")


def _disputing(first: Telling, one: Telling, why: str) -> Paired | None:
    """The pair, unless one speaker said both: that is a gap of his own (`contradicts_self`), no dispute."""
    if first.teller and one.teller and one_speaker(first.teller, one.teller):
        return None
    return Paired(one, "other way", why)


def _said_there(first: Telling, one: Telling) -> bool:
    """Whether both are parts of one statement, or the one is told within the other."""
    here, there = first.place, one.place
    return here.record == there.record or (here.report == there.report and here.span.overlaps(there.span))


def _denies(one: Telling) -> bool:
    """Whether what is said is that something is not so."""
    negations = sum(sign.kind == "negation" for sign in one.words.signs)
    return (negations % 2 == 1) != (one.cue in lexicon().refusing)


def _words(one: Telling) -> frozenset[str]:
    """Keys of the words that tell what a clause is about, its names among them."""
    kinds = ("thing", "word", "common", "name", "number")
    return frozenset(term.key for term in one.words.terms if term.kind in kinds)


def voices(one: Grouped) -> Iterator[tuple[Telling, str, str]]:
    """Every telling of a claim with its part and reason, the first one first."""
    yield one.first, "first", ""
    for pair in one.others:
        yield pair.telling, "repeats" if pair.bearing == "same" else "disputes", pair.why


__all__: Sequence[str] = ("Grouped", "Paired", "bearing", "claims_among", "is_claim", "voices")
