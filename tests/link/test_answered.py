"""A request or claim named only where it is turned down: two statements, and the gap between them."""

from __future__ import annotations

import pytest

from diurna.annotate.pipeline import AnnotateOptions
from diurna.flow.reading import annotator_for, linked, read_report
from diurna.model.record import Gap, Reading
from diurna.sources.reader import report_from_text

DAY = "2032-03-04"


def reading(text: str) -> Reading:
    report = report_from_text(text, published=DAY, outlet="Quay News")
    return linked(read_report(report, annotator_for(AnnotateOptions(engine="rules"))))


def called(text: str) -> list[Gap]:
    return [gap for gap in reading(text).gaps if gap.verdict == "gap"]


@pytest.mark.parametrize(
    ("text", "act", "by"),
    [
        ("Norrow denied a request from Vantia to release the impounded tanker.", "demand", "Vantia"),
        ("Norrow rejected Vantia's request to withdraw its troops from the valley.", "demand", "Vantia's"),
        (
            "Ostrava dismissed calls by the Vantian opposition for an early election.",
            "demand",
            "the Vantian opposition",
        ),
        ("Vantia's demand for a withdrawal was rejected by Norrow.", "demand", "Vantia's"),
        ("The rebels rejected the Vantian proposal to meet in Ostrava.", "propose", "Vantian"),
        (
            "The prime minister of Norrow turned down an offer from Ostrava to mediate in the talks.",
            "promise",
            "Ostrava",
        ),
        ("President Olen vetoed a plan by Vantia to build a dam on the Sel.", "announce", "Vantia"),
    ],
)
def test_what_is_asked_is_a_statement_of_its_own(text: str, act: str, by: str) -> None:
    (asked,) = [one for one in reading(text).statements if one.evidence.rule == "noun:answered"]
    assert (asked.act, asked.speaker.text) == (act, by)
    assert asked.parent is not None
    assert [gap.kind for gap in called(text)] == ["demand_refused"]


@pytest.mark.parametrize(
    "text",
    [
        "Norrow's army denied Vantia's accusation that its soldiers had crossed the river.",
        "Norrow denied allegations by Vantia that it had poisoned the river.",
        "The Vantian opposition accuses Olen of taking bribes, allegations which he denies.",
        "Norrow's navy says that traffic on the channel goes on, rejecting Vantia's claims that it is closed.",
    ],
)
def test_a_claim_named_in_its_denial_is_disputed(text: str) -> None:
    assert [gap.kind for gap in called(text)] == ["disputed_by_other"]


def test_who_denies_is_not_who_claimed() -> None:
    found = reading("Norrow's army denied Vantia's accusation that its soldiers had crossed the river.").statements
    assert [(one.speaker.text, one.act) for one in found] == [("Norrow's army", "deny"), ("Vantia's", "accuse")]


@pytest.mark.parametrize(
    "text",
    [
        "Norrow denied allegations of poisoning the river.",
        "A court in Norrow rejected an appeal by former minister Ila Brandt to be released.",
        "Despite calls from Vantia to pull back, Norrow refused.",
        "President Olen refused the soup of the Vantian cook.",
        "We reject the false choice that suggests that bread and peace exclude each other.",
    ],
)
def test_nothing_is_called_where_nobody_asked_or_a_court_ruled(text: str) -> None:
    assert called(text) == []


@pytest.mark.parametrize(
    "answer", ["denied the reports", "disputed the claims on its website", "dismissed these reports as false"]
)
def test_a_denial_may_point_at_what_was_reported_right_before(answer: str) -> None:
    text = (
        f"The Vantian navy reported that two tankers had hit mines in the strait. However, Norrow's command {answer}."
    )
    assert [gap.kind for gap in called(text)] == ["disputed_by_other"]


def test_voices_of_nobody_in_particular_dispute_nothing() -> None:
    text = "The Vantian navy reported that two tankers had hit mines in the strait. Others dismissed the claims."
    assert called(text) == []


def test_a_deed_is_denied_in_another_word_for_it() -> None:
    told = "Vantia bombed a data centre in Norrow on Monday."
    text = f"{told} Norrow dismissed reports that Vantia had attacked the data centre."
    assert "denied_deed" in [gap.kind for gap in called(text)]
