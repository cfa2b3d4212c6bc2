"""Whatever a file holds, an import names its bad rows and goes on; what it takes keeps the laws of records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.export import acled as acled_out
from diurna.export import polecat as polecat_out
from diurna.flow.importing import READERS
from diurna.flow.ownactors import READERS as ACTORS
from diurna.imports import gdelt
from diurna.imports.rows import BadRow
from diurna.imports.webannotation import read as read_annotations
from diurna.model.ownactor import OwnActor
from diurna.model.record import Reading, check_reading

CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["PROTEST", "demo", "20300105", "2030-01-05", "Battles", "Attack", "190", "FRA", "1", "-91", "nan", "=1+1"]
    ),
    st.sampled_from(
        ["\u202e", '"', "a\tb", "x;y", "<b>", "\x00", "\ud800", "2030-13-45", "[FRAGOV >030101]", "+X_", "{", "]"]
    ),
)
HEADERS: dict[str, tuple[str, ...]] = {
    "polecat": polecat_out.HEADER, "gdelt": (), "acled": acled_out.HEADER,
    "commitments": ("id", "kind", "by", "to", "what", "date", "due", "condition", "criteria", "outlet"),
    "pax": ("Con", "PPName", "AgtId", "Agt", "Dat", "Stage"),
    "names": ("name", "aliases", "kind", "country", "sector", "from"),
    "petrarch": (), "ftm": (),
}  # fmt: skip
KEYS = ["target", "body", "source", "selector", "type", "value", "start", "exact"]
WIDTHS = {"gdelt": len(gdelt.columns(61)), "petrarch": 2, "ftm": 2}


@pytest.mark.parametrize("name", HEADERS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_rows_of_anything(name: str, data: st.DataObject) -> None:
    header = HEADERS[name]
    width = len(header) or WIDTHS[name]
    mark = "," if name in ("acled", "commitments", "pax", "names") else "\t"
    rows = data.draw(st.lists(st.lists(CELL, min_size=width - 1, max_size=width + 1), max_size=6))
    lines = [mark.join(header)] if header else []
    for row in rows:
        lines += mark.join(row).splitlines()
    reader: Callable[..., Any] = READERS[name] if name in READERS else ACTORS[name]
    for found in reader(lines, "some.csv"):
        if isinstance(found, Reading):
            check_reading(found)
            assert found.report.outlet
        elif isinstance(found, BadRow):
            assert 1 <= found.line <= len(lines)
            assert found.reason
        elif isinstance(found, OwnActor):
            assert found.name.strip()


@settings(max_examples=100, deadline=None)
@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10) | st.just("reject"),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(KEYS), inner),
    max_leaves=12,
))  # fmt: skip
def test_annotations_of_anything(value: object) -> None:
    import json

    assert isinstance(list(read_annotations(json.dumps(value))), list)
