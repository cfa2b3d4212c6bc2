"""From two exhibits and their tests to a judged gap: the verdict's policy, the score and the sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from diurna.link.exhibits import Exhibit, Surroundings
from diurna.link.matching import Matter
from diurna.model.record import Gap, GapKind, ScopeTest, TestName, Verdict
from diurna.model.report import content_hash

_CANDIDATES = 8
"""Partners tried for one record: those that share the most matter with it."""

_DECISIVE: frozenset[TestName] = frozenset({"same actor", "same matter", "opposite polarity", "same condition"})
"""Tests whose answer must be known before a pair may be called a gap."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two exhibits of one kind of gap, with the tests they were put to.

    Attributes:
        close: the parties are tied by name or by what the report says, not by kind alone.
    """

    kind: GapKind
    left: Exhibit
    right: Exhibit
    tests: tuple[ScopeTest, ...]
    matter: Matter
    reason: str
    close: bool


def judge(pair: Pair, surroundings: Surroundings) -> Gap:
    """The gap record of a pair: a gap where all tests that matter pass, no gap where one fails, else unsure."""
    verdict, reason = _verdict(pair)
    report = surroundings.reading.report
    return Gap(
        id=content_hash("gp", report.id, report.version, pair.kind, pair.left.id, pair.right.id),
        kind=pair.kind,
        left=pair.left.id,
        right=pair.right.id,
        tests=pair.tests,
        score=_score(pair, verdict, surroundings.contrasted(pair.left.span, pair.right.span)),
        verdict=verdict,
        reason=reason,
    )


def _verdict(pair: Pair) -> tuple[Verdict, str]:
    failed = next((test for test in pair.tests if test.result == "fail"), None)
    if failed:
        return "no_gap", f"No gap: {failed.why}."
    open_one = next((t for t in pair.tests if t.result == "unknown" and t.name in _DECISIVE), None)
    if open_one:
        return "unsure", f"{pair.reason} It stays open because {open_one.why}."
    return "gap", pair.reason


def _score(pair: Pair, verdict: Verdict, contrast: str | None) -> float:
    """How well the pair is borne out, 0..1; an ordering, not a probability.

    `contrast`: the word by which the report itself sets the two against something ("despite"), or None.
    """
    score = 0.45 + 0.12 * min(1.0, pair.matter.weight / 3) + 0.12 * min(1.0, pair.matter.cover)
    score += 0.12 * pair.close + 0.08 * (contrast is not None) + 0.05 * (pair.left.direct or pair.right.direct)
    score -= 0.08 * sum(test.result == "unknown" for test in pair.tests)
    score -= 0.05 * bool(pair.matter.through)
    score = score * {"gap": 1.0, "unsure": 0.7, "no_gap": 0.4}[verdict]
    return round(min(0.99, max(0.01, score)), 2)


class MatterIndex:
    """Exhibits by the keys of their matter, so that only those that share one are compared."""

    def __init__(self, exhibits: Sequence[Exhibit], apart: frozenset[str]) -> None:
        self._exhibits = exhibits
        self._by_key: dict[str, list[int]] = {}
        for number, one in enumerate(exhibits):
            for term in one.words.main:
                if term.kind in ("thing", "word") and (term.kind == "thing" or term.key not in apart):
                    rows = self._by_key.setdefault(term.key, [])
                    if not rows or rows[-1] != number:
                        rows.append(number)

    def near(self, one: Exhibit, keys: Iterable[str] = ()) -> Iterator[Exhibit]:
        """The exhibits that share most with `one` (or with `keys`), best first, at most eight; never itself."""
        shared: Counter[int] = Counter()
        for key in {**dict.fromkeys(t.key for t in one.words.main), **dict.fromkeys(keys)}:
            rows = self._by_key.get(key, ())
            if len(rows) <= 200:
                shared.update(rows)
        ranked = sorted(shared, key=lambda n: (-shared[n], abs(self._exhibits[n].span.start - one.span.start), n))
        yield from (self._exhibits[n] for n in [n for n in ranked if self._exhibits[n].id != one.id][:_CANDIDATES])


def judge_all(pairs: Iterable[Pair], surroundings: Surroundings, rejected: int) -> tuple[Gap, ...]:
    """Gaps, then open ones, then at most `rejected` rejected pairs, each kind best first.

    A matter told twice is one gap: of pairs that share one record and the party of the other, the best stays,
    and a headline gives way to the body.
    """
    judged = [(judge(one, surroundings), one) for one in pairs if _telling(one)]
    rank: dict[Verdict, int] = {"gap": 0, "unsure": 1, "no_gap": 2}
    judged.sort(key=lambda row: (rank[row[0].verdict], _in_front(row[1], surroundings), -row[0].score, row[0].id))
    kept: list[Gap] = []
    seen: set[tuple[str, ...]] = set()
    for gap, one in judged:
        marks = _marks(one, surroundings)
        sides = {(gap.kind, gap.left), (gap.kind, gap.right)}
        if _in_front(one, surroundings) and not seen.isdisjoint(sides):
            continue
        if not seen.isdisjoint(marks) or (gap.verdict == "no_gap" and rejected <= 0):
            continue
        seen |= marks | sides
        rejected -= gap.verdict == "no_gap"
        kept.append(gap)
    return tuple(sorted(kept, key=lambda g: (rank[g.verdict], -g.score, g.id)))


def _telling(pair: Pair) -> bool:
    """Whether a pair is worth keeping: a gap, one with a single question open, or one that fails a single test."""
    failed = [test for test in pair.tests if test.result == "fail"]
    open_ones = [test for test in pair.tests if test.result == "unknown" and test.name in _DECISIVE]
    return (not failed and len(open_ones) <= 1) or (len(failed) == 1 and not open_ones)


def _in_front(pair: Pair, surroundings: Surroundings) -> int:
    return sum(surroundings.in_front(one.span) for one in (pair.left, pair.right))


def _marks(pair: Pair, surroundings: Surroundings) -> set[tuple[str, ...]]:
    """What makes two pairs the same finding: records, parties, or a statement and what is told in it."""
    left, right = pair.left, pair.right
    told = {(pair.kind, "told", left.id, teller) for teller in surroundings.tellers(right)}
    return told | {
        ("pair", *sorted((left.id, right.id))),
        (pair.kind, "left", left.id, right.side.actor or right.side.text.lower()),
        (pair.kind, "right", right.id, left.side.actor or left.side.text.lower()),
    }
