"""The deeds in order of time, and apart from them what is told but is no deed."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from diurna.console.dates import dated
from diurna.console.desk import Desk
from diurna.console.ink import DEED_RAIL, UNSURE_RAIL, Heading, Notes, Rail, ink
from diurna.model.record import Event, Number, Numbers, Party, Statement
from diurna.model.span import Span

_AROUND = 90
"""Characters of context kept on either side of a trigger: two lines of an 80-column page."""

_QUADS = {1: "verbal cooperation", 2: "cooperation", 3: "verbal conflict", 4: "conflict"}

_REALIS_ORDER = ("denied", "planned", "possible", "hypothetical", "generic")


def deeds_part(desk: Desk) -> Iterator[RenderableType]:
    """The section of actual events, earliest first, those without a date last."""
    deeds = sorted((e for e in desk.reading.events if e.realis == "actual"), key=_when)
    own = sum(e.attributed_to is None for e in deeds)
    note = f"{len(deeds)} · {own} in the report’s own voice" if deeds else "none found"
    yield Heading("DEEDS", note, "deed")
    heading = None
    for number, event in enumerate(deeds):
        day = _day_heading(event)
        if day != heading:
            yield Text("")
            yield ink(day, "strong")
        elif number:
            yield Text("")
        heading = day
        yield Rail(_event(desk, event, "deed"), DEED_RAIL, "deed")


def not_deeds_part(desk: Desk) -> Iterator[RenderableType]:
    """The section of events that are denied, planned, possible, hypothetical or general: never counted as deeds."""
    rest = [e for e in desk.reading.events if e.realis != "actual"]
    if not rest:
        return
    kinds = [f"{sum(e.realis == r for e in rest)} {r}" for r in _REALIS_ORDER if any(e.realis == r for e in rest)]
    yield Heading("NOT DEEDS", ", ".join(kinds), "deed")
    for event in sorted(rest, key=lambda e: (_REALIS_ORDER.index(e.realis), _when(e))):
        yield Text("")
        yield Rail(_event(desk, event, "soft"), UNSURE_RAIL, "deed")


def _known(event: Event) -> bool:
    value = event.happened_at
    return value is not None and bool(value.earliest or value.latest)


def _day_heading(event: Event) -> str:
    if _known(event) or (event.happened_at and event.happened_at.offset):
        return dated(event.happened_at)
    return "day not known, in the order of the report"


def _when(event: Event) -> tuple[str, str, int, int]:
    """Known days first, then those known by their distance from the news, then the rest in the order of the report."""
    value = event.happened_at
    if value is not None and _known(event):
        return (value.earliest or value.latest or "", value.latest or "", 0, event.trigger.start)
    if value is not None and value.offset:
        return ("9998", "", value.offset[0], event.trigger.start)
    return ("9999", "", 0, event.trigger.start)


def _event(desk: Desk, event: Event, style: str) -> Group:
    return Group(_title(desk, event), _quote(desk, event, style), _meta(desk, event))


def _title(desk: Desk, event: Event) -> Text:
    line = Text()
    if event.realis != "actual":
        line.append(f"{event.realis.upper()}  ", style="strong")
    line.append(event.type, style="deed bold")
    if event.mode:
        line.append_text(ink(f"·{event.mode}", "deed"))
    line.append("  ")
    if _mutual(event):
        line.append_text(Text(" ↔ ", style="soft").join(ink(desk.parties((party,))) for party in event.actors))
        return line
    line.append_text(ink(desk.parties(event.actors) or "nobody named"))
    recipients = desk.parties(event.recipients)
    if recipients:
        line.append(" → ", style="soft")
        line.append_text(ink(recipients))
    return line


def _mutual(event: Event) -> bool:
    """Whether all parties stand on both sides, as in a meeting."""
    return len(event.actors) > 1 and {_key(p) for p in event.actors} == {_key(p) for p in event.recipients}


def _key(party: Party) -> tuple[Span | None, str]:
    return party.span, party.text


def _quote(desk: Desk, event: Event, style: str) -> Text:
    """The sentence around the trigger, the trigger itself between marks so that it shows without colour."""
    text, trigger = desk.text, event.trigger
    start = max(event.evidence.span.start, trigger.start - _AROUND)
    end = min(event.evidence.span.end, trigger.end + _AROUND)
    while event.evidence.span.start < start < trigger.start and not text[start - 1].isspace():
        start += 1
    while trigger.end < end < event.evidence.span.end and not text[end].isspace():
        end -= 1
    before = ("… " if start > event.evidence.span.start else "") + text[start : trigger.start]
    after = text[trigger.end : end] + (" …" if end < event.evidence.span.end else "")
    marked = ink(f"[{trigger.of(text)}]", f"{style} bold" if style == "deed" else "bold")
    return Text("").join([ink(before.lstrip(), "soft"), marked, ink(after.rstrip(), "soft")])


def _meta(desk: Desk, event: Event) -> Notes:
    notes = [_QUADS.get(event.quad, "")]
    notes.append(f"said by {_voice(desk, event)}" if event.attributed_to else "in the report’s own voice")
    if event.realis != "actual" or not _known(event):
        notes.append(dated(event.happened_at))
    if event.place:
        notes.append(_place(event))
    notes += _numbers(event.numbers)
    notes.append(", ".join(event.contexts))
    notes.append(desk.where(event.trigger))
    return Notes([ink(event.realis, "strong"), *notes])


def _voice(desk: Desk, event: Event) -> str:
    statement = desk.record(event.attributed_to)
    if not isinstance(statement, Statement):
        return "somebody"
    return " through ".join([desk.speaker(statement), *desk.chain(statement)])


def _place(event: Event) -> str:
    place = event.place
    if place is None:
        return ""
    known = ", ".join(part for part in (place.country, place.precision if place.precision != "unknown" else "") if part)
    return f"at {place.text}" + (f" ({known})" if known else "")


def _numbers(numbers: Numbers) -> list[str]:
    named = (
        ("killed", numbers.killed),
        ("injured", numbers.injured),
        ("arrested", numbers.arrested),
        ("took part", numbers.participants),
    )
    return [f"{_count(number)} {name}" for name, number in named if number]


def _count(number: Number) -> str:
    if number.low is None or number.high is None:
        return f"at least {number.low:,}" if number.low is not None else f"up to {number.high or 0:,}"
    return f"{number.low:,}" if number.low == number.high else f"{number.low:,} to {number.high:,}"
