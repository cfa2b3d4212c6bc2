"""Looking one thing up, and counting many: what a page about a single record, actor or week wants to know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Table, func, select

from diurna.ledger import schema as t
from diurna.ledger.asking import Ask, Kept, Known, Page, ReportFacts, read_cursor, write_cursor
from diurna.ledger.judge import Judgement, judgements
from diurna.ledger.people import Order, actors, known_names
from diurna.ledger.rows import named
from diurna.ledger.select import after, review_conditions, verdicts
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.words import words_of
from diurna.model.record import QUAD, Commitment, Event, Gap, Reading, Statement, Verdict

_TABLES: tuple[Table, ...] = (t.gaps, t.statements, t.events, t.commitments, t.relations, t.actors)
_LATEST = "9999"

Grain = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True)
class Found:
    """A record's home: everything found in the version of the report it stands in."""

    facts: ReportFacts
    reading: Reading


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


def home_of(snapshot: Snapshot, record: str) -> Found | None:
    """The newest known version of the report that has this record; None where no version known then has it."""
    r = t.readings.c
    for table in _TABLES:
        asked = select(r.seq).join(table, table.c.reading == r.seq).where(table.c.id == record)
        held = asked.where(*snapshot.moment.holds(all_versions=True)).order_by(r.seq.desc()).limit(1)
        seq = snapshot.connection.execute(held).scalar()
        if seq is not None:
            return Found(snapshot.facts_of(seq)[0], snapshot.reading(seq))
    return None


def review_of(snapshot: Snapshot, table: Table, kind: type[Any], record: str) -> Kept[Any] | None:
    """A record with its report and its review."""
    asked = select(table.c.seq).where(table.c.id == record).order_by(table.c.seq.desc()).limit(1)
    seq = snapshot.connection.execute(asked).scalar()
    return None if seq is None else snapshot.kept(table, kind, [seq])[0]


def gaps_page(
    snapshot: Snapshot, outcomes: Sequence[Verdict], ask: Ask, size: int, cursor: str | None
) -> Page[Kept[Gap]]:
    """A page of gaps whose tests came out in one of these ways, the newest reports first."""
    r, g = t.readings.c, t.gaps.c
    order = "gaps of verdicts"
    place = read_cursor(order, cursor) if cursor else None
    asked = select(g.seq, r.day).join(t.readings, r.seq == g.reading).where(g.verdict.in_(outcomes))
    asked = asked.where(*snapshot.moment.holds(), *snapshot.report_conditions(ask))
    asked = asked.where(
        *review_conditions(snapshot.connection, t.gaps, ask.review, snapshot.moment.known_on or _LATEST)
    )
    if ask.kinds:
        asked = asked.where(g.kind.in_(ask.kinds))
    asked = asked.where(*after([r.day, g.seq], place, newest=True)).order_by(r.day.desc(), g.seq.desc()).limit(size + 1)
    found = snapshot.connection.execute(asked).all()
    rows = snapshot.kept(t.gaps, Gap, [seq for seq, _ in found[:size]])
    more = write_cursor(order, (found[size - 1][1], found[size - 1][0])) if len(found) > size else None
    return Page(tuple(rows), more)


def count_gaps(snapshot: Snapshot) -> list[tuple[str, str, int]]:
    """How many gaps there are: (kind, verdict, count)."""
    g = t.gaps.c
    asked = select(g.kind, g.verdict, func.count()).join(t.readings, t.readings.c.seq == g.reading)
    asked = asked.where(*snapshot.moment.holds()).group_by(g.kind, g.verdict).order_by(g.kind, g.verdict)
    return [(row[0], row[1], row[2]) for row in snapshot.connection.execute(asked)]


# --- time


def last_day(snapshot: Snapshot) -> str:
    """The newest ISO day a report is of; "" where no report is dated."""
    r = t.readings.c
    asked = select(r.day).where(*snapshot.moment.holds()).order_by(r.day.desc()).limit(1)
    return snapshot.connection.execute(asked).scalar() or ""


def by_day(snapshot: Snapshot, since: str, until: str, names: Sequence[int] = ()) -> list[DayCount]:
    """Words and deeds told by the reports of each day of an interval; days without any are left out.

    Args:
        names: count what these are a party of; all, where there are none.
    """
    words = _days(snapshot, t.statements, since, until, names)
    deeds = _days(snapshot, t.events, since, until, names)
    return [DayCount(day, words.get(day, 0), deeds.get(day, 0)) for day in sorted({*words, *deeds})]


