"""The sides of verbs the pipeline sets in the wrong place, and of deeds told by their result or by who fights whom."""

from __future__ import annotations

import pytest

from tests.annotate.event_builders import parsed, told

CASES = [
    (
        "A court in Nakuru, Kenya, sentences opposition leader Ana Ruel to over six years in prison.",
        ("COERCE", ["A court in Nakuru"], ["opposition leader Ana Ruel"]),
    ),
    (
        "Rebel dissidents launch drone strikes on the Kenyan army, killing three soldiers.",
        ("ASSAULT", ["Rebel dissidents"], ["three soldiers"]),
    ),
    (
        "Clashes between the army and the rebels kill 40 militants.",
        ("ASSAULT", ["the army", "the rebels"], ["40 militants"]),
    ),
    (
        "Kenyan forces kill a militant that killed two guards in May and arrest several others in Isiolo.",
        ("COERCE", ["Kenyan forces"], ["several others"]),
    ),
    (
        "The army freed a woman who helped the rebels and supplied them with food.",
        ("AID", ["a woman"], ["them"]),
    ),
    (
        "Kenya and Uganda agree to reopen their border crossing at Busia.",
        ("AGREE", ["Kenya", "Uganda"], ["Kenya", "Uganda"]),
    ),
    ("Kenya and Uganda agree to send aid to Malawi.", ("AGREE", ["Kenya", "Uganda"], ["Malawi"])),
    (
        "Two civilians were killed in Isiolo as a result of a Kenyan raid.",
        ("ASSAULT", ["Kenyan"], ["Two civilians"]),
    ),
    ("A trader was found shot dead in Nakuru.", ("ASSAULT", [], ["A trader"])),
    (
        "Kenya will work with its partners to impose severe costs on Uganda for its war against Malawi.",
        ("ASSAULT", ["Uganda"], ["Malawi"]),
    ),
    ("The tanker was struck by two projectiles.", ("ASSAULT", ["two projectiles"], ["The tanker"])),
]


@pytest.mark.parametrize(("sentence", "deed"), CASES, ids=[case[0][:40] for case in CASES])
def test_the_sides_are_those_of_the_sentence(sentence: str, deed: tuple[str, list[str], list[str]]) -> None:
    every = parsed(*(case[0] for case in CASES))
    assert deed in [(event.type, event.actors, event.recipients) for event in told(every[sentence])]


def test_a_verb_set_free_governs_its_object_and_what_hung_on_it() -> None:
    sentence = CASES[0][0]
    parse = parsed(sentence)[sentence]
    verb, name = parse.words.index("sentences"), parse.words.index("Ruel")
    assert (parse.deps[verb], parse.heads[name], parse.deps[name]) == ("ROOT", verb, "dobj")
    assert parse.heads[parse.words.index("to")] == verb


def test_members_of_several_nations_are_named_by_words_of_the_text() -> None:
    sentence = "The president spoke with members of the Kenyan, Ugandan, and Malawian communities."
    (event,) = told(parsed(sentence)[sentence])
    assert event.type == "CONSULT"
    assert event.actors[0] == "The president"
    assert all(event.recipients)  # none is empty
    assert "Kenyan" in event.recipients
