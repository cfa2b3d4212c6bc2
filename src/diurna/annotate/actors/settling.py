"""The countries of a deed's parties: by their own words, by what they point at, by where it was done, by the report."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace

from diurna.annotate.actors.belonging import address_country, lands_country, lists_country, owners_country
from diurna.annotate.actors.codes import NATIONLESS
from diurna.annotate.actors.home import Deed, at_home, country_within, home_country, laid, sorts, striking
from diurna.annotate.actors.ownstate import of_its_state
from diurna.annotate.parse import Parse
from diurna.model.annotation import EventDraft
from diurna.model.record import EventType, Party, Place
from diurna.model.span import Span

_WHERE = frozenset({"in", "at", "near", "on", "inside", "outside", "across", "throughout", "into", "around", "over"})
_DONE_TO: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "AID"})
"""Types done to people and things where these are."""

_LINKS = frozenset({"appos", "conj", "compound", "nmod", "poss", "amod"})
_SUFFERING = frozenset({"dobj", "nsubjpass"})
_MAX_CLIMB = 4

Sides = tuple[tuple[Party, ...], tuple[Party, ...]]


class Settler:
    """Gives the parties of one report's deeds the countries the text settles.

    Args:
        places: the report's places, in text order.
        country_at: the country of the actor mentioned at a token, or None.
    """

    def __init__(self, parse: Parse, places: Sequence[Place], country_at: Callable[[int], str | None]) -> None:
        self.parse = parse
        self.places = places
        self.country_at = country_at
        self._starts = [place.span.start for place in places]
        self._country: tuple[str | None] | None = None

    def sides(self, draft: EventDraft, actors: Sequence[Party], recipients: Sequence[Party]) -> Sides:
        """The actors and the recipients of a deed, each with its country as far as the text tells."""
        doers = tuple(self._pointed(one, recipients) if one.sector else one for one in actors)  # no weapons
        others = tuple(self._pointed(one, doers) for one in recipients)
        spot = self._country_of(draft.place) if draft.place else None
        spot = spot or self._spot(draft, others)
        doers = tuple(self._laid(one, draft, spot) for one in doers)
        deed = Deed(draft.type, draft.cameo, spot)
        return self._settled(doers, others, deed), self._settled(others, doers, replace(deed, suffered=True))

    def _laid(self, party: Party, draft: EventDraft, spot: str | None) -> Party:
        """A bomb or an ambush of nobody's stands for unknown armed people where it was laid."""
        head = None if party.span is None or party.sector or party.country else self.parse.head_in(party.span)
        if draft.type != "ASSAULT" or party.span is None or head is None or self.parse.lemmas[head] not in laid():
            return party
        country = country_within(self.parse, party.span, self._places_in(party.span)) or spot
        return party if country is None else replace(party, country=country, sector="UAF")

    def _pointed(self, party: Party, facing: Sequence[Party]) -> Party:
        """The party, one without a country given that of what its own words point at."""
        if party.country or party.span is None or party.sector in NATIONLESS:
            return party
        head = self.parse.head_in(party.span)
        country = country_within(self.parse, party.span, self._places_in(party.span))
        if country is None and head is not None:
            country = (
                owners_country(self.parse, head, self.country_at)
                or address_country(self.parse, party.span)
                or lists_country(self.parse, head)
                or self._land(head, facing)
            )
        return replace(party, country=country)

    def _land(self, head: int, facing: Sequence[Party]) -> str | None:
        """The country that "the country" is, unless that is the one that deals with it."""
        country = lands_country(self.parse, head)
        own = self.parse.deps[head] != "poss" and any(other.country == country for other in facing)
        return None if own else country

    def _settled(self, parties: Sequence[Party], others: Sequence[Party], deed: Deed) -> tuple[Party, ...]:
        return tuple(replace(one, country=self._home_of(one, others, deed)) for one in parties)

    def _home_of(self, party: Party, others: Sequence[Party], deed: Deed) -> str | None:
        own = of_its_state(party, self.parse, others, self._home, deed)
        return own or at_home(party, self.parse, others, self._home, deed)

    def _home(self) -> str | None:
        if self._country is None:
            self._country = (home_country(self.parse),)
        return self._country[0]

    def _places_in(self, span: Span) -> Sequence[Place]:
        return self.places[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def _spot(self, draft: EventDraft, recipients: Sequence[Party]) -> str | None:
        """The one country of all places that the sentence says something was in, or that suffer it or a like deed."""
        if draft.type not in _DONE_TO:
            return None
        sentence = self.parse.sentence_around(draft.trigger)
        where = (place for place in self._places_in(sentence) if self._where(place.span))
        found = {country for place in where if (country := self._country_of(place))}
        found |= {one.country for one in recipients if one.country and one.sector is None}
        return next(iter(found)) if len(found) == 1 else None

    def _country_of(self, place: Place) -> str | None:
        return place.country or address_country(self.parse, place.span)

    def _where(self, span: Span) -> bool:
        """Whether a place stands behind a preposition of place, or suffers the deed, or its noun does."""
        node, parse = self.parse.head_in(span), self.parse
        for _ in range(_MAX_CLIMB):
            if node is None:
                return False
            if parse.deps[node] == "pobj":
                link = parse.heads[node]
                above = parse.heads[link]
                if parse.lowers[link] != "of" or (parse.deps[above] != "prep" and parse.lemmas[above] not in sorts()):
                    return parse.lowers[link] in _WHERE
                if parse.deps[above] == "prep":  # "outside of Zenda"
                    return parse.lowers[above] in _WHERE
                node = above  # "in the city *of Zenda*"
                continue
            if parse.deps[node] in _SUFFERING:
                return parse.lemmas[parse.heads[node]] in striking()
            if parse.deps[node] not in _LINKS:
                return False
            node = parse.heads[node]
        return False
