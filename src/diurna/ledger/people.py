"""Actors over all reports, by name: who they are taken for, how often they speak and act."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Literal

from sqlalchemy import Select, exists, func, null, select, union_all

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


def _taken_for(snapshot: Snapshot, seqs: list[int]) -> tuple[dict[int, _Kinds], dict[int, tuple[int, str, str]]]:
    """By name, kinds and countries, the most frequent first; and reports with the first and the last day of them.

    One query, since finding the readings of frequent names is what takes the time.
    """
    a, r = t.actors.c, t.readings.c
    held = select(a.name, a.kind, a.country, r.report, func.nullif(r.day, "").label("day"))
    held = held.join(t.readings, r.seq == a.reading).where(
        among(snapshot.connection, a.name, seqs), *snapshot.moment.holds()
    )
    one = held.cte("held").c
    kind_of = select(one.name, one.kind, one.country, func.count(), null(), null())
    fact_of = select(one.name, null(), null(), func.count(one.report.distinct()), func.min(one.day), func.max(one.day))
    asked = union_all(kind_of.group_by(one.name, one.kind, one.country), fact_of.group_by(one.name))
    kinds: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    countries: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    facts: dict[int, tuple[int, str, str]] = {}
    for name, kind, country, count, first, last in snapshot.connection.execute(asked):
        if kind is None:
            facts[name] = (count, first or "", last or "")
            continue
        kinds[name][kind] += count
        if country:
            countries[name][country] += count
    return {seq: (_ranked(kinds[seq]), _ranked(countries[seq])) for seq in seqs}, facts


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
