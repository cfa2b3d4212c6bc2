"""Deeds in POLECAT's table: 40 columns, tabs, a header; one row for every pair of actor and recipient.

POLECAT has no precision: the date is empty where the day is not known to be one, the coordinates where the place is
wider than a town. Columns that POLECAT fills from services we do not use (Wikipedia, COW numbers) stay empty; nothing
is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from diurna.export.format import day_of, deeds, is_located, is_name
from diurna.export.lines import tab_line
from diurna.model.record import Event, Party, Reading

HEADER = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source",    "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip

VERSION = "diurna"
_JOINT = ", "


def write(readings: Iterable[Reading]) -> Iterator[bytes]:
    """The table, header first."""
    yield tab_line(HEADER)
    for reading in readings:
        for event in deeds(reading):
            for number, (actor, recipient) in enumerate(product(event.actors or (None,), event.recipients or (None,))):
                yield tab_line(_row(reading, event, actor, recipient, number))


def _row(reading: Reading, event: Event, actor: Party | None, recipient: Party | None, number: int) -> list[object]:
    report = reading.report
    quads = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
    return [
        event.id if number == 0 else f"{event.id}-{number}",
        day_of(event), event.type, event.mode, "", quads[event.quad],
        _JOINT.join(event.contexts), *_party(reading, actor), *_party(reading, recipient), *_place(event),
        report.outlet, (report.published.earliest or "")[:10] if report.published else "",
        *(_named(reading, kinds) for kinds in (("person",), ("organisation", "group", "office"), ("place", "state"))),
        report.language, VERSION,
    ]  # fmt: skip


def _party(reading: Reading, party: Party | None) -> list[object]:
    """Name, country, COW, primary sector, sectors, title, name as written, Wikipedia id."""
    if party is None:
        return [""] * 8
    known = reading.actor(party.actor)
    title = known.roles[0] if known and known.roles else ""
    name = known.name if known else party.text
    return [name, party.country, "", party.sector, party.sector, title, party.text, ""]


def _place(event: Event) -> list[object]:
    """Placename, city, district, province, country, latitude, longitude, GeoNames id, raw placename, feature type."""
    place = event.place
    if place is None:
        return [""] * 10
    at = {kind: place.text if place.precision == kind else "" for kind in ("city", "district", "province")}
    return [
        place.text,
        *at.values(),
        place.country,
        place.lat if is_located(event) else None,
        place.lon if is_located(event) else None,
        place.geonames_id,
        place.text,
        place.precision,
    ]


def _named(reading: Reading, kinds: tuple[str, ...]) -> str:
    return _JOINT.join(actor.name for actor in reading.actors if actor.kind in kinds and is_name(actor.name))
