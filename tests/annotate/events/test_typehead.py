"""The learned head for types: marks and places by hand, its laws, and when it is believed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")

from diurna.annotate.events.typehead import (  # noqa: E402
    LONGEST,
    MARKS,
    PLACES,
    TYPES,
    TypeHead,
    mark,
    retype,
)
from diurna.annotate.pipeline import TYPE_HEAD  # noqa: E402
from diurna.annotate.tagger.tagger import Encoded  # noqa: E402
from diurna.errors import MissingPartError  # noqa: E402
from diurna.model.annotation import EventDraft  # noqa: E402
from diurna.model.span import Span  # noqa: E402

WIDTH, INNER, HEADS = 6, 4, 2


def encoded(words: int, width: int = WIDTH, start: int = 0) -> Encoded:
    """Words of four characters with a space between."""
    spans = tuple((start + 5 * i, start + 5 * i + 4) for i in range(words))
    states = np.arange(words * width, dtype=np.float16).reshape(words, width) % 7
    return Encoded(spans, states)


def word(i: int) -> Span:
    return Span(5 * i, 5 * i + 4)


def draft(kind: str = "ACCUSE") -> EventDraft:
    return EventDraft(word(1), kind, "mode", (), "112", (word(0),), (word(2),), "actual", "event:verb", Span(0, 14))  # type: ignore[arg-type]


def write(folder: Path, favourite: str, *, sure: float = 0.5, unsure: float = 0.4) -> TypeHead:
    """A head that always says `favourite`."""
    pooled = (HEADS + MARKS - 1) * INNER
    bias = np.full(len(TYPES), -5.0)
    bias[TYPES.index(favourite)] = 5.0
    weights = {
        "norm.weight": np.ones(WIDTH), "norm.bias": np.zeros(WIDTH),
        "proj.weight": np.ones((INNER, WIDTH)), "proj.bias": np.zeros(INNER),
        "mark.weight": np.zeros((MARKS, INNER)),
        **{f"{side}.weight": np.zeros((PLACES, INNER)) for side in ("actor", "recipient", "trigger")},
        "attend.weight": np.zeros((HEADS, INNER)), "attend.bias": np.zeros(HEADS),
        "out.weight": np.zeros((len(TYPES), pooled)), "out.bias": bias,
    }  # fmt: skip
    np.savez(folder / "head.npz", **weights)
    (folder / "config.json").write_text(json.dumps({"sure": sure, "unsure": unsure}), encoding="utf8")
    return TypeHead(folder)


def test_words_are_marked_and_placed() -> None:
    one = mark(encoded(5), Span(0, 24), word(1), [word(0)], [word(2), word(3)])
    assert one is not None
    assert one.marks.tolist() == [1, 3, 2, 2, 0]
    assert one.places[:, 0].tolist()[0] == 0
    assert one.places[4, 1] == one.places[1, 0]  # one word after the recipient, one word after the actor
    assert one.places[0, 2] != one.places[2, 2]  # before and after the trigger are told apart


def test_a_side_that_is_not_written_has_a_place_of_its_own() -> None:
    one = mark(encoded(3), Span(0, 14), None, [word(0)], [])
    assert one is not None
    assert set(one.places[:, 1].tolist()) == {PLACES - 1}


def test_a_long_sentence_is_read_round_its_marks() -> None:
    one = mark(encoded(200), Span(0, 1000), word(151), [word(150)], [word(152)])
    assert one is not None
    assert len(one.marks) == LONGEST
    assert sorted(set(one.marks.tolist())) == [0, 1, 2, 3]


def test_nothing_to_read_is_no_answer() -> None:
    assert mark(encoded(3), Span(500, 600), word(1), [word(0)], []) is None
    assert mark(encoded(3), Span(0, 14), None, [], []) is None


def test_shares_add_up_to_one(tmp_path: Path) -> None:
    one = mark(encoded(5), Span(0, 24), word(1), [word(0)], [word(2)])
    assert one is not None
    shares = write(tmp_path, "AID").shares(one)
    assert shares.sum() == pytest.approx(1.0, abs=1e-5)
    assert TYPES[int(shares.argmax())] == "AID"


def test_a_sure_head_overrules_and_says_so(tmp_path: Path) -> None:
    head = write(tmp_path, "AID")
    (found,) = retype([draft()], [encoded(5)], [Span(0, 24)], head)
    assert (found.type, found.mode, found.cameo, found.rule) == ("AID", None, None, "event:type-head")


@pytest.mark.parametrize(
    ("favourite", "sure", "window", "recipients"),
    [
        ("ACCUSE", 0.5, encoded(5), True),  # it agrees
        ("AID", 1.0, encoded(5), True),  # it is not sure enough
        ("AID", 0.5, encoded(5, start=9000), True),  # the words lie in no window
        ("AID", 0.5, encoded(5), False),  # only one side is written
    ],
)
def test_otherwise_the_rules_stand(
    tmp_path: Path, favourite: str, sure: float, window: Encoded, recipients: bool
) -> None:
    one = draft() if recipients else replace(draft(), recipients=())
    assert retype([one], [window], [Span(0, 24)], write(tmp_path, favourite, sure=sure)) == [one]


def test_a_missing_head_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingPartError, match="--engine rules"):
        TypeHead(tmp_path)


def test_the_shipped_head_reads_what_the_tagger_encodes() -> None:
    head = TypeHead(TYPE_HEAD)
    one = mark(encoded(5, width=384), Span(0, 24), word(1), [word(0)], [word(2)])
    assert one is not None
    assert np.array_equal(head.shares(one), head.shares(one))
