"""The day an undated report speaks from, and what stays known where no day can be."""

from __future__ import annotations

import dataclasses

import pytest

from diurna.annotate.times.times import TimesFound, find_times
from diurna.model.report import BlockKind
from tests.annotate.plain import parse_of, report_of

FILLER = "and the council of the northern province heard all of it without a word of protest"


def found_in(*paragraphs: str, kinds: tuple[BlockKind, ...] = (), tense: str = "past") -> TimesFound:
    report = report_of("\n\n".join(paragraphs), None, kinds)
    return find_times(parse_of(report, tense), report)


def days(found: TimesFound) -> dict[str, tuple[int, int]]:
    return {found.times[one.index].text: (one.first, one.last) for one in found.relative}


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("Friday, May 8, 2009", "body"),
        ("8 May 2009", "body"),
        ("HARROW, May 8, 2009 –", "dateline"),
        ("HARROW, May 8, 2009 (VPA) – The minister spoke to the council", "body"),
        ("By Ada Quill | May 8, 2009", "byline"),
        ("Council of the Northern Province – May 8, 2009", "headline"),
        ("Statement on the northern province, 8 May 2009", "headline"),
        ("Said today, May 8, 2009, that the council of the province had heard all of it without a word", "body"),
    ],
)
def test_the_day_comes_from_the_words(first: str, kind: BlockKind) -> None:
    found = found_in(first, f"Spoke on Wednesday {FILLER}", kinds=(kind,))
    assert found.anchor is not None
    assert found.anchor.earliest == found.anchor.latest == "2009-05-08"
    assert found.anchor_weekday == 4
    assert found.times[-1].value.earliest == "2009-05-06"


@pytest.mark.parametrize(
    ("last", "anchor"),
    [
        ("THE PALACE, May 8, 2009.", "2009-05-08"),
        ("Done at Harrow on May 8, 2009, in two copies.", "2009-05-08"),
        ("The council had heard of it on May 8, 2009.", None),
    ],
)
def test_a_text_is_dated_below(last: str, anchor: str | None) -> None:
    found = found_in(f"Spoke of the pact of July 2, 2007 {FILLER}", f"Said that it stood {FILLER}", last)
    assert (found.anchor.earliest if found.anchor else None) == anchor


def test_a_text_signed_above_the_names_is_dated() -> None:
    names = ("For the northern province", "For the southern province", "Ada Quill", "Osric Vane")
    found = found_in(f"Spoke of the pact {FILLER}", "Done at Harrow on May 8, 2009, in two copies.", *names)
    assert found.anchor is not None
    assert found.anchor.earliest == "2009-05-08"


@pytest.mark.parametrize(
    "lines",
    [
        ("“We hold to the pact”", "Ada Quill May 8, 2009"),
        ("“We hold to the pact, and shall.", "Premier Quill, May 8, 2009"),
        ("“We hold to the pact”", "– the two councils", "May 8, 2009"),
        ("Meeting of the two councils (HARROW) on January 9-10, 2009",),
    ],
)
def test_the_day_of_a_quotation_or_a_meeting_is_no_anchor(lines: tuple[str, ...]) -> None:
    assert found_in(*lines, f"Said that it stood {FILLER}").anchor is None


@pytest.mark.parametrize(
    "first",
    [
        "Signed on Friday, May 8, 2009, the pact of the two provinces took its first step without a single word",
        "Born on June 23, 1941, the singer spoke of the northern province without a word of protest to the council",
        "Spoke of the pact of 2009 to the council of the northern province without a single word of protest",
    ],
)
def test_a_birthday_is_no_anchor(first: str) -> None:
    assert found_in(first, f"Spoke on Wednesday {FILLER}").anchor is None


@pytest.mark.parametrize(
    ("url", "anchor"),
    [
        ("https://gazette.example/2030/03/07/ministers-meet/", "2030-03-07"),
        ("https://gazette.example/news/2030-03-07-ministers-meet.html?from=2030/01/01", "2030-03-07"),
        ("https://gazette.example/2030/03/", None),
        ("https://gazette.example/2030/13/07/ministers", None),
        ("https://gazette.example/2030/03/07/since/2030/01/01/", None),
        ("https://gazette.example/12030/03/07", None),
        (None, None),
    ],
)
def test_the_day_may_stand_in_the_address(url: str | None, anchor: str | None) -> None:
    report = dataclasses.replace(report_of("Met on Wednesday"), url=url)
    found = find_times(parse_of(report), report)
    assert (found.anchor.earliest if found.anchor else None) == anchor
    assert (found.times[0].value.earliest is not None) == (anchor is not None)


def test_a_published_report_has_no_anchor_of_its_own() -> None:
    report = report_of("Friday, May 8, 2009\n\nSpoke on Wednesday", "2009-05-09")
    found = find_times(parse_of(report), report)
    assert found.anchor is None
    assert found.anchor_weekday == 5


def test_weekdays_bind_each_other_where_the_date_is_unknown() -> None:
    found = found_in(
        f"Said on Saturday {FILLER}",
        "Stood in contrast to the events of the preceding day",
        "Poured into the square on Friday",
        "Welcomed earlier in the week and announced on December 21 after the November elections",
    )
    assert found.anchor is None
    assert found.anchor_weekday == 5
    assert days(found) == {
        "Saturday": (0, 0),
        "the preceding day": (-1, -1),
        "Friday": (-1, -1),
        "earlier in the week": (-5, 0),
    }
    assert all(one.value.earliest is None and one.value.precision == "unknown" for one in found.times)
    assert [one.value.offset for one in found.times] == [(0, 0), (-1, -1), (-1, -1), (-5, 0), None, None]


def test_the_news_is_of_the_last_of_the_days_named() -> None:
    found = found_in(f"Crashed on Friday {FILLER}", "Said on Sunday that it was over", "Fell on Saturday")
    assert found.anchor_weekday == 6
    assert days(found) == {"Friday": (-2, -2), "Sunday": (0, 0), "Saturday": (-1, -1)}


def test_a_dateline_without_year_still_tells_distances() -> None:
    found = found_in("HARROW, Dec. 28 –", f"Spoke on Dec. 27 and again yesterday {FILLER}", kinds=("dateline",))
    assert found.anchor is None
    assert days(found) == {"Dec. 28": (0, 0), "Dec. 27": (-1, -1), "yesterday": (-1, -1)}


def test_without_any_day_day_words_bind_each_other() -> None:
    found = found_in(f"Spoke yesterday {FILLER}", "Speaks today")
    assert found.anchor_weekday is None
    assert days(found) == {"yesterday": (-1, -1), "today": (0, 0)}
