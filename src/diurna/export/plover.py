"""Deeds as PLOVER's interchange JSON, one event a line, with the character offsets its specification asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from diurna.export.format import deeds
from diurna.export.lines import json_lines
from diurna.model.record import Event, Number, Party, Reading


def write(readings: Iterable[Reading]) -> Iterator[bytes]:
    """One JSON object a line; an event whose day is unknown has an empty `date`."""
    return json_lines(_event(reading, event) for reading in readings for event in deeds(reading))


def _event(reading: Reading, event: Event) -> dict[str, object]:
    when, report = event.happened_at, reading.report
    row: dict[str, object] = {
        "id": event.id, "date": (when.earliest or "")[:10] if when else "",
        "enddate": (when.latest or "")[:10] if when else "", "actor": [_entity(reading, one) for one in event.actors],
        "recipient": [_entity(reading, one) for one in event.recipients], "event": event.type, "mode": event.mode or "",
        "context": list(event.contexts), "quad_code": event.quad, "event_text": event.trigger.of(report.text),
        "text": _text(event),
        "cite_info": {
            "url": report.url, "title": report.title, "publication": report.outlet, "language": report.language,
        },
        "coder": f"diurna {event.evidence.rule}",
    }  # fmt: skip
    sizes = {
        name: _size(number)
        for name, number in (
            ("dead", event.numbers.killed), ("injured", event.numbers.injured), ("arrested", event.numbers.arrested),
        )
        if number is not None
    }  # fmt: skip
    return {**row, **({"size": sizes} if sizes else {}), **({"event_loc": _place(event)} if event.place else {})}


def _text(event: Event) -> dict[str, object]:
    span = event.evidence.span
    return {"start": span.start, "end": span.end, "text_story": event.evidence.quote}


def _entity(reading: Reading, party: Party) -> dict[str, object]:
    known = reading.actor(party.actor)
    name = known.name if known else party.text
    return {
        "code": party.country or "",
        "sector": party.sector or "",
        "entity_text": party.text,
        "identifier_text": name,
    }


def _size(number: Number) -> int | None:
    """The least that is said; the most, where only that is known."""
    return number.low if number.low is not None else number.high


def _place(event: Event) -> dict[str, object]:
    place = event.place
    assert place is not None  # noqa: S101 - asked for by callers with a place
    return {
        "extracted_place": place.text, "geonameid": place.geonames_id, "lat": place.lat, "lon": place.lon,
        "country_code": place.country, "resolution": place.precision,
    }  # fmt: skip
