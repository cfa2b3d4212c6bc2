"""Keeping who is one with whom: identities, judged pairs, groups; what linking needs of them and what it leaves."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, or_, select, update

from diurna.ledger import schema as t
from diurna.ledger.chunks import chunks
from diurna.ledger.dialects import Dialect
from diurna.ledger.judge import judgements
from diurna.ledger.pack import to_json
from diurna.ledger.schema import column
from diurna.ledger.select import FOREVER
from diurna.model.identity import Ground, Groups, Pair, PairVerdict, grouped, with_members


@dataclass(frozen=True, slots=True)
class KeptIdentity:
    """An identity as it is kept; `body` is made and read by linking, `keys` are those it is found under."""

    id: str
    kind: str
    sightings: int
    body: str
    keys: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class KeptSighting:
    """An actor of a reading; `body` is made and read by linking."""

    actor: str
    seq: int
    reading: int
    name: int
    body: str
    identity: str | None = None


def unresolved(connection: Connection, readings: Sequence[int]) -> set[int]:
    """Those of the readings whose actors have no identities yet, and that hold."""
    r, found = t.readings.c, set[int]()
    for some in chunks(readings):
        asked = select(r.seq).where(r.seq.in_(some), r.replaced_at.is_(None))
        found.update(connection.execute(asked.where(~exists().where(t.resolved.c.reading == r.seq))).scalars())
    return found


def actors_in(connection: Connection, readings: Sequence[int]) -> dict[tuple[int, str], tuple[int, int]]:
    """Numbers and names of actors by reading and id."""
    a, found = t.actors.c, dict[tuple[int, str], tuple[int, int]]()
    for some in chunks(readings):
        asked = select(a.reading, a.id, a.seq, a.name).where(a.reading.in_(some))
        found.update(((row[0], row[1]), (row[2], row[3])) for row in connection.execute(asked))
    return found


def bodies(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Bodies of identities by their ids."""
    i, found = t.identities.c, dict[str, str]()
    for some in chunks(sorted(set(ids))):
        asked = select(i.id, i.body).where(i.id.in_(some))
        found.update((row[0], row[1]) for row in connection.execute(asked))
    return found


def filed(connection: Connection, keys: Iterable[int]) -> dict[int, list[str]]:
    """Ids of the identities filed under each of the keys."""
    k, i, found = t.identity_keys.c, t.identities.c, dict[int, list[str]]()
    for some in chunks(sorted(set(keys))):
        asked = select(k.key, i.id).join(t.identities, i.seq == k.identity).where(k.key.in_(some))
        for key, one in connection.execute(asked):
            found.setdefault(key, []).append(one)
    return found


def sightings_of(connection: Connection, actors: Iterable[str]) -> list[KeptSighting]:
    """The sightings of actors with these ids."""
    s, a, i = t.sightings.c, t.actors.c, t.identities.c
    found: list[KeptSighting] = []
    for some in chunks(sorted(set(actors))):
        asked = select(a.id, s.actor, s.reading, s.name, s.body, i.id).join(t.actors, a.seq == s.actor)
        asked = asked.outerjoin(t.identities, i.seq == s.identity).where(a.id.in_(some)).order_by(s.actor)
        found += [KeptSighting(*row) for row in connection.execute(asked)]
    return found


def members(connection: Connection, ids: Iterable[str]) -> list[KeptSighting]:
    """The sightings these identities are made of."""
    s, a, i = t.sightings.c, t.actors.c, t.identities.c
    found: list[KeptSighting] = []
    for some in chunks(sorted(set(ids))):
        asked = select(a.id, s.actor, s.reading, s.name, s.body, i.id).join(t.actors, a.seq == s.actor)
        asked = asked.join(t.identities, i.seq == s.identity).where(i.id.in_(some)).order_by(s.actor)
        found += [KeptSighting(*row) for row in connection.execute(asked)]
    return found


def orphans(connection: Connection) -> list[KeptSighting]:
    """Sightings whose identity was taken apart, since a report it rested on was removed."""
    s, a = t.sightings.c, t.actors.c
    asked = select(a.id, s.actor, s.reading, s.name, s.body).join(t.actors, a.seq == s.actor)
    return [KeptSighting(*row) for row in connection.execute(asked.where(s.identity.is_(None)).order_by(s.actor))]


def loose(connection: Connection) -> bool:
    """Whether a sighting waits for its identity to be made again."""
    return (
        connection.execute(select(t.sightings.c.actor).where(t.sightings.c.identity.is_(None)).limit(1)).first()
        is not None
    )


