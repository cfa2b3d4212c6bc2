"""The JSON contract: names, shapes, and nothing lost on the way there and back."""

import json

import pytest

from diurna.errors import RecordError
from diurna.model.codec import reading_from_dict, reading_to_dict
from diurna.model.record import Evidence, Reading, check_reading
from diurna.model.span import Span
from tests.model.builders import full_reading


def test_a_reading_survives_the_way_to_json_and_back() -> None:
    reading = full_reading()
    assert reading_from_dict(json.loads(json.dumps(reading_to_dict(reading)))) == reading


def test_the_contract_names_stand() -> None:
    row = reading_to_dict(full_reading())
    assert set(row) == {
        "schema", "report", "actors", "statements", "events", "relations", "commitments", "gaps", "times", "failures",
    }  # fmt: skip
    assert set(row["report"]) >= {
        "id", "source_id", "version", "title", "url", "outlet", "author", "published", "anchor", "language", "text",
        "blocks",
    }  # fmt: skip
    statement = row["statements"][0]
    assert set(statement) >= {
        "id", "speaker", "cue", "content", "manner", "act", "addressee", "channel", "said_at", "polarity",
        "certainty", "hedges", "parent", "evidence",
    }  # fmt: skip
    assert set(statement["speaker"]) >= {"span", "text", "actor", "on_behalf_of", "kind"}
    assert set(statement["evidence"]) >= {"span", "quote", "rule", "confidence"}
    event = row["events"][0]
    assert set(event) >= {
        "id", "trigger", "type", "mode", "contexts", "quad", "cameo", "actors", "recipients", "place", "happened_at",
        "realis", "numbers", "attributed_to", "evidence",
    }  # fmt: skip
    assert set(event["numbers"]) == {"killed", "injured", "arrested", "participants"}
    assert {"from", "to", "kind", "polarity"} <= set(row["relations"][0])
    assert set(row["gaps"][0]) >= {"id", "kind", "left", "right", "tests", "score", "verdict", "reason", "review"}


def test_spans_are_pairs_and_times_are_intervals() -> None:
    row = reading_to_dict(full_reading())
    assert row["statements"][0]["cue"]["spans"] == [[8, 12]]
    assert set(row["times"][0]["value"]) >= {"earliest", "latest", "precision", "text"}


def test_another_schema_is_refused_with_advice() -> None:
    row = {**reading_to_dict(full_reading()), "schema": 99}
    with pytest.raises(RecordError, match="read the report again"):
        reading_from_dict(row)


def test_a_missing_field_is_named() -> None:
    row = reading_to_dict(full_reading())
    del row["report"]["text"]
    with pytest.raises(RecordError, match="text"):
        reading_from_dict(row)


def test_law_1_is_checked_and_every_break_named() -> None:
    reading = full_reading()
    wrong = Evidence(Span(0, 3), "not what stands there", "rule")
    broken = Reading(
        reading.report,
        statements=(_with(reading.statements[0], evidence=wrong),),
        times=(_with(reading.times[0], span=Span(5, 9999)),),
    )
    check_reading(reading)
    with pytest.raises(RecordError, match=r"(?s)not what stands there.*outside"):
        check_reading(broken)


def _with(record, **changes):
    import dataclasses

    return dataclasses.replace(record, **changes)
