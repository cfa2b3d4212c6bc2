"""A line on the terminal that says how far a long run has come; nothing where nobody is looking."""

from __future__ import annotations

import time
from types import TracebackType

from rich.console import Console

_ERASE = "\r\x1b[K"
_PAUSE = 0.1
"""Least seconds between two drawings: more is flicker and costs time."""


class ReadingProgress:
    """Counts reports on stderr while stderr is a terminal.

    rich's own bar is not used: it redraws from a thread, and pages printed to the same terminal get in its way.
    """

    done = "read"
    """What was done to a report that is counted."""

    def __init__(self, console: Console, *, wanted: bool) -> None:
        self._file = console.file
        self._wanted = wanted and console.is_terminal
        self._shown = False
        self._count = 0
        self._began = time.monotonic()
        self._drawn = 0.0

    def __enter__(self) -> ReadingProgress:
        """Nothing is shown before the first report is done."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The line is taken away."""
        self.hide()

    def hide(self) -> None:
        """Take the line away, so that something can be printed where it stood."""
        if self._shown:
            self._write(_ERASE)
            self._shown = False
            self._drawn = 0.0

    def count(self) -> None:
        """One more report is done."""
        self._count += 1
        now = time.monotonic()
        if self._wanted and now - self._drawn >= _PAUSE:
            self._write(f"{_ERASE}{self._line(now - self._began)}")
            self._shown, self._drawn = True, now

    def _line(self, seconds: float) -> str:
        speed = f", {self._count / seconds:.1f} a second" if seconds >= 1 else ""
        return f"{self._count:,} {'report' if self._count == 1 else 'reports'} {self.done}{speed}"

    def _write(self, text: str) -> None:
        self._file.write(text)
        self._file.flush()


class AddingProgress(ReadingProgress):
    """How many reports a run of `add` is through with, at what speed, and how long it still takes."""

    done = "kept"

    def __init__(self, console: Console, *, wanted: bool) -> None:
        super().__init__(console, wanted=wanted)
        self._total: int | None = None

    def __enter__(self) -> AddingProgress:
        """Nothing is shown before the first reports are kept."""
        return self

    @property
    def wanted(self) -> bool:
        """Whether anybody looks."""
        return self._wanted

    def expect(self, total: int | None) -> None:
        """Say how many there will be."""
        self._total = total

    def show(self, count: int) -> None:
        """So many are done, all of them safe."""
        self._count = count
        now = time.monotonic()
        if self._wanted and now - self._drawn >= _PAUSE:
            self._write(f"{_ERASE}{self._line(now - self._began)}")
            self._shown, self._drawn = True, now

    def _line(self, seconds: float) -> str:
        if not self._total:
            return super()._line(seconds)
        speed = self._count / max(seconds, 0.001)
        left = max(0, self._total - self._count) / speed if speed else 0
        minutes, rest = divmod(round(left), 60)
        return f"{self._count:,} of {self._total:,} reports, {speed:.1f} a second, {minutes}:{rest:02d} left"


class WritingProgress(AddingProgress):
    """The same for an export: how many of how many reports are written."""

    done = "written"

    def __enter__(self) -> WritingProgress:
        """Nothing is shown before the first report is written."""
        return self


class LinkingProgress(AddingProgress):
    """The same for linking: how many of the new reports are linked."""

    done = "linked"

    def __enter__(self) -> LinkingProgress:
        """Nothing is shown before the first reports are linked."""
        return self
