"""Deeds in time and space: TimelineJS slides and GeoJSON points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import urlsplit

from diurna.export.format import deeds, is_located
from diurna.export.lines import json_list
from diurna.export.tables import countries, names
from diurna.model.record import Event, Reading


def write_timelinejs(readings: Iterable[Reading]) -> Iterator[bytes]:
    """One JSON object whose `events` are the deeds with a day; reports' text is escaped, being shown as HTML."""
    rows = (_slide(reading, event, day) for reading in readings for event in deeds(reading) if (day := _day(event)))
    return json_list(rows, '{"events": [', "]}")


def _day(event: Event) -> str | None:
    return event.happened_at.earliest if event.happened_at else None


def _slide(reading: Reading, event: Event, day: str) -> dict[str, object]:
    row: dict[str, object] = {
        "unique_id": event.id, "start_date": _date(day), "group": event.type,
        "text": {"headline": escape(_headline(reading, event)),
                 "text": f"<blockquote>{escape(event.evidence.quote)}</blockquote><p>{_source(reading)}</p>"},
    }  # fmt: skip
    when = event.happened_at
    last = when.latest if when else None
    if when and last and last[:10] != day[:10]:
        row["end_date"] = _date(last)
        row["display_date"] = escape(f"{day[:10]} to {last[:10]}" + (f" (“{when.text}”)" if when.text else ""))
    return row


def _headline(reading: Reading, event: Event) -> str:
    sides = [names(reading, parties) for parties in (event.actors, event.recipients)]
    kind = f"{event.type} ({event.mode})" if event.mode else event.type
    return f"{kind}: {' → '.join(side or 'somebody' for side in sides[: 2 if sides[1] else 1])}"


def _source(reading: Reading) -> str:
    """Outlet and title, with the address where it is one of the web's."""
    report = reading.report
    said = ", ".join(escape(part) for part in (report.outlet, report.title) if part)
    if report.url and urlsplit(report.url).scheme in ("http", "https"):
        return f'<a href="{escape(report.url)}">{said or escape(report.url)}</a>'
    return said


def _date(day: str) -> dict[str, int]:
    year, month, date = (int(part) for part in day[:10].split("-"))
    return {"year": year, "month": month, "day": date}


def write_geojson(readings: Iterable[Reading]) -> Iterator[bytes]:
    """A FeatureCollection of the deeds whose place is known to a town or nearer; `geo_precision` says how near."""
    rows = (_feature(reading, event) for reading in readings for event in deeds(reading) if is_located(event))
    return json_list(rows, '{"type": "FeatureCollection", "features": [', "]}")


def _feature(reading: Reading, event: Event) -> dict[str, object]:
    place, when = event.place, event.happened_at
    assert place is not None  # noqa: S101 - only events with a point come here
    return {
        "type": "Feature", "id": event.id, "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            "record_id": event.id, "type": event.type, "mode": event.mode, "actors": names(reading, event.actors),
            "actor_countries": countries(event.actors), "recipients": names(reading, event.recipients),
            "from": when.earliest if when else None, "until": when.latest if when else None, "place": place.text,
            "geo_precision": place.precision, "outlet": reading.report.outlet, "url": reading.report.url,
            "quote": event.evidence.quote, "char_start": event.evidence.span.start, "char_end": event.evidence.span.end,
        },
    }  # fmt: skip
