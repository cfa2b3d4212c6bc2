"""Spellings of one word in several romanisations are told from other words, and share a key by which they are found."""

from __future__ import annotations

import pytest

from diurna.link.spelling import alike, coarse_keys, romanised

ALIKE = """
sadegh sadiq, sadeqi sadiqi, ahmed ahmad, golzadeh golzade, yevgeny evgenii, dolinsky dolinskiy, muellner mullner,
juergen jurgen, aleksandr alexander, barzanci barzanji, qasimi ghasemi, hashemi hashimi, nur noor, tariq tareq,
zelensky zelenskyy, kareem karim, petrov petroff, khaled khalid, gaddafi qadhafi, hussein hosain, mohammed muhammad,
doukhal dukhal, kazem kadhim, hezbollah hizbullah, nasser nasir, osama usama, saeed said, novak nowak, khoury khouri
"""
APART = """
hassan hussein, karim karam, hamid hamad, sokolov sokolova, alexander alexandra, dolan dolanek, marek marko, iraq iran,
mario maria, brandt brenner, tate tatum, harl harlow, omar amir, salim salam
"""


def pairs(rows: str) -> list[tuple[str, ...]]:
    return [tuple(row.split()) for row in rows.split(",")]


@pytest.mark.parametrize(("one", "other"), pairs(ALIKE))
def test_spellings_of_one_word(one: str, other: str) -> None:
    assert alike(one, other)
    assert alike(other, one)
    assert set(coarse_keys(one)) & set(coarse_keys(other))


@pytest.mark.parametrize(("one", "other"), pairs(APART))
def test_other_words(one: str, other: str) -> None:
    assert not alike(one, other)
    assert not alike(other, one)


def test_a_slip_within_a_long_word_is_forgiven_but_not_at_its_end() -> None:
    assert alike("buttigieg", "buttigeig")
    assert alike("carrington", "carington")
    assert not alike("marlenko", "marlenka")


def test_names_of_east_asia_by_their_syllables() -> None:
    assert romanised(("hsieh", "ming", "tao")) == romanised(("xie", "mingtao"))
    assert romanised(("chang", "kuo", "hua")) == romanised(("zhang", "guohua"))
    assert romanised(("jong", "su")) == romanised(("jong", "soo"))
    assert romanised(("jong", "hwa")) != romanised(("jong", "hwan"))
