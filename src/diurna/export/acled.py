"""Deeds in the shape of ACLED's table: 31 columns with a header.

Only what has a type there is in it (`lexicons/acled.toml`), and only what has a date. A date known to a week has time
precision 2, one known less well 3 and stands at its first day. ACLED counts 0 where no deaths are reported, so 0 says
no more than that. Its regions and source scales are left empty; nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from diurna.countrycodes import codes_of
from diurna.export.format import deeds, is_located
from diurna.export.lines import comma_lines
from diurna.lexicon import Table, load, made_of
from diurna.model.record import Event, Party, Reading
from diurna.model.report import content_hash

HEADER = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

_JOINT = "; "
_CIVILIANS, _PROTESTERS, _RIOTERS, _OTHERS = 7, 6, 5, 8
_ARMED = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class _Scheme:
    types: dict[str, list[str]]
    assault: dict[str, list[str]]
    disorder: dict[str, str]
    sides: dict[str, int]


@made_of("acled", language="")
def _scheme() -> _Scheme:
    return _Scheme(**load("acled", "", _faults))


def _faults(table: Table) -> list[str]:
    kinds = [*table["types"].values(), *table["assault"].values()]
    faults = [f"{kind} is no pair of type and sub-type" for kind in kinds if len(kind) != 2]
    return faults + [f"{kind[0]!r} is in no disorder" for kind in kinds if kind[0] not in table["disorder"]]


def write(readings: Iterable[Reading]) -> Iterator[bytes]:
    """The table, header first."""
    return comma_lines(
        HEADER, (row for reading in readings for event in deeds(reading) for row in _rows(reading, event))
    )


def _rows(reading: Reading, event: Event) -> Iterator[list[object]]:
    when = event.happened_at
    kind = _type_of(event)
    if kind is not None and when is not None and when.earliest:
        cells = _cells(reading, event, kind, when.earliest[:10])
        yield [cells.get(column) for column in HEADER]


def _type_of(event: Event) -> list[str] | None:
    types = _scheme().types
    known = types.get(f"{event.type} {event.mode}") or types.get(f"{event.type} *")
    if known or event.type != "ASSAULT":
        return known
    sides = [_side(parties) for parties in (event.actors, event.recipients)]
    if sides[1] in _ARMED and sides[0] in _ARMED:
        return _scheme().assault["clash"]
    return _scheme().assault["attack"] if sides[1] == _CIVILIANS else None


def _side(parties: tuple[Party, ...]) -> int | None:
    """ACLED's class of the first of these parties; None where there is none."""
    return _scheme().sides.get(parties[0].sector or "", _OTHERS) if parties else None


def _cells(reading: Reading, event: Event, kind: list[str], day: str) -> dict[str, object]:
    report, own = reading.report, {"Protests": _PROTESTERS, "Riots": _RIOTERS}.get(kind[0])
    first = own if own and event.actors else _side(event.actors)
    second = _side(event.recipients)
    at_civilians = kind[0] == "Violence against civilians" or (second == _CIVILIANS and kind[0].startswith("Expl"))
    published = report.published.earliest if report.published else None
    return {
        "event_id_cnty": f"{event.place.country if event.place and event.place.country else 'XXX'}"
                         f"{int(content_hash('al', event.id)[-12:], 16)}",
        "event_date": day, "year": day[:4], "time_precision": _time_precision(event),
        "disorder_type": _scheme().disorder[kind[0]], "event_type": kind[0], "sub_event_type": kind[1],
        **_actors(reading, event.actors, 1), **_actors(reading, event.recipients, 2), "inter1": first, "inter2": second,
        "interaction": "".join(str(one) for one in sorted(side for side in (first, second) if side)),
        "civilian_targeting": "Civilian targeting" if at_civilians else None, **_place(event),
        "source": report.outlet, "notes": event.evidence.quote, "fatalities": _fatalities(event),
        "tags": _crowd(event) if own else None, "timestamp": _seconds(published),
    }  # fmt: skip


def _time_precision(event: Event) -> int:
    when = event.happened_at
    known = when.precision if when else "unknown"
    return {"day": 1, "instant": 1, "week": 2}.get(known, 3)


def _actors(reading: Reading, parties: tuple[Party, ...], number: int) -> dict[str, object]:
    known = [actor.name if (actor := reading.actor(party.actor)) else party.text for party in parties]
    return {
        f"actor{number}": known[0] if known else None,
        f"assoc_actor_{number}": _JOINT.join(known[1:]) or None,
    }


def _place(event: Event) -> dict[str, object]:
    place = event.place
    if place is None:
        return {}
    codes, near = codes_of(place.country), is_located(event)
    return {
        "iso": codes.numeric.lstrip("0") if codes else None, "country": codes.name if codes else None,
        "admin1": place.text if place.precision == "province" else None,
        "admin2": place.text if place.precision == "district" else None,
        "location": place.text, "latitude": place.lat if near else None, "longitude": place.lon if near else None,
        "geo_precision": {"point": 1, "city": 1, "district": 2, "province": 3}.get(place.precision),
    }  # fmt: skip


def _fatalities(event: Event) -> int:
    """The least that is said, the most where only that is known, 0 where nothing is reported."""
    killed = event.numbers.killed
    if killed is None:
        return 0
    return killed.low if killed.low is not None else killed.high or 0


def _crowd(event: Event) -> str:
    """How many came, as ACLED's tags have it."""
    crowd = event.numbers.participants
    return f"crowd size={crowd.text if crowd else 'no report'}"


def _seconds(moment: str | None) -> int | None:
    """Seconds since 1970 of an ISO day or moment in UTC."""
    if not moment:
        return None
    return int(dt.datetime.fromisoformat(moment.replace("Z", "+00:00")).replace(tzinfo=dt.UTC).timestamp())
