from __future__ import annotations

import pytest

from diurna.annotate.statements.attribution import find_statements
from tests.annotate.builders import parse_of


def kind(subject: str, head: int) -> str | None:
    """The speaker's kind in "SUBJECT said camps exist"; `head` is the number of the subject's last noun."""
    sentence = (
        f"{subject} said|VBD|ROOT|0|say camps|NNS|nsubj|{head + 3}|camp exist|VBP|ccomp|{head + 1} .|.|punct|{head + 1}"
    )
    text = " ".join(token.split("|")[0] for token in sentence.split())
    (statement,) = find_statements(parse_of((text, [sentence])))
    return statement.speaker_kind


@pytest.mark.parametrize(
    ("subject", "head", "expected"),
    [
        ("sources|NNS|nsubj|2|source", 1, "anonymous"),
        ("senior|JJ|amod|2 officials|NNS|nsubj|3|official", 2, "group"),
        ("two|CD|nummod|2 officials|NNS|nsubj|3|official", 2, "anonymous"),
        ("the|DT|det|2 source|NN|nsubj|3|source", 2, "anonymous"),
        ("the|DT|det|2 official|NN|nsubj|3|official", 2, None),
        ("Mara|NNP|nsubj|2|mara|PERSON", 1, None),
        ("the|DT|det|2 letter|NN|nsubj|3|letter", 2, "document"),
        ("reports|NNS|nsubj|2|report", 1, "report"),
        ("we|PRP|nsubj|2", 1, "self"),
        ("co-author|NN|nsubj|4 Ana|NNP|compound|3|ana|PERSON Ruel|NNP|dep|1|ruel|PERSON", 3, "named"),
        ("One|CD|nummod|2 MP|NNP|nsubj|3|mp", 2, "anonymous"),
        ("CNN|NNP|compound|2|cnn|ORG Ossa|NNP|nsubj|3|ossa|ORG", 2, "report"),
    ],
)
def test_the_kind_of_speaker(subject: str, head: int, expected: str | None) -> None:
    assert kind(subject, head) == expected


def test_the_outlet_that_broadcast_the_remarks_is_the_channel() -> None:
    sentence = (
        "Tel|NNP|nsubj|2 said|VBD|ROOT|0|say in|IN|prep|2 remarks|NNS|pobj|3|remark aired|VBN|acl|4|air by|IN|agent|5 "
        "Ossa|NNP|compound|8 Radio|NNP|pobj|6 that|IN|mark|11 camps|NNS|nsubj|11|camp exist|VBP|ccomp|2 .|.|punct|2"
    )
    parse = parse_of((" ".join(token.split("|")[0] for token in sentence.split()), [sentence]))
    (statement,) = find_statements(parse)
    assert statement.channel is not None
    assert statement.channel.of(parse.text) == "Ossa Radio"


def test_a_clause_of_speaking_gives_channel_hearers_and_day() -> None:
    sentence = (
        "Speaking|VBG|advcl|10|speak to|IN|prep|1 reporters|NNS|pobj|2|reporter in|IN|prep|1 an|DT|det|6 "
        "interview|NN|pobj|4 on|IN|prep|6 Monday|NNP|pobj|7|monday|DATE Tel|NNP|nsubj|10 said|VBD|ROOT|0|say "
        "camps|NNS|nsubj|12|camp exist|VBP|ccomp|10 .|.|punct|10"
    )
    parse = parse_of((" ".join(token.split("|")[0] for token in sentence.split()), [sentence]))
    (statement,) = find_statements(parse)
    beside = (statement.addressee, statement.channel, statement.time)
    assert [span.of(parse.text) if span else None for span in beside] == [
        "reporters",
        "an interview on Monday",
        "Monday",
    ]
