"""What only sounds like a deed is left out; what is one stays, next to it in the same words."""

from __future__ import annotations

import pytest

from diurna.annotate.events.events import find_events
from diurna.model.record import TimeExpression
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue
from tests.annotate.builders import parse_of
from tests.annotate.event_builders import Told, parsed, told

SILENT = (
    "Two people were killed when a tornado hit the town of Karo.",
    "Nine passengers were injured in the plane crash near Karo.",
    "The Karo Wolves beat the Norland Bears 31-12 on Saturday.",
    "The candidate defeated his rival in the primary election.",
    "The new law was a step forward, allowing firms to hire more people.",
    "Let us look at the numbers.",
    "The trade policy supports workers.",
    "He had contributed to the Karo Herald since then.",
    "The firm pleaded guilty in Karo.",
    "The minister, speaking to reporters in Karo, said prices had fallen.",
    "The university dispatched a research ship to the island.",
    "The senator ended his campaign on Friday.",
    "The army has met those objectives.",
    "The minister was admitted in a clinic in Karo in May.",
    "He said: let me leave the ministers to it.",
)

TOLD = {
    "Two people were killed when rebels attacked the town of Karo.": "ASSAULT",
    "Nine soldiers were injured in an attack near Karo.": "ASSAULT",
    "Norland troops defeated the rebels near Karo.": "ASSAULT",
    "The president allowed the inspectors to visit the plant.": "CONCEDE",
    "The president supports the prime minister.": "SUPPORT",
    "The minister spoke to the ambassador of France on Friday.": "CONSULT",
    "The government dispatched a warship to the island.": "MOBILIZE",
    "The army ended its offensive against the rebels.": "RETREAT",
    "Shells struck the market in Paris.": "ASSAULT",
    "The police let the prisoners go.": "CONCEDE",
}


@pytest.mark.parametrize("sentence", SILENT)
def test_no_deed_is_raised(sentence: str) -> None:
    assert [event for event in told(parsed(*SILENT)[sentence]) if event.realis == "actual"] == []


@pytest.mark.parametrize("sentence", sorted(TOLD))
def test_the_deed_beside_it_is_kept(sentence: str) -> None:
    assert TOLD[sentence] in {event.type for event in told(parsed(*sorted(TOLD))[sentence])}


def test_whom_one_met_is_not_who_thanked_them() -> None:
    """The pipeline reads "with Jan Novak to thank ..." as a clause of its own."""
    parse = parse_of(
        (
            "Norland spoke with Sudmark to thank rebels.",
            [
                "Norland|NNP|nsubj|2||GPE spoke|VBD|ROOT|0|speak with|IN|mark|6 Sudmark|NNP|nsubj|6||GPE "
                "to|TO|aux|6 thank|VB|advcl|2|thank rebels|NNS|dobj|6|rebel .|.|punct|2"
            ],
        )
    )
    assert Told("SUPPORT", ["Norland"], ["rebels"], "actual") in told(parse)


def test_those_held_hostage_do_not_hold_anybody() -> None:
    parse = parse_of(
        (
            "Norland freed citizens held hostage.",
            [
                "Norland|NNP|nsubj|2||GPE freed|VBD|ROOT|0|free citizens|NNS|dobj|2|citizen "
                "held|VBN|acl|3|hold hostage|NN|dobj|4 .|.|punct|2"
            ],
        )
    )
    assert all(event.actors != ["citizens"] for event in told(parse))


def test_the_passive_of_giving_keeps_its_gift() -> None:
    parse = parse_of(
        (
            "The dissident was granted asylum by Norland.",
            [
                "The|DT|det|2 dissident|NN|nsubjpass|4 was|VBD|auxpass|4 granted|VBN|ROOT|0|grant "
                "asylum|NN|dobj|4 by|IN|agent|4 Norland|NNP|pobj|6||GPE .|.|punct|4"
            ],
        )
    )
    assert Told("AID", ["Norland"], ["The dissident"], "actual") in told(parse)


def test_a_phrase_of_response_names_no_side() -> None:
    parse = parse_of(
        (
            "Norland withdrew troops in response to Sudmark.",
            [
                "Norland|NNP|nsubj|2||GPE withdrew|VBD|ROOT|0|withdraw troops|NNS|dobj|2|troop in|IN|prep|2 "
                "response|NN|pobj|4 to|IN|prep|5 Sudmark|NNP|pobj|6||GPE .|.|punct|2"
            ],
        )
    )
    assert [event.recipients for event in told(parse) if event.type == "RETREAT"] == [[]]


def test_a_deadline_is_not_the_time_of_what_was_agreed() -> None:
    parse = parse_of(
        (
            "Rebels agreed to surrender weapons by Friday.",
            [
                "Rebels|NNS|nsubj|2|rebel agreed|VBD|ROOT|0|agree to|TO|aux|4 surrender|VB|xcomp|2|surrender "
                "weapons|NNS|dobj|4|weapon by|IN|prep|4 Friday|NNP|pobj|6||DATE .|.|punct|2"
            ],
        )
    )
    text = parse.text
    span = Span(text.index("Friday"), text.index("Friday") + 6)
    time = TimeExpression(span, "Friday", TimeValue("2030-01-04", "2030-01-04", "day", "Friday"))
    by_type = {event.type: event.time for event in find_events(parse, [time], [])}
    assert by_type["AGREE"] is None
    assert by_type["RETREAT"] == span
