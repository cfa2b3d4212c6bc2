"""The main point of what was said under a plain cue: the act of its first sentences, by grammar and word lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from diurna.annotate.parse import Parse
from diurna.annotate.statements.actwords import ActLexicon
from diurna.annotate.statements.clausefacts import Clause
from diurna.annotate.statements.cues import load_cues
from diurna.annotate.statements.grammar import Tokens
from diurna.annotate.statements.reported import Finding
from diurna.model.record import Act

_LONGEST = 60
_MODALS = frozenset({"will", "would", "'ll", "’ll", "can", "could", "may", "might", "must", "should", "shall"})
_OURS = frozenset({"i", "we", "my", "our", "me", "us", "let"})


def verbal(parse: Parse, found: Finding) -> bool:
    """Whether a verb or noun tells of the statement, not a colon after a name."""
    return any(parse.pos[i] in ("VERB", "AUX", "NOUN") for i in found.cue)


def clauses(parse: Parse, found: Finding) -> Iterator[tuple[Tokens, int]]:
    """Each sentence of the content, with the verb it hangs on."""
    for first, last in found.content:
        start = first
        while start < last:
            end = min(parse.sentences[parse.sentence_of[start]][1], last)
            head = main_verb(parse, (start, end))
            if head is not None:
                yield (start, end), head
            start = end


def main_verb(parse: Parse, piece: Tokens) -> int | None:
    """The verb a sentence hangs on, or its first root where it has none."""
    first, last = piece
    for token in range(first, min(last, first + _LONGEST)):
        above = parse.heads[token]
        verbal = parse.pos[token] in ("VERB", "AUX") and parse.deps[token] not in ("aux", "auxpass")
        if verbal and (above == token or not first <= above < last):
            return token
    return parse.head_in(parse.span(first, last))


@dataclass(frozen=True, slots=True)
class MainPoint(Clause):
    """The readings of one sentence, in the order they are asked."""

    def act(self) -> Act:
        """The first of the readings that fits."""
        readings = (
            self._asked,
            self._performed,
            self._wanted,
            self._expected,
            self._obliged,
            self._future,
            self._planned,
            self._denied,
            self._weighed,
        )
        return next((act for act in (read() for read in readings) if act), "assert")

    def _asked(self) -> Act | None:
        """A question put to somebody."""
        last = self.piece[1] - 1
        near = range(max(self.piece[0], last - 1), min(last + 2, len(self.parse)))
        same = self.parse.sentence_of[last] == self.parse.sentence_of[self.head]
        spoken = self._direct or not verbal(self.parse, self.found)
        return "ask" if spoken and same and any(self.parse.words[i] == "?" for i in near) else None

    def _performed(self) -> Act | None:
        """An act done by naming it: "we urge", "I thank", "let us"; an order."""
        who, verb = self._subject, self.head
        if self.found.lemma == "suggest" and self.parse.tags[verb] == "VB" and not self._modals:
            return "propose"
        if not self._direct and self._own and not self._negated and not self._modals:
            act = self._by_verb(verb)
            return act if act in ("praise", "condemn") else None
        if not self._direct or self._negated or self._modals & _MODALS:
            return None
        if who is None:
            return self._ordered(verb)
        if self.words.has("speaking_own", self.parse.lowers[who]) and self.parse.tags[verb] in ("VBP", "VB"):
            return self._by_verb(verb)
        return None

    def _ordered(self, verb: int) -> Act | None:
        if self.parse.tags[verb] != "VB" or verb > self.piece[0] + 3:
            return None
        return "express" if self.parse.lemmas[verb] == "let" else "demand"

    def _wanted(self) -> Act | None:
        """What is to be done, said without "must": "it is time to", "please", "we count on them to"."""
        lemma = self.parse.lemmas[self.head]
        if lemma == "be" and self._has_infinitive and any(self.parse.lemmas[c] == "time" for c in self._named):
            return "demand"
        if lemma == "count" and self._own and self.parse.child(self.head, "prep", "prt") is not None:
            return "demand"
        if lemma == "want" and self._own and not self._negated:
            inner = self.parse.child(self.head, "ccomp", "xcomp")
            other = None if inner is None else self.parse.child(inner, "nsubj")
            return None if other is None or self.parse.lowers[other] in _OURS else "demand"
        please = any(self.parse.lowers[c] == "please" for c in self.parse.children[self.head])
        return "demand" if please and self.parse.tags[self.head] in ("VB", "VBP") else None

    def _expected(self) -> Act | None:
        """What is expected, hoped for or held ready, whoever is the subject."""
        lemma = self.parse.lemmas[self.head]
        passive = self.parse.child(self.head, "auxpass") is not None
        if self.words.has("expecting", lemma) and (self._own or passive):
            return "predict"
        if lemma == "be" and self._predicate() & {"likely", "unlikely"}:
            return "predict"
        if lemma == "stand" and self._predicate() & {"ready"}:
            return "promise"
        forward = lemma == "look" and any(self.parse.lowers[c] == "forward" for c in self.parse.children[self.head])
        if (forward or self.words.has("hoping", lemma)) and (self._own or forward):
            return "express"
        noun = self.parse.child(self.head, "dobj")
        given = self._own and noun is not None and self.words.has("giving", lemma)
        act = self.words.nouns.get(self.parse.lemmas[noun]) if given and noun is not None else None
        return act if act in ("express", "praise") else None

    def _by_verb(self, verb: int) -> Act | None:
        """What "I" or "we" do by saying the verb."""
        lemma = self.parse.lemmas[verb]
        if self.words.has("standing_by", lemma):
            return "express"
        matches = load_cues().verb_matches(self.parse, verb)
        if self.words.has("unperforming", lemma) or not matches:
            return None
        act = self.words.cues.get(lemma, matches[0].word.acts[0][1])
        return None if act == "assert" else act

    def _obliged(self) -> Act | None:
        for verb in (self.head, *self.parse.children_by(self.head, "conj")):
            modals = {self.parse.lowers[c] for c in self.parse.children[verb] if self.parse.deps[c] == "aux"}
            past = self.parse.tags[verb] == "VBN" and "have" in modals
            if modals & self.words.words["obliging"] and not past:
                return "demand"
        who = self._subject
        alone = who is not None and self.parse.lowers[who] == "i"
        needs = not alone and self.parse.lemmas[self.head] in self.words.words["needing"]
        return "demand" if needs and self.parse.child(self.head, "xcomp") is not None else None

    def _future(self) -> Act | None:
        modals = self._modals
        verb, coming = self.head, modals & self.words.words["futures"]
        if not coming and self.parse.lemmas[verb] == "go" and self.parse.tags[verb] == "VBG":
            verb = next((c for c in self.parse.children_by(verb, "xcomp")), verb)
            coming = {"will"} if verb != self.head else set()
        if not coming:
            return None
        would = coming == {"would"}
        if would and self.parse.lemmas[verb] in self.words.words["wishing"]:
            return "express"
        if would and (self.parse.lemmas[verb] in self.words.words["holding"] or "have" in modals):
            return None
        return self._bound(verb)

    def _bound(self, verb: int) -> Act:
        """What a future is: the speaker's own deed, news, a warning, or a prediction."""
        lemma = self.parse.lemmas[verb]
        if self._answers:
            return "assert"
        if self.words.has("opining", self.found.lemma):
            return "predict"
        passive = any(self.parse.deps[c] in ("auxpass", "nsubjpass") for c in self.parse.children[verb])
        own = self._own_deed(lemma, passive=passive) if self._own else None
        if own is not None:
            return own
        if self.found.lemma in self.words.words["informing"] or (passive and lemma not in ("remember", "see")):
            return "announce"
        who = self._subject
        lasting = lemma == "continue" and who is not None and self.parse.pos[who] == "PROPN"
        return "warn" if self._mentions("harms") else "promise" if lasting else "predict"

    def _own_deed(self, lemma: str, *, passive: bool) -> Act | None:
        """What a future of one's own is: weighed, refused, threatened or promised."""
        if self.words.has("weighing", lemma):
            return "announce"
        if self._negated:
            return "refuse"
        if self.words.has("harming", lemma):
            return "threaten"
        return None if passive or self.words.has("standing", lemma) else "promise"

    def _planned(self) -> Act | None:
        return "announce" if self._is_plan or self._enacted else self._committed()

    @property
    def _is_plan(self) -> bool:
        """Whether somebody plans, is to do, may do or weighs something."""
        lemma = self.parse.lemmas[self.head]
        told = self.found.lemma in self.words.words["informing"]
        passive = self.parse.child(self.head, "auxpass") is not None
        if self.words.has("planning", lemma) and (self._own or told or passive or lemma in ("plan", "intend")):
            return True
        if lemma == "be" and self._is_to:
            return True
        may = self._modals & {"may", "might"} and "have" not in self._modals
        if self._speakers_own and may and not self.words.has("standing", lemma):
            return True
        return self._own and self.words.has("weighing", lemma) and self.parse.tags[self.head] == "VBG"

    def _committed(self) -> Act | None:
        """Whether one's own side is ready or bound to do something."""
        lemma = self.parse.lemmas[self.head]
        ready = self._predicate() & {"committed", "determined", "ready", "prepared", "willing"}
        if self._own and lemma == "be" and ready:
            return "refuse" if self._negated else "promise"
        return "promise" if self._own and lemma == "commit" else None

    @property
    def _is_to(self) -> bool:
        """Whether something is arranged to be done ("they are to build", "he is to continue")."""
        inner = self.parse.child(self.head, "xcomp")
        named = self._subject is not None and self.parse.pos[self._subject] in ("PROPN", "PRON")
        near = inner is not None and inner - self.head <= 3 and self.parse.tags[inner] == "VB"
        return near and named and self.parse.child(self.head, "attr", "acomp") is None

    @property
    def _enacted(self) -> bool:
        """Whether the speaker's own side has done or is doing what is news ("had cancelled", "are suspending")."""
        lemma, tag = self.parse.lemmas[self.head], self.parse.tags[self.head]
        done = tag in ("VBN", "VBG") or (tag == "VBD" and not self._direct)
        return done and self._speakers_own and not self._negated and self.words.has("enacting", lemma)

    def _denied(self) -> Act | None:
        inward = self.words.has("inward", self.parse.lemmas[self.head]) or bool(self._modals & {"can", "could", "ca"})
        if (
            self._negated
            and (self._own or self._of_ours)
            and not inward
            and not self._mentions("owning")
            and self._past
        ):
            return "deny"
        nothing = self.parse.child(self.head, "dobj")
        if self._own and nothing is not None and self.parse.lowers[nothing] == "nothing" and self._has_infinitive:
            return "deny"
        predicate = self._predicate()
        if predicate & self.words.words["denying"]:
            return "deny"
        lacking = any(
            self.parse.lowers[c] == "no" and self.parse.lemmas[i] in self.words.words["absent"]
            for i in range(*self.piece)
            for c in self.parse.children_by(i, "det")
        )
        return "deny" if lacking and self.parse.lemmas[self.head] == "be" else None

    def _weighed(self) -> Act | None:
        """Fault owned, thanks, feeling, blame and judgement, by their words."""
        readings: tuple[tuple[Act, bool], ...] = (
            ("admit", self._own and self._mentions("owning")),
            ("accuse", self._mentions("unjustly")),
            ("praise", self._direct and self._mentions("thanking")),
            ("express", self._direct and self._feels),
            ("express", self._own and bool(self._predicate() & self.words.words["feeling"])),
            ("accuse", not self._own and self._blames()),
            ("warn", self._looms()),
        )
        return next((act for act, fits in readings if fits), None) or self._judged()

    def _looms(self) -> bool:
        """Whether the clause says that a danger is there."""
        who = self._subject
        named = {self.parse.lemmas[who]} if who is not None else set()
        return self.parse.lemmas[self.head] == "be" and bool((named | self._predicate()) & self.words.words["dangers"])

    def _blames(self) -> bool:
        if self.parse.child(self.head, "auxpass") is not None and not self.words.has("charging", self.found.lemma):
            return False
        below = (self.head, *self.parse.children_by(self.head, "xcomp", "conj"))
        deeds = {self.parse.lemmas[v] for v in below}
        commits = "commit" in deeds and self._mentions("wrongs")
        if self._somebody and deeds & self.words.words["harmful"]:
            return True
        being = self.parse.lemmas[self.head] == "be"
        if being and self._predicate() & self.words.words["guilty"]:
            return True
        ploy = being and any(self.words.has("wrongs", self.parse.lemmas[c]) for c in self._named)
        means = {self.parse.lemmas[i] for c in self._named for i in self._near(c) if self.parse.tags[i] == "VB"}
        return bool((deeds | means) & self.words.words["wronging"]) or commits or ploy

    def _judged(self) -> Act | None:
        """Good or bad by what is said of the subject; a direct quotation condemns by any of its words."""
        predicate = set() if self._negated else self._predicate()
        if not self._negated and self.parse.tags[self.head] == "VBN" and self._passive:
            predicate.add(self.parse.lowers[self.head])
        bad, good = len(predicate & self.words.words["bad"]), len(predicate & self.words.words["good"])
        if bad != good:
            return "condemn" if bad > good else "praise"
        if not self._direct:
            return None
        value = _value(self.parse, self.words, self.piece)
        if value < 0:
            return "accuse" if self._somebody and self.parse.lemmas[self.head] != "be" else "condemn"
        verbless = self.parse.pos[self.head] not in ("VERB", "AUX")
        return "praise" if value > 1 or (value and verbless) else None


def valued(parse: Parse, words: ActLexicon, piece: Tokens, otherwise: Act) -> Act:
    """Praise or condemnation by which of the two has more words in a piece."""
    value = _value(parse, words, piece)
    if value == 0 and any(parse.lemmas[i] in words.words["guilty"] for i in range(*piece)):
        return "accuse"
    return "praise" if value > 0 else "condemn" if value < 0 else otherwise


def _value(parse: Parse, words: ActLexicon, piece: Tokens) -> int:
    value = 0
    for token in range(*piece):
        terms = (parse.lemmas[token], parse.lowers[token])
        value += any(t in words.words["good"] for t in terms) - any(t in words.words["bad"] for t in terms)
    return value
