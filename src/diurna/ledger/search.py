"""Full text: words and phrases in statements, events and reports, newest or oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from sqlalchemy import BigInteger, Select, Table, column, func, literal_column, select, text

from diurna.ledger import schema as t
from diurna.ledger.asking import Ask, Hit, Page, read_cursor, write_cursor
from diurna.ledger.dialects import Dialect
from diurna.ledger.rows import MOST_PASSAGES
from diurna.ledger.select import after, clock_column, hidden, names_of, outlet_of, record_query
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.words import Either, Every, Phrase, Query, find_phrases
from diurna.model.record import Event, Statement
from diurna.model.span import Span

Where = Literal["statements", "events", "reports"]

_FEW = 1_000
"""Matches that are sorted outright; 10 ms. What has more is searched month by month until the page is full."""

_MOST_LABELS = 2_000
_AROUND = 160
"""Characters shown on either side of a word found in a report."""

_TABLES: dict[Where, tuple[Table, type[Any]]] = {"statements": (t.statements, Statement), "events": (t.events, Event)}


class Search:
    """One search behind one open snapshot."""

    def __init__(self, snapshot: Snapshot, dialect: Dialect, query: Query, where: Where, ask: Ask) -> None:
        self._snapshot, self._dialect, self._query, self._where, self._ask = snapshot, dialect, query, where, ask
        self._connection = snapshot.connection
        self._table = t.readings if where == "reports" else _TABLES[where][0]
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
        narrowed = _and(self._query, self._labels())
        if self._ask.clock != "published" or self._few(narrowed):
            return self._rows(base, narrowed, size, place)
        rows: list[Any] = []
        for month in self._months(str(place[0]) if place else None):
            label = Phrase((f"_m{month[:4]}{month[5:7]}",))
            rows += self._rows(base, _and(narrowed, [label]), size - len(rows), place)
            if len(rows) >= size:
                break
        return rows

    def _rows(self, base: Select[Any], query: Query, size: int, place: tuple[str | int, ...] | None) -> list[Any]:
        """The first `size` matches after `place`."""
        seq, newest = self._table.c.seq, self._ask.newest
        found = self._matching(query).subquery("found")
        number = found.c.seq if self._where != "reports" else found.c.seq.op(">>")(literal_column(str(_BITS)))
        asked = base.join(found, number == seq)
        if self._where == "reports":
            asked = asked.distinct()
        columns = [seq] if self._ask.clock == "recorded" else [self._place, seq]
        asked = asked.where(*after(columns, place and place[-len(columns) :], newest=newest))
        asked = asked.order_by(*[one.desc() if newest else one for one in columns]).limit(size)
        return list(self._connection.execute(asked))

    def _matching(self, query: Query) -> Any:
        name = "readings" if self._where == "reports" else self._table.name
        sql = text(self._dialect.matching(name)).bindparams(words=self._dialect.expression(query))
        return sql.columns(column("seq", BigInteger))

    def _few(self, query: Query) -> bool:
        some = select(self._matching(query).subquery().c.seq).limit(_FEW + 1).subquery()
        return (self._connection.execute(select(func.count()).select_from(some)).scalar() or 0) <= _FEW

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
        for said in (ask.actor, ask.speaker):
            if said is not None:
                found += _any_of([f"_n{name}" for name in names_of(self._connection, said)])
        return found

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
