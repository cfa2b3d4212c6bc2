"""The doctor: every part is looked at, every missing one named with how to get it."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable
from pathlib import Path

import pytest

from diurna import Ledger
from diurna.flow import doctor, inventory
from diurna.flow.inventory import Finding
from diurna.settings import Settings
from tests.readings import reading


def absent(*names: str) -> Callable[[str], str]:
    """`importlib.metadata.version` on a machine without these packages."""
    real = importlib.metadata.version

    def version(name: str) -> str:
        if name in names:
            raise importlib.metadata.PackageNotFoundError(name)
        return real(name)

    return version


def by_name(findings: object) -> dict[str, Finding]:
    return {one.name: one for one in findings}  # type: ignore[attr-defined]


def test_here_everything_is_there(tmp_path: Path) -> None:
    found = by_name(doctor.examine(Settings(engine="rules", ledger=str(tmp_path / "none.db")), {}))
    assert {one.state for name, one in found.items() if name != "extra ray"} == {"good"}  # it may be left out
    assert {"Python", "diurna", "packages", "word lists", "reading room", "ledger migrations", "demo", "spaCy pipeline",
            "learned tagger", "settings", "ledger", "a trial reading"} <= set(found)  # fmt: skip
    assert {f"extra {name}" for name in inventory.EXTRAS} <= set(found)


def test_a_package_that_is_missing_or_too_old_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "version", absent("rich"))
    found = by_name(inventory.needed_packages())
    assert found["rich"].state == "bad"
    assert found["rich"].remedy.startswith('python -m pip install "rich>=')
    assert "packages" not in found
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "0.0.1")
    assert "0.0.1, wanted" in by_name(inventory.needed_packages())["typer"].detail


@pytest.mark.parametrize(
    ("package", "wants"),
    [("psycopg", {"postgres"}), ("polars", {"frames", "notebooks"}), ("altair", {"notebooks"}), ("mcp", {"mcp"}),
     ("duckdb", {"lake", "ray"}),
     ("mkdocs-material", {"docs"})],
)  # fmt: skip
def test_an_extra_lacks_what_it_brings_extras_of_extras_too(
    monkeypatch: pytest.MonkeyPatch, package: str, wants: set[str]
) -> None:
    monkeypatch.setattr(importlib.metadata, "version", absent(package))
    found = {one.name.removeprefix("extra "): one for one in inventory.extras() if one.state == "optional"}
    missing = {name: one for name, one in found.items() if name != "ray" or package in one.detail}
    assert set(missing) == wants
    for name, one in missing.items():
        assert package in one.detail
        assert one.remedy == f"python -m pip install 'diurna[{name}]'"


def test_files_that_are_not_inside_are_noticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "lexicons").mkdir()
    for number in range(20):
        (tmp_path / "lexicons" / f"{number}.toml").write_text("broken = " if number == 7 else "")
    monkeypatch.setattr(inventory.resources, "files", lambda package: tmp_path)
    found = by_name(inventory.inside())
    assert {one.state for one in found.values()} == {"bad"}
    assert "7.toml cannot be read" in found["word lists"].detail
    assert "0 of at least" in found["reading room"].detail
    assert all("pip install" in one.remedy for one in found.values())


def test_the_ledger_is_looked_at_and_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "news.db"
    assert "not there yet" in inventory.ledger(str(path)).detail
    assert not path.exists()
    with Ledger(path) as kept:
        kept.add([reading()])
    assert "1 readings" in inventory.ledger(str(path)).detail
    path.write_bytes(b"no ledger, but a text that is long enough to look like a file of some other kind" * 20)
    assert inventory.ledger(str(path)).state == "optional"
    assert "not asked" in inventory.ledger("postgresql://me@nowhere.example/news").detail
    monkeypatch.setattr(importlib.metadata, "version", absent("psycopg"))
    found = inventory.ledger("postgresql://me@nowhere.example/news")
    assert (found.state, found.remedy) == ("bad", "python -m pip install 'diurna[postgres]'")


def test_a_plugin_that_cannot_be_loaded_is_no_failure_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    point = importlib.metadata.EntryPoint("bad", "diurna_nowhere:X", "diurna.exporters")
    good = importlib.metadata.EntryPoint("good", "diurna:read", "diurna.annotators")
    monkeypatch.setattr(
        inventory, "installed", lambda group: {one.name: one for one in (point, good) if one.group == group}
    )
    found = by_name(inventory.plugins())
    assert (found["plug-in bad"].state, found["plug-in good"].state) == ("optional", "good")
    assert "diurna_nowhere" in found["plug-in bad"].detail


@pytest.mark.parametrize(
    ("version", "state"), [((3, 10), "bad"), ((3, 11), "good"), ((3, 13), "good"), ((3, 99), "optional")]
)
def test_the_version_of_python_is_judged(monkeypatch: pytest.MonkeyPatch, version: tuple[int, int], state: str) -> None:
    monkeypatch.setattr(doctor.sys, "version_info", (*version, 1))
    assert doctor._python().state == state
