"""Whose country a party is of where its own words name none: by an owner, an address, a list, a place, the report."""

from __future__ import annotations

import pytest

from diurna.annotate.pipeline import annotate_parse
from diurna.model.report import Block, Report
from diurna.model.span import Span
from tests.annotate.event_builders import parsed

CASES = {
    "Two people were killed in a Ugandan airstrike on Sarrow, Zenda Province, Kenya.": ("Two people", "KEN"),
    "Nineteen soldiers were killed in two Ugandan airstrikes in Sarrow, Kenya.": ("Nineteen soldiers", "KEN"),
    "Ugandan missiles hit the centre of Mombasa, Kenya, killing four people.": ("four people", "KEN"),
    "Three civilians were shot dead by gunmen in an attack on Sarrow, Zenda Province, Kenya.": ("Sarrow", "KEN"),
    "The United States imposed sanctions on the Kenyan president and his wife.": ("his wife", "KEN"),
    "Uganda said that its forces attacked a base in Kenya.": ("its forces", "UGA"),
    "Kenyan police said that the National Intelligence Service had arrested a Palestinian-born driver.": (
        "the National Intelligence Service",
        "KEN",
    ),
    "A court in Kenya sentenced former governor Oren Tal to ten years in prison.": ("former governor Oren Tal", "KEN"),
    "The Kenyan military said that two rebels were killed by an army patrol.": ("an army patrol", "KEN"),
    "Kenya withdrew from the panel and said that it was an attempt to invade the country.": ("the country", "KEN"),
    "A Kenyan court jailed Oren Tal for two years.": ("Oren Tal", "KEN"),
    "The opposition in Kenya will boycott the presidential election.": ("the presidential election", "KEN"),
    "Kenya freed five political prisoners after talks with Uganda.": ("five political prisoners", "KEN"),
    "Fighters loyal to the Kenyan general attacked a bridge.": ("Fighters loyal to the Kenyan general", "KEN"),
    "The Mombasa High Court rejected the appeal of two sailors.": ("The Mombasa High Court", "KEN"),
    "Kenya announced that it would expel diplomats after rockets struck the country.": ("the country", "KEN"),
}
OPEN = {
    "A Kenyan foreign minister and a field marshal met in Chad.": "a field marshal",
    "Uganda announced tariffs on Kenya, and Chad lifted its embargo against both countries.": "both countries",
    "The gunmen kidnapped two Kenyan tourists.": "The gunmen",
    "The government expelled a Kenyan diplomat.": "The government",
    "Kenya sentenced Oren Tal to ten years, Uganda said.": "Oren Tal",
    "Kuwait International Airport was attacked by several drones.": "several drones",
}


@pytest.fixture(scope="module")
def countries() -> dict[str, dict[str, str | None]]:
    found = {}
    for sentence, parse in parsed(*CASES, *OPEN).items():
        body = (Block("body", Span(0, len(sentence))),)
        report = Report("r", None, "v", None, None, None, None, None, "en", sentence, body)
        events = annotate_parse(report, parse, "rules").events
        found[sentence] = {p.text: p.country for event in events for p in (*event.actors, *event.recipients)}
    return found


@pytest.mark.parametrize(("sentence", "who", "country"), [(text, *row) for text, row in CASES.items()])
def test_the_text_settles_a_country(
    countries: dict[str, dict[str, str | None]], sentence: str, who: str, country: str
) -> None:
    assert countries[sentence].get(who) == country, countries[sentence]


@pytest.mark.parametrize(("sentence", "who"), OPEN.items())
def test_what_the_text_leaves_open_stays_open(
    countries: dict[str, dict[str, str | None]], sentence: str, who: str
) -> None:
    assert countries[sentence].get(who) is None, countries[sentence]
