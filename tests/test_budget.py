"""What runs away is stopped, in any thread, and nothing else is."""

from __future__ import annotations

import re
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from diurna.annotate import pipeline
from diurna.annotate.pipeline import AnnotateOptions, Annotator
from diurna.budget import within
from diurna.errors import OverBudgetError
from diurna.flow import reading as flow
from diurna.flow.reading import ReadJob, read_report, read_reports
from diurna.model.record import Reading
from diurna.sources import article
from diurna.sources.incoming import Limits, ReadOptions, SourceFailure
from diurna.sources.reader import read_sources, report_from_text

TEXT = "The minister of Harrowland said on Friday that the talks had failed."


def spin(seconds: float = 20.0) -> None:
    """Keep the processor busy."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        sum(range(100))


def spin_deaf() -> None:
    """Keep it busy, passing over whatever is raised."""
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        try:
            sum(range(100))
        except Exception:  # noqa: S112 - that is the point
            continue


def runaway_expression() -> None:
    """A regular expression that tries every way to part a word."""
    re.match(r"(?:a|aa)+$", "a" * 60 + "b")


def stopped(block: Callable[[], None], seconds: float = 0.2) -> float:
    """Seconds after which a block was stopped."""
    began = time.monotonic()
    with (
        pytest.raises(OverBudgetError, match=r"^times: it took more than 0\.\d+ seconds of the processor"),
        within(seconds, "times"),
    ):
        block()
    return time.monotonic() - began


def in_thread(block: Callable[[], object]) -> object:
    """What a block gives in another thread."""
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(block()))
    thread.start()
    thread.join(60)
    assert found, "the thread raised, or hangs"
    return found[0]


@pytest.mark.parametrize("block", [spin, spin_deaf, runaway_expression])
def test_what_runs_away_is_stopped(block: Callable[[], None]) -> None:
    assert stopped(block) < 15


@pytest.mark.parametrize("block", [spin, spin_deaf])
def test_in_another_thread_too(block: Callable[[], None]) -> None:
    took = in_thread(lambda: stopped(block))
    assert isinstance(took, float)
    assert took < 15


def test_what_ends_in_time_is_left_alone_and_so_is_what_comes_after() -> None:
    before = signal.getsignal(signal.SIGPROF)
    for _ in range(50):
        with within(0.05, "quick"):
            pass
    spin(0.3)
    assert signal.getsignal(signal.SIGPROF) == before
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0

    def after() -> str:
        for _ in range(20):
            with within(0.05, "quick"):
                spin(0.01)
        spin(0.4)
        return "alive"

    assert in_thread(after) == "alive"


def test_waiting_is_no_work() -> None:
    with within(0.1, "wait"):
        time.sleep(0.5)
    in_thread(_waits)


def _waits() -> bool:
    with within(0.1, "wait"):
        time.sleep(0.8)
    return True


def inner_first() -> None:
    with within(5.0, "inner"):
        pass
    spin()


def test_a_block_inside_another_leaves_it_its_end() -> None:
    with pytest.raises(OverBudgetError, match="outer"), within(0.4, "outer"):
        inner_first()


def test_what_is_raised_goes_through_and_none_is_without_end() -> None:
    with pytest.raises(KeyError), within(5.0, "any"):
        raise KeyError
    with within(None, "any"):
        spin(0.05)


@pytest.mark.parametrize(
    ("stage", "home", "name"),
    [
        ("times", pipeline, "find_times"), ("places", pipeline, "find_places"), ("actors", pipeline, "find_actors"),
        ("statements", pipeline, "find_statements"), ("events", pipeline, "find_events"),
        ("relations", pipeline, "find_relations"), ("assemble", pipeline, "assemble"), ("link", flow, "find_gaps"),
    ],
)  # fmt: skip
def test_every_stage_has_its_budget(stage: str, home: object, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    annotator = Annotator(AnnotateOptions(engine="rules", budget=1.0))
    report = report_from_text(TEXT)
    assert not read_report(report, annotator).failures
    monkeypatch.setattr(home, name, lambda *_: spin())
    (failure,) = read_report(report, annotator).failures
    assert failure.stage == stage
    assert "it took more than 1 seconds of the processor" in failure.reason
    monkeypatch.undo()
    assert not read_report(report, annotator).failures


def test_parsing_and_plugins_have_theirs() -> None:
    annotator = Annotator(AnnotateOptions(engine="rules", budget=1.0))
    report = report_from_text(TEXT)
    annotator.options, annotator._plugins = AnnotateOptions("rules", annotators=("mine",), budget=1.0), (_slow,)
    assert read_report(report, annotator).failures[0].stage == "mine"
    annotator._parser = type("Slow", (), {"parse": staticmethod(_slow)})()
    assert read_report(report, annotator).failures[0].stage == "parse"


def _slow(_: object) -> Reading:
    spin()
    raise AssertionError("it was to be stopped")


def test_a_page_that_runs_away_is_a_failure_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(f"<html><body><p>{TEXT * 4}</p></body></html>", encoding="utf-8")
    inner = article._read_page
    monkeypatch.setattr(article, "_read_page", lambda page, *more: spin() if "x" in slow else inner(page, *more))
    slow = "x"
    found = list(read_sources([tmp_path], ReadOptions(limits=Limits(seconds=0.5))))
    assert [type(one) for one in found] == [SourceFailure, SourceFailure]
    assert "more than 0.5 seconds" in found[0].reason  # type: ignore[union-attr]
    slow = ""
    assert not any(isinstance(one, SourceFailure) for one in read_sources([tmp_path]))


def test_a_run_goes_on_after_a_report_that_runs_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"{number} {TEXT}", encoding="utf-8")
    inner = pipeline.find_events
    monkeypatch.setattr(
        pipeline, "find_events", lambda parse, *more: spin() if parse.text[0] == "1" else inner(parse, *more)
    )
    found = [
        one for one in read_reports(ReadJob((str(tmp_path),), engine="rules", budget=1.0)) if isinstance(one, Reading)
    ]
    assert [[one.stage for one in reading.failures] for reading in found] == [[], ["events"], []]
    assert found[0].statements
    assert found[2].statements


def test_workers_are_given_more_time_than_a_stage() -> None:
    assert ReadJob(("a",)).crew.budget == 300
    assert ReadJob(("a",), budget=1_000).crew.budget == 2_500
