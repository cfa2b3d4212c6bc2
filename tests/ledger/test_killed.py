"""kill -9, a full disk, a read-only disk: nothing half done, nothing lost that was reported done."""

from __future__ import annotations

import itertools
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from diurna.errors import LedgerAccessError, NotALedgerError
from diurna.ledger.rows import deflate
from diurna.ledger.store import Ledger
from diurna.model.report import content_hash
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
    _ends_with_a_word(start(corpus, place, preexec_fn=limit), place)
    assert run_through(corpus, place) == expected


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() or mount is None:
        pytest.skip("only root can mount a small disk")
    if subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False
    ).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    corpus, place = write_corpus(tmp_path / "corpus.jsonl"), str(small_disk / "full.db")
    expected = run_through(corpus, str(tmp_path / "other.db"))
    _ends_with_a_word(start(corpus, place), place)
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    assert run_through(corpus, place) == expected


def _ends_with_a_word(process: subprocess.Popen[str], place: str) -> None:
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "LedgerAccessError" in err
    assert "run the same command again" in err
    promised = int(out.split()[-1]) if out.split()[1:] else 0
    with Ledger(place) as ledger:
        ledger.make()
        found = ledger.verify()
        assert found.clean, found.faults
        assert found.counts.get("versions", 0) >= promised * 0.7  # what was known already counts as promised too


def test_a_read_only_disk_can_be_asked_and_not_written(small_disk: Path) -> None:
    place = small_disk / "ledger.db"
    with Ledger(place) as ledger:
        ledger.add([sample()])
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with Ledger(place) as ledger:
        assert ledger.verify().clean
        assert len(list(ledger.statements())) == 4
        with pytest.raises(LedgerAccessError, match=r"may not be written|cannot be opened"):
            ledger.add([sample(2)])
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    with Ledger(place) as ledger:
        assert ledger.add([sample(2)]).added == 1


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
