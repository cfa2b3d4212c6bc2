"""Rows that wait in temporary files until they can be written in order, so that memory does not grow with them.

A graph's nodes come before its edges, a dossier's gaps before its reports: neither can be written while records come.
"""

from __future__ import annotations

import heapq
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from types import TracebackType
from typing import IO, Any, Self

_AT_ONCE = 10_000
"""Rows held before they are sorted and put away; some megabytes."""

_MOST_RUNS = 64
"""Files that are merged at once; more are first merged into one."""

_Row = list[Any]
"""A key's cells, then the row's number, and where its body begins and how long it is."""


class Spill:
    """Rows put in as they come and taken out in the order of their keys; rows of one key stay as they came.

    Keys are texts and whole numbers; cells in the same place are of one kind. Each row may have a body of bytes, which
    is not held while rows are sorted. A context manager: its files, which have no names, go when it ends.
    """

    def __init__(self, at_once: int = _AT_ONCE) -> None:
        self._stack = ExitStack()
        self._bodies = self._file()
        self._at_once, self._count, self._end = at_once, 0, 0
        self._rows: list[_Row] = []
        self._runs: list[IO[bytes]] = []

    def __len__(self) -> int:
        """How many rows were put in."""
        return self._count

    def add(self, *key: str | int, body: bytes = b"") -> None:
        """Put in a row."""
        self._rows.append([*key, self._count, self._end, len(body)])
        self._bodies.write(body)
        self._count, self._end = self._count + 1, self._end + len(body)
        if len(self._rows) >= self._at_once:
            self._put_away()

    def ordered(self) -> Iterator[list[Any]]:
        """The keys in order, once every row is in."""
        return (key for *key, _number, _at, _length in self._sorted())

    def bodies(self) -> Iterator[bytes]:
        """The bodies in the order of their keys, once every row is in."""
        for *_, at, length in self._sorted():
            self._bodies.seek(at)
            yield self._bodies.read(length)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def _file(self) -> IO[bytes]:
        return self._stack.enter_context(tempfile.TemporaryFile())

    def _sorted(self) -> Iterator[_Row]:
        return heapq.merge(*map(_read, self._runs), sorted(self._rows))

    def _put_away(self) -> None:
        """Write the rows held as one run; too many runs become one."""
        self._runs.append(self._written(sorted(self._rows)))
        self._rows = []
        if len(self._runs) >= _MOST_RUNS:
            merged = self._written(heapq.merge(*map(_read, self._runs)))
            for run in self._runs:
                run.close()
            self._runs = [merged]

    def _written(self, rows: Iterable[_Row]) -> IO[bytes]:
        file = self._file()
        for row in rows:
            file.write(json.dumps(row).encode() + b"\n")
        return file


def _read(run: IO[bytes]) -> Iterator[_Row]:
    run.seek(0)
    return map(json.loads, run)
