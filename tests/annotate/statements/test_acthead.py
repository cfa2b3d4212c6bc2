"""The learned network for acts: what of a statement is read, when it is believed, and that it reads what is shipped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")

from diurna.annotate.pipeline import ACT_HEAD  # noqa: E402
from diurna.annotate.statements.acthead import (  # noqa: E402
    ACTS,
    BEFORE,
    BESIDE,
    CONTENT,
    CONTEXT,
    CUE,
    FIRST_WORDS,
    LAST_WORDS,
    LONGEST,
    SPEAKER,
    ActHead,
    Marked,
    Options,
    Words,
    mark,
    react,
)
from diurna.annotate.tagger.decoding import Floats  # noqa: E402
from diurna.annotate.tagger.tagger import Encoded  # noqa: E402
from diurna.errors import MissingPartError  # noqa: E402
from diurna.model.annotation import Stance, StatementDraft  # noqa: E402
from diurna.model.span import Span  # noqa: E402


def encoded(words: int, first: int = 0, width: int = 384) -> Encoded:
    """Words of four characters with a space between, from word `first` on; word `i` has the one piece 1000 + i."""
    numbers = range(first, first + words)
    spans = tuple((5 * i, 5 * i + 4) for i in numbers)
    ids = (101, *(1000 + i for i in numbers), 102)
    rows = np.asarray([[piece % 7] * width for piece in ids], dtype=np.float16)
    return Encoded(spans, np.zeros((words, width), dtype=np.float16), tuple(range(1, words + 1)), ids, rows)


def word(first: int, last: int | None = None) -> Span:
    return Span(5 * first, 5 * (first if last is None else last) + 4)


def draft(act: str = "assert", content: Span | None = None) -> StatementDraft:
    stance = Stance(act, "positive", "certain")  # type: ignore[arg-type]
    return StatementDraft(
        word(1, 2), None, (word(3),), "say", (content or word(4, 8),), "indirect", stance, "tagger+verb:that"
    )


class Convinced(ActHead):
    """A network that always says the same."""

    def __init__(self, favourite: str, sure: float = 0.5, unsure: float = 0.4) -> None:
        self.options = Options(sure, unsure)
        self.favourite = ACTS.index(favourite)

    def shares(self, embedded: Floats, one: Marked) -> Floats:
        assert embedded.shape == (len(one.pieces), 384)
        shares: Floats = np.eye(len(ACTS), dtype=np.float32)[self.favourite]
        return shares


def test_speaker_cue_and_content_are_marked_with_what_stands_beside() -> None:
    words = Words([encoded(14)])
    found = mark(words, draft())
    assert found is not None
    last = max(8, 3 + BESIDE)
    assert words.ids[found.pieces].tolist() == [101, *range(1000, 1001 + last)]
    beside = [CONTEXT] * (last - 8)
    assert found.marks.tolist() == [CONTEXT, CONTEXT, SPEAKER, SPEAKER, CUE, *[CONTENT] * 5, *beside]


def test_a_statement_over_two_windows_is_read_from_both() -> None:
    words = Words([encoded(5), encoded(9, first=5)])
    found = mark(words, draft())
    assert found is not None
    told = [piece for piece in words.ids[found.pieces].tolist() if piece >= 1000]
    assert told == list(range(1000, 1001 + max(8, 3 + BESIDE)))
    assert words.embedded(found.pieces)[:, 0].tolist() == [piece % 7 for piece in words.ids[found.pieces].tolist()]


def test_of_a_long_content_the_beginning_and_the_end_are_read() -> None:
    words = Words([encoded(300)])
    found = mark(words, draft(content=word(4, 290)))
    assert found is not None
    read = words.ids[found.pieces[found.marks == CONTENT]].tolist()
    assert read == [*range(1004, 1004 + FIRST_WORDS), *range(1291 - LAST_WORDS, 1291)]
    assert len(found.pieces) <= LONGEST


def test_little_is_read_of_what_stands_far_off() -> None:
    far = replace(draft(content=word(204, 210)), speaker=word(201), cue=(word(203),))
    words = Words([encoded(400)])
    found = mark(words, far)
    assert found is not None
    read = words.ids[found.pieces[1:]].tolist()
    assert (read[0], read[-1]) == (1201 - BEFORE, max(1210, 1203 + BESIDE))


def test_what_is_not_encoded_is_left_alone() -> None:
    assert mark(Words([encoded(3)]), draft()) is None
    assert mark(Words([]), draft()) is None


def test_the_network_overrules_only_where_it_is_sure_and_leaves_its_name() -> None:
    (changed,) = react([draft()], [encoded(14)], Convinced("condemn"))
    assert changed == replace(draft(), stance=replace(draft().stance, act="condemn"), rule="tagger+verb:that+act-head")
    assert react([draft("condemn")], [encoded(14)], Convinced("condemn")) == [draft("condemn")]
    assert react([draft()], [encoded(14)], Convinced("condemn", sure=1.1)) == [draft()]
    assert react([draft()], [encoded(14)], Convinced("condemn", unsure=-0.1)) == [draft()]


def test_what_a_statement_inside_does_is_not_the_whole_ones_act() -> None:
    told = [draft(), replace(draft("deny"), cue=(word(6),), content=(word(7, 8),), parent=0)]
    assert [one.stance.act for one in react(told, [encoded(14)], Convinced("deny"))] == ["assert", "deny"]
    assert react(told, [encoded(14)], Convinced("praise"))[0].stance.act == "praise"


def test_a_denial_is_negative() -> None:
    (changed,) = react([draft()], [encoded(14)], Convinced("deny"))
    assert (changed.stance.act, changed.stance.polarity) == ("deny", "negative")


def test_a_network_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingPartError, match=r"acts\.onnx"):
        ActHead(tmp_path)


def test_the_shipped_network_reads_what_the_encoder_gives() -> None:
    pytest.importorskip("onnxruntime")
    words = Words([encoded(14)])
    found = mark(words, draft())
    assert found is not None
    network = ActHead(ACT_HEAD)
    shares = network.shares(words.embedded(found.pieces), found)
    assert shares.shape == (len(ACTS),)
    assert float(shares.sum()) == pytest.approx(1.0, abs=1e-5)
    assert shares.tolist() == network.shares(words.embedded(found.pieces), found).tolist()


def test_what_one_will_not_do_stays_refused() -> None:
    assert react([draft("refuse")], [encoded(14)], Convinced("promise")) == [draft("refuse")]
    assert react([draft("refuse")], [encoded(14)], Convinced("condemn"))[0].stance.act == "condemn"


def test_a_verb_that_names_its_act_keeps_it() -> None:
    vowed = replace(draft("promise"), cue_lemma="vow")
    assert react([vowed], [encoded(14)], Convinced("announce")) == [vowed]
    said = replace(draft("promise"), cue_lemma="say")
    assert react([said], [encoded(14)], Convinced("announce")) != [said]
