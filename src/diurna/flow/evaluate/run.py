"""Read a gold file's texts, or take records read before, and score them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from diurna.annotate.pipeline import Engine
from diurna.errors import DiurnaError, RecordError, UsageError
from diurna.flow.evaluate.events import score_events
from diurna.flow.evaluate.gold import GoldFile, GoldReport, Miss, Scores, load_gold
from diurna.flow.evaluate.statements import score_statements
from diurna.flow.evaluate.times import score_times
from diurna.flow.reading import ReadJob, read_reports
from diurna.model.codec import reading_from_dict
from diurna.model.record import Reading
from diurna.sources.reader import SourceFailure

_SCORERS = {"statements": score_statements, "events": score_events, "times": score_times}


@dataclass(frozen=True, slots=True)
class EvalJob:
    """What to score, and how.

    Attributes:
        gold: a file of gold rows; its kind is known by its fields.
        records: output of `diurna read --json` to score; None reads the gold's texts now.
        engine, pipeline: as in `ReadJob`; without meaning where `records` is given.
    """

    gold: Path
    records: Path | None = None
    engine: Engine = "auto"
    pipeline: str | None = None


def evaluate(job: EvalJob) -> Scores:
    """The scores of one gold file.

    Raises:
        UsageError: the gold or the records cannot be used.
        MissingPartError: the parser is not installed.
    """
    gold = load_gold(job.gold)
    if job.records is not None:
        return score(gold, _kept_readings(job.records))
    return score(gold, read_reports(ReadJob((str(job.gold),), engine=job.engine, pipeline=job.pipeline)))


def score(gold: GoldFile, found: Iterable[Reading | SourceFailure]) -> Scores:
    """The scores of readings against gold, matched by source id, else by text; what is missing counts as a miss."""
    by_id: dict[str | None, Reading] = {}
    by_text: dict[str, Reading] = {}
    missed: list[Miss] = []
    for one in found:
        if isinstance(one, SourceFailure):
            missed.append(Miss(one.where, one.reason))
            continue
        missed += [Miss(one.report.source_id or one.report.id, f"{f.stage}: {f.reason}") for f in one.failures]
        by_id[one.report.source_id] = one
        by_text[one.report.text] = one
    pairs = [(report, _reading_of(report, by_id, by_text)) for report in gold.reports]
    return Scores(gold.name, gold.kind, _SCORERS[gold.kind](pairs), tuple(missed))


def _reading_of(report: GoldReport, by_id: dict[str | None, Reading], by_text: dict[str, Reading]) -> Reading | None:
    return by_id.get(report.id) or by_text.get(report.text)


def _kept_readings(path: Path) -> Iterator[Reading]:
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _kept(line, f"{path}:{number}")
    except OSError as fault:
        raise UsageError(f"{path} cannot be read: {fault}") from fault


def _kept(line: str, where: str) -> Reading:
    try:
        return reading_from_dict(json.loads(line))
    except (ValueError, AttributeError, DiurnaError) as fault:
        raise RecordError(f"{where} is no record of `diurna read --json`: {fault}") from fault
