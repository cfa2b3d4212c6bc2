"""Links in a ledger, on both databases: kept, found again, judged, removed, and the same however they are cut."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from functools import partial

import pytest
from sqlalchemy import select

from diurna.flow.linking import LinkTotal, link
from diurna.ledger import between
from diurna.ledger import schema as t
from diurna.ledger.asking import Ask
from diurna.ledger.between import AnyGap, Lives
from diurna.ledger.linked import KeptCrossGap
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.store import Ledger
from diurna.model.record import Reading, Verdict
from tests.ledger.sample import sample
from tests.ledger.ticking import Ticking
from tests.link.test_across import DEED, DENIAL, PROMISE, UNDONE, read

STEP = ("2031-04-20", "Workers began to open the Siskin canal on Sunday.")
ROWS = [PROMISE, STEP, UNDONE, DENIAL, DEED]
DAYS = ["2031-07-01", "2030-01-01", "2033-01-01", "2032-02-09"]


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [read(*row) for row in ROWS]


def linked(ledger: Ledger, readings: list[Reading], batch: int = 500) -> LinkTotal:
    ledger.add(readings)
    return list(link(ledger, batch=batch))[-1]


def gaps(ledger: Ledger, known_on: str | None = None, ask: Ask | None = None) -> list[KeptCrossGap]:
    view = ledger.view(known_on)
    page = view.any_gap_page(ask or Ask(), ("gap",))
    return [one for one in page.rows if isinstance(one, KeptCrossGap)]


def states(ledger: Ledger, day: str, known_on: str | None = None) -> list[tuple[str, str]]:
    found = ledger.view(known_on).lives(Ask(), Lives(day))
    return [(one.life.kind, one.state.state) for one in found]


def rows_of(ledger: Ledger) -> dict[str, list[str]]:
    """What linking keeps, without the numbers and moments of its rows."""
    with ledger.snapshot() as connection:
        return {
            table.name: sorted(map(str, connection.execute(select(*columns)).all()))
            for table, columns in (
                (t.cross_gaps, (t.cross_gaps.c.id, t.cross_gaps.c.verdict, t.cross_gaps.c.body)),
                (t.lives, (t.lives.c.id, t.lives.c.body)),
                (t.moves, (t.moves.c.day, t.moves.c.kind, t.moves.c.body)),
            )
        }


def test_gaps_between_reports_are_kept_with_both_sides(ledger: Ledger, readings: list[Reading]) -> None:
    total = linked(ledger, readings)
    assert (total.waiting, total.reports) == (5, 5)
    assert {one.found.gap.kind for one in gaps(ledger)} == {"promise_unkept", "denied_deed"}
    (one,) = gaps(ledger, ask=Ask(kinds=("denied_deed",)))
    assert (one.left.day, one.report.day) == ("2032-02-02", "2032-02-09")
    row = one.to_dict()
    assert row["across"] is True
    assert len(row["sides"]) == 2  # type: ignore[arg-type]
    assert ledger.verify().clean


def test_a_commitment_has_its_state_on_every_day(ledger: Ledger, readings: list[Reading]) -> None:
    linked(ledger, readings)
    for day, state in (("2031-03-10", "open"), ("2031-04-21", "progressing"), ("2031-06-01", "overdue")):
        assert ("promise", state) in states(ledger, day)
    assert states(ledger, "2031-03-02") == []


def test_linking_again_adds_nothing(ledger: Ledger, readings: list[Reading]) -> None:
    linked(ledger, readings)
    before = ledger.counts(), rows_of(ledger)
    assert linked(ledger, readings).waiting == 0
    assert (ledger.counts(), rows_of(ledger)) == before


def test_however_the_work_is_cut_the_links_are_the_same(new_place: Callable[[], str], readings: list[Reading]) -> None:
    found = []
    for size in (1, 2, 500):
        with Ledger(new_place(), clock=Ticking()) as ledger:
            linked(ledger, readings, batch=size)
            found.append(rows_of(ledger))
    with Ledger(new_place(), clock=Ticking()) as ledger:
        for one in readings:
            linked(ledger, [one])
        found.append(rows_of(ledger))
    assert all(one == other for one, other in itertools.pairwise(found))
    assert found[0]["moves"]


def test_a_persons_judgement_stays_whatever_is_linked_later(ledger: Ledger, readings: list[Reading]) -> None:
    linked(ledger, readings[:3])
    (one,) = gaps(ledger)
    ledger.judge(one.found.gap.id, "reject", by="A. Reader", why="the canal is another one")
    again = read("2031-08-01", "The Siskin canal has not been opened, boatmen said on Friday.", "Valley Post")
    linked(ledger, [again, *readings[3:]])
    assert one.found.gap.id not in {other.found.gap.id for other in gaps(ledger)}
    (kept,) = gaps(ledger, ask=Ask(review="rejected"))
    assert kept.found == one.found
    assert ledger.verify().clean


def test_what_was_linked_later_was_not_known_before(ledger: Ledger, readings: list[Reading]) -> None:
    linked(ledger, readings[:1])
    moment = ledger.runs()[-1].ended_at if ledger.runs() else ledger.view().reports(Ask()).__next__().recorded_at
    linked(ledger, readings[1:])
    assert moment
    assert gaps(ledger, moment) == []
    assert gaps(ledger)


def test_a_removed_report_takes_its_links_with_it(ledger: Ledger, readings: list[Reading]) -> None:
    linked(ledger, readings)
    (one,) = gaps(ledger, ask=Ask(kinds=("denied_deed",)))
    ledger.judge(one.found.gap.id, "accept", by="A. Reader")
    ledger.remove(one.report.id, by="A. Reader")
    assert [one.found.gap.kind for one in gaps(ledger)] == ["promise_unkept"]
    assert ledger.verify().clean
    assert linked(ledger, []).waiting <= 3
    assert ledger.verify().clean


def test_gaps_of_a_version_that_was_replaced_are_not_shown(ledger: Ledger) -> None:
    rows = [read(*PROMISE), read(*UNDONE)]
    linked(ledger, rows)
    assert gaps(ledger)
    with ledger.writing() as (connection, _):
        seq = gaps_other(ledger)
        connection.execute(
            t.readings.update().where(t.readings.c.seq == seq).values(replaced_at="2040-01-01T00:00:00Z")
        )
    assert gaps(ledger) == []


def gaps_other(ledger: Ledger) -> int:
    with ledger.snapshot() as connection:
        return connection.execute(select(t.cross_gaps.c.other).where(t.cross_gaps.c.verdict == "gap")).scalar() or 0


def test_stories_have_every_report_once(ledger: Ledger, readings: list[Reading]) -> None:
    linked(ledger, readings)
    page = ledger.view().story_page(Ask())
    reports = [report.id for story in page.rows for report in story.reports]
    assert sorted(reports) == sorted(one.report.id for one in readings)
    found = ledger.view().answer(lambda one: between.story(one, reports[0]))
    assert found in page.rows


@pytest.mark.parametrize("newest", [True, False])
@pytest.mark.parametrize("outcomes", [(), ("gap",), ("gap", "unsure"), ("no_gap",)])
def test_pages_of_gaps_go_on_where_they_ended(
    ledger: Ledger, readings: list[Reading], outcomes: tuple[Verdict, ...], newest: bool
) -> None:
    linked(ledger, [*readings, *(sample(number, day=day) for number, day in enumerate(DAYS))])

    def ids(rows: Sequence[AnyGap]) -> list[str]:
        return [one.found.gap.id if isinstance(one, KeptCrossGap) else one.record.id for one in rows]

    def plain(snapshot: Snapshot) -> list[str]:
        """The same by going through both tables."""
        g, c, r = t.gaps.c, t.cross_gaps.c, t.readings.c
        rows = [
            (day, what, seq, key)
            for what, asked in (
                (0, select(r.day, g.seq, g.id, g.verdict).join(t.readings, r.seq == g.reading)),
                (1, select(c.day, c.seq, c.id, c.verdict)),
            )
            for day, seq, key, verdict in snapshot.connection.execute(asked)
            if not outcomes or verdict in outcomes
        ]
        return [row[3] for row in sorted(rows, reverse=newest)]

    found, cursor = list[str](), None
    while True:
        page = ledger.view().any_gap_page(Ask(newest=newest), outcomes, 1, cursor)
        found += ids(page.rows)
        cursor = page.next
        if cursor is None:
            break
    assert found == ledger.view().answer(plain)
    if outcomes == ("gap", "unsure") and newest:
        assert len(found) > 4
        beside = [ledger.view().answer(partial(between.gaps_beside, key=key)) for key in found]
        assert beside == list(zip([None, *found[:-1]], [*found[1:], None], strict=True))


def test_links_are_copied_with_the_ledger(ledger: Ledger, readings: list[Reading], tmp_path: object) -> None:
    linked(ledger, readings)
    place = f"{tmp_path}/copy.db"
    ledger.backup(place)
    with Ledger(place) as copy:
        assert rows_of(copy) == rows_of(ledger)
        assert copy.verify().clean
