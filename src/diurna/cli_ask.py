"""The commands that ask the ledger for what reports say: search, reports, statements, events, actors, timeline."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from diurna.cli_shell import (
    DONE,
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
from diurna.model.record import Act, EventType, Realis

if TYPE_CHECKING:
    from diurna.ledger.asking import Ask, Page
    from diurna.ledger.view import View


def listed(values: object) -> str:
    """The values of a closed list, for help."""
    return ", ".join(get_args(values))


class WhereChoice(StrEnum):
    """Values of --in."""

    statements = "statements"
    events = "events"
    reports = "reports"


class ClockChoice(StrEnum):
    """Values of --clock."""

    published = "published"
    happened = "happened"
    recorded = "recorded"


class VoiceChoice(StrEnum):
    """Values of --voice."""

    own = "own"
    others = "others"
    any = "any"


class ReviewChoice(StrEnum):
    """Values of --review."""

    kept = "kept"
    open = "open"
    accepted = "accepted"
    rejected = "rejected"
    any = "any"


LedgerOption = Annotated[
    str | None,
    typer.Option("--ledger", metavar="LEDGER", help="A file, or postgresql://user@host/database.", show_default=False),
]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV with a header line, instead of a page.")]
ActorOption = Annotated[
    str | None, typer.Option("--actor", metavar="NAME", help="A party in any role; all words of NAME must be in it.")
]
SpeakerOption = Annotated[str | None, typer.Option("--speaker", metavar="NAME", help="Whoever says it.")]
OutletOption = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="The outlet, its whole name.")]
ReportOption = Annotated[str | None, typer.Option("--report", metavar="ID", help="Of this report only.")]
SinceOption = Annotated[str | None, typer.Option("--since", metavar="DAY", help="From this day on, e.g. 2025-12-01.")]
UntilOption = Annotated[str | None, typer.Option("--until", metavar="DAY", help="Up to and with this day.")]
ClockOption = Annotated[
    ClockChoice,
    typer.Option("--clock", help="Which time --since, --until and the order go by; happened: of statements, said."),
]
OldestOption = Annotated[bool, typer.Option("--oldest-first", help="The earliest first.")]
KnownOption = Annotated[
    str | None, typer.Option("--as-known-on", metavar="WHEN", help="As the ledger stood on a day or at a moment.")
]
VersionsOption = Annotated[bool, typer.Option("--all-versions", help="Also of versions that newer ones replaced.")]
ReviewOption = Annotated[
    ReviewChoice, typer.Option("--review", help="By people's judgements; kept leaves out what was rejected.")
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="Rows of a page.")]
AfterOption = Annotated[
    str | None, typer.Option("--after", metavar="CURSOR", help="The next page: the word the page before ended with.")
]
AllOption = Annotated[bool, typer.Option("--all", help="All rows, not one page; they stream.")]
ActOption = Annotated[
    list[str] | None,
    typer.Option("--act", metavar="ACT", help=f"May be given several times: {listed(Act)}."),
]
TypeOption = Annotated[
    list[str] | None,
    typer.Option("--type", metavar="TYPE", help=f"May be given several times: {listed(EventType)}."),
]
RealisOption = Annotated[
    list[str] | None,
    typer.Option("--realis", metavar="REALIS", help=f"Instead of actual; several times: {listed(Realis)}."),
]
VoiceOption = Annotated[
    VoiceChoice, typer.Option("--voice", help="Told by the report itself, as the words of others, or any.")
]
AnyRealisOption = Annotated[bool, typer.Option("--everything", help="Whatever is told: any realis, any voice.")]


@dataclass(frozen=True, slots=True)
class Output:
    """Where a list comes from and how it is printed."""

    ledger: str | None
    known_on: str | None
    as_json: bool
    as_csv: bool
    limit: int
    after: str | None
    all_rows: bool
    no_color: bool
    width: int | None


_Pages = Callable[["View", int, str | None], "Page[Any]"]


def answer(output: Output, pages: _Pages, every: Callable[[View], Iterable[Any]]) -> None:
    """Ask and print."""
    from diurna.console import ledger as shown
    from diurna.ledger.store import Ledger

    if output.as_json and output.as_csv:
        raise UsageError("--json and --csv exclude each other")
    settings = settings_for(None, output.width, output.no_color, output.ledger)
    out, err = consoles(settings)
    with Ledger(settings.ledger) as ledger:
        view = ledger.view(output.known_on)
        page = None if output.all_rows else pages(view, output.limit, output.after)
        rows = every(view) if page is None else page.rows
        if output.as_json:
            write_lines(row.to_dict() for row in rows)
        elif output.as_csv:
            _write_csv(rows)
        else:
            shown.print_rows(rows, out)
        if page is not None and page.next:
            err.print(f"More: --after {page.next}", soft_wrap=True)


def _write_csv(rows: Iterable[Any]) -> None:
    from diurna.ledger.tables import flat_rows

    names: list[str] | None = None
    for row in flat_rows(rows):
        text = io.StringIO()
        write = csv.DictWriter(text, names or list(row), restval="", extrasaction="ignore")
        if names is None:
            names = list(row)
            write.writeheader()
        write.writerow(row)
        sys.stdout.buffer.write(text.getvalue().encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def checked(option: str, chosen: Sequence[str] | None, values: object) -> tuple[str, ...]:
    """What was chosen of a closed list, whatever its case.

    Raises:
        UsageError: something is none of it.
    """
    known = {str(value).lower(): str(value) for value in get_args(values)}
    for one in chosen or ():
        if one.lower() not in known:
            raise UsageError(f"{option} {one!r} is none of {', '.join(known.values())}")
    return tuple(known[one.lower()] for one in chosen or ())


def _told(ask: Ask, realis: Sequence[str] | None, voice: VoiceChoice, everything: bool) -> Ask:
    """The question about events: deeds, unless something else is asked for."""
    if everything:
        return replace(ask, realis=(), voice="any")
    return replace(ask, realis=checked("--realis", realis, Realis) or ("actual",), voice=voice.value)


def statements_command(
    actor: ActorOption = None, speaker: SpeakerOption = None, outlet: OutletOption = None, report: ReportOption = None,
    act: ActOption = None, since: SinceOption = None, until: UntilOption = None,
    clock: ClockOption = ClockChoice.published, review: ReviewOption = ReviewChoice.kept,
    all_versions: VersionsOption = False, oldest_first: OldestOption = False, as_known_on: KnownOption = None,
    limit: LimitOption = 50, after: AfterOption = None, all_rows: AllOption = False, ledger: LedgerOption = None,
    as_json: JsonOption = False, as_csv: CsvOption = False, no_color: NoColorOption = False, width: WidthOption = None,
) -> None:  # fmt: skip
    """List statements: who said what."""
    from diurna.ledger.asking import Ask

    with spoken_errors():
        ask = Ask(
            actor=actor, speaker=speaker, outlet=outlet, report=report,
            kinds=checked("--act", act, Act), since=since, until=until,
            clock=clock.value, review=review.value, versions="all" if all_versions else "current",
            newest=not oldest_first,
        )  # fmt: skip
        output = Output(ledger, as_known_on, as_json, as_csv, limit, after, all_rows, no_color, width)
        answer(output, lambda view, size, at: view.statement_page(ask, size, at), lambda view: view.statements(ask))
        raise typer.Exit(DONE)


def events_command(
    actor: ActorOption = None, outlet: OutletOption = None, report: ReportOption = None, kind: TypeOption = None,
    realis: RealisOption = None, voice: VoiceOption = VoiceChoice.own, everything: AnyRealisOption = False,
    since: SinceOption = None, until: UntilOption = None, clock: ClockOption = ClockChoice.published,
    review: ReviewOption = ReviewChoice.kept, all_versions: VersionsOption = False, oldest_first: OldestOption = False,
    as_known_on: KnownOption = None, limit: LimitOption = 50, after: AfterOption = None, all_rows: AllOption = False,
    ledger: LedgerOption = None, as_json: JsonOption = False, as_csv: CsvOption = False,
    no_color: NoColorOption = False, width: WidthOption = None,
) -> None:  # fmt: skip
    """List events: who did what to whom. Deeds only, unless asked: actual events in a report's own voice."""
    from diurna.ledger.asking import Ask

    with spoken_errors():
        ask = Ask(
            actor=actor, outlet=outlet, report=report,
            kinds=checked("--type", kind, EventType), since=since, until=until,
            clock=clock.value, review=review.value, versions="all" if all_versions else "current",
            newest=not oldest_first,
        )  # fmt: skip
        ask = _told(ask, realis, voice, everything)
        output = Output(ledger, as_known_on, as_json, as_csv, limit, after, all_rows, no_color, width)
        answer(output, lambda view, size, at: view.event_page(ask, size, at), lambda view: view.events(ask))
        raise typer.Exit(DONE)


