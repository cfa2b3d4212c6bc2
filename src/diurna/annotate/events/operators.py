"""Deeds that are done by speaking of other deeds: agreeing, refusing, threatening and asking to do something.

"Norland agreed to withdraw" is an agreement (done) about a withdrawal (planned); so is "is ready to". `futures` reads
the same out of "will", "will not" and "must".
"""

from __future__ import annotations

from dataclasses import dataclass

from diurna.annotate.events.event_lexicon import EventLexicon, Operator
from diurna.annotate.events.frames import Frame, Frames
from diurna.annotate.events.sides import SideFinder
from diurna.annotate.events.sidesources import Sides
from diurna.annotate.events.triggers import Hit, Triggers
from diurna.annotate.parse import Parse
from diurna.model.record import QUAD, EventType, Realis

MATERIAL_CONFLICT = 4
_STATES = frozenset({"know", "understand", "remember", "feel", "think", "enjoy", "imagine", "believe"})
"""What one can be wished, not asked, to do ("we want them to *know*")."""

_OWN_SIDE = frozenset({"he", "she", "it", "we", "i", "they"})
"""Pronouns that in a condition mostly stand for whoever makes it ("not until *he* is satisfied")."""

_SWAPS = frozenset({"exchange", "swap", "trade"})
"""What two who agree to it do with each other, whatever or whoever is handed over."""

_QUESTIONS = frozenset({"whether", "if", "how", "why", "what"})


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


@dataclass(frozen=True, slots=True)
class Matter:
    """What a verbal deed is about: the verb of the clause it takes, and the deed that clause tells of, if any."""

    verb: int
    hit: Hit | None

    @property
    def quad(self) -> int:
        """The quad class of the deed; 0 where it is none the lexicon knows."""
        return QUAD[self.hit.entry.type] if self.hit is not None else 0


