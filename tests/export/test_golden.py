"""Every format's file, kept: a change of a byte is seen and meant (`python -m tests.export.samples` renews them)."""

from __future__ import annotations

import json

import pytest

from diurna.export.formats import FORMATS
from diurna.model.jsonschema import reading_schema
from tests.export.samples import GOLDEN, SCHEMA, shown, written


@pytest.mark.parametrize("name", FORMATS)
def test_the_file_is_the_golden_one(name: str) -> None:
    golden = (GOLDEN / f"{name}.txt").read_bytes().decode("utf-8")
    assert shown(name, written(name)) == golden


def test_there_is_no_golden_file_of_a_format_that_is_gone() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(FORMATS)


def test_the_schema_in_the_documentation_is_that_of_the_records() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == reading_schema()
