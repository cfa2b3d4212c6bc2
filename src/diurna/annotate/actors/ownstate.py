"""The country of parties that their own state deals with: who is tried, whom it lets go, its ballots and its towns."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from diurna.annotate.actors.home import DOMESTIC, OFFICIALS, Deed, home_words, is_common, is_domestic
from diurna.annotate.parse import Parse
from diurna.model.record import Party

_STATES = frozenset({None, "GOV", "LEG", "JUD", "COP", "MIL", "SPY"})
"""Sectors of a state and its authorities."""

_TRIALS = ("090", "091", "092", "093", "094", "115", "116", "173")
"""CAMEO codes of investigating, suing, sentencing and jailing, as authorities do to their own people."""

_NAMED = frozenset({None, *OFFICIALS, "BUS", "SOC", "JRN", "EDU", "LAB", "REL"})
"""Sectors of named parties that may be tried in their own country."""


def of_its_state(
    party: Party, parse: Parse, others: Sequence[Party], home: Callable[[], str | None], deed: Deed
) -> str | None:
    """The report's country for a party without one that its own state deals with; None where that is not so.

    Args:
        others: the parties on the other side.
        home: gives the one country the report names.
    """
    if not _by_its_state(party, parse, others, deed):
        return None
    return home() or _jailer(party, parse, others)


def _by_its_state(party: Party, parse: Parse, others: Sequence[Party], deed: Deed) -> bool:
    """Whether a party without a country is one its own state deals with, if a report names but one.

    It is an election or a law; a place put under curfew; somebody known by name alone whom the
    authorities try or jail, or who resigns; a prisoner or a protester a state lets go or gives in to.
    """
    head = None if party.span is None else parse.head_in(party.span)
    if head is None or party.country is not None:
        return False
    rulers = [other for other in others if other.span != party.span and other.sector in _STATES]
    if party.sector is None and parse.lemmas[head] in home_words().ballots | {"result"}:
        return deed.suffered and (parse.lemmas[head] != "result" or _has_ballot(parse, head))
    label = _label(parse, head)
    if label in ("PERSON", "ORG") and party.sector in _NAMED:
        tried = deed.suffered and (deed.cameo or "").startswith(_TRIALS) and any(other.sector for other in rulers)
        return tried or (label == "PERSON" and is_domestic(deed) and deed.cameo in DOMESTIC)
    if party.sector is None and label in ("GPE", "LOC", "FAC", ""):
        return deed.suffered and deed.type == "COERCE" and bool(rulers) and _is_thing_or_place(parse, head, label)
    freed = parse.lemmas[head] in home_words().freed and is_common(parse, party.span)
    return freed and deed.suffered and deed.type in ("RETREAT", "CONCEDE") and bool(rulers)


def _jailer(party: Party, parse: Parse, others: Sequence[Party]) -> str | None:
    """The state that lets its political prisoners or opponents go, whoever else the report names."""
    inside = range(0) if party.span is None else parse.tokens_in(party.span)
    if not any(parse.lemmas[i] in home_words().opponents for i in inside):
        return None
    found = {other.country for other in others if other.span != party.span and other.sector in _STATES}
    return next(iter(found)) if len(found) == 1 else None


def _has_ballot(parse: Parse, head: int) -> bool:
    """Whether results are those of a vote ("the *election* results", "the results of the *poll*")."""
    of = parse.child(next(iter(parse.children_by(head, "prep")), head), "pobj")
    near = [*parse.children_by(head, "compound", "amod", "nmod"), *([] if of is None else [of])]
    return any(parse.lemmas[i] in home_words().ballots for i in near)


def _is_thing_or_place(parse: Parse, head: int, label: str) -> bool:
    return bool(label) or parse.lemmas[head] in home_words().fixed | home_words().sorts


def _label(parse: Parse, head: int) -> str:
    number = parse.entity_of[head]
    return "" if number < 0 else parse.entities[number].label
