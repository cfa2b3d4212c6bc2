"""Actors: who they are taken for, what they said and did, who else they may be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from diurna.errors import UsageError
from diurna.ledger import lookup, tallies
from diurna.ledger.asking import Kept, Known, Page
from diurna.ledger.people import Order
from diurna.ledger.snapshot import Snapshot
from diurna.link.issues import stances_by_issue
from diurna.model.record import Statement
from diurna.web.charts import WIDE, Chart, gathered, grain_for, words_and_deeds
from diurna.web.contexts import ActorPage, ActorsPage, IssueRow, MergePage, OtherName, RelationRow
from diurna.web.respond import NotFoundError, address, answer, moment_of, room_of, visitor
from diurna.web.room import Room
from diurna.web.routes import PAGE, by_due, standing
from diurna.web.schemas import shows
from diurna.web.wording import committed, segment, speaker

router = APIRouter()

_SPEAKS, _DOES, _SUFFERS = ("speaker", "behalf"), ("actor",), ("recipient",)
_ISSUES_FROM, _SHOWN = 120, 4
"""Newest statements of an actor in which issues are looked for, and those shown for each."""
_READ = 40
"""Newest reports of an actor that are gone through for its roles and relations."""
_TOLD = 200
"""Newest commitments of reports that name an actor, of which its own are shown."""


@router.get("/actors", summary="Actors", responses=shows(ActorsPage))
def actors(request: Request, name: str = "", order: str = "reports", after: str | None = None) -> Response:
    """Actors by name, or the most reported first."""
    visitor(request)
    if order not in ("reports", "name"):
        raise UsageError(f"{order!r} is none of reports, name")
    found = known_actors(room_of(request), moment_of(request), name, "name" if order == "name" else "reports", after)
    return answer(request, "actors.html", "actors", ActorsPage(found.rows, name, order, found.next))


def known_actors(room: Room, moment: str | None, name: str, order: Order, after: str | None) -> Page[Known]:
    """A page of actors, found again only when reports have come."""
    key = ("actors", name, order, after)
    found = lambda snapshot: lookup.actors_page(snapshot, name or None, order, PAGE, after)  # noqa: E731 - said once
    return room.once(moment, key, found, judged=False)


@router.get(
    "/actors/{name:path}/merge",
    summary="Two actors side by side, before they are judged to be one",
    responses=shows(MergePage),
)
def merge(request: Request, name: str, other: str = "") -> Response:
    """What the two would be together: reports, words and deeds of both, and examples of each."""
    visitor(request)
    page = room_of(request).view(moment_of(request)).answer(lambda snapshot: _merge(snapshot, name, other))
    return answer(request, "merge.html", "actors", page)


def _merge(snapshot: Snapshot, name: str, other: str) -> MergePage:
    one, two = lookup.actor_called(snapshot, name), lookup.actor_called(snapshot, other)
    if one is None or two is None:
        raise NotFoundError(f"nobody called {other if one else name!r} was known then")
    if one[1] == two[1]:
        raise UsageError("these are two spellings of one name already")
    mine, theirs = (lookup.actor_ids_of(snapshot, [number], 1)[0] for number in (one[1], two[1]))
    examples = tuple(
        (known.name, lookup.words_of_names(snapshot, [number], _SPEAKS, 3).rows) for known, number, _ in (one, two)
    )
    together = two[1] in lookup.same_names(snapshot, one[1], one[2])
    standing = lookup.judgements_between(snapshot, one[1], two[1])
    return MergePage(one[0], two[0], mine, theirs, "different" if together else "same", examples, tuple(standing))


@router.get(
    "/actors/{name:path}", summary="An actor: words and deeds on two lanes over time", responses=shows(ActorPage)
)
def actor(request: Request, name: str, words: str | None = None, deeds: str | None = None) -> Response:
    """What somebody said and did; also found by the id an actor has in one report."""
    visitor(request)
    view = room_of(request).view(moment_of(request))
    if name.startswith("ac-") and (called := view.answer(lambda snapshot: lookup.name_of_actor(snapshot, name))):
        return RedirectResponse(address(f"/actors/{segment(called)}", moment_of(request)), status_code=303)
    page = room_of(request).once(
        moment_of(request), ("actor", name, words, deeds), lambda snapshot: actor_page(snapshot, name, words, deeds)
    )
    return answer(request, "actor.html", "actors", page)


def actor_page(snapshot: Snapshot, name: str, words: str | None, deeds: str | None) -> ActorPage:
    """What is known of an actor and of the names judged to be the same."""
    own = lookup.actor_called(snapshot, name)
    if own is None:
        raise NotFoundError(f"nobody called {name!r} was known then")
    known, number, who = own
    names = lookup.same_names(snapshot, number, who)
    bearers = who.identities
    said, newest = lookup.newest_words(snapshot, names, _SPEAKS, PAGE, _ISSUES_FROM, bearers)
    if words:
        said = lookup.words_of_names(snapshot, names, _SPEAKS, PAGE, words, bearers)
    done = lookup.deeds_of_names(snapshot, names, _DOES, PAGE, deeds, bearers)
    suffered = lookup.deeds_of_names(snapshot, names, _SUFFERS, 10, None, bearers)
    others = lookup.reported(snapshot, [one for one in names if one != number])
    called = {known.name, *(one[0] for one in others.values())}
    today = tallies.last_day(snapshot)
    readings = lookup.readings_of(snapshot, names, _READ)
    told = lookup.commitments_of_names(snapshot, names, _TOLD)
    bound = by_due([one for one in told if committed(one) in called], today)
    return ActorPage(
        actor=known,
        record=lookup.actor_ids_of(snapshot, [number], 1)[0],
        roles=tuple(Counter(lookup.roles_in(snapshot, readings, names)).most_common(8)),
        relations=_relations(snapshot, readings, called),
        statements=said.rows,
        events=done.rows,
        suffered=suffered.rows,
        commitments=standing(snapshot, bound[:20], today),
        stances=_stances(said.rows),
        issues=_issues(newest, called),
        speakers=_voices(said.rows, called),
        chart=_lanes(snapshot, known, names),
        same=_same(others, known),
        alike=_alike(snapshot, known.name, called),
        more_words=said.next,
        more_deeds=done.next,
    )


def _lanes(snapshot: Snapshot, known: Known, names: Sequence[int]) -> Chart:
    name = f"actor/{segment(known.name)}"
    title = f"What {known.name} said and did"
    if not known.first:
        return words_and_deeds((), "day", name, title, WIDE)
    grain = grain_for(known.first, known.last)
    days = tallies.by_day(snapshot, known.first, known.last, names)
    return words_and_deeds(gathered(days, grain, known.first, known.last), grain, name, title, WIDE)


def _relations(snapshot: Snapshot, readings: Sequence[int], called: set[str]) -> tuple[RelationRow, ...]:
    rows: dict[tuple[str, str, bool], RelationRow] = {}
    for one, source, target, facts in lookup.relations_in(snapshot, readings):
        for forward, mine, other in ((True, source, target), (False, target, source)):
            if mine in called and other and other not in called:
                row = RelationRow(one.kind, other, forward, one.polarity, one.evidence.quote, facts, one.id)
                rows.setdefault((one.kind, other, forward), row)
    return tuple(rows.values())[:20]


def _stances(rows: Sequence[Kept[Statement]]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(one.record.act for one in rows).most_common(10))


def _issues(rows: Sequence[Kept[Statement]], called: set[str]) -> tuple[IssueRow, ...]:
    """Where the actor stands on what it speaks of most; what people said is wrong is left out."""
    kept = {one.record.id: one for one in rows if one.review != "rejected"}
    found = stances_by_issue((one.record for one in kept.values()), called)
    return tuple(
        IssueRow(one.issue, one.for_it, one.against_it, one.neither, tuple(kept[r] for r in one.records[:_SHOWN]))
        for one in found
    )


def _voices(rows: Sequence[Kept[Statement]], called: set[str]) -> tuple[tuple[str, int], ...]:
    """Others who spoke for the actor."""
    return tuple(Counter(who for one in rows if (who := speaker(one)) not in called).most_common(6))


def _same(others: Mapping[int, tuple[str, int, str]], who: Known) -> tuple[OtherName, ...]:
    why = {one.name: one.why for one in who.same}
    return tuple(
        OtherName(name, key, reports, why.get(name, "judged to be the same")) for name, reports, key in others.values()
    )


def _alike(snapshot: Snapshot, name: str, called: set[str]) -> tuple[OtherName, ...]:
    alike = [row for row in lookup.names_alike(snapshot, name) if row[0] not in called]
    ids = [lookup.actor_ids_of(snapshot, lookup.names_called(snapshot, other), 1) for other, _ in alike]
    return tuple(OtherName(other, found[0], times) for (other, times), found in zip(alike, ids, strict=True) if found)
