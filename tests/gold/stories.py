"""Stories against clusters that annotators marked, and near-duplicates against pairs found by comparing all with all.

Clusters, pairs and texts are read from `../shared`. To see the figures: `python -m tests.gold.stories`.
Options are tuned on `political_sample` (`--tuning` prints its figure) and the even topics of ECB+, never on newswcl50.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diurna.link.copies import CopyFinder
from diurna.link.stories import Incoming, StoryFinder, StoryOptions, days_apart
from diurna.model.report import Report

SHARED = Path(__file__).parents[3] / "shared"
LINKS = SHARED / "gold" / "links"
CLUSTERS = {name: LINKS / f"clusters_{name}.jsonl" for name in ("newswcl50", "ecbplus")}
PAIRS = LINKS / "neardup_silver_pairs.jsonl"
TUNING = SHARED / "input" / "political_sample.jsonl"
TEXTS = tuple(
    SHARED / "input" / name
    for name in ("state_releases.jsonl", "whitehouse_foreign.jsonl", "whitehouse_all_part1of3.jsonl.gz")
)
STORY_GAP = 14
"""Days without a report after which a hand-made label of the tuning set is taken for two stories."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A report and the cluster it is marked to be in."""

    incoming: Incoming
    cluster: str


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def report_of(row: Mapping[str, Any]) -> Incoming:
    report = Report(
        row["id"], row["id"], "", row["title"], row["url"], row["outlet"], None, None, "en", row["text"], ()
    )
    return Incoming(report, (row["published"] or "")[:10])


def marked(path: Path) -> list[Marked]:
    return [Marked(report_of(row), row["cluster"]) for row in rows_of(path)]


def tuning_set() -> list[Marked]:
    """`political_sample` by day; a label is split where it rests for two weeks: news of months is no one story."""
    rows = sorted(rows_of(TUNING), key=lambda row: (row["published"] or "")[:10])
    last: dict[str, str] = {}
    number: dict[str, int] = defaultdict(int)
    found = []
    for row in rows:
        one, label = report_of(row), row["story"] or row["id"]
        number[label] += (days_apart(one.day, last.get(label, "")) or 0) > STORY_GAP
        last[label] = one.day
        found.append(Marked(one, f"{label} {number[label]}"))
    return found


def grouped(rows: Sequence[Marked], options: StoryOptions | None = None, at_once: int = 0) -> dict[str, int]:
    """Number of the story of each report, `at_once` of them added at a time (0: all)."""
    finder = StoryFinder(options)
    for start in range(0, len(rows), at_once or len(rows)):
        finder.add(row.incoming for row in rows[start : start + (at_once or len(rows))])
    return {report: number for number, group in enumerate(finder.groups) for report in group}


def bcubed(rows: Sequence[Marked], found: Mapping[str, int]) -> tuple[float, float, float]:
    """BCubed precision, recall and F1 in percent (Bagga and Baldwin 1998)."""
    ours, theirs = defaultdict(set), defaultdict(set)
    for row in rows:
        ours[found[row.incoming.report.id]].add(row.incoming.report.id)
        theirs[row.cluster].add(row.incoming.report.id)
    precision = recall = 0.0
    for row in rows:
        one, other = ours[found[row.incoming.report.id]], theirs[row.cluster]
        both = len(one & other)
        precision, recall = precision + both / len(one), recall + both / len(other)
    precision, recall = 100 * precision / len(rows), 100 * recall / len(rows)
    return precision, recall, 2 * precision * recall / (precision + recall)


def shuffled(rows: Sequence[Marked], seed: int) -> list[Marked]:
    mixed = list(rows)
    random.Random(seed).shuffle(mixed)
    return mixed


def figures(rows: Sequence[Marked], orders: int = 5, options: StoryOptions | None = None) -> dict[str, float]:
    """BCubed of reports added at once; F1's mean and least where they come one by one in mixed orders."""
    precision, recall, f1 = bcubed(rows, grouped(rows, options))
    mixed = [shuffled(rows, seed) for seed in range(orders)]
    single = [bcubed(some, grouped(some, options, 1))[2] for some in mixed]
    return {
        "precision": round(precision, 1), "recall": round(recall, 1), "F1": round(f1, 1),
        "one by one": round(sum(single) / len(single), 1), "one by one, least": round(min(single), 1),
    }  # fmt: skip


def texts() -> dict[str, str]:
    return {row["id"]: row["text"] for path in TEXTS for row in rows_of(path)}


def pairs_found(bodies: Iterable[tuple[str, str]]) -> set[frozenset[str]]:
    finder = CopyFinder()
    return {frozenset((one.report, one.source)) for key, text in bodies for one in finder.add(key, text)}


def duplicate_figures() -> dict[str, float]:
    """Recall of the marked pairs whose two texts are here; precision among reports that are in any marked pair.

    The other reports may never have been compared when the pairs were made, so their pairs are counted apart.
    """
    bodies = texts()
    gold = {frozenset((row["a"], row["b"])) for row in rows_of(PAIRS)}
    judged = {report for pair in gold for report in pair}
    gold = {pair for pair in gold if pair <= bodies.keys()}
    found = pairs_found(sorted(bodies.items()))
    inside = {pair for pair in found if pair <= judged}
    return {
        "pairs": len(gold), "recall": round(100 * len(found & gold) / len(gold), 1),
        "precision": round(100 * len(inside & gold) / len(inside), 1), "outside": len(found - inside),
    }  # fmt: skip


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tuning", action="store_true", help="of the tuning set only")
    if parser.parse_args().tuning:
        print("political_sample", figures(tuning_set()))
        return
    for name, path in CLUSTERS.items():
        print(name, figures(marked(path)))
    print("near-duplicates", duplicate_figures())


if __name__ == "__main__":
    main()
