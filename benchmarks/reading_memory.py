"""Does memory grow with the number of reports read?

    python benchmarks/reading_memory.py REPORTS.jsonl.gz... [--reports 14000] [--cut 2000] [--every 200]

Reads report after report in one process and prints resident memory as it goes. `--cut` splits each text into pieces
of about that many characters at line ends, so that a corpus of few long transcripts gives many reports; 0 leaves
texts whole. The last line compares the first mark with the highest later one.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Iterator
from pathlib import Path

from diurna.annotate.pipeline import AnnotateOptions
from diurna.flow.reading import annotator_for, read_report
from diurna.model.report import Report
from diurna.sources.reader import ReadOptions, read_sources, report_from_text

DEMO = Path(__file__).parent.parent / "src/diurna/demo/reports.jsonl"


def pieces(paths: list[str], cut: int) -> Iterator[Report]:
    """The reports of `paths`, each cut into pieces of about `cut` characters (0: whole)."""
    for one in read_sources(paths, ReadOptions()):
        if not isinstance(one, Report):
            continue
        if not cut:
            yield one
            continue
        part = ""
        for line in one.text.splitlines(keepends=True):
            part += line
            if len(part) >= cut:
                yield report_from_text(part)
                part = ""


def resident_mb() -> float:
    """Resident memory now, in MiB (where /proc is absent, the peak so far)."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 2**20


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(DEMO)])
    parser.add_argument("--reports", type=int, default=14_000)
    parser.add_argument("--cut", type=int, default=2_000)
    parser.add_argument("--every", type=int, default=200)
    parser.add_argument("--engine", choices=("auto", "rules"), default="rules")
    args = parser.parse_args()

    annotator = annotator_for(AnnotateOptions(engine=args.engine))
    marks: list[float] = []
    for number, report in enumerate(pieces(args.paths, args.cut), 1):
        read_report(report, annotator)
        if number % args.every == 0:
            marks.append(resident_mb())
            print(f"{number:7d} reports  {marks[-1]:7.1f} MiB", flush=True)
        if number >= args.reports:
            break
    if marks:
        print(f"after {args.every}: {marks[0]:.1f} MiB; highest later: {max(marks):.1f} MiB; "
              f"last: {marks[-1]:.1f} MiB; growth x{max(marks) / marks[0]:.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
