"""The pages one reads: front page, reports, search, citations, help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Any, TypeVar, get_args

from fastapi import APIRouter, Request
from fastapi.responses import Response

from diurna.errors import UsageError
from diurna.ledger import between, lookup, tallies
from diurna.ledger.asking import Ask, Hit, Kept, ReportFacts
from diurna.ledger.difference import Change, difference
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.words import find_phrases, parse_query
from diurna.model.record import Act, Commitment, Event, EventType, Reading, Statement
from diurna.web.across import with_state
from diurna.web.charts import NARROW, days_before, gathered, words_and_deeds
from diurna.web.contexts import (
    ChangesPage,
    CitePage,
    DueCommitment,
    FrontPage,
    HelpPage,
    ReportPage,
    ReportsPage,
    SearchPage,
)
from diurna.web.respond import (
    NotFoundError,
    answer,
    asked_day,
    moment_of,
    room_of,
    visitor,
)
from diurna.web.room import Room
from diurna.web.routes_stories import newest_stories, told_by_several
from diurna.web.schemas import shows
from diurna.web.typeset import left_out, set_text

router = APIRouter()

T = TypeVar("T")

PAGE = 30
KEYS = (
    ("?", "this sheet"), ("/", "search"), ("h", "front page"), ("g", "gaps"), ("v", "review"),
    ("j  k", "next and previous record or row"), ("n  p", "next and previous gap, or page"),
    ("a", "accept"), ("r", "reject"), ("u  z", "undo"), ("Enter", "open what is chosen"), ("t", "back to the text"),
)  # fmt: skip


@router.get("/", summary="What is new", responses=shows(FrontPage))
def front(request: Request) -> Response:
    """The last week's words and deeds, gaps, commitments with a date, who was quoted, the last reports."""
    visitor(request)
    room, moment = room_of(request), moment_of(request)
    news = front_news(room, moment)
    if news.empty:
        return answer(request, "front.html", "front", news)
    gaps, due = room.view(moment).answer(lambda one: _judged_news(one, news.until))
    return answer(request, "front.html", "front", replace(news, gaps=gaps, due=due))


def front_news(room: Room, moment: str | None) -> FrontPage:
    """What of the front page only new reports change."""
    return room.once(moment, "front", _news, judged=False)


def _news(snapshot: Snapshot) -> FrontPage:
    reports = snapshot.reports(Ask(), 8, None).rows
    if not reports:
        return FrontPage(True, "", (), None, (), (), (), (), (), ())
    until = tallies.last_day(snapshot)
    week, chart = _week(snapshot, until)
    quoted = tallies.most_quoted(snapshot, week[0].day, until) if week else []
    stories = told_by_several(newest_stories(snapshot))[:5]
    return FrontPage(
        False, until, tuple(week), chart, (), (), tuple(quoted), stories, reports, tallies.sizes(snapshot)
    )  # fmt: skip


def _judged_news(snapshot: Snapshot, until: str) -> tuple[tuple[between.AnyGap, ...], tuple[DueCommitment, ...]]:
    gaps = between.any_gaps_page(snapshot, Ask(), ("gap",), 18, None).rows
    due = due_commitments(snapshot, until)
    said = _once_each(due, lambda one: (one.commitment.record.kind, one.commitment.record.act, one.due))[:8]
    return _once_each(gaps, lambda one: (one.record.kind, one.record.reason))[:6], standing(snapshot, said, until)


def standing(snapshot: Snapshot, rows: Sequence[DueCommitment], day: str) -> tuple[DueCommitment, ...]:
    """The commitments with what became of them by `day`, where they have been linked."""
    lives = between.lives_with(snapshot, [one.commitment.record.id for one in rows], day) if day else {}
    return tuple(with_state(one, lives.get(one.commitment.record.id)) for one in rows)


def _once_each(rows: Sequence[T], said: Callable[[T], Hashable]) -> tuple[T, ...]:
    """The rows without those that say what one before them says: reports are often printed by several outlets."""
    first: dict[Hashable, T] = {}
    for one in rows:
        first.setdefault(said(one), one)
    return tuple(first.values())


def _week(snapshot: Snapshot, until: str) -> tuple[Any, Any]:
    if not until:
        return (), None
    since = days_before(until, 6)
    week = gathered(tallies.by_day(snapshot, since, until), "day", since, until)
    return week, words_and_deeds(week, "day", "week", "Words and deeds of the week", NARROW)


