"""Records as one STIX 2.1 bundle: reports, identities, words as notes, deeds as incidents, and what links them.

STIX has no object for somebody's words: a note carries them, with the exact characters in an extension that the bundle
defines (`SCHEMA`). A gap is a note on both records, never an opinion, since Diurna gives no verdict. Ids are made from
the records' ids, so that the same records give the same bundle; `created` is when the report was published, and the
beginning of 1970 where nobody says.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator

from diurna.countrycodes import codes_of
from diurna.export.format import deeds, is_located
from diurna.export.lines import json_list
from diurna.model.record import Actor, Event, Evidence, Gap, Place, Reading, Relation, Statement

SCHEMA = "urn:diurna:stix-evidence:1"
"""Names what the extension holds: `record`, `text_version`, `char_start`, `char_end`, `rule`, and more by kind."""

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:diurna:stix")
_START = "1970-01-01T00:00:00.000Z"
_CLASSES = {
    "person": "individual", "organisation": "organization", "group": "group", "state": "organization",
    "office": "organization", "outlet": "organization", "place": "unspecified", "unknown": "unspecified",
}  # fmt: skip
_DEFINED = "2026-01-01T00:00:00.000Z"

Object = dict[str, object]


def write(readings: Iterable[Reading]) -> Iterator[bytes]:
    """The bundle; its id is always the same, since what it holds may be renewed."""
    before = f'{{"type": "bundle", "id": "{_id("bundle", "records")}", "objects": ['
    return json_list(_objects(readings), before, "]}")


def _objects(readings: Iterable[Reading]) -> Iterator[Object]:
    yield _maker()
    yield _extension()
    for reading in readings:
        yield from _of_report(reading)


def _of_report(reading: Reading) -> Iterator[Object]:
    made = _Maker(reading)
    objects = list(made.objects())
    yield from objects
    yield made.report([str(one["id"]) for one in objects])


class _Maker:
    """The objects of one report."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        published = reading.report.published
        self._created = _moment(published.earliest if published else None) or _START
        self._known = {actor.id for actor in reading.actors}

    def objects(self) -> Iterator[Object]:
        """Everything but the report itself."""
        for actor in self._reading.actors:
            yield self._identity(actor)
        for statement in self._reading.statements:
            yield self._note(statement)
        for event in deeds(self._reading):
            yield from self._incident(event)
        for relation in self._reading.relations:
            if relation.polarity == "positive":
                yield self._relation(relation)
        kept = {one.id for one in self._reading.statements} | {one.id for one in deeds(self._reading)}
        for gap in self._reading.gaps:
            if gap.verdict == "gap" and {gap.left, gap.right} <= kept:
                yield self._gap(gap)

    def report(self, members: list[str]) -> Object:
        """The report, which refers to all its objects."""
        report = self._reading.report
        text = {"source_name": report.outlet or "report", "description": f"text version {report.version}"}
        return self._object("report", report.id, {
            "name": report.title or report.id, "report_types": ["news"], "published": self._created,
            "object_refs": members or [_id("identity", "diurna")], "lang": report.language,
            "external_references": [{**text, "url": report.url} if report.url else text],
        })  # fmt: skip

    def _object(self, kind: str, key: str, properties: Object) -> Object:
        row = {
            "type": kind, "spec_version": "2.1", "id": _id(kind, key), "created_by_ref": _id("identity", "diurna"),
            "created": self._created, "modified": self._created, **properties,
        }  # fmt: skip
        return {name: value for name, value in row.items() if value not in (None, "", [])}

    def _identity(self, actor: Actor) -> Object:
        return self._object("identity", actor.id, {
            "name": actor.name, "identity_class": _CLASSES[actor.kind], "roles": list(actor.roles),
            "description": f"country {actor.country}" if actor.country else None,
        })  # fmt: skip

    def _note(self, one: Statement) -> Object:
        speaker = _id("identity", one.speaker.actor) if one.speaker.actor in self._known else None
        more: Object = {
            "speaker": one.speaker.text, "act": one.act, "manner": one.manner, "certainty": one.certainty,
            "polarity": one.polarity,
        }  # fmt: skip
        return self._object("note", one.id, {
            "abstract": f"{one.speaker.text or 'somebody'}: {one.act}", "content": one.content.text,
            "authors": [one.speaker.text] if one.speaker.text else None,
            "object_refs": [speaker or _id("report", self._reading.report.id)],
            **self._evidence(one.id, one.evidence, more),
        })  # fmt: skip

    def _incident(self, one: Event) -> Iterator[Object]:
        when = one.happened_at
        more: Object = {
            "event_type": one.type, "mode": one.mode, "quad": one.quad, "cameo": one.cameo,
            "from": when.earliest if when else None, "until": when.latest if when else None,
        }  # fmt: skip
        incident = self._object("incident", one.id, {
            "name": f"{one.type} {one.mode or ''}".strip(), "description": one.evidence.quote,
            **self._evidence(one.id, one.evidence, more),
        })  # fmt: skip
        yield incident
        for kind, parties in (("actor-of", one.actors), ("recipient-of", one.recipients)):
            for party in dict.fromkeys(party.actor for party in parties if party.actor in self._known):
                yield self._tie(f"{one.id}-{kind}-{party}", kind, _id("identity", party), str(incident["id"]))
        if one.place is not None:
            yield from self._place(one, one.place)

    def _place(self, event: Event, place: Place) -> Iterator[Object]:
        codes, near = codes_of(place.country), is_located(event)
        if codes is None and not near:
            return
        location = self._object("location", f"{event.id}-place", {
            "name": place.text, "country": codes.alpha2 if codes else None,
            "latitude": place.lat if near else None, "longitude": place.lon if near else None,
            "description": f"precision {place.precision}",
        })  # fmt: skip
        yield location
        yield self._tie(f"{event.id}-located", "located-at", _id("incident", event.id), str(location["id"]))

    def _relation(self, one: Relation) -> Object:
        ends = (_id("identity", one.source), _id("identity", one.target))
        more = {"description": one.evidence.quote, **self._evidence(one.id, one.evidence, {})}
        return self._tie(one.id, one.kind.replace("_", "-"), *ends, more)

    def _tie(self, key: str, kind: str, source: str, target: str, more: Object | None = None) -> Object:
        ends = {"relationship_type": kind, "source_ref": source, "target_ref": target}
        return self._object("relationship", key, {**ends, **(more or {})})

    def _gap(self, gap: Gap) -> Object:
        kinds = {one.id: "note" for one in self._reading.statements}
        refs = [_id(kinds.get(key, "incident"), key) for key in (gap.left, gap.right)]
        return self._object("note", gap.id, {
            "abstract": f"gap: {gap.kind}", "content": gap.reason, "object_refs": refs,
            "extensions": {_EXTENSION: _filled({"record": gap.id, "kind": gap.kind, "review": gap.review})},
        })  # fmt: skip

    def _evidence(self, key: str, evidence: Evidence, more: Object) -> Object:
        confidence = None if evidence.confidence is None else round(100 * evidence.confidence)
        row = {
            "record": key, "text_version": self._reading.report.version, "char_start": evidence.span.start,
            "char_end": evidence.span.end, "quote": evidence.quote, "rule": evidence.rule, **more,
        }  # fmt: skip
        return {"confidence": confidence, "extensions": {_EXTENSION: _filled(row)}}


