"""When, where, among how many and in what matter a deed was done: what its clause says beside its sides."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

from diurna.annotate.events.event_lexicon import EventLexicon
from diurna.annotate.events.numbers import Casualty, Counter, number_lexicon
from diurna.annotate.parse import Parse
from diurna.model.record import EventType, Numbers, Place, TimeExpression
from diurna.model.span import Span

T = TypeVar("T")

_MAX_CONTEXTS = 6
_MAX_CLIMB = 60
_PLACE_LINKS = frozenset({"poss", "compound", "appos", "conj", "nmod", "amod"})
_WITHIN_CLAUSE = frozenset({"aux", "auxpass", "xcomp", "amod"})
_LOCATED = frozenset({
    "in", "at", "near", "into", "outside", "inside", "on", "along", "across", "around", "to", "from", "through",
    "throughout",
})  # fmt: skip
_DEADLINES = frozenset({"by", "until", "till", "before"})
_PUT_OFF = frozenset({
    "extend", "prolong", "lengthen", "renew", "postpone", "delay", "defer", "adjourn", "reschedule", "move", "suspend",
    "close",
})  # fmt: skip
"""Verbs of which "to" or "through" a day says how long something lasts, or to when it is put off."""
_FINENESS = {"point": 0, "city": 0, "district": 0, "province": 1, "country": 2, "region": 2, "unknown": 3}
"""A town is preferred to the country it is in, whichever stands nearer."""


class Circumstances:
    """Answers for one parse, given the times and places found in it."""

    def __init__(
        self, parse: Parse, lexicon: EventLexicon, times: Sequence[TimeExpression], places: Sequence[Place]
    ) -> None:
        self.parse = parse
        self.lexicon = lexicon
        self.counter = Counter(parse, number_lexicon())
        self._times = _by_sentence(parse, [(time.span, time) for time in times])
        self._places = _by_sentence(parse, [(place.span, place) for place in places])
        self._casualties: tuple[int, list[Casualty]] = (-1, [])

    def time(self, verb: int, trigger: Span, *, done: bool, about: int | None = None) -> Span | None:
        """The time expression of the clause of `verb` that stands nearest to the trigger, or None.

        Args:
            done: the deed has happened, so that a deadline ("by 31 March") cannot be its time.
            about: the verb of the deed it speaks of, whose times are not its own ("agreed to meet *in May*").
        """
        rows = self._times.get(self.parse.sentence_of[verb], ())
        near = [
            time.span
            for home, time in rows
            if self._same_clause(verb, home)
            and not (done and self._deadline(home))
            and (about is None or about == verb or not self._hangs_on(home, about))
        ]
        return min(near, key=lambda span: (span.distance(trigger), span.start), default=None)

    def _deadline(self, token: int) -> bool:
        parse, head = self.parse, self.parse.heads[token]
        if parse.deps[head] not in ("prep", "mark"):
            return False
        put_off = parse.lowers[head] in ("to", "through") and any(
            parse.lemmas[one] in _PUT_OFF for one in islice(parse.ancestors(head), 3)
        )
        return put_off or parse.lowers[head] in _DEADLINES

    def _hangs_on(self, token: int, verb: int) -> bool:
        return any(node == verb for node in islice(self.parse.ancestors(token), _MAX_CLIMB))

    def place(self, verb: int, trigger: Span) -> Place | None:
        """Where the clause of `verb` says it happened: the most exact place after "in", "at", "near" ..., or None."""
        rows = self._places.get(self.parse.sentence_of[verb], ())
        near = [place for home, place in rows if self._located(home) and self._same_clause(verb, home)]
        return min(near, key=lambda p: (_FINENESS[p.precision], p.span.distance(trigger), p.span.start), default=None)

    def contexts(self, fixed: tuple[str, ...], span: Span) -> tuple[str, ...]:
        """PLOVER contexts: those of the entry, then those the words of the clause tell of, in text order."""
        by_word, lowers = self.lexicon.contexts, self.parse.lowers
        seen = [context for i in self.parse.tokens_in(span) for context in by_word.get(lowers[i], ())]
        return tuple(dict.fromkeys((*fixed, *seen)))[:_MAX_CONTEXTS]

    def numbers(self, verb: int, kind: EventType, actors: Sequence[int]) -> Numbers:
        """How many were killed, injured or arrested in the deed, and for a protest how many took part."""
        if kind not in ("ASSAULT", "COERCE", "PROTEST"):
            return Numbers()
        mine = [one for one in self._casualties_of(verb) if self._belongs(verb, one.token, kind)]
        fates = {one.fate: one.number for one in reversed(mine)}
        counts = (self.counter.of(token) for token in actors) if kind == "PROTEST" else ()
        participants = next((number for number in counts if number is not None), None)
        return Numbers(fates.get("killed"), fates.get("injured"), fates.get("arrested"), participants)

    def _casualties_of(self, verb: int) -> list[Casualty]:
        sentence = self.parse.sentence_of[verb]
        if self._casualties[0] != sentence:
            self._casualties = sentence, list(self.counter.casualties(*self.parse.sentences[sentence]))
        return self._casualties[1]

    def _belongs(self, verb: int, word: int, kind: EventType) -> bool:
        """Whether the word of a casualty hangs on the deed or the deed on it; an arrest counts its own only."""
        parse = self.parse
        if kind == "COERCE":
            return word == verb
        inside = parse.left_edge[verb] <= word <= parse.right_edge[verb]
        return inside or parse.left_edge[word] <= verb <= parse.right_edge[word]

    def _located(self, token: int) -> bool:
        """Whether a place name says where: it follows "in", "at", "near", or belongs to a noun that does."""
        parse, node = self.parse, token
        for _ in range(4):
            if parse.deps[node] == "pobj":
                return parse.lowers[parse.heads[node]] in _LOCATED
            if parse.deps[node] not in _PLACE_LINKS:
                return False
            node = parse.heads[node]
        return False

    def _same_clause(self, verb: int, token: int) -> bool:
        return self._clause_of(token) == self._clause_of(verb)

    def _clause_of(self, token: int) -> int:
        """The verb at the head of the clause `token` stands in; the root of its sentence where there is none."""
        parse, node = self.parse, token
        for _ in range(_MAX_CLIMB):
            if parse.pos[node] in ("VERB", "AUX") and parse.deps[node] not in _WITHIN_CLAUSE:
                break
            if parse.heads[node] == node:
                break
            node = parse.heads[node]
        return node


def _by_sentence(parse: Parse, rows: Sequence[tuple[Span, T]]) -> dict[int, list[tuple[int, T]]]:
    """Things with spans by the sentence their head token is in, with that token."""
    found: dict[int, list[tuple[int, T]]] = {}
    for span, thing in rows:
        head = parse.head_in(span)
        if head is not None:
            found.setdefault(parse.sentence_of[head], []).append((head, thing))
    return found
