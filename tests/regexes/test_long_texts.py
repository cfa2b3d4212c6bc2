"""Long odd texts through all stages: four times as much of the same takes about four times as long, never sixteen.

What an expression tries in the square of a text's length would show here, wherever it stands.
"""

from __future__ import annotations

import time

import pytest

from diurna.annotate.pipeline import AnnotateOptions
from diurna.flow.reading import annotator_for, read_report
from diurna.sources.reader import report_from_text

SMALL = 4_000
MOST = 9.0
"""Times as long for four times as much: twice what is fair, little more than half of what a square would be."""
FLOOR = 0.15
"""Seconds of the processor below which nothing is said of a small text."""

# Runs of quotation marks without a space are left out: spaCy's tokenizer takes the square of a word's length for them,
# and is given 8,000 characters at once at most, which bounds it.
PIECES = (
    "a", " ", "A ", "“ ", "1 ", "1", "said ", "( ", "a\n", " \n", "- ", ". ", "not to ", "Oren Tal ", "of the ", "’s ",
    "and ", "A. ", "on Friday ", "12 ", "will ", "began to ", "“He said so,” she said. ", "<p>",
)  # fmt: skip


def seconds(piece: str, size: int) -> float:
    annotator = annotator_for(AnnotateOptions(engine="rules"))
    report = report_from_text(f"Oren Tal said no. {piece * (size // len(piece))}")
    began = time.process_time()
    found = read_report(report, annotator)
    assert not [one for one in found.failures if one.stage not in ("language", "size")], found.failures
    return time.process_time() - began


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES)
def test_four_times_as_much_takes_about_four_times_as_long(piece: str) -> None:
    small, large = seconds(piece, SMALL), seconds(piece, 4 * SMALL)
    assert large < MOST * max(small, FLOOR), f"{small:.2f} s and {large:.2f} s"
