"""A row of somebody else's data as a report whose text is the row: a line a filled cell, `Column: value`.

So a deed from elsewhere rests on characters like every other (law 1): on what the data set says, not on a text nobody
has. The outlet is the data set; its address, if any, stands in the text only, since the row is not what lies there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from diurna.imports.rows import Row
from diurna.model.record import Actor, ActorKind, Evidence, Party
from diurna.model.report import NO_LANGUAGE, Block, Report, content_hash, report_id
from diurna.model.span import Span, trim
from diurna.model.timevalue import TimeValue


@dataclass(frozen=True, slots=True)
class RowReport:
    """The report and where each cell's value stands in its text."""

    report: Report
    spans: dict[str, Span]

    def span(self, *columns: str) -> Span | None:
        """Where the first of these columns that is filled stands."""
        return next((self.spans[column] for column in columns if column in self.spans), None)

    def evidence(self, rule: str, *columns: str) -> Evidence:
        """Evidence from the first to the last of these cells; all of the row where none is filled."""
        known = [self.spans[column] for column in columns if column in self.spans]
        text = self.report.text
        span = Span(min(one.start for one in known), max(one.end for one in known)) if known else Span(0, len(text))
        return Evidence(span, span.of(text), rule, None)

    def id(self, kind: str, *parts: object) -> str:
        """The id of a record of this report."""
        return content_hash(kind, self.report.id, self.report.version, *parts)


def row_report(
    row: Row, dataset: str, key: str, *, published: TimeValue | None = None, prose: str | None = None
) -> RowReport:
    """The report of a row.

    Args:
        key: the data set's own id of it.
        prose: the column in which the data set tells in sentences what happened; it is the report's body.
    """
    text = f"{dataset} {key}"
    head = Span(0, len(text))
    spans: dict[str, Span] = {}
    text += "\n\n"
    body = len(text)
    for column, value in row.cells.items():
        plain = " ".join(value.split())
        text += f"{column}: "
        spans[column] = Span(len(text), len(text) + len(plain))
        text += f"{plain}\n"
    text = text.rstrip("\n")
    blocks = (Block("headline", head), *_blocks(text, Span(body, len(text)), spans.get(prose or "")))
    report = Report(
        id=report_id(url=None, outlet=dataset, source_id=key, title=None, text=text), source_id=key,
        version=content_hash("vs", text), title=head.of(text), url=None, outlet=dataset, author=None,
        published=published, language=NO_LANGUAGE, text=text, blocks=blocks,
    )  # fmt: skip
    return RowReport(report, spans)


def _blocks(text: str, rest: Span, prose: Span | None) -> Iterator[Block]:
    """The row's lines, out of which its prose stands as a block of its own."""
    parts = [rest] if prose is None else [Span(rest.start, prose.start), prose, Span(prose.end, rest.end)]
    for part in parts:
        inner = trim(text, *part)
        if inner.start < inner.end:
            yield Block("body" if part == prose else "other", inner)


def party(
    made: RowReport, column: str, kind: ActorKind, country: str | None, sector: str | None, role: str | None = None
) -> tuple[Party, Actor] | None:
    """Somebody named in a cell, as a party and as an actor; None where the cell is empty."""
    span = made.span(column)
    if span is None:
        return None
    name = span.of(made.report.text)
    actor = Actor(made.id("ac", name, *span), name, kind, country, sector, (role,) if role else (), (), (span,))
    return Party(span, name, actor.id, country, sector), actor
