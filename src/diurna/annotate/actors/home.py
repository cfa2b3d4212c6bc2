"""The country a report plays in, for parties whose own words name none ("the police", "protesters").

Only where the text names one country alone: with two, nothing says whose police it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from diurna.annotate.actors.knowledge import facts_between
from diurna.annotate.actors.placenames import candidates, text_of
from diurna.annotate.parse import Parse
from diurna.model.record import Party
from diurna.model.span import Span

_AT_HOME = frozenset(
    {"GOV", "LEG", "JUD", "COP", "SPY", "OPP", "PTY", "CVL", "LAB", "EDU", "REB", "UAF", "PRM", "JRN", "REF"}
)
"""Sectors of those who mostly act in their own country."""

_LOOKED_THROUGH = 4_000
"""Tokens of a report that are looked through: keeps long texts linear."""

_ONE_PLACE = 4
"""How many times as large the first city of a name must be as the second, to stand for its country."""


def home_country(parse: Parse) -> str | None:
    """The one country that a text names, by itself, its people, its capital, its regions or its cities; else None."""
    end = min(len(parse), _LOOKED_THROUGH)
    found = {known.fact.country for known in facts_between(parse, 0, end) if known.fact.country}
    if len(found) < 2:
        found |= _by_cities(parse, end)
    return next(iter(found)) if len(found) == 1 else None


def _by_cities(parse: Parse, end: int) -> set[str]:
    """Countries of the cities named; a name that several countries share counts for none."""
    found = set()
    for entity in parse.entities:
        if entity.label != "GPE" or entity.last > end or facts_between(parse, entity.first, entity.last):
            continue
        rows = candidates(text_of(parse, entity.first, entity.last).removesuffix("'s").removesuffix("’s").strip())
        if rows and all(
            row.country == rows[0].country or row.population * _ONE_PLACE < rows[0].population for row in rows
        ):
            found.add(rows[0].country)
    return found


def at_home(party: Party, parse: Parse, others: Sequence[Party], home: Callable[[], str | None]) -> str | None:
    """The home country of a party that has none, where it is called by what it is and faces no other country.

    Args:
        others: the parties on the other side; one that is the country itself makes the party a stranger to it.
        home: gives the report's country; asked only where it may be needed.
    """
    if party.country or party.sector not in _AT_HOME or not _is_common(parse, party.span):
        return party.country
    country = home()
    strangers = any(other.country == country and other.span != party.span for other in others)
    return None if strangers else country


def _is_common(parse: Parse, span: Span | None) -> bool:
    """Whether a party is named by a common noun, or by an office alone ("the Prime Minister")."""
    head = None if span is None else parse.head_in(span)
    if span is None or head is None or parse.pos[head] == "PRON":
        return False
    inside = parse.tokens_in(span)
    named = any(parse.entity_of[i] >= 0 and parse.entities[parse.entity_of[i]].label in _NAMES for i in inside)
    return not named


_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"})