def _days(snapshot: Snapshot, table: Table, since: str, until: str, names: Sequence[int]) -> dict[str, int]:
    c, p = table.c, t.parties.c
    deed = [c.own == 1, c.realis == "actual"] if table is t.events else []
    inside = [c.day >= since, c.day <= until, c.day > ""]
    asked = select(c.day, func.count()).where(*inside, *deed)
    if snapshot.moment.known_on is not None or _has_replaced(snapshot):
        asked = asked.join(t.readings, t.readings.c.seq == c.reading).where(*snapshot.moment.holds())
    if names:
        kind = table.name.removesuffix("s")
        asked = asked.where(c.seq.in_(select(p.record).where(p.kind == kind, p.name.in_(names))))
    return {row[0]: row[1] for row in snapshot.connection.execute(asked.group_by(c.day))}


def _has_replaced(snapshot: Snapshot) -> bool:
    """Whether any reading is not the newest of its report: only then must every record be asked for its reading."""
    r = t.readings.c
    return snapshot.connection.execute(select(r.seq).where(r.number > 1).limit(1)).scalar() is not None


# --- actors


def names_called(snapshot: Snapshot, name: str) -> list[int]:
    """The numbers of the names written like `name`, whatever the case and accents."""
    asked = select(t.names.c.seq).where(t.names.c.key == named(name).key)
    return list(snapshot.connection.execute(asked).scalars())


def name_of_actor(snapshot: Snapshot, actor: str) -> str | None:
    """The name of the actor with this id."""
    a, n = t.actors.c, t.names.c
    asked = select(n.name).join(t.actors, a.name == n.seq).where(a.id == actor).limit(1)
    return snapshot.connection.execute(asked).scalar()


def actor_ids_of(snapshot: Snapshot, names: Sequence[int], most: int = 200) -> list[str]:
    """Ids of the actors of these names, the newest first, in reports known then."""
    a, r = t.actors.c, t.readings.c
    asked = select(a.id).join(t.readings, r.seq == a.reading).where(a.name.in_(names), *snapshot.moment.holds())
    return list(snapshot.connection.execute(asked.order_by(a.seq.desc()).limit(most)).scalars())


def known_by(snapshot: Snapshot, names: Sequence[int]) -> list[Known]:
    """What is known of these names."""
    n, a, r = t.names.c, t.actors.c, t.readings.c
    held = select(a.name).join(t.readings, r.seq == a.reading).where(a.name.in_(names), *snapshot.moment.holds())
    asked = select(n.seq, n.name).where(n.seq.in_(held)).order_by(n.seq)
    return known_names(snapshot, [(row[0], row[1]) for row in snapshot.connection.execute(asked)])


def words_of_names(
    snapshot: Snapshot, names: Sequence[int], roles: Sequence[str], size: int, cursor: str | None = None
) -> Page[Kept[Statement]]:
    """Statements in which these names have one of the roles, by the day of their reports, the newest first."""
    return _of_names(snapshot, t.statements, Statement, names, roles, size, cursor)


def deeds_of_names(
    snapshot: Snapshot, names: Sequence[int], roles: Sequence[str], size: int, cursor: str | None = None
) -> Page[Kept[Event]]:
    """Events, of whatever realis, in which these names have one of the roles, the newest reports first."""
    return _of_names(snapshot, t.events, Event, names, roles, size, cursor)


def _of_names(
    snapshot: Snapshot, table: Table, kind: type[Any], names: Sequence[int], roles: Sequence[str], size: int,
    cursor: str | None,
) -> Page[Kept[Any]]:  # fmt: skip
    p, r = t.parties.c, t.readings.c
    order = f"{table.name} of names"
    place = read_cursor(order, cursor) if cursor else None
    asked = select(p.record, p.day).distinct().join(t.readings, r.seq == p.reading)
    asked = asked.where(p.kind == table.name.removesuffix("s"), p.name.in_(names), p.role.in_(roles))
    asked = asked.where(*snapshot.moment.holds(), *after([p.day, p.record], place, newest=True))
    found = snapshot.connection.execute(asked.order_by(p.day.desc(), p.record.desc()).limit(size + 1)).all()
    rows = snapshot.kept(table, kind, [row[0] for row in found[:size]])
    more = write_cursor(order, (found[size - 1][1], found[size - 1][0])) if len(found) > size else None
    return Page(tuple(rows), more)


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
    asked = select(o.name, func.count()).join(t.readings, r.outlet == o.seq).where(*snapshot.moment.holds())
    asked = asked.group_by(o.seq, o.name).order_by(func.count().desc(), o.name).limit(most)
    return [(row[0], row[1]) for row in snapshot.connection.execute(asked)]


