"""Archives into a lake: partition by partition, here or by Ray; the same bytes whoever reads, whoever dies."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diurna import cli
from diurna.errors import UsageError
from diurna.flow import many as module
from diurna.flow.many import ManyJob, partitions, read_many, read_partition
from diurna.flow.reading import ReadJob, read_reports
from diurna.model.record import Reading
from diurna.sources.incoming import Incoming, SourceFailure

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'diurna[lake]'")

from diurna.ledger.lake.lake import Lake
from diurna.ledger.lake.rows import line_of
from diurna.ledger.store import Ledger


def text(number: int) -> str:
    """An invented report."""
    return (
        f"Oren Tal said on Friday that convoy {number} would not leave the valley of Orla. "
        f"Troops of Seldonia shelled Stonebridge on Monday, killing {number + 2} people. "
        "Mira Senn, the foreign minister, promised to answer before the end of March."
    )


def write(path: Path, count: int, start: int = 0) -> str:
    rows = (
        {"id": str(n), "outlet": "Wire", "published": f"2030-03-{n % 9 + 1:02d}", "text": text(n)}
        for n in range(start, start + count)
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading finds nothing, and fails for report 7."""
    from diurna.model.record import Failure

    def reads(one: Incoming) -> Reading:
        fault = (Failure("annotate", "it broke"),) if one.report.source_id == "7" else ()
        return Reading(one.report, failures=fault)

    monkeypatch.setattr(module, "load_reader", lambda options: reads)


