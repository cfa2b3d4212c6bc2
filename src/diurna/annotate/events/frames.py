"""The grammar of a verb or event noun: who does it, what it is done to, and what hangs on it by prepositions.

Works out what is understood as well as what is written: passives, relatives, participles, control, coordination.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from diurna.annotate.events.parties import Nouns
from diurna.annotate.events.pronouns import Pronouns
from diurna.annotate.events.voice import RELATIVES, Voice
from diurna.annotate.parse import Parse

_JUDGING = frozenset({"ACCUSE", "COERCE", "SANCTION"})
"""Types done to somebody for what he did."""
_MAX_CLIMB = 8
_MAX_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands round one verb, as head tokens of noun phrases.

    Attributes:
        subjects: who does it, understood subjects included; empty where the text leaves it open.
        objects: what it is done to; the subject of a passive.
        given: the indirect object ("gave *Greece* a loan").
        preps: (preposition, object) of the verb and of its objects, in text order.
        complement: the verb of the clause it takes, or None.
    """

    verb: int
    passive: bool
    subjects: tuple[int, ...]
    objects: tuple[int, ...]
    given: tuple[int, ...]
    preps: tuple[tuple[str, int], ...]
    complement: int | None

    def after(self, *prepositions: str) -> list[int]:
        """Objects of these prepositions, in the order of the prepositions asked for."""
        return [token for wanted in prepositions for word, token in self.preps if word == wanted]


