"""Which mentions are the same actor, and above all which are not."""

from __future__ import annotations

import pytest

from diurna.annotate.actors.naming import body_key, is_acronym_of, name_key, same_person
from tests.annotate.actor_builders import actors, words
from tests.annotate.builders import parse_of

MEET = (
    "Rudolf|NNP|compound|2 Rassendyll|NNP|nsubj|3 met|VBD|ROOT|0|meet Antoinette|NNP|compound|5 "
    "Mauban|NNP|dobj|3 .|.|punct|3"
)


def test_surname_alone_and_pronouns_by_gender() -> None:
    text = "Michael Strelsau met Anna Hentzau. Strelsau left. She stayed."
    rows = [
        (
            "Michael|NNP|compound|2 Strelsau|NNP|nsubj|3 met|VBD|ROOT|0|meet Anna|NNP|compound|5 "
            "Hentzau|NNP|dobj|3 .|.|punct|3"
        ),
        "Strelsau|NNP|nsubj|2 left|VBD|ROOT|0|leave .|.|punct|2",
        "She|PRP|nsubj|2 stayed|VBD|ROOT|0|stay .|.|punct|2",
    ]
    parse = parse_of((text, rows))
    found = actors(parse)
    assert words(parse, found["Michael Strelsau"]) == ["Michael Strelsau", "Strelsau"]
    assert words(parse, found["Anna Hentzau"]) == ["Anna Hentzau", "She"]


def test_prime_minister_and_former_prime_minister_stay_apart() -> None:
    text = "Prime Minister Michael Strelsau met former Prime Minister Peter Hentzau. The prime minister left."
    rows = [
        (
            "Prime|NNP|compound|4 Minister|NNP|compound|4 Michael|NNP|compound|4 Strelsau|NNP|nsubj|5 "
            "met|VBD|ROOT|0|meet former|JJ|amod|10 Prime|NNP|compound|10 Minister|NNP|compound|10 "
            "Peter|NNP|compound|10 Hentzau|NNP|dobj|5 .|.|punct|5"
        ),
        "The|DT|det|3 prime|JJ|amod|3 minister|NN|nsubj|4 left|VBD|ROOT|0|leave .|.|punct|4",
    ]
    parse = parse_of((text, rows))
    found = actors(parse)
    assert words(parse, found["Michael Strelsau"])[-1] == "The prime minister"
    assert len(found["Peter Hentzau"].mentions) == 1
    assert found["Peter Hentzau"].sector == "ELI"


def test_appositive_joins_name_and_office() -> None:
    text = "Flavia Elphberg, the ambassador, spoke. The ambassador left."
    rows = [
        (
            "Flavia|NNP|compound|2 Elphberg|NNP|nsubj|7 ,|,|punct|2 the|DT|det|5 ambassador|NN|appos|2 "
            ",|,|punct|2 spoke|VBD|ROOT|0|speak .|.|punct|7"
        ),
        "The|DT|det|2 ambassador|NN|nsubj|3 left|VBD|ROOT|0|leave .|.|punct|3",
    ]
    parse = parse_of((text, rows))
    assert words(parse, actors(parse)["Flavia Elphberg"]) == ["Flavia Elphberg", "the ambassador", "The ambassador"]


def test_acronym_and_alias_in_brackets() -> None:
    text = "The Zenda Fishing Council (ZFC) met. The ZFC left."
    rows = [
        (
            "The|DT|det|4 Zenda|NNP|compound|4 Fishing|NNP|compound|4 Council|NNP|nsubj|8 (|-LRB-|punct|4 "
            "ZFC|NNP|appos|4 )|-RRB-|punct|4 met|VBD|ROOT|0|meet .|.|punct|8"
        ),
        "The|DT|det|2 ZFC|NNP|nsubj|3 left|VBD|ROOT|0|leave .|.|punct|3",
    ]
    parse = parse_of((text, rows))
    council = actors(parse)["Zenda Fishing Council"]
    assert "ZFC" in council.aliases
    assert len(council.mentions) == 3


