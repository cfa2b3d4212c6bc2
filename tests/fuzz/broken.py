"""No target but a test of fuzzing itself: one number breaks it."""

from __future__ import annotations

from hypothesis import strategies as st

cases = st.integers(0, 50)


def check(case: int) -> None:
    """Break at seven."""
    if case == 7:
        raise ValueError("no sevens, please")
