"""Whether a cue that only the tagger found tells of words at all, or of a deed or a state.

The tagger learnt attribution in a wide sense, in which whoever signs a bill or seeks a second term is a source too.
Here a statement is something said, written, thought or decided: the verb must be one of saying, or its content must
come in a shape that only words have (a quotation, a reported clause), and its source must be able to speak.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from diurna.annotate import lexicon
from diurna.annotate.actors.roles import role_at, territories
from diurna.annotate.parse import Parse
from diurna.annotate.statements.cues import CueLexicon
from diurna.annotate.statements.grammar import Tokens, is_passive
from diurna.annotate.statements.reported import Finding
from diurna.annotate.statements.speakers import load_speakers

_LISTS = ("stands", "deeds", "mute", "showing", "minded", "naming", "glosses", "saying", "topical", "titles", "raising")
_RELATIVES = frozenset({"which", "that"})
_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_NO_NAMES = frozenset({"EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "DATE", "TIME", "MONEY", "QUANTITY", "FAC"})
_DOERS = ("er", "or", "ist", "ian", "eer", "man", "woman", "arian")
"""Ends of nouns for those who do or hold something."""

_LEAST_SPOKEN = 3
"""Tokens a quotation must hold to be words and not a name in marks."""


@dataclass(frozen=True, slots=True)
class TellingLexicon:
    """The word lists of `telling.toml`."""

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


@cache
def load_telling(language: str = "en") -> TellingLexicon:
    """The lexicon of `language`, checked and loaded once."""
    table = lexicon.load("telling", language, lambda t: lexicon.faults_in_words(t, *_LISTS))
    return TellingLexicon(**{name: frozenset(table[name]) for name in _LISTS})


Telling = Literal["words", "doubtful", "deed"]


def telling(parse: Parse, cues: CueLexicon, found: Finding) -> Telling:
    """What a finding of the tagger alone tells of: words (or a thought, a stand), a deed or state, or one cannot say.

    `found.frame` is "quote", "that", "inf" or "obj" (`combine` gives it).
    """
    words = load_telling()
    if _only_names(parse, cues, words, found):
        return "deed"
    if _is_spoken(parse, found):
        return "words"
    if found.source is None or _is_the_message(parse, found):
        return "doubtful"
    if parse.pos[found.anchor] in ("VERB", "AUX") or _as_verb(parse, cues, found.anchor):
        return _of_verb(parse, cues, words, found)
    if parse.pos[found.anchor] in ("NOUN", "PROPN"):
        return _of_noun(parse, cues, words, found)
    if parse.pos[found.anchor] == "ADJ":
        return _words_if(found.frame == "that" or parse.lowers[found.anchor] in cues.adjectives)
    return _words_if(parse.words[found.anchor] == ":" and _speaks(parse, found.source) and found.frame != "obj")


def _words_if(sure: bool) -> Telling:
    return "words" if sure else "doubtful"


def _is_spoken(parse: Parse, found: Finding) -> bool:
    return found.frame == "quote" and found.content[-1][1] - found.content[0][0] >= _LEAST_SPOKEN


def _only_names(parse: Parse, cues: CueLexicon, words: TellingLexicon, found: Finding) -> bool:
    """Whether the cue says what a thing is called, or what a noun before it is about."""
    lemma = cues.lemma(parse, found.anchor)
    named = found.source is None or found.content[0][0] < found.anchor or lemma == "know"
    if named and lemma in words.naming and is_passive(parse, found.anchor):
        return True
    loose = parse.tags[found.anchor] == "VBG" and parse.deps[found.anchor] in ("acl", "prep", "advcl", "pcomp")
    if not loose or words.glosses.isdisjoint({lemma, found.lemma}):
        return False
    return _is_the_message(parse, found) or not _has_noun(parse, cues, words, found.cue)


def _is_the_message(parse: Parse, found: Finding) -> bool:
    """Whether the source is but the noun of the cue ("warnings regarding"), and nobody is named."""
    head = parse.head_in(parse.span(*found.source)) if found.source else None
    return head is not None and head in found.cue


def _has_noun(parse: Parse, cues: CueLexicon, words: TellingLexicon, tokens: Sequence[int]) -> bool:
    return any(
        parse.pos[i] in ("NOUN", "PROPN") and (parse.lemmas[i] in words.saying or parse.lemmas[i] in cues.nouns)
        for i in tokens
    )


def _as_verb(parse: Parse, cues: CueLexicon, token: int) -> str | None:
    """The verb of saying a headline's verb is, though taken for a noun ("Blasts Rival", "files show")."""
    word = parse.lowers[token]
    if parse.pos[token] not in ("NOUN", "PROPN") or parse.lemmas[token] in cues.nouns:
        return None
    return next((w for w in (word, word.removesuffix("s"), word.removesuffix("es")) if w in cues.verbs), None)


