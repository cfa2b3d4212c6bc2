"""Commands: help, output, exit codes, failures and interruptions; what is read is built by hand."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from diurna import __version__, cli
from diurna.errors import MissingPartError
from diurna.flow.reading import ReadJob
from diurna.model.codec import reading_from_dict
from diurna.model.record import Failure, Reading
from diurna.sources.reader import SourceFailure
from tests import readings

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = (
    *("read", "demo", "eval", "doctor"),
    *("add", "review", "verify", "remove", "backup", "publish", "watch", "export", "import"),
    *("search", "reports", "statements", "events", "actors", "timeline"),
    *("link", "stories", "claims", "commitments", "gaps", "numbers", "indices"),
    *("serve", "users", "mcp", "bench"),
)


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but the defaults: an empty folder, no variables."""
    monkeypatch.chdir(tmp_path)
    for name in ("DIURNA_ENGINE", "DIURNA_PIPELINE", "DIURNA_WIDTH", "DIURNA_COLOR", "DIURNA_SETTINGS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Reading | SourceFailure]:
    """What `read_reports` gives; tests fill the list."""
    rows: list[Reading | SourceFailure] = []
    monkeypatch.setattr(cli, "read_reports", lambda job: iter(rows))
    return rows


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli.app, list(args))
    return result.exit_code, result.stdout, result.stderr


def good_reading() -> Reading:
    return dataclasses.replace(readings.reading(), failures=())


def broken_reading() -> Reading:
    return Reading(readings.report(source_id="row-9"), failures=(Failure("annotate", "it broke"),))


# --- help


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_has_an_example_that_runs_it(command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert re.search(rf"Examples:\n\s+.*diurna {command}", out)
    assert "--json" in out


def test_every_command_there_is_has_been_tested_for_help() -> None:
    group = typer.main.get_command(cli.app)
    assert tuple(group.commands) == COMMANDS  # type: ignore[attr-defined]


def test_version() -> None:
    assert run("--version") == (0, f"diurna {__version__}\n", "")


def test_no_command_shows_help_and_is_wrong_use() -> None:
    code, out, err = run()
    assert code == 2
    assert "read" in out + err


# --- read


def test_json_is_one_line_a_report_and_decodes_to_the_same_reading(found: list[Reading | SourceFailure]) -> None:
    found += [good_reading(), good_reading()]
    code, out, err = run("read", "x.jsonl", "--json", "--quiet")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert len(lines) == 2
    assert reading_from_dict(json.loads(lines[0])) == good_reading()


def test_broken_characters_still_give_a_line_of_json(found: list[Reading | SourceFailure]) -> None:
    found.append(Reading(readings.report("a\ud800b", title=None, blocks=())))
    code, out, _ = run("read", "x", "--json")
    assert code == 0
    assert json.loads(out)["report"]["text"] == "a\ud800b"


def test_a_page_is_printed_and_a_closing_line_only_for_several(found: list[Reading | SourceFailure]) -> None:
    found.append(good_reading())
    code, out, err = run("read", "x")
    assert (code, err) == (0, "")
    assert "DEEDS" in out
    found.append(good_reading())
    assert run("read", "x")[2].startswith("2 reports: 8 statements, 4 deeds, 2 gaps, in ")
    assert run("read", "x", "--quiet")[2] == ""


def test_failures_are_survived_listed_and_exit_1(found: list[Reading | SourceFailure]) -> None:
    found += [SourceFailure("rows.csv:3", "decode", "not UTF-8"), broken_reading(), good_reading()]
    code, out, err = run("read", "rows.csv", "--quiet")
    assert code == 1
    assert "Trucks leave the valley empty" in out
    assert "✗ rows.csv:3: not UTF-8" in err
    assert "✗ row-9: annotate: it broke" in err


def test_many_failures_are_counted(found: list[Reading | SourceFailure]) -> None:
    found += [SourceFailure(f"rows.csv:{n}", "row", "empty") for n in range(1234)]
    found += [good_reading(), good_reading()]
    _, _, err = run("read", "rows.csv")
    assert "… and 1,184 more" in err
    assert "2 reports: 8 statements, 4 deeds, 2 gaps, 1,234 failures, in" in err


def test_flags_reach_the_job(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs: list[ReadJob] = []
    monkeypatch.setattr(cli, "read_reports", lambda job: jobs.append(job) or iter(()))
    assert run("read", "a", "b*", "--published", "2024-03-27", "--engine", "rules")[0] == 0
    assert jobs == [ReadJob(("a", "b*"), "2024-03-27", "rules", None, None)]


@pytest.mark.parametrize(
    "args",
    [
        ("read",),
        ("read", "x", "--published", "yesterday"),
        ("read", "x", "--published", "2024-02-30"),
        ("read", "x", "--engine", "fast"),
        ("read", "x", "--width", "3"),
        ("read", "x", "--nonsense"),
        ("eval", "absent.jsonl"),
        ("eval", "x", "--floors", "absent.json"),
        ("demo", "--pages", "-1"),
        ("nonsense",),
    ],
)
def test_wrong_use_exits_2_and_says_why(args: tuple[str, ...], found: list[Reading | SourceFailure]) -> None:
    code, out, err = run(*args)
    assert (code, out) == (2, "")
    assert err


def test_a_wrong_settings_file_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "diurna.toml").write_text("engine = 3\n", encoding="utf-8")
    code, _, err = run("doctor")
    assert code == 2
    assert "engine must be auto or rules, not 3" in err


def test_a_missing_part_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(job: ReadJob) -> Iterator[Reading]:
        raise MissingPartError("no pipeline: python -m pip install it")

    monkeypatch.setattr(cli, "read_reports", missing)
    assert run("read", "x") == (1, "", "diurna: no pipeline: python -m pip install it\n")


def test_a_run_that_is_stopped_says_how_far_it_got(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(job: ReadJob) -> Iterator[Reading]:
        yield good_reading()
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "read_reports", stopped)
    code, out, err = run("read", "x", "--json")
    assert code == 130
    assert len(out.splitlines()) == 1
    assert err.startswith("Stopped after 1 report: 4 statements")


def test_no_colour_and_width_are_obeyed(found: list[Reading | SourceFailure]) -> None:
    found.append(good_reading())
    out = run("read", "x", "--width", "50", "--no-color")[1]
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) == 50


