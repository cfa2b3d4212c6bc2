from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.annotate.statements.quotes import Quotation, find_quotations
from diurna.model.report import Block
from diurna.model.span import Span


def quotations(*paragraphs: str) -> tuple[str, list[Quotation]]:
    text = "\n\n".join(paragraphs)
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("body", Span(at, at + len(paragraph))))
        at += len(paragraph) + 2
    return text, find_quotations(text, blocks)


def quoted(*paragraphs: str) -> list[list[str]]:
    text, found = quotations(*paragraphs)
    return [[part.of(text) for part in quotation.parts] for quotation in found]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ('"', '"'),
        ("“", "”"),
        ("„", "“"),
        ("„", "”"),
        ("«", "»"),
        ("‹", "›"),
        ("‘", "’"),
        ("'", "'"),
        ("''", "''"),
        ("``", "''"),
    ],
)
def test_every_style_of_marks_is_read(opening: str, closing: str) -> None:
    words = f"{opening}The border stays shut,{closing}"
    assert quoted(f"{words} said the envoy.") == [[words]]


@pytest.mark.parametrize("words", ['"We agree,”', '“We agree,"'])
def test_mixed_curly_and_straight_marks_close_each_other(words: str) -> None:
    assert quoted(f"{words} she said.") == [[words]]


def test_apostrophes_are_no_quotations() -> None:
    assert quoted("It's the envoys' plan; Norland’s '90s treaty isn't dead, 'tis said by the parties’ men.") == []


def test_a_possessive_inside_single_marks_does_not_close_them() -> None:
    assert quoted("'The parties' plan is dead,' he said.") == [["'The parties' plan is dead,'"]]


def test_inner_marks_belong_to_the_outer_quotation() -> None:
    assert quoted("“He told me ‘never’ and “not now” twice,” she said.") == [
        ["“He told me ‘never’ and “not now” twice,”"]
    ]


def test_paragraphs_that_open_the_mark_again_are_one_quotation() -> None:
    assert quoted("“We waited.", "“We waited again.", "“Now we go,” she said.") == [
        ["“We waited.", "“We waited again.", "“Now we go,”"]
    ]


def test_a_quotation_that_closes_in_the_next_paragraph_without_opening_again() -> None:
    assert quoted('"We waited.', 'Now we go," she said. "All of us."') == [
        ['"We waited.', 'Now we go,"'],
        ['"All of us."'],
    ]


def test_a_missing_closing_mark_ends_with_the_paragraph() -> None:
    text, found = quotations("He said: “We will not pay.", "The talks went on.")
    assert [part.of(text) for part in found[0].parts] == ["“We will not pay."]
    assert not found[0].closed
    assert len(found) == 1


def test_inches_and_feet_are_no_quotations() -> None:
    assert quoted("The gap is 6\" wide and 5' long.") == []


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab .,\n\"“”„«»‘’'`s1\u200b😀", max_size=200))
def test_any_text_gives_ordered_quotations_inside_it(text: str) -> None:
    found = find_quotations(text, [Block("body", Span(0, len(text)))])
    parts = [part for quotation in found for part in quotation.parts]
    assert all(0 <= part.start < part.end <= len(text) for part in parts)
    assert parts == sorted(parts)
    assert all(one.end <= two.start for one, two in pairwise(parts))


@pytest.mark.parametrize("pattern", ["“a ", '"a ', "'a ", "“a” ", "'' ", "a' "])
def test_time_grows_with_length_only(pattern: str) -> None:
    text = pattern * (200_000 // len(pattern))
    start = time.process_time()
    find_quotations(text, [Block("body", Span(0, len(text)))])
    assert time.process_time() - start < 60
