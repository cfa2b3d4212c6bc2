from __future__ import annotations

import pytest

from diurna.annotate.statements.acts import load_acts
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


def test_what_is_known_is_no_prediction() -> None:
    clause = "that|IN|mark|6 prices|NNS|nsubj|6|price will|MD|aux|6 rise|VB|ccomp|2"
    assert act(f"Tel|NNP|nsubj|2 knows|VBZ|ROOT|0|know {clause}") == "assert"


def test_the_act_lexicon_is_sound() -> None:
    words = load_acts()
    assert not words.words["good"] & words.words["bad"]
    assert words.cues["warn"] == "warn"
