"""Indices: for each pair of actors and week, how many words and deeds of each quad class, and what stays open.

A week is an ISO week (Monday to Sunday) of the day a thing happened, else of its report. Deeds are actual events a
report tells in its own voice; every other event is words. Actors are names as reports write them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from diurna.ledger.asking import Ask, Kept
from diurna.ledger.between import Lives
from diurna.ledger.linked import KeptCrossGap, KeptLife
from diurna.ledger.view import View
from diurna.model.record import Event, Party

COLUMNS = (
    *("week", "actor", "other"),
    *(f"deeds_{quad}" for quad in range(1, 5)),
    *(f"words_{quad}" for quad in range(1, 5)),
    *("threats_open", "promises_overdue", "denials_overturned", "killed_low", "killed_high"),
)
"""Of a row: the Monday the week begins on, two names, counts; the last two are the spread of numbers of killed."""

_LAST = "9999-12-31"


@dataclass(slots=True)
class _Week:
    """What one actor did and said to another in one week."""

    counts: Counter[str] = field(default_factory=Counter)
    killed: list[int] = field(default_factory=list)


def indices(view: View, ask: Ask) -> Iterator[dict[str, str | int | None]]:
    """Rows with the names of `COLUMNS`, by week and names.

    Args:
        ask: its actor, outlet, since and until narrow what is counted.
    """
    weeks: dict[tuple[str, str, str], _Week] = defaultdict(_Week)
    for kept in view.events(Ask(actor=ask.actor, outlet=ask.outlet, since=ask.since, until=ask.until)):
        _count_event(kept, weeks)
    for gap in view.any_gaps(
        Ask(kinds=("denied_deed",), outlet=ask.outlet, since=ask.since, until=ask.until), ("gap",)
    ):
        if isinstance(gap, KeptCrossGap):
            _count_denial(view, gap, weeks)
    _count_lives(view, ask, weeks)
    for (week, actor, other), found in sorted(weeks.items()):
        row: dict[str, str | int | None] = {"week": week, "actor": actor, "other": other}
        row |= {name: found.counts[name] for name in COLUMNS[3:-2]}
        row |= {"killed_low": min(found.killed, default=None), "killed_high": max(found.killed, default=None)}
        yield row


def monday(day: str) -> str:
    """The Monday of the week of an ISO day."""
    date = dt.date.fromisoformat(day)
    return (date - dt.timedelta(days=date.weekday())).isoformat()


def _count_event(kept: Kept[Event], weeks: dict[tuple[str, str, str], _Week]) -> None:
    event, names = kept.record, dict(kept.names)
    day = event.happened_at.earliest[:10] if event.happened_at and event.happened_at.earliest else kept.report.day
    if not day:
        return
    deed = event.realis == "actual" and event.attributed_to is None
    for actor in _names(event.actors, names):
        for other in _names(event.recipients, names) or [""]:
            week = weeks[monday(day), actor, other]
            week.counts[f"{'deeds' if deed else 'words'}_{event.quad}"] += 1
            number = event.numbers.killed if event.realis == "actual" else None
            week.killed += [end for end in (number.low, number.high) if end is not None] if number else []


def _names(parties: Iterable[Party], names: dict[str, str]) -> list[str]:
    return list(dict.fromkeys(names.get(one.actor or "", one.text) for one in parties))


def _count_denial(view: View, gap: KeptCrossGap, weeks: dict[tuple[str, str, str], _Week]) -> None:
    """A denial that a later report's deed goes against counts in the week of that report."""
    reading = view.reading(gap.found.left.report)
    said = reading.record(gap.found.left.record) if reading else None
    speaker = getattr(said, "speaker", None)
    if speaker and speaker.text and gap.found.right.day:
        weeks[monday(gap.found.right.day), speaker.text, ""].counts["denials_overturned"] += 1


def _count_lives(view: View, ask: Ask, weeks: dict[tuple[str, str, str], _Week]) -> None:
    """Threats open and promises overdue at the end of each week that is there for other reasons, or of their own."""
    asked = Ask(actor=ask.actor, outlet=ask.outlet, kinds=("threat", "promise", "agreement"))
    lives = list(view.lives(asked, Lives(_LAST)))
    known = {week for week, _, _ in weeks}
    known |= {monday(one.life.opened.day) for one in lives if _within(one.life.opened.day, ask)}
    for one in lives:
        for week in sorted(known):
            _count_life(one, week, weeks)


def _within(day: str, ask: Ask) -> bool:
    return (ask.since or "") <= day <= (ask.until or _LAST)


def _count_life(one: KeptLife, week: str, weeks: dict[tuple[str, str, str], _Week]) -> None:
    life, end = one.life, (dt.date.fromisoformat(week) + dt.timedelta(days=6)).isoformat()
    if end < life.opened.day or not life.by:
        return
    state = life.on(end).state
    if life.kind == "threat" and state == "open":
        weeks[week, life.by, life.to or ""].counts["threats_open"] += 1
    elif life.kind != "threat" and state == "overdue":
        weeks[week, life.by, life.to or ""].counts["promises_overdue"] += 1
