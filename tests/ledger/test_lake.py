"""A lake answers as the ledger it was made of does."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from diurna import cli
from diurna.errors import MissingPartError, NotALedgerError, UsageError
from diurna.ledger.lake.exporting import write_lake
from diurna.ledger.lake.rows import NO_DAY, Numbered
from diurna.ledger.lake.writer import LakeWriter
from diurna.ledger.store import Ledger
from tests.ledger.sample import sample
from tests.ledger.ticking import Ticking

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'diurna[lake]'")

from diurna.ledger.lake.lake import Lake

MANY = [
    sample(n, day=f"2024-{n % 12 + 1:02d}-{n:02d}" if n % 5 else None, outlet=("Northern Wire", "Valley Post")[n % 2])
    for n in range(1, 25)
]
KINDS = ("statements", "events", "commitments", "gaps", "reports")
QUESTIONS: list[dict[str, Any]] = [
    {},
    {"newest": False},
    {"actor": "Tal"},
    {"actor": "oren TAL"},
    {"actor": "tal oren"},
    {"actor": "Seldonia"},
    {"actor": "nobody at all"},
    {"actor": ""},
    {"outlet": "valley post"},
    {"outlet": "None Such"},
    {"since": "2024-03-01", "until": "2024-09-30"},
    {"until": "2024-05-05", "newest": False},
    {"clock": "recorded"},
    {"clock": "recorded", "newest": False, "since": "2030-01-01"},
    {"versions": "all"},
    {"review": "any"},
    {"review": "open"},
    {"review": "accepted"},
    {"review": "rejected"},
]
OF_STATEMENTS: list[dict[str, Any]] = [
    {"speaker": "Tal"},
    {"speaker": "Tal", "actor": "Senn"},
    {"kinds": ("promise", "deny")},
    {"clock": "happened"},
    {"clock": "happened", "since": "2024-01-01", "newest": False},
    {"clock": "happened", "until": "2040-01-01"},
]
OF_EVENTS: list[dict[str, Any]] = [
    {"realis": (), "voice": "any"},
    {"realis": (), "voice": "others"},
    {"realis": ("planned", "possible"), "voice": "any"},
    {"kinds": ("ASSAULT",), "realis": (), "voice": "any"},
    {"speaker": "Tal"},
    {"clock": "happened", "newest": False, "realis": (), "voice": "any"},
]


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ledger, Path]:
    """A ledger with versions, records read anew, judgements and reports of no day; and the lake made of it."""
    folder = tmp_path_factory.mktemp("lake")
    ledger = Ledger(folder / "l.db", clock=Ticking())
    ledger.add(MANY)
    ledger.add([sample(3, edit=1, day="2024-04-03", outlet="Valley Post"), sample(4, edit=2, day="2024-05-04")])
    ledger.add([replace(MANY[0], statements=MANY[0].statements[:1], commitments=(), gaps=())], again=True)
    statements = [one.record.id for one in ledger.statements()]
    for record, verdict in zip(statements, itertools.cycle(("accept", "reject", None)), strict=False):
        if verdict:
            ledger.judge(record, verdict, by="rule", person=False)  # type: ignore[arg-type]
    ledger.judge(statements[1], "accept", by="me")
    ledger.judge(statements[0], "reject", by="me")
    ledger.judge(statements[0], "undo", by="me")
    list(write_lake(ledger, folder / "lake"))
    return ledger, folder / "lake"


def asked(of: Any, kind: str, question: dict[str, Any]) -> list[Any]:
    return list(getattr(of, kind)(**question))


CASES = [(kind, one) for kind in KINDS for one in QUESTIONS]
CASES += [("statements", one) for one in OF_STATEMENTS] + [("events", one) for one in OF_EVENTS]


@pytest.mark.parametrize(("kind", "question"), CASES)
def test_every_question_has_the_ledgers_answer(pair: tuple[Ledger, Path], kind: str, question: dict[str, Any]) -> None:
    ledger, folder = pair
    with Lake(folder) as lake:
        assert asked(lake, kind, question) == asked(ledger, kind, question)


def test_the_questions_are_not_all_without_an_answer(pair: tuple[Ledger, Path]) -> None:
    ledger, _ = pair
    some = [bool(asked(ledger, kind, question)) for kind, question in CASES]
    assert sum(some) > len(some) / 2
    assert not all(some)


@pytest.mark.parametrize("back", [0, 1, 5, 26])
def test_as_known_on_any_moment_it_answers_as_the_ledger(pair: tuple[Ledger, Path], back: int) -> None:
    ledger, folder = pair
    moments = sorted({one.recorded_at for one in ledger.reports(versions="all")})
    judged = [one.judged_at for one in ledger.view().judgements()]
    for moment in {moments[max(0, len(moments) - 1 - back)], judged[min(back, len(judged) - 1)]}:
        view = ledger.view(as_known_on=moment)
        with Lake(folder, as_known_on=moment) as lake:
            from diurna.ledger.asking import DEEDS, Ask

            assert list(lake.statements()) == list(view.statements(Ask()))
            assert list(lake.events()) == list(view.events(DEEDS))
            assert list(lake.reports()) == list(view.reports(Ask()))


def test_readings_come_back_whole(pair: tuple[Ledger, Path]) -> None:
    ledger, folder = pair
    with Lake(folder) as lake:
        found = {one.report.id: one for one in lake.readings()}
    assert found == {one.report.id: one for one in ledger.view().readings()}


def test_a_day_is_a_folder_and_duckdb_asks_the_tables(pair: tuple[Ledger, Path]) -> None:
    _, folder = pair
    days = {one.name for one in (folder / "statements").iterdir()}
    assert f"day={NO_DAY}" not in days or "day=2024-02-01" in days
    with Lake(folder) as lake:
        rows = lake.sql("SELECT speaker, count(*) FROM statements WHERE day >= ? GROUP BY 1", ["2024-06-01"]).fetchall()
    assert dict(rows)["Oren Tal"] > 0


def test_odd_characters_survive(tmp_path: Path) -> None:
    one = sample()
    odd = replace(one, report=replace(one.report, title="a\x00b\ud800", outlet="é\x1f'"))
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add([odd])
        list(write_lake(ledger, tmp_path / "it's [a] lake"))
        with Lake(tmp_path / "it's [a] lake") as lake:
            assert list(lake.readings()) == [odd]
            assert list(lake.statements()) == list(ledger.statements())


def test_readings_with_no_ledger_can_be_put_in_a_lake_too(tmp_path: Path) -> None:
    writer = LakeWriter(tmp_path / "lake", "part-7")
    for seq, one in enumerate(MANY[:3], start=1):
        writer.add(Numbered(seq, one))
    writer.flush()
    with Lake(tmp_path / "lake") as lake:
        assert len(list(lake.reports())) == 3
        assert {one.review for one in lake.statements()} == {"open"}
        assert list(lake.gaps(review="any", kinds=("none",))) == []


def test_a_lake_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Ledger(tmp_path / "l.db") as ledger:
        ledger.add(MANY[:2])
        (tmp_path / "notes").mkdir()
        (tmp_path / "notes" / "mine.txt").write_text("x", encoding="utf-8")
        for target, over in ((tmp_path / "notes", True), (tmp_path / "l.db", False)):
            with pytest.raises(UsageError, match="is there"):
                list(write_lake(ledger, target, over=over))
        assert (tmp_path / "notes" / "mine.txt").exists()
        going = write_lake(ledger, tmp_path / "half")
        next(going)
        going.close()
        assert not (tmp_path / "half").exists()
        assert not (tmp_path / "half.part").exists()
        list(write_lake(ledger, tmp_path / "lake"))
        with pytest.raises(UsageError, match="--force"):
            list(write_lake(ledger, tmp_path / "lake"))
        list(write_lake(ledger, tmp_path / "lake", over=True))
    with pytest.raises(NotALedgerError, match="no lake"):
        Lake(tmp_path / "notes")
    monkeypatch.setitem(__import__("sys").modules, "duckdb", None)
    with pytest.raises(MissingPartError, match=r"diurna\[lake\]"):
        Lake(tmp_path / "lake")


def test_the_command_makes_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Ledger("diurna.db") as ledger:
        ledger.add(MANY[:4])
    done = CliRunner().invoke(cli.app, ["export", "lake", "-o", "lake", "--json"])
    assert (done.exit_code, json.loads(done.stdout)["reports"]) == (0, 4)
    with Lake("lake") as lake:
        assert len(list(lake.reports())) == 4
    for wrong in (["-o", "-"], ["-o", "x", "--since", "2024-01-01"], ["-o", "lake"]):
        assert CliRunner().invoke(cli.app, ["export", "lake", *wrong]).exit_code == 2
