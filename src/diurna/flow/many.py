"""Whole archives into a lake: sources in partitions, each read by whoever is free, here or on other machines (Ray).

A partition is read and written as a whole, under a name of its own, in one step a file; it is done when its note is
there. So a worker that dies, or a run that is stopped, loses what it was at and nothing else, and whoever reads the
partition again writes the same bytes to the same names: nothing is lost, nothing doubled.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout, suppress
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from diurna.errors import MissingPartError, UsageError
from diurna.flow.executors import Read
from diurna.flow.reading import ReadJob, load_reader
from diurna.ledger.lake.rows import Numbered
from diurna.ledger.lake.writer import LakeWriter, is_lake
from diurna.sources.incoming import Incoming, SourceFailure
from diurna.sources.locate import STANDARD_INPUT, files_of, is_address
from diurna.sources.reader import read_incoming

_ROWS = 200
"""Reports of a partition where a file can be taken apart: a minute's work for one core."""
MOST_ROWS = 1 << 20
_NOTES = "_partitions"
_KEPT = 100
"""Failures a partition's note spells out."""


@dataclass(frozen=True, slots=True)
class Partition:
    """Some of what is to be read: rows `first` to before `last` of a file; `last` None is its end."""

    number: int
    path: str
    first: int = 0
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What a partition came to.

    Attributes:
        failures: how many things failed; `reasons` spells the first of them out.
    """

    number: int
    reports: int
    failures: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ManyJob:
    """What to read into which lake.

    Attributes:
        read: sources, options, and how many workers.
        folder: the lake's; one in which a run was stopped is gone on with.
        ray: None reads in this process; "local" with Ray on this machine; else the address of a Ray cluster, whose
            machines must all see the sources and the folder.
        rows: reports of a partition where files can be taken apart.
    """

    read: ReadJob
    folder: Path
    ray: str | None = None
    rows: int = _ROWS


def partitions(job: ManyJob) -> list[Partition]:
    """All partitions, the same ones in the same order every time.

    Raises:
        UsageError: a source is not there, or is standard input, which cannot be read twice.
    """
    found: list[Partition] = []
    for path in (path for source in job.read.sources for path in files_of(source)):
        if isinstance(path, SourceFailure):
            raise UsageError(f"{path.where}: {path.reason}")
        if path == STANDARD_INPUT or is_address(path):
            raise UsageError(f"{path}: only files are read into a lake, since what was begun must be found again")
        if not os.path.isfile(path):  # noqa: PTH113 - as the reader opens it
            raise UsageError(f"there is no file {path}")
        count = _rows_of(path)
        if count is None:
            found.append(Partition(len(found), path))
            continue
        for first in range(0, max(1, count), job.rows):
            last = first + job.rows
            found.append(Partition(len(found), path, first, last if last < count else None))
    return found


def _rows_of(path: str) -> int | None:
    """How many rows a file has, where that is told quickly; None where it is read as a whole."""
    if path.endswith(".jsonl"):
        with open(path, "rb") as file:  # noqa: PTH123 - as the reader opens it
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    if path.endswith(".parquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq

        with suppress(OSError, pa.ArrowException):
            return int(pq.read_metadata(path).num_rows)
    return None


def read_many(job: ManyJob) -> Iterator[Done]:
    """Read all partitions that are not done into the lake; one `Done` for each as it ends, those done before first.

    Raises:
        UsageError: a source cannot be read into a lake, or the folder holds something else.
        MissingPartError: Ray, or what reading needs, is not installed.
    """
    todo = partitions(job)
    _begin(job, todo)
    before = {one.number: one for one in _notes(job.folder)}
    yield from (before[number] for number in sorted(before))
    left = [one for one in todo if one.number not in before]
    yield from _by_ray(job, left) if job.ray else _here(job, left)
    _clear(job.folder)


def _begin(job: ManyJob, todo: list[Partition]) -> None:
    """Make the folder, or see that it is one of the same run."""
    notes = job.folder / _NOTES
    plan = json.dumps([asdict(one) for one in todo])
    if job.folder.exists() and not notes.is_dir() and (not is_lake(job.folder) or any(job.folder.iterdir())):
        raise UsageError(f"{job.folder} is there already: name another folder")
    known = notes / "plan.json"
    if known.exists() and known.read_text(encoding="utf-8") != plan:
        raise UsageError(f"{job.folder} is of a run over other sources: name another folder")
    notes.mkdir(parents=True, exist_ok=True)
    (job.folder / "reports").mkdir(exist_ok=True)
    known.write_text(plan, encoding="utf-8")


def _notes(folder: Path) -> Iterator[Done]:
    for path in (folder / _NOTES).glob("[0-9]*.json"):
        row = json.loads(path.read_text(encoding="utf-8"))
        yield Done(row["number"], row["reports"], row["failures"], tuple(row["reasons"]))


def _clear(folder: Path) -> None:
    """Remove what workers that died had begun to write."""
    for path in folder.glob("*/day=*/.*"):
        path.unlink(missing_ok=True)


def _here(job: ManyJob, left: Iterable[Partition]) -> Iterator[Done]:
    read: Read | None = None
    for one in left:
        read = read or load_reader(job.read.annotate_options)
        yield read_partition(job, one, read)


def read_partition(job: ManyJob, part: Partition, read: Read) -> Done:
    """Read one partition, write what is found, and note that it is done."""
    name = f"part-{part.number:06d}"
    writer, reports, reasons = LakeWriter(job.folder, name), 0, []
    incoming = islice(read_incoming([part.path], job.read.read_options), part.first, part.last)
    for place, one in enumerate(incoming):
        if isinstance(one, Incoming):
            reading = read(one)
            writer.add(Numbered(part.number * MOST_ROWS + place + 1, reading))
            reports += 1
            reasons += [f"{one.where}: {fault.stage}: {fault.reason}" for fault in reading.failures]
        else:
            reasons.append(f"{one.where}: {one.stage}: {one.reason}")
    writer.flush()
    done = Done(part.number, reports, len(reasons), tuple(reasons[:_KEPT]))
    note = job.folder / _NOTES / f"{part.number:06d}.json"
    half = note.with_suffix(f".{os.getpid()}")
    half.write_text(json.dumps(asdict(done)), encoding="utf-8")
    os.replace(half, note)  # noqa: PTH105 - one step, as rename(2) promises
    return done


# --- Ray


class RayReader:
    """A worker of Ray's: loads the annotators once, then reads partition after partition."""

    def __init__(self, job: ManyJob) -> None:
        self._job, self._read = job, load_reader(job.read.annotate_options)

    def ready(self) -> None:
        """Answers once the annotators are loaded."""

    def read(self, part: Partition) -> Done:
        """One partition; a note says who is at it."""
        at_work = self._job.folder / _NOTES / f"at-work-{os.getpid()}"
        at_work.write_text(str(part.number), encoding="utf-8")
        done = read_partition(self._job, part, self._read)
        at_work.unlink(missing_ok=True)
        return done


