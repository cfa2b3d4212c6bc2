"""The figures of `diurna bench` as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from diurna.console.ink import Heading, ink
from diurna.flow.bench import Figure, Scaling


def print_figures(
    figures: Sequence[Figure], scaled: Scaling | None, facts: Mapping[str, str], console: Console
) -> None:
    """Print a line a contender, the first being what the others are measured against."""
    first = figures[0]
    console.print(Heading("SPEED", f"{first.reports:,} reports, {first.words:,} words", "strong"))
    console.print()
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="soft")
    table.add_column("", no_wrap=True)
    for name in ("words a CPU second", "reports a CPU second", "time to the first", "memory, MB", "found"):
        table.add_column(name, justify="right")
    for one in figures:
        memory = f"{one.memory / 1e6:,.0f}" if one.memory else "?"
        times = f"{one.cpu / first.cpu:.2f}" if first.cpu else "?"
        row = (one.name, f"{one.words_a_second:,.0f}", f"{one.reports_a_second:.2f}", times, memory, f"{one.found:,}")
        table.add_row(*map(ink, row))
    console.print(table)
    console.print()
    if scaled:
        console.print(f"{scaled.workers} processes read {scaled.ratio:.2f} times as fast as one (time on the wall)")
    console.print(", ".join(f"{name} {value}" for name, value in facts.items()), style="soft", soft_wrap=True)
