"""Floors and ceilings for figures: a figure may rise by chance, it may sink only on purpose."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from diurna.errors import UsageError
from diurna.flow.evaluate.gold import Scores

Rule = Literal["at_least", "at_most"]
_RULES: tuple[Rule, ...] = ("at_least", "at_most")


class Floor(NamedTuple):
    """One figure of one gold file (named by its path below the gold folder) and its limit."""

    gold: str
    figure: str
    rule: Rule
    limit: float


class Breach(NamedTuple):
    """A figure on the wrong side of its limit; `value` is None where it was not measured at all."""

    gold: str
    figure: str
    value: float | None
    rule: str
    limit: float


@dataclass(frozen=True, slots=True)
class Floors:
    """All limits of a floors file."""

    rows: tuple[Floor, ...]

    def of(self, gold: Path) -> tuple[Floor, ...]:
        """The limits for the gold file at this path."""
        where = gold.absolute().as_posix()
        return tuple(row for row in self.rows if where.endswith(f"/{row.gold}"))

    def breaches(self, gold: Path, scores: Scores) -> tuple[Breach, ...]:
        """The limits these scores break."""
        rows = ((row, scores.value(row.figure)) for row in self.of(gold))
        return tuple(
            Breach(row.gold, row.figure, value, row.rule.replace("_", " "), row.limit)
            for row, value in rows
            if not _holds(row, value)
        )


def _holds(row: Floor, value: float | None) -> bool:
    if value is None:
        return False
    return value >= row.limit if row.rule == "at_least" else value <= row.limit


def load_floors(path: Path) -> Floors:
    """The limits in a file `{"<gold path>": {"at_least": {"<figure>": number}, "at_most": {...}}}`.

    Raises:
        UsageError: it cannot be read, or lists of faults in it.
    """
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise UsageError(f"{path} cannot be read as JSON: {fault}") from fault
    faults: list[str] = []
    rows = tuple(_rows(table, faults))
    if faults:
        raise UsageError(f"{path}: " + "; ".join(faults))
    return Floors(rows)


def _rows(table: Any, faults: list[str]) -> Iterator[Floor]:
    if not isinstance(table, dict):
        faults.append("it should be an object of gold paths")
        return
    for gold, rules in table.items():
        for rule in _RULES:
            limits = rules.get(rule, {}) if isinstance(rules, dict) else {}
            yield from (Floor(gold, figure, rule, float(limit)) for figure, limit in limits.items())
        unknown = sorted(set(rules) - set(_RULES)) if isinstance(rules, dict) else ["no object"]
        faults += [f"{gold}: {name} is neither at_least nor at_most" for name in unknown]
