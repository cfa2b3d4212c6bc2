"""The command that hands records on in other people's formats."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from diurna.cli_ask import LedgerOption
from diurna.cli_shell import DONE, JsonOption, examples, settings_for, spoken_errors, write_lines
from diurna.errors import UsageError
from diurna.export.formats import FORMATS

_NAMES = " ".join(FORMATS)


def export_command(
    name: Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of: {_NAMES}.")],
    output: Annotated[
        str, typer.Option("-o", "--output", metavar="FILE", help="The file to write; - is standard output.")
    ],
    ledger: LedgerOption = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="Only this outlet's reports.")] = None,
    report: Annotated[str | None, typer.Option("--report", metavar="ID", help="Only this report.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Published on this day or later.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Published on this day or before.")
    ] = None,
    as_known_on: Annotated[
        str | None, typer.Option("--as-known-on", metavar="DATE", help="As the ledger stood at the end of that day.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Write the ledger's records in a format others read.

    Formats of deeds (polecat, gdelt, plover, timelinejs, geojson, gexf, graphml) hold what is actual and told in a
    report's own voice, nothing else. Rejected records are in no file.
    """
    from diurna.export.formats import format_named
    from diurna.flow.exporting import kept_readings, write_file
    from diurna.ledger.asking import Ask
    from diurna.ledger.store import Ledger

    with spoken_errors():
        chosen = format_named(name)
        settings = settings_for(None, None, False, ledger)
        ask = Ask(outlet=outlet, report=report, since=since, until=until)
        with Ledger(settings.ledger) as kept:
            view = kept.view(as_known_on=as_known_on)
            readings = kept_readings(view, ask)
            if output == "-":
                if as_json:
                    raise UsageError("--json says what was written, so it needs a file: -o FILE")
                for piece in chosen.write(readings):
                    sys.stdout.buffer.write(piece)
                raise typer.Exit(DONE)
            count = write_file(name, readings, Path(output), over=force)
        if as_json:
            write_lines([{"to": output, "format": name, "reports": count}])
        else:
            typer.echo(f"{count:,} reports written to {output} as {name}: {chosen.says}", err=True)
        raise typer.Exit(DONE)


def register(app: typer.Typer) -> None:
    """Give the program this command."""
    lines = (
        "diurna export csv -o records.csv",
        "diurna export polecat -o deeds.tsv --since 2025-12-01 --ledger news.db",
        "diurna export geojson -o - | head",
    )
    app.command("export", short_help="Write records in a format others read.", epilog=examples(*lines))(export_command)
