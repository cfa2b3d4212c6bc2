"""A server whose disk is full or may only be read: nothing half done, a clear word, whole after another run."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from diurna.errors import LedgerAccessError
from diurna.ledger.store import Ledger
from tests.ledger.killing import run_through, start, write_corpus
from tests.ledger.sample import sample
from tests.ledger.server import make_database

psycopg = pytest.importorskip("psycopg")


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 12 MB the server may use; an empty database takes 8 of it."""
    mount = shutil.which("mount")
    if os.geteuid() or mount is None:
        pytest.skip("only root can mount a small disk")
    folder = Path(tempfile.mkdtemp(prefix="diurna-disk-"))
    if subprocess.run([mount, "-t", "tmpfs", "-o", "size=12m", "tmpfs", folder], check=False).returncode:
        folder.rmdir()
        pytest.skip("no disk can be mounted here")
    shutil.chown(folder, "postgres")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)
    folder.rmdir()


def test_a_servers_full_disk(server: str, small_disk: Path, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus.jsonl", reports=400)
    expected = run_through(corpus, make_database(server, "roomy"))
    with psycopg.connect(f"{server}/postgres", autocommit=True) as one:
        one.execute(f"CREATE TABLESPACE small LOCATION '{small_disk}'")
        one.execute("CREATE DATABASE crowded TEMPLATE template0 TABLESPACE small")
    place = f"{server}/crowded"
    try:
        process = start(corpus, place)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 1, "the disk was large enough"
        assert "LedgerAccessError" in err
        assert "no room left on its disk" in err
        promised = int(out.split()[-1]) if out.split()[1:] else 0
        assert promised
        subprocess.run(["mount", "-o", "remount,size=96m", small_disk], check=True)
        found = Ledger(place).verify()
        assert found.clean, found.faults
        assert found.counts.get("versions", 0) >= promised * 0.7  # what was known already counts as promised too
        assert run_through(corpus, place) == expected
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as one:
            one.execute("DROP DATABASE crowded WITH (FORCE)")
            one.execute("DROP TABLESPACE small")


def test_a_server_that_may_only_be_read(place: str) -> None:
    if not place.startswith("postgresql"):
        pytest.skip("tests/ledger/test_killed.py does it for files")
    with Ledger(place) as ledger:
        ledger.add([sample()])
    name = place.rsplit("/", 1)[1]
    with psycopg.connect(place, autocommit=True) as one:
        one.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    with Ledger(place) as ledger:
        assert len(list(ledger.statements())) == 4
        assert ledger.verify().clean
        with pytest.raises(LedgerAccessError, match="may not be written"):
            ledger.add([sample(2)])
    with psycopg.connect(place.rsplit("/", 1)[0] + "/postgres", autocommit=True) as one:
        one.execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')
    with Ledger(place) as ledger:
        assert ledger.add([sample(2)]).added == 1
