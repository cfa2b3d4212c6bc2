"""Names that one bearer has within one text of GUM: pairs joined and precision, both halves together."""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
COREFERENCE = ROOT.parent / "shared" / "gold" / "coreference"
ALIASES, TEXTS = COREFERENCE / "alias_gum.jsonl", COREFERENCE / "gum.jsonl"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["aliases"]["at_least"]


def _aliases() -> ModuleType:
    spec = importlib.util.spec_from_file_location("aliases_benchmark", ROOT / "benchmarks" / "actors" / "aliases.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.gold
@pytest.mark.skipif(not (ALIASES.is_file() and TEXTS.is_file()), reason="../shared lacks the aliases or their texts")
def test_names_of_one_text_hold_to_their_floors() -> None:
    benchmark = _aliases()
    texts = defaultdict(list)
    for row in benchmark.rows_of(ALIASES):
        texts[row["doc"]].append(row)
    words = {row["id"]: " ".join(row["tokens"]) for row in benchmark.rows_of(TEXTS)}
    found = benchmark.score(texts, words, verbose=False)
    assert found["recall"] >= FLOORS["recall"]
    assert found["precision"] >= FLOORS["precision"]
