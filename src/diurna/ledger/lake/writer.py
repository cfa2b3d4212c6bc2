"""Writing a lake: `KIND/day=2025-12-28/NAME.parquet`, every file whole or not there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from diurna.errors import UsageError
from diurna.ledger.lake.rows import File, Numbered, Row, lake_schema, rows_of
from diurna.ledger.schema import column

JUDGED = "judgements.parquet"
_ROW_GROUP: dict[str, int] = {"readings": 64}
"""Readings that are unpacked together where one is wanted."""
_MOST_ROWS = 100_000
_MOST_CHARACTERS = 200_000_000
"""What is held in memory before it is written."""


class LakeWriter:
    """Takes readings and writes their rows, a file a kind and day, more where memory asks for it.

    Readings that come day by day give one file a day. Files are called `name`, a second one of a day `name-2`.
    """

    def __init__(self, folder: Path, name: str = "part") -> None:
        self._folder, self._name = folder, name
        self._rows: dict[tuple[File, str], list[Row]] = {}
        self._held = self._characters = self._round = 0

    def add(self, one: Numbered) -> None:
        """One more reading."""
        for kind, row in rows_of(one):
            self._rows.setdefault((kind, one.day), []).append(row)
            self._held += 1
        self._characters += 4 * len(one.reading.report.text)
        if self._held >= _MOST_ROWS or self._characters >= _MOST_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        self._round += 1
        name = self._name if self._round == 1 else f"{self._name}-{self._round}"
        for (kind, day), rows in sorted(self._rows.items()):
            place = self._folder / kind / f"day={day}"
            place.mkdir(parents=True, exist_ok=True)
            _write(kind, rows, place / f"{name}.parquet")
        self._rows.clear()
        self._held = self._characters = 0


def _write(kind: File, rows: list[Row], target: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pylist(rows, schema=lake_schema(kind))
    part = target.with_name(f".{target.name}.{os.getpid()}")
    pq.write_table(table, part, compression="zstd", row_group_size=_ROW_GROUP.get(kind, 20_000))
    os.replace(part, target)  # noqa: PTH105 - one step, as rename(2) promises


def write_judgements(folder: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write which judgements were given and taken back when."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = [(name, pa.string()) for name in ("record", "verdict", "judged_at", "undone_at")]
    schema = pa.schema([("seq", pa.int64()), ("person", pa.int64()), *kinds])
    clean = [{key: column(cell) if isinstance(cell, str) else cell for key, cell in row.items()} for row in rows]
    pq.write_table(pa.Table.from_pylist(clean, schema=schema), folder / JUDGED, compression="zstd")


@contextmanager
def new_folder(target: Path, *, over: bool = False) -> Iterator[Path]:
    """A folder that takes its name when the block ends well, and is gone when it does not.

    Raises:
        UsageError: there is something at `target`, or it cannot be written.
    """
    if target.exists() and not over:
        raise UsageError(f"{target} is there already: name another folder, or say --force")
    if target.exists() and not is_lake(target):
        raise UsageError(f"{target} is there and is no lake: name another folder")
    part = target.with_name(f"{target.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
        shutil.rmtree(target, ignore_errors=True)
        os.replace(part, target)  # noqa: PTH105 - one step, as rename(2) promises
    except OSError as fault:
        raise UsageError(f"{target} cannot be written: {fault.strerror or fault}") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)


def is_lake(folder: Path) -> bool:
    """Whether a folder holds a lake, or nothing."""
    return folder.is_dir() and ((folder / "reports").is_dir() or not any(folder.iterdir()))
