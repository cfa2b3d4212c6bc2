"""The commands: each takes its flags apart, calls a plain function of `flow`, and prints what comes back."""

from __future__ import annotations

import dataclasses
import os
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from diurna import (
    __version__,
    cli_ask,
    cli_bench,
    cli_export,
    cli_import,
    cli_ledger,
    cli_links,
    cli_mcp,
    cli_serve,
    cli_watch,
    console,
)
from diurna.cli_many import run_many
from diurna.cli_shell import (
    DONE,
    FAILURES,
    KEPT,
    STOPPED,
    WRONG_USE,
    EngineOption,
    JsonOption,
    NoColorOption,
    WidthOption,
    WorkersOption,
    consoles,
    day_option,
    examples,
    settings_for,
    spoken_errors,
    write_lines,
)
from diurna.errors import UsageError
from diurna.flow.doctor import Finding, examine
from diurna.flow.evaluate import Breach, EvalJob, Floors, Scores, evaluate, load_floors
from diurna.flow.reading import ReadJob, read_reports
from diurna.model.record import Reading
from diurna.settings import Settings
from diurna.sources.reader import SourceFailure

__all__ = ["DONE", "FAILURES", "STOPPED", "WRONG_USE", "app", "main"]

_DEMO_PAGES = 2

app = typer.Typer(
    name="diurna",
    help="Reads political news and keeps the ledger of words and deeds, every record pinned to its characters.",
    epilog="Exit codes: 0 done, 1 done with failures (they are listed), 2 wrong use, 130 stopped.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback(invoke_without_command=True)
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.", is_eager=True)] = False,
) -> None:
    """Options of the program itself."""
    if version:
        typer.echo(f"diurna {__version__}")
        raise typer.Exit(DONE)


@app.command(
    "read",
    short_help="Print the records of reports.",
    epilog=examples(
        "diurna read report.html",
        "diurna read report.txt --published 2025-12-28",
        "diurna read reports.jsonl.gz --json > records.jsonl",
        "diurna read 'inbox/*.html' --engine rules --width 100 --no-color | less",
        "diurna read https://www.state.gov/press-releases/feed/",
        "diurna read archive/*.warc.gz --lake news-lake/ --ray local --workers 8",
        "cat report.txt | diurna read - --quiet",
    ),
)
def read_command(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE", help="File, folder, glob, web address, or - for stdin.")
    ],
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="Day the reports are of, e.g. 2025-12-28.")
    ] = None,
    engine: EngineOption = None,
    workers: WorkersOption = None,
    lake: Annotated[
        Path | None, typer.Option("--lake", metavar="FOLDER", help="Write Parquet files by day instead of printing.")
    ] = None,
    ray: Annotated[
        str | None, typer.Option("--ray", metavar="local|ADDRESS", help="With --lake: read by Ray's workers.")
    ] = None,
    as_json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no closing line; failures stay.")] = False,
    no_color: NoColorOption = False,
    width: WidthOption = None,
) -> None:
    """Print the records of reports: who said what, who did what to whom. Keeps nothing."""
    with spoken_errors():
        if ray and lake is None:
            raise UsageError("--ray reads into a lake: name its folder with --lake")
        settings = settings_for(engine, width, no_color)
        job = ReadJob(
            tuple(sources),
            day_option(published),
            settings.engine,
            settings.pipeline,
            workers,
            settings.annotators,
            settings.budget,
            settings.actors,
        )
        if lake is not None:
            raise typer.Exit(run_many(job, lake, ray, settings, as_json=as_json, quiet=quiet))
        raise typer.Exit(run_read(job, settings, as_json=as_json, quiet=quiet))


