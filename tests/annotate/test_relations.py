"""Relations on hand-built parses: each token is word/relation/tag/head, and its lemma where it is another word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.annotate.parse import Entity, Parse
from diurna.annotate.relations import find_relations
from diurna.model.report import Block
from diurna.model.span import Span

POS = {
    "NNP": "PROPN",
    "NN": "NOUN",
    "NNS": "NOUN",
    "PRP": "PRON",
    "WDT": "PRON",
    "WP": "PRON",
    "IN": "ADP",
    "DT": "DET",
}


def parse(sentence: str, *entities: tuple[int, int, str]) -> Parse:
    rows = [token.split("/") for token in sentence.split()]
    text = " ".join(row[0] for row in rows)
    made = Parse(text, (Block("body", Span(0, len(text))),))
    at = 0
    for word, relation, tag, head, *lemma in rows:
        made.words.append(word)
        made.lowers.append(word.lower())
        made.lemmas.append(lemma[0] if lemma else word.lower())
        made.tags.append(tag)
        made.pos.append("VERB" if tag.startswith("VB") and word not in ("is", "are") else POS.get(tag, "X"))
        made.deps.append(relation)
        made.heads.append(int(head))
        made.starts.append(at)
        made.ends.append(at + len(word))
        made.block_of.append(0)
        at += len(word) + 1
    made.sentences.append((0, len(rows)))
    made.entities.extend(Entity(*one) for one in entities)
    made.close()
    return made


def told(sentence: str, *entities: tuple[int, int, str]) -> list[tuple[str, str, str, str]]:
    made = parse(sentence, *entities)
    return [(d.kind, d.source.of(made.text), d.target.of(made.text), d.polarity) for d in find_relations(made)]


def test_a_name_before_a_hyphen() -> None:
    assert told(
        "Kestmark/npadvmod/NNP/2 -/punct/HYPH/2 backed/amod/VBN/3/back militias/nsubj/NNS/4/militia"
        " left/ROOT/VBD/4/leave"
    ) == [("backs", "Kestmark", "militias", "positive")]


def test_a_hyphen_inside_one_token() -> None:
    assert told("the/det/DT/2 K.M.-led/amod/JJ/2 coalition/nsubj/NN/3 moved/ROOT/VBD/3/move") == [
        ("leads", "K.M.", "coalition", "positive")
    ]


def test_an_alliance_goes_from_the_described_to_the_named() -> None:
    assert (
        told(
            "Kestmark/npadvmod/NNP/2 -/punct/HYPH/2 aligned/amod/VBN/3/align groups/nsubj/NNS/4/group"
            " left/ROOT/VBD/4/leave"
        )
        == []
    )  # "group" alone is nobody in particular
    assert told(
        "Kestmark/npadvmod/NNP/2 -/punct/HYPH/2 aligned/amod/VBN/3/align parties/nsubj/NNS/4/party"
        " left/ROOT/VBD/4/leave"
    ) == [("allied_with", "parties", "Kestmark", "positive")]


def test_a_role_beside_a_name() -> None:
    assert told(
        "Oren/compound/NNP/1 Tal/nsubj/NNP/10 ,/punct/,/1 the/det/DT/4 head/appos/NN/1 of/prep/IN/4 the/det/DT/8"
        " Mediation/compound/NNP/8 Council/pobj/NNP/5 ,/punct/,/10 spoke/ROOT/VBD/10/speak",
        (0, 2, "PERSON"),
        (6, 9, "ORG"),
    ) == [("leads", "Oren Tal", "the Mediation Council", "positive")]


def test_a_role_before_a_name() -> None:
    assert told(
        "Council/compound/NN/1 envoy/compound/NN/3 Anselm/compound/NNP/3 Drey/nsubj/NNP/4 spoke/ROOT/VBD/4/speak",
        (0, 1, "ORG"),
        (2, 4, "PERSON"),
    ) == [("speaks_for", "Anselm Drey", "Council", "positive")]


def test_a_possessor_and_the_name_after_the_role() -> None:
    assert told(
        "The/det/DT/1 Front/poss/NNP/3 's/case/POS/1 commander/nsubj/NN/8 ,/punct/,/3 Jorun/compound/NNP/6"
        " Haske/appos/NNP/3 ,/punct/,/8 spoke/ROOT/VBD/8/speak",
        (1, 2, "ORG"),
        (5, 7, "PERSON"),
    ) == [("leads", "Jorun Haske", "Front", "positive")]


def test_a_role_said_of_a_subject() -> None:
    assert told(
        "Haske/nsubj/NNP/1 is/ROOT/VBZ/1/be the/det/DT/3 leader/attr/NN/1 of/prep/IN/3 the/det/DT/6 Front/pobj/NNP/4",
    ) == [("leads", "Haske", "the Front", "positive")]


def test_denying_control_is_a_negative_relation() -> None:
    assert told(
        "Kestmark/nsubj/NNP/1 denies/ROOT/VBZ/1/deny controlling/xcomp/VBG/1/control the/det/DT/5"
        " Harrow/compound/NNP/5 militias/dobj/NNS/2/militia",
    ) == [("controls", "Kestmark", "the Harrow militias", "negative")]


def test_not_denying_control_is_a_positive_one() -> None:
    assert told(
        "Kestmark/nsubj/NNP/3 did/aux/VBD/3/do not/neg/RB/3 deny/ROOT/VB/3 controlling/xcomp/VBG/3/control"
        " militias/dobj/NNS/4/militia",
    ) == [("controls", "Kestmark", "militias", "positive")]


def test_not_subject_to_orders() -> None:
    assert told(
        "The/det/DT/1 factions/nsubj/NNS/2/faction are/ROOT/VBP/2/be not/neg/RB/2 subject/acomp/JJ/2 to/prep/IN/4"
        " Torsund/poss/NNP/8 's/case/POS/6 orders/pobj/NNS/5/order",
    ) == [("controls", "Torsund", "The factions", "negative")]


def test_the_passive_names_the_backer_last() -> None:
    assert told(
        "The/det/DT/1 rebels/nsubjpass/NNS/3/rebel are/auxpass/VBP/3/be backed/ROOT/VBN/3/back by/agent/IN/3"
        " Kestmark/pobj/NNP/4",
    ) == [("backs", "Kestmark", "The rebels", "positive")]


def test_loyal_to_and_belongs_to() -> None:
    assert told(
        "The/det/DT/1 militia/nsubj/NN/9 ,/punct/,/1 which/nsubj/WDT/4 is/relcl/VBZ/1/be loyal/acomp/JJ/4 to/prep/IN/5"
        " Ortan/pobj/NNP/6 ,/punct/,/9 belongs/ROOT/VBZ/9/belong to/prep/IN/9 the/det/DT/12 League/pobj/NNP/10",
    ) == [("allied_with", "The militia", "Ortan", "positive"), ("member_of", "The militia", "the League", "positive")]


def test_taking_orders() -> None:
    assert told(
        "The/det/DT/1 fighters/nsubj/NNS/2/fighter take/ROOT/VBP/2 orders/dobj/NNS/2/order from/prep/IN/2"
        " Torsund/pobj/NNP/4",
    ) == [("controls", "Torsund", "The fighters", "positive")]


def test_a_bond_and_what_it_is_not() -> None:
    assert told(
        "The/det/DT/1 ties/nsubj/NNS/7/tie between/prep/IN/1 Kestmark/pobj/NNP/2 and/cc/CC/3 the/det/DT/6"
        " commanders/conj/NNS/3/commander are/ROOT/VBP/7/be friendship/attr/NN/7 rather/advmod/RB/10 than/prep/IN/8"
        " command/conj/NN/8",
    ) == [
        ("allied_with", "Kestmark", "the commanders", "positive"),
        ("controls", "Kestmark", "the commanders", "negative"),
    ]


def test_a_verb_denied() -> None:
    assert told(
        "The/det/DT/1 Front/nsubj/NNP/4 does/aux/VBZ/4/do not/neg/RB/4 back/ROOT/VB/4 the/det/DT/6 League/dobj/NNP/4",
    ) == [("backs", "The Front", "the League", "negative")]


def test_a_representative_with_a_country_before_it_speaks_not_for_the_country() -> None:
    assert (
        told(
            "Veldria/compound/NNP/3 Representative/compound/NNP/3 Joe/compound/NNP/3 Quill/nsubj/NNP/4"
            " spoke/ROOT/VBD/4/speak",
            (0, 1, "GPE"),
            (2, 4, "PERSON"),
        )
        == []
    )


@pytest.mark.parametrize("tag", ["DATE", "MONEY"])
def test_a_date_is_no_party(tag: str) -> None:
    assert (
        told("The/det/DT/1 chair/nsubj/NN/4 of/prep/IN/1 Monday/pobj/NNP/2 spoke/ROOT/VBD/4/speak", (3, 4, tag)) == []
    )


WORDS = st.sampled_from(
    ["head", "of", "Front", "-", "backed", "orders", "under", "ties", "between", "control", "deny", "loyal"]
)
RELATIONS = st.sampled_from(["nsubj", "dobj", "prep", "pobj", "amod", "appos", "compound", "poss", "xcomp", "conj"])
TAGS = st.sampled_from(["NNP", "NN", "VBZ", "IN", "JJ"])


@given(st.lists(st.tuples(WORDS, RELATIONS, TAGS, st.integers(0, 11)), min_size=1, max_size=12))
def test_any_tree_however_odd_gives_spans_inside_the_text(rows: list[tuple[str, str, str, int]]) -> None:
    sentence = " ".join(f"{w}/{r}/{t}/{min(h, i)}" for i, (w, r, t, h) in enumerate(rows))
    made = parse(sentence)
    for draft in find_relations(made):
        assert draft.source.of(made.text)
        assert draft.target.of(made.text)
        assert draft.span.contains(draft.source)
        assert not draft.source.overlaps(draft.target)
