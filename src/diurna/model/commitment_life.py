"""The life of a commitment: its state on a day, and the moves that brought it there, each with its evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from diurna.model.across import Exhibited
from diurna.model.record import CommitmentKind

CommitmentStateName = Literal[
    "open", "progressing", "kept", "partly kept", "broken", "withdrawn", "refused", "overdue", "contested"
]
MoveKind = Literal[
    "opened", "step", "kept", "part", "not done", "broken", "withdrawn", "refused", "denied", "due passed"
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
    """

    on: str
    kind: MoveKind
    to: CommitmentStateName
    why: str
    by: Exhibited | None = None
    criterion: int | None = None


@dataclass(frozen=True, slots=True)
class CommitmentState:
    """A commitment as it stands on one day.

    Attributes:
        commitment: id of the commitment, or of the telling that opened it; `kind` and `act` are its own.
        on: the ISO day asked for; state: on its evening, from what was published up to it.
        due: the last ISO day it is to be done by, None where none is named.
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
