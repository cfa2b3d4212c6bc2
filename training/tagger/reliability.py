#!/usr/bin/env python3
"""Draw how often statements of each confidence are right; prints the table and writes an SVG.

Example:
    diurna read polnear_dev.jsonl --json > records.jsonl
    python reliability.py --gold GOLD.jsonl --records records.jsonl --scorer score/statements.py --out calibration.svg
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from measure import calibration, matched, scorer_at

SIDE, EDGE = 360, 46
Row = tuple[float, float, int]


def judged(gold: Path, records: Path, module: Any) -> Iterator[tuple[float, bool]]:
    """Yield confidence and rightness of every outermost statement that carries a confidence."""
    read = {row["report"]["source_id"]: row for row in map(json.loads, records.open(encoding="utf8"))}
    for row in map(json.loads, gold.open(encoding="utf8")):
        words = [m.span() for m in module.WORD.finditer(row["text"])]
        starts, ends = [a for a, _ in words], [b for _, b in words]

        def sets(
            content: Any, source: Any, starts: list[int] = starts, ends: list[int] = ends
        ) -> tuple[set[int], set[int]]:
            return module.words_in(content, starts, ends), module.words_in(source or [], starts, ends)

        found = read[row["id"]]["statements"]
        marked = [sets(one["content"], one.get("source")) for one in row["statements"]]
        spans = [
            sets(one["content"]["spans"], [one["speaker"]["span"]] if one["speaker"]["span"] else []) for one in found
        ]
        for one, right in zip(found, matched([m for m in marked if m[0]], spans), strict=True):
            if one["parent"] is None and one["evidence"]["confidence"] is not None:
                yield one["evidence"]["confidence"], right


def drawing(rows: list[Row], error: float) -> str:
    """Return the SVG: a dot for each tenth of confidence, its area the number of statements, beside the ideal line."""

    def x(value: float) -> float:
        return EDGE + value * SIDE

    def y(value: float) -> float:
        return EDGE / 2 + (1 - value) * SIDE

    most = max(size for _, _, size in rows)
    dots = "".join(
        f'<circle cx="{x(sure):.1f}" cy="{y(right):.1f}" r="{3 + 13 * (size / most) ** 0.5:.1f}" fill="#1f4e8c" '
        f'fill-opacity="0.75"><title>{sure:.2f} sure, {right:.2f} right, {size} statements</title></circle>'
        for sure, right, size in rows
    )
    ticks = "".join(
        f'<text x="{x(t / 10):.0f}" y="{y(0) + 18:.0f}" text-anchor="middle">{t / 10}</text>'
        f'<text x="{EDGE - 8}" y="{y(t / 10) + 4:.0f}" text-anchor="end">{t / 10}</text>'
        for t in range(0, 11, 2)
    )
    width, height = SIDE + EDGE + 20, SIDE + EDGE + 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-size="12">'
        f"<title>Confidence against the share that is right; expected calibration error {error:.3f}</title>"
        f'<rect width="{width}" height="{height}" fill="#fbf9f4"/>'
        f'<rect x="{x(0)}" y="{y(1)}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#6a655c"/>'
        f'<path d="M{x(0)} {y(0)}L{x(1)} {y(1)}" stroke="#6a655c" stroke-dasharray="4 4"/>{dots}{ticks}'
        f'<text x="{x(0.5)}" y="{height - 6}" text-anchor="middle">confidence given</text>'
        f'<text transform="translate(12 {y(0.5)}) rotate(-90)" text-anchor="middle">share right</text></svg>\n'
    )


def main() -> None:
    """Read the command line, measure, draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument(
        "--records", type=Path, required=True, help="what `diurna read --json` printed of the gold's texts"
    )
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    pairs = list(judged(args.gold, args.records, scorer_at(args.scorer)))
    error, rows = calibration([sure for sure, _ in pairs], [right for _, right in pairs])
    for sure, right, size in rows:
        print(f"{sure:.2f}  {right:.2f}  {size}")
    print(f"expected calibration error {error:.3f}, {len(pairs)} statements")
    args.out.write_text(drawing(rows, error), encoding="utf8")


if __name__ == "__main__":
    main()