class Operators:
    """Finds verbal deeds about deeds in one parse."""

    def __init__(self, lexicon: EventLexicon, frames: Frames, triggers: Triggers, sides: SideFinder) -> None:
        self.lexicon = lexicon
        self.grammar = lexicon.grammar
        self.frames = frames
        self.nouns = frames.nouns
        self.triggers = triggers
        self.sides = sides
        self.parse: Parse = frames.parse

    def at(self, token: int) -> Act | None:
        """The verbal deed the verb or adjective at `token` does to the clause it takes, or None."""
        for operator in self.lexicon.operators.get(self.triggers.lemma(token), ()):
            inner = self._about(token)
            if inner is None or not self._takes(token, inner, operator):
                continue
            matter = self.matter(inner)
            kind = self._kind(operator.kind, token, matter)
            if kind is None:
                continue
            sides = self._sides(token, matter, operator, kind)
            if sides.actors:
                return self.act((token, token, token + 1), kind, sides, matter, "planned" if kind == "intend" else None)
        return None

    def at_noun(self, noun: int) -> Act | None:
        """The verbal deed a noun does to the clause it takes ("plans *to withdraw*", "a refusal to"), or None."""
        parse = self.parse
        operator = self.lexicon.operator_nouns.get(parse.lemmas[noun])
        inner = next((c for c in parse.children_by(noun, "acl") if c > noun and self.frames.to_infinitive(c)), None)
        if operator is None or inner is None:
            return None
        matter = self.matter(inner)
        none = any(parse.lowers[c] == "no" and parse.deps[c] == "det" for c in parse.children[noun])
        kind = self._denied(operator.kind, matter) if none else self._kind(operator.kind, noun, matter)
        owners = [self.frames.pronouns.resolve(token) for token in self.frames.of_noun(noun)]
        actors = tuple(one for token in owners for one in self.nouns.group(token))
        if kind is None or matter.hit is None or not actors:
            return None
        asked = self.parse.children_by(inner, "nsubj") if kind == "request" else []
        recipients = tuple(t for t in asked or self._recipients_of(matter) if t not in actors)
        realis: Realis | None = "planned" if kind == "intend" else None
        return self.act((noun, noun, noun + 1), kind, Sides(actors, recipients), matter, realis)

    def _denied(self, kind: str, matter: Matter) -> str | None:
        """The refusal it is to have none ("has *no plans* to resume talks"), where the matter is a friendly one."""
        return "refuse" if kind in ("intend", "commit") and 1 <= matter.quad <= 2 else None

    def act(
        self, where: tuple[int, int, int], kind: str, sides: Sides, matter: Matter, realis: Realis | None = None
    ) -> Act:
        """The act of this kind about this matter; `where` is its token and the first and last token of its trigger."""
        row = self.lexicon.acts[kind]
        about = matter.hit.entry.type if matter.hit is not None else ""
        code, mode = row.codes.get(about, row.code), row.modes.get(about)
        return Act(*where, row.type, mode, code, sides, matter.verb, realis)

    # ------------------------------------------------------------- the clause it takes

    def _about(self, token: int) -> int | None:
        parse = self.parse
        inner = self.frames.complement(token)
        if inner is not None:
            return inner
        for child in parse.children[token]:
            if parse.deps[child] in ("advcl", "acl") and child > token and self.frames.to_infinitive(child):
                return child
            if parse.deps[child] == "prep" and parse.lowers[child] in ("to", "on", "upon", "for"):
                below = parse.child(child, "pcomp")
                if below is not None:
                    return below
        return None

    def _takes(self, token: int, inner: int, operator: Operator) -> bool:
        """Whether the clause stands to the word as the operator asks."""
        if operator.kind == "intend":
            return self.frames.to_infinitive(inner) or self.parse.tags[inner] == "VBG"
        if operator.kind == "request":
            return self._asks(token, inner)
        if operator.kind in ("commit", "refuse") and self._has_object_between(token, inner):
            return False
        if self.parse.lemmas[token] == "warn" and self._may(inner):
            return True
        if self.parse.lemmas[token] in ("warn", "accept", "propose") and not self._will(inner):
            return self.parse.lemmas[token] == "accept" and self.frames.to_infinitive(inner)
        return self.frames.to_infinitive(inner) or self._will(inner) or self.parse.deps[inner] == "pcomp"

    def _has_object_between(self, token: int, inner: int) -> bool:
        """Whether the infinitive is the object's, not the verb's ("pledged support for a plan to ...")."""
        parse = self.parse
        return parse.pos[token] == "VERB" and any(
            token < o < inner
            and not self.nouns.is_time(o)
            and not (parse.deps[inner] == "ccomp" and self.nouns.is_party(o))
            and not parse.lowers[o].endswith(("self", "selves"))
            for o in parse.children_by(token, "dobj")
        )

    def _asks(self, token: int, inner: int) -> bool:
        parse, lemma = self.parse, self.parse.lemmas[token]
        if parse.pos[token] != "VERB" or any(parse.lowers[c] in _QUESTIONS for c in parse.children[inner]):
            return False
        if lemma == "want" and parse.child(inner, "nsubj") is None:  # "wants to go" asks nobody
            return False
        if lemma == "call" and parse.lowers[token + 1] not in ("on", "upon", "for"):
            return False
        if parse.tags[inner] in ("VB", "VBP") and self._that(inner) and parse.child(inner, "aux") is None:
            return True  # "asked that Norland *withdraw*"
        return self.frames.to_infinitive(inner) or (
            lemma not in self.grammar.infinitive_only and self._wanted(token, inner)
        )

    def _that(self, verb: int) -> bool:
        mark, subject = self.parse.child(verb, "mark"), self.parse.child(verb, "nsubj")
        if subject is None or mark is None or self.parse.lowers[mark] != "that":
            return False
        past = self.parse.tags[self.parse.heads[verb]] in ("VBD", "VBN")  # "insisted that the rebels *leave*"
        return self.parse.tags[subject] in ("NNP", "NN") or (past and self.parse.tags[subject] in ("NNS", "NNPS"))

    def _wanted(self, token: int, inner: int) -> bool:
        """A that-clause that asks: bare verb ("demanded that it *leave*"), "must", "should"."""
        parse, duty = self.parse, self.grammar.duty
        if any(parse.deps[c] == "aux" and parse.lowers[c] in duty for c in parse.children[inner]):
            return True
        return parse.lemmas[token] in self.grammar.that_request and parse.deps[inner] == "ccomp"

    def _may(self, verb: int) -> bool:
        return any(self.parse.lowers[c] in ("could", "may", "might") for c in self.parse.children_by(verb, "aux"))

    def _will(self, verb: int) -> bool:
        parse, future = self.parse, self.grammar.future
        return any(
            parse.deps[c] == "aux" and (parse.lowers[c] in future or parse.lowers[c] in ("would", "'d", "’d"))
            for c in parse.children[verb]
        )

    def matter(self, verb: int) -> Matter:
        """The deed a clause tells of: its verb's own, the noun's that verb carries, or that of the verb it begins."""
        hit = self.triggers.verb(verb)
        if (hit is None or not hit.entry.object) and self.triggers.light_verb(verb):
            carried = (self.triggers.noun(noun) for noun in self.frames.of(verb).objects)
            hit = next((one for one in carried if one is not None), hit)
        if hit is None and self.parse.lemmas[verb] in self.grammar.begin:
            below = self.frames.complement(verb)
            hit = None if below is None else self.triggers.verb(below)
        return Matter(verb, hit)

    # ------------------------------------------------------------- what it amounts to

    def _kind(self, kind: str, token: int, matter: Matter) -> str | None:
        """The kind of act, once the matter is known: a vow of violence is a threat, a failure mostly nothing."""
        lemma, hostile = self.parse.lemmas[token], matter.quad == MATERIAL_CONFLICT
        negated = self.frames.negated(token)
        if kind == "intend":
            return kind if 1 <= matter.quad <= 2 and not negated else None
        if kind == "threaten" and lemma in (*self.grammar.vows, "warn") and not hostile:
            return kind if self._on_terms(matter) else None
        if (lemma == "fail" and not self._fails_to_agree(matter)) or self._empty(kind, token, matter):
            return None
        if kind == "commit" and hostile:
            return self._hostile_commitment(lemma, matter)
        return "refuse" if kind == "commit" and negated else kind

    def _on_terms(self, matter: Matter) -> bool:
        """Whether a deed nobody has a word for is told as a threat ("it would shut the tap unless *Norland* paid")."""
        if matter.hit is not None:
            return False
        subject = self.parse.child(matter.verb, "nsubj")
        own = subject is None or self.parse.lowers[subject] in ("it", "they", "he", "she", "we")
        return own and bool(self.warned(matter.verb))

    def _empty(self, kind: str, token: int, matter: Matter) -> bool:
        """Whether nobody is asked or promised anything: "want them to know", "is committed to advancing peace"."""
        parse = self.parse
        if matter.hit is not None:
            return False
        wished = kind == "request" and parse.lemmas[matter.verb] in _STATES
        return wished or (parse.lemmas[token] == "commit" and parse.tags[token] == "VBN")

    def _hostile_commitment(self, lemma: str, matter: Matter) -> str | None:
        if lemma in self.grammar.vows:
            return "threaten"
        moves = matter.hit is not None and matter.hit.entry.type == "MOBILIZE"
        fights = matter.hit is not None and matter.hit.entry.type == "ASSAULT"
        if fights and lemma in ("willing", "ready", "prepared", "poised", "determined"):
            return "threaten"
        return None if lemma in ("offer", "decide") and not moves else "commit"

    def _fails_to_agree(self, matter: Matter) -> bool:
        if matter.hit is not None and matter.hit.entry.type in ("SUPPORT", "AGREE"):
            return True
        parse, lemma = self.parse, self.parse.lemmas[matter.verb]
        reached = any(parse.lemmas[o] in self.grammar.reached for o in self.frames.of(matter.verb).objects)
        return lemma in self.grammar.reach and (reached or lemma == "agree")

    # ------------------------------------------------------------- its sides

    def _sides(self, token: int, matter: Matter, operator: Operator, kind: str) -> Sides:
        adjective = self.parse.pos[token] == "ADJ"
        frame = self.frames.of(self.parse.heads[token] if adjective else token)
        actors = self._actors(frame, kind)
        recipients = self.sides.recipients(operator.recipient, frame, frame.objects, strict=True)
        if not recipients and kind == "request":
            recipients = self._asked(frame, matter)
        recipients = self.sides.others(actors, recipients or self._recipients_of(matter))
        if kind in ("threaten", "refuse") and not any(self.nouns.is_place_or_party(t) for t in recipients):
            recipients = self.warned(matter.verb) or self.warned(token) or recipients
        if not recipients and kind in ("threaten", "request"):
            recipients = self._addressed(token)
        if not recipients and kind == "refuse":
            makers = (self.sides.maker(t) for t in self.frames.of(matter.verb).objects)
            recipients = tuple(t for t in makers if t is not None and "PRONOUN" not in self.nouns.kinds(t))
        recipients = self.sides.others(actors, recipients)
        together = len(actors) > 1 or self._coordinated(actors) or self._both(actors)
        swapped = self.parse.lemmas[matter.verb] in _SWAPS
        joint = swapped or (matter.hit is not None and matter.hit.entry.type in ("COOPERATE", "CONSULT"))
        aside = joint and all(swapped or self._about_whom(t) for t in recipients)  # "to share data *on Norland*"
        aside = aside or (matter.quad < 3 and all(self.sides.is_where(t) for t in recipients))  # "to meet *in Norland*"
        agreed = kind == "commit" and together and (aside or not any(self.nouns.is_party(t) for t in recipients))
        recipients = () if agreed else recipients
        failed = self.parse.lemmas[token] == "fail" and (together or bool(recipients))
        sides = Sides(actors, recipients)
        return sides.both() if agreed or failed else sides

    def _actors(self, frame: Frame, kind: str) -> tuple[int, ...]:
        adjectival = frame.passive and kind in ("commit", "intend")  # "is committed to", "were prepared to"
        return tuple(dict.fromkeys(self.sides.acting(t) for t in (frame.objects if adjectival else frame.subjects)))

    def _asked(self, frame: Frame, matter: Matter) -> tuple[int, ...]:
        """Who is asked where nobody named is: whoever the object or the clause's subject says."""
        found = self.sides.recipients(("complement-subject",), frame, frame.objects, strict=True)
        found = found or self.sides.recipients(("object",), frame, frame.objects, strict=False)
        if found:
            return found
        subject = self.parse.children_by(matter.verb, "nsubj", "nsubjpass")
        return tuple(subject) if subject and self.nouns.is_party(subject[0]) else ()

    def _about_whom(self, token: int) -> bool:
        """Whether a party is only what is spoken or known about."""
        parse = self.parse
        return parse.deps[token] == "pobj" and parse.lowers[parse.heads[token]] in ("on", "about", "over", "in")

    def _coordinated(self, actors: tuple[int, ...]) -> bool:
        """Whether one noun phrase names several parties ("Norland and Sudmark officials")."""
        parse = self.parse
        return any(
            parse.tags[t] in ("NNS", "NNPS")
            and any(parse.child(c, "cc", "conj") is not None for c in parse.children[t] if c < t)
            for t in actors
        )

    def _both(self, actors: tuple[int, ...]) -> bool:
        """Whether one noun phrase counts out the two who agree ("the *two* governments", "*both* sides")."""
        parse = self.parse
        return any(
            parse.lowers[c] in ("two", "both")
            for t in actors
            if parse.tags[t] in ("NNS", "NNPS")
            for c in parse.children[t]
        )

    def warned(self, verb: int) -> tuple[int, ...]:
        """Whose doing a threat depends on ("will strike unless *the government* gives in")."""
        parse, conditions = self.parse, self.grammar.conditions | self.grammar.terms
        for child in parse.children_by(verb, "advcl"):
            mark = parse.child(child, "mark")
            if mark is not None and parse.lowers[mark] in conditions:
                subjects = self.frames.of(child).subjects
                return tuple(t for t in subjects if self.nouns.is_party(t) and parse.lowers[t] not in _OWN_SIDE)
        return ()

    def _addressed(self, verb: int) -> tuple[int, ...]:
        """Whom the clause round a deed of words speaks to ("wrote to *Norland*, threatening to leave")."""
        parse = self.parse
        governor = parse.heads[verb]
        if parse.deps[verb] not in ("advcl", "acl") or parse.tags[verb] != "VBG" or parse.pos[governor] != "VERB":
            return ()
        frame = self.frames.of(governor)
        return tuple(t for t in (*frame.given, *frame.after("to")) if self.nouns.is_party(t) and t < verb)

    def _recipients_of(self, matter: Matter) -> tuple[int, ...]:
        if matter.hit is not None:
            found = self.sides.of(matter.hit).recipients
            if found:
                return found
        return self.sides.generic(matter.verb) or tuple(self.frames.nearby_places(matter.verb)[:1])
