"""The laws of the records, held against texts nobody chose (RECORDS.md: laws 1, 2, 3, 7 and 8)."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import diurna
from diurna.flow.reading import MAX_CHARACTERS
from diurna.model.codec import reading_from_dict, reading_to_dict
from diurna.model.record import Reading, all_spans, check_reading
from tests.texts import SENTENCES, sample_texts

ODD = [
    "\u00a0",
    "\u200b",
    "\u2009",
    "e\u0301",
    "\U0001f600",
    "\u202e",
    "\ufeff",
    "\r\n",
    "\n\n",
    "“",
    "”",
    "«",
    "»",
    "\u2028",
    "'",
]
texts = st.lists(st.sampled_from([*SENTENCES, *ODD]), min_size=1, max_size=10).map(" ".join)
wild = st.text(max_size=200)


def read(text: str) -> Reading:
    """The text read by the default engine, or by rules, as its length will have it."""
    return diurna.read(text, published="2030-03-02", engine="auto" if len(text) % 2 else "rules")


@settings(max_examples=60, deadline=None)
@given(st.one_of(texts, wild))
def test_law_1_every_span_is_in_the_text_and_every_quote_stands_there(text: str) -> None:
    reading = read(text)
    assert not [f for f in reading.failures if f.stage not in ("language", "size")]
    check_reading(reading)
    row = reading_to_dict(reading)
    body = row["report"]["text"]
    for statement in row["statements"]:
        assert body[slice(*statement["evidence"]["span"])] == statement["evidence"]["quote"]
        assert " … ".join(body[a:b] for a, b in statement["content"]["spans"]) == statement["content"]["text"]
    assert all(0 <= span.start <= span.end <= len(body) for span in all_spans(reading))


@settings(max_examples=60, deadline=None)
@given(st.one_of(texts, wild))
def test_law_2_the_text_is_kept_but_for_line_ends(text: str) -> None:
    kept = read(text).report.text
    assert kept == text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")


@settings(max_examples=25, deadline=None)
@given(texts)
def test_law_3_reading_twice_gives_the_same_records_and_ids(text: str) -> None:
    first, second = reading_to_dict(read(text)), reading_to_dict(read(text))
    assert json.dumps(first) == json.dumps(second)
    for group in ("actors", "statements", "events", "relations", "commitments", "gaps"):
        ids = [one["id"] for one in first[group]]
        assert len(ids) == len(set(ids)), group


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ("The army of Harrowland will attack the valley on Monday.", "actual"),
        ("The army of Harrowland did not attack the valley.", "actual"),
        ("The army of Harrowland denied attacking the valley.", "actual"),
        ("If the talks fail, the army of Harrowland would attack the valley.", "actual"),
        ("The army of Harrowland could attack the valley.", "actual"),
        ("The army of Harrowland plans to attack the valley.", "actual"),
        ("The army of Harrowland threatened to attack the valley.", "actual"),
    ],
)
def test_law_7_what_did_not_happen_is_no_deed(sentence: str, never: str) -> None:
    assaults = [event for event in read(sentence).events if event.type == "ASSAULT"]
    assert all(event.realis != never for event in assaults)


def test_law_7_has_something_to_tell_apart() -> None:
    deeds = [
        event
        for event in read("The army of Harrowland attacked the valley on Friday.").events
        if event.type == "ASSAULT"
    ]
    assert [event.realis for event in deeds] == ["actual"]


def test_law_7_what_is_only_reported_carries_its_statement() -> None:
    reading = read("The minister said that the army attacked the valley on Friday.")
    reported = [event for event in reading.events if event.type == "ASSAULT"]
    assert reported
    assert all(event.attributed_to in {s.id for s in reading.statements} for event in reported)


def test_law_8_what_cannot_be_read_is_a_failure_and_leaves_no_records() -> None:
    too_long = diurna.read("The council met. " * (MAX_CHARACTERS // 16), engine="rules")
    assert [failure.stage for failure in too_long.failures] == ["size"]
    assert not too_long.statements
    assert not too_long.events


def test_a_reading_goes_to_json_and_back() -> None:
    for text in sample_texts():
        reading = read(text)
        assert reading_from_dict(json.loads(json.dumps(reading_to_dict(reading)))) == reading


def _mangled(count: int) -> list[str]:
    """`count` texts cut, doubled, shuffled and salted with odd characters; the same ones every time."""
    chance = random.Random(7)
    base = sample_texts()
    made = []
    for _ in range(count):
        text = chance.choice(base)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(text) + 1)
            text = chance.choice([
                text[:at], text[at:], text[:at] + chance.choice(ODD) * chance.randint(1, 30) + text[at:],
                text[:at] + chr(chance.randrange(1, 0xD7FF)) + text[at:], text.replace(" ", chance.choice(ODD), 5),
                text[:at] + "“" * chance.randint(1, 40) + text[at:], text.upper(), text.title(),
            ])  # fmt: skip
        made.append(text[:1500])
    return made


def test_mangled_texts_give_records_or_recorded_failures() -> None:
    for text in _mangled(150):
        reading = read(text)
        assert not [f for f in reading.failures if f.stage not in ("language", "size", "text")], text
        check_reading(reading)