@app.command(
    "demo",
    short_help="Read the reports that come with Diurna.",
    epilog=examples(
        "diurna demo",
        "diurna demo --pages 15 --engine rules",
        "diurna demo --json > demo.jsonl",
        "diurna demo --no-color --width 80",
    ),
)
def demo_command(
    pages: Annotated[int, typer.Option("--pages", min=0, help="Print this many of the richest reports.")] = _DEMO_PAGES,
    engine: EngineOption = None,
    as_json: JsonOption = False,
    no_color: NoColorOption = False,
    width: WidthOption = None,
) -> None:
    """Read the fifteen invented reports that come with Diurna and print what was found."""
    with spoken_errors():
        settings = settings_for(engine, width, no_color)
        raise typer.Exit(run_demo(settings, pages=pages, as_json=as_json))


@app.command(
    "eval",
    short_help="Score the reading against gold.",
    epilog=examples(
        "diurna eval gold/statements/polnear_dev.jsonl --engine rules",
        "diurna eval gold/times/gum.jsonl --records records.jsonl --json",
        "diurna eval gold/*/*.jsonl --floors tests/gold/floors.json --no-color",
    ),
)
def eval_command(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD", help="Gold files, their kind known by their fields.")],
    records: Annotated[
        Path | None, typer.Option("--records", metavar="FILE", help="Score this output of `diurna read --json`.")
    ] = None,
    floors: Annotated[
        Path | None, typer.Option("--floors", metavar="FILE", help="Exit 1 where a figure is under its floor.")
    ] = None,
    engine: EngineOption = None,
    as_json: JsonOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Score the reading against gold files of statements, events or times."""
    with spoken_errors():
        settings = settings_for(engine, None, no_color)
        limits = load_floors(floors) if floors else None
        jobs = [EvalJob(path, records, settings.engine, settings.pipeline) for path in gold]
        raise typer.Exit(run_eval(jobs, limits, settings, as_json=as_json))


@app.command(
    "doctor",
    short_help="Say what is missing and how to get it.",
    epilog=examples("diurna doctor", "diurna doctor --engine rules --no-color", "diurna doctor --json"),
)
def doctor_command(engine: EngineOption = None, as_json: JsonOption = False, no_color: NoColorOption = False) -> None:
    """Look whether everything that reading needs is there and works, and say how to get what is not."""
    with spoken_errors():
        settings = settings_for(engine, None, no_color)
        raise typer.Exit(run_doctor(settings, as_json=as_json))


@dataclass(slots=True)
class Tally:
    """What a run has come to so far."""

    reports: int = 0
    statements: int = 0
    deeds: int = 0
    gaps: int = 0
    failed: int = 0
    failures: list[str] = field(default_factory=list)  # the first KEPT of them, so that memory stays flat

    def take(self, found: Reading | SourceFailure) -> None:
        """Count one more report or failure."""
        if isinstance(found, SourceFailure):
            self._fail([f"{found.where}: {found.reason}" if found.where else found.reason])
            return
        self.reports += 1
        self.statements += len(found.statements)
        self.deeds += sum(event.realis == "actual" for event in found.events)
        self.gaps += sum(gap.verdict == "gap" for gap in found.gaps)
        name = found.report.source_id or found.report.url or found.report.title or found.report.id
        self._fail([f"{name}: {failure.stage}: {failure.reason}" for failure in found.failures])

    def _fail(self, lines: list[str]) -> None:
        self.failed += len(lines)
        self.failures += lines[: max(0, KEPT - len(self.failures))]

    def line(self) -> str:
        """The tally in words."""
        found = f"{self.statements:,} statements, {self.deeds:,} deeds, {self.gaps:,} gaps"
        failed = f", {self.failed:,} {'failure' if self.failed == 1 else 'failures'}" if self.failed else ""
        return f"{self.reports:,} {'report' if self.reports == 1 else 'reports'}: {found}{failed}"


def run_read(job: ReadJob, settings: Settings, *, as_json: bool, quiet: bool) -> int:
    """Read and print; the exit code."""
    out, err = consoles(settings)
    tally, began = Tally(), time.monotonic()
    try:
        with console.ReadingProgress(err, wanted=not quiet) as progress:
            for found in read_reports(job):
                if not isinstance(found, SourceFailure):
                    if sys.stdout.isatty():
                        progress.hide()
                    _print_one(found, out, as_json=as_json)
                tally.take(found)
                progress.count()
    except KeyboardInterrupt:
        err.print(f"Stopped after {tally.line()}.", soft_wrap=True)
        return STOPPED
    console.print_failures(tally.failures, tally.failed, err)
    if not quiet and tally.reports > 1:
        err.print(f"{tally.line()}, in {time.monotonic() - began:.1f} s", soft_wrap=True)
    return FAILURES if tally.failed else DONE


def run_demo(settings: Settings, *, pages: int, as_json: bool) -> int:
    """Read the demo's reports and print them; the exit code."""
    out, err = consoles(settings)
    tally = Tally()
    readings: list[Reading] = []
    with resources.as_file(resources.files("diurna").joinpath("demo/reports.jsonl")) as path:
        for found in read_reports(
            ReadJob(
                (str(path),),
                None,
                settings.engine,
                settings.pipeline,
                1,
                settings.annotators,
                settings.budget,
                settings.actors,
            )
        ):
            tally.take(found)
            if not isinstance(found, SourceFailure):
                readings.append(found)
    if as_json:
        write_lines(reading.to_dict() for reading in readings)
    else:
        for reading in sorted(readings, key=_richness, reverse=True)[:pages]:
            console.print_reading(reading, out)
        console.print_summary(readings, out)
        console.print_next_steps(out)
    console.print_failures(tally.failures, tally.failed, err)
    return FAILURES if tally.failed else DONE


def run_eval(jobs: Sequence[EvalJob], limits: Floors | None, settings: Settings, *, as_json: bool) -> int:
    """Score and print; the exit code is 1 where a figure breaks its limit."""
    out, _ = consoles(settings)
    breaches: list[Breach] = []
    for job in jobs:
        scores = evaluate(job)
        broken = limits.breaches(job.gold, scores) if limits else ()
        breaches += broken
        if as_json:
            write_lines([_scores_row(scores, broken)])
        else:
            console.print_scores(scores, out)
    if limits and not as_json:
        console.print_breaches(breaches, sum(len(limits.of(job.gold)) for job in jobs), out)
    return FAILURES if breaches else DONE


def run_doctor(settings: Settings, *, as_json: bool) -> int:
    """Examine and print; the exit code is 1 where something needed is missing."""
    findings = examine(settings, os.environ)
    if as_json:
        write_lines(dataclasses.asdict(finding) for finding in findings)
    else:
        console.print_findings(findings, consoles(settings)[0])
    return FAILURES if any(_is_bad(finding) for finding in findings) else DONE


def _is_bad(finding: Finding) -> bool:
    return finding.state == "bad"


def _print_one(reading: Reading, out: Console, *, as_json: bool) -> None:
    if as_json:
        write_lines([reading.to_dict()])
    else:
        console.print_reading(reading, out)
        sys.stdout.flush()


def _richness(reading: Reading) -> tuple[int, int, int]:
    gaps = sum(gap.verdict == "gap" for gap in reading.gaps)
    return (gaps, len(reading.commitments), len(reading.statements) + len(reading.events))


def _scores_row(scores: Scores, broken: Iterable[Breach]) -> dict[str, object]:
    return {
        "gold": scores.gold,
        "kind": scores.kind,
        "figures": {figure.name: figure.value for figure in scores.figures},
        "missed": [miss._asdict() for miss in scores.missed],
        "breaches": [breach._asdict() for breach in broken],
    }


cli_ledger.register(app)
cli_watch.register(app)
cli_export.register(app)
cli_import.register(app)
cli_ask.register(app)
cli_links.register(app)
cli_serve.register(app)
cli_mcp.register(app)
cli_bench.register(app)


def main() -> None:
    """Run the program."""
    app()
