"""Of whom a clause speaks: its subject, the agent of a passive, the one asked, and where its verb begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from diurna.link.matters import lexicon, stem
from diurna.link.parties import kinds_told
from diurna.link.partynames import NOBODY, Names, Party
from diurna.link.tellingwords import telling_words
from diurna.link.wording import wording
from diurna.model.record import Event
from diurna.model.span import Span

WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d,.]*")
PASSIVE = re.compile(
    r"\W*(?:(?:will|would|shall|has|have|had|never|not|no|still|longer|may|might|must|should|to|also)\s+)*"
    r"(?:is|are|was|were|been|be|being|remains?|remained|stays?|stayed|stands?|go(?:es)?\s+on|went\s+on)\b"
    r"(?!\s+(?:(?:\w+ly|not|never|still|now|also|already|no longer)\s+)*(?!being\b|nothing\b|going\b)\w+ing\b)"
    r"(?!\s+(?:not\s+)?to\s+(?!be\b)[a-z])",
    re.IGNORECASE,
)
GERUND = re.compile(r"\W*(?:that\s+)?(?:not\s+|never\s+)?(?:to\s|[a-z]+ing\b)")
_BY = re.compile(
    r"\b(?:\w+ed|\w+n|hit|shut|cut|struck|held|met|shot)\s+(?:\w+\s+){0,3}?by\s+(?=(?:the\s+)?(?:\w+\s+){0,2}?[A-Z])"
)
_ASKED = re.compile(
    r"\W*that\s+(?:the\s+)?(?P<who>(?:[A-Z][\w’'-]*['’]s\s+)?(?:[a-z]+\s+)??[a-z]+|[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)\s+(?=(?:not\s+)?[a-z]+\s+[\w]+)"
)
"""A subjunctive: "that the ministry remove the rector"."""
_WHEN = re.compile(r"(?<=\w)\s+(?:before|after|until|when|once|unless|if|by)\b")
"""Where what is asked for is over and when begins."""
_INVARIANT = re.compile(r"(?:set|cut|shut|put|let|hit|quit|keep|hold|give|take|pay|send)\b")
"""Verbs whose base looks like a past, or is in the list of those that open what is told."""
_PURPOSE = re.compile(
    r"\s+[a-z]+\s+(?:(?!that\b|which\b|who\b|as\b|and\b|but\b|when\b|if\b|so\b|or\b)[\w’'-]+\s+){0,6}?"
    r"(?:will|would|shall|has|have|had)\s"
)
"""What a noun is for, inside a subject ("talks to end the war will start")."""
_NO_SUBJECT = re.compile(r"\W*(?:there\b|not\b(?!\s+(?:a\s+single|one)\b)|never\b|to\b)", re.IGNORECASE)
_THAT = re.compile(
    r"[\W]*(?:that\s+)?(?:(?:on|late|early)\s+\w+day(?:\s+(?:night|morning|evening))?,?\s+(?:that\s+)?)?",
    re.IGNORECASE,
)
_PLACE_NEXT = re.compile(r"\s+(?:the\s+)?[A-Z]|\s+(?:the|an?|its|his|her|their|our|all|every|each)\s")
"""After "to": where it leads, no verb."""
_BEFORE_NOUN = frozenset(("the", "a", "an", "its", "their", "his", "her", "of", "and", "no"))
_OWNERS = ("'s", "’s", "s'", "s’")
_AFTER_NOUN = frozenset(("and", "or", "of"))
_AGENT = 70
"""Characters after a passive verb in which its agent is looked for."""
_LONGEST = 160
"""Characters a subject may take."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject of a clause; `rest` are the characters after it, `verbless` tells that no verb was found."""

    party: Party
    rest: Span
    verbless: bool = False


