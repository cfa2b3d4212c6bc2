"""Plug-ins are found by their entry points, do their part, and cannot break a run; the examples are such plug-ins."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import diurna
from diurna import plugins
from diurna.errors import MissingPartError, UsageError
from diurna.export.formats import FORMATS, format_named
from diurna.sources import plugin as source_plugins

EXAMPLES = Path(__file__).resolve().parents[1] / "examples" / "plugins"
BULLETIN = """title: Convoy turned back
outlet: Northern Wire
published: 2024-03-08

Commander Jorun Haske said on Friday that soldiers had left the valley. The Harrow Front denied it.
=====
title: A second report
published: 2024-03-09

The army shelled the village on Saturday.
"""


def entry_points_file(more: str = "") -> str:
    """The file a package installer makes of the example's pyproject.toml."""
    groups = tomllib.loads((EXAMPLES / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    lines = [f"[{group}]\n" + "".join(f"{k} = {v}\n" for k, v in points.items()) for group, points in groups.items()]
    return "\n".join(lines) + more


def install(folder: Path, more: str = "") -> None:
    """Lay the example out in `folder` as an installer would, without one."""
    info = folder / "diurna_example_plugins-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: diurna-example-plugins\nVersion: 0.1.0\n")
    (info / "entry_points.txt").write_text(entry_points_file(more))


@pytest.fixture
def forget() -> Iterator[None]:
    """What was found is forgotten before and after."""
    for known in (plugins.installed, source_plugins._all):
        known.cache_clear()
    yield
    for known in (plugins.installed, source_plugins._all):
        known.cache_clear()


@pytest.fixture
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forget: None) -> Path:
    install(tmp_path)
    monkeypatch.syspath_prepend(str(EXAMPLES / "src"))
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_a_source_plugin_reads_its_files_one_report_a_row(examples: Path) -> None:
    file = examples / "day.bulletin"
    file.write_text(BULLETIN, encoding="utf-8")
    first, second = diurna.read_reports(file, engine="rules")
    assert isinstance(first, diurna.Reading)
    assert isinstance(second, diurna.Reading)
    assert (first.report.title, first.report.outlet) == ("Convoy turned back", "Northern Wire")
    assert first.report.published.earliest == "2024-03-08"  # type: ignore[union-attr]
    assert first.statements[0].speaker.text == "Commander Jorun Haske"
    assert [one.type for one in second.events] == ["ASSAULT"]


def test_what_goes_wrong_in_a_source_plugin_is_a_failure_and_the_rows_before_stay(examples: Path) -> None:
    file = examples / "broken.bulletin"
    file.write_bytes(BULLETIN.encode() + b"=====\nno blank line\n")
    found = list(diurna.read_reports(file, engine="rules"))
    assert [type(one) for one in found] == [diurna.Reading, diurna.Reading, diurna.SourceFailure]
    file.write_bytes(b"\xff\xff\n")
    (failure,) = diurna.read_reports(file, engine="rules")
    assert isinstance(failure, diurna.SourceFailure)
    assert "plug-in for .bulletin failed" in failure.reason


def test_an_annotator_runs_where_it_is_named_and_only_there(examples: Path) -> None:
    file = examples / "day.bulletin"
    file.write_text(BULLETIN, encoding="utf-8")

    def sectors(job: diurna.ReadJob) -> dict[str, str | None]:
        first = next(iter(diurna.read_reports(job)))
        assert isinstance(first, diurna.Reading)
        return {actor.name: actor.sector for actor in first.actors}

    plain = sectors(diurna.ReadJob((str(file),), engine="rules"))
    marked = sectors(diurna.ReadJob((str(file),), engine="rules", annotators=("desk-sectors",)))
    assert plain["Harrow Front"] is None
    assert marked == {**plain, "Harrow Front": "REB"}


def test_an_exporter_is_one_more_format(examples: Path) -> None:
    reading = diurna.read("The army shelled the village on Saturday.", title="Shelling", engine="rules")
    text = b"".join(format_named("markdown").write([reading])).decode()
    assert text.startswith("## Shelling\n\n- **ASSAULT** by The army: “The army shelled the village")
    with pytest.raises(UsageError, match="markdown"):
        format_named("papyrus")


def test_own_formats_come_before_plugins_of_the_same_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forget: None
) -> None:
    install(tmp_path, "csv = diurna_example_plugins.markdown:MARKDOWN\n")
    monkeypatch.syspath_prepend(str(EXAMPLES / "src"))
    monkeypatch.syspath_prepend(str(tmp_path))
    assert "csv" in plugins.installed("diurna.exporters")
    assert format_named("csv") is FORMATS["csv"]


@pytest.mark.parametrize(
    ("target", "says"), [("diurna_nowhere:X", "cannot be loaded"), ("diurna:__version__", "is no diurna.export")]
)
def test_a_plugin_that_is_broken_says_which_and_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forget: None, target: str, says: str
) -> None:
    install(tmp_path, f"bad = {target}\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(MissingPartError, match=says) as raised:
        format_named("bad")
    assert "diurna-example-plugins 0.1.0" in str(raised.value)


def test_an_annotator_that_is_not_installed_stops_before_anything_is_read(tmp_path: Path, forget: None) -> None:
    file = tmp_path / "report.txt"
    file.write_text("Soldiers left the valley.", encoding="utf-8")
    with pytest.raises(MissingPartError, match="no plug-in 'absent'"):
        next(iter(diurna.read_reports(diurna.ReadJob((str(file),), annotators=("absent",)))))


def test_every_group_has_an_example() -> None:
    groups = tomllib.loads((EXAMPLES / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert set(groups) == set(plugins.GROUPS)
