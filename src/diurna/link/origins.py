"""Corroboration: which reports of a story rest on one origin. In doubt two are one, so that the count is never high."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from diurna.link.originwords import agency_of, credited, has_release, known_as, long_quotations
from diurna.link.stories import Incoming, days_apart
from diurna.model.canon import Copied, OriginGround, StoryReport

COPIED = 0.6
"""Share of the shorter text that must stand in the other to call it a copy; a formula shared by releases is less."""

COPY_DAYS = 7
"""A copy comes within a week; what is alike later is the next release of a series."""

SAME_QUOTES = 0.8
"""Share of the long quotations of the report with fewer that the other must have too."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """Why a report rests on the origin of an earlier one, or on a named one."""

    kind: OriginGround
    why: str
    earlier: int | None = None
    named: str | None = None
    copy_of: str | None = None


def with_origins(
    members: Sequence[Incoming], copies: Mapping[str, Sequence[Copied]], before: Mapping[str, StoryReport] | None = None
) -> tuple[StoryReport, ...]:
    """The members of one story by day, each with the number of its origin and the reason.

    Args:
        copies: near-duplicates of a report among those before it, by its id.
        before: members that are known to be copies, or none, from before: nothing has joined that could change it.
    """
    rows = sorted(members, key=lambda one: (one.day or "9999", one.report.id))
    numbers: list[int] = []
    named: dict[str, int] = {}
    found = []
    for place, one in enumerate(rows):
        ground = _ground(place, rows, copies, before or {})
        number = numbers[ground.earlier] if ground.earlier is not None else named.get(ground.named or "")
        number = number or max(numbers, default=0) + 1
        numbers.append(number)
        for name in _names(one, ground):
            named.setdefault(name, number)
        report = report_row(one, number, ground)
        found.append(report)
    return tuple(found)


def report_row(one: Incoming, number: int, ground: _Ground) -> StoryReport:
    """The member as the story shows it."""
    report = one.report
    return StoryReport(
        report.id, report.source_id, report.outlet, one.day, number, ground.kind, ground.why, ground.copy_of
    )


def _names(one: Incoming, ground: _Ground) -> list[str]:
    """Names under which later reports may rest on this one: its outlet, its agency, whom it credits."""
    outlet = known_as(one.report.outlet) if one.report.outlet else None
    return [name for name in (outlet, agency_of(one.report), ground.named) if name]


def near_in_time(one: str, other: str) -> bool:
    """Whether reports of two ISO days can be copies of each other; also where a day is unknown."""
    return (days_apart(one, other) or 0) <= COPY_DAYS


def _ground(
    place: int, rows: Sequence[Incoming], copies: Mapping[str, Sequence[Copied]], before: Mapping[str, StoryReport]
) -> _Ground:
    return (
        (_known_copy(place, rows, before) if rows[place].report.id in before else _copied(place, rows, copies))
        or _wire(rows[place])
        or _credit(place, rows)
        or _release(place, rows)
        or _Ground("own", "it names no other report it rests on")
    )


def _known_copy(place: int, rows: Sequence[Incoming], before: Mapping[str, StoryReport]) -> _Ground | None:
    """What was found out before about a member being a copy; an edit may since have put the two the other way round."""
    own, known = rows[place].report.id, before[rows[place].report.id]
    for earlier, row in enumerate(rows[:place]):
        other = before.get(row.report.id)
        if known.ground == "copy" and known.copy_of == row.report.id:
            return _Ground("copy", known.why, earlier, copy_of=row.report.id)
        if other and other.ground == "copy" and other.copy_of == own:
            return _Ground("copy", other.why, earlier, copy_of=row.report.id)
    return None


def _copied(place: int, rows: Sequence[Incoming], copies: Mapping[str, Sequence[Copied]]) -> _Ground | None:
    one = rows[place]
    for earlier, other in enumerate(rows[:place]):
        pair = _pair(one.report.id, other.report.id, copies)
        if pair is None or pair.covered < COPIED or not near_in_time(one.day, other.day):
            continue
        why = f"{pair.covered:.0%} of the shorter text stands in the other, which is of {other.day or 'an unknown day'}"
        return _Ground("copy", why, earlier, copy_of=other.report.id)
    return None


def _pair(one: str, other: str, copies: Mapping[str, Sequence[Copied]]) -> Copied | None:
    """The two as near-duplicates, whichever came first."""
    rows = (*copies.get(one, ()), *copies.get(other, ()))
    return next((row for row in rows if {row.report, row.source} == {one, other}), None)


def _wire(one: Incoming) -> _Ground | None:
    agency = agency_of(one.report)
    return _Ground("wire", f"it is marked as a report of {agency}", named=agency) if agency else None


def _credit(place: int, rows: Sequence[Incoming]) -> _Ground | None:
    outlets = [row.report.outlet for row in rows if row.report.outlet]
    name = credited(rows[place].report, outlets)
    return _Ground("credit", f"it says that its news is from {name}", named=name) if name else None


def _release(place: int, rows: Sequence[Incoming]) -> _Ground | None:
    one = rows[place].report
    mine = long_quotations(one)
    if len(mine) < 2 or not has_release(one):
        return None
    for earlier, other in enumerate(rows[:place]):
        theirs = long_quotations(other.report)
        both = len(mine & theirs)
        fewer = min(len(mine), len(theirs))
        if both >= 2 and both >= SAME_QUOTES * fewer and has_release(other.report):
            return _Ground("release", f"both quote one release: {both} long quotations are the same", earlier)
    return None
