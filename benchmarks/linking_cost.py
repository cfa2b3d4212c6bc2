"""What a report costs to put to its story as a ledger grows.

    python benchmarks/linking_cost.py LEDGER REPORTS.jsonl... --most 100000 --csv cost.csv --plot cost.svg

REPORTS have texts and days (`published` or `date`). They are mixed by their hashes, so that every thousand is of one
kind, and added a hundred at a time, each thousand in the order of its days; what linking takes of the processor's time
is written down. Records are left out: stories alone are measured. When the reports are used up they come again under
other names. Every thousand is `--apart` days later than the one before, as in a stream that goes on; with 0 all are of
the same weeks, so that ever more stories stand where a new report looks. A run that has used up its `--minutes` goes on
where it ended.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import re
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count, islice
from pathlib import Path
from statistics import median
from typing import Any

from diurna.flow.linking import link
from diurna.ledger.store import Ledger
from diurna.model.record import Reading
from diurna.model.report import Report, content_hash
from diurna.model.timevalue import TimeValue

AT_ONCE = 100
PART = 1_000
_CAPITAL = re.compile(r"\b[A-Z][a-z]{3,}")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def readings(paths: Sequence[Path], apart: int) -> Iterator[Reading]:
    """Unread reports, a thousand after the other, again and again."""
    rows = sorted(
        (row for path in paths for row in _rows(path) if _day(row)), key=lambda row: content_hash("rp", row["id"])
    )
    parts = [sorted(rows[n : n + PART], key=_day) for n in range(0, max(1, len(rows) - PART + 1), PART)]
    for number in count():
        copy, place = divmod(number, len(parts))
        yield from (_reading(row, copy, number * apart) for row in parts[place])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _day(row: dict[str, Any]) -> str:
    return str(row.get("published") or row.get("date") or "")[:10]


def _reading(row: dict[str, Any], copy: int, later: int) -> Reading:
    day, text, title = _day(row), row["text"], row.get("title")
    day = (date.fromisoformat(day) + timedelta(days=later)).isoformat()
    if copy:
        text, title = _renamed(text, copy), _renamed(title, copy) if title else None
    value = TimeValue(day, day, "day", day)
    key = content_hash("rp", row["id"], copy, later, text)
    return Reading(
        Report(key, row["id"], content_hash("vs", text), title, None, row.get("outlet"), None, value, "en", text, ())
    )


def _renamed(text: str, copy: int) -> str:
    """Two names in three become others of the same length, the same ones everywhere in a copy."""
    return _CAPITAL.sub(lambda found: _other(found[0], copy), text)


def _other(word: str, copy: int) -> str:
    if (len(word) + copy) % 3 == 0:
        return word
    return word[0] + "".join(_LETTERS[(ord(char) - 97 + copy) % 26] for char in word[1:])


def measure(ledger: Ledger, some: Iterator[Reading], most: int, minutes: float) -> Iterator[tuple[int, float]]:
    """Reports in the ledger, and seconds it took to link the hundred added last."""
    began = time.monotonic()
    done = 0
    while done < most and time.monotonic() - began < minutes * 60:
        ledger.add(islice(some, AT_ONCE))
        started = time.process_time()
        for _ in link(ledger):
            pass
        spent = time.process_time() - started
        with ledger.snapshot() as connection:
            done = connection.exec_driver_sql("SELECT count(*) FROM readings").scalar() or 0
        yield done, spent


def points(rows: Sequence[tuple[int, float]]) -> list[tuple[int, float]]:
    """Medians over steps of a ledger's size, each half a size larger: (reports, milliseconds a report)."""
    steps: dict[int, list[tuple[int, float]]] = {}
    for at, spent in rows:
        steps.setdefault(round(math.log(at / 1000, 1.5)), []).append((at, spent))
    return [
        (round(median(at for at, _ in some)), round(1000 * sum(spent for _, spent in some) / len(some) / AT_ONCE, 2))
        for step, some in sorted(steps.items())
        if step >= 0
    ]


def plot(files: Sequence[Path], target: Path) -> None:
    """The points of several runs, a line each, by the names of their CSV files."""
    import altair as alt

    rows = [
        {"run": file.stem.replace("_", " "), "reports": at, "ms": ms}
        for file in files
        for at, ms in points(_read(file))
    ]
    lines = alt.Chart(alt.Data(values=rows)).mark_line(point=True).encode(
        x=alt.X("reports:Q", scale=alt.Scale(type="log"), title="reports in the ledger"),
        y=alt.Y("ms:Q", title="milliseconds a report"),
        color=alt.Color("run:N", title=None, scale=alt.Scale(range=["#3b5b7a", "#b5651d"])),
    )  # fmt: skip
    lines.properties(width=480, height=220).save(str(target))


def _read(file: Path) -> list[tuple[int, float]]:
    return [(int(at), float(spent)) for at, spent in csv.reader(file.open())] if file.exists() else []


def main() -> None:
    """Measure, and print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--apart", type=int, default=2_200, help="days by which a thousand is later than the last")
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--csv", type=Path, nargs="+", default=[Path("linking_cost.csv")])
    parser.add_argument("--plot", type=Path, help="draw the runs of these CSV files as SVG")
    asked = parser.parse_args()
    if asked.files:
        done = _read(asked.csv[0])
        with Ledger(asked.ledger) as ledger, asked.csv[0].open("a", newline="") as file:
            some = islice(readings(asked.files, asked.apart), AT_ONCE * len(done), None)
            for row in measure(ledger, some, asked.most, asked.minutes):
                csv.writer(file).writerow(row)
                file.flush()
    for name in asked.csv:
        for at, ms in points(_read(name)):
            print(f"{name.stem}: {at:>7} reports {ms:8.2f} ms a report")
    if asked.plot:
        plot(asked.csv, asked.plot)


if __name__ == "__main__":
    main()
