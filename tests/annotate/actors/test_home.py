"""The one country a report plays in, and whose it is not."""

from __future__ import annotations

import pytest

from diurna.annotate.actors.home import Deed, at_home, country_within, home_country
from diurna.annotate.parse import Parse
from diurna.model.record import EventType, Party, Place
from diurna.model.span import Span
from tests.annotate.builders import parse_of

ONE = "Police fled Kenya."
TWO = "Kenya warned Uganda."


def one() -> Parse:
    return parse_of((ONE, ["Police|NNS|nsubj|2 fled|VBD|ROOT|0 Kenya|NNP|dobj|2||GPE .|.|punct|2"]))


def party(sector: str | None = "COP", country: str | None = None) -> Party:
    return Party(Span(0, 6), "Police", None, country, sector)


def other(country: str | None) -> Party:
    return Party(Span(12, 17), "Kenya", None, country, None)


def test_the_only_country_named_is_home_and_two_are_none() -> None:
    two = parse_of((TWO, ["Kenya|NNP|nsubj|2||GPE warned|VBD|ROOT|0 Uganda|NNP|dobj|2||GPE .|.|punct|2"]))
    assert (home_country(one()), home_country(two)) == ("KEN", None)


@pytest.mark.parametrize(
    ("who", "facing", "country"),
    [
        (party(), other(None), "KEN"),
        (party(country="UGA"), other(None), "UGA"),
        (party(), other("KEN"), None),
        (party(sector="MIL"), other(None), None),
        (party(sector=None), other(None), None),
    ],
    ids=["home", "its own", "faces the country", "soldiers may be abroad", "no sector"],
)
def test_whose_country_it_is(who: Party, facing: Party, country: str | None) -> None:
    assert at_home(who, one(), [facing], lambda: "KEN") == country


def test_a_named_body_is_not_taken_home() -> None:
    text = "Zendapol fled Kenya."
    parse = parse_of((text, ["Zendapol|NNP|nsubj|2||ORG fled|VBD|ROOT|0 Kenya|NNP|dobj|2||GPE .|.|punct|2"]))
    assert at_home(Party(Span(0, 8), "Zendapol", None, None, "COP"), parse, [], lambda: "KEN") is None


def _deed(kind: EventType, country: str | None = None, cameo: str | None = None) -> Deed:
    return Deed(kind, cameo, country)


def words(*rows: str) -> Parse:
    """One noun a sentence, so that each is a phrase of its own."""
    return parse_of((" ".join(rows), [f"{row}|NNS|ROOT|0|{row.lower().removesuffix('s')}" for row in rows]))


def named(parse: Parse, number: int, sector: str | None, country: str | None = None) -> Party:
    return Party(parse.span(number, number + 1), parse.words[number], None, country, sector)


@pytest.mark.parametrize(
    ("who", "facing", "deed", "country"),
    [
        (("Miners", "LAB"), ("troops", "MIL", "UGA"), _deed("PROTEST", "KEN"), "KEN"),
        (("Miners", "LAB"), ("officials", "GOV", "KEN"), _deed("REQUEST"), "KEN"),
        (("Civilians", "CVL"), ("police", "COP", "KEN"), _deed("COERCE"), "KEN"),
        (("Civilians", "CVL"), ("police", "COP", "KEN"), _deed("COERCE", cameo="174"), None),
        (("Migrants", "CVL"), ("police", "COP", "KEN"), _deed("COERCE"), None),
        (("Civilians", "CVL"), ("troops", "MIL", "KEN"), _deed("ASSAULT"), None),
        (("Rebels", "REB"), ("officials", "GOV", "KEN"), _deed("ASSAULT"), "KEN"),
        (("Rebels", "REB"), ("troops", "MIL", "KEN"), _deed("ASSAULT"), None),
        (("Hospitals", None), ("troops", "MIL", "KEN"), _deed("ASSAULT", "UGA"), "UGA"),
        (("Rockets", None), ("troops", "MIL", "KEN"), _deed("ASSAULT", "UGA"), None),
    ],
    ids=[
        "where it was done", "its own rulers", "arrested at home", "expelled", "migrants", "killed by troops",
        "rebels and their rulers", "rebels and some troops", "what stands there", "what flew in",
    ],
)  # fmt: skip
def test_where_a_party_is_at_home_by_the_deed(
    who: tuple[str, str | None], facing: tuple[str, str, str], deed: Deed, country: str | None
) -> None:
    parse = words(who[0], facing[0])
    party, other = named(parse, 0, who[1]), named(parse, 1, facing[1], facing[2])
    assert at_home(party, parse, [other], lambda: None, deed) == country


def test_a_party_belongs_to_the_place_its_own_words_put_it_in() -> None:
    text = "police in Nairobi"
    parse = parse_of((text, ["police|NNS|ROOT|0 in|IN|prep|1 Nairobi|NNP|pobj|2||GPE"]))
    place = Place(Span(10, 17), "Nairobi", None, None, "KEN", None, "city")
    assert country_within(parse, Span(0, 17), [place]) == "KEN"
    assert country_within(parse, Span(0, 6), [place]) is None
