"""Pages: what a reader must find on them, at any width, with and without colour, whatever the text holds."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from diurna.console import ReadingProgress, make_console, print_failures, print_reading, print_summary
from diurna.console.dates import date_text, dated
from diurna.console.ink import clean
from diurna.model.record import Actor, Content, Gap, Reading, ScopeTest
from diurna.model.report import Block
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue, day_value, month_value, range_value, year_value
from tests import readings

WIDTHS = (40, 64, 80, 120, 200)


def page(reading: Reading, width: int = 80) -> str:
    out = io.StringIO()
    print_reading(reading, make_console(out, width=width))
    return out.getvalue()


def part(text: str, name: str) -> str:
    """The lines of one section, heading left out, on one line."""
    sections = re.split(r"(?m)^([A-Z ]{4,}) ─.*$", text)
    return " ".join(sections[sections.index(name) + 1].split())


def flat(text: str) -> str:
    return re.sub(r"[\s┆┃┊║]+", " ", text)


# --- what stands on the page


def test_head_says_outlet_author_date_and_counts() -> None:
    head = page(readings.reading()).partition("WORDS")[0]
    for fact in (
        "Trucks leave the valley empty",
        "Northern Wire",
        "A. Writer",
        "Wed 27 Mar 2024",
        "4 statements",
        "2 deeds",
    ):
        assert fact in head


def test_a_missing_date_is_said_and_a_worked_out_one_marked() -> None:
    undated = dataclasses.replace(readings.reading(), report=readings.report(published=None))
    assert "no date given, and none could be worked out" in page(undated)
    anchored = dataclasses.replace(undated, anchor=readings.TUESDAY)
    assert "speaks from Tue 26 Mar 2024 (“Tuesday”), worked out from the text" in flat(page(anchored))


def test_statements_stand_under_their_speaker_with_act_manner_and_paragraph() -> None:
    words = part(page(readings.reading(), 120), "WORDS")
    assert "Oren Tal deputy for the eastern villages · REB ┆ “Not one barrel,” … “leaves this valley.”" in words
    assert "refuse · direct speech · “told” · to the crowd · ¶2" in words
    assert "an official briefed on the talks anonymous" in words


def test_nested_words_name_through_whom_they_reach_us() -> None:
    words = part(page(readings.reading(), 120), "WORDS")
    assert "warn · indirect speech · “warned” · through an official briefed on the talks · via Valley Radio" in words
    assert "held probable" in words
    assert "hedged: “probably”" in words


def test_a_spokesperson_speaks_for_somebody_and_is_shown_as_called() -> None:
    words = flat(part(page(readings.reading(), 200), "WORDS"))
    assert "Maren Oskeld chair · for the commanders" in words
    assert "as “The Council’s chair” · Thu 21 Mar 2024 (“Thursday”)" in words


def test_deeds_come_in_order_of_time_and_undated_ones_last() -> None:
    deeds = part(page(readings.reading()), "DEEDS")
    assert deeds.index("Tue 26 Mar 2024") < deeds.index("day not known, in the order of the report")
    assert "REJECT Deputies" in deeds
    assert "Deputies [sent] the collection trucks" in flat(deeds)
    assert "1,400 took part" in deeds


def test_what_is_no_deed_stands_apart_and_says_so_in_words() -> None:
    text = page(readings.reading(), 120)
    assert "shelled" not in part(text, "DEEDS")
    rest = part(text, "NOT DEEDS")
    assert "DENIED ASSAULT The army" in rest
    assert "POSSIBLE MOBILIZE" in rest
    assert "said by the envoy through an official briefed on the talks" in rest


def test_commitments_show_criteria_condition_and_last_day() -> None:
    promised = flat(part(page(readings.reading(), 120), "COMMITMENTS"))
    assert "agreement the commanders hand in their weapons ○ registered" in promised
    assert "on condition “they are safe” · due by Sun 31 Mar 2024 (“before the end of March”)" in promised
    assert "refusal Oren Tal" in promised
    assert "no date to keep" in promised


def test_gaps_set_words_and_deeds_side_by_side_with_tests_and_reason() -> None:
    gaps = part(page(readings.reading()), "GAPS")
    assert "WORDS ┃ DEEDS" in gaps
    assert "They agreed, and the trucks went back empty." in flat(gaps)
    for test in ("? same actor", "✓ same matter", "✗ same time"):
        assert test in gaps
    assert "score 0.86" in gaps


def test_an_unsure_pair_is_no_gap_but_an_open_question() -> None:
    text = page(readings.reading(), 120)
    assert "score 0.50" not in text
    doubts = flat(part(text, "COULD NOT BE DECIDED"))
    assert "Perhaps a gap, agreement refused Maren Oskeld, “the commanders had agreed" in doubts
    assert "against “no barrel leaves”" in doubts


def test_a_report_that_failed_does_not_look_like_one_without_news() -> None:
    text = page(Reading(readings.report(), failures=readings.reading().failures))
    assert "NOT READ" in text
    assert "none found" not in text


def test_on_a_narrow_page_the_sides_stand_one_below_the_other() -> None:
    gaps = page(readings.reading(), 50).partition("\nGAPS\n")[2]
    assert not re.search("WORDS .*DEEDS", gaps)
    assert gaps.index("┆ WORDS") < gaps.index("┃ DEEDS")


def test_what_could_not_be_decided_is_listed() -> None:
    doubts = flat(part(page(readings.reading(), 120), "COULD NOT BE DECIDED"))
    assert "Times that name no known day “in the autumn” ¶4" in doubts
    assert "Deeds whose doer is not named AGREE “agreed” ¶4" in doubts
    assert "Failed at link nothing to worry about" in doubts


def test_an_empty_reading_is_a_page_that_says_so() -> None:
    text = page(Reading(readings.report("", title=None, blocks=())))
    assert "none found" in text
    assert "0 statements" in text


def test_records_that_point_nowhere_do_not_stop_the_page() -> None:
    gap = Gap("gp", "denied_deed", "st-gone", "ev-gone", (ScopeTest("same time", "unknown", ""),), 0.1, "gap", "Why.")
    first = dataclasses.replace(readings.statements()[0], parent="st-gone")
    loop = dataclasses.replace(readings.statements()[2], parent="st-envoy")
    events = tuple(dataclasses.replace(event, attributed_to="st-gone") for event in readings.events())
    broken = dataclasses.replace(readings.reading(), statements=(first, loop), events=events, gaps=(gap,), actors=())
    assert "no such record" in page(broken)


# --- how it looks


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_page_or_ends_in_blanks(width: int) -> None:
    for line in page(readings.reading(), width).splitlines():
        assert cell_len(line) <= width
        assert line == line.rstrip()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_word_said_survives_the_wrapping(width: int) -> None:
    said = flat(page(readings.reading(), width))
    for statement in readings.statements():
        for span in statement.content.spans:
            assert flat(span.of(readings.TEXT)) in said


def test_a_page_for_a_file_carries_no_terminal_codes() -> None:
    assert "\x1b" not in page(readings.reading())


def test_a_page_without_colour_differs_from_one_with_it_by_codes_only() -> None:
    def printed(color: bool) -> str:
        out = io.StringIO()
        console = make_console(out, width=80, color=color)
        console._force_terminal = True
        print_reading(readings.reading(), console)
        return out.getvalue()

    assert "\x1b" not in printed(color=False)


# --- text of others is harmless


def hostile(text: str) -> Reading:
    """A reading whose every printed string is `text`."""
    whole = Span(0, len(text))
    base = readings.report(text, title=text, outlet=text, author=text, url=text, blocks=(Block("body", whole),))
    statement = dataclasses.replace(
        readings.statements()[0],
        speaker=dataclasses.replace(readings.statements()[0].speaker, span=whole, text=text, actor="ac"),
        cue=dataclasses.replace(readings.statements()[0].cue, spans=(whole,)),
        content=Content((whole,), text),
        addressee=None,
        evidence=dataclasses.replace(readings.evidence("UPPER"), span=whole, quote=text),
    )
    actor = Actor("ac", text, "person", None, None, (text,), (text,), (whole,))
    return Reading(base, actors=(actor,), statements=(statement,))


def test_markup_in_a_report_is_printed_not_obeyed() -> None:
    text = page(hostile("[bold red]no[/bold red] [link=x]:smile:[/nothing]"), 120)
    assert "[bold red]no[/bold red] [link=x]:smile:[/nothing]" in text


def test_controls_and_direction_overrides_are_shown_harmlessly() -> None:
    text = page(hostile("a\x1b[31mb\x07c\u202eevil\u2066d\x9b31me\ud800f\u200bg\x00"), 200)
    assert "a␛[31mb␇c⟨U+202E⟩evil⟨U+2066⟩d⟨U+009B⟩31me\ufffdfg␀" in text


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=120), st.sampled_from(WIDTHS))
def test_no_text_steers_the_terminal_or_breaks_the_page(text: str, width: int) -> None:
    for char in page(hostile(text), width).replace("\n", ""):
        assert unicodedata.category(char) not in ("Cc", "Cs")
        assert unicodedata.bidirectional(char) not in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


@given(st.text())
def test_clean_text_is_one_line_and_stays_clean(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\n" not in once


# --- times


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (day_value(dt.date(2024, 3, 26), "Tuesday"), "Tue 26 Mar 2024"),
        (month_value(2024, 2, "February"), "Feb 2024"),
        (month_value(9999, 12, "the end"), "Dec 9999"),
        (year_value(2021, "2021"), "2021"),
        (range_value(dt.date(2024, 3, 18), dt.date(2024, 3, 24), "last week"), "18–24 Mar 2024"),
        (range_value(dt.date(2024, 2, 28), dt.date(2024, 3, 3), "x"), "28 Feb – 3 Mar 2024"),
        (range_value(dt.date(2023, 12, 30), dt.date(2024, 1, 2), "x"), "30 Dec 2023 – 2 Jan 2024"),
        (range_value(None, dt.date(2024, 3, 31), "by"), "until 31 Mar 2024"),
        (range_value(dt.date(2024, 3, 31), None, "since"), "from 31 Mar 2024"),
        (TimeValue("2024-03-27T06:10:00Z", "2024-03-27T06:10:00Z", "instant", ""), "Wed 27 Mar 2024, 06:10 UTC"),
        (TimeValue(None, None, "unknown", "soon"), ""),
        (None, ""),
    ],
)
def test_dates_as_people_write_them(value: TimeValue | None, expected: str) -> None:
    assert date_text(value) == expected


def test_a_time_shows_the_reports_own_words_beside_it() -> None:
    assert dated(day_value(dt.date(2024, 3, 26), "Tuesday")) == "Tue 26 Mar 2024 (“Tuesday”)"
    assert dated(TimeValue(None, None, "unknown", "soon")) == "“soon” (day not known)"


# --- lists


def test_the_summary_has_a_line_a_report() -> None:
    out = io.StringIO()
    print_summary([readings.reading(), Reading(readings.report(published=None))], make_console(out, width=100))
    assert "Northern Wire" in out.getvalue()
    assert "(unknown)" in out.getvalue()


def test_failures_are_listed_and_the_rest_counted() -> None:
    out = io.StringIO()
    print_failures(["a.txt: empty", "[b].txt: gone"], 7, make_console(out, width=80))
    assert "✗ [b].txt: gone" in out.getvalue()
    assert "and 5 more" in out.getvalue()


# --- progress


def progress_output(terminal: bool, wanted: bool) -> str:
    out = io.StringIO()
    console = make_console(out, width=80)
    console._force_terminal = terminal
    with ReadingProgress(console, wanted=wanted) as progress:
        for _ in range(3):
            progress.hide()
            console.print("a page")
            progress.count()
    return out.getvalue()


def test_progress_shows_on_a_terminal_only_and_only_when_wanted() -> None:
    assert "3 reports read" in progress_output(terminal=True, wanted=True)
    assert progress_output(terminal=True, wanted=False) == "a page\n" * 3
    assert progress_output(terminal=False, wanted=True) == "a page\n" * 3


def test_a_day_known_only_by_its_distance_from_the_news_is_said_so() -> None:
    friday = TimeValue(None, None, "day", "Friday", (-1, -1))
    assert dated(friday) == "“Friday” (the day before the news)"
    assert dated(TimeValue(None, None, "week", "earlier in the week", (-5, 0))).endswith("(−5 to 0 days from the news)")
    assert dated(TimeValue(None, None, "day", "October 21")) == "“October 21” (day not known)"
