"""How fast reading is beside a bare parse: every contender in a process of its own, all over the same reports.

Machines differ and drift, so contenders take turns, some reports at a time, and the CPU's time is what counts: it
hardly changes when other programs run beside. Ratios hold from machine to machine, reports a second do not.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from multiprocessing.connection import Connection
from pathlib import Path
from platform import machine, python_version, system

from diurna.annotate.bare import bare_pass
from diurna.annotate.pipeline import AnnotateOptions
from diurna.errors import DiurnaError, MissingPartError, UsageError
from diurna.flow.executors import Workers, cores, read_all
from diurna.flow.reading import load_reader
from diurna.model.record import Reading
from diurna.sources.incoming import Incoming
from diurna.sources.reader import read_incoming

Contender = Callable[[], Callable[[Incoming], int]]
"""A function of a module: loads what is needed and gives what reads one report and says how much it found."""

_CHUNK = 5
_AHEAD = 3
_PATIENCE = 1_800.0


@dataclass(frozen=True, slots=True)
class Figure:
    """What one contender needed.

    Attributes:
        cpu, wall: seconds of the processor and of the clock on the wall.
        memory: bytes of its process at most, None where nobody says.
        found: records, or whatever it finds.
    """

    name: str
    reports: int
    words: int
    cpu: float
    wall: float
    memory: int | None
    found: int

    @property
    def words_a_second(self) -> float:
        """Words a second of the processor."""
        return self.words / self.cpu if self.cpu else 0.0

    @property
    def reports_a_second(self) -> float:
        """Reports a second of the processor, so on one core."""
        return self.reports / self.cpu if self.cpu else 0.0


@dataclass(frozen=True, slots=True)
class Scaling:
    """Reading with one and with several processes, seconds on the wall, what starting takes left out."""

    workers: int
    one: float
    several: float

    @property
    def ratio(self) -> float:
        """How many times quicker several are."""
        return self.one / self.several if self.several else 0.0


def spacy_alone() -> Callable[[Incoming], int]:
    """The bare parse."""
    parse = bare_pass()
    return lambda one: parse(one.report.text)


def by_rules() -> Callable[[Incoming], int]:
    """Reading with rules."""
    return _reader(AnnotateOptions(engine="rules"))


def by_model() -> Callable[[Incoming], int]:
    """Reading with rules and the learned tagger."""
    return _reader(AnnotateOptions(engine="auto"))


def _reader(options: AnnotateOptions) -> Callable[[Incoming], int]:
    read = load_reader(options)
    return lambda one: _records(read(one))


def _records(reading: Reading) -> int:
    groups = (reading.statements, reading.events, reading.relations, reading.commitments, reading.gaps, reading.times)
    return sum(map(len, groups))


CONTENDERS: dict[str, Contender] = {
    "spaCy alone": spacy_alone,
    "Diurna, rules": by_rules,
    "Diurna, with the tagger": by_model,
}


def reports_of(sources: Sequence[str], most: int) -> list[Incoming]:
    """The first reports of the sources.

    Raises:
        UsageError: there are none.
    """
    found: list[Incoming] = []
    for one in read_incoming(list(sources)):
        if isinstance(one, Incoming):
            found.append(one)
        if len(found) == most:
            break
    if not found:
        raise UsageError(f"no report to read in {', '.join(sources)}")
    return found


def bench(reports: Sequence[Incoming], contenders: dict[str, Contender] | None = None) -> list[Figure]:
    """What each contender needs for the reports; they take turns.

    Raises:
        MissingPartError: what one of them needs is not installed.
    """
    chosen = contenders or CONTENDERS
    totals = dict.fromkeys(chosen, (0.0, 0.0, 0, 0))
    with ExitStack() as stack:
        opened = {name: stack.enter_context(_process(load)) for name, load in chosen.items()}
        for connection in opened.values():  # what is loaded and learnt with the first reports is not counted
            connection.send(list(reports[:_AHEAD]))
            _answer(connection)
        for start in range(0, len(reports), _CHUNK):
            for name, connection in opened.items():
                connection.send(list(reports[start : start + _CHUNK]))
                cpu, wall, found, memory = _answer(connection)
                before = totals[name]
                totals[name] = (before[0] + cpu, before[1] + wall, before[2] + found, max(before[3], memory))
    words = sum(len(one.report.text.split()) for one in reports)
    return [
        Figure(name, len(reports), words, cpu, wall, memory or None, found)
        for name, (cpu, wall, found, memory) in totals.items()
    ]


@contextmanager
def _process(load: Contender) -> Iterator[Connection]:
    """A process of its own for a contender, ready."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_contend, args=(load, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        _answer(ours)
        yield ours
    finally:
        ours.close()
        process.kill()
        process.join()


def _answer(connection: Connection) -> tuple[float, float, int, int]:
    if not connection.poll(_PATIENCE):
        raise DiurnaError(f"a contender gave no answer within {_PATIENCE:g} seconds")
    try:
        said = connection.recv()
    except EOFError:
        raise DiurnaError("a contender's process died") from None
    if isinstance(said, str):
        raise MissingPartError(said)
    assert isinstance(said, tuple)  # noqa: S101 - as `_contend` sends it
    return said


def _contend(load: Contender, connection: Connection) -> None:
    """Load, then read what comes and say what it took."""
    try:
        read = load()
        connection.send((0.0, 0.0, 0, 0))
        while True:
            some = connection.recv()
            cpu, wall = time.process_time(), time.perf_counter()
            found = sum(read(one) for one in some)
            connection.send((time.process_time() - cpu, time.perf_counter() - wall, found, peak_memory()))
    except EOFError:
        return
    except (DiurnaError, ImportError) as fault:
        connection.send(str(fault))


def peak_memory() -> int:
    """Bytes this process has taken at most; 0 where nobody says."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def scaling(reports: Sequence[Incoming], workers: int, engine: AnnotateOptions) -> Scaling:
    """Read with one and with several processes, from the first reading on to the last."""
    return Scaling(workers, _seconds(reports, 1, engine), _seconds(reports, workers, engine))


def _seconds(reports: Sequence[Incoming], workers: int, engine: AnnotateOptions) -> float:
    """Seconds on the wall; the reports that are read while processes start are read once more, and not counted."""
    ahead = list(reports[: 8 * workers])
    began = 0.0
    for count, _ in enumerate(read_all([*ahead, *reports], load_reader, engine, Workers(workers)), start=1):
        if count == len(ahead):
            began = time.perf_counter()
    return time.perf_counter() - began


def machine_facts() -> dict[str, str]:
    """What the figures were taken on."""
    facts = {"system": f"{system()} {machine()}", "cores": str(cores()), "Python": python_version()}
    facts["processor"] = _processor()
    for name in ("diurna", "spacy", "thinc", "numpy", "onnxruntime", "textacy", "ray"):
        try:
            facts[name] = version(name)
        except PackageNotFoundError:
            continue
    return facts


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return "unknown"
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "unknown")
