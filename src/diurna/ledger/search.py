"""Full text: words and phrases in statements, events and reports, newest or oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Literal

from sqlalchemy import BigInteger, ColumnElement, Select, Table, column, func, literal_column, select, text

from diurna.ledger import schema as t
from diurna.ledger.asking import Ask, Hit, Page, read_cursor, write_cursor
from diurna.ledger.dialects import Dialect
from diurna.ledger.rows import MOST_PASSAGES
from diurna.ledger.select import after, among, clock_column, hidden, names_of, outlet_of, parties_of, record_query
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.words import Either, Every, Phrase, Query, find_phrases
from diurna.model.record import Event, Statement
from diurna.model.span import Span

Where = Literal["statements", "events", "reports"]

_FEW = 1_000
"""Matches that are sorted outright; 10 ms. What has more is searched month by month until the page is full."""

_MOST_LABELS = 2_000
_MANY_LABELS = 20
"""Names each month's search opens again: a thousand take 50 ms every time."""

_MOST_SPELLED = 200
"""Words a beginning is spelled out to; what has more is searched as a beginning."""

_MOST_MONTHS = 12
"""Months searched at once where matches are sparse; more would sort too much where they turn dense again."""

_AROUND = 160
"""Characters shown on either side of a word found in a report."""

_TABLES: dict[Where, tuple[Table, type[Any]]] = {"statements": (t.statements, Statement), "events": (t.events, Event)}


