"""Ledgers for tests: every test that asks for `place` or `ledger` runs on SQLite and on a real PostgreSQL server."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from diurna.ledger.store import Ledger
from tests.ledger.server import find_binaries, make_database, running
from tests.ledger.ticking import Ticking

_COUNT = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed here (apt-get install postgresql)")
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'diurna[postgres]'")
    with running(binaries) as address:
        yield address


@pytest.fixture(scope="session")
def template(server: str) -> str:
    """The name of a database that is an empty ledger."""
    with Ledger(make_database(server, "empty_ledger")) as ledger:
        ledger.add([])
    return "empty_ledger"


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger's file."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    with Ledger(path) as ledger:
        ledger.add([])
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes addresses of empty ledgers."""

    def make() -> str:
        number = next(_COUNT)
        if request.param == "postgresql":
            name = request.getfixturevalue("template")
            return make_database(request.getfixturevalue("server"), f"ledger_{number}", name)
        path = tmp_path / f"ledger{number}.db"
        shutil.copy(request.getfixturevalue("empty_file"), path)
        return str(path)

    return make


@pytest.fixture
def place(new_place: Callable[[], str]) -> str:
    """The address of an empty ledger."""
    return new_place()


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    """An empty ledger whose clock goes a minute on whenever it is asked."""
    with Ledger(place, clock=Ticking()) as one:
        yield one
