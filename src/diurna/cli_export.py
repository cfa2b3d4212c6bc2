"""The command that hands records on in other people's formats."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diurna import console
from diurna.cli_ask import ActorOption, KnownOption, LedgerOption, OutletOption, ReportOption, SinceOption, UntilOption
from diurna.cli_shell import (
    DONE,
    STOPPED,
    JsonOption,
    consoles,
    examples,
    settings_for,
    spoken_errors,
    write_lines,
)
from diurna.errors import UsageError
from diurna.export.formats import FORMATS

LAKE = "lake"
if TYPE_CHECKING:
    from diurna.ledger.asking import Ask
    from diurna.ledger.view import View
    from diurna.model.record import Reading

_NAMES = " ".join((*FORMATS, LAKE))


def _completed(incomplete: str) -> list[str]:
    """The formats that begin so, for the shell."""
    return [name for name in _NAMES.split() if name.startswith(incomplete)]


def export_command(
    name: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of: {_NAMES}.", autocompletion=_completed)],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="The file to write; - is standard output.")
    ],
    ledger: LedgerOption = None,
    actor: ActorOption = None,
    outlet: OutletOption = None,
    report: ReportOption = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="WORDS", help="Only reports in which these words stand.")
    ] = None,
    story: Annotated[str | None, typer.Option("--story", metavar="ID", help="Only reports of this story.")] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    as_known_on: KnownOption = None,
    title: Annotated[str | None, typer.Option("--title", help="What html and datapackage say they are about.")] = None,
    license_: Annotated[
        str | None, typer.Option("--license", metavar="NAME", help="Licence that html and datapackage name.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no closing line.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write the ledger's records in a format others read.

    Formats of deeds (polecat, gdelt, plover, acled, timelinejs, geojson, gexf, graphml) hold what is actual and told in
    a report's own voice, nothing else. Rejected records are in no file.
    """
    from diurna.export.format import About
    from diurna.export.formats import format_named
    from diurna.flow.exporting import with_links, write_file
    from diurna.ledger.asking import Ask
    from diurna.ledger.store import Ledger

    with spoken_errors():
        if name.rstrip("/") == LAKE:
            if outlet or report or since or until or as_known_on:
                raise UsageError("a lake holds the whole ledger: ask the lake for an outlet, days or a moment")
            raise typer.Exit(_export_lake(output, ledger, force=force, as_json=as_json))
        chosen = format_named(name)
        settings = settings_for(None, None, False, ledger)
        about = About(title, license_)
        ask = Ask(actor=actor, outlet=outlet, report=report, since=since, until=until)
        with Ledger(settings.ledger) as kept:
            view = kept.view(as_known_on=as_known_on)
            asked = _asked(view, ask, search, story)
            if name == "html":
                about = with_links(about, view, asked())
            readings = asked()
            if output == "-":
                if as_json:
                    raise UsageError("--json says what was written, so it needs a file: -o FILE")
                for piece in chosen.pieces(readings, about):
                    sys.stdout.buffer.write(piece)
                raise typer.Exit(DONE)
            err = consoles(settings)[1]
            try:
                with console.WritingProgress(err, wanted=not (quiet or as_json)) as progress:
                    count = write_file(name, readings, Path(output), over=force, about=about, seen=progress.show)
            except KeyboardInterrupt:
                err.print(f"Stopped; {output} was not written.", soft_wrap=True)
                raise typer.Exit(STOPPED) from None
        if as_json:
            write_lines([{"to": output, "format": name, "reports": count}])
        elif not quiet:
            reports = f"{count:,} {'report' if count == 1 else 'reports'}"
            typer.echo(f"{reports} written to {output} as {name}: {chosen.says}", err=True)
        raise typer.Exit(DONE)


def _export_lake(output: str, ledger: str | None, *, force: bool, as_json: bool) -> int:
    from diurna.console.progress import AddingProgress
    from diurna.ledger.lake.exporting import write_lake
    from diurna.ledger.store import Ledger

    if output == "-":
        raise UsageError("a lake is a folder: name one with -o")
    settings, count = settings_for(None, None, False, ledger), 0
    _, err = consoles(settings)
    with Ledger(settings.ledger) as kept, AddingProgress(err, wanted=not as_json) as progress:
        progress.expect(kept.counts()["readings"])
        for count in write_lake(kept, Path(output), over=force):
            progress.show(count)
    if as_json:
        write_lines([{"to": output, "format": LAKE, "reports": count}])
    else:
        typer.echo(f"{count:,} versions of reports written to {output}: ask them with diurna.Lake", err=True)
    return DONE


def _asked(view: View, ask: Ask, search: str | None, story: str | None) -> Callable[[], Iterator[Reading]]:
    """What gives the readings asked for, again whenever it is called."""
    from diurna.flow.exporting import about_readings, kept_readings, story_readings

    if search and story:
        raise UsageError("--search and --story exclude each other")
    if search:
        return partial(about_readings, view, search, ask)
    return partial(story_readings, view, story, ask) if story else partial(kept_readings, view, ask)


def register(app: typer.Typer) -> None:
    """Give the program this command."""
    lines = (
        "diurna export csv -o records.csv",
        "diurna export polecat -o deeds.tsv --since 2025-12-01 --ledger news.db",
        "diurna export html -o dossier.html --search 'weapons AND valley' --title 'The hand-over'",
        "diurna export datapackage -o records.zip --license CC-BY-4.0",
        "diurna export geojson -o - | head",
        "diurna export lake -o news-lake/ --ledger news.db",
    )
    app.command("export", short_help="Write records in a format others read.", epilog=examples(*lines))(export_command)
