"""Score a network on gold reports with the project's scorer."""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data import Report
from tokenizers import Tokenizer

from diurna.annotate.tagger.network import Network
from diurna.annotate.tagger.tagger import Options, propose, statements
from diurna.model.annotation import TaggedStatement


def scorer_at(path: Path) -> Any:
    """Load the scorer from its file."""
    spec = importlib.util.spec_from_file_location("statement_scorer", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_row(report: Report) -> dict[str, Any]:
    """Return a gold report in the scorer's form; types are not kept."""
    rows = [{"source": s.source or None, "cue": s.cue, "content": s.content, "type": s.type} for s in report.statements]
    return {"id": report.id, "text": report.text, "statements": rows}


def found_row(report: Report, found: Sequence[TaggedStatement]) -> dict[str, Any]:
    """Return found statements in the scorer's form."""
    rows = [{"source": s.source or None, "cue": s.cue, "content": s.content, "type": None} for s in found]
    return {"id": report.id, "text": report.text, "statements": rows}


def measure(
    reports: Sequence[Report], tokenizer: Tokenizer, network: Network, options: Options, scorer: Path
) -> dict[str, Any]:
    """Return the scores of a network on gold reports."""
    gold = {r.id: gold_row(r) for r in reports}
    found = {r.id: found_row(r, statements(propose(r.text, tokenizer, network, options), options)) for r in reports}
    result: dict[str, Any] = scorer_at(scorer).score(gold, (found, {}))
    return result


@dataclass(frozen=True, slots=True)
class Judged:
    """Proposals of several reports with whether each is right, and how many gold statements there are."""

    measures: list[tuple[float, ...]]
    right: list[bool]
    gold: int


def matched(gold: list[tuple[set[int], set[int]]], found: list[tuple[set[int], set[int]]]) -> list[bool]:
    """Say for each found statement whether it pairs with a gold one as the scorer's `joint` has it."""
    pairs = []
    for a, (content, source) in enumerate(gold):
        for b, (other, by) in enumerate(found):
            shared = len(content & other)
            if shared and shared / len(content | other) >= 0.5:
                pairs.append((-shared / len(content | other), not source & by, a, b))
    right, taken, used = [False] * len(found), set(), set()
    for _, apart, a, b in sorted(pairs):
        if a not in taken and b not in used:
            taken.add(a)
            used.add(b)
            right[b] = not apart or not gold[a][1]
    return right


def judge(reports: Sequence[Report], tokenizer: Tokenizer, network: Network, options: Options, scorer: Path) -> Judged:
    """Return every proposal with content of some reports, and whether it is right."""
    module = scorer_at(scorer)
    measures: list[tuple[float, ...]] = []
    right: list[bool] = []
    count = 0
    for report in reports:
        words = [m.span() for m in module.WORD.finditer(report.text)]
        starts, ends = [a for a, _ in words], [b for _, b in words]

        def sets(one: Any, starts: list[int] = starts, ends: list[int] = ends) -> tuple[set[int], set[int]]:
            return module.words_in(one.content, starts, ends), module.words_in(one.source, starts, ends)

        gold = [sets(s) for s in report.statements]
        found = [p for p in propose(report.text, tokenizer, network, options) if p.content]
        count += sum(bool(content) for content, _ in gold)
        measures += [p.measures for p in found]
        right += matched(gold, [sets(p) for p in found])
    return Judged(measures, right, count)


def calibration(
    sure: Sequence[float], right: Sequence[bool], bins: int = 10
) -> tuple[float, list[tuple[float, float, int]]]:
    """Return the expected calibration error over equal bins, and (mean confidence, share right, size) of each."""
    rows, error = [], 0.0
    for i in range(bins):
        inside = [
            (s, r) for s, r in zip(sure, right, strict=True) if i <= s * bins < i + 1 or (s == 1 and i == bins - 1)
        ]
        if inside:
            mean = sum(s for s, _ in inside) / len(inside)
            share = sum(r for _, r in inside) / len(inside)
            rows.append((round(mean, 3), round(share, 3), len(inside)))
            error += abs(mean - share) * len(inside) / len(sure)
    return error, rows
