from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.sources.published import parse_published

ONE_DAY = [
    "2016-09-12",
    "2016-9-12",
    "2016/09/12",
    "2016.9.12",
    "20160912",
    "20160912081500",
    "September 12, 2016",
    "12 September 2016",
    "Sept. 12, 2016",
    "12-Sep-2016",
    "Monday, September 12, 2016",
    "September 12th 2016",
    "2016-09-12T08:15:00",
    "2016-09-12 08:15",
    "2016-09-12T00:00:00Z",
    "2016-09-12T08:15:00.123",
    20160912,
    dt.date(2016, 9, 12),
    dt.datetime(2016, 9, 12, 8, 15),
]
ONE_MOMENT = [
    "2016-09-12T08:15:00Z",
    "2016-09-12T10:15:00+02:00",
    "2016-09-12 10:15:00 +0200",
    "2016-09-12T08:15:00.5Z",
    "Mon, 12 Sep 2016 10:15:00 +0200",
    "Mon, 12 Sep 2016 08:15:00 GMT",
    "1473668100",
    1473668100,
    1473668100.0,
    1473668100000,
    "1473668100000",
    dt.datetime(2016, 9, 12, 8, 15, tzinfo=dt.UTC),
]
NONE = [
    "",
    "soon",
    "last week",
    "03/04/2016",
    "2016-13-01",
    "2016-02-30",
    "99999999",
    None,
    True,
    [],
    {},
    float("nan"),
    17,
    "12",
    "x" * 5_000,
    "2016-09-12-13",
    "Foo 12, 2016",
    "Mon, 99 Foo 2016",
    "10000000000000000000",
    "0000-00-00",
]


@pytest.mark.parametrize("value", ONE_DAY, ids=str)
def test_days(value: object) -> None:
    time = parse_published(value)
    assert time is not None
    assert (time.earliest, time.latest, time.precision) == ("2016-09-12", "2016-09-12", "day")


@pytest.mark.parametrize("value", ONE_MOMENT, ids=str)
def test_moments_are_in_utc(value: object) -> None:
    time = parse_published(value)
    assert time is not None
    assert (time.earliest, time.latest, time.precision) == ("2016-09-12T08:15:00Z", "2016-09-12T08:15:00Z", "instant")


@pytest.mark.parametrize(
    ("value", "precision", "latest"), [("2016-02", "month", "2016-02-29"), ("2016", "year", "2016-12-31")]
)
def test_months_and_years_are_intervals(value: str, precision: str, latest: str) -> None:
    time = parse_published(value)
    assert time is not None
    assert (time.precision, time.latest) == (precision, latest)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("25/12/2016", "2016-12-25"),
        ("03.04.2016", "2016-04-03"),
        ("12/25/2016", "2016-12-25"),
        ("05/05/2016", "2016-05-05"),
    ],
)
def test_days_in_either_order_are_read_when_only_one_order_is_possible(value: str, day: str) -> None:
    time = parse_published(value)
    assert time is not None
    assert time.earliest == day


@pytest.mark.parametrize("value", NONE, ids=lambda value: str(value)[:20])
def test_what_cannot_be_read_for_certain_is_none(value: object) -> None:
    assert parse_published(value) is None


def test_a_moment_keeps_the_day_of_its_own_zone() -> None:
    time = parse_published("Mon, 12 Sep 2016 23:15:00 -0500")
    assert time is not None
    assert time.earliest == "2016-09-13T04:15:00Z"
    assert time.text[:10] == "2016-09-12"


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.datetimes(), st.dates()))
def test_no_value_is_too_odd(value: object) -> None:
    time = parse_published(value)
    assert time is None or (time.first_day is not None and time.first_day <= time.last_day)
