"""The lives of commitments: opened by one report, moved by later ones, with the state on any day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from diurna.link.acts import EXISTS
from diurna.link.blocks import Blocks
from diurna.link.matching import short
from diurna.link.moves import criteria, moves_by
from diurna.link.partynames import CanonicalId, normalised_name
from diurna.link.telling import Telling
from diurna.link.tellings import tellings_of
from diurna.model.commitment_life import CommitmentState, CommitmentStateName, Move, MoveKind
from diurna.model.record import CommitmentKind, Reading

_OPENING: dict[str, CommitmentKind] = {
    "promise": "promise", "agreement": "agreement", "demand": "demand", "threat": "threat",
}  # fmt: skip
REACH = 550
"""Days after which a telling moves a commitment no more."""
CROWD = 2000
"""Tellings that share a party and a thing, above which they say too little to look at."""


@dataclass(frozen=True, slots=True)
class Life:
    """One commitment with all that moved it, the oldest first."""

    opening: Telling
    kind: CommitmentKind
    criteria: tuple[str, ...]
    moves: tuple[Move, ...]

    def on(self, day: dt.date) -> CommitmentState:
        """The state on the evening of `day`, from what was published up to it."""
        moves = [m for m in self.moves if m.on <= day.isoformat()]
        parts: dict[int, CommitmentStateName] = dict.fromkeys(range(len(self.criteria)), "open")
        for move in moves:
            if move.criterion is not None:
                parts[move.criterion] = move.to
        return CommitmentState(
            commitment=self.opening.id,
            kind=self.kind,
            act=self.opening.place.quote,
            on=day.isoformat(),
            state=state_after(moves, len(self.criteria), due=self.opening.due_day is not None),
            due=self.opening.due_day.isoformat() if self.opening.due_day else None,
            criteria=tuple((text, parts[number]) for number, text in enumerate(self.criteria)),
            moves=tuple(moves),
        )


def lives_of(readings: Iterable[Reading], *, who: CanonicalId = normalised_name) -> tuple[Life, ...]:
    """The life of every commitment the readings open, in the order they were made.

    Args:
        who: the canonical id of an actor of a report; by default its normalised name.
    """
    return lives_among([t for reading in readings for t in tellings_of(reading, who)])


def lives_among(tellings: Iterable[Telling]) -> tuple[Life, ...]:
    """The life of every commitment that tellings of many reports open, in the order they were made."""
    rows = sorted(
        (t for t in tellings if t.day is not None),
        key=lambda t: (t.day or dt.date.min, t.place.report, t.place.span, t.place.record, t.force),
    )
    blocks = Blocks(rows, CROWD)
    return tuple(life(rows[n], [rows[k] for k in blocks.partners(n, wide=True)]) for n in openings(rows))


def due_between(lives: Iterable[Life], first: dt.date, last: dt.date) -> tuple[CommitmentState, ...]:
    """States on `last` of commitments that fall due in these days and are not yet kept, the next due first."""
    found = [life.on(last) for life in lives if life.opening.due_day and first <= life.opening.due_day <= last]
    waiting = [state for state in found if state.state in ("open", "progressing", "overdue", "refused", "contested")]
    return tuple(sorted(waiting, key=lambda state: (state.due or "", state.commitment)))


def openings(tellings: Sequence[Telling]) -> Iterator[int]:
    """Numbers of the tellings that open a commitment; the second half of a clause that opened one opens none."""
    before: dict[str, list[Telling]] = defaultdict(list)
    for number, one in enumerate(tellings):
        if one.force not in _OPENING or not one.act.verb or one.act.verb == EXISTS:
            continue
        mine = before[one.place.report]
        if not any(other.place.span.contains(one.place.span) for other in mine):
            yield number
        mine.append(one)


def life(opening: Telling, tellings: Sequence[Telling]) -> Life:
    """The life of one commitment; `tellings` are what may have moved it, the oldest first."""
    start = opening.day or dt.date.min
    named = criteria(opening)
    opened = Move(start.isoformat(), "opened", "open", f"opened by {short(opening.place.quote)}", opening.place)
    moves, seen = [opened], set()
    for one in tellings:
        if one.day is None or not 0 <= (one.day - start).days <= REACH or one.place.report == opening.place.report:
            continue
        for move in moves_by(opening, one, named):
            if (move.on, move.kind, move.criterion) not in seen:
                seen.add((move.on, move.kind, move.criterion))
                moves.append(move)
    if opening.due_day is not None:
        after = opening.due_day + dt.timedelta(days=1)
        why = f"the day named, {opening.due_day.isoformat()}, passed"
        moves.append(Move(after.isoformat(), "due passed", "overdue", why))
    moves.sort(key=lambda m: (m.on, _ORDER.index(m.kind)))
    return Life(opening, _OPENING.get(opening.force, "promise"), named, tuple(moves))


_ORDER: tuple[MoveKind, ...] = (
    "opened", "due passed", "step", "part", "kept", "not done", "broken", "refused", "withdrawn", "denied",
)  # fmt: skip


# The state that moves lead to


@dataclass(slots=True)
class _Standing:
    """Where a commitment stands while its moves are gone through; `some`: a part of it was done; `over`: late."""

    state: CommitmentStateName = "open"
    some: bool = False
    over: bool = False


def state_after(moves: Sequence[Move], criteria_count: int, *, due: bool) -> CommitmentStateName:
    """The state after these moves.

    Args:
        criteria_count: how many criteria it has; due: whether it names a day.
    """
    at, parts = _Standing(), dict[int, bool]()
    for move in moves:
        if move.kind == "due passed":
            at.over = True
        if move.criterion is not None:
            parts[move.criterion] = move.kind == "kept"
            at.state = _by_parts(criteria_count, parts, at.state, over=at.over or not due)
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
    elif move.kind == "not done":
        at.state = "partly kept" if at.some and (at.over or not due) else at.state
    elif move.kind in ("step", "part"):
        at.state, at.some = (at.state if settled else "progressing"), at.some or move.kind == "part"
    elif move.kind == "denied":
        at.state = "contested" if at.state in ("kept", "broken", "partly kept") else at.state
    else:
        at.state = move.to
