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
from diurna.model.record import ScopeTest

_REACH = 1_500
"""Characters back within which what is answered is looked for."""

_NEAR = 800
"""The same for "the claim", said of nobody in particular."""

_THAT = re.compile(r"\W*(?:that|this|his|her|their|its)\s", re.IGNORECASE)
_THE_ONE = re.compile(r"\W*the\s+\w*[^\Ws]\b", re.IGNORECASE)


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
            if solid & lexicon().claim and len(solid) <= 3:
                found = next((one for one in before.of(answer) if _meant(around, answer, one, solid)), None)
                if found:
                    yield _answer(around, answer, found)
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
    return short(answer.words.text)


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
