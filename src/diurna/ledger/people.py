"""Actors over all reports, by name: who they are taken for, how often they speak and act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from sqlalchemy import Select, exists, func, select

from diurna.ledger import schema as t
from diurna.ledger.asking import Known, Page, read_cursor, write_cursor
from diurna.ledger.select import after, among, names_of
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.who import with_groups

Order = Literal["name", "reports"]


def actors(snapshot: Snapshot, said: str | None, order: Order, size: int, cursor: str | None) -> Page[Known]:
    """A page of actors, by name or the most reported first.

    Args:
        said: words the name must have.
    """
    named = names_of(snapshot.connection, said) if said is not None else None
    asked, columns = _by_name(snapshot, named) if order == "name" else _by_reports(snapshot, named)
    place = read_cursor(order, cursor) if cursor else None
    newest = order == "reports"
    if place:
        asked = (
            asked.having(*after(columns, place, newest=newest))
            if newest
            else asked.where(*after(columns, place, newest=False))
        )
    asked = asked.order_by(*[one.desc() if newest else one for one in columns]).limit(size + 1)
    found = snapshot.connection.execute(asked).all()
    names = [(row[0], row[1]) for row in found[:size]]
    rows = with_groups(snapshot, [seq for seq, _ in names], known_names(snapshot, names))
    more = write_cursor(order, tuple(found[size - 1][2:])) if len(found) > size else None
    return Page(tuple(rows), more)


def _by_name(snapshot: Snapshot, named: list[int] | None) -> tuple[Select[Any], list[Any]]:
    n, a, r = t.names.c, t.actors.c, t.readings.c
    held = exists().where(a.name == n.seq, r.seq == a.reading, *snapshot.moment.holds())
    asked = select(n.seq, n.name, n.key).where(held)
    return (asked if named is None else asked.where(n.seq.in_(named))), [n.key]


def _by_reports(snapshot: Snapshot, named: list[int] | None) -> tuple[Select[Any], list[Any]]:
    """Readings are counted, in the index of names alone: of every report one holds."""
    n, a = t.names.c, t.actors.c
    count = func.count(a.reading.distinct())
    name = select(n.name).where(n.seq == a.name).scalar_subquery()
    asked = select(a.name, name, count, a.name).where(*snapshot.moment.holds_by_number(a.reading)).group_by(a.name)
    return (asked if named is None else asked.where(a.name.in_(named))), [count, a.name]


def known_names(snapshot: Snapshot, names: list[tuple[int, str]]) -> list[Known]:
    """The actors of these names, in this order."""
    seqs = [seq for seq, _ in names]
    taken, facts = _taken_for(snapshot, seqs)
    spoken, done = _parts(snapshot, seqs, "statement"), _parts(snapshot, seqs, "event")
    return [
        Known(name, *taken[seq], facts[seq][0], spoken.get(seq, 0), done.get(seq, 0), *facts[seq][1:])
        for seq, name in names
    ]


_Kinds = tuple[tuple[Any, ...], tuple[Any, ...]]

_NEWEST = 1000
"""Sightings in reports by which it is told what somebody is: of a frequent name all of them would take long to find."""


def _taken_for(snapshot: Snapshot, seqs: list[int]) -> tuple[dict[int, _Kinds], dict[int, tuple[int, str, str]]]:
    """By name: kinds and countries in the newest reports, the most frequent first; all reports, first and last day."""
    a, r = t.actors.c, t.readings.c
    fact = select(
        a.name, func.count(r.report.distinct()), func.min(func.nullif(r.day, "")), func.max(r.day), func.count()
    )
    fact = fact.join(t.readings, r.seq == a.reading)
    fact = fact.where(among(snapshot.connection, a.name, seqs), *snapshot.moment.holds()).group_by(a.name)
    rows = snapshot.connection.execute(fact).all()
    kinds: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    countries: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for name, kind, country, count in _kinds(snapshot, [(row[0], row[4] > _NEWEST) for row in rows]):
        kinds[name][kind] += count
        if country:
            countries[name][country] += count
    facts = {row[0]: (row[1], row[2] or "", row[3] or "") for row in rows}
    return {seq: (_ranked(kinds[seq]), _ranked(countries[seq])) for seq in seqs}, facts


def _kinds(snapshot: Snapshot, names: Sequence[tuple[int, bool]]) -> Iterator[tuple[int, str, str | None, int]]:
    """What names are said to be, how often: (name, kind, country, count); of those that are frequent, by the newest."""
    a = t.actors.c
    holds = snapshot.moment.holds_by_number(a.reading)
    asked = [
        select(a.name, a.kind, a.country).where(a.name == name, *holds).order_by(a.reading.desc()).limit(_NEWEST)
        for name, is_frequent in names
        if is_frequent
    ]
    few = [name for name, is_frequent in names if not is_frequent]
    asked += [select(a.name, a.kind, a.country).where(among(snapshot.connection, a.name, few), *holds)] if few else []
    for one in asked:
        c = one.subquery().c
        counted = select(c.name, c.kind, c.country, func.count()).group_by(c.name, c.kind, c.country)
        yield from ((row[0], row[1], row[2], row[3]) for row in snapshot.connection.execute(counted))


def _ranked(counts: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda one: (-counts[one], one)))


def _parts(snapshot: Snapshot, seqs: list[int], kind: str) -> dict[int, int]:
    """How many statements the names make, or how many events they are parties of."""
    p = t.parties.c
    asked = select(p.name, func.count(p.record.distinct()))
    role = [p.role == "speaker"] if kind == "statement" else []
    asked = asked.where(
        p.kind == kind, among(snapshot.connection, p.name, seqs), *role, *snapshot.moment.holds_by_number(p.reading)
    ).group_by(p.name)
    return {row[0]: row[1] for row in snapshot.connection.execute(asked)}
