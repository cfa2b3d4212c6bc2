"""Looking things up one by one: a record's home, an actor's words, a gap's neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Table, exists, func, select

from diurna.ledger import schema as t
from diurna.ledger.asking import Ask, Kept, Known, Page, ReportFacts, read_cursor, write_cursor
from diurna.ledger.chunks import chunks
from diurna.ledger.judge import Judgement, judgements
from diurna.ledger.ofnames import records_of_names
from diurna.ledger.pack import unpack
from diurna.ledger.people import Order, actors, known_names
from diurna.ledger.rows import named
from diurna.ledger.select import FOREVER, after, among, review_conditions, verdicts
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.who import Who, who_is
from diurna.ledger.words import words_of
from diurna.model.record import Actor, Commitment, Event, Gap, Reading, Relation, Statement, Verdict

_TABLES: tuple[Table, ...] = (t.gaps, t.statements, t.events, t.commitments, t.relations, t.actors)


@dataclass(frozen=True, slots=True)
class Found:
    """A record's home: everything found in the version of the report it stands in."""

    facts: ReportFacts
    reading: Reading


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
        *review_conditions(snapshot.connection, t.gaps, ask.review, snapshot.moment.known_on or FOREVER)
    )
    if ask.kinds:
        asked = asked.where(g.kind.in_(ask.kinds))
    asked = asked.where(*after([r.day, g.seq], place, newest=True)).order_by(r.day.desc(), g.seq.desc()).limit(size + 1)
    found = snapshot.connection.execute(asked).all()
    rows = snapshot.kept(t.gaps, Gap, [seq for seq, _ in found[:size]])
    more = write_cursor(order, (found[size - 1][1], found[size - 1][0])) if len(found) > size else None
    return Page(tuple(rows), more)


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
    return list(snapshot.connection.execute(asked.order_by(a.reading.desc(), a.seq.desc()).limit(most)).scalars())


def actor_called(snapshot: Snapshot, name: str) -> tuple[Known, int, Who] | None:
    """What is known of a name, whatever its case and accents, the name's number, and whom it is taken for."""
    rows = _held(snapshot, names_called(snapshot, name))
    if not rows:
        return None
    who = who_is(snapshot, [rows[0][0]])[0]
    known = known_names(snapshot, rows[:1])[0]
    return replace(known, id=who.id, same=who.joined, namesakes=who.namesakes), rows[0][0], who


def reported(snapshot: Snapshot, names: Sequence[int]) -> dict[int, tuple[str, int, str]]:
    """Those of the names that a report known then has, by their numbers, the most reported first.

    Of each, how it is written, in how many reports it is, and the id of the actor kept last under it.
    """
    a, n, found = t.actors.c, t.names.c, list[tuple[int, str, int, str]]()
    for some in chunks(names):
        counted = select(a.name, func.count(a.reading.distinct()).label("reports"), func.max(a.seq).label("last"))
        counted = counted.where(a.name.in_(some), *snapshot.moment.holds_by_number(a.reading))
        rows = counted.group_by(a.name).subquery().c
        asked = (
            select(n.seq, n.name, rows.reports, a.id).join(t.actors, a.seq == rows.last).join(t.names, n.seq == a.name)
        )
        found += [(row[0], row[1], row[2], row[3]) for row in snapshot.connection.execute(asked)]
    return {row[0]: row[1:] for row in sorted(found, key=lambda row: (-row[2], row[0]))}


def _held(snapshot: Snapshot, names: Sequence[int]) -> list[tuple[int, str]]:
    """Those of the names that a report known then has, with how they are written."""
    n, a, r = t.names.c, t.actors.c, t.readings.c
    held = exists().where(a.name == n.seq, r.seq == a.reading, *snapshot.moment.holds())
    asked = select(n.seq, n.name).where(n.seq.in_(names), held).order_by(n.seq)
    return [(row[0], row[1]) for row in snapshot.connection.execute(asked)]


def words_of_names(
    snapshot: Snapshot, names: Sequence[int], roles: Sequence[str], size: int, cursor: str | None = None,
    bearers: Sequence[int] = (),
) -> Page[Kept[Statement]]:  # fmt: skip
    """Statements in which these names have one of the roles, by the day of their reports, the newest first.

    Args:
        bearers: identities the names must be those of; () for any.
    """
    return _of_names(snapshot, t.statements, Statement, names, roles, size, cursor, bearers)


