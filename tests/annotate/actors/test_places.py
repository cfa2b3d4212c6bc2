"""Where: coordinates, and never more precision than is known."""

from __future__ import annotations

import pytest

from diurna.annotate.actors.gazetteer import cities
from diurna.annotate.actors.places import find_places
from diurna.annotate.parse import DEFAULT_PIPELINE, Parser
from diurna.model.record import Place
from diurna.sources.reader import report_from_text
from tests.annotate.builders import parse_of


def places(text: str, *rows: str) -> list[Place]:
    return find_places(parse_of((text, list(rows))))


def test_country_has_no_point() -> None:
    (place,) = places(
        "He lives in Kenya.", "He|PRP|nsubj|2 lives|VBZ|ROOT|0|live in|IN|prep|2 Kenya|NNP|pobj|3||GPE .|.|punct|2"
    )
    assert (place.text, place.precision, place.country, place.lat) == ("Kenya", "country", "KEN", None)


def test_part_of_a_country_is_a_region() -> None:
    (place,) = places(
        "Floods hit southern Lebanon.",
        "Floods|NNS|nsubj|2 hit|VBD|ROOT|0 southern|JJ|amod|4 Lebanon|NNP|dobj|2||GPE .|.|punct|2",
    )
    assert (place.text, place.precision, place.country, place.lat) == ("southern Lebanon", "region", "LBN", None)


def test_square_is_known_no_better_than_its_city_and_is_remembered() -> None:
    text = "They met in central Nairobi's Zenda Square. They left Zenda Square."
    rows = (
        (
            "They|PRP|nsubj|2 met|VBD|ROOT|0|meet in|IN|prep|2 central|JJ|amod|5 Nairobi|NNP|poss|8||GPE "
            "'s|POS|case|5 Zenda|NNP|compound|8 Square|NNP|pobj|3||FAC .|.|punct|2"
        ),
        "They|PRP|nsubj|2 left|VBD|ROOT|0|leave Zenda|NNP|compound|4 Square|NNP|dobj|2||FAC .|.|punct|2",
    )
    first, *_ = places(text, *rows)
    assert (first.text, first.precision, first.country) == ("central Nairobi's Zenda Square", "city", "KEN")
    assert first.lat is not None


def test_country_of_the_report_settles_an_ambiguous_name() -> None:
    row = (
        "She|PRP|nsubj|2 works|VBZ|ROOT|0|work in|IN|prep|2 Birmingham|NNP|pobj|3||GPE for|IN|prep|2 "
        "the|DT|det|8 {}|JJ|amod|8 police|NN|pobj|5 .|.|punct|2"
    )
    british = places("She works in Birmingham for the British police.", row.format("British"))
    american = places("She works in Birmingham for the American police.", row.format("American"))
    assert [british[0].country, american[0].country] == ["GBR", "USA"]


def test_country_written_after_decides() -> None:
    row = (
        "He|PRP|nsubj|2 lives|VBZ|ROOT|0|live in|IN|prep|2 Paris|NNP|pobj|3||GPE ,|,|punct|4 "
        "Texas|NNP|appos|4||GPE .|.|punct|2"
    )
    (place,) = places("He lives in Paris, Texas.", row)
    assert (place.text, place.country) == ("Paris, Texas", "USA")


def test_province_is_not_its_capital() -> None:
    row = "He|PRP|nsubj|2 lives|VBZ|ROOT|0|live in|IN|prep|2 Basra|NNP|compound|5||GPE province|NN|pobj|3 .|.|punct|2"
    (place,) = places("He lives in Basra province.", row)
    assert (place.text, place.precision, place.country, place.lat) == ("Basra province", "province", "IRQ", None)


def test_states_that_act_and_hosts_of_envoys_are_no_places() -> None:
    assert not places("Kenya protested.", "Kenya|NNP|nsubj|2||GPE protested|VBD|ROOT|0 .|.|punct|2")
    assert not places("Nairobi protested.", "Nairobi|NNP|nsubj|2 protested|VBD|ROOT|0 .|.|punct|2")
    row = "The|DT|det|2 ambassador|NN|nsubj|5 to|IN|prep|2 Kenya|NNP|pobj|3||GPE left|VBD|ROOT|0 .|.|punct|5"
    assert not places("The ambassador to Kenya left.", row)


def test_person_named_like_a_city_is_no_place() -> None:
    row = (
        "He|PRP|nsubj|2 heard|VBD|ROOT|0 from|IN|prep|2 Jack|NNP|compound|5||PERSON "
        "London|NNP|pobj|3||PERSON .|.|punct|2"
    )
    assert not places("He heard from Jack London.", row)


