"""What could not be decided: said aloud, so that silence never looks like knowledge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from diurna.console.desk import Desk
from diurna.console.ink import Heading, Notes, ink
from diurna.model.record import Event, Statement

_SHOWN = 5
"""Examples printed a kind of doubt; the rest are counted."""

_BRIEF = 70
"""Characters of an example."""


def doubts_part(desk: Desk) -> Iterator[RenderableType]:
    """The section of open questions; nothing where there are none."""
    lines = [*_anchor(desk), *_times(desk), *_speakers(desk), *_deeds(desk), *_gaps(desk), *_failures(desk)]
    if not lines:
        return
    yield Heading("COULD NOT BE DECIDED", str(len(lines)), "strong")
    yield Text("")
    yield from lines


def failures_part(desk: Desk) -> Iterator[RenderableType]:
    """The section of a report of which nothing could be read, and why."""
    yield Heading("NOT READ", "no record of this report", "strong")
    yield Text("")
    yield from _failures(desk)


def _anchor(desk: Desk) -> Iterator[Notes]:
    if desk.reading.report.published is None and desk.reading.anchor is None:
        yield _line("The day the report speaks from", ["give it with --published"])


def _times(desk: Desk) -> Iterator[Notes]:
    values = [(t, t.value) for t in desk.reading.times]
    unknown = [t for t, v in values if v.earliest is None and v.latest is None and v.offset is None]
    if unknown:
        yield _line("Times that name no known day", [f"“{t.text}” {desk.where(t.span)}" for t in unknown])


def _speakers(desk: Desk) -> Iterator[Notes]:
    silent = [s for s in desk.reading.statements if s.speaker.span is None and s.speaker.kind != "self"]
    loose = [s for s in desk.reading.statements if s.speaker.span and not s.speaker.actor and _could_be_known(s)]
    if silent:
        yield _line("Words without a named speaker", [_example(desk, s.content.text, s) for s in silent])
    if loose:
        yield _line("Speakers not matched to an actor", [_example(desk, s.speaker.text, s) for s in loose])


def _could_be_known(statement: Statement) -> bool:
    return statement.speaker.kind in ("named", "role", "group")


def _deeds(desk: Desk) -> Iterator[Notes]:
    deeds = [e for e in desk.reading.events if e.realis == "actual"]
    nobody = [e for e in deeds if not e.actors]
    undated = [e for e in deeds if e.happened_at is None or not (e.happened_at.earliest or e.happened_at.latest)]
    if nobody:
        yield _line("Deeds whose doer is not named", [_event_example(desk, e) for e in nobody])
    if undated:
        yield _line("Deeds whose day is not known", [f"{len(undated)} of {len(deeds)}"])


def _gaps(desk: Desk) -> Iterator[Notes]:
    unsure = [gap for gap in desk.reading.gaps if gap.verdict == "unsure"]
    for gap in unsure[:_SHOWN]:
        why = list(dict.fromkeys(test.why for test in gap.tests if test.result == "unknown"))
        pair = f"{_record(desk, gap.left)} against {_record(desk, gap.right)}"
        yield _line(f"Perhaps a gap, {gap.kind.replace('_', ' ')}", [pair, *why])
    if len(unsure) > _SHOWN:
        yield _line("Perhaps a gap", [f"{len(unsure) - _SHOWN} more pairs, in the records"])


def _record(desk: Desk, record_id: str) -> str:
    row = desk.record(record_id)
    if isinstance(row, Statement):
        return f"{desk.speaker(row)}, {_example(desk, row.content.text, row)}"
    if isinstance(row, Event):
        return _event_example(desk, row)
    return f"“{_brief(row.act)}”" if row else "a record that is gone"


def _failures(desk: Desk) -> Iterator[Notes]:
    for failure in desk.reading.failures:
        yield _line(f"Failed at {failure.stage}", [failure.reason])


def _example(desk: Desk, text: str, statement: Statement) -> str:
    brief = _brief(text)
    quoted = brief if brief.startswith(("“", '"', "«", "„", "‘")) else f"“{brief}”"
    return f"{quoted} {desk.where(statement.evidence.span)}"


def _event_example(desk: Desk, event: Event) -> str:
    return f"{event.type} “{event.trigger.of(desk.text)}” {desk.where(event.trigger)}"


def _brief(text: str) -> str:
    return text if len(text) <= _BRIEF else text[:_BRIEF].rsplit(None, 1)[0] + " …"


def _line(what: str, examples: Sequence[str]) -> Notes:
    examples = list(dict.fromkeys(examples))
    more = len(examples) - _SHOWN
    return Notes([*examples[:_SHOWN], f"and {more} more" if more > 0 else ""], lead=ink(f"? {what}"), indent=2)
