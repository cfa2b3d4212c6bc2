"""The command that takes over what people have in other formats: actors, deeds, commitments, judgements."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diurna import console
from diurna.cli_actors import run_actors
from diurna.cli_ask import LedgerOption
from diurna.cli_links import run_link
from diurna.cli_shell import (
    DONE,
    FAILURES,
    STOPPED,
    JsonOption,
    consoles,
    examples,
    settings_for,
    spoken_errors,
    write_lines,
)
from diurna.errors import UsageError
from diurna.settings import ACTORS_FILE, Settings

if TYPE_CHECKING:
    from diurna.flow.importing import Imported

ACTORS = ("names", "ftm", "petrarch")
RECORDS = ("polecat", "gdelt", "acled", "commitments", "pax")
JUDGEMENTS = ("webannotation",)
_SAYS = {
    "names": "a CSV of names", "ftm": "FollowTheMoney entities", "petrarch": "a PETRARCH dictionary of actors",
    "polecat": "POLECAT events", "gdelt": "GDELT events", "acled": "ACLED events",
    "commitments": "a CSV of commitments", "pax": "PA-X agreements", "webannotation": "W3C Web Annotations",
}  # fmt: skip


def _completed(incomplete: str) -> list[str]:
    """The formats that begin so, for the shell."""
    return [name for name in _SAYS if name.startswith(incomplete)]


def import_command(
    name: Annotated[
        str, typer.Argument(metavar="FORMAT", help=f"One of: {' '.join(_SAYS)}.", autocompletion=_completed)
    ],
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Files, also gzipped or zipped.")],
    ledger: LedgerOption = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help=f"For actors: the file, {ACTORS_FILE} here.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="For annotations that do not say who made them.")
    ] = None,
    no_link: Annotated[bool, typer.Option("--no-link", help="Leave linking to `diurna link`.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no closing line; failures stay.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Take over what others have: actors for reading, deeds and commitments from elsewhere, people's judgements.

    A bad row is named by its line and stops nothing; exit code 1 says that there were some.
    """
    with spoken_errors():
        settings = settings_for(None, None, False, ledger)
        if name in ACTORS:
            raise typer.Exit(run_actors(files, settings, name, output, as_json=as_json, quiet=quiet))
        if name not in (*RECORDS, *JUDGEMENTS):
            raise UsageError(f"no import format {name!r}: it is one of {', '.join(_SAYS)}")
        if output is not None:
            raise UsageError(f"--output is for actors; {name} goes into the ledger: --ledger")
        code = _run_ledger(name, files, settings, by, as_json=as_json, quiet=quiet)
        if name in RECORDS and not no_link and code != STOPPED:
            code = _linked(settings, quiet=quiet or as_json) or code
        raise typer.Exit(code)


def _linked(settings: Settings, *, quiet: bool) -> int:
    """Link what was taken over, as `add` does."""
    from diurna.ledger.store import Ledger

    with Ledger(settings.ledger) as ledger:
        return run_link(ledger, consoles(settings)[1], as_json=False, quiet=quiet)


def _run_ledger(
    name: str, files: Sequence[str], settings: Settings, by: str | None, *, as_json: bool, quiet: bool
) -> int:
    from diurna.flow.importing import Imported, import_judgements, import_readings
    from diurna.ledger.store import Ledger

    err = consoles(settings)[1]
    total = Imported()
    try:
        with Ledger(settings.ledger) as kept, console.AddingProgress(err, wanted=not (quiet or as_json)) as progress:
            steps: Iterator[Imported] = (
                import_judgements(files, kept, by) if name in JUDGEMENTS else import_readings(name, files, kept)
            )
            for total in steps:
                progress.show(total.added.stored + total.added.known + total.judged)
    except KeyboardInterrupt:
        err.print("Stopped; what was taken over is kept. The same command goes on from there.", soft_wrap=True)
        return STOPPED
    console.print_failures(total.failures, total.failed, err)
    if as_json:
        write_lines([{"format": name, **dataclasses.asdict(total), "failures": total.failed}])
    elif not quiet:
        err.print(_said(name, total), soft_wrap=True)
    return FAILURES if total.failed else DONE


def _said(name: str, total: Imported) -> str:
    kept = total.judged if name in JUDGEMENTS else total.added.stored
    known = total.known if name in JUDGEMENTS else total.added.known
    parts = [f"{kept:,} taken over from {_SAYS[name]}"]
    parts += [f"{known:,} there already"] if known else []
    parts += [f"{total.passed:,} passed over that hold nothing for us"] if total.passed else []
    return ", ".join(parts) + "."


def register(app: typer.Typer) -> None:
    """Give the program this command."""
    lines = (
        "diurna import names people.csv",
        "diurna import petrarch Phoenix.Countries.actors.txt -o actors.jsonl",
        "diurna import gdelt 20251228.export.CSV.zip --ledger news.db",
        "diurna import pax pax_all_agreements.csv",
        "diurna import webannotation reviewed.jsonl --by 'A. Reader'",
    )
    app.command("import", short_help="Take over what others have.", epilog=examples(*lines))(import_command)
