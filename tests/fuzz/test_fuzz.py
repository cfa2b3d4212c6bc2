"""Every target for a few seconds, or as many as `DIURNA_FUZZ_SECONDS` says; `make fuzz` takes a minute for each."""

from __future__ import annotations

import os

import pytest

from tests.fuzz.lexicons import users
from tests.fuzz.running import TARGETS, HangError, fuzz, no_hang

SECONDS = float(os.environ.get("DIURNA_FUZZ_SECONDS", "4"))


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_breaks(name: str) -> None:
    count = fuzz(name, SECONDS, first=int(os.environ.get("DIURNA_FUZZ_SEED", "0")))
    assert not count.found, "\n".join(count.found.values())
    assert count.examples >= 1, "there was no time for a single example"


def test_what_is_found_is_told_once_with_its_example() -> None:
    found = fuzz("broken", 0.5).found
    assert len(found) == 1
    assert "ValueError: no sevens, please" in next(iter(found.values()))
    assert "@reproduce_failure" in next(iter(found.values()))


def hang() -> None:
    with no_hang(0.2):
        while True:
            pass


def test_a_hang_is_found() -> None:
    with pytest.raises(HangError):
        hang()


def test_every_lexicon_is_among_those_changed() -> None:
    from importlib import resources

    folder = resources.files("diurna").joinpath("lexicons")
    there = {f"lexicons/{one.name}" for one in folder.iterdir() if one.name.endswith(".toml")}
    there |= {f"lexicons/en/{one.name}" for one in folder.joinpath("en").iterdir()}
    assert set(users()) == there
