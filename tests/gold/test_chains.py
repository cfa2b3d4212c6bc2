"""The scores of chains agree with examples worked out by hand, and hold to their laws."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gold.chains import Group, Tally, b3, best_likeness, figures_of_chains, muc

KEY = [frozenset({1, 2, 3}), frozenset({4, 5, 6, 7})]
READ = [frozenset({1, 2}), frozenset({3, 4, 5, 6, 7})]
grouping = st.dictionaries(st.integers(0, 9), st.integers(0, 3), min_size=1)


def test_muc_counts_links() -> None:
    assert muc(KEY, READ) == (4, 5)
    assert muc(READ, KEY) == (4, 5)


def test_b3_counts_company() -> None:
    assert b3(READ, KEY) / 7 == pytest.approx((2 * 1 + 1 / 5 + 4 * 4 / 5) / 7)


def test_mentions_nobody_marked_count_against_the_reading() -> None:
    assert muc([frozenset({1, 2, 8})], KEY) == (1, 2)
    assert b3([frozenset({1, 8})], KEY) == pytest.approx(0.5)


def likeness_by_trying(these: list[Group], those: list[Group]) -> float:
    short, long = sorted((these, those), key=len)
    return max(
        sum(2 * len(a & b) / (len(a) + len(b)) for a, b in zip(short, order, strict=False))
        for order in permutations(long, len(short))
    )


def groups(of: dict[int, int]) -> list[Group]:
    return [frozenset(k for k, v in of.items() if v == name) for name in sorted(set(of.values()))]


@given(grouping, grouping)
def test_the_best_pairs_are_found(one: dict[int, int], other: dict[int, int]) -> None:
    these, those = groups(one), groups(other)
    assert best_likeness(these, those) == pytest.approx(likeness_by_trying(these, those))


@given(grouping)
def test_a_perfect_reading_scores_a_hundred(key: dict[int, int]) -> None:
    tally = Tally()
    tally.add(key, key)
    figures = figures_of_chains(tally)
    links = any(len(group) > 1 for group in groups(key))
    assert (figures["mentions"], figures["b3"], figures["ceaf"]) == (100, 100, 100)
    assert figures["muc"] == (100 if links else 0)