# --- demo, eval, doctor


def test_the_demo_prints_pages_a_table_and_what_to_try(found: list[Reading | SourceFailure]) -> None:
    found += [good_reading(), Reading(readings.report(title="A quiet day"))]
    code, out, _ = run("demo", "--pages", "1", "--width", "100")
    assert code == 0
    assert out.count("═" * 100) == 1
    assert "A quiet day" in out
    assert "diurna read FILE" in out
    assert len(run("demo", "--json")[1].splitlines()) == 2


def gold_and_records(folder: Path) -> tuple[str, str]:
    found = good_reading()
    marked = [{"source": None, "content": [list(s) for s in one.content.spans]} for one in found.statements]
    gold, records = folder / "gold.jsonl", folder / "records.jsonl"
    gold.write_text(json.dumps({"id": "h-7", "text": readings.TEXT, "statements": marked}), encoding="utf-8")
    records.write_text(json.dumps(found.to_dict()), encoding="utf-8")
    return str(gold), str(records)


def test_eval_prints_a_table_or_json(tmp_path: Path) -> None:
    gold, records = gold_and_records(tmp_path)
    code, out, _ = run("eval", gold, "--records", records)
    assert code == 0
    assert re.search(r"joint\.F1 +100", out)
    row = json.loads(run("eval", gold, "--records", records, "--json")[1])
    assert (row["kind"], row["figures"]["joint.F1"], row["missed"]) == ("statements", 100, [])


def test_eval_exits_1_under_a_floor(tmp_path: Path) -> None:
    gold, records = gold_and_records(tmp_path)
    floors = tmp_path / "floors.json"
    floors.write_text('{"gold.jsonl": {"at_least": {"joint.F1": 100.1}}}', encoding="utf-8")
    code, out, _ = run("eval", gold, "--records", records, "--floors", str(floors))
    assert code == 1
    assert "gold.jsonl: joint.F1 is 100.0, at least 100.1" in out
    floors.write_text('{"gold.jsonl": {"at_least": {"joint.F1": 99}}}', encoding="utf-8")
    code, out, _ = run("eval", gold, "--records", records, "--floors", str(floors))
    assert code == 0
    assert "✓ 1 figure" in out


