"""Sources into a ledger: what is known is not read again, what is read is kept in batches, whole or not at all."""

from __future__ import annotations

import gzip
import json
import os
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from diurna.errors import RecordError, SourceError
from diurna.flow.executors import read_all
from diurna.flow.reading import ReadJob, load_reader
from diurna.ledger.outcome import Added
from diurna.ledger.publish import attach
from diurna.ledger.store import BATCH_RECORDS, Ledger, RunningAdd, weight
from diurna.ledger.writer import Fault
from diurna.model.codec import reading_from_dict
from diurna.model.record import Reading, check_reading
from diurna.model.report import content_hash
from diurna.sources.incoming import Incoming, SourceFailure
from diurna.sources.locate import STANDARD_INPUT, files_of
from diurna.sources.reader import read_incoming
from diurna.sources.streams import in_utf8, lines, open_stream

_AT_ONCE = 100
"""Reports of which is asked at once whether the ledger has them."""

_A_FEW = 10

_LONGEST_WAIT = 2.0
"""Seconds after which a batch is stored even if it is small: what is lost by a power cut is at most so much work."""

_LONGEST_LINE = 256_000_000
_READY = (b'{"schema"', b'{ "schema"')


@dataclass(frozen=True, slots=True)
class IngestJob:
    """What to read and keep.

    Attributes:
        texts: sources of the texts that records published without them rest on.
        again: read also what is known, and let the records found now take the place of those found before.
    """

    read: ReadJob
    again: bool = False
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What has been kept so far, all of it safe, and what failed since the step before."""

    total: Added
    failures: tuple[str, ...] = ()


@dataclass(slots=True)
class _Waiting:
    """What has been read and is not kept yet."""

    readings: list[Reading] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    size: int = 0
    since: float = field(default_factory=time.monotonic)

    def take(self, found: Reading | SourceFailure) -> None:
        """One more."""
        if isinstance(found, SourceFailure):
            self.faults.append(Fault(found.where, found.stage, found.reason))
            self.size += 1
        else:
            self.readings.append(found)
            self.size += weight(found)

    def must_go_first(self, found: Reading | SourceFailure) -> bool:
        """Whether a batch must end before `found`, so that what is in a ledger never hangs on where batches end.

        A batch writes the failures of readings before all others, and names each by its place among them.
        """
        if isinstance(found, SourceFailure) or not found.failures:
            return False
        return bool(self.faults) or any(one.failures for one in self.readings)

    @property
    def is_due(self) -> bool:
        """Whether it is time to keep it."""
        return self.size >= BATCH_RECORDS or time.monotonic() - self.since >= _LONGEST_WAIT


def ingest(
    job: IngestJob, ledger: Ledger, incoming: Iterator[Incoming | SourceFailure] | None = None
) -> Iterator[Step]:
    """Read the job's sources and keep what is found; a step after every transaction, the last one with all.

    Args:
        incoming: what has come in already; it is read instead of the job's sources, which then only name the run.

    A run that is stopped keeps what it has read so far; one that is killed keeps what it had reported. Either way the
    same job goes on where it ended, since what the ledger has is not read again.

    Raises:
        LedgerError: the ledger cannot take it; nothing half kept stays behind.
    """
    with ledger.run(" ".join(job.read.sources)) as run:
        waiting, found = _Waiting(), _found(job, ledger, incoming)
        try:
            for one in found:
                if one is None:
                    run.pass_over(1)
                else:
                    if waiting.must_go_first(one):
                        yield _keep(job, run, waiting)
                        waiting = _Waiting()
                    waiting.take(one)
                if waiting.is_due:
                    yield _keep(job, run, waiting)
                    waiting = _Waiting()
        except KeyboardInterrupt:
            _keep(job, run, waiting)
            raise
        finally:
            if isinstance(found, Generator):
                found.close()  # ends the workers now, not when somebody collects what is left of it
        yield _keep(job, run, waiting)


def _keep(job: IngestJob, run: RunningAdd, waiting: _Waiting) -> Step:
    if waiting.readings or waiting.faults:
        run.store(waiting.readings, waiting.faults, again=job.again)
    failed = [f"{fault.place}: {fault.reason}" for fault in waiting.faults]
    for reading in waiting.readings:
        name = reading.report.source_id or reading.report.url or reading.report.title or reading.report.id
        failed += [f"{name}: {failure.stage}: {failure.reason}" for failure in reading.failures]
    return Step(run.total, tuple(failed))


def _found(
    job: IngestJob, ledger: Ledger, incoming: Iterator[Incoming | SourceFailure] | None
) -> Iterator[Reading | SourceFailure | None]:
    """Readings of what the ledger has not; None where something was passed over."""
    items = _items(job, ledger) if incoming is None else _unread(incoming, job, ledger, is_all_there=False)
    return read_all(items, load_reader, job.read.annotate_options, job.read.crew)


def _items(job: IngestJob, ledger: Ledger) -> Iterator[Incoming | Reading | SourceFailure | None]:
    """What is to be read, what is read already, what cannot be; None for what the ledger has."""
    for source in job.read.sources:
        for path in files_of(source):
            if isinstance(path, SourceFailure):
                yield path
            elif _is_ready(path):
                yield from _ready(path, job, ledger)
            else:
                yield from _unread(read_incoming([path], job.read.read_options), job, ledger)


def _unread(
    incoming: Iterator[Incoming | SourceFailure], job: IngestJob, ledger: Ledger, *, is_all_there: bool = True
) -> Iterator[Incoming | SourceFailure | None]:
    """What the ledger has not; asked for many at once, or for a few where each may have to be waited for."""
    for some in _grouped(incoming, _AT_ONCE if is_all_there else _A_FEW):
        keys = [(one.report.id, one.report.version) for one in some if isinstance(one, Incoming)]
        known = set() if job.again else ledger.known(keys)
        for one in some:
            is_known = isinstance(one, Incoming) and (one.report.id, one.report.version) in known
            yield None if is_known else one


def _grouped(found: Iterator[Any], size: int = _AT_ONCE) -> Iterator[list[Any]]:
    some: list[Any] = []
    for one in found:
        some.append(one)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


# --- ready-made readings


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of ready-made readings, not decoded yet; `key` is the report's id and version."""

    where: str
    value: dict[str, Any]
    key: tuple[str, str]


