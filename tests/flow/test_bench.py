"""The benchmark: it measures what is done, by whom, and says what is missing."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from diurna import cli, cli_bench
from diurna.errors import DiurnaError, MissingPartError, UsageError
from diurna.flow import bench as module
from diurna.flow.bench import Figure, Scaling, bench, machine_facts, reports_of
from diurna.sources.incoming import Incoming


def busy() -> Callable[[Incoming], int]:
    """Spends 20 ms of the processor on each report."""

    def read(one: Incoming) -> int:
        until = time.process_time() + 0.02
        while time.process_time() < until:
            pass
        return len(one.report.text.split())

    return read


def idle() -> Callable[[Incoming], int]:
    """Waits 20 ms for each report."""

    def read(one: Incoming) -> int:
        time.sleep(0.02)
        return 1

    return read


def absent() -> Callable[[Incoming], int]:
    """Is not installed."""
    raise MissingPartError("it is not there")


def dies() -> Callable[[Incoming], int]:
    """Ends its process."""
    import os

    os._exit(3)


@pytest.fixture
def reports() -> list[Incoming]:
    return reports_of(cli_bench._demo(), 12)


def test_the_processors_time_counts_and_waiting_does_not(reports: list[Incoming]) -> None:
    one, two = bench(reports, {"busy": busy, "idle": idle})
    assert (one.name, one.reports, two.name, two.found) == ("busy", 12, "idle", 12)
    assert one.words == one.found == sum(len(each.report.text.split()) for each in reports)
    assert one.cpu >= 12 * 0.02
    assert two.cpu < one.cpu / 3
    assert two.wall >= 12 * 0.02
    assert one.memory is None or one.memory > 1_000_000
    assert one.words_a_second == pytest.approx(one.words / one.cpu)


def test_who_is_missing_or_dies_is_said(reports: list[Incoming]) -> None:
    with pytest.raises(MissingPartError, match="it is not there"):
        bench(reports, {"busy": busy, "absent": absent})
    with pytest.raises(DiurnaError, match="died"):
        bench(reports, {"dies": dies})
    with pytest.raises(UsageError, match="no report"):
        reports_of(["none.jsonl"], 3)


def test_the_machine_is_named() -> None:
    assert {"cores", "Python", "diurna", "spacy", "processor"} <= machine_facts().keys()


def test_the_command_prints_ratios(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [
        Figure("spaCy alone", 2, 1_200, 1.0, 2.0, 300_000_000, 1_300),
        Figure("Diurna, rules", 2, 1_200, 1.25, 2.5, None, 90),
    ]
    monkeypatch.setattr(module, "bench", lambda reports: made)
    monkeypatch.setattr(module, "scaling", lambda reports, workers, engine: Scaling(workers, 10.0, 5.0))
    said = CliRunner().invoke(cli.app, ["bench", "--reports", "2"])
    assert said.exit_code == 0, said.stderr
    for word in ("1,200", "1.25", "960", "2 processes read 2.00 times"):
        assert word in said.stdout
    rows = [json.loads(line) for line in CliRunner().invoke(cli.app, ["bench", "--json"]).stdout.splitlines()]
    assert [row.get("to_first") for row in rows[:2]] == [1.0, 1.25]
    assert rows[2]["ratio"] == 2.0
    assert "spacy" in rows[3]["machine"]


@pytest.mark.slow
def test_everybody_reads_the_demo() -> None:
    figures = bench(reports_of(cli_bench._demo(), 2))
    assert [one.name for one in figures] == list(module.CONTENDERS)
    assert all(one.found > 5 and one.cpu > 0 for one in figures)
    assert figures[1].cpu > figures[0].cpu / 2