def timeline_command(
    actor: ActorOption = None, outlet: OutletOption = None, kind: TypeOption = None, realis: RealisOption = None,
    voice: VoiceOption = VoiceChoice.own, everything: AnyRealisOption = False, since: SinceOption = None,
    until: UntilOption = None, as_known_on: KnownOption = None, limit: LimitOption = 50, after: AfterOption = None,
    all_rows: AllOption = False, ledger: LedgerOption = None, as_json: JsonOption = False, as_csv: CsvOption = False,
    no_color: NoColorOption = False, width: WidthOption = None,
) -> None:  # fmt: skip
    """List deeds whose day is known, in the order in which they happened."""
    from diurna.ledger.asking import Ask

    with spoken_errors():
        ask = Ask(actor=actor, outlet=outlet, kinds=checked("--type", kind, EventType), since=since, until=until)
        ask = _told(ask, realis, voice, everything)
        output = Output(ledger, as_known_on, as_json, as_csv, limit, after, all_rows, no_color, width)
        answer(output, lambda view, size, at: view.timeline_page(ask, size, at), lambda view: view.timeline(ask))
        raise typer.Exit(DONE)


def reports_command(
    actor: ActorOption = None, outlet: OutletOption = None, report: ReportOption = None, since: SinceOption = None,
    until: UntilOption = None, clock: ClockOption = ClockChoice.published, all_versions: VersionsOption = False,
    changes: Annotated[bool, typer.Option("--changes", help="With --report: what each version changed.")] = False,
    text: Annotated[bool, typer.Option("--text", help="With --report: its text too.")] = False,
    oldest_first: OldestOption = False, as_known_on: KnownOption = None, limit: LimitOption = 50,
    after: AfterOption = None, all_rows: AllOption = False, ledger: LedgerOption = None, as_json: JsonOption = False,
    as_csv: CsvOption = False, no_color: NoColorOption = False, width: WidthOption = None,
) -> None:  # fmt: skip
    """List reports and their versions."""
    from diurna.ledger.asking import Ask

    with spoken_errors():
        if (changes or text) and report is None:
            raise UsageError("--changes and --text want the id of a report: --report ID")
        ask = Ask(
            actor=actor, outlet=outlet, report=report, since=since, until=until, clock=clock.value,
            versions="all" if all_versions else "current", newest=not oldest_first,
        )  # fmt: skip
        output = Output(ledger, as_known_on, as_json, as_csv, limit, after, all_rows, no_color, width)
        if report is not None and (changes or text):
            _one_report(output, report, changes=changes)
        else:
            answer(output, lambda view, size, at: view.report_page(ask, size, at), lambda view: view.reports(ask))
        raise typer.Exit(DONE)