def digest(folder: Path) -> dict[str, str]:
    """Every file of a lake, and what is in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.glob("*/day=*/*"))
    }


def job(tmp_path: Path, *sources: str, name: str = "lake", ray: str | None = None, rows: int = 4) -> ManyJob:
    return ManyJob(ReadJob(sources, engine="rules", workers=2), tmp_path / name, ray, rows)


@pytest.mark.usefixtures("empty")
def test_a_lake_holds_what_was_read_and_failures_are_counted(tmp_path: Path) -> None:
    source = write(tmp_path / "rows.jsonl", 10)
    (tmp_path / "one.txt").write_text("Mira Senn spoke.", encoding="utf-8")
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"text": "fine", "id": "x"}\n{"text": \n', encoding="utf-8")
    sources = (source, str(tmp_path / "one.txt"), str(bad))
    plan = partitions(job(tmp_path, *sources))
    assert [(one.first, one.last) for one in plan] == [(0, 4), (4, 8), (8, None), (0, None), (0, None)]
    done = list(read_many(job(tmp_path, *sources)))
    assert [one.number for one in done] == [0, 1, 2, 3, 4]
    assert [one.reports for one in done] == [4, 4, 2, 1, 1]
    assert [one.failures for one in done] == [0, 1, 0, 0, 1]
    assert "it broke" in done[1].reasons[0]
    with Lake(tmp_path / "lake") as lake, Ledger(tmp_path / "l.db") as ledger:
        found = [one.report.source_id for one in lake.readings(clock="recorded", newest=False)]
        assert found == [str(n) for n in range(10)] + [None, "x"]
        ledger.add(lake.readings(clock="recorded", newest=False))
        assert len(list(ledger.reports())) == 12


@pytest.mark.usefixtures("empty")
def test_a_run_that_was_stopped_goes_on_and_writes_the_same(tmp_path: Path) -> None:
    source = write(tmp_path / "rows.jsonl", 10)
    list(read_many(job(tmp_path, source, name="whole")))
    run = read_many(job(tmp_path, source))
    next(run)
    run.close()
    (tmp_path / "lake" / "reports" / "day=2030-03-05").mkdir(exist_ok=True)
    (tmp_path / "lake" / "reports" / "day=2030-03-05" / ".part-000001.parquet.77").write_bytes(b"half")
    half = digest(tmp_path / "lake")
    done = list(read_many(job(tmp_path, source)))
    assert [one.number for one in done] == [0, 1, 2]
    assert digest(tmp_path / "lake") == digest(tmp_path / "whole") != half
    assert [one.reports for one in read_many(job(tmp_path, source))] == [4, 4, 2]


@pytest.mark.usefixtures("empty")
def test_folders_and_sources_that_will_not_do_are_refused(tmp_path: Path) -> None:
    source = write(tmp_path / "rows.jsonl", 3)
    list(read_many(job(tmp_path, source)))
    other = write(tmp_path / "other.jsonl", 3)
    with pytest.raises(UsageError, match="other sources"):
        list(read_many(job(tmp_path, other)))
    with pytest.raises(UsageError, match="is there already"):
        list(read_many(ManyJob(ReadJob((source,)), tmp_path)))
    for wrong in ("-", str(tmp_path / "none.jsonl")):
        with pytest.raises(UsageError):
            list(read_many(job(tmp_path, wrong, name="x")))


@pytest.mark.usefixtures("empty")
def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = write(tmp_path / "rows.jsonl", 5)
    done = CliRunner().invoke(cli.app, ["read", source, "--lake", "lake", "--json"])
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout) == {"to": "lake", "partitions": 1, "of": 1, "reports": 5, "failures": 0}
    assert CliRunner().invoke(cli.app, ["read", source, "--ray", "local"]).exit_code == 2


# --- Ray


@pytest.fixture
def ray() -> None:
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'diurna[ray]'")


def workers_of(folder: Path) -> set[int]:
    """Processes at work, by the notes they leave."""
    return {int(path.name.rpartition("-")[2]) for path in (folder / "_partitions").glob("at-work-*")}


@pytest.mark.slow
@pytest.mark.usefixtures("ray")
def test_workers_killed_at_random_change_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path / "rows.jsonl", 60)
    serial = [one for one in read_reports(ReadJob((source,), engine="rules")) if not isinstance(one, SourceFailure)]
    assert sum(len(one.statements) + len(one.events) for one in serial) > 60
    list(read_many(job(tmp_path, source, name="serial")))
    killed: list[int] = []
    ended = threading.Event()

    def kill() -> None:
        while not ended.is_set() and len(killed) < 3:
            for pid in workers_of(tmp_path / "lake") - set(killed):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
                break
            time.sleep(0.3)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        done = list(read_many(job(tmp_path, source, ray="local")))
    finally:
        ended.set()
        thread.join()
    assert killed, "no worker was killed: the test shows nothing"
    assert not capsys.readouterr().out, "standard output is the caller's"
    assert sorted(one.number for one in done) == list(range(15))
    assert sum(one.reports for one in done) == 60
    assert digest(tmp_path / "lake") == digest(tmp_path / "serial")
    with Lake(tmp_path / "lake") as lake:
        found = [line_of(one) for one in lake.readings(clock="recorded", newest=False)]
    assert found == [line_of(one) for one in serial]


@pytest.mark.slow
@pytest.mark.usefixtures("ray")
def test_a_worker_without_room_is_not_waited_for(tmp_path: Path) -> None:
    import ray

    source = write(tmp_path / "rows.jsonl", 12)
    list(read_many(job(tmp_path, source, name="serial")))
    ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False)
    try:
        asked = ManyJob(ReadJob((source,), engine="rules", workers=3), tmp_path / "lake", ray="local", rows=4)
        assert sorted(one.number for one in read_many(asked)) == [0, 1, 2]
    finally:
        ray.shutdown()
    assert digest(tmp_path / "lake") == digest(tmp_path / "serial")


def test_a_partition_is_read_the_same_twice(tmp_path: Path, empty: None) -> None:
    source = write(tmp_path / "rows.jsonl", 6)
    one = job(tmp_path, source)
    next(iter(read_many(one)))
    before = digest(tmp_path / "lake")
    read_partition(one, partitions(one)[0], module.load_reader(one.read.annotate_options))
    assert digest(tmp_path / "lake") == before
