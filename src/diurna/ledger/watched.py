"""What a watch knows of its feeds, kept from one look to the next."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from diurna.ledger import schema as t
from diurna.ledger.schema import column


def watched(connection: Connection, matter: str) -> dict[str, str]:
    """The state of every feed followed for a matter, by address."""
    w = t.watched.c
    asked = select(w.address, w.state).where(w.matter == matter).order_by(w.address)
    return {row.address: row.state for row in connection.execute(asked)}


def note_watched(connection: Connection, matter: str, states: Mapping[str, str], moment: str) -> None:
    """Let these states take the place of those kept before."""
    w = t.watched.c
    for address, state in states.items():
        connection.execute(delete(t.watched).where(w.matter == matter, w.address == address))
        connection.execute(
            insert(t.watched).values(matter=matter, address=column(address), state=column(state), looked_at=moment)
        )