def state_of(snapshot: Snapshot) -> tuple[int, int, int, int]:
    """Numbers that change whenever anything in the ledger does."""
    r = t.readings.c
    numbers = (
        select(func.max(r.seq)),
        select(func.count()).select_from(t.tombstones),
        select(func.max(t.judgements.c.seq)),
        select(func.max(t.runs.c.seq)),
    )
    one, two, three, four = (snapshot.connection.execute(asked).scalar() or 0 for asked in numbers)
    return one, two, three, four


def sizes(snapshot: Snapshot) -> tuple[tuple[str, int], ...]:
    """How much there is: reports, statements, events, commitments, gaps, with older versions of reports."""
    tables = (("reports", t.reports), ("statements", t.statements), ("events", t.events), ("gaps", t.gaps))
    return tuple(
        (name, snapshot.connection.execute(select(func.count()).select_from(table)).scalar() or 0)
        for name, table in tables
    )


def verdicts_of(snapshot: Snapshot, records: list[str]) -> dict[str, str]:
    """The standing verdict, accept or reject, of those of the records that have one."""
    found: dict[str, str] = {}
    for start in range(0, len(records), 500):
        found.update(verdicts(snapshot.connection, records[start : start + 500], snapshot.moment.known_on or _LATEST))
    return found


@dataclass(frozen=True, slots=True)
class Judged:
    """A standing judgement of a record of a kind; for gaps the kind of gap."""

    record: str
    kind: str
    verdict: str
    by: str


