"""How fast does a large lake answer, and how large is it?

    python benchmarks/lake_speed.py FOLDER READINGS.jsonl... [--statements 10000000] [--days 365] [--times 7]

READINGS are output of `diurna read --json`. FOLDER is filled when it is not there: a lake of these readings is made,
and its rows are written again and again, each time re-dated to another day of a year, with other ids and, twice in
three times, other letters in names. Then every kind of question is asked of it, each time with other names and days.
One line of JSON a measurement; the last one names the slowest.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import shutil
import statistics
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from diurna.ledger.columns import Kind
from diurna.ledger.lake.lake import Lake
from diurna.ledger.lake.rows import MOST_RECORDS, TABLES, File, Numbered
from diurna.ledger.lake.writer import LakeWriter
from diurna.model.codec import reading_from_dict

FIRST = dt.date(2024, 1, 1)
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ACTS = ("promise", "deny", "accuse", "announce", "demand", "warn")
TYPES = ("PROTEST", "ASSAULT", "CONSULT", "SANCTION", "AID")
FILES: tuple[File, ...] = ("reports", "readings", *TABLES)
_PAGE = 50
_MOVED = (
    "strftime(try_cast({0} AS DATE) + to_days(date_diff('day', try_cast(report_day AS DATE), DATE '{1}')::INTEGER), "
    "'%Y-%m-%d')"
)
"""A day as far from the new day of the report as it was from the old one."""


def fill(folder: Path, paths: list[Path], statements: int, days: int) -> None:
    """Make the lake; one that was begun is gone on with."""
    base = folder.with_name(f"{folder.name}.base")
    if not (base / "counts.json").exists():
        _base(base, paths)
    readings, found = json.loads((base / "counts.json").read_text())
    copies = max(1, round(statements / found / days))
    duck = duckdb.connect()
    for kind in FILES:
        files = f"{base}/{kind}/*/*.parquet"
        if any((base / kind).glob("day=*/*.parquet")):
            duck.execute(f"CREATE TABLE {kind} AS SELECT * EXCLUDE (day) FROM '{files}' ORDER BY seq")  # noqa: S608
    for day in range(days):
        date = (FIRST + dt.timedelta(day)).isoformat()
        if (folder / "made" / date).exists():
            continue
        for kind in FILES:
            if any((base / kind).glob("day=*/*.parquet")):
                place = folder / kind / f"day={date}"
                place.mkdir(parents=True, exist_ok=True)
                for copy in range(copies):
                    _copy(duck, kind, place / f"part-{copy}.parquet", (date, day * copies + copy), readings)
        (folder / "made").mkdir(exist_ok=True)
        (folder / "made" / date).touch()
    (folder / "made" / "all").touch()
    shutil.rmtree(base)


def _base(base: Path, paths: list[Path]) -> None:
    shutil.rmtree(base, ignore_errors=True)
    writer, readings, found = LakeWriter(base), 0, 0
    for line in (line for path in paths for line in path.open(encoding="utf-8")):
        readings += 1
        one = reading_from_dict(json.loads(line))
        found += len(one.statements)
        writer.add(Numbered(readings, one, recorded_at="2026-01-01T00:00:00.000000Z"))
    writer.flush()
    (base / "counts.json").write_text(json.dumps([readings, found]))


def _copy(duck: duckdb.DuckDBPyConnection, kind: str, target: Path, as_of: tuple[str, int], readings: int) -> None:
    """Write the base's rows of one kind once more, as of one day."""
    date, copy = as_of
    step = (copy % 3) * (1 + copy % 11)  # one in three copies keeps its names
    other = LETTERS[step:] + LETTERS[:step]
    shift = copy * (readings + 1) * (1 if kind in ("reports", "readings") else MOST_RECORDS)
    known = {row[0] for row in duck.execute(f"DESCRIBE {kind}").fetchall()}
    renamed = [name for name in ("names", "speakers", "parties") if name in known]
    moved = [name for name in ("first", "last") if name in known]
    changed = [
        f"seq + {shift} AS seq",
        *([f"'rp-' || left(md5(report_id || '{copy}'), 20) AS report_id"] if "report_id" in known else []),
        *([f"'{date}' AS report_day"] if "report_day" in known else []),
        *(f"translate({name}, '{LETTERS}', '{other}') AS {name}" for name in renamed),
        *(f"coalesce({_MOVED.format(name, date)}, '') AS {name}" for name in moved),
    ]
    rows = f"SELECT * REPLACE ({', '.join(changed)}) FROM {kind}"  # noqa: S608
    if kind == "readings":  # DuckDB writes no groups as small as the lake's
        pq.write_table(duck.sql(rows).to_arrow_table(), target, compression="zstd", row_group_size=64)
        return
    duck.execute(f"COPY ({rows}) TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20000)")


