"""As known on any moment: random histories of adding, editing, judging, removing, and a real feed polled for weeks."""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from diurna.ledger.asking import Ask
from diurna.ledger.clock import moment
from diurna.ledger.store import Ledger
from diurna.model.record import Reading
from diurna.sources.reader import report_from_text
from tests.ledger.sample import sample
from tests.ledger.ticking import Ticking

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(st.tuples(st.integers(1, 4), st.integers(0, 2)), min_size=1, max_size=4)),
        st.tuples(st.just("reject"), st.integers(1, 4)),
        st.tuples(st.just("undo"), st.integers(1, 4)),
        st.tuples(st.just("remove"), st.integers(1, 4)),
    ),
    min_size=1,
    max_size=7,
)


class Told:
    """What a ledger must hold, kept as plainly as can be: all states there ever were, by their moments."""

    def __init__(self) -> None:
        self.now: dict[int, list[int]] = {}  # report: its versions in the order they came
        self.rejected: set[int] = set()
        self.removed: set[int] = set()
        self.states: list[tuple[str, dict[int, list[int]], set[int]]] = []

    def note(self, when: str) -> None:
        self.states.append((when, {number: list(edits) for number, edits in self.now.items()}, set(self.rejected)))

    def forget(self, number: int) -> None:
        """What is removed was never there, whenever one asks."""
        self.now.pop(number)
        self.removed.add(number)
        self.rejected.discard(number)
        for _, reports, rejected in self.states:
            reports.pop(number, None)
            rejected.discard(number)


def play(ledger: Ledger, clock: Ticking, steps: list[tuple[str, object]]) -> Told:
    told = Told()
    ledger.make()
    for what, about in steps:
        if what == "add":
            ledger.add([sample(number, edit) for number, edit in about])  # type: ignore[attr-defined]
            for number, edit in about:  # type: ignore[attr-defined]
                if number not in told.removed and edit not in told.now.setdefault(number, []):
                    told.now[number].append(edit)
            told.now = {number: edits for number, edits in told.now.items() if edits}
        elif about in told.now:
            _mind(ledger, told, what, about)  # type: ignore[arg-type]
        told.note(moment(clock.time))
    return told


def _mind(ledger: Ledger, told: Told, what: str, number: int) -> None:
    key = sample(number, told.now[number][0]).statements[0].id
    if what == "remove":
        ledger.remove(sample(number).report.id, by="me")
        told.forget(number)
    elif what == "reject" and number not in told.rejected:
        ledger.judge(key, "reject", by="me")
        told.rejected.add(number)
    elif what == "undo" and number in told.rejected:
        ledger.judge(key, "undo", by="me")
        told.rejected.discard(number)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_past_moment_is_answered_as_it_was(empty_file: Path, steps: list[tuple[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "ledger.db"
        shutil.copy(empty_file, place)
        check_history(str(place), steps)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_any_past_moment_is_answered_on_every_database(
    new_place: Callable[[], str], steps: list[tuple[str, object]]
) -> None:
    check_history(new_place(), steps)


def check_history(place: str, steps: list[tuple[str, object]]) -> None:
    clock = Ticking()
    with Ledger(place, clock=clock) as ledger:
        told = play(ledger, clock, steps)
        assert ledger.verify().clean
        for when, reports, rejected in told.states:
            view = ledger.view(when)
            current = sorted(sample(number, edits[-1]).report.version for number, edits in reports.items())
            assert sorted(one.version for one in view.reports(Ask())) == current
            every = sorted(sample(n, edit).report.version for n, edits in reports.items() for edit in edits)
            assert sorted(one.version for one in view.reports(Ask(versions="all"))) == every
            assert len(list(view.search("valley", "statements", Ask(review="any")))) == 3 * len(current)
            turned = {sample(number, reports[number][0]).statements[0].id for number in rejected}
            assert {one.record.id for one in view.statements(Ask(review="rejected", versions="all"))} == turned


EVERY_POLL = "DIURNA_EVERY_POLL" in os.environ
"""All 527 moments take seven minutes on both databases; every 75th is asked for otherwise."""

FEED = Path(__file__).resolve().parents[3] / "shared" / "input" / "feeds"


def polls() -> list[tuple[dt.datetime, Path]]:
    rows = json.loads((FEED / "state_replay_manifest.json").read_text(encoding="utf-8"))["versions"]
    return [(dt.datetime.fromisoformat(row["polled"]), FEED / row["file"]) for row in rows]


def items(path: Path) -> list[Reading]:
    """The feed's items as reports without records: what is kept and when is the question here."""
    root = etree.fromstring(gzip.decompress(path.read_bytes()), etree.XMLParser(recover=True))
    found = []
    for item in root.iter("item"):
        text = f"{item.findtext('title')}\n\n{item.findtext('description')}"
        found.append(Reading(report_from_text(text, url=item.findtext("link"), outlet="State", language="en")))
    return found


@pytest.mark.skipif(not FEED.is_dir(), reason="the feed data are not beside the project")
def test_a_feed_polled_for_weeks_is_known_as_it_was_at_every_poll(place: str) -> None:
    clock = Ticking()
    told: dict[str, list[str]] = {}
    states: list[tuple[dt.datetime, dict[str, tuple[str, ...]]]] = []
    with Ledger(place, clock=clock) as ledger:
        for when, path in polls():
            clock.time = when
            readings = items(path)
            ledger.add(readings)
            for report in (one.report for one in readings):
                versions = told.setdefault(report.id, [])
                if report.version not in versions:
                    versions.append(report.version)
            states.append((clock.time, {report: tuple(versions) for report, versions in told.items()}))
        assert len(states) == 527
        assert sum(map(len, told.values())) > len(told) > 400  # items were edited
        assert list(ledger.view(moment(states[0][0] - dt.timedelta(minutes=1))).reports(Ask(versions="all"))) == []
        steps = list(itertools.pairwise([*states, (states[-1][0] + dt.timedelta(1), {})]))
        for (when, known), (following, _) in steps if EVERY_POLL else [*steps[::75], steps[-1]]:
            check_poll(ledger, when, known)
            check_poll(ledger, when + (following - when) / 2, known)
        assert ledger.verify().clean


def check_poll(ledger: Ledger, when: dt.datetime, known: dict[str, tuple[str, ...]]) -> None:
    """What the ledger knew then: each report in its newest version, and all its versions with it."""
    view = ledger.view(moment(when))
    assert {one.id: one.version for one in view.reports(Ask())} == {key: told[-1] for key, told in known.items()}
    every = sorted((one.id, one.number, one.version) for one in view.reports(Ask(versions="all")))
    assert every == sorted((key, number, one) for key, told in known.items() for number, one in enumerate(told, 1))
