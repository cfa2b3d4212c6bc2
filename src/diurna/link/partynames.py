"""Who a clause speaks of, by the names in it, so that parties of different reports can be laid side by side."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from diurna.link.matters import lexicon, stem
from diurna.link.names import match_names
from diurna.link.parties import kinds_told
from diurna.link.tellingwords import telling_words
from diurna.model.record import Actor, Reading
from diurna.model.report import Report
from diurna.model.span import Span

CanonicalId = Callable[[Report, Actor], str]
"""The id of the actor across reports that an actor of one report is."""

Name = tuple[str, ...]
"""Lower-cased words of one proper name, without titles."""

_RUN = re.compile(r"[^\W\d_][\w’'&.-]*|\d+|[^\w\s]")
_POSSESSIVE = re.compile(r"['’]s?$")
_IN_SENTENCE = re.compile(r"[^\W\d_][ \u00a0]|[,] ")
"""What stands before a word that begins no sentence: its capital tells a name."""
_APPOSED = re.compile(r",\s+(?:an?|which|who|that|whose|once|long|where)\b")
"""What is only said of a party, and may name others."""
_SURE = 0.85
"""Strength of a match of names from which two parties bear one name."""
_NEXT = 25
"""Characters after a phrase in which the word after it ends."""
_DEMONYM = ("n", "an", "ian", "ean", "ese", "i", "ish", "er", "s", "ans", "ians", "is", "ers")
_NAMED = ("person", "place", "organisation", "state", "outlet", "group", "office", "unknown")


def normalised_name(report: Report, actor: Actor) -> str:
    """The default canonical id: the actor's name in lower case, without titles; it knows nothing of the report."""
    del report
    found = names_in(actor.name)
    return (
        " ".join(sorted(found, key=lambda name: -sum(map(len, name)))[0])
        if found
        else " ".join(actor.name.lower().split())
    )


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody a clause speaks of.

    Attributes:
        names: every proper name in its phrase; ids: canonical ids of the actors mentioned in it.
        kinds: kinds of party its words tell ("armed groups"); office: it is called by an office.
        persons: canonical ids of those that are persons.
    """

    text: str
    names: frozenset[Name] = frozenset()
    ids: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    office: bool = False
    persons: frozenset[str] = frozenset()

    def with_names(self, other: Party) -> Party:
        """This party and all that is known of another one that is the same."""
        return Party(
            self.text or other.text,
            self.names | other.names,
            self.ids | other.ids,
            self.kinds | other.kinds,
            self.office or other.office,
            self.persons | other.persons,
        )


NOBODY = Party("")


@dataclass(slots=True)
class Names:
    """The names of one report: what its actors are called, and which words it also writes small."""

    reading: Reading
    who: CanonicalId
    _mentions: list[tuple[int, int, Actor]] = field(default_factory=list)
    _ids: dict[str, str] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)
    _longest: int = 0

    def __post_init__(self) -> None:
        self._mentions = sorted(
            ((m.start, m.end, actor) for actor in self.reading.actors for m in actor.mentions), key=lambda row: row[:2]
        )
        self._starts = [start for start, _, _ in self._mentions]
        self._longest = max((end - start for start, end, _ in self._mentions), default=0)

    def party(self, span: Span) -> Party:
        """The party whose phrase stands at `span`."""
        text = span.of(self.reading.report.text)
        more = _APPOSED.search(text)
        if more and more.start() > 3:
            span = Span(span.start, span.start + more.start())
            text = span.of(self.reading.report.text)
        actors = list(self._actors(span))
        ids = frozenset(self._id(actor) for actor in actors)
        persons = frozenset(self._id(actor) for actor in actors if actor.kind == "person")
        words = [w.lower() for w in _RUN.findall(text)[:14]]
        office = any(word in telling_words().office for word in words) or _HEAD_OF.search(text) is not None
        return Party(text, self.names(span), ids, kinds_told(text), office, persons)

    def names(self, span: Span) -> frozenset[Name]:
        """The proper names between two characters; a first word only where something else shows it to be one."""
        text = span.of(self.reading.report.text)
        return frozenset(names_in(text, self._first_is_name(span)))

    def _first_is_name(self, span: Span) -> bool:
        before = self.reading.report.text[max(0, span.start - 2) : span.start]
        if _IN_SENTENCE.fullmatch(before):
            return True
        first = bisect_left(self._starts, span.start - self._longest)
        for start, end, actor in self._mentions[first:]:
            if start > span.start + 5 or start >= span.end:
                break
            if end > span.start and actor.kind in _NAMED:
                text = self.reading.report.text[start:end].removeprefix("The ").removeprefix("the ")
                named = actor.kind not in ("group", "unknown", "office")
                if text[:1].isupper() and (named or " " in text or _no_common_noun(text)):
                    return True
                break
        return self._alone_before_a_verb(span)

    def _alone_before_a_verb(self, span: Span) -> bool:
        """Whether the span is one capitalised word, shown to be a name by the verb right after it ("Norrow opened")."""
        text = self.reading.report.text
        words = _RUN.findall(text[span.start : span.end + _NEXT])[:3]
        alone = len(_RUN.findall(span.of(text))) == 1
        return alone and len(words) > 1 and words[0][:1].isupper() and _shown(words, 0)

    def _actors(self, span: Span) -> Iterator[Actor]:
        for start, end, actor in self._mentions[bisect_left(self._starts, span.start) :]:
            if start >= span.end:
                return
            if end <= span.end:
                yield actor

    def _id(self, actor: Actor) -> str:
        if actor.id not in self._ids:
            self._ids[actor.id] = self.who(self.reading.report, actor)
        return self._ids[actor.id]


def _no_common_noun(word: str) -> bool:
    """Whether a word that opens a sentence and was found to be somebody is no noun for anybody ("Police")."""
    low = _POSSESSIVE.sub("", word).lower()
    known = low in lexicon().stop or stem(low) in lexicon().common or stem(low) in lexicon().phrases or kinds_told(low)
    return not known and low not in telling_words().loose and not low.endswith(("s", "ing", "ed"))


@lru_cache(maxsize=50_000)
def names_in(text: str, first_is_name: bool = True) -> tuple[Name, ...]:
    """The proper names of a phrase: runs of capitalised words, cut at titles and possessives."""
    found: list[Name] = []
    run: list[str] = []
    opens = True
    words = _RUN.findall(text)
    for place, word in enumerate(words):
        begins, opens = opens, word in '“"‘.!?:' or (opens and not word[0].isalnum())
        if _is_name(word) and (not begins or first_is_name or _shown(words, place)):
            bare = _POSSESSIVE.sub("", word).rstrip(".")
            if bare not in telling_words().titles and bare.lower() not in telling_words().nameless:
                run.append(bare.lower())
            if bare == word:
                continue
        if run and _joins_bodies(run, words, place):
            continue
        if run:
            found.append(tuple(run))
        run = []
    if run:
        found.append(tuple(run))
    return tuple(found)


_BODIES = frozenset(("union", "league", "assembly", "front", "movement", "council", "court", "army", "order", "house"))


def _joins_bodies(run: list[str], words: list[str], place: int) -> bool:
    """Whether "of" or "of the" stands inside the name of a body ("Sons of the Delta")."""
    if len(run) > 1 or not (run[0].endswith("s") or run[0] in _BODIES):
        return False
    ahead = words[place : place + 3]
    if ahead[:1] == ["the"] and words[place - 1] == "of":
        return ahead[1:2] != [] and ahead[1][:1].isupper()
    if ahead[:1] != ["of"]:
        return False
    named = ahead[2:3] if ahead[1:2] == ["the"] else ahead[1:2]
    return named != [] and named[0][:1].isupper()


_CLITIC = re.compile(r"['’](?:ll|ve|re|m|d|t)$", re.IGNORECASE)


_HEAD_OF = re.compile(
    r"\b(?:head|chief|boss) of [^,;.:]{0,40}\b(?:office|agency|service|commission|authority|bank|department|board"
    r"|federation|police|army|navy|staff)\b"
    r"|\b(?:spy|police|army|navy|security|intelligence|defen[cs]e|prison)[ -]chief\b"
)
"""How an office is named by the body it leads."""


@lru_cache(maxsize=50_000)
def _is_name(word: str) -> bool:
    bare = _POSSESSIVE.sub("", word).rstrip(".")
    if _CLITIC.search(word) or (
        bare.isupper()
        and len(bare) > 3
        and (bare.title() in telling_words().titles or bare.lower() in telling_words().nameless)
    ):
        return False
    if not bare[:1].isupper() or bare in telling_words().titles or bare == "I":
        return bare[:1].isupper() and bare in telling_words().titles
    low = bare.lower()
    return low not in lexicon().stop and bare not in telling_words().calendar


def _shown(words: list[str], place: int) -> bool:
    """Whether a sentence's first word is shown to be a name by what follows it."""
    low = _POSSESSIVE.sub("", words[place]).lower()
    after = words[place + 1] if place + 1 < len(words) else ""
    if low in lexicon().stop or low in lexicon().common or stem(low) in lexicon().phrases or kinds_told(low):
        return False
    if after[:1].isupper() and after not in telling_words().calendar:
        return True
    if _POSSESSIVE.search(words[place]) and low[-1:] != "s":
        return True
    on_a_day = after == "on" and words[place + 2 : place + 3] != [] and words[place + 2] in telling_words().calendar
    told = after.lower() in telling_words().verbs or after.endswith("ed") or after == "and" or on_a_day
    return told and not low.endswith(("s", "ing", "ed"))


