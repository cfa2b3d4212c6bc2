"""Deeds in time and space: timeline, network, map."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import groupby
from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import Response

from diurna.errors import UsageError
from diurna.ledger import lookup, tallies
from diurna.ledger.asking import DEEDS, Ask
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.view import in_time
from diurna.model.record import EventType
from diurna.web.charts import BROAD, WIDE, Chart, days_before, gathered, grain_for, matrix, network, words_and_deeds
from diurna.web.contexts import MapPage, MapSpot, NetworkPage, TimelinePage
from diurna.web.maps import Spot, chart_map
from diurna.web.respond import answer, asked_day, moment_of, room_of, visitor
from diurna.web.routes import PAGE
from diurna.web.schemas import shows

router = APIRouter()

_MOST = 1500
"""Deeds gone through for a map, the latest first."""


def interval(snapshot: Snapshot, since: str, until: str, days: int = 90) -> tuple[str, str]:
    """The days asked for; where nothing is said, the last `days` there are reports of, or as many as there are."""
    last = asked_day(until, "until") or tallies.last_day(snapshot) or dt.datetime.now(dt.UTC).date().isoformat()
    begins = max(days_before(last, days), tallies.first_day(snapshot))
    first = asked_day(since, "since") or min(begins, last)
    if first > last:
        raise UsageError(f"since {first} is after until {last}")
    return first, last


@router.get("/timeline", summary="Deeds in the order in which they happened", responses=shows(TimelinePage))
def timeline(
    request: Request, since: str = "", until: str = "", actor: str = "", kind: str = "", after: str | None = None
) -> Response:
    """Deeds whose day is known, day by day."""
    visitor(request)
    if kind and kind not in get_args(EventType):
        raise UsageError(f"{kind!r} is none of {', '.join(get_args(EventType))}")
    room, moment = room_of(request), moment_of(request)
    page = room.once(
        moment, ("timeline", since, until, actor, kind, after),
        lambda snapshot: _timeline(snapshot, since, until, actor, kind, after),
    )  # fmt: skip
    return answer(request, "timeline.html", "timeline", page)


def _timeline(snapshot: Snapshot, since: str, until: str, actor: str, kind: str, after: str | None) -> TimelinePage:
    first, last = interval(snapshot, since, until)
    ask = Ask(
        actor=actor or None, since=first, until=last, kinds=(kind,) if kind else (), realis=DEEDS.realis,
        voice=DEEDS.voice,
    )  # fmt: skip
    found = lookup.events_page(snapshot, in_time(ask), PAGE, after)
    days = groupby(
        found.rows, lambda one: (one.record.happened_at.earliest or "")[:10] if one.record.happened_at else ""
    )
    rows = tuple((day, tuple(group)) for day, group in days)
    return TimelinePage(rows, first, last, actor, kind, found.next, weekly(snapshot, first, last, WIDE))


def weekly(snapshot: Snapshot, since: str, until: str, width: int = BROAD) -> Chart:
    """Words and deeds of an interval, in the grain that suits its length."""
    grain = grain_for(since, until)
    counts = gathered(tallies.by_day(snapshot, since, until), grain, since, until)
    return words_and_deeds(counts, grain, "weeks", f"Words and deeds by {grain}", width)


@router.get("/network", summary="Who did something to whom", responses=shows(NetworkPage))
def network_page(request: Request, since: str = "", until: str = "") -> Response:
    """Deeds between actors, as lines and as a matrix."""
    visitor(request)
    room = room_of(request)
    page = room.once(
        moment_of(request), ("network", since, until), lambda snapshot: _network(snapshot, since, until), judged=False
    )
    return answer(request, "network.html", "network", page)


def _network(snapshot: Snapshot, since: str, until: str) -> NetworkPage:
    first, last = interval(snapshot, since, until)
    found = tallies.dealings(snapshot, first, last)
    drawn = network(found, "network", "Who did something to whom")
    return NetworkPage(tuple(found[:60]), first, last, drawn, matrix(found, "matrix", "Who acts on whom"))


@router.get("/map", summary="Where it happened", responses=shows(MapPage))
def map_page(request: Request, since: str = "", until: str = "") -> Response:
    """Deeds by place, each with what its point stands for."""
    visitor(request)
    room = room_of(request)
    page = room.once(moment_of(request), ("map", since, until), lambda snapshot: places(snapshot, since, until))
    return answer(request, "map.html", "map", page)


def places(snapshot: Snapshot, since: str, until: str) -> MapPage:
    """The deeds of an interval by place."""
    first, last = interval(snapshot, since, until)
    ask = Ask(since=first, until=last, realis=DEEDS.realis, voice=DEEDS.voice)
    spots: dict[tuple[str, float, float], MapSpot] = {}
    nowhere: Counter[str] = Counter()
    for one in lookup.events_page(snapshot, ask, _MOST).rows:
        place = one.record.place
        if place is None:
            continue
        if place.lat is None or place.lon is None:
            nowhere[place.text] += 1
            continue
        key = (place.text, place.lat, place.lon)
        before = spots.get(key)
        latest = max(one.report.day, before.latest if before else "")
        count = 1 + (before.deeds if before else 0)
        spots[key] = MapSpot(*key, place.precision, count, latest, one.record.id, one.report.id)
    rows = sorted(spots.values(), key=lambda spot: (-spot.deeds, spot.place))
    drawn = chart_map(
        [Spot(one.place, one.lat, one.lon, one.precision, one.deeds) for one in rows], "map", "Where it happened"
    )
    return MapPage(tuple(rows), tuple(nowhere.most_common(40)), first, last, drawn)
