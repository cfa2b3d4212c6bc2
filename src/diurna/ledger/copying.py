"""A ledger to another place while it is in use: a file to a file, a server's database to a file, a file to a server."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, select

from diurna.errors import LedgerError, UsageError
from diurna.ledger import schema as t
from diurna.ledger.dialects import Dialect, file_uri
from diurna.ledger.remove import documents_of

_ROWS = 5_000


def copy_file(source: Path, target: Path) -> None:
    """Copy a ledger's file as of one moment; `target` is whole or not there.

    Raises:
        UsageError: there is something at `target` already.
    """
    if target.exists():
        raise UsageError(f"{target} is there already: name another file, or move it away")
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(file_uri(source, readonly=True), uri=True, timeout=60)) as here,
            closing(sqlite3.connect(part)) as there,
        ):
            here.backup(there, pages=4096, sleep=0.01)
            found = there.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise LedgerError(f"the copy is not whole ({found}): is the disk sound?")
        os.replace(part, target)  # noqa: PTH105 - one step, as rename(2) promises
    finally:
        part.unlink(missing_ok=True)


def copy_rows(source: Connection, target: Connection, dialect: Dialect) -> int:
    """Copy all rows of a snapshot into an empty ledger and index them again; how many readings there were.

    Raises:
        UsageError: the target holds something.
    """
    if target.execute(select(func.count()).select_from(t.readings)).scalar():
        raise UsageError("the other ledger is not empty: name one that does not exist yet")
    for table in t.metadata.sorted_tables:
        for rows in _all_rows(source, table):
            dialect.insert(target, table, rows)
    seqs = list(target.execute(select(t.readings.c.seq).order_by(t.readings.c.seq)).scalars())
    for seq in seqs:
        for name, documents in documents_of(target, seq).items():
            dialect.index(target, name, documents)
    return len(seqs)


def _all_rows(connection: Connection, table: Table) -> Iterator[list[tuple[Any, ...]]]:
    keys = list(table.primary_key.columns)
    found = connection.execution_options(yield_per=_ROWS).execute(select(table).order_by(*keys))
    for some in found.partitions():
        yield [tuple(row) for row in some]
