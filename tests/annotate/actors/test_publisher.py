"""Who speaks in its own text."""

from __future__ import annotations

import pytest

from diurna.annotate.actors.publisher import is_own_body


@pytest.mark.parametrize(
    ("outlet", "phrase", "own"),
    [
        ("The White House", "this administration", True),
        ("The White House", "the opposition", False),
        ("The White House", "the previous administration", False),
        ("U.S. Department of State", "our department", True),
        ("Northern Wire", "the government", False),
        (None, "the government", False),
    ],
)
def test_a_governments_outlet_calls_itself_by_a_bare_noun(outlet: str | None, phrase: str, *, own: bool) -> None:
    assert is_own_body(outlet, phrase.split()) is own
