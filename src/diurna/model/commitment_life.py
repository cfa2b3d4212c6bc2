"""The life of a commitment: its state on a day, and the moves that brought it there, each with its evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from diurna.model.across import Exhibited
from diurna.model.record import CommitmentKind

CommitmentStateName = Literal[
    "open", "progressing", "kept", "partly kept", "broken", "withdrawn", "refused", "overdue", "contested"
]
MoveKind = Literal[
    "opened", "step", "kept", "part", "not done", "broken", "withdrawn", "refused", "denied", "due moved", "due passed"
]
Politifact = Literal["Promise Kept", "Compromise", "Promise Broken", "Stalled", "In the Works", "Not Yet Rated"]
Polimetre = Literal["kept", "partially kept or in progress", "broken", "not yet rated"]


@dataclass(frozen=True, slots=True)
class Move:
    """One thing that happened to a commitment.

    Attributes:
        on: the ISO day it counts from: of the report that tells it, or the day after the due date.
        to: the state the commitment is in after it.
        by: what it rests on; None for a due date that passed, which rests on the calendar.
        criterion: index of the criterion it is about, None for the whole.
        why: one sentence.
        due: of "due moved", the ISO day that counts from now on.
    """

    on: str
    kind: MoveKind
    to: CommitmentStateName
    why: str
    by: Exhibited | None = None
    criterion: int | None = None
    due: str | None = None


@dataclass(frozen=True, slots=True)
class CommitmentState:
    """A commitment as it stands on one day.

    Attributes:
        commitment: id of the life; `kind` and `act` are its own; `due` is the last day for it as it was on this day.
        on: the ISO day asked for; state: on its evening, from what was published up to it.
        criteria: each separate thing it names with the state of that thing.
        moves: all moves up to `on`, the oldest first.
    """

    commitment: str
    kind: CommitmentKind
    act: str
    on: str
    state: CommitmentStateName
    due: str | None
    criteria: tuple[tuple[str, CommitmentStateName], ...]
    moves: tuple[Move, ...]

    @property
    def days_over(self) -> int:
        """Days since the due date; negative before it, 0 where there is none."""
        if self.due is None:
            return 0
        return (dt.date.fromisoformat(self.on) - dt.date.fromisoformat(self.due)).days


@dataclass(frozen=True, slots=True)
class CommitmentLife:
    """One commitment with all that moved it.

    Attributes:
        id: of the commitment the opening report has it as; where none, a hash of the place it was opened at.
        act: the words by which it was opened; by, to: who made it, and of or to whom, as the report names them.
        criteria: the separate things it names, () where it is one.
        due: the last ISO day for doing it, None where none is named.
        opened: the place it was opened at; moves: what reports told of it, the oldest first.
    """

    id: str
    kind: CommitmentKind
    act: str
    by: str
    to: str | None
    condition: str | None
    criteria: tuple[str, ...]
    due: str | None
    opened: Exhibited
    moves: tuple[Move, ...] = ()

    def on(self, day: str) -> CommitmentState:
        """The state on the evening of an ISO day, from what was published up to it."""
        moves = tuple(m for m in self._all() if m.on <= day)
        parts: dict[int, CommitmentStateName] = dict.fromkeys(range(len(self.criteria)), "open")
        for move in moves:
            if move.criterion is not None:
                parts[move.criterion] = move.to
        criteria = tuple((text, parts[number]) for number, text in enumerate(self.criteria))
        state = state_after(moves, len(self.criteria), due=self.due is not None)
        due = next((m.due for m in reversed(moves) if m.kind == "due moved"), self.due)
        return CommitmentState(self.id, self.kind, self.act, day, state, due, criteria, moves)

    def _all(self) -> list[Move]:
        """The moves with the opening and, where a day is named, its passing."""
        found = [Move(self.opened.day, "opened", "open", f"opened by “{_short(self.act)}”", self.opened), *self.moves]
        found += [_passed(day) for day in self._days_due()]
        return sorted(found, key=lambda m: (m.on, _ORDER.index(m.kind)))

    def _days_due(self) -> list[str]:
        """The last days for it that passed or will pass: one that was moved in time never does."""
        due, passed = self.due, list[str]()
        for move in sorted((m for m in self.moves if m.kind == "due moved" and m.due), key=lambda m: m.on):
            if due is not None and move.on > due:
                passed.append(due)
            due = move.due
        return [*passed, due] if due is not None else passed


def _passed(due: str) -> Move:
    after = dt.date.fromisoformat(due) + dt.timedelta(days=1)
    return Move(after.isoformat(), "due passed", "overdue", f"the day named, {due}, passed")


_ORDER: tuple[MoveKind, ...] = (
    "opened", "due moved", "due passed", "step", "part", "kept", "not done", "broken", "refused", "withdrawn", "denied",
)  # fmt: skip
"""In which order moves of one day are taken."""


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:119] + "…"


@dataclass(slots=True)
class _Standing:
    """Where a commitment stands while its moves are gone through; `some`: a part of it was done; `over`: late."""

    state: CommitmentStateName = "open"
    some: bool = False
    over: bool = False


def state_after(moves: Iterable[Move], criteria: int, *, due: bool) -> CommitmentStateName:
    """The state after these moves.

    Args:
        criteria: how many it has; due: whether it names a day.
    """
    at, parts = _Standing(), dict[int, bool]()
    for move in moves:
        if move.kind == "due passed":
            at.over = True
        if move.criterion is not None:
            parts[move.criterion] = move.kind == "kept"
            at.state = _by_parts(criteria, parts, at.state, over=at.over or not due)
        else:
            _take(at, move, due=due)
    return at.state


def _by_parts(count: int, parts: dict[int, bool], state: CommitmentStateName, *, over: bool) -> CommitmentStateName:
    kept = sum(parts.values())
    if kept == count:
        return "kept"
    if kept and (len(parts) == count or (over and kept < len(parts))):
        return "partly kept"
    return "progressing" if kept else state


def _take(at: _Standing, move: Move, *, due: bool) -> None:
    """One move of the whole."""
    settled = at.state in ("kept", "broken", "withdrawn")
    if move.kind == "due passed":
        if at.state == "progressing":
            at.state = "partly kept" if at.some else "overdue"
        elif at.state == "open":
            at.state = "overdue"
    elif move.kind == "due moved":
        at.over = False
        at.state = "open" if at.state == "overdue" else at.state
    elif move.kind == "not done":
        at.state = "partly kept" if at.some and (at.over or not due) else at.state
    elif move.kind in ("step", "part"):
        at.state, at.some = (at.state if settled else "progressing"), at.some or move.kind == "part"
    elif move.kind == "denied":
        at.state = "contested" if at.state in ("kept", "broken", "partly kept") else at.state
    else:
        at.state = move.to


TO_POLITIFACT: dict[CommitmentStateName, Politifact] = {
    "open": "Not Yet Rated", "progressing": "In the Works", "kept": "Promise Kept", "partly kept": "Compromise",
    "broken": "Promise Broken", "withdrawn": "Promise Broken", "refused": "Promise Broken", "overdue": "Stalled",
    "contested": "Not Yet Rated",
}  # fmt: skip
"""PolitiFact's Obameter scale. It rates promises only, and knows neither refusals nor disputes about the outcome."""

TO_POLIMETRE: dict[CommitmentStateName, Polimetre] = {
    "open": "not yet rated", "progressing": "partially kept or in progress", "kept": "kept",
    "partly kept": "partially kept or in progress", "broken": "broken", "withdrawn": "broken", "refused": "broken",
    "overdue": "not yet rated", "contested": "not yet rated",
}  # fmt: skip
"""Polimètre's scale (Université Laval); "overdue" stays unrated: no promise is called broken before a term ends."""
