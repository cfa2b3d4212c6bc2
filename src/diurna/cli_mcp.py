"""The command that answers assistants."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from diurna.cli_ask import LedgerOption
from diurna.cli_shell import DONE, examples, settings_for, spoken_errors, write_lines
from diurna.errors import MissingPartError


def mcp_command(
    ledger: LedgerOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what to put into an assistant's settings as JSON, and leave.")
    ] = False,
) -> None:
    """Answer assistants: the ledger's search, reports, statements, gaps, commitments and timeline, read-only.

    The program speaks the Model Context Protocol on standard input and output until its input ends; assistants start
    it by themselves.
    """
    with spoken_errors():
        settings = settings_for(None, None, False, ledger)
        if as_json:
            write_lines([{"mcpServers": {"diurna": _how_to_start(settings.ledger)}}])
            raise typer.Exit(DONE)
        if find_spec("mcp") is None:
            raise MissingPartError("diurna mcp needs the mcp package: python -m pip install 'diurna[mcp]'")
        run_mcp(settings.ledger)
        raise typer.Exit(DONE)


def run_mcp(address: str) -> None:
    """Serve on standard input and output until the input ends.

    Raises:
        LedgerError: there is no ledger at the address.
    """
    from diurna.assistant.server import make_server
    from diurna.ledger.store import Ledger

    with Ledger(address) as ledger:
        ledger.counts()  # an address with no ledger is told now, not at the first question
        make_server(ledger).run("stdio")


def _how_to_start(address: str) -> dict[str, object]:
    program = Path(sys.argv[0]).resolve()
    place = address if "://" in address else str(Path(address).resolve())
    return {"command": str(program), "args": ["mcp", "--ledger", place]}


def register(app: typer.Typer) -> None:
    """Give the program this command."""
    lines = ("diurna mcp --ledger news.db --json", "diurna mcp --ledger news.db")
    app.command("mcp", short_help="Answer assistants over the ledger.", epilog=examples(*lines))(mcp_command)