def newest_words(
    snapshot: Snapshot, names: Sequence[int], roles: Sequence[str], size: int, more: int, bearers: Sequence[int]
) -> tuple[Page[Kept[Statement]], tuple[Kept[Statement], ...]]:
    """The first page of what `words_of_names` gives, and its first `more` statements, looked for once."""
    found = records_of_names(snapshot, "statement", names, roles, max(size + 1, more), None, bearers)
    rows = tuple(snapshot.kept(t.statements, Statement, [seq for seq, _ in found]))
    return Page(rows[:size], _next("statements", found, size)), rows[:more]


def deeds_of_names(
    snapshot: Snapshot, names: Sequence[int], roles: Sequence[str], size: int, cursor: str | None = None,
    bearers: Sequence[int] = (),
) -> Page[Kept[Event]]:  # fmt: skip
    """Events, of whatever realis, in which these names have one of the roles, the newest reports first."""
    return _of_names(snapshot, t.events, Event, names, roles, size, cursor, bearers)


def _of_names(
    snapshot: Snapshot, table: Table, kind: type[Any], names: Sequence[int], roles: Sequence[str], size: int,
    cursor: str | None, bearers: Sequence[int],
) -> Page[Kept[Any]]:  # fmt: skip
    place = read_cursor(_order(table.name), cursor) if cursor else None
    found = records_of_names(snapshot, table.name.removesuffix("s"), names, roles, size + 1, place, bearers)
    rows = snapshot.kept(table, kind, [seq for seq, _ in found[:size]])
    return Page(tuple(rows), _next(table.name, found, size))


def _order(table: str) -> str:
    return f"{table} of names"


def _next(table: str, found: Sequence[tuple[int, str]], size: int) -> str | None:
    """Where the next page begins."""
    return write_cursor(_order(table), (found[size - 1][1], found[size - 1][0])) if len(found) > size else None


@dataclass(frozen=True, slots=True)
class State:
    """Numbers that change whenever anything in the ledger does.

    Attributes:
        linked: of what was found between reports: stories, gaps, moves.
    """

    readings: int
    removed: int
    judged: int
    runs: int
    linked: tuple[int, ...]

    @property
    def without_judgements(self) -> tuple[int, int, tuple[int, ...]]:
        """The numbers that change whenever reports, or what is found between them, do."""
        return self.readings, self.removed, self.linked


def state_of(snapshot: Snapshot) -> State:
    """The ledger's state, for what is remembered of it."""
    numbers = (
        select(func.max(t.readings.c.seq)),
        select(func.count()).select_from(t.tombstones),
        select(func.max(t.judgements.c.seq)),
        select(func.max(t.runs.c.seq)),
    )
    linked = (t.stories.c.touched, t.cross_gaps.c.seq, t.moves.c.seq)
    found = [snapshot.connection.execute(asked).scalar() or 0 for asked in numbers]
    between = tuple(snapshot.connection.execute(select(func.max(one))).scalar() or 0 for one in linked)
    return State(found[0], found[1], found[2], found[3], between)


def verdicts_of(snapshot: Snapshot, records: list[str]) -> dict[str, str]:
    """The standing verdict, accept or reject, of those of the records that have one."""
    found: dict[str, str] = {}
    for start in range(0, len(records), 500):
        found.update(verdicts(snapshot.connection, records[start : start + 500], snapshot.moment.known_on or FOREVER))
    return found


def same_names(snapshot: Snapshot, name: int, who: Who) -> list[int]:
    """Numbers of the names of the actor that `name` is most often taken for, it among them.

    They are those of its group across reports, `who`, and what people judged of names that linking has not seen.
    """
    return sorted({*who.names, *_judged_names(snapshot, name)})