# --- keeping


def keep_sightings(
    connection: Connection, dialect: Dialect, readings: Iterable[int], seen: Iterable[KeptSighting]
) -> None:
    """Write new sightings, whose identities are there, and note that their readings' actors have identities."""
    rows = list(seen)
    seqs = _seqs(connection, [one.identity for one in rows if one.identity])
    dialect.insert(
        connection,
        t.sightings,
        [(one.seq, one.reading, one.name, seqs.get(one.identity or ""), one.body) for one in rows],
    )
    dialect.insert(connection, t.resolved, [(reading,) for reading in sorted(readings)])


def move(connection: Connection, seen: Iterable[KeptSighting]) -> None:
    """Give sightings to other identities, which are there."""
    rows = list(seen)
    seqs = _seqs(connection, [one.identity for one in rows if one.identity])
    for one in rows:
        where = t.sightings.c.actor == one.seq
        connection.execute(update(t.sightings).where(where).values(identity=seqs[one.identity or ""]))


def keep_identities(connection: Connection, dialect: Dialect, found: Iterable[KeptIdentity]) -> None:
    """Write identities, new ones and known ones with more to say."""
    rows = sorted(found, key=lambda one: one.id)
    known = _seqs(connection, [one.id for one in rows])
    last: int = connection.execute(select(func.max(t.identities.c.seq))).scalar() or 0
    fresh, changed = [], []
    for one in rows:
        if one.id in known:
            changed.append({"at": known[one.id], "n": one.sightings, "text": column(one.body)})
        else:
            last += 1
            known[one.id] = last
            fresh.append((last, one.id, one.kind, last, 1, one.sightings, column(one.body)))
    dialect.insert(connection, t.identities, fresh)
    if changed:
        values: dict[str, Any] = {"sightings": bindparam("n"), "body": bindparam("text")}
        connection.execute(update(t.identities).where(t.identities.c.seq == bindparam("at")).values(**values), changed)
    _keep_keys(connection, dialect, {known[one.id]: one.keys for one in rows})


def _keep_keys(connection: Connection, dialect: Dialect, keys: Mapping[int, frozenset[int]]) -> None:
    k, there = t.identity_keys.c, defaultdict[int, set[int]](set)
    for some in chunks(sorted(keys)):
        for one, key in connection.execute(select(k.identity, k.key).where(k.identity.in_(some))):
            there[one].add(key)
    for one in sorted(keys):
        gone = sorted(there[one] - keys[one])
        if gone:
            connection.execute(delete(t.identity_keys).where(k.identity == one, k.key.in_(gone)))
    new = [(key, one) for one in sorted(keys) for key in sorted(keys[one] - there[one])]
    dialect.insert(connection, t.identity_keys, sorted(new))


def drop(connection: Connection, ids: Iterable[str]) -> None:
    """Take identities out that have no sighting any more."""
    for some in chunks(sorted(set(ids))):
        seqs = list(connection.execute(select(t.identities.c.seq).where(t.identities.c.id.in_(some))).scalars())
        _drop(connection, seqs)


def _drop(connection: Connection, seqs: Sequence[int]) -> None:
    p = t.identity_pairs.c
    for some in chunks(seqs):
        connection.execute(update(t.sightings).where(t.sightings.c.identity.in_(some)).values(identity=None))
        connection.execute(delete(t.identity_pairs).where(or_(p.one.in_(some), p.other.in_(some))))
        connection.execute(delete(t.identity_keys).where(t.identity_keys.c.identity.in_(some)))
        connection.execute(delete(t.identities).where(t.identities.c.seq.in_(some)))


def keep_pairs(
    connection: Connection, dialect: Dialect, about: Iterable[str], pairs: Sequence[Pair], moment: str
) -> None:
    """Write the pairs of identities that were judged anew, `about`; what stays as it was keeps its moment."""
    p = t.identity_pairs.c
    seqs = _seqs(connection, {*about, *(end for pair in pairs for end in (pair.one, pair.other))})
    new = {(seqs[one.one], seqs[one.other]): (one.verdict, one.strength, column(_grounds(one))) for one in pairs}
    for some in chunks(sorted(seqs[one] for one in about)):
        asked = select(p.one, p.other, p.verdict, p.strength, p.body).where(or_(p.one.in_(some), p.other.in_(some)))
        for one, other, *said in connection.execute(asked).all():
            if new.get((one, other)) == tuple(said):
                del new[one, other]
            else:
                connection.execute(delete(t.identity_pairs).where(p.one == one, p.other == other))
    dialect.insert(connection, t.identity_pairs, [(*ends, *said, moment) for ends, said in sorted(new.items())])


