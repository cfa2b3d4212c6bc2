"""Making a ledger, telling whose and how old one is, and bringing an old one up to date after a copy of it is made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from diurna.errors import NewerLedgerError, NotALedgerError
from diurna.ledger.address import Address
from diurna.ledger.dialects import APPLICATION_ID, file_uri

if TYPE_CHECKING:
    from alembic.config import Config

LATEST = "0006"
"""The revision this Diurna writes; a test holds it against the migrations."""

_FOLDER = Path(__file__).parent / "migrations"
_MARK = "alembic_version"


def look_at_file(address: Address, *, create: bool) -> None:
    """Look at an SQLite file before anything touches it.

    Raises:
        NotALedgerError: there is none (and none shall be made), or it is another program's.
        sqlite3.Error: it cannot be read as SQLite at all.
    """
    path = address.path
    if not path.exists():
        if create:
            return
        raise NotALedgerError(f"there is no ledger at {address.shown}: make one with `diurna add`, or name another")
    if path.is_dir():
        raise NotALedgerError(f"{address.shown} is a folder: name a file in it")
    if path.stat().st_size == 0 and create:
        return
    try:
        tables, known = _look_inside(path, readonly=True)
    except sqlite3.OperationalError as fault:
        if not fault.sqlite_errorname.startswith("SQLITE_READONLY"):
            raise
        tables, known = _look_inside(
            path, readonly=False
        )  # whoever made it was killed: what it left half done goes now
    if tables and known != APPLICATION_ID:
        raise NotALedgerError(f"{address.shown} is a database of another program: name the ledger's file")
    if not tables and not create:
        raise NotALedgerError(f"{address.shown} is empty, no ledger yet: fill it with `diurna add`")


def _look_inside(path: Path, *, readonly: bool) -> tuple[int, int]:
    """How many tables and indexes there are, and whose file it says it is."""
    with closing(sqlite3.connect(file_uri(path, readonly=readonly), uri=True, timeout=60)) as connection:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        known = connection.execute("PRAGMA application_id").fetchone()[0]
    return tables, known


def revision_of(connection: Connection) -> str | None:
    """The revision of the ledger behind `connection`; None where there is no ledger."""
    if not inspect(connection).has_table(_MARK):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_MARK}")).scalar()  # noqa: S608


def check_revision(address: Address, revision: str | None, latest: str = LATEST) -> bool:
    """Whether a ledger of `revision` is up to date.

    Raises:
        NewerLedgerError: this Diurna does not know the revision.
    """
    if revision == latest:
        return True
    if revision is not None and revision not in known_revisions():
        raise NewerLedgerError(
            f"{address.shown} was made by a newer Diurna (its revision is {revision}, this one knows {latest}): "
            "update Diurna with python -m pip install --upgrade diurna"
        )
    return False


@cache
def known_revisions() -> tuple[str, ...]:
    """All revisions, newest first."""
    from alembic.script import ScriptDirectory

    return tuple(step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions())


def make_or_upgrade(engine: Engine, address: Address) -> None:
    """Bring the ledger behind a writer's engine to the latest revision, all of it or nothing.

    A ledger of an older revision is copied first: a file beside the file, a schema beside the tables.
    """
    with engine.begin() as connection:
        revision = revision_of(connection)
        if check_revision(address, revision):
            return
    if revision is not None:
        _copy_before(engine, address, revision)
    with engine.begin() as connection:
        upgrade(connection)


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the migrations in the open transaction."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def copy_name(address: Address, revision: str) -> str:
    """Where the copy of a ledger of an older revision is kept."""
    return f"{address.place}.before-upgrade-from-{revision}" if address.kind == "sqlite" else f"diurna_{revision}"


def _copy_before(engine: Engine, address: Address, revision: str) -> None:
    name = copy_name(address, revision)
    if address.kind == "sqlite":
        with closing(sqlite3.connect(address.place)) as source, closing(sqlite3.connect(name)) as target:
            source.backup(target)
        return
    with engine.begin() as connection:
        connection.exec_driver_sql(f'CREATE SCHEMA IF NOT EXISTS "{name}"')
        for table in inspect(connection).get_table_names():
            connection.exec_driver_sql(f'CREATE TABLE IF NOT EXISTS "{name}"."{table}" AS TABLE "{table}"')
