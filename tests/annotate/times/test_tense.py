"""Past or ahead: what the governing verb says, on trees drawn by hand."""

from __future__ import annotations

import pytest

from diurna.annotate.parse import Parse
from diurna.annotate.times.tense import tense_at
from diurna.annotate.times.timewords import time_words


def tree(*rows: tuple[str, str, str, str, int]) -> Parse:
    """Rows of word, lemma, tag, relation and head."""
    parse = Parse(" ".join(row[0] for row in rows), ())
    at = 0
    for word, lemma, tag, relation, head in rows:
        parse.words.append(word)
        parse.lowers.append(word.lower())
        parse.lemmas.append(lemma)
        parse.tags.append(tag)
        parse.pos.append(
            "VERB"
            if tag.startswith("VB") and relation not in ("aux", "auxpass")
            else "AUX"
            if "aux" in relation
            else "NOUN"
        )
        parse.deps.append(relation)
        parse.heads.append(head)
        parse.starts.append(at)
        parse.ends.append(at + len(word))
        parse.block_of.append(0)
        at += len(word) + 1
    parse.sentences.append((0, len(rows)))
    parse.close()
    return parse


FRIDAY = ("Friday", "friday", "NNP", "npadvmod", 0)
TO = ("to", "to", "TO", "aux", 0)
COULD = ("could", "could", "MD", "aux", 0)
CASES = [
    ("met", [("met", "meet", "VBD", "ROOT", 0), FRIDAY], -1),
    ("will meet", [("meet", "meet", "VB", "ROOT", 0), FRIDAY, ("will", "will", "MD", "aux", 0)], 1),
    ("could have met", [("met", "meet", "VBN", "ROOT", 0), FRIDAY, COULD, ("have", "have", "VB", "aux", 0)], 0),
    ("has met", [("met", "meet", "VBN", "ROOT", 0), FRIDAY, ("has", "have", "VBZ", "aux", 0)], -1),
    ("is meeting", [("meeting", "meet", "VBG", "ROOT", 0), FRIDAY, ("is", "be", "VBZ", "aux", 0)], 1),
    ("was meeting", [("meeting", "meet", "VBG", "ROOT", 0), FRIDAY, ("was", "be", "VBD", "aux", 0)], -1),
    ("was scheduled for", [("scheduled", "schedule", "VBN", "ROOT", 0), FRIDAY, ("was", "be", "VBD", "auxpass", 0)], 1),
    ("is due", [("is", "be", "VBZ", "ROOT", 0), FRIDAY, ("due", "due", "JJ", "acomp", 0)], 1),
    ("begins", [("begins", "begin", "VBZ", "ROOT", 0), FRIDAY], 1),
    ("says", [("says", "say", "VBZ", "ROOT", 0), FRIDAY], 0),
    ("agreed to meet", [("meet", "meet", "VB", "xcomp", 2), FRIDAY, ("agreed", "agree", "VBD", "ROOT", 2), TO], 1),
    ("had to flee", [("flee", "flee", "VB", "xcomp", 2), FRIDAY, ("had", "have", "VBD", "ROOT", 2), TO], -1),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_verb_tells(rows: list[tuple[str, str, str, str, int]], expected: int) -> None:
    assert tense_at(tree(*rows), 1, time_words(), {}) == expected


def test_a_word_outside_the_parse_tells_nothing() -> None:
    assert tense_at(tree(("met", "meet", "VBD", "ROOT", 0)), -1, time_words(), {}) == 0


def test_a_circle_of_heads_ends() -> None:
    parse = tree(("a", "a", "NN", "dep", 1), ("b", "b", "NN", "dep", 0))
    assert tense_at(parse, 0, time_words(), {}) == 0
