"""Identities: what sightings have in common, where others look for them, and whether two of them are one actor.

`compare` is a pure function of two identities. It says why: every ground, for and against, is a sentence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from diurna.link.names import alias_words, bag_of, bare, core_words, folded
from diurna.link.offices import Field, Office
from diurna.link.sightings import IdentityKind, Sighting, identity_id, kept_around, names_of
from diurna.link.spelling import coarse_keys

_NAMES = 8
_OFFICES = 24


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """An office with the ISO days of the first and last dated report that tells of it; "" where none is dated."""

    office: Office
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """What reports say of one name of one kind, country, walk of life and place of office.

    Attributes:
        names: other full names and abbreviations; around: names of sentences it stands in.
        first, last: ISO days of the first and last dated report; sightings: how many actors of reports it is made of.
    """

    id: str
    key: str
    kind: IdentityKind
    name: str
    country: str | None
    field: Field
    names: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    around: frozenset[str] = frozenset()
    first: str = ""
    last: str = ""
    sightings: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the name that count."""
        row = bare(self.name, self.kind == "person")
        return core_words(row) if self.kind == "person" else bag_of(row)

    @property
    def scopes(self) -> frozenset[str]:
        """Words of what its offices are of."""
        return frozenset(word for one in self.held for word in one.office.scope)


def with_sightings(known: Identity | None, seen: Iterable[Sighting]) -> Identity:
    """An identity with more sightings of its key; the same in whatever order they come."""
    rows = list(seen)
    first = rows[0]
    base = known or Identity(identity_id(first.key), first.key, first.kind, first.name, first.country, first.field)
    days = [one.day for one in rows if one.day]
    shown = min([base.name, *(one.name for one in rows)], key=lambda name: (len(name), name))
    names = sorted({*base.names, *(name for one in rows for name in names_of(one))} - {shown})
    held: dict[Office, list[str]] = {one.office: [d for d in (one.first, one.last) if d] for one in base.held}
    for one in rows:
        for office in one.offices:
            held.setdefault(office, []).extend([one.day] if one.day else [])
    return replace(
        base,
        name=shown,
        names=tuple(names[:_NAMES]),
        held=tuple(Held(o, min(d, default=""), max(d, default="")) for o, d in sorted(held.items())[:_OFFICES]),
        around=kept_around({*base.around, *(word for one in rows for word in one.around)}),
        first=min([d for d in (base.first, *days) if d], default=""),
        last=max([base.last, *days]),
        sightings=base.sightings + len(rows),
    )  # fmt: skip


def told(one: Identity) -> tuple[object, ...]:
    """What of an identity comparisons look at, coarse enough to stay the same most of the time.

    Days are looked at by the quarter, so that one more report of somebody known changes nothing.
    """
    held = tuple((h.office, quarter(h.first), quarter(h.last)) for h in one.held)
    return one.names, held, one.around, quarter(one.first), quarter(one.last)


def quarter(day: str) -> int | None:
    """The quarter of a year an ISO day is in, counted from year 0; None where there is no day."""
    try:
        at = dt.date.fromisoformat(day)
    except ValueError:
        return None
    return at.year * 4 + (at.month - 1) // 3


# --- blocking


def filed_under(one: Identity) -> frozenset[str]:
    """The keys an identity is found under."""
    return frozenset(_filed(one))


def looks_under(one: Identity) -> frozenset[str]:
    """The keys under which identities are that may be one with it; symmetrical with `filed_under`."""
    return frozenset(_looks(one))


def _filed(one: Identity) -> Iterator[str]:
    if one.kind == "person":
        for row in _full_names(one):
            yield from _person_filed(row)
        yield from (f"h {key}" for key in _office_keys(one))
    elif one.kind == "office":
        yield from (f"o {key}" for key in _office_keys(one))
    elif one.kind != "description":
        yield from _body_keys(one)


def _looks(one: Identity) -> Iterator[str]:
    if one.kind == "person":
        for row in _full_names(one):
            yield from _person_looks(row)
        yield from (f"o {key}" for key in _office_keys(one))
    elif one.kind == "office":
        yield from (f"{mark} {key}" for key in _office_keys(one) for mark in "oh")
    elif one.kind != "description":
        yield from _body_keys(one)


def _full_names(one: Identity) -> list[tuple[str, ...]]:
    rows = {core_words(bare(name, True)) for name in (one.name, *one.names)}
    return sorted(row for row in rows if row and all(row))


def _person_filed(row: tuple[str, ...]) -> Iterator[str]:
    if len(row) == 1:
        yield from (f"s {key}" for key in coarse_keys(row[0]))
        return
    yield from (f"f {key}" for key in coarse_keys(row[-1]))
    yield from (f"g {key}" for key in coarse_keys(row[0]))
    yield from (f"m {key}" for word in row[1:-1] for key in coarse_keys(word))
    yield from _whole(row)


def _person_looks(row: tuple[str, ...]) -> Iterator[str]:
    if len(row) == 1:
        marks = "sfmg" if row[0] in alias_words().family_first else "sfm"
        yield from (f"{mark} {key}" for key in coarse_keys(row[0]) for mark in marks)
        return
    yield from (f"{mark} {key}" for key in coarse_keys(row[-1]) for mark in "fgms")
    yield from (f"{mark} {key}" for key in coarse_keys(row[0]) for mark in "f")
    yield from (f"{mark} {key}" for word in row[1:-1] for key in coarse_keys(word) for mark in "fs")
    if row[0] in alias_words().family_first:
        yield from (f"s {key}" for key in coarse_keys(row[0]))
    yield from _whole(row)


def _whole(row: tuple[str, ...]) -> Iterator[str]:
    joined = "".join(row)
    yield from (f"w {key} {len(key)}" for key in coarse_keys(joined))


def _office_keys(one: Identity) -> Iterator[str]:
    for held in one.held:
        office = held.office
        if office.level and not office.former:
            head = office.title.split()[-1] if office.title else ""
            for place in (*office.scope, *((one.country.lower(),) if one.country else ())):
                yield f"{head} {place[:4]}"


def _body_keys(one: Identity) -> Iterator[str]:
    words = alias_words()
    dull = words.generic | words.apart | words.everywhere | words.particles
    for name in (one.name, *one.names):
        row = bare(name, False)
        listed = words.listed.get(folded(name))
        if listed:
            yield f"l {listed}"
        bag = [w for w in bag_of(row) if w]
        telling = [w for w in bag if w not in dull]
        yield from (f"b {key}" for w in telling[:5] for key in (coarse_keys(w) if w.isalpha() else (w,)))
        if not telling:
            yield "b " + " ".join(sorted(bag))
        if len(row) == 1:
            yield "a " + row[0].replace(".", "")
        elif len(row) < 9:
            yield "a " + "".join(w[0] for w in row)
            yield "a " + "".join(w[0] for w in row if w not in words.particles)