def _is_ready(path: str) -> bool:
    """Whether a file, or standard input, holds what `diurna read --json` prints."""
    if path == STANDARD_INPUT:
        peek = getattr(sys.stdin.buffer, "peek", None)
        return peek is not None and bytes(peek(16)).startswith(_READY)
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - as the reader opens it
            head = file.read(16)
        if head.startswith(b"\x1f\x8b"):
            with gzip.open(path) as packed:
                head = packed.read(16)
    except (OSError, EOFError, ValueError):
        return False
    return head.startswith(_READY)


def _ready(path: str, job: IngestJob, ledger: Ledger) -> Iterator[Reading | SourceFailure | None]:
    file: IO[bytes] = sys.stdin.buffer if path == STANDARD_INPUT else open(path, "rb")  # noqa: SIM115, PTH123 - closed below
    name = "standard input" if path == STANDARD_INPUT else path
    texts: dict[str, str] = {}
    with closing(file):
        try:
            for some in _grouped(_rows(file, name)):
                if not texts and any(isinstance(one, _Row) and "without_text" in one.value for one in some):
                    texts = _texts(job)
                yield from _fresh(some, job, ledger, texts)
        except SourceError as fault:
            yield SourceFailure(name, "decode", fault.reason)


def _rows(file: IO[bytes], name: str) -> Iterator[_Row | SourceFailure]:
    for number, line in enumerate(lines(in_utf8(open_stream(file)), _LONGEST_LINE), start=1):
        if line is None or line.strip():
            yield _row(line, f"{name}, line {number}")


def _fresh(
    some: list[_Row | SourceFailure], job: IngestJob, ledger: Ledger, texts: dict[str, str]
) -> Iterator[Reading | SourceFailure | None]:
    """Readings of the rows the ledger has not; deciding that first spares decoding the rest."""
    keys = [one.key for one in some if isinstance(one, _Row)]
    known = set() if job.again else ledger.known(keys)
    for one in some:
        if isinstance(one, SourceFailure):
            yield one
        elif one.key in known:
            yield None
        else:
            yield _decoded(one, texts)


def _row(line: bytes | None, where: str) -> _Row | SourceFailure:
    if line is None:
        return SourceFailure(where, "row", f"larger than {_LONGEST_LINE:,} bytes")
    try:
        row = json.loads(line)
        return _Row(where, row, (str(row["report"]["id"]), str(row["report"]["version"])))
    except (ValueError, RecursionError) as fault:
        return SourceFailure(where, "row", f"broken JSON: {fault}")
    except (KeyError, TypeError):
        return SourceFailure(where, "row", "no reading: write it with `diurna read --json`")


def _texts(job: IngestJob) -> dict[str, str]:
    """The texts given beside published records, by version."""
    known: dict[str, str] = {}
    for path in (path for source in job.texts for path in files_of(source)):
        if isinstance(path, SourceFailure):
            continue
        if path != STANDARD_INPUT and _is_ready(path):
            with open(path, "rb") as file:  # noqa: PTH123 - as the reader opens it
                rows = [row for row in _rows(file, path) if isinstance(row, _Row)]
            known.update((row.key[1], row.value["report"].get("text") or "") for row in rows)
        else:
            found = read_incoming([path], job.read.read_options)
            known.update((one.report.version, one.report.text) for one in found if isinstance(one, Incoming))
    return known


def _decoded(row: _Row, texts: dict[str, str]) -> Reading | SourceFailure:
    version = row.key[1]
    if "without_text" in row.value and version not in texts:
        return SourceFailure(row.where, "text", f"the text of version {version} is missing: give it with --texts")
    try:
        if "without_text" in row.value:
            return attach(row.value, texts[version])
        reading = reading_from_dict(row.value)
        check_reading(reading)
        if content_hash("vs", reading.report.text) != reading.report.version:
            return SourceFailure(row.where, "row", f"the text is not that of version {reading.report.version}")
    except (RecordError, AttributeError, KeyError, TypeError, ValueError) as fault:
        return SourceFailure(row.where, "row", str(fault))
    return reading


# --- how much there is


def count_reports(sources: tuple[str, ...]) -> int | None:
    """How many reports there are to read, for the time left; None where it cannot be told without reading them."""
    total = 0
    for source in sources:
        for path in files_of(source):
            count = 0 if isinstance(path, SourceFailure) else _count(path)
            if count is None:
                return None
            total += count
    return total


def _count(path: str) -> int | None:
    suffixes = [suffix.lower() for suffix in Path(path).suffixes]
    if path == STANDARD_INPUT or not os.path.isfile(path):  # noqa: PTH113 - as the reader opens it
        return None
    if suffixes[-1:] in ([".txt"], [".html"], [".htm"]):
        return 1
    if suffixes[-1:] != [".jsonl"]:
        return None
    with open(path, "rb") as file:  # noqa: PTH123 - as the reader opens it
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
