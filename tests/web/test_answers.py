"""Answers that are remembered: asked once, anew when the ledger changes, and never of what was removed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from diurna.ledger.snapshot import Snapshot
from diurna.ledger.store import Ledger
from diurna.web import answers
from diurna.web.answers import Answers
from tests.ledger.sample import sample


class Counting:
    """A question that counts how often the ledger was asked, and takes its time."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.asked, self.seconds = 0, seconds

    def __call__(self, snapshot: Snapshot) -> int:
        self.asked += 1
        time.sleep(self.seconds)
        from diurna.ledger.asking import Ask

        return len(snapshot.reports(Ask(), 100, None).rows)


@pytest.fixture
def kept(tmp_path: Path) -> Ledger:
    ledger = Ledger(tmp_path / "kept.db")
    ledger.add([sample(1)])
    return ledger


def until(true: Callable[[], bool]) -> None:
    for _ in range(400):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError


def test_an_answer_holds_until_the_ledger_changes(kept: Ledger) -> None:
    remembered, question = Answers(kept.view), Counting()
    for expected, asked in ((1, 1), (1, 1)):
        assert remembered.get(None, "a", question, judged=True) == expected
        assert question.asked == asked
    kept.add([sample(2)])
    assert remembered.get(None, "a", question, judged=True) == 2
    assert question.asked == 2


def test_judgements_change_only_what_they_may_change(kept: Ledger) -> None:
    remembered, judged, plain = Answers(kept.view), Counting(), Counting()
    for _ in range(2):
        remembered.get(None, "judged", judged, judged=True)
        remembered.get(None, "plain", plain, judged=False)
        kept.judge(next(iter(kept.statements())).record.id, "accept", by="ana")
    assert (judged.asked, plain.asked) == (2, 1)


def test_of_many_who_ask_at_once_one_asks_the_ledger(kept: Ledger) -> None:
    remembered, question = Answers(kept.view), Counting(0.2)
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(remembered.get(None, "a", question, judged=True)))
        for _ in range(12)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == [1] * 12
    assert question.asked == 1


def test_what_is_dear_is_shown_as_it_was_while_it_is_found_anew(kept: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_DEAR", 0.05)
    remembered, question = Answers(kept.view), Counting(0.1)
    assert remembered.get(None, "a", question, judged=False) == 1
    kept.add([sample(2)])
    began = time.monotonic()
    assert remembered.get(None, "a", question, judged=False) == 1
    assert time.monotonic() - began < 0.1
    until(lambda: remembered.get(None, "a", question, judged=False) == 2)
    remembered.close()


def test_what_was_removed_is_gone_at_once_however_dear(kept: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_DEAR", 0.0)
    remembered, question = Answers(kept.view), Counting(0.02)
    kept.add([sample(2)])
    assert remembered.get(None, "a", question, judged=False) == 2
    kept.remove(sample(2).report.id, by="ana", why="tests")
    assert remembered.get(None, "a", question, judged=False) == 1


def test_few_are_remembered(kept: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_REMEMBERED", 3)
    remembered, question = Answers(kept.view), Counting()
    for key in range(10):
        remembered.get(None, key, question, judged=True)
    assert len(remembered._answers) == 3
