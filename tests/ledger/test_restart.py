"""A server that is restarted, or drops its connections, in the middle of a run: a clear word, nothing half done."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from pathlib import Path

import pytest

from diurna.errors import LedgerAccessError
from diurna.ledger.store import Ledger
from tests.ledger.killing import run_through, start, write_corpus
from tests.ledger.sample import sample
from tests.ledger.server import find_binaries, make_database, running

psycopg = pytest.importorskip("psycopg")


def restart(address: str) -> None:
    """Stop a server as an administrator does who does not wait, and start it again."""
    with psycopg.connect(f"{address}/postgres") as one:
        data = one.execute("SHOW data_directory").fetchone()[0]
    binaries = find_binaries()
    assert binaries
    user = "postgres" if os.geteuid() == 0 else None
    command = [str(binaries / "pg_ctl"), "-D", data, "-m", "fast", "-w", "-l", f"{data}/../log2", "restart"]
    subprocess.run(command, user=user, check=True, capture_output=True, cwd="/", timeout=120)


def test_a_server_restarted_in_the_middle_of_a_run(tmp_path: Path) -> None:
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed here")
    corpus = write_corpus(tmp_path / "corpus.jsonl", reports=300)
    with running(binaries) as server:
        expected = run_through(corpus, make_database(server, "calm"))
        place = make_database(server, "restarted")
        process = start(corpus, place)
        assert process.stdout
        while not process.stdout.readline().strip().isdigit():
            assert process.poll() is None, "the run ended before its first batch"
        restart(server)
        _, err = process.communicate(timeout=300)
        if process.returncode:
            assert "LedgerAccessError" in err, err[-2_000:]
            assert "run the same command again" in err
        with Ledger(place) as ledger:
            found = ledger.verify()
            assert found.clean, found.faults
        assert run_through(corpus, place) == expected


def test_connections_dropped_while_a_ledger_is_asked(server: str) -> None:
    """A reading room stays open for days; servers drop what is quiet."""
    place = make_database(server, "dropped")
    with Ledger(place) as ledger:
        ledger.add([sample()])
        assert len(list(ledger.statements())) == 4
        _drop_all(server, "dropped")
        try:
            count = len(list(ledger.statements()))
        except LedgerAccessError as fault:
            assert "run the same command again" in str(fault) or "reach" in str(fault)  # noqa: PT017 - either is right
            count = len(list(ledger.statements()))
        assert count == 4
        assert ledger.add([sample(2)]).added == 1


def _drop_all(server: str, name: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as one:
        one.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        for _ in range(100):
            if not one.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", (name,)).fetchone()[0]:
                return
            time.sleep(0.05)


def test_a_role_that_may_only_read_asks_and_cannot_write(server: str) -> None:
    """The rights docs/ledger.md names for people who only ask."""
    place = make_database(server, "for_readers")
    with Ledger(place) as ledger:
        ledger.add([sample()])
    with psycopg.connect(place, autocommit=True) as one:
        for line in _reader_sql():
            one.execute(line)
    reader = place.replace("tester@", "diurna_reader:secret@")
    with Ledger(reader) as ledger:
        assert len(list(ledger.statements())) == 4
        assert ledger.verify().clean
        with pytest.raises(LedgerAccessError):
            ledger.add([sample(2)])
        with pytest.raises(LedgerAccessError):
            ledger.remove(sample().report.id, by="me")
    with Ledger(place) as ledger:
        assert ledger.add([sample(2)]).added == 1
        assert len(list(Ledger(reader).statements())) == 8


def _reader_sql() -> list[str]:
    """The statements in docs/ledger.md that make the role."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "ledger.md").read_text(encoding="utf-8")
    block = page.partition("```sql\n")[2].partition("```")[0]
    return [line for line in block.replace("DATABASE news", 'DATABASE "for_readers"').splitlines() if line.strip()]


def test_threads_that_ask_outlive_a_dropped_connection(server: str) -> None:
    place = make_database(server, "dropped_too")
    with Ledger(place) as ledger:
        ledger.add([sample(n) for n in range(20)])
        wrong: list[str] = []
        stop = threading.Event()

        def ask() -> None:
            while not stop.is_set():
                try:
                    if len(list(ledger.statements())) != 80:
                        wrong.append("a wrong answer")
                except LedgerAccessError:
                    continue
                except Exception as fault:  # anything else is not for users
                    wrong.append(repr(fault))

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for _ in range(5):
            time.sleep(0.2)
            _drop_all(server, "dropped_too")
        stop.set()
        for thread in threads:
            thread.join(60)
        assert not wrong, wrong[:3]
        assert len(list(ledger.statements())) == 80
