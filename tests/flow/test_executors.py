"""Processes that read: the order kept, the same ledger as one, nothing lost where one of them is killed or hangs."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from diurna.annotate.pipeline import AnnotateOptions
from diurna.errors import LedgerError, MissingPartError
from diurna.flow.executors import Read, Workers, read_all
from diurna.flow.ingest import IngestJob, ingest
from diurna.flow.reading import ReadJob, read_reports
from diurna.ledger.store import Ledger
from diurna.model.record import Failure, Reading
from diurna.sources.incoming import Incoming, SourceFailure
from diurna.sources.reader import report_from_text
from tests.ledger.dump import dump
from tests.texts import sample_texts

ROOT = Path(__file__).parents[2]
OPTIONS = AnnotateOptions(engine="rules")


def incoming(text: str) -> Incoming:
    return Incoming(replace(report_from_text("x", url=f"https://orla.example/{text[:40]}"), text=text), "here")


def load(options: AnnotateOptions) -> Read:
    """Stands in for the annotators: does what the text says."""
    return act


def act(one: Incoming) -> Reading:
    order, _, rest = one.report.text.partition(" ")
    if order == "wait":
        time.sleep(float(rest))
    elif order == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif order == "die-once" and not Path(rest).exists():
        Path(rest).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    elif order == "hang":
        time.sleep(600)
    return Reading(one.report, failures=(Failure("by", str(os.getpid())),))


def load_nothing(options: AnnotateOptions) -> Read:
    raise MissingPartError("the parser is not installed")


def load_and_die(options: AnnotateOptions) -> Read:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def texts(found: list[Reading | SourceFailure]) -> list[str]:
    return [one.reason if isinstance(one, SourceFailure) else one.report.text for one in found]


def run(items: list[Incoming | SourceFailure], workers: Workers) -> list[Reading | SourceFailure]:
    return list(read_all(items, load, OPTIONS, workers))


def test_the_order_is_that_of_what_comes_in_whoever_is_quicker() -> None:
    items: list[Incoming | SourceFailure] = []
    for number in range(60):
        items.append(incoming(f"wait 0.{5 if number % 7 == 0 else 0}{number:02}"))
        items.append(SourceFailure("x", "row", str(number)))
    found = run(items, Workers(2))
    assert texts(found) == [one.reason if isinstance(one, SourceFailure) else one.report.text for one in items]
    assert len({one.failures[0].reason for one in found if isinstance(one, Reading)}) == 2


def test_one_worker_is_this_process_and_few_texts_start_no_other() -> None:
    for workers in (Workers(1), Workers(None)):
        (found,) = run([incoming("short")], workers)
        assert isinstance(found, Reading)
        assert found.failures[0].reason == str(os.getpid())


def test_much_to_read_starts_all_of_them() -> None:
    found = run([incoming(f"long {n} " + "x" * 30_000) for n in range(8)], Workers(None))
    assert str(os.getpid()) not in {one.failures[0].reason for one in found if isinstance(one, Reading)} or (
        os.cpu_count() == 1
    )
    assert [one[:6] for one in texts(found)] == [f"long {n}" for n in range(8)]


def test_a_report_that_kills_its_worker_is_a_failure_and_the_others_are_read() -> None:
    items: list[Incoming | SourceFailure] = [incoming(f"read {n}") for n in range(20)]
    items.insert(3, incoming("die here"))
    items.insert(9, incoming("die there"))
    found = run(items, Workers(2))
    assert texts(found) == [one.report.text for one in items if isinstance(one, Incoming)]
    dead = [one for one in found if isinstance(one, Reading) and one.failures[0].stage == "worker"]
    assert [one.report.text for one in dead] == ["die here", "die there"]
    assert "died" in dead[0].failures[0].reason


def test_a_worker_killed_once_loses_nothing(tmp_path: Path) -> None:
    items: list[Incoming | SourceFailure] = [incoming(f"die-once {tmp_path / str(n)}") for n in range(4)]
    found = run([*items, *(incoming(f"read {n}") for n in range(10))], Workers(2))
    assert all(isinstance(one, Reading) and one.failures[0].stage == "by" for one in found)
    assert len(found) == 14


def test_a_report_that_takes_too_long_is_a_failure() -> None:
    found = run([incoming("read 1"), incoming("hang on"), incoming("read 2")], Workers(2, budget=1.0))
    assert texts(found) == ["read 1", "hang on", "read 2"]
    assert isinstance(found[1], Reading)
    assert "longer than 1 seconds" in found[1].failures[0].reason


def test_what_is_not_installed_is_said_once() -> None:
    with pytest.raises(MissingPartError, match="parser"):
        list(read_all([incoming("a"), incoming("b")], load_nothing, OPTIONS, Workers(2)))


def test_workers_that_never_start_end_the_run() -> None:
    with pytest.raises(MissingPartError, match="--workers 1"):
        list(read_all([incoming("a")], load_and_die, OPTIONS, Workers(2)))


def children() -> set[str]:
    """Worker processes of this one; multiprocessing's own tracker of resources stays."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            stat, line = (entry / "stat").read_text(), (entry / "cmdline").read_text()
        except OSError:
            continue
        if stat.rsplit(")", 1)[1].split()[1] == str(os.getpid()) and "spawn_main" in line:
            found.add(entry.name)
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc")
def test_leaving_early_ends_the_workers() -> None:
    stream = read_all((incoming(f"wait 0.01{n}") for n in range(500)), load, OPTIONS, Workers(2))
    assert next(stream)
    assert len(children()) == 2
    stream.close()  # type: ignore[attr-defined]
    assert not children()


