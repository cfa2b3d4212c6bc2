from __future__ import annotations

import pytest

from diurna.annotate.statements.attribution import find_statements
from diurna.annotate.statements.stance import load_stance
from diurna.model.annotation import Stance
from tests.annotate.builders import parse_of


def stance(sentence: str) -> Stance:
    """The stance of the one statement of a sentence, which is told token by token."""
    text = " ".join(token.split("|")[0] for token in sentence.split())
    (statement,) = find_statements(parse_of((text, [sentence])))
    return statement.stance


def said(clause: str, cue: str = "said|VBD|ROOT|0|say") -> Stance:
    """The stance of "Tel said CLAUSE"; heads in the clause count from 1 in the whole sentence."""
    return stance(f"Tel|NNP|nsubj|2 {cue} {clause}")


@pytest.mark.parametrize(
    ("clause", "act", "polarity"),
    [
        ("camps|NNS|nsubj|4|camp exist|VBP|ccomp|2", "assert", "positive"),
        ("camps|NNS|nsubj|6|camp do|VBP|aux|6 not|RB|neg|6 exist|VB|ccomp|2", "assert", "negative"),
        ("he|PRP|nsubj|6 did|VBD|aux|6 not|RB|neg|6 go|VB|ccomp|2", "deny", "negative"),
        ("camps|NNS|nsubj|5|camp must|MD|aux|5 go|VB|ccomp|2", "demand", "positive"),
        ("he|PRP|nsubj|5 will|MD|aux|5 go|VB|ccomp|2", "promise", "positive"),
        ("he|PRP|nsubj|6 will|MD|aux|6 not|RB|neg|6 go|VB|ccomp|2", "refuse", "negative"),
        ("prices|NNS|nsubj|5|price will|MD|aux|5 rise|VB|ccomp|2", "predict", "positive"),
        ("he|PRP|nsubj|5 would|MD|aux|5 like|VB|ccomp|2 peace|NN|dobj|5", "express", "positive"),
    ],
)
def test_a_plain_said_takes_its_act_from_what_was_said(clause: str, act: str, polarity: str) -> None:
    found = said(clause)
    assert (found.act, found.polarity) == (act, polarity)


def test_a_cue_with_an_act_of_its_own_keeps_it() -> None:
    found = said("camps|NNS|nsubj|5|camp must|MD|aux|5 go|VB|ccomp|2", "warned|VBD|ROOT|0|warn")
    assert found.act == "warn"


@pytest.mark.parametrize(
    ("clause", "cue", "certainty", "hedges"),
    [
        ("camps|NNS|nsubj|4|camp exist|VBP|ccomp|2", "said|VBD|ROOT|0|say", "certain", 0),
        ("camps|NNS|nsubj|5|camp may|MD|aux|5 exist|VB|ccomp|2", "said|VBD|ROOT|0|say", "possible", 1),
        ("camps|NNS|nsubj|5|camp probably|RB|advmod|5 exist|VBP|ccomp|2", "said|VBD|ROOT|0|say", "probable", 1),
        ("camps|NNS|nsubj|4|camp exist|VBP|ccomp|2", "believes|VBZ|ROOT|0|believe", "probable", 0),
        ("camps|NNS|nsubj|4|camp exist|VBP|ccomp|2", "fears|VBZ|ROOT|0|fear", "possible", 0),
        ("camps|NNS|nsubj|4|camp exist|VBP|ccomp|2", "hopes|VBZ|ROOT|0|hope", "unknown", 0),
    ],
)
def test_certainty_comes_from_the_cue_and_the_hedges(clause: str, cue: str, certainty: str, hedges: int) -> None:
    found = said(clause, cue)
    assert (found.certainty, len(found.hedges)) == (certainty, hedges)


def test_a_refusal_that_is_negated_is_an_agreement() -> None:
    sentence = "Tel|NNP|nsubj|4 did|VBD|aux|4 not|RB|neg|4 refuse|VB|ROOT|0 to|TO|aux|6 go|VB|xcomp|4 .|.|punct|4"
    assert stance(sentence).act == "agree"


def test_the_stance_lexicon_is_sound() -> None:
    words = load_stance()
    assert "if" in words.conditions
    assert not words.possible & words.probable


@pytest.mark.parametrize(
    ("joint", "told"),
    [
        ("did|VBD|aux|4 not|RB|neg|4 concede|VB|ROOT|0 or|CC|cc|4 admit|VB|conj|4", False),
        ("did|VBD|aux|4 not|RB|neg|4 go|VB|ROOT|0 but|CC|cc|4 admit|VB|conj|4", True),
        ("did|VBD|aux|4 not|RB|neg|4 go|VB|ROOT|0 and|CC|cc|4 admitted|VBD|conj|4|admit", True),
    ],
)
def test_a_verb_shares_the_negation_it_is_joined_to_by_or(joint: str, told: bool) -> None:
    sentence = f"Tel|NNP|nsubj|4 {joint} that|IN|mark|9 camps|NNS|nsubj|9|camp exist|VBP|ccomp|6 .|.|punct|4"
    text = " ".join(token.split("|")[0] for token in sentence.split())
    found = [s for s in find_statements(parse_of((text, [sentence]))) if s.cue_lemma == "admit"]
    assert bool(found) is told
