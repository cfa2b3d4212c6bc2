"""What goes wrong with ledgers is said so that people know what to do; old ones are brought up to date, with a copy."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from diurna.errors import (
    DamagedLedgerError,
    LedgerAccessError,
    LedgerError,
    MissingPartError,
    NewerLedgerError,
    NotALedgerError,
    UsageError,
)
from diurna.flow.linking import link
from diurna.ledger import schema as t
from diurna.ledger import upgrade
from diurna.ledger.store import Ledger
from diurna.ledger.watched import note_watched, watched
from tests.ledger.sample import sample
from tests.ledger.server import make_database


def asked(place: object) -> Callable[[], object]:
    return lambda: list(Ledger(str(place)).statements())


def added(place: object) -> Callable[[], object]:
    return lambda: Ledger(str(place)).add([sample()])


@pytest.mark.parametrize("use", [asked, added])
def test_another_kind_of_file_is_left_alone(tmp_path: Path, use: Callable[[object], Callable[[], object]]) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes, long enough to be no database of any kind. " * 20, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(NotALedgerError, match="no ledger but another kind of file"):
        use(path)()
    assert path.read_bytes() == before


@pytest.mark.parametrize("use", [asked, added])
def test_another_programs_database_is_left_alone(tmp_path: Path, use: Callable[[object], Callable[[], object]]) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE birds (name)")
    before = path.read_bytes()
    with pytest.raises(NotALedgerError, match="another program"):
        use(path)()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("said", "error", "words"),
    [
        ("folder", NotALedgerError, "is a folder"),
        ("missing/l.db", LedgerAccessError, "cannot be opened: see that its folder exists"),
        ("", UsageError, "no name"),
        ("mysql://host/db", UsageError, "is no ledger"),
    ],
)
def test_impossible_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, error: type[Exception], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(error, match=words):
        added(said)()


def test_a_damaged_ledger_says_so(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with Ledger(path) as ledger:
        ledger.add([sample(n) for n in range(60)])
    data = bytearray(path.read_bytes())
    for start in range(8192, len(data) - 4096, 4096):
        data[start : start + 64] = b"\xff" * 64
    path.write_bytes(bytes(data))
    with pytest.raises((DamagedLedgerError, NotALedgerError), match=r"backup|another"):
        Ledger(path).verify()


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE statements SET act = 'praise' WHERE seq = 1", "statements do not say"),
        ("UPDATE statements SET body = replace(body, 'refuse', 'accept') WHERE seq = 1", "digest"),
        ("UPDATE readings SET day = '1999-01-01'", "digest"),
        ("DELETE FROM events WHERE seq = 2", "digest"),
        ("UPDATE texts SET body = x'00'", "cannot be put together"),
        ("DELETE FROM parties", "parties do not say"),
        ("UPDATE readings SET replaced_at = recorded_at", "newest version is missing"),
        ("INSERT INTO search_statements(search_statements) VALUES ('delete-all')", "full text"),
        ("UPDATE judgements SET record = 'st-gone'", "is judged and is not there"),
    ],
)
def test_verify_finds_what_was_tampered_with(tmp_path: Path, sql: str, words: str) -> None:
    path = tmp_path / "l.db"
    with Ledger(path) as ledger:
        ledger.add([sample()])
        ledger.judge(sample().statements[0].id, "accept", by="me")
        assert ledger.verify().clean
    with sqlite3.connect(path) as other:
        other.execute(sql)
    found = Ledger(path).verify()
    assert not found.clean
    assert any(word in fault for word in words.split("|") for fault in found.faults), found.faults


def test_a_newer_ledger_is_left_alone(place: str) -> None:
    with Ledger(place) as ledger:
        ledger.add([sample()])
        with ledger.writing() as (connection, _):
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for use in (asked, added):
        with pytest.raises(NewerLedgerError, match="pip install --upgrade"):
            use(place)()


def test_the_tables_are_those_the_migrations_make(place: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    assert upgrade.known_revisions()[0] == upgrade.LATEST
    with Ledger(place) as ledger, ledger.snapshot() as connection:
        options = {"include_name": lambda name, kind, _: not (kind == "table" and str(name).startswith("search_"))}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), t.metadata)
    assert differences == []


def test_an_older_ledger_is_copied_and_brought_up_to_date(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(place) as ledger:
        ledger.add([sample()])
        address = ledger.address
    monkeypatch.setattr(upgrade, "known_revisions", lambda: ("9999", upgrade.LATEST, "0002", "0001"))
    monkeypatch.setattr(upgrade, "check_revision", lambda address, revision, latest="9999": revision == latest)
    steps: list[str] = []

    def to_9999(connection: object, to: str = "head") -> None:
        steps.append(to)
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))  # type: ignore[attr-defined]

    monkeypatch.setattr(upgrade, "upgrade", to_9999)
    with Ledger(place) as ledger:
        ledger.make()
        assert steps == ["head"]
        assert ledger.counts()["statements"] == 4
        copy = upgrade.copy_name(address, upgrade.LATEST)
        if address.kind == "postgresql":
            with ledger.snapshot() as connection:
                assert connection.execute(text(f'SELECT count(*) FROM "{copy}".statements')).scalar() == 4  # noqa: S608
    if address.kind == "sqlite":
        with sqlite3.connect(copy) as old:
            assert old.execute("SELECT version_num FROM alembic_version").fetchone() == (upgrade.LATEST,)
            assert old.execute("SELECT count(*) FROM statements").fetchone() == (4,)


_SINCE_FIRST = (
    "sightings",
    "identity_pairs",
    "identity_keys",
    "identities",
    "resolved",
    "moves",
    "lives",
    "cross_gaps",
    "story_shelves",
    "story_words",
    "story_reports",
    "stories",
    "blocks",
    "cards",
    "link_state",
)


def test_a_ledger_of_the_first_revision_is_brought_up_to_date(place: str) -> None:
    with Ledger(place) as ledger:
        ledger.add([sample()])
        with ledger.writing() as (connection, _):
            connection.execute(text("DROP INDEX readings_replaced"))
            for name in (*_SINCE_FIRST, "watched"):
                connection.execute(text(f"DROP TABLE {name}"))
            connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with Ledger(place) as ledger:
        assert watched(ledger, "none") == {}
        note_watched(ledger, "tariffs", {"https://orla.example/feed": "{}"})
        assert watched(ledger, "tariffs") == {"https://orla.example/feed": "{}"}
        assert watched(ledger, "fish") == {}
        note_watched(ledger, "tariffs", {"https://orla.example/feed": "{ }"})
        assert watched(ledger, "tariffs") == {"https://orla.example/feed": "{ }"}
        assert [one.reports for one in link(ledger)] == [0, 1]
        assert (ledger.counts()["resolved"], ledger.counts()["sightings"] > 0) == (1, True)
        assert ledger.verify().clean


def test_an_upgrade_that_fails_changes_nothing(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(connection: object, to: str = "head") -> None:
        connection.execute(text("DROP TABLE times"))  # type: ignore[attr-defined]
        raise LedgerError("it broke")

    with Ledger(place) as ledger:
        ledger.add([sample()])
    with monkeypatch.context() as patch:
        patch.setattr(upgrade, "check_revision", lambda address, revision, latest="9999": False)
        patch.setattr(upgrade, "upgrade", breaks)
        with pytest.raises(LedgerError, match="it broke"):
            added(place)()
    assert Ledger(place).verify().clean


def test_no_server_no_database_no_driver(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LedgerAccessError, match=r"cannot be reached .*: see that the server runs"):
        asked("postgresql://me:secret@127.0.0.1:1/news")()
    with pytest.raises(LedgerAccessError) as caught:
        asked("postgresql://me:secret@127.0.0.1:1/news")()
    assert "secret" not in str(caught.value)
    with pytest.raises(LedgerAccessError, match="createdb"):
        asked(f"{server}/no_such_database")()
    with pytest.raises(LedgerAccessError, match=r"does not let you in|cannot be reached"):
        asked(server.replace("tester@", "nobody@") + "/postgres")()
    with pytest.raises(NotALedgerError, match="no ledger at"):
        asked(make_database(server, "empty_one"))()
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(MissingPartError, match=r"pip install 'diurna\[postgres\]'"):
        Ledger("postgresql://me@host/news")


def test_a_user_without_rights_is_told(server: str) -> None:
    place = make_database(server, "guarded")
    with Ledger(place) as ledger:
        ledger.add([sample()])
        with ledger.writing() as (connection, _):
            connection.execute(text("CREATE ROLE reader LOGIN"))
            connection.execute(text("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader"))
    readers = place.replace("tester@", "reader@")
    with Ledger(readers) as ledger:
        assert len(list(ledger.statements())) == 4
        with pytest.raises(LedgerAccessError, match="refuses you"):
            ledger.add([sample(2)])
