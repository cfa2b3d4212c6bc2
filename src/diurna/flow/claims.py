"""The claims of each story of a ledger: who said a thing first, who repeats it, who disputes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from diurna.ledger.view import View
from diurna.link.claims import Grouped, claims_among, voices
from diurna.link.telling import Telling
from diurna.link.tellings import tellings_of
from diurna.model.canon import Story, StoryReport
from diurna.model.claim import Claim, Part, Voice
from diurna.model.record import Reading, Statement

_PARTS: dict[str, Part] = {part: part for part in get_args(Part)}


def claims_of(view: View, stories: Iterable[Story], least: int = 2) -> Iterator[Claim]:
    """The claims of each story, those with the most voices first.

    Args:
        least: reports a claim must stand in, those that dispute it among them.
    """
    for story in stories:
        readings = {one.id: reading for one in story.reports if (reading := view.reading(one.id))}
        members = {one.id: one for one in story.reports}
        told = [telling for reading in readings.values() for telling in tellings_of(reading)]
        found = [_claim(story, one, members, readings) for one in claims_among(told)]
        kept = [one for one in found if len({voice.report for voice in one.voices}) >= least]
        yield from sorted(kept, key=lambda one: (not one.disputed, -len(one.voices), one.voices[0].day, one.id))


def _claim(story: Story, one: Grouped, members: dict[str, StoryReport], readings: dict[str, Reading]) -> Claim:
    rows = tuple(
        _voice(telling, _PARTS[part], why, members[telling.place.report], readings[telling.place.report])
        for telling, part, why in voices(one)
    )
    return Claim(story.id, story.title, one.first.place.quote, rows)


def _voice(telling: Telling, part: Part, why: str, member: StoryReport, reading: Reading) -> Voice:
    place = telling.place
    said = reading.record(place.record)
    speaker = " ".join(said.speaker.text.split()) if isinstance(said, Statement) else ""
    actor = reading.actor(said.speaker.actor) if isinstance(said, Statement) else None
    name = actor.name if actor else speaker or "a source that is not named"
    return Voice(
        part, name, member.outlet, member.day, member.origin, place.report, place.record, place.span, place.quote, why
    )
