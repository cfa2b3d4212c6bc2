"""The command that measures how fast reading is here."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from importlib import resources
from typing import Annotated

import typer

from diurna.cli_shell import (
    DONE,
    JsonOption,
    NoColorOption,
    consoles,
    examples,
    settings_for,
    spoken_errors,
    write_lines,
)
from diurna.console.bench import print_figures


def bench_command(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SOURCE", help="Reports to read; without any, the demo's.")
    ] = None,
    reports: Annotated[int, typer.Option("--reports", min=1, help="Read at most so many.")] = 100,
    workers: Annotated[
        int, typer.Option("--workers", min=0, max=256, metavar="N", help="Compare one process with N; 0: do not.")
    ] = 2,
    as_json: JsonOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Measure how fast reports are read here, beside a bare spaCy pass over the same texts, in one run."""
    from diurna.annotate.pipeline import AnnotateOptions
    from diurna.flow.bench import bench, machine_facts, reports_of, scaling

    with spoken_errors():
        settings = settings_for(None, None, no_color)
        found = reports_of(sources or _demo(), reports)
        figures = bench(found)
        scaled = scaling(found, workers, AnnotateOptions(engine="rules")) if workers > 1 else None
        if as_json:
            rows: list[dict[str, object]] = [
                {
                    **dataclasses.asdict(one),
                    "words_a_second": round(one.words_a_second, 1),
                    "reports_a_second": round(one.reports_a_second, 3),
                    "to_first": round(one.cpu / figures[0].cpu, 3),
                }
                for one in figures
            ]
            rows += [{**dataclasses.asdict(scaled), "ratio": round(scaled.ratio, 2)}] if scaled else []
            write_lines([*rows, {"machine": machine_facts()}])
        else:
            print_figures(figures, scaled, machine_facts(), consoles(settings)[0])
        raise typer.Exit(DONE)


def _demo() -> Sequence[str]:
    return [str(resources.files("diurna.demo").joinpath("reports.jsonl"))]


def register(app: typer.Typer) -> None:
    """Give the program this command."""
    lines = (
        "diurna bench",
        "diurna bench reports.jsonl --reports 300 --workers 4",
        "diurna bench --workers 0 --json",
    )
    app.command("bench", short_help="Measure how fast reports are read here.", epilog=examples(*lines))(bench_command)
