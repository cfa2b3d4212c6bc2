"""What a watch knows of its feeds, kept from one look to the next."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from diurna.ledger import schema as t
from diurna.ledger.schema import column
from diurna.ledger.store import Ledger


def watched(ledger: Ledger, matter: str) -> dict[str, str]:
    """The state of every feed followed for a matter, by address."""
    w = t.watched.c
    asked = select(w.address, w.state).where(w.matter == matter).order_by(w.address)
    with ledger.snapshot() as connection:
        return {row.address: row.state for row in connection.execute(asked)}


def note_watched(ledger: Ledger, matter: str, states: Mapping[str, str]) -> None:
    """Let these states take the place of those kept before, all of them or none."""
    w = t.watched.c
    with ledger.writing() as (connection, stamp):
        for address, state in states.items():
            connection.execute(delete(t.watched).where(w.matter == matter, w.address == address))
            row = {"address": column(address), "state": column(state), "looked_at": stamp.moment}
            connection.execute(insert(t.watched).values(matter=matter, **row))


def all_watched(connection: Connection) -> list[tuple[str, str, str, str]]:
    """Every feed that is followed for any matter: (matter, address, state, when it was last looked at)."""
    w = t.watched.c
    asked = select(w.matter, w.address, w.state, w.looked_at).order_by(w.matter, w.address)
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(asked)]
