"""Deeds: who did what to whom, where and when, and whether it happened, one draft a deed, the main clause's first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from diurna.annotate.events.circumstances import Circumstances
from diurna.annotate.events.crowds import Change, Deed, settle_crowds
from diurna.annotate.events.event_lexicon import EventLexicon, event_lexicon
from diurna.annotate.events.frames import Frames
from diurna.annotate.events.futures import Futures
from diurna.annotate.events.lands import AT_HOME, BY_LAND, Lands
from diurna.annotate.events.operators import Act, Operators
from diurna.annotate.events.parties import Nouns
from diurna.annotate.events.realis import RealisFinder, realis_lexicon
from diurna.annotate.events.sides import SideFinder
from diurna.annotate.events.sidesources import Sides
from diurna.annotate.events.sifting import Sifter
from diurna.annotate.events.triggers import Hit, Triggers
from diurna.annotate.parse import Parse
from diurna.model.annotation import EventDraft
from diurna.model.record import EventType, Place, Realis, TimeExpression
from diurna.model.span import Span, hull

_MAX_PARTIES = 12
"""Parties kept on one side; longer lists are tables and rolls, not sides."""

_MAX_DEPTH = 200
_CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "conj"})
_NOMINAL = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})


@dataclass(frozen=True, slots=True)
class _Found:
    """A deed before it is written down.

    Attributes:
        verb: the verb whose clause tells of it (for a noun with a light verb, that verb; else the trigger itself).
        inside: spans the evidence must cover beside trigger and parties.
        contexts: those the lexicon gives it, before the words round it are looked at.
        about: the verb of the deed a verbal deed speaks of, else None.
    """

    token: int
    verb: int
    trigger: Span
    type: EventType
    mode: str | None
    cameo: str | None
    sides: Sides
    realis: Realis
    rule: str
    inside: tuple[Span, ...]
    contexts: tuple[str, ...] = ()
    about: int | None = None


def find_events(parse: Parse, times: Sequence[TimeExpression], places: Sequence[Place]) -> list[EventDraft]:
    """Every deed the rules find, sentence by sentence; in a sentence the main clause's come first.

    Args:
        times: the report's time expressions; an event's `time` is the span of one of them in its clause.
        places: the report's places; an event's `place` is one of them in its clause.
    """
    return _EventFinder(parse, times, places).find() if len(parse) else []


class _EventFinder:
    """One pass over the tokens of one parse."""

    def __init__(self, parse: Parse, times: Sequence[TimeExpression], places: Sequence[Place]) -> None:
        self.parse = parse
        self.lexicon: EventLexicon = event_lexicon()
        self.nouns = Nouns(parse, self.lexicon)
        self.frames = Frames(self.nouns)
        self.triggers = Triggers(self.lexicon, self.nouns, self.frames)
        self.sides = SideFinder(self.lexicon, self.nouns, self.frames)
        self.sifter = Sifter(self.lexicon, self.nouns, self.frames, self.sides)
        self.operators = Operators(self.lexicon, self.frames, self.triggers, self.sides)
        self.futures = Futures(self.operators)
        self.lands = Lands(self.nouns, self.frames)
        self.realis = RealisFinder(parse, realis_lexicon())
        self.circumstances = Circumstances(parse, self.lexicon, times, places)

    def find(self) -> list[EventDraft]:
        drafts: list[EventDraft] = []
        for first, last in self.parse.sentences:
            found = [self._with_land(one) for one in self._with_crowds(list(self._in_sentence(first, last)))]
            found.sort(key=self._salience)
            drafts += [self._draft(one) for one in found]
        return drafts

    def _with_crowds(self, found: list[_Found]) -> list[_Found]:
        """The deeds of a sentence with what is a crowd's put together (`crowds`)."""
        deeds = [Deed(one.token, one.verb, one.type, one.sides.actors, one.sides.recipients) for one in found]
        changes = settle_crowds(deeds, self.nouns, self.lexicon)
        return [
            self._changed(one, changes.get(n)) for n, one in enumerate(found) if not (n in changes and changes[n].drop)
        ]

    def _with_land(self, found: _Found) -> _Found:
        """The deed with the one other country told of it as its recipient, where it has none."""
        sides = found.sides
        if not sides.actors or found.type not in BY_LAND or found.cameo in AT_HOME:
            return found
        if any(self.nouns.is_place_or_party(token) for token in sides.recipients):
            return found
        land = self.lands.other(found.verb, sides.actors, things=sides.recipients)
        return replace(found, sides=Sides(sides.actors, (*sides.recipients, *land)))

    def _changed(self, found: _Found, change: Change | None) -> _Found:
        if change is None:
            return found
        if change.recipients is not None:
            return replace(found, sides=Sides(found.sides.actors, change.recipients))
        return replace(found, type="PROTEST", mode=change.mode, cameo=change.cameo)

    def _salience(self, found: _Found) -> tuple[bool, int, int]:
        deps = self.parse.deps
        above = islice(self.parse.ancestors(found.token), _MAX_DEPTH)
        depth = sum(deps[node] in _CLAUSAL for node in (found.token, *above))
        return found.rule == "event:noun", depth, found.token

    # ------------------------------------------------------------- finding

    def _in_sentence(self, first: int, last: int) -> Iterator[_Found]:
        parse, lexicon = self.parse, self.lexicon
        taken: set[int] = set()
        for i in range(first, last):
            tag = parse.tags[i]
            if tag == "VBG" and parse.deps[i] in _NOMINAL and parse.lowers[i] in lexicon.nouns:
                yield from self._at_noun(i)  # "*Fighting* broke out"
            elif tag[:2] == "VB" or parse.pos[i] == "VERB" or self._verb_in_disguise(i):
                yield from self._at_verb(i, taken)
            elif tag[:2] == "NN":
                if i not in taken and (parse.lemmas[i] in lexicon.noun_words or parse.lowers[i] in lexicon.noun_words):
                    yield from self._at_noun(i)
            elif tag == "JJ" and parse.lemmas[i] in lexicon.operators:
                yield from self._acts(self.operators.at(i))

    def _verb_in_disguise(self, i: int) -> bool:
        """Whether the pipeline took a verb for a noun ("the ministry *summons* the ambassador"): it has both sides."""
        parse = self.parse
        if parse.tags[i] not in ("NN", "NNS") or self.triggers.lemma(i) not in self.lexicon.verbs:
            return False
        return parse.child(i, "nsubj") is not None and parse.child(i, "dobj") is not None

    def _at_verb(self, verb: int, taken: set[int]) -> Iterator[_Found]:
        hit = self.triggers.verb(verb)
        act = None if hit is not None and hit.entry.outranks else self._act(verb)
        yield from self._acts(act)
        if act is not None or self.parse.deps[verb] == "amod":
            return
        sides = None if hit is None else self.sifter.sides(hit)
        if hit is None or sides is None:
            return
        if hit.entry.object.words:  # what the entry asked for by name tells of no deed of its own
            taken.update(hit.objects)
            taken.update(below for o in hit.objects if (below := self.nouns.of(o)) is not None)
        yield from self._deeds(hit, sides)

    def _act(self, verb: int) -> Act | None:
        act = self.operators.at(verb) if self.triggers.lemma(verb) in self.lexicon.operators else None
        futures = self.futures
        return act or futures.demand(verb) or futures.blame(verb) or futures.no_talks(verb)

    def _at_noun(self, noun: int) -> Iterator[_Found]:
        act = self.operators.at_noun(noun)
        if act is not None:
            yield from self._acts(act)
            return
        hit = self.triggers.noun(noun)
        sides = None if hit is None else self.sifter.sides(hit)
        if hit is not None and sides is not None:
            yield from self._deeds(hit, sides)

    def _deeds(self, hit: Hit, sides: Sides) -> Iterator[_Found]:
        """The deed itself, after what the future tense makes of it."""
        if hit.rule != "event:noun":
            yield from self._acts(self.futures.of(hit))
        realis = self.realis.of(hit.token, hit.light)
        light = [] if hit.light is None else [self.parse.span(hit.light, hit.light + 1)]
        if hit.light is not None and realis == "actual" and self.triggers.lemma(hit.light) in self.lexicon.planning:
            realis = "planned"
        home = self.parse.sentence_of[hit.token]
        objects = [self.nouns.span(t) for t in hit.objects if self.parse.sentence_of[t] == home]
        entry = hit.entry
        yield _Found(
            hit.token,
            hit.token if hit.light is None else hit.light,
            self.parse.span(hit.token, max(hit.last, hit.token + 1)),
            entry.type,
            entry.mode,
            entry.cameo,
            sides,
            realis,
            hit.rule,
            (*objects, *light),
            entry.contexts,
        )

    def _acts(self, act: Act | None) -> Iterator[_Found]:
        if act is None or not any(
            self.nouns.is_party(t) and self.parse.lowers[t] not in self.lexicon.grammar.nobody for t in act.sides.actors
        ):
            return
        if self._only_talk((*act.sides.actors, *act.sides.recipients)):
            return
        realis = act.realis or self.realis.of(act.token, settled=act.token == act.about)
        trigger = self.parse.span(act.first, act.last)
        about = self.parse.span(act.about, act.about + 1)
        yield _Found(
            act.token,
            act.token,
            trigger,
            act.type,
            act.mode,
            act.cameo,
            act.sides,
            realis,
            "event:verbal-act",
            (about,),
            about=act.about,
        )

    def _only_talk(self, parties: tuple[int, ...]) -> bool:
        """Whether all sides are "I" and "you": talk between people, no deed of politics."""
        return all(self.parse.lowers[t] in ("i", "me", "you") for t in parties)

    # ------------------------------------------------------------- writing down

    def _draft(self, found: _Found) -> EventDraft:
        actors = tuple(self.nouns.span(t) for t in found.sides.actors[:_MAX_PARTIES])
        recipients = tuple(self.nouns.span(t) for t in found.sides.recipients[:_MAX_PARTIES])
        done = found.realis == "actual"
        time = self.circumstances.time(found.verb, found.trigger, done=done, about=found.about)
        place = self.circumstances.place(found.verb, found.trigger)
        clause = self._clause(found, (*actors, *recipients), time, place)
        return EventDraft(
            trigger=found.trigger,
            type=found.type,
            mode=found.mode,
            contexts=self.circumstances.contexts(found.contexts, clause),
            cameo=found.cameo,
            actors=actors,
            recipients=recipients,
            realis=found.realis,
            rule=found.rule,
            span=clause,
            place=place,
            time=time,
            numbers=self.circumstances.numbers(found.verb, found.type, found.sides.actors),
        )

    def _clause(self, found: _Found, parties: tuple[Span, ...], time: Span | None, place: Place | None) -> Span:
        """From the first to the last thing that tells of the deed, within its sentence."""
        sentence = self.parse.span(*self.parse.sentences[self.parse.sentence_of[found.token]])
        told = [*found.inside, *parties, time or found.trigger, place.span if place else found.trigger]
        return hull([found.trigger, *(span for span in told if sentence.contains(span))])