def _by_ray(job: ManyJob, left: list[Partition]) -> Iterator[Done]:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would tell its makers over the network
    try:
        import ray
    except ImportError:
        raise MissingPartError("Ray is not installed: python -m pip install 'diurna[ray]'") from None
    if not left:
        return
    workers = min(job.read.workers or os.cpu_count() or 1, len(left))
    ours = not ray.is_initialized()
    if ours and job.ray == "local":
        ray.init(
            num_cpus=workers, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR,
            object_store_memory=200_000_000,
        )  # fmt: skip
    elif ours:
        ray.init(address=job.ray, log_to_driver=False, logging_level=logging.ERROR)
    try:
        yield from _handed_out(ray, job, left, workers)
    finally:
        if ours:
            with redirect_stdout(sys.stderr):
                ray.shutdown()


def _handed_out(ray: Any, job: ManyJob, left: list[Partition], workers: int) -> Iterator[Done]:
    """Partitions to whoever is free, one ahead of the one a worker is at; as they end.

    A worker that dies is started again, maybe elsewhere, and reads again what it had. One for which the cluster has no
    room is given nothing and not waited for.
    """
    worker = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=-1)(RayReader)
    pool = [worker.remote(job) for _ in range(workers)]
    starting = {one.ready.remote(): one for one in pool}
    todo, busy = deque(left), {}

    def give(one: Any) -> None:
        if todo:
            busy[one.read.remote(todo.popleft())] = one

    while todo or busy:
        with redirect_stdout(sys.stderr):  # where Ray tells of workers that died; standard output is the caller's
            (ended, *_), _ = ray.wait([*busy, *starting], num_returns=1)
            found = ray.get(ended)
        one = busy.pop(ended, None)
        if one is None:
            one = starting.pop(ended)
            give(one)
        give(one)
        if found is not None:
            yield found
