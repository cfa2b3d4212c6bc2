"""Links of a large ledger of copies are those that linking the copies gives, and its check finds nothing wrong."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select

from diurna.flow.linking import link
from diurna.ledger import schema as t
from diurna.ledger.store import Ledger
from diurna.model.codec import reading_from_dict, reading_to_dict
from tests.link.test_across import DEED, DENIAL, PROMISE, UNDONE, read

FOLDER = Path(__file__).parents[2] / "benchmarks"
ROWS = [PROMISE, ("2031-04-20", "Workers began to open the Siskin canal on Sunday."), UNDONE, DENIAL, DEED]
LIFE, GAP = ("id", "kind", "opened", "due", "body"), ("id", "kind", "verdict", "day", "body")
STORY = ("id", "title", "first", "reports", "origins")


@pytest.fixture(scope="module")
def scripts() -> Iterator[dict[str, ModuleType]]:
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        for name in ("ledger_corpus", "ledger_links"):
            spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
            assert spec
            assert spec.loader
            found[name] = importlib.util.module_from_spec(spec)
            patch.setitem(sys.modules, name, found[name])
            spec.loader.exec_module(found[name])
        yield found


@pytest.fixture(scope="module")
def corpus(scripts: dict[str, ModuleType], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Six copies of five reports."""
    path = tmp_path_factory.mktemp("corpus") / "readings.jsonl"
    path.write_text("".join(json.dumps(reading_to_dict(read(*row))) + "\n" for row in ROWS), encoding="utf-8")
    lines: list[str] = []
    for copy in range(6):
        rows = scripts["ledger_corpus"].corpus([path], 10**6, copy)
        lines += [next(rows) for _ in ROWS]
    return lines


def made(path: Path, lines: list[str], *, linked: bool) -> Path:
    with Ledger(path) as ledger:
        ledger.add([reading_from_dict(json.loads(line)) for line in lines])
        for _ in link(ledger) if linked else ():
            pass
    return path


def kept(path: Path, table: Any, *names: str) -> list[tuple[Any, ...]]:
    """Rows without their numbers."""
    asked = select(*[table.c[one] for one in names])
    with Ledger(path) as ledger, ledger.snapshot() as connection:
        return sorted(tuple(row) for row in connection.execute(asked))


def test_copied_links_are_those_of_linking(
    scripts: dict[str, ModuleType], corpus: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = made(tmp_path / "unit.db", corpus[:15], linked=True)
    big = made(tmp_path / "big.db", corpus, linked=False)
    real = made(tmp_path / "real.db", corpus[15:], linked=True)
    monkeypatch.setattr(sys, "argv", ["ledger_links.py", str(unit), str(big)])
    scripts["ledger_links"].main()
    with Ledger(big) as ledger:
        found = ledger.verify()
        assert found.clean, found.faults
        assert found.counts["quotes between reports"] > 20
    for table, names in ((t.lives, LIFE), (t.stories, STORY)):
        mine, theirs = kept(big, table, *names), kept(real, table, *names)
        assert theirs
        assert set(theirs) <= set(mine)
        assert len(mine) == len(theirs) + len(kept(unit, table, *names))
    people = [set(kept(path, t.identities, "id", "kind")) for path in (big, unit, real)]
    assert people[1] <= people[0] <= people[1] | people[2]
    assert len(people[2] - people[0]) <= 1  # "Workers", nobody in particular in copy 0, is a name in copy 3
    deeds = [[row for row in kept(path, t.cross_gaps, *GAP) if row[1] == "denied_deed"] for path in (big, unit, real)]
    assert len(deeds[2]) == 3
    assert deeds[0] == sorted(deeds[1] + deeds[2])


def test_what_follows_a_line_break_is_renamed_too(scripts: dict[str, ModuleType], tmp_path: Path) -> None:
    row = reading_to_dict(read("2031-03-01", "Vantia waits.\nPresident Oran Tarrow said Vantia will open the canal."))
    path = tmp_path / "readings.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    first, other = (json.loads(next(scripts["ledger_corpus"].corpus([path], 1, copy))) for copy in (0, 1))
    names = {name for one in other["actors"] for name in one["name"].split()} - {"Oran"}
    assert names
    assert all(name in other["report"]["text"] for name in names)
    assert first["report"]["text"] != other["report"]["text"]