def _one_report(output: Output, report: str, *, changes: bool) -> None:
    """Print a report's text, or its versions and what each changed."""
    from diurna.console import ledger as shown
    from diurna.ledger.difference import difference
    from diurna.ledger.store import Ledger

    settings = settings_for(None, output.width, output.no_color, output.ledger)
    with Ledger(settings.ledger) as ledger:
        versions = ledger.view(output.known_on).versions(report)
    if not versions:
        raise UsageError(f"the ledger has no report {report!r}: copy its id from `diurna reports --json`")
    if not changes:
        versions = versions[-1:]
    rows = [(facts, text, versions[at - 1][1] if at else None) for at, (facts, text) in enumerate(versions)]
    if output.as_json:
        write_lines(_version_row(facts, text, before) for facts, text, before in rows)
    else:
        found = [(facts, text, None if before is None else difference(before, text)) for facts, text, before in rows]
        shown.print_versions(found, consoles(settings)[0])


def _version_row(facts: Any, text: str, before: str | None) -> dict[str, object]:
    from diurna.ledger.difference import difference

    row: dict[str, object] = {**facts.to_dict(), "text": text}
    if before is None:
        return row
    changed = [one for one in difference(before, text) if one.kind != "stayed"]
    return {**row, "changes": [{"kind": one.kind, "text": one.text, "start": one.start} for one in changed]}


