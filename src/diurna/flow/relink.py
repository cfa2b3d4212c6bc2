"""Readings or reports into stories, in the order they come: what is new joins what is there."""

from __future__ import annotations

from collections.abc import Iterable

from diurna.link.copies import CopyFinder
from diurna.link.origins import with_origins
from diurna.link.stories import Incoming, StoryFinder
from diurna.model.canon import Copied, Story, story_id
from diurna.model.record import Reading


class Linker:
    """The links among the reports added so far."""

    def __init__(self) -> None:
        self._finder, self._copies = StoryFinder(), CopyFinder()
        self._reports: dict[str, Incoming] = {}
        self._copied: dict[str, list[Copied]] = {}
        self._stories: dict[str, Story] = {}

    def add(self, readings: Iterable[Reading]) -> None:
        """Link new readings to those before; of a report that is known already the first version stays."""
        fresh: dict[str, Incoming] = {}
        for reading in readings:
            report = reading.report
            if report.id not in self._reports:
                fresh.setdefault(report.id, Incoming(report, day_of(reading)))
        self._finder.add(fresh.values())
        self._reports.update(fresh)
        for one in fresh.values():
            self._copied[one.report.id] = self._copies.add(one.report.id, one.report.text)

    def stories(self) -> list[Story]:
        """All stories, in the order they were founded."""
        return [self._story(members) for members in self._finder.groups]

    def _story(self, ids: tuple[str, ...]) -> Story:
        """The story of these reports; made anew only when one has joined."""
        made = self._stories.get(ids[0])
        if made is None or len(made.reports) != len(ids):
            made = self._stories[ids[0]] = self._made(ids)
        return made

    def _made(self, ids: tuple[str, ...]) -> Story:
        members = [self._reports[one] for one in ids]
        days = sorted(one.day for one in members if one.day)
        founder = members[0].report
        title = founder.title or " ".join(founder.text.split())[:120]
        reports = with_origins(members, self._copied)
        return Story(story_id(founder.id), title, reports, days[0] if days else "", days[-1] if days else "")


def day_of(reading: Reading) -> str:
    """The ISO day a report is of: when it was published, else the day it speaks from, else ""."""
    value = reading.report.published or reading.anchor
    return value.earliest[:10] if value and value.earliest else ""


def find_stories(readings: Iterable[Reading]) -> list[Story]:
    """The stories of these readings, e.g. of `ledger.view().readings()`."""
    linker = Linker()
    linker.add(readings)
    return linker.stories()
