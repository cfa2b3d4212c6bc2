#!/usr/bin/env python3
"""Fit the tagger's confidence and its threshold on the held-out reports; writes `config.json` beside the graphs.

Example:
    python calibrate.py --folder src/diurna/weights/tagger --gold polnear_train.jsonl --scorer score/statements.py
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt
from data import load, part
from measure import Judged, judge
from tokenizers import Tokenizer

from diurna.annotate.tagger.network import OnnxNetwork
from diurna.annotate.tagger.tagger import Options

Numbers = npt.NDArray[np.float64]
BIASES = (0.0, 0.5, 1.0, 1.5, 2.0)
NEAR = 0.005  # of biases as good as the best within this joint F1, the largest is taken, for it misses least


def fit(rows: Numbers, right: Numbers, ridge: float = 1.0) -> Numbers:
    """Return the weights of a logistic regression, by Newton's method; the first column is the constant."""
    mean, scale = rows.mean(0), rows.std(0)
    mean[0], scale[0] = 0.0, 1.0
    scale[scale == 0] = 1.0
    x = (rows - mean) / scale
    weights = np.zeros(x.shape[1])
    penalty = ridge * np.eye(x.shape[1])
    penalty[0, 0] = 0.0
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (p - right) + penalty @ weights
        weights -= np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + penalty, slope)
    out = weights / scale
    out[0] -= float((weights * mean / scale)[1:].sum())
    return np.asarray(out)


def joint_at(threshold: float, sure: Numbers, right: Numbers, gold: int) -> float:
    """Return the joint F1 (0 to 1) of keeping what is at least this sure."""
    kept = sure >= threshold
    return float(2 * right[kept].sum() / (kept.sum() + gold))


def best_threshold(sure: Numbers, right: Numbers, gold: int) -> tuple[float, float]:
    """Return the threshold, and the joint F1 reached at best.

    The threshold is half that F1: best where confidence is a true probability, and less a matter of chance.
    """
    best = max(joint_at(t, sure, right, gold) for t in np.arange(0.05, 0.7, 0.01))
    return best / 2, best


def calibrated(judged: Judged, bias: float) -> tuple[Options, float]:
    """Return options fitted on judged proposals, and the joint F1 they reach on them."""
    rows, right = np.array(judged.measures), np.array(judged.right, dtype=float)
    weights = fit(rows, right)
    sure = 1 / (1 + np.exp(-rows @ weights))
    threshold, f1 = best_threshold(sure, right, judged.gold)
    return Options(bias, round(threshold, 2), tuple(float(f"{w:.6g}") for w in weights)), f1


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True, help="folder of the graphs")
    parser.add_argument("--gold", type=Path, required=True, help="the gold that was trained on")
    parser.add_argument("--held", type=float, default=0.05, help="share held out in training")
    parser.add_argument("--scorer", type=Path, required=True, help="the scorer of statements")
    return parser.parse_args(argv)


def main() -> None:
    """Try each cue bias and keep the largest that is as good as any on the held-out reports."""
    args = arguments()
    tokenizer = Tokenizer.from_file(str(args.folder / "tokenizer.json"))
    network = OnnxNetwork(args.folder, 2)
    held = part(load(args.gold, tokenizer), args.held, 0)[1]
    tried = []
    for bias in BIASES:
        options, f1 = calibrated(judge(held, tokenizer, network, Options(cue_bias=bias), args.scorer), bias)
        print(f"cue bias {bias}: joint F1 {100 * f1:.1f} at threshold {options.threshold}")
        tried.append((f1, options))
    top = max(f1 for f1, _ in tried)
    best = [options for f1, options in tried if f1 >= top - NEAR][-1]
    (args.folder / "config.json").write_text(json.dumps(asdict(best), indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
