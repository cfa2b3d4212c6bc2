"""The commands about what holds between reports: link, stories, claims, commitments, gaps, numbers, indices."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import sys
import time
from collections.abc import Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated, get_args

import typer
from rich.console import Console

from diurna.cli_ask import (
    ActorOption,
    AfterOption,
    AllOption,
    CsvOption,
    KnownOption,
    LedgerOption,
    LimitOption,
    OldestOption,
    OutletOption,
    Output,
    ReportOption,
    ReviewChoice,
    ReviewOption,
    SinceOption,
    UntilOption,
    VersionsOption,
    answer,
    checked,
    listed,
)
from diurna.cli_shell import (
    DONE,
    STOPPED,
    JsonOption,
    NoColorOption,
    WidthOption,
    consoles,
    examples,
    settings_for,
    spoken_errors,
    write_lines,
)
from diurna.errors import UsageError
from diurna.model.commitment_life import CommitmentStateName
from diurna.model.record import CommitmentKind, GapKind, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diurna.flow.linking import LinkTotal
    from diurna.flow.numbers import Numbers
    from diurna.ledger.store import Ledger
    from diurna.ledger.view import View
    from diurna.model.claim import Claim

CommitmentOption = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help=f"May be given several times: {listed(CommitmentKind)}."),
]
GapOption = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help=f"May be given several times: {listed(GapKind)}."),
]
VerdictOption = Annotated[
    list[str] | None,
    typer.Option("--verdict", metavar="VERDICT", help=f"May be given several times: {listed(Verdict)}."),
]
StateOption = Annotated[
    list[str] | None,
    typer.Option("--state", metavar="STATE", help=f"May be given several times: {listed(CommitmentStateName)}."),
]
LeastOption = Annotated[int, typer.Option("--at-least", min=1, metavar="N", help="Reports a story must have.")]

_UNSETTLED: tuple[CommitmentStateName, ...] = (
    "open", "progressing", "partly kept", "broken", "refused", "overdue", "contested",
)  # fmt: skip
_AHEAD = 30
"""Days before its due date in which a commitment raises an alarm."""


def link_command(
    ledger: LedgerOption = None,
    as_json: JsonOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and no closing line.")] = False,
    no_color: NoColorOption = False,
) -> None:
    """Link what is new in the ledger: stories, gaps between reports, and what became of commitments."""
    from diurna.ledger.store import Ledger

    with spoken_errors():
        settings = settings_for(None, None, no_color, ledger)
        err = consoles(settings)[1]
        with Ledger(settings.ledger) as kept:
            kept.view().judgements("")  # a ledger that is not there is not made
            raise typer.Exit(run_link(kept, err, as_json=as_json, quiet=quiet))


def run_link(ledger: Ledger, err: Console, *, as_json: bool, quiet: bool) -> int:
    """Link and tell what was found; the exit code."""
    from diurna.console import LinkingProgress
    from diurna.console.links import linked_text
    from diurna.flow.linking import link

    total: LinkTotal | None = None
    began = time.monotonic()
    try:
        with LinkingProgress(err, wanted=not quiet) as progress:
            for total in link(ledger):
                progress.expect(total.waiting)
                progress.show(total.reports)
    except KeyboardInterrupt:
        err.print("Stopped; what was linked is kept. `diurna link` goes on from there.", soft_wrap=True)
        return STOPPED
    if total is not None and as_json:
        write_lines([dataclasses.asdict(total)])
    elif total is not None and not quiet:
        err.print(f"{linked_text(total)}, in {time.monotonic() - began:.1f} s", soft_wrap=True)
    return DONE


def stories_command(
    actor: ActorOption = None, outlet: OutletOption = None, report: ReportOption = None, since: SinceOption = None,
    until: UntilOption = None, at_least: LeastOption = 1, oldest_first: OldestOption = False,
    as_known_on: KnownOption = None, limit: LimitOption = 50, after: AfterOption = None, all_rows: AllOption = False,
    ledger: LedgerOption = None, as_json: JsonOption = False, as_csv: CsvOption = False,
    no_color: NoColorOption = False, width: WidthOption = None,
) -> None:  # fmt: skip
    """List stories: the reports of one matter, and on how many independent origins they rest."""
    from diurna.ledger.asking import Ask

    with spoken_errors():
        ask = Ask(actor=actor, outlet=outlet, report=report, since=since, until=until, newest=not oldest_first)
        output = Output(ledger, as_known_on, as_json, as_csv, limit, after, all_rows, no_color, width)
        answer(
            output,
            lambda view, size, at: view.story_page(ask, at_least, size, at),
            lambda view: view.stories(ask, at_least),
        )
        raise typer.Exit(DONE)


def claims_command(
    actor: ActorOption = None, outlet: OutletOption = None, report: ReportOption = None, since: SinceOption = None,
    until: UntilOption = None,
    least: Annotated[int, typer.Option("--at-least", min=1, help="Reports that say or dispute it.")] = 2,
    disputed: Annotated[bool, typer.Option("--disputed", help="Only what somebody disputes.")] = False,
    as_known_on: KnownOption = None, limit: LimitOption = 50, all_rows: AllOption = False, ledger: LedgerOption = None,
    as_json: JsonOption = False, as_csv: CsvOption = False, no_color: NoColorOption = False, width: WidthOption = None,
) -> None:  # fmt: skip
    """List what statements of one story say alike: who said it first, who repeats it, who disputes it."""
    from diurna.flow.claims import claims_of
    from diurna.ledger.asking import Ask, Page

    with spoken_errors():
        ask = Ask(actor=actor, outlet=outlet, report=report, since=since, until=until)
        output = Output(ledger, as_known_on, as_json, as_csv, limit, None, all_rows, no_color, width)

        def every(view: View) -> Iterator[Claim]:
            found = claims_of(view, view.stories(ask, min(least, 2)), least)
            return (one for one in found if one.disputed or not disputed)

        answer(output, lambda view, size, _: Page(tuple(islice(every(view), size))), every)
        raise typer.Exit(DONE)


def commitments_command(
    actor: ActorOption = None, outlet: OutletOption = None, report: ReportOption = None, kind: CommitmentOption = None,
    due: Annotated[
        bool, typer.Option("--due", help="Those whose day has passed or comes soon and that are not kept.")
    ] = False,
    ahead: Annotated[int, typer.Option("--ahead", min=0, metavar="DAYS", help="With --due: how soon.")] = _AHEAD,
    state: StateOption = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="The day of the state, e.g. 2025-12-28; else today.")
    ] = None,
    since: SinceOption = None, until: UntilOption = None, review: ReviewOption = ReviewChoice.kept,
    all_versions: VersionsOption = False, oldest_first: OldestOption = False, as_known_on: KnownOption = None,
    limit: LimitOption = 50, after: AfterOption = None, all_rows: AllOption = False, ledger: LedgerOption = None,
    as_json: JsonOption = False, as_csv: CsvOption = False, no_color: NoColorOption = False, width: WidthOption = None,
) -> None:  # fmt: skip
    """List what was promised, agreed, demanded, threatened or refused, as each report tells it.

    With --due, --state or --on: what became of each, from all reports, with every move and its evidence.
    """
    from diurna.ledger.asking import Ask
    from diurna.ledger.between import Lives

    with spoken_errors():
        ask = Ask(
            actor=actor, outlet=outlet, report=report, kinds=checked("--kind", kind, CommitmentKind), since=since,
            until=until, review=review.value, versions="all" if all_versions else "current", newest=not oldest_first,
        )  # fmt: skip
        output = Output(ledger, as_known_on, as_json, as_csv, limit, after, all_rows, no_color, width)
        if due or state or on:
            day = _day(on)
            states = _states(state) or (_UNSETTLED if due else ())
            by = (day + dt.timedelta(days=ahead)).isoformat() if due else None
            lives = Lives(day.isoformat(), by, states)
            answer(
                output, lambda view, size, at: view.life_page(ask, lives, size, at), lambda view: view.lives(ask, lives)
            )
        else:
            answer(
                output, lambda view, size, at: view.commitment_page(ask, size, at), lambda view: view.commitments(ask)
            )
        raise typer.Exit(DONE)


def _day(said: str | None) -> dt.date:
    if said is None:
        return dt.datetime.now(tz=dt.UTC).date()
    try:
        return dt.date.fromisoformat(said)
    except ValueError:
        raise UsageError(f"--on {said!r} is no day: write it as 2025-12-28") from None


def _states(chosen: Sequence[str] | None) -> tuple[CommitmentStateName, ...]:
    known: dict[str, CommitmentStateName] = {one: one for one in get_args(CommitmentStateName)}
    return tuple(known[one] for one in checked("--state", chosen, CommitmentStateName))


def gaps_command(
    actor: ActorOption = None, outlet: OutletOption = None, report: ReportOption = None, kind: GapOption = None,
    verdict: VerdictOption = None, since: SinceOption = None, until: UntilOption = None,
    review: ReviewOption = ReviewChoice.kept, all_versions: VersionsOption = False,
    oldest_first: OldestOption = False, as_known_on: KnownOption = None, limit: LimitOption = 50,
    after: AfterOption = None, all_rows: AllOption = False, ledger: LedgerOption = None, as_json: JsonOption = False,
    as_csv: CsvOption = False, no_color: NoColorOption = False, width: WidthOption = None,
) -> None:  # fmt: skip
    """List where words and deeds, or words and words, part ways, within one report and between reports.

    Never a verdict on truth.
    """
    from diurna.ledger.asking import Ask

    with spoken_errors():
        ask = Ask(
            actor=actor, outlet=outlet, report=report, kinds=checked("--kind", kind, GapKind), since=since,
            until=until, review=review.value, versions="all" if all_versions else "current", newest=not oldest_first,
        )  # fmt: skip
        verdicts = _verdicts(verdict)
        output = Output(ledger, as_known_on, as_json, as_csv, limit, after, all_rows, no_color, width)
        answer(
            output,
            lambda view, size, at: view.any_gap_page(ask, verdicts, size, at),
            lambda view: view.any_gaps(ask, verdicts),
        )
        raise typer.Exit(DONE)


def _verdicts(chosen: Sequence[str] | None) -> tuple[Verdict, ...]:
    known: dict[str, Verdict] = {one: one for one in get_args(Verdict)}
    return tuple(known[one] for one in checked("--verdict", chosen, Verdict))


def numbers_command(
    actor: ActorOption = None, outlet: OutletOption = None, report: ReportOption = None, since: SinceOption = None,
    until: UntilOption = None,
    agreeing: Annotated[bool, typer.Option("--agreeing", help="Also numbers that can all hold.")] = False,
    as_known_on: KnownOption = None, limit: LimitOption = 50, all_rows: AllOption = False, ledger: LedgerOption = None,
    as_json: JsonOption = False, as_csv: CsvOption = False, no_color: NoColorOption = False, width: WidthOption = None,
) -> None:  # fmt: skip
    """Put competing numbers of one story side by side: who gives which, and how they move."""
    from diurna.flow.numbers import numbers_of
    from diurna.ledger.asking import Ask, Page

    with spoken_errors():
        ask = Ask(actor=actor, outlet=outlet, report=report, since=since, until=until)
        output = Output(ledger, as_known_on, as_json, as_csv, limit, None, all_rows, no_color, width)

        def every(view: View) -> Iterator[Numbers]:
            return (one for one in numbers_of(view, view.stories(ask, 2)) if one.competing or agreeing)

        answer(output, lambda view, size, _: Page(tuple(islice(every(view), size))), every)
        raise typer.Exit(DONE)


def indices_command(
    actor: ActorOption = None, outlet: OutletOption = None, since: SinceOption = None, until: UntilOption = None,
    as_known_on: KnownOption = None, ledger: LedgerOption = None, as_json: JsonOption = False,
    no_color: NoColorOption = False,
) -> None:  # fmt: skip
    """Print CSV: for each pair of actors and week, words and deeds by quad class, and what stays open."""
    from diurna.flow.indices import COLUMNS, indices
    from diurna.ledger.asking import Ask
    from diurna.ledger.store import Ledger

    with spoken_errors():
        settings = settings_for(None, None, no_color, ledger)
        with Ledger(settings.ledger) as kept:
            rows = indices(kept.view(as_known_on), Ask(actor=actor, outlet=outlet, since=since, until=until))
            if as_json:
                write_lines(dict(row) for row in rows)
            else:
                write = csv.DictWriter(sys.stdout, COLUMNS)
                write.writeheader()
                write.writerows(rows)
        raise typer.Exit(DONE)


_COMMANDS: tuple[tuple[str, Callable[..., None], str, tuple[str, ...]], ...] = (
    ("link", link_command, "Link what is new.", ("diurna link", "diurna link --ledger news.db --json")),
    ("stories", stories_command, "List stories.", (
        "diurna stories --at-least 3 --since 2025-12-01",
        "diurna stories --actor 'Valley Front' --json",
    )),
    ("claims", claims_command, "List who said a thing first, repeats or disputes it.", (
        "diurna claims --since 2025-12-01",
        "diurna claims --disputed --actor 'Valley Front' --json",
    )),
    ("commitments", commitments_command, "List commitments and what became of them.", (
        "diurna commitments --kind promise --kind agreement --since 2025-12-01",
        "diurna commitments --due --ahead 14",
        "diurna commitments --state broken --on 2025-12-28 --json",
    )),
    ("gaps", gaps_command, "List gaps between words and deeds.", (
        "diurna gaps --verdict gap --kind agreement_refused",
        "diurna gaps --review open --json",
    )),
    ("numbers", numbers_command, "Put competing numbers side by side.", (
        "diurna numbers --since 2025-12-01",
        "diurna numbers --agreeing --json",
    )),
    ("indices", indices_command, "Words and deeds by week, as CSV.", (
        "diurna indices --since 2025-12-01 > indices.csv",
        "diurna indices --actor 'Valley Front' --json",
    )),
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Give the program these commands."""
    for name, command, short, lines in _COMMANDS:
        app.command(name, short_help=short, epilog=examples(*lines))(command)
