"""CAMEO and free-form codes of actors as country and PLOVER sector."""

from __future__ import annotations

import re

from diurna.countrycodes import alpha3_of, codes_of
from diurna.model.ownactor import Held

_SECTORS = {
    *("GOV", "MIL", "REB", "OPP", "PTY", "COP", "JUD", "SPY", "MED", "EDU", "BUS", "CRM", "CVL", "UAF", "ELI", "AGR"),
    *("HLH", "LAB", "LEG", "REF", "REL", "IGO", "NGO", "MNC", "IMG", "UNO", "EUR", "PAR", "INT"),
}
_COUNTRIES = {"ROM": "ROU", "TMP": "TLS", "ZAR": "COD", "WSB": "PSE", "GZS": "PSE", "PAL": "PSE", "KSV": "XKX"}
"""CAMEO's country codes that are not ISO's."""

_TURNED = {"SEP": "REB", "INS": "REB", "NGM": "NGO", "UIS": "UAF", "RAD": "REB"}


def held_of(code: str, since: str | None = None, until: str | None = None) -> Held | None:
    """What a CAMEO actor code ("USAGOVMIL", "IGOUNO") says, three letters at a time; None where it says nothing.

    The country is ISO alpha-3 where CAMEO's is one; the first role that PLOVER has is the sector.
    """
    parts = re.findall("[A-Z]{3}", code.upper())
    if not parts or "".join(parts) != code.upper():
        return None
    country = cameo_country(parts[0])
    roles = parts[1:] if country else parts
    sector = next((_TURNED.get(part, part) for part in roles if _TURNED.get(part, part) in _SECTORS), None)
    if country is None and sector is None:
        return None
    return Held(country, sector, None, since, until)


def cameo_country(code: str) -> str | None:
    """The ISO alpha-3 code of a CAMEO country; None where it is none."""
    found = codes_of(_COUNTRIES.get(code, code))
    return found.alpha3 if found else None


def country_of(said: str) -> str | None:
    """A country given by any ISO code or its name.

    Raises:
        ValueError: it is none we know; three capitals are taken as they are, since people name states of their own.
    """
    if not said:
        return None
    found = alpha3_of(said)
    if found is None and re.fullmatch("[A-Z]{3}", said):
        return said
    if found is None:
        raise ValueError(f"no country {said!r}: write an ISO code")
    return found


def sector_of(said: str) -> str | None:
    """A sector given by its three letters.

    Raises:
        ValueError: it is none of PLOVER's.
    """
    code = _TURNED.get(said.upper(), said.upper())
    if not said:
        return None
    if code not in _SECTORS:
        raise ValueError(f"no sector {said!r}: it is one of {', '.join(sorted(_SECTORS))}")
    return code
