"""A promise and a deed told years later: when the one may still be the keeping of the other."""

from __future__ import annotations

from diurna.link.partynames import shared_name
from diurna.link.sameness import object_names, party_names, same_thing
from diurna.link.telling import Telling


def kept_long_after(opening: Telling, one: Telling) -> bool:
    """Whether a deed of years later is told of the promiser by name, and of the very matter, named in full.

    Levies, schools and summits of one name come again in every term, so more is asked than of a deed of the same year:
    each word of what the promise governs, the same names of things and places or none in both, and no other person.
    """
    maker = opening.doer.with_names(opening.teller or opening.doer)
    another = maker.persons and one.doer.persons and not maker.persons & one.doer.persons
    if another or shared_name(maker.names, one.doer.names) is None:
        return False
    said, told = opening.act, one.act
    if not said.object or not said.object <= told.object | told.things or not told.object <= said.object | said.things:
        return False
    parties = party_names(opening, one)
    mine, theirs = object_names(opening, parties), object_names(one, parties)
    thing = same_thing(opening, one)
    return thing.test.result == "pass" and (bool(mine) == bool(theirs)) and (not mine or thing.names)
