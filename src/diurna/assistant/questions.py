"""The questions of the tools, asked of a ledger: no protocol here, plain calls and plain answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from diurna.assistant.answers import (
    Commitments,
    Gaps,
    Hits,
    Lives,
    ReportAnswer,
    Source,
    Statements,
    Timeline,
    commitment_answer,
    cross_gap_answer,
    event_answer,
    gap_answer,
    hit_answer,
    life_answer,
    source_of,
    statement_answer,
)
from diurna.errors import UsageError
from diurna.ledger import between, lookup
from diurna.ledger.asking import DEEDS, Ask, Kept
from diurna.ledger.lookup import Found, home_of
from diurna.ledger.search import Where
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.store import Ledger
from diurna.ledger.view import in_time
from diurna.model.across import Exhibited
from diurna.model.commitment_life import CommitmentStateName
from diurna.model.record import Event, Review, Verdict
from diurna.model.span import Span

MOST = 50
"""Records of one answer: what an assistant takes in at once."""

TEXT = 12_000
"""Characters of a report's text in one answer."""

T = TypeVar("T")


class Questions:
    """The questions, over one ledger; each is answered from one snapshot.

    `known_on` is a day or moment: the ledger as it stood then; None: as it stands. `after` is `next` of the last page.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def search(self, words: str, where: Where, ask: Ask, limit: int, after: str | None, known_on: str | None) -> Hits:
        """Passages in which words stand."""
        page = self._ledger.view(known_on).search_page(words, where, ask, _size(limit), after)
        return Hits(tuple(hit_answer(hit) for hit in page), page.next)

    def statements(self, ask: Ask, limit: int, after: str | None, known_on: str | None) -> Statements:
        """Statements."""
        page = self._ledger.view(known_on).statement_page(ask, _size(limit), after)
        return Statements(tuple(statement_answer(one) for one in page), page.next)

    def timeline(
        self, ask: Ask, limit: int, after: str | None, known_on: str | None, *, everything: bool = False
    ) -> Timeline:
        """Deeds in the order in which they happened, or with `everything` whatever is told to have a day."""
        asked = in_time(ask if everything else replace(ask, realis=DEEDS.realis, voice=DEEDS.voice))
        page = self._ledger.view(known_on).event_page(asked, _size(limit), after)
        return Timeline(tuple(event_answer(one) for one in page), page.next)

    def commitments(self, ask: Ask, limit: int, after: str | None, known_on: str | None) -> Commitments:
        """Commitments, each with the words that opened it."""

        def question(snapshot: Snapshot) -> Commitments:
            page, homes = lookup.commitments_page(snapshot, ask, _size(limit), after), Homes(snapshot)
            return Commitments(tuple(commitment_answer(one, homes.of(one.record.opened_by)) for one in page), page.next)

        return self._answer(known_on, question)

    def lives(
        self, ask: Ask, on: str, states: tuple[CommitmentStateName, ...], limit: int, after: str | None,
        known_on: str | None,
    ) -> Lives:  # fmt: skip
        """Commitments as they stand on a day, each with its moves."""

        def question(snapshot: Snapshot) -> Lives:
            page = between.lives_page(snapshot, ask, between.Lives(on, None, states), _size(limit), after)
            sources = Sources(snapshot)
            return Lives(tuple(life_answer(one, sources.of) for one in page), page.next)

        return self._answer(known_on, question)

    def gaps(
        self, ask: Ask, verdicts: tuple[Verdict, ...], limit: int, after: str | None, known_on: str | None
    ) -> Gaps:
        """Gaps within and between reports, each with the words of both its sides."""

        def question(snapshot: Snapshot) -> Gaps:
            page, homes = between.any_gaps_page(snapshot, ask, verdicts, _size(limit), after), Homes(snapshot)
            rows = (
                gap_answer(one, homes.of(one.record.left), homes.of(one.record.right))
                if isinstance(one, Kept)
                else cross_gap_answer(one)
                for one in page
            )
            return Gaps(tuple(rows), page.next)

        return self._answer(known_on, question)

    def report(self, report: str, start: int, known_on: str | None) -> ReportAnswer:
        """A report's text from `start` on, with the statements and events of that part.

        Raises:
            UsageError: there is no such report, or its text ends before `start`.
        """
        if start < 0:
            raise UsageError(f"start {start} is no place in a text: 0 is its beginning")

        def question(snapshot: Snapshot) -> ReportAnswer:
            numbers = snapshot.reading_numbers(report, all_versions=False)
            if not numbers:
                raise UsageError(f"the ledger has no report {report!r}: take its id from a quote's source, or search")
            facts, _ = snapshot.facts_of(numbers[-1])
            return _report_answer(snapshot, Found(facts, snapshot.reading(numbers[-1])), start)

        return self._answer(known_on, question)

    def _answer(self, known_on: str | None, question: Callable[[Snapshot], T]) -> T:
        return self._ledger.view(known_on).answer(question)


class Homes:
    """Where records stand, each report read once for one answer."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._homes: list[Found] = []

    def of(self, record: str) -> Found | None:
        """The home of a record; None where no version known then has it."""
        known = next((home for home in reversed(self._homes) if home.reading.record(record)), None)
        if known is None:
            known = home_of(self._snapshot, record)
            if known is not None:
                self._homes.append(known)
        return known


class Sources:
    """The reports that exhibits stand in, each looked up once for one answer."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._known: dict[tuple[str, str], Source] = {}

    def of(self, shown: Exhibited) -> Source:
        """The version of the report an exhibit stands in."""
        key = (shown.report, shown.version)
        if key not in self._known:
            for number in self._snapshot.reading_numbers(shown.report, all_versions=True):
                facts, _ = self._snapshot.facts_of(number)
                self._known[facts.id, facts.version] = source_of(facts)
        return self._known[key]


def _report_answer(snapshot: Snapshot, home: Found, start: int) -> ReportAnswer:
    reading, facts = home.reading, home.facts
    text = reading.report.text
    if start and start >= len(text):
        raise UsageError(f"the text has {len(text):,} characters and ends before {start:,}")
    part = Span(start, min(len(text), start + TEXT))
    words = [one for one in reading.statements if part.overlaps(one.evidence.span)]
    deeds = [one for one in reading.events if part.overlaps(one.evidence.span)]
    judged = lookup.verdicts_of(snapshot, [one.id for one in words] + [one.id for one in deeds])
    statements = [Kept(one, facts, _review(judged, one.id), _names(home, [one.speaker.actor])) for one in words]
    events = [Kept(one, facts, _review(judged, one.id), _names(home, _parties(one))) for one in deeds]
    return ReportAnswer(
        source=source_of(facts), characters=len(text), start=part.start, end=part.end, text=part.of(text),
        statements=tuple(map(statement_answer, statements)), events=tuple(map(event_answer, events)),
        failures=tuple(f"{one.stage}: {one.reason}" for one in reading.failures),
    )  # fmt: skip


def _review(judged: dict[str, str], record: str) -> Review:
    spoken: dict[str, Review] = {"accept": "accepted", "reject": "rejected"}
    return spoken.get(judged.get(record, ""), "open")


def _parties(event: Event) -> list[str | None]:
    return [party.actor for party in (*event.actors, *event.recipients)]


def _names(home: Found, ids: list[str | None]) -> tuple[tuple[str, str], ...]:
    found = (home.reading.actor(key) for key in ids if key)
    return tuple((actor.id, actor.name) for actor in found if actor)


def _size(limit: int) -> int:
    if not 1 <= limit <= MOST:
        raise UsageError(f"limit is 1 to {MOST}, not {limit}; `after` gives the next page")
    return limit
