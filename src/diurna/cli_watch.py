"""The command that follows feeds."""

from __future__ import annotations

import dataclasses
import datetime as dt
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event
from typing import Annotated

import typer

from diurna import console
from diurna.cli_ask import LedgerOption
from diurna.cli_shell import (
    DONE,
    FAILURES,
    KEPT,
    STOPPED,
    EngineOption,
    JsonOption,
    NoColorOption,
    consoles,
    examples,
    settings_for,
    spoken_errors,
    write_lines,
)
from diurna.errors import FetchError, UsageError
from diurna.flow.dossier import Dossier, dossier_of, seconds_of
from diurna.flow.reading import ReadJob
from diurna.settings import Settings


def watch_command(
    sources: Annotated[list[str], typer.Argument(metavar="DOSSIER.toml|FEED", help="A dossier; or feeds, OPML files.")],
    ledger: LedgerOption = None,
    once: Annotated[bool, typer.Option("--once", help="Look at every feed once, and end.")] = False,
    every: Annotated[
        str | None, typer.Option("--every", metavar="SPAN", help="Between two looks at a feed, e.g. 15min, 2h.")
    ] = None,
    pages: Annotated[bool, typer.Option("--pages", help="Read the pages of entries, not what the feed says.")] = False,
    engine: EngineOption = None,
    as_json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No line a round; failures stay.")] = False,
    no_color: NoColorOption = False,
) -> None:
    """Follow feeds and keep what is new, again and again. Ctrl-C or a TERM signal stops it; nothing is lost."""
    with spoken_errors():
        settings = settings_for(engine, None, no_color, ledger)
        dossier = _changed(dossier_of(sources), every, pages=pages)
        raise typer.Exit(run_watch(dossier, settings, once=once, as_json=as_json, quiet=quiet))


def _changed(dossier: Dossier, every: str | None, *, pages: bool) -> Dossier:
    if every is not None:
        try:
            dossier = dataclasses.replace(dossier, every=seconds_of(every))
        except ValueError as fault:
            raise UsageError(f"--every {fault}, not {every!r}") from None
    return dataclasses.replace(dossier, pages=True) if pages else dossier


def run_watch(dossier: Dossier, settings: Settings, *, once: bool, as_json: bool, quiet: bool) -> int:
    """Follow, and print a line a round; the exit code."""
    from diurna.console.watch import health_line, health_row
    from diurna.flow.watch import WatchJob, watch
    from diurna.ledger.store import Ledger
    from diurna.sources.fetch import Fetcher
    from diurna.sources.politeness import PoliteFetcher

    _, err = consoles(settings)
    job = WatchJob(
        dossier,
        ReadJob((), None, settings.engine, settings.pipeline, 1, settings.annotators, settings.budget, settings.actors),
    )
    failed = 0
    with Ledger(settings.ledger) as ledger, _stopping() as stop:
        fetch = PoliteFetcher(Fetcher(), sleep=waiting_for(stop))
        for number, one in enumerate(watch(job, ledger, fetch, stop, once=once), start=1):
            failed = len(one.failures)
            console.print_failures(list(one.failures[:KEPT]), failed, err)
            if as_json:
                write_lines([health_row(number, one)])
            elif not quiet:
                err.print(health_line(number, one, dt.datetime.now()), soft_wrap=True)
        stopped = stop.is_set()
    if stopped:
        err.print("Stopped; what was read is kept. The same command goes on from there.", soft_wrap=True)
        return STOPPED
    return FAILURES if failed else DONE


def waiting_for(stop: Event) -> Callable[[float], None]:
    """Sleep that ends when `stop` is set, and with it what was to be fetched after it."""

    def wait(seconds: float) -> None:
        if stop.wait(seconds):
            raise FetchError("the watch was stopped")

    return wait


@contextmanager
def _stopping() -> Iterator[Event]:
    """An event that Ctrl-C or a TERM signal sets; a second one stops at once."""
    stop = Event()

    def hear(number: int, frame: object) -> None:  # noqa: ARG001 - as signal calls it
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    except KeyboardInterrupt:
        raise typer.Exit(STOPPED) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def register(app: typer.Typer) -> None:
    """Give the program this command."""
    app.command(
        "watch",
        short_help="Follow feeds and keep what is new.",
        epilog=examples(
            "diurna watch disarmament.toml",
            "diurna watch https://www.state.gov/press-releases/feed/ --every 30min --ledger news.db",
            "diurna watch feeds.opml --pages --once --json",
        ),
    )(watch_command)