_COMMITTED = 200
"""Commitments of the newest reports that are put in order by their dates."""


def due_commitments(snapshot: Snapshot, today: str) -> tuple[DueCommitment, ...]:
    """Commitments of the newest reports, those with a date first, by that date."""
    return by_due(lookup.commitments_page(snapshot, Ask(), _COMMITTED).rows, today)


def by_due(found: Sequence[Kept[Commitment]], today: str) -> tuple[DueCommitment, ...]:
    """Commitments with how their dates stand to `today`, those with a date first, by that date."""
    order = {"overdue": 1, "due": 0, "open": 2}
    return tuple(sorted((due_of(one, today) for one in found), key=lambda one: (order[one.state], one.due)))


def due_of(one: Kept[Commitment], today: str) -> DueCommitment:
    """A commitment and how its date stands to `today`; which of the two came true nobody is said to know."""
    last = (one.record.due.latest or "")[:10] if one.record.due else ""
    state: Any = "open" if not last else "overdue" if last < today else "due"
    return DueCommitment(one, last, state)


# --- reports


@router.get("/reports", summary="Reports", responses=shows(ReportsPage))
def reports(
    request: Request, outlet: str = "", actor: str = "", since: str = "", until: str = "", after: str | None = None
) -> Response:
    """Reports, the newest first."""
    visitor(request)
    room, moment = room_of(request), moment_of(request)
    ask = Ask(
        outlet=outlet or None, actor=actor or None, since=asked_day(since, "since"), until=asked_day(until, "until")
    )
    found = room.view(moment).report_page(ask, PAGE, after)
    outlets = room.once(moment, "outlets", tallies.outlets, judged=False)
    page = ReportsPage(found.rows, tuple(outlets), outlet, actor, since, until, found.next)
    return answer(request, "reports.html", "reports", page)


@router.get("/reports/{report}", summary="A report, set for reading", responses=shows(ReportPage))
def report(request: Request, report: str, version: int | None = None, q: str = "") -> Response:
    """The text with every record underlined in its place, and the records beside the line they come from."""
    visitor(request)
    view = room_of(request).view(moment_of(request))
    page = view.answer(lambda snapshot: _report(snapshot, report, version, q))
    return answer(request, "report.html", "reports", page)


def _report(snapshot: Snapshot, report: str, version: int | None, words: str) -> ReportPage:
    numbers = snapshot.reading_numbers(report, all_versions=True)
    facts = [snapshot.facts_of(seq)[0] for seq in numbers]
    at = (
        next((n for n, one in enumerate(facts) if one.number == version), len(facts) - 1) if version else len(facts) - 1
    )
    if at < 0:
        raise NotFoundError(f"no report {report} was known then, or it was taken out")
    reading = snapshot.reading(numbers[at])
    ids = [*(one.id for one in reading.statements), *(one.id for one in reading.events)]
    reviews = lookup.verdicts_of(snapshot, ids)
    return report_page(facts[at], reading, tuple(facts), tuple(sorted(reviews.items())), words)


def report_page(
    facts: ReportFacts,
    reading: Reading,
    versions: tuple[ReportFacts, ...] = (),
    reviews: tuple[tuple[str, str], ...] = (),
    words: str = "",
    *,
    kept: bool = True,
    address: str = "",
) -> ReportPage:
    """A reading as a page."""
    text = reading.report.text
    matches = find_phrases(text, parse_query(words), most=200) if words.strip() else []
    failures = tuple(f"{one.stage}: {one.reason}" for one in reading.failures)
    return ReportPage(
        facts, text, set_text(reading, matches), reading.statements, reading.events, reading.actors, reading.relations,
        reading.commitments, reading.gaps, reviews, failures, versions, left_out(reading), kept, address,
    )  # fmt: skip


@router.get("/reports/{report}/changes", summary="What each version of a report changed", responses=shows(ChangesPage))
def changes(request: Request, report: str) -> Response:
    """The versions of a report, the newest first, each with what it changed."""
    visitor(request)
    versions = room_of(request).view(moment_of(request)).versions(report)
    if not versions:
        raise NotFoundError(f"no report {report} was known then, or it was taken out")
    rows: list[tuple[ReportFacts, tuple[Change, ...]]] = []
    for at, (facts, text) in enumerate(versions):
        rows.append((facts, difference(versions[at - 1][1], text) if at else ()))
    page = ChangesPage(versions[-1][0], tuple(reversed(rows)))
    return answer(request, "changes.html", "reports", page)