class Search:
    """One search behind one open snapshot."""

    def __init__(self, snapshot: Snapshot, dialect: Dialect, query: Query, where: Where, ask: Ask) -> None:
        self._snapshot, self._dialect, self._query, self._where, self._ask = snapshot, dialect, query, where, ask
        self._connection = snapshot.connection
        self._table = t.readings if where == "reports" else _TABLES[where][0]
        self._index = self._table.name
        self._order = f"search {where} {ask.clock} {ask.newest}"
        self._place = clock_column(self._table, ask)

    def page(self, size: int, cursor: str | None) -> Page[Hit]:
        """Some of what is found."""
        base = self._base()
        if base is None:
            return Page(())
        place = read_cursor(self._order, cursor) if cursor else None
        found = self._found(base, size + 1, place)
        hits = self._hits([row.seq for row in found[:size]])
        end = found[size - 1] if len(found) > size else None
        return Page(tuple(hits), write_cursor(self._order, (end.place, end.seq)) if end else None)

    def _base(self) -> Select[Any] | None:
        """The question without words, order and limit."""
        if self._where != "reports":
            return record_query(self._connection, self._table, self._ask, self._snapshot.moment, hidden)
        r = t.readings.c
        conditions = [
            *self._snapshot.moment.holds(all_versions=self._ask.versions == "all"),
            *self._snapshot.report_conditions(self._ask),
        ]
        return select(r.seq, self._place.label("place")).where(*conditions)

    def _found(self, base: Select[Any], size: int, place: tuple[str | int, ...] | None) -> list[Any]:
        query, labels, names = self._spelled(self._query), self._labels(), self._name_labels()
        few = self._few(query, labels, names)
        if few is not None:
            return self._rows(base, among(self._connection, self._table.c.seq, few), size, place) if few else []
        narrowed = _and(query, labels if _are_many(names) else labels + names)
        if self._ask.clock != "published":
            return self._rows(base, narrowed, size, place)
        return self._by_months(base, narrowed, size, place)

    def _by_months(self, base: Select[Any], query: Query, size: int, place: tuple[str | int, ...] | None) -> list[Any]:
        """A month at first, more at once where little is found, until there are enough."""
        rows: list[Any] = []
        months, width = self._months(str(place[0]) if place else None), 1
        while len(rows) < size and (some := list(islice(months, width))):
            labels = _any_of([f"_m{month[:4]}{month[5:7]}" for month in some])
            found = self._rows(base, _and(query, labels), size - len(rows), place)
            rows += found
            if 4 * len(found) < size:
                width = min(2 * width, _MOST_MONTHS)
        return rows

    def _spelled(self, query: Query) -> Query:
        """The question with each beginning as the words that begin so, where they are few enough to be named."""
        if isinstance(query, Every):
            return Every(tuple(map(self._spelled, query.wanted)), tuple(map(self._spelled, query.barred)))
        if isinstance(query, Either):
            return Either(tuple(map(self._spelled, query.choices)))
        if not query.prefix or len(query.words) > 1:
            return query
        words = self._dialect.beginning(self._connection, self._index, query.words[0], _MOST_SPELLED)
        return Either(tuple(Phrase((word,)) for word in words)) if words else query

    def _rows(
        self, base: Select[Any], found: Query | ColumnElement[bool], size: int, place: tuple[str | int, ...] | None
    ) -> list[Any]:
        """The first `size` after `place` of those that match, or of those known to match."""
        seq, newest = self._table.c.seq, self._ask.newest
        asked = base.where(found) if isinstance(found, ColumnElement) else self._joined(base, found)
        columns = [seq] if self._ask.clock == "recorded" else [self._place, seq]
        asked = asked.where(*after(columns, place and place[-len(columns) :], newest=newest))
        asked = asked.order_by(*[one.desc() if newest else one for one in columns]).limit(size)
        return list(self._connection.execute(asked))

    def _joined(self, base: Select[Any], query: Query) -> Select[Any]:
        found = self._matching(query).subquery("found")
        number = found.c.seq if self._where != "reports" else found.c.seq.op(">>")(literal_column(str(_BITS)))
        asked = base.join(found, number == self._table.c.seq)
        return asked.distinct() if self._where == "reports" else asked

    def _matching(self, query: Query) -> Any:
        sql = text(self._dialect.matching(self._index)).bindparams(words=self._dialect.expression(query))
        return sql.columns(column("seq", BigInteger))

    def _few(self, query: Query, labels: list[Query], names: list[Query]) -> list[int] | None:
        """The numbers of all that match, where they are few.

        Left alone, PostgreSQL would look for the first thousand in the table and not in the index.
        """
        if _are_many(names) and self._dialect.many_by_record:
            found = self._matching(_and(query, labels)).subquery("matching")
            some = select(found.c.seq)
            for number, one in enumerate(parties_of(self._connection, self._table, self._ask)):
                records = select(t.parties.c.record).distinct().where(*one.conditions(self._connection))
                theirs = records.cte(f"theirs_{number}").prefix_with("MATERIALIZED", dialect="postgresql")
                some = some.where(found.c.seq.in_(select(theirs.c.record)))
        else:
            whole = self._matching(_and(query, labels + names)).cte("matching")
            some = select(whole.prefix_with("MATERIALIZED", dialect="postgresql").c.seq)
        some = some.limit(_FEW + 1)
        found = list(self._connection.execute(some).scalars())
        if len(found) > _FEW:
            return None
        return found if self._where != "reports" else list(dict.fromkeys(seq >> _BITS for seq in found))

    def _months(self, start: str | None) -> Iterator[str]:
        """The months there are records of, in the order asked for, from that of the day `start` on."""
        day = self._table.c.day
        newest = self._ask.newest
        ahead = self._ask.until if newest else self._ask.since
        edge = start if start is not None else ahead
        end = func.max(day) if newest else func.min(day)
        asked = select(end)
        if edge is not None:
            asked = asked.where(day < f"{edge[:7]}~" if newest else day >= edge[:7])
        while True:
            found = self._connection.execute(asked).scalar()
            if found is None or self._is_past(found):
                return
            yield found[:7]
            if newest and not found:
                return
            asked = select(end).where(day < found[:7] if newest else day > (f"{found[:7]}~" if found else ""))

    def _is_past(self, day: str) -> bool:
        """Whether no later month can have what is asked for."""
        ask = self._ask
        if ask.newest:
            return ask.since is not None and day < ask.since
        return ask.until is not None and day > ask.until

    def _labels(self) -> list[Query]:
        """The question's own conditions as words, so that the index itself narrows the matches."""
        ask = self._ask
        found: list[Query] = []
        if ask.outlet is not None:
            found.append(Phrase((f"_o{outlet_of(self._connection, ask.outlet)}",)))
        if self._where == "reports":
            return found
        mark = "_a" if self._where == "statements" else "_t"
        found += _any_of([f"{mark}{_plain(kind)}" for kind in ask.kinds])
        if self._where == "events":
            found += _any_of([f"_r{_plain(realis)}" for realis in ask.realis])
            found += _any_of([f"_v{int(ask.voice == 'own')}"] if ask.voice != "any" else [])
        return found

    def _name_labels(self) -> list[Query]:
        """The same for those the question is about."""
        said = [one for one in (self._ask.actor, self._ask.speaker) if one is not None]
        if self._where == "reports":
            return []
        return [one for name in said for one in _any_of([f"_n{seq}" for seq in names_of(self._connection, name)])]

    def _hits(self, seqs: list[int]) -> list[Hit]:
        if self._where == "reports":
            return [self._report_hit(seq) for seq in self._snapshot.ahead(seqs)]
        table, kind = _TABLES[self._where]
        found = []
        for kept in self._snapshot.kept(table, kind, seqs):
            span, quote = kept.record.evidence.span, kept.record.evidence.quote
            marks = (Span(a + span.start, b + span.start) for a, b in find_phrases(quote, self._query))
            named: Literal["statement", "event"] = "statement" if self._where == "statements" else "event"
            found.append(Hit(named, kept.record.id, kept.report, span.start, quote, tuple(marks), kept))
        return found

    def _report_hit(self, seq: int) -> Hit:
        facts, body = self._snapshot.facts_of(seq)
        marks = find_phrases(body, self._query, most=5)
        first = marks[0] if marks else Span(0, 0)
        start, end = _shown(body, first)
        inside = tuple(mark for mark in marks if start <= mark.start and mark.end <= end)
        return Hit("report", facts.id, facts, start, body[start:end], inside)


_BITS = MOST_PASSAGES.bit_length() - 1


def _and(query: Query, more: list[Query]) -> Query:
    return Every((query, *more)) if more else query


def _any_of(words: list[str]) -> list[Query]:
    """One of these labels; nothing where there are none or too many to be of use."""
    if not words or len(words) > _MOST_LABELS:
        return []
    phrases = tuple(Phrase((word,)) for word in words)
    return [phrases[0] if len(phrases) == 1 else Either(phrases)]


def _are_many(labels: list[Query]) -> bool:
    """Whether to look for the labels is dearer than to look at what is found without them."""
    return any(isinstance(one, Either) and len(one.choices) > _MANY_LABELS for one in labels)


def _plain(said: str) -> str:
    """A label's characters; the rest of what somebody asks for could end a word of the index's language."""
    return "".join(char for char in said.lower() if char.isalnum() or char == "_")


def _shown(text: str, found: Span) -> tuple[int, int]:
    """The stretch of `text` around `found`, cut between words."""
    start, end = max(0, found.start - _AROUND), min(len(text), found.end + _AROUND)
    if start:
        blank = text.find(" ", start, found.start)
        start = blank + 1 if blank >= 0 else start
    if end < len(text):
        blank = text.rfind(" ", found.end, end)
        end = blank if blank >= 0 else end
    return start, end