def test_memory_is_bounded_no_more_is_taken_in_than_can_be_read() -> None:
    taken = 0

    def items() -> Iterator[Incoming]:
        nonlocal taken
        for number in range(1_000):
            taken += 1
            yield incoming(f"read {number}")

    stream = read_all(items(), load, OPTIONS, Workers(2))
    next(stream)
    assert taken < 60
    stream.close()  # type: ignore[attr-defined]


# --- with the real annotators


def corpus(path: Path) -> Path:
    rows: list[object] = []
    for number, text in enumerate(sample_texts()[:24]):
        rows.append({"id": str(number), "outlet": "Wire", "published": "2030-03-01", "text": text})
        if number % 6 == 5:
            rows.append(
                {"id": str(number - 2), "outlet": "Wire", "published": "2030-03-02", "text": f"{text} It ended."}
            )
            rows.append(rows[-4])
            rows.append({"id": "odd", "published": "one day", "text": text})
    lines = [json.dumps(row) for row in rows]
    lines.insert(7, "{broken")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def ledger_of(source: Path, place: Path, workers: int) -> list[str]:
    with Ledger(place) as ledger:
        list(ingest(IngestJob(ReadJob((str(source), "absent.txt"), workers=workers)), ledger))
        assert ledger.verify().clean
        return dump(ledger)


def test_one_process_and_two_give_the_same_readings_and_byte_equal_ledgers(tmp_path: Path) -> None:
    source = corpus(tmp_path / "rows.jsonl")
    one, two = (list(read_reports(ReadJob((str(source),), workers=n))) for n in (1, 2))
    assert [pickled(a) for a in one] == [pickled(b) for b in two]
    assert ledger_of(source, tmp_path / "1.db", 1) == ledger_of(source, tmp_path / "2.db", 2)


def pickled(one: Reading | SourceFailure) -> str:
    return json.dumps(one.to_dict()) if isinstance(one, Reading) else repr(one)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc")
def test_killing_workers_at_random_changes_nothing(tmp_path: Path) -> None:
    source = corpus(tmp_path / "rows.jsonl")
    wanted = ledger_of(source, tmp_path / "1.db", 1)
    stopped, killed = threading.Event(), []

    def kill() -> None:
        while not stopped.wait(3) and len(killed) < 4:
            for child in sorted(children())[len(killed) % 2 :][:1]:
                os.kill(int(child), signal.SIGKILL)
                killed.append(child)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        found = ledger_of(source, tmp_path / "2.db", 2)
    finally:
        stopped.set()
        killer.join()
    assert killed
    assert found == wanted


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks /proc")
def test_ctrl_c_keeps_what_was_read_and_leaves_no_process(tmp_path: Path) -> None:
    rows = [{"id": str(n), "outlet": "Wire", "text": f"{t} {n}"} for n in range(40) for t in sample_texts()[:10]]
    source, place = tmp_path / "rows.jsonl", tmp_path / "l.db"
    source.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    program = [sys.executable, "-m", "diurna.cli", "add", str(source), "--workers", "2", "--ledger", str(place)]
    process = subprocess.Popen(
        [sys.executable, "-c", "from diurna.cli import main; main()", *program[3:]],
        cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    kept = wait_for_reports(place)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "what was read is kept" in said
    assert "Traceback" not in said
    with Ledger(place) as ledger:
        assert kept <= ledger.counts()["reports"] < len(rows)
        assert ledger.verify().clean
    deadline = time.monotonic() + 10
    while alive_in(process.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not alive_in(process.pid)


def wait_for_reports(place: Path) -> int:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        time.sleep(0.2)
        if place.exists():
            with Ledger(place) as ledger, contextlib.suppress(LedgerError):  # it is being made
                if count := ledger.counts()["reports"]:
                    return count
    raise AssertionError("nothing was kept within a minute")


def alive_in(group: int) -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if fields[2] == str(group) and fields[0] != "Z":
            found.append(entry.name)
    return found
