"""Readers and a writer at work together: no lock is ever seen, and every answer is of one moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

from diurna.ledger import schema as t
from diurna.ledger.asking import Ask
from diurna.ledger.store import Ledger
from diurna.model.record import Statement
from tests.ledger.sample import sample


def test_four_readers_and_a_writer(place: str) -> None:
    with Ledger(place) as ledger:
        ledger.make()
    done, faults, answers = threading.Event(), list[str](), list[int]()

    def write() -> None:
        with Ledger(place) as ledger:
            for number in range(40):
                ledger.add([sample(number), sample(number, outlet="Valley Post"), sample(number - 1, edit=number)])

    def read() -> None:
        with Ledger(place) as ledger:
            while not done.is_set():
                with ledger.snapshot() as connection:
                    view = ledger.view().snapshot(connection)
                    reports = view.reports(Ask(), 1000, None).rows
                    statements = view.records(t.statements, Statement, Ask(), 1000, None).rows
                if len(statements) != 4 * len(reports) or {one.report.id for one in statements} != {
                    one.id for one in reports
                }:
                    faults.append(f"{len(reports)} reports, {len(statements)} statements")
                if len({one.id for one in reports}) != len(reports):
                    faults.append("a report has two newest versions")
                list(ledger.search("valley", "events"))
                answers.append(len(reports))

    _together(write, read, done, faults)
    assert not faults, faults[:3]
    assert len(answers) > 8
    assert max(answers) > min(answers)
    assert Ledger(place).verify().clean


def _together(write: Callable[[], None], read: Callable[[], None], done: threading.Event, faults: list[str]) -> None:
    def caught(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except Exception as fault:  # a thread's fault is the test's
                faults.append(repr(fault))

        return run

    readers = [threading.Thread(target=caught(read)) for _ in range(4)]
    writer = threading.Thread(target=caught(write))
    for thread in (*readers, writer):
        thread.start()
    writer.join(120)
    done.set()
    for thread in readers:
        thread.join(60)
    assert not writer.is_alive()


def test_two_writers_take_turns(place: str) -> None:
    faults: list[str] = []

    def write(first: int) -> None:
        try:
            with Ledger(place) as ledger:
                for number in range(first, first + 30):
                    ledger.add([sample(number)])
        except Exception as fault:  # a thread's fault is the test's
            faults.append(repr(fault))

    threads = [threading.Thread(target=write, args=(first,)) for first in (0, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not faults
    with Ledger(place) as ledger:
        assert ledger.counts()["reports"] == 50
        assert ledger.verify().clean
