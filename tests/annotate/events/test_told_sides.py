"""Sides told by another clause, by a weapon's maker, by a claim, by the only other country: sentences of our own."""

from __future__ import annotations

import pytest

from tests.annotate.event_builders import Told, parsed, told

CASES = [
    ("Kenya will not lift the embargo until Uganda frees the prisoners.", "REJECT", ["Kenya"], ["Uganda"]),
    ("Two people were killed and four were wounded in a Kenyan raid.", "ASSAULT", ["Kenyan"], ["Two people"]),
    ("Ten people were killed and two were hurt in a raid by rebels.", "ASSAULT", ["rebels"], ["Ten people"]),
    ("Missiles fired by the Kenyan army hit a depot of the rebels.", "ASSAULT", ["the Kenyan army"], ["the rebels"]),
    ("A rocket launched from Uganda killed a Kenyan farmer.", "ASSAULT", ["Uganda"], ["a Kenyan farmer"]),
    ("The army destroyed trucks used by the rebels.", "ASSAULT", ["The army"], ["the rebels"]),
    ("Kenya demanded the release of a lawyer jailed in Uganda.", "REQUEST", ["Kenya"], ["Uganda"]),
    ("Kenya demanded the withdrawal of Ugandan troops from the port.", "REQUEST", ["Kenya"], ["Ugandan troops"]),
    ("The Rift Front claimed responsibility for the attack on Kenya.", "ASSAULT", ["The Rift Front"], ["Kenya"]),
    ("Uganda responded with air strikes on Kenya.", "ASSAULT", ["Uganda"], ["Kenya"]),
    ("Kenya expelled envoys from Mali, Egypt and Chad.", "SANCTION", ["Kenya"], ["envoys", "Mali", "Egypt", "Chad"]),
    ("Egypt is breaking the truce, a Kenyan official charged on Monday.", "ACCUSE", ["a Kenyan official"], ["Egypt"]),
    ("Kenya complained to the council about a raid by Ugandan planes.", "ACCUSE", ["Kenya"], ["Ugandan"]),
    ("Thousands of Kenyans protested in Nairobi on Friday.", "PROTEST", ["Thousands of Kenyans"], []),
    ("Kenya sanctioned the Ugandan army for supporting Chad.", "SUPPORT", ["the Ugandan army"], ["Chad"]),
]  # fmt: skip

OPEN = [
    ("Kenya agreed to withdraw its troops, while Uganda waited.", "AGREE", "Uganda"),
    ("No group claimed responsibility for the attack.", "ASSAULT", "No group"),
]


@pytest.fixture(scope="module")
def events() -> dict[str, list[Told]]:
    sentences = [case[0] for case in (*CASES, *OPEN)]
    return {sentence: told(parse) for sentence, parse in parsed(*sentences).items()}


@pytest.mark.parametrize(("sentence", "kind", "actors", "recipients"), CASES, ids=[case[0][:40] for case in CASES])
def test_sides_told_elsewhere(
    events: dict[str, list[Told]], sentence: str, kind: str, actors: list[str], recipients: list[str]
) -> None:
    assert (actors, recipients) in [(e.actors, e.recipients) for e in events[sentence] if e.type == kind]


@pytest.mark.parametrize(("sentence", "kind", "nobody"), OPEN, ids=[case[0][:40] for case in OPEN])
def test_who_is_only_named_beside_is_no_side(
    events: dict[str, list[Told]], sentence: str, kind: str, nobody: str
) -> None:
    sides = [name for e in events[sentence] if e.type == kind for name in (*e.actors, *e.recipients)]
    assert nobody not in sides
