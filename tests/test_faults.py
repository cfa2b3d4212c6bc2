"""Faults of the machine that befall one report or all of them; docs/faults.md names every fault and its test."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from diurna.annotate import pipeline
from diurna.annotate.pipeline import AnnotateOptions
from diurna.flow.reading import ReadJob, annotator_for, load_reader, read_report, read_reports
from diurna.model.codec import reading_to_dict
from diurna.model.record import Reading
from diurna.sources.reader import report_from_text
from tests.texts import SENTENCES

ROOT = Path(__file__).resolve().parents[1]
TEXT = " ".join(SENTENCES)


def test_memory_that_runs_out_in_one_report_is_its_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"{number} {TEXT}", encoding="utf-8")
    inner = pipeline.find_events

    def hungry(parse: pipeline.Parse, *more: object) -> object:
        return bytearray(1 << 62) if parse.text.startswith("1") else inner(parse, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "find_events", hungry)
    found = [one for one in read_reports(ReadJob((str(tmp_path),), engine="rules")) if isinstance(one, Reading)]
    assert [[one.reason[:11] for one in reading.failures] for reading in found] == [[], ["MemoryError"], []]
    assert found[0].statements
    assert found[2].statements


HUNGRY = """
import resource, sys
from diurna.annotate import pipeline
from diurna.flow.reading import ReadJob, read_reports
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
inner = pipeline.find_events
def hungry(parse, *more):
    if parse.text.startswith("1"):
        kept = []
        while True:
            kept.append(bytearray(10_000_000))
    return inner(parse, *more)
pipeline.find_events = hungry
for number, one in enumerate(read_reports(ReadJob((sys.argv[1],), engine="rules"))):
    if not number:
        used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + 400_000_000,) * 2)
    print(len(one.statements), [failure.reason[:11] for failure in one.failures])
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="asks /proc")
def test_memory_that_really_runs_out_is_given_back(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text(f"{number} {TEXT}", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", HUNGRY, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    first, second, third = done.stdout.splitlines()
    assert second == "0 ['MemoryError']"
    assert first == third
    assert first.endswith("[]")


def test_the_time_zone_of_the_machine_changes_no_record(monkeypatch: pytest.MonkeyPatch) -> None:
    annotator = annotator_for(AnnotateOptions(engine="rules"))
    found = set()
    for zone in ("UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu", "Europe/London", "nonsense"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        for published in (None, "2030-03-31", "2030-03-31T01:30:00+02:00"):
            reading = read_report(
                report_from_text(f"{TEXT} On Saturday at 2 a.m. it rained.", published=published), annotator
            )
            found.add(json.dumps(reading_to_dict(reading)["times"]) + str(published))
    monkeypatch.undo()
    time.tzset()
    assert len(found) == 3


def test_the_machines_clock_changes_no_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading never asks what day it is: a text without a date means the same whenever it is read."""
    read = load_reader(AnnotateOptions(engine="rules"))
    assert read
    code = (
        "import json, datetime, time\n"
        "shift = {shift}\n"
        "real = time.time\n"
        "time.time = lambda: real() + shift\n"
        "import diurna\n"
        "from diurna.model.codec import reading_to_dict\n"
        "print(json.dumps(reading_to_dict(diurna.read({text!r}, engine='rules'))))\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code.replace("{shift}", str(shift)).replace("{text!r}", repr(TEXT))],
            cwd=ROOT, capture_output=True, text=True, check=True, timeout=300,
        ).stdout
        for shift in (0, 40 * 365 * 86_400)
    }  # fmt: skip
    assert len(said) == 1


def test_no_module_that_reads_asks_the_clock() -> None:
    asks = re.compile(r"\b(?:date\.today|datetime\.(?:now|today|utcnow)|time\.time|time\.localtime)\(")
    for stage in ("annotate", "link", "model", "export"):
        for path in (ROOT / "src" / "diurna" / stage).rglob("*.py"):
            assert not asks.search(path.read_text(encoding="utf-8")), path


def test_files_and_handles_are_given_back(tmp_path: Path) -> None:
    if not Path("/proc/self/fd").exists():
        pytest.skip("asks /proc")
    for number in range(60):
        (tmp_path / f"{number}.jsonl").write_text(
            json.dumps({"text": f"{number} {SENTENCES[0]}"}) + "\n{broken\n", "utf-8"
        )
    list(read_reports(ReadJob((str(tmp_path),), engine="rules")))
    before = len(list(Path("/proc/self/fd").iterdir()))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before + 20, hard))
    try:
        found = list(read_reports(ReadJob((str(tmp_path),), engine="rules")))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert len(found) == 120
    assert len(list(Path("/proc/self/fd").iterdir())) <= before + 1


def test_every_fault_of_the_matrix_has_its_test() -> None:
    page = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("|")][2:]
    assert len(rows) >= 20
    for row in rows:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row.rsplit("|", 2)[1])
        assert named, row
        for path, name in named:
            assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8"), f"{path}::{name}"