Question = Callable[[Lake, random.Random, list[str], list[str]], Any]


def _year(draw: random.Random) -> dict[str, str]:
    start = FIRST + dt.timedelta(draw.randint(0, 330))
    return {"since": start.isoformat(), "until": (start + dt.timedelta(30)).isoformat()}


QUESTIONS: dict[str, Question] = {
    "first page of statements": lambda lake, *_: lake.statements(),
    "first page of deeds": lambda lake, *_: lake.events(),
    "first page of reports": lambda lake, *_: lake.reports(),
    "statements of a speaker": lambda lake, by, names, _: lake.statements(speaker=by.choice(names)),
    "statements of a party": lambda lake, by, names, _: lake.statements(actor=by.choice(names)),
    "statements by act": lambda lake, by, *_: lake.statements(kinds=(by.choice(ACTS),)),
    "statements of a month": lambda lake, by, *_: lake.statements(**_year(by)),
    "statements of an outlet": lambda lake, by, _, outlets: lake.statements(outlet=by.choice(outlets)),
    "statements of a speaker by act": lambda lake, by, names, _: lake.statements(
        speaker=by.choice(names), kinds=(by.choice(ACTS),)
    ),
    "statements said in a month": lambda lake, by, *_: lake.statements(clock="happened", **_year(by)),
    "statements as they were recorded": lambda lake, *_: lake.statements(clock="recorded"),
    "deeds of an actor": lambda lake, by, names, _: lake.events(actor=by.choice(names)),
    "deeds by type": lambda lake, by, *_: lake.events(kinds=(by.choice(TYPES),)),
    "timeline of a month": lambda lake, by, *_: lake.events(clock="happened", newest=False, **_year(by)),
    "promises": lambda lake, *_: lake.commitments(kinds=("promise",)),
    "gaps": lambda lake, *_: lake.gaps(),
    "reports that name somebody": lambda lake, by, names, _: lake.reports(actor=by.choice(names)),
}


def chance(lake: Lake) -> tuple[list[str], list[str]]:
    """Names of speakers, frequent and rare, and outlets."""
    found = lake.sql("SELECT speakers, count(*) AS n FROM statements WHERE day < '2024-01-08' AND length(speakers) > 6 "
                     "GROUP BY 1 ORDER BY n DESC, 1 LIMIT 400").fetchall()  # fmt: skip
    names = [row[0].strip("\x1f ") for row in [*found[:20], *found[20::20]]]
    of_a_day = "SELECT DISTINCT report_outlet FROM reports WHERE day = '2024-01-01' AND report_outlet IS NOT NULL"
    return names, sorted(row[0] for row in lake.sql(of_a_day).fetchall()) or ["none"]


def ask(folder: Path, name: str, question: Question, times: int) -> dict[str, Any]:
    """Ask one kind of question again and again for its first page, each time of a lake just opened and one at hand."""
    draw, took, found = random.Random(7), [], 0
    lake = Lake(folder)
    names, outlets = chance(lake)
    for _ in range(times):
        began = time.perf_counter()
        found += len(list(islice(question(lake, draw, names, outlets), _PAGE)))
        took.append(time.perf_counter() - began)
    lake.close()
    middle, slowest = statistics.median(took), max(took)
    return {"what": name, "median, s": round(middle, 2), "slowest, s": round(slowest, 2), "rows": found}


def main() -> None:
    """Fill, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("readings", nargs="+", type=Path)
    parser.add_argument("--statements", type=int, default=10_000_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--times", type=int, default=7)
    args = parser.parse_args()
    if not (args.folder / "made" / "all").exists():
        began = time.perf_counter()
        fill(args.folder, args.readings, args.statements, args.days)
        print(json.dumps({"what": "made", "seconds": round(time.perf_counter() - began)}), flush=True)
    began = time.perf_counter()
    kinds: tuple[Kind, ...] = ("reports", *TABLES)
    with Lake(args.folder) as lake:
        opened = time.perf_counter() - began
        rows = {kind: lake.sql(f"SELECT count(*) FROM {kind}").fetchall()[0][0] for kind in kinds}  # noqa: S608
    size = sum(path.stat().st_size for path in args.folder.rglob("*.parquet"))
    print(json.dumps({"what": "lake", **rows, "bytes": size, "opened in, s": round(opened, 2)}), flush=True)
    answers = []
    for name, question in QUESTIONS.items():
        answers.append(ask(args.folder, name, question, args.times))
        print(json.dumps(answers[-1]), flush=True)
    slowest = max(answers, key=lambda one: one["slowest, s"])
    print(json.dumps({"what": "slowest of all", "question": slowest["what"], "seconds": slowest["slowest, s"]}))


if __name__ == "__main__":
    main()
