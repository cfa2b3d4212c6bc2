"""Where words and deeds part ways across reports: candidate pairs by blocking, the tests they are put to, the verdict.

Precision is the product: a pair is a gap only where every test that matters passes; what cannot be told is `unsure`,
and what fails is kept with its reason, up to a bound. A gap is never a verdict on truth.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from diurna.link.blocks import BlockOptions, paired
from diurna.link.claimtests import claim_pairs, denial_pairs
from diurna.link.crosspairs import CrossPair
from diurna.link.partynames import CanonicalId, normalised_name
from diurna.link.promisetests import commitment_pairs
from diurna.link.sameness import Thing
from diurna.link.telling import Telling, in_time
from diurna.link.tellings import tellings_of
from diurna.link.tolltests import toll_tests
from diurna.link.truces import truce_pairs
from diurna.link.wordscope import idle, one_of_many
from diurna.model.across import CrossGap
from diurna.model.record import Gap, Reading, Verdict
from diurna.model.report import content_hash

_SAID = ("assert", "deny", "admit")


@dataclass(frozen=True, slots=True)
class AcrossOptions:
    """How far apart two reports may be, in days, and how much is kept.

    Attributes:
        words: between a commitment and what answers it; claims: between a claim and its denial.
        counts: between two counts of one event; own: between two words of one speaker.
        rejected: pairs that failed a test kept with their reason, best first.
        blocks: how many earlier tellings one is compared with.
    """

    words: int = 550
    claims: int = 45
    deeds: int = 200
    counts: int = 21
    own: int = 400
    rejected: int = 200
    blocks: BlockOptions = field(default_factory=BlockOptions)


def gaps_across(
    readings: Iterable[Reading], *, who: CanonicalId = normalised_name, options: AcrossOptions | None = None
) -> tuple[CrossGap, ...]:
    """The gaps between different reports, best first, then what stays open, then rejected pairs.

    Args:
        who: the canonical id of an actor of a report; by default its normalised name.
    """
    tellings = [t for reading in readings for t in tellings_of(reading, who)]
    return gaps_between(tellings, options or AcrossOptions())


def gaps_between(
    tellings: Sequence[Telling], options: AcrossOptions, fresh: frozenset[str] | None = None
) -> tuple[CrossGap, ...]:
    """The gaps among tellings of many reports.

    Args:
        fresh: ids of the reports that are new; only pairs with one of them are looked at. None: all pairs.
    """
    return kept([judged(p) for p in _pairs(tellings, options, fresh)], options.rejected)


def _pairs(tellings: Sequence[Telling], options: AcrossOptions, fresh: frozenset[str] | None) -> Iterator[CrossPair]:
    for one, other in paired(sorted(tellings, key=in_time), options.blocks):
        if fresh is None or other.place.report in fresh or one.place.report in fresh:
            yield from compare(one, other, options)


def compare(left: Telling, right: Telling, options: AcrossOptions) -> Iterator[CrossPair]:
    """Every pair of a kind of gap that two tellings, the earlier first, can be."""
    if left.day is None or right.day is None or left.aside or right.aside or idle(left) or idle(right):
        return
    for pair in _compared(left, right, options):
        more = one_of_many(pair.kind, left, right)
        yield replace(pair, tests=(*pair.tests, *more)) if more else pair


def _compared(left: Telling, right: Telling, options: AcrossOptions) -> Iterator[CrossPair]:
    if left.day is None or right.day is None:
        return
    days = (right.day - left.day).days
    answered = left.force in ("agreement", "threat", "demand") and right.force != left.force
    if (answered or left.force in ("promise", "refusal")) and days <= _bound_for(left, options.words):
        yield from commitment_pairs(left, right)
    if left.force in _SAID and right.force in (*_SAID, "tell", "promise", "refusal"):
        yield from claim_pairs(left, right, days, options)
    elif left.force == "tell" and right.force == "deny" and days <= options.claims:
        yield from denial_pairs(right, left)
    yield from truce_pairs(left, right)
    if left.counts and right.counts and days <= options.counts:
        found = toll_tests(left, right)
        if found:
            tests, reason = found
            yield CrossPair("competing_numbers", left, right, tests, Thing(tests[1], (), 2.0, 0.6, names=True), reason)


_AFTER_DUE = 400
"""Days after the last day for doing it in which a word is still held against what is told."""


def _bound_for(left: Telling, days: int) -> int:
    """Days for which a word is held against what comes after: longer where its own last day lies later."""
    due = left.due_day
    return max(days, (due - left.day).days + _AFTER_DUE) if due and left.day else days


def judged(pair: CrossPair) -> tuple[CrossGap, CrossPair]:
    """The verdict on a pair, with the pair."""
    verdict, reason = _verdict(pair)
    gap = Gap(
        id=content_hash("gp", "across", pair.kind, pair.left.id, pair.right.id),
        kind=pair.kind,
        left=pair.left.id,
        right=pair.right.id,
        tests=pair.tests,
        score=_score(pair, verdict),
        verdict=verdict,
        reason=reason[:1].upper() + reason[1:],
    )
    return CrossGap(gap, pair.left.place, pair.right.place), pair


def _verdict(pair: CrossPair) -> tuple[Verdict, str]:
    failed = next((t for t in pair.tests if t.result == "fail"), None)
    if failed:
        return "no_gap", f"No gap: {failed.why}."
    unknown = next((t for t in pair.tests if t.result == "unknown"), None)
    if unknown:
        return "unsure", f"{pair.reason} It stays open because {unknown.why}."
    return "gap", pair.reason


def _score(pair: CrossPair, verdict: Verdict) -> float:
    """How well the pair is borne out, 0..1; an ordering, not a probability."""
    score = 0.5 + 0.15 * min(1.0, pair.thing.weight / 4) + 0.15 * pair.thing.cover + 0.12 * pair.thing.names
    days = abs(((pair.right.day or dt.date.min) - (pair.left.day or dt.date.min)).days)
    score -= 0.1 * min(1.0, days / 500)
    score -= 0.08 * sum(t.result == "unknown" for t in pair.tests)
    return round(min(0.99, max(0.01, score * {"gap": 1.0, "unsure": 0.7, "no_gap": 0.4}[verdict])), 2)


RANK: dict[Verdict, int] = {"gap": 0, "unsure": 1, "no_gap": 2}


def kept(found: Iterable[tuple[CrossGap, CrossPair]], rejected: int) -> tuple[CrossGap, ...]:
    """One gap for two places in the texts, the best; then open ones with one question; then rejected ones.

    Pairs that may be of different matters are not kept: they would be noise with a reason.
    """
    rows = sorted(found, key=lambda row: (RANK[row[0].gap.verdict], -row[0].gap.score, row[0].gap.id))
    chosen: list[CrossGap] = []
    seen: set[tuple[str, ...]] = set()
    for gap, pair in rows:
        places = (
            pair.left.place.report,
            str(pair.left.place.span.start),
            pair.right.place.report,
            str(pair.right.place.span.start),
        )
        if gap.gap.verdict != "gap" and any(t.name == "same matter" and t.result == "unknown" for t in pair.tests):
            continue
        failed = sum(t.result == "fail" for t in pair.tests)
        unknown = sum(t.result == "unknown" for t in pair.tests)
        sides = {(pair.kind, *places[:2]), (pair.kind, *places[2:])}
        if places in seen or not seen.isdisjoint(sides) or failed + unknown > 1 + (gap.gap.verdict == "unsure"):
            continue
        if gap.gap.verdict == "no_gap":
            if rejected <= 0:
                continue
            rejected -= 1
        seen |= {places, *sides}
        chosen.append(gap)
    return tuple(chosen)
