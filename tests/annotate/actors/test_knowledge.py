"""Facts of the world, and the codes of noun phrases."""

from __future__ import annotations

import pytest

from diurna.annotate.actors.knowledge import Fact, country_names, facts_between, gender_of, names
from diurna.annotate.actors.phrases import plural, words_of
from diurna.annotate.actors.roles import roles_between
from tests.annotate.actor_builders import code, phrase


def found(text: str) -> list[Fact]:
    parse = phrase(text)
    return [known.fact for known in facts_between(parse, 0, len(parse))]


@pytest.mark.parametrize(
    ("text", "country", "sector"),
    [
        ("Iranian Foreign Minister Rudolf Rassendyll", "IRN", "GOV"),
        ("U.S. forces", "USA", "MIL"),
        ("the Islamic Republic", "IRN", None),
        ("Kataeb Hezbollah", "IRQ", "REB"),
        ("armed factions", None, "REB"),
        ("Baghdad", "IRQ", "GOV"),
        ("Palestinians", "PSE", "CVL"),
        ("South Korean students", "KOR", "EDU"),
        ("Swiss police", "CHE", "COP"),
        ("Danes", "DNK", "CVL"),
        ("the Kremlin", "RUS", "GOV"),
        ("UN peacekeepers", None, "UNO"),
        ("NATO", None, "IGO"),
        ("the Israeli parliament", "ISR", "LEG"),
        ("former Kenyan president", "KEN", "ELI"),
        ("Sudanese rebel commander", "SDN", "REB"),
        ("Hamas leader Rudolf Rassendyll", "PSE", "REB"),
        ("Ruritanian protesters", None, "CVL"),
        ("striking teachers", None, "EDU"),
        ("the Supreme Court", None, "JUD"),
    ],
)
def test_head_and_modifiers_decide(text: str, country: str | None, sector: str | None) -> None:
    assert code(text) == (country, sector)


def test_sender_gives_the_country_and_not_the_host() -> None:
    rows = ("Iran|NNP|poss|3", "'s|POS|case|1", "ambassador|NN|ROOT|0", "to|IN|prep|3", "Iraq|NNP|pobj|4")
    assert code("Iran's ambassador to Iraq", *rows) == ("IRN", "GOV")


def test_host_alone_gives_no_country() -> None:
    rows = ("the|DT|det|2", "envoy|NN|ROOT|0", "to|IN|prep|2", "Iraq|NNP|pobj|3")
    assert code("the envoy to Iraq", *rows) == (None, "GOV")


def test_of_phrase_gives_the_country() -> None:
    rows = ("the|DT|det|2", "president|NN|ROOT|0", "of|IN|prep|2", "France|NNP|pobj|3")
    assert code("the president of France", *rows) == ("FRA", "GOV")


def test_quantities_are_about_whom_they_count() -> None:
    rows = ("thousands|NNS|ROOT|0|thousand", "of|IN|prep|1", "Turkish|JJ|amod|4", "miners|NNS|pobj|2")
    assert code("thousands of Turkish miners", *rows) == ("TUR", "LAB")


def test_officials_are_placed_by_where_they_sit() -> None:
    rows = ("officials|NNS|ROOT|0", "in|IN|prep|1", "Nairobi|NNP|pobj|2")
    assert code("officials in Nairobi", *rows) == ("KEN", "GOV")


def test_backers_and_targets_are_somebody_else() -> None:
    backed = ("Iran|NNP|npadvmod|3", "-|HYPH|punct|3", "backed|VBN|amod|4", "militias|NNS|ROOT|0")
    against = ("anti|JJ|amod|4", "-|HYPH|punct|4", "American|JJ|amod|4", "protesters|NNS|ROOT|0")
    assert code("Iran-backed militias", *backed) == (None, "REB")
    assert code("anti-American protesters", *against) == (None, "CVL")


def test_ethnic_group_gives_way_to_the_place() -> None:
    rows = ("ethnic|JJ|amod|3", "Albanian|JJ|amod|3", "rebels|NNS|ROOT|0", "in|IN|prep|3", "Macedonia|NNP|pobj|4")
    assert code("ethnic Albanian rebels in Macedonia", *rows) == ("MKD", "REB")


def test_whole_words_in_their_own_case() -> None:
    assert not found("the ambassador told us")
    assert not found("turkey")
    assert [fact.country for fact in found("US")] == ["USA"]


def test_country_inside_a_persons_name_is_no_country() -> None:
    assert not found("Michael Jordan")
    assert [fact.country for fact in found("Jordan")] == ["JOR"]


def test_longest_name_wins() -> None:
    assert [fact.name for fact in found("South Sudan")] == ["South Sudan"]
    assert [fact.country for fact in found("Papua New Guinea")] == ["PNG"]
    assert [fact.country for fact in found("Democratic Republic of Congo")] == ["COD"]


def test_surname_alone_is_the_best_known_bearer_unless_a_given_name_says_otherwise() -> None:
    assert [fact.country for fact in found("Putin")] == ["RUS"]
    assert not found("Ernest Putin")


def test_name_shared_by_many_countries_needs_a_word_of_the_report() -> None:
    assert [fact.country for fact in found("Congress")] == [None]
    assert [fact.country for fact in found("Congress U.S.")] == ["USA", "USA"]


def test_every_country_is_found_by_each_of_its_names() -> None:
    for country, name in country_names().items():
        hit = names().at([word.lower() for word in words_of(name)], 0, 20)
        assert hit is not None, name
        assert hit[1].country == country, name


def test_roles_are_longest_first_and_singular() -> None:
    parse = phrase("U.S. Secretary of State and foreign ministers")
    assert [role.name for _, _, role in roles_between(parse, 0, len(parse))] == [
        "secretary of state",
        "foreign minister",
    ]


def test_gender_of_given_names() -> None:
    assert (gender_of("Angela"), gender_of("Vladimir"), gender_of("Kim"), gender_of("Zenda")) == (
        "female",
        "male",
        "either",
        None,
    )


def test_plurals() -> None:
    assert [plural(w) for w in ("policeman", "ministry", "judge", "coach")] == [
        "policemen",
        "ministries",
        "judges",
        "coaches",
    ]


def test_phrases_are_cut_like_the_parser_cuts() -> None:
    assert words_of("Izz al-Din's U.S. G-7") == ("Izz", "al", "-", "Din", "'s", "U.S.", "G-7")


def test_adjectives_that_are_titles_elsewhere_give_no_sector() -> None:
    assert code("General Fishing Administration administrator") != (None, "MIL")
    assert code("marine debris")[1] is None
    assert code("General Hentzau")[1] == "MIL"


def test_somebodys_deputies_sit_in_no_parliament() -> None:
    of = code(
        "deputies of the commanders", "deputies|NNS|ROOT|0|deputy of|IN|prep|1 the|DT|det|4 commanders|NNS|pobj|2"
    )
    assert of[1] == "MIL"
    assert code("deputies", "deputies|NNS|ROOT|0|deputy")[1] == "LEG"


def test_the_end_of_a_longer_name_is_no_party_of_its_own() -> None:
    assert code("Venezuela Democratic Action")[0] == "VEN"
    assert code("Democratic Action")[0] == "VEN"
    assert code("Independent Democratic Action")[0] is None


@pytest.mark.parametrize("title", ["Judge Nantes", "Governor Nantes"])
def test_a_name_after_a_title_is_a_person_whatever_town_is_called_so(title: str) -> None:
    assert code(title)[0] is None