def _of_verb(parse: Parse, cues: CueLexicon, words: TellingLexicon, found: Finding) -> Telling:
    if _has_noun(parse, cues, words, found.cue):
        return "words"
    matches = cues.verb_matches(parse, found.anchor)
    if found.frame == "inf":
        takes = any(m.word.act(frame) for m in matches for frame in ("inf", "objinf", "raise"))
        return "words" if takes else "deed" if cues.lemma(parse, found.anchor) in words.deeds else "doubtful"
    lemma = matches[0].word.lemma if matches else _as_verb(parse, cues, found.anchor) or cues.lemma(parse, found.anchor)
    known = bool(matches) or lemma in cues.verbs
    if found.frame in ("that", "quote"):
        return _words_if(known or _is_marked(parse, found.content[0]))
    after = found.anchor + 1
    phrase = f"{lemma} {parse.lowers[after]}" if after < len(parse) else lemma
    if lemma in words.stands or phrase in words.stands:
        return _words_if(_speaks(parse, found.source))
    if lemma in words.raising:
        return "deed"
    if any(m.word.act("as") for m in matches) and _holds(parse, found, "as"):
        return "words"
    if lemma == "be":
        return _words_if(any(parse.lowers[i] in words.minded or parse.lowers[i] in cues.adjectives for i in found.cue))
    return _of_object(parse, words, found, lemma, known=known)


def _holds(parse: Parse, found: Finding, word: str) -> bool:
    return any(parse.lowers[i] == word for first, last in found.content for i in range(first, last))


def _of_object(parse: Parse, words: TellingLexicon, found: Finding, lemma: str, *, known: bool) -> Telling:
    """What a verb with a mere object or phrase tells of."""
    if found.source is None or _is_thing(parse, found.source):
        return "deed"
    if lemma in words.showing and _is_document(parse, found.source):
        return "words"
    if lemma in words.deeds:
        return "deed"
    return _words_if(known and lemma not in words.mute)


def _is_marked(parse: Parse, piece: Tokens) -> bool:
    """Whether the content is opened by a word that only reported clauses open with."""
    return parse.lowers[piece[0]] in ("that", "whether", "why", "how")


def _of_noun(parse: Parse, cues: CueLexicon, words: TellingLexicon, found: Finding) -> Telling:
    """A noun's clause or infinitive must be one of saying; its phrase must not be the topic in a title."""
    lemma = parse.lemmas[found.anchor]
    if found.frame in ("that", "inf"):
        return _words_if(lemma in cues.nouns)
    if parse.words[found.anchor][:1].isupper() and parse.lowers[found.anchor].removesuffix("s") in words.titles:
        return "deed"
    return _words_if(lemma in words.topical or lemma in cues.nouns)


def _source_head(parse: Parse, source: Tokens) -> int | None:
    """The noun a source is about; of a relative pronoun, the noun it stands for."""
    head = parse.head_in(parse.span(*source))
    if head is not None and parse.lowers[head] in _RELATIVES and parse.deps[parse.heads[head]] == "relcl":
        return parse.heads[parse.heads[head]]
    return head


def _is_document(parse: Parse, source: Tokens) -> bool:
    head = _source_head(parse, source)
    return head is not None and parse.lemmas[head] in load_speakers().document


def _is_thing(parse: Parse, source: Tokens) -> bool:
    """Whether a source is an event or a thing by its name's kind, or "which" or "this" of nobody who speaks."""
    head = _source_head(parse, source)
    if head is None or (_label(parse, head) in _NO_NAMES and parse.pos[head] != "NUM"):
        return head is None or role_at(parse, head, head + 1) is None
    pointing = any(parse.lowers[i] in (*_RELATIVES, "this") for i in (source[0], head) if source[1] - source[0] == 1)
    return pointing and not _speaks(parse, source)


def _speaks(parse: Parse, source: Tokens) -> bool:
    """Whether a phrase may name somebody who speaks, or words that do (a document), and no event or thing."""
    head = _source_head(parse, source)
    if head is None:
        return False
    if parse.pos[head] in ("PRON", "DET", "NUM", "ADJ") or _label(parse, head) in ("PERCENT", "CARDINAL"):
        return parse.lowers[head] not in (*_RELATIVES, "this")
    if parse.pos[head] == "PROPN" or _label(parse, head) in _NAMES:
        return _label(parse, head) not in _NO_NAMES or role_at(parse, head, head + 1) is not None
    return _speaking_noun(parse, head)


def _label(parse: Parse, token: int) -> str:
    number = parse.entity_of[token]
    return parse.entities[number].label if number >= 0 else ""


def _speaking_noun(parse: Parse, head: int) -> bool:
    people = load_speakers()
    nouns = {parse.lemmas[head], parse.lowers[head]}
    lists = (people.anonymous, people.bodies, people.crowds, people.titles, people.document, people.report, people.outlets)
    return (
        any(nouns & listed for listed in lists)
        or bool(nouns & territories())
        or role_at(parse, head, head + 1) is not None
        or parse.lemmas[head].endswith(_DOERS)
    )
