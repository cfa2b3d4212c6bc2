"""Readings by this process or by several: in the order of what comes in, the same either way.

A worker gets a report and gives its reading; it knows nothing else. One that dies or hangs costs nothing but time: the
report it was at is given to another, and becomes a failure where that ends the same way.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any, TypeVar

from diurna.annotate.pipeline import AnnotateOptions
from diurna.errors import DiurnaError, MissingPartError
from diurna.model.record import Failure, Reading
from diurna.sources.incoming import Incoming

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

Other = TypeVar("Other")
Read = Callable[[Incoming], Reading]
Loader = Callable[[AnnotateOptions], Read]
"""Makes a reader in the process that is to use it."""

_WORTH_IT = 100_000
"""Characters below which starting workers (two seconds each) takes longer than reading."""
_AHEAD = 4
"""Reports a worker has before it, so that it need not wait while others are kept."""
_WINDOW = 24
"""Reports a worker that may be in the making or wait for an earlier one."""
_MOST_CHARACTERS = 8_000_000
"""Characters of reports in the making: what memory they may take, however long each is."""
_TRIES = 4
"""Workers a report may outlive before it is taken to be what kills them, not the killer of workers on the machine."""
_BUDGET = 300.0
"""Seconds one report may take: ten times what the longest allowed text does."""
_PATIENCE = 0.5
_LONGEST_START = 180.0


@dataclass(frozen=True, slots=True)
class Workers:
    """How many processes read.

    Attributes:
        count: processes; 1 reads in this one; None takes all cores this process may use, if there is enough to read.
        budget: seconds a worker may take over one report before it is stopped and the report is a failure.
    """

    count: int | None = 1
    budget: float = _BUDGET


def cores() -> int:
    """Cores this process may use."""
    with suppress(AttributeError, OSError):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def read_all(
    items: Iterable[Incoming | Other], load: Loader, options: AnnotateOptions, workers: Workers
) -> Iterator[Reading | Other]:
    """A reading for every report among `items`; all else is handed on; the order is kept.

    Args:
        load: a function of a module, which every worker calls once.

    Raises:
        MissingPartError: what reading needs is not installed.
    """
    stream = iter(items)
    count = cores() if workers.count is None else workers.count
    if workers.count is None and count > 1:
        first, is_long = _look_ahead(stream)
        stream = _chained(first, stream)
        count = count if is_long else 1
    if count <= 1:
        read: Read | None = None
        for item in stream:
            if isinstance(item, Incoming):
                read = read or load(options)
                yield read(item)
            else:
                yield item
        return
    crew = _Crew(load, options, count, workers.budget)
    try:
        yield from crew.run(stream)
    finally:
        crew.stop()


def _look_ahead(stream: Iterator[Incoming | Other]) -> tuple[list[Incoming | Other], bool]:
    """The first items, and whether there is enough in them for several processes."""
    first: list[Incoming | Other] = []
    size = 0
    for item in stream:
        first.append(item)
        size += len(item.report.text) if isinstance(item, Incoming) else 0
        if size >= _WORTH_IT:
            return first, True
        if len(first) >= 10 * _WINDOW:
            break  # many that need no reading: what follows is not held up for them
    return first, False


def _chained(first: list[Incoming | Other], rest: Iterator[Incoming | Other]) -> Iterator[Incoming | Other]:
    while first:
        yield first.pop(0)
    yield from rest


# --- the workers' side


def _work(load: Loader, options: AnnotateOptions, connection: Connection) -> None:
    """Read what comes until nothing comes any more; the way of a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the writer decides what is still kept
    waiting: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_receive, args=(connection, waiting), daemon=True).start()
    try:
        try:
            read = load(options)
        except DiurnaError as fault:
            connection.send((None, str(fault)))
            return
        connection.send((None, None))
        while (task := waiting.get()) is not None:
            number, incoming = task
            connection.send((number, read(incoming)))
    except (BrokenPipeError, EOFError, OSError):
        pass  # the writer is gone: there is nobody to read for


def _receive(connection: Connection, waiting: queue.SimpleQueue[Any]) -> None:
    """Take tasks in as they come, so that whoever sends them never waits."""
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            task = None
        waiting.put(task)
        if task is None:
            return


# --- the writer's side


@dataclass(slots=True, eq=False)
class _Slot:
    """One item in its place; `done` once `value` may be handed on."""

    value: Any
    done: bool
    number: int = 0
    tries: int = 0
    size: int = 0


@dataclass(slots=True, eq=False)
class _Worker:
    """A process and what it was given: the first of `slots` is what it is at."""

    process: SpawnProcess
    connection: Connection
    slots: deque[_Slot] = field(default_factory=deque)
    ready: bool = False
    quiet: float = 0.0  # seconds waited for it since its last word; a run that was suspended is not held against it

    def is_overdue(self, budget: float) -> bool:
        """Whether it takes longer than it may."""
        return self.quiet > (budget if self.ready else max(budget, _LONGEST_START))

    @property
    def is_busy(self) -> bool:
        """Whether a word of it is to be expected."""
        return bool(self.slots) or not self.ready


