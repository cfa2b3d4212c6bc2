"""Whether a deed happened: actual, planned, hypothetical, denied, possible or generic, by the words round it.

Climbs from the trigger to the root of its sentence. The first word that makes the deed less than actual decides; a
negated word of denial ("did not fail to") lets it stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from diurna.annotate.parse import Parse
from diurna.lexicon import Table, load, made_of
from diurna.model.record import Realis

_GROUPS = ("modals", "verbs", "objects", "nouns", "adjectives", "predicates", "adverbs")
_LABELS: tuple[Realis, ...] = ("denied", "planned", "possible", "hypothetical", "generic")
_PARTS = ("happening", "telling", "links", "marks", "conversation", "implicative", "ranks")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)\Z")
_MAX_CLIMB = 12
_MARKABLE = frozenset({"ccomp", "xcomp", "acl", "advcl", "pcomp", "csubj"})
_ARGUMENTS = frozenset({"relcl", "appos", "npadvmod", "nsubj", "nsubjpass", "poss"})
_COMPLEMENTS = frozenset({"xcomp", "ccomp", "dobj", "csubj", "oprd", "attr", "acomp", "dep"})
_SAYING_DEPS = frozenset({"ccomp", "parataxis"})


@dataclass(frozen=True, slots=True)
class RealisLexicon:
    """`realis.toml` by word: what each word makes of the deed it stands with."""

    modals: dict[str, Realis]
    verbs: dict[str, Realis]
    objects: dict[str, Realis]
    nouns: dict[str, Realis]
    adjectives: dict[str, Realis]
    predicates: dict[str, Realis]
    adverbs: dict[str, Realis]
    happening: frozenset[str]
    telling: frozenset[str]
    without: frozenset[str]
    noun_links: frozenset[str]
    verb_links: frozenset[str]
    strong_links: frozenset[str]
    asking_links: frozenset[str]
    marks: frozenset[str]
    negative_determiners: frozenset[str]
    negative_subjects: frozenset[str]
    meeting: frozenset[str]
    said: frozenset[str]
    implicative: frozenset[str]
    ranks: frozenset[str]
    performing: frozenset[str]


@made_of("realis")
def realis_lexicon(language: str = "en") -> RealisLexicon:
    """The words of realis of a language, checked and loaded once.

    Raises:
        LexiconError: `realis.toml` is missing or has faults.
    """
    table = load("realis", language, check_realis)
    return RealisLexicon(
        **{group: _by_word(table[group]) for group in _GROUPS},
        happening=frozenset(table["happening"]["words"]),
        telling=frozenset(table["telling"]["words"]),
        without=frozenset(table["links"]["without"]),
        noun_links=frozenset(table["links"]["noun"]),
        verb_links=frozenset(table["links"]["verb"]),
        strong_links=frozenset(table["links"]["strong"]),
        asking_links=frozenset(table["links"]["asking"]),
        marks=frozenset(table["marks"]["hypothetical"]),
        negative_determiners=frozenset(table["marks"]["negative_determiners"]),
        negative_subjects=frozenset(table["marks"]["negative_subjects"]),
        meeting=frozenset(table["conversation"]["meeting"]),
        said=frozenset(table["conversation"]["said"]),
        implicative=frozenset(table["implicative"]["words"]),
        ranks=frozenset(table["ranks"]["words"]),
        performing=frozenset(table["conversation"]["performing"]),
    )


def _by_word(group: dict[str, list[str]]) -> dict[str, Realis]:
    return {word: label for label in reversed(_LABELS) for word in group.get(label, [])}


def check_realis(table: Table) -> list[str]:
    """A sentence for every fault in the table of realis words."""
    faults = [f"[{group}] is missing" for group in (*_GROUPS, *_PARTS) if group not in table]
    for group in _GROUPS:
        for label, words in table.get(group, {}).items():
            if label not in _LABELS:
                faults.append(f"[{group}]: {label!r} is no realis")
            faults += [f"[{group}] {label} lists {w!r} twice" for w in sorted({w for w in words if words.count(w) > 1})]
    return faults


_ALONE = frozenset({"ROOT", "ccomp", "parataxis", "dep"})
_ASKING = frozenset({"call", "urge", "ask", "demand", "request", "appeal", "press", "insist", "implore", "beg"})
_CHAIN = 12
"""Joined verbs that are followed back to the first."""


class RealisFinder:
    """Judges the realis of words of one parse."""

    def __init__(self, parse: Parse, lexicon: RealisLexicon) -> None:
        self.parse = parse
        self.lexicon = lexicon

    def of(self, token: int, carrier: int | None = None, *, settled: bool = False) -> Realis:
        """The realis of the deed `token` tells of.

        Args:
            carrier: the light verb that carries a noun ("will launch an *attack*").
            settled: the deed is the saying itself ("will not agree"): only what is round its clause counts.
        """
        parse = self.parse
        is_noun = parse.pos[token] in ("NOUN", "PROPN", "ADJ") and parse.tags[token][:2] not in ("VB", "MD")
        if is_noun:
            own = self._noun_itself(token)
            if own != "actual":
                return own
        node = token if carrier is None else carrier
        if not settled and parse.pos[node] in ("VERB", "AUX"):
            own = self._verb_itself(node)
            if own != "actual":
                return own
        return self._outside(node)

    # ------------------------------------------------------------- the word itself

    def _verb_itself(self, verb: int) -> Realis:
        """What the verb's own auxiliaries, negations and adverbs say."""
        parse, lexicon = self.parse, self.lexicon
        if self._marked(verb):
            return "hypothetical"
        if self._asked_for(verb):
            return "planned"
        children = parse.children[verb]
        modals = (lexicon.modals.get(parse.lowers[c]) for c in children if parse.deps[c] == "aux")
        adverbs = [lexicon.adverbs.get(parse.lowers[c]) for c in children if parse.deps[c] in ("advmod", "preconj")]
        negated = "denied" in adverbs or any(self._negative(c) for c in children)
        negated = negated or parse.negated_before(verb) is not None
        adverb = next((label for label in adverbs if label not in (None, "denied")), None)
        return self._weigh(next((m for m in modals if m is not None), None), adverb, negated, verb)

    def _asked_for(self, verb: int) -> bool:
        """Whether a verb is a bare form of its own: an order, or one of a list of things asked for."""
        parse, first, steps = self.parse, verb, 0
        while parse.deps[first] == "conj" and parse.heads[first] < first and steps < _CHAIN:
            first, steps = parse.heads[first], steps + 1
        own = ("aux", "auxpass", "nsubj", "nsubjpass", "expl")
        if parse.tags[verb] not in ("VB", "VBP") or any(parse.deps[c] in own for c in parse.children[verb]):
            return False
        if first != verb and parse.lemmas[first] in _ASKING and parse.tags[first] != "VB":
            return parse.tags[verb] == "VB"  # "We *call* for an inquiry; *release* all prisoners"
        is_bare = parse.tags[first] in ("VB", "VBP") and not any(parse.deps[c] in own for c in parse.children[first])
        return is_bare and parse.deps[first] in _ALONE

    def _negative(self, child: int) -> bool:
        """Whether a child of a verb denies it: "not", "nobody" as its subject, "no shots" as its object."""
        parse, lexicon = self.parse, self.lexicon
        dep = parse.deps[child]
        if dep not in ("nsubj", "nsubjpass", "dobj"):
            return dep == "neg"
        if dep != "dobj" and parse.lowers[child] in lexicon.negative_subjects:
            return True
        return any(
            parse.deps[c] in ("det", "neg") and parse.lowers[c] in lexicon.negative_determiners
            for c in parse.children[child]
        )

    def _weigh(self, modal: Realis | None, adverb: Realis | None, negated: bool, verb: int) -> Realis:
        if negated:
            return modal if modal == "possible" and self._says_may(verb) else "denied"
        if modal is not None:
            return "planned" if modal == "hypothetical" and self._shifted_future(verb) else modal
        if adverb is not None and (adverb != "generic" or self._present(verb)):
            return adverb
        return "generic" if self._habitual(verb) else "actual"

    def _says_may(self, verb: int) -> bool:
        return any(self.parse.lowers[c] in ("may", "might") for c in self.parse.children[verb])

    def _shifted_future(self, verb: int) -> bool:
        """Whether it is the future as told in the past ("said it would")."""
        parse = self.parse
        head = parse.heads[verb]
        would = any(parse.lowers[c] in ("would", "'d", "’d") for c in parse.children[verb] if parse.deps[c] == "aux")
        return would and parse.deps[verb] in _SAYING_DEPS and parse.tags[head] in ("VBD", "VBN", "VBG")

    def _present(self, verb: int) -> bool:
        return self.parse.tags[verb] in ("VBZ", "VBP", "VB") and not any(
            self.parse.lowers[c] in ("did", "had", "has", "have") for c in self.parse.children[verb]
        )

    def _habitual(self, verb: int) -> bool:
        """Bare plurals in the plain present: "governments impose sanctions"."""
        parse = self.parse
        if parse.tags[verb] != "VBP" or any(parse.deps[c] in ("aux", "auxpass") for c in parse.children[verb]):
            return False
        if parse.deps[verb] == "advcl" or self._somewhere(verb):
            return False
        subject = parse.child(verb, "nsubj")
        return subject is not None and parse.tags[subject] == "NNS" and not parse.children[subject]

    def _somewhere(self, verb: int) -> bool:
        """Whether a named place is given: then even the plain present tells of one deed ("gunmen attack in Karo")."""
        parse = self.parse
        return any(
            parse.tags[o].startswith("NNP")
            for c in parse.children_by(verb, "prep")
            for o in parse.children_by(c, "pobj")
        )

    def _noun_itself(self, noun: int) -> Realis:
        parse, lexicon = self.parse, self.lexicon
        for child in parse.children[noun]:
            dep, word = parse.deps[child], parse.lowers[child]
            if dep in ("amod", "compound", "advmod", "nmod") and word in lexicon.adjectives:
                return lexicon.adjectives[word]
            if dep in ("det", "neg") and word in lexicon.negative_determiners:
                return "denied"
        return "actual"

    # ------------------------------------------------------------- what is round it

    def _outside(self, token: int) -> Realis:
        """What the clauses and phrases round the word say, nearest first."""
        parse = self.parse
        node = token
        for _ in range(_MAX_CLIMB):
            head = parse.heads[node]
            if head == node:
                return "actual"
            found, stop = self._step(node, head)
            if found != "actual" or stop:
                return found
            node = head
        return "actual"

    def _step(self, node: int, head: int) -> tuple[Realis, bool]:
        """What the link from `node` to its head says, and whether the climb ends there."""
        parse = self.parse
        dep = parse.deps[node]
        if dep in _MARKABLE and self._marked(node):
            return "hypothetical", True
        if dep in _ARGUMENTS:
            to_come = dep == "relcl" and self._infinitive(node) and not self._ranked(head)
            return ("planned" if to_come else self._as_argument(head, dep)), True
        if dep in ("prep", "agent", "dative"):
            return self._preposition(node, head)
        if dep == "acl":
            return self._noun_governor(head, node), True
        if dep in ("advcl", "conj"):
            return self._adverbial(node) if dep == "advcl" else self._shared(node, head)
        return self._complement(node, head, dep) if dep in _COMPLEMENTS else ("actual", False)

    def _adverbial(self, node: int) -> tuple[Realis, bool]:
        """Purpose is planned, a participle is as real as its clause; other clauses stand for themselves.

        What somebody met somebody to say was said ("spoke with him to *thank* him").
        """
        if self._infinitive(node):
            parse, lexicon = self.parse, self.lexicon
            said = parse.lemmas[node] in lexicon.said and parse.lemmas[parse.heads[node]] in lexicon.meeting
            return ("actual", False) if said else ("planned", True)
        return "actual", not self._participle(node)

    def _complement(self, node: int, head: int, dep: str) -> tuple[Realis, bool]:
        if self.parse.pos[head] in ("VERB", "AUX"):
            return self._verb_governor(node, head, dep)
        if dep in ("xcomp", "ccomp") and self.parse.pos[head] in ("ADJ", "NOUN"):
            performed = self._performed(node, self.parse.lowers[head])
            return ("actual", False) if performed else (self._predicate(head), True)
        return "actual", False

    def _as_argument(self, head: int, dep: str) -> Realis:
        """What a clause says of a deed that is its subject ("the talks never took place", "were cancelled")."""
        parse = self.parse
        if dep not in ("nsubj", "nsubjpass") or parse.pos[head] not in ("VERB", "AUX"):
            return "actual"
        lemma = parse.lemmas[head]
        if dep == "nsubjpass":
            label = self.lexicon.objects.get(lemma)
            return self._verb_itself(head) if label is None else self._negate(label, head)
        return self._verb_itself(head) if lemma in self.lexicon.happening else "actual"

    def _marked(self, verb: int) -> bool:
        """Whether "if", "unless", "whether" opens the clause, or "should", "were", "had" before its subject."""
        parse, marks = self.parse, self.lexicon.marks
        for child in parse.children[verb]:
            dep, word = parse.deps[child], parse.lowers[child]
            if word in marks and dep in ("mark", "advmod", "prep"):
                return True
            if dep == "aux" and word in ("should", "were", "had") and child == parse.left_edge[verb]:
                return True
        return False

    def _infinitive(self, verb: int) -> bool:
        parse = self.parse
        return any(parse.lowers[c] == "to" and parse.deps[c] == "aux" for c in parse.children[verb])

    def _participle(self, verb: int) -> bool:
        return self.parse.tags[verb] in ("VBG", "VBN") and self.parse.child(verb, "mark", "nsubj", "aux") is None

    def _shared(self, node: int, head: int) -> tuple[Realis, bool]:
        """What a coordinated verb shares with the one before it: its modal, unless it has one or a subject itself."""
        parse = self.parse
        if parse.pos[head] not in ("VERB", "AUX") or parse.pos[node] not in ("VERB", "AUX"):
            return "actual", False
        if parse.child(node, "nsubj", "nsubjpass", "aux") is not None or parse.tags[node] in ("VBD", "VBZ", "VBP"):
            return "actual", False
        own = self._verb_itself(head)
        return (own, True) if own in ("planned", "possible", "hypothetical") else ("actual", False)

    def _preposition(self, node: int, head: int) -> tuple[Realis, bool]:
        """What the words round a preposition say of the deed after it ("without firing", "called for talks")."""
        parse, lexicon = self.parse, self.lexicon
        word, inside = parse.lowers[node], parse.child(node, "pcomp") is not None
        if word in lexicon.without:
            return "denied", True
        if parse.pos[head] == "ADJ" and inside and parse.lemmas[head] in lexicon.predicates:
            return self._predicate(head), True
        if parse.pos[head] == "NOUN":
            return (self._noun_governor(head, node) if word in lexicon.noun_links else "actual"), True
        if (
            parse.pos[head] in ("VERB", "AUX")
            and word in lexicon.verb_links
            and (inside or word in lexicon.strong_links)
        ):
            return self._through_verb(head, word, inside=inside), True
        if parse.pos[head] == "VERB" and not inside and word in ("during", "at"):
            own = self._verb_itself(head)  # "will speak *during* the talks"
            return (own, True) if own in ("planned", "possible", "hypothetical") else ("actual", True)
        return "actual", not inside

    def _through_verb(self, verb: int, preposition: str, *, inside: bool) -> Realis:
        lemma = self.parse.lemmas[verb]
        label = self.lexicon.verbs.get(lemma, "actual")
        doubted = label in ("denied", "hypothetical") or (label == "possible" and inside)
        asked = label == "planned" and preposition in self.lexicon.asking_links and lemma not in ("be", "have", "go")
        return self._negate(label, verb) if doubted or asked else "actual"

    def _noun_governor(self, noun: int, node: int) -> Realis:
        """What a noun says of the deed in its complement ("plans to ...", "the threat of ...")."""
        parse = self.parse
        performed = self._performed(node, parse.lemmas[noun])
        if parse.deps[node] == "acl" and (performed or self._ranked(noun)):
            return "actual"
        label = self.lexicon.nouns.get(parse.lemmas[noun])
        if label is not None and (parse.deps[node] != "acl" or self._infinitive(node)):
            return label
        if parse.deps[node] == "acl" and self._infinitive(node):
            return "planned"
        return "actual"

    def _ranked(self, noun: int) -> bool:
        """Whether somebody is the first, last or only one to have done it ("the 21st nation *to sign*")."""
        parse = self.parse
        return any(
            parse.lowers[c] in self.lexicon.ranks or _ORDINAL.match(parse.lowers[c]) for c in parse.children[noun]
        )

    def _predicate(self, head: int) -> Realis:
        label = self.lexicon.predicates.get(
            self.parse.lemmas[head], self.lexicon.nouns.get(self.parse.lemmas[head], "planned")
        )
        copula = self.parse.heads[head]
        return "denied" if self._negated(head) or self._negated(copula) else label

    def _negated(self, verb: int) -> bool:
        parse = self.parse
        return parse.negated_before(verb) is not None or any(
            parse.deps[c] == "neg" or (parse.deps[c] == "advmod" and parse.lowers[c] == "never")
            for c in parse.children[verb]
        )

    def _negate(self, label: Realis, head: int) -> Realis:
        """Two denials are none: "did not prevent the attack"; what was not planned or ordered is denied."""
        if not self._negated(head):
            return label
        return "actual" if label == "denied" else "denied"

    def _verb_governor(self, node: int, head: int, dep: str) -> tuple[Realis, bool]:
        """What a verb says of its complement or, for a deed named by a noun, of its object."""
        parse = self.parse
        lemma = parse.lemmas[head]
        label = self.lexicon.verbs.get(lemma, "actual")
        if dep in ("dobj", "attr", "acomp", "oprd"):
            label = self.lexicon.objects.get(lemma, "actual") if dep == "dobj" else self._alleged(head)
        elif lemma in ("be", "have", "go", "come", "keep") and not self._infinitive(node):
            label = "actual"
        if lemma in ("have", "be") and self._infinitive(node) and self._yet(head, node):
            return "denied", True
        if self._performed(node, lemma):
            return "actual", False
        if dep == "ccomp" and self._finite(node):
            return self._told(label, node, head)
        if label == "actual":
            if dep == "xcomp" and self._infinitive(node) and self._for_purpose(head, node):
                return "planned", True
            own = self._verb_itself(head)
            return ("actual", False) if own == "generic" else (own, own != "actual")
        return self._negate(label, head), True

    def _for_purpose(self, head: int, node: int) -> bool:
        """Whether an infinitive after an object tells what it is for ("created a commission *to examine* ...")."""
        parse = self.parse
        given = parse.child(head, "dobj")
        return given is not None and given < node and parse.lemmas[head] not in self.lexicon.implicative

    def _yet(self, head: int, node: int) -> bool:
        """Whether a deed is still to come ("has *yet* to concede", "is *yet* to be signed")."""
        parse = self.parse
        return any(parse.lowers[c] == "yet" for verb in (head, node) for c in parse.children[verb])

    def _performed(self, node: int, governor: str) -> bool:
        """Whether saying it does it ("I want to *thank* you", "it is a pleasure to *welcome* you")."""
        return governor in self.lexicon.performing and self.parse.lemmas[node] in self.lexicon.said

    def _alleged(self, copula: int) -> Realis:
        """What the subject clause of a copula says ("what they *alleged* was an attack")."""
        subject = self.parse.child(copula, "csubj", "csubjpass")
        label = "actual" if subject is None else self.lexicon.verbs.get(self.parse.lemmas[subject], "actual")
        return "possible" if label == "possible" else "actual"

    def _told(self, label: Realis, node: int, head: int) -> tuple[Realis, bool]:
        """A deed in a that-clause: told is attributed, not doubted, unless the verb itself denies or plans it."""
        past = label == "planned" and self.parse.tags[node] in ("VBD", "VBN")  # nobody plans what has happened
        if label == "actual" or past or self.parse.lemmas[head] in self.lexicon.telling:
            return "actual", True
        return self._negate(label, head), True

    def _finite(self, verb: int) -> bool:
        parse = self.parse
        return parse.tags[verb] in ("VBD", "VBZ", "VBP", "VBN", "VBG") or any(
            parse.deps[c] == "aux" and parse.lowers[c] != "to" for c in parse.children[verb]
        )
