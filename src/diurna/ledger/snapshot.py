"""A ledger behind one open transaction: rows put together to records and reports again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from diurna.ledger import schema as t
from diurna.ledger.asking import Ask, Kept, Page, ReportFacts, read_cursor, write_cursor
from diurna.ledger.pack import unpack
from diurna.ledger.rows import Facts, inflate, report_of, unpack_facts
from diurna.ledger.select import (
    FOREVER,
    Moment,
    after,
    among,
    led_by_parties,
    names_of,
    outlet_of,
    passed_over_in_index,
    passing_index,
    record_query,
    review_conditions,
    verdicts,
)
from diurna.model.record import Actor, Commitment, Event, Gap, Reading, Relation, Review, Statement, TimeExpression
from diurna.model.report import Report

_REVIEWS: dict[str, Review] = {"accept": "accepted", "reject": "rejected"}
_KINDS: dict[str, tuple[Table, type[Any]]] = {
    "actors": (t.actors, Actor),
    "statements": (t.statements, Statement),
    "events": (t.events, Event),
    "relations": (t.relations, Relation),
    "commitments": (t.commitments, Commitment),
    "gaps": (t.gaps, Gap),
    "times": (t.times, TimeExpression),
}


class Snapshot:
    """A ledger at one moment, behind one open transaction."""

    def __init__(self, connection: Connection, known_on: str | None) -> None:
        self.connection = connection
        self.moment = Moment(connection, known_on)
        self._known_on = known_on or FOREVER
        self._reports: dict[int, tuple[ReportFacts, Facts, str]] = {}

    def records(self, table: Table, kind: type[Any], ask: Ask, size: int, cursor: str | None) -> Page[Kept[Any]]:
        """A page of statements or events."""
        order = f"{table.name} {ask.clock} {ask.newest}"
        place = read_cursor(order, cursor) if cursor else None
        found = self._found(table, ask, size + 1, place)
        rows = self.kept(table, kind, [seq for seq, _ in found[:size]])
        more = write_cursor(order, (found[size - 1][1], found[size - 1][0])) if len(found) > size else None
        return Page(tuple(rows), more)

    def _found(self, table: Table, ask: Ask, size: int, place: tuple[str | int, ...] | None) -> list[tuple[int, str]]:
        """Numbers and places of the first records after `place`."""
        if ask.clock == "published" and (ask.actor is not None or ask.speaker is not None):
            return led_by_parties(self.connection, table, ask, self.moment, place, size)
        query = record_query(self.connection, table, ask, self.moment)
        if query is None:
            return []
        columns: list[ColumnElement[Any]]
        columns = [table.c.seq] if ask.clock == "recorded" else [query.selected_columns[1], table.c.seq]
        if passed_over_in_index(self.connection, table, ask):
            passing = passing_index(ask, place)
            query, columns = query.join(passing, passing.c.seq == table.c.seq), [passing.c.first, passing.c.seq]
        query = query.where(*after(columns, place and place[-len(columns) :], newest=ask.newest))
        query = query.order_by(*[one.desc() if ask.newest else one for one in columns]).limit(size)
        return [(row[0], row[1]) for row in self.connection.execute(query)]

    def findings(self, table: Table, kind: type[Any], ask: Ask, size: int, cursor: str | None) -> Page[Kept[Any]]:
        """A page of commitments or gaps, by the day of their reports."""
        r, c = t.readings.c, table.c
        order = f"{table.name} {ask.newest}"
        place = read_cursor(order, cursor) if cursor else None
        query = select(c.seq, r.day).join(t.readings, r.seq == c.reading)
        query = query.where(*self.moment.holds(all_versions=ask.versions == "all"), *self.report_conditions(ask))
        query = query.where(*review_conditions(self.connection, table, ask.review, self._known_on))
        if ask.kinds:
            query = query.where(c.kind.in_(ask.kinds))
        columns = [r.day, c.seq]
        query = query.where(*after(columns, place, newest=ask.newest))
        query = query.order_by(*[one.desc() if ask.newest else one for one in columns]).limit(size + 1)
        found = self.connection.execute(query).all()
        rows = self.kept(table, kind, [seq for seq, _ in found[:size]])
        more = write_cursor(order, (found[size - 1][1], found[size - 1][0])) if len(found) > size else None
        return Page(tuple(rows), more)

    def kept(self, table: Table, kind: type[Any], seqs: Sequence[int]) -> list[Kept[Any]]:
        """The records with these numbers, in this order."""
        c = table.c
        bodies = {
            seq: (reading, key, body)
            for seq, reading, key, body in self._some(select(c.seq, c.reading, c.id, c.body), c.seq, seqs)
        }
        self._load([reading for reading, _, _ in bodies.values()])
        said = verdicts(self.connection, [key for _, key, _ in bodies.values()], self._known_on)
        records = []
        for seq in seqs:
            reading, key, body = bodies[seq]
            facts, _, text = self._reports[reading]
            records.append((reading, unpack(kind, body, text), facts, _REVIEWS.get(said.get(key, ""), "open")))
        names = self._names({(reading, actor) for reading, one, _, _ in records for actor in actor_ids(one)})
        return [
            Kept(one, facts, review, tuple((a, names[reading, a]) for a in actor_ids(one) if (reading, a) in names))
            for reading, one, facts, review in records
        ]

    def _names(self, wanted: set[tuple[int, str]]) -> dict[tuple[int, str], str]:
        """Names of actors by reading and id."""
        a = t.actors.c
        readings = sorted({reading for reading, _ in wanted})
        asked = select(a.reading, a.id, t.names.c.name).join(t.names, t.names.c.seq == a.name)
        return {
            (reading, key): name
            for reading, key, name in self._some(asked, a.id, sorted({actor for _, actor in wanted}))
            if reading in readings
        }

    def _some(self, asked: Any, key: Any, values: Sequence[Any]) -> Iterator[Any]:
        for start in range(0, len(values), 500):
            yield from self.connection.execute(asked.where(among(self.connection, key, values[start : start + 500])))

    def _load(self, readings: Sequence[int]) -> None:
        """Have the reports of these readings at hand."""
        if all(seq in self._reports for seq in readings):
            return
        if len(self._reports) > 500:
            self._reports.clear()
        missing = [seq for seq in dict.fromkeys(readings) if seq not in self._reports]
        r = t.readings.c
        asked = select(
            r.seq, r.number, r.day, r.recorded_at, r.replaced_at, r.facts,
            t.reports.c.id, t.texts.c.version, t.texts.c.characters, t.texts.c.body,
        ).join(t.reports, t.reports.c.seq == r.report).join(t.texts, t.texts.c.seq == r.text)  # fmt: skip
        for row in self._some(asked, r.seq, missing):
            text = inflate(row.body)
            facts = unpack_facts(row.facts, text)
            self._reports[row.seq] = (self._facts(row, facts), facts, text)

    def _facts(self, row: Any, facts: Facts) -> ReportFacts:
        replaced = row.replaced_at if row.replaced_at and row.replaced_at <= self._known_on else None
        return ReportFacts(
            row.id, row.version, row.number, facts.source_id, facts.title, facts.url, facts.outlet, facts.author,
            facts.published, facts.anchor, facts.language, row.day, row.recorded_at, replaced, row.characters,
        )  # fmt: skip

    def facts_of(self, reading: int) -> tuple[ReportFacts, str]:
        """A report's facts and text by the number of its reading."""
        self._load([reading])
        facts, _, text = self._reports[reading]
        return facts, text

    def reports(self, ask: Ask, size: int, cursor: str | None) -> Page[ReportFacts]:
        """A page of reports."""
        r = t.readings.c
        order = f"reports {ask.clock} {ask.newest}"
        columns = [r.seq] if ask.clock == "recorded" else [r.day, r.seq]
        query = select(r.seq, r.day).where(*self.moment.holds(all_versions=ask.versions == "all"))
        query = query.where(*self.report_conditions(ask))
        place = read_cursor(order, cursor) if cursor else None
        query = query.where(*after(columns, place and place[-len(columns) :], newest=ask.newest))
        query = query.order_by(*[one.desc() if ask.newest else one for one in columns]).limit(size + 1)
        found = self.connection.execute(query).all()
        rows = tuple(self.facts_of(seq)[0] for seq in self.ahead([seq for seq, _ in found[:size]]))
        more = write_cursor(order, (found[size - 1][1], found[size - 1][0])) if len(found) > size else None
        return Page(rows, more)

    def ahead(self, seqs: list[int]) -> list[int]:
        """The same numbers, their readings' reports fetched at once."""
        self._load(seqs)
        return seqs

    def report_conditions(self, ask: Ask) -> list[Any]:
        """Conditions on `readings` for the reports asked for."""
        r = t.readings.c
        found: list[Any] = []
        clock = r.recorded_at if ask.clock == "recorded" else r.day
        if ask.since:
            found.append(clock >= ask.since)
        if ask.until:
            found += [clock <= f"{ask.until}T99", clock > ""]
        if ask.outlet is not None:
            found.append(r.outlet == outlet_of(self.connection, ask.outlet))
        if ask.report is not None:
            found.append(r.report == select(t.reports.c.seq).where(t.reports.c.id == ask.report).scalar_subquery())
        if ask.actor is not None:
            named = select(t.actors.c.reading).where(t.actors.c.name.in_(names_of(self.connection, ask.actor)))
            found.append(r.seq.in_(named))
        return found

    def report(self, seq: int) -> Report:
        """The report of a reading, without what was found in it."""
        self._load([seq])
        known, facts, text = self._reports[seq]
        return report_of(known.id, known.version, text, facts)

    def reading(self, seq: int) -> Reading:
        """Everything that was found in one version of a report."""
        self._load([seq])
        known, facts, text = self._reports[seq]
        groups = {name: self._group(table, kind, seq, text) for name, (table, kind) in _KINDS.items()}
        report = report_of(known.id, known.version, text, facts)
        return Reading(report, facts.anchor, **groups, failures=facts.failures)

    def _group(self, table: Table, kind: type[Any], reading: int, text: str) -> tuple[Any, ...]:
        c = table.c
        found = self.connection.execute(select(c.body).where(c.reading == reading).order_by(c.seq))
        return tuple(unpack(kind, body, text) for (body,) in found)

    def reading_numbers(self, report: str, *, all_versions: bool) -> list[int]:
        """Numbers of the readings of a report, oldest first."""
        r = t.readings.c
        asked = select(r.seq).join(t.reports, t.reports.c.seq == r.report).where(t.reports.c.id == report)
        return list(
            self.connection.execute(
                asked.where(*self.moment.holds(all_versions=all_versions)).order_by(r.seq)
            ).scalars()
        )


def actor_ids(record: Statement | Event | Commitment | Gap) -> list[str]:
    """Ids of the actors a record points at, each once."""
    found: list[str | None]
    if isinstance(record, Gap):
        found = []
    elif isinstance(record, Commitment):
        found = [record.by, record.to]
    elif isinstance(record, Statement):
        found = [
            record.speaker.actor,
            record.speaker.on_behalf_of,
            record.addressee.actor if record.addressee else None,
        ]
    else:
        found = [party.actor for party in (*record.actors, *record.recipients)]
    return list(dict.fromkeys(actor for actor in found if actor))