def test_unknown_place_claims_nothing() -> None:
    (place,) = places(
        "He lives in Hentzau.", "He|PRP|nsubj|2 lives|VBZ|ROOT|0 in|IN|prep|2 Hentzau|NNP|pobj|3||GPE .|.|punct|2"
    )
    assert (place.precision, place.lat, place.country) == ("unknown", None, None)


def test_cities_are_found_without_accents_and_articles() -> None:
    assert cities("Bogota")[0].country == cities("Bogotá")[0].country == "COL"
    assert not cities("Strelsau")


def test_a_month_is_no_town() -> None:
    row = "They|PRP|nsubj|2 met|VBD|ROOT|0|meet in|IN|prep|2 March|NNP|pobj|3||DATE .|.|punct|2"
    assert places("They met in March.", row) == []


def test_a_state_is_not_the_country_it_is_named_like() -> None:
    row = (
        "He|PRP|nsubj|2 lives|VBZ|ROOT|0|live in|IN|prep|2 Niger|NNP|compound|5||GPE State|NNP|pobj|3||GPE "
        ",|,|punct|5 Nigeria|NNP|appos|5||GPE .|.|punct|2"
    )
    (place,) = places("He lives in Niger State, Nigeria.", row)
    assert (place.precision, place.country, place.lat) == ("province", "NGA", None)


def test_a_list_of_provinces_is_no_list_of_cities() -> None:
    row = (
        "It|PRP|nsubj|2 hit|VBD|ROOT|0 in|IN|prep|2 the|DT|det|8 Kharkiv|NNP|nmod|8||GPE and|CC|cc|5 "
        "Kherson|NNP|conj|5||GPE oblasts|NNS|pobj|3 .|.|punct|2"
    )
    found = places("It hit in the Kharkiv and Kherson oblasts.", row)
    assert found
    assert all((place.precision, place.lat) == ("province", None) for place in found)


def test_a_county_is_not_the_town_it_is_named_with() -> None:
    row = (
        "He|PRP|nsubj|2 lives|VBZ|ROOT|0|live in|IN|prep|2 Hentzau|NNP|compound|5||GPE County|NNP|pobj|3||GPE "
        ",|,|punct|5 Basra|NNP|appos|5||GPE .|.|punct|2"
    )
    (place,) = places("He lives in Hentzau County, Basra.", row)
    assert (place.precision, place.country, place.lat) == ("province", "IRQ", None)


def found(text: str) -> list[tuple[str, str, str | None]]:
    """Places of a text parsed for real: text, precision, country."""
    parse = Parser(DEFAULT_PIPELINE).parse(report_from_text(text, published="2031-03-03", outlet="Quay News"))
    return [(one.text, one.precision, one.country) for one in find_places(parse)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A fair is held in Winder, Georgia, United States.", ("Winder, Georgia", "city", "USA")),
        ("A fair is held in Mukacheve district, Ukraine.", ("Mukacheve district, Ukraine", "province", "UKR")),
        ("Envoys of the United States and Russia meet in Geneva.", ("Geneva", "city", "CHE")),
        ("There is a hotel near Baghdad International Airport in Iraq.", ("Baghdad", "city", "IRQ")),
        ("A fair is held in the Chelsea district of London.", ("Chelsea district of London", "city", "GBR")),
    ],
)
def test_a_district_a_town_is_named_like_and_a_state_a_country_is(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Monitors met the commanders in Stonebridge on Monday. The government of Veldria said nothing.",
        "Brakel was arrested. Jan Brakel had been seen at the quay, a neighbour of Brakel said in Belgium.",
        "The road leads to Aden Adde International Airport, seen from Yemen.",
        "The letter was read in University of Veldria rooms in the United States.",
    ],
)
def test_a_small_town_needs_its_country_and_no_bearer_of_its_name(text: str) -> None:
    assert "city" not in {precision for _, precision, _ in found(text)}


def test_towns_in_a_list_are_not_inside_one_another() -> None:
    found = places(
        "He flew to Jerusalem, Nairobi and Cairo.",
        "He|PRP|nsubj|2 flew|VBD|ROOT|0|fly to|IN|prep|2 Jerusalem|NNP|pobj|3||GPE ,|,|punct|4 Nairobi|NNP|conj|4||GPE "
        "and|CC|cc|6 Cairo|NNP|conj|6||GPE .|.|punct|2",
    )
    assert found[0].text == "Jerusalem"
