"""No expression runs away: each is pumped with strings made of its own parts, and takes time that is at most square.

A square is harmless where a stage takes in what is bounded; where texts of any length meet an expression,
tests/regexes/test_long_texts.py looks at whole stages. What is missed by both is stopped by the stage's budget.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz.running import HangError, no_hang
from tests.regexes.pumping import attacks, slowest

ROOT = Path(__file__).resolve().parents[2]
SIZE = 600
ENOUGH = 0.3
"""Seconds of the processor: a square takes a hundredth for so many characters, a cube more than all."""


@cache
def expressions() -> tuple[dict[str, Any], ...]:
    command = [sys.executable, "-m", "tests.regexes.collect"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr[-3_000:]
    return tuple(map(json.loads, done.stdout.splitlines()))


def runs_away(pattern: str | bytes, flags: int = 0, patience: float = 20.0) -> str | None:
    """What makes it take too long; None where nothing does."""
    try:
        with no_hang(patience):
            took, told = slowest(pattern, flags, SIZE, ENOUGH)
    except HangError:
        return "it does not end"
    return f"{took:.2f} s for {told}" if took > ENOUGH else None


def test_no_expression_of_the_program_runs_away() -> None:
    found = expressions()
    assert len(found) > 150
    bad = []
    for one in found:
        pattern = one["pattern"].encode("latin-1") if one["bytes"] else one["pattern"]
        told = runs_away(pattern, one["flags"])
        if told:
            bad.append(f"{one['where']}: {one['pattern'][:120]!r}: {told}")
    assert not bad, "\n".join(bad)


def test_every_module_with_expressions_is_among_them() -> None:
    seen = {one["where"].partition(":")[0] for one in expressions()}
    source, written = ROOT / "src" / "diurna", re.compile(r"^_?[A-Z_]+(: [^=]+)? = re\.compile\(", re.MULTILINE)
    made = {
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        if written.search(path.read_text(encoding="utf-8"))
    }
    assert made <= seen, made - seen


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+$", r"(a|aa)+b", r"(?:\w+\s?)*:", r"(.*)(.*)(.*)(.*)x", r"^(([a-z])+.)+[A-Z]([a-z])+$",
        r"\s*\s*\s*\s*x", r"(x+x+)+y",
    ],
)  # fmt: skip
def test_those_known_to_run_away_are_found(pattern: str) -> None:
    assert runs_away(pattern, patience=1.5)


@pytest.mark.parametrize("pattern", [r"\w+", r"a.*b", r"[^,]+,", r"(?:a|b)+c", r"\d+(?:st|nd)\Z", r"[^\W\d_]+|\d+"])
def test_those_that_do_not_are_left_alone(pattern: str) -> None:
    assert runs_away(pattern) is None
    assert attacks(pattern, 0)
