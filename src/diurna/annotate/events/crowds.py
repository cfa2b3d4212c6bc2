"""What crowds do: what a protest demands belongs to it, and what protesters demand or wreck is a protest.

PLOVER has one PROTEST for "rallied to demand that the premier go" (CAMEO 1411 to 1454), aimed at the premier; and what
demonstrators say or break is part of demonstrating, not a request, an accusation or an assault of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from diurna.annotate.events.event_lexicon import EventLexicon
from diurna.annotate.events.parties import Nouns
from diurna.model.record import EventType

_AIMS = frozenset({"REQUEST", "ACCUSE", "PROTEST", "REJECT", "THREATEN"})
_BELOW = frozenset({"advcl", "xcomp", "acl", "relcl", "dobj", "conj", "prep", "pcomp"})
_STEPS = 5


@dataclass(frozen=True, slots=True)
class Deed:
    """What the rules about crowds need to know of a deed: its trigger's token, its clause's verb, type and sides."""

    token: int
    verb: int
    type: EventType
    actors: tuple[int, ...]
    recipients: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a deed: dropped, or given another type, CAMEO code, mode or recipients (None leaves them)."""

    drop: bool = False
    recipients: tuple[int, ...] | None = None
    mode: str | None = None
    cameo: str | None = None


def settle_crowds(deeds: Sequence[Deed], nouns: Nouns, lexicon: EventLexicon) -> dict[int, Change]:
    """What changes among the deeds of one sentence, by their index."""
    changes: dict[int, Change] = {}
    for number, deed in enumerate(deeds):
        if deed.type == "PROTEST":
            changes |= _aims(number, deed, deeds, nouns)
    for number, deed in enumerate(deeds):
        if number not in changes and _by_crowd(deed, nouns, lexicon) and not _told(deed, deeds):
            violent = deed.type == "ASSAULT"
            changes[number] = Change(mode="riot" if violent else "demo", cameo="145" if violent else "141")
    return changes


def _aims(number: int, protest: Deed, deeds: Sequence[Deed], nouns: Nouns) -> dict[int, Change]:
    """The protest with those its demands are aimed at, and its demands dropped."""
    found: dict[int, Change] = {}
    aimed: tuple[int, ...] = ()
    for other, deed in enumerate(deeds):
        if other == number or deed.type not in _AIMS or not _hangs_below(deed.token, protest, nouns):
            continue
        if deed.actors and not set(deed.actors) & set(protest.actors):
            continue
        aimed = aimed or tuple(t for t in deed.recipients if nouns.is_party(t) and t not in protest.actors)
        found[other] = Change(drop=True)
    if aimed and not any(_aimed_at(t, nouns) for t in protest.recipients):
        found[number] = Change(recipients=aimed)
    return found


def _hangs_below(token: int, protest: Deed, nouns: Nouns) -> bool:
    """Whether a demand is the protest's own purpose or manner ("*to demand*", "*calling for*")."""
    parse, node = nouns.parse, token
    for above in islice(nouns.parse.ancestors(token), _STEPS):
        if parse.deps[node] not in _BELOW or (parse.deps[node] == "conj" and node != token):
            return False
        if above in (protest.token, protest.verb):
            return parse.deps[node] != "conj"
        node = above
    return False


def _aimed_at(token: int, nouns: Nouns) -> bool:
    """Whether a protest's own words say whom it is against, not only where it was."""
    parse = nouns.parse
    head = parse.heads[token]
    against = parse.deps[token] == "pobj" and parse.lowers[head] in ("against", "over")
    return against or (nouns.is_party(token) and "PLACE" not in nouns.kinds(token) and parse.deps[token] != "pobj")


def _by_crowd(deed: Deed, nouns: Nouns, lexicon: EventLexicon) -> bool:
    """Whether protesters demand, condemn or wreck."""
    if deed.type not in ("REQUEST", "ACCUSE", "ASSAULT") or not deed.actors:
        return False
    return all(not nouns.lemmas(t).isdisjoint(lexicon.parties.protesters) for t in deed.actors)


def _told(deed: Deed, deeds: Sequence[Deed]) -> bool:
    """Whether the sentence tells of the same people's protest anyway, so that their demand is a deed beside it."""
    same = any(other.type == "PROTEST" and set(other.actors) & set(deed.actors) for other in deeds)
    return same and deed.type != "ASSAULT"
