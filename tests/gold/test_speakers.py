"""Speakers get the right actor, and mentions the right company, on news reports marked by others."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from diurna.annotate.pipeline import Engine, load_tagger
from tests.gold.speakers import CHAINS, STATEMENTS, Part, figures_of, load_gold, measure, part_of

LIMITS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
FLOORS = LIMITS["speakers"]["at_least"]
WITH_TAGGER = LIMITS["speakers auto"]["at_least"]

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(
        not all(path.is_file() for path in (CHAINS, *STATEMENTS)),
        reason="../shared/gold lacks the coreference or the statements of GUM",
    ),
]


@cache
def figures(part: Part, engine: Engine) -> dict[str, float]:
    judged, tally = measure(part_of(load_gold(), part), engine)
    return figures_of([one for _, one in judged], tally)


@pytest.mark.parametrize("limit", sorted(FLOORS))
def test_no_figure_is_under_its_floor(limit: str) -> None:
    part, name = limit.split(".")
    assert figures(part, "rules")[name] >= FLOORS[limit]  # type: ignore[arg-type]


@pytest.mark.skipif(load_tagger() is None, reason="the tagger is not installed")
@pytest.mark.parametrize("limit", sorted(WITH_TAGGER))
def test_no_figure_of_the_default_engine_is_under_its_floor(limit: str) -> None:
    part, name = limit.split(".")
    assert figures(part, "auto")[name] >= WITH_TAGGER[limit]  # type: ignore[arg-type]


def test_the_halves_are_whole_reports_and_all_of_them() -> None:
    gold = load_gold()
    dev, test = part_of(gold, "dev"), part_of(gold, "test")
    assert len(dev) + len(test) == len(gold) == 24
    assert not {id(one) for one in dev} & {id(one) for one in test}
    assert all(mention.span.of(one.report.text).strip() for one in gold.values() for mention in one.mentions)
