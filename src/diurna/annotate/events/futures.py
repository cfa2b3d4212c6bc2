"""Agreements, threats, refusals and demands told by auxiliaries alone: "will release", "will not lift", "must leave".

PLOVER counts a cooperation still to come as an agreement and a conflict still to come as a threat. What is announced
by the one who will do it is done by the announcing; a bare "will" stays planned.
"""

from __future__ import annotations

from diurna.annotate.events.operators import MATERIAL_CONFLICT, Act, Matter, Operators
from diurna.annotate.events.sidesources import Sides
from diurna.annotate.events.triggers import Hit
from diurna.model.record import QUAD, Realis

_DEFYING = frozenset({"continue", "refuse", "fail", "persist", "keep", "ignore", "defy", "reject", "decline"})
"""What somebody is to stop doing where a deed is announced for the case that he does it."""


class Futures:
    """Finds acts told by auxiliaries in one parse."""

    def __init__(self, operators: Operators) -> None:
        self.operators = operators
        self.grammar = operators.grammar
        self.frames = operators.frames
        self.nouns = operators.nouns
        self.sides = operators.sides
        self.parse = operators.parse

    def of(self, hit: Hit) -> Act | None:
        """What the tense of a deed's clause makes of it, or None where it makes nothing of it."""
        verb = hit.frame.verb
        if self.parse.pos[verb] not in ("VERB", "AUX"):
            return None
        if hit.frame.passive:
            return self._announced(hit)
        modal = self._modal(verb)
        if modal is None:
            return self._without_future(hit)
        told = self._told_by_actor(verb)
        if self._conditional(verb) or (self.parse.lowers[modal] == "would" and not told):
            return None
        kind = self._kind(hit, verb)
        sides = self.sides.settle(hit, self.sides.of(hit))
        if kind in ("threaten", "refuse") and not any(self.nouns.is_party(t) for t in sides.recipients):
            warned = tuple(t for t in self.operators.warned(verb) if t not in sides.actors)
            sides = Sides(sides.actors, warned or sides.recipients)
        if kind is None or not sides.actors:
            return None
        realis: Realis | None = None if told or kind == "refuse" else "planned"
        return self.operators.act((verb, modal, max(hit.last, verb + 1)), kind, sides, Matter(verb, hit), realis)

    def _without_future(self, hit: Hit) -> Act | None:
        """What a clause that tells of no future amounts to: a concession not made, a threat on terms."""
        verb = hit.frame.verb
        if self._may_on_terms(verb):
            return self._threat(hit)
        wanted = hit.entry.type == "REQUEST" and self.parse.lemmas[verb] == "want"
        unrecognised = hit.entry.type == "SUPPORT" and hit.entry.cameo == "054"
        withheld = (wanted or unrecognised or hit.entry.type == "CONCEDE") and self.frames.negated(verb)
        withheld = withheld and not self.frames.to_infinitive(verb)
        return self._withheld(hit) if withheld else None

    def _may_on_terms(self, verb: int) -> bool:
        """Whether something may be done unless somebody gives in ("may recall its envoy *unless* ...")."""
        parse = self.parse
        may = any(parse.deps[c] == "aux" and parse.lowers[c] in ("may", "might", "could") for c in parse.children[verb])
        clauses = parse.children_by(verb, "advcl") if may else ()
        return any(self._terms(clause) for clause in clauses)

    def _terms(self, clause: int) -> bool:
        """Whether a condition is one somebody can end ("*unless* Norland leaves", "*if* it *refuses* to leave")."""
        mark = self.parse.child(clause, "mark")
        word = "" if mark is None else self.parse.lowers[mark]
        return word == "unless" or (word == "if" and self.parse.lemmas[clause] in _DEFYING)

    def _threat(self, hit: Hit) -> Act | None:
        """The threat it is to say what one may do unless somebody gives in."""
        verb = hit.frame.verb
        if QUAD[hit.entry.type] != MATERIAL_CONFLICT or not hit.frame.subjects:
            return None
        sides = self.sides.settle(hit, self.sides.of(hit))
        warned = tuple(t for t in self.operators.warned(verb) if t not in sides.actors)
        sides = Sides(sides.actors, sides.recipients or warned)
        return self.operators.act((verb, verb, max(hit.last, verb + 1)), "threaten", sides, Matter(verb, hit))

    def _announced(self, hit: Hit) -> Act | None:
        """What somebody says will be done to somebody ("said the rebels would be *crushed*"), or None."""
        verb, modal = hit.frame.verb, self._modal(hit.frame.verb)
        if modal is None or hit.frame.subjects or not self._told(verb) or self._conditional(verb):
            return None
        speakers = self.frames.of(self.parse.heads[verb]).subjects
        kind = self._kind(hit, verb)
        recipients = tuple(t for t in self.sides.of(hit).recipients if t not in speakers)
        if kind is None or not recipients or not any(self.nouns.is_party(t) for t in speakers):
            return None
        sides = Sides(speakers, recipients)
        return self.operators.act((verb, modal, max(hit.last, verb + 1)), kind, sides, Matter(verb, hit))

    def _modal(self, verb: int) -> int | None:
        parse, future = self.parse, self.grammar.future
        auxiliaries = (c for c in parse.children[verb] if parse.deps[c] == "aux")
        return next((c for c in auxiliaries if parse.lowers[c] in future or parse.lowers[c] == "would"), None)

    def _withheld(self, hit: Hit) -> Act:
        """The refusal a denied concession is ("did not give permission")."""
        verb = hit.frame.verb
        return self.operators.act(
            (verb, verb, max(hit.last, verb + 1)), "refuse", self.sides.of(hit), Matter(verb, hit)
        )

    def _conditional(self, verb: int) -> bool:
        parse, conditions = self.parse, self.grammar.conditions
        if parse.deps[verb] in ("relcl", "advcl"):
            return True
        return any(parse.lowers[c] in conditions and parse.deps[c] == "mark" for c in parse.children[verb])

    def _kind(self, hit: Hit, verb: int) -> str | None:
        quad, parse = QUAD[hit.entry.type], self.parse
        if self.frames.negated(verb) or any(parse.lowers[c] == "never" for c in parse.children[verb]):
            return "refuse" if quad <= 2 else None
        if quad == MATERIAL_CONFLICT:
            return "threaten"
        return "commit" if quad <= 2 and hit.entry.type != "AGREE" else None

    def _told_by_actor(self, verb: int) -> bool:
        """Whether the clause is what its own subject says ("*Norland* said *it* will ...")."""
        return self._told(verb)

    def _told(self, verb: int) -> bool:
        parse = self.parse
        head = parse.heads[verb]
        return head != verb and parse.deps[verb] == "ccomp" and parse.lemmas[head] in self.grammar.say

    def demand(self, token: int) -> Act | None:
        """What somebody says another must do ("Norland said the rebels must leave"), or None."""
        parse = self.parse
        if parse.lemmas[token] not in self.grammar.say:
            return None
        inner = self.frames.complement(token)
        if inner is None or parse.deps[inner] != "ccomp" or not self._obliged(inner):
            return None
        speakers = self.frames.of(token).subjects
        recipients = self._obliged_parties(inner, speakers)
        if not speakers or not recipients:
            return None
        matter = self.operators.matter(inner)
        return self.operators.act((token, token, token + 1), "request", Sides(speakers, recipients), matter)

    def no_talks(self, token: int) -> Act | None:
        """What somebody says there will not be ("said there would be no *talks* with Norland"), or None."""
        parse = self.parse
        inner = self.frames.complement(token) if parse.lemmas[token] in self.grammar.say else None
        if inner is None or parse.lemmas[inner] != "be" or parse.child(inner, "expl") is None:
            return None
        for noun in parse.children_by(inner, "attr", "nsubj"):
            entries = self.operators.lexicon.nouns.get(parse.lemmas[noun], ())
            none = any(parse.lowers[c] == "no" for c in parse.children[noun])
            if none and entries and QUAD[entries[0].type] <= 2 and self._modal(inner) is not None:
                parties = tuple(t for _, t in self.frames.noun_preps(noun) if self.nouns.is_party(t))
                sides = Sides(self.frames.of(token).subjects, parties)
                matter = Matter(inner, None)
                return self.operators.act((token, token, token + 1), "refuse", sides, matter)
        return None

    def blame(self, token: int) -> Act | None:
        """Whom somebody says to be guilty ("Norland said the rebels were behind the attack"), or None."""
        parse = self.parse
        inner = self.frames.complement(token) if parse.lemmas[token] in self.grammar.say else None
        if inner is None or self.frames.negated(inner) or not (self._guilty(inner) or self._misdeed(inner)):
            return None
        speakers = self.frames.of(token).subjects
        blamed = self._obliged_parties(inner, speakers)
        if not speakers or not blamed:
            return None
        return self.operators.act((token, token, token + 1), "accuse", Sides(speakers, blamed), Matter(inner, None))

    def _guilty(self, copula: int) -> bool:
        parse, blame = self.parse, self.grammar.blame
        if parse.lemmas[copula] != "be":
            return False
        modal = any(parse.deps[c] == "aux" and parse.tags[c] == "MD" for c in parse.children[copula])
        told = any(parse.lemmas[c] in blame and parse.deps[c] != "nsubj" for c in parse.children[copula])
        return told and not modal

    def _misdeed(self, verb: int) -> bool:
        """Whether a clause says somebody does what nobody says of friends ("the envoy *is meddling*")."""
        parse = self.parse
        modal = any(parse.deps[c] == "aux" and parse.tags[c] == "MD" for c in parse.children[verb])
        asked = parse.deps[verb] != "ccomp" or any(parse.tags[c] in ("WRB", "WP") for c in parse.children[verb])
        return parse.lemmas[verb] in self.grammar.misdeeds and not modal and not asked

    def _obliged_parties(self, verb: int, speakers: tuple[int, ...]) -> tuple[int, ...]:
        parse = self.parse
        subjects = [self.frames.pronouns.resolve(t) for t in parse.children_by(verb, "nsubj", "nsubjpass")]
        return tuple(
            one
            for token in subjects
            for one in self.nouns.group(token)
            if self.nouns.is_party(one) and one not in speakers and parse.lowers[one] not in ("we", "i", "it")
        )

    def _obliged(self, verb: int) -> bool:
        """Whether a verb is a duty ("must", "has to"); "should" before its subject is a condition."""
        parse, duty = self.parse, self.grammar.duty
        for child in parse.children[verb]:
            if parse.deps[child] == "aux" and parse.lowers[child] in duty and child != parse.left_edge[verb]:
                return True
        return parse.lemmas[verb] in ("have", "need") and parse.child(verb, "xcomp") is not None
