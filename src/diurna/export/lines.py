"""Lines of JSON, and tables of tabs and commas, as bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")
"""What a cell begins with that a spreadsheet would run, the full-width forms too."""

_BREAKS = str.maketrans(dict.fromkeys("\t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " "))
_CONTROLS = {code: "\ufffd" for code in (*range(32), 127) if chr(code) not in "\t\n\r\x0b\x0c\x1c\x1d\x1e"}


def json_lines(rows: Iterable[object]) -> Iterator[bytes]:
    """One JSON object a line."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def json_list(rows: Iterable[object], before: str = "[", after: str = "]") -> Iterator[bytes]:
    """A JSON array, an element a line, between `before` and `after`."""
    yield before.encode()
    for number, row in enumerate(rows):
        yield (b",\n" if number else b"\n") + json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
    yield f"\n{after}\n".encode()


def tab_line(cells: Sequence[object]) -> bytes:
    """A line of cells parted by tabs; white space in cells becomes blanks, a cell with a quotation mark is quoted.

    As in CSV, text that a spreadsheet would run as a formula is kept from it by an apostrophe.
    """
    row = "\t".join("" if cell is None else _tab_cell(str(_harmless(cell))) for cell in cells)
    return row.encode("utf-8", "replace") + b"\n"


def _tab_cell(cell: str) -> str:
    plain = cell.translate(_BREAKS)
    return '"' + plain.replace('"', '""') + '"' if '"' in plain else plain


def comma_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """CSV with a header; text that a spreadsheet would run as a formula is kept from it by an apostrophe.

    Characters that no text should hold (controls but tab and line ends) become U+FFFD.
    """
    yield _comma_line(columns)
    for row in rows:
        yield _comma_line([_harmless(cell) for cell in row])


def _comma_line(cells: Sequence[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(["" if cell is None else cell for cell in cells])
    return line.getvalue().encode("utf-8", "replace")


def _harmless(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    plain = cell.translate(_CONTROLS)
    return f"'{plain}" if plain.startswith(_FORMULA) or plain.lstrip().startswith(_FORMULA) else plain
