"""A title and the name beside it are one actor, however far the title's own phrase parts them."""

from __future__ import annotations

from tests.annotate.actor_builders import actors, words
from tests.annotate.builders import parse_of


def test_a_long_title_belongs_to_the_name_behind_it() -> None:
    text = "The envoy to Kenya Flavia Elphberg left."
    row = (
        "The|DT|det|2 envoy|NN|nsubj|7 to|IN|prep|2 Kenya|NNP|compound|6||GPE Flavia|NNP|compound|6 "
        "Elphberg|NNP|pobj|3||PERSON left|VBD|ROOT|0|leave .|.|punct|7"
    )
    parse = parse_of((text, [row]))
    found = actors(parse)["Flavia Elphberg"]
    assert words(parse, found) == ["The envoy", "Flavia Elphberg"]
    assert found.roles == ("envoy to Kenya",)


def test_a_name_between_commas_after_a_title_is_a_persons_whatever_the_recogniser_says() -> None:
    text = "The secretary of the union, Cato Iver, spoke."
    row = (
        "The|DT|det|2 secretary|NN|nsubj|10 of|IN|prep|2 the|DT|det|5 union|NN|pobj|3 ,|,|punct|5 "
        "Cato|NNP|compound|8 Iver|NNP|appos|5||ORG ,|,|punct|2 spoke|VBD|ROOT|0|speak .|.|punct|10"
    )
    parse = parse_of((text, [row]))
    found = actors(parse)
    assert found["Cato Iver"].kind == "person"
    assert words(parse, found["Cato Iver"]) == ["The secretary", "Cato Iver"]
    assert words(parse, found["the union"]) == ["the union"]


def test_a_second_predicate_is_the_same_actor_and_a_denied_one_is_not() -> None:
    text = "Flavia Elphberg is a judge and a poet. Rupert Hentzau is not a judge."
    rows = [
        (
            "Flavia|NNP|compound|2 Elphberg|NNP|nsubj|3||PERSON is|VBZ|ROOT|0|be a|DT|det|5 judge|NN|attr|3 "
            "and|CC|cc|5 "
            "a|DT|det|8 poet|NN|conj|5 .|.|punct|3"
        ),
        (
            "Rupert|NNP|compound|2 Hentzau|NNP|nsubj|3||PERSON is|VBZ|ROOT|0|be not|RB|neg|3 "
            "a|DT|det|6 judge|NN|attr|3 .|.|punct|3"
        ),
    ]
    parse = parse_of((text, rows))
    found = actors(parse)
    assert words(parse, found["Flavia Elphberg"]) == ["Flavia Elphberg", "a judge", "a poet"]
    assert words(parse, found["Rupert Hentzau"]) == ["Rupert Hentzau"]


def test_what_a_pronoun_is_said_to_be_is_said_of_its_actor() -> None:
    text = "Flavia Elphberg spoke. She is a judge."
    rows = [
        "Flavia|NNP|compound|2 Elphberg|NNP|nsubj|3||PERSON spoke|VBD|ROOT|0|speak .|.|punct|3",
        "She|PRP|nsubj|2 is|VBZ|ROOT|0|be a|DT|det|4 judge|NN|attr|2 .|.|punct|2",
    ]
    parse = parse_of((text, rows))
    assert words(parse, actors(parse)["Flavia Elphberg"]) == ["Flavia Elphberg", "She", "a judge"]
