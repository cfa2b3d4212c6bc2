"""Counts made in indexes are the counts made one by one, now and on any moment, edits and removals included."""

from __future__ import annotations

from collections import Counter

import pytest

from diurna.ledger import lookup, tallies
from diurna.ledger.asking import DEEDS, Ask
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.store import Ledger
from diurna.ledger.view import View
from tests.ledger.sample import sample

FIRST, LAST = "2024-01-01", "2024-12-31"


@pytest.fixture
def moments(ledger: Ledger) -> list[str | None]:
    """A ledger with edits, a removal and a judgement; moments between them, and now."""
    seen: list[str | None] = []
    for readings in (
        [sample(number, day=f"2024-03-{number + 1:02}", outlet=f"Wire {number % 3}") for number in range(6)],
        [sample(2, 1, day="2024-03-03", outlet="Wire 2"), sample(4, 1, day="2024-04-01", outlet="Wire 1")],
        [sample(2, 2, day="2024-03-04", outlet="Wire 2"), sample(9, day="2024-03-04")],
    ):
        ledger.add(readings)
        seen.append(ledger.view().answer(newest))
    ledger.judge(next(iter(ledger.statements())).record.id, "reject", by="ana")
    ledger.remove(sample(1, day="2024-03-02", outlet="Wire 1").report.id, by="ana", why="tests")
    return [*seen, None]


def newest(snapshot: Snapshot) -> str:
    return max(snapshot.facts_of(seq)[0].recorded_at for seq in lookup.newest_readings(snapshot, 100))


def counted(view: View) -> dict[str, tuple[int, int]]:
    every = Ask(review="any", since=FIRST, until=LAST)
    words = Counter(one.report.day for one in view.statements(every))
    deeds = Counter(
        one.report.day
        for one in view.events(Ask(review="any", since=FIRST, until=LAST, realis=DEEDS.realis, voice=DEEDS.voice))
    )
    return {day: (words[day], deeds[day]) for day in {*words, *deeds}}


def test_days_count_what_holds(ledger: Ledger, moments: list[str | None]) -> None:
    told = []
    for moment in moments:
        view = ledger.view(moment)
        found = view.answer(lambda snapshot: tallies.by_day(snapshot, FIRST, LAST))
        assert {one.day: (one.words, one.deeds) for one in found} == counted(view), moment
        assert [one.day for one in found] == sorted(one.day for one in found)
        told.append(found)
    assert len({tuple(one) for one in told}) == 3  # the moments do differ; what was removed is gone for all of them


def test_days_of_names_count_what_they_say_and_do(ledger: Ledger, moments: list[str | None]) -> None:
    for moment in moments:
        view = ledger.view(moment)
        for known in view.actor_page(None, "reports", 100):
            name = known.name
            numbers = view.answer(lambda snapshot, name=name: lookup.names_called(snapshot, name))  # type: ignore[misc]
            found = view.answer(lambda snapshot, some=numbers: tallies.by_day(snapshot, FIRST, LAST, some))  # type: ignore[misc]
            said: Counter[str] = Counter()
            for one in view.statements(Ask(review="any", since=FIRST, until=LAST)):
                names = dict(one.names)
                if name in {
                    names.get(one.record.speaker.actor or ""),
                    names.get(one.record.speaker.on_behalf_of or ""),
                }:
                    said[one.report.day] += 1
            assert {one.day: one.words for one in found if one.words} == dict(said), (moment, name)


def test_outlets_and_actors_are_counted_in_what_holds(ledger: Ledger, moments: list[str | None]) -> None:
    for moment in moments:
        view = ledger.view(moment)
        reports = list(view.reports(Ask()))
        outlets = Counter(one.outlet for one in reports)
        assert dict(view.answer(tallies.outlets)) == dict(outlets), moment
        naming: Counter[str] = Counter()
        for reading in view.readings():
            naming.update({actor.name for actor in reading.actors})
        page = view.actor_page(None, "reports", 100)
        assert {one.name: one.reports for one in page} == dict(naming), moment
        assert [one.reports for one in page] == sorted((one.reports for one in page), reverse=True)


def test_names_alike_share_a_word_that_is_not_everybodys(ledger: Ledger, moments: list[str | None]) -> None:
    alike = ledger.view().answer(lambda snapshot: lookup.names_alike(snapshot, "Oren Tal"))
    assert all("tal" in name.lower() or "oren" in name.lower() for name, _ in alike)
    assert ledger.view().answer(lambda snapshot: lookup.names_alike(snapshot, "of it")) == []


def test_the_state_changes_with_every_change(ledger: Ledger) -> None:
    seen = []

    def look() -> None:
        seen.append(ledger.view().answer(lookup.state_of))

    ledger.add([sample(1)])
    look()
    ledger.add([sample(1, 1)])
    look()
    ledger.judge(next(iter(ledger.statements())).record.id, "accept", by="ana")
    look()
    assert seen[1].without_judgements == seen[2].without_judgements
    ledger.remove(sample(1).report.id, by="ana", why="tests")
    look()
    assert len(set(seen)) == 4
    assert len({one.without_judgements for one in seen}) == 3
