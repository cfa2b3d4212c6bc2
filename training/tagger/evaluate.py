#!/usr/bin/env python3
"""Score trained graphs on gold reports: the scorer's figures, calibration, words a CPU second.

Example:
    python evaluate.py --folder src/diurna/weights/tagger --gold polnear_dev.jsonl --scorer score/statements.py
"""

import argparse
import json
import time
from pathlib import Path

from data import load
from measure import calibration, found_row, judge, scorer_at
from tokenizers import Tokenizer

from diurna.annotate.tagger.network import OnnxNetwork
from diurna.annotate.tagger.tagger import Options, Tagger, confidence


def main() -> None:
    """Tag the reports, print the scores, the speed and the calibration."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="folder of the graphs")
    parser.add_argument("--gold", type=Path, required=True, help="gold reports")
    parser.add_argument("--scorer", type=Path, required=True, help="the scorer of statements")
    parser.add_argument("--out", type=Path, help="write what was found here, one report a line")
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(args.folder / "tokenizer.json"))
    reports = load(args.gold, tokenizer)
    tagger = Tagger(args.folder)
    begun = time.process_time()
    rows = {r.id: found_row(r, tagger.tag(r.text)) for r in reports}
    spent = time.process_time() - begun
    if args.out:
        args.out.write_text("".join(json.dumps(row) + "\n" for row in rows.values()), encoding="utf8")
    module = scorer_at(args.scorer)
    for key, value in module.score(module.load(args.gold)[0], (rows, {})).items():
        print(f"{key:16s} {value}")
    print(f"words a CPU second {sum(len(r.text.split()) for r in reports) / spent:.0f}")
    options = Options.load(args.folder / "config.json")
    judged = judge(reports, tokenizer, OnnxNetwork(args.folder), options, args.scorer)
    sure = [confidence(m, options) for m in judged.measures]
    kept = [(s, r) for s, r in zip(sure, judged.right, strict=True) if s >= options.threshold]
    error, bins = calibration([s for s, _ in kept], [r for _, r in kept])
    print(f"calibration error {error:.3f}, bins (confidence, share right, how many): {bins}")


if __name__ == "__main__":
    main()
