"""Neighbours' files into a ledger: deeds and commitments from elsewhere as readings, annotations as judgements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from diurna.errors import UsageError
from diurna.flow.openfile import lines_of
from diurna.imports import acled, commitments, gdelt, polecat, webannotation
from diurna.imports.deeds import Found, Passed
from diurna.imports.rows import BadRow
from diurna.imports.webannotation import Annotated
from diurna.ledger.outcome import Added
from diurna.ledger.store import BATCH_RECORDS, Ledger, weight
from diurna.ledger.writer import Fault
from diurna.model.record import Event, Reading, Statement, check_reading
from diurna.model.report import report_id
from diurna.model.span import Span, hull

Read = Callable[[Iterable[str], str], Iterator[Found]]

READERS: dict[str, Read] = {
    "polecat": lambda lines, _: polecat.read(lines),
    "gdelt": lambda lines, _: gdelt.read(lines),
    "acled": lambda lines, _: acled.read(lines),
    "commitments": commitments.read,
    "pax": lambda lines, _: commitments.read_pax(lines),
}
"""Formats whose rows become readings, by name; each is given the file's lines and its name."""

KEPT_FAILURES = 50
_ALIKE = 0.5
"""Least overlap (shared over joined characters) of an annotation's words with a record's."""


@dataclass(slots=True)
class Imported:
    """What an import has come to so far.

    Attributes:
        added: what became of the readings; judged: annotations kept as judgements; known: those kept before.
        passed: sound rows that hold nothing for us; failed: bad ones, of which `failures` names the first.
    """

    added: Added = field(default_factory=Added)
    judged: int = 0
    known: int = 0
    passed: int = 0
    failed: int = 0
    failures: list[str] = field(default_factory=list)

    def fail(self, where: str) -> None:
        """Count and name a bad row."""
        self.failed += 1
        if len(self.failures) < KEPT_FAILURES:
            self.failures.append(where)


def import_readings(name: str, paths: Iterable[str], ledger: Ledger) -> Iterator[Imported]:
    """Keep what the rows of these files tell; after every transaction what has become of them so far.

    What is in the ledger already changes nothing; a changed row is a new version of its report. Bad rows are recorded
    as failures of the run.

    Raises:
        SourceError: a file cannot be read; what was kept stays.
        LedgerError: the ledger cannot take it.
    """
    total = Imported()
    paths = tuple(paths)
    with ledger.run(f"import {name} {' '.join(paths)}") as run:
        waiting, faults, size = list[Reading](), list[Fault](), 0
        for path in paths:
            for found in READERS[name](lines_of(path), Path(path).name):
                if isinstance(found, Passed):
                    total.passed += 1
                elif isinstance(found, BadRow):
                    total.fail(f"{path}, line {found.line}: {found.reason}")
                    faults.append(Fault(f"{path}, line {found.line}", "import", found.reason))
                    size += 1
                else:
                    check_reading(found)
                    waiting.append(found)
                    size += weight(found)
                if size >= BATCH_RECORDS:
                    run.store(waiting, faults)
                    total.added, waiting, faults, size = run.total, [], [], 0
                    yield total
        if waiting or faults:
            run.store(waiting, faults)
        total.added = run.total
        yield total


def import_judgements(paths: Iterable[str], ledger: Ledger, by: str | None) -> Iterator[Imported]:
    """Keep what annotations say of records; after every file what has become of them so far.

    Args:
        by: who decides where an annotation does not say who made it.

    Raises:
        SourceError: a file cannot be read.
        UsageError: there is no ledger, or an annotation names nobody and neither does `by`.
    """
    total = Imported()
    for path in paths:
        for found in webannotation.read("\n".join(lines_of(path))):
            if isinstance(found, Passed):
                total.passed += 1
            elif isinstance(found, BadRow):
                total.fail(f"{path}, annotation {found.line}: {found.reason}")
            else:
                _judge(found, f"{path}, annotation {found.number}", ledger, by, total)
        yield total


def _judge(one: Annotated, where: str, ledger: Ledger, by: str | None, total: Imported) -> None:
    record = one.record or _record_shown(one, ledger)
    name = one.by or by
    if record is None:
        total.fail(f"{where}: no record stands at the words it shows")
        return
    if name is None:
        raise UsageError(f"{where} does not say who made it: say who decides with --by NAME")
    if any(
        (before.verdict, before.by, before.why) == (one.verdict, name, one.why) and before.person
        for before in ledger.view().judgements(record)
    ):
        total.known += 1
        return
    try:
        ledger.judge(record, one.verdict, by=name, why=one.why)
    except UsageError as fault:
        total.fail(f"{where}: {fault}")
    else:
        total.judged += 1


def _record_shown(one: Annotated, ledger: Ledger) -> str | None:
    """The record that shares most of the characters an annotation shows, if it shares at least half of them."""
    reading = _report(one.source or "", ledger)
    span = _located(one, reading.report.text) if reading else None
    if reading is None or span is None:
        return None
    records: list[Statement | Event] = [*reading.statements, *reading.events]
    scored = [(max(_overlap(span, other) for other in _spans(record)), record.id) for record in records]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return best[1] if best[0] >= _ALIKE else None


def _report(source: str, ledger: Ledger) -> Reading | None:
    view = ledger.view()
    for url in dict.fromkeys((source, source.split("#", 1)[0])):
        key = url if url.startswith("rp-") else report_id(url=url, outlet=None, source_id=None, title=None, text="")
        found = view.reading(key) if url else None
        if found is not None:
            return found
    return None


def _located(one: Annotated, text: str) -> Span | None:
    """Where the annotation's words stand: at its position if they do, else by its quotation with what is around it."""
    if one.position is not None and (one.quote is None or one.position.of(text) == one.quote):
        return one.position
    if one.quote is None:
        return None
    around = text.find(one.prefix + one.quote + one.suffix)
    if around >= 0:
        return Span(around + len(one.prefix), around + len(one.prefix) + len(one.quote))
    first = text.find(one.quote)
    return Span(first, first + len(one.quote)) if first >= 0 and text.count(one.quote) == 1 else None


def _spans(record: Statement | Event) -> list[Span]:
    return [record.evidence.span, hull(record.content.spans) if isinstance(record, Statement) else record.trigger]


def _overlap(one: Span, other: Span) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0, shared) / max(1, max(one.end, other.end) - min(one.start, other.start))
