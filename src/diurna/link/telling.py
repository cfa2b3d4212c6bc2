"""A telling: one clause of one report, ready to be held against those of others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from diurna.link.acts import NO_ACT, Act
from diurna.link.counts import Count
from diurna.link.partynames import Party
from diurna.link.redeeming import Standing
from diurna.link.wording import Wording
from diurna.model.across import Exhibited
from diurna.model.timevalue import TimeValue

Force = Literal["promise", "agreement", "demand", "threat", "refusal", "assert", "deny", "admit", "tell", "withdraw"]
Real = Literal["actual", "future", "possible"]


@dataclass(frozen=True, slots=True)
class Telling:
    """One clause of one report, ready to be held against those of others.

    Attributes:
        place: the characters it rests on and the record found there.
        day: of its report; None where nobody knows, and then it is compared with nothing.
        force: what is done by saying it; "tell" is the report's own voice.
        teller: whose words it is, None in the report's own voice; `cue` is the verb of saying, "" without one.
        doer: whose act it is about; NOBODY where the clause names none.
        target: of whom something is demanded, to whom it is promised.
        turned: the cue turns the content round ("refused to").
        real: whether it is told as having happened.
        own: the teller speaks of his own doing or for the doer; told_by: who tells that he said it, None the report.
        verbed: a verb was found in it; act: what it says is done; organ: the outlet is a party's own.
        breach: its sentence says that what is done goes against a truce.
        aside: it stands in a clause of time or reason, so that it may move a commitment but makes no gap.
        standing: what its sentence itself says that the deed does to a word given before.
        context: names in the block it stands in, up to its own end.
        times: what the clause itself says of when; due: the last day for doing it.
    """

    place: Exhibited
    day: dt.date | None
    force: Force
    teller: Party | None
    cue: str
    doer: Party
    target: Party
    words: Wording
    turned: bool
    real: Real
    own: bool
    times: tuple[TimeValue, ...]
    due: TimeValue | None
    condition: str | None
    counts: tuple[Count, ...]
    names: frozenset[tuple[str, ...]]
    head: str
    outlet: str = ""
    told_by: Party | None = None
    context: frozenset[tuple[str, ...]] = frozenset()
    verbed: bool = True
    act: Act = NO_ACT
    organ: bool = False
    breach: bool = False
    aside: bool = False
    standing: Standing = ""

    @property
    def id(self) -> str:
        """The id of the record it rests on."""
        return self.place.record

    @property
    def due_day(self) -> dt.date | None:
        """The last day for doing it."""
        return self.due.last_day if self.due else None


def in_time(one: Telling) -> tuple[dt.date, str, int, int, str, str]:
    """The order of tellings: by day, then report, then place."""
    place = one.place
    return one.day or dt.date.min, place.report, *place.span, place.record, one.force
