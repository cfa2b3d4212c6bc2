"""Memory of exports: does it grow with the records? Every format writes as many as asked, to nowhere.

    python -m benchmarks.export_memory --records 1000000 [FORMAT ...]

Each format has a process of its own. What is printed: records, bytes, seconds, memory (resident, MB) after the first
tenth of the records, when all are in, and the most there was at any time until the file was whole; and by how much the
most is above what it was at a tenth. The records are those of the tests' sample readings, over and over, each with ids
and a day of its own and, in every other copy, with actors of other names: a graph or a dossier has many.

With `--ledger FILE` the readings are those of a ledger.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from diurna.export.formats import FORMATS
from diurna.flow.exporting import kept_readings
from diurna.ledger.asking import Ask
from diurna.ledger.store import Ledger
from diurna.model.record import Reading
from diurna.model.timevalue import TimeValue
from tests.export.samples import samples

_PAGE = 4096
_FIRST = dt.date(2016, 1, 1)


def resident() -> float:
    """Resident memory of this process in MB."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE / 1e6


def readings(records: int) -> Iterator[Reading]:
    """Sample readings until that many statements and events are through, each report and record with its own id."""
    seen = 0
    for number, one in enumerate(itertools.cycle(samples())):
        if seen >= records:
            return
        seen += len(one.statements) + len(one.events)
        day = (_FIRST + dt.timedelta(days=number % 3_650)).isoformat()
        yield replace(
            one,
            report=replace(one.report, id=f"{one.report.id}-{number}", published=TimeValue(day, day, "day", day)),
            actors=tuple(replace(each, name=f"{each.name} {number}") for each in one.actors)
            if number % 2
            else one.actors,
            statements=tuple(replace(each, id=f"{each.id}-{number}") for each in one.statements),
            events=tuple(replace(each, id=f"{each.id}-{number}") for each in one.events),
        )


def kept(ledger: Path) -> Iterator[Reading]:
    """The readings of a ledger."""
    with Ledger(ledger) as opened:
        yield from kept_readings(opened.view(), Ask())


def run(name: str, records: int, source: Iterator[Reading]) -> dict[str, object]:
    """Write one format to nowhere, of at least so many records, or of as many as there are."""
    early = late = 0.0
    done = reports = 0

    def watched() -> Iterator[Reading]:
        nonlocal early, late, done, reports
        for one in source:
            yield one
            reports += 1
            done += len(one.statements) + len(one.events)
            if not early and done * 10 >= records:
                early = resident()
            if done >= records:
                break
        late = resident()

    began, size = time.monotonic(), 0
    for piece in FORMATS[name].write(watched()):
        size += len(piece)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6 * 1024
    return {
        "format": name, "reports": reports, "records": done, "bytes": size,
        "seconds": round(time.monotonic() - began, 1), "mb_at_a_tenth": round(early, 1), "mb_all_in": round(late, 1),
        "mb_most": round(most, 1), "grew_mb": round(most - early, 1),
    }  # fmt: skip


def main() -> None:
    """Run every format in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", help="all formats where none is named")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--ledger", type=Path, help="write the records of this ledger")
    parser.add_argument("--here", action="store_true", help="in this process, one format")
    asked = parser.parse_args()
    names = asked.formats or list(FORMATS)
    if asked.here:
        source = kept(asked.ledger) if asked.ledger else readings(asked.records)
        sys.stdout.write(json.dumps(run(names[0], asked.records, source)) + "\n")
        return
    for name in names:
        command = [sys.executable, "-m", "benchmarks.export_memory", name, "--records", str(asked.records), "--here"]
        command += ["--ledger", str(asked.ledger)] if asked.ledger else []
        found = subprocess.run(command, check=True, capture_output=True, text=True)
        sys.stdout.write(found.stdout)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
