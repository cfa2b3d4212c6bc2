"""Whether a cue that only the tagger found tells of words at all, or of a deed or a state.

The tagger learnt attribution in a wide sense, in which whoever signs a bill or seeks a second term is a source too.
Here a statement is something said, written, thought or decided: its verb must be one of saying, or its content come in
a shape that only words have (a quotation, a reported clause), and its source must be able to speak.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from diurna import lexicon
from diurna.annotate.parse import Parse
from diurna.annotate.statements.cues import CueLexicon, Match
from diurna.annotate.statements.grammar import Tokens, is_passive
from diurna.annotate.statements.reported import Finding
from diurna.annotate.statements.speaking import is_document, is_thing, speaks

Telling = Literal["words", "doubtful", "deed"]

_LISTS = (
    "stands", "deeds", "mute", "showing", "minded", "naming", "glosses", "saying", "topical", "titles", "raising",
    "receiving",
)  # fmt: skip
_LEAST_SPOKEN = 3
"""Tokens a quotation must hold to be words and not a name in marks."""


@dataclass(frozen=True, slots=True)
class TellingLexicon:
    """The word lists of `telling.toml`, which says what each is for."""

    stands: frozenset[str]
    deeds: frozenset[str]
    mute: frozenset[str]
    showing: frozenset[str]
    minded: frozenset[str]
    naming: frozenset[str]
    glosses: frozenset[str]
    saying: frozenset[str]
    topical: frozenset[str]
    titles: frozenset[str]
    raising: frozenset[str]
    receiving: frozenset[str]


@lexicon.made_of("telling")
def load_telling(language: str = "en") -> TellingLexicon:
    """The lexicon of `language`, checked and loaded once."""
    table = lexicon.load("telling", language, lambda t: lexicon.faults_in_words(t, *_LISTS))
    return TellingLexicon(**{name: frozenset(table[name]) for name in _LISTS})


def telling(parse: Parse, cues: CueLexicon, found: Finding) -> Telling:
    """What a finding of the tagger alone tells of: words (or a thought, a stand), a deed or state, or one cannot say.

    Args:
        found: its frame is "quote", "that", "inf" or "obj", as `combine` gives it.
    """
    return _Cue(parse, cues, load_telling(), found, found.anchor).tells()


def _words_if(sure: bool) -> Telling:
    return "words" if sure else "doubtful"


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue with what the tagger hung on it."""

    parse: Parse
    cues: CueLexicon
    words: TellingLexicon
    found: Finding
    at: int

    def tells(self) -> Telling:
        if self._names_things or self._heads_title:
            return "deed"
        if self.found.frame == "quote" and self.found.content[-1][1] - self.found.content[0][0] >= _LEAST_SPOKEN:
            return "words"
        if self.found.source is None or self._is_the_message:
            return "doubtful"
        return self._of_verb() if self._verb else self._of_other(self.found.source)

    # --- what is nobody's word ---

    @property
    def _names_things(self) -> bool:
        """Whether the cue says what a thing is called, or what a noun before it is about."""
        lemma = self._lemma
        turned = self.found.source is None or self.found.content[0][0] < self.at or lemma == "know"
        if turned and lemma in self.words.naming and is_passive(self.parse, self.at):
            return True
        loose = self.parse.tags[self.at] == "VBG" and self.parse.deps[self.at] in ("acl", "prep", "advcl", "pcomp")
        if not loose or self.words.glosses.isdisjoint({lemma, self.found.lemma}):
            return False
        return self._is_the_message or not self._has_noun

    @property
    def _heads_title(self) -> bool:
        """Whether the cue is the noun of a title, and what follows is its topic or its author ("Statement on")."""
        listed = self.parse.lowers[self.at].removesuffix("s") in self.words.titles
        capital = self.parse.words[self.at][:1].isupper() and self._is_noun
        return listed and capital and self.found.frame == "obj"

    @property
    def _is_the_message(self) -> bool:
        """Whether the source is but the noun of the cue ("warnings regarding"), and nobody is named."""
        source = self.found.source
        head = None if source is None else self.parse.head_in(self.parse.span(*source))
        return head is not None and head in self.found.cue

    # --- the cue's words ---

    @property
    def _lemma(self) -> str:
        return self.cues.lemma(self.parse, self.at)

    @property
    def _is_noun(self) -> bool:
        return self.parse.pos[self.at] in ("NOUN", "PROPN")

    @property
    def _has_noun(self) -> bool:
        """Whether a noun of saying is part of the cue ("had a discussion about")."""
        return any(
            self.parse.pos[i] in ("NOUN", "PROPN")
            and (self.parse.lemmas[i] in self.words.saying or self.parse.lemmas[i] in self.cues.nouns)
            for i in self.found.cue
        )

    @property
    def _verb(self) -> str | None:
        """The cue's verb; of a headline's verb taken for a noun ("Blasts Rival", "files show") one of saying."""
        if self.parse.pos[self.at] in ("VERB", "AUX"):
            return self._lemma
        word = self.parse.lowers[self.at]
        if not self._is_noun or self.parse.lemmas[self.at] in self.cues.nouns:
            return None
        return next((w for w in (word, word.removesuffix("s"), word.removesuffix("es")) if w in self.cues.verbs), None)

    # --- what it tells ---

    def _of_verb(self) -> Telling:
        if self._has_noun:
            return "deed" if self._lemma in self.words.receiving else "words"
        matches = self.cues.verb_matches(self.parse, self.at)
        if self.found.frame == "inf":
            takes = any(m.word.act(frame) for m in matches for frame in ("inf", "objinf", "raise"))
            return "deed" if not takes and self._lemma in self.words.deeds else _words_if(takes)
        if self.found.frame in ("that", "quote"):
            known = bool(matches) or self._verb in self.cues.verbs
            return _words_if(known or self.parse.lowers[self.found.content[0][0]] in ("that", "whether", "why", "how"))
        return self._of_phrase(matches)

    def _of_phrase(self, matches: list[Match]) -> Telling:
        """What a verb with a mere object or phrase tells of."""
        lemma = matches[0].word.lemma if matches else self._verb or self._lemma
        if self._takes_stand(lemma):
            return _words_if(speaks(self.parse, self.found.source))
        if lemma in self.words.raising:
            return "deed"
        if self._is_said_plainly(matches, lemma):
            return "words"
        if lemma == "be":
            return "doubtful"
        if self.found.source is None or is_thing(self.parse, self.found.source) or lemma in self.words.deeds:
            return "deed"
        known = bool(matches) or lemma in self.cues.verbs
        return _words_if(known and lemma not in self.words.mute)

    def _takes_stand(self, lemma: str) -> bool:
        after = self.at + 1
        phrase = f"{lemma} {self.parse.lowers[after]}" if after < len(self.parse) else lemma
        return lemma in self.words.stands or phrase in self.words.stands

    def _is_said_plainly(self, matches: list[Match], lemma: str) -> bool:
        """What shows words although there is but a phrase: "as", a state of mind, a paper that shows."""
        inside = {self.parse.lowers[i] for first, last in self.found.content for i in range(first, last)}
        if "as" in inside and any(m.word.act("as") for m in matches):
            return True
        if lemma == "be":
            cue = {self.parse.lowers[i] for i in self.found.cue}
            return bool(cue & (self.words.minded | self.cues.adjectives.keys()))
        return lemma in self.words.showing and _shows(self.parse, self.found.source)

    def _of_other(self, source: Tokens) -> Telling:
        """What nouns, adjectives, prepositions and colons tell of."""
        if self._is_noun:
            lemma = self.parse.lemmas[self.at]
            topical = lemma in self.words.topical and self.found.frame not in ("that", "inf")
            return _words_if(topical or lemma in self.cues.nouns)
        if self.parse.pos[self.at] == "ADJ":
            return _words_if(self.found.frame == "that" or self.parse.lowers[self.at] in self.cues.adjectives)
        if self.parse.words[self.at] == ":":
            return _words_if(self.found.frame != "obj" and speaks(self.parse, source))
        return "doubtful"


def _shows(parse: Parse, source: Tokens | None) -> bool:
    return source is not None and is_document(parse, source)
