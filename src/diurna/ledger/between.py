"""Asking for what holds between reports: gaps across them, commitments with their lives, stories."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from diurna.ledger import schema as t
from diurna.ledger.asking import Ask, Kept, Page, read_cursor, write_cursor
from diurna.ledger.chunks import chunks
from diurna.ledger.linked import KeptCrossGap, KeptLife
from diurna.ledger.select import FOREVER, after, names_of, outlet_of, review_conditions, verdicts
from diurna.ledger.shelving import story_of
from diurna.ledger.snapshot import Snapshot
from diurna.model.across import CrossGap
from diurna.model.canon import Story
from diurna.model.codec import decode
from diurna.model.commitment_life import CommitmentLife, CommitmentStateName, Move
from diurna.model.record import Gap, Review, Verdict

AnyGap = Kept[Gap] | KeptCrossGap

_REVIEWS: dict[str, Review] = {"accept": "accepted", "reject": "rejected"}
_WITHIN, _ACROSS = 0, 1
_SHOWN: tuple[Verdict, ...] = ("gap", "unsure")
_STEP = 200


def any_gaps_page(
    snapshot: Snapshot, ask: Ask, outcomes: Sequence[Verdict], size: int, cursor: str | None
) -> Page[AnyGap]:
    """A page of gaps within and between reports, by the day of the later report.

    Args:
        outcomes: how their tests came out; () for any.
    """
    order = f"any gaps {ask.newest} {' '.join(sorted(outcomes))}"
    place = read_cursor(order, cursor) if cursor else None
    found = _places(snapshot, ask, outcomes, size + 1, _place(place) if place else None)
    own = [seq for _, what, seq in found[:size] if what == _WITHIN]
    within = dict(zip(own, snapshot.kept(t.gaps, Gap, own), strict=True))
    across = _kept_gaps(snapshot, [seq for _, what, seq in found[:size] if what == _ACROSS])
    made: list[AnyGap] = [within[seq] if what == _WITHIN else across[seq] for _, what, seq in found[:size]]
    return Page(tuple(made), write_cursor(order, found[size - 1]) if len(found) > size else None)


_Place = tuple[str, int, int]
"""Where a gap stands among all: the day of the later report, within a report or across, its number."""


def _place(values: Sequence[str | int]) -> _Place:
    return str(values[0]), int(values[1]), int(values[2])


def _places(snapshot: Snapshot, ask: Ask, outcomes: Sequence[Verdict], size: int, place: _Place | None) -> list[_Place]:
    """The first `size` gaps after a place: the first of either kind and verdict, in the order of its index, merged."""
    found: list[_Place] = []
    for what, of_kind in ((_WITHIN, _within), (_ACROSS, _across)):
        for some in [(one,) for one in outcomes] if what == _ACROSS and outcomes else [outcomes]:
            asked, columns = of_kind(snapshot, ask, some)
            asked = asked.where(*_further(columns, what, place, newest=ask.newest))
            asked = asked.order_by(*[one.desc() if ask.newest else one for one in columns]).limit(size)
            rows: list[Any] = list(snapshot.connection.execute(asked))
            found += [(day, what, seq) for day, seq in rows]
    return sorted(found, reverse=ask.newest)[:size]


def _further(
    columns: Sequence[ColumnElement[Any]], what: int, place: _Place | None, *, newest: bool
) -> list[ColumnElement[bool]]:
    """That a gap of a kind, by its day and number, comes after a place."""
    if place is None:
        return []
    day, its_kind, seq = place
    if what == its_kind:
        return after(columns, (day, seq), newest=newest)
    same_day_too = (what < its_kind) == newest
    if newest:
        return [columns[0] <= day if same_day_too else columns[0] < day]
    return [columns[0] >= day if same_day_too else columns[0] > day]


def gaps_beside(snapshot: Snapshot, key: str) -> tuple[str | None, str | None]:
    """The ids of the gaps shown before and after one in `any_gaps_page`, among those that are gaps or may be."""
    across = cross_gap(snapshot, key) is not None
    asked, (_, seq) = (_across if across else _within)(snapshot, Ask(review="any"), _SHOWN)
    of_key = (t.cross_gaps if across else t.gaps).c.id == key
    here: Any = snapshot.connection.execute(asked.where(of_key).order_by(seq.desc()).limit(1)).first()
    if here is None:
        return None, None
    day, number = here
    place = (day, _ACROSS if across else _WITHIN, number)
    sides = (_places(snapshot, Ask(review="any", newest=newest), _SHOWN, 1, place) for newest in (False, True))
    before, following = (_gap_id(snapshot, *some[0][1:]) if some else None for some in sides)
    return before, following


def _gap_id(snapshot: Snapshot, what: int, seq: int) -> str | None:
    table = t.gaps if what == _WITHIN else t.cross_gaps
    return snapshot.connection.execute(select(table.c.id).where(table.c.seq == seq)).scalar()


_Asked = tuple[Select[Any], tuple[ColumnElement[Any], ColumnElement[Any]]]
"""A query for the days and numbers of gaps, and these two columns, by which it is put in order."""


def _within(snapshot: Snapshot, ask: Ask, outcomes: Sequence[Verdict]) -> _Asked:
    r, g = t.readings.c, t.gaps.c
    found = select(r.day, g.seq).join(t.readings, r.seq == g.reading)
    found = found.where(*snapshot.moment.holds(all_versions=ask.versions == "all"), *snapshot.report_conditions(ask))
    found = found.where(*review_conditions(snapshot.connection, t.gaps, ask.review, _known_on(snapshot)))
    return found.where(*_kinds(g, ask, outcomes)), (r.day, g.seq)


def _across(snapshot: Snapshot, ask: Ask, outcomes: Sequence[Verdict]) -> _Asked:
    c = t.cross_gaps.c
    found = select(c.day, c.seq)
    found = found.where(c.found_at <= _known_on(snapshot), *_holding(snapshot, c.one), *_holding(snapshot, c.other))
    if ask.since:
        found = found.where(c.day >= ask.since)
    if ask.until:
        found = found.where(c.day <= ask.until, c.day > "")
    sides = _of_reports(snapshot, ask)
    if sides is not None:
        found = found.where(or_(c.one.in_(sides), c.other.in_(sides)))
    found = found.where(*review_conditions(snapshot.connection, t.cross_gaps, ask.review, _known_on(snapshot)))
    return found.where(*_kinds(c, ask, outcomes)), (c.day, c.seq)


def _kinds(columns: Any, ask: Ask, outcomes: Sequence[Verdict]) -> list[ColumnElement[bool]]:
    found = [columns.kind.in_(ask.kinds)] if ask.kinds else []
    return [*found, *([columns.verdict.in_(outcomes)] if outcomes else [])]


def _known_on(snapshot: Snapshot) -> str:
    return snapshot.moment.known_on or FOREVER


def _holding(snapshot: Snapshot, reading: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """Conditions that a reading holds at the snapshot's moment."""
    r = t.readings.c
    return [exists().where(r.seq == reading, *snapshot.moment.holds())]


