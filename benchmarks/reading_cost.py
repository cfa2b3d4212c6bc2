"""How much dearer is `diurna.read` than something simpler over the same texts, in the same process and run?

    python benchmarks/reading_cost.py REPORTS.jsonl... [--engine rules] [--beside spacy] [--rounds 5] [--words 60000]

`--beside spacy` sets it beside the bare spaCy pass, `--engine auto --beside rules` the default engine beside the rules.

Prints CPU seconds of both, taken in turn (A B A B ...), and the ratio round by round: minimum, median, maximum.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from diurna.annotate.parse import DEFAULT_PIPELINE
from diurna.annotate.pipeline import AnnotateOptions
from diurna.flow.reading import annotator_for, read_report
from diurna.model.codec import reading_to_dict
from diurna.model.report import Report
from diurna.sources.reader import ReadOptions, read_sources

DEMO = Path(__file__).parent.parent / "src/diurna/demo/reports.jsonl"


def reports(paths: list[str], most_words: int) -> list[Report]:
    """Reports from `paths` until `most_words` words are reached."""
    taken, words = [], 0
    for one in read_sources(paths, ReadOptions()):
        if isinstance(one, Report):
            taken.append(one)
            words += len(one.text.split())
        if words >= most_words:
            break
    return taken


def cpu_seconds(work: Callable[[], None]) -> float:
    """CPU seconds of this process, all threads, that `work` takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(DEMO)])
    parser.add_argument("--engine", choices=("auto", "rules"), default="rules")
    parser.add_argument("--beside", choices=("spacy", "rules"), default="spacy")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--words", type=int, default=60_000)
    args = parser.parse_args()

    texts = reports(args.paths, args.words)
    nlp = importlib.import_module(DEFAULT_PIPELINE).load()
    engines = [annotator_for(AnnotateOptions(engine=engine)) for engine in ("rules", args.engine)]

    def bare() -> None:
        for report in texts:
            if args.beside == "spacy":
                nlp(report.text)
            else:
                reading_to_dict(read_report(report, engines[0]))

    def whole() -> None:
        for report in texts:
            reading_to_dict(read_report(report, engines[1]))

    for report in islice(texts, 5):  # warm up: lazy tables are loaded here
        nlp(report.text)
        for annotator in engines:
            read_report(report, annotator)
    rounds = [(cpu_seconds(bare), cpu_seconds(whole)) for _ in range(args.rounds)]
    ratios = [b / a for a, b in rounds]
    words = sum(len(report.text.split()) for report in texts)
    for name, seconds in (
        ("bare spaCy pass" if args.beside == "spacy" else "diurna, rules", [a for a, _ in rounds]),
        (f"diurna, {args.engine}", [b for _, b in rounds]),
    ):
        middle = statistics.median(seconds)
        print(f"{name:18s} {middle:7.2f} CPU s  {words / middle:8.0f} words a CPU second")
    print(f"ratio over {args.rounds} rounds, {len(texts)} reports, {words} words: "
          f"min {min(ratios):.2f}  median {statistics.median(ratios):.2f}  max {max(ratios):.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
