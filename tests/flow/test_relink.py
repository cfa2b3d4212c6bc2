"""Readings become stories in one go or bit by bit, with titles, days, origins and ids that stay."""

from __future__ import annotations

import datetime as dt
import json

from diurna.flow.relink import Linker, find_stories
from diurna.model.canon import story_id
from diurna.model.record import Reading
from diurna.model.timevalue import day_value
from tests.link.story_builders import FIRE, TALKS, VOTE, report
from tests.link.test_stories import FIRE_LATER


def reading(key: str, text: str, day: int | None = 1, outlet: str | None = None) -> Reading:
    value = day_value(dt.date(2031, 3, day), str(day)) if day else None
    return Reading(report(key, text, outlet, title=None), anchor=value)


ROWS = [
    reading("f1", FIRE, 1, "Selm Courier"),
    reading("v1", VOTE, 1, "Orlund Echo"),
    reading("t1", TALKS, 2),
    reading("f2", FIRE.replace("six", "seven"), 2, "Vessar Mail"),
    reading("f3", FIRE_LATER, 3, "Coast Radio"),
]


def test_a_story_has_its_reports_days_and_independent_origins() -> None:
    (story,) = [one for one in find_stories(ROWS) if len(one.reports) > 1]
    assert [one.id for one in story.reports] == ["f1", "f2", "f3"]
    assert (story.first, story.last, story.origins) == ("2031-03-01", "2031-03-03", 2)
    assert story.id == story_id("f1")
    assert story.title.startswith("The harbour of Port Selm")


def test_what_is_new_joins_the_story_under_its_id() -> None:
    linker = Linker()
    linker.add(ROWS[:3])
    before = [one.id for one in linker.stories()]
    linker.add(ROWS[3:])
    assert [one.id for one in linker.stories()] == before
    assert {one.id for one in linker.stories()} == {one.id for one in find_stories(ROWS)}


def test_a_story_is_json_of_the_contract() -> None:
    row = json.loads(json.dumps(find_stories(ROWS)[0].to_dict()))
    assert {"id", "title", "reports", "origins", "first", "last"} <= row.keys()
    assert {"id", "source_id"} <= row["reports"][0].keys()


def test_reports_without_a_day_have_none() -> None:
    (story,) = find_stories([reading("x", TALKS, None)])
    assert (story.first, story.last) == ("", "")


def test_no_readings_make_no_stories() -> None:
    assert find_stories([]) == []