def _of_reports(snapshot: Snapshot, ask: Ask) -> Select[Any] | None:
    """The readings a question's outlet, report and actor are about; None where it asks for none."""
    r, found = t.readings.c, select(t.readings.c.seq)
    if ask.outlet is None and ask.report is None and ask.actor is None:
        return None
    if ask.outlet is not None:
        found = found.where(r.outlet == outlet_of(snapshot.connection, ask.outlet))
    if ask.report is not None:
        found = found.where(r.report == select(t.reports.c.seq).where(t.reports.c.id == ask.report).scalar_subquery())
    if ask.actor is not None:
        names = names_of(snapshot.connection, ask.actor)
        found = found.where(r.seq.in_(select(t.actors.c.reading).where(t.actors.c.name.in_(names))))
    return found


def cross_gap(snapshot: Snapshot, key: str) -> KeptCrossGap | None:
    """A gap between reports by its id; None where it was not known then."""
    c = t.cross_gaps.c
    asked = select(c.seq).where(c.id == key, c.found_at <= _known_on(snapshot))
    asked = asked.where(*_holding(snapshot, c.one), *_holding(snapshot, c.other))
    seq = snapshot.connection.execute(asked).scalar()
    return None if seq is None else _kept_gaps(snapshot, [seq])[seq]


def _kept_gaps(snapshot: Snapshot, seqs: Sequence[int]) -> dict[int, KeptCrossGap]:
    c, rows = t.cross_gaps.c, list[Any]()
    for some in chunks(seqs):
        rows += snapshot.connection.execute(select(c.seq, c.id, c.one, c.other, c.body).where(c.seq.in_(some))).all()
    snapshot.ahead(sorted({one for row in rows for one in (row[2], row[3])}))
    said = verdicts(snapshot.connection, [row[1] for row in rows], _known_on(snapshot))
    return {
        seq: KeptCrossGap(
            decode(CrossGap, json.loads(body)), _REVIEWS.get(said.get(key, ""), "open"),
            snapshot.facts_of(one)[0], snapshot.facts_of(other)[0],
        )
        for seq, key, one, other, body in rows
    }  # fmt: skip


