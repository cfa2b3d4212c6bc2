"""Rows of text files: read line by line, each with the number of the line it begins on; bad ones are named."""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

csv.field_size_limit(10_000_000)
_MOST_LINES = 200
"""Lines a row of a table of commas may run over."""


class BadRow(NamedTuple):
    """A row that gives nothing: the line it begins on, counted from 1, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        line: where it begins in the file, counted from 1.
        cells: by column as the file writes it, in its order; empty ones are left out.
    """

    line: int
    cells: dict[str, str]

    def get(self, *columns: str) -> str:
        """The first of these columns that is filled; "" where none is."""
        return next((self.cells[column] for column in columns if column in self.cells), "")


def table_rows(
    lines: Iterable[str], *, header: Sequence[str] | None = None, tabs: bool | None = None, known: Iterable[str] = ()
) -> Iterator[Row | BadRow]:
    """The rows of a table; whether cells are parted by tabs, commas or semicolons is told by its first line.

    A row with more or fewer cells than the header is bad, but for empty cells at its end and for POLECAT's `Headline`,
    which some yearly files have in the header and in no row.

    Args:
        header: the columns of a file without a header line.
        tabs: whether cells are parted by tabs, where that is known.
        known: columns as the caller names them; a file may write them in another case.
    """
    numbered = _numbered(lines)
    first = next(numbered, None)
    if first is None:
        return
    mark = "\t" if tabs else _mark(first[1])
    written = list(header) if header is not None else _cells(first[1].lstrip("\ufeff"), mark)
    names = {name.casefold(): name for name in known}
    columns = [names.get(column.strip().casefold(), column.strip()) for column in written]
    rest = chain((first,), numbered) if header is not None else numbered
    for line, cells in _tabbed(rest) if mark == "\t" else _quoted(rest, len(columns), mark):
        found = _row(line, cells, columns)
        if found is not None:
            yield found


def _row(line: int, cells: list[str] | None, columns: list[str]) -> Row | BadRow | None:
    if cells is None:
        return BadRow(line, "a quotation mark that is not closed in its row")
    while len(cells) > len(columns) - ("Headline" in columns) and not cells[-1].strip():
        cells.pop()
    if not any(cell.strip() for cell in cells):
        return None
    if len(cells) == len(columns) - 1 and "Headline" in columns:
        columns = [column for column in columns if column != "Headline"]
    if len(cells) != len(columns):
        return BadRow(line, f"{len(cells)} cells where the table has {len(columns)} columns")
    return Row(line, {name: cell.strip() for name, cell in zip(columns, cells, strict=True) if cell.strip()})


def _mark(header: str) -> str:
    return max("\t,;", key=header.count)


def _numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    yield from enumerate((line.rstrip("\r\n").replace("\x00", "\ufffd") for line in lines), start=1)


def _cells(line: str, mark: str) -> list[str]:
    return line.split("\t") if mark == "\t" else next(csv.reader([line], delimiter=mark), [])


def _tabbed(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, list[str] | None]]:
    for number, line in lines:
        yield number, [_unquoted(cell) for cell in line.split("\t")]


def _quoted(lines: Iterable[tuple[int, str]], width: int, mark: str) -> Iterator[tuple[int, list[str] | None]]:
    """Rows of a table of commas, which may run over several lines; None where a quotation mark is not closed.

    After such a row reading goes on with the line after its first, so that one bad row costs no other.
    """
    rest = iter(lines)
    waiting: deque[tuple[int, str]] = deque()
    while True:
        first = waiting.popleft() if waiting else next(rest, None)
        if first is None:
            return
        parts, marks = [first], first[1].count('"')
        while marks % 2 and len(parts) < _MOST_LINES:
            more = waiting.popleft() if waiting else next(rest, None)
            if more is None:
                break
            parts.append(more)
            marks += more[1].count('"')
        cells = next(csv.reader(io.StringIO("\n".join(part for _, part in parts), newline=""), delimiter=mark), [])
        if marks % 2 or (len(parts) > 1 and len(cells) != width):
            waiting.extendleft(reversed(parts[1:]))
            yield first[0], None
        else:
            yield first[0], cells


def _unquoted(cell: str) -> str:
    inner = cell.strip()
    return inner[1:-1].replace('""', '"') if len(inner) > 1 and inner[0] == inner[-1] == '"' else inner


def without_apostrophe(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from running it, as our own exports put it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@\t" else cell
