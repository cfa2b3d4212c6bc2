"""The one country a report plays in, and whose it is not."""

from __future__ import annotations

import pytest

from diurna.annotate.actors.home import at_home, home_country
from diurna.annotate.parse import Parse
from diurna.model.record import Party
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
    parse = parse_of((ONE, ["Police|NNP|nsubj|2||ORG fled|VBD|ROOT|0 Kenya|NNP|dobj|2||GPE .|.|punct|2"]))
    assert at_home(party(), parse, [], lambda: "KEN") is None
