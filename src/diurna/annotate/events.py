"""Deeds: who did what to whom, where and when, and whether it happened, one draft a deed, the main clause's first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from diurna.annotate.event_lexicon import EventLexicon, event_lexicon
from diurna.annotate.frames import Frames
from diurna.annotate.numbers import Casualty, Counter, number_lexicon
from diurna.annotate.operators import Act, Operators
from diurna.annotate.parse import Parse
from diurna.annotate.parties import Nouns
from diurna.annotate.realis import RealisFinder, realis_lexicon
from diurna.annotate.sides import SideFinder, Sides
from diurna.annotate.triggers import Hit, Triggers
from diurna.model.annotation import EventDraft
from diurna.model.record import Number, Numbers, Place, Realis, TimeExpression
from diurna.model.span import Span, hull

_MAX_PARTIES = 12
_SOMEBODY = frozenset({"he", "she", "they", "him", "her", "them", "who"})
_NEED_RECIPIENT = frozenset({"SUPPORT", "ACCUSE", "AID", "COOPERATE"})
"""Types that are no deed without somebody or something they are done to."""

_CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "conj"})
_PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "into", "outside", "inside", "on", "along", "across", "around", "to", "from", "through", "throughout"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """A deed before it is written down."""

    token: int
    trigger: Span
    hit: Hit | None
    act: Act | None
    sides: Sides
    realis: Realis


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
        self.operators = Operators(self.lexicon, self.frames, self.triggers, self.sides)
        self.realis = RealisFinder(parse, realis_lexicon())
        self.counter = Counter(parse, number_lexicon())
        self.times = _by_sentence(parse, [(time.span, time) for time in times])
        self.places = _by_sentence(parse, [(place.span, place) for place in places])

    def find(self) -> list[EventDraft]:
        drafts: list[EventDraft] = []
        for number, (first, last) in enumerate(self.parse.sentences):
            found = self._in_sentence(first, last)
            if not found:
                continue
            casualties = list(self.counter.casualties(first, last))
            found.sort(key=self._salience)
            drafts += [self._draft(one, number, casualties) for one in found]
        return drafts

    def _salience(self, found: _Found) -> tuple[int, int, int]:
        by_noun = found.hit is not None and found.act is None and found.hit.rule == "event:noun"
        depth = sum(1 for node in (found.token, *self.parse.ancestors(found.token)) if self.parse.deps[node] in _CLAUSAL)
        return int(by_noun), depth, found.token

    # ------------------------------------------------------------- finding

    def _in_sentence(self, first: int, last: int) -> list[_Found]:
        parse, lexicon = self.parse, self.lexicon
        found: list[_Found] = []
        taken: set[int] = set()
        for i in range(first, last):
            tag, lemma = parse.tags[i], parse.lemmas[i]
            if tag[:2] == "VB" or parse.pos[i] == "VERB":
                found += self._at_verb(i, taken)
            elif tag[:2] == "NN":
                if lemma in lexicon.operator_nouns:
                    act = self.operators.by_noun(i)
                    if act is not None:
                        found += self._acts(act)
                        continue
                if (lemma in lexicon.nouns or parse.lowers[i] in ("cease", "fire", "sit", "cyber")) and i not in taken:
                    found += self._at_noun(i)
            elif tag == "JJ" and lemma in lexicon.operators:
                found += self._acts(self.operators.at(i))
        return found

    def _at_verb(self, verb: int, taken: set[int]) -> Iterator[_Found]:
        parse, lexicon = self.parse, self.lexicon
        lemma = self.triggers.lemma(verb)
        act = self.operators.at(verb) if lemma in lexicon.operators else None
        if act is None and lemma in lexicon.says:
            act = self.operators.by_obligation(verb)
        yield from self._acts(act)
        if act is not None:
            return
        hit = self.triggers.verb(verb)
        if hit is None or parse.deps[verb] == "amod":
            return
        sides = self.sides.of(hit)
        if not self._worth_keeping(hit, sides):
            return
        if hit.entry.object.words:
            taken.update(hit.objects)
            taken.update(below for o in hit.objects if (below := self.nouns.of(o)) is not None and lemma != "condemn")
        yield from self._with_future(hit, self.sides.settle(hit, sides))

    def _with_future(self, hit: Hit, sides: Sides) -> Iterator[_Found]:
        yield from self._acts(self.operators.by_modal(hit))
        trigger = self.parse.span(hit.token, max(hit.last, hit.token + 1))
        realis = self.realis.of(hit.token, hit.light)
        if hit.light is not None and realis == "actual" and self.parse.lemmas[hit.light] in self.lexicon.planning:
            realis = "planned"
        yield _Found(hit.token, trigger, hit, None, sides, realis)

    def _acts(self, act: Act | None) -> Iterator[_Found]:
        if act is None or not any(self.nouns.is_party(t) and self.parse.lowers[t] != "you" for t in act.sides.actors):
            return
        realis = act.realis or self.realis.of(act.token, settled=act.token == act.about)
        yield _Found(act.token, self.parse.span(act.first, act.last), None, act, act.sides, realis)

    def _at_noun(self, noun: int) -> Iterator[_Found]:
        hit = self.triggers.noun(noun)
        if hit is None:
            return
        sides = self.sides.of(hit)
        if self._worth_keeping(hit, sides):
            sides = self.sides.settle(hit, sides)
            yield from self._with_future(hit, sides) if hit.light is not None else [
                _Found(noun, self.parse.span(noun, noun + 1), hit, None, sides, self.realis.of(noun))
            ]

    def _worth_keeping(self, hit: Hit, sides: Sides) -> bool:
        """Whether enough of the sides is written for the word to tell of a political deed at all."""
        entry = hit.entry
        if not self._political(hit, sides):
            return False
        if entry.reciprocal and (self._several(sides.actors) or self._several(sides.recipients)):
            return True
        if (entry.strict or entry.needs_recipient) and not sides.recipients:
            return False
        if entry.needs_two and hit.light is None:
            return bool(sides.actors and sides.recipients)
        return True

    def _political(self, hit: Hit, sides: Sides) -> bool:
        """Whether the sides are such as do and suffer political deeds: no storms, no cars, not only "it" or "you"."""
        parse, nouns = self.parse, self.nouns
        if any(parse.lowers[t] in ("you", "myself", "yourself", "itself", "themselves", "himself", "herself", "everything")
               for t in (*sides.actors, *sides.recipients)):  # fmt: skip
            return False
        mutual = hit.entry.reciprocal and (self._several(sides.actors) or self._several(sides.recipients))
        if not sides.recipients and hit.entry.type in _NEED_RECIPIENT and hit.frame.complement is None and not mutual:
            return False
        if sides.actors and not any(nouns.is_party(t) for t in sides.actors):
            armed = hit.entry.type == "ASSAULT" and any(nouns.lemmas(t) & self.lexicon.parties.weapons for t in sides.actors)
            if not armed:
                return False
        parties = [t for t in (*sides.actors, *sides.recipients) if nouns.is_party(t)]
        if all("PRONOUN" in nouns.kinds(t) for t in parties):
            return any(parse.lowers[t] in _SOMEBODY for t in parties) and bool(sides.recipients)
        return True

    def _several(self, tokens: tuple[int, ...]) -> bool:
        parties = tuple(t for t in tokens if self.nouns.is_party(t))
        return len(parties) > 1 or (self.sides.plural(parties) and any("PRONOUN" not in self.nouns.kinds(t) for t in parties))

    # ------------------------------------------------------------- writing down

    def _draft(self, found: _Found, sentence: int, casualties: list[Casualty]) -> EventDraft:
        actors = tuple(self.nouns.span(t) for t in found.sides.actors[:_MAX_PARTIES])
        recipients = tuple(self.nouns.span(t) for t in found.sides.recipients[:_MAX_PARTIES])
        span = self._clause(found, sentence, (*actors, *recipients))
        what = found.act or found.hit.entry  # type: ignore[union-attr]
        time = self._time(found, sentence, span)
        place = self._place(found, sentence, span)
        extra = [s for s in (time, place.span if place else None) if s is not None]
        return EventDraft(
            trigger=found.trigger,
            type=what.type,
            mode=what.mode,
            contexts=self._contexts(found, span),
            cameo=what.cameo,
            actors=actors,
            recipients=recipients,
            realis=found.realis,
            rule="event:verbal-act" if found.act else found.hit.rule,  # type: ignore[union-attr]
            span=hull([span, *extra]),
            place=place,
            time=time,
            numbers=self._numbers(found, what.type, casualties),
        )

    def _clause(self, found: _Found, sentence: int, parties: tuple[Span, ...]) -> Span:
        first, last = self.parse.sentences[sentence]
        whole = self.parse.span(first, last)
        spans = [found.trigger, *(p for p in parties if whole.contains(p))]
        if found.hit is not None:
            spans += [self.nouns.span(t) for t in found.hit.objects if first <= t < last]
            if found.hit.light is not None:
                spans.append(self.parse.span(found.hit.light, found.hit.light + 1))
        if found.act is not None:
            spans.append(self.parse.span(found.act.about, found.act.about + 1))
        return hull(spans)

    def _contexts(self, found: _Found, span: Span) -> tuple[str, ...]:
        fixed = found.hit.entry.contexts if found.hit else ()
        by_word = self.lexicon.contexts
        seen = [c for i in self.parse.tokens_in(span) for c in by_word.get(self.parse.lowers[i], ())]
        return tuple(dict.fromkeys((*fixed, *seen)))[:6]

    def _time(self, found: _Found, sentence: int, span: Span) -> Span | None:
        rows = self.times.get(sentence)
        if not rows:
            return None
        near = [time.span for home, time in rows if self._same_clause(found, home)]
        return min(near, key=lambda s: (s.distance(found.trigger), s.start), default=None)

    def _place(self, found: _Found, sentence: int, span: Span) -> Place | None:
        rows = self.places.get(sentence)
        if not rows:
            return None
        near = [place for home, place in rows if self._located(home) and self._same_clause(found, home)]
        precise = {"point": 0, "city": 0, "district": 0, "province": 1, "country": 2, "region": 2, "unknown": 3}
        return min(near, key=lambda p: (precise[p.precision], p.span.distance(found.trigger), p.span.start), default=None)

    def _located(self, token: int) -> bool:
        """Whether a place name says where something happens: after "in", "at", "near", possessor of such a place included."""
        parse = self.parse
        for node in (token, *list(parse.ancestors(token))[:3]):
            if parse.deps[node] == "pobj":
                return parse.lowers[parse.heads[node]] in _PLACE_PREPOSITIONS
            if parse.deps[node] not in ("poss", "compound", "appos", "conj", "nmod", "amod"):
                return False
        return False

    def _same_clause(self, found: _Found, token: int) -> bool:
        """Whether `token` hangs on the trigger's clause, not on another one inside or beside it."""
        return self._clause_of(token) == self._clause_of(self._verb_of(found))

    def _verb_of(self, found: _Found) -> int:
        if found.hit is not None and found.hit.light is not None:
            return found.hit.light
        return found.token

    def _clause_of(self, token: int) -> int:
        parse = self.parse
        node, steps = token, 0
        while parse.heads[node] != node and steps < 60:
            if parse.pos[node] in ("VERB", "AUX") and parse.deps[node] not in ("aux", "auxpass", "xcomp", "amod"):
                return node
            node, steps = parse.heads[node], steps + 1
        return node

    def _numbers(self, found: _Found, kind: str, casualties: list[Casualty]) -> Numbers:
        fates: dict[str, Number] = {}
        if kind in ("ASSAULT", "COERCE", "PROTEST"):
            for one in casualties:
                if self._belongs(found, one.token, kind):
                    fates.setdefault(one.fate, one.number)
        participants = None
        if kind == "PROTEST":
            counts = (self.counter.of(t) for t in found.sides.actors)
            participants = next((n for n in counts if n is not None), None)
        return Numbers(fates.get("killed"), fates.get("injured"), fates.get("arrested"), participants)

    def _belongs(self, found: _Found, word: int, kind: str) -> bool:
        parse, token = self.parse, self._verb_of(found)
        if kind == "COERCE" and word != token:
            return False
        inside = parse.left_edge[token] <= word <= parse.right_edge[token]
        return inside or parse.left_edge[word] <= token <= parse.right_edge[word]


def _by_sentence(parse: Parse, rows: Sequence[tuple[Span, object]]) -> dict[int, list[tuple[int, object]]]:
    """Things with spans by the sentence their head token is in, with that token."""
    found: dict[int, list[tuple[int, object]]] = {}
    for span, thing in rows:
        head = parse.head_in(span)
        if head is not None:
            found.setdefault(parse.sentence_of[head], []).append((head, thing))
    return found
