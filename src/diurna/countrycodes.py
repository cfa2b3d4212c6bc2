"""Codes of countries side by side: ISO alpha-3 (Diurna's own), ISO alpha-2, ISO numeric, FIPS 10-4 (GDELT's), names."""

from __future__ import annotations

from dataclasses import dataclass

from diurna.lexicon import Table, load, made_of


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """One country; codes are text, "" where there is none."""

    alpha3: str
    alpha2: str
    numeric: str
    fips: str
    name: str


def codes_of(alpha3: str | None) -> CountryCodes | None:
    """The codes of a country by its ISO alpha-3 code; None where it is none we know."""
    return _table().get(alpha3 or "")


def alpha3_of(said: str | None) -> str | None:
    """The alpha-3 code of a country given by alpha-3, alpha-2 or numeric code or by name; None where it is unknown."""
    return _by_any().get((said or "").strip().casefold())


def alpha3_of_fips(fips: str | None) -> str | None:
    """The alpha-3 code of a country given by its FIPS 10-4 code, which other codes clash with."""
    return _by_fips().get((fips or "").strip().upper())


@made_of("countrycodes", language="")
def _table() -> dict[str, CountryCodes]:
    return {alpha3: CountryCodes(alpha3, *codes) for alpha3, codes in load("countrycodes", "", _faults).items()}


def _faults(table: Table) -> list[str]:
    return [f"{key} has not four codes" for key, row in table.items() if [type(one) for one in row] != [str] * 4]


@made_of("countrycodes", language="")
def _by_any() -> dict[str, str]:
    found: dict[str, str] = {}
    for one in _table().values():
        for said in (one.alpha3, one.alpha2, one.numeric, one.numeric.lstrip("0"), one.name):
            if said:
                found.setdefault(said.casefold(), one.alpha3)
    return found


@made_of("countrycodes", language="")
def _by_fips() -> dict[str, str]:
    return {one.fips: one.alpha3 for one in _table().values() if one.fips}
