"""Advisories are looked up offline: ranges, lists of versions, withdrawn ones, other ecosystems, folders and zips."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tools import advisories, supply


def record(
    name: str = "paper", *, ecosystem: str = "PyPI", versions: tuple[str, ...] = (), **more: Any
) -> dict[str, Any]:
    """An advisory of ours; `events` make a range."""
    ranges = [{"type": more.pop("type", "ECOSYSTEM"), "events": more.pop("events")}] if "events" in more else []
    touched = {"package": {"ecosystem": ecosystem, "name": name}, "versions": list(versions), "ranges": ranges}
    return {"id": "TEST-1", "summary": "A  made-up\nfault.", "affected": [touched], **more}


FIXED = [{"introduced": "1.2"}, {"fixed": "1.10"}]


@pytest.mark.parametrize(
    ("version", "events", "touched"),
    [
        ("1.1", FIXED, False),
        ("1.2", FIXED, True),
        ("1.9.post1", FIXED, True),
        ("1.10rc1", FIXED, True),
        ("1.10", FIXED, False),
        ("2", [{"introduced": "0"}], True),
        ("2", [{"introduced": "0"}, {"last_affected": "2"}], True),
        ("2.0.1", [{"introduced": "0"}, {"last_affected": "2"}], False),
        ("3.1", [{"introduced": "0"}, {"fixed": "2"}, {"introduced": "3"}, {"fixed": "3.2"}], True),
        ("2.5", [{"fixed": "3.2"}, {"introduced": "3"}, {"introduced": "0"}, {"fixed": "2"}], False),
        ("1", [{"introduced": "not a version"}], True),
    ],
)
def test_a_range_of_versions(version: str, events: list[dict[str, str]], touched: bool) -> None:
    assert bool(list(advisories.look_up({"paper": version}, [record(events=events)]))) is touched


def test_what_counts_and_what_does_not() -> None:
    def found(one: dict[str, Any]) -> list[str]:
        return [str(each) for each in advisories.look_up({"news-paper": "1.3"}, [one])]

    assert found(record("News_Paper", events=FIXED)) == ["news-paper 1.3: TEST-1, fixed in 1.10. A made-up fault."]
    assert found(record("news-paper", versions=("1.3",))) == [
        "news-paper 1.3: TEST-1, no fixed version is named. A made-up fault."
    ]
    assert not found(record("news-paper", versions=("1.4",)))
    assert not found(record("news-paper", events=FIXED, withdrawn="2020-01-01T00:00:00Z"))
    assert not found(record("news-paper", events=FIXED, ecosystem="npm"))
    assert not found(record("news-paper", events=FIXED, type="GIT"))
    assert not found(record("newspaper", events=FIXED))


def test_a_folder_and_a_zip_of_advisories(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name, (version, _) = next(iter(supply.locked().items()))
    folder = tmp_path / "all" / "of" / "them"
    folder.mkdir(parents=True)
    (folder / "TEST-1.json").write_text(json.dumps(record(name, events=[{"introduced": "0"}])))
    (folder / "other.json").write_text("[]")
    with zipfile.ZipFile(tmp_path / "PyPI.zip", "w") as box:
        box.write(folder / "TEST-1.json", "TEST-1.json")
        box.writestr("TEST-2.json", json.dumps(record("no-such-package", events=FIXED)))
    for place, held in ((tmp_path / "all", 1), (tmp_path / "PyPI.zip", 2)):
        monkeypatch.setattr("sys.argv", ["advisories", str(place)])
        assert advisories.main() == 1
        told = capsys.readouterr()
        assert told.out.startswith(f"{name} {version}: TEST-1")
        assert f"against {held} advisories: 1 found" in told.err
    (folder / "TEST-1.json").write_text(json.dumps(record("no-such-package", events=FIXED)))
    monkeypatch.setattr("sys.argv", ["advisories", str(folder)])
    assert advisories.main() == 0


@pytest.mark.parametrize("place", ["missing.zip", "."])
def test_nothing_to_look_in_is_an_error_that_says_so(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["advisories", str(tmp_path / place)])
    with pytest.raises(SystemExit):
        advisories.main()
    assert "is not there" in capsys.readouterr().err or place == "."
