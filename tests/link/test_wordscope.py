"""Questions, talk about the talk, and voices that are many are held against no other report."""

from __future__ import annotations

import pytest

from diurna.link.across import gaps_across
from tests.link.test_across import read

OLEN = "PRESIDENT OLEN: {}"


def called(*rows: tuple[str, str]) -> list[str]:
    found = gaps_across(read(day, text) for day, text in rows)
    return [one.gap.kind for one in found if one.gap.verdict == "gap"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I’ll never forget that.", "I’ll let Norrow think for itself."),
        ("I’ll leave it there.", "We’ll keep going with the second question."),
        ("Ukrow will prevail.", "As I’ve said before, Vantia will not prevail in this war."),
    ],
)
def test_talk_is_no_promise(one: str, other: str) -> None:
    assert called(("2032-03-03", OLEN.format(one)), ("2032-04-03", OLEN.format(other))) == []


def test_two_officials_without_a_name_are_not_one() -> None:
    told = "A senior official said: “I will close the harbour of Ketta.”"
    again = "A senior official said: “I will not close the harbour of Ketta.”"
    assert called(("2032-03-03", told), ("2032-04-03", again)) == []


def test_the_country_is_the_speakers() -> None:
    left = ("2032-03-03", "Norrow's president Ila Brandt said that the country was not a target of Vantia.")
    right = ("2032-03-05", "Ostrava's army said that the country was targeted by Vantia.")
    assert called(left, right) == []


def test_a_truce_for_the_weekend_is_over_on_sunday() -> None:
    truce = ("2032-03-05", "Vantia and Norrow agreed to a ceasefire for the weekend.")
    assert called(truce, ("2032-03-06", "Vantia carried out airstrikes on Norrow.")) == ["promise_unkept"]
    assert called(truce, ("2032-03-12", "Vantia carried out airstrikes on Norrow.")) == []
