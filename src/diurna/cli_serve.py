"""The commands of the reading room: serve, and users for its accounts."""

from __future__ import annotations

import getpass
import tempfile
import time
from contextlib import ExitStack
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diurna.cli_ask import LedgerOption
from diurna.cli_shell import (
    DONE,
    EngineOption,
    JsonOption,
    NoColorOption,
    consoles,
    examples,
    settings_for,
    spoken_errors,
    write_lines,
)
from diurna.errors import UsageError
from diurna.settings import Settings

if TYPE_CHECKING:
    from diurna.web.room import RoomOptions

PORT = 8620


def serve_command(
    host: Annotated[str, typer.Option("--host", metavar="NAME", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = PORT,
    ledger: LedgerOption = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Show the demo's reports, in a ledger that is not kept.")
    ] = False,
    users: Annotated[
        Path | None, typer.Option("--users", metavar="FILE", help="Accounts: visitors must log in.")
    ] = None,
    answers_to: Annotated[
        list[str] | None,
        typer.Option("--answers-to", metavar="NAME", help="One more name browsers may ask for; several times."),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who judges, where there are no accounts.")
    ] = None,
    engine: EngineOption = None,
    as_json: JsonOption = False,
    no_color: NoColorOption = False,
) -> None:
    """Open the reading room: the ledger in a browser."""
    with spoken_errors(), ExitStack() as stack:
        settings = settings_for(engine, None, no_color, ledger)
        if demo and ledger:
            raise UsageError("--demo brings its own ledger: leave --ledger out")
        address = stack.enter_context(_demo_ledger(settings)) if demo else settings.ledger
        options = _options(address, settings, host, users, tuple(answers_to or ()), by)
        run_serve(options, host, port, settings, as_json=as_json)
        raise typer.Exit(DONE)


def _options(
    address: str, settings: Settings, host: str, users: Path | None, more: tuple[str, ...], by: str | None
) -> RoomOptions:
    from diurna.web.room import LOOPBACK, RoomOptions

    if host not in LOOPBACK and users is None:
        raise UsageError(f"{host} can be reached by others: open it with --users FILE, so that they must log in")
    hosts = tuple(sorted({*LOOPBACK, *more, *(() if host in ("0.0.0.0", "::") else (host,))}))  # noqa: S104 - a name, nothing is bound here
    return RoomOptions(
        address,
        by=by or getpass.getuser(),
        engine=settings.engine,
        pipeline=settings.pipeline,
        annotators=settings.annotators,
        budget=settings.budget,
        actors=settings.actors,
        users=users,
        hosts=hosts,
    )


def run_serve(options: RoomOptions, host: str, port: int, settings: Settings, *, as_json: bool = False) -> None:
    """Serve until stopped; where it is open is printed, as JSON on standard output where that is wanted.

    Raises:
        UsageError: the port is taken, or there are accounts and nobody could log in.
    """
    import socket

    import uvicorn

    from diurna.web.accounts import Accounts
    from diurna.web.app import create_app

    if options.users is not None and not Accounts(options.users).all():
        raise UsageError(f"{options.users} has no account: add one with `diurna users {options.users} NAME keeper`")
    app = create_app(options)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:  # else small answers wait 40 ms
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen(128)  # who comes before the room has opened waits
        except OSError as fault:
            raise UsageError(
                f"cannot listen on {host} port {port}: {fault.strerror}; name another with --port"
            ) from None
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}/"
        if as_json:
            write_lines([{"address": address}])
        else:
            consoles(settings)[1].print(f"The reading room is open at {address} (Ctrl+C closes it)", soft_wrap=True)
        config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=3)
        uvicorn.Server(config).run(sockets=[listening])


