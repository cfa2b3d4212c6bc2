"""Other calendars and movable feasts against days that are known."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.annotate.times import calendars
from diurna.annotate.times.holidays import holiday_days
from diurna.annotate.times.timewords import time_words


@pytest.mark.parametrize(
    ("year", "day"), [(2008, "03-23"), (2016, "03-27"), (2019, "04-21"), (2025, "04-20"), (2038, "04-25")]
)
def test_western_easter(year: int, day: str) -> None:
    assert calendars.easter(year).isoformat() == f"{year}-{day}"


@pytest.mark.parametrize(("year", "day"), [(2016, "05-01"), (2019, "04-28"), (2024, "05-05"), (2025, "04-20")])
def test_eastern_easter(year: int, day: str) -> None:
    assert calendars.orthodox_easter(year).isoformat() == f"{year}-{day}"


@pytest.mark.parametrize(
    ("date", "day"), [((1357, 11, 22), "1979-02-11"), ((1400, 1, 1), "2021-03-21"), ((1404, 1, 1), "2025-03-21")]
)
def test_the_iranian_calendar(date: tuple[int, int, int], day: str) -> None:
    assert calendars.solar_hijri(*date).isoformat() == day


@pytest.mark.parametrize(
    ("date", "day"), [((5784, 1, 15), "2024-04-23"), ((5785, 7, 1), "2024-10-03"), ((5785, 9, 25), "2024-12-26")]
)
def test_the_hebrew_calendar(date: tuple[int, int, int], day: str) -> None:
    assert calendars.hebrew(*date).isoformat() == day


@given(st.integers(5000, 6500))
def test_the_hebrew_new_year_falls_on_no_forbidden_weekday(year: int) -> None:
    assert calendars.hebrew(year, 7, 1).weekday() not in (2, 4, 6)


@given(st.integers(1300, 1500), st.integers(1, 12))
def test_islamic_months_follow_one_another(year: int, month: int) -> None:
    later = calendars.islamic(year, month + 1, 1) if month < 12 else calendars.islamic(year + 1, 1, 1)
    assert (later - calendars.islamic(year, month, 1)).days in (29, 30)


def test_a_day_out_of_range_is_an_error() -> None:
    with pytest.raises(ValueError, match="outside"):
        calendars.islamic(12_000, 1, 1)


@given(st.integers(1900, 2090))
def test_every_feast_lies_in_its_year_or_is_not_dated(year: int) -> None:
    for name in time_words().holidays:
        days = holiday_days(name, year)
        if days and time_words().holidays[name].rule not in ("event", "hijri", "hebrew"):
            assert days[0].year == year
        assert days is None or days[0] <= days[1]


@pytest.mark.parametrize(("which", "day"), [(4, 28), (-1, 28), (1, 7)])
def test_the_nth_weekday_of_a_month(which: int, day: int) -> None:
    assert calendars.nth_weekday(2024, 11, 3, which) == dt.date(2024, 11, day)