def test_the_doctor_finds_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIURNA_PIPELINE", "no_such_pipeline")
    code, out, _ = run("doctor", "--json")
    findings = {row["name"]: row for row in map(json.loads, out.splitlines())}
    assert code == 1
    assert findings["Python"]["state"] == "good"
    assert findings["spaCy pipeline"]["state"] == "bad"
    assert "pip install" in findings["spaCy pipeline"]["remedy"]


# --- as a program of its own

PROGRAM = """
import diurna.cli as cli
from tests.test_cli import good_reading
cli.read_reports = lambda job: (good_reading() for _ in range({count}))
cli.main()
"""


def start(count: int, *args: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", PROGRAM.format(count=count), *args]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.parametrize("args", [("read", "x", "--json"), ("read", "x")])
def test_a_reader_that_goes_away_is_no_error(args: tuple[str, ...]) -> None:
    with start(100_000, *args) as program:
        assert program.stdout
        assert program.stderr
        program.stdout.readline()
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait(30) == 0


def test_an_interrupt_ends_a_run_cleanly() -> None:
    with start(100_000, "read", "x", "--json") as program:
        assert program.stdout
        assert program.stderr
        first = program.stdout.readline()
        program.send_signal(signal.SIGINT)
        rest, err = program.stdout.read(), program.stderr.read()
        assert program.wait(30) == 130
    assert all(json.loads(line) for line in (first + rest).splitlines())
    assert err.startswith(b"Stopped after ")
    assert b"Traceback" not in err


# --- import


def test_a_bad_row_is_named_and_the_others_are_taken_over(tmp_path: Path) -> None:
    (tmp_path / "promises.csv").write_text(
        "by,what,date\nOren Tal,to open the road,2030-01-05\nX,,\n", encoding="utf-8"
    )
    code, out, err = run("import", "commitments", "promises.csv", "--ledger", "x.db")
    assert (code, out) == (1, "")
    assert "promises.csv, line 3: nothing was promised" in err
    assert "1 taken over from a CSV of commitments" in err
    code, out, _ = run("import", "commitments", "promises.csv", "--ledger", "x.db", "--json")
    row = json.loads(out)
    assert (code, row["added"]["known"], row["failures"]) == (1, 1, 1)


def test_own_actors_are_imported_by_either_command(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("name,country\nOren Tal,FRA\n", encoding="utf-8")
    assert run("actors", "import", "people.csv")[0] == 0
    assert (tmp_path / "diurna-actors.jsonl").is_file()
    code, out, _ = run("import", "names", "people.csv", "-o", "mine.jsonl", "--json")
    assert (code, json.loads(out)) == (0, {"to": "mine.jsonl", "actors": 1, "added": 1, "failures": 0})
    code, _, err = run("actors", "list")
    assert code == 2
    assert "diurna actors import FILE" in err


def test_an_unknown_import_format_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("", encoding="utf-8")
    code, _, err = run("import", "excel", "x")
    assert code == 2
    assert "polecat" in err
    code, _, err = run("import", "gdelt", "none.csv", "--ledger", "x.db")
    assert code == 1
    assert "none.csv" in err


@pytest.mark.parametrize(("words", "wanted"), [
    ("diurna exp", {"export"}), ("diurna export g", {"gdelt", "gdeltmentions", "geojson", "gexf", "graphml"}),
    ("diurna import p", {"petrarch", "polecat", "pax"}),
])  # fmt: skip
def test_the_shell_completes_commands_and_formats(words: str, wanted: set[str]) -> None:
    env = {"COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1), "_DIURNA_COMPLETE": "complete_bash"}
    told = subprocess.run(
        [Path(sys.executable).with_name("diurna")],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert set(told.stdout.split()) == wanted
