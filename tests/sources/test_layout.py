from __future__ import annotations

import textwrap
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from diurna.sources.layout import paragraphs
from tests.texts import SENTENCES

PROSE = (" ".join(SENTENCES), " ".join(reversed(SENTENCES)), " ".join(SENTENCES[2:6]))


def of(text: str) -> list[str]:
    return [span.of(text) for span in paragraphs(text)]


@given(st.integers(min_value=55, max_value=100))
def test_hard_wrapped_lines_are_one_paragraph(width: int) -> None:
    wrapped = ["\n".join(textwrap.wrap(prose, width)) for prose in PROSE]
    assert of("\n\n".join(wrapped)) == wrapped


def test_indented_lines_begin_paragraphs_where_lines_are_wrapped() -> None:
    wrapped = ["\n".join(textwrap.wrap(prose, 72, initial_indent="    ")) for prose in PROSE]
    assert of("\n".join(wrapped)) == [one.strip() for one in wrapped]


def test_long_lines_are_paragraphs() -> None:
    assert of("\n".join(PROSE)) == list(PROSE)


def test_one_sentence_a_line_stays_so() -> None:
    assert of("\n".join(SENTENCES)) == list(SENTENCES)


def test_two_equal_captions_stay_two() -> None:
    line = "Fighters of the Valley Front on the road to Upper Harrow. (Photo: Post)"
    assert of(f"{line}\n{line}\n\n{PROSE[0]}") == [line, line, PROSE[0]]


def test_a_line_broken_inside_a_sentence_goes_on() -> None:
    assert of("The envoy said that the\nfront would sign.") == ["The envoy said that the\nfront would sign."]


def test_list_items_are_paragraphs() -> None:
    assert of("- first point\n- second point\n* third point") == ["- first point", "- second point", "* third point"]


def test_lines_of_white_space_are_blank() -> None:
    assert of("One.\n \u00a0\t\nTwo.\n\n\n\nThree.\n") == ["One.", "Two.", "Three."]
    assert of("") == of(" \n\u2003\n") == []


@given(st.text(alphabet=st.sampled_from("ab .\n\t\u00a0\u2028\u200b\x0c-“")))
def test_paragraphs_are_trimmed_and_in_order(text: str) -> None:
    spans = paragraphs(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(s.of(text).split()) for s in spans) == "".join(text.split())
