"""Events of POLECAT, GDELT and ACLED as deeds from elsewhere: one report a row, one event in it.

Each carries the rule `import polecat`, `import gdelt` or `import acled`, and the data set as its outlet. They are
`actual` since that is what the data sets say of them; what is only said there (CAMEO 01 to 02) is passed over.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, cast, get_args

from diurna.imports.rowreport import RowReport, party
from diurna.imports.rows import BadRow, Row
from diurna.model.record import (
    QUAD,
    Actor,
    ActorKind,
    Event,
    EventType,
    Number,
    Numbers,
    Party,
    Place,
    Reading,
)
from diurna.model.timevalue import TimeValue, month_value, range_value


class Passed(NamedTuple):
    """A row that is sound and holds no deed: the line it begins on, and why."""

    line: int
    reason: str


Found = Reading | BadRow | Passed


class Side(NamedTuple):
    """One party of a row: the column its name stands in, and what the row says of it."""

    column: str
    country: str | None
    sector: str | None
    role: str | None = None


class Deed(NamedTuple):
    """What a row says happened.

    Attributes:
        made: the row as a report.
        trigger: columns of the event's type, the first that is filled counts; evidence runs over all of them.
    """

    made: RowReport
    rule: str
    trigger: tuple[str, ...]
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    place: Place | None
    when: TimeValue | None
    killed: str | None = None


def reading_of(deed: Deed) -> Reading:
    """The reading of a row; without a day of publication it speaks from the day of its event."""
    made = deed.made
    trigger = made.span(*deed.trigger)
    assert trigger is not None  # noqa: S101 - rows without a type do not come here
    sides = [[_party(made, side) for side in some] for some in (deed.actors, deed.recipients)]
    parties = [tuple(one[0] for one in some if one) for some in sides]
    known = {one[1].id: one[1] for some in sides for one in some if one}
    columns = (*deed.trigger, *(side.column for side in (*deed.actors, *deed.recipients)))
    event = Event(
        made.id("ev", deed.type, *trigger), trigger, deed.type, deed.mode, deed.contexts, QUAD[deed.type], deed.cameo,
        parties[0], parties[1], deed.place, deed.when, "actual", _numbers(deed), None,
        made.evidence(deed.rule, *columns),
    )  # fmt: skip
    anchor = None if made.report.published else deed.when
    return Reading(made.report, anchor, tuple(known.values()), (), (event,))


def _party(made: RowReport, side: Side) -> tuple[Party, Actor] | None:
    kinds: dict[str | None, ActorKind] = {"GOV": "organisation", "MIL": "organisation", "REB": "group"}
    return party(made, side.column, kinds.get(side.sector, "unknown"), side.country, side.sector, side.role)


def _numbers(deed: Deed) -> Numbers:
    span = deed.made.span(deed.killed) if deed.killed else None
    said = span.of(deed.made.report.text) if span else ""
    if span is None or not said.isdigit() or int(said) == 0:
        return Numbers()
    return Numbers(killed=Number(int(said), int(said), said, span))


def event_type(said: str) -> EventType | None:
    """A PLOVER type by its name."""
    return cast("EventType", said.upper()) if said.upper() in get_args(EventType) else None


def day_value_of(said: str) -> TimeValue | None:
    """A day as 2025-12-28, 20251228 or 28 December 2025.

    Raises:
        ValueError: it is none of these, or no day.
    """
    if not said:
        return None
    for form in ("%Y-%m-%d", "%Y%m%d", "%d %B %Y", "%d-%b-%Y", "%Y-%m-%dT%H:%M:%S"):
        try:
            day = dt.datetime.strptime(said.strip(), form).date()
        except ValueError:
            continue
        return TimeValue(day.isoformat(), day.isoformat(), "day", said)
    raise ValueError(f"{said!r} is no day")


def week_of(day: TimeValue) -> TimeValue:
    """The week, Monday to Sunday, a day is in."""
    first = day.first_day
    assert first is not None  # noqa: S101 - days have a day
    monday = first - dt.timedelta(days=first.weekday())
    return range_value(monday, monday + dt.timedelta(days=6), day.text, "week")


def month_of(day: TimeValue) -> TimeValue:
    """The month a day is in."""
    first = day.first_day
    assert first is not None  # noqa: S101 - days have a day
    return month_value(first.year, first.month, day.text)


def degrees(said: str, most: int) -> float | None:
    """A coordinate.

    Raises:
        ValueError: it is no number, or beyond `most`.
    """
    if not said:
        return None
    value = float(said)
    if not abs(value) <= most:
        raise ValueError(f"{said!r} is no coordinate")
    return value


def number(said: str) -> int | None:
    """A whole number, or None."""
    return int(said) if re.fullmatch(r"\d{1,18}", said) else None


def each(rows: Iterable[Row | BadRow], take: Callable[[Row], Reading | Passed]) -> Iterator[Found]:
    """Every row's reading; a row that cannot be taken is named and the others go on."""
    for row in rows:
        if isinstance(row, BadRow):
            yield row
            continue
        try:
            yield take(row)
        except ValueError as fault:
            yield BadRow(row.line, str(fault))
