"""Crowds: what a protest demands belongs to it; what protesters demand or wreck is a protest; nothing else changes."""

from __future__ import annotations

import pytest

from tests.annotate.event_builders import Told, parsed, told

DEMAND = "Thousands of workers went on strike in Norland to demand higher wages from the government."
MARCH = "Opposition supporters marched through the city to protest the president's decision to dissolve parliament."
ALONE = "Demonstrators demanded the president's resignation."
RIOT = "Protesters attacked the police."
FLAGS = "Students burned Norland flags."
CALLED = "The union called a general strike against the austerity plan of Prime Minister Smith."
OTHERS = "Workers demanded the president's resignation."


@pytest.fixture(scope="module")
def events() -> dict[str, list[Told]]:
    parses = parsed(DEMAND, MARCH, ALONE, RIOT, FLAGS, CALLED, OTHERS)
    return {sentence: told(parse) for sentence, parse in parses.items()}


@pytest.mark.parametrize(
    ("sentence", "recipients"),
    [
        (DEMAND, ["the government"]),
        (MARCH, ["the president"]),
        (ALONE, ["the president"]),
        (RIOT, ["the police"]),
        (CALLED, ["Prime Minister Smith"]),
    ],
)
def test_a_protest_is_aimed_at_whom_it_demands_something_of(
    events: dict[str, list[Told]], sentence: str, recipients: list[str]
) -> None:
    protests = [event for event in events[sentence] if event.type == "PROTEST"]
    assert [event.recipients for event in protests] == [recipients]
    assert not {event.type for event in events[sentence]} & {"REQUEST", "ACCUSE", "ASSAULT"}


def test_burning_a_flag_is_a_protest(events: dict[str, list[Told]]) -> None:
    assert {event.type for event in events[FLAGS]} == {"PROTEST"}


def test_who_is_not_named_by_protesting_asks(events: dict[str, list[Told]]) -> None:
    assert "REQUEST" in {event.type for event in events[OTHERS]}
