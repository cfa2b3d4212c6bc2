"""What a ledger promises, held against both databases."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from diurna.errors import NotALedgerError, RecordError, UsageError
from diurna.ledger import search as search_module
from diurna.ledger import select as select_module
from diurna.ledger.asking import DEEDS, Ask
from diurna.ledger.outcome import Added
from diurna.ledger.publish import attach, without_text
from diurna.ledger.store import Ledger
from diurna.ledger.writer import Fault
from diurna.model.record import Failure
from diurna.model.report import content_hash
from diurna.model.timevalue import TimeValue
from tests.ledger.sample import sample
from tests.readings import reading

MANY = [
    sample(n, day=f"2024-{n % 12 + 1:02d}-{n:02d}", outlet=("Northern Wire", "Valley Post")[n % 2])
    for n in range(1, 25)
]


# --- adding


def test_what_is_added_comes_back_as_it_was(ledger: Ledger) -> None:
    one = replace(sample(), failures=(Failure("link", "nothing\x00 to \ud800 worry about"),))
    assert ledger.add([one]) == Added(added=1, records=17)
    assert ledger.view().reading(one.report.id) == one
    assert list(ledger.view().readings()) == [one]


def test_odd_characters_survive(ledger: Ledger) -> None:
    one = sample()
    actor = replace(one.actors[0], name="\U0001f600\x00 \u202e\ud800")
    odd = replace(
        one, report=replace(one.report, title="a\x00b\ud800", outlet="é\x00"), actors=(actor, *one.actors[1:])
    )
    ledger.add([odd])
    assert ledger.view().reading(one.report.id) == odd
    assert ledger.verify().clean


def test_adding_again_adds_nothing(ledger: Ledger) -> None:
    ledger.add(MANY)
    before = ledger.counts()
    assert ledger.add(MANY) == Added(known=24)
    assert ledger.add([MANY[0], MANY[0]]) == Added(known=2)
    assert ledger.counts() == before


def test_an_edited_report_is_a_new_version(ledger: Ledger) -> None:
    old, new = sample(edit=0), sample(edit=1)
    ledger.add([old])
    assert ledger.add([new]).edited == 1
    assert ledger.add([old, new, old]) == Added(known=3)  # a version once known does not come back
    versions = ledger.view().versions(old.report.id)
    assert [(facts.number, text) for facts, text in versions] == [(1, old.report.text), (2, new.report.text)]
    assert versions[0][0].replaced_at == versions[1][0].recorded_at
    assert {one.report.number for one in ledger.statements()} == {2}
    assert {one.report.number for one in ledger.statements(versions="all")} == {1, 2}
    assert ledger.view().reading(old.report.id) == new
    assert ledger.verify().clean


def test_several_versions_in_one_transaction(ledger: Ledger) -> None:
    versions = [sample(edit=edit) for edit in range(4)]
    assert ledger.add([*versions, versions[0]]) == Added(added=1, edited=3, known=1, records=68)
    assert ledger.view().reading(versions[0].report.id) == versions[3]
    assert [facts.number for facts, _ in ledger.view().versions(versions[0].report.id)] == [1, 2, 3, 4]
    assert ledger.verify().clean


def test_the_same_text_from_two_outlets_is_two_reports_and_one_text(ledger: Ledger) -> None:
    one = sample()
    other = sample(outlet="Valley Post")
    ledger.add([one, other])
    assert one.report.version == other.report.version
    assert len(list(ledger.reports())) == 2
    assert ledger.counts()["texts"] == 1


def test_records_are_renewed_only_when_asked(ledger: Ledger) -> None:
    one = sample()
    better = replace(one, statements=one.statements[:2], gaps=(), events=one.events[:1], commitments=())
    ledger.add([one])
    assert ledger.add([better]).known == 1
    assert ledger.add([better], again=True).read_again == 1
    assert ledger.add([better], again=True).known == 1
    assert ledger.view().reading(one.report.id) == better
    assert [facts.number for facts in ledger.reports(versions="all")] == [1, 1]
    assert ledger.verify().clean


def test_a_reading_that_failed_gives_way_to_one_that_did_not(ledger: Ledger) -> None:
    one = sample()
    failed = replace(one, failures=(Failure("annotate", "it broke"),), actors=(), statements=(), events=(),
                     commitments=(), gaps=(), times=())  # fmt: skip
    ledger.add([failed])
    assert ledger.known([(one.report.id, one.report.version)]) == set()
    assert ledger.add([failed]).known == 1
    assert ledger.add([one]).read_again == 1
    assert ledger.add([failed]).known == 1
    assert ledger.known([(one.report.id, one.report.version)]) == {(one.report.id, one.report.version)}


def test_a_failure_is_kept_once(ledger: Ledger) -> None:
    ledger.make()
    fault = Fault("rows.csv:3", "decode", "not UTF-8")
    for _ in range(2):
        ledger.add_batch([], [fault, Fault("rows.csv:4", "row", "empty")])
    assert [(one.place, one.reason) for one in ledger.failures()] == [
        ("rows.csv:3", "not UTF-8"),
        ("rows.csv:4", "empty"),
    ]


def test_a_batch_is_kept_whole_or_not_at_all(ledger: Ledger) -> None:
    ledger.make()
    good, bad = sample(1), sample(2)
    broken = replace(bad, statements=(replace(bad.statements[0], act=None),))  # type: ignore[arg-type]
    with pytest.raises(Exception, match=r"(?i)null|constraint"):
        ledger.add_batch([good, broken])
    assert set(ledger.counts().values()) == {0}
    assert ledger.add([good]).added == 1


def test_a_clock_put_back_does_not_reorder_what_was_known(place: str) -> None:
    from tests.ledger.ticking import Ticking

    clock = Ticking()
    with Ledger(place, clock=clock) as ledger:
        ledger.add([sample(1)])
        clock.time = clock.time.replace(year=2001)
        ledger.add([sample(2)])
        first, second = ledger.view().reports(Ask(clock="recorded", newest=False))
    assert first.recorded_at <= second.recorded_at
    assert (first.source_id, second.source_id) == ("h-1", "h-2")


# --- asking


def test_filters_narrow(ledger: Ledger) -> None:
    ledger.add(MANY)
    assert len(list(ledger.statements())) == 24 * 4
    assert {one.record.act for one in ledger.statements(kinds=("refuse", "warn"))} == {"refuse", "warn"}
    assert len(list(ledger.statements(speaker="tal"))) == 24
    assert len(list(ledger.statements(speaker="TAL, Oren"))) == 24
    assert list(ledger.statements(speaker="nobody of that name")) == []
    assert len(list(ledger.statements(actor="crowd"))) == 24
    assert list(ledger.statements(speaker="crowd")) == []
    assert {one.report.outlet for one in ledger.statements(outlet="valley post")} == {"Valley Post"}
    assert len(list(ledger.statements(report=MANY[3].report.id))) == 4
    days = {one.report.day for one in ledger.statements(since="2024-03-01", until="2024-05-31")}
    assert days == {
        one.report.published.earliest for one in MANY if "2024-03" <= one.report.published.earliest < "2024-06"
    }  # type: ignore[union-attr, operator]
    assert len(list(ledger.statements(clock="happened", since="2024-03-20", until="2024-03-22"))) == 24
    assert len(list(ledger.reports(actor="oskeld", since="2024-06-01"))) == sum(
        (one.report.published.earliest or "") >= "2024-06" for one in MANY if one.report.published
    )


def test_a_name_that_is_everybodys_is_refused(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.add([sample()])
    monkeypatch.setattr(select_module, "_MOST_NAMES", 1)
    assert len(list(ledger.statements(speaker="tal"))) == 1
    with pytest.raises(UsageError, match="add a word"):
        list(ledger.statements(speaker="the"))


def test_a_filter_few_pass_goes_on_until_the_page_is_full(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.add(MANY)
    monkeypatch.setattr(select_module, "_FIRST_STEP", 2)
    for ask in (
        Ask(actor="tal", outlet="Valley Post"),
        Ask(actor="tal", speaker="oren", newest=False, kinds=("refuse",)),
    ):
        found = [one.record.id for one in ledger.view().statements(ask)]
        by_time = {one.record.id for one in ledger.view().statements(replace(ask, clock="recorded"))}
        assert len(found) == len(set(found)) == len(by_time)
        assert set(found) == by_time


def test_only_deeds_are_listed_unless_asked(ledger: Ledger) -> None:
    ledger.add([sample()])
    assert [(one.record.type, one.record.realis, one.record.attributed_to) for one in ledger.events()] == [
        ("REJECT", "actual", None)
    ]
    assert {one.record.realis for one in ledger.events(realis=(), voice="any")} == {"actual", "possible", "denied"}
    assert [one.record.type for one in ledger.events(voice="others")] == ["AGREE"]
    assert [one.record.type for one in ledger.events(realis=("denied",))] == ["ASSAULT"]
    assert [one.record.type for one in ledger.events(actor="deputies")] == ["REJECT"]


@pytest.mark.parametrize("newest", [True, False])
@pytest.mark.parametrize("clock", ["published", "happened", "recorded"])
def test_pages_together_are_the_whole_in_order(ledger: Ledger, clock: str, newest: bool) -> None:
    ledger.add(MANY)
    view, ask = ledger.view(), Ask(clock=clock, newest=newest)  # type: ignore[arg-type]
    for page, every in (
        (view.statement_page, view.statements),
        (view.event_page, view.events),
        (view.report_page, view.reports),
    ):
        rows, after = [], None
        while True:
            some = page(ask, 7, after)
            rows += some.rows
            after = some.next
            if after is None:
                break
        assert rows == list(every(ask))
        days = [getattr(one, "report", one).day for one in rows]
        if clock == "published":
            assert days == sorted(days, reverse=newest)


def test_the_timeline_is_in_order_of_time_and_dated(ledger: Ledger) -> None:
    ledger.add(MANY)
    found = list(ledger.view().timeline(replace(DEEDS, realis=(), voice="any")))
    days = [one.record.happened_at.earliest for one in found if one.record.happened_at]
    assert len(days) == len(found) == 48
    assert days == sorted(days)  # type: ignore[type-var]


def happened(number: int) -> TimeValue:
    """A day, a fortnight, or a time without an end; days come again."""
    first = dt.date(2024, 1, 1) + dt.timedelta(days=3 * (number % 9))
    last = first + dt.timedelta(days=(0, 13, 0, 0)[number % 4])
    return TimeValue(first.isoformat(), None if number % 7 == 3 else last.isoformat(), "day", "then")


@pytest.mark.parametrize("newest", [False, True])
@pytest.mark.parametrize("more", [{}, {"actor": "Deputies"}, {"kinds": ("REJECT", "MOBILIZE")}, {"voice": "any"}])
def test_a_timeline_since_a_day_page_by_page(ledger: Ledger, newest: bool, more: dict[str, Any]) -> None:
    """What ended before is left out, what lasted till then or has no end is not; pages give what one list gives."""
    ledger.add(
        replace(one, events=tuple(replace(e, happened_at=happened(n)) for e in one.events))
        for n, one in enumerate(MANY)
    )
    ask = replace(DEEDS, clock="happened", **more)
    everything = list(ledger.view().timeline(ask))
    assert len(everything) >= len(MANY)
    for since, until in (("2024-01-14", None), ("2024-01-10", "2024-01-19")):
        expected = [
            one.record.id
            for one in everything
            if (time := one.record.happened_at)
            and (not time.latest or time.latest >= since)
            and (until is None or (time.earliest or "") <= until)
        ]
        bounded = replace(ask, since=since, until=until, newest=newest)
        page = ledger.view().event_page(bounded, 5)
        found = [one.record.id for one in page]
        while page.next:
            page = ledger.view().event_page(bounded, 5, page.next)
            found += [one.record.id for one in page]
        assert found == (expected[::-1] if newest else expected)
        assert 5 < len(expected) < len(everything)


def test_actors_over_all_reports(ledger: Ledger) -> None:
    ledger.add(MANY)
    tal = next(one for one in ledger.view().actors("tal"))
    assert (tal.name, tal.kinds, tal.reports, tal.statements) == ("Oren Tal", ("person",), 24, 24)
    names = [one.name for one in ledger.view().actors()]
    assert names == sorted(names, key=str.lower)
    first = ledger.view().actor_page(order="reports", size=2)
    assert len(first) == 2
    assert first.next
    assert {one.name for one in ledger.view().actor_page(order="reports", after=first.next).rows} | {
        one.name for one in first
    } == set(names)


def test_a_cursor_fits_its_own_list_only(ledger: Ledger) -> None:
    ledger.add(MANY)
    after = ledger.view().statement_page(Ask(), 5).next
    with pytest.raises(UsageError, match="another order"):
        ledger.view().event_page(Ask(), 5, after)
    with pytest.raises(UsageError, match="no cursor"):
        ledger.view().statement_page(Ask(), 5, "nonsense!")
    with pytest.raises(UsageError, match="a page has"):
        ledger.view().statement_page(Ask(), 0)


def test_rows_speak_the_contract(ledger: Ledger) -> None:
    ledger.add([sample()])
    row = json.loads(json.dumps(next(iter(ledger.statements(speaker="tal"))).to_dict()))
    assert row["speaker"]["text"] == "Oren Tal"
    assert row["report"]["outlet"] == "Northern Wire"
    assert row["names"] == {row["speaker"]["actor"]: "Oren Tal"}
    table = ledger.events(realis=(), voice="any").to_arrow()
    assert table.num_rows == 4
    assert "report_outlet" in table.column_names


# --- searching


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("barrel", {"refuse"}),
        ("BARREL", {"refuse"}),
        ('"leaves this valley"', {"refuse"}),
        ('"this leaves valley"', set()),
        ("weap*", {"announce"}),
        ('"hand in thei*"', set()),
        ('"hand in thei"*', {"announce"}),
        ("weapons OR barrel", {"announce", "refuse"}),
        ("valley NOT barrel", {"assert", "warn"}),
        ("valley AND NOT (barrel OR official)", {"warn"}),
        ("council’s", {"announce"}),
        ("force enter", {"assert", "warn"}),
        ("nothing-like-it", set()),
    ],
)
def test_search_finds_words_phrases_and_beginnings(ledger: Ledger, words: str, found: set[str]) -> None:
    ledger.add([sample()])
    assert {hit.record.record.act for hit in ledger.search(words) if hit.record} == found  # type: ignore[union-attr]


def test_highlights_are_the_words_at_their_places(ledger: Ledger) -> None:
    one = sample()
    ledger.add([one])
    for where in ("statements", "events", "reports"):
        hit = next(iter(ledger.search("weapons", where)))  # type: ignore[arg-type]
        assert [one.report.text[a:b] for a, b in hit.highlights] == ["weapons"]
        assert one.report.text[hit.start :].startswith(hit.text)


def test_search_narrows_by_everything_lists_narrow_by(ledger: Ledger) -> None:
    ledger.add(MANY)
    assert len(list(ledger.search("valley", speaker="tal"))) == 24
    assert len(list(ledger.search("valley", kinds=("warn",)))) == 24
    assert {hit.report.outlet for hit in ledger.search("valley", outlet="valley post")} == {"Valley Post"}
    assert {hit.report.day[:7] for hit in ledger.search("valley", since="2024-03-01", until="2024-03-31")} == {
        "2024-03"
    }
    assert len(list(ledger.search("stonebridge", "events", realis=("denied",)))) == 24
    assert list(ledger.search("stonebridge", "events", realis=("actual",))) == []
    assert [hit.report.source_id for hit in ledger.search("item7", "reports")] == ["h-7"]


@pytest.mark.parametrize("where", ["statements", "events", "reports"])
@pytest.mark.parametrize("newest", [True, False])
def test_many_matches_come_in_the_same_order_as_few(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, where: str, newest: bool
) -> None:
    ledger.add([*MANY, replace(sample(99), report=replace(sample(99).report, published=None))])
    view = ledger.view()
    for ask in (Ask(newest=newest), Ask(newest=newest, since="2024-03-05", until="2024-11-20")):
        few = [(hit.id, hit.start) for hit in view.search("valley", where, ask)]  # type: ignore[arg-type]
        monkeypatch.setattr(search_module, "_FEW", 0)
        rows, after = [], None
        while True:
            page = view.search_page("valley", where, ask, 7, after)  # type: ignore[arg-type]
            rows += [(hit.id, hit.start) for hit in page]
            after = page.next
            if after is None:
                break
        monkeypatch.undo()
        assert rows == few
        assert len(rows) >= 16


def test_accents_and_long_texts(ledger: Ledger) -> None:
    one = sample()
    filler = " ".join(f"filler{n % 100}" for n in range(5000))
    text = f"{one.report.text} {filler} Erdoğan’s zürich"
    ledger.add([replace(one, report=replace(one.report, text=text, version=content_hash("vs", text)))])
    for words in ("erdogan", "Erdoğan", "ZURICH", '"filler99 erdogan s"'):
        assert len(list(ledger.search(words, "reports"))) == 1, words


def test_an_edited_report_is_found_by_its_new_words_only(ledger: Ledger) -> None:
    ledger.add([sample(edit=1)])
    ledger.add([sample(edit=2)])
    assert list(ledger.search("word1", "reports")) == []
    assert len(list(ledger.search("word2", "reports"))) == 1
    assert len(list(ledger.search("word1", "reports", versions="all"))) == 1


@pytest.mark.parametrize("spelled", [0, 1, 200])
@pytest.mark.parametrize("where", ["statements", "events", "reports"])
def test_beginnings_are_found_however_many_words_begin_so(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, spelled: int, where: search_module.Where
) -> None:
    monkeypatch.setattr(search_module, "_MOST_SPELLED", spelled)
    ledger.add(MANY)
    whole = {hit.id for hit in ledger.search("valley", where)}
    assert whole
    assert {hit.id for hit in ledger.search("vall*", where)} == whole
    assert {hit.id for hit in ledger.search("v* NOT zzz*", where)} >= whole
    assert list(ledger.search("vallez*", where)) == list(ledger.search("valley NOT v*", where)) == []
    assert list(ledger.search("_m2*", where, voice="any")) == list(ledger.search("m2*", where)) == []


def test_matches_far_apart_come_in_order_and_once(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "_FEW", 0)
    apart = [sample(n, day=f"{1990 + n * n % 37}-{n % 12 + 1:02d}-{n:02d}") for n in range(1, 25)]
    near = [sample(n + 30, outlet="Valley Post", day=f"2001-05-{n:02d}") for n in range(1, 25)]
    ledger.add([*apart, *near])
    for newest in (True, False):
        every = [hit.id for hit in ledger.search("valley", newest=newest, clock="published")]
        assert len(set(every)) == len(every) == 3 * len(apart + near)
        view, cursor, paged = ledger.view(), None, list[str]()
        while True:
            page = view.search_page("vall*", ask=Ask(newest=newest), size=7, after=cursor)
            paged += [hit.id for hit in page]
            if (cursor := page.next) is None:
                break
        assert paged == every
        days = [hit.report.day for hit in ledger.search("valley", newest=newest)]
        assert days == sorted(days, reverse=newest)


def test_a_speaker_with_many_names_is_searched_as_one_with_few(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.add(MANY)
    name = next(one.record.speaker.text for one in ledger.statements())
    few = [hit.id for hit in ledger.search("valley", speaker=name)]
    monkeypatch.setattr(search_module, "_FEW", 0)
    assert [hit.id for hit in ledger.search("valley", speaker=name)] == few
    monkeypatch.setattr(search_module, "_are_many", bool)
    assert [hit.id for hit in ledger.search("valley", speaker=name)] == few


# --- as known on


def test_the_ledger_as_it_stood(ledger: Ledger) -> None:
    old, new = sample(edit=0), sample(edit=1)
    ledger.make()
    ledger.add([old])
    middle = next(iter(ledger.reports())).recorded_at
    ledger.add([new, sample(2)])
    for when, readings in (("2029-12-31", []), (middle, [old]), ("2030-01-01", [new, sample(2)])):
        view = ledger.view(when)
        assert list(view.readings()) == readings
        assert len(list(view.statements(Ask()))) == 4 * len(readings)
        assert len(list(view.search("valley"))) == 3 * len(readings)
        assert sum(one.reports for one in view.actors("tal")) == len(readings)
    assert [one.replaced_at for one in ledger.view(middle).reports(Ask())] == [None]
    with pytest.raises(UsageError, match="no moment"):
        ledger.view("yesterday")


# --- judging


def test_a_person_rejects_and_takes_it_back(ledger: Ledger) -> None:
    ledger.add([sample()])
    one = next(iter(ledger.statements(speaker="tal"))).record.id
    given = ledger.judge(one, "reject", by="A. Reader", why="not his words")
    assert one not in {kept.record.id for kept in ledger.statements()}
    assert [kept.review for kept in ledger.statements(review="rejected")] == ["rejected"]
    assert len(list(ledger.statements(review="any"))) == 4
    ledger.judge(one, "undo", by="A. Reader")
    assert {kept.review for kept in ledger.statements()} == {"open"}
    assert [kept.record.id for kept in ledger.view(given.judged_at).statements(Ask(review="rejected"))] == [one]
    assert [(said.verdict, said.undone) for said in ledger.view().judgements(one)] == [
        ("reject", True),
        ("undo", False),
    ]
    with pytest.raises(UsageError, match="nothing to undo"):
        ledger.judge(one, "undo", by="A. Reader")


def test_a_person_outranks_a_rule_whoever_comes_last(ledger: Ledger) -> None:
    ledger.add([sample()])
    one = next(iter(ledger.events())).record.id
    ledger.judge(one, "accept", by="A. Reader")
    for _ in range(3):
        ledger.judge(one, "reject", by="rule:stale", why="old", person=False)
    assert [kept.review for kept in ledger.events()] == ["accepted"]
    assert len(ledger.view().judgements(one)) == 2  # a rule that says it again adds nothing
    ledger.judge(one, "undo", by="A. Reader")
    assert list(ledger.events()) == []


def test_judgements_of_pairs_and_wrong_ones(ledger: Ledger) -> None:
    ledger.add([sample()])
    first, second = (one.record.id for one in itertools.islice(ledger.statements(), 2))
    ledger.judge(first, "same", by="A. Reader", other=second)
    assert ledger.view().judgements(second)[0].other == second
    for wrong in (
        lambda: ledger.judge("st-unknown", "accept", by="me"),
        lambda: ledger.judge(first, "same", by="me"),
        lambda: ledger.judge(first, "accept", by="me", other=second),
        lambda: ledger.judge(first, "accept", by=" "),
        lambda: ledger.judge(first, "same", by="me", other=first),
    ):
        with pytest.raises(UsageError):
            wrong()
    assert ledger.verify().clean


# --- removing, copying, publishing


def test_removing_leaves_a_tombstone_and_nothing_else(ledger: Ledger) -> None:
    only = sample(1, outlet="Valley Post")
    ledger.add([sample(2), sample(3)])
    before = ledger.counts()
    ledger.add([only, sample(1, 1, outlet="Valley Post")])
    ledger.judge(only.statements[0].id, "accept", by="me")
    stone = ledger.remove(only.report.id, by="me", why="withdrawn")
    assert (stone.versions, stone.records) == (2, 34)
    assert {**ledger.counts(), "tombstones": 0} == before
    assert list(ledger.search("item1", "reports")) == []
    assert ledger.verify().clean
    assert ledger.add([only]).removed_before == 1
    with pytest.raises(UsageError):
        ledger.remove(only.report.id, by="me")
    ledger.lift(only.report.id)
    assert ledger.add([only]).added == 1
    assert ledger.verify().clean


def test_a_backup_is_the_same_ledger(ledger: Ledger, new_place: Callable[[], str], tmp_path: Path) -> None:
    ledger.add(MANY)
    ledger.judge(MANY[0].statements[0].id, "reject", by="me")
    to = str(tmp_path / "copy.db")
    ledger.backup(to)
    with Ledger(to) as copy:
        assert copy.verify().clean
        assert copy.counts() == ledger.counts()
        assert list(copy.statements()) == list(ledger.statements())
        assert [hit.id for hit in copy.search("valley NOT barrel")] == [
            hit.id for hit in ledger.search("valley NOT barrel")
        ]
        with pytest.raises(UsageError, match="already"):
            ledger.backup(to)
        if ledger.address.kind == "postgresql":  # and back again to a server
            back = new_place()
            copy.backup(back)
            with Ledger(back) as third:
                assert third.verify().clean
                assert list(third.view().readings()) == list(ledger.view().readings())


def test_published_records_are_attached_to_their_texts_again(ledger: Ledger) -> None:
    ledger.add(MANY[:3])
    rows = [json.loads(json.dumps(row)) for row in without_text(ledger.view().readings())]
    for row, one in zip(rows, MANY, strict=False):
        said = json.dumps(row)
        assert "barrel" not in said
        assert "Oren" not in said
        assert attach(row, one.report.text) == one
        with pytest.raises(RecordError, match="not the text"):
            attach(row, one.report.text + " ")
    rows[0]["statements"][0]["act"] = "assert"
    with pytest.raises(RecordError, match="digest"):
        attach(rows[0], MANY[0].report.text)


def test_asking_makes_no_ledger(tmp_path: Path) -> None:
    with Ledger(tmp_path / "none.db") as ledger:
        for ask in (lambda: list(ledger.statements()), ledger.verify, lambda: ledger.remove("rp-1", by="me")):
            with pytest.raises(NotALedgerError, match="no ledger at"):
                ask()
    assert not (tmp_path / "none.db").exists()


def test_runs_tell_what_came(ledger: Ledger) -> None:
    with ledger.run("reports.jsonl") as run:
        run.store(MANY[:2], [Fault("x", "row", "empty")])
        run.store(MANY[:3])
    (kept,) = ledger.runs()
    assert (kept.sources, kept.added, kept.known, kept.failed) == ("reports.jsonl", 3, 2, 1)
    assert kept.ended_at


def test_commitments_and_gaps_are_listed_with_their_report_and_judgement(ledger: Ledger) -> None:
    ledger.add([reading()])
    (commitment, *_), (gap, *_) = list(ledger.commitments()), list(ledger.gaps())
    assert commitment.record in reading().commitments
    assert gap.record.id in {one.id for one in reading().gaps}
    assert gap.to_dict()["report"]["id"] == reading().report.id  # type: ignore[index]
    same_kind = [one.id for one in reading().gaps if one.kind == gap.record.kind]
    assert sorted(one.record.id for one in ledger.gaps(kinds=(gap.record.kind,))) == sorted(same_kind)
    assert list(ledger.gaps(kinds=("threat_lapsed",))) == []
    ledger.judge(gap.record.id, "reject", by="A. Reader", why="another matter")
    assert gap.record.id not in {one.record.id for one in ledger.gaps()}
    (rejected,) = ledger.gaps(review="rejected")
    assert rejected.review == "rejected"
    assert ledger.commitments().to_arrow().num_rows == len(reading().commitments)
    assert ledger.gaps(review="any").to_arrow().num_rows == len(reading().gaps)


def test_pages_of_commitments_join_to_the_whole_list(ledger: Ledger) -> None:
    ledger.add([sample(number) for number in range(1, 4)] + [reading()])
    whole = [one.record.id for one in ledger.commitments()]
    found, cursor = [], None
    while True:
        page = ledger.view().commitment_page(Ask(), 1, cursor)
        found += [one.record.id for one in page.rows]
        cursor = page.next
        if cursor is None:
            break
    assert found == whole
