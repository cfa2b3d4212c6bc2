"""Whether an actor is the body that publishes the report, and so speaks in it for itself."""

from __future__ import annotations

from diurna.annotate.actors.knowledge import Fact, names
from diurna.model.record import Actor

_BARE = frozenset({"the", "this", "my", "our"})
_RULING = frozenset({"administration", "government"})
_EMPTY = frozenset({"the", "of", "and", "for"})


def is_publisher(outlet: str | None, actor: Actor | None) -> bool:
    """Whether `actor` is the outlet itself ("the State Department" in its release), or the state an office speaks for.

    Args:
        outlet: the report's outlet as it was received, "U.S. Department of State".
    """
    if not outlet or actor is None:
        return False
    words = outlet.lower().split()
    fact = _fact(words)
    if actor.kind == "state":
        return fact is not None and fact.sector == "GOV" and actor.country == fact.country
    called = {actor.name, *actor.aliases}
    if fact is not None and fact.kind == "body" and fact.name in called:
        return True
    return actor.kind in ("organisation", "outlet") and any(_is_part(name.lower().split(), words) for name in called)


def is_own_body(outlet: str | None, words: list[str]) -> bool:
    """Whether a bare phrase ("this administration", "our Department") is what a government's outlet calls itself.

    Args:
        words: the phrase, lower-cased.
    """
    if not outlet or len(words) != 2 or words[0] not in _BARE:
        return False
    called = outlet.lower().split()
    fact = _fact(called)
    return words[1] in called or (fact is not None and fact.sector == "GOV" and words[1] in _RULING)


def _fact(words: list[str]) -> Fact | None:
    hits = (names().at(words, i, len(words)) for i in range(len(words)))
    return next((hit[1] for hit in hits if hit), None)


def _is_part(name: list[str], outlet: list[str]) -> bool:
    """Whether all words of a name that say something are the outlet's ("the Department")."""
    telling = set(name) - _EMPTY
    return bool(telling) and telling <= set(outlet)
