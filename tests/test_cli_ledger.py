"""The commands of the ledger, from adding to asking, judging, checking and forgetting."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diurna import cli
from tests.ledger.sample import sample


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder with a file of ready-made readings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DIURNA_LEDGER", raising=False)
    rows = [sample(n, day=f"2024-03-{n:02d}") for n in range(1, 9)]
    (tmp_path / "r.jsonl").write_text("".join(json.dumps(one.to_dict()) + "\n" for one in rows), encoding="utf-8")


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli.app, list(args))
    return result.exit_code, result.stdout, result.stderr


def rows(*args: str) -> list[dict[str, object]]:
    code, out, err = run(*args, "--json")
    assert code == 0, err
    return [json.loads(line) for line in out.splitlines()]


def test_add_says_what_came_and_again_what_was_known() -> None:
    code, out, err = run("add", "r.jsonl")
    assert (code, out) == (0, "")
    assert err.startswith("8 added; 136 records, in ")
    assert rows("add", "r.jsonl")[0] == {
        "added": 0, "edited": 0, "known": 8, "read_again": 0, "removed_before": 0, "failures": 0, "records": 0,
    }  # fmt: skip
    assert Path("diurna.db").exists()


def test_add_lists_failures_and_exits_1(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text(json.dumps(sample().to_dict()) + "\n{\n", encoding="utf-8")
    code, _, err = run("add", "r.jsonl", "absent.txt", "--ledger", "other.db")
    assert code == 1
    assert "line 2" in err
    assert "1 added, 2 failures" in err


def test_lists_page_by_page_as_pages_json_and_csv() -> None:
    run("add", "r.jsonl")
    assert len(rows("statements", "--all")) == 32
    code, out, err = run("statements", "--limit", "3", "--csv")
    assert code == 0
    table = list(csv.DictReader(io.StringIO(out)))
    assert len(table) == 3
    assert table[0]["report_day"] == "2024-03-08"
    after = err.split("--after ")[1].strip()
    second = rows("statements", "--limit", "3", "--after", after)
    assert not {row["id"] for row in table} & {row["id"] for row in second}
    code, out, _ = run("statements", "--speaker", "tal", "--limit", "1", "--no-color")
    assert "Oren Tal  refuse" in out
    assert "“Not one barrel,” … “leaves this valley.”" in out


def test_deeds_only_unless_asked() -> None:
    run("add", "r.jsonl")
    assert {row["realis"] for row in rows("events", "--all")} == {"actual"}
    assert len(rows("events", "--all")) == 8
    assert len(rows("events", "--all", "--everything")) == 32
    assert {row["realis"] for row in rows("events", "--realis", "denied")} == {"denied"}
    assert len(rows("timeline", "--all")) == 8
    assert "in the report" not in run("events")[1]


def test_the_other_lists() -> None:
    run("add", "r.jsonl")
    assert [row["name"] for row in rows("actors", "--actor", "tal")] == ["Oren Tal"]
    assert rows("actors", "--most-first")[0]["reports"] == 8
    assert len(rows("reports", "--since", "2024-03-05")) == 4
    assert len(rows("search", "barrel")) == 8
    assert len(rows("search", "shelled", "--in", "events", "--realis", "denied")) == 8
    assert run("search", "barrel", "--limit", "1")[0] == 0
    assert run("search", "item3", "--in", "reports")[1].count("Item3 closes") == 1
    assert run("search", "unheard")[1] == "Nothing found.\n"


def test_versions_and_what_they_changed(tmp_path: Path) -> None:
    run("add", "r.jsonl")
    new = sample(1, edit=1, day="2024-03-01")
    (tmp_path / "new.jsonl").write_text(json.dumps(new.to_dict()) + "\n", encoding="utf-8")
    assert "1 new versions" in run("add", "new.jsonl")[2]
    out = run("reports", "--report", new.report.id, "--changes", "--no-color")[1]
    assert "{+" in out
    assert "Edition 1 adds word1." in " ".join(out.split())
    changed = rows("reports", "--report", new.report.id, "--changes")
    assert [len(row.get("changes", [])) for row in changed] == [0, 1]  # type: ignore[arg-type]
    before = changed[0]["recorded_at"]
    assert rows("reports", "--report", new.report.id, "--as-known-on", str(before))[0]["number"] == 1


def test_review_verify_remove() -> None:
    run("add", "r.jsonl")
    one = rows("statements", "--limit", "1")[0]
    key, report = str(one["id"]), str(one["report"]["id"])  # type: ignore[index]
    assert run("review", key, "reject", "--why", "no", "--by", "A. Reader")[0] == 0
    assert key not in {row["id"] for row in rows("statements", "--all")}
    assert run("review", key, "undo", "--by", "A. Reader")[0] == 0
    assert [row["verdict"] for row in rows("review")] == ["reject", "undo"]
    assert "undone" in run("review", key)[1]
    assert rows("verify")[0]["clean"] is True
    said = run("remove", report, "--why", "withdrawn")[2]
    assert re.fullmatch(f"removed 1 versions and [1-9][0-9]* records of {report}\n", said)
    assert rows("add", "r.jsonl")[0]["removed_before"] == 0  # counted as known: it is not even read
    assert run("remove", report, "--lift")[0] == 0
    assert rows("add", "r.jsonl")[0]["added"] == 1
    assert "every span, hash and reference is right" in run("verify")[1]


def test_backup_and_publish() -> None:
    run("add", "r.jsonl")
    assert run("backup", "copy.db")[0] == 0
    assert len(rows("reports", "--ledger", "copy.db")) == 8
    assert run("backup", "copy.db")[0] == 2
    assert run("publish", "--without-text", "-o", "p.jsonl")[0] == 0
    assert "barrel" not in Path("p.jsonl").read_text(encoding="utf-8")
    assert run("publish", "-o", "p.jsonl")[0] == 2
    assert run("publish", "-o", "full.jsonl")[0] == 0
    assert run("add", "p.jsonl", "--texts", "full.jsonl", "--ledger", "third.db")[0] == 0
    assert len(rows("statements", "--all", "--ledger", "third.db")) == 32


def test_verify_exits_1_when_something_is_wrong() -> None:
    import sqlite3

    run("add", "r.jsonl")
    with sqlite3.connect("diurna.db") as other:
        other.execute("UPDATE statements SET act = 'praise' WHERE seq = 1")
    code, out, _ = run("verify")
    assert code == 1
    assert "✗ rp-" in out


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (("statements",), 1, "no ledger at diurna.db"),
        (("verify", "--ledger", "r.jsonl"), 1, "another kind of file"),
        (("statements", "--since", "yesterday"), 2, "is no day"),
        (("statements", "--act", "sing"), 2, "is none of"),
        (("search", "(a"), 2, "bracket"),
        (("reports", "--changes"), 2, "--report ID"),
        (("statements", "--json", "--csv"), 2, "exclude each other"),
        (("add", "r.jsonl", "--ledger", "postgresql://me:pw@127.0.0.1:1/x"), 1, "cannot be reached"),
    ],
)
def test_wrong_use_and_wrong_ledgers_are_said_in_a_sentence(args: tuple[str, ...], code: int, word: str) -> None:
    got, out, err = run(*args)
    assert (got, out) == (code, "")
    assert err.startswith("diurna: ")
    assert word in err
    assert "Traceback" not in err
    assert "pw" not in err


class Terminal:
    """What progress needs of a console."""

    is_terminal = True

    def __init__(self) -> None:
        self.file = io.StringIO()


def test_progress_tells_speed_and_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    from diurna.console import AddingProgress, progress

    moments = iter([0.0, 10.0, 20.0, 30.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(moments))
    terminal = Terminal()
    with AddingProgress(terminal, wanted=True) as shown:  # type: ignore[arg-type]
        shown.expect(900)
        shown.show(100)
        assert terminal.file.getvalue().endswith("100 of 900 reports, 10.0 a second, 1:20 left")
        shown.expect(None)
        shown.show(300)
        assert terminal.file.getvalue().endswith("300 reports kept, 15.0 a second")
    assert terminal.file.getvalue().endswith("\r\x1b[K")
