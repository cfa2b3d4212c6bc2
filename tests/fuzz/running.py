"""Runs a target for so many seconds: new examples again and again, each within a time; what fails is made small."""

from __future__ import annotations

import faulthandler
import importlib
import signal
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

TARGETS = ("reader", "times", "attribution", "lexicons", "web")
HANG = 30.0
"""Seconds of this process's time after which one example is a hang; they take milliseconds."""
_ROUND = 200


@dataclass(slots=True)
class Count:
    """How much was tried, and what was found: for each place where something was raised, all that is said of it."""

    examples: int = 0
    rounds: int = 0
    slowest: float = 0.0
    found: dict[str, str] = field(default_factory=dict)


class HangError(AssertionError):
    """An example that does not end."""


@contextmanager
def no_hang(seconds: float = HANG) -> Iterator[None]:
    """Raises where the block takes more of the processor's time than it may.

    Raises:
        HangError: it does.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        faulthandler.dump_traceback()
        raise HangError(f"it took more than {seconds:g} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def fuzz(name: str, seconds: float, first: int = 0) -> Count:
    """Try examples of a target for so long; what fails is made small, kept, and fuzzing goes on."""
    target = importlib.import_module(f"tests.fuzz.{name}")
    getattr(target, "prepare", lambda: None)()  # what is loaded once is not counted
    count, ends = Count(), time.monotonic() + seconds

    failing: list[bool] = []

    def one(case: Any) -> None:  # what it is called with is what hypothesis prints
        if time.monotonic() > ends and not failing:  # what failed is still made small and shown
            return
        began = time.process_time()
        failing.append(True)
        with no_hang():
            target.check(case)
        failing.pop()
        count.examples += 1
        count.slowest = max(count.slowest, time.process_time() - began)

    while time.monotonic() < ends:
        run = settings(
            max_examples=_ROUND,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
            print_blob=True,
        )(given(target.cases)(one))
        failing.clear()
        try:
            seed(first + count.rounds)(run)()
        except Exception as fault:
            for one_of_them in fault.exceptions if isinstance(fault, ExceptionGroup) else (fault,):
                count.found.setdefault(_place(one_of_them), "".join(traceback.format_exception(one_of_them))[-6_000:])
        count.rounds += 1
    return count


def _place(fault: BaseException) -> str:
    """What was raised, and by which line."""
    frames = traceback.extract_tb(fault.__traceback__)
    last = frames[-1] if frames else None
    return f"{type(fault).__name__} at {last.filename}:{last.lineno}" if last else type(fault).__name__
