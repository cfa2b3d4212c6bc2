"""Whose country a deed's parties are of: bombs, a people's part, led forces, those who resign; our own sentences."""

from __future__ import annotations

import pytest

from diurna.annotate.parse import Parser
from diurna.annotate.pipeline import annotate_parse
from diurna.model.record import Event
from diurna.sources.reader import report_from_text


def deeds(text: str) -> tuple[Event, ...]:
    report = report_from_text(text)
    return tuple(annotate_parse(report, Parser().parse(report), "rules").events)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("A roadside bomb near the city of Mombasa killed two Ugandan soldiers.", "KEN"),
        ("The Ugandans of western Kenya demanded schools.", "KEN"),
        ("Kenyan-led forces attacked the rebels.", "KEN"),
        ("General Jan Novak resigned to allow Kenya's elections to be held.", "KEN"),
        ("President Jan Novak threatened to impose a curfew in Nairobi.", "KEN"),
        ("Islamic fundamentalists went on hunger strike to demand the resignation of the Kenyan president.", "KEN"),
    ],
    ids=["a bomb", "a people's part", "led by", "resigns", "puts under curfew", "asks its own president"],
)
def test_the_doers_country(text: str, country: str) -> None:
    assert country in {party.country for event in deeds(text) for party in event.actors}


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Kenyan police are investigating three bankers.", "KEN"),
        ("The Kenyan government bowed to pressure from striking nurses.", "KEN"),
    ],
    ids=["investigated at home", "who strikes at home"],
)
def test_the_sufferers_country(text: str, country: str) -> None:
    assert country in {party.country for event in deeds(text) for party in event.recipients}


def test_a_foreign_general_gives_his_foe_no_country() -> None:
    found = deeds("General Jan Novak attacked Kenya.")
    assert "KEN" not in {party.country for event in found for party in event.actors}
