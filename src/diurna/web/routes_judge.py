"""Gaps, commitments, and judging: two texts side by side, accept, reject, undo, next."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Annotated, Any, cast, get_args

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from diurna.errors import UsageError
from diurna.flow.resolving import judge as keep_judgement
from diurna.ledger import between, lookup, tallies
from diurna.ledger.asking import Ask, ReportFacts, Reviewed
from diurna.ledger.judge import VERDICTS
from diurna.ledger.snapshot import Snapshot
from diurna.model.record import CommitmentKind, Event, Gap, GapKind, Reading, Statement, Verdict
from diurna.model.span import hull
from diurna.model.timevalue import TimeValue
from diurna.web.across import AROUND, SETTLED, apart, gap_between, in_context, with_state
from diurna.web.contexts import Agreement, CommitmentsPage, GapPage, GapsPage, ReviewPage, Side
from diurna.web.respond import NotFoundError, answer, check_form, moment_of, require, room_of, see_other, visitor
from diurna.web.routes import PAGE, due_of
from diurna.web.schemas import leads_on, shows
from diurna.web.typeset import event_words, speaker_words
from diurna.web.wording import time_words

router = APIRouter()

_STATES: dict[str, tuple[Verdict, ...]] = {
    "gap": ("gap",), "unsure": ("unsure",), "no_gap": ("no_gap",), "all": get_args(Verdict),
}  # fmt: skip


@router.get("/gaps", summary="Gaps between words and deeds", responses=shows(GapsPage))
def gaps(
    request: Request, kind: str = "", state: str = "gap", review: str = "kept", after: str | None = None
) -> Response:
    """Pairs that do not go together; those whose tests stay open, or failed, on request."""
    visitor(request)
    if kind and kind not in get_args(GapKind):
        raise UsageError(f"{kind!r} is none of {', '.join(get_args(GapKind))}")
    if state not in _STATES or review not in ("kept", "open", "accepted", "rejected", "any"):
        raise UsageError("state is gap, unsure, no_gap or all; review is kept, open, accepted, rejected or any")
    room, moment = room_of(request), moment_of(request)
    counts: Counter[str] = Counter()
    for one, verdict, count in room.once(moment, ("gaps of kinds",), _all_kinds, judged=False):
        if verdict in _STATES[state]:
            counts[one] += count
    ask = Ask(kinds=(kind,) if kind else (), review=cast("Reviewed", review))
    found = room.view(moment).answer(lambda snapshot: between.any_gaps_page(snapshot, ask, _STATES[state], PAGE, after))
    page = GapsPage(found.rows, tuple(sorted(counts.items())), kind, state, review, found.next)
    return answer(request, "gaps.html", "gaps", page)


def _all_kinds(snapshot: Snapshot) -> list[tuple[str, str, int]]:
    """How many gaps there are of each kind and verdict, within reports and between them."""
    return [*tallies.count_gaps(snapshot), *between.gaps_of_kind(snapshot)]


@router.get("/gaps/{gap}", summary="A gap: two texts side by side", responses=shows(GapPage))
def gap_page(request: Request, gap: str) -> Response:
    """Both sides quoted in their context, the time between them, every test with its result, the reason."""
    visitor(request)
    page = room_of(request).view(moment_of(request)).answer(lambda snapshot: _gap(snapshot, gap))
    return answer(request, "gap.html", "gaps", page)


def _gap(snapshot: Snapshot, gap: str) -> GapPage:
    across = between.cross_gap(snapshot, gap)
    if across is not None:
        return gap_between(snapshot, across)
    found, kept = lookup.home_of(snapshot, gap), lookup.gap_of(snapshot, gap)
    if found is None or kept is None:
        raise NotFoundError(f"no gap {gap} was known then")
    one: Gap = kept.record
    left, right = (_side(found.reading, found.facts, record) for record in (one.left, one.right))
    days = _days_between(found.reading.record(one.left), found.reading.record(one.right))
    before, following = between.gaps_beside(snapshot, gap)
    given = lookup.judgements_of(snapshot, gap)
    return GapPage(kept, left, right, apart(days), days, one.tests, tuple(given), following, before)


def _side(reading: Reading, facts: ReportFacts, record: str) -> Side:
    one = reading.record(record)
    if not isinstance(one, Statement | Event):
        raise NotFoundError(f"the record {record} of this gap is gone")
    span = hull(one.content.spans) if isinstance(one, Statement) else one.evidence.span
    before, quote, after = in_context(reading.report.text, span, AROUND)
    number = next((n for n, block in enumerate(reading.report.blocks, 1) if span.start < block.span.end), 1)
    names = {actor.id: actor for actor in reading.actors}
    if isinstance(one, Statement):
        what = f"{one.act}, {one.manner}"
        when = time_words(one.said_at)
        return Side(
            "word", "Words", record, before, quote, after, speaker_words(one, names), what, when, "", facts, number
        )
    deed = one.realis == "actual" and one.attributed_to is None
    where = f"{one.place.text} ({one.place.precision})" if one.place else ""
    what = f"{one.type.lower()}, {one.realis}" + ("" if one.attributed_to is None else ", as somebody’s words")
    label = "Deeds" if deed else "Told"
    when = time_words(one.happened_at)
    return Side("deed", label, record, before, quote, after, event_words(one, names), what, when, where, facts, number)


def _days_between(left: Any, right: Any) -> int | None:
    one, two = _day(left), _day(right)
    return (two - one).days if one and two else None


def _day(record: Any) -> dt.date | None:
    value: TimeValue | None = record.said_at if isinstance(record, Statement) else record.happened_at
    return value.first_day if value and value.earliest and value.earliest == value.latest else None


# --- commitments


@router.get(
    "/commitments", summary="Promises, agreements, demands, threats and refusals", responses=shows(CommitmentsPage)
)
def commitments(request: Request, kind: str = "", actor: str = "", after: str | None = None) -> Response:
    """The board: what has a date, by how that date stands to the newest report; then the rest, by kind."""
    visitor(request)
    if kind and kind not in get_args(CommitmentKind):
        raise UsageError(f"{kind!r} is none of {', '.join(get_args(CommitmentKind))}")
    page = room_of(request).view(moment_of(request)).answer(lambda one: _board(one, kind, actor, after))
    return answer(request, "commitments.html", "commitments", page)


def _board(snapshot: Snapshot, kind: str, actor: str, after: str | None) -> CommitmentsPage:
    today = tallies.last_day(snapshot)
    ask = Ask(kinds=(kind,) if kind else (), actor=actor or None)
    found = lookup.commitments_page(snapshot, ask, 120, after)
    stand = between.lives_with(snapshot, [one.record.id for one in found.rows], today)
    rows = [with_state(due_of(one, today), stand.get(one.record.id)) for one in found.rows]
    columns: dict[str, list[Any]] = {"with a date to come": [], "date has passed": []}
    for one in sorted(rows, key=lambda row: row.due):
        if one.stands in SETTLED:
            columns.setdefault(one.stands, []).append(one)
        elif one.state != "open":
            columns["with a date to come" if one.state == "due" else "date has passed"].append(one)
    for one in rows:
        if one.state == "open" and one.stands not in SETTLED:
            columns.setdefault(f"{one.commitment.record.kind}s, no date".replace("refusals", "refusals"), []).append(
                one
            )
    board = tuple((name, tuple(some)) for name, some in columns.items())
    return CommitmentsPage(board, kind, actor, today, found.next)


# --- judging


@router.get(
    "/review", summary="What waits for a judgement, and how judgements stand so far", responses=shows(ReviewPage)
)
def review(request: Request, after: str | None = None) -> Response:
    """The queue of gaps nobody has judged, with agreement between people and precision by kind."""
    visitor(request)
    page = room_of(request).view(moment_of(request)).answer(lambda snapshot: _review(snapshot, after))
    return answer(request, "review.html", "review", page)


def _review(snapshot: Snapshot, after: str | None) -> ReviewPage:
    found = between.any_gaps_page(snapshot, Ask(review="open"), ("gap", "unsure"), PAGE, after)
    given = tallies.judged(snapshot)
    by_record: dict[str, set[str]] = defaultdict(set)
    people: dict[str, set[str]] = defaultdict(set)
    for one in given:
        by_record[one.record].add(one.verdict)
        people[one.record].add(one.by)
    twice = [record for record, who in people.items() if len(who) > 1]
    agreed = sum(len(by_record[record]) == 1 for record in twice)
    waiting = tallies.count_waiting(snapshot)
    return ReviewPage(
        found.rows, waiting, _precision(given), agreed / len(twice) if twice else None, len(twice),
        tuple(Counter(one.by for one in given).most_common()), found.next,
    )  # fmt: skip


def _precision(given: Sequence[tallies.Judged]) -> tuple[Agreement, ...]:
    """Of each kind, how many were accepted; Wilson's 95 % interval says how far so few judgements reach."""
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in given:
        kinds[one.kind][0] += 1
        kinds[one.kind][1] += one.verdict == "accept"
    return tuple(
        Agreement(kind, judged, accepted, accepted / judged, *wilson(accepted, judged))
        for kind, (judged, accepted) in sorted(kinds.items())
    )


def wilson(hits: int, tries: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if not tries:
        return 0.0, 1.0
    z, share = 1.96, hits / tries
    middle = (share + z * z / (2 * tries)) / (1 + z * z / tries)
    half = z / (1 + z * z / tries) * math.sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries))
    return max(0.0, middle - half), min(1.0, middle + half)


@router.post(
    "/judge", summary="Judge a record: accept, reject, same, different, undo", status_code=303, responses=leads_on()
)
def judge(
    request: Request,
    record: Annotated[str, Form()],
    verdict: Annotated[str, Form()],
    token: Annotated[str, Form()] = "",
    other: Annotated[str, Form()] = "",
    why: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "/review",
) -> Response:
    """Keep a person's judgement under the name of who is logged in, then go back."""
    visitor(request)
    check_form(request, token)
    by = require(request, "reviewer")
    if moment_of(request) is not None:
        raise UsageError("the past cannot be judged: set “as known” back to now first")
    found = next((one for one in VERDICTS if one == verdict), None)
    if found is None:
        raise UsageError(f"{verdict!r} is none of {', '.join(VERDICTS)}")
    keep_judgement(room_of(request).ledger, record, found, by=by, why=why.strip()[:2000], other=other or None)
    return see_other(request, back)
