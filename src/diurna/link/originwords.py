"""What a report says of where it has its news from: an agency, another outlet, a release."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from diurna.lexicon import Table, load, made_of
from diurna.model.report import Report

_EDGE = 250
"""Characters at a text's beginning and end in which an agency's mark is a credit; in the middle it is a subject."""

_LEAD = 900
"""Characters at the beginning in which a credited outlet is where the news comes from, not one voice of several."""

_QUOTED = re.compile(r"[“\"]([^“”\"]{30,600})[”\"]")
_WORDS = re.compile(r"\w+")
_LONG = 8
"""Words of a quotation that two reporters do not share by chance."""


@dataclass(frozen=True, slots=True)
class OriginLexicon:
    """The words of `origins.toml`: agencies and outlets by mark, credits around a name, words of a release."""

    agencies: dict[str, str]
    outlets: dict[str, str]
    credits: tuple[str, ...]
    release: re.Pattern[str]


@made_of("origins")
def lexicon() -> OriginLexicon:
    """The lexicon of origins, loaded once.

    Raises:
        LexiconError: the file is missing or wrong; the message lists every fault.
    """
    table = load("origins", check=_all_faults)
    return OriginLexicon(
        _marks(table["agency"]),
        _marks(table["outlet"]),
        tuple(table["credit"]["phrases"]),
        re.compile(r"\b(?:" + "|".join(map(re.escape, table["release"]["phrases"])) + r")\b", re.IGNORECASE),
    )


def _marks(rows: list[dict[str, Any]]) -> dict[str, str]:
    return {mark: row["name"] for row in rows for mark in (row["name"], *row["marks"])}


def _all_faults(table: Table) -> list[str]:
    return list(_faults(table))


def _faults(table: dict[str, Any]) -> Iterator[str]:
    for kind in ("agency", "outlet"):
        if not table.get(kind):
            yield f"there is no {kind}"
        for row in table.get(kind, ()):
            if not row.get("name") or not row.get("marks"):
                yield f"{kind} {row.get('name')!r} needs a name and marks"
    for key in ("credit", "release"):
        phrases = table.get(key, {}).get("phrases")
        if not phrases or not all(isinstance(one, str) and one.strip() == one and one for one in phrases):
            yield f"{key} needs phrases"
        elif key == "credit" and any(one.count("{}") != 1 for one in phrases):
            yield "every credit phrase needs one {}"


def agency_of(report: Report) -> str | None:
    """The agency a report is by: its outlet, its author, or a mark at the beginning or end of the text."""
    agencies = lexicon().agencies
    for said in (report.outlet, report.author):
        if said and said.strip() in agencies:
            return agencies[said.strip()]
    edges = (report.text[:_EDGE], report.text[-_EDGE:])
    near = ((mark, edge) for edge in edges for mark in agencies if mark in edge)
    return next((agencies[mark] for mark, edge in near if _marked(mark).search(edge)), None)


@lru_cache(maxsize=256)
def _marked(mark: str) -> re.Pattern[str]:
    """The mark as a credit: "(Mark)", "By Mark", or "— Mark" and Mark alone at the end."""
    said = re.escape(mark)
    return re.compile(rf"\({said}\)|[—–-] ?{said}\.?\s*\Z|^By {said}\b|\n{said}\.?\s*\Z", re.MULTILINE)


def known_as(name: str) -> str:
    """The name an outlet or agency goes by ("nytimes.com": "The New York Times"); its own where none is listed."""
    known = lexicon()
    return known.agencies.get(name) or known.outlets.get(name) or name


def credited(report: Report, outlets: Iterable[str]) -> str | None:
    """The first other outlet, of those given and those listed, that the lead says the news comes from; its name."""
    lead = report.text[:_LEAD]
    own = known_as(report.outlet or "")
    found: list[tuple[int, str]] = []
    for name in {*outlets, *lexicon().agencies, *lexicon().outlets}:
        at = _credit(name).search(lead) if name.removeprefix("The ") in lead else None
        if at and known_as(name) != own:
            found.append((at.start(), known_as(name)))
    return min(found)[1] if found else None


@lru_cache(maxsize=4_096)
def _credit(name: str) -> re.Pattern[str]:
    """Outlets are named with capitals, so the name is matched as it stands and the words around it in any case."""
    said = rf"(?-i:(?:[Tt]he )?{re.escape(name.removeprefix('The '))})"
    phrases = (re.escape(one).replace(r"\{\}", said) for one in lexicon().credits)
    return re.compile(r"\b(?:" + "|".join(phrases) + r")(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def has_release(report: Report) -> bool:
    """Whether the report says that it has words from a statement or release."""
    return bool(lexicon().release.search(report.text))


@lru_cache(maxsize=4_096)
def long_quotations(report: Report) -> frozenset[str]:
    """The quotations of at least eight words, as plain lower-case words."""
    found = (" ".join(_WORDS.findall(one.lower())) for one in _QUOTED.findall(report.text))
    return frozenset(one for one in found if one.count(" ") >= _LONG - 1)
