"""Sides a text tells beside a deed: by what was imposed or taken, by whose custody, by who is said to be guilty."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from diurna.annotate.actors.knowledge import facts_between
from diurna.annotate.events.event_lexicon import EventLexicon
from diurna.annotate.events.frames import Frame, Frames
from diurna.annotate.events.parties import Nouns
from diurna.annotate.events.triggers import Hit

_NEAR_ABOVE = 6
"""Tokens above a deed's noun among which the verb is looked for that tells of a death by it."""

_SAID = frozenset({"language", "word", "term", "phrase", "tactic", "method", "tone", "rhetoric"})
"""What others use too, without being struck with it."""


class Clues:
    """Looks for sides beside the deeds of one parse."""

    def __init__(self, lexicon: EventLexicon, nouns: Nouns, frames: Frames) -> None:
        self.lexicon = lexicon
        self.nouns = nouns
        self.frames = frames

    def borne_by(self, measures: Sequence[int]) -> list[int]:
        """On whom or where a measure was imposed, by the clause that hangs on it ("the ban *put on Norland*")."""
        parse, imposing = self.frames.parse, self.lexicon.grammar.imposing
        clauses = [c for o in measures for c in parse.children_by(o, "acl", "relcl") if parse.lemmas[c] in imposing]
        return [t for clause in clauses for t in self.frames.of(clause).after("on", "against", "upon", "in", "across")]

    def robbed(self, things: Sequence[int]) -> list[int]:
        """From whom a thing was taken, by the clause that hangs on it ("returned weapons *seized from Norland*")."""
        parse, taking = self.frames.parse, self.lexicon.grammar.taking
        clauses = [c for o in things for c in parse.children_by(o, "acl", "relcl") if parse.lemmas[c] in taking]
        return [t for clause in clauses for t in self.frames.of(clause).after("from") if self.nouns.is_party(t)]

    def keeper(self, thing: int) -> int | None:
        """Who has or uses a thing, by the clause that hangs on it ("tanks *used by rebels*"); else None."""
        parse, keeping = self.frames.parse, self.lexicon.grammar.having
        if parse.lemmas[thing] in _SAID:
            return None
        for clause in parse.children_by(thing, "acl", "relcl"):
            if parse.lemmas[clause] in keeping:
                frame = self.frames.of(clause)
                told = frame.subjects if frame.passive else frame.after("to")
                return next((t for t in told if self.nouns.is_party(t)), None)
        return None

    def death_of(self, noun: int) -> int | None:
        """The verb by which somebody died of the deed ("*died* as a result of torture"); None where nobody did."""
        parse = self.frames.parse
        for node in islice(parse.ancestors(noun), _NEAR_ABOVE):
            if parse.pos[node] == "VERB":
                return node if parse.lemmas[node] == "die" else None
        return None

    def keepers(self, death: int) -> list[int]:
        """In whose hands somebody died ("in *police* custody")."""
        kept = [
            t for _, t in self.frames.of(death).preps if self.frames.parse.lemmas[t] in self.lexicon.parties.keeping
        ]
        return [h for t in kept if (h := self.nouns.holder(t)) is not None and self.nouns.is_party(h)][:1]

    def guilty(self, preposition: int) -> list[int]:
        """Who is said to be responsible for the deed behind the preposition ("*rebels* are responsible for raids")."""
        parse, blame = self.frames.parse, self.lexicon.grammar.blame
        governor = parse.heads[preposition]
        if parse.lemmas[governor] in blame and parse.deps[governor] == "acomp":
            governor = parse.heads[governor]
        elif parse.lowers[preposition] != "behind":
            return []
        if parse.lemmas[governor] != "be" or self.frames.negated(governor):
            return []
        return [t for t in self.frames.of(governor).subjects if self.nouns.is_party(t)]

    def claimed_by(self, deed: int) -> list[int]:
        """Who says that he did it ("*rebels* claimed the attack", "claimed responsibility for it")."""
        parse = self.frames.parse
        noun = deed
        if parse.deps[deed] == "pobj" and self.nouns.counted(parse.heads[parse.heads[deed]]) == deed:
            deed = noun = parse.heads[parse.heads[deed]]  # "a series of *attacks*"
        if parse.deps[deed] == "pobj" and parse.lemmas[parse.heads[parse.heads[deed]]] in ("responsibility", "credit"):
            noun = parse.heads[parse.heads[deed]]
        verb = parse.heads[noun]
        if parse.lemmas[verb] not in ("claim", "admit") or parse.deps[noun] not in ("dobj", "nsubjpass"):
            return []
        if self.frames.negated(verb):
            return []
        claimants = [t for t in self.frames.of(verb).subjects if self.nouns.is_party(t)]
        return [t for t in claimants if not any(parse.lowers[c] == "no" for c in parse.children_by(t, "det"))]

    def blast(self, noun: int) -> bool:
        """Whether a noun is an attack that stands for whoever made it, not an explosion nobody may have made."""
        parse, parties = self.frames.parse, self.lexicon.parties
        parts = (parse.lemmas[c] for c in parse.children_by(noun, "compound", "amod", "nmod"))
        return parse.lemmas[noun] in parties.blasts or (
            parse.lemmas[noun] in ("blast", "explosion") and any(part in parties.weapons for part in parts)
        )

    def under(self, hit: Hit) -> bool:
        """Whether somebody is put under it ("was placed *under* investigation")."""
        parse = self.frames.parse
        return parse.deps[hit.token] == "pobj" and parse.lowers[parse.heads[hit.token]] == "under"

    def lands(self, frame: Frame) -> list[int]:
        """The country in which a clause says something was done, whose authorities did it."""
        return [t for t in frame.after("in", "under") if self.is_land(t)][:1]

    def is_land(self, token: int) -> bool:
        """Whether a token ends the name of a country, not of a town or a people."""
        known = facts_between(self.frames.parse, max(0, token - 3), token + 1)
        return bool(known) and known[-1].last == token + 1 and known[-1].fact.kind == "country"
