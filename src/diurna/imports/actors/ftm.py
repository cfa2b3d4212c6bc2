"""FollowTheMoney entities as actors: people, bodies and companies with their names, countries, offices and topics."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from diurna.countrycodes import alpha3_of
from diurna.imports.rows import BadRow
from diurna.model.ownactor import Held, OwnActor
from diurna.model.record import ActorKind

_KINDS: dict[str, ActorKind] = {
    "Person": "person", "Organization": "organisation", "Company": "organisation", "PublicBody": "organisation",
    "LegalEntity": "unknown",
}  # fmt: skip
_TOPICS = {
    "gov": "GOV", "gov.national": "GOV", "gov.state": "GOV", "gov.muni": "GOV", "gov.head": "GOV",
    "gov.executive": "GOV",
    "gov.igo": "IGO", "gov.soe": "BUS", "gov.judicial": "JUD", "gov.legislative": "LEG", "gov.security": "MIL",
    "mil": "MIL", "pol.party": "PTY", "pol.union": "LAB", "role.judge": "JUD", "role.journo": "MED", "role.act": "CVL",
    "role.spy": "SPY", "role.pep": "GOV", "role.pol": "GOV", "role.diplo": "GOV", "role.oligarch": "BUS",
    "fin.bank": "BUS",
    "crime.terror": "REB", "crime": "CRM", "ngo": "NGO",
}  # fmt: skip
_COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction", "mainCountry")
_FEWEST = 3
"""Characters of a name: shorter aliases are found everywhere."""


def read(lines: Iterable[str], source: str) -> Iterator[OwnActor | BadRow]:
    """An actor for every entity that is somebody; documents, events and links are passed over without a word."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            found = _line(line, number, source)
            if found is not None:
                yield found


def _line(line: str, number: int, source: str) -> OwnActor | BadRow | None:
    try:
        row = json.loads(line)
        schema, properties = row["schema"], row["properties"]
        texts = {key: [str(one) for one in _listed(values)] for key, values in properties.items()}
    except (ValueError, RecursionError) as fault:
        return BadRow(number, f"broken JSON: {fault}")
    except (KeyError, TypeError, AttributeError):
        return BadRow(number, "no entity: it wants schema and properties")
    kind = _KINDS.get(schema)
    if kind is None:
        return None
    names = [one for key in ("name", "alias", "previousName", "abbreviation") for one in texts.get(key, ())]
    known = list(dict.fromkeys(" ".join(one.split()) for one in names if len(one.strip()) >= _FEWEST))
    if not known:
        return BadRow(number, f"{schema} {row.get('id')!r} has no name")
    country = next((alpha3_of(one) for key in _COUNTRIES for one in texts.get(key, ()) if alpha3_of(one)), None)
    held = Held(country, _sector(schema, texts), next(iter(texts.get("position", ())), None))
    return OwnActor(known[0], kind, tuple(known[1:]), (held,), f"{source}, {row.get('id')}")


def _listed(values: object) -> list[object]:
    return values if isinstance(values, list) else [values]


def _sector(schema: str, texts: dict[str, list[str]]) -> str | None:
    said = [_TOPICS.get(topic) for topic in texts.get("topics", ())]
    said += [code for code in texts.get("sector", ()) if len(code) == 3 and code.isupper()]  # as our own export has it
    found = next((one for one in said if one), None)
    if found is None and schema in ("PublicBody", "Company"):
        return "GOV" if schema == "PublicBody" else "BUS"
    return found
