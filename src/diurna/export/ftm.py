"""Records as FollowTheMoney entities, one a line: reports, actors, words as notes, deeds as events, relations as links.

FollowTheMoney has no schema for a statement, so words are a Note of the speaker. Its mentions have no offsets, so every
record names its place in the text (`#char=start,end`, RFC 5147) in its `recordId` or `notes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from diurna.countrycodes import codes_of
from diurna.export.format import deeds, is_located
from diurna.export.lines import json_lines
from diurna.model.record import Actor, Event, Reading, Relation, Statement
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue

DATASET = "diurna"
_LANGUAGES = {"en": "eng"}
_SCHEMATA = {
    "person": "Person", "organisation": "Organization", "group": "Organization", "state": "PublicBody",
    "office": "PublicBody", "outlet": "Organization",
}  # fmt: skip

Properties = dict[str, list[str]]


def write(readings: Iterable[Reading]) -> Iterator[bytes]:
    """The entities, a report's together, the report first."""
    return json_lines(entity for reading in readings for entity in entities(reading))


def entities(reading: Reading) -> Iterator[dict[str, object]]:
    """The entities of one report; deeds only where law 7 lets them stand, words always."""
    yield _article(reading)
    for actor in reading.actors:
        yield _actor(reading, actor)
        yield _mention(reading, actor)
    for statement in reading.statements:
        yield _note(reading, statement)
    for event in deeds(reading):
        yield _event(reading, event)
    for relation in reading.relations:
        if relation.polarity == "positive":
            yield _link(reading, relation)


def _entity(key: str, schema: str, properties: dict[str, list[str | None]]) -> dict[str, object]:
    rows = {name: list(dict.fromkeys(one for one in values if one)) for name, values in properties.items()}
    kept: Properties = {name: values for name, values in rows.items() if values}
    return {"id": key, "schema": schema, "properties": kept, "datasets": [DATASET]}


def _article(reading: Reading) -> dict[str, object]:
    report = reading.report
    return _entity(report.id, "Article", {
        "title": [_line(report.title)], "author": [_line(report.author)], "publisher": [_line(report.outlet)],
        "publishedAt": [_date(report.published)], "language": [_LANGUAGES.get(report.language or "")],
        "sourceUrl": [_address(report.url)], "bodyText": [report.text], "notes": [f"text version {report.version}"],
    })  # fmt: skip


def _actor(reading: Reading, actor: Actor) -> dict[str, object]:
    codes = codes_of(actor.country)
    schema = _SCHEMATA.get(actor.kind, "LegalEntity")
    properties: dict[str, list[str | None]] = {
        "name": [_line(actor.name)], "alias": [_line(one) for one in actor.aliases],
        "country": [codes.alpha2.lower() if codes else None], "sector": [actor.sector],
        "proof": [reading.report.id],
    }  # fmt: skip
    if schema == "Person":
        properties["position"] = [_line(one) for one in actor.roles]
    return _entity(actor.id, schema, properties)


def _mention(reading: Reading, actor: Actor) -> dict[str, object]:
    codes = codes_of(actor.country)
    return _entity(f"{actor.id}-mention", "Mention", {
        "document": [reading.report.id], "name": [_line(actor.name)], "resolved": [actor.id],
        "detectedSchema": [_SCHEMATA.get(actor.kind, "LegalEntity")],
        "contextCountry": [codes.alpha2.lower() if codes else None],
    })  # fmt: skip


def _note(reading: Reading, one: Statement) -> dict[str, object]:
    said = one.said_at
    return _entity(one.id, "Note", {
        "name": [_line(f"{one.speaker.text or 'somebody'}: {one.act}")], "description": [one.content.text],
        "entity": [one.speaker.actor], "proof": [reading.report.id], "publisher": [_line(reading.report.outlet)],
        "sourceUrl": [_address(reading.report.url)], "keywords": [one.act, one.manner],
        "notes": [_place_in(reading, one.evidence.span), f"said {said.earliest}" if said and said.earliest else None],
    })  # fmt: skip


def _event(reading: Reading, one: Event) -> dict[str, object]:
    known = {actor.id for actor in reading.actors}
    parties = [party.actor for party in (*one.actors, *one.recipients) if party.actor in known]
    when, place = one.happened_at, one.place
    codes = codes_of(place.country) if place else None
    is_day = when is not None and when.precision in ("day", "instant")
    return _entity(one.id, "Event", {
        "name": [_line(f"{one.type} {one.mode or ''}")], "summary": [one.evidence.quote],
        "date": [_date(when) if is_day else None], "startDate": [None if is_day else _date(when)],
        "endDate": [None if is_day else _date(when, last=True)], "location": [_line(place.text) if place else None],
        "country": [codes.alpha2.lower() if codes else None], "involved": list(parties),
        "organizer": [party.actor for party in one.actors if party.actor in known], "proof": [reading.report.id],
        "sourceUrl": [_address(reading.report.url)], "publisher": [_line(reading.report.outlet)],
        "keywords": [one.type, one.mode, *one.contexts], "recordId": [_place_in(reading, one.evidence.span)],
        "notes": [f"{place.lat},{place.lon}" if place and is_located(one) else None],
    })  # fmt: skip


def _link(reading: Reading, one: Relation) -> dict[str, object]:
    return _entity(one.id, "UnknownLink", {
        "subject": [one.source], "object": [one.target], "role": [one.kind], "summary": [one.evidence.quote],
        "proof": [reading.report.id], "recordId": [_place_in(reading, one.evidence.span)],
        "sourceUrl": [_address(reading.report.url)], "publisher": [_line(reading.report.outlet)],
    })  # fmt: skip


def _line(text: str | None) -> str | None:
    """Text on one line, as names and titles are there."""
    return " ".join(text.split()) if text else None


def _place_in(reading: Reading, span: Span) -> str:
    return f"{reading.report.version}#char={span.start},{span.end}"


def _date(time: TimeValue | None, *, last: bool = False) -> str | None:
    """The first or last day of an interval; moments stay moments."""
    said = (time.latest if last else time.earliest) if time else None
    return said.removesuffix("Z") if said else None


def _address(url: str | None) -> str | None:
    """The address where it is one of the web's; FollowTheMoney keeps no others."""
    return url if url and urlsplit(url).scheme in ("http", "https") else None
