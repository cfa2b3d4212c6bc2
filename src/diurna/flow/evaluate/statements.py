"""Who said what, scored on word tokens: content by overlap, and content and source together ("joint").

Only words count, so quotation marks and full stops never matter. Gold marks one layer of nested statements: where a
statement and its parent are both predicted and only one of them is matched, the other is not held against precision.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from diurna.errors import UsageError
from diurna.flow.evaluate.figures import percent, ratio
from diurna.flow.evaluate.gold import Figure, GoldReport
from diurna.model.record import Reading
from diurna.model.span import Span

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_OVERLAP = 0.5
"""Least share of words two contents have in common (intersection over union) to be one."""
_NESTED = 0.8
"""Least share of a child's words its parent holds for the two to be layers of one statement."""

Words = frozenset[int]


@dataclass(frozen=True, slots=True)
class _Row:
    content: Words
    source: Words
    kind: str | None = None
    id: str | None = None
    parent: str | None = None


@dataclass(slots=True)
class _Counts:
    """Sums over reports; `by_kind` counts gold, matched and jointly right statements."""

    reports: int = 0
    missing: int = 0
    gold: int = 0
    predicted: int = 0
    gold_words: int = 0
    predicted_words: int = 0
    shared_words: int = 0
    exact: int = 0
    overlapping: int = 0
    joint: int = 0
    sourced: int = 0
    source_right: int = 0
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)


def score_statements(pairs: Iterable[tuple[GoldReport, Reading | None]]) -> tuple[Figure, ...]:
    """The figures over gold reports and what was read from them (None: nothing was, which counts as empty).

    Raises:
        UsageError: the text read is not the gold's, so that offsets would mean nothing.
    """
    counts = _Counts()
    for gold, reading in pairs:
        _count_report(counts, gold, reading)
    return tuple(_figures(counts))


def _count_report(counts: _Counts, gold: GoldReport, reading: Reading | None) -> None:
    if reading is not None and reading.report.text != gold.text:
        raise UsageError(f"the text read of {gold.id} is not the gold's: offsets would mean nothing")
    marked, guessed = _gold_rows(gold), _predicted_rows(reading)
    words = _WordFinder(gold.text)
    gold_rows = [row for row in (_worded(words, *one) for one in marked) if row.content]
    rows = [row for row in (_worded(words, *one) for one in guessed) if row.content]
    counts.reports += 1
    counts.missing += reading is None
    _count_words(counts, gold_rows, rows)
    matched = _match(gold_rows, rows)
    counts.gold += len(gold_rows)
    counts.predicted += len(rows) - _spared(rows, set(matched.values()))
    for number, row in enumerate(gold_rows):
        _count_match(counts, row, rows[matched[number]] if number in matched else None)


_Raw = tuple[tuple[Span, ...], tuple[Span, ...], str | None, str | None, str | None]


def _gold_rows(gold: GoldReport) -> list[_Raw]:
    return [(one.content, one.source, one.kind, None, None) for one in gold.statements]


def _predicted_rows(reading: Reading | None) -> list[_Raw]:
    return [
        (one.content.spans, (one.speaker.span,) if one.speaker.span else (), None, one.id, one.parent)
        for one in (reading.statements if reading else ())
    ]


class _WordFinder:
    """The words of a text by number, found by span."""

    def __init__(self, text: str) -> None:
        found = [match.span() for match in _WORD.finditer(text)]
        self._starts, self._ends = [s for s, _ in found], [e for _, e in found]

    def inside(self, spans: Sequence[Span]) -> Words:
        """Numbers of the words that share a character with any of `spans`."""
        numbers: set[int] = set()
        for span in spans:
            at = bisect_right(self._ends, span.start)
            while at < len(self._starts) and self._starts[at] < span.end:
                numbers.add(at)
                at += 1
        return frozenset(numbers)


def _worded(
    words: _WordFinder,
    content: tuple[Span, ...],
    source: tuple[Span, ...],
    kind: str | None,
    own: str | None,
    parent: str | None,
) -> _Row:
    return _Row(words.inside(content), words.inside(source), kind, own, parent)


def _count_words(counts: _Counts, gold: list[_Row], rows: list[_Row]) -> None:
    gold_words: set[int] = set().union(*(row.content for row in gold))
    words: set[int] = set().union(*(row.content for row in rows))
    counts.gold_words += len(gold_words)
    counts.predicted_words += len(words)
    counts.shared_words += len(gold_words & words)
    free = Counter(row.content for row in rows)
    for row in gold:
        if free[row.content] > 0:
            free[row.content] -= 1
            counts.exact += 1


def _match(gold: list[_Row], rows: list[_Row]) -> dict[int, int]:
    """Gold to predicted, one to one, best overlap first; of equal overlaps the one with the right source."""
    pairs = []
    for a, x in enumerate(gold):
        for b, y in enumerate(rows):
            shared = len(x.content & y.content)
            if shared and shared / len(x.content | y.content) >= _OVERLAP:
                pairs.append((-shared / len(x.content | y.content), not (x.source & y.source), a, b))
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, a, b in sorted(pairs):
        if a not in matched and b not in taken:
            matched[a] = b
            taken.add(b)
    return matched


def _spared(rows: list[_Row], taken: set[int]) -> int:
    """How many unmatched predictions are only the other layer of a nested statement."""
    place = {row.id: number for number, row in enumerate(rows) if row.id is not None}
    excused = set()
    for number, row in enumerate(rows):
        above = place.get(row.parent) if row.parent is not None else None
        if above is None or len(row.content & rows[above].content) < _NESTED * len(row.content):
            continue
        if number not in taken:
            excused.add(number)
        elif above not in taken:
            excused.add(above)
    return len(excused)


def _count_match(counts: _Counts, row: _Row, found: _Row | None) -> None:
    kind = counts.by_kind.setdefault(str(row.kind), Counter())
    kind["gold"] += 1
    if found is None:
        return
    right = bool(row.source & found.source)
    counts.overlapping += 1
    kind["iou50"] += 1
    counts.sourced += bool(row.source)
    counts.source_right += right
    if right or not row.source:
        counts.joint += 1
        kind["joint"] += 1


def _figures(counts: _Counts) -> Iterator[Figure]:
    yield Figure("reports", counts.reports)
    yield Figure("missing", counts.missing)
    yield Figure("gold", counts.gold)
    yield Figure("predicted", counts.predicted)
    yield from ratio("content_token", counts.shared_words, counts.predicted_words, counts.gold_words)
    yield from ratio("content_exact", counts.exact, counts.predicted, counts.gold)
    yield from ratio("content_iou50", counts.overlapping, counts.predicted, counts.gold)
    yield from ratio("joint", counts.joint, counts.predicted, counts.gold)
    yield Figure("source_accuracy", percent(counts.source_right, counts.sourced))
    for kind, found in sorted(counts.by_kind.items()):
        yield Figure(f"recall_by_type.{kind}.gold", found["gold"])
        yield Figure(f"recall_by_type.{kind}.iou50", percent(found["iou50"], found["gold"]))
        yield Figure(f"recall_by_type.{kind}.joint", percent(found["joint"], found["gold"]))
