"""What grammar and word lists tell of one sentence of what was said: whose it is, when, of what."""

from __future__ import annotations

from dataclasses import dataclass

from diurna.annotate.parse import Parse
from diurna.annotate.statements.actwords import ActLexicon
from diurna.annotate.statements.grammar import Tokens, subject
from diurna.annotate.statements.reported import Finding
from diurna.annotate.statements.speakerwords import load_speakers

_OURS = frozenset({"i", "we", "my", "our", "me", "us", "let"})
_PEOPLE = frozenset({"i", "he", "she", "they", "we", "who"})
_PHRASE = 8
"""Words past its head that still colour a phrase."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of what was said, with its main verb."""

    parse: Parse
    words: ActLexicon
    found: Finding
    piece: Tokens
    head: int

    @property
    def _own(self) -> bool:
        """Whether the speaker's own side is the subject."""
        who = self._subject
        if who is None:
            return False
        own = "speaking_own" if self._direct else "own"
        if self.words.has(own, self.parse.lowers[who]):
            return self._direct or self._may_be_speaker(self.parse.lowers[who])
        mine = any(self.words.has("possessive", self.parse.lowers[c]) for c in self.parse.children_by(who, "poss"))
        noun = self.parse.lemmas[who]
        return (noun in self.words.words["bodies"] and (mine or self._direct)) or (
            mine and self.words.has("people", noun)
        )

    def _may_be_speaker(self, pronoun: str) -> bool:
        """Whether a pronoun agrees with the phrase for the speaker in number and kind."""
        source = self.found.source
        head = None if source is None else self.parse.head_in(self.parse.span(*source))
        if head is None or pronoun in ("i", "we"):
            return True
        entity = self.parse.entity_of[head]
        person = entity >= 0 and self.parse.entities[entity].label == "PERSON"
        several = self.parse.tags[head] == "NNS" and self.parse.words[head].islower()
        if pronoun == "it":
            return not person and not several and self.parse.lowers[head] not in _PEOPLE
        if pronoun == "they":
            return self.parse.lowers[head] not in ("he", "she", "i")
        return not several and self.parse.lowers[head] not in ("they", "it", "we")

    @property
    def _answers(self) -> bool:
        """Whether the speaker is a share of those asked in a survey."""
        source = self.found.source
        inside = range(*source) if source is not None else range(0)
        return any(self.words.has("answering", self.parse.lemmas[i]) for i in inside)

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

    @property
    def _has_infinitive(self) -> bool:
        later = range(self.head + 1, min(self.piece[1], self.head + 8))
        return any(self.parse.tags[i] in ("TO", "IN") and self.parse.lowers[i] in ("to", "for") for i in later)

    @property
    def _modals(self) -> set[str]:
        return {self.parse.lowers[c] for c in self.parse.children[self.head] if self.parse.deps[c] == "aux"}

    @property
    def _past(self) -> bool:
        """Whether the clause tells of what was: what is not so now is said, not denied."""
        tags = {self.parse.tags[c] for c in (self.head, *self.parse.children_by(self.head, "aux", "auxpass"))}
        return bool(tags & {"VBD", "VBN"}) or any(
            self.parse.lowers[c] == "never" for c in self.parse.children[self.head]
        )

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
        if any(self.parse.lowers[c] in ("a", "an", "one", "another") for c in self.parse.children[who]):
            return False
        people = load_speakers()
        return self.parse.lemmas[who] in people.anonymous | people.bodies | people.titles

    @property
    def _passive(self) -> bool:
        return self.parse.child(self.head, "auxpass") is not None