@dataclass(frozen=True, slots=True)
class Subjects:
    """Finds the subjects of one report's clauses; `events` are in the order of their triggers."""

    text: str
    names: Names
    events: Sequence[Event]

    def of(self, clause: Span) -> Subject:
        """The party a clause is about, and the characters after its phrase."""
        text = clause.of(self.text)
        skip = _THAT.match(text)
        begin = skip.end() if skip else 0
        if _NO_SUBJECT.match(text, begin):
            return Subject(NOBODY, Span(clause.start + begin, clause.end))
        asked = self._asked(clause, text)
        if asked:
            return asked
        place = self._verb(clause, text, begin)
        if place is not None:
            party = self._agent(clause, place) or self._party(clause, begin, place)
            return Subject(party, Span(clause.start + place, clause.end))
        return self._without_verb(clause, text, begin)

    def first_event(self, clause: Span) -> Event | None:
        """The first event whose trigger stands in the clause."""
        place = bisect_left(self.events, clause.start, key=lambda one: one.trigger.start)
        found = self.events[place] if place < len(self.events) else None
        return found if found and found.trigger.end <= clause.end else None

    def _party(self, clause: Span, start: int, end: int) -> Party:
        return self.names.party(Span(clause.start + start, clause.start + end))

    def _asked(self, clause: Span, text: str) -> Subject | None:
        """Who is to do it, where a clause asks for it without an auxiliary."""
        asked = _ASKED.match(text)
        if not asked:
            return None
        words = _WHEN.split(text[: asked.end() + 40], maxsplit=1)[0].split()[:-1]
        bare = _INVARIANT.match(text, asked.end()) is not None
        if any(w.lower() in telling_words().verbs for w in words if not (bare and _INVARIANT.fullmatch(w))):
            return None
        office = asked["who"].split()[-1] in telling_words().office
        if not (office or kinds_told(asked["who"]) or asked["who"][:1].isupper()):
            return None
        party = self._party(clause, asked.start("who"), asked.end("who"))
        return Subject(party, Span(clause.start + asked.end(), clause.end))

    def _verb(self, clause: Span, text: str, begin: int) -> int | None:
        """Characters into a clause at which the first verb after a subject stands."""
        previous, before = "", "-"
        relative, aside = _RELATIVE.search(text, begin), _BETWEEN.search(text, begin)
        event = self.first_event(clause)
        trigger = event.trigger.start - clause.start if event else -1
        for found in WORD.finditer(text, begin):
            word, low = found.group(), found.group().lower()
            if low in ("if", "unless") and found.start() > begin:
                return None
            joins = (
                low == "to" and (_PLACE_NEXT.match(text, found.end()) or _PURPOSE.match(text, found.end())) is not None
            )
            verb = (_past(word, previous) and not joins) or _present(word, before, _next_word(text, found.end()))
            named = _past(_next_word(text, found.end()), low) and not _past(word, previous)
            verb = verb or (found.start() == trigger and word.islower() and previous not in _BEFORE_NOUN and not named)
            if aside and aside.start() < found.start() < aside.end():
                previous, before = low, "-"
                continue
            if relative and relative.start() < found.start() < max(relative.end("main"), relative.end("plain")):
                previous, before = low, "-"
                continue
            if verb and found.start() > begin and not _describes(text, word, found.end()):
                return found.start()
            previous, before = low, "-" if word.endswith(_OWNERS) else re.sub(r"\W", "", word) or "-"
            if found.start() - begin > _LONGEST:
                break
        return None

    def _without_verb(self, clause: Span, text: str, begin: int) -> Subject:
        event = self.first_event(clause)
        if event is not None and event.trigger.start > clause.start + begin:
            start = event.trigger.start
            return Subject(self.names.party(Span(clause.start + begin, start)), Span(start, clause.end))
        rest = Span(clause.start + begin, clause.end)
        if GERUND.match(text):
            return Subject(NOBODY, rest)
        words = list(WORD.finditer(text, begin))[:3]
        party = self._party(clause, begin, words[-1].end() if words else begin)
        return Subject(party, rest, verbless=event is None)

    def _agent(self, clause: Span, start: int) -> Party | None:
        """By whom it was done, where a passive clause says so."""
        text = clause.of(self.text)
        by = _BY.search(text, start, min(len(text), start + _AGENT)) if PASSIVE.match(text, start) else None
        if by is None or text[by.end() :].split(" ", 1)[0].strip(",;:") in telling_words().calendar:
            return None
        return self._party(clause, by.end(), min(len(text), by.end() + 60))


_BETWEEN = re.compile(
    r"(?<=\w),\s+(?:who|which|whose)\s[^,;:]{3,120},(?=\s+(?:has|have|had|is|are|was|were|will|would|\w+ed)\b)"
)
"""What is told of the subject before its verb ("Adam Koll, who took office in May, has ordered ...")."""
_RELATIVE = re.compile(
    r"(?<=[a-z])\s+(?:that|which|whom)\s+(?=(?:the\s+)?(?:[\w’'-]+\s+){1,4}?"
    r"(?:agreed|promised|pledged|vowed|undertook|offered|threatened|wanted|planned)\s+to\s+\w+"
    r"(?:\s+(?:from|to|in|of|for|on|at|with)\s+(?:the\s+)?[\w’'-]+){0,2}(?P<plain>\s+)(?=\w+ed\b|was\b|were\b|has\b|have\b|had\b|is\b|are\b|will\b))|"
    r"(?<=[a-z])\s+(?:that|which|whom)\s+(?=(?P<main>(?:the\s+)?(?:[\w’'-]+\s+){1,4}?(?:had|has|have)\s+(?:\w+ly\s+)?\w+(?:ed|en|t|de)\b"
    r"(?:\s+(?!is\b|are\b|was\b|were\b|has\b|have\b|had\b|will\b)[\w’'-]+){0,4}?\s+(?=(?:is|are|was|were|has|have|had|will)\s)))"
)
"""What somebody had said or done about the subject, inside it ("the guns that Vantia had promised were unloaded")."""
_QUANTIFIERS = frozenset(
    ("all", "most", "some", "many", "several", "few", "both", "these", "those", "such", "other", "new", "more")
) | {"two", "three", "any"}
"""Words after which comes a noun, though they begin with a capital ("All watchtowers have been demolished")."""
_ARTICLES = ("the", "a", "an", "its", "their", "his", "her", "our")
_FINITE = r"(?:will|would|shall|has|have|had|is|are|was|were|must|can|could|may|might|should|remain|remained|said)"
_DONE_BY = re.compile(rf"(?:\s+(?:\w+\s+)?)by\s+(?:(?!and\b|but\b|that\b|which\b|who\b)[\w’'-]+\s+){{1,5}}?{_FINITE}\b")


