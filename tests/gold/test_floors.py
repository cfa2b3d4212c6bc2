"""Quality is a test with a floor: the rules engine's figures on gold may rise by chance and sink only on purpose."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from diurna.flow.evaluate import EvalJob, evaluate, load_floors, load_gold

HERE = Path(__file__).resolve().parent
GOLD = HERE.parents[2] / "shared" / "gold"
FLOORS = HERE / "floors.json"
FILES = sorted(name for name in json.loads(FLOORS.read_text(encoding="utf-8")) if "/" in name)


def gold_file(name: str) -> Path:
    path = GOLD / name
    if not path.is_file():
        pytest.skip(f"the gold file {name} is not beside this project")
    return path


@pytest.mark.gold
@pytest.mark.parametrize("name", FILES)
def test_no_figure_is_under_its_floor(name: str) -> None:
    path = gold_file(name)
    scores = evaluate(EvalJob(path, engine="rules"))
    assert scores.missed == ()
    assert load_floors(FLOORS).breaches(path, scores) == ()


@pytest.mark.gold
@pytest.mark.parametrize("name", FILES)
def test_every_floor_names_a_figure_of_its_files_kind(name: str) -> None:
    path = gold_file(name)
    limits = load_floors(FLOORS).of(path)
    figures = {
        "statements": {"joint.F1"},
        "events": {"type_accuracy", "type_macro_f1", "country"},
        "times": {"value_f1"},
    }
    assert {limit.figure for limit in limits} >= figures[load_gold(path).kind]
