"""Rows of JSON: one object a line, a list of objects, objects one after another, or one object that holds a list."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from diurna.errors import SourceError
from diurna.sources.decode import decode
from diurna.sources.incoming import Limits, SourceFailure
from diurna.sources.rows import Row, has_text_column, wrapped_rows
from diurna.sources.streams import Stream, in_utf8, lines

_STRUCTURE = re.compile(rb'["{}\[\]]')
_OBJECT = re.compile(rb"\{")
_STRING_END = re.compile(rb'["\\]')


def jsonl_rows(stream: Stream, name: str, limits: Limits) -> Iterator[Row | SourceFailure]:
    """The rows of a file with one JSON object a line; blank lines are passed over but counted."""
    for number, line in enumerate(lines(in_utf8(stream), limits.row), start=1):
        where = f"{name}, line {number}"
        if line is None:
            yield SourceFailure(where, "row", f"larger than {limits.row:,} bytes")
        elif line.strip():
            yield from _opened(_row(where, line), name, first=number == 1)


def json_rows(stream: Stream, name: str, limits: Limits) -> Iterator[Row | SourceFailure]:
    """The rows of a JSON file: the objects of its list, its objects, or those inside its one object."""
    for number, value in enumerate(values(in_utf8(stream), limits.row), start=1):
        where = f"{name}, row {number}"
        row = SourceFailure(where, "row", f"larger than {limits.row:,} bytes") if value is None else _row(where, value)
        yield from _opened(row, name, first=number == 1)


def values(chunks: Iterator[bytes], limit: int) -> Iterator[bytes | None]:
    """Each object in `chunks` as its bytes: those of the outer list, or those that follow one another.

    What stands between them is passed over. None stands for an object of more than `limit` bytes.

    Raises:
        SourceError: the data ends inside an object.
    """
    scan = _Scan(limit)
    for chunk in chunks:
        yield from scan.feed(chunk)
    if scan.depth:
        raise SourceError(f"the JSON ends inside its object {scan.count + 1}: the file was cut")


class _Scan:
    """Finds where objects begin and end, without parsing them and without keeping more than one."""

    def __init__(self, limit: int) -> None:
        self.depth = 0
        self.count = 0
        self._limit = limit
        self._in_string = False
        self._escaped = False
        self._parts: list[bytes] = []
        self._size = 0

    def feed(self, chunk: bytes) -> Iterator[bytes | None]:
        """The objects that end in `chunk`."""
        start = at = 0
        while at < len(chunk):
            if self._in_string:
                at = self._through_string(chunk, at)
                continue
            match = (_STRUCTURE if self.depth else _OBJECT).search(chunk, at)
            if match is None:
                break
            at = match.end()
            mark = match.group()
            if mark == b'"':
                self._in_string = True
            elif mark in b"{[":
                start = start if self.depth else match.start()
                self.depth += 1
            else:
                self.depth -= 1
                if not self.depth:
                    yield self._whole(chunk[start:at])
        if self.depth:
            self._keep(chunk[start:])

    def _through_string(self, chunk: bytes, at: int) -> int:
        """Where to go on in `chunk` when the string at `at` was read on, perhaps to its end."""
        if self._escaped:
            self._escaped = False
            return at + 1
        match = _STRING_END.search(chunk, at)
        if match is None:
            return len(chunk)
        if match.group() == b'"':
            self._in_string = False
        else:
            self._escaped = True
        return match.end()

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        self._parts = [*self._parts, piece] if self._size <= self._limit else []

    def _whole(self, piece: bytes) -> bytes | None:
        self._keep(piece)
        whole = b"".join(self._parts) if self._size <= self._limit else None
        self._parts, self._size = [], 0
        self.count += 1
        return whole


def _row(where: str, data: bytes) -> Row | SourceFailure:
    try:
        value = json.loads(_text(data))
    except RecursionError:
        return SourceFailure(where, "row", "JSON nested too deeply")
    except SourceError as fault:
        return SourceFailure(where, "decode", fault.reason)
    except ValueError as fault:
        return SourceFailure(where, "row", f"broken JSON: {fault}")
    if not isinstance(value, dict):
        return SourceFailure(where, "row", f"no JSON object but {type(value).__name__}")
    return Row(where, tuple(value), tuple(value.values()))


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return decode(data)


def _opened(row: Row | SourceFailure, name: str, *, first: bool) -> Iterator[Row | SourceFailure]:
    """`row`, or what is inside it when it is the first and has no text of its own."""
    if first and isinstance(row, Row) and not has_text_column(row.columns):
        yield from _inside(row, name)
    else:
        yield row


def _inside(row: Row, name: str) -> Iterator[Row | SourceFailure]:
    """The rows an object holds in a list, as replies of search services do; without such a list the object itself."""
    for path in wrapped_rows():
        value: object = dict(zip(row.columns, row.values, strict=True))
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, list) and value:
            for number, one in enumerate(value, start=1):
                where = f"{name}, {'.'.join(path)} {number}"
                one = one.get("_source", one) if isinstance(one, dict) else one  # noqa: PLW2901
                if isinstance(one, dict):
                    yield Row(where, tuple(one), tuple(one.values()))
                else:
                    yield SourceFailure(where, "row", f"no JSON object but {type(one).__name__}")
            return
    yield row
