"""Rows in temporary files: they come out as a sort in memory would have them, and no more is held than was asked."""

from __future__ import annotations

import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from diurna.export.spill import Spill

ROWS = st.lists(st.tuples(st.text(max_size=5), st.integers(-3, 3), st.binary(max_size=5)), max_size=60)


@given(ROWS, st.integers(1, 20))
def test_rows_come_in_the_order_of_their_keys_and_as_they_came_within_one(
    rows: list[tuple[str, int, bytes]], at_once: int
) -> None:
    ordered = sorted(rows, key=lambda row: row[:2])
    with Spill(at_once) as spill:
        for name, number, body in rows:
            spill.add(name, number, body=body)
        assert len(spill) == len(rows)
        for _ in range(2):
            assert [tuple(key) for key in spill.ordered()] == [row[:2] for row in ordered]
            assert list(spill.bodies()) == [row[2] for row in ordered]


def test_more_runs_than_are_merged_at_once_become_one() -> None:
    with Spill(at_once=2) as spill:
        for number in range(1_000):
            spill.add(number * 7 % 1_000, body=str(number * 7 % 1_000).encode())
        assert [int(body) for body in spill.bodies()] == list(range(1_000))
        assert [number for (number,) in spill.ordered()] == list(range(1_000))


def test_no_more_is_held_of_many_rows_than_of_few() -> None:
    held = []
    with Spill(at_once=500) as spill:
        tracemalloc.start()
        try:
            for number in range(20_000):
                spill.add(f"name {number * 7919 % 20_000}", body=b"a body that is longer than its key" * 10)
                if number in (3_999, 19_999):
                    held.append(tracemalloc.get_traced_memory()[0])
            for _ in spill.bodies():
                pass
            most = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert held[1] - held[0] < 300_000  # a buffer for each run's file, of at most 64
    assert most < 2_000_000
