"""Counting many things: words and deeds by day, who acts on whom, gaps and judgements by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Table, exists, func, select

from diurna.ledger import schema as t
from diurna.ledger.judge import judgements
from diurna.ledger.select import FOREVER, hidden, review_conditions
from diurna.ledger.snapshot import Snapshot
from diurna.model.record import QUAD

Grain = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True)
class DayCount:
    """Statements, and deeds, that reports of one day tell of; `day` is the first of it in a week or month."""

    day: str
    words: int
    deeds: int


@dataclass(frozen=True, slots=True)
class Dealing:
    """Who did something to whom, and how often, in one of the four classes of PLOVER."""

    doer: str
    other: str
    quad: int
    times: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A standing judgement of a record of a kind; for gaps the kind of gap."""

    record: str
    kind: str
    verdict: str
    by: str


def last_day(snapshot: Snapshot) -> str:
    """The newest ISO day a report is of; "" where no report is dated."""
    r = t.readings.c
    asked = select(r.day).where(*snapshot.moment.holds()).order_by(r.day.desc()).limit(1)
    return snapshot.connection.execute(asked).scalar() or ""


def first_day(snapshot: Snapshot) -> str:
    """The oldest ISO day a report is of; "" where no report is dated."""
    r = t.readings.c
    asked = select(r.day).where(r.day > "", *snapshot.moment.holds()).order_by(r.day).limit(1)
    return snapshot.connection.execute(asked).scalar() or ""


def by_day(snapshot: Snapshot, since: str, until: str, names: Sequence[int] = ()) -> list[DayCount]:
    """Words and deeds told by the reports of each day of an interval; days without any are left out.

    Args:
        names: count what these say, or what is said on their behalf, and what they do; all, where there are none.
    """
    count = _days_of if names else _days
    words = count(snapshot, t.statements, since, until, names)
    deeds = count(snapshot, t.events, since, until, names)
    return [DayCount(day, words.get(day, 0), deeds.get(day, 0)) for day in sorted({*words, *deeds})]


def _days(snapshot: Snapshot, table: Table, since: str, until: str, _: Sequence[int]) -> dict[str, int]:
    """Counted in the index of days alone; what stands in versions that were replaced, usually few, is taken off."""
    c = table.c
    limit = snapshot.moment.limit_of(snapshot.connection, table)
    known = [] if limit is None else [c.seq <= limit]
    deed = [c.own == 1, c.realis == "actual"] if table is t.events else []
    counts = _counted(snapshot, c.day, [c.day >= since, c.day <= until, c.day > "", *deed, *known])
    day = hidden(c.day)  # so that the index of readings leads
    inside = [day >= since, day <= until, day > "", *(hidden(one) == value for one, value in _deed_values(table))]
    gone = _counted(snapshot, c.day, [c.reading.in_(snapshot.moment.replaced()), *inside, *known])
    return {key: left for key, number in counts.items() if (left := number - gone.get(key, 0)) > 0}


def _deed_values(table: Table) -> list[tuple[ColumnElement[Any], Any]]:
    return [(table.c.own, 1), (table.c.realis, "actual")] if table is t.events else []


def _counted(snapshot: Snapshot, day: ColumnElement[str], where: Sequence[ColumnElement[bool]]) -> dict[str, int]:
    asked = select(day, func.count()).where(*where).group_by(day)
    return {row[0]: row[1] for row in snapshot.connection.execute(asked)}


def _days_of(snapshot: Snapshot, table: Table, since: str, until: str, names: Sequence[int]) -> dict[str, int]:
    p, c = t.parties.c, table.c
    kind, roles = ("event", ("actor",)) if table is t.events else ("statement", ("speaker", "behalf"))
    asked = select(p.day, func.count(p.record.distinct())).where(
        p.kind == kind, p.name.in_(names), p.day >= since, p.day <= until, p.day > "", p.role.in_(roles),
        *snapshot.moment.holds_by_number(p.reading),
    )  # fmt: skip
    if table is t.events:
        asked = asked.join(t.events, c.seq == p.record).where(c.own == 1, c.realis == "actual")
    return {row[0]: row[1] for row in snapshot.connection.execute(asked.group_by(p.day))}


def dealings(snapshot: Snapshot, since: str, until: str, most: int = 20_000) -> list[Dealing]:
    """Who did what to whom in the reports of an interval, deeds only, the most frequent pairs first.

    Args:
        most: deeds that are counted at most, the latest first.
    """
    e, r, p = t.events.c, t.readings.c, t.parties
    doer, other = p.alias("doer"), p.alias("other")
    deeds = (
        select(e.seq, e.reading, e.type)
        .join(t.readings, r.seq == e.reading)
        .where(e.own == 1, e.realis == "actual", e.day >= since, e.day <= until, *snapshot.moment.holds())
        .order_by(e.day.desc(), e.seq.desc())
        .limit(most)
        .subquery()
    )
    asked = (
        select(doer.c.name, other.c.name, deeds.c.type, func.count())
        .join(doer, _party(doer, deeds, "actor"))
        .join(other, _party(other, deeds, "recipient") & (other.c.name != doer.c.name))
        .group_by(doer.c.name, other.c.name, deeds.c.type)
    )
    counts: dict[tuple[int, int, int], int] = defaultdict(int)
    for one, two, kind, times in snapshot.connection.execute(asked):
        counts[one, two, QUAD[kind]] += times
    named = _spelled(snapshot, {key[at] for key in counts for at in (0, 1)})
    found = [Dealing(named[one], named[two], quad, times) for (one, two, quad), times in counts.items()]
    return sorted(found, key=lambda one: (-one.times, one.doer, one.other, one.quad))