def _judged_names(snapshot: Snapshot, name: int) -> list[int]:
    a = t.actors.c
    standing = [one for one in judgements(snapshot.connection, None, snapshot.moment.known_on or FOREVER)
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


_MANY = 200
"""Reports that are counted of a name that could be somebody's: who has more is known well enough."""


def names_alike(snapshot: Snapshot, name: str, most: int = 8) -> list[tuple[str, int]]:
    """Names that share their last or first word with `name`, the most reported first: (name, reports, up to 200).

    A word more than 400 names have ("the") makes nobody alike.
    """
    a, n, w = t.actors.c, t.names.c, t.name_words.c
    words = [word for word in words_of(name) if len(word) > 2]
    found: set[int] = set()
    for word in {words[-1], words[0]} if words else ():
        some = list(snapshot.connection.execute(select(w.name).where(w.word == word).limit(401)).scalars())
        found.update(some if len(some) <= 400 else ())
    if not found:
        return []
    counted = select(a.reading).where(a.name == n.seq).limit(_MANY).correlate(t.names).subquery()
    reports = select(func.count(counted.c.reading.distinct())).scalar_subquery()
    asked = select(n.name, reports.label("reports")).where(n.seq.in_(sorted(found)), n.key != named(name).key)
    asked = asked.order_by(reports.desc(), n.name).limit(3 * most)
    rows = [(row[0], row[1]) for row in snapshot.connection.execute(asked) if row[1]]
    known = {name for _, name in _held(snapshot, [key for said, _ in rows for key in names_called(snapshot, said)])}
    return [row for row in rows if row[0] in known][:most]


def roles_in(snapshot: Snapshot, readings: Sequence[int], names: Sequence[int]) -> list[str]:
    """The roles that actors of these names have in these readings."""
    a = t.actors.c
    asked = select(a.reading, a.body).where(a.reading.in_(readings), a.name.in_(names))
    rows = snapshot.connection.execute(asked).all()
    snapshot.ahead(sorted({seq for seq, _ in rows}))
    return [role for seq, body in rows for role in unpack(Actor, body, snapshot.facts_of(seq)[1]).roles]


def relations_in(snapshot: Snapshot, readings: Sequence[int]) -> list[tuple[Relation, str, str, ReportFacts]]:
    """The relations told in these readings, with the names of both ends and the report, in order of the readings."""
    c, a = t.relations.c, t.actors.c
    rows = snapshot.connection.execute(select(c.reading, c.body).where(c.reading.in_(readings)).order_by(c.seq)).all()
    snapshot.ahead(sorted({seq for seq, _ in rows}))
    told = [(seq, unpack(Relation, body, snapshot.facts_of(seq)[1])) for seq, body in rows]
    ends = {end for _, one in told for end in (one.source, one.target)}
    asked = select(a.reading, a.id, t.names.c.name).join(t.names, t.names.c.seq == a.name)
    asked = asked.where(a.id.in_(sorted(ends)), a.reading.in_(readings))
    called = {(row[0], row[1]): row[2] for row in snapshot.connection.execute(asked)}
    order = {seq: at for at, seq in enumerate(readings)}
    return [
        (one, called.get((seq, one.source), ""), called.get((seq, one.target), ""), snapshot.facts_of(seq)[0])
        for seq, one in sorted(told, key=lambda row: order[row[0]])
    ]


def actors_page(snapshot: Snapshot, name: str | None, order: Order, size: int, cursor: str | None) -> Page[Known]:
    """A page of actors; see `View.actor_page`."""
    return actors(snapshot, name, order, size, cursor)


def readings_of(snapshot: Snapshot, names: Sequence[int], most: int) -> list[int]:
    """Numbers of the newest readings that name one of these."""
    a = t.actors.c
    asked = select(a.reading).distinct().where(a.name.in_(names), *snapshot.moment.holds_by_number(a.reading))
    asked = asked.order_by(a.reading.desc()).limit(most)
    return list(snapshot.connection.execute(asked).scalars())


def judgements_between(snapshot: Snapshot, one: int, two: int) -> list[Judgement]:
    """Judgements on whether two names are one actor's."""
    ids = {*actor_ids_of(snapshot, [one], 5000), *actor_ids_of(snapshot, [two], 5000)}
    given = judgements(snapshot.connection, None, snapshot.moment.known_on or FOREVER)
    return [found for found in given if found.other in ids and found.record in ids]


def commitments_page(snapshot: Snapshot, ask: Ask, size: int, cursor: str | None = None) -> Page[Kept[Commitment]]:
    """A page of commitments, the newest reports first."""
    return snapshot.findings(t.commitments, Commitment, ask, size, cursor)


def commitments_of_names(snapshot: Snapshot, names: Sequence[int], most: int) -> list[Kept[Commitment]]:
    """Commitments that reports tell of in which one of these names is, the newest reports first."""
    c, r, a = t.commitments.c, t.readings.c, t.actors.c
    told = select(a.reading).where(among(snapshot.connection, a.name, names))
    asked = select(c.seq).join(t.readings, r.seq == c.reading).where(*snapshot.moment.holds(), r.seq.in_(told))
    known_on = snapshot.moment.known_on or FOREVER
    asked = asked.where(*review_conditions(snapshot.connection, t.commitments, "kept", known_on))
    rows = snapshot.connection.execute(asked.order_by(r.day.desc(), c.seq.desc()).limit(most)).scalars()
    return snapshot.kept(t.commitments, Commitment, list(rows))


def events_page(snapshot: Snapshot, ask: Ask, size: int, cursor: str | None = None) -> Page[Kept[Event]]:
    """A page of events."""
    return snapshot.records(t.events, Event, ask, size, cursor)


def gap_of(snapshot: Snapshot, record: str) -> Kept[Gap] | None:
    """A gap by its id."""
    return review_of(snapshot, t.gaps, Gap, record)


def judgements_of(snapshot: Snapshot, record: str) -> list[Judgement]:
    """All judgements of a record known then, in order."""
    return judgements(snapshot.connection, record, snapshot.moment.known_on or FOREVER)


def newest_readings(snapshot: Snapshot, most: int) -> list[int]:
    """Numbers of the readings that hold, by the day of their reports, the newest first."""
    r = t.readings.c
    asked = select(r.seq).where(*snapshot.moment.holds()).order_by(r.day.desc(), r.seq.desc()).limit(most)
    return list(snapshot.connection.execute(asked).scalars())


def gaps_of_reports(snapshot: Snapshot, reports: Sequence[str]) -> tuple[Kept[Gap], ...]:
    """The gaps within these reports, in their order, whose tests all passed, without what people rejected."""
    g, r, place = t.gaps.c, t.readings.c, {report: at for at, report in enumerate(reports)}
    kept = review_conditions(snapshot.connection, t.gaps, "kept", snapshot.moment.known_on or FOREVER)
    found: list[tuple[int, int]] = []
    for some in chunks(reports):
        asked = select(t.reports.c.id, g.seq).join(t.readings, r.report == t.reports.c.seq)
        asked = asked.join(t.gaps, g.reading == r.seq).where(t.reports.c.id.in_(some), g.verdict == "gap")
        rows = snapshot.connection.execute(asked.where(*snapshot.moment.holds(), *kept))
        found += [(place[report], -seq) for report, seq in rows]
    return tuple(snapshot.kept(t.gaps, Gap, [-seq for _, seq in sorted(found)]))


def counted_events(snapshot: Snapshot, readings: Sequence[int]) -> list[tuple[int, Event, dict[str, Actor]]]:
    """Events that tell how many were killed, injured, arrested or took part: (reading, event, actors)."""
    e, found = t.events.c, list[tuple[int, Event]]()
    for some in chunks(readings):
        asked = select(e.reading, e.body).where(e.reading.in_(some), e.body.contains('"numbers":{"')).order_by(e.seq)
        for seq, body in snapshot.connection.execute(asked):
            found.append((seq, unpack(Event, body, snapshot.facts_of(seq)[1])))
    actors = _actors_in(snapshot, sorted({seq for seq, _ in found}))
    return [(seq, event, actors.get(seq, {})) for seq, event in found]


def _actors_in(snapshot: Snapshot, readings: Sequence[int]) -> dict[int, dict[str, Actor]]:
    a, found = t.actors.c, dict[int, dict[str, Actor]]()
    for some in chunks(readings):
        asked = select(a.reading, a.body).where(a.reading.in_(some)).order_by(a.seq)
        for seq, body in snapshot.connection.execute(asked):
            one = unpack(Actor, body, snapshot.facts_of(seq)[1])
            found.setdefault(seq, {})[one.id] = one
    return found
