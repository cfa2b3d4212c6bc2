"""Near-duplicates are found exactly as comparing all with all finds them, and depend on nothing but the words."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.link.copies import CopyFinder, CopyOptions
from diurna.link.shingles import RUN, keys_of, shared, shingles
from tests.link.story_builders import FIRE, TALKS, VOTE

TREES = ["alder", "birch", "cedar", "fir", "hazel", "larch", "maple", "oak", "pine", "rowan"]
WORDS = st.lists(st.sampled_from(TREES), max_size=60)


def test_an_edited_copy_is_found_and_another_text_is_not() -> None:
    finder = CopyFinder()
    assert finder.add("a", FIRE) == []
    assert finder.add("b", VOTE) == []
    found = finder.add("c", FIRE.replace("eleven", "twelve"))
    assert [one.source for one in found] == ["a"]
    assert 0.6 < found[0].likeness < found[0].covered < 1


def test_a_text_within_a_longer_one_is_covered_though_unlike() -> None:
    finder = CopyFinder()
    finder.add("long", " ".join([TALKS, VOTE, FIRE.upper()] * 1) + " " + " ".join(f"w{n}" for n in range(200)))
    (found,) = finder.add("short", TALKS)
    assert found.covered > 0.95
    assert found.likeness < 0.2


def test_case_and_punctuation_make_no_difference() -> None:
    assert shingles(FIRE) == shingles(FIRE.upper().replace(".", " ;"))


def test_a_report_is_added_once() -> None:
    finder = CopyFinder()
    finder.add("a", FIRE)
    assert finder.add("a", FIRE) == []


def test_an_empty_text_is_like_nothing() -> None:
    finder = CopyFinder()
    finder.add("a", "")
    assert finder.add("b", "…") == []
    assert shared(shingles(""), shingles("")).covered == 0


def test_a_formula_is_remembered_no_further_than_wanted() -> None:
    finder = CopyFinder(CopyOptions(remembered=3))
    for number in range(10):
        assert len(finder.add(str(number), FIRE)) <= 3


def test_hashes_are_the_same_in_another_process() -> None:
    code = f"from diurna.link.shingles import shingles; print(sorted(shingles({VOTE!r})))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == str(sorted(shingles(VOTE)))


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=2, max_size=6))
def test_as_comparing_all_with_all(texts: list[list[str]]) -> None:
    options = CopyOptions()
    runs = [shingles(" ".join(words)) for words in texts]
    wanted = set()
    for later, one in enumerate(runs):
        for earlier, other in enumerate(runs[:later]):
            both = shared(one, other)
            near = both.likeness >= options.likeness or both.covered >= options.covered
            if near and set(keys_of(one)) & set(keys_of(other)):
                wanted.add((str(later), str(earlier)))
    finder = CopyFinder(options)
    found = {(one.report, one.source) for n, words in enumerate(texts) for one in finder.add(str(n), " ".join(words))}
    assert found <= wanted
    identical = {(a, b) for a, b in wanted if runs[int(a)] == runs[int(b)]}
    assert identical <= found


@given(WORDS)
def test_runs_are_of_five_words(words: list[str]) -> None:
    assert len(shingles(" ".join(words))) <= max(len(words) - RUN + 1, min(1, len(words)))
