"""Score gaps across reports, or lives of commitments, on the texts of this folder: python score.py FILE.jsonl [-v]."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from diurna.annotate.pipeline import AnnotateOptions
from diurna.flow.reading import annotator_for, read_report
from diurna.link.across import gaps_across
from diurna.link.lives import lives_of
from diurna.model.across import CrossGap
from diurna.model.commitment_life import CommitmentLife
from diurna.model.record import Reading
from diurna.sources.reader import report_from_text

Read = Callable[[dict[str, Any]], Reading]


def reader() -> Read:
    """Reads a row of the benchmark, each text once."""
    annotator, known = annotator_for(AnnotateOptions()), {}

    def read(row: dict[str, Any]) -> Reading:
        key = (row["published"], row["outlet"], row["text"])
        if key not in known:
            report = report_from_text(row["text"], published=row["published"], outlet=row["outlet"])
            known[key] = read_report(report, annotator)
        return known[key]

    return read


def best_gap(pair: dict[str, Any], read: Read) -> CrossGap | None:
    """The first gap that is called between the two reports of a pair."""
    found = gaps_across([read(pair["left"]), read(pair["right"])])
    return next((one for one in found if one.gap.verdict == "gap"), None)


def score_pairs(pairs: Iterable[dict[str, Any]], read: Read, verbose: bool) -> dict[str, Any]:
    """Precision and recall in percent, with counts by kind: right, called, there."""
    right, called, there = Counter[str](), Counter[str](), Counter[str]()
    for pair in pairs:
        found, want = best_gap(pair, read), pair["kind"]
        got = found.gap.kind if found else None
        there.update([want] if want else [])
        called.update([got] if got else [])
        right.update([got] if got and got == want else [])
        if verbose and got != want:
            print(f"{pair['id']}: wanted {want or pair['why']}, got {got}", file=sys.stderr)
    return {
        "precision": round(100 * right.total() / max(1, called.total()), 1),
        "recall": round(100 * right.total() / max(1, there.total()), 1),
        "right": right.total(),
        "called": called.total(),
        "gaps": there.total(),
        "kinds": {kind: [right[kind], called[kind], there[kind]] for kind in sorted({*there, *called})},
    }


def life_of(case: dict[str, Any], read: Read) -> CommitmentLife | None:
    """The commitment that a case's first report opens, of its kind if there is one."""
    first = case["reports"][0]["published"]
    lives = [one for one in lives_of(map(read, case["reports"])) if one.opened.day == first]
    return next((one for one in lives if one.kind == case["kind"]), lives[0] if lives else None)


def score_lives(cases: Iterable[dict[str, Any]], read: Read, verbose: bool) -> dict[str, Any]:
    """Share of cases that are right at every date, of dates, and of deadlines found within a day, in percent."""
    n = Counter[str]()
    for case in cases:
        life = life_of(case, read)
        states = [(one["on"], one["state"], state_on(life, one["on"])) for one in case["states"]]
        wrong = [one for one in states if one[1] != one[2]]
        n.update(cases=1, right_cases=int(not wrong), dates=len(states), right_dates=len(states) - len(wrong))
        found = life.due if life else None
        if case["due"]:
            near = found is not None and days_between(found, case["due"]) <= 1
            n.update(deadlines=1, right_deadlines=int(near))
        if verbose and wrong:
            print(f"{case['id']}: {wrong}, due {case['due']} found {found}", file=sys.stderr)
            for move in life.on("9999-12-31").moves if life else ():
                print(f"    {move.on} {move.kind} {move.criterion} {move.why}", file=sys.stderr)
    shares = {one: round(100 * n[f"right_{one}"] / max(1, n[one]), 1) for one in ("cases", "dates", "deadlines")}
    return {"percent": shares, "counts": dict(n)}


def state_on(life: CommitmentLife | None, day: str) -> str | None:
    """The state of a life on the evening of an ISO day; None where there is no life."""
    return life.on(day).state if life else None


def days_between(one: str, other: str) -> int:
    """Days between two ISO days."""
    return abs((dt.date.fromisoformat(one) - dt.date.fromisoformat(other)).days)


def main() -> None:
    """Print the figures as JSON."""
    verbose = "-v" in sys.argv
    path = Path(next(one for one in sys.argv[1:] if one != "-v"))
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    score = score_lives if "reports" in rows[0] else score_pairs
    print(json.dumps(score(rows, reader(), verbose), indent=1))


if __name__ == "__main__":
    main()
