"""The learned tagger: what it promises of every text, whatever its weights; and its windows and decoding by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

np = pytest.importorskip("numpy")
pytest.importorskip("tokenizers", reason="tokenizers is not installed")
pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")

from diurna.annotate.pipeline import TAGGER as FOLDER  # noqa: E402
from diurna.annotate.tagger import decoding, windows  # noqa: E402
from diurna.annotate.tagger.tagger import FILES, Tagger  # noqa: E402
from diurna.errors import MissingPartError  # noqa: E402
from diurna.model.annotation import TaggedStatement  # noqa: E402

needs_weights = pytest.mark.skipif(
    not all((FOLDER / name).is_file() for name in FILES), reason="the tagger's weights are not installed"
)

REPORT = (
    "Minister quits\n\n“We will not hand them over,” the spokesman, Ali Hassan, said on Friday, “to any party.”\n"
    "The ministry denied that talks had begun. According to two officials, the army will leave by June.\n"
    'The New York Times reports:\n"Nobody was told."'
)
ODD = {
    "empty": "",
    "blank": " \n\t\n   \n",
    "one letter": "a",
    "emoji": "😀 said 🏳️‍🌈: “👍🏽👍🏽” 👨‍👩‍👧‍👦.",
    "zero width": "He\u200b said\u200d that\ufeff it\u2060 ended\u00ad.",
    "nul and controls": "He said\x00 that\x07 it \x85 ended.",
    "half of a pair": "He said \ud83d that it ended.",
    "right to left": "قال الوزير إن المحادثات انتهت. הוא אמר.",
    "combining": "Cafe\u0301 owners said that e\u0301 matters. ﬁne ﷺ said.",
    "no spaces": "said" * 3000,
    "one long word": "\u4e00" * 5000,
    "only marks": '"“”«»’‘' * 300,
    "line ends": "He said\r\nthat\u2028it\u2029ended.",
}


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(FOLDER)


def check_laws(text: str, found: list[TaggedStatement]) -> None:
    assert [one.cue for one in found] == sorted(one.cue for one in found)
    for one in found:
        assert one.cue
        assert one.content
        assert 0.0 <= one.confidence <= 1.0
        for spans in (one.cue, one.source, one.content):
            last = 0
            for start, end in spans:
                assert last <= start < end <= len(text)
                assert text[start:end].strip() == text[start:end]
                last = end


@needs_weights
@pytest.mark.parametrize("name", ODD)
def test_odd_text_is_accepted(tagger: Tagger, name: str) -> None:
    check_laws(ODD[name], tagger.tag(ODD[name]))


@needs_weights
@settings(max_examples=40, deadline=None)
@given(text=st.lists(st.sampled_from([*REPORT.split(" "), "\n", "😀", "\u00a0", "“", "é"]), max_size=60).map(" ".join))
def test_spans_stand_inside_the_text_in_order(tagger: Tagger, text: str) -> None:
    check_laws(text, tagger.tag(text))


@needs_weights
def test_finds_who_said_what(tagger: Tagger) -> None:
    found = tagger.tag(REPORT)
    check_laws(REPORT, found)
    words = [(REPORT[slice(*one.cue[0])], [REPORT[slice(*span)] for span in one.source]) for one in found]
    assert any("said" in cue and any("spokesman" in who for who in by) for cue, by in words)
    assert any("denied" in cue and any("ministry" in who for who in by) for cue, by in words)


@needs_weights
def test_runs_and_threads_agree(tagger: Tagger) -> None:
    text = "\n\n".join([REPORT] * 12)
    once = tagger.tag(text)
    assert tagger.tag(text) == once
    assert Tagger(FOLDER, threads=2).tag(text) == once
    assert Tagger(FOLDER, threads=3).tag(text) == once


@needs_weights
def test_offsets_count_code_points(tagger: Tagger) -> None:
    text = "😀 “We will stay 🏳️‍🌈 here,” the spokesman said on Friday."
    found = tagger.tag(text)
    check_laws(text, found)
    assert [text[slice(*one.cue[0])] for one in found] == ["said"]


@needs_weights
@pytest.mark.parametrize("filler", ["x" * 2_400_000, " " * 2_400_000], ids=["one word", "blanks"])
def test_a_line_of_five_megabytes(tagger: Tagger, filler: str) -> None:
    text = filler + "The minister said that nothing had changed. " * 400 + filler + " He said that it ended."
    found = tagger.tag(text)
    check_laws(text, found)
    assert found


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(MissingPartError, match=r"model\.onnx"):
        Tagger(tmp_path)


def paragraph(words: int, *, opens_quote: bool = False, ends_colon: bool = False) -> windows.Paragraph:
    """Return a paragraph of one-piece words of one letter."""
    spans = tuple((2 * i, 2 * i + 1) for i in range(words))
    return windows.Paragraph((7,) * words, (0,) * words, tuple(range(words)), spans, opens_quote, ends_colon)


def test_packing_fills_windows_and_keeps_what_a_colon_announces() -> None:
    rows = [paragraph(10), paragraph(10), paragraph(5, ends_colon=True), paragraph(10), paragraph(40)]
    assert [[len(one.ids) for one in group] for group in windows.pack(rows, 30)] == [[10, 10], [5, 10], [40]]


def test_a_cue_reads_its_paragraph_and_the_quotations_after_it() -> None:
    rows = [
        paragraph(20),
        paragraph(20, ends_colon=True),
        paragraph(20),
        paragraph(20, opens_quote=True),
        paragraph(20),
    ]
    one = windows.window(rows, 1, 2)
    assert windows.reach(one, (22, 23)) == (20, 80)
    assert windows.reach(one, (5, 6)) == (0, 20)


def test_a_short_paragraph_reads_the_one_before() -> None:
    one = windows.window([paragraph(20), paragraph(3)], 1, 2)
    assert windows.reach(one, (21, 22)) == (0, 23)


def test_places_tell_before_inside_after() -> None:
    one = windows.window([paragraph(6), paragraph(6)], 1, 2)
    found = windows.places(one, (3, 5), 0, 12)
    assert found[3] == found[4] == 0
    assert len(set(found[:3].tolist()) | set(found[5:].tolist())) == 10
    assert found.max() < windows.PLACES


def test_viterbi_never_leaves_an_inner_tag_without_its_beginning() -> None:
    scores = np.array([[0, 1, 9, 0, 0], [0, 0, 5, 0, 6], [9, 0, 0, 0, 0], [0, 0, 0, 1, 9]], dtype=np.float32)
    tags = decoding.viterbi(scores)
    for before, tag in zip([0, *tags], tags, strict=False):
        assert tag not in {2, 4} or before in {tag, tag - 1}


@given(st.lists(st.lists(st.integers(-9, 9), min_size=3, max_size=3), min_size=1, max_size=7))
def test_viterbi_is_the_best_lawful_path(rows: list[list[int]]) -> None:
    scores = np.array(rows, dtype=np.float32)
    best = -1e9
    for number in range(3 ** len(rows)):
        tags = [number // 3**i % 3 for i in range(len(rows))]
        if all(tag != 2 or before > 0 for before, tag in zip([0, *tags], tags, strict=False)):
            best = max(best, sum(row[tag] for row, tag in zip(rows, tags, strict=True)))
    assert sum(row[tag] for row, tag in zip(rows, decoding.viterbi(scores), strict=True)) == best


def test_quotation_marks_open_and_close() -> None:
    assert windows._quotation(["“", "a", "”", "b", '"', "c", '"', "d"]) == [2, 1, 2, 0, 2, 1, 2, 0]