class _Crew:
    """Processes that read, each begun when there is work for it, and again where it ended."""

    def __init__(self, load: Loader, options: AnnotateOptions, count: int, budget: float) -> None:
        self._load, self._options, self._count, self._budget = load, options, count, budget
        self._context = multiprocessing.get_context("spawn")  # a fork would take open databases along
        self._workers: list[_Worker] = []
        self._messages: queue.SimpleQueue[tuple[_Worker, Any]] = queue.SimpleQueue()
        self._slots: deque[_Slot] = deque()
        self._todo: deque[_Slot] = deque()
        self._size = self._numbered = self._lost_starts = 0

    def run(self, stream: Iterator[Incoming | Other]) -> Iterator[Reading | Other]:
        """All items in their order, reports as readings."""
        more = True
        while True:
            more = more and self._take_one(stream)
            self._hand_out()
            self._hear(wait=not self._has_room() if more else True)
            while self._slots and self._slots[0].done:
                slot = self._slots.popleft()
                self._size -= slot.size
                yield slot.value
            if not more and not self._slots:
                return

    def _has_room(self) -> bool:
        return len(self._slots) < _WINDOW * self._count and self._size < _MOST_CHARACTERS

    def _take_one(self, stream: Iterator[Any]) -> bool:
        """Take the next item in where there is room; False at the end."""
        if not self._has_room():
            return True
        for item in stream:
            is_report = isinstance(item, Incoming)
            slot = _Slot(item, not is_report, size=len(item.report.text) if is_report else 0)
            self._slots.append(slot)
            self._size += slot.size
            if is_report:
                self._todo.append(slot)
            return True
        return False

    def _hand_out(self) -> None:
        while self._todo:
            free = [one for one in self._workers if len(one.slots) < _AHEAD]
            idle = min(free, key=lambda one: len(one.slots), default=None)
            if len(self._workers) < self._count and (idle is None or idle.slots):
                idle = self._begin()
            if idle is None:
                return
            self._give(idle, self._todo.popleft())

    def _give(self, worker: _Worker, slot: _Slot) -> None:
        self._numbered += 1
        slot.number = self._numbered
        worker.slots.append(slot)
        with suppress(BrokenPipeError, OSError):  # it has just died, which its listener is about to say
            worker.connection.send((slot.number, slot.value))

    def _begin(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(self._load, self._options, theirs), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        threading.Thread(target=self._listen, args=(worker,), daemon=True).start()
        return worker

    def _listen(self, worker: _Worker) -> None:
        """Hand on what a worker says, and that it says no more."""
        while True:
            try:
                message = worker.connection.recv()
            except Exception:  # the pipe ends, or what is in it was cut where the worker died
                message = None
                worker.connection.close()
            self._messages.put((worker, message))
            if message is None:
                return

    def _hear(self, *, wait: bool) -> None:
        """Take in what the workers have said; wait for the first word if told to and there is something to wait for."""
        waits = wait and bool(self._slots) and not self._slots[0].done
        while True:
            try:
                worker, message = self._messages.get(block=waits, timeout=_PATIENCE)
            except queue.Empty:
                self._end_overdue(_PATIENCE if waits else 0.0)
                return
            waits = False
            if worker in self._workers:
                self._understand(worker, message)

    def _understand(self, worker: _Worker, message: Any) -> None:
        worker.quiet = 0.0
        if message is None:
            self._lose(worker, "the process that read it died")
            return
        number, value = message
        if number is None:
            if value is not None:
                raise MissingPartError(value)
            worker.ready = True
            self._lost_starts = 0
        elif worker.slots and worker.slots[0].number == number:
            slot = worker.slots.popleft()
            slot.value, slot.done = value, True

    def _end_overdue(self, waited: float) -> None:
        for worker in self._workers:
            worker.quiet += waited if worker.is_busy else 0.0
        for worker in [one for one in self._workers if one.is_overdue(self._budget)]:
            self._lose(worker, f"it took longer than {self._budget:g} seconds", again=False)

    def _lose(self, worker: _Worker, why: str, *, again: bool = True) -> None:
        """Give what a dead worker had to others; the report it was at only so often."""
        self._workers.remove(worker)
        _end(worker)
        if not worker.ready:
            self._lost_starts += 1
            if self._lost_starts > 2 * self._count:
                raise MissingPartError("the processes that read cannot be started: try --workers 1")
        elif worker.slots:
            slot = worker.slots[0]
            slot.tries += 1
            if not again or slot.tries >= _TRIES:
                worker.slots.popleft()
                slot.value, slot.done = _failed(slot.value, why), True
        self._todo.extendleft(reversed(worker.slots))
        worker.slots.clear()

    def stop(self) -> None:
        """End all workers."""
        for worker in self._workers:
            _end(worker)
        self._workers.clear()


def _end(worker: _Worker) -> None:
    """Stop a worker; its listener closes the pipe."""
    worker.process.kill()
    worker.process.join()


def _failed(incoming: Incoming, why: str) -> Reading:
    failure = Failure("worker", f"it could not be read: {why}")
    return Reading(incoming.report, failures=(*incoming.notes, failure))
