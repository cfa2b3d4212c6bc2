"""The sides of deeds in short sentences of our own: nations that share a noun, lands, forces, pronouns of a speaker."""

from __future__ import annotations

import pytest

from tests.annotate.event_builders import Told, parsed, told

CASES = [
    (
        "Kenyan and Ugandan warships exchanged fire with pirates.",
        "ASSAULT",
        ["Kenyan", "Ugandan warships"],
        ["pirates"],
    ),
    ("The leaders of Kenya and Uganda met on Monday.", "CONSULT", ["The leaders of Kenya", "Uganda"], None),
    ("Fighting broke out between Kenyan and Ugandan forces.", "ASSAULT", ["Kenyan", "Ugandan forces"], None),
    ("Two journalists were arrested in Kenya on Monday.", "COERCE", ["Kenya"], ["Two journalists"]),
    ("The rebels and the army accused each other of treason.", "ACCUSE", ["The rebels", "the army"], None),
    ("A bomber blew himself up outside the Kenyan embassy.", "ASSAULT", ["A bomber"], ["the Kenyan embassy"]),
    ("The Kenyan army said it had shot down a Ugandan plane.", "ASSAULT", ["The Kenyan army"], ["Ugandan"]),
    ("Kenya's president says it will release ten prisoners.", "RETREAT", ["Kenya"], ["ten prisoners"]),
    ("A Kenyan-led raid on the rebels failed.", "ASSAULT", ["Kenyan"], ["the rebels"]),
    ("Troops were deployed in Nairobi before the trial.", "MOBILIZE", ["Troops"], ["Nairobi"]),
    ("Kenya returned two hostages to Uganda.", "RETREAT", ["Kenya"], ["two hostages", "Uganda"]),
    ("Kenya condemned the remarks made by the Ugandan army.", "ACCUSE", ["Kenya"], ["the Ugandan army"]),
    ("Kenya gave Uganda a deadline to withdraw its troops.", "RETREAT", ["Uganda"], []),
    ("Trinidad and Tobago police raided the club.", "ASSAULT", ["Trinidad and Tobago police"], None),
]


@pytest.fixture(scope="module")
def events() -> dict[str, list[Told]]:
    return {sentence: told(parse) for sentence, parse in parsed(*(case[0] for case in CASES)).items()}


@pytest.mark.parametrize(("sentence", "kind", "actors", "recipients"), CASES, ids=[case[0][:40] for case in CASES])
def test_the_sides_of_a_deed(
    events: dict[str, list[Told]], sentence: str, kind: str, actors: list[str], recipients: list[str] | None
) -> None:
    found = [event for event in events[sentence] if event.type == kind]
    assert actors in [event.actors for event in found]
    assert (actors if recipients is None else recipients) in [event.recipients for event in found] or kind == "ASSAULT"


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Protesters condemned the Norland war.", "Norland"),
        ("The minister said they had left the town.", "minister"),
        ("Norland withdrew its troops in response to Sudmark.", "Sudmark"),
    ],
    ids=["the war's name is no doer", "a minister is not 'they'", "what one responds to"],
)
def test_who_is_no_side(sentence: str, word: str) -> None:
    found = told(parsed(sentence)[sentence])
    doers = [name for event in found if event.type in ("ASSAULT", "RETREAT") for name in event.actors]
    others = [name for event in found if event.type == "RETREAT" for name in event.recipients]
    assert all(word not in name for name in (*doers[1:], *others, *(d for d in doers if word != "Sudmark")))


BY_EXAMPLE = {
    "Norland condemned the attack on a church in Sudmark.": ("ACCUSE", "Norland", "the attack on a church in Sudmark"),
    "Norland has no plans to resume negotiations with Sudmark.": ("REJECT", "Norland", "Sudmark"),
    "Norland warned it would shut the pipeline unless Sudmark paid its debts.": ("THREATEN", "Norland", "Sudmark"),
    "The president could meet opposition demands for a new constitution.": ("CONCEDE", "The president", "opposition"),
    "The army drove rebels from the suburb.": ("ASSAULT", "The army", "rebels"),
    "Rebels fought their way into the capital.": ("ASSAULT", "Rebels", "the capital"),
    "Norland shared intelligence with Sudmark.": ("COOPERATE", "Norland", "Sudmark"),
    "The parliament overrode the veto of the president.": ("REJECT", "The parliament", "the president"),
    "Norland vetoed a US resolution in the council.": ("REJECT", "Norland", "US"),
    "The ministry reiterated Norland's support for Sudmark.": ("SUPPORT", "The ministry", "Sudmark"),
    "The general insisted that the rebels leave the town.": ("REQUEST", "The general", "the rebels"),
    "Norland may recall its ambassador from Sudmark unless the book is withdrawn.": ("THREATEN", "Norland", "Sudmark"),
    "Norland is prepared to go to war with Sudmark.": ("THREATEN", "Norland", "Sudmark"),
    "Norland has taken in 4,000 Sudmark families.": ("AID", "Norland", "4,000 Sudmark families"),
    "Norland sent a team of doctors to Sudmark after the earthquake.": ("AID", "Norland", "Sudmark"),
    "Norland wrote off the debts of Sudmark.": ("AID", "Norland", "Sudmark"),
    "The minister gave his blessing to the army.": ("SUPPORT", "The minister", "the army"),
    "The premier sent a message of condolence to the Sudmark king.": ("SUPPORT", "The premier", "the Sudmark king"),
    "Norland turned to the Security Council for help.": ("REQUEST", "Norland", "the Security Council"),
    "Norland warplanes hit a factory in Sudmark.": ("ASSAULT", "Norland warplanes", "a factory"),
}


@pytest.mark.parametrize("sentence", BY_EXAMPLE)
def test_kinds_of_deed_and_side_by_example(sentence: str) -> None:
    kind, actor, recipient = BY_EXAMPLE[sentence]
    found = told(parsed(*BY_EXAMPLE)[sentence])
    assert any((one.type, one.actors[:1], one.recipients[:1]) == (kind, [actor], [recipient]) for one in found), found


def test_a_strike_goes_on_until_somebody_else_than_the_strikers_gives_in() -> None:
    sentence = "The miners said they will not end the strike until they see a result."
    assert all("they" not in one.recipients for one in told(parsed(sentence)[sentence]))
