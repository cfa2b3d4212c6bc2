"""Actors across reports in a ledger, on both databases: joined with reasons, split by people, the same in any order."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from sqlalchemy import select

from diurna.flow.linking import link
from diurna.flow.resolving import judge
from diurna.ledger import lookup
from diurna.ledger import schema as t
from diurna.ledger.asking import Known
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.store import Ledger
from diurna.ledger.who import who_is
from diurna.model.record import Reading
from tests.ledger.ticking import Ticking
from tests.link.test_across import read

ROWS = [
    ("2031-03-01", "Karim al-Sadeqi, the oil minister of Kharsa, said on Saturday that exports would rise."),
    ("2031-03-08", "The oil minister of Kharsa, Kareem al-Sadiqi, said that no export would be stopped."),
    ("2031-04-02", "Karim al-Sadeqi, the oil minister of Kharsa, denied that he would resign."),
    ("2031-04-09", "Karim al-Sadeqi, a goalkeeper for Norrow United, said that his hand was broken."),
    ("2031-05-05", "Ilva Torrens, the defence minister of Karvia, warned that troops would stay."),
    ("2031-05-12", "Torrens, the defence minister of Karvia, said that nothing had changed."),
]


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [read(*row) for row in ROWS]


def linked(ledger: Ledger, readings: list[Reading], batch: int = 500) -> None:
    ledger.add(readings)
    for _ in link(ledger, batch=batch):
        pass


def actors(ledger: Ledger, known_on: str | None = None) -> dict[str, Known]:
    return {one.name: one for one in ledger.view(known_on).actors()}


def record(ledger: Ledger, name: str, report: int = 0) -> str:
    """The id of an actor of this name, in the oldest report that has one, or a later one."""
    found = ledger.view().answer(lambda snapshot: lookup.actor_ids_of(snapshot, lookup.names_called(snapshot, name)))
    return found[-1 - report]


def rows_of(ledger: Ledger) -> list[list[str]]:
    """What linking keeps of actors, without numbers and moments."""
    i, p, s = t.identities, t.identity_pairs, t.sightings
    one, other = i.alias(), i.alias()
    asked = (
        select(i.c.id, i.c.kind, i.c.chief, i.c.sightings, i.c.body),
        select(one.c.id, other.c.id, p.c.verdict, p.c.strength, p.c.body)
        .join(one, one.c.seq == p.c.one)
        .join(other, other.c.seq == p.c.other),
        select(t.actors.c.id, i.c.id).join(s, s.c.actor == t.actors.c.seq).join(i, i.c.seq == s.c.identity),
        select(one.c.id, other.c.id).join(other, other.c.grp == one.c.grp),
        select(i.c.id, t.identity_keys.c.key).join(i, i.c.seq == t.identity_keys.c.identity),
    )
    with ledger.snapshot() as connection:
        return [sorted(map(str, connection.execute(one).all())) for one in asked]


def test_spellings_are_one_actor_and_the_reason_is_said(ledger: Ledger, readings: list[Reading]) -> None:
    linked(ledger, readings)
    found = actors(ledger)
    (other,) = found["Karim al-Sadeqi"].same
    assert other.name == "Kareem al-Sadiqi"
    assert "spellings of one name" in other.why
    assert "both are oil minister of Kharsa" in other.why
    assert found["Karim al-Sadeqi"].id == found["Kareem al-Sadiqi"].id != ""
    (short,) = found["Ilva Torrens"].same
    assert short.name == "Torrens"
    assert "share the family name" in short.why
    assert ledger.verify().clean


def test_a_namesake_is_somebody_else(ledger: Ledger, readings: list[Reading]) -> None:
    linked(ledger, readings)
    (other,) = actors(ledger)["Karim al-Sadeqi"].namesakes
    assert (other.name, other.sightings) == ("Karim al-Sadeqi", 1)

    def words(snapshot: Snapshot) -> list[str]:
        (number,) = lookup.names_called(snapshot, "Karim al-Sadeqi")
        (who,) = who_is(snapshot, [number])
        found = lookup.words_of_names(snapshot, who.names, ("speaker",), 20, None, who.identities)
        return [one.report.day for one in found.rows]

    assert sorted(ledger.view().answer(words)) == ["2031-03-01", "2031-03-08", "2031-04-02"]


def test_in_whatever_order_and_portions_reports_come_the_actors_are_the_same(
    new_place: Callable[[], str], readings: list[Reading]
) -> None:
    found = []
    for order in (readings, readings[::-1], readings[3:] + readings[:3]):
        for size in (1, 2, 500):
            with Ledger(new_place(), clock=Ticking()) as ledger:
                linked(ledger, order, size)
                found.append(rows_of(ledger))
    with Ledger(new_place(), clock=Ticking()) as ledger:
        for one in readings[::-1]:
            linked(ledger, [one])
        found.append(rows_of(ledger))
    assert all(one == other for one, other in itertools.pairwise(found))
    assert found[0][1]


def test_linking_again_changes_nothing(ledger: Ledger, readings: list[Reading]) -> None:
    linked(ledger, readings)
    before = ledger.counts(), rows_of(ledger)
    linked(ledger, readings)
    assert (ledger.counts(), rows_of(ledger)) == before


def test_what_a_person_split_stays_split_whatever_is_linked_later(ledger: Ledger, readings: list[Reading]) -> None:
    linked(ledger, readings[:2])
    one, other = record(ledger, "Karim al-Sadeqi"), record(ledger, "Kareem al-Sadiqi")
    judge(ledger, one, "different", other=other, by="A. Reader", why="the second is his cousin")
    assert actors(ledger)["Karim al-Sadeqi"].same == ()
    more = read("2031-06-01", "Kharsa's oil minister, Kareem al-Sadiqi, said that he would stay.")
    linked(ledger, [*readings[2:], more])
    assert actors(ledger)["Karim al-Sadeqi"].same == ()
    assert actors(ledger)["Kareem al-Sadiqi"].same == ()
    assert actors(ledger)["Kareem al-Sadiqi"].reports == 2
    judge(ledger, one, "undo", by="A. Reader")
    (joined,) = actors(ledger)["Karim al-Sadeqi"].same
    assert joined.name == "Kareem al-Sadiqi"
    assert ledger.verify().clean


def test_one_name_can_be_split_too_and_put_together_again(ledger: Ledger, readings: list[Reading]) -> None:
    linked(ledger, [readings[0], readings[2]])
    before = rows_of(ledger)
    assert actors(ledger)["Karim al-Sadeqi"].namesakes == ()
    one, other = record(ledger, "Karim al-Sadeqi"), record(ledger, "Karim al-Sadeqi", report=1)
    judge(ledger, one, "different", other=other, by="A. Reader")
    assert [x.sightings for x in actors(ledger)["Karim al-Sadeqi"].namesakes] == [1]
    more = read("2031-06-01", "Kharsa's oil minister, Karim al-Sadeqi, said that he would stay.")
    linked(ledger, [more])
    assert [x.sightings for x in actors(ledger)["Karim al-Sadeqi"].namesakes] == [1]
    ledger.remove(more.report.id, by="A. Reader")
    linked(ledger, [])
    judge(ledger, one, "undo", by="A. Reader")
    assert actors(ledger)["Karim al-Sadeqi"].namesakes == ()
    assert rows_of(ledger) == before
    assert ledger.verify().clean


def test_what_a_person_joined_stays_joined(ledger: Ledger, readings: list[Reading]) -> None:
    linked(ledger, [readings[0], readings[4]])
    judge(
        ledger, record(ledger, "Karim al-Sadeqi"), "same", other=record(ledger, "Ilva Torrens"), by="A. Reader",
        why="a pen name",
    )  # fmt: skip
    (other,) = actors(ledger)["Ilva Torrens"].same
    assert (other.name, other.why) == ("Karim al-Sadeqi", "A. Reader judged them same: a pen name")
    linked(ledger, readings)
    assert "Karim al-Sadeqi" in {one.name for one in actors(ledger)["Ilva Torrens"].same}


def test_what_was_joined_later_was_not_joined_before(ledger: Ledger, readings: list[Reading]) -> None:
    linked(ledger, readings[:2])
    moment = max(one.recorded_at for one in ledger.reports())
    one, other = record(ledger, "Karim al-Sadeqi"), record(ledger, "Kareem al-Sadiqi")
    judge(ledger, one, "different", other=other, by="A. Reader")
    assert actors(ledger, moment)["Karim al-Sadeqi"].same == ()  # linked after it was recorded
    assert actors(ledger)["Karim al-Sadeqi"].same == ()


def test_nothing_of_a_removed_report_stays(
    ledger: Ledger, new_place: Callable[[], str], readings: list[Reading]
) -> None:
    linked(ledger, readings)
    ledger.remove(readings[1].report.id, by="A. Reader")
    linked(ledger, [])
    with Ledger(new_place(), clock=Ticking()) as other:
        linked(other, [one for one in readings if one is not readings[1]])
        assert rows_of(ledger) == rows_of(other)
    assert ledger.verify().clean