def _party(alias: Any, deeds: Any, role: str) -> ColumnElement[bool]:
    """Parties are found by their reading, which has an index, not by their record, which has none."""
    here: ColumnElement[bool] = alias.c.reading == deeds.c.reading
    found: ColumnElement[bool] = (
        here & (alias.c.record == deeds.c.seq) & (alias.c.kind == "event") & (alias.c.role == role)
    )
    return found


def _spelled(snapshot: Snapshot, numbers: Iterable[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    wanted = sorted(numbers)
    for start in range(0, len(wanted), 500):
        asked = select(t.names.c.seq, t.names.c.name).where(t.names.c.seq.in_(wanted[start : start + 500]))
        found.update((row[0], row[1]) for row in snapshot.connection.execute(asked))
    return found


def most_quoted(snapshot: Snapshot, since: str, until: str, most: int = 8) -> list[tuple[str, int]]:
    """Who speaks most in the reports of an interval: (name, statements)."""
    p, r, n = t.parties.c, t.readings.c, t.names.c
    asked = select(n.name, func.count(p.record.distinct()).label("times")).join(t.names, n.seq == p.name)
    asked = asked.join(t.readings, r.seq == p.reading).where(p.kind == "statement", p.role == "speaker")
    asked = asked.where(p.day >= since, p.day <= until, *snapshot.moment.holds())
    asked = asked.group_by(p.name, n.name).order_by(func.count(p.record.distinct()).desc(), n.name).limit(most)
    return [(row[0], row[1]) for row in snapshot.connection.execute(asked)]


def outlets(snapshot: Snapshot, most: int = 200) -> list[tuple[str, int]]:
    """Outlets by how many reports there are of them: (name, reports)."""
    o, r = t.outlets.c, t.readings.c
    counted = select(r.outlet, func.count().label("reports")).where(r.outlet.is_not(None))
    counted = counted.where(*snapshot.moment.holds_by_number(r.seq)).group_by(r.outlet)
    found = counted.order_by(func.count().desc(), r.outlet).limit(most).subquery()
    asked = select(o.name, found.c.reports).join(found, found.c.outlet == o.seq)
    return [(row[0], row[1]) for row in snapshot.connection.execute(asked.order_by(found.c.reports.desc(), o.name))]


def count_gaps(snapshot: Snapshot) -> list[tuple[str, str, int]]:
    """How many gaps there are: (kind, verdict, count)."""
    g = t.gaps.c
    asked = select(g.kind, g.verdict, func.count()).join(t.readings, t.readings.c.seq == g.reading)
    asked = asked.where(*snapshot.moment.holds()).group_by(g.kind, g.verdict).order_by(g.kind, g.verdict)
    return [(row[0], row[1], row[2]) for row in snapshot.connection.execute(asked)]


def count_deeds(snapshot: Snapshot, since: str, until: str) -> list[tuple[str, int]]:
    """Deeds of each type in the reports of an interval."""
    e = t.events.c
    asked = select(e.type, func.count()).join(t.readings, t.readings.c.seq == e.reading)
    asked = asked.where(e.own == 1, e.realis == "actual", e.day >= since, e.day <= until, *snapshot.moment.holds())
    return [(row[0], row[1]) for row in snapshot.connection.execute(asked.group_by(e.type))]


def count_waiting(snapshot: Snapshot) -> int:
    """Gaps, and pairs that may be gaps, that nobody has judged."""
    found = 0
    for table, readings in ((t.gaps, ("reading",)), (t.cross_gaps, ("one", "other"))):
        asked = select(func.count()).select_from(table).where(table.c.verdict.in_(("gap", "unsure")))
        for name in readings:
            holds = exists().where(t.readings.c.seq == table.c[name], *snapshot.moment.holds())
            asked = asked.where(holds)
        known_on = snapshot.moment.known_on or FOREVER
        if table is t.cross_gaps:
            asked = asked.where(table.c.found_at <= known_on)
        asked = asked.where(*review_conditions(snapshot.connection, table, "open", known_on))
        found += snapshot.connection.execute(asked).scalar() or 0
    return found


def sizes(snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    """How much there is: reports, statements, events, commitments, gaps, with older versions of reports."""
    tables = (("reports", t.reports), ("statements", t.statements), ("events", t.events), ("gaps", t.gaps))
    return tuple(
        (name, snapshot.connection.execute(select(func.count()).select_from(table)).scalar() or 0)
        for name, table in tables
    )


def judged(snapshot: Snapshot) -> list[Judged]:
    """People's standing judgements, accept or reject, with the kind of their records: the last word of each person."""
    given = [one for one in judgements(snapshot.connection, None, snapshot.moment.known_on or FOREVER)
             if one.person and not one.undone and one.verdict in ("accept", "reject")]  # fmt: skip
    last = {(one.record, one.by): one for one in given}
    kinds = _kinds(snapshot, sorted({record for record, _ in last}))
    return [Judged(one.record, kinds.get(one.record, "other"), one.verdict, one.by) for one in last.values()]


def _kinds(snapshot: Snapshot, records: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for start in range(0, len(records), 500):
        some = records[start : start + 500]
        for table, kind in ((t.statements, "statement"), (t.events, "event"), (t.commitments, "commitment")):
            asked = select(table.c.id).where(table.c.id.in_(some))
            found.update((key, kind) for key in snapshot.connection.execute(asked).scalars())
        asked_gaps = select(t.gaps.c.id, t.gaps.c.kind).where(t.gaps.c.id.in_(some))
        found.update((row[0], row[1]) for row in snapshot.connection.execute(asked_gaps))
    return found
