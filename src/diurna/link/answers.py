"""Answers that name no matter of their own: "denied the allegation", "no promise was made", "rejected that account"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from diurna.link.exhibits import Exhibit, Surroundings
from diurna.link.matching import Matter, short
from diurna.link.matters import lexicon
from diurna.link.pairing import Pair
from diurna.link.voices import about_one_party, nested, pair, two_voices, verb, who
from diurna.link.wording import direction
from diurna.model.record import GapKind, ScopeTest

_REACH = 1_500
"""Characters back within which what is answered is looked for."""

_NEAR = 800
"""The same for "the claim", said of nobody in particular."""

_THAT = re.compile(r"\W*(?:any\s+)?(?:that|this|these|those|such|his|her|their|its)\s", re.IGNORECASE)
_JUST_THAT = re.compile(
    r"\W*(?:this|it|that|which)(?:\W*$|\s*,|\s+(?:citing|saying|calling|insisting|stating|claiming)\b)", re.IGNORECASE
)
"""A denial of nothing but what was said right before it ("denied this, saying ...")."""
_RIGHT_BEFORE = 120
_THE_ONE = re.compile(r"\W*the\s+\w*[^\Ws]\b", re.IGNORECASE)


_BARE = re.compile(
    r"\W*(?:the|these|those|this|that|such|both|any such)\s+(?:\w+\s+)?"
    r"(?:claims?|reports?|accounts?|versions?|statements?|assertions?)\b"
    r"(?!\s+(?:of|by|from|that|made|about|concerning|regarding)\b|['’])",
    re.IGNORECASE,
)
"""A claim pointed at and not told ("dismissed the reports as false"), whatever is said beside it."""
_NOBODY = re.compile(r"(?:others?|some|many|most|several|they|critics|people|experts)", re.IGNORECASE)
"""Voices of nobody in particular."""
_NEARER = 160
"""Characters back within which such a claim is looked for: the sentence before."""


class _Before:
    """Exhibits in text order, looked up by what ends shortly before a place."""

    def __init__(self, exhibits: Sequence[Exhibit]) -> None:
        self._sorted = sorted(exhibits, key=lambda one: (one.span.start, one.span.end, one.id))
        self._starts = [one.span.start for one in self._sorted]

    def of(self, answer: Exhibit) -> Iterator[Exhibit]:
        """Those that end at most 1,500 characters before `answer`, nearest first; none that holds it."""
        first = bisect_left(self._starts, answer.span.start - 2 * _REACH)
        for one in reversed(self._sorted[first : bisect_right(self._starts, answer.span.start)]):
            if 0 <= answer.span.start - one.span.end <= _REACH and not nested(one, answer):
                yield one


def find_answers(around: Surroundings, statements: Sequence[Exhibit], asserted: Sequence[Exhibit]) -> Iterator[Pair]:
    """Pairs of a claim, promise or threat with the word that it is not so."""
    before = _Before(asserted)
    for answer in statements:
        if answer.kind in ("deny", "refuse") and answer.turned:
            solid = {t.key for t in answer.words.terms if t.key not in around.apart}
            found, bare = None, _BARE.match(answer.words.text)
            if bare and answer.flat and not solid & lexicon().accusation:
                found = next((one for one in before.of(answer) if _told_before(around, answer, one)), None)
            if found is None and solid & lexicon().claim and len(solid) <= 3:
                found = next((one for one in before.of(answer) if _meant(around, answer, one, solid)), None)
            elif answer.flat and _JUST_THAT.match(answer.words.text):
                found = next((one for one in before.of(answer) if _just_said(around, answer, one)), None)
            if found:
                yield _answer(around, answer, found)
    yield from _turned_down(around, statements, asserted)
    yield from _unsaid(around, statements)


def _meant(around: Surroundings, answer: Exhibit, claim: Exhibit, solid: set[str]) -> bool:
    """Whether "the allegation" or "that account" can be this claim: one about the answerer, or by whom it names."""
    if two_voices(around, answer.side, claim.side).result != "pass":
        return False
    if about_one_party(around, answer, claim, strict=True).result == "pass":
        return True
    if solid & lexicon().accusation:
        return False
    named = [around.parties.of_actor(actor) for actor in around.actors_in(answer.span)]
    if any(around.parties.kin(one, claim.side).result == "pass" for one in named):
        return True
    if named:
        return False
    near = answer.span.start - claim.span.end <= _NEAR
    return bool(_THAT.match(answer.words.text)) or (near and bool(_THE_ONE.match(answer.words.text)))


def _told_before(around: Surroundings, answer: Exhibit, claim: Exhibit) -> bool:
    """Whether "the reports" can be this claim: the last before it, of another voice, and of nobody nameless."""
    near = answer.span.start - claim.span.end <= _NEARER
    other = two_voices(around, answer.side, claim.side).result == "pass" and not _NOBODY.fullmatch(answer.side.text)
    return near and bool(claim.side.text) and other and claim.kind in _ASSERTING


def _just_said(around: Surroundings, answer: Exhibit, claim: Exhibit) -> bool:
    """Whether "this" can be a claim: another's, and the last one before the denial."""
    near = answer.span.start - claim.span.end <= _RIGHT_BEFORE
    return near and two_voices(around, answer.side, claim.side).result == "pass"


_NAME = re.compile(r"\B\s[A-Z]|\b[a-z]+\s.*[A-Z]|^[A-Z]\w*[A-Z]|^(?!The\b|An?\b|This\b|That\b)[A-Z]")
_NAMED_BY = 12
"""Characters into what is turned down within which the one whose word it is must be named ("the claim of ...")."""


