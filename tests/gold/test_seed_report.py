"""The report the project grew from, read as a careful reader would; the text itself stays outside the project.

`seed_statements.json` holds the offsets of the statements such a reader marks (speaker, content).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import diurna
from diurna.model.record import Event, Reading, Statement
from diurna.model.span import Span

SEED = Path(__file__).parents[3] / "shared/input/seed_report.txt"
MARKED = json.loads((Path(__file__).parent / "seed_statements.json").read_text(encoding="utf-8"))

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not SEED.exists(), reason="../shared/input/seed_report.txt is not here"),
]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return diurna.read(SEED, engine="rules")


def overlap(a: Span, b: Span) -> float:
    shared = max(0, min(a.end, b.end) - max(a.start, b.start))
    return shared / (max(a.end, b.end) - min(a.start, b.start))


def find(reading: Reading, marked: dict) -> Statement | None:
    """The statement with this content (nine tenths shared) and a speaker that shares a character, or None."""
    content = Span(*marked["content"])
    for one in reading.statements:
        hull = Span(one.content.spans[0].start, one.content.spans[-1].end)
        if overlap(hull, content) < 0.9:
            continue
        if marked["speaker"] is None or (one.speaker.span and one.speaker.span.overlaps(Span(*marked["speaker"]))):
            return one
    return None


def events(reading: Reading, kind: str) -> list[Event]:
    return [event for event in reading.events if event.type == kind]


def name_of(reading: Reading, part: str) -> set[str]:
    return {actor.id for actor in reading.actors if part in (actor.name, *actor.aliases) or part in actor.name.split()}


def test_most_statements_are_found_by_rules(reading: Reading) -> None:
    missed = [row for row in MARKED if row["core"] and find(reading, row) is None]
    assert len(MARKED) - len(missed) >= 20, missed


def test_few_statements_are_found_that_nobody_would_mark(reading: Reading) -> None:
    good = [found.id for row in MARKED if (found := find(reading, row))]
    assert len(reading.statements) - len(set(good)) <= 8


def test_the_ambassador_is_one_actor_under_all_his_names(reading: Reading) -> None:
    own = [row for row in MARKED[1:11] if row["core"]]
    actors = {found.speaker.actor for row in own if (found := find(reading, row))}
    assert len(actors) == 1
    assert None not in actors


def test_five_people_are_five_actors(reading: Reading) -> None:
    ids = [name_of(reading, surname) for surname in ("Rubio", "Pigott", "Savaya", "Zidan", "Wilson")]
    assert all(len(one) == 1 for one in ids), ids
    assert len(set.union(*ids)) == 5


def test_a_group_and_its_two_other_names_are_one_actor(reading: Reading) -> None:
    force = [a for a in reading.actors if {"PMF"} & {a.name, *a.aliases}]
    assert len(force) == 1
    assert any("Hashd" in name for name in (force[0].name, *force[0].aliases))


def test_the_rally_happened_in_the_capital_on_the_day_before_the_ambassador_spoke(reading: Reading) -> None:
    rallies = [e for e in events(reading, "PROTEST") if e.realis == "actual" and e.place and e.place.country == "IRQ"]
    assert any(e.happened_at and e.happened_at.offset == (-1, -1) for e in rallies)
    spoken = find(reading, MARKED[3])
    assert spoken is not None
    assert spoken.said_at is not None
    assert spoken.said_at.offset == (0, 0)


def test_the_call_was_a_consultation_on_its_day(reading: Reading) -> None:
    calls = [e for e in events(reading, "CONSULT") if e.realis == "actual" and e.happened_at]
    assert any(e.happened_at and "October 21" in e.happened_at.text for e in calls)


def test_the_campaign_that_could_come_is_possible_and_somebody_says_so(reading: Reading) -> None:
    campaign = reading.report.text.index("campaign")
    assaults = [e for e in events(reading, "ASSAULT") if e.trigger.start <= campaign < e.evidence.span.end]
    assert assaults
    assert all(e.realis == "possible" and e.attributed_to for e in assaults)


def test_agreement_and_demand_meet_their_refusal(reading: Reading) -> None:
    kinds = {gap.kind for gap in reading.gaps if gap.verdict == "gap"}
    assert {"agreement_refused", "demand_refused"} <= kinds
    assert all(gap.reason and gap.tests for gap in reading.gaps)
    assert len([gap for gap in reading.gaps if gap.verdict == "gap"]) <= 6
