"""What a report costs to link as the number of reports grows: `python -m benchmarks.linking_cost FILE.jsonl...`.

Reports are taken from JSONL files in order of their days and linked a hundred at a time; every doubling prints a line.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from diurna.flow.relink import Linker
from diurna.model.record import Reading
from diurna.model.report import Report, content_hash
from diurna.model.timevalue import TimeValue

AT_ONCE = 100


def readings(paths: list[Path]) -> list[Reading]:
    """Unread reports by day: linking looks at texts and days alone."""
    found = [_reading(row) for path in paths for row in _rows(path)]
    return sorted(found, key=lambda one: (one.report.published.earliest or "") if one.report.published else "")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _reading(row: dict[str, Any]) -> Reading:
    day = (row.get("published") or row.get("date") or "")[:10]
    value = TimeValue(day, day, "day", day) if day else None
    text = row["text"]
    key = content_hash("rp", row["id"], text)
    return Reading(Report(key, row["id"], "", row.get("title"), None, row.get("outlet"), None, value, "en", text, ()))


def main() -> None:
    """Link and print milliseconds a report, of the hundred just added, at every doubling."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--most", type=int, default=100_000)
    asked = parser.parse_args()
    rows = readings(asked.files)[: asked.most]
    linker, due, spent = Linker(), 1_000, 0.0
    recent: list[float] = []
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        began = time.process_time()
        linker.add(some)
        recent.append(time.process_time() - began)
        spent += recent[-1]
        if start + len(some) >= due:
            last = sorted(recent[-10:])
            count = start + len(some)
            print(f"{count:>7} reports {spent:8.1f} s in all {last[5] * 1000 / AT_ONCE:8.2f} ms each now")
            due *= 2
    began = time.process_time()
    stories = len(linker.stories())
    shown = time.process_time() - began
    print(f"{len(rows):>7} reports {spent:8.1f} s in all; {stories} stories put out in {shown:.1f} s")


if __name__ == "__main__":
    main()