# --- commitments


@dataclass(frozen=True, slots=True)
class Lives:
    """Which commitments are wanted, and of what day their state.

    Attributes:
        on: the ISO day.
        due_by: only those that name a day up to this one; then the earliest due come first.
        states: only those in one of these states; () for any.
    """

    on: str
    due_by: str | None = None
    states: tuple[CommitmentStateName, ...] = ()


def lives_page(snapshot: Snapshot, ask: Ask, lives: Lives, size: int, cursor: str | None) -> Page[KeptLife]:
    """A page of commitments as they stand on a day, the latest opened first."""
    order = f"lives {ask.newest} {lives.on} {lives.due_by or ''} {' '.join(lives.states)}"
    place = read_cursor(order, cursor) if cursor else None
    found = list(itertools.islice(_lives(snapshot, ask, lives, place), size + 1))
    more = write_cursor(order, found[size - 1][1]) if len(found) > size else None
    return Page(tuple(one for one, _ in found[:size]), more)


def _lives(
    snapshot: Snapshot, ask: Ask, lives: Lives, place: tuple[str | int, ...] | None
) -> Iterator[tuple[KeptLife, tuple[str | int, ...]]]:
    """Commitments with their places in the order."""
    c = t.lives.c
    column, newest = (c.due, False) if lives.due_by is not None else (c.opened, ask.newest)
    columns: list[ColumnElement[Any]] = [column, c.seq]
    while True:
        asked = select(column, c.seq).where(c.opened <= lives.on, *_life_conditions(snapshot, ask))
        if lives.due_by is not None:
            asked = asked.where(c.due > "", or_(c.due <= lives.due_by, _due_moved(lives.on)))
        asked = asked.where(*after(columns, place, newest=newest))
        asked = asked.order_by(*[one.desc() if newest else one for one in columns]).limit(_STEP)
        found = [(row[0], row[1]) for row in snapshot.connection.execute(asked)]
        for at, one in zip(found, _kept_lives(snapshot, [seq for _, seq in found], lives.on), strict=True):
            late = lives.due_by is None or (one.state.due or "") <= lives.due_by
            if late and (not lives.states or one.state.state in lives.states):
                yield one, at
        if len(found) < _STEP:
            return
        place = found[-1]


def _due_moved(day: str) -> ColumnElement[bool]:
    """Whether a commitment's last day was moved up to an ISO day: what it is due on then only its moves tell."""
    m = t.moves.c
    return exists(select(m.seq).where(m.life == t.lives.c.seq, m.kind == "due moved", m.day <= day))


def _life_conditions(snapshot: Snapshot, ask: Ask) -> list[ColumnElement[bool]]:
    c = t.lives.c
    found = [c.found_at <= _known_on(snapshot), *_holding(snapshot, c.reading)]
    found += [c.kind.in_(ask.kinds)] if ask.kinds else []
    found += [c.opened >= ask.since] if ask.since else []
    found += [c.opened <= ask.until] if ask.until else []
    readings = _of_reports(snapshot, ask)
    found += [c.reading.in_(readings)] if readings is not None else []
    return [*found, *review_conditions(snapshot.connection, t.lives, ask.review, _known_on(snapshot))]


def life_of(snapshot: Snapshot, key: str, day: str) -> KeptLife | None:
    """A commitment by its id, as it stands on an ISO day."""
    c = t.lives.c
    asked = select(c.seq).where(c.id == key, c.found_at <= _known_on(snapshot), *_holding(snapshot, c.reading))
    seq = snapshot.connection.execute(asked).scalar()
    return next(iter(_kept_lives(snapshot, [seq], day)), None) if seq is not None else None


def lives_with(snapshot: Snapshot, keys: Sequence[str], day: str) -> dict[str, KeptLife]:
    """Commitments by their ids, as they stand on an ISO day; those that were never linked are left out."""
    c, seqs = t.lives.c, list[int]()
    for some in chunks(keys):
        asked = select(c.seq).where(c.id.in_(some), c.found_at <= _known_on(snapshot), *_holding(snapshot, c.reading))
        seqs += snapshot.connection.execute(asked).scalars()
    return {one.life.id: one for one in _kept_lives(snapshot, seqs, day)}


