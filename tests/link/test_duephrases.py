"""Deadlines in phrases that name no day."""

from __future__ import annotations

import datetime as dt

import pytest

from diurna.link.duephrases import after, phrase_due
from diurna.link.tellings import tellings_of
from diurna.link.whens import to_come
from diurna.model.timevalue import range_value
from tests.link.test_across import read

DAY = dt.date(2031, 3, 3)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("to clear the rubble inside ten days", dt.date(2031, 3, 13)),
        ("to clear the rubble inside of a fortnight", dt.date(2031, 3, 17)),
        ("would close the camp in three weeks' time", dt.date(2031, 3, 24)),
        ("to reopen the border two days from now", dt.date(2031, 3, 5)),
        ("to withdraw its troops before the year is out", dt.date(2031, 12, 31)),
        ("every farmer will be paid before November is over", dt.date(2031, 11, 30)),
        ("every farmer will be paid before February ends", dt.date(2032, 2, 29)),
        ("to pay the nurses before the month ends", dt.date(2031, 3, 31)),
        ("to mend the bridge before winter", dt.date(2031, 11, 30)),
        ("to mend the bridge before spring", dt.date(2032, 2, 29)),
        ("to pay the nurses by mid-June", dt.date(2031, 6, 15)),
        ("to pay the nurses by the middle of January", dt.date(2032, 1, 15)),
        ("to repay the farmers within three months", dt.date(2031, 6, 3)),
        ("to leave the valley within 30 days of signature", dt.date(2031, 4, 2)),
        ("to leave the valley within 30 days of the vote", None),
        ("to lift the curfew in her first hundred days in office", dt.date(2031, 6, 11)),
        ("to pay the nurses in the coming two weeks", dt.date(2031, 3, 17)),
        ("to table the bill before the summer recess", None),
        ("to pay the nurses", None),
        ("in time for winter", dt.date(2031, 11, 30)),
        ("to return the ships ten days after signing", dt.date(2031, 3, 13)),
        ("to lay down its arms in a month's time", dt.date(2031, 4, 3)),
        ("to pull back its tanks by dawn", dt.date(2031, 3, 4)),
        ("to pull back its tanks by nightfall", dt.date(2031, 3, 3)),
        ("to pull back its tanks by midnight on Sunday", None),
    ],
)
def test_the_last_day_a_phrase_names(text: str, last: dt.date | None) -> None:
    found = phrase_due(text, DAY)
    assert (found.last_day if found else None) == last


def test_without_a_day_of_the_report_nothing_is_counted() -> None:
    assert phrase_due("inside ten days", None) is None


def test_a_month_later_is_a_day_of_that_month() -> None:
    assert after(dt.date(2031, 1, 31), 1, "month") == dt.date(2031, 2, 28)
    assert after(DAY, 72, "hour") == dt.date(2031, 3, 6)


def test_a_month_named_without_its_year_is_the_next_one() -> None:
    march = range_value(dt.date(2030, 3, 1), dt.date(2030, 3, 31), "the end of March")
    assert to_come(march, dt.date(2031, 1, 7)).last_day == dt.date(2031, 3, 31)
    leap = range_value(dt.date(2028, 2, 29), dt.date(2028, 2, 29), "29 February")
    assert to_come(leap, dt.date(2028, 3, 1)).last_day == dt.date(2029, 2, 28)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Vantia urged Norrow on Monday to open the Siskin canal.", None),
        ("Vantia urged Norrow on Monday to open the Siskin canal before the summit on 12 May.", dt.date(2031, 5, 11)),
        ("Vantia set Norrow a one-week deadline on Monday to open the Siskin canal.", dt.date(2031, 3, 10)),
        ("Vantia gave Norrow 48 hours on Monday to open the Siskin canal.", dt.date(2031, 3, 5)),
    ],
)
def test_the_last_day_a_report_gives(text: str, due: dt.date | None) -> None:
    found = [one for one in tellings_of(read("2031-03-03", text)) if one.force == "demand"]
    assert [one.due_day for one in found] == [due]
