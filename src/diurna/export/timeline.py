"""Deeds in time and space: TimelineJS slides and GeoJSON points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

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
    report = reading.report
    source = ", ".join(escape(part) for part in (report.outlet, report.title) if part)
    row: dict[str, object] = {
        "unique_id": event.id, "start_date": _date(day), "group": event.type,
        "text": {"headline": escape(f"{event.type} {names(reading, event.actors) or ''}".strip()),
                 "text": f"<blockquote>{escape(event.evidence.quote)}</blockquote><p>{source}</p>"},
    }  # fmt: skip
    last = event.happened_at.latest if event.happened_at else None
    if last and last[:10] != day[:10]:
        row["end_date"] = _date(last)
    if event.happened_at and event.happened_at.text:
        row["display_date"] = escape(event.happened_at.text)
    return row


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
