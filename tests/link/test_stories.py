"""Reports of one matter come together, whatever the order; what comes later joins, and what was founded stays."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.link.joining import Cluster
from diurna.link.stories import Incoming, StoryFinder, StoryOptions, days_apart, days_between
from diurna.link.storywords import Rarity, words_about
from tests.link.story_builders import FIRE, TALKS, VOTE, incoming, report

FIRE_LATER = "Eleven dockers died in the tanker fire at Port Selm, Danvar said; Vessaria keeps the grain pier closed."
VOTE_LATER = "Chancellor Reeve will bring a second pension bill to the Orlund parliament after Tuesday's defeat."
TALKS_LATER = (
    "Solt's offer to halve the Karnland trawler fleet divides fishing towns; Ostrava Minor wants lower quotas."
)
ALL = {
    "f1": FIRE, "f2": FIRE_LATER, "v1": VOTE, "v2": VOTE_LATER, "t1": TALKS, "t2": TALKS_LATER,
}  # fmt: skip
THREE = {frozenset({"f1", "f2"}), frozenset({"v1", "v2"}), frozenset({"t1", "t2"})}


def all_reports() -> list[Incoming]:
    return [incoming(key, text) for key, text in ALL.items()]


def found(finder: StoryFinder) -> set[frozenset[str]]:
    return {frozenset(group) for group in finder.groups}


@pytest.mark.parametrize("seed", range(6))
def test_order_makes_no_difference_within_a_batch(seed: int) -> None:
    rows = all_reports()
    random.Random(seed).shuffle(rows)
    finder = StoryFinder()
    finder.add(rows)
    assert found(finder) == THREE
    assert finder.groups == first_groups()


@given(st.permutations(range(6)), st.sets(st.integers(1, 5)))
def test_stories_do_not_depend_on_how_the_batches_are_cut(order: list[int], cuts: set[int]) -> None:
    rows, finder, stories = all_reports(), StoryFinder(), dict[str, int | None]()
    ends = sorted(cuts)
    for start, end in zip([0, *ends], [*ends, len(rows)], strict=True):
        finder.add([rows[place] for place in order[start:end]])
        stories |= {rows[place].report.id: finder.story_of(rows[place].report.id) for place in order[start:end]}
        assert stories == {report: finder.story_of(report) for report in stories}, "what was put to a story stays"
    assert found(finder) == THREE


def first_groups() -> list[tuple[str, ...]]:
    finder = StoryFinder()
    finder.add(all_reports())
    return finder.groups


def test_a_new_report_joins_and_founders_stay() -> None:
    finder = StoryFinder()
    finder.add([one for one in all_reports() if one.report.id != "f2"])
    before = [group[0] for group in finder.groups]
    finder.add([incoming("f2", FIRE_LATER, "2031-03-02")])
    assert found(finder) == THREE
    assert [group[0] for group in finder.groups] == before


def test_adding_again_changes_nothing() -> None:
    finder = StoryFinder()
    finder.add(all_reports())
    before = finder.groups
    finder.add(all_reports())
    assert finder.groups == before


def test_the_same_matter_a_year_later_is_another_story() -> None:
    finder = StoryFinder()
    finder.add([*all_reports(), incoming("late", FIRE_LATER, "2032-03-01")])
    assert frozenset({"late"}) in found(finder)


def test_without_days_more_likeness_is_wanted() -> None:
    strict = StoryFinder(StoryOptions(undated=0.0))
    strict.add([incoming(key, text, "") for key, text in ALL.items()])
    assert len(strict.groups) == len(ALL)


def test_reports_without_words_stay_alone() -> None:
    finder = StoryFinder()
    finder.add([incoming("a", ""), incoming("b", "…"), incoming("c", "the of and")])
    assert len(finder.groups) == 3


def test_stories_founded_before_never_merge() -> None:
    finder = StoryFinder(StoryOptions(likeness=0.9))
    finder.add([incoming("f1", FIRE), incoming("v1", VOTE)])
    finder.add([incoming("both", FIRE + " " + VOTE)])
    assert [group[0] for group in finder.groups][:2] == ["f1", "v1"]


def test_batches_of_any_size_have_every_report_once() -> None:
    finder = StoryFinder(StoryOptions(batch=2))
    finder.add(all_reports())
    assert sorted(key for group in finder.groups for key in group) == sorted(ALL)


def test_stop_words_and_inflections_tell_nothing_apart() -> None:
    assert (
        words_about(report("a", "the tankers exploded")).keys() == words_about(report("b", "a tanker explodes")).keys()
    )


def test_the_title_counts_once_though_the_text_begins_with_it() -> None:
    with_title = report("a", "Pier burns\n\nPier burns", title="Pier burns")
    without = report("b", "Pier burns\n\nPier burns")
    assert words_about(with_title) == words_about(without)


def test_a_word_all_reports_have_weighs_nothing() -> None:
    rarity = Rarity()
    rarity.learn([{"pier": 1.0, "fire": 1.0}, *({"pier": 1.0} for _ in range(9))])
    vector = rarity.weighed({"pier": 1.0, "fire": 1.0})
    assert vector["fire"] > 10 * vector["pier"]


def test_what_a_report_says_far_down_is_not_what_it_is_about() -> None:
    lead = "The grain pier of Port Selm burns. " * 50
    assert words_about(report("a", f"{lead}Chancellor Reeve spoke.")) == words_about(report("a", lead))


def cluster(*vectors: dict[str, float]) -> Cluster:
    """Reports of one matter taken together."""
    first, *rest = (Cluster([str(number)], dict(vector)) for number, vector in enumerate(vectors))
    for one in rest:
        first.take(one)
    return first


def test_cohesion_is_how_like_each_other_the_reports_of_a_story_are() -> None:
    assert cluster({"a": 1.0}).cohesion(0.3) == pytest.approx(0.3)
    together = cluster({"a": 1.0}, {"a": 0.6, "b": 0.8}, {"b": 1.0})
    pairs = 0.6 + 0.8 + 0.0
    assert together.cohesion(0.0) == pytest.approx(pairs / 4)
    assert Cluster(list(together.members), dict(together.words)).square == pytest.approx(together.square)


def test_two_close_matters_that_share_little_of_what_each_has_stay_apart() -> None:
    """A capital's words are in both; with contrast it counts that each has far more of its own."""
    capital = (
        "Governor Brandt of Karnland told the assembly in Ostrava on Monday that ministers and the cabinet agree. "
    )
    rows = [incoming(f"f{n}", capital + FIRE + FIRE_LATER) for n in range(3)]
    rows += [incoming(f"v{n}", capital + VOTE + VOTE_LATER) for n in range(3)]
    blurred, sharp = (StoryFinder(StoryOptions(likeness=0.001, keys=100, contrast=contrast)) for contrast in (0.0, 0.5))
    for finder in (blurred, sharp):
        finder.add(rows)
    assert len(blurred.groups) == 1
    assert len(sharp.groups) == 2


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [(("2031-01-01", "2031-01-09"), ("2031-01-05", "2031-02-01"), 0), (("2031-01-01",) * 2, ("2031-01-04",) * 2, 3)],
)
def test_days_between_stories_are_those_of_their_nearest_ends(
    one: tuple[str, str], other: tuple[str, str], apart: int
) -> None:
    left, right = Cluster(["a"], {}, *one), Cluster(["b"], {}, *other)
    assert days_between(left, right) == days_between(right, left) == apart


def test_days_apart_of_an_unknown_day_are_unknown() -> None:
    assert days_apart("", "2031-01-01") is None
