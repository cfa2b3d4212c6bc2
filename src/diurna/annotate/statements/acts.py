"""What is done by saying something: the act a cue names, or else the act of what was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import get_args

from diurna import lexicon
from diurna.annotate.parse import Parse
from diurna.annotate.statements.cues import load_cues
from diurna.annotate.statements.grammar import Tokens, subject
from diurna.annotate.statements.reported import Finding
from diurna.annotate.statements.speakers import load_speakers
from diurna.model.record import Act

_LISTS = (
    "informing", "unperforming", "obliging", "needing", "futures", "wishing", "planning", "weighing",
    "standing", "holding", "own", "speaking_own", "possessive", "bodies", "denying", "absent", "owning", "thanking",
    "feeling", "wronging", "wrongs", "bad", "good", "harming", "inward",
    "unjustly", "dangers", "people", "stands", "knowing",
    "minded", "bound", "guilty", "harmful", "standing_by", "charging",
)  # fmt: skip
_READ = frozenset({"quote", "that", "marked"})
_VALUED = frozenset({"call", "as"})
_SENTENCES = 3
"""Sentences of a long quotation that are looked at for its main point."""
_LONGEST = 60
_MODALS = frozenset({"will", "would", "'ll", "’ll", "can", "could", "may", "might", "must", "should", "shall"})
_OURS = frozenset({"i", "we", "my", "our", "me", "us", "let"})
_PHRASE = 8
"""Words past its head that still colour a phrase."""


@dataclass(frozen=True, slots=True)
class ActLexicon:
    """The word lists of `acts.toml`; `cues` and `nouns` give the act a verb, adjective or noun names by itself."""

    words: Mapping[str, frozenset[str]]
    cues: Mapping[str, Act]
    nouns: Mapping[str, Act]

    def has(self, name: str, word: str) -> bool:
        """Whether a list holds a word."""
        return word in self.words[name]


@lexicon.made_of("acts")
def load_acts(language: str = "en") -> ActLexicon:
    """The act lexicon of `language`, checked and loaded once."""
    table = lexicon.load("acts", language, _faults)
    return ActLexicon(
        {name: frozenset(table[name]) for name in _LISTS},
        {word: act for act, words in table["cues"].items() for word in words},
        {word: act for act, words in table["nouns"].items() for word in words},
    )


def _faults(table: lexicon.Table) -> list[str]:
    faults = lexicon.faults_in_words(table, *_LISTS)
    for acts in (table.get("cues", {}), table.get("nouns", {})):
        faults += lexicon.faults_in_words(acts, *acts)
        faults += [f"{act!r} is no act" for act in acts if act not in get_args(Act)]
    return faults


def act_of(parse: Parse, found: Finding) -> Act:
    """The act of a finding: what the cue names, or for a plain cue what its content does."""
    words = load_acts()
    act = _named(parse, words, found)
    if act == "assert" and found.frame not in ("that", "quote") and (told := _of_cue(parse, words, found)):
        return told
    if act == "express" and found.frame in _VALUED:
        return _valued(parse, words, found.content[0], "assert")
    if act in ("assert", "express") and found.frame == "obj":
        return _of_noun(parse, words, found, act)
    if _by_noun(parse, found) and _turned_down(parse, found):
        return "deny"
    if act != "assert" or found.frame not in _READ or words.has("knowing", found.lemma):
        return act
    return _said(parse, words, found)


def _turned_down(parse: Parse, found: Finding) -> bool:
    """Whether the noun that tells of the statement is denied itself ("denied all claims that")."""
    if parse.deps[found.anchor] != "dobj":
        return False
    matches = load_cues().verb_matches(parse, parse.heads[found.anchor])
    return any(match.word.act("obj") == "deny" for match in matches)


def _of_cue(parse: Parse, words: ActLexicon, found: Finding) -> Act | None:
    """The act of a noun or a state of mind in the cue: "sent our condolences to", "is proud to"."""
    for token in found.cue:
        if token == found.anchor and parse.pos[token] in ("VERB", "AUX"):
            continue
        if parse.pos[token] in ("NOUN", "PROPN") and (act := words.nouns.get(parse.lemmas[token])):
            return act
        if parse.pos[token] in ("ADJ", "VERB") and words.has("minded", parse.lowers[token]):
            return "promise" if words.has("bound", parse.lowers[token]) else "express"
    return None


def _by_noun(parse: Parse, found: Finding) -> bool:
    """Whether a noun is the cue ("the threat to")."""
    return found.shape.startswith("noun") or (found.shape == "doubtful" and parse.pos[found.anchor] == "NOUN")


def _named(parse: Parse, words: ActLexicon, found: Finding) -> Act:
    if found.frame == "quote" and found.act == "express":
        return "assert"
    named = (words.nouns if _by_noun(parse, found) else words.cues).get(found.lemma)
    if found.frame in ("inf", "ger") and found.shape.startswith("verb:"):
        return named if named and found.act == "express" else found.act
    return found.act if named is None or (found.frame in ("raise", "obj") and named == "assert") else named


def _of_noun(parse: Parse, words: ActLexicon, found: Finding, act: Act) -> Act:
    """The act of the noun a cue takes up: "expressed gratitude", "reiterated the call for", "reaffirmed support"."""
    first, last = found.content[0]
    head = parse.head_in(parse.span(first, last))
    if head is None:
        return act
    noun = parse.lemmas[head]
    return "express" if words.has("stands", noun) else words.nouns.get(noun, act)


def _said(parse: Parse, words: ActLexicon, found: Finding) -> Act:
    """The first act, in text order, that a sentence of the content clearly does; else a plain assertion."""
    clauses = islice(_clauses(parse, found), _SENTENCES)
    acts = [act for piece, head in clauses if (act := _Clause(parse, words, found, piece, head).act()) != "assert"]
    if not acts:
        return "assert"
    return "condemn" if acts[0] == "praise" and "condemn" in acts else acts[0]


def _clauses(parse: Parse, found: Finding) -> Iterator[tuple[Tokens, int]]:
    """Each sentence of the content, with the verb it hangs on."""
    for first, last in found.content:
        start = first
        while start < last:
            end = min(parse.sentences[parse.sentence_of[start]][1], last)
            head = _head(parse, (start, end))
            if head is not None:
                yield (start, end), head
            start = end


def _head(parse: Parse, piece: Tokens) -> int | None:
    """The verb a sentence hangs on, or its first root where it has none."""
    first, last = piece
    for token in range(first, min(last, first + _LONGEST)):
        above = parse.heads[token]
        verbal = parse.pos[token] in ("VERB", "AUX") and parse.deps[token] not in ("aux", "auxpass")
        if verbal and (above == token or not first <= above < last):
            return token
    return parse.head_in(parse.span(first, last))


@dataclass(frozen=True, slots=True)
class _Clause:
    """One sentence of what was said, with its main verb."""

    parse: Parse
    words: ActLexicon
    found: Finding
    piece: Tokens
    head: int

    def act(self) -> Act:
        """The first of the readings that fits."""
        readings = (
            self._asked,
            self._performed,
            self._obliged,
            self._future,
            self._planned,
            self._denied,
            self._weighed,
        )
        return next((act for act in (read() for read in readings) if act), "assert")

    @property
    def _own(self) -> bool:
        """Whether the speaker's own side is the subject."""
        who = self._subject
        if who is None:
            return False
        own = "speaking_own" if self._direct else "own"
        if self.words.has(own, self.parse.lowers[who]):
            return True
        mine = any(self.words.has("possessive", self.parse.lowers[c]) for c in self.parse.children_by(who, "poss"))
        noun = self.parse.lemmas[who]
        return (noun in self.words.words["bodies"] and (mine or self._direct)) or (
            mine and self.words.has("people", noun)
        )

    @property
    def _speakers_own(self) -> bool:
        """The same, a thing taken up by "it" left out."""
        who = self._subject
        return self._own and who is not None and self.parse.lowers[who] != "it"

    @property
    def _subject(self) -> int | None:
        return subject(self.parse, self.head)

    @property
    def _direct(self) -> bool:
        return self.found.frame == "quote" or self.parse.words[self.piece[0]] in ("“", '"', "``")

    @property
    def _negated(self) -> bool:
        return any(
            self.parse.deps[c] == "neg" or self.parse.lowers[c] in ("never", "no")
            for c in self.parse.children[self.head]
        )

    def _asked(self) -> Act | None:
        """A question put to somebody."""
        last = self.piece[1] - 1
        near = range(max(self.piece[0], last - 1), min(last + 2, len(self.parse)))
        same = self.parse.sentence_of[last] == self.parse.sentence_of[self.head]
        return "ask" if self._direct and same and any(self.parse.words[i] == "?" for i in near) else None

    def _performed(self) -> Act | None:
        """An act done by naming it: "we urge", "I thank", "let us"; an order."""
        who, verb = self._subject, self.head
        if self.found.lemma == "suggest" and self.parse.tags[verb] == "VB" and not self._modals:
            return "propose"
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

    @property
    def _modals(self) -> set[str]:
        return {self.parse.lowers[c] for c in self.parse.children[self.head] if self.parse.deps[c] == "aux"}

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
        """What a future is: the speaker's own deed promised, threatened or refused, news, or a prediction."""
        lemma = self.parse.lemmas[verb]
        passive = any(self.parse.deps[c] in ("auxpass", "nsubjpass") for c in self.parse.children[verb])
        if self._own and self._negated:
            return "refuse"
        if self._own and lemma in self.words.words["harming"]:
            return "threaten"
        if self._own and not passive and lemma not in self.words.words["standing"]:
            return "promise"
        if self.found.lemma in self.words.words["informing"] or (passive and lemma not in ("remember", "see")):
            return "announce"
        who = self._subject
        lasting = lemma == "continue" and who is not None and self.parse.pos[who] == "PROPN"
        return "promise" if lasting else "predict"

    def _planned(self) -> Act | None:
        lemma = self.parse.lemmas[self.head]
        told = self.found.lemma in self.words.words["informing"]
        passive = self.parse.child(self.head, "auxpass") is not None
        if self.words.has("planning", lemma) and (self._own or told or passive):
            return "announce"
        may = self._modals & {"may", "might"} and "have" not in self._modals
        if self._speakers_own and may and not self.words.has("standing", lemma):
            return "announce"
        if self._own and self.words.has("weighing", lemma) and self.parse.tags[self.head] == "VBG":
            return "announce"
        committed = self._own and lemma == "be" and self._predicate() & {"committed", "determined", "ready", "prepared"}
        return "promise" if committed or (self._own and lemma == "commit") else None

    def _denied(self) -> Act | None:
        inward = self.words.has("inward", self.parse.lemmas[self.head]) or bool(self._modals & {"can", "could", "ca"})
        if self._negated and (self._own or self._of_ours) and not inward and not self._mentions("owning"):
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

    @property
    def _of_ours(self) -> bool:
        """Whether the clause concerns the speaker's side: "they do not act under our orders"."""
        return any(self.parse.pronoun(i) in ("our", "my", "us", "me") for i in range(*self.piece))

    def _predicate(self) -> set[str]:
        """The words said of the subject, in dictionary form."""
        near = [i for c in self._named for i in self._near(c)]
        return {self.parse.lemmas[i] for i in near} | {self.parse.lowers[i] for i in near}

    @property
    def _named(self) -> list[int]:
        """Heads of what is said of the subject."""
        return self.parse.children_by(self.head, "attr", "acomp", "oprd", "xcomp")

    def _near(self, token: int) -> range:
        """A phrase as far as a few words past its head."""
        return range(self.parse.left_edge[token], min(self.parse.right_edge[token] + 1, token + _PHRASE))

    def _mentions(self, name: str) -> bool:
        listed = self.words.words[name]
        return any(self.parse.lemmas[i] in listed or self.parse.lowers[i] in listed for i in range(*self.piece))

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

    @property
    def _feels(self) -> bool:
        """Whether a feeling is the speaker's own, or the sentence is but a cry ("Sad news.", "My heart breaks")."""
        listed = self.words.words["feeling"]
        inside = [i for i in range(*self.piece) if self.parse.lemmas[i] in listed or self.parse.lowers[i] in listed]
        if not inside:
            return False
        ours = any(self.parse.pronoun(i) in _OURS for i in range(*self.piece))
        return ours or self.parse.pos[self.head] not in ("VERB", "AUX") or bool(self._predicate() & listed)

    @property
    def _somebody(self) -> bool:
        """Whether the subject is a person or a body other than the speaker."""
        who = self._subject
        if who is None or self._own:
            return False
        if self.parse.pos[who] == "PROPN" or self.parse.lowers[who] in ("he", "she", "they"):
            return True
        people = load_speakers()
        return self.parse.lemmas[who] in people.anonymous | people.bodies | people.titles

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


def _valued(parse: Parse, words: ActLexicon, piece: Tokens, otherwise: Act) -> Act:
    """Praise or condemnation by which of the two has more words in a piece."""
    value = _value(parse, words, piece)
    return "praise" if value > 0 else "condemn" if value < 0 else otherwise


def _value(parse: Parse, words: ActLexicon, piece: Tokens) -> int:
    value = 0
    for token in range(*piece):
        terms = (parse.lemmas[token], parse.lowers[token])
        value += any(t in words.words["good"] for t in terms) - any(t in words.words["bad"] for t in terms)
    return value
