"""Ledgers and rooms for the tests of the reading room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from diurna.cli_serve import fill_demo
from diurna.settings import Settings
from diurna.web.app import create_app
from diurna.web.room import RoomOptions


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """argon2 that is as slow as it should be would take half of these tests' time."""
    from argon2 import PasswordHasher

    from diurna.web import accounts

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield


@pytest.fixture(scope="session")
def demo_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's reports, read by rules; tests that write take a copy."""
    path = tmp_path_factory.mktemp("room") / "demo.db"
    fill_demo(str(path), Settings(engine="rules"))
    return path


@pytest.fixture
def ledger(demo_ledger: Path, tmp_path: Path) -> Path:
    """A copy of the demo's ledger that a test may change."""
    from diurna.ledger.store import Ledger

    path = tmp_path / "copy.db"
    with Ledger(demo_ledger) as kept:
        kept.backup(path)
    return path


@pytest.fixture
def client(ledger: Path) -> Iterator[TestClient]:
    """A visitor of a room over the copy."""
    with TestClient(create_app(RoomOptions(str(ledger), by="ana", engine="rules")), base_url="http://localhost") as one:
        yield one
