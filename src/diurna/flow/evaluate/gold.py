"""Gold files as typed rows, and figures as plain name and value."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

from diurna.errors import UsageError
from diurna.model.span import Span

GoldKind = Literal["statements", "events", "times"]
_FIELDS: dict[str, GoldKind] = {"statements": "statements", "events": "events", "timexes": "times"}


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """A statement as an annotator marked it; `kind` is direct, indirect or mixed where the file says so."""

    source: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: str | None


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event as an annotator marked it: PLOVER type, the two parties' words, their codes ("HUNGOV;ROUGOV")."""

    code: str
    source_text: str
    target_text: str
    source: str
    target: str
    folded: bool


@dataclass(frozen=True, slots=True)
class GoldTime:
    """A time expression as an annotator marked it; `days` are first and last day, None where the file gives none."""

    span: Span
    scored: bool
    days: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class GoldReport:
    """One line of a gold file; only the rows of the file's own kind are filled."""

    id: str
    text: str
    statements: tuple[GoldStatement, ...] = ()
    events: tuple[GoldEvent, ...] = ()
    times: tuple[GoldTime, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldFile:
    """A gold file, its kind known by its fields."""

    name: str
    kind: GoldKind
    reports: tuple[GoldReport, ...]


class Figure(NamedTuple):
    """One score, named by its path in the public scorer's output ("joint.F1"); None where nothing was to score."""

    name: str
    value: float | None


class Miss(NamedTuple):
    """A report that gave no reading, and why; it was scored as if nothing had been found in it."""

    report: str
    reason: str


@dataclass(frozen=True, slots=True)
class Scores:
    """What one gold file says of the reading."""

    gold: str
    kind: GoldKind
    figures: tuple[Figure, ...]
    missed: tuple[Miss, ...] = ()

    def value(self, name: str) -> float | None:
        """The figure of this name; None where there is none."""
        return next((figure.value for figure in self.figures if figure.name == name), None)


def load_gold(path: Path) -> GoldFile:
    """The gold file at `path`.

    Raises:
        UsageError: it cannot be read, a line is no JSON object, or its fields are of no kind there is a scorer for.
    """
    rows = _rows(path)
    kind = next((_FIELDS[field] for field in _FIELDS if rows and field in rows[0]), None)
    if kind is None:
        raise UsageError(f"{path}: no scorer for this file; its rows need one of the fields {', '.join(_FIELDS)}")
    try:
        reports = tuple(_report(row, kind) for row in rows)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise UsageError(f"{path}: a row is not as gold of {kind} should be: {fault!r}") from fault
    return GoldFile(path.name, kind, reports)


def _rows(path: Path) -> list[dict[str, Any]]:
    rows = []
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    rows.append(_row(line, f"{path}:{number}"))
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"{path} cannot be read: {fault}") from fault
    return rows


def _row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as fault:
        raise UsageError(f"{where} is no JSON: {fault}") from fault
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
        raise UsageError(f"{where} has no id and text")
    return row


def _report(row: Mapping[str, Any], kind: GoldKind) -> GoldReport:
    name, text = str(row["id"]), row["text"]
    if kind == "statements":
        return GoldReport(name, text, statements=tuple(_statement(one) for one in row["statements"]))
    if kind == "events":
        return GoldReport(name, text, events=tuple(_event(one) for one in row["events"]))
    return GoldReport(name, text, times=tuple(_time(one) for one in row["timexes"]))


def _spans(pairs: Sequence[Sequence[int]] | None) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs or ())


def _statement(one: Mapping[str, Any]) -> GoldStatement:
    return GoldStatement(_spans(one.get("source")), _spans(one["content"]), one.get("type"))


def _event(one: Mapping[str, Any]) -> GoldEvent:
    words = (
        one.get("source_text") or "",
        one.get("target_text") or "",
        one.get("source") or "",
        one.get("target") or "",
    )
    return GoldEvent(one["code"], *words, folded=one.get("code_system") == "PLV15")


def _time(one: Mapping[str, Any]) -> GoldTime:
    scored = one.get("type", "DATE") in ("DATE", "TIME", None) and not one.get("approx")
    days = one.get("iso")
    return GoldTime(Span(one["start"], one["end"]), scored, (days[0][:10], days[1][:10]) if days else None)
