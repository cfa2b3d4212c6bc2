"""Records in which names have a role, the latest first: entries of parties are taken in order until enough hold."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from diurna.ledger import schema as t
from diurna.ledger.chunks import chunks
from diurna.ledger.select import after
from diurna.ledger.snapshot import Snapshot

_Entry = tuple[str, int, int, int]
"""Day, record, reading, name."""

_STEP = 100
"""Entries of one name that are fetched at once, and those that are held against the moment together."""


def records_of_names(
    snapshot: Snapshot, kind: str, names: Sequence[int], roles: Sequence[str], size: int,
    place: tuple[str | int, ...] | None, bearers: Sequence[int],
) -> list[tuple[int, str]]:  # fmt: skip
    """The first `size` records after `place`, by the day of their reports, the newest first: (seq, day).

    Each name's entries stand in this order already; those of all names are merged, so that of somebody much spoken of
    only the latest are looked at.

    Args:
        kind: "statement" or "event".
        bearers: identities the names must be those of; () for any.
    """
    by_name = [_entries(snapshot, kind, name, roles, place) for name in sorted(set(names))]
    merged = heapq.merge(*by_name, key=lambda one: one[:2], reverse=True)
    found: dict[int, str] = {}
    while len(found) < size and (some := list(itertools.islice(merged, _STEP))):
        held = _held(snapshot, some, bearers)
        found.update((record, day) for day, record, reading, name in some if (reading, name) in held)
    return list(found.items())[:size]


def _entries(
    snapshot: Snapshot, kind: str, name: int, roles: Sequence[str], place: tuple[str | int, ...] | None
) -> Iterator[_Entry]:
    """The entries of one name, the newest first."""
    p, step = t.parties.c, _STEP
    asked = select(p.day, p.record, p.reading, p.name).where(p.kind == kind, p.name == name, p.role.in_(roles))
    asked = asked.distinct().order_by(p.day.desc(), p.record.desc())
    while True:
        some = snapshot.connection.execute(asked.where(*after([p.day, p.record], place, newest=True)).limit(step)).all()
        yield from ((row[0], row[1], row[2], row[3]) for row in some)
        if len(some) < step:
            return
        place, step = (some[-1][0], some[-1][1]), 4 * step


def _held(snapshot: Snapshot, some: Sequence[_Entry], bearers: Sequence[int]) -> set[tuple[int, int]]:
    """Readings and names of the entries that hold at the moment, and are the bearers'."""
    r, s = t.readings.c, t.sightings.c
    holding: set[int] = set()
    wanted = {(reading, name) for _, _, reading, name in some}
    for part in chunks(sorted({reading for reading, _ in wanted})):
        holding.update(
            snapshot.connection.execute(select(r.seq).where(r.seq.in_(part), *snapshot.moment.holds())).scalars()
        )
    if not bearers:
        return {one for one in wanted if one[0] in holding}
    borne: set[tuple[int, int]] = set()
    for part in chunks(sorted(holding)):
        asked = select(s.reading, s.name).where(s.reading.in_(part), s.identity.in_(bearers))
        borne.update((row[0], row[1]) for row in snapshot.connection.execute(asked))
    return wanted & borne