def test_lawmaker_takes_up_the_senator_but_two_senators_stay_open() -> None:
    one = ["Senator|NNP|compound|3 Peter|NNP|compound|3 Hentzau|NNP|nsubj|4 spoke|VBD|ROOT|0|speak .|.|punct|4"]
    two = [
        (
            "Senator|NNP|compound|3 Peter|NNP|compound|3 Hentzau|NNP|nsubj|7 and|CC|cc|3 "
            "Senator|NNP|compound|6 Rupert|NNP|conj|3 spoke|VBD|ROOT|0|speak .|.|punct|7"
        )
    ]
    then = "The|DT|det|2 lawmaker|NN|nsubj|3 left|VBD|ROOT|0|leave .|.|punct|3"
    clear = parse_of(("Senator Peter Hentzau spoke. The lawmaker left.", [*one, then]))
    open_ = parse_of(("Senator Peter Hentzau and Senator Rupert spoke. The lawmaker left.", [*two, then]))
    assert words(clear, actors(clear)["Peter Hentzau"])[-1] == "The lawmaker"
    assert "The lawmaker" in actors(open_)


def test_countries_keep_presidents_apart() -> None:
    text = "The French president met the Kenyan president."
    row = (
        "The|DT|det|3 French|JJ|amod|3 president|NN|nsubj|4 met|VBD|ROOT|0|meet the|DT|det|7 "
        "Kenyan|JJ|amod|7 president|NN|dobj|4 .|.|punct|4"
    )
    assert set(actors(parse_of((text, [row])))) == {"The French president", "the Kenyan president"}


def test_state_by_all_its_names() -> None:
    text = "Iran denied it. Tehran denied it."
    rows = [f"{name}|NNP|nsubj|2 denied|VBD|ROOT|0|deny it|PRP|dobj|2 .|.|punct|2" for name in ("Iran", "Tehran")]
    parse = parse_of((text, rows))
    assert actors(parse)["Iran"].aliases == ("Tehran",)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Mohammed Shia al-Zenda", "Mohammed al-Zenda", True),
        ("Mohammed Zenda", "Mohammad Zenda", True),
        ("J. Zenda", "John Zenda", True),
        ("John Zenda", "Jane Zenda", False),
        ("John Zenda", "John Hentzau", False),
    ],
)
def test_full_names(one: str, other: str, same: bool) -> None:
    keys = [name_key(text.replace("-", " - ").split()) for text in (one, other)]
    assert same_person(keys[0], keys[1]) is same


def test_bodies_in_singular_and_plural() -> None:
    assert body_key(["Zenda", "Forces"]) == body_key(["The", "Zenda", "Force"])


@pytest.mark.parametrize(
    ("short", "name", "yes"),
    [
        ("ZFC", "Zenda Fishing Council", True),
        ("MoF", "Ministry of Fisheries", True),
        ("XYZ", "Zenda Fishing Council", False),
    ],
)
def test_acronyms(short: str, name: str, yes: bool) -> None:
    assert is_acronym_of(short, name.split()) is yes


def test_shortened_body_joins_the_only_longer_name() -> None:
    text = "The Zenda Fishing Council met. The Fishing Council left."
    rows = [
        "The|DT|det|4 Zenda|NNP|compound|4 Fishing|NNP|compound|4 Council|NNP|nsubj|5 met|VBD|ROOT|0|meet .|.|punct|5",
        "The|DT|det|3 Fishing|NNP|compound|3 Council|NNP|nsubj|4 left|VBD|ROOT|0|leave .|.|punct|4",
    ]
    parse = parse_of((text, rows))
    assert actors(parse)["Zenda Fishing Council"].aliases == ("Fishing Council",)


