"""Words for one deed and for its contrary: what the lexicon says, and what it does to two acts."""

from __future__ import annotations

import pytest

from diurna.link.acts import Act, Relation, relation
from diurna.link.clauseacts import act_of
from diurna.link.deeds import deed_names, deeds, poles, verb_of_phrase, way_of
from diurna.link.matters import stem
from diurna.link.wording import wording


def act(clause: str, *, passive: bool = False) -> Act:
    """The act of a clause whose subject ends at a bar."""
    subject, _, rest = clause.partition("|")
    return act_of(wording(subject + rest), len(subject), passive=passive)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("The ministry |will not raise fuel prices", "The ministry |increased fuel prices", "opposite"),
        ("The ministry |will raise fuel prices", "Fuel prices |went up", "same"),
        ("The army |will bring its troops home", "The army |withdrew its troops", "same"),
        ("The council |will shut down the plant", "The plant |has not been closed", "opposite"),
        ("The group |will hand in its weapons", "The group |refused to disarm", "opposite"),
        ("There |will be no cuts to pensions", "The cabinet |cut pensions", "opposite"),
        ("The state |will supply gas", "The state |cut off the supply of gas", "opposite"),
        ("The line |will be finished", "The line |is still unfinished", "opposite"),
        ("The league |will halt oil exports", "The league |suspended oil exports", "same"),
        ("Bus fares |will stay as they are", "The mayor |raised bus fares", "opposite"),
        ("The board |will publish the report", "The board |will free the prisoners", "none"),
        ("The court |will release the editor", "The court |fined the editor", "none"),
    ],
)
def test_two_wordings_of_one_deed_meet(one: str, other: str, found: Relation) -> None:
    passive = [" be " in side or " is " in side or " been " in side for side in (one, other)]
    left, right = (act(side, passive=p) for side, p in zip((one, other), passive, strict=True))
    assert relation(left, right) == found
    assert relation(right, left) == found


def test_deeds_apart_are_compared_with_each_other_only() -> None:
    assert poles("kill", stem("execute")) == 1
    assert poles("kill", stem("spare")) == -1
    assert poles(stem("expel"), stem("release")) == 0
    assert way_of(stem("expel")) == 0
    assert way_of(stem("abolish")) == -1


def test_a_verb_of_several_words_is_found_whatever_stands_between() -> None:
    text = "bring its last soldiers home from the island"
    assert verb_of_phrase(text, 0, len(text), "bring") == f"bring {stem('home')}"
    assert verb_of_phrase("bring good news", 0, 15, "bring") is None


def test_every_deed_has_its_words_under_keys_a_clause_can_have() -> None:
    for key in deeds().poles:
        assert deed_names(key)
        assert all(pole in (1, -1) for pole in deeds().poles[key].values())
