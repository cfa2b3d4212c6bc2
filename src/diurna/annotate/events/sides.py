"""Who did it and to whom: the two sides of a deed, read from its grammar and never guessed.

A side that the text leaves open stays empty. In a reciprocal deed (a meeting, a treaty) all parties stand on both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diurna.annotate.actors.knowledge import facts_between
from diurna.annotate.events.clues import Clues
from diurna.annotate.events.event_lexicon import EventLexicon
from diurna.annotate.events.frames import Frame, Frames
from diurna.annotate.events.parties import Nouns
from diurna.annotate.events.triggers import Hit

_GENERIC = ("to", "with", "from", "against", "on", "of", "for", "in", "into", "at", "between", "by")
_SHALLOW = 3
"""A depth from which no clause within the clause is looked into."""

_WEAK = ("holder", "dative", "complement-subject", "for", "on", "to", "against", "with", "from")
"""Sources whose noun phrase may stand as recipient though it is no party ("support for *the plan*")."""

_REFLEXIVE = ("self", "selves")

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

_HELPING = frozenset({"AID", "MOBILIZE", "COOPERATE"})
"""Types done for those whom the clause of purpose is about ("sent doctors to help *Norland*")."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Head tokens of the parties on each side."""

    actors: tuple[int, ...] = ()
    recipients: tuple[int, ...] = ()

    def both(self) -> Sides:
        """All parties on both sides."""
        everyone = _unique((*self.actors, *self.recipients))
        return Sides(everyone, everyone)


def _unique(tokens: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(tokens))


