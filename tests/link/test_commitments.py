"""Commitments: what opens one, what does not, and what exactly was promised, to whom, on what condition, by when."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from diurna.link.commitments import criteria_of, open_commitments
from diurna.model.record import Act, Commitment
from diurna.model.timevalue import range_value
from tests.link.builders import Scene, day


def only(scene: Scene) -> Commitment:
    found = scene.reading().commitments
    assert len(found) == 1, found
    return found[0]


def said(content: str, act: Act, *, speaker: str = "Oskeld") -> Scene:
    scene = Scene(f"{speaker} spoke of the Front. {content} That was all.")
    scene.actor(speaker, "person")
    scene.actor("the Front", "organisation")
    scene.says(speaker, content, act, actor=f"ac-{speaker}")
    return scene


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        ("promise", "promise"),
        ("agree", "agreement"),
        ("demand", "demand"),
        ("refuse", "refusal"),
        ("threaten", "threat"),
    ],
)
def test_acts_that_bind_open_a_commitment(act: Act, kind: str) -> None:
    one = only(said("to close the valley road", act))
    assert (one.kind, one.by, one.act, one.opened_by) == (kind, "ac-Oskeld", "to close the valley road", "st-0")


@pytest.mark.parametrize("act", ["assert", "propose", "predict", "warn", "deny", "ask", "praise"])
def test_other_acts_open_none(act: Act) -> None:
    assert said("the valley road is closed", act).reading().commitments == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("“We will not hand over our mortars,”", "refusal"),
        ("“I won’t sign it,”", "refusal"),
        ("“We refuse to leave the bridge,”", "refusal"),
        ("that the Front must leave the bridge", "demand"),
    ],
)
def test_words_that_bind_whoever_utters_them(words: str, kind: str) -> None:
    assert only(said(words, "assert")).kind == kind


@pytest.mark.parametrize(
    "words", ["“We will not be surprised,”", "“We must leave the bridge,”", "the storm must have passed"]
)
def test_words_that_only_look_binding(words: str) -> None:
    assert said(words, "assert").reading().commitments == ()


def test_a_possible_promise_opens_none() -> None:
    scene = said("to close the valley road", "promise")
    scene.statements[0] = dataclasses.replace(scene.statements[0], certainty="possible")
    assert scene.reading().commitments == ()


def test_a_reported_agreement_is_by_those_who_agreed() -> None:
    scene = Scene("Oskeld announced that the commanders had agreed to hand in their mortars, a first step.")
    chair, commanders = scene.actor("Oskeld", "person"), scene.actor("the commanders")
    outer = scene.says("Oskeld", "that the commanders had agreed to hand in their mortars", "announce", actor=chair)
    scene.happens("agreed", "AGREE", "the commanders had agreed to hand in their mortars", actor=commanders, told=outer)
    one = only(scene)
    assert (one.kind, one.by, one.act, one.opened_by) == ("agreement", commanders, "to hand in their mortars", "ev-0")


def test_statement_and_event_on_one_trigger_are_one_commitment() -> None:
    scene = Scene("The commanders agreed to hand in their mortars.")
    commanders = scene.actor("The commanders")
    scene.says("The commanders", "to hand in their mortars", "agree", cue="agreed", lemma="agree", actor=commanders)
    scene.happens("agreed", "AGREE", "The commanders agreed to hand in their mortars", actor=commanders)
    assert only(scene).opened_by == "st-0"


def test_a_thing_told_twice_is_opened_once() -> None:
    scene = Scene("Front to hand in mortars, it promises\nThe Front promised to hand in its mortars.")
    front = scene.actor("The Front", "organisation")
    scene.says("Front", "to hand in mortars", "promise", actor=front)
    scene.says("The Front", "to hand in its mortars", "promise", actor=front)
    assert len(scene.reading().commitments) == 1


def test_the_same_demand_by_two_parties_is_two() -> None:
    scene = Scene("The Council demanded a list of mortars. Kestmark, too, asked for a list of mortars.")
    council, kestmark = scene.actor("The Council", "organisation"), scene.actor("Kestmark", "state")
    scene.says("The Council", "a list of mortars", "demand", actor=council)
    scene.says("Kestmark", "for a list of mortars", "demand", actor=kestmark)
    assert len(scene.reading().commitments) == 2


@pytest.mark.parametrize("realis", ["planned", "possible", "denied", "hypothetical", "generic"])
def test_an_agreement_that_did_not_happen_opens_none(realis: str) -> None:
    scene = Scene("The commanders could agree to hand in their mortars.")
    scene.happens("agree", "AGREE", scene.text[:-1], actor=scene.actor("The commanders"), realis=realis)  # type: ignore[arg-type]
    assert scene.reading().commitments == ()


def test_a_demand_is_made_of_whom_it_names_first() -> None:
    scene = Scene("The Council demanded that the Front leave the bridge before Kestmark.")
    council, front = scene.actor("The Council", "organisation"), scene.actor("the Front", "organisation")
    scene.actor("Kestmark", "state")
    scene.says("The Council", "that the Front leave the bridge before Kestmark", "demand", actor=council)
    assert only(scene).to == front


@pytest.mark.parametrize(
    ("content", "act", "condition"),
    [
        (
            "withdraw its troops from Karo if the U.S. Congress agrees",
            "withdraw its troops from Karo",
            "if the U.S. Congress agrees",
        ),
        ("to hand in the mortars if the army leaves", "to hand in the mortars", "if the army leaves"),
        ("“If they close the road, we will march,”", "we will march", "If they close the road"),
        ("to stay unless the law is passed", "to stay", "unless the law is passed"),
        ("to stay in Harrow", "to stay in Harrow", None),
    ],
)
def test_conditions(content: str, act: str, condition: str | None) -> None:
    one = only(said(content, "promise"))
    assert (one.act, one.condition) == (act, condition)


@pytest.mark.parametrize(
    ("act", "criteria"),
    [
        (
            "that disarmament be “complete, verified, and carried out by a clear and open procedure”",
            ("complete", "verified", "carried out by a clear and open procedure"),
        ),
        ("the list must be complete, signed and final", ("complete", "signed", "final")),
        ("to register and hand in their mortars", ("register their mortars", "hand in their mortars")),
        (
            "will open the road, withdraw the army from the bridge and pass a law",
            ("open the road", "withdraw the army from the bridge", "pass a law"),
        ),
        ("to coordinate on weapons", ()),
        ("to meet the mayor and the priest", ()),
    ],
)
def test_criteria(act: str, criteria: tuple[str, ...]) -> None:
    assert criteria_of(act) == criteria


def test_a_deadline_after_by() -> None:
    scene = said("to hand in the mortars by 31 March", "promise")
    scene.time("31 March", day(31))
    assert only(scene).due == day(31)


def test_a_deadline_before_a_day_ends_the_day_before() -> None:
    scene = said("to hand in the mortars before 31 March", "demand")
    scene.time("31 March", day(31))
    due = only(scene).due
    assert due is not None
    assert (due.earliest, due.latest) == (None, "2024-03-30")


def test_a_day_to_come_is_a_deadline_and_a_day_gone_is_none() -> None:
    for number, expected in ((20, day(20)), (2, None)):
        scene = said(f"to hand in the mortars of {number} March", "promise")
        scene.published = day(10)
        scene.time(f"{number} March", day(number))
        assert only(scene).due == expected


def test_before_the_end_of_a_month_is_within_it() -> None:
    scene = said("to pass the law before the end of May", "promise")
    end = range_value(dt.date(2024, 5, 21), dt.date(2024, 5, 31), "the end of May")
    scene.time("the end of May", end)
    assert only(scene).due == end


def test_a_refusal_has_no_deadline() -> None:
    scene = said("to leave by 31 March", "refuse")
    scene.time("31 March", day(31))
    assert only(scene).due is None


def test_ids_are_made_of_content() -> None:
    one, other = said("to close the road", "promise").reading(), said("to close the road", "promise").reading()
    assert open_commitments(one) == open_commitments(other)
