"""Stances by issue: which acts take a side, on what, and what is too little to be an issue."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from diurna.link.issues import IssueStance, stances_by_issue
from diurna.model.record import Act, Content, ContentForm, Cue, Evidence, Speaker, Statement
from diurna.model.span import Span

SPEAKER = Speaker(None, "ac-1", "Oren Tal", "named", None)


def said(number: int, act: Act, text: str, form: ContentForm = "clause", lemma: str = "say") -> Statement:
    content = Content((Span(0, len(text)),), text, form)
    return Statement(
        f"st-{number}", SPEAKER, Cue((Span(0, 1),), lemma), content, "indirect", act, None, None, None,
        "positive", "certain", (), None, Evidence(Span(0, len(text)), text, "by hand", None),
    )  # fmt: skip


def stand(
    *statements: tuple[Act, str] | tuple[Act, str, ContentForm], names: Sequence[str] = ()
) -> dict[str, IssueStance]:
    found = stances_by_issue((said(n, *one) for n, one in enumerate(statements)), names)
    return {one.issue: one for one in found}


@pytest.mark.parametrize(
    ("act", "text", "form", "side"),
    [
        ("praise", "the ceasefire in the valley", "phrase", "for"),
        ("condemn", "the ceasefire in the valley", "phrase", "against"),
        ("agree", "a ceasefire", "phrase", "for"),
        ("refuse", "a ceasefire", "phrase", "against"),
        ("promise", "to extend the ceasefire", "clause", "for"),
        ("promise", "to end the ceasefire", "clause", "against"),
        ("threaten", "to end the ceasefire", "clause", "against"),
        ("refuse", "to extend the ceasefire", "clause", "against"),
        ("assert", "the ceasefire was extended", "clause", "neither"),
        ("predict", "the ceasefire will be ended", "clause", "neither"),
        ("ask", "whether the ceasefire holds", "clause", "neither"),
    ],
)
def test_an_act_takes_a_side_or_none(act: Act, text: str, form: ContentForm, side: str) -> None:
    other: tuple[Act, str, ContentForm] = ("praise", "the ceasefire once more", "phrase")
    found = next(one for one in stand((act, text, form), other).values() if "st-0" in one.records)
    counts = {"for": found.for_it - 1, "against": found.against_it, "neither": found.neither}
    assert counts == {"for": 0, "against": 0, "neither": 0, side: 1}


def test_words_for_one_thing_are_one_issue_called_by_the_commoner() -> None:
    found = stand(
        ("praise", "the truce", "phrase"),
        ("praise", "the long truce", "phrase"),
        ("condemn", "the ceasefire", "phrase"),
    )
    assert (found["truce"].for_it, found["truce"].against_it, found["truce"].total) == (2, 1, 3)
    assert found["truce"].records == ("st-0", "st-1", "st-2")


def test_a_truce_and_fighting_are_two_issues() -> None:
    found = stand(
        *[("condemn", "the truce", "phrase"), ("condemn", "the ceasefire", "phrase")],
        *[("condemn", "the fighting", "phrase"), ("condemn", "all fighting", "phrase")],
    )
    assert {name: one.records for name, one in found.items()} == {
        "ceasefire": ("st-0", "st-1"),
        "fighting": ("st-2", "st-3"),
    }


def test_once_is_no_issue_and_copies_count_once() -> None:
    assert not stand(("praise", "the truce", "phrase"), ("praise", "the truce", "phrase"))
    assert not stand(("assert", "the harbour is open"), ("assert", "the harbour was open then"))
    assert stand(*[("assert", f"the harbour is {how}") for how in ("open", "shut", "full")])["harbour"].neither == 3


def test_ones_own_name_is_no_issue() -> None:
    texts: list[tuple[Act, str, ContentForm]] = [
        ("condemn", "the harbour", "phrase"),
        ("condemn", "the harbour again", "phrase"),
    ]
    assert "harbour" in stand(*texts)
    assert "harbour" not in stand(*texts, names=("Harbour Guild",))


def test_sides_taken_come_first_and_the_same_comes_out_again() -> None:
    statements: list[tuple[Act, str, ContentForm]] = [
        *[("assert", f"the harbour is {how}", "clause") for how in ("open", "shut", "full", "old")],
        ("praise", "the new road", "phrase"),
        ("praise", "the old road", "phrase"),
    ]
    assert next(iter(stand(*statements))) == "road"
    assert stand(*statements) == stand(*statements)
