"""Recipients that stand behind a grant, a measure, a thing given back, a deal, a call: short sentences of our own."""

from __future__ import annotations

import pytest

from tests.annotate.event_builders import Told, parsed, told

CASES = [
    ("Kenya agreed to allow Ugandan doctors access to the port.", "AGREE", ["Kenya"], ["Ugandan doctors"]),
    ("Kenya has agreed to set up a health institute in Uganda.", "AGREE", ["Kenya"], ["Uganda"]),
    ("Kenya lifted the embargo it had imposed on Uganda.", "RETREAT", ["Kenya"], ["Uganda"]),
    ("The rebels returned weapons seized from Kenyan soldiers.", "RETREAT", ["The rebels"], ["Kenyan soldiers"]),
    ("Kenya demanded an apology by Uganda that it had shelled a town.", "REQUEST", ["Kenya"], ["Uganda"]),
    ("Kenyan and Ugandan officials agreed to exchange prisoners.", "AGREE", ["Kenyan", "Ugandan officials"], None),
    ("The rebels and the army violated the ceasefire.", "ASSAULT", ["The rebels", "the army"], None),
    ("Teachers called off a strike after a deal with the ministry.", "CONCEDE", ["Teachers"], ["the ministry"]),
    ("Kenya complained to the United Nations over Ugandan air raids.", "ACCUSE", ["Kenya"], ["Ugandan"]),
    ("Kenya is opposed to Ugandan mediation in the talks.", "REJECT", ["Kenya"], ["Ugandan"]),
    ("Two bankers were put under investigation in Kenya.", "ACCUSE", ["Kenya"], ["Two bankers"]),
    ("A prisoner died as a result of torture in Kenyan custody.", "ASSAULT", ["Kenyan"], ["A prisoner"]),
    ("The rebels were responsible for raids on Kenya.", "ASSAULT", ["The rebels"], ["Kenya"]),
    ("Kenya paid compensation to Ugandan farmers.", "RETREAT", ["Kenya"], ["Ugandan farmers"]),
    ("Kenya provided Uganda with a loan.", "AID", ["Kenya"], ["Uganda"]),
    ("Kenya promised Monday to release ten prisoners.", "AGREE", ["Kenya"], ["ten prisoners"]),
    ("Kenya recaptured two towns from rebels.", "ASSAULT", ["Kenya"], ["rebels", "two towns"]),
    ("Kenya may recall its envoy if Uganda continues to shell the border.", "THREATEN", ["Kenya"], ["Uganda"]),
    ("Kenya ruled out talks with the rebels.", "REJECT", ["Kenya"], ["the rebels"]),
    ("The spokesman Jan Novak said they support Uganda.", "SUPPORT", ["The spokesman Jan Novak"], ["Uganda"]),
    ("A majority of the guards say they will not end the strike.", "REJECT", ["A majority of the guards"], []),
]  # fmt: skip


@pytest.fixture(scope="module")
def events() -> dict[str, list[Told]]:
    return {sentence: told(parse) for sentence, parse in parsed(*(case[0] for case in CASES)).items()}


@pytest.mark.parametrize(("sentence", "kind", "actors", "recipients"), CASES, ids=[case[0][:40] for case in CASES])
def test_who_it_is_done_to(
    events: dict[str, list[Told]], sentence: str, kind: str, actors: list[str], recipients: list[str] | None
) -> None:
    found = [(event.actors, event.recipients) for event in events[sentence] if event.type == kind]
    assert (actors, actors if recipients is None else recipients) in found


def test_who_is_rung_up_does_not_apologise() -> None:
    sentence = "President Jan Novak called the Kenyan president to apologise for the raid."
    found = [event for event in told(parsed(sentence)[sentence]) if event.type == "CONCEDE"]
    assert all("Kenyan" not in name for event in found for name in event.actors)
