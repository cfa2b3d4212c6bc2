"""Lists and tables beside the pages: many reports at a glance, failures, scores, the doctor's findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from diurna.console.dates import short_day
from diurna.console.ink import Heading, Notes, Trimmed, ink
from diurna.console.page import headline, unread
from diurna.flow.doctor import Finding
from diurna.flow.evaluate import Breach, Scores
from diurna.model.record import Reading

_LISTED = 10
"""Missed reports printed a gold file."""


def print_summary(readings: Sequence[Reading], console: Console) -> None:
    """Print a table with a line per report: what was found in it, told apart as words, deeds and gaps."""
    console.print(Heading("REPORTS", f"{len(readings)}", "strong"))
    console.print()
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="soft")
    table.add_column("published", no_wrap=True)
    table.add_column("outlet", no_wrap=True, max_width=20)
    table.add_column("report", ratio=1)
    for name, style in (
        ("words", "word"),
        ("deeds", "deed"),
        ("not deeds", "soft"),
        ("promised", "gap"),
        ("gaps", "gap"),
    ):
        table.add_column(name, justify="right", style=style)
    for reading in readings:
        table.add_row(*_row(reading))
    console.print(Trimmed(table))


def _row(reading: Reading) -> list[Text]:
    report = reading.report
    day = short_day(report.published or reading.anchor)
    facts = [
        ink(day if report.published else f"({day or 'unknown'})"),
        ink(report.outlet or "", "soft"),
        ink(headline(report)),
    ]
    if unread(reading):
        return [*facts, *(Text("✗") for _ in range(5))]
    deeds = sum(event.realis == "actual" for event in reading.events)
    counts = (
        len(reading.statements),
        deeds,
        len(reading.events) - deeds,
        len(reading.commitments),
        sum(gap.verdict == "gap" for gap in reading.gaps),
    )
    return [*facts, *(Text(str(count) if count else "·") for count in counts)]


def print_failures(failures: Sequence[str], total: int, console: Console) -> None:
    """Print what could not be read, each with its place and reason; `total` of them there are."""
    if not total:
        return
    console.print(Heading("FAILURES", f"{total:,}", "strong"))
    for failure in failures:
        console.print(ink(f"✗ {failure}"), soft_wrap=True)  # a log is searched by lines
    if total > len(failures):
        console.print(ink(f"… and {total - len(failures):,} more", "soft"))


_NEXT_STEPS = (
    ("diurna read FILE", "a page for a report of your own: text, HTML, JSONL, CSV, a folder"),
    ("diurna read FILE --json", "the same as records, each with the characters it rests on"),
    ("diurna demo --pages 15", "every page of the demo"),
    ("diurna doctor", "is everything there that reading needs"),
)


def print_next_steps(console: Console) -> None:
    """Print what to try after the demo, and that its world is invented."""
    console.print(Heading("NEXT", "", "strong"))
    console.print()
    table = Table.grid(padding=(0, 3, 0, 0))
    for command, what in _NEXT_STEPS:
        table.add_row(ink(command, "strong"), ink(what, "soft"))
    console.print(Trimmed(table))
    console.print()
    console.print(ink("Countries, people and outlets of the demo are invented.", "soft"))


def print_findings(findings: Iterable[Finding], console: Console) -> None:
    """Print the doctor's findings: what is there, what is not, how to get it."""
    marks = {"good": "✓", "optional": "–", "bad": "✗"}
    for finding in findings:
        console.print(
            Notes([ink(finding.detail, "soft")], lead=ink(f"{marks[finding.state]} {finding.name}"), indent=2)
        )
        if finding.remedy:
            console.print(Padding(ink(finding.remedy), (0, 0, 0, 4)))


def print_scores(scores: Scores, console: Console) -> None:
    """Print one gold file's figures as a table."""
    console.print(Heading(scores.gold, scores.kind, "strong"))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for figure in scores.figures:
        table.add_row(ink(figure.name, "soft"), ink("–" if figure.value is None else f"{figure.value:g}"))
    console.print(Trimmed(table))
    missed = [f"{one.report}: {one.reason}" for one in scores.missed[:_LISTED]]
    print_failures(missed, len(scores.missed), console)


def print_breaches(breaches: Sequence[Breach], compared: int, console: Console) -> None:
    """Print which figures are on the wrong side of their floor or ceiling, or that none is."""
    for one in breaches:
        console.print(ink(f"✗ {one.gold}: {one.figure} is {one.value}, {one.rule} {one.limit:g}"))
    if not breaches:
        console.print(ink(f"✓ {compared} figures hold" if compared else "no floor is set for these files"))
