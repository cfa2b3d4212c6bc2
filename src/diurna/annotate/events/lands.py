"""The one other country in what is told of a deed: its recipient where the grammar names none.

"Norland will not lift the ban until *Sudmark* helps" is refused to Sudmark. Only a country, its capital or its people
count, only in what hangs on the deed and not in who reports it, and only where no second one stands there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from diurna.annotate.actors.knowledge import facts_between
from diurna.annotate.events.frames import Frames
from diurna.annotate.events.parties import Nouns
from diurna.model.record import EventType

BY_LAND: frozenset[EventType] = frozenset(
    {"AGREE", "REJECT", "THREATEN", "SANCTION", "AID", "MOBILIZE", "RETREAT", "CONCEDE", "REQUEST"}
)
"""Types done to a country by what is done about it."""

AT_HOME = frozenset({"083", "0831", "0832", "0833", "0834"})
"""CAMEO codes of what is given up to one's own people: offices, rule, reforms."""

_LANDS = frozenset({"country", "seat", "adjective", "people"})
_REPORTING = frozenset({"accord", "say", "tell", "report", "add", "quote", "cite"})
_LONGEST_NAME = 5
_MAX_AWAY = 40
"""Tokens after the deed that are looked through."""

_MAX_DEPTH = 12
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})


class Lands:
    """Looks for the other country of deeds in one parse."""

    def __init__(self, nouns: Nouns, frames: Frames) -> None:
        self.nouns = nouns
        self.frames = frames
        self.parse = nouns.parse

    def other(self, deed: int, actors: tuple[int, ...], things: tuple[int, ...] = ()) -> tuple[int, ...]:
        """The party or land that stands for the only country told after `deed` which is none of the actors'.

        Args:
            things: what the deed is done to, no party; no clause told beside it counts then.
        """
        if any("PRONOUN" in self.nouns.kinds(token) for token in actors):
            return ()
        own = {country for token in actors for country in self._countries(token)}
        found = [(token, country) for token, country in self._told(deed) if country not in own]
        if things and any(self._within(token, things) or self._in_clause(token, deed) for token, _ in found):
            return ()
        return (found[0][0],) if len({country for _, country in found}) == 1 else ()

    def _within(self, token: int, things: tuple[int, ...]) -> bool:
        """Whether a nation's name only stands before a thing that is a recipient already."""
        return token in things or (self.parse.deps[token] in _MODIFIERS and self.parse.heads[token] in things)

    def _in_clause(self, token: int, deed: int) -> bool:
        parse = self.parse
        above = (token, *islice(parse.ancestors(token), _MAX_DEPTH))
        return any(parse.deps[node] == "advcl" for node in above[: above.index(deed)])

    def _countries(self, token: int) -> Iterator[str]:
        parse = self.parse
        first, last = parse.left_edge[token], min(parse.right_edge[token] + 1, token + _LONGEST_NAME)
        for known in facts_between(parse, first, last):
            if known.fact.country:
                yield known.fact.country

    def _told(self, deed: int) -> Iterator[tuple[int, str]]:
        """(token, country) of the lands in what hangs on the deed, those in reports of it left out."""
        parse = self.parse
        end = min(parse.right_edge[deed] + 1, deed + _MAX_AWAY, parse.sentences[parse.sentence_of[deed]][1])
        for known in facts_between(parse, deed + 1, end):
            token = known.last - 1
            if known.fact.country and known.fact.kind in _LANDS and self._tells(token, deed):
                yield self._party(token), known.fact.country

    def _tells(self, token: int, deed: int) -> bool:
        """Whether a token hangs on the deed with no word of reporting between."""
        for node in islice(self.parse.ancestors(token), _MAX_DEPTH):
            if node == deed:
                return True
            if self.parse.lemmas[node] in _REPORTING or self._beside(node):
                return False
        return False

    def _beside(self, node: int) -> bool:
        """Whether a clause tells of something else that is done beside the deed ("..., *while Norland* waits")."""
        parse = self.parse
        if parse.deps[node] == "conj":
            return parse.pos[node] in ("VERB", "AUX")
        mark = parse.child(node, "mark") if parse.deps[node] == "advcl" else None
        term = mark is not None and parse.lowers[mark - 1] in ("soon", "long")  # "as soon *as*" is a condition
        return mark is not None and not term and parse.lowers[mark] in ("while", "as", "though", "although", "even")

    def _party(self, token: int) -> int:
        """The party a nation's name stands before ("*Norland* refugees"), else the name itself."""
        parse = self.parse
        head = parse.heads[token]
        return head if parse.deps[token] in _MODIFIERS and self.nouns.is_party(head) else token
