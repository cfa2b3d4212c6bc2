"""The default engine, tagger and rules together, held to floors on gold no weight was fitted to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

import diurna
from diurna.annotate.pipeline import load_tagger
from diurna.flow.evaluate.gold import Scores, load_gold
from diurna.flow.evaluate.run import score
from diurna.model.record import Reading
from tests.gold.test_floors import FLOORS, gold_file
from tests.gold.test_seed_report import MARKED, SEED, find

LIMITS = json.loads(FLOORS.read_text(encoding="utf-8"))["engine auto"]

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(load_tagger() is None, reason="the learned tagger is not installed"),
]


def scores_of(name: str, *, clauses: bool = False) -> Scores:
    """Scores of one gold file; with `clauses`, of contents that are clauses alone."""
    path = gold_file(name)
    return score(load_gold(path), _read(str(path), clauses))


def _read(path: str, clauses: bool) -> Iterator[Reading]:
    for one in diurna.read_reports(diurna.ReadJob((path,), engine="auto")):
        assert isinstance(one, Reading)
        kept = tuple(s for s in one.statements if s.content.form == "clause" or not clauses)
        yield replace(one, statements=kept)


def check(scores: Scores, prefix: str) -> None:
    for name, least in LIMITS["at_least"].items():
        group, _, figure = name.partition(" ")
        if group == prefix:
            value = scores.value(figure)
            assert value is not None, figure
            assert value >= least, figure


def test_statements_of_polnear_dev() -> None:
    check(scores_of("statements/polnear_dev.jsonl"), "polnear")


def test_clauses_of_gum_news() -> None:
    check(scores_of("statements/gum_news_train.jsonl", clauses=True), "gum")


@pytest.mark.skipif(not SEED.exists(), reason="../shared/input/seed_report.txt is not here")
def test_the_seed_report() -> None:
    reading = diurna.read(SEED, engine="auto")
    core = [row for row in MARKED if row["core"]]
    found = {one.id for row in MARKED if (one := find(reading, row))}
    assert sum(find(reading, row) is not None for row in core) >= LIMITS["at_least"]["seed core"]
    assert len(reading.statements) - len(found) <= LIMITS["at_most"]["seed others"]
