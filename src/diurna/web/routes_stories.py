"""Stories among the newest reports: the same matter, told by whom, and on how many independent origins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from diurna.flow.relink import find_stories
from diurna.ledger import between, lookup
from diurna.ledger.asking import Ask
from diurna.ledger.snapshot import Snapshot
from diurna.model.canon import Story, StoryReport
from diurna.model.record import Actor, Event
from diurna.web.contexts import Count, Origin, StoriesPage, StoryPage
from diurna.web.respond import NotFoundError, answer, moment_of, room_of, visitor
from diurna.web.room import Room
from diurna.web.schemas import shows
from diurna.web.typeset import event_words

router = APIRouter()

LOOKED = 300
"""Newest reports that are put to stories: a second's work, done again only when the ledger changes."""


def newest_stories(snapshot: Snapshot) -> tuple[Story, ...]:
    """Stories of the newest reports, those with most independent origins first, then the latest.

    Those the ledger keeps; where nothing is linked yet they are found here.
    """
    found = list(between.stories_page(snapshot, Ask(), 1, LOOKED, None).rows)
    if not found:
        found = find_stories(snapshot.reading(seq) for seq in lookup.newest_readings(snapshot, LOOKED))
    found.sort(key=lambda story: story.last, reverse=True)
    found.sort(key=lambda story: (-story.origins, -len(story.reports)))
    return tuple(found)


def told_by_several(stories: Sequence[Story]) -> tuple[Story, ...]:
    """Those of more than one report."""
    return tuple(story for story in stories if len(story.reports) > 1)


def known_stories(room: Room, moment: str | None) -> tuple[Story, ...]:
    """The same, found again only when reports have come."""
    return room.once(moment, "stories", newest_stories, judged=False)


@router.get("/stories", summary="Stories: reports of the same matter", responses=shows(StoriesPage))
def stories(request: Request) -> Response:
    """Stories among the newest reports."""
    visitor(request)
    found = known_stories(room_of(request), moment_of(request))
    page = StoriesPage(found, sum(len(story.reports) for story in found))
    return answer(request, "stories.html", "stories", page)


@router.get("/stories/{story}", summary="A story: its origins and its numbers", responses=shows(StoryPage))
def story_page(request: Request, story: str) -> Response:
    """Which reports rest on which origin and why, and the numbers they give."""
    visitor(request)
    room, moment = room_of(request), moment_of(request)
    found = known_stories(room, moment)
    one = next((one for one in found if one.id == story), None)
    one = one or room.view(moment).answer(lambda snapshot: between.story(snapshot, story))
    if one is None:
        raise NotFoundError(f"no story {story} is among the newest {LOOKED} reports known then")
    page = room.once(moment, ("story", story), lambda snapshot: _story(snapshot, one))
    return answer(request, "story.html", "stories", page)


def _story(snapshot: Snapshot, story: Story) -> StoryPage:
    numbers = {one.id: snapshot.reading_numbers(one.id, all_versions=False)[-1] for one in story.reports}
    snapshot.ahead(sorted(numbers.values()))
    rows = defaultdict(list)
    for one in story.reports:
        rows[one.origin].append((one, snapshot.facts_of(numbers[one.id])[0].title or ""))
    origins = tuple(Origin(number, tuple(some)) for number, some in sorted(rows.items()))
    of = {numbers[one.id]: one for one in story.reports}
    counts = [
        count
        for seq, event, actors in lookup.counted_events(snapshot, list(of))
        for count in _counts(event, actors, of[seq], snapshot.facts_of(seq)[0].outlet or "")
    ]
    order = {one.id: at for at, one in enumerate(story.reports)}
    counts.sort(key=lambda one: (one.what, one.day, order[one.report]))
    return StoryPage(story, origins, tuple(counts), lookup.gaps_of_reports(snapshot, list(numbers)), LOOKED)


def _counts(event: Event, actors: dict[str, Actor], member: StoryReport, outlet: str) -> Iterator[Count]:
    n = event.numbers
    for what, number in (
        ("killed", n.killed), ("injured", n.injured), ("arrested", n.arrested), ("took part", n.participants),
    ):  # fmt: skip
        if number:
            yield Count(
                what, number.text, number.low, number.high, member.origin, outlet, member.day,
                event_words(event, actors), member.id, event.id,
            )  # fmt: skip