class _demo_ledger:  # noqa: N801 - used as a function, like what contextlib makes
    """A ledger of the demo's reports in a folder that goes away with it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = tempfile.TemporaryDirectory(prefix="diurna-demo-", ignore_cleanup_errors=True)

    def __enter__(self) -> str:
        address = str(Path(self._folder.name) / "demo.db")
        fill_demo(address, self._settings)
        dress_demo(address)
        return address

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


def fill_demo(address: str, settings: Settings) -> None:
    """Read the demo's reports into a ledger."""
    from diurna.flow.ingest import IngestJob, ingest
    from diurna.flow.linking import link
    from diurna.flow.reading import ReadJob
    from diurna.ledger.store import Ledger
    from diurna.sources.reader import read_incoming

    err = consoles(settings)[1]
    err.print("Reading the demo's reports ...", soft_wrap=True)
    demo = resources.files("diurna").joinpath("demo/reports.jsonl")
    job = ReadJob(
        ("the demo's reports",),  # what the run is called; where they lie on this machine is nobody's business
        engine=settings.engine,
        pipeline=settings.pipeline,
        annotators=settings.annotators,
        budget=settings.budget,
        actors=settings.actors,
    )
    with resources.as_file(demo) as path, Ledger(address) as ledger:
        for _step in ingest(IngestJob(job), ledger, read_incoming((str(path),), job.read_options)):
            pass
        for _linked in link(ledger):
            pass


def dress_demo(address: str) -> None:
    """What else a room has to show: two invented people's judgements, feeds that are followed, one that failed."""
    from diurna.flow.dossier import Dossier
    from diurna.flow.watchstate import FeedState, save_states
    from diurna.ledger.store import Ledger
    from diurna.ledger.writer import Fault

    with Ledger(address) as ledger:
        gaps = [one.record.id for one in ledger.gaps() if one.record.verdict == "gap"][:4]
        for record in gaps[:3]:
            ledger.judge(record, "accept", by="Nell", why="Both passages are about the same thing.")
        for number, record in enumerate(gaps[1:]):
            ledger.judge(record, "reject" if number else "accept", by="Idris")
        feeds = tuple(
            f"https://{outlet}.example/feed" for outlet in ("harbourgazette", "lowlandcourier", "northernwire")
        )
        soon = time.time() + 900
        states = {feed: FeedState(next_at=soon, failures=3 * (feed == feeds[1])) for feed in feeds}
        save_states(ledger, Dossier("Weapons of the Harrow valley", feeds, ("weapons", "hand-over")), states)
        ledger.add_batch([], [Fault(feeds[1], "fetch", "it did not answer in time")])


def users_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file of accounts; made where there is none.")],
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Whose account; without it, all are listed.")
    ] = None,
    role: Annotated[str | None, typer.Argument(metavar="ROLE", help="reader, reviewer or keeper.")] = None,
    drop: Annotated[bool, typer.Option("--drop", help="Take the account out.")] = False,
    password_file: Annotated[
        Path | None, typer.Option("--password-file", metavar="FILE", help="Read the password from here, do not ask.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List, add, change or take out accounts of the reading room. A reader looks, a reviewer judges, a keeper adds."""
    from diurna.web.accounts import ROLES, Accounts

    with spoken_errors():
        accounts = Accounts(file)
        if name is None:
            rows: list[dict[str, object]] = [{"name": one.name, "role": one.role} for one in accounts.all()]
            if as_json:
                write_lines(rows)
            else:
                typer.echo("\n".join(f"{row['name']}\t{row['role']}" for row in rows))
        elif drop:
            accounts.drop(name, getpass.getuser())
        else:
            known = next((one for one in ROLES if one == role), None)
            if known is None:
                raise UsageError(f"name a role: {', '.join(ROLES)}")
            accounts.put(name, known, _password(password_file), getpass.getuser())
        raise typer.Exit(DONE)


def _password(file: Path | None) -> str:
    if file is None:
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    try:
        return file.read_text(encoding="utf-8").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError) as fault:
        raise UsageError(f"{file} holds no password: {fault}") from None


def register(app: typer.Typer) -> None:
    """Give the program these commands."""
    lines = ("diurna serve --demo", "diurna serve --ledger news.db --port 8000", "diurna serve --users accounts.json")
    app.command("serve", short_help="Open the ledger in a browser.", epilog=examples(*lines))(serve_command)
    lines = (
        "diurna users accounts.json",
        "diurna users accounts.json mara keeper",
        "diurna users accounts.json mara --drop",
    )
    app.command("users", short_help="Accounts of the reading room.", epilog=examples(*lines))(users_command)
