"""Charts on one page and as files: SVG and CSV here, PNG made in the browser from the SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from diurna.ledger import tallies
from diurna.ledger.snapshot import Snapshot
from diurna.web.charts import NARROW, Chart, by_kind, gathered, matrix, network, words_and_deeds
from diurna.web.contexts import ChartsPage
from diurna.web.respond import NotFoundError, answer, moment_of, room_of, visitor
from diurna.web.routes_actors import actor_page
from diurna.web.routes_time import interval, places, weekly
from diurna.web.schemas import shows

router = APIRouter()

_NAMES = ("weeks", "matrix", "gaps", "kinds")


@router.get("/charts", summary="Charts for a report of one's own", responses=shows(ChartsPage))
def charts(request: Request, since: str = "", until: str = "") -> Response:
    """Words and deeds over time, who acts on whom, gaps and deeds by kind."""
    visitor(request)
    room = room_of(request)
    page = room.once(moment_of(request), ("charts", since, until), lambda snapshot: _charts(snapshot, since, until))
    return answer(request, "charts.html", "charts", page)


def _charts(snapshot: Snapshot, since: str, until: str) -> ChartsPage:
    first, last = interval(snapshot, since, until)
    return ChartsPage(tuple(chart(snapshot, name, first, last) for name in _NAMES), first, last)


def chart(snapshot: Snapshot, name: str, since: str, until: str) -> Chart:
    """A chart by its name.

    Raises:
        NotFoundError: there is no such chart.
    """
    if name.startswith("actor/"):
        return actor_page(snapshot, name.removeprefix("actor/"), None, None).chart
    if name not in _DRAWN:
        raise NotFoundError(f"there is no chart {name!r}")
    return _DRAWN[name](snapshot, *interval(snapshot, since, until))


def _week(snapshot: Snapshot, since: str, until: str) -> Chart:
    week = gathered(tallies.by_day(snapshot, since, until), "day", since, until)
    return words_and_deeds(week, "day", "week", "Words and deeds of the week", NARROW)


def _gaps(snapshot: Snapshot, since: str, until: str) -> Chart:  # noqa: ARG001 - gaps are counted over all time
    counts: Counter[str] = Counter()
    for kind, verdict, count in tallies.count_gaps(snapshot):
        counts[kind.replace("_", " ")] += count if verdict == "gap" else 0
    return by_kind([(kind, count) for kind, count in counts.items() if count], "gaps", "Gaps by kind", "gaps")


_DRAWN: dict[str, Callable[[Snapshot, str, str], Chart]] = {
    "weeks": weekly,
    "week": _week,
    "gaps": _gaps,
    "kinds": lambda one, *days: by_kind(tallies.count_deeds(one, *days), "kinds", "Deeds by kind", "deeds"),
    "matrix": lambda one, *days: matrix(tallies.dealings(one, *days), "matrix", "Who acts on whom"),
    "network": lambda one, *days: network(tallies.dealings(one, *days), "network", "Who did something to whom"),
    "map": lambda one, *days: places(one, *days).chart,
}


_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The chart's drawing or its numbers.",
        "content": {"image/svg+xml": {"schema": {"type": "string"}}, "text/csv": {"schema": {"type": "string"}}},
    }
}


@router.get(
    "/charts/{name:path}", summary="A chart as a file: NAME.svg or NAME.csv", response_class=Response, responses=_FILES
)
def chart_file(request: Request, name: str, since: str = "", until: str = "") -> Response:
    """A chart's drawing or its numbers."""
    visitor(request)
    stem, _, ending = name.rpartition(".")
    if ending not in ("svg", "csv") or not stem:
        raise NotFoundError("charts are kept as NAME.svg and NAME.csv")
    room = room_of(request)
    key = ("chart", stem, since, until)
    found = room.once(moment_of(request), key, lambda snapshot: chart(snapshot, stem, since, until))
    file = f"diurna-{''.join(char if char.isascii() and char.isalnum() else '-' for char in stem)}.{ending}"
    headers = {"Content-Disposition": f'inline; filename="{file}"'}
    if ending == "csv":
        headers = {"Content-Disposition": f'attachment; filename="{file}"'}
        return Response(found.csv().encode("utf-8", "replace"), media_type="text/csv", headers=headers)
    return Response(str(found.svg).encode("utf-8", "replace"), media_type="image/svg+xml", headers=headers)