class SideFinder:
    """Finds the sides of hits in one parse."""

    def __init__(self, lexicon: EventLexicon, nouns: Nouns, frames: Frames) -> None:
        self.lexicon = lexicon
        self.nouns = nouns
        self.frames = frames
        self.clues = Clues(lexicon, nouns, frames)

    def of(self, hit: Hit) -> Sides:
        """The sides of a deed told by a verb or a noun."""
        sides = self._of_noun(hit) if hit.rule in ("event:noun", "event:light-verb") else self._of_verb(hit)
        if not sides.recipients and hit.entry.type in _HELPING:
            helped = self.frames.purpose(hit.token if hit.light is None else hit.light)
            parties = () if helped is None else self.generic(helped)
            sides = Sides(sides.actors, tuple(t for t in parties if t not in sides.actors and t not in hit.objects))
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

    def _aimed_at(self, hit: Hit) -> tuple[int, ...]:
        """Whom a protest is to move: in its purpose, in what the protesters say, or with whom they are at odds."""
        parse, verb = self.frames.parse, hit.token if hit.light is None else hit.light
        said = (c for c in parse.children_by(verb, "advcl", "xcomp") if c > verb and parse.tags[c] == "VBG")
        clauses = [c for c in said if self._asks_or_blames(parse.lemmas[c])]
        purpose = self.frames.purpose(verb)
        for clause in (*clauses, *(() if purpose is None else (purpose,))):
            frame = self.frames.of(clause)
            asked = self._complement_subject(frame, frame.objects)
            found = tuple(t for t in asked if self.nouns.is_party(t)) or self.generic(clause, _SHALLOW)
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
                asked += [t for clause in clauses for t in self.generic(clause, _SHALLOW)]
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
        if hit.entry.type == "CONSULT" and sides.recipients and all(self._where(t) for t in sides.recipients):
            return sides  # a country one meets in does not meet
        broken = hit.entry.cameo == _TRUCE_BROKEN and len(sides.actors) > 1
        if broken and not any(self.nouns.is_party(t) for t in sides.recipients):
            return Sides(sides.actors).both()
        mutual = hit.entry.reciprocal and (sides.recipients or len(sides.actors) > 1 or self.plural(sides.actors))
        return sides.both() if mutual else sides

    def _each_other(self, token: int) -> bool:
        before = self.frames.parse.lowers[max(0, token - 1)]
        return (before, self.frames.parse.lowers[token]) in (("each", "other"), ("one", "another"))

    def _where(self, token: int) -> bool:
        """Whether a party is only named as the place ("held talks in *Norland*")."""
        parse = self.frames.parse
        return parse.deps[token] == "pobj" and parse.lowers[parse.heads[token]] in ("in", "at")

    def plural(self, actors: tuple[int, ...]) -> bool:
        """Whether one noun phrase stands for several parties ("the two sides", "Norland and Sudmark officials")."""
        return any(
            self.frames.parse.tags[t] in ("NNS", "NNPS") or self.frames.parse.lowers[t] == "they" for t in actors
        )

    # ------------------------------------------------------------- verbs

    def _of_verb(self, hit: Hit) -> Sides:
        actors = _unique(self.acting(token) for token in hit.frame.subjects) or self._through_deed(hit)
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
        given = [] if hit.entry.type not in _PASSING else self._given_to(hit, recipients)
        return Sides(actors, self.others(actors, _unique((*recipients, *given))))

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

    def _through_deed(self, hit: Hit) -> tuple[int, ...]:
        """Who did it where a passive names a deed instead of a doer ("were killed in *Norland* airstrikes")."""
        if not hit.frame.passive:
            return ()
        if hit.entry.type == "ASSAULT" and (attackers := self._attackers(hit.frame.verb)):
            return attackers
        if hit.entry.type == "RETREAT" and (holders := self._captors(hit)):
            return holders
        for token in hit.frame.after("in", "during", "by"):
            nouns = self.lexicon.nouns.get(self.frames.parse.lemmas[token], ())
            if any(entry.type == hit.entry.type for entry in nouns) or (
                hit.entry.type == "ASSAULT" and self.clues.blast(token)
            ):
                return tuple(self._by_whom(token) or self._owners_of(token))
        return ()

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
            if any(entry.type == "ASSAULT" for entry in entries) and not self.frames.is_passive(child):
                armed = [t for t in self.frames.of(child).subjects if self.nouns.is_party(t)]
                if armed:
                    return tuple(armed)
        return ()

    def _captors(self, hit: Hit) -> tuple[int, ...]:
        """Who lets go of somebody said to have been held by them ("a soldier held by *rebels* was freed")."""
        parse = self.frames.parse
        held = [c for o in hit.objects for c in parse.children_by(o, "acl", "relcl") if self.frames.is_passive(c)]
        return tuple(t for clause in held for t in self.frames.of(clause).subjects if self.nouns.is_party(t))

    def _owners_of(self, deed: int) -> list[int]:
        """Whose the deed or the weapon in its name is ("killed in *Norland* missile strikes"), else the weapon."""
        weapons, parse = self.lexicon.parties.weapons, self.frames.parse
        named = self._named_before(deed)
        owners = [t for t in named if weapons.isdisjoint(self.nouns.lemmas(t))]
        if owners:
            return owners
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
        return token

    def recipients(
        self,
        sources: Sequence[str],
        frame: Frame,
        objects: Sequence[int],
        strict: bool,
        own: Sequence[int] = (),
    ) -> tuple[int, ...]:
        """The parties at the first source that has any; else, unless `strict`, the first noun phrases found.

        Args:
            own: objects that tell of the deed itself ("issued a *pardon*") and suffer nothing.
        """
        weak: tuple[int, ...] = ()
        for source in sources:
            tokens = [token for token in self._at(source, frame, objects) if not self._idle(token)]
            parties = tuple(token for token in tokens if self.nouns.is_place_or_party(token))
            if parties:
                return _unique(self.frames.resolve(token) for token in parties)
            suffering = tuple(token for token in tokens if token not in own)
            if suffering and source == "object" and not strict:
                return suffering
            if source in _WEAK:
                weak = weak or tuple(tokens)
        return () if strict else weak

    def _idle(self, token: int) -> bool:
        """Whether a noun phrase names no other side: the actor's own thing, a relative word left unresolved."""
        parse = self.frames.parse
        return self.nouns.is_own(token) or parse.tags[token] == "WDT" or parse.lowers[token].endswith(_REFLEXIVE)

    def _at(self, source: str, frame: Frame, objects: Sequence[int]) -> list[int]:
        if source in ("object", "holder", "party"):
            return self._at_object(source, objects)
        if source == "dative":
            return list(frame.given)
        if source == "complement-subject":
            return self._complement_subject(frame, objects)
        if source == "complement":
            clauses = [c for o in objects for c in self.frames.parse.children_by(o, "acl")]
            clauses = clauses if frame.complement is None else [frame.complement]
            return [token for clause in clauses for token in self.generic(clause)]
        if source in ("imposed", "taken"):
            return self.clues.borne_by(objects) if source == "imposed" else self.clues.robbed(objects)
        found = frame.after(source) or (self._between(frame.verb) if source == "between" else [])
        return [self.suffering(token) for token in found]

    def _at_object(self, source: str, objects: Sequence[int]) -> list[int]:
        if source == "party":
            return [token for token in objects if self.nouns.is_party(token)]
        if source == "holder":
            return [h for token in objects if (h := self._other_holder(token)) is not None]
        return [self.suffering(token) for token in objects]

    def _between(self, verb: int) -> list[int]:
        """Those between whom something is, anywhere in what hangs on the verb."""
        parse = self.frames.parse
        for i in range(verb + 1, min(parse.right_edge[verb] + 1, verb + 30)):
            if parse.lowers[i] == "between":
                below = parse.child(i, "pobj")
                return [] if below is None else self.nouns.group(below)
        return []

    def _other_holder(self, token: int) -> int | None:
        """Whose the thing is, unless it is the actor's own ("its")."""
        holder = self.nouns.holder(token)
        return None if holder is None or self.frames.parse.tags[holder] == "PRP$" else holder

    def suffering(self, token: int) -> int:
        """Whom a deed against a thing strikes: its holder ("rejected *Norland's* demand"), else the thing itself."""
        if self.nouns.is_place_or_party(token):
            return token
        holder = self._other_holder(token)
        return token if holder is None else holder

    def _complement_subject(self, frame: Frame, objects: Sequence[int]) -> list[int]:
        """The subject of the clause a verb takes, or its object takes ("its demand that *Norland* ...")."""
        parse = self.frames.parse
        clauses = [] if frame.complement is None else [frame.complement]
        clauses += [c for o in objects for c in parse.children_by(o, "acl", "ccomp", "relcl")]
        clauses += [c for c in parse.children_by(frame.verb, "advcl") if self._for_clause(c)]
        own = [t for clause in clauses for t in parse.children_by(clause, "nsubj", "nsubjpass")]
        named = [one for token in own if parse.tags[token] not in ("WDT", "WP") for one in self.nouns.group(token)]
        return [self.suffering(token) for token in named]

    def _for_clause(self, verb: int) -> bool:
        """Whether the clause is "for *somebody* to do something"."""
        parse = self.frames.parse
        mark = parse.child(verb, "mark")
        return mark is not None and parse.lowers[mark] == "for" and self.frames.to_infinitive(verb)

    def generic(self, verb: int, depth: int = 0) -> tuple[int, ...]:
        """Parties a verb without an entry is done to: its object, else what hangs on it by the usual prepositions."""
        frame = self.frames.of(verb)
        founded = self.frames.parse.lemmas[verb] in self.lexicon.grammar.founding  # what is founded is nobody yet
        sources = ("dative", "with", "in", "at") if founded else ("dative", "object", *_GENERIC)
        found = self.recipients(sources, frame, frame.objects, strict=True)
        if not found and self.frames.parse.lemmas[verb] in ("allow", "permit", "let"):
            found = self.recipients(("complement-subject",), frame, frame.objects, strict=True)
        inner = frame.complement if frame.complement is not None else self.frames.purpose(verb)
        if not found and inner is not None and depth < 3:
            found = self.generic(inner, depth + 1)
        return found

    # ------------------------------------------------------------- nouns

    def _of_noun(self, hit: Hit) -> Sides:
        preps = self.frames.noun_preps(hit.token)
        light = () if hit.light is None else hit.frame.preps
        between = [t for word, t in (*preps, *light, *self._beside(hit)) if word == "between" and self._political(t)]
        if len(between) > 1:
            return Sides(_unique(between)).both()
        actors, recipients = self._written_at_noun(hit, preps)
        if hit.light is not None:
            actors, recipients = self._with_light_verb(hit, actors, recipients)
        elif hit.entry.type == "ASSAULT" and (death := self.clues.death_of(hit.token)) is not None:
            recipients = recipients or self.frames.subjects(death)
            actors = actors or self.clues.keepers(death)
        else:
            actors = actors or self._carrier(hit)
        actors = [self.frames.resolve(token) for token in actors]
        return Sides(_unique(actors), tuple(t for t in _unique(recipients) if t not in actors))

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
        parse = self.frames.parse
        head = parse.heads[hit.token]
        if parse.deps[hit.token] != "pobj":
            return []
        if hit.entry.type == "ASSAULT" and (guilty := self.clues.guilty(head)):
            return guilty
        if parse.pos[parse.heads[head]] != "VERB":
            return []
        if hit.entry.type == "CONSULT" and parse.lowers[head] in self.lexicon.grammar.occasions:
            return [t for t in self.frames.subjects(parse.heads[head]) if self.nouns.is_party(t)]
        return []
