"""Rows of CSV, TSV and Parquet files, one after another."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any, cast

from diurna.errors import SourceError, TooLargeError
from diurna.sources.decode import decode
from diurna.sources.formats import delimiter_of
from diurna.sources.incoming import Limits, SourceFailure
from diurna.sources.rows import Row, has_text_column, known_columns
from diurna.sources.streams import Stream, in_utf8, lines

_BATCH = 64
"""Parquet rows taken at once: few, since each may be a whole article."""

_MOST_AT_ONCE = 512_000_000
"""Bytes of Parquet values in memory: a value stands once in its file, however many rows have it."""

_LARGEST_PARQUET = 4_000_000_000
"""Bytes a packed or piped Parquet file may have; it must lie on disk to be read."""


class _TextLines(Iterator[str]):
    """Decoded lines for `csv.reader`; unlike a generator it goes on after it raised.

    Attributes:
        first: the first line, looked at before it is handed on; empty where there is none.
        last: the line handed on last.
    """

    def __init__(self, stream: Stream, limit: int) -> None:
        self._lines = lines(in_utf8(stream), limit)
        self._limit = limit
        self._again = False
        self.last = ""
        self.first = next(self, "")
        self._again = bool(self.first)

    def __next__(self) -> str:
        if self._again:
            self._again = False
            return self.first
        line = next(self._lines)
        if line is None:
            raise TooLargeError(f"a line has more than {self._limit:,} bytes")
        try:
            self.last = line.decode("utf-8") + "\n"
        except UnicodeDecodeError:
            self.last = decode(line) + "\n"
        return self.last


def csv_rows(stream: Stream, name: str, limits: Limits) -> Iterator[Row | SourceFailure]:
    """The rows below the header of a table with `,`, `;`, `|` or tabs between its columns.

    The first column of a name counts; rows are numbered from the header on, which is row 1.

    Raises:
        SourceError: the table has no column that holds texts, or its bytes are damaged.
    """
    csv.field_size_limit(limits.row)  # a setting of the whole process: there is no other
    text_lines = _TextLines(stream, limits.row)
    delimiter = delimiter_of(text_lines.first)
    if delimiter == "\t" and not _is_quoted(stream.head):
        reader = csv.reader(text_lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        reader = csv.reader(text_lines, delimiter=delimiter)
    try:
        columns = tuple(cell.strip() for cell in next(reader, []))
    except csv.Error as fault:
        raise SourceError(f"its first line names no columns: {fault}") from None
    if not has_text_column(columns):
        raise SourceError(f"no column is named text, content, body or the like: {', '.join(columns)[:200]}")
    number = 1
    while True:
        number += 1
        where = f"{name}, row {number}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, SourceError) as fault:
            yield SourceFailure(where, "row", f"not a row of a table: {fault}")
            continue
        if cells and cells[-1].endswith("\n") and not text_lines.last.rstrip().endswith('"'):
            yield SourceFailure(where, "row", "a quotation mark is opened and never closed")
        elif cells:
            yield _csv_row(where, columns, cells)


def _is_quoted(head: bytes) -> bool:
    """Whether quotation marks enclose cells of a tab-separated table; in most they are part of the text."""
    opened = head.count(b'\t"') + head.count(b'\n"')
    closed = head.count(b'"\t') + head.count(b'"\n') + head.count(b'"\r\n')
    return 0 < opened <= closed + 1 and closed > 0


def _csv_row(where: str, columns: tuple[str, ...], cells: list[str]) -> Row | SourceFailure:
    if any(cell.strip() for cell in cells[len(columns) :]):
        return SourceFailure(
            where, "row", f"{len(cells)} fields under {len(columns)} columns: a quotation mark is missing"
        )
    filled = [*cells[: len(columns)], *[""] * (len(columns) - len(cells))]
    return Row(where, columns, tuple(filled))


def parquet_rows(file: IO[bytes], name: str, limits: Limits) -> Iterator[Row | SourceFailure]:
    """The rows of a Parquet file that can be read at any place, a few at a time; row 1 is the first.

    Raises:
        SourceError: it is damaged, or has no column that holds texts.
    """
    import pyarrow as pa  # here, since it costs 0.1 s that other sources need not pay
    from pyarrow import parquet

    try:
        table = parquet.ParquetFile(file)
        wanted = known_columns(tuple(table.schema_arrow.names))
        if not has_text_column(wanted):
            names = ", ".join(table.schema_arrow.names)[:200]
            raise SourceError(f"no column is named text, content, body or the like: {names}")
        number = 0
        for batch in table.iter_batches(batch_size=_batch_size(table.metadata, limits), columns=list(wanted)):
            for values in _batch_values(batch):
                number += 1
                yield _parquet_row(f"{name}, row {number}", tuple(batch.schema.names), values, limits)
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError) as fault:
        raise SourceError(f"damaged Parquet data: {str(fault).splitlines()[0][:200]}") from fault


def _batch_size(metadata: Any, limits: Limits) -> int:
    """Rows that may be taken at once, so that few large values packed into little do not fill the memory.

    Raises:
        TooLargeError: the rows are, unpacked, far larger than any may be.
    """
    largest = 0
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        sizes = [group.column(at).total_uncompressed_size for at in range(group.num_columns)]
        largest = max(largest, *sizes, 0)
        if group.num_rows and sum(sizes) / group.num_rows > 4 * limits.row:
            raise TooLargeError(f"its rows have more than {limits.row:,} bytes each, unpacked")
    return max(1, min(_BATCH, _MOST_AT_ONCE // max(largest, 1)))


def _batch_values(batch: Any) -> Iterator[tuple[object, ...]]:
    """The rows of an Arrow batch as Python values."""
    import pyarrow as pa

    columns = []
    for column in batch.columns:
        if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
            column = column.cast(pa.timestamp("us", column.type.tz), safe=False)  # noqa: PLW2901 - Python has no nanoseconds
        columns.append(column.to_pylist())
    return zip(*columns, strict=True)


def _parquet_row(
    where: str, columns: tuple[str, ...], values: tuple[object, ...], limits: Limits
) -> Row | SourceFailure:
    if any(isinstance(value, str | bytes) and len(value) > limits.row for value in values):
        return SourceFailure(where, "row", f"larger than {limits.row:,} bytes")
    decoded = []
    for value in values:
        if isinstance(value, bytes):
            with suppress(SourceError):
                value = decode(value)  # noqa: PLW2901
        decoded.append(value)
    return Row(where, columns, tuple(decoded))


def on_disk(stream: Stream) -> IO[bytes]:
    """The bytes of `stream` in a nameless temporary file, ready to be read from its start.

    Raises:
        TooLargeError: there are more than 4 GB.
    """
    file = cast("IO[bytes]", tempfile.TemporaryFile())  # noqa: SIM115 - the caller reads and closes it
    size = 0
    for chunk in stream.chunks:
        size += len(chunk)
        if size > _LARGEST_PARQUET:
            file.close()
            raise TooLargeError(f"larger than {_LARGEST_PARQUET:,} bytes: unpack it first")
        file.write(chunk)
    file.seek(0)
    return file
