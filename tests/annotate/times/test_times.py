"""Time expressions: what is one, what is none, and the days it means. 2015-05-13 is a Wednesday."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diurna.annotate.times.times import find_times
from diurna.annotate.times.timewords import check_times, time_words
from tests.annotate.plain import parse_of, read, report_of

PUBLISHED = "2015-05-13"


def values(text: str, published: str | None = PUBLISHED, tense: str = "past") -> list[str]:
    """Each time as "first..last", or one day alone, or "?"."""
    found = []
    for one in read(text, published, tense).times:
        first, last = one.value.earliest, one.value.latest
        found.append("?" if first is None and last is None else f"{first}" if first == last else f"{first}..{last}")
    return found


FULL = [
    ("on October 21, 2015", "2015-10-21"),
    ("on Oct. 21, 2015", "2015-10-21"),
    ("on 21 October 2015", "2015-10-21"),
    ("on the 21st of October, 2015", "2015-10-21"),
    ("on the twenty-first of October 2015", "2015-10-21"),
    ("on October 21st 2015", "2015-10-21"),
    ("on Wednesday, October 21, 2015", "2015-10-21"),
    ("on Wednesday 21 October 2015", "2015-10-21"),
    ("on 2015-10-21", "2015-10-21"),
    ("on 2015-10-21T14:30:00", "2015-10-21"),
    ("on 21/10/2015", "2015-10-21"),
    ("on 10/21/2015", "2015-10-21"),
    ("on 21.10.2015", "2015-10-21"),
    ("on 21-Oct-2015", "2015-10-21"),
    ("in October 2015", "2015-10-01..2015-10-31"),
    ("in October, 2015", "2015-10-01..2015-10-31"),
    ("in October of 2015", "2015-10-01..2015-10-31"),
    ("in 2015", "2015-01-01..2015-12-31"),
    ("in the 1990s", "1990-01-01..1999-12-31"),
    ("in the 1990's", "1990-01-01..1999-12-31"),
    ("in the early '90s", "1990-01-01..1999-12-31"),
    ("in the mid-1990s", "1990-01-01..1999-12-31"),
    ("in the nineties", "1990-01-01..1999-12-31"),
    ("in the 20th century", "1900-01-01..1999-12-31"),
    ("in nineteenth-century Veltria", "1800-01-01..1899-12-31"),
    ("in the summer of 2012", "2012-06-01..2012-08-31"),
    ("in winter 2012", "2012-12-01..2013-02-28"),
    ("in the third quarter of 2012", "2012-07-01..2012-09-30"),
    ("in Q3 2012", "2012-07-01..2012-09-30"),
    ("in the second half of 2012", "2012-07-01..2012-12-31"),
    ("in the first week of March 2012", "2012-03-01..2012-03-07"),
    ("on the last Friday of March 2012", "2012-03-30"),
    ("on the third Monday in May 2012", "2012-05-21"),
    ("on the first Monday evening of May 2012", "2012-05-07"),
    ("on twenty-five January nineteen eighty-six", "1986-01-25"),
    ("in the first half of the 19th century", "1800-01-01..1849-12-31"),
    ("in the second half of the 1990s", "1995-01-01..1999-12-31"),
    ("sales of 2012 Q1", "2012-01-01..2012-03-31"),
    ("on 5 Farvardin 1397", "2018-03-25"),
    ("on the 5th of Farvardin, 1397", "2018-03-25"),
    ("over the Thanksgiving weekend 2012", "2012-11-22..2012-11-25"),
    ("over the Labor Day weekend 2012", "2012-09-01..2012-09-03"),
    ("over the Christmas weekend 2011", "2011-12-24..2011-12-25"),
    ("citing the 2009 H1N1 outbreak", "2009-01-01..2009-12-31"),
    ("in fiscal year 2014", "2014-01-01..2014-12-31"),
    ("in early 2012", "2012-01-01..2012-12-31"),
    ("at the end of March 2012", "2012-03-01..2012-03-31"),
    ("in mid-March 2012", "2012-03-01..2012-03-31"),
    ("after 9/11", "2001-09-11"),
    ("after the Sept. 11 attacks", "2001-09-11"),
    ("on Christmas Day 2012", "2012-12-25"),
    ("on Easter Sunday 2012", "2012-04-08"),
    ("on Good Friday 2012", "2012-04-06"),
    ("on Orthodox Easter 2016", "2016-05-01"),
    ("on Thanksgiving 2012", "2012-11-22"),
    ("on Nowruz 2024", "2024-03-20"),
    ("on 22 Bahman 1357", "1979-02-11"),
    ("in Ramadan 1445", "2024-03-11..2024-04-09"),
    ("on Yom Kippur 2023", "2023-09-25"),
    ("in the 2019 strike", "2019-01-01..2019-12-31"),
    ("during the 1848 revolutions", "1848-01-01..1848-12-31"),
    ("in (c. 1850)", "1850-01-01..1850-12-31"),
    ("in Q2-2019", "2019-04-01..2019-06-30"),
    ("in '98", "1998-01-01..1998-12-31"),
    ("in 2012 Summer Games", "2012-01-01..2012-12-31"),
]


@pytest.mark.parametrize(("text", "expected"), FULL)
def test_a_date_with_its_year_needs_no_reference(text: str, expected: str) -> None:
    assert values(text, None) == [expected]
    assert values(text) == [expected]


RELATIVE = [
    ("half a year ago", "past", "2014-11-01..2014-11-30"),
    ("a year and a half ago", "past", "2013-11-01..2013-11-30"),
    ("two-and-a-half years ago", "past", "2012-11-01..2012-11-30"),
    ("half a century ago", "past", "1965-01-01..1965-12-31"),
    ("a week and a half ago", "past", "None..2015-05-13"),
    ("two Sundays ago", "past", "2015-05-03"),
    ("three Fridays from now", "ahead", "2015-05-29"),
    ("the night before last", "past", "2015-05-11"),
    ("the week before last", "past", "2015-04-27..2015-05-03"),
    ("the month after next", "ahead", "2015-07-01..2015-07-31"),
    ("in two weeks' time", "ahead", "2015-05-25..2015-05-31"),
    ("within three working days", "ahead", "2015-05-13..2015-05-17"),
    ("the next four business days", "ahead", "2015-05-14..2015-05-19"),
    ("the two upcoming months", "ahead", "2015-05-14..2015-07-13"),
    ("this coming Wednesday", "ahead", "2015-05-20"),
    ("next Friday, May 22", "ahead", "2015-05-22"),
    ("last Easter", "past", "2015-04-05"),
    ("today", "past", "2015-05-13"),
    ("yesterday", "past", "2015-05-12"),
    ("yesterday morning", "past", "2015-05-12"),
    ("last night", "past", "2015-05-12"),
    ("tonight", "ahead", "2015-05-13"),
    ("this morning", "past", "2015-05-13"),
    ("tomorrow at noon", "ahead", "2015-05-14"),
    ("the day after tomorrow", "ahead", "2015-05-15"),
    ("the day before yesterday", "past", "2015-05-11"),
    ("on Wednesday", "past", "2015-05-13"),
    ("on Wednesday", "ahead", "2015-05-13"),
    ("on Tuesday", "past", "2015-05-12"),
    ("on Tuesday", "ahead", "2015-05-19"),
    ("on Friday", "past", "2015-05-08"),
    ("Friday morning", "past", "2015-05-08"),
    ("late on Friday", "past", "2015-05-08"),
    ("last Friday", "past", "2015-05-08"),
    ("next Friday", "ahead", "2015-05-22"),
    ("this Friday", "ahead", "2015-05-15"),
    ("this coming Saturday", "ahead", "2015-05-16"),
    ("last Wednesday", "past", "2015-05-06"),
    ("Friday of last week", "past", "2015-05-08"),
    ("Monday next week", "ahead", "2015-05-18"),
    ("since Friday", "past", "2015-05-08"),
    ("until Friday", "none", "2015-05-15"),
    ("this week", "past", "2015-05-11..2015-05-17"),
    ("last week", "past", "2015-05-04..2015-05-10"),
    ("next week", "ahead", "2015-05-18..2015-05-24"),
    ("earlier this week", "past", "2015-05-11..2015-05-13"),
    ("earlier in the week", "past", "2015-05-11..2015-05-13"),
    ("later this month", "ahead", "2015-05-13..2015-05-31"),
    ("over the weekend", "past", "2015-05-09..2015-05-10"),
    ("over the weekend", "ahead", "2015-05-16..2015-05-17"),
    ("last month", "past", "2015-04-01..2015-04-30"),
    ("next month", "ahead", "2015-06-01..2015-06-30"),
    ("last year", "past", "2014-01-01..2014-12-31"),
    ("late last year", "past", "2014-01-01..2014-12-31"),
    ("earlier this year", "past", "2015-01-01..2015-05-13"),
    ("last summer", "past", "2014-06-01..2014-08-31"),
    ("this spring", "past", "2015-03-01..2015-05-31"),
    ("last quarter", "past", "2015-01-01..2015-03-31"),
    ("a year ago", "past", "2014-01-01..2014-12-31"),
    ("ten years ago", "past", "2005-01-01..2005-12-31"),
    ("two months ago", "past", "2015-03-01..2015-03-31"),
    ("two weeks ago", "past", "2015-04-27..2015-05-03"),
    ("three days ago", "past", "2015-05-10"),
    ("two days after May 3", "past", "2015-05-05"),
    ("the day before Christmas", "past", "2014-12-24"),
    ("over the past decade", "past", "2005-05-14..2015-05-13"),
    ("in the past three years", "past", "2012-05-14..2015-05-13"),
    ("within 60 days", "ahead", "2015-05-13..2015-07-11"),
    ("in three days", "ahead", "2015-05-16"),
    ("in October", "past", "2014-10-01..2014-10-31"),
    ("in October", "ahead", "2015-10-01..2015-10-31"),
    ("the November elections", "past", "2014-11-01..2014-11-30"),
    ("on October 21", "past", "2014-10-21"),
    ("on May 16", "ahead", "2015-05-16"),
    ("on Saturday, May 16", "none", "2015-05-16"),
    ("October last year", "past", "2014-10-01..2014-10-31"),
    ("last October", "past", "2014-10-01..2014-10-31"),
    ("on the 5th", "past", "2015-05-05"),
    ("on the 5th of this month", "past", "2015-05-05"),
    ("the first week of this month", "past", "2015-05-01..2015-05-07"),
    ("by the end of the month", "ahead", "2015-05-01..2015-05-31"),
    ("at 9:30 GMT on Friday", "past", "2015-05-08T09:30:00Z"),
    ("Friday at 9.30 p.m. EST", "past", "2015-05-09T02:30:00Z"),
    ("at 9:30 on Friday", "past", "2015-05-08"),
    ("last Christmas", "past", "2014-12-25"),
    ("during Ramadan", "ahead", "2015-06-17..2015-07-18"),
    ("following Friday", "past", "2015-05-08"),
    ("the coming June 12", "ahead", "2015-06-12"),
    ("by year end", "ahead", "2015-12-31"),
    ("in the third quarter", "past", "2015-07-01..2015-09-30"),
    ("the night of May 5", "past", "2015-05-05"),
    ("the week of May 5", "past", "2015-05-04..2015-05-10"),
    ("Monday, May 4", "none", "2015-05-04"),
    ("Friday the 8th", "past", "2015-05-08"),
    ("early yesterday afternoon", "past", "2015-05-12"),
]


@pytest.mark.parametrize(("text", "tense", "expected"), RELATIVE)
def test_a_relative_time_counts_from_publication(text: str, tense: str, expected: str) -> None:
    assert values(text, tense=tense) == [expected]


DISCOURSE = [
    ("on May 3 and again the following day", ["2015-05-03", "2015-05-04"]),
    ("on May 3, the day before", ["2015-05-03", "2015-05-02"]),
    ("on May 3, two days later", ["2015-05-03", "2015-05-05"]),
    ("on May 3, three days earlier", ["2015-05-03", "2015-04-30"]),
    ("in March 2012, a month later", ["2012-03-01..2012-03-31", "2012-04-01..2012-04-30"]),
    ("on March 8, 2012, the following week", ["2012-03-08", "2012-03-12..2012-03-18"]),
    ("on March 8, 2012, that year", ["2012-03-08", "2012-01-01..2012-12-31"]),
    ("on March 8, 2012, the same day", ["2012-03-08", "2012-03-08"]),
    ("on March 8, 2012, and on April 2", ["2012-03-08", "2012-04-02"]),
    ("on Saturday, the preceding day", ["2015-05-09", "2015-05-08"]),
]


@pytest.mark.parametrize(("text", "expected"), DISCOURSE)
def test_an_anaphoric_time_counts_from_the_day_named_before(text: str, expected: list[str]) -> None:
    assert values(text) == expected


RANGES = [
    ("from the 3rd to the 9th of May 2012", ["2012-05-03", "2012-05-09"], "2012-05-03..2012-05-09"),
    ("open 5/1-5/7, 2014", ["2014-05-01", "2014-05-07"], "2014-05-01..2014-05-07"),
    ("Nov-Feb 2014", ["2013-11-01..2013-11-30", "2014-02-01..2014-02-28"], "2013-11-01..2014-02-28"),
    ("from Thursday to Monday", ["2015-05-07", "2015-05-11"], "2015-05-07..2015-05-11"),
    ("from Friday to Tuesday", ["2015-05-08", "2015-05-12"], "2015-05-08..2015-05-12"),
    ("from 2003 to the present", ["2003-01-01..2003-12-31"], "2003-01-01..2015-05-13"),
    ("between January 2012 and now", ["2012-01-01..2012-01-31"], "2012-01-01..2015-05-13"),
    ("between now and 20 May 2015", ["2015-05-20"], "2015-05-13..2015-05-20"),
    ("between March 3 and 5", ["2015-03-03", "2015-03-05"], "2015-03-03..2015-03-05"),
    ("from March 3 to April 5", ["2015-03-03", "2015-04-05"], "2015-03-03..2015-04-05"),
    ("22-25 April 1951", ["1951-04-22", "1951-04-25"], "1951-04-22..1951-04-25"),
    ("April 22-25, 1951", ["1951-04-22", "1951-04-25"], "1951-04-22..1951-04-25"),
    ("from November 20 to January 11, 2013", ["2012-11-20", "2013-01-11"], "2012-11-20..2013-01-11"),
    ("from August to September 1950", ["1950-08-01..1950-08-31", "1950-09-01..1950-09-30"], "1950-08-01..1950-09-30"),
    ("between 2003 and 2011", ["2003-01-01..2003-12-31", "2011-01-01..2011-12-31"], "2003-01-01..2011-12-31"),
    (
        "between April and September of last year",
        ["2014-04-01..2014-04-30", "2014-09-01..2014-09-30"],
        "2014-04-01..2014-09-30",
    ),
    ("in 1990-94", ["1990-01-01..1990-12-31", "1994-01-01..1994-12-31"], "1990-01-01..1994-12-31"),
]


@pytest.mark.parametrize(("text", "ends", "whole"), RANGES)
def test_a_range_is_two_times_and_one_interval(text: str, ends: list[str], whole: str) -> None:
    assert values(text) == ends
    assert [f"{one.value.earliest}..{one.value.latest}" for one in read(text, PUBLISHED).ranges] == [whole]


def test_a_move_from_one_day_to_another_is_no_range() -> None:
    report = report_of("Hold aux it from May 4 to May 11", PUBLISHED)
    parse = parse_of(report)
    assert len(find_times(parse, report).ranges) == 1
    parse.lemmas[0] = "postpone"
    assert find_times(parse, report).ranges == ()


def test_a_range_to_the_present_needs_the_day_of_the_report() -> None:
    assert read("from 2003 to the present").ranges == ()


@pytest.mark.parametrize(
    "text",
    [
        "at the end of the day", "50 U.S.C. 1622(d)",
        "the 5/1 ratio", "one May wonder", "two Suns ago", "a half year", "two and a half tons",
        "for three days", "a two-hour meeting", "every Monday", "each year", "weekly", "now", "recently", "currently",
        "it may march on", "They may be late", "We sat in the sun", "the mon", "a second look", "50% of them",
        "2000 people fled", "$1990 was paid", "some 1950 tanks", "a 2000-seat hall", "Resolution 1929 passed",
        "Osric May resigned", "they march in protest", "the fall of the city", "over 1500 votes", "a year-long war",
        "at 3.5 percent", "a ratio of 3:2", "in the second round", "a three-year-old boy", "Route 2015",
        "the august body", "the Good Friday Agreement", "in UNSCR 1267", "hurt and 1720 had left",
        "following ten years", "They start trading on it", "the largest rise in two years", "five minutes later",
        "on a Monday", "two days of talks", "hotter than the Sun. It", "request 410c74a8-1687-4ea7",
    ],
)  # fmt: skip
def test_no_time(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    "text", ["several years ago", "a few days later", "two days after the vote", "in 480 BC", "on Diwali"]
)
def test_a_time_the_words_do_not_tell_has_no_first_day(text: str) -> None:
    found = read(text, PUBLISHED).times
    assert len(found) == 1
    assert found[0].value.earliest is None or found[0].value.latest is None


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("on May 3, 2012", "day"), ("in May 2012", "month"), ("last week", "week"), ("last summer", "season"),
        ("in 2012", "year"),
        ("at 12:00 GMT on May 3, 2012", "instant"), ("in the 1990s", "range"), ("in the past three years", "range"),
        ("in 480 BC", "unknown"),
    ],
)  # fmt: skip
def test_the_precision_is_the_grain_of_the_words(text: str, precision: str) -> None:
    assert [one.value.precision for one in read(text, PUBLISHED).times] == [precision]


def test_in_history_dates_hang_on_one_another() -> None:
    text = (
        "On March 3, 1948, and May 4, 1948, and on June 5, 1949. On July 1, 1949, it began. "
        "In September it ended. In January they left"
    )
    assert values(text)[-2:] == ["1949-09-01..1949-09-30", "1950-01-01..1950-01-31"]


def test_a_day_no_calendar_has_is_found_and_not_dated() -> None:
    assert values("on June 31, 2015") == ["?"]


def test_without_any_day_a_relative_time_is_unknown() -> None:
    assert values("yesterday", None) == ["?"]
    assert values("on October 21", None) == ["?"]


def test_the_lexicon_is_checked() -> None:
    assert check_times({"months": {"may": "five"}})
    assert "october" in time_words().months


PIECES = """the of in on and to from day week March 3 21st 2015 last next two Friday early end before after - , 9:30 pm
ago ' s 's"""


@given(st.lists(st.sampled_from(PIECES.split()), max_size=30))
@settings(max_examples=150, deadline=None)
def test_every_time_is_what_stands_at_its_span_and_runs_forwards(words: list[str]) -> None:
    text = " ".join(words)
    report = report_of(text, PUBLISHED)
    found = find_times(parse_of(report), report)
    end = 0
    for one in found.times:
        assert end <= one.span.start < one.span.end
        assert one.span.of(text) == one.text == one.value.text
        assert (one.value.first_day or dt.date.min) <= (one.value.last_day or dt.date.max)
        end = one.span.end
    assert find_times(parse_of(report), report) == found


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_odd_text_never_breaks_it(text: str) -> None:
    for published in (None, PUBLISHED):
        report = report_of(text, published)
        find_times(parse_of(report), report)


@pytest.mark.parametrize("unit", ["1 and ", "the end of ", "Friday, ", "the day before ", "2015-", "12, ", "early "])
def test_long_repetitions_cost_no_more_than_their_length(unit: str) -> None:
    report = report_of(unit * 4_000, PUBLISHED)
    assert find_times(parse_of(report), report).times is not None
