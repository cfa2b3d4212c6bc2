"""What people install: the wheel and the sdist hold everything, and the program works from the wheel alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "diurna"
WANTED = (
    "diurna/py.typed",
    "diurna/weights/tagger/model.onnx",
    "diurna/weights/tagger/spans.onnx",
    "diurna/weights/tagger/tokenizer.json",
    "diurna/weights/events/head.npz",
    "diurna/weights/events/config.json",
    "diurna/weights/acts/acts.onnx",
    "diurna/weights/acts/config.json",
    "diurna/lexicons/en/cues.toml",
    "diurna/lexicons/rows.toml",
    "diurna/web/templates/base.html",
    "diurna/web/static/room.css",
    "diurna/ledger/migrations/script.py.mako",
    "diurna/ledger/migrations/versions/r0001_first.py",
    "diurna/demo/reports.jsonl",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built without a network."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (path,) = built.glob("*.whl")
    return path


def sources() -> set[str]:
    """Every file of the package, as the wheel names it."""
    files = (path for path in SOURCE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {f"diurna/{path.relative_to(SOURCE)}" for path in files}


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = {name for name in packed.namelist() if name.startswith("diurna/")}
        for name in WANTED:
            assert packed.read(name) == (SOURCE.parent / name).read_bytes(), name
    assert names == sources()
    assert not any(name.startswith(("tests", "docs", "training")) for name in names)


def test_the_wheel_names_program_licence_extras_and_entry_points(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        inside = {Path(name).name: packed.read(name).decode() for name in packed.namelist() if ".dist-info/" in name}
    assert "diurna = diurna.cli:main" in inside["entry_points.txt"]
    assert "diurna = diurna.annotate.spacy_component:make" in inside["entry_points.txt"]
    assert "Apache License" in inside["LICENSE"]
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert all(f"Provides-Extra: {name}" in inside["METADATA"] for name in extras)
    assert "Requires-Python: >=3.11" in inside["METADATA"]


def test_the_sdist_holds_what_building_and_testing_need(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as packed:
        names = {name.partition("/")[2] for name in packed.getnames()}
    assert {f"src/{name}" for name in sources()} <= names
    assert {"pyproject.toml", "README.md", "LICENSE", "Makefile", "mkdocs.yml", "docs/start.md", "tests/readings.py",
            "examples/plugins/pyproject.toml"} <= names  # fmt: skip


def test_the_program_works_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")  # noqa: S202 - we have just built it
    environ = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "DIURNA_LEDGER": str(tmp_path / "news.db")}

    def run(*words: str) -> str:
        told = subprocess.run(
            [sys.executable, "-P", *words], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, told.stdout + told.stderr
        return told.stdout

    assert run("-c", "import diurna; print(diurna.__file__)").startswith(str(tmp_path))
    findings = {row["name"]: row for row in map(json.loads, run("-m", "diurna", "doctor", "--json").splitlines())}
    inside = ("word lists", "reading room", "ledger migrations", "demo", "learned tagger", "a trial reading")
    assert {findings[name]["state"] for name in inside} == {"good"}
    (tmp_path / "report.txt").write_text("Soldiers shelled the village on Thursday.", encoding="utf-8")
    run("-m", "diurna", "add", "report.txt", "--published", "2024-03-08", "--quiet")
    (row,) = map(json.loads, run("-m", "diurna", "events", "--json").splitlines())
    assert (row["type"], row["realis"], row["happened_at"]["earliest"]) == ("ASSAULT", "actual", "2024-03-07")


def test_the_dockerfile_takes_only_what_is_there_and_runs_as_nobody_special() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    copied = [word for line in text.splitlines() if line.startswith("COPY ") and "--from" not in line
              for word in line.split()[1:-1]]  # fmt: skip
    assert copied
    assert all((ROOT / name).exists() for name in copied)
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {f"!{name}" for name in copied} <= set(ignored)
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert {"postgres", "mcp"} <= set(extras)
    assert text.index("USER reader") < text.index("ENTRYPOINT")