def _kept_lives(snapshot: Snapshot, seqs: Sequence[int], day: str) -> Iterator[KeptLife]:
    c, m = t.lives.c, t.moves.c
    rows: dict[int, tuple[str, int, str]] = {}
    moved: dict[int, list[Move]] = {}
    for some in chunks(seqs):
        for seq, key, reading, body in snapshot.connection.execute(
            select(c.seq, c.id, c.reading, c.body).where(c.seq.in_(some))
        ):
            rows[seq] = (key, reading, body)
        asked = select(m.life, m.body).where(m.life.in_(some), m.found_at <= _known_on(snapshot))
        asked = asked.where(*_holding(snapshot, m.reading)).order_by(m.day, m.seq)
        for seq, body in snapshot.connection.execute(asked):
            moved.setdefault(seq, []).append(decode(Move, json.loads(body)))
    snapshot.ahead(sorted({reading for _, reading, _ in rows.values()}))
    said = verdicts(snapshot.connection, [key for key, _, _ in rows.values()], _known_on(snapshot))
    for seq in seqs:
        key, reading, body = rows[seq]
        row = {**json.loads(body), "moves": ()}
        one = decode(CommitmentLife, row)
        one = CommitmentLife(
            one.id, one.kind, one.act, one.by, one.to, one.condition, one.criteria, one.due, one.opened,
            tuple(moved.get(seq, ())),
        )  # fmt: skip
        yield KeptLife(one, one.on(day), _REVIEWS.get(said.get(key, ""), "open"), snapshot.facts_of(reading)[0])


def gaps_of_kind(snapshot: Snapshot) -> list[tuple[str, str, int]]:
    """How many gaps between reports there are: (kind, verdict, count)."""
    c = t.cross_gaps.c
    hold = [one for side in (c.one, c.other) for one in snapshot.moment.holds_by_number(side)]
    asked = select(c.kind, c.verdict, func.count()).where(c.found_at <= _known_on(snapshot), *hold)
    asked = asked.group_by(c.kind, c.verdict)
    return [(row[0], row[1], row[2]) for row in snapshot.connection.execute(asked)]


# --- stories


def stories_page(snapshot: Snapshot, ask: Ask, least: int, size: int, cursor: str | None) -> Page[Story]:
    """A page of stories by their latest report.

    Args:
        least: reports a story must have.
    """
    s, m, r = t.stories.c, t.story_reports.c, t.readings.c
    order = f"stories {ask.newest} {least}"
    place = read_cursor(order, cursor) if cursor else None
    columns: list[ColumnElement[Any]] = [s.last, s.seq]
    asked = select(s.last, s.seq, s.body).where(s.reports >= least)
    if ask.since:
        asked = asked.where(s.last >= ask.since)
    if ask.until:
        asked = asked.where(s.first <= ask.until, s.last > "")
    members = select(m.story).join(t.readings, r.report == m.report).where(*snapshot.moment.holds())
    readings = _of_reports(snapshot, ask)
    if readings is not None:
        members = members.where(r.seq.in_(readings))
    if readings is not None or snapshot.moment.known_on is not None:
        asked = asked.where(s.seq.in_(members))
    asked = asked.where(*after(columns, place, newest=ask.newest))
    asked = asked.order_by(*[one.desc() if ask.newest else one for one in columns]).limit(size + 1)
    found = snapshot.connection.execute(asked).all()
    rows = [_as_known(snapshot, story_of(body)) for _, _, body in found[:size]]
    more = write_cursor(order, (found[size - 1][0], found[size - 1][1])) if len(found) > size else None
    return Page(tuple(one for one in rows if len(one.reports) >= least), more)


def story(snapshot: Snapshot, key: str) -> Story | None:
    """A story by its id, or by the id of one of its reports."""
    s, m, r = t.stories.c, t.story_reports.c, t.reports.c
    body = snapshot.connection.execute(select(s.body).where(s.id == key)).scalar()
    if body is None:
        asked = select(s.body).join(t.story_reports, m.story == s.seq).join(t.reports, r.seq == m.report)
        body = snapshot.connection.execute(asked.where(r.id == key)).scalar()
    found = _as_known(snapshot, story_of(body)) if body is not None else None
    return found if found and found.reports else None


def _as_known(snapshot: Snapshot, one: Story) -> Story:
    """A story without the reports that were not known at the snapshot's moment."""
    if snapshot.moment.known_on is None:
        return one
    r, known = t.readings.c, set[str]()
    for some in chunks([report.id for report in one.reports]):
        asked = select(t.reports.c.id).join(t.readings, r.report == t.reports.c.seq).where(t.reports.c.id.in_(some))
        known.update(snapshot.connection.execute(asked.where(*snapshot.moment.holds())).scalars())
    reports = tuple(report for report in one.reports if report.id in known)
    days = sorted(report.day for report in reports if report.day)
    return Story(one.id, one.title, reports, days[0] if days else "", days[-1] if days else "")
