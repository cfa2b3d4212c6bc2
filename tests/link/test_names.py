"""Can two names be one: spellings, short forms, initials, parts; and what keeps names apart."""

from __future__ import annotations

import pytest

from diurna.link.names import match_names

SAME_PERSON = [
    ("Mohammad Kazem Al Sadeq", "Muhammad Kadhim al-Sadiq", "spelling"),
    ("Al Sadeq", "al-Sadegh", "spelling"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "spelling"),
    ("William Tate", "Bill Tate", "short form"),
    ("W. Tate", "William Tate", "initials"),
    ("President Ola Brandt", "Ola Brandt", "equal"),
    ("Brandt", "Ola Brandt", "part"),
    ("Ola Mari Brandt", "Ola Brandt", "spelling"),
    ("Zahā Ḥadīd", "Zaha Hadid", "equal"),
    ("Minister Yun Seo of the People's Party", "Yun Seo", "equal"),
]
OTHER_PERSON = [
    ("Ola Brandt", "Mari Brandt"),
    ("George Tate Jr.", "George Tate Sr."),
    ("John H. Tate", "John W. Tate"),
    ("Ola Brandt", "Ola Brenner"),
    ("Iraq", "Iran"),
]
SAME_BODY = [
    ("NSW", "New South Wales", "initials"),
    ("Popular Mobilization Forces", "Hashd al-Shaabi", "listed"),
    ("U.S.", "United States", "listed"),
    ("Harrow", "Harrow School", "short form"),
    ("Korean People 's Army", "Korean People’s Army", "equal"),
]
OTHER_BODY = [
    ("South Korea", "North Korea"),
    ("Valley Front", "Northern Valley Front"),
    ("Ministry", "Ministry of Health"),
    ("Army", "Party"),
    ("Iraq", "Iran"),
]


@pytest.mark.parametrize(("one", "other", "ground"), SAME_PERSON)
def test_persons_that_can_be_one(one: str, other: str, ground: str) -> None:
    for pair in ((one, other), (other, one)):
        found = match_names(*pair, person=True)
        assert found
        assert found.ground == ground
        assert one in found.why or other in found.why


@pytest.mark.parametrize(("one", "other"), OTHER_PERSON)
def test_persons_that_cannot(one: str, other: str) -> None:
    assert match_names(one, other, person=True) is None


@pytest.mark.parametrize(("one", "other", "ground"), SAME_BODY)
def test_bodies_that_can_be_one(one: str, other: str, ground: str) -> None:
    found = match_names(one, other, person=False)
    assert found
    assert found.ground == ground


@pytest.mark.parametrize(("one", "other"), OTHER_BODY)
def test_bodies_that_cannot(one: str, other: str) -> None:
    assert match_names(one, other, person=False) is None
