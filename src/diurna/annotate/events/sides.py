"""Who did it and to whom: the two sides of a deed, read from its grammar and never guessed.

A side that the text leaves open stays empty. In a reciprocal deed (a meeting, a treaty) all parties stand on both.
"""

from __future__ import annotations

from collections.abc import Sequence

from diurna.annotate.actors.knowledge import facts_between
from diurna.annotate.events.frames import Frame
from diurna.annotate.events.nounsides import NounSides
from diurna.annotate.events.sidesources import SHALLOW, Sides, unique
from diurna.annotate.events.triggers import Hit

_TERRITORIAL = frozenset(
    {"ASSAULT", "COERCE", "RETREAT", "MOBILIZE", "AID", "AGREE", "SANCTION", "REJECT", "THREATEN", "CONSULT"}
)
"""Types done to a country by being done in it, where nobody else is named ("declared a curfew in ...")."""

_DEPLOYING = frozenset({"153", "154", "074"})
"""CAMEO codes of sending forces somewhere."""

_TRUCE_BROKEN = "196"
"""The CAMEO code of breaking a ceasefire, which two who are named for it do to each other."""

_PASSING = frozenset({"RETREAT", "COOPERATE"})
"""Types by which people or things pass from one side to another."""

_BY_LAW = frozenset({"COERCE", "SANCTION", "ACCUSE"})
"""Types that the authorities of a country do in it ("was jailed in ...", "were expelled from ...", "is tried in")."""

_GIVEN = frozenset({"SUPPORT", "AID"})
"""Types whose object is whoever's gives it."""

_EXPULSIONS = frozenset({"166", "174"})
"""CAMEO codes of sending people of another country away."""

_HELPING = frozenset({"AID", "MOBILIZE", "COOPERATE"})
"""Types done for those whom the clause of purpose is about ("sent doctors to help *Norland*")."""


