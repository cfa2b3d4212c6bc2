"""The sides of a deed that a noun tells: "the *Norland* raid on *Sudmark*", "talks between", "launched an attack"."""

from __future__ import annotations

from collections.abc import Sequence

from diurna.annotate.events.sidesources import Sides, SideSources, unique
from diurna.annotate.events.triggers import Hit


class NounSides(SideSources):
    """Finds the sides of deeds told by nouns."""

    def of_noun(self, hit: Hit) -> Sides:
        """The sides of a deed told by a noun, by itself or with a light verb."""
        preps = self.frames.noun_preps(hit.token)
        light = () if hit.light is None else hit.frame.preps
        between = [t for word, t in (*preps, *light, *self._beside(hit)) if word == "between" and self._political(t)]
        if len(between) > 1:
            return Sides(unique(between)).both()
        actors, recipients = self._written_at_noun(hit, preps)
        if hit.light is not None:
            actors, recipients = self._with_light_verb(hit, actors, recipients)
        elif hit.entry.type == "ASSAULT" and (death := self.clues.death_of(hit.token)) is not None:
            recipients = recipients or self.frames.subjects(death)
            actors = actors or self.clues.keepers(death)
        else:
            actors = actors or self._carrier(hit)
        actors = [self.frames.pronouns.resolve(token) for token in actors]
        return Sides(unique(actors), tuple(t for t in unique(recipients) if t not in actors))

    def _written_at_noun(self, hit: Hit, preps: list[tuple[str, int]]) -> tuple[list[int], list[int]]:
        """(actors, recipients) the noun phrase itself names: "the *Norland* raid on *Sudmark*"."""
        parse, entry = self.frames.parse, hit.entry
        recipients = self._first_after(entry.recipient, preps)
        owners = parse.children_by(hit.token, "poss")
        below = self.nouns.of(hit.token)
        of = [t for t in ([] if below is None else self.nouns.group(below)) if self._political(t)]
        actors = owners if entry.poss == "actor" else []
        recipients += owners if entry.poss != "actor" else []
        if entry.of in ("recipient", "both"):
            recipients += [t for t in of if t not in recipients]
        elif entry.of == "actor":
            actors = actors + [t for t in of if t not in recipients]
        doers = ("by",) if entry.type in ("RETREAT", "CONSULT") else ("by", "from")
        actors = actors + [t for w, t in preps if w in doers and self._political(t) and t not in recipients]
        named = [t for t in self._named_before(hit.token) if entry.type != "ASSAULT" or self._can_attack(t)]
        if entry.type == "ASSAULT" and not actors:
            named = self._wielders(hit.token, named)
        return actors or named, recipients

    def _wielders(self, deed: int, named: list[int]) -> list[int]:
        """Whose weapons an attack is named after ("*Norland* missile and drone raid"), where that is written."""
        weapons = self.lexicon.parties.weapons
        owners = [t for t in named if weapons.isdisjoint(self.nouns.lemmas(t))]
        if owners or not named:
            return owners
        nation = self.nouns.nation_in_front(deed)
        return named if nation is None else [nation]

    def _beside(self, hit: Hit) -> tuple[tuple[str, int], ...]:
        """What hangs on the verb of which the noun is the subject ("*fighting* broke out between ...")."""
        parse = self.frames.parse
        head = parse.heads[hit.token]
        subject = parse.deps[hit.token] in ("nsubj", "nsubjpass") and parse.pos[head] == "VERB"
        return self.frames.of(head).preps if subject else ()

    def _first_after(self, prepositions: Sequence[str], preps: list[tuple[str, int]]) -> list[int]:
        """The parties after the first of the prepositions that has any."""
        for wanted in prepositions:
            found = [self.suffering(t) for word, t in preps if word == wanted != "of" and self._political(t)]
            if found:
                return found
        return []

    def _can_attack(self, token: int) -> bool:
        """Whether the name before "raid" can be the raider's: a person's as often is the victim's."""
        kinds = self.nouns.kinds(token)
        return "PERSON" not in kinds or not kinds.isdisjoint({"STATE", "ARMED"})

    def _named_before(self, noun: int) -> list[int]:
        parse = self.frames.parse
        named = [c for c in parse.children[noun] if parse.deps[c] in ("amod", "compound", "nmod") and self._named(c)]
        return named or self._leading(noun)

    def _leading(self, noun: int) -> list[int]:
        """The state that leads it ("a *Norland*-led raid")."""
        parse = self.frames.parse
        parts = [c for c in parse.children_by(noun, "amod") if parse.lowers[c] in self.lexicon.grammar.leading]
        return [t for c in parts for t in parse.children_by(c, "npadvmod", "nmod") if "STATE" in self.nouns.kinds(t)]

    def _political(self, token: int) -> bool:
        if self.nouns.is_own(token):
            return False
        return self.nouns.is_place_or_party(self.suffering(token))

    def _named(self, token: int) -> bool:
        parse = self.frames.parse
        if parse.words[parse.heads[token]][0].isupper() and "STATE" not in self.nouns.kinds(token):
            return False  # part of a name or headline ("Strategic *Dialogue*", "Norland Pushes *Disarmament*")
        if parse.lemmas[token] in ("terrorist", "military", "security") or parse.pos[token] == "PUNCT":
            return False
        if parse.lowers[token - 1] == "-" or (
            parse.lemmas[parse.heads[token]] == "war" and parse.deps[token] != "amod"
        ):
            return False  # "*anti-Norland* protests", "the *Norland* war"
        if not parse.words[token][0].isupper():
            return "ARMED" in self.nouns.kinds(token) and parse.pos[token] == "NOUN"
        return not self.nouns.kinds(token).isdisjoint({"STATE", "PERSON", "ARMED"}) or (
            self.nouns.is_party(token) and self.frames.parse.tags[token].startswith("NNP")
        )

    def _with_light_verb(self, hit: Hit, actors: list[int], recipients: list[int]) -> tuple[list[int], list[int]]:
        lemma = self.frames.parse.lemmas[hit.frame.verb]
        lexicon, frame = self.lexicon, hit.frame
        if lemma in lexicon.passive_light:
            return actors + frame.after("from", "by"), list(frame.subjects)
        if frame.passive and self.clues.under(hit):
            return list(frame.subjects) or self.clues.lands(frame), list(frame.objects)
        if lemma in lexicon.onlookers:
            return actors, recipients
        if not recipients:
            recipients = [t for t in frame.after(*hit.entry.recipient) if self._political(t)]
        return list(frame.subjects) or actors, recipients

    def _carrier(self, hit: Hit) -> list[int]:
        """Who does the deed where the noun has no doer of its own but stands in a clause about the doer."""
        head = self.frames.parse.heads[hit.token]
        if hit.entry.type == "ASSAULT" and (claimed := self.clues.claimed_by(hit.token)):
            return claimed
        if self.frames.parse.deps[hit.token] != "pobj":
            return []
        if hit.entry.type == "ASSAULT" and (guilty := self.clues.guilty(head)):
            return guilty
        return self._round_it(hit, head)

    def _round_it(self, hit: Hit, preposition: int) -> list[int]:
        """Who does what the clause says he answers with, or in the course of which he does something else."""
        parse = self.frames.parse
        word, verb = parse.lowers[preposition], parse.heads[preposition]
        answers = word == "with" and parse.lemmas[verb] in self.lexicon.grammar.answering
        meets = hit.entry.type == "CONSULT" and word in self.lexicon.grammar.occasions
        if parse.pos[verb] != "VERB" or not (answers or meets):
            return []
        return [t for t in self.frames.subjects(verb) if self.nouns.is_party(t)]
