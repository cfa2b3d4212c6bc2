"""Deeds that are done by speaking of other deeds: agreeing, refusing, threatening and asking to do something.

"Norland agreed to withdraw" is an agreement (done) about a withdrawal (planned); so are "is ready to" and "will"; what
somebody says another must do is a request; what somebody will not do is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

from diurna.annotate.event_lexicon import EventLexicon, Operator
from diurna.annotate.frames import Frames
from diurna.annotate.parse import Parse
from diurna.annotate.sides import SideFinder, Sides
from diurna.annotate.triggers import Hit, Triggers
from diurna.model.record import QUAD, EventType, Realis

_MATERIAL_CONFLICT = 4
_VOWS = frozenset({"vow", "swear", "pledge", "promise", "will"})
_AGREE_CODE = {"CONSULT": "036", "SUPPORT": "032", "COOPERATE": "031", "AID": "033", "CONCEDE": "034", "RETREAT": "035"}
_REJECT_CODE = {"CONSULT": "125", "COOPERATE": "121", "AID": "122", "CONCEDE": "124", "RETREAT": "124", "AGREE": "127"}
_REQUEST_CODE = {"CONSULT": "106", "COOPERATE": "101", "AID": "103", "CONCEDE": "105", "RETREAT": "105", "SUPPORT": "102"}  # fmt: skip
_THREAT_CODE = {"SANCTION": "131", "COERCE": "132", "PROTEST": "133", "ASSAULT": "138", "MOBILIZE": "138"}
_MODES = {"CONSULT": "meet", "AID": "assist", "COOPERATE": "assist", "RETREAT": "yield", "CONCEDE": "yield"}
_THREAT_MODES = {"SANCTION": "relations", "COERCE": "restrict", "ASSAULT": "violence", "MOBILIZE": "violence"}
_MUST = frozenset({"must", "should", "ought", "need", "have"})
_FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
_INFINITIVE_ONLY = frozenset({"tell", "ask", "order", "press", "warn", "advise", "invite", "direct", "instruct", "push", "call", "encourage", "appeal", "pressure"})  # fmt: skip
_TYPE_OF: dict[str, EventType] = {"commit": "AGREE", "intend": "AGREE", "refuse": "REJECT", "threaten": "THREATEN", "request": "REQUEST"}


@dataclass(frozen=True, slots=True)
class Act:
    """A verbal deed about another deed.

    Attributes:
        first, last: the trigger's tokens, half-open.
        about: the verb of the deed spoken of.
        realis: None where the words round the trigger decide.
    """

    token: int
    first: int
    last: int
    type: EventType
    mode: str | None
    cameo: str | None
    sides: Sides
    about: int
    realis: Realis | None = None


class Operators:
    """Finds verbal deeds about deeds in one parse."""

    def __init__(self, lexicon: EventLexicon, frames: Frames, triggers: Triggers, sides: SideFinder) -> None:
        self.lexicon = lexicon
        self.frames = frames
        self.triggers = triggers
        self.sides = sides
        self.parse: Parse = frames.parse

    def at(self, token: int) -> Act | None:
        """The verbal deed the word at `token` does to the clause it takes, or None."""
        for operator in self.lexicon.operators.get(self.parse.lemmas[token], ()):
            act = self._by_operator(token, operator)
            if act is not None:
                return act
        return None

    # ------------------------------------------------------------- agreed to, refused to, threatened to, asked to

    def _by_operator(self, token: int, operator: Operator) -> Act | None:
        parse = self.parse
        inner = self._about(token)
        if inner is None or not self._takes(token, inner, operator):
            return None
        hit = self._deed(inner)
        kind = self._kind(operator.kind, parse.lemmas[token], hit, token)
        if kind is None:
            return None
        sides = self._sides(token, inner, operator, hit, kind)
        if not sides.actors:
            return None
        realis: Realis | None = "planned" if kind == "intend" else None
        return self._act(token, (token, token + 1), kind, sides, inner, hit, realis)

    def by_noun(self, noun: int) -> Act | None:
        """The verbal deed a noun does to the clause it takes ("plans *to withdraw*", "a refusal *to talk*"), or None."""
        parse = self.parse
        operator = self.lexicon.operator_nouns.get(parse.lemmas[noun])
        inner = next((c for c in parse.children_by(noun, "acl") if c > noun and self._to_infinitive(c)), None)
        if operator is None or inner is None:
            return None
        hit = self._deed(inner)
        kind = self._kind(operator.kind, parse.lemmas[noun], hit, noun)
        actors = tuple(t for one in self.frames.of_noun(noun) for t in self.frames.nouns.group(self.frames.resolve(one)))
        if kind is None or hit is None or not actors:
            return None
        recipients = tuple(t for t in self._inner_recipients(inner, hit) if t not in actors)
        realis: Realis | None = "planned" if kind == "intend" else None
        return self._act(noun, (noun, noun + 1), kind, Sides(actors, recipients), inner, hit, realis)

    def _about(self, token: int) -> int | None:
        parse = self.parse
        inner = self.frames.complement(token)
        if inner is not None:
            return inner
        for child in parse.children[token]:
            if parse.deps[child] in ("advcl", "acl") and child > token and self._to_infinitive(child):
                return child
            if parse.deps[child] == "prep" and parse.lowers[child] in ("to", "on", "upon", "for"):
                below = parse.child(child, "pcomp")
                if below is not None:
                    return below
        return None

    def _to_infinitive(self, verb: int) -> bool:
        parse = self.parse
        return any(parse.lowers[c] == "to" and parse.deps[c] == "aux" for c in parse.children[verb])

    def _takes(self, token: int, inner: int, operator: Operator) -> bool:
        parse = self.parse
        lemma = parse.lemmas[token]
        if operator.kind == "commit" and parse.pos[token] == "VERB" and any(
            token < o < inner and not parse.lowers[o].endswith(("self", "selves")) for o in parse.children_by(token, "dobj")
        ):
            return False
        if operator.kind == "intend":
            return self._to_infinitive(inner) or parse.tags[inner] == "VBG"
        if operator.kind in ("commit", "refuse", "threaten") and parse.pos[token] in ("VERB", "ADJ", "AUX"):
            if lemma in ("warn", "accept", "propose") and not self._will(inner):
                return lemma == "accept" and self._to_infinitive(inner)
            return self._to_infinitive(inner) or self._will(inner) or parse.deps[inner] == "pcomp"
        if operator.kind == "request":
            if lemma == "call" and parse.lowers[token + 1] not in ("on", "upon", "for"):
                return False
            if parse.pos[token] != "VERB" or any(parse.lowers[c] in ("whether", "if", "how", "why", "what") for c in parse.children[inner]):  # fmt: skip
                return False
            return self._to_infinitive(inner) or (lemma not in _INFINITIVE_ONLY and self._wanted(token, inner))
        return False

    def _will(self, verb: int) -> bool:
        parse = self.parse
        return any(parse.deps[c] == "aux" and parse.lowers[c] in (*_FUTURE, "would", "'d", "’d") for c in parse.children[verb])

    def _wanted(self, token: int, inner: int) -> bool:
        """A that-clause that asks: bare verb ("demanded that it *leave*"), "must", "should"."""
        parse = self.parse
        if any(parse.deps[c] == "aux" and parse.lowers[c] in _MUST for c in parse.children[inner]):
            return True
        return parse.lemmas[token] in ("demand", "request", "urge", "require") and parse.deps[inner] == "ccomp"

    def _kind(self, kind: str, lemma: str, hit: Hit | None, token: int) -> str | None:
        hostile = hit is not None and QUAD[hit.entry.type] == _MATERIAL_CONFLICT
        if kind == "intend":
            return kind if hit is not None and QUAD[hit.entry.type] <= 2 and not self._negated(token) else None
        if kind == "commit" and hostile and lemma in _VOWS:
            return "threaten"
        if kind == "threaten" and lemma in ("vow", "swear", "warn") and not hostile:
            return None
        if lemma == "fail" and (hit is None or hit.entry.type not in ("SUPPORT", "AGREE")) and not self._reaches(token):
            return None
        if lemma in ("offer", "decide") and hostile and kind == "commit" and hit.entry.type != "MOBILIZE":
            return None
        if kind == "commit" and self._negated(token):
            return "refuse"
        return kind

    def _reaches(self, token: int) -> bool:
        inner = self.frames.complement(token)
        if inner is None or self.parse.lemmas[inner] not in self.lexicon.reach:
            return False
        pacts = ("agreement", "deal", "accord", "compromise", "consensus", "pact", "treaty", "settlement", "breakthrough")
        return any(self.parse.lemmas[o] in pacts for o in self.frames.of(inner).objects) or self.parse.lemmas[inner] == "agree"

    def _negated(self, token: int) -> bool:
        return any(self.parse.deps[c] == "neg" for c in self.parse.children[token])

    def _deed(self, verb: int) -> Hit | None:
        """The deed spoken of: the verb's own, the noun's it carries, or that of the verb it begins or helps."""
        hit = self.triggers.verb(verb)
        for noun in self.frames.of(verb).objects:
            if hit is None or hit.objects != self.frames.of(verb).objects:
                break
            by_noun = self.triggers.noun(noun) if self.triggers.light_verb(verb) and not hit.entry.object else None
            hit = by_noun or hit
        if hit is None:
            nouns = [self.triggers.noun(n) for n in self.frames.of(verb).objects] if self.triggers.light_verb(verb) else []
            hit = next((n for n in nouns if n is not None), None)
        if hit is None and self.parse.lemmas[verb] in self.lexicon.begins:
            below = self.frames.complement(verb)
            hit = None if below is None else self.triggers.verb(below)
        return hit

    def _sides(self, token: int, inner: int, operator: Operator, hit: Hit | None, kind: str) -> Sides:
        frame = self.frames.of(token) if self.parse.pos[token] != "ADJ" else self.frames.of(self.parse.heads[token])
        actors = tuple(self.sides.acting(t) for t in frame.subjects)
        recipients = self.sides.recipients(operator.recipient, frame, frame.objects, strict=True)
        if not recipients and kind != "request":
            recipients = self._inner_recipients(inner, hit)
        elif not recipients:
            recipients = self.sides.recipients(("object", "complement-subject"), frame, frame.objects, strict=False)
        if not recipients and kind == "request":
            subject = self.parse.children_by(inner, "nsubj", "nsubjpass")
            recipients = tuple(subject) if subject and self.frames.nouns.is_party(subject[0]) else self._inner_recipients(inner, hit)
        recipients = tuple(t for t in recipients if t not in actors)
        sides = Sides(tuple(dict.fromkeys(actors)), recipients)
        together = len(sides.actors) > 1 or self._coordinated(sides.actors)
        mutual = kind == "commit" and together and not any(self.frames.nouns.is_party(t) for t in recipients)
        failed_together = self.parse.lemmas[token] == "fail" and (together or bool(recipients))
        return sides.both() if mutual or failed_together else sides

    def _coordinated(self, actors: tuple[int, ...]) -> bool:
        """ "Norland and Sudmark officials": one noun phrase in which several parties are named."""
        parse = self.parse
        return any(
            parse.tags[t] in ("NNS", "NNPS") and any(parse.child(c, "cc", "conj") is not None for c in parse.children[t] if c < t)
            for t in actors
        )

    def _inner_recipients(self, inner: int, hit: Hit | None) -> tuple[int, ...]:
        if hit is not None:
            found = self.sides.of(hit).recipients
            if found:
                return found
        return self.sides.generic(inner) or tuple(self.frames.nearby_places(inner)[:1])

    def _act(self, token: int, span: tuple[int, int], kind: str, sides: Sides, inner: int, hit: Hit | None,
             realis: Realis | None = None) -> Act:  # fmt: skip
        inner_type = hit.entry.type if hit is not None else ""
        codes = {"commit": _AGREE_CODE, "intend": _AGREE_CODE, "refuse": _REJECT_CODE, "request": _REQUEST_CODE, "threaten": _THREAT_CODE}[kind]
        root = {"commit": "030", "intend": "030", "refuse": "120", "request": "100", "threaten": "130"}[kind]
        modes = {"commit": {}, "intend": {}, "refuse": _MODES, "request": _MODES, "threaten": _THREAT_MODES}[kind]
        return Act(token, *span, _TYPE_OF[kind], modes.get(inner_type), codes.get(inner_type, root), sides, inner, realis)

    # ------------------------------------------------------------- will, will not, must

    def by_modal(self, hit: Hit) -> Act | None:
        """What the future tense makes of a deed: "will release" is agreed to, "will not release" refused, "will
        attack" threatened; None where its verb stands in no future tense or the deed is none that can be promised."""
        parse, verb = self.parse, hit.frame.verb
        modal = next((c for c in parse.children[verb] if parse.deps[c] == "aux" and parse.lowers[c] in (*_FUTURE, "would")), None)
        if modal is None and hit.entry.type == "CONCEDE" and self._negated(verb) and not hit.frame.passive:
            return self._act(verb, (verb, hit.last), "refuse", self.sides.of(hit), verb, hit)
        if modal is None or parse.pos[verb] not in ("VERB", "AUX"):
            return None
        told = self._told_by_actor(verb)
        if parse.lowers[modal] == "would" and not told:
            return None
        if any(parse.lowers[c] in ("if", "unless", "whether") and parse.deps[c] == "mark" for c in parse.children[verb]):
            return None
        if parse.deps[verb] in ("relcl", "advcl"):
            return None
        kind = self._future_kind(hit, verb)
        sides = self.sides.settle(hit, self.sides.of(hit))
        if kind is None or not sides.actors or hit.frame.passive:
            return None
        realis: Realis | None = None if told or kind == "refuse" else "planned"
        return self._act(verb, (modal, hit.last), kind, sides, verb, hit, realis)

    def _future_kind(self, hit: Hit, verb: int) -> str | None:
        quad = QUAD[hit.entry.type]
        if self._negated(verb) or any(self.parse.lowers[c] == "never" for c in self.parse.children[verb]):
            return "refuse" if quad <= 2 or hit.entry.type == "AGREE" else None
        if quad == _MATERIAL_CONFLICT:
            return "threaten"
        return "commit" if quad <= 2 and hit.entry.type != "AGREE" else None

    def _told_by_actor(self, verb: int) -> bool:
        """Whether the clause is what its own subject says ("*Norland* said *it* will ...")."""
        parse = self.parse
        head = parse.heads[verb]
        return head != verb and parse.deps[verb] == "ccomp" and parse.lemmas[head] in self.lexicon.says

    def by_obligation(self, token: int) -> Act | None:
        """What somebody says another must do: "Norland said the rebels must leave"; None where it is no such saying."""
        parse = self.parse
        if parse.lemmas[token] not in self.lexicon.says:
            return None
        inner = self.frames.complement(token)
        if inner is None or parse.deps[inner] != "ccomp" or not self._obliged(inner):
            return None
        subject = parse.children_by(inner, "nsubj", "nsubjpass")
        speakers = self.frames.of(token).subjects
        if not subject or not speakers:
            return None
        asked = [one for t in subject for one in self.frames.nouns.group(self.frames.resolve(t))]
        recipients = tuple(t for t in asked if self.frames.nouns.is_party(t) and t not in speakers and parse.lowers[t] not in ("we", "i"))
        if not recipients:
            return None
        return self._act(token, (token, token + 1), "request", Sides(speakers, recipients), inner, self._deed(inner))

    def _obliged(self, verb: int) -> bool:
        parse = self.parse
        if any(
            parse.deps[c] == "aux" and parse.lowers[c] in ("must", "should", "ought") and c != parse.left_edge[verb]
            for c in parse.children[verb]
        ):
            return True
        return parse.lemmas[verb] in ("have", "need") and parse.child(verb, "xcomp") is not None
