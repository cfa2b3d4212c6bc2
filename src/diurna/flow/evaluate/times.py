"""Time expressions: found (any overlap, one to one), and resolved to the right first and last day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from diurna.flow.evaluate.figures import percent, ratio
from diurna.flow.evaluate.gold import Figure, GoldReport, GoldTime
from diurna.model.record import Reading, TimeExpression
from diurna.model.span import Span


@dataclass(slots=True)
class _Counts:
    gold: int = 0
    predicted: int = 0
    found: int = 0
    with_value: int = 0
    valued: int = 0
    right: int = 0
    overlapping: int = 0


def score_times(pairs: Iterable[tuple[GoldReport, Reading | None]]) -> tuple[Figure, ...]:
    """The figures over gold reports and what was read from them (None: nothing was, which counts as empty).

    Expressions the gold marks but does not score (durations, sets, vague ones) are left out on both sides.
    """
    counts = _Counts()
    for report, reading in pairs:
        gold = [one for one in report.times if one.scored]
        apart = [one.span for one in report.times if not one.scored]
        guessed = [time for time in (reading.times if reading else ()) if not _touches(time.span, apart)]
        counts.gold += len(gold)
        counts.predicted += len(guessed)
        for one in gold:
            _count_time(counts, one, guessed)
    return tuple(_figures(counts))


def _touches(span: Span, others: list[Span]) -> bool:
    return any(span.overlaps(other) for other in others)


def _count_time(counts: _Counts, gold: GoldTime, free: list[TimeExpression]) -> None:
    counts.with_value += gold.days is not None
    touching = [time for time in free if time.span.overlaps(gold.span)]
    if not touching:
        return
    match = max(touching, key=lambda t: min(t.span.end, gold.span.end) - max(t.span.start, gold.span.start))
    free.remove(match)
    counts.found += 1
    if gold.days is None or not match.value.earliest:
        return
    first = match.value.earliest[:10]
    last = (match.value.latest or match.value.earliest)[:10]
    counts.valued += 1
    counts.right += (first, last) == gold.days
    counts.overlapping += first <= gold.days[1] and gold.days[0] <= last


def _figures(counts: _Counts) -> Iterator[Figure]:
    yield Figure("gold", counts.gold)
    yield Figure("predicted", counts.predicted)
    yield from ratio("detection", counts.found, counts.predicted, counts.gold)
    yield Figure("with_value", counts.with_value)
    yield Figure("value", percent(counts.right, counts.with_value))
    yield Figure("overlap", percent(counts.overlapping, counts.with_value))
    yield Figure("value_f1", percent(2 * counts.right, counts.with_value + counts.valued))
