"""What a dossier keeps of the reports as they come: its rows and articles, in temporary files until they are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import groupby
from types import TracebackType
from typing import Self

from diurna.export.dossier.between import Between
from diurna.export.dossier.elements import markup
from diurna.export.dossier.records import actor_facts, actor_row, commitment_rows, day_rows, gap_articles
from diurna.export.dossier.reports import report_section
from diurna.export.dossier.words import day_of
from diurna.export.format import About, deeds, is_name
from diurna.export.spill import Spill
from diurna.model.record import Reading


class Kept:
    """A dossier's parts. A context manager: its files go when it ends.

    Attributes:
        reports: sections, by day, id and name.
        gaps, commitments: articles and rows by their reports' days and ids.
        records: rows of words and deeds by their own days and ids.
        between: gaps and commitments that hold between reports.
        outlets, statements, deeds, days: what the front says; days are the first and the last, "" where none is known.
    """

    def __init__(self, about: About) -> None:
        self._stack = ExitStack()
        self.reports, self.gaps, self.commitments, self.records, self._facts = (
            self._stack.enter_context(Spill()) for _ in range(5)
        )
        self.between = Between(about)
        self.outlets = set[str]()
        self.statements = self.deeds = 0
        self.days = ("", "")
        self.gap_count = len(about.gaps) + about.more_gaps

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def take(self, reading: Reading) -> None:
        """Keep what is shown of a report."""
        report, day = reading.report, day_of(reading)
        self._count(reading, day)
        self.between.look(reading)
        for gap in gap_articles(reading):
            self.gap_count += 1
            self.gaps.add(day, report.id, body=markup(gap))
        for row in commitment_rows(reading):
            self.commitments.add(day, report.id, body=markup(row))
        for first, record, row in day_rows(reading):
            self.records.add(first, record, body=markup(row))
        for fact in actor_facts(reading):
            self._facts.add(*fact)
        name = report.title or report.id
        self.reports.add(day, report.id, name, body=markup(report_section(reading)) + b"\n")

    def _count(self, reading: Reading, day: str) -> None:
        self.statements += len(reading.statements)
        self.deeds += len(deeds(reading))
        if reading.report.outlet:
            self.outlets.add(reading.report.outlet)
        if day:
            self.days = (min(self.days[0] or day, day), max(self.days[1], day))

    def actor_rows(self) -> Iterator[bytes]:
        """Who is named or is in several reports, those of most reports first; "14 people" of one report are not."""
        with Spill() as rows:
            for name, facts in groupby(self._facts.ordered(), lambda fact: str(fact[0])):
                reports, known = 0, dict[str, set[str]]()
                for _, kind, fact in facts:
                    if kind == "report":
                        reports += 1
                    else:
                        known.setdefault(kind, set()).add(fact)
                if reports > 1 or is_name(name):
                    rows.add(-reports, name, body=markup(actor_row(name, known, reports)))
            yield from rows.bodies()
