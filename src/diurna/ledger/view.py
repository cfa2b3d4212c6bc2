"""Reading a ledger as it stands, or as it stood: every page is one moment, whatever is written meanwhile."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

from sqlalchemy import Connection, select

from diurna.errors import UsageError
from diurna.ledger import between
from diurna.ledger import schema as t
from diurna.ledger.asking import DEEDS, Ask, Hit, Kept, Known, Page, ReportFacts
from diurna.ledger.between import AnyGap, Lives
from diurna.ledger.dialects import Dialect
from diurna.ledger.judge import Judgement, judgements
from diurna.ledger.linked import KeptLife
from diurna.ledger.people import Order, actors
from diurna.ledger.search import Search, Where
from diurna.ledger.select import FOREVER
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.words import parse_query
from diurna.model.canon import Story
from diurna.model.record import Commitment, Event, Gap, Reading, Statement, Verdict

Opened = Callable[[], AbstractContextManager[Connection]]
"""Opens a snapshot: a read transaction that ends with its block."""

T = TypeVar("T")

PAGE = 50
_MOST = 10_000
_AT_ONCE = 500
_FIRST_DAY = "0001-01-01"


class View:
    """A ledger as known on a moment (None: now). Every call answers from one snapshot.

    Iterators hold their snapshot until they end; the ledger can be written meanwhile.
    """

    def __init__(self, opened: Opened, dialect: Dialect, known_on: str | None = None) -> None:
        self._opened, self._dialect, self._known_on = opened, dialect, known_on

    def snapshot(self, connection: Connection) -> Snapshot:
        """What is known, behind an open transaction."""
        return Snapshot(connection, self._known_on)

    def statement_page(self, ask: Ask, size: int = PAGE, after: str | None = None) -> Page[Kept[Statement]]:
        """Some of the statements asked for."""
        return self._page(lambda one: one.records(t.statements, Statement, ask, _size(size), after))

    def event_page(self, ask: Ask, size: int = PAGE, after: str | None = None) -> Page[Kept[Event]]:
        """Some of the events asked for."""
        return self._page(lambda one: one.records(t.events, Event, ask, _size(size), after))

    def commitment_page(self, ask: Ask, size: int = PAGE, after: str | None = None) -> Page[Kept[Commitment]]:
        """Some of the commitments asked for, by the day of their reports."""
        return self._page(lambda one: one.findings(t.commitments, Commitment, ask, _size(size), after))

    def gap_page(self, ask: Ask, size: int = PAGE, after: str | None = None) -> Page[Kept[Gap]]:
        """Some of the gaps within reports asked for, by the day of their reports."""
        return self._page(lambda one: one.findings(t.gaps, Gap, ask, _size(size), after))

    def report_page(self, ask: Ask, size: int = PAGE, after: str | None = None) -> Page[ReportFacts]:
        """Some of the reports asked for."""
        return self._page(lambda one: one.reports(ask, _size(size), after))

    def timeline_page(self, ask: Ask = DEEDS, size: int = PAGE, after: str | None = None) -> Page[Kept[Event]]:
        """Some of the events asked for whose day is known, in the order in which they happened."""
        return self.event_page(in_time(ask), size, after)

    def search_page(
        self,
        words: str,
        where: Where = "statements",
        ask: Ask | None = None,
        size: int = PAGE,
        after: str | None = None,
    ) -> Page[Hit]:
        """Some of the statements, events or reports in which the words stand.

        Args:
            words: words, "phrases", beginnings*, AND, OR, NOT, brackets.

        Raises:
            UsageError: the words make no question, or the page is no page.
        """
        query = parse_query(words)
        return self._page(lambda one: Search(one, self._dialect, query, where, ask or Ask()).page(_size(size), after))

    def actor_page(
        self, name: str | None = None, order: Order = "name", size: int = PAGE, after: str | None = None
    ) -> Page[Known]:
        """Some of the actors by name, or the most reported first; `name` gives words their names must have."""
        return self._page(lambda one: actors(one, name, order, _size(size), after))

    def any_gap_page(
        self, ask: Ask, verdicts: Sequence[Verdict] = (), size: int = PAGE, after: str | None = None
    ) -> Page[AnyGap]:
        """Some of the gaps within and between reports, by the day of the later report."""
        return self._page(lambda one: between.any_gaps_page(one, ask, verdicts, _size(size), after))

    def any_gaps(self, ask: Ask, verdicts: Sequence[Verdict] = ()) -> Iterator[AnyGap]:
        """All gaps within and between reports."""
        return self._all(lambda one, cursor: between.any_gaps_page(one, ask, verdicts, _AT_ONCE, cursor))

    def life_page(self, ask: Ask, lives: Lives, size: int = PAGE, after: str | None = None) -> Page[KeptLife]:
        """Some of the commitments as they stand on a day."""
        return self._page(lambda one: between.lives_page(one, ask, lives, _size(size), after))

    def lives(self, ask: Ask, lives: Lives) -> Iterator[KeptLife]:
        """All commitments as they stand on a day."""
        return self._all(lambda one, cursor: between.lives_page(one, ask, lives, _AT_ONCE, cursor))

    def story_page(self, ask: Ask, least: int = 1, size: int = PAGE, after: str | None = None) -> Page[Story]:
        """Some of the stories of at least so many reports, by their latest report."""
        return self._page(lambda one: between.stories_page(one, ask, least, _size(size), after))

    def stories(self, ask: Ask, least: int = 1) -> Iterator[Story]:
        """All stories of at least so many reports."""
        return self._all(lambda one, cursor: between.stories_page(one, ask, least, _AT_ONCE, cursor))

    def judgements(self, record: str | None = None) -> list[Judgement]:
        """All judgements, or those of one record, in the order in which they were given."""
        return self._page(lambda one: judgements(one.connection, record, self._known_on or FOREVER))

    def answer(self, question: Callable[[Snapshot], T]) -> T:
        """What `question` finds, all of it in one snapshot; see `diurna.ledger.lookup` for questions."""
        return self._page(question)

    def _page(self, answer: Callable[[Snapshot], T]) -> T:
        with self._opened() as connection:
            return answer(self.snapshot(connection))

    def statements(self, ask: Ask) -> Iterator[Kept[Statement]]:
        """All statements asked for."""
        return self._all(lambda one, cursor: one.records(t.statements, Statement, ask, _AT_ONCE, cursor))

    def events(self, ask: Ask) -> Iterator[Kept[Event]]:
        """All events asked for."""
        return self._all(lambda one, cursor: one.records(t.events, Event, ask, _AT_ONCE, cursor))

    def commitments(self, ask: Ask) -> Iterator[Kept[Commitment]]:
        """All commitments asked for."""
        return self._all(lambda one, cursor: one.findings(t.commitments, Commitment, ask, _AT_ONCE, cursor))

    def gaps(self, ask: Ask) -> Iterator[Kept[Gap]]:
        """All gaps within reports asked for."""
        return self._all(lambda one, cursor: one.findings(t.gaps, Gap, ask, _AT_ONCE, cursor))

    def search(self, words: str, where: Where = "statements", ask: Ask | None = None) -> Iterator[Hit]:
        """All statements, events or reports in which the words stand."""
        query = parse_query(words)
        return self._all(
            lambda one, cursor: Search(one, self._dialect, query, where, ask or Ask()).page(_AT_ONCE, cursor)
        )

    def actors(self, name: str | None = None) -> Iterator[Known]:
        """All actors, or those whose names have these words, by name."""
        return self._all(lambda one, cursor: actors(one, name, "name", _AT_ONCE, cursor))

    def timeline(self, ask: Ask = DEEDS) -> Iterator[Kept[Event]]:
        """All events asked for whose day is known, in the order in which they happened."""
        return self.events(in_time(ask))

    def reports(self, ask: Ask) -> Iterator[ReportFacts]:
        """All reports asked for."""
        return self._all(lambda one, cursor: one.reports(ask, _AT_ONCE, cursor))

    def _all(self, page: Callable[[Snapshot, str | None], Page[T]]) -> Iterator[T]:
        with self._opened() as connection:
            snapshot, cursor = self.snapshot(connection), None
            while True:
                found = page(snapshot, cursor)
                yield from found.rows
                cursor = found.next
                if cursor is None:
                    return

    def readings(self, ask: Ask | None = None) -> Iterator[Reading]:
        """Everything found in the reports asked for, report by report in the order they were recorded."""
        with self._opened() as connection:
            snapshot, last = self.snapshot(connection), 0
            r = t.readings.c
            asked = ask or Ask()
            where = [*snapshot.moment.holds(all_versions=asked.versions == "all"), *snapshot.report_conditions(asked)]
            while True:
                some = list(connection.execute(
                    select(r.seq).where(*where, r.seq > last).order_by(r.seq).limit(200)
                ).scalars())  # fmt: skip
                if not some:
                    return
                for last in some:
                    yield snapshot.reading(last)

    def reading(self, report: str) -> Reading | None:
        """Everything found in the newest version of a report; None where the ledger has no such report."""
        with self._opened() as connection:
            snapshot = self.snapshot(connection)
            found = snapshot.reading_numbers(report, all_versions=False)
            return snapshot.reading(found[-1]) if found else None

    def versions(self, report: str) -> list[tuple[ReportFacts, str]]:
        """The versions of a report with their texts, oldest first."""
        with self._opened() as connection:
            snapshot = self.snapshot(connection)
            return [snapshot.facts_of(seq) for seq in snapshot.reading_numbers(report, all_versions=True)]


def _size(size: int) -> int:
    if not 1 <= size <= _MOST:
        raise UsageError(f"a page has 1 to {_MOST:,} rows, not {size}")
    return size


def in_time(ask: Ask) -> Ask:
    """The question, by the time when things happened, the earliest first, without what has no day."""
    return dataclasses.replace(ask, clock="happened", newest=False, since=ask.since or _FIRST_DAY)