class SideFinder(NounSides):
    """Finds the sides of hits in one parse."""

    def of(self, hit: Hit) -> Sides:
        """The sides of a deed told by a verb or a noun."""
        sides = self.of_noun(hit) if hit.rule in ("event:noun", "event:light-verb") else self._of_verb(hit)
        if not sides.recipients and hit.entry.type in _HELPING:
            helped = self.frames.purpose(hit.token if hit.light is None else hit.light)
            parties = () if helped is None else self.generic(helped)
            sides = Sides(sides.actors, tuple(t for t in parties if t not in sides.actors and t not in hit.objects))
        if hit.entry.type == "REQUEST" and (asked := self._to_let_go(hit)):
            sides = Sides(sides.actors, tuple(t for t in asked if t not in sides.actors) or sides.recipients)
        if hit.entry.type == "PROTEST" and not any(self.nouns.is_place_or_party(t) for t in sides.recipients):
            aimed = tuple(t for t in self._aimed_at(hit) if t not in sides.actors)
            sides = Sides(sides.actors, aimed or sides.recipients)
        if "strike" in hit.entry.object.words and not any(self.nouns.is_party(t) for t in sides.recipients):
            dealt = tuple(t for t in self._at_odds(hit.frame.verb) if t not in sides.actors)
            sides = Sides(sides.actors, dealt or sides.recipients)
        if any(self.nouns.is_place_or_party(t) for t in sides.recipients) or hit.entry.type not in _TERRITORIAL:
            return sides
        if hit.entry.type == "CONSULT" and (len(sides.actors) > 1 or self.plural(sides.actors)):
            return sides
        places = self.frames.nearby_places(hit.token if hit.light is None else hit.light, deep=hit.entry.type == "AID")
        if hit.entry.type == "CONSULT":
            places = [p for p in places if "STATE" in self.nouns.kinds(p)]
        where = tuple(p for p in places[:1] if p not in sides.actors)
        struck = hit.entry.type == "ASSAULT" and hit.rule != "event:noun" and self._struck(sides.recipients)
        return Sides(sides.actors, sides.recipients if struck else where or sides.recipients)

    def _to_let_go(self, hit: Hit) -> tuple[int, ...]:
        """Who holds those whose release is asked ("of a lawyer *jailed in Norland*"), or who is to leave."""
        parse, grammar = self.frames.parse, self.lexicon.grammar
        for thing in hit.objects:
            below = self.nouns.of(thing)
            if below is None or parse.lemmas[thing] not in grammar.freeing | grammar.leaving:
                continue
            if parse.lemmas[thing] in grammar.leaving:
                return tuple(t for t in self.nouns.group(below) if self.nouns.is_party(t))
            holders = [t for c in parse.children_by(below, "acl", "relcl") for t in self._holders(c)]
            return tuple(t for t in holders if self.nouns.is_party(t))[:1]
        return ()

    def _holders(self, clause: int) -> list[int]:
        """By whom, or in which country, somebody is said to be held."""
        if self.frames.parse.lemmas[clause] not in self.lexicon.grammar.holding or not self.frames.voice.is_passive(
            clause
        ):
            return []
        frame = self.frames.of(clause)
        return list(frame.subjects) or [t for t in frame.after("in", "by") if self.clues.is_land(t)]

    def _aimed_at(self, hit: Hit) -> tuple[int, ...]:
        """Whom a protest is to move: in its purpose, in what the protesters say, or with whom they are at odds."""
        parse, verb = self.frames.parse, hit.token if hit.light is None else hit.light
        said = (c for c in parse.children_by(verb, "advcl", "xcomp") if c > verb and parse.tags[c] == "VBG")
        clauses = [c for c in said if self._asks_or_blames(parse.lemmas[c])]
        purpose = self.frames.purpose(verb)
        for clause in (*clauses, *(() if purpose is None else (purpose,))):
            frame = self.frames.of(clause)
            asked = self._complement_subject(frame, frame.objects)
            found = tuple(t for t in asked if self.nouns.is_party(t)) or self.generic(clause, SHALLOW)
            if found:
                return tuple(t for t in found if self.nouns.is_party(t) and not self.nouns.is_own(t))
        return self._at_odds(verb)

    def _at_odds(self, verb: int) -> tuple[int, ...]:
        """With whom a protest or strike is a quarrel, or with whom it was settled ("after a deal with *the firm*")."""
        parse, parties = self.frames.parse, self.lexicon.parties
        for quarrel in self.frames.of(verb).after("in", "over", "after", "following"):
            if parse.lemmas[quarrel] in parties.quarrels:
                told = [
                    t for word, t in self.frames.noun_preps(quarrel) if word in ("with", "against", "of", "by", "at")
                ]
                return tuple(t for t in map(self.suffering, told) if self.nouns.is_party(t))[:1]
            if any(entry.type == "PROTEST" for entry in self.lexicon.nouns.get(parse.lemmas[quarrel], ())):
                clauses = parse.children_by(quarrel, "acl")
                asked = [self.suffering(t) for c in clauses for t in self.frames.of(c).after("for", "against")]
                asked += [t for clause in clauses for t in self.generic(clause, SHALLOW)]
                return tuple(t for t in asked if self.nouns.is_party(t))[:1]
        return ()

    def _asks_or_blames(self, lemma: str) -> bool:
        told = any(one.type in ("REQUEST", "ACCUSE", "REJECT") for one in self.lexicon.verbs.get(lemma, ()))
        return told or any(one.kind == "request" for one in self.lexicon.operators.get(lemma, ()))

    def maker(self, token: int) -> int | None:
        """Whose a thing is, or by whom it was made ("a law passed by *parliament*"); None where nobody is named."""
        holder = self._other_holder(token)
        if holder is not None:
            return holder
        parse = self.frames.parse
        for clause in parse.children_by(token, "acl", "relcl"):
            frame = self.frames.of(clause)
            makers = frame.after("by") if frame.passive or parse.tags[clause] == "VBN" else frame.subjects
            found = next((t for t in makers if self.nouns.is_party(t)), None)
            if found is not None:
                return found
        return None

    def _struck(self, recipients: tuple[int, ...]) -> bool:
        """Whether what is struck is a thing with a place of its own ("a factory in *Norland*"), which tells whose."""
        return any("SITE" in self.nouns.kinds(t) for t in recipients)

    def settle(self, hit: Hit, sides: Sides) -> Sides:
        """The sides with all parties on both, where the deed is mutual."""
        if sides.actors and any(self._each_other(t) for t in sides.recipients):
            return Sides(sides.actors).both()
        if hit.entry.type == "CONSULT" and sides.recipients and all(self.is_where(t) for t in sides.recipients):
            return sides  # a country one meets in does not meet
        broken = hit.entry.cameo == _TRUCE_BROKEN and len(sides.actors) > 1
        if broken and not any(self.nouns.is_party(t) for t in sides.recipients):
            return Sides(sides.actors).both()
        mutual = hit.entry.reciprocal and (sides.recipients or len(sides.actors) > 1 or self.plural(sides.actors))
        return sides.both() if mutual else sides

    def _each_other(self, token: int) -> bool:
        before = self.frames.parse.lowers[max(0, token - 1)]
        return (before, self.frames.parse.lowers[token]) in (("each", "other"), ("one", "another"))

    def is_where(self, token: int) -> bool:
        """Whether a party is only named as the place ("held talks in *Norland*")."""
        parse = self.frames.parse
        return parse.deps[token] == "pobj" and parse.lowers[parse.heads[token]] in ("in", "at")

    def plural(self, actors: tuple[int, ...]) -> bool:
        """Whether one noun phrase stands for several parties ("the two sides", "Norland and Sudmark officials")."""
        return any(
            self.frames.parse.tags[t] in ("NNS", "NNPS") or self.frames.parse.lowers[t] == "they" for t in actors
        )

    def _of_verb(self, hit: Hit) -> Sides:
        actors = self._fighting(hit) or unique(self.acting(token) for token in hit.frame.subjects)
        actors = actors or self._through_deed(hit)
        actors = actors or self._of_land(hit) or self._moving(hit)
        strict = hit.entry.strict and not any(self._armed(token, hit) for token in actors)
        recipients = self.recipients(hit.entry.recipient, hit.frame, hit.objects, strict, self._telling(hit))
        if hit.entry.type == "CONSULT" and (len(actors) > 1 or self.plural(actors)):
            recipients = tuple(token for token in recipients if not self._of_matter(token, hit))
        if hit.entry.type == "ASSAULT" and "from" in hit.entry.recipient:  # "retook the town *from rebels*"
            beaten = [
                t for t in hit.frame.after("from") if self.nouns.is_party(t) and "PLACE" not in self.nouns.kinds(t)
            ]
            recipients = (*beaten, *recipients)
        if hit.entry.type == "MOBILIZE" and actors and all(t in hit.objects for t in recipients):
            recipients = ()  # those sent are the actor's own
        if hit.entry.type in _GIVEN and hit.entry.object.words:
            recipients = self._without_givers(hit, recipients)
        if hit.entry.cameo in _EXPULSIONS and not hit.frame.passive:
            recipients = (*recipients, *self._expelled_of(hit, actors))
        given = [] if hit.entry.type not in _PASSING else self._given_to(hit, recipients)
        return Sides(actors, self.others(actors, unique((*recipients, *given))))

    def others(self, actors: Sequence[int], recipients: Sequence[int]) -> tuple[int, ...]:
        """The recipients without the actors and the nation the actors themselves are of ("a US envoy cut *US* aid")."""
        others = tuple(token for token in recipients if token not in actors)
        return tuple(token for token in others if not self._own_nation(token, actors))

    def _own_nation(self, token: int, actors: Sequence[int]) -> bool:
        """Whether a token is but the nation before a thing, and the one that an actor is of."""
        parse = self.frames.parse
        if parse.deps[token] not in ("compound", "amod", "nmod") or self.nouns.is_party(parse.heads[token]):
            return False
        known = facts_between(parse, token, token + 1)
        country = known[0].fact.country if known else None
        spans = (facts_between(parse, parse.left_edge[actor], actor + 1) for actor in actors)
        return country is not None and any(one.fact.country == country for found in spans for one in found)

    def _without_givers(self, hit: Hit, recipients: Sequence[int]) -> tuple[int, ...]:
        """The recipients without whoever gives the support ("reaffirmed *Norland's* support for ...")."""
        parse, giving = self.frames.parse, self.lexicon.grammar.backing
        objects = [o for o in hit.objects if parse.lemmas[o] in giving]
        givers = {c for o in objects for c in parse.children_by(o, "poss", "compound", "amod", "nmod")}
        return tuple(t for t in recipients if t not in givers)

    def _expelled_of(self, hit: Hit, actors: Sequence[int]) -> tuple[int, ...]:
        """The countries whose people are sent away ("expelled diplomats from *Norland* and *Sudmark*")."""
        parse = self.frames.parse
        lands = tuple(t for t in hit.frame.after("from") if self.clues.is_land(t))
        own = {parse.lowers[t] for t in actors}
        inner = any(node in hit.objects for t in lands[:1] for node in parse.ancestors(t))  # "envoys from Norland"
        return () if inner or any(parse.lowers[t] in own for t in lands) else lands

    def _given_to(self, hit: Hit, recipients: Sequence[int]) -> list[int]:
        """Who somebody is handed to, beside whom it is done to ("handed the suspects over *to Norland*")."""
        wanted = "to" in hit.entry.recipient and any(self.nouns.is_place_or_party(t) for t in recipients)
        return [t for t in hit.frame.after("to") if self.nouns.is_party(t)] if wanted else []

    def _of_matter(self, token: int, hit: Hit) -> bool:
        """Whether a party belongs to the matter talked about ("the two discussed the treaty with *Norland*")."""
        parse = self.frames.parse
        matter = parse.heads[parse.heads[token]]
        entries = self.lexicon.nouns.get(parse.lemmas[matter], ())
        told = matter == hit.frame.verb or any(entry.type == "CONSULT" for entry in entries)
        return parse.deps[token] == "pobj" and parse.pos[matter] == "NOUN" and not told

    def _telling(self, hit: Hit) -> tuple[int, ...]:
        """Objects that are words of the deed, not its sufferers: in the trigger, or what a concession consists in."""
        named = hit.entry.type == "CONCEDE" and bool(hit.entry.object.words)
        return tuple(o for o in hit.objects if hit.token < o < hit.last or (named and not self.nouns.is_party(o)))

    def _armed(self, token: int, hit: Hit) -> bool:
        """Whether whoever or whatever acts makes a deed of what it does even to a thing: soldiers, shells."""
        if hit.entry.type == "ASSAULT" and not self.lexicon.parties.weapons.isdisjoint(self.nouns.lemmas(token)):
            return True
        return "ARMED" in self.nouns.kinds(token)

    def _fighting(self, hit: Hit) -> tuple[int, ...]:
        """Those between whom the fighting is that kills somebody ("clashes between *the army* and *rebels* killed")."""
        if hit.entry.type != "ASSAULT" or len(hit.frame.subjects) != 1:
            return ()
        told = [t for word, t in self.frames.noun_preps(hit.frame.subjects[0]) if word == "between"]
        return tuple(t for t in told if self.nouns.is_party(t))

    def _through_deed(self, hit: Hit) -> tuple[int, ...]:
        """Who did it where a passive names a deed instead of a doer ("were killed in *Norland* airstrikes")."""
        if not hit.frame.passive:
            return ()
        if hit.entry.type == "ASSAULT" and (attackers := self._attackers(hit.frame.verb)):
            return attackers
        if hit.entry.type == "RETREAT" and (holders := self._captors(hit)):
            return holders
        for verb in (hit.frame.verb, *self._joined_passives(hit.frame.verb)):
            frame = self.frames.of(verb)
            for token in (*frame.after("in", "during", "by", "from"), *self._resulting(frame)):
                if self._such_a_deed(token, hit):
                    return tuple(self._by_whom(token) or self._owners_of(token))
        return ()

    def _resulting(self, frame: Frame) -> list[int]:
        """Of what something is said to be the result ("were killed as a result of *a raid*")."""
        results = [t for t in frame.after("as") if self.frames.parse.lemmas[t] in ("result", "consequence")]
        return [below for t in results if (below := self.nouns.of(t)) is not None]

    def _such_a_deed(self, token: int, hit: Hit) -> bool:
        """Whether a noun tells of such a deed ("killed in *a raid*", "in *an assassination attempt*")."""
        parse = self.frames.parse
        words = [parse.lemmas[token]]
        if words[0] in self.lexicon.grammar.attempts:
            words += [parse.lemmas[c] for c in parse.children_by(token, "compound", "nmod")]
        told = any(entry.type == hit.entry.type for word in words for entry in self.lexicon.nouns.get(word, ()))
        return told or (hit.entry.type == "ASSAULT" and self.clues.blast(token))

    def _joined_passives(self, verb: int) -> list[int]:
        """The passives coordinated with one that say for it how it came about ("are killed and *injured* in ...")."""
        parse, found = self.frames.parse, []
        for child in parse.children_by(verb, "conj"):
            if parse.tags[child] in ("VBN", "VBD") and self.frames.voice.is_passive(child):
                found += [child, *self._joined_passives(child)]
        return found

    def _of_land(self, hit: Hit) -> tuple[int, ...]:
        """The country whose law somebody suffers where no doer is named ("was arrested in *Norland*")."""
        if not hit.frame.passive or hit.entry.type not in _BY_LAW:
            return ()
        heads, wanted = self.frames.parse.heads, ("from",) if hit.entry.type == "SANCTION" else ("in",)
        lands = [t for t in hit.frame.after(*wanted) if self.clues.is_land(t) and heads[t] > hit.token]
        return tuple(lands[:1])

    def _moving(self, hit: Hit) -> tuple[int, ...]:
        """The force itself where nobody is said to send it ("*troops* were deployed in ...")."""
        parse, verb = self.frames.parse, hit.frame.verb
        if not hit.frame.passive or hit.entry.cameo not in _DEPLOYING or parse.deps[verb] in ("acl", "relcl", "ccomp"):
            return ()
        return tuple(t for t in hit.objects if "ARMED" in self.nouns.kinds(t) and parse.lemmas[t] != "security")

    def _attackers(self, verb: int) -> tuple[int, ...]:
        """Who attacked in the clause that tells how it came about ("were killed when *rebels* ambushed them")."""
        parse = self.frames.parse
        for child in parse.children_by(verb, "advcl"):
            entries = self.lexicon.verbs.get(parse.lemmas[child], ())
            if any(entry.type == "ASSAULT" for entry in entries) and not self.frames.voice.is_passive(child):
                armed = [t for t in self.frames.of(child).subjects if self.nouns.is_party(t)]
                if armed:
                    return tuple(armed)
        return ()

    def _captors(self, hit: Hit) -> tuple[int, ...]:
        """Who lets go of somebody said to have been held by them ("a soldier held by *rebels* was freed")."""
        parse = self.frames.parse
        held = [c for o in hit.objects for c in parse.children_by(o, "acl", "relcl") if self.frames.voice.is_passive(c)]
        return tuple(t for clause in held for t in self.frames.of(clause).subjects if self.nouns.is_party(t))

    def _owners_of(self, deed: int) -> list[int]:
        """Whose the deed or the weapon in its name is ("killed in *Norland* missile strikes"), else the weapon."""
        weapons, parse = self.lexicon.parties.weapons, self.frames.parse
        named = self._named_before(deed)
        owners = [t for t in named if weapons.isdisjoint(self.nouns.lemmas(t))]
        if owners:
            return owners
        nation = self.nouns.nation_in_front(deed)
        if nation is not None:
            return [nation]
        parts = [c for c in parse.children[deed] if parse.deps[c] in ("compound", "nmod", "amod")]
        states = [t for part in parts for t in self._named_before(part) if "STATE" in self.nouns.kinds(t)]
        return states or named or ([deed] if self.clues.blast(deed) else [])

    def _by_whom(self, noun: int) -> list[int]:
        return [t for word, t in self.frames.noun_preps(noun) if word == "by" and self.nouns.is_party(t)]

    def acting(self, token: int) -> int:
        """Who acts where the subject is a deed or a thing of somebody's ("*the group's* rockets hit ...")."""
        if self.nouns.is_party(token):
            return token
        if self.frames.parse.lemmas[token] in self.lexicon.parties.documents:
            return next((t for t in self.frames.of_noun(token) if self.nouns.is_party(t)), token)
        for thing in (token, self.nouns.of(token)):
            holder = None if thing is None else self.nouns.holder(thing)
            if holder is not None and self.nouns.is_party(holder):
                return holder
        return self._fired_by(token)

    def _fired_by(self, token: int) -> int:
        """Who fired a weapon, or from where ("rockets fired by *rebels*", "from *Norland*"); else the weapon."""
        parse, weapons = self.frames.parse, self.lexicon.parties.weapons
        if weapons.isdisjoint(self.nouns.lemmas(token)):
            return token
        for clause in parse.children_by(token, "acl", "relcl"):
            if parse.tags[clause] in ("VBN", "VBD") and self.frames.voice.is_passive(clause):
                told = [*self.frames.of(clause).subjects, *self.frames.of(clause).after("from")]
                found = next((t for t in told if self.nouns.is_party(t)), None)
                if found is not None:
                    return found
        return token
