"""Are two parties of different reports one? Each answer gives its ground."""

from __future__ import annotations

from collections.abc import Iterator

from diurna.link.partynames import Name, Party, shared_name
from diurna.link.telling import Telling


def bound_by(one: Telling) -> Party:
    """Whose doing it is: the speaker's too, where he speaks of his own."""
    return one.doer.with_names(one.teller) if one.teller and one.own else one.doer


def one_party(one: Party, other: Party) -> str | None:
    """The ground on which two parties are one, or None."""
    ids = one.ids & other.ids
    if one.names and other.names and shared_name(one.names, other.names) is None:
        ids = frozenset(one_id for one_id in ids if not one_id.startswith(("the ", "its ", "their ")))
    if ids:
        return f"both are “{sorted(ids)[0]}”"
    if one.persons and other.persons and not ids and only_persons(one) and only_persons(other):
        return None
    name = shared_name(one.names, other.names)
    return f"both bear the name “{' '.join(name).title()}”" if name else None


def one_speaker(one: Party, other: Party) -> str | None:
    """The ground on which two speakers are one person or body: a shared country makes two persons no one."""
    people = [frozenset(n for n in p.names if len(n) > 1) for p in (one, other)]
    if one.persons and other.persons:
        if one.persons & other.persons:
            return f"both are “{sorted(one.persons & other.persons)[0]}”"
        if all(people):
            name = shared_name(*people)
            return f"both bear the name “{' '.join(name).title()}”" if name else None
        return None
    if bool(one.persons) != bool(other.persons):
        holder = one if one.persons else other
        body = next((n for n in shared_bodies(one, other)), None)
        return f"one speaks for “{' '.join(body).title()}”" if body and holder.office else None
    return one_party(one, other)


def shared_bodies(one: Party, other: Party) -> Iterator[Name]:
    """Names of several words that both bear and no person does: a party, a movement, a company."""
    persons = one.persons | other.persons
    for name in sorted(one.names & other.names):
        if len(name) > 1 and " ".join(name) not in persons:
            yield name


def only_persons(party: Party) -> bool:
    """Whether a party is persons and no more: its state or body is not named with it."""
    return len(party.names) <= len(party.persons)
