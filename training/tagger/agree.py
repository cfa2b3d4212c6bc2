#!/usr/bin/env python3
"""Fit how the tagger and the rules are weighed together on the held-out reports; writes `agreement.json`.

Example:
    python agree.py --folder src/diurna/weights/tagger --gold polnear_train.jsonl --scorer score/statements.py
"""

import argparse
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from calibrate import fit
from data import Report as GoldReport
from data import load, part
from measure import gold_row, matched, scorer_at
from tokenizers import Tokenizer

from diurna.annotate.parse import Parse, Parser
from diurna.annotate.statements.attribution import find_statements
from diurna.annotate.statements.combine import SURE, Agreement, Tagged
from diurna.annotate.tagger.tagger import Tagger
from diurna.model.annotation import StatementDraft, TaggedStatement
from diurna.sources.reader import report_from_text

PLAIN = Agreement(0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0)
"""Leaves the tagger's confidence as it is and drops nothing."""

NEAR = 1.0
"""The threshold is the lowest whose joint F1 is within this many points of the best, which is chance on so few reports:
what is doubtful is shown with its doubt."""


def read(reports: Sequence[GoldReport], folder: Path) -> list[tuple[GoldReport, Parse, list[TaggedStatement]]]:
    """Parse and tag the reports once."""
    parser, tagger = Parser(), Tagger(folder)
    return [(one, parser.parse(report_from_text(one.text)), tagger.tag(one.text)) for one in reports]


def features(draft: StatementDraft) -> list[float]:
    """Return the constant, the tagger's log-odds, how far they are above `SURE`, which rule agrees, and any doubt."""
    sure = min(max(draft.confidence or 0.0, 0.01), 0.99)
    both = draft.rule.startswith("tagger+")
    quotation = draft.rule.startswith("tagger+quote")
    doubtful = draft.rule == "tagger:doubtful"
    odds = math.log(sure / (1 - sure))
    return [1.0, odds, max(0.0, odds - SURE), float(quotation), float(both and not quotation), float(doubtful)]


def judged(rows: Sequence[Any], module: Any) -> Iterator[tuple[list[float], bool]]:
    """Yield the features of every outermost statement the tagger has a part in, and whether it is right."""
    for gold, parse, tagged in rows:
        drafts = find_statements(parse, Tagged(tagged, PLAIN))
        words = [m.span() for m in module.WORD.finditer(gold.text)]
        starts, ends = [a for a, _ in words], [b for _, b in words]
        marked = [
            (module.words_in(s.content, starts, ends), module.words_in(s.source, starts, ends)) for s in gold.statements
        ]
        found = [
            (module.words_in(d.content, starts, ends), module.words_in([d.speaker] if d.speaker else [], starts, ends))
            for d in drafts
        ]
        for draft, right in zip(drafts, matched([one for one in marked if one[0]], found), strict=True):
            if draft.rule.startswith("tagger") and draft.parent is None:
                yield features(draft), right


def joint(rows: Sequence[Any], agreement: Agreement, module: Any) -> float:
    """Return the joint F1 (per cent) of reading with this agreement."""
    found = {}
    for gold, parse, tagged in rows:
        drafts = find_statements(parse, Tagged(tagged, agreement))
        statements = [
            {"id": str(i), "parent": None if d.parent is None else str(d.parent),
             "source": [d.speaker] if d.speaker else None, "content": d.content}
            for i, d in enumerate(drafts)
        ]  # fmt: skip
        found[gold.id] = {"id": gold.id, "text": gold.text, "statements": statements}
    return float(module.score({gold.id: gold_row(gold) for gold, _, _ in rows}, (found, {}))["joint"]["F1"])


def main() -> None:
    """Fit the weights, then the threshold, and write both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="folder of the graphs")
    parser.add_argument("--gold", type=Path, required=True, help="the gold that was trained on")
    parser.add_argument("--held", type=float, default=0.05, help="share held out in training")
    parser.add_argument("--scorer", type=Path, required=True, help="the scorer of statements")
    args = parser.parse_args()
    module = scorer_at(args.scorer)
    tokenizer = Tokenizer.from_file(str(args.folder / "tokenizer.json"))
    rows = read(part(load(args.gold, tokenizer), args.held, 0)[1], args.folder)
    measured = list(judged(rows, module))
    weights = fit(np.array([one for one, _ in measured]), np.array([float(right) for _, right in measured]))
    fitted = Agreement(*(round(float(w), 4) for w in weights), 0.0)
    tried = []
    for threshold in np.arange(0.1, 0.5, 0.01):
        one = replace(fitted, threshold=round(float(threshold), 2))
        tried.append((joint(rows, one, module), one))
        print(f"threshold {one.threshold}: joint F1 {tried[-1][0]}")
    best = max(f1 for f1, _ in tried)
    chosen = next(one for f1, one in tried if f1 >= best - NEAR)
    (args.folder / "agreement.json").write_text(json.dumps(asdict(chosen), indent=1) + "\n", encoding="utf8")
    print(chosen)


if __name__ == "__main__":
    main()
