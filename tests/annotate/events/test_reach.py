"""Recipients within the object of a deed: found where the text names one, left open where it does not."""

from __future__ import annotations

import pytest

from tests.annotate.event_builders import Told, parsed, told

LIFTED = "Norland has lifted the sanctions imposed on Sudmark."
OWN = "Norland has lifted the curfew it imposed on its troops."
LETTER = "Sudmark filed a complaint to the Norland parliament, demanding an inquiry."
AFTER = "The rebels have lifted the blockade after Sudmark paid."
STRIKE = "Ten soldiers were killed in a drone strike by the Norland army."
MISSILES = "Ten soldiers were killed in Iranian missile strikes."


@pytest.fixture(scope="module")
def events() -> dict[str, list[Told]]:
    parses = parsed(LIFTED, OWN, LETTER, AFTER, STRIKE, MISSILES)
    return {sentence: told(parse) for sentence, parse in parses.items()}


def test_whoever_the_object_was_aimed_at_is_the_recipient(events: dict[str, list[Told]]) -> None:
    assert [event.recipients for event in events[LIFTED]][:1] == [["Sudmark"]]


def test_the_actors_own_people_are_no_other_side(events: dict[str, list[Told]]) -> None:
    assert all("troops" not in " ".join(event.recipients) for event in events[OWN])


def test_a_deed_of_words_goes_to_whom_the_clause_round_it_addresses(events: dict[str, list[Told]]) -> None:
    asked = [event for event in events[LETTER] if event.type == "REQUEST"]
    assert [event.recipients for event in asked] == [["the Norland parliament"]]


def test_who_is_named_only_in_a_clause_of_time_is_no_recipient(events: dict[str, list[Told]]) -> None:
    assert all("Sudmark" not in event.recipients for event in events[AFTER])


def test_a_killing_is_by_whoever_the_strike_is_by_not_by_the_weapon(events: dict[str, list[Told]]) -> None:
    killed = [event for event in events[STRIKE] if event.recipients == ["Ten soldiers"]]
    assert [event.actors for event in killed] == [["the Norland army"]]


def test_the_state_before_the_weapon_is_the_actor(events: dict[str, list[Told]]) -> None:
    killed = [event for event in events[MISSILES] if event.recipients == ["Ten soldiers"]]
    assert [event.actors for event in killed] == [["Iranian"]]


@pytest.mark.parametrize(
    ("sentence", "actors", "recipients"),
    [
        ("A Russian missile and drone strike on Kyiv killed four people.", ["Russian"], ["Kyiv"]),
        ("Norland jailed its citizens.", ["Norland"], ["its citizens"]),
        ("The court sentenced the bank to pay ten million.", ["The court"], ["the bank"]),
        ("Norland refuses to lift the embargo until Sudmark pays.", ["Norland"], ["Sudmark"]),
    ],
)
def test_sides_that_are_written_further_off(sentence: str, actors: list[str], recipients: list[str]) -> None:
    found = told(parsed(sentence)[sentence])
    assert any((event.actors, event.recipients) == (actors, recipients) for event in found), found
