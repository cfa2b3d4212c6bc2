"""A day's desk: thousands of reports of 600 words, read and kept by `diurna add`. How long, and how much memory?

    python benchmarks/day_desk.py LEDGER REPORTS.jsonl[.gz]... [--reports 14000] [--words 600] [--workers 2] [--link]

Texts are cut at their lines into reports of about so many words, none used twice. Prints, every minute and at the end,
one line of JSON: minutes, reports kept, and the resident memory of each process (Linux). LEDGER is made anew; without
`--link` linking is left to `diurna link`, which can be timed by itself.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from diurna.ledger.store import Ledger
from diurna.model.report import Report
from diurna.sources.reader import read_sources


def pieces(paths: list[str], words: int) -> Iterator[str]:
    """Texts of at least `words` words, cut out of the reports of `paths`, as long as there are any."""
    for one in read_sources(paths):
        if not isinstance(one, Report):
            continue
        part: list[str] = []
        count = 0
        for line in one.text.splitlines():
            part.append(line)
            count += len(line.split())
            if count >= words:
                yield "\n".join(part)
                part, count = [], 0


def write_corpus(target: Path, paths: list[str], reports: int, words: int) -> tuple[int, int]:
    """Write the reports, a day's thousand each; how many there are, and their words."""
    number = total = 0
    with target.open("w", encoding="utf-8") as file:
        for number, text in enumerate(itertools.islice(pieces(paths, words), reports), 1):
            total += len(text.split())
            day = f"2024-03-{1 + number // 1000:02d}"
            file.write(
                json.dumps({"id": f"desk-{number}", "outlet": "benchmark", "published": day, "text": text}) + "\n"
            )
    return number, total


def family(root: int) -> dict[int, float]:
    """Resident memory, in MB, of a process and of all below it."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:
            continue
    mine, grown = {root}, True
    while grown:
        grown = bool(more := {one for one, parent in parents.items() if parent in mine} - mine)
        mine |= more
    found = {}
    for one in sorted(mine):
        try:
            found[one] = int(Path(f"/proc/{one}/statm").read_text(encoding="utf-8").split()[1]) * 4096 / 1e6
        except OSError:
            continue
    return found


def main() -> None:
    """Write the corpus, add it, watch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--reports", type=int, default=14_000)
    parser.add_argument("--words", type=int, default=600)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engine", choices=("auto", "rules"), default="rules")
    parser.add_argument("--link", action="store_true")
    asked = parser.parse_args()
    if asked.ledger.exists():
        raise SystemExit(f"{asked.ledger} is there already: name a new one")
    corpus = asked.ledger.with_suffix(".jsonl")
    reports, words = write_corpus(corpus, asked.paths, asked.reports, asked.words)
    print(json.dumps({"reports": reports, "words": words, "words a report": round(words / reports)}), flush=True)
    command = [sys.executable, "-m", "diurna", "add", str(corpus), "--ledger", str(asked.ledger), "--json"]
    command += ["--engine", asked.engine, "--workers", str(asked.workers), *([] if asked.link else ["--no-link"])]
    began = time.monotonic()
    most: dict[int, float] = {}
    with asked.ledger.with_suffix(".out").open("w", encoding="utf-8") as out:
        process = subprocess.Popen(command, stdout=out)
        for second in itertools.count(1):
            now = family(process.pid)
            most |= {one: max(most.get(one, 0), size) for one, size in now.items()}
            if process.poll() is not None:
                break
            if second % 60 == 0:
                _say(began, asked.ledger, now)
            time.sleep(1)
    _say(began, asked.ledger, most)
    raise SystemExit(process.returncode)


def _say(began: float, place: Path, memory: dict[int, float]) -> None:
    """Minutes, reports kept so far, and what each process holds, the smallest helpers left out."""
    minutes = round((time.monotonic() - began) / 60, 2)
    with Ledger(str(place)) as ledger:
        kept = ledger.counts()["readings"]
    sizes = [round(size) for size in memory.values() if size > 50]
    print(json.dumps({"minutes": minutes, "kept": kept, "MB": sizes}), flush=True)


if __name__ == "__main__":
    main()
