"""Where the two databases differ: opening, locking, writing many rows, full text. Nothing else knows which it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import quote

from sqlalchemy import Connection, Engine, Table, create_engine, event, pool, text
from sqlalchemy.exc import DatabaseError

from diurna.errors import MissingPartError
from diurna.ledger.address import Address
from diurna.ledger.schema import SEARCHED
from diurna.ledger.words import Either, Every, Phrase, Query

APPLICATION_ID = 0x44697572
""""Diur" in the file's header tells a ledger from other programs' SQLite files."""

PATIENCE = 60
"""Seconds a writer waits for another."""

WRITERS_CACHE, READERS_CACHE, MAPPED = 128, 64, 256
"""MiB of pages SQLite keeps for a writer and for each reader, at most, and of the file that readers map: a process
grows by as much while a ledger does, and no further."""

_PAGE_COST = 1.1
"""What fetching any page costs beside the next one: as it is where tables are in memory or on a disk without arms. With
PostgreSQL's own 4, whole tables are read where a few hundred rows are wanted."""

_ADVISORY = 4_922_337_185
"""Names the writers' lock among the locks of a PostgreSQL server."""

Document = tuple[int, Sequence[str]]
"""The number of what is searched, and its words in order (words that begin with "_" are its labels)."""


class Dialect(Protocol):
    """One database."""

    many_by_record: bool
    """Whether a thousand names are found sooner by their records than by their labels in full text."""

    def engine(self, *, readonly: bool) -> Engine:
        """An engine whose transactions are snapshots."""

    def lock(self, connection: Connection) -> None:
        """Let no other writer in until the transaction ends."""

    def insert(self, connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Store rows that have a value for every column of `table`, in the table's order."""

    def index(self, connection: Connection, name: str, documents: Iterable[Document]) -> None:
        """Add documents to the index `name`."""

    def unindex(self, connection: Connection, name: str, documents: Iterable[Document]) -> None:
        """Take documents, given as they were added, out of the index `name`."""

    def matching(self, name: str) -> str:
        """SQL that selects `seq` of the documents in index `name` that match `:words`."""

    def expression(self, query: Query) -> str:
        """What to bind to `:words`."""

    def beginning(self, connection: Connection, name: str, beginning: str, most: int) -> list[str] | None:
        """The words of index `name` that begin so; None where there are more than `most`, or it is no help to know."""

    def has(self, connection: Connection, name: str, seq: int, words: str) -> bool:
        """Whether document `seq` of index `name` matches the expression `words`."""

    def faults(self, connection: Connection) -> list[str]:
        """What the database finds wrong with itself."""

    def overwrite(self, connection: Connection) -> None:
        """Have what is deleted from now on overwritten where it stood."""

    def tidy(self, connection: Connection) -> None:
        """After a removal: see that what was removed is gone from the indexes' own pages."""


class Sqlite:
    """One file; write-ahead log, FTS5."""

    many_by_record = False  # labels 60 ms, records 460

    def __init__(self, address: Address) -> None:
        self._address = address

    def engine(self, *, readonly: bool) -> Engine:
        """Connections that wait for one another, check references and begin transactions when told."""
        place = file_uri(self._address.path, readonly=readonly)
        engine = create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect(
                place, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            ),
            poolclass=pool.QueuePool,
        )
        event.listen(engine, "connect", _readers_settings if readonly else _writers_settings)
        event.listen(engine, "begin", _begin_reading if readonly else _begin_writing)
        return engine

    def lock(self, connection: Connection) -> None:
        """BEGIN IMMEDIATE has done it."""

    def insert(self, connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """One prepared statement for all rows."""
        if rows:
            marks = ",".join("?" * len(table.columns))
            connection.exec_driver_sql(f"INSERT INTO {table.name} VALUES ({marks})", list(rows))  # noqa: S608

    def index(self, connection: Connection, name: str, documents: Iterable[Document]) -> None:
        """Rows of the index."""
        rows = [(seq, " ".join(words)) for seq, words in documents]
        if rows:
            connection.exec_driver_sql(f"INSERT INTO search_{name}(rowid, words) VALUES (?, ?)", rows)  # noqa: S608

    def unindex(self, connection: Connection, name: str, documents: Iterable[Document]) -> None:
        """FTS5 without content wants to be told what it had indexed."""
        rows = [(seq, " ".join(words)) for seq, words in documents]
        if rows:
            statement = f"INSERT INTO search_{name}(search_{name}, rowid, words) VALUES ('delete', ?, ?)"  # noqa: S608
            connection.exec_driver_sql(statement, rows)

    def matching(self, name: str) -> str:
        """Rows of the index, in order of their numbers."""
        return f"SELECT rowid AS seq FROM search_{name} WHERE search_{name} MATCH :words"  # noqa: S608

    def expression(self, query: Query) -> str:
        """FTS5's language; every word stands in quotes, so none can be an operator."""
        if isinstance(query, Phrase):
            return '"' + " ".join(query.words) + '"' + ("*" if query.prefix else "")
        if isinstance(query, Either):
            return "(" + " OR ".join(map(self.expression, query.choices)) + ")"
        wanted = "(" + " AND ".join(map(self.expression, query.wanted)) + ")"
        return "(" + wanted + "".join(f" NOT {self.expression(one)}" for one in query.barred) + ")"

    def beginning(self, connection: Connection, name: str, beginning: str, most: int) -> list[str] | None:
        """From word to word: FTS5 gathers all places of all words that begin so before it gives the first one."""
        terms = f"terms_{name}"
        for line in (
            "PRAGMA query_only = 0",  # forbids tables in memory as well; the file itself is open for reading alone
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{terms} USING fts5vocab(main, search_{name}, 'instance')",
            "PRAGMA query_only = 1",
        ):
            connection.exec_driver_sql(line).close()
        asked = (beginning, beginning + _LAST, beginning + _LAST, most + 1)
        found = [row[0] for row in connection.exec_driver_sql(_TERMS.format(terms=terms), asked)]
        return found if len(found) <= most else None

    def has(self, connection: Connection, name: str, seq: int, words: str) -> bool:
        """One look-up."""
        asked = f"SELECT 1 FROM search_{name} WHERE search_{name} MATCH ? AND rowid = ?"  # noqa: S608
        return connection.exec_driver_sql(asked, (words, seq)).first() is not None

    def faults(self, connection: Connection) -> list[str]:
        """Broken pages, and rows that point at rows that are not there."""
        broken = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(50)")]
        lost = [
            f"{row[0]} row {row[1]} points at no {row[2]}"
            for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
        ]
        return [line for line in broken if line != "ok"] + lost[:50]

    def overwrite(self, connection: Connection) -> None:
        """Zeroes, also on pages that become free."""
        connection.exec_driver_sql("PRAGMA secure_delete = ON").close()

    def tidy(self, connection: Connection) -> None:
        """Merge each index into one segment, so that removed words leave it."""
        for name in SEARCHED:
            connection.exec_driver_sql(f"INSERT INTO search_{name}(search_{name}) VALUES ('optimize')")  # noqa: S608


_LAST = "\U0010ffff"
"""Sorts behind whatever a word can go on with."""

_TERMS = """
WITH RECURSIVE found(term) AS (
    SELECT (SELECT term FROM temp.{terms} WHERE term >= ? LIMIT 1)
    UNION ALL
    SELECT (SELECT term FROM temp.{terms} WHERE term >= found.term || char(1) LIMIT 1) FROM found WHERE found.term < ?
)
SELECT term FROM found WHERE term < ? LIMIT ?
"""
"""One step a word, however often it stands somewhere."""


def file_uri(path: Path, *, readonly: bool) -> str:
    """The file as SQLite opens it; a reader on a read-only disk is told that nobody can change it."""
    where = "file:" + quote(str(path.absolute()))
    if not readonly:
        return where
    wal = Path(f"{path}-wal")
    return where + "?mode=ro" + ("&immutable=1" if not _may_write(path.parent) and not wal.exists() else "")


def _may_write(folder: Path) -> bool:
    """Whether files can be made in `folder`; rights alone do not tell it, a disk may be mounted read-only."""
    import os

    if not os.access(folder, os.W_OK):
        return False
    return not os.statvfs(folder).f_flag & os.ST_RDONLY if hasattr(os, "statvfs") else True


def _readers_settings(connection: sqlite3.Connection, _: object) -> None:
    for line in (
        "busy_timeout = 60000",
        "temp_store = MEMORY",
        f"cache_size = -{1024 * READERS_CACHE}",
        f"mmap_size = {2**20 * MAPPED}",
        "query_only = 1",
    ):
        connection.execute(f"PRAGMA {line}")


def _writers_settings(connection: sqlite3.Connection, _: object) -> None:
    for line in (
        f"busy_timeout = {PATIENCE * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",  # what was reported done outlives a power cut; batches are large, so it costs little
        "foreign_keys = ON",
        f"cache_size = -{1024 * WRITERS_CACHE}",
        "secure_delete = FAST",
    ):
        connection.execute(f"PRAGMA {line}")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class Postgres:
    """One database of a server; COPY, tsvector with GIN."""

    many_by_record = True  # labels 250 ms, records 100

    def __init__(self, address: Address) -> None:
        self._address = address
        try:
            import psycopg  # noqa: F401
        except ImportError:
            raise MissingPartError(
                "PostgreSQL ledgers need one more part: python -m pip install 'diurna[postgres]'"
            ) from None

    def engine(self, *, readonly: bool) -> Engine:
        """Connections whose transactions see one moment."""
        settings = f"-c lock_timeout={PATIENCE * 1000} -c random_page_cost={_PAGE_COST}"
        settings += " -c default_transaction_read_only=on" if readonly else ""
        return create_engine(
            self._address.place,
            isolation_level="REPEATABLE READ" if readonly else "READ COMMITTED",
            connect_args={"connect_timeout": 10, "options": settings},
            pool_pre_ping=True,
        )

    def lock(self, connection: Connection) -> None:
        """A lock by agreement, given back when the transaction ends."""
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY})

    def insert(self, connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """COPY, several times as fast as INSERT."""
        if rows:
            self._copy(connection, table.name, rows)

    def _copy(self, connection: Connection, name: str, rows: Iterable[tuple[Any, ...]]) -> None:
        import psycopg

        driver = cast("Any", connection.connection.driver_connection)
        try:
            with driver.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        except psycopg.Error as fault:
            raise DatabaseError("COPY", None, fault) from fault

    def index(self, connection: Connection, name: str, documents: Iterable[Document]) -> None:
        """Word lists with positions, made here: the server's own parser would cut words its own way."""
        self._copy(connection, f"search_{name}", ((seq, _tsvector(words)) for seq, words in documents))

    def unindex(self, connection: Connection, name: str, documents: Iterable[Document]) -> None:
        """Rows of the index."""
        numbers = [seq for seq, _ in documents]
        connection.execute(text(f"DELETE FROM search_{name} WHERE seq = ANY(:numbers)"), {"numbers": numbers})  # noqa: S608

    def matching(self, name: str) -> str:
        """Rows of the index."""
        return f"SELECT seq FROM search_{name} WHERE words @@ CAST(:words AS tsquery)"  # noqa: S608

    def expression(self, query: Query) -> str:
        """The language of tsquery."""
        if isinstance(query, Phrase):
            words = [f"'{word}'" for word in query.words]
            return "(" + " <-> ".join([*words[:-1], words[-1] + (":*" if query.prefix else "")]) + ")"
        if isinstance(query, Either):
            return "(" + " | ".join(map(self.expression, query.choices)) + ")"
        parts = [*map(self.expression, query.wanted), *(f"!{self.expression(one)}" for one in query.barred)]
        return "(" + " & ".join(parts) + ")"

    def beginning(
        self,
        connection: Connection,  # noqa: ARG002 - as the other dialect has it
        name: str,  # noqa: ARG002
        beginning: str,  # noqa: ARG002
        most: int,  # noqa: ARG002
    ) -> list[str] | None:
        """GIN gathers the rows of a word as it does those of a beginning, and has no list of its words to ask."""
        return None

    def has(self, connection: Connection, name: str, seq: int, words: str) -> bool:
        """One look-up."""
        asked = text(f"SELECT 1 FROM search_{name} WHERE words @@ CAST(:words AS tsquery) AND seq = :seq")  # noqa: S608
        return connection.execute(asked, {"words": words, "seq": seq}).first() is not None

    def faults(self, connection: Connection) -> list[str]:  # noqa: ARG002 - as the other dialect has it
        """The server checks its pages and references itself."""
        return []

    def overwrite(self, connection: Connection) -> None:
        """The server's own vacuum frees the room; what its files hold until then is its owner's to see to."""

    def tidy(self, connection: Connection) -> None:
        """The server's own vacuum does it."""


def _tsvector(words: Sequence[str]) -> str:
    places: dict[str, list[str]] = {}
    for place, word in enumerate(words, start=1):
        places.setdefault(word, []).append(str(place))
    return " ".join(f"'{word}':{','.join(at)}" for word, at in places.items())


def dialect_of(address: Address) -> Dialect:
    """The database of an address.

    Raises:
        MissingPartError: the driver of PostgreSQL is not installed.
    """
    return Sqlite(address) if address.kind == "sqlite" else Postgres(address)


__all__ = ["APPLICATION_ID", "Dialect", "Document", "Either", "Every", "dialect_of"]
