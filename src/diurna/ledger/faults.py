"""What databases complain of, said so that people know what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, InterfaceError

from diurna.errors import DamagedLedgerError, LedgerAccessError, LedgerError, NotALedgerError
from diurna.ledger.address import Address

_SPOKEN: tuple[tuple[tuple[str, ...], type[LedgerError], str], ...] = (
    (("file is not a database", "file is encrypted"), NotALedgerError,
     "is no ledger but another kind of file: name the ledger's file"),
    (("malformed", "invalid page", "corrupt"), DamagedLedgerError,
     "is damaged ({fault}): put the last `diurna backup` in its place, or add the reports anew to another ledger"),
    (("disk is full", "no space left", "could not extend file"), LedgerAccessError,
     "has no room left on its disk: make room and run the same command again; what was reported done is safe"),
    (("disk i/o error",), LedgerAccessError,
     "cannot be written or read: its disk is full, over its quota, or failing; "
     "see to it and run the same command again; what was reported done is safe"),
    (("readonly", "read-only"), LedgerAccessError,
     "may not be written (its file, folder or disk is read-only): change its rights or name another ledger"),
    (("unable to open database file",), LedgerAccessError,
     "cannot be opened: see that its folder exists and that you may read and write there"),
    (("permission denied", "must be owner"), LedgerAccessError,
     "refuses you ({fault}): ask its owner for the right"),
    (("database is locked", "lock timeout", "locktimeout"), LedgerAccessError,
     "has been busy for a minute with another writer: wait for it to end and run the same command again"),
    (("password", "authentication", "role "), LedgerAccessError,
     "does not let you in ({fault}): see user and password of the address"),
    (("database \"",), LedgerAccessError,
     "cannot be opened ({fault}): create the database (createdb) or see its name"),
)  # fmt: skip


@contextmanager
def spoken(address: Address) -> Iterator[None]:
    """Turns what the database raises into a `LedgerError` that says what to do."""
    try:
        yield
    except DBAPIError as fault:
        raise _translated(address, fault) from fault
    except ArgumentError as fault:
        raise LedgerAccessError(f"{address.shown} is no address of a server: {fault}") from fault


@contextmanager
def as_driver_error() -> Iterator[None]:
    """Turns what SQLite's own module raises into what comes through SQLAlchemy, for `spoken` to say."""
    try:
        yield
    except sqlite3.Error as fault:
        raise DatabaseError("", None, fault) from fault


def _translated(address: Address, fault: DBAPIError) -> LedgerError:
    said = " ".join(str(fault.orig).split())
    low = said.lower()
    for signs, kind, advice in _SPOKEN:
        if any(sign in low for sign in signs):
            return kind(f"{address.shown} {advice.format(fault=said)}")
    if address.kind == "postgresql" and (
        fault.connection_invalidated or isinstance(fault, InterfaceError) or _lost(low)
    ):
        return LedgerAccessError(
            f"{address.shown} cannot be reached ({said}): see that the server runs, and host and port of the address, "
            "and run the same command again; what was reported done is safe"
        )
    if isinstance(fault, DatabaseError):
        return LedgerError(f"{address.shown}: {said}")
    return LedgerError(f"{address.shown}: {fault}")


def _lost(said: str) -> bool:
    return any(sign in said for sign in ("connect", "resolve", "timeout expired", "terminating", "server closed"))
