"""New reports of a ledger put to their stories; of the stories there, those alone are read that they may join."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from diurna.flow.relink import day_of
from diurna.ledger.linked import KeptStory, StoryChanges, StoryMarks
from diurna.ledger.shelving import StoriesKept
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.store import Ledger
from diurna.link.copies import CopyFinder
from diurna.link.joining import Cluster
from diurna.link.origins import near_in_time, with_origins
from diurna.link.shelves import Shelves
from diurna.link.stories import Incoming, StoryFinder, StoryOptions, packed, restored
from diurna.link.storywords import Rarity
from diurna.model.canon import Story, StoryReport, story_id
from diurna.model.record import Reading
from diurna.model.report import NO_LANGUAGE


def put_to_stories(ledger: Ledger, readings: Sequence[Reading]) -> StoryChanges:
    """The stories that new reports found or join; rows of data are in none, being no accounts of their own."""
    new = [Incoming(one.report, day_of(one)) for one in readings if one.report.language != NO_LANGUAGE]
    with ledger.snapshot() as connection:
        kept = StoriesKept(connection)
        known, before = kept.those_in(one.report.id for one in new), kept.marks()
        finder = _finder(kept, before)
        finder.add(one for one in new if one.report.id not in known)
        earlier = kept.stories([number for number in sorted(finder.changed) if number <= before.last])
    here = {one.report.id: one for one in new}
    members = {number: finder.cluster(number).members for number in sorted(finder.changed)}
    here |= _members(ledger, [one for row in members.values() for one in row if one not in here])
    gone, filed = finder.shelves.changes()
    stories = []
    for number, row in members.items():
        story = _story(row, here, earlier.get(number))
        stories.append(KeptStory(number, story, finder.changed[number], packed(finder.cluster(number))))
    return StoryChanges(
        stories, gone, filed, {int(word, 16): count for word, count in finder.rarity.counts().items()}, before,
        StoryMarks(max(before.last, *members, -1), finder.touch, finder.rarity.reports),
    )  # fmt: skip


def _finder(kept: StoriesKept, before: StoryMarks) -> StoryFinder:
    """Puts reports to the stories of a ledger, reading no more of it than they need."""

    def counts_of(words: Iterable[str]) -> dict[str, int]:
        found = kept.words(int(word, 16) for word in words)
        return {f"{word:08x}": count for word, count in found.items()}

    def clusters_of(numbers: Sequence[int]) -> dict[int, Cluster]:
        return {number: restored(state) for number, state in kept.states(numbers).items()}

    options = StoryOptions()
    return StoryFinder(
        options, rarity=Rarity(before.reports, counts_of), clusters_of=clusters_of,
        shelves=Shelves(options.remembered, kept.shelves),
        last=before.last, touch=before.touch,
    )  # fmt: skip


def _story(ids: Sequence[str], here: dict[str, Incoming], earlier: Story | None) -> Story:
    """A story as it is kept, its origins counted anew.

    Args:
        earlier: as it was: of members no report has joined near, what was found out about copies holds.
    """
    rows = [here[one] for one in ids if one in here]
    before = _settled(rows, earlier)
    copies = CopyFinder()
    unsettled = [one for one in rows if one.report.id not in before] if len(rows) > 1 else []
    unsettled.sort(key=lambda one: (one.day or "9999", one.report.id))
    copied = {one.report.id: copies.add(one.report.id, one.report.text) for one in unsettled}
    days = sorted(one.day for one in rows if one.day)
    founder = rows[0].report
    title = founder.title or " ".join(founder.text.split())[:120]
    reports = with_origins(rows, copied, before)
    return Story(story_id(ids[0]), title, reports, days[0] if days else "", days[-1] if days else "")


def _settled(rows: Sequence[Incoming], earlier: Story | None) -> dict[str, StoryReport]:
    """Members from before that none of the new ones can be a copy of, or copied by."""
    if earlier is None:
        return {}
    known = {one.id: one for one in earlier.reports}
    new = {one.day for one in rows if one.report.id not in known}
    return {key: one for key, one in known.items() if not any(near_in_time(one.day, day) for day in new)}


def _members(ledger: Ledger, ids: Sequence[str]) -> dict[str, Incoming]:
    """Members that stories had before."""

    def find(snapshot: Snapshot) -> dict[str, Incoming]:
        found = {}
        for one in ids:
            numbers = snapshot.reading_numbers(one, all_versions=False)
            if numbers:
                found[one] = Incoming(snapshot.report(numbers[-1]), snapshot.facts_of(numbers[-1])[0].day)
        return found

    return ledger.view().answer(find)