def test_two_ministries_are_two_though_both_are_ministries() -> None:
    text = "The interior ministry met. The defence ministry left."
    rows = [
        "The|DT|det|3 interior|NN|compound|3 ministry|NN|nsubj|4 met|VBD|ROOT|0|meet .|.|punct|4",
        "The|DT|det|3 defence|NN|compound|3 ministry|NN|nsubj|4 left|VBD|ROOT|0|leave .|.|punct|4",
    ]
    assert set(actors(parse_of((text, rows)))) == {"The interior ministry", "The defence ministry"}


def test_the_country_is_the_only_state_near_and_no_actor_where_it_only_is_a_place() -> None:
    text = "Kenya closed schools. The country waited. He lives in the city."
    rows = [
        "Kenya|NNP|nsubj|2||GPE closed|VBD|ROOT|0|close schools|NNS|dobj|2|school .|.|punct|2",
        "The|DT|det|2 country|NN|nsubj|3 waited|VBD|ROOT|0|wait .|.|punct|3",
        "He|PRP|nsubj|2 lives|VBZ|ROOT|0|live in|IN|prep|2 the|DT|det|5 city|NN|pobj|3 .|.|punct|2",
    ]
    parse = parse_of((text, rows))
    assert words(parse, actors(parse)["Kenya"]) == ["Kenya", "The country"]
    assert "the city" not in actors(parse)


def test_the_sort_of_a_body_beside_its_name_is_the_body() -> None:
    text = "Zenda Watch spoke. The Zenda Watch group left."
    rows = [
        "Zenda|NNP|compound|2 Watch|NNP|nsubj|3||ORG spoke|VBD|ROOT|0|speak .|.|punct|3",
        (
            "The|DT|det|4 Zenda|NNP|compound|3 Watch|NNP|compound|4||ORG group|NN|nsubj|5 left|VBD|ROOT|0|leave "
            ".|.|punct|5"
        ),
    ]
    parse = parse_of((text, rows))
    assert len(actors(parse)["Zenda Watch"].mentions) == 2
    assert len(actors(parse)) == 1


def test_vice_president_is_not_the_president() -> None:
    text = "Vice President Peter Hentzau spoke. The president left."
    rows = [
        (
            "Vice|NNP|compound|4 President|NNP|compound|4 Peter|NNP|compound|4 Hentzau|NNP|nsubj|5||PERSON "
            "spoke|VBD|ROOT|0|speak .|.|punct|5"
        ),
        "The|DT|det|2 president|NN|nsubj|3 left|VBD|ROOT|0|leave .|.|punct|3",
    ]
    assert set(actors(parse_of((text, rows)))) == {"Peter Hentzau", "The president"}


def test_a_name_and_its_beginning_are_one_person() -> None:
    text = "Peter Amos Hentzau died. Peter Amos lived."
    rows = [
        "Peter|NNP|compound|3 Amos|NNP|compound|3 Hentzau|NNP|nsubj|4||PERSON died|VBD|ROOT|0|die .|.|punct|4",
        "Peter|NNP|compound|2 Amos|NNP|nsubj|3||PERSON lived|VBD|ROOT|0|live .|.|punct|3",
    ]
    assert set(actors(parse_of((text, rows)))) == {"Peter Amos Hentzau"}


def test_quoted_words_about_him_are_not_about_the_speaker() -> None:
    text = "Rupert Hentzau met Peter Strelsau. Peter Strelsau said: “He lied.”"
    rows = [
        (
            "Rupert|NNP|compound|2 Hentzau|NNP|nsubj|3||PERSON met|VBD|ROOT|0|meet Peter|NNP|compound|5 "
            "Strelsau|NNP|dobj|3||PERSON .|.|punct|3"
        ),
        (
            "Peter|NNP|compound|2 Strelsau|NNP|nsubj|3||PERSON said|VBD|ROOT|0|say :|:|punct|3 “|``|punct|7 "
            "He|PRP|nsubj|7 lied|VBD|ccomp|3|lie .|.|punct|3 ”|''|punct|3"
        ),
    ]
    parse = parse_of((text, rows))
    assert words(parse, actors(parse)["Rupert Hentzau"]) == ["Rupert Hentzau", "He"]
