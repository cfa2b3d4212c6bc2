"""Questions as SQL: one condition a function, put together by `record_query`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    String,
    Subquery,
    Table,
    any_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from diurna.errors import UsageError
from diurna.ledger import schema as t
from diurna.ledger.asking import Ask, Reviewed
from diurna.ledger.schema import column
from diurna.ledger.words import words_of

Condition = ColumnElement[bool]
Seen = Callable[[ColumnElement[Any]], ColumnElement[Any]]

_MOST_NAMES = 2000
"""Names one word of a question may stand for."""

_MOST_COUNTED = 20_000
"""Names of a word that are counted to know which word is the rarest; 1 ms."""

_FEW = 1000
"""Judgements so few that their records are named in the question itself."""

_VERDICTS: dict[str, str] = {"open": "open", "accepted": "accept", "rejected": "reject"}

FOREVER = "9999"
"""A moment after all moments: "as known now"."""


class Moment:
    """The moment a question is asked of: everything recorded and judged later is as if it were not."""

    def __init__(self, connection: Connection, known_on: str | None) -> None:
        self.known_on = known_on
        self.newest: int | None = None
        if known_on is not None:
            r = t.readings.c
            found = connection.execute(select(func.max(r.seq)).where(r.recorded_at <= known_on)).scalar()
            self.newest = found or 0

    def holds(self, *, all_versions: bool = False) -> list[Condition]:
        """Conditions on `readings` for what was known then."""
        r = t.readings.c
        if self.newest is None:
            return [] if all_versions else [r.replaced_at.is_(None)]
        recorded = r.seq <= self.newest
        if all_versions:
            return [recorded]
        return [recorded, or_(r.replaced_at.is_(None), r.replaced_at > self.known_on)]

    def replaced(self) -> Select[int]:
        """Numbers of the readings another version had taken the place of by then: usually few, found by an index."""
        r = t.readings.c
        by_then = [r.replaced_at <= self.known_on] if self.known_on is not None else []
        return select(r.seq).where(r.replaced_at.is_not(None), *by_then)

    def holds_by_number(self, reading: ColumnElement[Any]) -> list[Condition]:
        """What `holds` says, of the number of a reading alone, without looking at the reading."""
        known = [] if self.newest is None else [reading <= self.newest]
        return [reading.not_in(self.replaced()), *known]

    def limit_of(self, connection: Connection, table: Table) -> int | None:
        """The highest number of a record of `table` known then: it lets an index tell without the table."""
        if self.newest is None:
            return None
        reading = table.c.reading
        newest = connection.execute(select(func.max(reading)).where(reading <= self.newest)).scalar()
        if newest is None:
            return 0
        return connection.execute(select(func.max(table.c.seq)).where(reading == newest)).scalar() or 0


def names_of(connection: Connection, said: str) -> list[int]:
    """Numbers of the names that have all words of `said`; of that name alone where there are too many.

    Raises:
        UsageError: there are too many, and none is just that.
    """
    words = list(dict.fromkeys(words_of(said)))
    if not words:
        return []
    found = _with_all(connection, words).limit(_MOST_NAMES + 1)
    numbers = sorted(connection.execute(found).scalars())
    if len(numbers) > _MOST_NAMES:
        exact = select(t.names.c.seq).where(t.names.c.key == " ".join(words_of(said)))
        numbers = list(connection.execute(exact).scalars())
    if not numbers and connection.execute(found.limit(1)).first():
        raise UsageError(f"more than {_MOST_NAMES:,} names have the words {said!r}: add a word to them")
    return numbers


def _with_all(connection: Connection, words: list[str]) -> Select[int]:
    """Names that have all words: those of the rarest are looked through for the others."""
    w = t.name_words.c
    often: dict[str, int] = {}
    for word in words:
        some = select(w.name).where(w.word == word).limit(_MOST_COUNTED).subquery()
        often[word] = connection.execute(select(func.count()).select_from(some)).scalar() or 0
    first, *others = sorted(words, key=lambda word: often[word])
    found = select(w.name).where(w.word == first)
    for word in others:
        other = t.name_words.alias()
        found = found.where(exists().where(other.c.word == word, other.c.name == w.name))
    return found


def outlet_of(connection: Connection, said: str) -> int:
    """The number of an outlet, whatever its case; 0 where there is none."""
    o = t.outlets.c
    exact: int | None = connection.execute(select(o.seq).where(o.name == column(said))).scalar()
    if exact is not None:
        return exact
    alike = select(o.seq).where(func.lower(o.name) == column(said).lower()).order_by(o.seq).limit(1)
    return connection.execute(alike).scalar() or 0


def clock_column(table: FromClause, ask: Ask) -> ColumnElement[Any]:
    """The column an order goes by before it goes by `seq`."""
    if ask.clock == "recorded":
        return literal("")
    return table.c.first if ask.clock == "happened" else table.c.day


def among(connection: Connection, found: ColumnElement[Any], values: Sequence[int | str]) -> Condition:
    """Whether `found` is one of many values.

    PostgreSQL takes them as one array: with a parameter for each of a thousand, most of a question's time goes into
    reading the question.
    """
    if connection.dialect.name != "postgresql" or not values:
        return found.in_(values)
    kind = String if isinstance(values[0], str) else BigInteger
    return found == any_(bindparam(None, list(values), type_=ARRAY(kind)))


def hidden(found: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column no index is used for: where full text leads, nothing else may."""
    return func.coalesce(found, found)


