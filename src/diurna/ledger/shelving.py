"""Keeping stories, and giving back of them what new reports are held against."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, and_, bindparam, delete, exists, func, insert, select, update

from diurna.ledger import schema as t
from diurna.ledger.chunks import chunks
from diurna.ledger.dialects import Dialect
from diurna.ledger.linked import KeptStory, StoryChanges, StoryMarks
from diurna.ledger.pack import to_json
from diurna.ledger.schema import column
from diurna.model.canon import Story
from diurna.model.codec import decode, encode

_REPORTS = "story reports"


class StoriesKept:
    """What stands in a ledger of its stories, as of one moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def marks(self) -> StoryMarks:
        """How far stories have come."""
        s, state = t.stories.c, t.link_state.c
        last, touch = self._connection.execute(select(func.max(s.seq), func.max(s.touched))).one()
        body = self._connection.execute(select(state.body).where(state.name == _REPORTS)).scalar()
        return StoryMarks(last or 0, touch or 0, int(body) if body else 0)

    def those_in(self, reports: Iterable[str]) -> set[str]:
        """Those of the reports, by their ids, that have a story."""
        r, m, found = t.reports.c, t.story_reports.c, set[str]()
        for some in chunks(list(reports)):
            asked = select(r.id).where(r.id.in_(some), exists().where(m.report == r.seq))
            found.update(self._connection.execute(asked).scalars())
        return found

    def shelves(self, wanted: Sequence[int]) -> dict[int, dict[int, int]]:
        """What stands on these shelves: stories with when they were touched, the latest last."""
        s, found = t.story_shelves.c, dict[int, dict[int, int]]()
        for some in chunks(wanted):
            asked = select(s.shelf, s.story, s.touched).where(s.shelf.in_(some)).order_by(s.shelf, s.touched)
            for shelf, story, touched in self._connection.execute(asked):
                found.setdefault(shelf, {})[story] = touched
        return found

    def states(self, stories: Sequence[int]) -> dict[int, bytes]:
        """The states of these stories, by their numbers."""
        s, found = t.stories.c, dict[int, bytes]()
        for some in chunks(stories):
            asked = select(s.seq, s.state).where(s.seq.in_(some))
            found.update((row[0], row[1]) for row in self._connection.execute(asked))
        return found

    def stories(self, wanted: Sequence[int]) -> dict[int, Story]:
        """These stories as they are shown, by their numbers."""
        s, found = t.stories.c, dict[int, Story]()
        for some in chunks(wanted):
            asked = select(s.seq, s.body).where(s.seq.in_(some))
            found.update((row[0], story_of(row[1])) for row in self._connection.execute(asked))
        return found

    def words(self, wanted: Iterable[int]) -> dict[int, int]:
        """In how many reports these words, by their hashes, have stood."""
        w, found = t.story_words.c, dict[int, int]()
        for some in chunks(sorted(wanted)):
            asked = select(w.word, w.reports).where(w.word.in_(some))
            found.update((row[0], row[1]) for row in self._connection.execute(asked))
        return found


def story_of(body: str) -> Story:
    """A story from its row."""
    return decode(Story, json.loads(body))


def keep_stories(connection: Connection, dialect: Dialect, changes: StoryChanges) -> None:
    """Write what putting reports to stories changed."""
    for one in changes.stories:
        _keep_story(connection, one, is_new=one.number > changes.before.last)
    if changes.gone:
        s = t.story_shelves.c
        gone = delete(t.story_shelves).where(and_(s.shelf == bindparam("at"), s.story == bindparam("of")))
        connection.execute(gone, [{"at": shelf, "of": story} for shelf, story in changes.gone])
    dialect.insert(connection, t.story_shelves, changes.filed)
    _keep_words(connection, dialect, changes.words)
    if changes.after.reports != changes.before.reports:
        connection.execute(delete(t.link_state).where(t.link_state.c.name == _REPORTS))
        connection.execute(insert(t.link_state).values(name=_REPORTS, body=str(changes.after.reports).encode()))


def _keep_words(connection: Connection, dialect: Dialect, words: Mapping[int, int]) -> None:
    for some in chunks(sorted(words)):
        connection.execute(delete(t.story_words).where(t.story_words.c.word.in_(some)))
    dialect.insert(connection, t.story_words, sorted(words.items()))


def _keep_story(connection: Connection, one: KeptStory, *, is_new: bool) -> None:
    story = one.story
    values = {
        "title": column(story.title), "first": story.first, "last": story.last, "reports": len(story.reports),
        "origins": story.origins, "touched": one.touched, "body": to_json(encode(story)), "state": one.state,
    }  # fmt: skip
    if is_new:
        connection.execute(insert(t.stories).values(seq=one.number, id=story.id, **values))
    else:
        connection.execute(update(t.stories).where(t.stories.c.seq == one.number).values(**values))
    _join(connection, one.number, [report.id for report in story.reports])


def _join(connection: Connection, story: int, reports: Iterable[str]) -> None:
    """Have the story's reports point at it, those that do not yet."""
    r, m = t.reports.c, t.story_reports.c
    for some in chunks(list(reports)):
        asked = select(r.seq).where(r.id.in_(some), ~exists().where(m.report == r.seq))
        rows = [{"report": seq, "story": story} for seq in connection.execute(asked).scalars()]
        if rows:
            connection.execute(insert(t.story_reports), rows)
