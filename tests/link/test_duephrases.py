"""Deadlines in phrases that name no day."""

from __future__ import annotations

import datetime as dt

import pytest

from diurna.link.duephrases import after, phrase_due

DAY = dt.date(2031, 3, 3)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("to clear the rubble inside ten days", dt.date(2031, 3, 13)),
        ("to clear the rubble inside of a fortnight", dt.date(2031, 3, 17)),
        ("would close the camp in three weeks' time", dt.date(2031, 3, 24)),
        ("to reopen the border two days from now", dt.date(2031, 3, 5)),
        ("to withdraw its troops before the year is out", dt.date(2031, 12, 31)),
        ("to pay the nurses before the month ends", dt.date(2031, 3, 31)),
        ("to mend the bridge before winter", dt.date(2031, 11, 30)),
        ("to mend the bridge before spring", dt.date(2032, 2, 29)),
        ("to pay the nurses by mid-June", dt.date(2031, 6, 15)),
        ("to pay the nurses by the middle of January", dt.date(2032, 1, 15)),
        ("to pay the nurses", None),
        ("in time for winter", None),
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
