"""What a sentence itself says of a word kept or broken."""

from __future__ import annotations

import pytest

from diurna.link.redeeming import standing
from diurna.model.span import Span


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Norrow's parliament did away with the bread tax, making good on a promise by President Brandt.", "kept"),
        ("Norrow freed the pilots on Monday, as it had promised.", "kept"),
        ("The mayor closed the school, breaking a pledge he made in May.", "broken"),
        ("Norrow sent troops to the river despite its vow to keep out of the war.", "broken"),
        ("Norrow sent troops to the river on Monday. It kept its word elsewhere.", ""),
        ("The mayor despite rain kept the school open.", ""),
    ],
)
def test_the_sentence_of_a_deed_says_what_it_does_to_a_word(text: str, said: str) -> None:
    clause = Span(0, text.find(",") if "," in text else text.find("."))
    assert standing(text, clause) == said