class Frames:
    """Builds frames over one parse, each once."""

    def __init__(self, nouns: Nouns) -> None:
        self.nouns = nouns
        self.grammar = nouns.lexicon.grammar
        self.parse: Parse = nouns.parse
        self.voice = Voice(nouns)
        self.pronouns = Pronouns(nouns, self.voice)
        self._built: dict[int, Frame] = {}

    def of(self, verb: int) -> Frame:
        """The frame of a verb."""
        frame = self._built.get(verb)
        if frame is None:
            frame = self._built[verb] = self._build(verb)
        return frame

    def _build(self, verb: int) -> Frame:
        passive = self.voice.is_passive(verb)
        objects = self._objects(verb, passive)
        spread = self._spread([o for o in objects if o != verb])
        return Frame(
            verb,
            passive,
            tuple(self._spread(self.voice.agents(verb) if passive else self.subjects(verb))),
            tuple(spread),
            tuple(self._given(verb)),
            tuple(self._preps(verb, [o for o in spread if self.parse.heads[o] != o])),
            self.complement(verb),
        )

    def _spread(self, tokens: list[int]) -> list[int]:
        found: list[int] = []
        for token in tokens:
            found += [one for one in self.nouns.group(self.pronouns.resolve(token)) if one not in found]
        return found

    # ------------------------------------------------------------- subjects

    def subjects(self, verb: int, depth: int = 0) -> list[int]:
        """The written or understood grammatical subject of a verb, as head tokens (coordination not spread)."""
        parse = self.parse
        own = self.voice.own_subject(verb)
        if own and self._met(verb) is not None:
            own = self.voice.own_subject(parse.heads[verb])
        if own:
            return [self.pronouns.antecedent(token, verb) for token in own[-1:]]
        if parse.child(verb, "csubj", "csubjpass") is not None:
            return []
        astray = [c for c in parse.children_by(verb, "npadvmod", "dep") if c < verb and self._named_party(c)]
        if astray:
            return astray[:1]
        head, dep = parse.heads[verb], parse.deps[verb]
        if head == verb or depth > _MAX_CLIMB:
            return []
        main = self.voice.told_apart(verb)
        return self._understood(verb, head, dep, depth + 1) if main is None else self.subjects(main, depth + 1)

    def _met(self, verb: int) -> int | None:
        """Whom the clause round a purpose is about, taken for its subject ("spoke with *Jan Novak* to thank him")."""
        parse = self.parse
        if parse.deps[verb] != "advcl" or not self.to_infinitive(verb):
            return None
        mark = parse.child(verb, "mark")
        return parse.child(verb, "nsubj") if mark is not None and parse.lowers[mark] == "with" else None

    def _named_party(self, token: int) -> bool:
        """Whether the pipeline took a party's name for an adverbial ("Norland massed troops" for "today ...")."""
        return self.parse.tags[token].startswith("NNP") and self.nouns.is_party(token)

    def _understood(self, verb: int, head: int, dep: str, depth: int) -> list[int]:
        if dep in ("acl", "relcl"):
            return self._of_participle(verb, head, depth)
        if dep == "xcomp":
            return self._controller(head, depth)
        if dep in ("conj", "advcl", "ccomp", "parataxis", "dep", "acomp"):
            return self._outer(head, depth)  # "*the army* is guilty of violating ..." by its adjective
        if dep in ("pcomp", "pobj"):
            return self._under_preposition(head, depth)
        return self.of_noun(verb, depth) if self.parse.pos[verb] == "NOUN" else []

    def _of_participle(self, verb: int, head: int, depth: int) -> list[int]:
        """Who acts in a clause that hangs on a noun: the noun, or who does what an infinitive or event noun tells."""
        parse = self.parse
        if any(parse.lowers[c] == "to" and parse.deps[c] == "aux" for c in parse.children[verb]):
            return self._of_purpose(head, depth) or self._given_leave(head) or self.of_noun(head, depth)
        if parse.tags[verb] == "VBG" and parse.deps[head] == "dobj" and parse.lemmas[head] in self.nouns.lexicon.nouns:
            return self.of_noun(head, depth) or [head]  # "*students* staged a protest demanding ..."
        if parse.tags[verb] == "VBG" and parse.lemmas[head] in self.grammar.platforms:
            return self.of_noun(head, depth) or [head]  # "*the minister* wrote on Twitter blaming ..."
        return [head]

    def _given_leave(self, noun: int) -> list[int]:
        """Who is to do what a noun given to him asks ("gave *Norland* a deadline to ..."), unless it is a promise."""
        parse, promises = self.parse, self.nouns.lexicon.operator_nouns
        governor = parse.heads[noun]
        if parse.deps[noun] != "dobj" or parse.lemmas[governor] not in self.grammar.giving:
            return []
        return [] if parse.lemmas[noun] in promises else parse.children_by(governor, "dative")

    def _of_purpose(self, noun: int, depth: int) -> list[int]:
        """Who acts in an infinitive the pipeline hung on a name ("*Norland* spoke with Jan Novak to thank him")."""
        parse, node = self.parse, noun
        if not parse.tags[noun].startswith("NNP"):
            return []
        if parse.deps[node] == "pobj":
            node = parse.heads[node]
        governor = parse.heads[node]
        if parse.deps[node] not in ("dobj", "prep") or parse.pos[governor] != "VERB":
            return []
        return [] if parse.lemmas[governor] in self.grammar.control else self.subjects(governor, depth)

    def _outer(self, head: int, depth: int) -> list[int]:
        """The subject of the clause round this one; the doer where that one is a passive with its doer named."""
        if self.parse.pos[head] in ("VERB", "AUX", "ADJ"):
            return self.subjects(head, depth)
        return []

    def _controller(self, head: int, depth: int) -> list[int]:
        parse = self.parse
        if parse.pos[head] == "ADJ" and parse.deps[head] == "acomp":
            return self.subjects(parse.heads[head], depth)  # "*I* am pleased to welcome ..."
        if self._rung_up(head):
            return self.subjects(head, depth)
        if parse.lemmas[head] in self.grammar.control:
            if self.voice.is_passive(head):
                return self.subjects(head, depth)
            objects = [o for o in parse.children_by(head, "dobj", "dative") if not self.nouns.is_time(o)]
            if not objects:
                objects = [
                    t
                    for p in parse.children_by(head, "prep")
                    for t in parse.children_by(p, "pobj")
                    if self.nouns.is_party(t)
                ]
            if objects:
                return objects[:1]
        return self.subjects(head, depth)

    def _rung_up(self, verb: int) -> list[int]:
        """Whom somebody rings up to say something himself ("called *the president* to thank him"); else nobody."""
        parse = self.parse
        if parse.lemmas[verb] != "call":
            return []
        clauses = parse.children_by(verb, "xcomp", "advcl")
        if not any(parse.lemmas[c] in self.grammar.ringing and self.to_infinitive(c) for c in clauses):
            return []
        return [t for t in parse.children_by(verb, "dobj", "oprd") if self.nouns.is_party(t)]

    def _under_preposition(self, preposition: int, depth: int) -> list[int]:
        parse = self.parse
        governor = parse.heads[preposition]
        if governor == preposition:
            return []
        if parse.pos[governor] in ("NOUN", "PROPN"):
            return self.of_noun(governor, depth)
        if parse.lowers[preposition] == "for" and (blamed := self._blamed(governor)):
            return blamed
        if parse.lemmas[governor] in self.grammar.control and not self.voice.is_passive(governor):
            objects = parse.children_by(governor, "dobj")
            if objects:
                return objects[:1]
        return self.subjects(governor, depth)

    def _blamed(self, verb: int) -> list[int]:
        """Who is punished or blamed for what he did ("sanctioned *the army* for shelling ..."); else nobody."""
        parse = self.parse
        if parse.pos[verb] not in ("VERB", "AUX") or not self._judges(verb):
            return []
        found = parse.children_by(verb, "nsubjpass") if self.voice.is_passive(verb) else parse.children_by(verb, "dobj")
        told = [t for t in found if self.nouns.is_party(t)]
        things = [*found, verb]
        below = (t for thing in things for p in parse.children_by(thing, "prep") for t in parse.children_by(p, "pobj"))
        aimed = (t for t in below if parse.lowers[parse.heads[t]] in ("on", "against") and self.nouns.is_party(t))
        return told[:1] or list(aimed)[:1]

    def _judges(self, verb: int) -> bool:
        """Whether a verb, or the measure it takes, punishes, blames or praises somebody."""
        lexicon, parse = self.nouns.lexicon, self.parse
        rows = [*lexicon.verbs.get(parse.lemmas[verb], ())]
        return any(entry.type in _JUDGING for entry in rows)

    def of_noun(self, noun: int, depth: int = 0) -> list[int]:
        """Who does what a noun announces: "*Iran's* decision to ...", "*Iran* announced plans to ..."."""
        parse = self.parse
        holder = self.nouns.holder(noun)
        if holder is not None and self.nouns.is_party(holder):
            return [holder]
        if self.nouns.is_party(noun) and parse.lemmas[noun] not in self.nouns.lexicon.nouns:
            return [noun]
        governor = parse.heads[noun]
        if governor == noun or depth > _MAX_CLIMB or parse.lemmas[governor] in self.grammar.thwarting:
            return []
        if parse.deps[noun] in ("dobj", "attr") and parse.pos[governor] in ("VERB", "AUX"):
            return self.subjects(governor, depth)
        if parse.deps[noun] == "pobj" and parse.pos[parse.heads[governor]] in ("VERB", "AUX"):
            return self.subjects(parse.heads[governor], depth)
        return []

    # ------------------------------------------------------------- objects and what hangs on them

    def _objects(self, verb: int, passive: bool) -> list[int]:
        parse = self.parse
        if passive:
            retained = parse.children_by(verb, "dobj")
            if retained and parse.lemmas[verb] in self.grammar.giving:
                return retained
            return self.subjects(verb)[:1]
        found = [o for o in parse.children_by(verb, "dobj") if not self.nouns.is_time(o)]
        found = [
            parse.heads[verb] if parse.deps[verb] == "relcl" and parse.lowers[o] in RELATIVES else o for o in found
        ]
        if found := found or self._rung_up(verb):
            return found
        if parse.deps[verb] == "relcl" and self._bare_relative(verb):
            return [parse.heads[verb]]
        return self._bound(verb) or self._shared(verb)

    def _shared(self, verb: int) -> list[int]:
        """The object of a verb right after it ("planned and carried out *an attack*")."""
        parse, follower = self.parse, self.parse.child(verb, "conj")
        if follower is not None and parse.pos[follower] == "VERB" and follower - verb <= 3:
            return parse.children_by(follower, "dobj")
        return []

    def _bound(self, verb: int) -> list[int]:
        """The object the pipeline took for the subject of an infinitive ("sentenced *the bank* to pay")."""
        parse = self.parse
        clause = parse.child(verb, "ccomp")
        if clause is None or not self.to_infinitive(clause) or parse.lemmas[verb] in self.grammar.wishing:
            return []
        subject = parse.child(clause, "nsubj")
        if (
            subject is None
            or not verb < parse.left_edge[subject] <= verb + 2
            or parse.child(clause, "mark") is not None
        ):
            return []
        return [subject]

    def _bare_relative(self, verb: int) -> bool:
        """Whether a relative clause is about its noun as object, with no relative word ("the town rebels captured")."""
        own = self.voice.own_subject(verb)
        return bool(own) and not any(self.parse.lowers[o] in ("who", "which") for o in own) and own[0] < verb

    def _given(self, verb: int) -> list[int]:
        parse = self.parse
        found: list[int] = []
        if (
            parse.lemmas[verb] in self.grammar.giving
            and parse.child(verb, "dobj") is not None
            and self.voice.is_passive(verb)
        ):
            found += self.subjects(verb)[:1]
        for child in parse.children[verb]:
            if parse.deps[child] == "dative":
                below = parse.child(child, "pobj")
                found += self.nouns.group(child if below is None else below)
        return found

    def _preps(self, verb: int, objects: list[int]) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        for node in (verb, *objects):
            self._gather(node, found, 0)
        for child in self.parse.children[verb]:
            if self.parse.deps[child] in ("prt", "advmod", "acomp", "attr", "oprd"):
                self._gather(child, found, 0)
            elif self.parse.deps[child] == "advcl" and (met := self._met(child)) is not None:
                found += [("with", one) for one in self.nouns.group(met)]
        return found

    def _gather(self, node: int, found: list[tuple[str, int]], depth: int) -> None:
        parse = self.parse
        for child in parse.children[node]:
            if parse.deps[child] not in ("prep", "dative"):
                continue
            if parse.lowers[child] in self.grammar.sources:
                continue
            governed = ("pobj", "dobj") if parse.tags[child] == "VBG" else ("pobj",)  # "following *a rally*"
            for below in parse.children_by(child, *governed):
                if parse.lemmas[below] in self.grammar.asides and parse.lowers[child] == "in":
                    continue
                if not self.nouns.is_time_or_amount(below):
                    found += [(parse.lowers[child], one) for one in self.nouns.group(below)]
                if depth < 2 and not self.nouns.is_party(below) and parse.lowers[child] not in self.grammar.apart:
                    self._gather(below, found, depth + 1)
            for inner in parse.children_by(child, "pcomp"):  # "its commitment to *supporting* Norland"
                found += [(parse.lowers[child], one) for one in parse.children_by(inner, "dobj")]
            for nested in parse.children_by(child, "prep"):
                found += [(parse.lowers[nested], one) for one in parse.children_by(nested, "pobj")]

    def complement(self, verb: int) -> int | None:
        """The verb of the clause a verb takes ("agreed to *withdraw*", "said it *released*"), or None."""
        parse = self.parse
        if (told := self.voice.inverted(verb)) is not None:
            return told
        for child in parse.children[verb]:
            if parse.deps[child] in ("xcomp", "ccomp") and parse.pos[child] in ("VERB", "AUX", "NOUN", "ADJ"):
                return child
        return None

    def purpose(self, verb: int) -> int | None:
        """The infinitive of purpose on a verb or on what it takes ("sent doctors *to help* ..."), or None."""
        parse = self.parse
        nodes = (verb, *parse.children_by(verb, "dobj"))
        clauses = (c for node in nodes for c in parse.children_by(node, "advcl", "acl", "relcl", "xcomp") if c > verb)
        return next((c for c in clauses if self.to_infinitive(c)), None)

    def to_infinitive(self, verb: int) -> bool:
        """Whether the verb is an infinitive with "to"."""
        parse = self.parse
        return any(parse.lowers[c] == "to" and parse.deps[c] == "aux" for c in parse.children[verb])

    def negated(self, verb: int) -> bool:
        """Whether "not" hangs on the word, or on the verb it is coordinated with ("did not admit or *deny*")."""
        parse = self.parse
        if parse.child(verb, "neg") is not None:
            return True
        return parse.negated_before(verb) is not None

    def noun_preps(self, noun: int) -> list[tuple[str, int]]:
        """(preposition, object) of everything that hangs on a noun by prepositions, nested ones included."""
        found: list[tuple[str, int]] = []
        self._gather(noun, found, 0)
        return found

    def nearby_places(self, token: int, *, deep: bool = False) -> list[int]:
        """Places named by "in", "at", "near" and the like within what hangs on `token`, those after it first.

        Args:
            deep: look into clauses of purpose as well ("gave a loan to build roads in ...").
        """
        parse = self.parse
        first, last = parse.left_edge[token], min(parse.right_edge[token] + 1, token + 40)
        after = [i for i in range(token + 1, last) if self._is_place_phrase(i, token, deep)]
        return after or [i for i in range(max(first, token - 40), token) if self._is_place_phrase(i, token, deep)]

    def _is_place_phrase(self, i: int, top: int, deep: bool) -> bool:
        parse = self.parse
        if (
            parse.deps[i] != "pobj"
            or parse.lowers[parse.heads[i]] not in self.grammar.located
            or not self.nouns.is_named_place(i)
        ):
            return False
        for node in islice(parse.ancestors(i), _MAX_DEPTH):
            if node == top:
                return True
            if parse.deps[node] == "pobj" and parse.lemmas[node] in self.grammar.asides:
                return False  # "in the *wake* of an attack in Norland"
            if parse.deps[node] in ("relcl", "ccomp", "conj", "appos", "nsubj") or (
                parse.deps[node] == "advcl" and not deep
            ):
                return False
        return False
