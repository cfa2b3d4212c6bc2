"""Memory of exports: does it grow with the records? Every streaming format writes as many as asked, to nowhere.

    python -m benchmarks.export_memory --records 1000000 [FORMAT ...]

Each format has a process of its own. What is printed: records, bytes, seconds, memory (resident, MB) after the first
tenth and at the end, and by how much it grew in between. The records are those of the tests' sample readings, over and
over, each with ids of its own.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from diurna.export.formats import FORMATS
from diurna.model.record import Reading
from tests.export.samples import samples

_PAGE = 4096


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
        yield replace(
            one,
            report=replace(one.report, id=f"{one.report.id}-{number}"),
            statements=tuple(replace(each, id=f"{each.id}-{number}") for each in one.statements),
            events=tuple(replace(each, id=f"{each.id}-{number}") for each in one.events),
        )


def run(name: str, records: int) -> dict[str, object]:
    """Write one format to nowhere."""
    early = 0.0
    done = 0

    def watched() -> Iterator[Reading]:
        nonlocal early, done
        for one in readings(records):
            yield one
            done += len(one.statements) + len(one.events)
            if not early and done * 10 >= records:
                early = resident()

    began, size = time.monotonic(), 0
    for piece in FORMATS[name].write(watched()):
        size += len(piece)
    late = resident()
    return {
        "format": name, "records": done, "bytes": size, "seconds": round(time.monotonic() - began, 1),
        "mb_at_a_tenth": round(early, 1), "mb_at_the_end": round(late, 1), "grew_mb": round(late - early, 1),
    }  # fmt: skip


def main() -> None:
    """Run every format in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("formats", nargs="*", help="all streaming formats where none is named")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--here", action="store_true", help="in this process, one format")
    asked = parser.parse_args()
    names = asked.formats or [name for name, one in FORMATS.items() if not one.whole]
    if asked.here:
        sys.stdout.write(json.dumps(run(names[0], asked.records)) + "\n")
        return
    for name in names:
        command = [sys.executable, "-m", "benchmarks.export_memory", name, "--records", str(asked.records), "--here"]
        found = subprocess.run(command, check=True, capture_output=True, text=True)
        sys.stdout.write(found.stdout)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
