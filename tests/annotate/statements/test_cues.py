from __future__ import annotations

import pytest

from diurna.annotate.statements.cues import load_cues
from tests.annotate.builders import parse_of


def matches(sentence: str, token: int) -> list[str]:
    text = " ".join(item.split("|")[0] for item in sentence.split())
    return [match.word.lemma for match in load_cues().verb_matches(parse_of((text, [sentence])), token)]


def test_the_lexicon_is_broad() -> None:
    cues = load_cues()
    assert sum(len(words) for words in cues.verbs.values()) >= 600
    assert len(cues.nouns) + len(cues.adjectives) >= 150


@pytest.mark.parametrize("form", ["denied", "denies", "denying"])
def test_verbs_are_read_by_inflection(form: str) -> None:
    assert "deny" in matches(f"Tel|NNP|nsubj|2 {form}|VBD|ROOT|0|deny it|PRP|dobj|2", 1)


def test_a_particle_makes_another_verb() -> None:
    sentence = "Tel|NNP|nsubj|2 pointed|VBD|ROOT|0|point out|RP|prt|2 risks|NNS|dobj|2|risk"
    assert matches(sentence, 1)[0] == "point out"


def test_a_preposition_away_from_its_verb_still_belongs_to_it() -> None:
    sentence = "Tel|NNP|nsubj|2 called|VBD|ROOT|0|call today|NN|npadvmod|2 for|IN|prep|2 talks|NNS|pobj|4|talk"
    assert "call for" in matches(sentence, 1)


def test_a_known_slip_of_the_lemmatizer_is_mended() -> None:
    assert "hope" in matches("Tel|NNP|nsubj|2 hoped|VBD|ROOT|0|hop so|RB|advmod|2", 1)


def test_every_word_names_the_act_of_every_frame_it_takes() -> None:
    cues = load_cues()
    words = [word for group in cues.verbs.values() for word in group]
    assert all(word.act(frame) == act for word in words for frame, act in word.acts)
    assert next(w for w in cues.verbs["warn"] if not w.tail).act("quote") == "warn"