@router.get("/cite/{record}", summary="Cite a record", responses=shows(CitePage))
def cite(request: Request, record: str) -> Response:
    """Quote, outlet, date, offsets and hash: what is needed to find a passage again."""
    visitor(request)
    found = room_of(request).view(moment_of(request)).answer(lambda snapshot: lookup.home_of(snapshot, record))
    one = found.reading.record(record) if found else None
    if found is None or not isinstance(one, Statement | Event):
        raise NotFoundError(f"no statement or event {record} was known then")
    evidence, facts = one.evidence, found.facts
    where = f"characters {evidence.span.start} to {evidence.span.end} of version {facts.version}"
    parts = [
        f"“{evidence.quote}”",
        facts.author,
        facts.title and f"“{facts.title}”",
        facts.outlet,
        facts.day,
        facts.url,
    ]
    citation = ", ".join(str(part) for part in parts if part) + f"; {where}."
    kind = "statement" if isinstance(one, Statement) else "event"
    page = CitePage(
        record,
        kind,
        evidence.quote,
        evidence.span.start,
        evidence.span.end,
        facts.version,
        evidence.rule,
        facts,
        citation,
    )
    return answer(request, "cite.html", "reports", page)


# --- search

_FACETS = {"statements": "act", "events": "type"}
_SEEN = 200


@router.get("/search", summary="Search", responses=shows(SearchPage))
def search(
    request: Request,
    q: str = "",
    where: str = "statements",
    kind: str = "",
    outlet: str = "",
    actor: str = "",
    since: str = "",
    until: str = "",
    after: str | None = None,
) -> Response:
    """Statements, events or reports in which words stand."""
    visitor(request)
    kinds = get_args(Act) if where == "statements" else get_args(EventType)
    chosen = tuple((k, v) for k, v in (("kind", kind), ("outlet", outlet), ("actor", actor)) if v)
    if where not in ("statements", "events", "reports"):
        raise UsageError(f"{where!r} is none of statements, events, reports")
    if kind and kind not in kinds:
        raise UsageError(f"{kind!r} is none of {', '.join(kinds)}")
    ask = Ask(
        kinds=(kind,) if kind else (), outlet=outlet or None, actor=actor or None,
        since=asked_day(since, "since"), until=asked_day(until, "until"),
    )  # fmt: skip
    page = _search(request, q, where, ask, chosen, after)
    return answer(request, "search.html", "search", page)


def _search(
    request: Request, q: str, where: Any, ask: Ask, chosen: tuple[tuple[str, str], ...], after: str | None
) -> SearchPage:
    if not q.strip():
        return SearchPage("", where, (), (), chosen, "", None)
    view = room_of(request).view(moment_of(request))
    try:
        found = view.search_page(q, where, ask, PAGE, after)
        seen = found.rows if found.next is None else view.search_page(q, where, ask, _SEEN).rows
    except UsageError as fault:
        return SearchPage(q, where, (), (), chosen, str(fault), None)
    return SearchPage(q, where, found.rows, _facets(seen, where), chosen, "", found.next)


def _facets(hits: tuple[Hit, ...], where: str) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """What the first hits have in common, to narrow by."""
    kinds = Counter(_kind(hit) for hit in hits if hit.record)
    outlets = Counter(hit.report.outlet for hit in hits if hit.report.outlet)
    people = Counter(name for hit in hits if hit.record for _, name in hit.record.names)
    found = [("outlet", outlets), ("actor", people)]
    if where in _FACETS:
        found.insert(0, ("kind", kinds))
    return tuple((name, tuple(counts.most_common(8))) for name, counts in found if counts)


def _kind(hit: Hit) -> str:
    record = hit.record.record if hit.record else None
    return record.act if isinstance(record, Statement) else record.type if isinstance(record, Event) else ""


@router.get("/help", summary="Keys and words", responses=shows(HelpPage))
def help_page(request: Request) -> Response:
    """The keys, and what the words on the pages mean."""
    return answer(request, "help.html", "help", HelpPage(KEYS))
