"""Stories and near-duplicates hold to their floors on clusters and pairs marked by others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.gold.stories import CLUSTERS, PAIRS, TEXTS, TUNING, bcubed, duplicate_figures, figures, marked, tuning_set

FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))["stories"]["at_least"]

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(
        not all(path.is_file() for path in (*CLUSTERS.values(), PAIRS, TUNING, *TEXTS)),
        reason="../shared lacks the clusters, the pairs or their texts",
    ),
]


@pytest.mark.parametrize("name", CLUSTERS)
def test_clusters_hold_to_their_floors(name: str) -> None:
    found = figures(marked(CLUSTERS[name]))
    assert found["F1"] >= FLOORS[f"{name}.F1"]
    assert found["one by one"] >= FLOORS[f"{name}.one by one"]


def test_near_duplicates_are_not_missed() -> None:
    assert duplicate_figures()["recall"] >= FLOORS["near-duplicates.recall"]


def test_a_perfect_grouping_scores_a_hundred_and_one_heap_does_not() -> None:
    rows = tuning_set()
    numbers = {name: number for number, name in enumerate(sorted({row.cluster for row in rows}))}
    perfect = {row.incoming.report.id: numbers[row.cluster] for row in rows}
    assert bcubed(rows, perfect) == (100, 100, 100)
    heap = bcubed(rows, dict.fromkeys(perfect, 0))
    assert heap[1] == 100
    assert heap[0] < 10