def _filled(row: Object) -> Object:
    kept = {name: value for name, value in row.items() if value not in (None, "")}
    return {"extension_type": "property-extension", **kept}


def _id(kind: str, key: str | None) -> str:
    return f"{kind}--{uuid.uuid5(_NAMESPACE, f'{kind} {key}')}"


_EXTENSION = _id("extension-definition", "evidence")


def _maker() -> Object:
    return {
        "type": "identity", "spec_version": "2.1", "id": _id("identity", "diurna"), "created": _DEFINED,
        "modified": _DEFINED, "name": "Diurna", "identity_class": "system",
    }  # fmt: skip


def _extension() -> Object:
    return {
        "type": "extension-definition", "spec_version": "2.1", "id": _EXTENSION,
        "created_by_ref": _id("identity", "diurna"), "created": _DEFINED, "modified": _DEFINED,
        "name": "diurna evidence", "description": "The exact characters a record rests on, counted in code points.",
        "schema": SCHEMA, "version": "1.0.0", "extension_types": ["property-extension"],
    }  # fmt: skip


def _moment(said: str | None) -> str | None:
    """An ISO day or moment as STIX writes moments."""
    if not said:
        return None
    return f"{said.removesuffix('Z')}.000Z" if "T" in said else f"{said}T00:00:00.000Z"
