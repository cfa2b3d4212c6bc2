"""Competing numbers: counts of one thing that cannot both hold, given by different sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from diurna.link.disputes import pair, who
from diurna.link.exhibits import Exhibit, Surroundings
from diurna.link.matching import Matter, same_matter, same_place, same_quantity, same_time, short
from diurna.link.pairing import Pair
from diurna.model.record import Event, Number, ScopeTest

Count = Literal["killed", "injured", "arrested", "participants"]

_MOST = 60
"""Counts of one kind compared a report; more stand in a list, not in a dispute."""


@dataclass(frozen=True, slots=True)
class _Toll:
    count: Count
    number: Number
    event: Event
    exhibit: Exhibit


def find_tolls(around: Surroundings) -> Iterator[Pair]:
    """Pairs of counts of one thing at one time and place by different sources, tested."""
    for count in get_args(Count):
        tolls = [
            _Toll(count, number, event, around.deed(event))
            for event in around.reading.events
            if (number := getattr(event.numbers, count)) is not None and event.realis == "actual"
        ][:_MOST]
        for place, one in enumerate(tolls):
            for other in tolls[place + 1 :]:
                found = _compare(around, one, other)
                if found:
                    yield found


def _compare(around: Surroundings, one: _Toll, other: _Toll) -> Pair | None:
    if one.number.span == other.number.span or (one.number.low, one.number.high) == (
        other.number.low,
        other.number.high,
    ):
        return None
    matter = same_matter(one.exhibit.words, other.exhibit.words, around.apart)
    quantity = same_quantity(one.number, other.number)
    if quantity.result == "pass":
        return None
    tests = [
        _two_sources(around, one, other),
        _same_thing(one, other, matter),
        same_time(one.event.happened_at, other.event.happened_at),
        same_place(one.event.place, other.event.place),
        ScopeTest("opposite polarity", "pass", quantity.why),
    ]
    reason = (
        f"{_source(around, one)} gives {short(one.number.text)} {_WORDS[one.count]}, "
        f"{_source(around, other)} {short(other.number.text)}."
    )
    return pair("competing_numbers", one.exhibit, other.exhibit, tests, matter, reason, around)


_WORDS: dict[Count, str] = {
    "killed": "killed", "injured": "injured", "arrested": "arrested", "participants": "taking part",
}  # fmt: skip


def _two_sources(around: Surroundings, one: _Toll, other: _Toll) -> ScopeTest:
    tellers = [around.teller_of(toll.exhibit) for toll in (one, other)]
    if tellers[0] is None and tellers[1] is None:
        return ScopeTest("same actor", "fail", "the report gives both numbers in its own voice")
    if tellers[0] and tellers[1]:
        sides = [around.parties.of_speaker(t.speaker) for t in tellers if t]
        if around.parties.kin(*sides).close:
            return ScopeTest("same actor", "fail", "both numbers come from one source")
    return ScopeTest("same actor", "pass", "the numbers come from two sources")


def _same_thing(one: _Toll, other: _Toll, matter: Matter) -> ScopeTest:
    if one.event.type != other.event.type:
        return ScopeTest("same matter", "fail", "the numbers belong to different kinds of event")
    if matter.test.result == "pass" or one.event.trigger == other.event.trigger:
        return (
            matter.test if matter.test.result == "pass" else ScopeTest("same matter", "pass", "both are of one event")
        )
    return ScopeTest("same matter", "unknown", "the report does not say whether both numbers are of one event")


def _source(around: Surroundings, toll: _Toll) -> str:
    teller = around.teller_of(toll.exhibit)
    return who(around.statement(teller)) if teller else "the report"
