"""Records in which names have a role, the latest first: entries of parties are taken in order until enough hold."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections.abc import Iterator, Sequence

from sqlalchemy import func, select

from diurna.ledger import schema as t
from diurna.ledger.chunks import chunks
from diurna.ledger.select import after, among
from diurna.ledger.snapshot import Snapshot

_Entry = tuple[str, int, int, int]
"""Day, record, reading, name."""

_STEP = 100
"""Entries that are fetched at once, and those that are held against the moment together."""

_FEW = 4
"""Names asked for one by one; the entries of more are asked for together, some days at a time."""
_DAYS = 16
"""Days looked at first; each further look goes back four times as far."""


def records_of_names(
    snapshot: Snapshot, kind: str, names: Sequence[int], roles: Sequence[str], size: int,
    place: tuple[str | int, ...] | None, bearers: Sequence[int],
) -> list[tuple[int, str]]:  # fmt: skip
    """The first `size` records after `place`, by the day of their reports, the newest first: (seq, day).

    Each name's entries stand in this order already, so that of somebody much spoken of only the latest are looked at.

    Args:
        kind: "statement" or "event".
        bearers: identities the names must be those of; () for any.
    """
    wanted = sorted(set(names))
    if len(wanted) > _FEW:
        entries = _entries_of_many(snapshot, kind, wanted, roles, place)
    else:
        by_name = [_entries(snapshot, kind, name, roles, place) for name in wanted]
        entries = heapq.merge(*by_name, key=lambda one: one[:2], reverse=True)
    found: dict[int, str] = {}
    while len(found) < size and (some := list(itertools.islice(entries, _STEP))):
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


def _entries_of_many(
    snapshot: Snapshot, kind: str, names: Sequence[int], roles: Sequence[str], place: tuple[str | int, ...] | None
) -> Iterator[_Entry]:
    """The entries of many names, the newest first; of each name only the days looked at are gone through."""
    p, step = t.parties.c, _STEP
    last = str(place[0]) if place else snapshot.connection.execute(select(func.max(t.readings.c.day))).scalar() or ""
    since, span = _before(last, _DAYS), _DAYS
    asked = select(p.day, p.record, p.reading, p.name).distinct().order_by(p.day.desc(), p.record.desc(), p.name)
    asked = asked.where(p.kind == kind, p.role.in_(roles))
    while True:
        here = asked.where(p.day >= since, *after([p.day, p.record], place, newest=True))
        found: list[_Entry] = []
        for some in chunks(names):
            rows = snapshot.connection.execute(here.where(among(snapshot.connection, p.name, some)).limit(step))
            found += [(row[0], row[1], row[2], row[3]) for row in rows]
        found.sort(key=lambda one: one[:2], reverse=True)
        is_cut = len(found) >= step
        if is_cut:  # of the last record there may be more, so it is left to the next look
            found = [one for one in found[:step] if one[:2] != found[step - 1][:2]]
            step *= 4
        yield from found
        place = found[-1][:2] if found else place
        if not is_cut:
            if not since:
                return
            span *= 4
            since = _before(since, span)


def _before(day: str, span: int) -> str:
    """An ISO day so many days earlier; "" before all of them."""
    try:
        return (dt.date.fromisoformat(day) - dt.timedelta(days=span)).isoformat()
    except (ValueError, OverflowError):
        return ""


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
