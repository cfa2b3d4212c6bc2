"""Gaps between reports: what is read from clauses, which pairs are compared, and what the tests say."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from diurna.annotate.pipeline import AnnotateOptions
from diurna.flow.reading import annotator_for, read_report
from diurna.link.across import AcrossOptions, gaps_across, gaps_between
from diurna.link.acts import relation
from diurna.link.clauseacts import act_of
from diurna.link.clauses import clauses, sentences
from diurna.link.counts import counts_in
from diurna.link.tellings import tellings_of
from diurna.link.wording import wording
from diurna.model.across import CrossGap
from diurna.model.record import Reading
from diurna.model.span import Span
from diurna.sources.reader import report_from_text


def read(published: str, text: str, outlet: str = "Quay News") -> Reading:
    report = report_from_text(text, published=published, outlet=outlet)
    return read_report(report, annotator_for(AnnotateOptions()))


PROMISE = ("2031-03-03", "President Ola Brandt of Norrow promised on Monday to open the Siskin canal by 31 May.")
UNDONE = ("2031-07-01", "The Siskin canal has not been opened, a month after the day President Ola Brandt gave.")
EARLY = ("2031-04-10", "The Siskin canal has not been opened yet. Barges wait.")
ELSEWHERE = ("2031-07-01", "The Heron canal, in the west, has not been opened, bargemen said on Tuesday.")
DENIAL = ("2032-02-02", "The army of Norrow denied on Monday that it had shelled the village of Ketta.")
DEED = ("2032-02-09", "Norrow's army shelled the village of Ketta on 30 January, court records show.")


def found(*rows: tuple[str, str], verdict: str = "gap") -> list[CrossGap]:
    return [one for one in gaps_across([read(*row) for row in rows]) if one.gap.verdict == verdict]


def test_a_promise_that_was_not_kept_by_its_day_is_a_gap_with_both_sides_quoted() -> None:
    (one,) = found(PROMISE, UNDONE)
    assert one.gap.kind == "promise_unkept"
    assert (one.left.day, one.right.day) == ("2031-03-03", "2031-07-01")
    assert "Siskin canal" in one.left.quote
    assert "has not been opened" in one.right.quote
    assert all(test.result == "pass" for test in one.gap.tests)


@pytest.mark.parametrize("later", [EARLY, ELSEWHERE])
def test_what_is_not_yet_due_or_is_elsewhere_is_no_gap(later: tuple[str, str]) -> None:
    assert found(PROMISE, later) == []


def test_a_rejected_pair_is_kept_with_its_reason() -> None:
    (one, *_) = found(PROMISE, EARLY, verdict="no_gap")
    assert "not yet due" in one.gap.reason


def test_a_denial_is_held_against_the_deed_it_denies() -> None:
    (one,) = found(DENIAL, DEED)
    assert one.gap.kind == "denied_deed"


def test_quotes_stand_where_the_spans_say() -> None:
    readings = {one.report.id: one for one in (read(*row) for row in (PROMISE, UNDONE, DENIAL, DEED))}
    for one in gaps_across(readings.values()):
        for side in (one.left, one.right):
            assert side.span.of(readings[side.report].report.text) == side.quote
        assert (one.gap.left, one.gap.right) == (one.left.record, one.right.record)


def test_the_order_of_reports_changes_nothing() -> None:
    rows = [read(*row) for row in (PROMISE, UNDONE, DENIAL, DEED)]
    wanted = gaps_across(rows)
    for some in itertools.permutations(rows):
        assert gaps_across(some) == wanted


def test_only_pairs_with_a_new_report_are_looked_at() -> None:
    old, new = [read(*row) for row in (PROMISE, UNDONE, DENIAL)], read(*DEED)
    tellings = [t for one in (*old, new) for t in tellings_of(one)]
    fresh = gaps_between(tellings, AcrossOptions(), frozenset((new.report.id,)))
    assert [one.gap.kind for one in fresh if one.gap.verdict == "gap"] == ["denied_deed"]


def test_a_report_without_a_day_is_compared_with_nothing() -> None:
    report = report_from_text(UNDONE[1])
    undated = read_report(report, annotator_for(AnnotateOptions()))
    assert [one for one in gaps_across([read(*PROMISE), undated]) if one.gap.verdict == "gap"] == []


# --- pieces


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        ("opened the border", "closed the border", "opposite"),
        ("opened the border", "opened the border", "same"),
        ("did not open the border", "opened the border", "opposite"),
        ("opened the border", "opened the museum", "none"),
        ("halted the export of grain", "resumed the export of grain", "opposite"),
        ("will not halt the export of grain", "halted the export of grain", "opposite"),
    ],
)
def test_acts_are_one_or_contrary_or_neither(left: str, right: str, wanted: str) -> None:
    assert relation(act_of(wording(left), 0), act_of(wording(right), 0)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("at least 14 people were killed", [("killed", 14, None)]),
        ("killed 9 soldiers", [("killed", 9, 9)]),
        ("the death toll rose to 120", [("killed", 120, 120)]),
        ("more than two hundred mules died", []),
        ("fewer than 300 people took part", [("participants", None, 300)]),
        ("in 1994 people were killed", []),
    ],
)
def test_counts_are_of_people_with_open_ends_left_open(
    text: str, wanted: list[tuple[str, int | None, int | None]]
) -> None:
    assert [(one.kind, one.low, one.high) for one in counts_in(text)] == wanted


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "Gen. Sor Vane spoke. He left."
    assert [one.of(text) for one in sentences(text, (Span(0, len(text)),))] == ["Gen. Sor Vane spoke.", "He left."]


def test_a_clause_of_reason_is_left_out() -> None:
    text = "Vantia closed the port, because the strike went on."
    assert [one.of(text) for one in clauses(text, Span(0, len(text)))] == ["Vantia closed the port"]


def test_the_teller_and_the_doer_of_a_promise_are_its_maker() -> None:
    (promise,) = [one for one in tellings_of(read(*PROMISE)) if one.force == "promise"]
    assert promise.own
    assert promise.due_day == dt.date(2031, 5, 31)
    assert promise.day == dt.date(2031, 3, 3)
    assert ("norrow",) in promise.doer.names


FUEL = (
    "2029-05-09",
    "The government of Pellonia promised on Wednesday that fuel prices would not be raised this year.",
)
DEARER = ("2029-09-18", "Pellonia's government increased fuel prices by a fifth on Tuesday.")
BREAD = ("2029-09-18", "Pellonia's government increased bread prices by a fifth on Tuesday.")
ASKED = ("2032-05-06", "Tolmere's president demanded on Thursday that Havria remove its troops from Sable Point.")
TURNED_DOWN = (
    "2032-05-08",
    "Havria on Saturday turned down the demand of Tolmere to remove its troops from Sable Point.",
)
CLAIMED = (
    "2028-08-15",
    "Ilmara's interior minister, Teo Marsh, said on Tuesday that Havria's border guards had opened fire on migrants "
    "at the Lune crossing.",
)
CLAIM_REJECTED = (
    "2028-08-14",
    "A spokesman for Havria's border guard rejected claims that its men had opened fire on migrants at the Lune "
    "crossing.",
)
DOSES = (
    "2028-03-15",
    "Belmar and Ilmara reached a deal on Wednesday under which Belmar is to deliver five million doses of vaccine "
    "by the end of June.",
)
TOO_FEW = (
    "2028-08-01",
    "Belmar has delivered fewer than a million doses of vaccine to Ilmara, a month after the deadline, Ilmara's health "
    "office said on Tuesday.",
)


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ((FUEL, DEARER), "promise_unkept"),
        ((ASKED, TURNED_DOWN), "demand_refused"),
        ((CLAIM_REJECTED, CLAIMED), "disputed_by_other"),
        ((DOSES, TOO_FEW), "promise_unkept"),
    ],
)
def test_the_same_in_other_words_is_found(rows: tuple[tuple[str, str], ...], kind: str) -> None:
    assert [one.gap.kind for one in found(*rows)] == [kind]


def test_other_prices_are_another_matter() -> None:
    assert found(FUEL, BREAD) == []


def test_a_day_without_its_year_in_a_deadline_is_still_to_come() -> None:
    promise = read("2030-02-02", "Belmar's government pledged on Saturday to free all prisoners by Christmas.")
    due = [one.due_day for one in tellings_of(promise) if one.force == "promise"]
    assert dt.date(2030, 12, 25) in due


def test_a_word_about_others_is_not_held_against_a_deed_on_these() -> None:
    word = ("2031-03-03", "Norrow will hold no talks with Vantia, President Ola Brandt of Norrow said on Monday.")
    assert found(word, ("2031-03-10", "Norrow held talks with Ostrava on Sunday.")) == []


def test_what_only_its_own_report_can_tell_is_held_against_nothing() -> None:
    word = ("2031-03-03", "Norrow rejected the proposal on Monday.")
    assert found(word, ("2031-03-20", "Norrow proposed a fair for traders from Vantia.")) == []


def test_a_word_to_do_something_by_no_day_is_not_held_against_what_comes_a_year_later() -> None:
    word = ("2031-03-03", "Norrow promised on Monday to open the Siskin canal to barges.")
    late = ("2032-03-09", "Norrow closed the Siskin canal to barges on Monday.")
    assert found(word, late) == []
    assert found(word, late, verdict="unsure") != []


def test_an_ultimatum_is_a_demand_with_its_last_day() -> None:
    (one,) = [
        t
        for t in tellings_of(
            read("2031-03-03", "President Ola Brandt of Norrow gave the miners a week to return to work.")
        )
        if t.force == "demand"
    ]
    assert one.due_day == dt.date(2031, 3, 10)
    assert "miners" in one.target.text