@lru_cache(maxsize=200_000)
def same_name(one: Name, other: Name) -> bool:
    """Whether two names can be one.

    All words of the shorter are in the longer, or one is the other's demonym, or they are spellings of one name.
    """
    left, right = set(one), set(other)
    if not left or not right:
        return False
    if left <= right or right <= left:
        return True
    rest = (left - right, right - left)
    if len(rest[0]) == len(rest[1]) == 1 and _demonym(*rest[0], *rest[1]):
        return True
    return _spelled_alike(one, other)


@lru_cache(maxsize=200_000)
def _spelled_alike(one: Name, other: Name) -> bool:
    """Whether two names are listed as one, or are transliterations of one."""
    found = match_names(" ".join(one), " ".join(other), person=True)
    return found is not None and found.ground in ("listed", "spelling") and found.strength >= _SURE


@lru_cache(maxsize=50_000)
def _demonym(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    for base in (short, short[:-1]):
        if len(base) >= 4 and long.startswith(base) and long[len(base) :] in _DEMONYM:
            return True
    return False


def shared_name(one: Iterable[Name], other: Iterable[Name]) -> Name | None:
    """A name of `one` that can be one of `other`, the longest first."""
    there = list(other)
    for name in sorted(one, key=lambda n: (-len(n), n)):
        if any(same_name(name, candidate) for candidate in there):
            return name
    return None
