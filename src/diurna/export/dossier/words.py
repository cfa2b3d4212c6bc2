"""How a dossier says things: days, parties, counts, and a record's words within what stands round them."""

from __future__ import annotations

from collections.abc import Iterable

from diurna.model.record import Event, Party, Reading, Statement
from diurna.model.span import Span, hull
from diurna.model.timevalue import TimeValue

_BESIDE = 160


def plural(count: int, noun: str) -> str:
    """A count with its noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def day_of(reading: Reading) -> str:
    """The ISO day the report is of, "" where nobody knows."""
    value = reading.report.published or reading.anchor
    return (value.earliest or "")[:10] if value else ""


def when_of(reading: Reading, time: TimeValue | None) -> tuple[str, str]:
    """A day to sort by and what to show for it; a record without one goes by its report's day, and says so."""
    if time is None or not time.earliest:
        day = day_of(reading)
        return day, f"told {day}" if day else "undated"
    first, last = time.earliest[:10], (time.latest or time.earliest)[:10]
    return first, first if first == last else f"{first} to {last}"


def parties(reading: Reading, some: Iterable[Party]) -> str:
    """The parties' names."""
    return ", ".join(name_of(reading, party.actor) or party.text for party in some)


def name_of(reading: Reading, actor: str | None) -> str | None:
    """An actor's name."""
    known = reading.actor(actor)
    return known.name if known else None


def speaker_of(reading: Reading, one: Statement) -> str:
    """Who speaks."""
    return name_of(reading, one.speaker.actor) or one.speaker.text or "somebody not named"


def source_of(reading: Reading) -> str:
    """Outlet and day."""
    return " · ".join(part for part in (reading.report.outlet, day_of(reading)) if part) or "a report"


def words_span(one: Statement | Event) -> Span:
    """The characters a record is shown by: what was said, or the words that tell the deed."""
    return hull(one.content.spans) if isinstance(one, Statement) else one.evidence.span


def within(text: str, span: Span) -> tuple[str, str, str]:
    """What stands before, the words themselves, and what stands after, cut between words and within the paragraph."""
    before = text[max(0, span.start - _BESIDE) : span.start].rsplit("\n\n", 1)[-1]
    after = text[span.end : span.end + _BESIDE].split("\n\n", 1)[0]
    if len(before) == _BESIDE:
        before = f"…{before[before.find(' ') :]}"
    if len(after) == _BESIDE:
        after = f"{after[: after.rfind(' ')]} …"
    return before, span.of(text), after
