"""Score who is one with whom, on the pairs of this folder: python score.py FILE.jsonl [-v] [--read]."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from diurna.annotate.pipeline import AnnotateOptions
from diurna.flow.reading import annotator_for, read_report
from diurna.link.resolver import Resolver
from diurna.link.sightings import Sighting, sighting
from diurna.model.record import Actor, Reading
from diurna.model.span import Span
from diurna.sources.reader import report_from_text


def given(side: dict[str, Any], at: str) -> Sighting:
    """The marked name as a sighting of its own, its kind given: what the resolver makes of it, whatever was read."""
    actor = Actor(at, side["name"], side["kind"], None, None, (), (), (Span(*side["span"]),))
    return sighting(actor, at, side["published"], side["text"])


def read(side: dict[str, Any], at: str, reading: Reading) -> Sighting | None:
    """The actor that Diurna itself reads at the marked name; None where it reads none there."""
    span = Span(*side["span"])
    actors = [(abs(m.start - span.start) + abs(m.end - span.end), n) for n, a in enumerate(reading.actors)
              for m in a.mentions if m.overlaps(span)]  # fmt: skip
    if not actors:
        return None
    return sighting(reading.actors[min(actors)[1]], at, side["published"], side["text"])


def one_actor(left: Sighting | None, right: Sighting | None) -> tuple[bool, str]:
    """Whether the resolver joins the two, and why or why not."""
    if left is None or right is None:
        return False, "not read"
    resolver = Resolver()
    resolver.add([left, right])
    groups = resolver.groups()
    why = "; ".join(f"{pair.verdict} {pair.strength}: {pair.why}" for pair in resolver.pairs.values())
    return len(groups.together()) == 1 and "description" not in (
        left.kind,
        right.kind,
    ), why or f"nothing in common: {left.key} / {right.key}"


def score(pairs: Iterable[dict[str, Any]], whole: bool, verbose: bool) -> dict[str, Any]:
    """Pairs told right, by trap; `whole` has Diurna read the texts instead of taking the marked names."""
    right, there = Counter[str](), Counter[str]()
    annotator = annotator_for(AnnotateOptions()) if whole else None
    for pair in pairs:
        sides = []
        for name in ("left", "right"):
            side = pair[name]
            if annotator:
                report = report_from_text(side["text"], published=side["published"], outlet=side["outlet"])
                sides.append(read(side, name, read_report(report, annotator)))
            else:
                sides.append(given(side, name))
        same, why = one_actor(sides[0], sides[1])
        keys = (pair["trap"], "same" if pair["same"] else "different", "all")
        there.update(keys)
        right.update(keys if same == pair["same"] else ())
        if verbose and same != pair["same"]:
            print(f"{pair['id']} {pair['trap']}: wanted {pair['same']}: {why}", file=sys.stderr)
    return {key: [right[key], there[key], round(100 * right[key] / there[key], 1)] for key in sorted(there)}


def main() -> None:
    """Print the score of a file."""
    path = Path(next(word for word in sys.argv[1:] if not word.startswith("-")))
    pairs = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    print(json.dumps(score(pairs, "--read" in sys.argv, "-v" in sys.argv), indent=1))


if __name__ == "__main__":
    main()
