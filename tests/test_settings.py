"""Settings: what outranks what, and every fault named at once."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.errors import SettingsError
from diurna.settings import Flags, Settings, load_settings, unknown_variables


def test_nothing_said_gives_the_defaults(tmp_path: Path) -> None:
    assert load_settings(Flags(), {}, tmp_path) == Settings()


def test_file_variable_and_flag_outrank_one_another_in_turn(tmp_path: Path) -> None:
    (tmp_path / "diurna.toml").write_text('engine = "rules"\nwidth = 60\ncolor = false\n', encoding="utf-8")
    environ = {"DIURNA_WIDTH": "70", "DIURNA_COLOR": "yes"}
    found = load_settings(Flags(width=80), environ, tmp_path)
    assert found == Settings(engine="rules", width=80, color=True)


def test_a_named_file_is_taken_instead_and_must_exist(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('pipeline = "some_pipeline"\n', encoding="utf-8")
    assert load_settings(Flags(), {"DIURNA_SETTINGS": "other.toml"}, tmp_path).pipeline == "some_pipeline"
    with pytest.raises(SettingsError, match=r"absent\.toml cannot be read"):
        load_settings(Flags(), {"DIURNA_SETTINGS": "absent.toml"}, tmp_path)


def test_all_faults_of_all_places_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "diurna.toml").write_text('engine = "fast"\nlibrary = "x"\n', encoding="utf-8")
    environ = {"DIURNA_WIDTH": "wide", "DIURNA_COLOR": "blue"}
    with pytest.raises(SettingsError) as raised:
        load_settings(Flags(width=3, pipeline=" "), environ, tmp_path)
    message = str(raised.value)
    for part in (
        "must be auto or rules, not 'fast'",
        "no setting 'library'",
        "DIURNA_WIDTH",
        "not 3",
        "DIURNA_COLOR",
        "spaCy",
    ):
        assert part in message


def test_a_broken_file_is_a_fault_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "diurna.toml").write_bytes(b"\xff engine = ")
    with pytest.raises(SettingsError, match="cannot be read as TOML"):
        load_settings(Flags(), {}, tmp_path)


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    assert load_settings(Flags(), {"DIURNA_ENGINE": ""}, tmp_path) == Settings()


def test_slips_in_variable_names_are_seen() -> None:
    assert unknown_variables({"DIURNA_ENGIN": "rules", "DIURNA_WIDTH": "80", "PATH": "/"}) == ("DIURNA_ENGIN",)


@given(st.text(max_size=30) | st.integers().map(str))
def test_a_width_is_sensible_or_refused(text: str) -> None:
    with contextlib.suppress(SettingsError):
        width = load_settings(Flags(), {"DIURNA_WIDTH": text}, Path("/nowhere")).width
        assert width == (int(text) if text else None)
        assert width is None or 40 <= width <= 400
