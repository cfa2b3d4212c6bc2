"""Realis of given words: whether what a word tells of happened, did not happen, or is open.

    python benchmarks/realis.py GOLD/factuality/meantime.jsonl
    python benchmarks/realis.py GOLD/factuality/uds_ih2.jsonl --split test --settled 1

Each row of the file holds the tokens of a sentence and words of it with a mark from -3 (did not happen) to 3
(happened). The sentence is parsed anew and the realis rules are asked about the token the word falls on: "actual" is
happened, "denied" is did not, all others are open. `--settled` says from what mark either way a word counts as settled;
all rows of the file are read unless `--split` names a part. Nothing of the file is used to set a rule.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from diurna.annotate.events.realis import RealisFinder, realis_lexicon
from diurna.annotate.parse import Parser
from diurna.model.report import Block, Report
from diurna.model.span import Span

CLASSES = ("happened", "did not", "open")


def pairs(path: Path, split: str | None, settled: float) -> Iterator[tuple[str, str]]:
    """(gold class, class by the rules) of every marked word."""
    parser = Parser()
    for line in path.read_text(encoding="utf8").splitlines():
        row = json.loads(line)
        if split and row["split"] != split:
            continue
        starts, text = [], ""
        for token in row["tokens"]:
            starts.append(len(text))
            text += token + " "
        parse = parser.parse(_report(text))
        finder = RealisFinder(parse, realis_lexicon())
        for target in row["targets"]:
            inside = parse.tokens_in(Span(starts[target["tok"]], starts[target["tok"]] + len(target["word"])))
            found = finder.of(inside[0]) if inside else "generic"
            by_rules = {"actual": "happened", "denied": "did not"}.get(found, "open")
            mark = target["fact"]
            gold = "happened" if mark >= settled else "did not" if mark <= -settled else "open"
            yield gold, by_rules


def _report(text: str) -> Report:
    return Report("r", None, "v", None, None, None, None, None, "en", text, (Block("body", Span(0, len(text))),))


def f1(found: Counter[tuple[str, str]], kind: str) -> float:
    """F1 of one class, in per cent."""
    right = found[kind, kind]
    marked = sum(n for (gold, _), n in found.items() if gold == kind)
    said = sum(n for (_, told), n in found.items() if told == kind)
    return 200 * right / (marked + said) if marked + said else 0.0


def main() -> None:
    """Print the three F1 figures, their mean, and what was taken for what."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--split", default=None)
    parser.add_argument("--settled", type=float, default=3.0)
    args = parser.parse_args()
    found = Counter(pairs(args.gold, args.split, args.settled))
    figures = {kind: f1(found, kind) for kind in CLASSES}
    print(f"{sum(found.values())} words, macro-F1 {sum(figures.values()) / 3:.1f}")
    print(", ".join(f"{kind} {figure:.1f}" for kind, figure in figures.items()))
    for gold in CLASSES:
        row = ", ".join(f"{told} {found[gold, told]}" for told in CLASSES)
        print(f"gold {gold}: {row}")


if __name__ == "__main__":
    main()
