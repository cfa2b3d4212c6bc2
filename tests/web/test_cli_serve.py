"""`diurna serve` and `diurna users`: what they refuse, and a room that really opens."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from typer.testing import CliRunner

from diurna import cli
from diurna.web.accounts import Accounts


def run(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli.app, list(args))
    return result.exit_code, result.output


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_host_others_reach_wants_accounts() -> None:
    code, said = run("serve", "--host", "0.0.0.0")  # noqa: S104 - it is refused
    assert code == 2
    assert "--users" in said


def test_accounts_nobody_has_are_refused() -> None:
    code, said = run("serve", "--users", "none.json")
    assert code == 2
    assert "diurna users" in said


def test_the_demo_brings_its_own_ledger() -> None:
    assert run("serve", "--demo", "--ledger", "x.db")[0] == 2


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, said = run("serve", "--port", str(taken.getsockname()[1]))
    assert code == 2
    assert "--port" in said


def test_accounts_are_added_listed_and_taken_out(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a long password\n", encoding="utf-8")
    assert run("users", "a.json", "mara", "keeper", "--password-file", "secret")[0] == 0
    assert run("users", "a.json", "mara", "king", "--password-file", "secret")[0] == 2
    assert run("users", "a.json", "ben", "reader", "--password-file", "missing")[0] == 2
    code, said = run("users", "a.json", "--json")
    assert (code, json.loads(said)) == (0, {"name": "mara", "role": "keeper"})
    assert Accounts(tmp_path / "a.json").check("mara", "a long password")
    assert run("users", "a.json", "mara", "--drop")[0] == 0
    assert run("users", "a.json", "mara", "--drop")[0] == 2
    assert run("users", "a.json")[1].strip() == ""


def test_a_room_opens_answers_and_closes(tmp_path: Path) -> None:
    code = "from diurna.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", "--port", "0", "--ledger", str(tmp_path / "new.db"), "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        address = json.loads(process.stdout.readline())["address"]
        with urllib.request.urlopen(address + "reports.json", timeout=20) as answer:  # noqa: S310 - our own
            assert json.loads(answer.read())["reports"] == []
        process.send_signal(signal.SIGINT)
        assert process.wait(20) in (0, 130, -signal.SIGINT)
    finally:
        process.kill()
        process.communicate()
