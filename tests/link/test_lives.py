"""The lives of commitments: states on days, deadlines, criteria, and the scales of others."""

from __future__ import annotations

from typing import get_args

from diurna.link.lives import due_between, lives_of
from diurna.model.commitment_life import TO_POLIMETRE, TO_POLITIFACT, CommitmentLife, CommitmentStateName
from tests.link.test_across import PROMISE, UNDONE, read

STEP = ("2031-04-20", "Workers began to open the Siskin canal on Sunday.")
DONE = ("2031-05-20", "Norrow opened the Siskin canal on Tuesday.")


def life(*rows: tuple[str, str]) -> CommitmentLife:
    return next(one for one in lives_of([read(*row) for row in rows]) if one.kind == "promise")


def states(one: CommitmentLife, *days: str) -> list[str]:
    return [one.on(day).state for day in days]


def test_a_promise_is_open_then_progressing_then_kept() -> None:
    assert states(life(PROMISE, STEP, DONE), "2031-03-10", "2031-04-25", "2031-06-10") == [
        "open",
        "progressing",
        "kept",
    ]


def test_what_is_not_done_by_its_day_is_overdue_the_day_after() -> None:
    assert states(life(PROMISE, UNDONE), "2031-05-31", "2031-06-01", "2031-07-02") == ["open", "overdue", "overdue"]


ASKED = ("2031-03-03", "Norrow gave Ostrava two weeks on Monday to reopen the Siskin canal.")
LATER = ("2031-03-14", "Norrow on Friday extended its deadline for Ostrava to reopen the Siskin canal until 31 March.")


def test_who_set_a_deadline_may_move_it() -> None:
    one = next(x for x in lives_of([read(*ASKED), read(*LATER)]) if x.kind == "demand")
    assert states(one, "2031-03-10", "2031-03-20", "2031-04-01") == ["open", "open", "overdue"]
    assert [one.on(day).due for day in ("2031-03-10", "2031-03-20")] == ["2031-03-17", "2031-03-31"]


def test_a_promise_without_a_day_is_kept_within_a_term_of_office() -> None:
    pledge = ("2031-03-03", "President Ola Brandt of Norrow promised on Monday to abolish the bread levy.")
    kept = "President Ola Brandt of Norrow abolished the bread levy on Tuesday."
    assert states(life(pledge, ("2034-06-06", kept)), "2034-06-05", "2034-06-07") == ["open", "kept"]
    assert states(life(pledge, ("2036-06-03", kept)), "2036-06-04") == ["open"]


def test_a_promise_stays_due_when_its_maker_puts_it_off() -> None:
    late = ("2031-05-20", "President Ola Brandt of Norrow extended her deadline to open the Siskin canal to 30 June.")
    assert states(life(PROMISE, late), "2031-06-01") == ["overdue"]


def test_a_truce_stopped_by_another_word_is_broken_by_an_attack() -> None:
    agreed = ("2031-03-03", "Norrow and the River Front agreed on Monday to halt all attacks.")
    attack = ("2031-03-08", "The River Front shelled an army base in Norrow on Saturday.")
    one = next(x for x in lives_of([read(*agreed), read(*attack)]) if x.kind == "agreement")
    assert states(one, "2031-03-09") == ["broken"]


def test_every_move_but_the_calendars_shows_its_evidence() -> None:
    one = life(PROMISE, STEP, DONE)
    assert [(move.kind, move.by is not None) for move in one.on("2031-07-01").moves] == [
        ("opened", True), ("step", True), ("kept", True), ("due passed", False),
    ]  # fmt: skip


def test_an_alarm_names_what_falls_due_and_is_not_kept() -> None:
    kept, late = life(PROMISE, DONE), life(PROMISE, UNDONE)
    (state,) = due_between([kept, late], "2031-05-01", "2031-06-30")
    assert (state.due, state.state, state.days_over) == ("2031-05-31", "overdue", 30)


def test_criteria_are_tracked_one_by_one() -> None:
    two = ("2031-03-03", "President Ola Brandt of Norrow promised to open the Siskin canal and to lower the port fee.")
    fee = ("2031-05-05", "Norrow lowered the port fee on Monday.")
    state = life(two, fee).on("2031-05-06")
    assert [name for _, name in state.criteria] == ["open", "kept"]


def test_every_state_has_a_place_on_the_scales_of_others() -> None:
    names = set(get_args(CommitmentStateName))
    assert set(TO_POLITIFACT) == names
    assert set(TO_POLIMETRE) == names
