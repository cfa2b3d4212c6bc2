"""The commands that keep and mind the ledger: add, review, verify, remove, backup, publish."""

from __future__ import annotations

import dataclasses
import getpass
import json
import os
import time
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from diurna import console
from diurna.cli_ask import LedgerOption
from diurna.cli_links import run_link
from diurna.cli_shell import (
    DONE,
    FAILURES,
    KEPT,
    STOPPED,
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
from diurna.flow.reading import ReadJob
from diurna.settings import Settings


class VerdictChoice(StrEnum):
    """What a person can say of a record."""

    accept = "accept"
    reject = "reject"
    same = "same"
    different = "different"
    undo = "undo"


ByOption = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who decides; the user's name on this machine by default.")
]
WhyOption = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, kept with the decision.")]


def add_command(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE", help="As for read, or what `read --json` printed.")],
    ledger: LedgerOption = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="Day the reports are of, e.g. 2025-12-28.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Read also what is known, and renew its records.")] = False,
    texts: Annotated[
        list[str] | None, typer.Option("--texts", metavar="SOURCE", help="Texts for records published without them.")
    ] = None,
    no_link: Annotated[bool, typer.Option("--no-link", help="Leave linking to `diurna link`.")] = False,
    engine: EngineOption = None,
    workers: WorkersOption = None,
    as_json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no closing line; failures stay.")] = False,
    no_color: NoColorOption = False,
) -> None:
    """Read reports and keep what is found. What the ledger has already changes nothing."""
    with spoken_errors():
        settings = settings_for(engine, None, no_color, ledger)
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
        code = run_add(job, settings, tuple(texts or ()), again=again, as_json=as_json, quiet=quiet)
        raise typer.Exit(code if no_link else _linked(code, settings, quiet=quiet or as_json))


def _linked(code: int, settings: Settings, *, quiet: bool) -> int:
    """Link what was added; the exit code of adding, unless linking was stopped."""
    from diurna.ledger.store import Ledger

    if code == STOPPED:
        return code
    with Ledger(settings.ledger) as ledger:
        return run_link(ledger, consoles(settings)[1], as_json=False, quiet=quiet) or code


def run_add(
    job: ReadJob, settings: Settings, texts: tuple[str, ...], *, again: bool, as_json: bool, quiet: bool
) -> int:
    """Read and keep; the exit code."""
    from diurna.console.ledger import added_text
    from diurna.flow.ingest import IngestJob, count_reports, ingest
    from diurna.ledger.outcome import Added
    from diurna.ledger.store import Ledger

    _, err = consoles(settings)
    total, failed, kept = Added(), 0, list[str]()
    began = time.monotonic()
    try:
        with Ledger(settings.ledger) as ledger, console.AddingProgress(err, wanted=not quiet) as progress:
            progress.expect(count_reports(job.sources) if progress.wanted else None)
            for step in ingest(IngestJob(job, again, texts), ledger):
                total = step.total
                failed += len(step.failures)
                kept += step.failures[: max(0, KEPT - len(kept))]
                progress.show(total.stored + total.known + total.removed_before)
    except KeyboardInterrupt:
        err.print("Stopped; what was read is kept. The same command goes on from there.", soft_wrap=True)
        return STOPPED
    console.print_failures(kept, failed, err)
    if as_json:
        write_lines([dataclasses.asdict(total)])
    elif not quiet:
        err.print(f"{added_text(total)}, in {time.monotonic() - began:.1f} s", soft_wrap=True)
    return FAILURES if failed else DONE


def review_command(
    record: Annotated[str | None, typer.Argument(metavar="ID", help="A record's id; without it, all.")] = None,
    verdict: Annotated[
        VerdictChoice | None, typer.Argument(metavar="VERDICT", help="accept, reject, same, different, undo.")
    ] = None,
    other: Annotated[str | None, typer.Argument(metavar="OTHER", help="For same and different: the other id.")] = None,
    by: ByOption = None,
    why: WhyOption = "",
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    no_color: NoColorOption = False,
    width: WidthOption = None,
) -> None:
    """Keep a person's judgement of a record, or show those there are."""
    from diurna.console.ledger import print_judgements
    from diurna.flow.resolving import judge
    from diurna.ledger.store import Ledger

    with spoken_errors():
        settings = settings_for(None, width, no_color, ledger)
        with Ledger(settings.ledger) as kept:
            if verdict is not None and record is not None:
                found = [judge(kept, record, verdict.value, by=by or _user(), why=why, other=other)]
            else:
                found = kept.view().judgements(record)
        if as_json:
            write_lines(one.to_dict() for one in found)
        else:
            print_judgements(found, consoles(settings)[0])
        raise typer.Exit(DONE)


