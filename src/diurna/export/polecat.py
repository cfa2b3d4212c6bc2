"""POLECAT's 40 tab-separated columns. It knows deeds only, so only deeds the report itself tells as done are written.

Left empty, since Diurna does not know them: Intensity, COW and Wikipedia ids, titles, the place's parts, Feature Type.
"""

from __future__ import annotations

from typing import TextIO

from diurna.model.record import Event, Party, Reading
from diurna.model.timevalue import TimeValue

HEADER = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename", "City",
    "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename", "Feature Type",
    "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip


class PolecatExporter:
    """A header, then one deed a line."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._put(HEADER)

    def write(self, reading: Reading) -> None:
        """Write one report's deeds: actual, and not only somebody's words (law 7)."""
        for event in reading.events:
            if event.realis == "actual" and event.attributed_to is None:
                row = _row(event, reading)
                self._put([row.get(name, "") for name in HEADER])

    def finish(self) -> None:
        """The table has no end mark."""

    def _put(self, cells: tuple[str, ...] | list[str]) -> None:
        self._out.write("\t".join(" ".join(cell.split()) for cell in cells) + "\n")


def _row(event: Event, reading: Reading) -> dict[str, str]:
    report = reading.report
    return {
        "Event ID": event.id,
        "Event Date": _day(event.happened_at),
        "Event Type": event.type,
        "Event Mode": event.mode or "",
        "Quad Code": str(event.quad),
        "Contexts": ";".join(event.contexts),
        **_side(event.actors, "Actor", reading),
        **_side(event.recipients, "Recipient", reading),
        **_place(event),
        "Source": report.outlet or "",
        "Publication Date": _day(report.published),
        "Language": report.language or "",
        "Version": "diurna-1",
    }


def _side(parties: tuple[Party, ...], side: str, reading: Reading) -> dict[str, str]:
    known = [reading.actor(one.actor) for one in parties]
    sectors = list(dict.fromkeys(one.sector for one in parties if one.sector))
    return {
        f"{side} Name": ";".join(a.name if a else p.text for a, p in zip(known, parties, strict=True)),
        f"{side} Country": ";".join(dict.fromkeys(one.country for one in parties if one.country)),
        f"Primary {side} Sector": sectors[0] if sectors else "",
        f"{side} Sectors": ";".join(sectors),
        f"{side} Name Raw": ";".join(one.text for one in parties),
    }


def _place(event: Event) -> dict[str, str]:
    """The place; coordinates only where they stand for a point or a town, never a country's middle."""
    place = event.place
    if place is None:
        return {}
    exact = place.precision in ("point", "city")
    return {
        "Country": place.country or "",
        "Raw Placename": place.text,
        "GeoNames ID": str(place.geonames_id or ""),
        "Latitude": str(place.lat) if exact and place.lat is not None else "",
        "Longitude": str(place.lon) if exact and place.lon is not None else "",
    }


def _day(value: TimeValue | None) -> str:
    """The day, where it is known to be one; POLECAT has no room for an interval."""
    if value is None or value.first_day is None or value.first_day != value.last_day:
        return ""
    return value.first_day.isoformat()