def shown(found: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column as it is."""
    return found


def time_conditions(table: FromClause, ask: Ask, as_is: Seen = shown) -> list[Condition]:
    """Since and until on the question's clock; what has no time on it is left out where either is asked."""
    if ask.clock == "recorded":
        r = t.readings.c
        since = [r.recorded_at >= ask.since] if ask.since else []
        return [*since, *([r.recorded_at <= f"{ask.until}T99"] if ask.until else [])]
    if ask.clock == "happened":
        c = table.c
        known = [c.first > ""] if ask.since or ask.until else []
        since = [or_(c.last >= ask.since, c.last == "")] if ask.since else []
        return [*known, *since, *([c.first <= ask.until] if ask.until else [])]
    day = as_is(table.c.day)
    since = [day >= ask.since] if ask.since else []
    return [*since, *([day <= ask.until, day > ""] if ask.until else [])]


def kind_conditions(table: Table, ask: Ask, as_is: Seen = shown) -> list[Condition]:
    """Act of statements; type, realis and voice of events."""
    found: list[Condition] = []
    if ask.kinds:
        found.append(_one_of(as_is(table.c.act if table is t.statements else table.c.type), ask.kinds))
    if table is t.events:
        if ask.realis:
            found.append(_one_of(as_is(table.c.realis), ask.realis))
        if ask.voice != "any":
            found.append(as_is(table.c.own) == int(ask.voice == "own"))
    return found


def _one_of(found: ColumnElement[Any], values: tuple[str, ...]) -> Condition:
    return found == values[0] if len(values) == 1 else found.in_(values)


def _standing(known_on: str) -> Select[Any]:
    """Judgements that stand: given by then, no `undo`, and not undone by then."""
    j, undo = t.judgements.c, t.judgements.alias("undo")
    undone = exists().where(undo.c.undoes == j.seq, undo.c.judged_at <= known_on)
    return select(j.record).where(j.judged_at <= known_on, j.verdict.in_(("accept", "reject")), ~undone)


def review_conditions(connection: Connection, table: Table, review: Reviewed, known_on: str) -> list[Condition]:
    """Which judgement of a record stands: a person's before a rule's, a later before an earlier one."""
    if review == "any":
        return []
    j = t.judgements.c
    few = connection.execute(
        _standing(known_on).with_only_columns(j.record, j.verdict, j.person, j.seq).limit(_FEW)
    ).all()
    if len(few) < _FEW:
        best = {row[0]: row[1] for row in sorted(few, key=lambda row: (row[2], row[3]))}
        return _of_few(table.c.id, review, best)
    found = (
        _standing(known_on)
        .with_only_columns(j.verdict)
        .where(j.record == table.c.id)
        .order_by(j.person.desc(), j.seq.desc())
        .limit(1)
        .scalar_subquery()
        .correlate(table)
    )
    if review == "kept":
        return [func.coalesce(found, "open") != "reject"]
    return [func.coalesce(found, "open") == _VERDICTS[review]]


def _of_few(key: ColumnElement[Any], review: Reviewed, best: dict[str, str]) -> list[Condition]:
    """The same where few records are judged: their ids, so that no other row is looked at for it."""
    if review in ("kept", "open"):
        barred = [record for record, verdict in best.items() if review == "open" or verdict == "reject"]
        return [key.not_in(barred)] if barred else []
    return [key.in_([record for record, verdict in best.items() if verdict == _VERDICTS[review]])]


def verdicts(connection: Connection, ids: list[str], known_on: str) -> dict[str, str]:
    """The standing verdict, accept or reject, of those of the records that have one."""
    j = t.judgements.c
    asked = _standing(known_on).with_only_columns(j.record, j.verdict).where(among(connection, j.record, ids))
    return {row[0]: row[1] for row in connection.execute(asked.order_by(j.person, j.seq))}


def after(order: Sequence[ColumnElement[Any]], place: tuple[str | int, ...] | None, *, newest: bool) -> list[Condition]:
    """What comes after `place` in an order."""
    if place is None:
        return []
    left, right = tuple_(*order), tuple_(*[literal(value) for value in place])
    return [left < right if newest else left > right]


def record_query(
    connection: Connection, table: Table, ask: Ask, moment: Moment, as_is: Seen = shown
) -> Select[Any] | None:
    """`seq` and place of the records asked for, without order and limit; None where nothing can match."""
    conditions = [
        *moment.holds(all_versions=ask.versions == "all"),
        *time_conditions(table, ask, as_is),
        *kind_conditions(table, ask, as_is),
        *review_conditions(connection, table, ask.review, moment.known_on or FOREVER),
    ]
    limit = moment.limit_of(connection, table)
    if limit is not None:
        conditions.append(table.c.seq <= limit)
    if ask.outlet is not None:
        conditions.append(as_is(table.c.outlet) == outlet_of(connection, ask.outlet))
    if ask.report is not None:
        report = connection.execute(select(t.reports.c.seq).where(t.reports.c.id == ask.report)).scalar() or 0
        conditions.append(t.readings.c.report == report)
    found = select(table.c.seq, clock_column(table, ask).label("place"))
    joined = found.join(t.readings, t.readings.c.seq == table.c.reading).where(*conditions)
    return _of_parties(connection, joined, table, ask, as_is)


def passed_over_in_index(connection: Connection, table: Table, ask: Ask) -> bool:
    """Whether what ended before a timeline is to be passed over by a query of its own, in the index alone.

    SQLite does so by itself. PostgreSQL visits the row of every deed passed over, as soon as another column is wanted.
    """
    by_index = bool(ask.since and ask.realis) and ask.voice != "any"
    by_other = ask.kinds or any(one is not None for one in (ask.actor, ask.speaker, ask.outlet, ask.report))
    on_server = connection.dialect.name == "postgresql"
    return on_server and table is t.events and ask.clock == "happened" and by_index and not by_other


def passing_index(ask: Ask, place: tuple[str | int, ...] | None) -> Subquery:
    """Numbers and beginnings of the deeds of a timeline, in its order, out of the index of beginnings alone."""
    some = t.events.alias("passing")
    c = some.c
    asked = select(c.seq, c.first).where(
        *time_conditions(some, ask),
        _one_of(c.realis, ask.realis),
        c.own == int(ask.voice == "own"),
        *after([c.first, c.seq], place, newest=ask.newest),
    )
    asked = asked.order_by(*[one.desc() if ask.newest else one for one in (c.first, c.seq)])
    return asked.offset(0).subquery()  # the offset keeps it a query of its own


@dataclass(frozen=True, slots=True)
class Parties:
    """Entries of `parties` that a question is about."""

    kind: str
    names: tuple[int, ...]
    role: str | None

    def conditions(self, connection: Connection, as_is: Seen = shown) -> list[Condition]:
        """Conditions on `parties`."""
        p = t.parties.c
        number = as_is(p.name)
        name = number == self.names[0] if len(self.names) == 1 else among(connection, number, self.names)
        return [as_is(p.kind) == self.kind, name, *([p.role == self.role] if self.role else [])]


def parties_of(connection: Connection, table: Table, ask: Ask) -> list[Parties]:
    """Whom a question is about; one without names where nobody has such a name."""
    kind = table.name.removesuffix("s")
    return [
        Parties(kind, tuple(names_of(connection, said)), role)
        for said, role in ((ask.actor, None), (ask.speaker, "speaker"))
        if said is not None
    ]


def _of_parties(connection: Connection, query: Select[Any], table: Table, ask: Ask, as_is: Seen) -> Select[Any] | None:
    p = t.parties.c
    for one in parties_of(connection, table, ask):
        if not one.names:
            return None
        if as_is is hidden:  # full text leads: the few it finds are looked up by their readings
            there = exists().where(
                p.reading == table.c.reading, p.record == table.c.seq, *one.conditions(connection, hidden)
            )
            query = query.where(there)
        else:
            query = query.where(table.c.seq.in_(select(p.record).where(*one.conditions(connection))))
    return query


def led_by_parties(
    connection: Connection, table: Table, ask: Ask, moment: Moment, place: tuple[str | int, ...] | None, size: int
) -> list[tuple[int, str]]:
    """The first `size` records of a party after `place`, by the day of their reports: (seq, day).

    The party's entries stand in this order already; some of them are taken, and what else is asked is asked of these,
    until there are enough. A filter few of them pass makes the steps longer.
    """
    parties = parties_of(connection, table, ask)
    if not all(one.names for one in parties):
        return []
    rest = record_query(connection, table, replace(ask, actor=None, speaker=None), moment, hidden)
    assert rest is not None  # noqa: S101 - only names can make a question hopeless
    for one in parties[1:]:
        rest = rest.where(table.c.seq.in_(select(t.parties.c.record).where(*one.conditions(connection))))
    p, order = t.parties.c, "desc" if ask.newest else "asc"
    columns = [p.day, p.record]
    asked = select(p.record, p.day).distinct().where(*parties[0].conditions(connection))
    asked = asked.order_by(*(getattr(one, order)() for one in columns))
    found: list[tuple[int, str]] = []
    step = max(_FIRST_STEP, 2 * size)
    while len(found) < size:
        some = connection.execute(asked.where(*after(columns, place, newest=ask.newest)).limit(step)).all()
        passed = _passing(connection, rest, table, [row[0] for row in some])
        found += [(row[0], row[1]) for row in some if row[0] in passed]
        if len(some) < step:
            break
        place, step = (some[-1][1], some[-1][0]), 4 * step
    return found[:size]


_FIRST_STEP = 200
_AT_ONCE = 2000


def _passing(connection: Connection, rest: Select[Any], table: Table, seqs: list[int]) -> set[int]:
    """Those of the records that pass everything else that is asked."""
    passed: set[int] = set()
    for start in range(0, len(seqs), _AT_ONCE):
        asked = rest.where(among(connection, table.c.seq, seqs[start : start + _AT_ONCE]))
        passed.update(row[0] for row in connection.execute(asked))
    return passed
