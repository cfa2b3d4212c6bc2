"""Which hits are political deeds at all: somebody who can act, somebody who can be acted upon, no accident, no game."""

from __future__ import annotations

import re

from diurna.annotate.events.event_lexicon import EventLexicon
from diurna.annotate.events.frames import Frames
from diurna.annotate.events.parties import Nouns
from diurna.annotate.events.reach import ASKED_OF, Reach
from diurna.annotate.events.sides import SideFinder
from diurna.annotate.events.sidesources import Sides
from diurna.annotate.events.triggers import Hit

_NEED_RECIPIENT = frozenset({"SUPPORT", "ACCUSE", "AID", "COOPERATE"})
"""Types that are no deed without somebody or something they are done to."""

_ABOUT_PARTIES = frozenset({"SUPPORT", "ACCUSE", "REJECT", "CONCEDE", "REQUEST"})
"""Types that are no politics where one side is a pronoun and the other a thing ("she questioned *the result*")."""

_STORMS = frozenset({"hurricane", "typhoon", "cyclone", "storm", "superstorm", "tornado", "tsunami"})

_SCORE = re.compile(r"\d{1,3}[-–]\d{1,3}\Z")
_SHOOTING = frozenset({"open", "exchange", "return", "under", "come"})


class Sifter:
    """Judges the hits of one parse."""

    def __init__(self, lexicon: EventLexicon, nouns: Nouns, frames: Frames, sides: SideFinder) -> None:
        self.lexicon = lexicon
        self.nouns = nouns
        self.frames = frames
        self.finder = sides
        self.reach = Reach(nouns, frames)
        self.parse = nouns.parse

    def sides(self, hit: Hit) -> Sides | None:
        """The sides of a deed, or None where too little of them is written for it to be a political deed at all."""
        sides = self._parties_only(self.finder.of(hit))
        if not self._such_as_act(hit, sides) or self._figurative(hit, sides):
            return None
        entry = hit.entry
        if not sides.recipients and hit.objects and entry.type in ASKED_OF:
            made_by = self.reach.recipients(hit, sides.actors, things=True)
            sides = Sides(sides.actors, made_by or self._deeds(hit))
        elif not sides.recipients and hit.objects and entry.type in ("AID", "COOPERATE"):
            sides = Sides(sides.actors, tuple(t for t in self.reach.recipients(hit, sides.actors) if self._given(t)))
        mutual = entry.reciprocal and (self._several(sides.actors) or self._several(sides.recipients))
        lacking = (entry.strict or entry.needs_recipient or self._needs_recipient(hit)) and not sides.recipients
        one_sided = entry.needs_two and hit.light is None and not (sides.actors and sides.recipients)
        if ((lacking or one_sided) and not mutual) or self._only_partners(hit, (*sides.actors, *sides.recipients)):
            return None
        if not any(self.nouns.is_place_or_party(t) for t in sides.recipients):
            named = self.reach.recipients(hit, sides.actors, things=bool(sides.recipients))
            sides = Sides(sides.actors, named or sides.recipients)
        return self.finder.settle(hit, sides)

    def _given(self, token: int) -> bool:
        """Whether a party stands behind a word of giving ("20 million in funds *for Norland*")."""
        parse = self.parse
        return parse.deps[token] == "pobj" and parse.lowers[parse.heads[token]] in ("to", "for", "with")

    def _deeds(self, hit: Hit) -> tuple[int, ...]:
        """The attack itself that is condemned, where nobody is said to have done it."""
        nouns = self.lexicon.nouns
        deeds = (o for o in hit.objects if any(e.type == "ASSAULT" for e in nouns.get(self.parse.lemmas[o], ())))
        return tuple(deeds) if hit.entry.type == "ACCUSE" else ()

    def _parties_only(self, sides: Sides) -> Sides:
        """The sides without the things that stand in one list with those who can act."""
        parties = tuple(t for t in sides.actors if self.nouns.is_party(t))
        return Sides(parties or sides.actors, sides.recipients)

    # ------------------------------------------------------------- who can act and suffer

    def _needs_recipient(self, hit: Hit) -> bool:
        told = bool(hit.entry.object.words) or hit.frame.complement is not None
        return hit.entry.type in _NEED_RECIPIENT and not told

    def _only_partners(self, hit: Hit, tokens: tuple[int, ...]) -> bool:
        """Whether only those are named with whom somebody did it ("in cooperation *with the army*")."""
        parse = self.parse
        mutual = hit.rule == "event:noun" and hit.entry.reciprocal
        return mutual and all(parse.deps[t] == "pobj" and parse.lowers[parse.heads[t]] == "with" for t in tokens)

    def _several(self, tokens: tuple[int, ...]) -> bool:
        parties = tuple(t for t in tokens if self.nouns.is_party(t))
        named = any("PRONOUN" not in self.nouns.kinds(t) for t in parties)
        return len(parties) > 1 or (named and self.finder.plural(parties))

    def _such_as_act(self, hit: Hit, sides: Sides) -> bool:
        """Whether the sides are such as do and suffer political deeds: no storms, no cars, not only "it" or "you"."""
        parse, nouns, grammar = self.parse, self.nouns, self.lexicon.grammar
        everyone = (*sides.actors, *sides.recipients)
        if any(parse.lowers[t] in grammar.nobody for t in everyone):
            return False
        if any(self._is_storm(t) for t in sides.actors):
            return False
        weapon = self._weapon(hit, sides)
        if sides.actors and not any(nouns.is_party(t) for t in sides.actors) and not weapon:
            return False
        parties = [t for t in everyone if nouns.is_party(t)]
        if not parties:
            return weapon and any("SITE" in nouns.kinds(t) or nouns.is_place_or_party(t) for t in sides.recipients)
        if any("PRONOUN" not in nouns.kinds(t) for t in parties):
            return not (hit.entry.type == "ASSAULT" and any(parse.lowers[t] == "it" for t in sides.actors))
        return self._by_pronoun(hit, sides, parties)

    def _is_storm(self, token: int) -> bool:
        """Whether a name is a storm's ("*Hurricane* Lorenzo")."""
        named = (token, *self.parse.children_by(token, "compound", "nmod", "amod"))
        return any(self.parse.lowers[i] in _STORMS for i in named)

    def _by_pronoun(self, hit: Hit, sides: Sides, parties: list[int]) -> bool:
        """Whether a deed of pronouns alone is worth keeping: it is done to somebody, or its object names it."""
        if not any(self.parse.lowers[t] in self.lexicon.grammar.somebody for t in parties):
            return False
        suffering = any(self.nouns.is_place_or_party(t) for t in sides.recipients)
        if hit.entry.type in _ABOUT_PARTIES and not suffering:
            return False
        return bool(sides.recipients or hit.entry.object.words)

    def _weapon(self, hit: Hit, sides: Sides) -> bool:
        """Whether a thing is named for those who used it ("the bomb killed ...")."""
        weapons = self.lexicon.parties.weapons
        return hit.entry.type == "ASSAULT" and any(not weapons.isdisjoint(self.nouns.lemmas(t)) for t in sides.actors)

    # ------------------------------------------------------------- what only sounds like a deed

    def _figurative(self, hit: Hit, sides: Sides) -> bool:
        kind = hit.entry.type
        if kind == "ASSAULT":
            return hit.rule != "event:noun" and (self._accident(hit, sides) or self._game(hit))
        if kind == "CONSULT":
            return self._interview(hit, sides)
        if kind in ("SUPPORT", "REQUEST") and hit.rule != "event:noun" and self._thing_acts(hit):
            return True
        return kind == "CONCEDE" and hit.entry.complement and self._enabling(hit.token)

    def _thing_acts(self, hit: Hit) -> bool:
        """Whether a thing that says nothing is the subject ("the trade *policy* supports workers")."""
        documents = self.lexicon.parties.documents
        subjects = hit.frame.subjects
        told = any(self.nouns.is_party(t) or self.parse.lemmas[t] in documents for t in subjects)
        return bool(subjects) and not told

    def _accident(self, hit: Hit, sides: Sides) -> bool:
        """Whether nobody is named who did it, and the sentence tells of a storm or a crash and of no violence."""
        if sides.actors or not hit.frame.passive:
            return False
        first, last = self.parse.sentences[self.parse.sentence_of[hit.token]]
        lemmas = {self.parse.lemmas[i] for i in range(first, last) if i != hit.token and not self._harmless(i)}
        violent = self.lexicon.violence - self.lexicon.accidents
        return not lemmas.isdisjoint(self.lexicon.accidents) and lemmas.isdisjoint(violent)

    def _harmless(self, token: int) -> bool:
        """Whether a word tells neither way: "fire" as shooting, what a ship or a storm itself "strikes"."""
        parse = self.parse
        if parse.lemmas[token] == "fire":
            return self._gunfire(token)
        struck = parse.child(token, "nsubj") if parse.pos[token] == "VERB" else None
        return struck is not None and parse.lemmas[struck] in self.lexicon.accidents

    def _gunfire(self, token: int) -> bool:
        """Whether "fire" is shooting: somebody's, or opened."""
        parse = self.parse
        owned = any("PARTY" in self.nouns.kinds(c) or parse.lemmas[c] == "gun" for c in parse.children[token])
        return owned or parse.lemmas[parse.heads[token]] in _SHOOTING or parse.pos[token] == "VERB"

    def _game(self, hit: Hit) -> bool:
        """Whether the sentence holds the score of a game ("beat Sudmark *3-1*")."""
        words = self.parse.words
        last = self.parse.sentences[self.parse.sentence_of[hit.token]][1]
        near = range(hit.token + 1, min(last, hit.token + 15))
        return any(_SCORE.match(words[i]) or _SCORE.match("".join(words[i : min(i + 3, last)])) for i in near)

    def _interview(self, hit: Hit, sides: Sides) -> bool:
        """Whether one side only reports ("speaking to *reporters*")."""
        media, actors = self.lexicon.parties.media, set(sides.actors)
        head, verb = self.parse.heads[hit.token], hit.token
        telling = self.parse.lemmas[head] in self.lexicon.grammar.say and self.parse.deps[verb] == "advcl"
        if telling and self.parse.tags[verb] == "VBG" and self.parse.lemmas[verb] in ("speak", "talk"):
            return True
        return any(
            not media.isdisjoint(self.nouns.lemmas(t)) and "ROLE" not in self.nouns.kinds(self.parse.heads[t])
            for t in sides.recipients
            if t not in actors
        )

    def _enabling(self, verb: int) -> bool:
        """Whether "allow" only tells what something leads to: a participle, or an infinitive of purpose."""
        parse = self.parse
        if any(parse.lowers[c] in ("us", "'s", "’s") for c in parse.children[verb]):
            return True  # "let's"
        helped = any(parse.deps[c] in ("aux", "auxpass") and parse.lowers[c] != "to" for c in parse.children[verb])
        if parse.tags[verb] == "VBG" and not helped:
            return True
        return self.frames.to_infinitive(verb) and parse.deps[verb] not in ("xcomp", "ccomp", "conj")
