"""Agreements, threats, refusals and demands told by auxiliaries alone: "will release", "will not lift", "must leave".

PLOVER counts a cooperation still to come as an agreement and a conflict still to come as a threat. What is announced
by the one who will do it is done by the announcing; a bare "will" stays planned.
"""

from __future__ import annotations

from diurna.annotate.operators import MATERIAL_CONFLICT, Act, Matter, Operators
from diurna.annotate.sides import Sides
from diurna.annotate.triggers import Hit
from diurna.model.record import QUAD, Realis


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
        if self.parse.pos[verb] not in ("VERB", "AUX") or hit.frame.passive:
            return None
        modal = self._modal(verb)
        if modal is None:
            return self._withheld(hit) if hit.entry.type == "CONCEDE" and self.frames.negated(verb) else None
        told = self._told_by_actor(verb)
        if self._conditional(verb) or (self.parse.lowers[modal] == "would" and not told):
            return None
        kind = self._kind(hit, verb)
        sides = self.sides.settle(hit, self.sides.of(hit))
        if kind is None or not sides.actors:
            return None
        realis: Realis | None = None if told or kind == "refuse" else "planned"
        return self.operators.act((verb, modal, hit.last), kind, sides, Matter(verb, hit), realis)

    def _modal(self, verb: int) -> int | None:
        parse, future = self.parse, self.grammar.future
        auxiliaries = (c for c in parse.children[verb] if parse.deps[c] == "aux")
        return next((c for c in auxiliaries if parse.lowers[c] in future or parse.lowers[c] == "would"), None)

    def _withheld(self, hit: Hit) -> Act:
        """The refusal a denied concession is ("did not give permission")."""
        verb = hit.frame.verb
        return self.operators.act((verb, verb, hit.last), "refuse", self.sides.of(hit), Matter(verb, hit))

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

    def _obliged_parties(self, verb: int, speakers: tuple[int, ...]) -> tuple[int, ...]:
        parse = self.parse
        subjects = [self.frames.resolve(t) for t in parse.children_by(verb, "nsubj", "nsubjpass")]
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
