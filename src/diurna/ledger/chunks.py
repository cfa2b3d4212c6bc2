"""Values some hundred at a time, as many as one question may name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_AT_ONCE = 400


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in order."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