def _describes(text: str, word: str, end: int) -> bool:
    """Whether a past form only describes the subject ("villages cut off by the storm have no power")."""
    if word.lower() in telling_words().auxiliary:
        return False
    return _DONE_BY.match(text, end) is not None or _second_verb(text, word, end)


_RUNS_ON = re.compile(
    r"\b(?:and|but|or|that|which|who|whose|whom|as|when|while|whether|if|to|not|never|how|why|where|what|than|since|until"
    r"|he|she|it|they|we)\b|[,;:.!?\"]",
    re.IGNORECASE,
)
"""Where another clause begins, so that a verb behind it has another subject, or where the verb governs it."""


def _second_verb(text: str, word: str, end: int) -> bool:
    """Whether another verb of the same subject follows ("two fishermen held in Kestria returned home")."""
    if stem(word.lower()) in _saying() or not word.islower() or _GOVERNS.match(text, end):
        return False
    if _RELATIVE.search(text, end):
        return True
    stop = _RUNS_ON.search(text, end)
    previous = word.lower()
    for found in WORD.finditer(text, end, stop.start() if stop else min(len(text), end + 120)):
        low = found.group().lower()
        finite = low in _FINITE_FORMS or (_past(found.group(), previous) and low not in telling_words().auxiliary)
        if finite and not _in_phrase(low, previous):
            return True
        previous = low
    return False


_GOVERNS = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:the|an?|its|his|her|their|our|all|every|each|some|no|both|more|another|this|these|those)\s"
)
"""What a verb governs, at once or behind a word that belongs to it ("turned back a convoy")."""


def _in_phrase(low: str, previous: str) -> bool:
    """Whether a word that looks like a past form stands inside a phrase ("three armed men") or tells a state."""
    inside = previous in _BEFORE_NOUN or previous in telling_words().prepositions or previous[:1].isdigit()
    return inside or previous in telling_words().loose or low.startswith("un")


_FINITE_FORMS = frozenset(("is", "are", "was", "were", "has", "have", "had", "will", "would"))


def _saying() -> frozenset[str]:
    words = telling_words()
    return frozenset(map(stem, words.saying)) | frozenset().union(*words.opening_keys.values()) | _TELLING


_TELLING = frozenset(
    stem(w) for w in ("deny", "see", "hear", "find", "show", "claim", "report", "believe", "know", "hope")
)
"""Verbs a clause of another subject may follow without "that", beside those of saying."""


def _past(word: str, previous: str) -> bool:
    """Whether a word is an auxiliary or a past form by its look."""
    low = word.lower()
    if low in telling_words().verbs or low.endswith("n't"):
        return previous not in _ARTICLES or low in telling_words().auxiliary
    return low.endswith("ed") and len(low) > 4 and word.islower() and previous not in ("the", "a", "an")


def _present(word: str, before: str, after: str) -> bool:
    """Whether a word right after a name is a verb of the present ("Vantia rejects", "the States pause"), no noun."""
    if not (before.isalpha() and before[0].isupper() and word.islower() and len(word) > 3) or after in _AFTER_NOUN:
        return False
    if word.endswith(("'s", "’s")) or before.lower() in _BEFORE_NOUN:
        return False
    if before.lower() in telling_words().loose or before.lower() in _QUANTIFIERS or _past(after, ""):
        return False
    if any(sign.kind in ("less", "more") for sign in wording(word).signs):
        return after not in telling_words().auxiliary
    if not word.endswith("s") or word.endswith("ss") or kinds_told(word):
        return False
    return stem(word) not in lexicon().common and after not in telling_words().auxiliary


def _next_word(text: str, start: int) -> str:
    found = WORD.search(text, start)
    return found.group().lower() if found else ""
