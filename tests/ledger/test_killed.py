"""kill -9, a full disk, a read-only disk: nothing half done, nothing lost that was reported done."""

from __future__ import annotations

import itertools
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from diurna.errors import NotALedgerError
from diurna.ledger.rows import deflate
from diurna.ledger.store import Ledger
from diurna.model.report import content_hash
from tests.ledger import failing_disks
from tests.ledger.killing import kill_often, run_through, start, write_corpus
from tests.ledger.sample import sample
from tests.ledger.server import make_database


def test_killed_at_random_moments(tmp_path: Path) -> None:
    numbers = itertools.count()
    kill_often(tmp_path, 25, lambda: str(tmp_path / f"{next(numbers)}.db"))


def test_killed_at_random_moments_with_a_server(server: str, tmp_path: Path) -> None:
    numbers = itertools.count()
    kill_often(tmp_path, 5, lambda: make_database(server, f"killed_{next(numbers)}"))


HALF_MADE = """
import os, sqlite3, sys
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("PRAGMA cache_size=1")
c.execute("BEGIN IMMEDIATE")
c.execute("CREATE TABLE half (made)")
c.executemany("INSERT INTO half VALUES (?)", [("x" * 500,)] * 500)
os._exit(9)
"""


def test_killed_while_the_ledger_is_made(tmp_path: Path) -> None:
    place = tmp_path / "half.db"
    assert subprocess.run([sys.executable, "-c", HALF_MADE, str(place)], check=False).returncode == 9
    assert Path(f"{place}-journal").stat().st_size, "what the killed process left is to be rolled back"
    shutil.copytree(tmp_path, tmp_path / "copy")
    with pytest.raises(NotALedgerError, match="is empty, no ledger yet"):
        list(Ledger(str(tmp_path / "copy" / "half.db")).statements())
    with Ledger(str(place)) as ledger:
        assert ledger.add([sample()]).added == 1
        assert not ledger.verify().faults


@pytest.mark.parametrize("room", [300_000, 500_000, 900_000])
def test_a_file_that_may_not_grow(tmp_path: Path, room: int) -> None:
    corpus, place = write_corpus(tmp_path / "corpus.jsonl"), str(tmp_path / "small.db")
    expected = run_through(corpus, str(tmp_path / "other.db"))
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))  # noqa: E731
    failing_disks.ends_with_a_word(start(corpus, place, preexec_fn=limit), corpus, place)
    assert run_through(corpus, place) == expected


def _on_a_disk(often: Callable[[Path, int], None], folder: Path, times: int) -> None:
    if not failing_disks.may_mount():
        pytest.skip("only root can mount a small disk")
    try:
        often(folder, times)
    except failing_disks.NoDiskError as no:
        pytest.skip(str(no))


def test_disks_that_fill_at_random_moments(tmp_path: Path) -> None:
    _on_a_disk(failing_disks.fill_often, tmp_path, 10)


def test_disks_that_turn_read_only_at_random_moments(tmp_path: Path) -> None:
    if shutil.which("mkfs.ext4") is None:
        pytest.skip("no mkfs.ext4 here")
    _on_a_disk(failing_disks.turn_often, tmp_path, 10)


def test_a_removed_text_is_not_in_the_file_any_more(tmp_path: Path) -> None:
    one = sample(1, edit=7777)
    chance = random.Random(3)
    text = one.report.text + "".join(f" {chance.random()}" for _ in range(2000))
    long = replace(one, report=replace(one.report, text=text, version=content_hash("vs", text)))
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add([sample(2), long])
    assert deflate(text)[:200] in (tmp_path / "l.db").read_bytes()
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.remove(one.report.id, by="me")
    data = b"".join(path.read_bytes() for path in tmp_path.glob("l.db*"))
    assert b"word7777" not in data
    assert deflate(text)[:200] not in data
    assert deflate(text)[9000:9100] not in data
    assert b"valley" in data