def _turned_down(around: Surroundings, statements: Sequence[Exhibit], asserted: Sequence[Exhibit]) -> Iterator[Pair]:
    """Words turned down together with whose they are ("vetoed a resolution that calls for ...")."""
    answers = {one.id: one for one in statements if one.flat and one.kind in ("deny", "refuse")}
    claims = {one.id for one in asserted}
    for word in statements:
        answer = answers.get(word.teller or "")
        if answer is None or word.kind not in (*_ASKED, *_OFFERED, *_ASSERTING):
            continue
        by_name = around.statements[word.id].evidence.rule.endswith("noun:answered")
        if not word.side.text or not (by_name or _begins(around, answer, word)):
            continue
        asked = word.kind in _ASKED or (by_name and word.kind in _OFFERED and answer.kind == "refuse")
        if asked and _judges(answer):
            continue
        if asked or word.id in claims:
            yield _turned_down_pair(around, answer, word, "demand_refused" if asked else "disputed_by_other")


def _begins(around: Surroundings, answer: Exhibit, word: Exhibit) -> bool:
    """Whether what is turned down begins with who says the word, by name ("a Norrow council resolution that calls")."""
    cue = around.statements[word.id].cue.spans
    early = 0 <= word.side.start - answer.span.start <= _NAMED_BY
    if not early or not cue or not _NAME.search(word.side.text):
        return False
    return around.text[word.side.start + len(word.side.text) : cue[0].start].strip() in ("", "that", "which", "who")


_ASSERTING = ("assert", "accuse", "announce")
_ASKED = {"demand": "demanded", "propose": "proposed", "ask": "asked"}
_OFFERED = {"promise": "offered", "announce": "planned"}


def _judges(answer: Exhibit) -> bool:
    """Whether a court turns it down: a ruling on an appeal is no refusal between parties."""
    return any(word.strip(".,’'s").casefold() in lexicon().judging for word in answer.side.text.split())


def _turned_down_pair(around: Surroundings, answer: Exhibit, word: Exhibit, kind: GapKind) -> Pair:
    why = f"{short(word.words.text)} is what is turned down, by the name of whose word it is"
    matter = Matter(ScopeTest("same matter", "pass", why), (), 2.0, 1.0)
    tests = [
        two_voices(around, answer.side, word.side),
        matter.test,
        ScopeTest("opposite polarity", "pass", "the one says or asks it, the other turns it down"),
    ]
    refused = kind == "demand_refused"
    said = (_ASKED | _OFFERED)[word.kind] if refused else verb(word) if " of " in word.words.text else "said"
    answered = "turned down" if refused else verb(answer)
    reason = f"{who(word)} {said} {short(word.words.text)}; {who(answer)} {answered} {_said(answer)}."
    left, right = (word, answer) if kind == "demand_refused" else (answer, word)
    return pair(kind, left, right, tests, matter, reason)


def _answer(around: Surroundings, answer: Exhibit, claim: Exhibit) -> Pair:
    why = f"{short(answer.words.text)} stands for what the sentences before it tell: {short(claim.words.text)}"
    matter = Matter(ScopeTest("same matter", "pass", why), (), 1.5, 0.5, answer.words.text)
    tests = [
        two_voices(around, answer.side, claim.side),
        matter.test,
        ScopeTest("opposite polarity", "pass", "the one is a claim, the other its denial"),
    ]
    reason = f"{who(claim)} {verb(claim)} {short(claim.words.text)}; {who(answer)} {verb(answer)} {_said(answer)}."
    return pair("disputed_by_other", answer, claim, tests, matter, reason)


def _said(answer: Exhibit) -> str:
    return "it" if answer.words.text.casefold() == "which" else short(answer.words.text)


def _unsaid(around: Surroundings, statements: Sequence[Exhibit]) -> Iterator[Pair]:
    """Promises, agreements, threats and demands against the word that there was none ("no promise was made")."""
    opened = [found for one in around.reading.commitments if (found := around.commitment(one))]
    opened += [replace(one, kind="threat") for one in statements if one.kind == "warn"]
    before, nouns = _Before(opened), frozenset().union(*lexicon().openers.values())
    for answer in statements:
        said = [t.key for t in answer.words.terms if t.key in nouns]
        if said and _denies(answer, said):
            for one in before.of(answer):
                if any(key in lexicon().openers.get(one.kind, ()) for key in said):
                    made = _unsaid_pair(around, answer, one)
                    if made.tests[0].result == "pass":
                        yield made


def _denies(answer: Exhibit, nouns: Sequence[str]) -> bool:
    return answer.kind != "express" and (answer.flat or direction(answer.words, nouns) == -1)


def _unsaid_pair(around: Surroundings, answer: Exhibit, one: Exhibit) -> Pair:
    teller = around.teller_of(one)
    told = around.statement(teller) if teller else one
    why = f"{short(answer.words.text)} is about the {one.kind} told before: {short(one.words.text)}"
    matter = Matter(ScopeTest("same matter", "pass", why), (), 1.5, 0.5)
    kinship = around.parties.kin(answer.side, one.side)
    tests = [
        ScopeTest("same actor", kinship.result, kinship.why),
        matter.test,
        ScopeTest("opposite polarity", "pass", "the one tells of it, the other says there was none"),
        two_voices(around, answer.side, told.side),
    ]
    what = f"{'an' if one.kind[0] in 'aeiou' else 'a'} {one.kind}"
    reason = f"{who(told)} told of {what}: {short(one.words.text)}; {who(answer)} {verb(answer)} {_said(answer)}."
    return pair("disputed_by_other", answer, one, tests, matter, reason)