def judged(snapshot: Snapshot) -> list[Judged]:
    """People's standing judgements, accept or reject, with the kind of their records: the last word of each person."""
    given = [one for one in judgements(snapshot.connection, None, snapshot.moment.known_on or _LATEST)
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


def same_names(snapshot: Snapshot, name: int) -> list[int]:
    """Numbers of the names people judged to be one actor with `name`, it among them."""
    a = t.actors.c
    standing = [one for one in judgements(snapshot.connection, None, snapshot.moment.known_on or _LATEST)
                if one.person and not one.undone and one.verdict in ("same", "different") and one.other]  # fmt: skip
    ids = sorted({one.record for one in standing} | {one.other for one in standing if one.other})
    of: dict[str, int] = {}
    for start in range(0, len(ids), 500):
        asked = select(a.id, a.name).where(a.id.in_(ids[start : start + 500]))
        of.update((row[0], row[1]) for row in snapshot.connection.execute(asked))
    edges: dict[frozenset[int], str] = {}
    for one in standing:
        ends = frozenset(of[key] for key in (one.record, one.other) if key in of)
        if len(ends) == 2:
            edges[ends] = one.verdict
    found, ahead = {name}, [name]
    while ahead:
        at = ahead.pop()
        more = {end for ends, verdict in edges.items() if verdict == "same" and at in ends for end in ends} - found
        found |= more
        ahead += sorted(more)
    return sorted(found)


def names_alike(snapshot: Snapshot, name: str, most: int = 8) -> list[tuple[str, str, int]]:
    """Names that share their last or first word with `name`: (name, id of one of its actors, reports)."""
    words = [word for word in words_of(name) if len(word) > 2]
    a, r, n, w = t.actors.c, t.readings.c, t.names.c, t.name_words.c
    if not words:
        return []
    some = select(w.name).where(w.word.in_({words[-1], words[0]})).limit(400).subquery()
    asked = (
        select(n.name, func.max(a.id), func.count(r.report.distinct()))
        .join(t.actors, a.name == n.seq)
        .join(t.readings, r.seq == a.reading)
        .where(n.seq.in_(select(some.c.name)), n.key != named(name).key, *snapshot.moment.holds())
        .group_by(n.seq, n.name)
        .order_by(func.count(r.report.distinct()).desc(), n.name)
        .limit(most)
    )
    return [(row[0], row[1], row[2]) for row in snapshot.connection.execute(asked)]


def actors_page(snapshot: Snapshot, name: str | None, order: Order, size: int, cursor: str | None) -> Page[Known]:
    """A page of actors; see `View.actor_page`."""
    return actors(snapshot, name, order, size, cursor)


def readings_of(snapshot: Snapshot, names: Sequence[int], most: int) -> list[int]:
    """Numbers of the newest readings that name one of these."""
    a, r = t.actors.c, t.readings.c
    asked = select(r.seq).distinct().join(t.actors, r.seq == a.reading)
    asked = asked.where(a.name.in_(names), *snapshot.moment.holds()).order_by(r.seq.desc()).limit(most)
    return list(snapshot.connection.execute(asked).scalars())


def judgements_between(snapshot: Snapshot, one: int, two: int) -> list[Judgement]:
    """Judgements on whether two names are one actor's."""
    ids = {*actor_ids_of(snapshot, [one], 5000), *actor_ids_of(snapshot, [two], 5000)}
    given = judgements(snapshot.connection, None, snapshot.moment.known_on or _LATEST)
    return [found for found in given if found.other in ids and found.record in ids]


def count_deeds(snapshot: Snapshot, since: str, until: str) -> list[tuple[str, int]]:
    """Deeds of each type in the reports of an interval."""
    e = t.events.c
    asked = select(e.type, func.count()).join(t.readings, t.readings.c.seq == e.reading)
    asked = asked.where(e.own == 1, e.realis == "actual", e.day >= since, e.day <= until, *snapshot.moment.holds())
    return [(row[0], row[1]) for row in snapshot.connection.execute(asked.group_by(e.type))]


def commitments_page(snapshot: Snapshot, ask: Ask, size: int, cursor: str | None = None) -> Page[Kept[Commitment]]:
    """A page of commitments, the newest reports first."""
    return snapshot.findings(t.commitments, Commitment, ask, size, cursor)


def events_page(snapshot: Snapshot, ask: Ask, size: int, cursor: str | None = None) -> Page[Kept[Event]]:
    """A page of events."""
    return snapshot.records(t.events, Event, ask, size, cursor)


def gap_of(snapshot: Snapshot, record: str) -> Kept[Gap] | None:
    """A gap by its id."""
    return review_of(snapshot, t.gaps, Gap, record)


def judgements_of(snapshot: Snapshot, record: str) -> list[Judgement]:
    """All judgements of a record known then, in order."""
    return judgements(snapshot.connection, record, snapshot.moment.known_on or _LATEST)


def neighbours(snapshot: Snapshot, gap: str) -> tuple[str | None, str | None]:
    """The gaps shown before and after one, in the order of `gaps_page`, among those that are gaps or may be."""
    r, g = t.readings.c, t.gaps.c
    base = select(g.id).join(t.readings, r.seq == g.reading).where(g.verdict.in_(("gap", "unsure")))
    base = base.where(*snapshot.moment.holds())
    own = select(r.day, g.seq).join(t.readings, r.seq == g.reading).where(g.id == gap).order_by(g.seq.desc()).limit(1)
    row = snapshot.connection.execute(own).first()
    if row is None:
        return None, None
    place = (row[0], row[1])
    down = base.where(*after([r.day, g.seq], place, newest=True)).order_by(r.day.desc(), g.seq.desc())
    up = base.where(*after([r.day, g.seq], place, newest=False)).order_by(r.day, g.seq)
    found = (snapshot.connection.execute(one.limit(1)).scalar() for one in (up, down))
    return next(found), next(found)


def count_waiting(snapshot: Snapshot) -> int:
    """Gaps, and pairs that may be gaps, that nobody has judged."""
    g = t.gaps.c
    known_on = snapshot.moment.known_on or _LATEST
    asked = select(func.count()).select_from(t.gaps).join(t.readings, t.readings.c.seq == g.reading)
    asked = asked.where(g.verdict.in_(("gap", "unsure")), *snapshot.moment.holds())
    return (
        snapshot.connection.execute(
            asked.where(*review_conditions(snapshot.connection, t.gaps, "open", known_on))
        ).scalar()
        or 0
    )
