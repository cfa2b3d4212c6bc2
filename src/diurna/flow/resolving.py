"""Actors of new reports are given identities, and identities are judged with those they may be one with.

It all happens in the transaction that keeps a batch of links, so that it rests on what the ledger holds at that moment.
What is compared is what is new or told of anew; identities nobody spoke of cost nothing.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from diurna.flow.relink import day_of
from diurna.ledger import identities as kept
from diurna.ledger.dialects import Dialect
from diurna.ledger.identities import KeptIdentity, KeptSighting
from diurna.ledger.judge import Judgement, Verdict, judgements
from diurna.ledger.store import Ledger
from diurna.link.identities import Held, Identity, filed_under, looks_under, told, with_sightings
from diurna.link.judging import compare
from diurna.link.offices import Office
from diurna.link.sightings import Sighting, identity_id, sightings_of
from diurna.model.identity import Pair
from diurna.model.record import Reading

if TYPE_CHECKING:
    from sqlalchemy import Connection


def resolve(connection: Connection, dialect: Dialect, readings: Mapping[int, Reading], moment: str) -> int:
    """Give the actors of readings that have none their identities; how many groups may have changed."""
    todo = kept.unresolved(connection, list(readings))
    rows = kept.actors_in(connection, sorted(todo))
    own = _own_actors(connection)
    seen: list[tuple[Sighting, int, int, int]] = []
    for number in sorted(todo):
        for one in sightings_of(readings[number], day_of(readings[number])):
            at = rows.get((number, one.actor))
            if at is not None and one.kind != "description":
                seen.append((_named(one, own), at[0], number, at[1]))
    touched = _take(connection, dialect, [one for one, *_ in seen], moment)
    keep = [KeptSighting(s.actor, seq, number, name, _packed(s), identity_id(s.key)) for s, seq, number, name in seen]
    kept.keep_sightings(connection, dialect, todo, keep)
    kept.regroup(connection, touched)
    return len(touched)


def settle(connection: Connection, dialect: Dialect, moment: str) -> None:
    """Have what people judged of actors hold, and what was taken apart put together again."""
    judged = [
        one for one in judgements(connection) if one.person and one.verdict in ("same", "different") and one.other
    ]
    own = _own_actors(connection)
    rows = kept.sightings_of(connection, [key for one in judged for key in (one.record, one.other or "")])
    wrong = [row for row in rows if row.identity != identity_id(_key(row, own))]
    lost = [*wrong, *kept.orphans(connection)]
    before = {row.identity for row in wrong if row.identity}
    if lost:
        _rebuild(connection, dialect, lost, before, own, moment)
    kept.regroup(
        connection,
        {row.identity for row in kept.sightings_of(connection, [r.actor for r in [*rows, *lost]]) if row.identity},
    )


def judge(
    ledger: Ledger, record: str, verdict: Verdict, *, by: str, why: str = "", other: str | None = None
) -> Judgement:
    """Keep a person's judgement; what it says of actors holds at once.

    Raises:
        UsageError: there is no such record, nothing to undo, or `other` is missing or out of place.
    """
    given = ledger.judge(record, verdict, by=by, why=why, other=other)
    if verdict in ("same", "different", "undo") and record.startswith("ac-"):
        with ledger.writing() as (connection, stamp):
            settle(connection, ledger.dialect, stamp.moment)
    return given


def _rebuild(
    connection: Connection, dialect: Dialect, lost: Sequence[KeptSighting], before: set[str], own: Mapping[str, str],
    moment: str,
) -> None:  # fmt: skip
    """Make the identities anew that sightings leave, and those they come to."""
    moved = {row.seq: replace(row, identity=identity_id(_key(row, own))) for row in lost}
    about = before | {row.identity for row in moved.values() if row.identity}
    rows = {row.seq: row for row in kept.members(connection, about)} | moved
    by_key: dict[str, list[Sighting]] = defaultdict(list)
    for row in rows.values():
        one = _named(_unpacked(row.body), own)
        by_key[one.key].append(one)
    made = [with_sightings(None, some) for some in by_key.values()]
    kept.keep_identities(connection, dialect, [_kept(one) for one in made])
    kept.move(connection, moved.values())
    _judge(connection, dialect, made, moment)
    kept.drop(connection, about - {one.id for one in made})


def _take(connection: Connection, dialect: Dialect, seen: Sequence[Sighting], moment: str) -> set[str]:
    """Write the identities of new sightings and judge those that say something new; ids of all that were seen."""
    by_key: dict[str, list[Sighting]] = defaultdict(list)
    for one in seen:
        by_key[one.key].append(one)
    before = {key: _identity(body) for key, body in kept.bodies(connection, map(identity_id, by_key)).items()}
    after = [with_sightings(before.get(identity_id(key)), some) for key, some in by_key.items()]
    kept.keep_identities(connection, dialect, [_kept(one) for one in after])
    changed = [one for one in after if one.id not in before or told(before[one.id]) != told(one)]
    _judge(connection, dialect, changed, moment)
    return {one.id for one in after}


def _judge(connection: Connection, dialect: Dialect, changed: Sequence[Identity], moment: str) -> None:
    """Compare identities with all that are filed where they look."""
    looks = {one.id: [_number(key) for key in looks_under(one)] for one in changed}
    filed = kept.filed(connection, (key for keys in looks.values() for key in keys))
    partners = {one: {other for key in keys for other in filed.get(key, ())} - {one} for one, keys in looks.items()}
    known = {one.id: one for one in changed}
    missing = {other for others in partners.values() for other in others} - known.keys()
    known |= {key: _identity(body) for key, body in kept.bodies(connection, missing).items()}
    pairs: dict[tuple[str, str], Pair] = {}
    for one in changed:
        for other in sorted(partners[one.id]):
            ends = (min(one.id, other), max(one.id, other))
            found = compare(one, known[other]) if ends not in pairs else None
            if found is not None:
                pairs[ends] = found
    kept.keep_pairs(connection, dialect, looks, list(pairs.values()), moment)


def _number(key: str) -> int:
    """63 bits that are the same on every machine."""
    data = key.encode("utf-8", "surrogatepass")
    return (zlib.crc32(data) << 31 ^ zlib.adler32(data)) & 0x7FFFFFFFFFFFFFFF


# --- people's splits of one name


def _own_actors(connection: Connection) -> dict[str, str]:
    """Actors that people told from another one of the very same identity, with the key of their own."""
    standing = [
        one for one in judgements(connection)
        if one.person and not one.undone and one.verdict in ("same", "different") and one.other
    ]  # fmt: skip
    last = {frozenset((one.record, one.other)): one for one in standing}
    apart = [one for one in last.values() if one.verdict == "different"]
    rows = kept.sightings_of(connection, [key for one in apart for key in (one.record, one.other or "")])
    keys = {row.actor: _unpacked(row.body).key for row in rows}
    return {
        one.other: f"{keys[one.other]}|{one.other}"
        for one in apart
        if one.other and one.record in keys and keys[one.record] == keys.get(one.other)
    }


def _key(row: KeptSighting, own: Mapping[str, str]) -> str:
    return own.get(row.actor) or _unpacked(row.body).key


def _named(one: Sighting, own: Mapping[str, str]) -> Sighting:
    return replace(one, split=one.actor) if one.actor in own else one


# --- as rows


def _kept(one: Identity) -> KeptIdentity:
    return KeptIdentity(one.id, one.kind, one.sightings, _body(one), frozenset(map(_number, filed_under(one))))


def _body(one: Identity) -> str:
    held = [[*_office(h.office), h.first, h.last] for h in one.held]
    row = [
        one.key,
        one.kind,
        one.name,
        one.country,
        one.field,
        one.names,
        held,
        sorted(one.around),
        one.first,
        one.last,
        one.sightings,
    ]
    return json.dumps(row, ensure_ascii=True, separators=(",", ":"))


@lru_cache(maxsize=20_000)
def _identity(body: str) -> Identity:
    key, kind, name, country, field, names, held, around, first, last, count = json.loads(body)
    offices = tuple(Held(_office_of(row[:5]), row[5], row[6]) for row in held)
    return Identity(
        identity_id(key), key, kind, name, country, field, tuple(names), offices, frozenset(around), first, last, count
    )


def _packed(one: Sighting) -> str:
    row = [
        one.report,
        one.day,
        one.name,
        one.kind,
        one.country,
        one.names,
        [_office(o) for o in one.offices],
        sorted(one.around),
    ]
    return json.dumps([one.actor, *row], ensure_ascii=True, separators=(",", ":"))


def _unpacked(body: str) -> Sighting:
    actor, report, day, name, kind, country, names, offices, around = json.loads(body)
    return Sighting(
        actor, report, day, name, kind, country, tuple(names), tuple(map(_office_of, offices)), frozenset(around)
    )


def _office(one: Office) -> list[Any]:
    return [one.title, one.scope, one.field, one.level, int(one.former)]


def _office_of(row: Sequence[Any]) -> Office:
    return Office(row[0], tuple(row[1]), row[2], row[3], bool(row[4]))
