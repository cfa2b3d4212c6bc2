"""Where a ledger is: a file, or a database of a PostgreSQL server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from diurna.errors import UsageError

_SERVER = re.compile(r"(?i)^postgres(?:ql)?(?:\+psycopg)?://")
_OTHER = re.compile(r"(?i)^([a-z][a-z0-9+.-]+)://")
_SECRET = re.compile(r"(//[^/@:]*):[^@/]*@")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a ledger is.

    Attributes:
        kind: which database.
        place: the file's path, or the server's address as SQLAlchemy writes it.
        shown: the same for people, without a password.
    """

    kind: Literal["sqlite", "postgresql"]
    place: str
    shown: str

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self.place)


def parse_address(said: str | Path) -> Address:
    """The address people write: a path, or `postgresql://user@host:port/database`.

    Raises:
        UsageError: another kind of address, or an empty one.
    """
    text = str(said)
    if _SERVER.match(text):
        return Address("postgresql", _SERVER.sub("postgresql+psycopg://", text), _SECRET.sub(r"\1@", text))
    other = _OTHER.match(text)
    if other:
        raise UsageError(f"{other.group(1)}:// is no ledger: name a file, or postgresql://user@host/database")
    if not text.strip() or "\x00" in text:
        raise UsageError("the ledger has no name: give a file, or postgresql://user@host/database")
    return Address("sqlite", text, text)
