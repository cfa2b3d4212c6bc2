"""Do workers that are killed at random change what Ray reads, and how much quicker are two than one?

    python benchmarks/ray_killing.py FOLDER REPORTS.jsonl [--reports 5000] [--kills 10] [--workers 2] [--scaling]

Reads the reports into a lake in this process, then once more by Ray while its workers are killed (SIGKILL), one every
few seconds, and compares every file of both lakes. `--scaling` instead reads with one and with two workers of Ray,
killing none, and prints how long each took, without what starting takes. One line of JSON at the end.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import shutil
import signal
import threading
import time
from contextlib import suppress
from itertools import islice
from pathlib import Path

from diurna.flow.many import ManyJob, read_many
from diurna.flow.reading import ReadJob


def digest(folder: Path) -> dict[str, str]:
    """Every file of a lake, and what is in it."""
    files = sorted(folder.glob("*/day=*/*"))
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def at_work(folder: Path) -> set[int]:
    """Workers, by the notes they leave."""
    return {int(path.name.rpartition("-")[2]) for path in (folder / "_partitions").glob("at-work-*")}


def read(source: Path, folder: Path, ray: str | None, workers: int) -> tuple[int, float]:
    """Reports read, and seconds from the first partition that was done to the last."""
    shutil.rmtree(folder, ignore_errors=True)
    reports, first, last = 0, 0.0, 0.0
    for one in read_many(ManyJob(ReadJob((str(source),), engine="rules", workers=workers), folder, ray, rows=50)):
        last = time.monotonic()
        first = first or last
        reports += one.reports
    return reports, last - first


def killed(folder: Path, most: int, ended: threading.Event, seed: int = 7) -> list[int]:
    """Kill a worker every one to four seconds; their numbers."""
    draw, gone = random.Random(seed), []
    while not ended.wait(draw.uniform(1, 4)) and len(gone) < most:
        some = sorted(at_work(folder) - set(gone))
        if some:
            one = draw.choice(some)
            gone.append(one)
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
    return gone


def main() -> None:
    """Read, kill, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--reports", dest="count", type=int, default=5_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--scaling", action="store_true")
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    source = args.folder / "reports.jsonl"
    with args.reports.open(encoding="utf-8") as rows:
        source.write_text("".join(islice(rows, args.count)), encoding="utf-8")
    if args.scaling:
        took = {workers: read(source, args.folder / f"ray{workers}", "local", workers)[1] for workers in (1, 2)}
        print(json.dumps({"seconds": took, "two over one": round(took[1] / took[2], 2)}))
        return
    reports, _ = read(source, args.folder / "serial", None, 1)
    ended, gone = threading.Event(), []
    thread = threading.Thread(target=lambda: gone.extend(killed(args.folder / "ray", args.kills, ended)))
    shutil.rmtree(args.folder / "ray", ignore_errors=True)
    thread.start()
    again, _ = read(source, args.folder / "ray", "local", args.workers)
    ended.set()
    thread.join()
    serial, by_ray = digest(args.folder / "serial"), digest(args.folder / "ray")
    print(json.dumps({
        "reports": reports, "by Ray": again, "workers killed": len(gone), "files": len(serial),
        "files that differ": sum(serial.get(name) != by_ray.get(name) for name in serial.keys() | by_ray.keys()),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
