"""Corroboration counts independent origins: copies, wire reports, releases and credited outlets count once."""

from __future__ import annotations

import pytest

from diurna.link.copies import CopyFinder
from diurna.link.origins import with_origins
from diurna.link.originwords import agency_of, credited, long_quotations
from diurna.link.stories import Incoming
from diurna.model.canon import Copied, StoryReport
from tests.link.story_builders import FIRE, TALKS, VOTE, incoming, report

RELEASE = (
    "The ministry said in a statement: “We will rebuild the grain pier before the autumn harvest comes in.” "
    "It added: “No docker will lose a day of pay while the harbour stays closed.”"
)


def origins(*rows: Incoming) -> dict[str, StoryReport]:
    finder = CopyFinder()
    copies: dict[str, list[Copied]] = {one.report.id: finder.add(one.report.id, one.report.text) for one in rows}
    return {one.id: one for one in with_origins(rows, copies)}


def grounds(found: dict[str, StoryReport]) -> dict[str, tuple[int, str]]:
    return {key: (one.origin, one.ground) for key, one in found.items()}


def test_two_reporters_are_two_origins() -> None:
    found = origins(incoming("a", FIRE, outlet="Selm Courier"), incoming("b", TALKS, outlet="Vessar Mail"))
    assert grounds(found) == {"a": (1, "own"), "b": (2, "own")}


def test_a_copied_text_is_one_origin_and_names_the_earlier_report() -> None:
    copy = incoming("a", FIRE.replace("six", "seven"), "2031-03-02", "Vessar Mail")
    found = origins(copy, incoming("b", FIRE, "2031-03-01", "Selm Courier"))
    assert grounds(found) == {"b": (1, "own"), "a": (1, "copy")}
    assert found["a"].copy_of == "b"
    assert "%" in found["a"].why


def test_the_next_release_of_a_series_is_no_copy() -> None:
    later = incoming("b", FIRE.replace("six", "seven"), "2031-05-01", "Selm Courier")
    assert grounds(origins(incoming("a", FIRE, "2031-03-01", "Selm Courier"), later))["b"] == (2, "own")


def test_reports_of_one_agency_are_one_origin() -> None:
    found = origins(
        incoming("a", "PORT SELM (Reuters) - " + FIRE, outlet="Selm Courier"),
        incoming("b", VOTE, "2031-03-02", outlet="Vessar Mail", author="Reuters"),
        incoming("c", TALKS, "2031-03-03", outlet="Orlund Echo"),
    )
    assert grounds(found) == {"a": (1, "wire"), "b": (1, "wire"), "c": (2, "own")}


def test_who_credits_a_report_of_the_story_rests_on_it() -> None:
    found = origins(
        incoming("a", FIRE, outlet="Selm Courier"),
        incoming(
            "b", "Two people briefed on the matter told the Selm Courier that the pumps had failed.", "2031-03-02"
        ),
        incoming("c", "The pumps had failed, the Selm Courier reported, citing two officials.", "2031-03-02"),
    )
    assert {one.origin for one in found.values()} == {1}
    assert found["b"].ground == found["c"].ground == "credit"


def test_two_that_credit_an_outlet_that_is_not_there_are_one() -> None:
    found = origins(
        incoming("a", "The envoy resigned, The New York Times reported on Monday.", outlet="Selm Courier"),
        incoming("b", "According to nytimes.com the envoy of Karnland has left.", "2031-03-02", outlet="Vessar Mail"),
    )
    assert grounds(found) == {"a": (1, "credit"), "b": (1, "credit")}


def test_an_outlet_does_not_credit_itself() -> None:
    assert credited(report("a", "The Selm Courier reported the fire first.", "Selm Courier"), ["Selm Courier"]) is None
    assert credited(report("a", "The Times reported it, NYT said.", "nytimes.com"), []) is None


def test_one_press_release_is_one_origin() -> None:
    found = origins(
        incoming("a", RELEASE, outlet="Selm Courier"),
        incoming(
            "b", FIRE + " Officials spoke at noon. " + RELEASE.replace("ministry", "office"), "2031-03-02", "Mail"
        ),
    )
    assert found["b"].origin == 1


def test_one_shared_quotation_is_no_release() -> None:
    half = RELEASE.split("It added", maxsplit=1)[0]
    found = origins(
        incoming("a", RELEASE, outlet="Selm Courier"), incoming("b", half + VOTE + TALKS, "2031-03-02", "Mail")
    )
    assert found["b"].origin == 2


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("PORT SELM (AP) — A tanker burned.", "Associated Press"),
        ("A tanker burned.\n\nAFP", "Agence France-Presse"),
        ("By Reuters\nA tanker burned.", "Reuters"),
        ("A tanker burned. The captain told Reuters that he was sorry.", None),
        ("Police searched the offices of Reuters in Port Selm.", None),
    ],
)
def test_an_agency_is_told_by_its_mark_not_by_its_mention(text: str, agency: str | None) -> None:
    assert agency_of(report("a", text)) == agency


def test_short_quotations_are_shared_by_chance() -> None:
    assert long_quotations(report("a", "He said “we will see about that, my friends”.")) == frozenset()
    assert len(long_quotations(report("a", RELEASE))) == 2
