"""Competing numbers: counts of one thing that cannot both hold, given by different sources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from diurna.link.exhibits import Exhibit, Surroundings
from diurna.link.matching import Matter, same_matter, same_place, same_quantity, same_time, short
from diurna.link.matters import lexicon, stem
from diurna.link.pairing import Pair
from diurna.link.voices import pair, who
from diurna.model.record import Event, Number, ScopeTest

Count = Literal["killed", "injured", "arrested", "participants"]

_NEAR = 2
"""Paragraphs apart within which two counts without time and place may be of one event."""

_PART_BEFORE = re.compile(
    r"\b(?:another|including|among them|further|additional|also|aged)\s+(?:[\w-]+\s+)?$", re.IGNORECASE
)
_PART_AFTER = re.compile(r"[-‑ ]years?[-‑ ]old|\s+(?:of|more|other|others)\b", re.IGNORECASE)
_NOUN = re.compile(r"\s+(?:or more\s+)?(?P<noun>(?:[\w’'-]+\s+)?[\w’'-]+)")

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
    if one.number.span == other.number.span:
        return None
    quantity = same_quantity(one.number, other.number)
    if quantity.result == "pass" or any(_is_part(around.text, toll.number) for toll in (one, other)):
        return None
    matter = same_matter(one.exhibit.words, other.exhibit.words, around.apart)
    when = same_time(one.event.happened_at, other.event.happened_at)
    where = same_place(one.event.place, other.event.place)
    tests = [
        _two_sources(around, one, other),
        _same_thing(around, one, other, matter, known="pass" in (when.result, where.result)),
        when,
        where,
        _same_people(around.text, one.number, other.number),
        ScopeTest("opposite polarity", "pass", quantity.why),
    ]
    reason = (
        f"{_source(around, one)} gives {short(one.number.text)} {_WORDS[one.count]}, "
        f"{_source(around, other)} {short(other.number.text)}."
    )
    return pair("competing_numbers", one.exhibit, other.exhibit, tests, matter, reason)


def _is_part(text: str, number: Number) -> bool:
    """Whether a number is an age, or a part of a greater one ("two of them", "another three", "including one")."""
    before, after = (
        text[max(0, number.span.start - 30) : number.span.start],
        text[number.span.end : number.span.end + 20],
    )
    return bool(_PART_BEFORE.search(before) or _PART_AFTER.match(after))


def _same_people(text: str, one: Number, other: Number) -> ScopeTest:
    """Whether both numbers count the same kind of people."""
    nouns = [_counted(text, number) for number in (one, other)]
    if nouns[0] == nouns[1] or None in nouns:
        return ScopeTest("same quantity", "pass", "both count the same kind of people")
    phrases = [f"{n.text} {noun}".strip() for n, noun in zip((one, other), nouns, strict=True)]
    why = f"they count different people: “{phrases[0]}” and “{phrases[1]}”"
    return ScopeTest("same quantity", "fail", why)


def _counted(text: str, number: Number) -> str | None:
    """What a number counts beyond people at large ("nurses"), "" where it is people at large, None where unsaid."""
    found = _NOUN.match(text, number.span.end)
    if found is None:
        return None
    words = [word for word in found["noun"].split() if word.lower() not in lexicon().everyone]
    return " ".join(words[:2]).lower()


_WORDS: dict[Count, str] = {
    "killed": "killed", "injured": "injured", "arrested": "arrested", "participants": "taking part",
}  # fmt: skip


def _two_sources(around: Surroundings, one: _Toll, other: _Toll) -> ScopeTest:
    tellers = [around.teller_of(toll.exhibit) for toll in (one, other)]
    if tellers[0] is None and tellers[1] is None:
        return ScopeTest("same actor", "fail", "the report gives both numbers in its own voice")
    if tellers[0] is None or tellers[1] is None:
        return ScopeTest(
            "same actor", "unknown", "the report gives one of the numbers in its own voice, naming no source"
        )
    sides = [around.parties.of_speaker(t.speaker) for t in tellers if t]
    if around.parties.kin(*sides).close or _called_alike(*(t.speaker.text for t in tellers if t)):
        return ScopeTest("same actor", "fail", "both numbers come from one source")
    return ScopeTest("same actor", "pass", "the numbers come from two sources")


def _called_alike(one: str, other: str) -> bool:
    """Whether all that the shorter name of a source says is in the longer ("the archive", "data from the Archive")."""
    words = [{stem(w.lower()) for w in re.findall(r"[^\W\d_]{4,}", text)} - lexicon().stop for text in (one, other)]
    shorter, longer = sorted(words, key=len)
    return bool(shorter) and shorter <= longer


def _same_thing(around: Surroundings, one: _Toll, other: _Toll, matter: Matter, *, known: bool) -> ScopeTest:
    if one.event.type != other.event.type:
        return ScopeTest("same matter", "fail", "the numbers belong to different kinds of event")
    near = abs(around.block_of(one.number.span) - around.block_of(other.number.span)) <= _NEAR
    if matter.test.result == "pass" and (known or near):
        return matter.test
    return ScopeTest("same matter", "unknown", "the report does not say whether both numbers are of one event")


def _source(around: Surroundings, toll: _Toll) -> str:
    teller = around.teller_of(toll.exhibit)
    return who(around.statement(teller)) if teller else "the report"
