"""Exports: columns as published, characters exact, nothing written as a deed that is none."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Iterator

import pytest

from diurna.errors import UsageError
from diurna.export.exporter import FORMATS, export
from diurna.export.polecat import HEADER
from diurna.model.codec import reading_from_dict
from diurna.model.record import Event, Reading
from tests.ledger.sample import sample
from tests.readings import reading

READINGS = [reading(), sample(1), sample(2)]


def written(name: str, readings: list[Reading]) -> str:
    out = io.StringIO(newline="")
    assert export(name, readings, out) == len(readings)
    return out.getvalue()


def rows(name: str) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in written(name, READINGS).split("\n") if line]


def events() -> list[Event]:
    return [event for reading in READINGS for event in reading.events]


def test_the_samples_have_something_to_show() -> None:
    assert events()
    assert any(reading.statements for reading in READINGS)


def test_jsonl_is_read_back_whole() -> None:
    assert [reading_from_dict(row) for row in rows("jsonl")] == READINGS


def test_citron_spans_are_exact() -> None:
    spans = [
        (row["text"], span)
        for row in rows("citron")
        for quote in row["quotes"]
        for span in (quote["cue"], *quote["sources"], *quote["contents"])
    ]
    assert spans
    assert all(text[span["start"] : span["end"]] == span["text"] for text, span in spans)


def test_langextract_intervals_are_exact_and_events_say_their_realis() -> None:
    found = [(row["text"], one) for row in rows("langextract") for one in row["extractions"]]
    assert found
    for text, one in found:
        place = one["char_interval"]
        assert text[place["start_pos"] : place["end_pos"]] == one["extraction_text"]
        assert one["extraction_class"] == "statement" or one["attributes"]["realis"]


def test_web_annotations_carry_both_selectors_and_they_agree() -> None:
    texts = {reading.report.version: reading.report.text for reading in READINGS}
    found = rows("webannotation")
    assert found
    for row in found:
        quote, position = row["target"]["selector"]
        text = texts[row["target"]["diurna:version"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_polecat_has_forty_columns_and_deeds_only() -> None:
    lines = [line.split("\t") for line in written("polecat", READINGS).splitlines()]
    assert tuple(lines[0]) == HEADER
    assert len(HEADER) == 40
    assert {len(line) for line in lines} == {40}
    deeds = [one.id for one in events() if one.realis == "actual" and one.attributed_to is None]
    assert [line[0] for line in lines[1:]] == deeds


@pytest.mark.parametrize("realis", ["planned", "hypothetical", "denied", "possible", "generic"])
def test_polecat_writes_nothing_that_did_not_happen(realis: str) -> None:
    changed = [
        dataclasses.replace(one, events=tuple(dataclasses.replace(e, realis=realis) for e in one.events))
        for one in READINGS
    ]
    assert len(written("polecat", changed).splitlines()) == 1


def test_polecat_writes_nothing_that_is_only_somebodys_words() -> None:
    changed = [
        dataclasses.replace(one, events=tuple(dataclasses.replace(e, attributed_to="st-x") for e in one.events))
        for one in READINGS
    ]
    assert len(written("polecat", changed).splitlines()) == 1


@pytest.mark.parametrize("name", FORMATS)
def test_each_reading_is_written_before_the_next_is_asked_for(name: str) -> None:
    out, sizes = io.StringIO(newline=""), []

    def asked() -> Iterator[Reading]:
        for _ in range(3):
            sizes.append(len(out.getvalue()))
            yield READINGS[0]

    export(name, asked(), out)
    assert sizes[0] < sizes[1] < sizes[2]


def test_an_unknown_format_is_refused_and_the_known_are_named() -> None:
    with pytest.raises(UsageError, match="polecat"):
        export("xls", [], io.StringIO())
