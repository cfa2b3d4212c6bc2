"""What Diurna is put together from: the lock holds all that is asked for, licences are listed, wheels are the same."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import supply

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def wanted(part: str = "dev") -> list[Requirement]:
    """All that the project needs itself, and what a part of it brings, with the parts named there."""
    found = [Requirement(one) for one in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"][part])]
    more = [inner for one in found if canonicalize_name(one.name) == "diurna" for inner in one.extras]
    found += [one for inner in more for one in wanted(inner)]
    return [one for one in found if canonicalize_name(one.name) != "diurna"]


def test_the_lock_holds_every_requirement_in_a_version_that_will_do() -> None:
    kept = supply.locked()
    for one in wanted():
        version, _ = kept.get(canonicalize_name(one.name), ("", []))
        assert version, f"requirements.lock lacks {one.name}: run `python -m tools.supply lock`"
        assert one.specifier.contains(version, prereleases=True), f"{one}: {version} is locked"


def test_everything_in_the_lock_has_a_version_and_hashes() -> None:
    text = supply.LOCK.read_text(encoding="utf-8")
    named = re.findall(r"(?m)^([a-z0-9][\w.-]*)", text)
    assert {canonicalize_name(one) for one in named} == set(supply.locked())
    assert all(hashes for _, hashes in supply.locked().values())
    assert not re.search(r"://|^-|@ ", text, re.MULTILINE), "the lock names no host, no file and no option"


def test_every_package_that_is_asked_for_has_its_licence_listed() -> None:
    page = supply.LICENCES.read_text(encoding="utf-8")
    rows = dict(re.findall(r"(?m)^\| ([a-z0-9-]+) \| (.+) \|$", page))
    for one in wanted():
        assert canonicalize_name(one.name) in rows, f"{one.name}: run `python -m tools.supply licences`"
    first = page.partition("## What optional parts")[0]
    kept = supply.locked()
    for name in supply.closure(["diurna"]) - {"diurna"}:
        assert f"| {name} |" in first, f"{name}: run `python -m tools.supply licences`"
        if kept.get(name, ("", []))[0] == metadata.version(name):  # another version may word its licence differently
            assert rows[name] == supply.licence_of(name), f"{name}: run `python -m tools.supply licences`"


def test_what_runs_has_licences_that_let_it_be_handed_on() -> None:
    for name in supply.closure(["diurna"]) - {"diurna"}:
        said = supply.licence_of(name)
        assert said != "not stated by the package", name
        strict = re.search(r"\b(?:AGPL|GPL|Affero|SSPL|Proprietary|NonCommercial)", said)
        assert not strict or re.search(r"LGPL| OR |Lesser", said), f"{name}: {said}"


def test_every_model_and_data_file_is_named_on_the_page() -> None:
    page = supply.LICENCES.read_text(encoding="utf-8")
    for folder in ("weights", "lexicons", "demo"):
        assert f"src/diurna/{folder}" in page
    for card in (ROOT / "src" / "diurna" / "weights").iterdir():
        if card.is_dir():
            assert f"src/diurna/weights/{card.name}" in page
            assert (card / "CARD.md").exists()


def test_the_bill_of_materials_has_everything_that_is_installed() -> None:
    bill = supply.bill()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert {one["name"] for one in bill["components"]} == supply.closure(["diurna"]) - {"diurna"}
    for one in bill["components"]:
        assert one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}"
        assert one["properties"]
        assert one["licenses"]
    assert supply.bill() == bill


@pytest.mark.slow
def test_a_wheel_built_twice_is_the_same_to_the_byte(tmp_path: Path) -> None:
    pytest.importorskip("hatchling")
    digests = set()
    for number, stamp in enumerate((946_684_800, 1_900_000_000)):
        home = tmp_path / f"{number}"
        shutil.copytree(ROOT / "src", home / "src", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("pyproject.toml", "README.md", "LICENSE"):
            shutil.copy(ROOT / name, home)
        for path in sorted(home.rglob("*"), reverse=bool(number)):
            os.utime(path, (stamp, stamp))
        environ = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000", "TZ": ("UTC", "Asia/Tokyo")[number]}
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(home / "dist")]
        subprocess.run(command, cwd=home, env=environ, check=True, capture_output=True, timeout=300)
        (wheel,) = (home / "dist").glob("*.whl")
        digests.add(hashlib.sha256(wheel.read_bytes()).hexdigest())
    assert len(digests) == 1
    names = zipfile.ZipFile(wheel).namelist()
    assert "diurna/lexicons/en/cues.toml" in names
    assert not [one for one in names if "__pycache__" in one or one.startswith("tests/")]