def _grounds(pair: Pair) -> str:
    return to_json([[ground.name, ground.result, ground.why] for ground in pair.grounds])


def _seqs(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    i, found = t.identities.c, dict[str, int]()
    for some in chunks(sorted(set(ids))):
        found.update((row[0], row[1]) for row in connection.execute(select(i.id, i.seq).where(i.id.in_(some))))
    return found


def unresolve(connection: Connection, readings: Sequence[int]) -> None:
    """Take out what identities have from readings; those that had something are made again by the next linking."""
    s, i = t.sightings.c, t.identities.c
    gone: set[int] = set()
    for some in chunks(readings):
        asked = select(s.identity).where(s.reading.in_(some), s.identity.is_not(None)).distinct()
        gone.update(connection.execute(asked).scalars())
        connection.execute(delete(t.sightings).where(s.reading.in_(some)))
        connection.execute(delete(t.resolved).where(t.resolved.c.reading.in_(some)))
    near: set[str] = set()
    for some in chunks(sorted(gone)):
        groups = select(i.grp).where(i.seq.in_(some))
        near.update(connection.execute(select(i.id).where(i.grp.in_(groups), i.seq.not_in(gone))).scalars())
    _drop(connection, sorted(gone))
    regroup(connection, near)


# --- groups


def judged_by_people(connection: Connection, known_on: str = FOREVER) -> dict[tuple[str, str], Pair]:
    """What people say of identities, by their ends in order: the last word on each two counts.

    Who is told from somebody of another name is told from all that bear that name; who is told from somebody of the
    same name, from that one alone.
    """
    standing = [
        one for one in judgements(connection, None, known_on)
        if one.person and not one.undone and one.verdict in ("same", "different") and one.other
    ]  # fmt: skip
    rows = sightings_of(connection, [key for one in standing for key in (one.record, one.other or "")])
    of = {row.actor: row for row in rows}
    bearers = _bearers(connection, {row.name for row in rows})
    found: dict[tuple[str, str], Pair] = {}
    for one in standing:
        left, right = of.get(one.record), of.get(one.other or "")
        if left is None or right is None or not left.identity or not right.identity:
            continue
        wide = one.verdict == "different" and left.name != right.name
        lefts, rights = ((bearers[row.name] if wide else {row.identity}) for row in (left, right))
        verdict: PairVerdict = "same" if one.verdict == "same" else "apart"
        why = f"{one.by} judged them {one.verdict}" + (f": {one.why}" if one.why else "")
        ground = Ground("judgement", "for" if verdict == "same" else "against", why)
        for a, b in ((a, b) for a in lefts for b in rights if a and b and a != b):
            ends = (min(a, b), max(a, b))
            found[ends] = Pair(*ends, verdict, 100, (ground,), person=True)
    return found


def _bearers(connection: Connection, names: Iterable[int]) -> dict[int, set[str | None]]:
    """Ids of the identities that are seen under names."""
    s, i, found = t.sightings.c, t.identities.c, defaultdict[int, set[str | None]](set)
    for some in chunks(sorted(set(names))):
        asked = select(s.name, i.id).distinct().join(t.identities, i.seq == s.identity).where(s.name.in_(some))
        for name, one in connection.execute(asked):
            found[name].add(one)
    return found


def around(connection: Connection, ids: Iterable[str], known_on: str = FOREVER) -> tuple[dict[str, int], list[Pair]]:
    """All identities that pairs tie to these, however far, with how often each is seen, and the pairs among them."""
    p = t.identity_pairs.c
    people = judged_by_people(connection, known_on)
    near = defaultdict[str, set[str]](set)
    for ends, pair in people.items():
        if pair.verdict == "same":
            near[ends[0]].add(ends[1])
            near[ends[1]].add(ends[0])
    known: dict[int, tuple[str, int]] = {}
    ahead = {*ids}
    ahead |= {end for one in ahead for end in near[one]}
    seqs = set(_seqs(connection, ahead).values())
    while seqs:
        _learn(connection, seqs, known)
        further: set[int] = set()
        for some in chunks(sorted(seqs)):
            asked = select(p.one, p.other).where(
                or_(p.one.in_(some), p.other.in_(some)), p.verdict.in_(("same", "part")), p.found_at <= known_on
            )
            further.update(end for row in connection.execute(asked) for end in row)
        named = {end for seq in seqs for end in near[known[seq][0]]}
        further |= set(_seqs(connection, named).values()) if named else set()
        seqs = further - known.keys()
    pairs = _pairs_among(connection, known, known_on)
    joint = {(min(pair.one, pair.other), max(pair.one, pair.other)): pair for pair in pairs}
    weights = dict(known.values())
    joint.update({ends: pair for ends, pair in people.items() if ends[0] in weights and ends[1] in weights})
    return weights, list(joint.values())


def _learn(connection: Connection, seqs: Iterable[int], known: dict[int, tuple[str, int]]) -> None:
    i = t.identities.c
    for some in chunks(sorted(seqs)):
        asked = select(i.seq, i.id, i.sightings).where(i.seq.in_(some))
        known.update((row[0], (row[1], row[2])) for row in connection.execute(asked))


def _pairs_among(
    connection: Connection, known: Mapping[int, tuple[str, int]], known_on: str, group: Mapping[int, int] | None = None
) -> list[Pair]:
    """The pairs both ends of which are known, and of one group where `group` says which is whose."""
    p, found = t.identity_pairs.c, list[Pair]()
    for some in chunks(sorted(known)):
        asked = select(p.one, p.other, p.verdict, p.strength, p.body)
        asked = asked.where(p.one.in_(some), p.verdict != "unsure", p.found_at <= known_on)
        for one, other, verdict, strength, body in connection.execute(asked):
            if other in known and (group is None or group[one] == group[other]):
                found.append(Pair(known[one][0], known[other][0], verdict, strength, grounds_of(body)))
    return found


def grounds_of(body: str) -> tuple[Ground, ...]:
    """The grounds of a pair from its row."""
    return tuple(Ground(*row) for row in json.loads(body))


def regroup(connection: Connection, ids: Iterable[str]) -> None:
    """Put identities, those they were with, and all that pairs tie to them into their groups."""
    weights, pairs = around(connection, _with_groups(connection, ids))
    groups = grouped(weights, pairs)
    seqs = _seqs(connection, weights)
    i, now = t.identities.c, dict[int, tuple[int, int]]()
    for some in chunks(sorted(seqs.values())):
        now.update(
            (row[0], (row[1], row[2]))
            for row in connection.execute(select(i.seq, i.grp, i.chief).where(i.seq.in_(some)))
        )
    changes = []
    for row in groups.together():
        chief = chief_of(row, weights)
        first = min(seqs[one] for one in row)
        changes += [
            {"at": seqs[one], "to": first, "first": int(one == chief)}
            for one in row
            if now[seqs[one]] != (first, int(one == chief))
        ]
    if changes:
        values: dict[str, Any] = {"grp": bindparam("to"), "chief": bindparam("first")}
        connection.execute(update(t.identities).where(i.seq == bindparam("at")).values(**values), changes)


def _with_groups(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Identities and those of their groups as they stand."""
    i, found = t.identities.c, set(ids)
    for some in chunks(sorted(found)):
        groups = select(i.grp).where(i.id.in_(some))
        found |= set(connection.execute(select(i.id).where(i.grp.in_(groups))).scalars())
    return found


def chief_of(row: Sequence[str], weights: Mapping[str, int]) -> str:
    """The identity a group goes by: the one seen most often."""
    return min(row, key=lambda one: (-weights[one], one))


def groups_of(connection: Connection, ids: Iterable[str], known_on: str = FOREVER) -> Groups:
    """The groups of identities and of all that pairs tie to them, as they stood at a moment."""
    wanted = set(ids)
    standing = _standing(connection, wanted) if known_on == FOREVER else None
    if standing is not None:
        return standing
    weights, pairs = around(connection, wanted, known_on)
    return grouped(weights, pairs)


def _standing(connection: Connection, ids: set[str]) -> Groups | None:
    """The groups as linking left them, with the pairs that hold each together; None where a person has judged one.

    What pairs tie to a group without being in it, which may be a thousand times as much, is not looked at.
    """
    i, group_of = t.identities.c, dict[str, int]()
    known: dict[int, tuple[str, int]] = {}
    for some in chunks(sorted(ids)):
        groups = select(i.grp).where(i.id.in_(some))
        for seq, one, group, seen in connection.execute(
            select(i.seq, i.id, i.grp, i.sightings).where(i.grp.in_(groups))
        ):
            known[seq], group_of[one] = (one, seen), group
    if any(end in group_of for ends in judged_by_people(connection, FOREVER) for end in ends):
        return None
    pairs = _pairs_among(connection, known, FOREVER, {seq: group_of[one] for seq, (one, _) in known.items()})
    return with_members(grouped(dict(known.values()), pairs), group_of)