def actors_command(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[import FILE...]", help="import: own actors from files, their format told by a look."),
    ] = None,
    name: Annotated[str | None, typer.Option("--actor", metavar="NAME", help="Words the name must have.")] = None,
    most: Annotated[bool, typer.Option("--most-first", help="The most reported first; goes through all.")] = False,
    as_known_on: KnownOption = None, limit: LimitOption = 50, after: AfterOption = None, all_rows: AllOption = False,
    ledger: LedgerOption = None, as_json: JsonOption = False, as_csv: CsvOption = False,
    no_color: NoColorOption = False, width: WidthOption = None,
) -> None:  # fmt: skip
    """List actors by name, over all reports; or import one's own, which reading then knows."""
    with spoken_errors():
        if words:
            _import_actors(words, ledger, as_json=as_json)
        output = Output(ledger, as_known_on, as_json, as_csv, limit, after, all_rows, no_color, width)
        answer(
            output,
            lambda view, size, at: view.actor_page(name, "reports" if most else "name", size, at),
            lambda view: view.actors(name),
        )
        raise typer.Exit(DONE)


def _import_actors(words: Sequence[str], ledger: str | None, *, as_json: bool) -> None:
    from diurna.cli_actors import run_actors

    if words[0] != "import" or len(words) == 1:
        raise UsageError("say `diurna actors import FILE...`, or `diurna actors --actor NAME` to list")
    settings = settings_for(None, None, False, ledger)
    raise typer.Exit(run_actors(words[1:], settings, None, None, as_json=as_json, quiet=False))


def search_command(
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help='Words, "phrases", beginnings*, AND, OR, NOT and brackets.')
    ],
    where: Annotated[WhereChoice, typer.Option("--in", help="What is searched.")] = WhereChoice.statements,
    actor: ActorOption = None, speaker: SpeakerOption = None, outlet: OutletOption = None, act: ActOption = None,
    kind: TypeOption = None, realis: RealisOption = None, voice: VoiceOption = VoiceChoice.own,
    everything: AnyRealisOption = False, since: SinceOption = None, until: UntilOption = None,
    clock: ClockOption = ClockChoice.published, review: ReviewOption = ReviewChoice.kept,
    oldest_first: OldestOption = False, as_known_on: KnownOption = None, limit: LimitOption = 50,
    after: AfterOption = None, all_rows: AllOption = False, ledger: LedgerOption = None, as_json: JsonOption = False,
    as_csv: CsvOption = False, no_color: NoColorOption = False, width: WidthOption = None,
) -> None:  # fmt: skip
    """Search statements, events or reports for words."""
    from diurna.ledger.asking import Ask

    with spoken_errors():
        events = where == WhereChoice.events
        kinds = checked("--type", kind, EventType) if events else checked("--act", act, Act)
        ask = Ask(
            actor=actor, speaker=speaker, outlet=outlet, kinds=kinds, since=since, until=until, clock=clock.value,
            review=review.value, newest=not oldest_first,
        )  # fmt: skip
        if where == WhereChoice.events:
            ask = _told(ask, realis, voice, everything)
        output = Output(ledger, as_known_on, as_json, as_csv, limit, after, all_rows, no_color, width)
        answer(
            output,
            lambda view, size, at: view.search_page(words, where.value, ask, size, at),
            lambda view: view.search(words, where.value, ask),
        )
        raise typer.Exit(DONE)


_COMMANDS: tuple[tuple[str, Callable[..., None], str, tuple[str, ...]], ...] = (
    ("search", search_command, "Search for words.", (
        "diurna search 'weapons AND \"security council\"'",
        "diurna search 'disarm*' --in events --since 2025-12-01",
        "diurna search ceasefire --speaker Rubio --json",
    )),
    ("reports", reports_command, "List reports.", (
        "diurna reports --outlet 'Northern Wire' --since 2025-12-01",
        "diurna reports --report rp-0123456789abcdef0123 --changes",
        "diurna reports --all --csv > reports.csv",
    )),
    ("statements", statements_command, "List statements.", (
        "diurna statements --speaker 'Oren Tal' --act promise --act refuse",
        "diurna statements --as-known-on 2025-12-28 --json",
        "diurna statements --all --csv > statements.csv",
    )),
    ("events", events_command, "List deeds and other events.", (
        "diurna events --actor army --type ASSAULT --since 2025-12-01",
        "diurna events --everything --json",
    )),
    ("actors", actors_command, "List actors.", ("diurna actors --actor Tal", "diurna actors --most-first --csv")),
    ("timeline", timeline_command, "List deeds in order of time.", (
        "diurna timeline --since 2025-12-01 --until 2025-12-31",
        "diurna timeline --actor 'Valley Front' --csv",
    )),
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Give the program these commands."""
    for name, command, short, lines in _COMMANDS:
        app.command(name, short_help=short, epilog=examples(*lines))(command)
