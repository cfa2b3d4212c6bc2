from __future__ import annotations

import pytest

from diurna.annotate.statements.actwords import load_acts
from diurna.annotate.statements.attribution import find_statements
from tests.annotate.builders import parse_of


def act(sentence: str) -> str:
    """The act of the one statement of a sentence, which is told token by token."""
    text = " ".join(token.split("|")[0] for token in sentence.split())
    (statement,) = find_statements(parse_of((text, [sentence])))
    return statement.stance.act


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("it|PRP|nsubj|4 is|VBZ|ccomp|2|be a|DT|det|6 disgrace|NN|attr|4", "condemn"),
        ("it|PRP|nsubj|4 is|VBZ|ccomp|2|be a|DT|det|6 success|NN|attr|4", "praise"),
        ("it|PRP|nsubj|4 is|VBZ|ccomp|2|be false|JJ|acomp|4", "deny"),
        ("Ossa|NNP|nsubj|4 violated|VBD|ccomp|2|violate truces|NNS|dobj|4|truce", "accuse"),
        ("he|PRP|nsubj|4 plans|VBZ|ccomp|2|plan talks|NNS|dobj|4|talk", "announce"),
        ("talks|NNS|nsubjpass|6|talk will|MD|aux|6 be|VB|auxpass|6 held|VBN|ccomp|2|hold", "announce"),
        ("there|EX|expl|4 is|VBZ|ccomp|2|be danger|NN|attr|4", "warn"),
        ("talks|NNS|nsubj|5|talk would|MD|aux|5 require|VB|ccomp|2 consent|NN|dobj|5", "assert"),
    ],
)
def test_what_was_said_gives_a_plain_cue_its_act(clause: str, expected: str) -> None:
    assert act(f"Tel|NNP|nsubj|2 said|VBD|ROOT|0|say {clause}") == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("he|PRP|nsubj|5 had|VBD|aux|5|have cancelled|VBN|ccomp|2|cancel talks|NNS|dobj|5|talk", "announce"),
        ("he|PRP|nsubj|4 expects|VBZ|ccomp|2|expect talks|NNS|dobj|4|talk", "predict"),
        ("he|PRP|nsubj|4 looked|VBD|ccomp|2|look forward|RB|advmod|4 to|IN|prep|4 talks|NNS|pobj|6|talk", "express"),
        ("Ossa|NNP|nsubj|4 stands|VBZ|ccomp|2|stand ready|JJ|acomp|4", "promise"),
        ("it|PRP|nsubj|4 is|VBZ|ccomp|2|be time|NN|attr|4 to|TO|aux|7 talk|VB|relcl|5", "demand"),
        ("he|PRP|nsubj|5 would|MD|aux|5 consider|VB|ccomp|2 talks|NNS|dobj|5|talk", "announce"),
        ("he|PRP|nsubj|4 applauded|VBD|ccomp|2|applaud Ossa|NNP|dobj|4", "praise"),
        ("he|PRP|nsubj|6 had|VBD|aux|6|have not|RB|neg|6 met|VBN|ccomp|2|meet Ossa|NNP|dobj|6", "deny"),
        ("he|PRP|nsubj|6 does|VBZ|aux|6|do not|RB|neg|6 drink|VB|ccomp|2 wine|NN|dobj|6", "assert"),
        ("prices|NNS|nsubj|5|price will|MD|aux|5 bring|VB|ccomp|2 hardship|NN|dobj|5", "warn"),
    ],
)
def test_what_the_speakers_side_does_hopes_or_weighs_is_no_bare_assertion(clause: str, expected: str) -> None:
    assert act(f"Tel|NNP|nsubj|2||PERSON said|VBD|ROOT|0|say {clause}") == expected


def test_those_asked_in_a_survey_promise_nothing() -> None:
    clause = "they|PRP|nsubj|5 will|MD|aux|5 vote|VB|ccomp|2"
    assert act(f"Respondents|NNS|nsubj|2|respondent said|VBD|ROOT|0|say {clause}") == "assert"


def test_what_one_thinks_one_will_do_is_foretold() -> None:
    clause = "that|IN|mark|6 he|PRP|nsubj|6 will|MD|aux|6 win|VB|ccomp|2"
    assert act(f"Tel|NNP|nsubj|2 believes|VBZ|ROOT|0|believe {clause}") == "predict"


def test_what_is_known_is_no_prediction() -> None:
    clause = "that|IN|mark|6 prices|NNS|nsubj|6|price will|MD|aux|6 rise|VB|ccomp|2"
    assert act(f"Tel|NNP|nsubj|2 knows|VBZ|ROOT|0|know {clause}") == "assert"


def test_the_act_lexicon_is_sound() -> None:
    words = load_acts()
    assert not words.words["good"] & words.words["bad"]
    assert words.cues["warn"] == "warn"
