"""The time one stage may take over one report: what runs away is stopped, and becomes that report's failure.

Counted is processor time, so that a busy or suspended machine fails nothing that a quiet one would read. In the main
thread the system's own timer stops anything that runs in Python, a regular expression included. In other threads Python
code is stopped, and an expression is waited for.
"""

from __future__ import annotations

import ctypes
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from diurna.errors import OverBudgetError

USUAL_BUDGET = 120.0
"""Processor seconds a stage may take over one report; all stages together take 30 over the longest text allowed."""

_AGAIN = 0.5
"""Seconds after which a stop is repeated, should it have been lost where Python passes errors over."""


class _StopError(BaseException):
    """Ends the stage; no `except Exception` on the way holds it up."""


@contextmanager
def within(seconds: float | None, stage: str) -> Iterator[None]:
    """The block ends within so many processor seconds; None is without end.

    Raises:
        OverBudgetError: it took longer; it was stopped in the middle.
    """
    if seconds is None:
        yield
        return
    is_main = threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer")
    try:
        with _by_timer(seconds) if is_main else _by_watch(seconds):
            yield
    except _StopError:
        said = f"it took more than {seconds:g} seconds of the processor: split the text, or raise `budget`"
        raise OverBudgetError(stage, said) from None


# --- the main thread: the system's timer of processor time


@contextmanager
def _by_timer(seconds: float) -> Iterator[None]:
    before = signal.signal(signal.SIGPROF, _stop)
    outer = signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    began = time.process_time()
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        if outer[0] > 0:  # a block inside another goes on with what is left of the other's time
            signal.setitimer(signal.ITIMER_PROF, max(outer[0] - (time.process_time() - began), 0.001), _AGAIN)


def _stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - a handler is given both
    raise _StopError


# --- other threads: another thread looks how much the first has used


@contextmanager
def _by_watch(seconds: float) -> Iterator[None]:
    watch = _Watch(threading.get_ident(), seconds)
    try:
        yield
    finally:
        watch.end()


class _Watch:
    """Looks at the time a thread has used, and stops it when it is too much."""

    def __init__(self, thread: int, seconds: float) -> None:
        self._thread, self._seconds = thread, seconds
        self._began = _used(thread)
        self._over, self._lock = threading.Event(), threading.Lock()
        threading.Thread(target=self._look, name="diurna-budget", daemon=True).start()

    def end(self) -> None:
        """The block is over: nothing is stopped any more, nor what was about to be."""
        with self._lock:
            self._over.set()
            _raise_in(self._thread, None)

    def _look(self) -> None:
        while not self._over.wait(min(_AGAIN, self._seconds)):
            with self._lock:
                if not self._over.is_set() and _used(self._thread) - self._began > self._seconds:
                    _raise_in(self._thread, _StopError)


def _used(thread: int) -> float:
    """Processor seconds a thread has used; seconds on the clock where the system does not tell."""
    with suppress(AttributeError, OSError):
        return time.clock_gettime(time.pthread_getcpuclockid(thread))
    return time.monotonic()


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Let a thread raise, as soon as it runs Python again; None takes back what it has not raised yet."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error) if error else None)