def verify_command(
    ledger: LedgerOption = None, as_json: JsonOption = False, no_color: NoColorOption = False, width: WidthOption = None
) -> None:
    """Check every span, hash and reference again. Exit code 1 where anything is wrong."""
    from diurna.console.ledger import print_verified
    from diurna.ledger.store import Ledger

    with spoken_errors():
        settings = settings_for(None, width, no_color, ledger)
        with Ledger(settings.ledger) as kept:
            found = kept.verify()
        if as_json:
            write_lines([{"clean": found.clean, **dataclasses.asdict(found)}])
        else:
            print_verified(found, consoles(settings)[0])
        raise typer.Exit(DONE if found.clean else FAILURES)


def remove_command(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report's id.")],
    by: ByOption = None,
    why: WhyOption = "",
    lift: Annotated[bool, typer.Option("--lift", help="Let a removed report be added again instead.")] = False,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a report, all its versions and all that rests on it out. A tombstone stays; it is not added again."""
    from diurna.ledger.store import Ledger

    with spoken_errors():
        settings = settings_for(None, None, False, ledger)
        with Ledger(settings.ledger) as kept:
            if lift:
                kept.lift(report)
                row: dict[str, object] = {"report": report, "lifted": True}
                said = f"{report} may be added again"
            else:
                stone = kept.remove(report, by=by or _user(), why=why)
                row = dataclasses.asdict(stone)
                said = f"removed {stone.versions:,} versions and {stone.records:,} records of {report}"
        if as_json:
            write_lines([row])
        else:
            typer.echo(said, err=True)
        raise typer.Exit(DONE)


def backup_command(
    to: Annotated[str, typer.Argument(metavar="TO", help="A file or an empty database; nothing is overwritten.")],
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Copy the ledger as of one moment, while it is in use; also from a file to a server or back."""
    from diurna.ledger.store import Ledger

    with spoken_errors():
        settings = settings_for(None, None, False, ledger)
        with Ledger(settings.ledger) as kept:
            kept.backup(to)
        with Ledger(to) as copy:
            counts = copy.counts()
        if as_json:
            write_lines([{"to": copy.address.shown, **counts}])
        else:
            typer.echo(f"copied to {copy.address.shown}: {counts['reports']:,} reports", err=True)
        raise typer.Exit(DONE)


def publish_command(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="JSONL; nothing is overwritten.")],
    without_text: Annotated[bool, typer.Option("--without-text", help="Spans and hashes, no text.")] = False,
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write all records; without texts whoever has the same texts puts them back with add --texts."""
    from diurna.ledger.publish import without_text as stripped
    from diurna.ledger.store import Ledger

    with spoken_errors():
        settings = settings_for(None, None, False, ledger)
        if output.exists():
            raise UsageError(f"{output} is there already: name another file, or move it away")
        part = output.with_name(f"{output.name}.part")
        count = 0
        with Ledger(settings.ledger) as kept:
            readings = kept.view().readings()
            rows = stripped(readings) if without_text else (one.to_dict() for one in readings)
            try:
                with part.open("w", encoding="utf-8", errors="surrogatepass") as file:
                    for row in rows:
                        file.write(json.dumps(row, ensure_ascii=False) + "\n")
                        count += 1
            except OSError as fault:
                part.unlink(missing_ok=True)
                raise UsageError(f"{output} cannot be written: {fault.strerror}") from None
        os.replace(part, output)  # noqa: PTH105 - one step, as rename(2) promises
        if as_json:
            write_lines([{"to": str(output), "reports": count}])
        else:
            typer.echo(f"{count:,} reports written to {output}", err=True)
        raise typer.Exit(DONE)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise UsageError("nobody knows who decides: say it with --by NAME") from None


_COMMANDS: tuple[tuple[str, Callable[..., None], str, tuple[str, ...]], ...] = (
    ("add", add_command, "Read reports and keep what is found.", (
        "diurna add reports.jsonl.gz",
        "diurna add inbox/ --ledger news.db",
        "diurna read reports.jsonl --json > records.jsonl; diurna add records.jsonl",
        "diurna add published.jsonl --texts reports.jsonl --ledger postgresql://me@host/news",
    )),
    ("review", review_command, "Judge a record.", (
        "diurna review st-0123456789abcdef0123 reject --why 'the speaker is another'",
        "diurna review st-0123456789abcdef0123 undo",
        "diurna review ac-0123456789abcdef0123 same ac-abcdef0123456789abcd --by 'A. Reader'",
        "diurna review",
    )),
    ("verify", verify_command, "Check every span, hash and reference.", ("diurna verify --ledger news.db --json",)),
    ("remove", remove_command, "Take a report out.", (
        "diurna remove rp-0123456789abcdef0123 --why 'withdrawn by the outlet'",
        "diurna remove rp-0123456789abcdef0123 --lift",
    )),
    ("backup", backup_command, "Copy the ledger while it is in use.", (
        "diurna backup news-2025-12-28.db",
        "diurna backup postgresql://me@host/news --ledger news.db",
    )),
    ("publish", publish_command, "Write records, with or without texts.", (
        "diurna publish --without-text -o records.jsonl",
    )),
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Give the program these commands."""
    for name, command, short, lines in _COMMANDS:
        app.command(name, short_help=short, epilog=examples(*lines))(command)
