"""What all commands share: exit codes, options, settings, consoles, JSON lines, errors said in a sentence."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from diurna import console
from diurna.errors import DiurnaError, UsageError
from diurna.settings import Flags, Settings, load_settings

DONE, FAILURES, WRONG_USE, STOPPED = 0, 1, 2, 130
"""Exit codes; 130 is the shells' own for a run the user stopped."""

_MEASURE = 120
"""Widest page unless a width is asked for: longer lines are hard to find the next one from."""

KEPT = 50
"""Failures listed; the rest are counted, a folder of the wrong kind has thousands alike."""


def examples(*lines: str) -> str:
    """The end of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)  # \b: keep the lines as they are


class EngineChoice(StrEnum):
    """Values of --engine."""

    auto = "auto"
    rules = "rules"


EngineOption = Annotated[
    EngineChoice | None, typer.Option("--engine", help="rules: no learned model; auto: one where it is installed.")
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        "--workers", min=1, max=256, metavar="N", show_default=False,
        help="Processes that read; by default one a core where there is enough to read.",
    ),
]  # fmt: skip
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line, instead of a page.")]
NoColorOption = Annotated[bool, typer.Option("--no-color", help="Print without colour or any other terminal code.")]
WidthOption = Annotated[int | None, typer.Option("--width", help="Columns of a page, 40 to 400.", show_default=False)]


def write_lines(rows: Iterable[dict[str, object]]) -> None:
    """Write JSON lines in UTF-8 whatever the terminal's encoding, each whole and flushed before the next is made."""
    for row in rows:
        line = json.dumps(row, ensure_ascii=False) + "\n"
        try:
            data = line.encode("utf-8")
        except UnicodeEncodeError:  # lone surrogates, as broken JSON input can carry them
            data = (json.dumps(row) + "\n").encode("ascii")
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def settings_for(engine: EngineChoice | None, width: int | None, no_color: bool, ledger: str | None = None) -> Settings:
    """The settings in force: these flags over variables over the file."""
    color = False if no_color else None
    flags = Flags(engine=engine.value if engine else None, width=width, color=color, ledger=ledger)
    return load_settings(flags, os.environ, Path.cwd())


def day_option(text: str | None) -> str | None:
    """A day given with --published."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"--published {text!r} is no day: write it as 2025-12-28") from None


def consoles(settings: Settings) -> tuple[Console, Console]:
    """Where pages and where progress and failures go."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot show “ ” shows ? and does not stop the run
    err = console.make_console(color=settings.color, stderr=True)
    out = console.make_console(color=settings.color, width=settings.width)
    if settings.width is None and out.width > _MEASURE:
        out = console.make_console(color=settings.color, width=_MEASURE)
    return out, err


@contextmanager
def spoken_errors() -> Iterator[None]:
    """Say errors in a sentence on stderr and leave with the right code; a reader that went away is no error."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # so that the interpreter's own last flush finds a reader
        raise typer.Exit(DONE) from None
    except DiurnaError as fault:
        typer.echo(f"diurna: {fault}", err=True)
        raise typer.Exit(WRONG_USE if isinstance(fault, UsageError) else FAILURES) from None
