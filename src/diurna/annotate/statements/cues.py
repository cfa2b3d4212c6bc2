"""The cue lexicon: which words tell that somebody spoke, in which frames they take what was said, and as what act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from diurna import lexicon
from diurna.annotate.parse import Parse
from diurna.model.record import Act

VERB_FRAMES = frozenset(
    {"quote", "that", "inf", "ger", "objinf", "obj", "marked", "of", "for", "as", "with", "on", "call", "raise"}
)
NOUN_FRAMES = frozenset({"that", "inf", "pp"})
_LISTS = (
    "issuing", "receiving", "quoting", "resumptive", "headline_speakers", "hearsay", "deniable", "definitional",
    "answered", "brought", "words_only",
)  # fmt: skip
_TAIL_RELATIONS = frozenset({"prt", "prep", "advmod", "dative", "agent", "pcomp", "advcl", "acomp", "dobj"})
_SKIPPED = frozenset({"RB", "RBR"})


@dataclass(frozen=True, slots=True)
class CueWord:
    """A word or phrase of the lexicon.

    Attributes:
        lemma: as listed, "point out".
        tail: what follows the verb, ("out",); empty for a single word.
        acts: (frame, act) pairs, one a frame.
    """

    lemma: str
    tail: tuple[str, ...]
    acts: tuple[tuple[str, Act], ...]

    def act(self, frame: str) -> Act | None:
        """The act this word performs with `frame`, or None where it does not take it."""
        return next((act for name, act in self.acts if name == frame), None)


@dataclass(frozen=True, slots=True)
class Match:
    """A cue word found at a token; `tail` are the tokens of its particle, preposition or noun."""

    word: CueWord
    token: int
    tail: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CueLexicon:
    """Cue words by their first word's dictionary form; longer phrases first."""

    verbs: Mapping[str, tuple[CueWord, ...]]
    nouns: Mapping[str, CueWord]
    adjectives: Mapping[str, CueWord]
    forms: Mapping[str, str]
    issuing: frozenset[str]
    receiving: frozenset[str]
    quoting: frozenset[str]
    resumptive: frozenset[str]
    headline_speakers: frozenset[str]
    hearsay: frozenset[str]
    deniable: frozenset[str]
    definitional: frozenset[str]
    answered: frozenset[str]
    brought: frozenset[str]
    words_only: frozenset[str]

    def lemma(self, parse: Parse, token: int) -> str:
        """The dictionary form of `token`, mended where the lemmatizer is known to err ("hoping" -> "hop")."""
        return self.forms.get(parse.lowers[token]) or parse.lemmas[token]

    def verb_matches(self, parse: Parse, token: int) -> list[Match]:
        """Every verb cue that stands at `token`, phrases before the bare verb."""
        found = []
        for word in self.verbs.get(self.lemma(parse, token), ()):
            tail = _find_tail(parse, token, word.tail)
            if tail is not None:
                found.append(Match(word, token, tail))
        return found


def _find_tail(parse: Parse, token: int, tail: tuple[str, ...]) -> tuple[int, ...] | None:
    if not tail:
        return ()
    if len(tail) == 1:
        children = parse.children[token]
        near = next(
            (c for c in children if c > token and parse.lowers[c] == tail[0] and parse.deps[c] in _TAIL_RELATIONS), None
        )
        if near is not None:
            return (near,)
    found: list[int] = []
    at, size = token + 1, len(parse.words)
    for word in tail:
        while not found and at < size and at - token < 3 and parse.tags[at] in _SKIPPED and parse.lowers[at] != word:
            at += 1
        if at >= size or (parse.lowers[at] != word and parse.lemmas[at] != word):
            return None
        found.append(at)
        at += 1
    return tuple(found)


@lexicon.made_of("cues")
def load_cues(language: str = "en") -> CueLexicon:
    """The cue lexicon of `language`, checked and indexed once.

    Raises:
        LexiconError: the file names an unknown act or frame, or lists a word twice in a group.
    """
    table = lexicon.load("cues", language, _faults)
    return CueLexicon(
        verbs=_by_first(_merge(table["verbs"])),
        nouns={word.lemma: word for word in _merge(table["nouns"])},
        adjectives={word.lemma: word for word in _merge(table["adjectives"])},
        forms=dict(table["forms"]),
        **{name: frozenset(table[name]) for name in _LISTS},
    )


def _faults(table: lexicon.Table) -> list[str]:
    faults = lexicon.faults_in_words(table, *_LISTS)
    for kind, frames in (("verbs", VERB_FRAMES), ("nouns", NOUN_FRAMES), ("adjectives", NOUN_FRAMES)):
        for number, group in enumerate(table.get(kind, []), 1):
            where = f"{kind} group {number}"
            if group.get("act") not in get_args(Act):
                faults.append(f"{where}: {group.get('act')!r} is no act")
            faults += [
                f"{where}: {frame!r} is no frame" for frame in group.get("frames", ["(none)"]) if frame not in frames
            ]
            faults += [f"{where}: {fault}" for fault in lexicon.faults_in_words(group, "words")]
    return faults


def _merge(groups: list[lexicon.Table]) -> list[CueWord]:
    acts: dict[str, dict[str, Act]] = {}
    for group in groups:
        for word in group["words"]:
            mine = acts.setdefault(word, {})
            for frame in group["frames"]:
                mine.setdefault(frame, group["act"])
    return [CueWord(word, tuple(word.split()[1:]), tuple(frames.items())) for word, frames in acts.items()]


def _by_first(words: list[CueWord]) -> dict[str, tuple[CueWord, ...]]:
    index: dict[str, list[CueWord]] = {}
    for word in words:
        index.setdefault(word.lemma.split()[0], []).append(word)
    return {first: tuple(sorted(rows, key=lambda word: -len(word.tail))) for first, rows in index.items()}
