"""The learned head for acts: marks and places by hand, its laws, and when it is believed."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")

from diurna.annotate.pipeline import ACT_HEAD  # noqa: E402
from diurna.annotate.statements.acthead import (  # noqa: E402
    ACTS,
    CONTENT,
    CONTENT_WORDS,
    CONTEXT,
    CUE,
    LONGEST,
    PLACES,
    SPEAKER,
    ActHead,
    Words,
    mark,
    react,
    traits,
)
from diurna.annotate.tagger.tagger import Encoded  # noqa: E402
from diurna.errors import MissingPartError  # noqa: E402
from diurna.model.annotation import Stance, StatementDraft  # noqa: E402
from diurna.model.span import Span  # noqa: E402

WIDTH, INNER, HEADS = 6, 4, 2


def encoded(words: int, first: int = 0, width: int = WIDTH) -> Encoded:
    """Words of four characters with a space between, from word `first` on."""
    spans = tuple((5 * i, 5 * i + 4) for i in range(first, first + words))
    states = np.arange(words * width, dtype=np.float16).reshape(words, width) % 7
    return Encoded(spans, states)


def word(first: int, last: int | None = None) -> Span:
    return Span(5 * first, 5 * (first if last is None else last) + 4)


def draft(act: str = "assert", content: Span | None = None) -> StatementDraft:
    stance = Stance(act, "positive", "certain")  # type: ignore[arg-type]
    return StatementDraft(
        word(1, 2), None, (word(3),), "say", (content or word(4, 8),), "indirect", stance, "tagger+verb:that"
    )


def write(folder: Path, favourite: str, *, sure: float = 0.5, unsure: float = 0.4) -> ActHead:
    """A head that always says `favourite`."""
    bias = np.full(len(ACTS), -5.0)
    bias[ACTS.index(favourite)] = 5.0  # type: ignore[arg-type]
    known = len(traits(draft()))
    weights = {
        "proj.weight": np.ones((INNER, WIDTH)), "proj.bias": np.zeros(INNER),
        "mark.weight": np.zeros((4, INNER)), "place.weight": np.zeros((PLACES, INNER)),
        "att.weight": np.zeros((HEADS, INNER)), "att.bias": np.zeros(HEADS),
        "out.weight": np.zeros((len(ACTS), (HEADS + 3) * INNER)), "out.bias": bias,
        "fo.weight": np.zeros((len(ACTS), known)), "fo.bias": np.zeros(len(ACTS)),
    }  # fmt: skip
    np.savez(folder / "head.npz", **weights)
    (folder / "config.json").write_text(json.dumps({"sure": sure, "unsure": unsure}), encoding="utf8")
    return ActHead(folder)


def test_speaker_cue_and_content_are_marked_with_what_stands_beside_the_cue() -> None:
    found = mark(Words([encoded(14)]), draft())
    assert found is not None
    assert found.marks.tolist() == [CONTEXT, SPEAKER, SPEAKER, CUE, *[CONTENT] * 5, CONTEXT]
    assert found.places.tolist()[3] == 0
    assert len(set(found.places.tolist()[:3])) == 3


def test_a_statement_over_two_windows_is_read_from_both() -> None:
    whole = mark(Words([encoded(14)]), draft())
    parts = mark(Words([encoded(5), encoded(9, first=5)]), draft())
    assert whole is not None
    assert parts is not None
    assert parts.marks.tolist() == whole.marks.tolist()
    assert parts.states[:5].tolist() == whole.states[:5].tolist()


def test_long_contents_are_cut() -> None:
    found = mark(Words([encoded(300)]), draft(content=word(4, 290)))
    assert found is not None
    assert int((found.marks == CONTENT).sum()) == CONTENT_WORDS
    assert len(found.marks) <= LONGEST


def test_what_is_not_encoded_is_left_alone() -> None:
    assert mark(Words([encoded(3)]), draft()) is None
    assert mark(Words([]), draft()) is None


def test_the_head_overrules_only_where_it_is_sure_and_leaves_its_name(tmp_path: Path) -> None:
    sure = write(tmp_path, "condemn")
    (changed,) = react([draft()], [encoded(14)], sure)
    assert changed == replace(draft(), stance=replace(draft().stance, act="condemn"), rule="tagger+verb:that+act-head")
    assert react([draft("condemn")], [encoded(14)], sure) == [draft("condemn")]
    assert react([draft()], [encoded(14)], write(tmp_path, "condemn", sure=1.1)) == [draft()]
    assert react([draft()], [encoded(14)], write(tmp_path, "condemn", unsure=-0.1)) == [draft()]


def test_an_act_it_has_hardly_seen_stands(tmp_path: Path) -> None:
    assert react([draft("refuse")], [encoded(14)], write(tmp_path, "condemn")) == [draft("refuse")]


def test_a_denial_is_negative(tmp_path: Path) -> None:
    (changed,) = react([draft()], [encoded(14)], write(tmp_path, "deny"))
    assert (changed.stance.act, changed.stance.polarity) == ("deny", "negative")


def test_the_same_words_give_the_same_shares(tmp_path: Path) -> None:
    found = mark(Words([encoded(14)]), draft())
    assert found is not None
    head = write(tmp_path, "praise")
    assert head.shares(found).tolist() == head.shares(found).tolist()
    assert float(head.shares(found).sum()) == pytest.approx(1.0, abs=1e-5)


def test_a_head_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingPartError, match=r"head\.npz"):
        ActHead(tmp_path)


def test_the_shipped_head_reads_what_the_encoder_gives() -> None:
    found = mark(Words([encoded(14, width=384)]), draft())
    assert found is not None
    shares = ActHead(ACT_HEAD).shares(found)
    assert shares.shape == (len(ACTS),)
    assert bool(np.isfinite(shares).all())
