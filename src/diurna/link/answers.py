"""Answers that name no matter of their own: "denied the allegation", "no promise was made", "rejected that account"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from diurna.link.exhibits import Exhibit, Surroundings
from diurna.link.matching import Matter, short
from diurna.link.pairing import Pair
from diurna.link.voices import about_one_party, nested, pair, two_voices, verb, who
from diurna.link.wording import direction, lexicon
from diurna.model.record import ScopeTest

_REACH = 1_500
"""Characters back within which what is answered is looked for."""

_NEAR = 800
"""The same for "the claim", said of nobody in particular."""

_THAT = re.compile(r"\W*(?:that|this|his|her|their|its)\s", re.IGNORECASE)
_THE_ONE = re.compile(r"\W*the\s+\w+[^s\s]\b", re.IGNORECASE)


def _answered(around: Surroundings, answers: Sequence[Exhibit], asserted: Sequence[Exhibit]) -> Iterator[Pair]:
    """Answers that name no matter of their own ("denied the allegations"), with the nearest claim before them."""
    for answer in answers:
        solid = {t.key for t in answer.words.terms if t.key not in around.apart}
        if not solid & lexicon().claim or len(solid) > 3 or not answer.turned:
            continue
        reach = answer.span.start - _ANSWER_REACH
        before = [one for one in asserted if reach <= one.span.end <= answer.span.start and not nested(one, answer)]
        found = [one for one in before if _meant(around, answer, one, solid)]
        if found:
            yield _answer(around, answer, found[-1])


def _meant(around: Surroundings, answer: Exhibit, claim: Exhibit, solid: set[str]) -> bool:
    """Whether "the allegation" or "that account" can be this claim: one about the answerer, or by whom it names."""
    if claim.kind == "accuse":
        return about_one_party(around, answer, claim).result == "pass"
    if solid & lexicon().accusation or two_voices(around, answer.side, claim.side).result != "pass":
        return False
    names = {t.key for t in answer.words.terms if t.kind == "name"}
    return bool(names & claim.side.names) or bool(_THAT.match(answer.words.text))


def _answer(around: Surroundings, denial: Exhibit, claim: Exhibit) -> Pair:
    why = f"{short(denial.words.text)} stands for what the sentences before it tell: {short(claim.words.text)}"
    matter = Matter(ScopeTest("same matter", "pass", why), (), 1.5, 0.5, denial.words.text)
    tests = [
        matter.test,
        ScopeTest("opposite polarity", "pass", "the one is a claim, the other its denial"),
        two_voices(around, denial.side, claim.side),
    ]
    reason = f"{who(claim)} said {short(claim.words.text)}; {who(denial)} {verb(denial)} {short(denial.words.text)}."
    return pair("disputed_by_other", denial, claim, tests, matter, reason, around)


def _unsaid(around: Surroundings, statements: Sequence[Exhibit]) -> Iterator[Pair]:
    """Promises, agreements, threats and demands against the word that there was none ("no promise was made")."""
    opened = [found for one in around.reading.commitments if (found := around.commitment(one))]
    opened += [replace(one, kind="threat") for one in statements if one.kind == "warn"]
    nouns = frozenset().union(*lexicon().openers.values())
    for answer in statements:
        said = [t.key for t in answer.words.terms if t.key in nouns]
        if not said or not _denies(answer, said):
            continue
        for one in opened:
            fits = any(key in lexicon().openers.get(one.kind, ()) for key in said)
            if fits and 0 <= answer.span.start - one.span.end <= _ANSWER_REACH and not nested(one, answer):
                made = _unsaid_pair(around, answer, one)
                if made.tests[0].result == "pass":
                    yield made


def _denies(answer: Exhibit, nouns: Sequence[str]) -> bool:
    return answer.flat or direction(answer.words, nouns) == -1


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
    reason = (
        f"{who(told)} told of a {one.kind}, {short(one.words.text)}; {who(answer)} said {short(answer.words.text)}."
    )
    return pair("disputed_by_other", answer, one, tests, matter, reason, around)


