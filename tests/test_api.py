"""The public API: it is what the snapshot says, and the change log speaks of every revision of the snapshot."""

from __future__ import annotations

import difflib
import subprocess
import sys
from pathlib import Path

import pytest

import diurna
from tests import api
from tests.export.samples import samples

CHANGELOG = (Path(__file__).resolve().parents[1] / "CHANGELOG.md").read_text(encoding="utf-8")
SNAPSHOT = api.SNAPSHOT.read_text(encoding="utf-8")


def test_the_public_api_is_what_the_snapshot_says() -> None:
    before, now = api.body_of(SNAPSHOT).splitlines(), api.body().splitlines()
    changed = "\n".join(difflib.unified_diff(before, now, "snapshot", "code", lineterm="", n=0))
    assert not changed, f"the public API changed; if it should, `python -m tests.api --write`:\n{changed}"


def test_the_snapshot_has_a_revision_of_its_own_for_what_it_says() -> None:
    told = api.revisions(SNAPSHOT)
    assert [number for number, _ in told] == list(range(1, len(told) + 1))
    assert told[-1][1] == api.digest(api.body_of(SNAPSHOT)), "written by hand: use `python -m tests.api --write`"


@pytest.mark.parametrize("number", [number for number, _ in api.revisions(SNAPSHOT)])
def test_the_change_log_speaks_of_every_revision(number: int) -> None:
    assert f"(API {number})" in CHANGELOG, f"say in CHANGELOG.md what changed in the public API, with (API {number})"


def test_a_changed_signature_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(source: str) -> None:
        """Not the real one."""

    monkeypatch.setattr(diurna, "read", read, raising=False)
    assert "read(source: str) -> None" in api.lines()
    assert api.body() != api.body_of(SNAPSHOT)


def test_every_public_name_is_documented_and_told_to_completers() -> None:
    for name in diurna.__all__:
        assert (getattr(diurna, name).__doc__ or "").strip(), name
        assert name in dir(diurna)


def test_every_public_method_is_documented() -> None:
    bare = [
        f"{name}.{member}"
        for name in diurna.__all__
        if isinstance(getattr(diurna, name), type)
        for member, value in vars(getattr(diurna, name)).items()
        if not member.startswith("_") and callable(value) and not (value.__doc__ or "").strip()
    ]
    assert bare == []


def test_importing_diurna_imports_next_to_nothing() -> None:
    code = "import sys; before = set(sys.modules); import diurna; print(*set(sys.modules) - before)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "diurna" in told
    assert [name for name in told if name.startswith("diurna.")] == []
    assert not {name.split(".")[0] for name in told} - sys.stdlib_module_names - {"diurna"}


def test_a_name_that_is_not_there_says_so() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lies'"):
        _ = diurna.lies  # type: ignore[attr-defined]  # mypy says so too, or this comment would be a fault


def test_a_reading_and_a_time_print_on_one_line() -> None:
    reading = samples()[0]
    assert repr(reading).startswith(f"<Reading of {reading.report.id} ")
    assert f"{len(reading.statements)} statements" in repr(reading)
    assert len(repr(reading)) < 300
    shown = {
        ("2024-03-08", "2024-03-08", "Friday"): "2024-03-08 (“Friday”)",
        ("2024-02-01", "2024-02-29", "February"): "2024-02-01 to 2024-02-29 (“February”)",
        ("2024-02-01", None, ""): "2024-02-01 to …",
        (None, None, "soon"): "“soon”",
        (None, None, ""): "unknown",
    }
    for (first, last, text), line in shown.items():
        assert str(diurna.TimeValue(first, last, "unknown", text)) == line
