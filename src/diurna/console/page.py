"""A reading as one page: headline and facts, words, deeds, commitments, gaps, who is who, what stayed open."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.text import Text

from diurna.console.dates import date_text, dated
from diurna.console.deeds import deeds_part, not_deeds_part
from diurna.console.desk import Desk
from diurna.console.doubts import doubts_part, failures_part
from diurna.console.ink import Heading, Notes, Trimmed, ink
from diurna.console.seams import commitments_part, gaps_part
from diurna.console.words import words_part
from diurna.model.record import Actor, Reading
from diurna.model.report import Report

_ALIASES = 4
"""Other names printed an actor."""


def print_reading(reading: Reading, console: Console) -> None:
    """Print the page of one report."""
    desk = Desk(reading)
    for part in _head(reading):
        console.print(Trimmed(part))
    if reading.report.url:
        console.print(ink(reading.report.url, "soft"), soft_wrap=True)  # a folded address cannot be followed
    for part in _parts(desk):
        console.print(Trimmed(part))
    console.print()


def _parts(desk: Desk) -> Iterator[RenderableType]:
    yield Notes([*([] if unread(desk.reading) else _counts(desk.reading)), desk.reading.report.id])
    if unread(desk.reading):
        yield from failures_part(desk)
        return
    yield from words_part(desk)
    yield from deeds_part(desk)
    yield from not_deeds_part(desk)
    yield from commitments_part(desk)
    yield from gaps_part(desk)
    yield from _actors_part(desk)
    yield from doubts_part(desk)


def unread(reading: Reading) -> bool:
    """Whether a failure left nothing of the report: its page must not look like one of a report without news."""
    return bool(reading.failures) and not (reading.statements or reading.events or reading.actors)


def _head(reading: Reading) -> Iterator[RenderableType]:
    report = reading.report
    yield DoubleRule()
    yield ink(headline(report), "title")
    yield Notes(ink(fact) for fact in _facts(reading))


def headline(report: Report) -> str:
    """The report's title, else its headline block, else its first words."""
    if report.title:
        return report.title
    block = next((block for block in report.blocks if block.kind == "headline"), None)
    if block:
        return block.span.of(report.text)
    first = report.text.strip().partition("\n")[0]
    return first if len(first) <= 100 else first[:100].rsplit(None, 1)[0] + " …"


def _facts(reading: Reading) -> Iterator[str]:
    report = reading.report
    yield report.outlet or "outlet not given"
    if report.author:
        yield f"by {report.author}"
    if report.published:
        yield f"published {date_text(report.published) or report.published.text}"
    elif reading.anchor:
        yield f"no date given; speaks from {dated(reading.anchor)}, worked out from the text"
    else:
        yield "no date given, and none could be worked out"
    if report.language and report.language != "en":
        yield f"language {report.language}"


def _counts(reading: Reading) -> Iterator[str]:
    deeds = sum(event.realis == "actual" for event in reading.events)
    gaps = sum(gap.verdict == "gap" for gap in reading.gaps)
    yield f"{len(reading.report.text.split()):,} words"
    for count, one, many in (
        (len(reading.statements), "statement", "statements"),
        (deeds, "deed", "deeds"),
        (len(reading.events) - deeds, "not a deed", "not deeds"),
        (len(reading.commitments), "commitment", "commitments"),
        (gaps, "gap", "gaps"),
    ):
        yield f"{count} {one if count == 1 else many}"


def _actors_part(desk: Desk) -> Iterator[RenderableType]:
    speaking = _speaking(desk.reading)
    shown = [actor for actor in desk.reading.actors if actor.id in speaking or len(actor.mentions) > 1]
    if not shown:
        return
    yield Heading("ACTORS", f"{len(shown)} who speak, commit themselves or come back", "strong")
    yield Text("")
    for actor in shown:
        yield _actor(actor)


def _speaking(reading: Reading) -> set[str | None]:
    speakers = {statement.speaker.actor for statement in reading.statements}
    return speakers | {end for row in reading.commitments for end in (row.by, row.to)}


def _actor(actor: Actor) -> Notes:
    codes = " ".join(code for code in (actor.country, actor.sector) if code)
    others = [alias for alias in actor.aliases if alias != actor.name]
    also = ", ".join(f"“{alias}”" for alias in others[:_ALIASES]) + (" …" if len(others) > _ALIASES else "")
    mentions = f"{len(actor.mentions)} mention{'s' * (len(actor.mentions) != 1)}"
    notes = [actor.kind, codes, "; ".join(actor.roles[:2]), f"also {also}" if also else "", mentions]
    return Notes(notes, lead=ink(actor.name, "strong"), indent=2)


class DoubleRule:
    """A double line across the page, where a report begins."""

    def __rich_console__(self, console: Console, options: object) -> Iterator[Text]:
        """One line."""
        yield Text("═" * console.width, style="soft")
