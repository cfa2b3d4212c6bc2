"""How much quicker do several processes read than one? The same reports, taken in turn (1 N 1 N ...), in the same run.

    python benchmarks/reading_processes.py REPORTS.jsonl... [--workers 2] [--engine rules] [--rounds 3] [--reports 300]

Prints seconds, reports a second and the ratio of each round, with the load the machine had before it: other work on it
takes from the many more than from the one. CPU seconds say what the processes cost beside. What it costs to start
them is in the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import tempfile
import time
from itertools import islice
from pathlib import Path

from diurna.flow.executors import cores
from diurna.flow.reading import ReadJob, read_reports
from diurna.model.record import Reading
from diurna.model.report import Report
from diurna.sources.reader import read_sources

DEMO = Path(__file__).parent.parent / "src/diurna/demo/reports.jsonl"


def write_corpus(paths: list[str], count: int, target: Path) -> int:
    """Write `count` reports of `paths` to `target`, over and over where there are fewer; the words in them."""
    found = [one for one in islice(read_sources(paths), count) if isinstance(one, Report)]
    words = 0
    with target.open("w", encoding="utf-8") as file:
        for number in range(count):
            one = found[number % len(found)]
            words += len(one.text.split())
            file.write(json.dumps({"id": str(number), "outlet": "benchmark", "text": one.text}) + "\n")
    return words


def cpu_seconds() -> float:
    """CPU seconds of this process and of those it ended."""
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in spent)


def seconds(source: Path, engine: str, workers: int) -> tuple[float, float]:
    """Wall and CPU seconds to read all, from nothing to the last reading."""
    begun, spent = time.perf_counter(), cpu_seconds()
    job = ReadJob((str(source),), engine="rules" if engine == "rules" else "auto", workers=workers)
    assert all(isinstance(one, Reading) for one in read_reports(job))
    return time.perf_counter() - begun, cpu_seconds() - spent


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(DEMO)])
    parser.add_argument("--workers", type=int, default=cores())
    parser.add_argument("--engine", choices=("auto", "rules"), default="rules")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--reports", type=int, default=300)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "reports.jsonl"
        words = write_corpus(args.paths, args.reports, source)
        print(f"{args.reports} reports, {words:,} words, engine {args.engine}, {cores()} cores")
        ratios = []
        for number in range(1, args.rounds + 1):
            load = os.getloadavg()[0]
            (one, one_cpu), (many, many_cpu) = (seconds(source, args.engine, n) for n in (1, args.workers))
            ratios.append(one / many)
            print(f"round {number} (load {load:.1f}): 1 process {one:.1f} s, {args.reports / one:.1f} a second; "
                  f"{args.workers} processes {many:.1f} s, {args.reports / many:.1f} a second; "
                  f"ratio {ratios[-1]:.2f}; CPU {one_cpu:.1f} s and {many_cpu:.1f} s", flush=True)  # fmt: skip
    print(f"ratio: min {min(ratios):.2f}  median {statistics.median(ratios):.2f}  max {max(ratios):.2f}")


if __name__ == "__main__":
    main()
