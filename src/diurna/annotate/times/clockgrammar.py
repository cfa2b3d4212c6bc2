"""Times of day: "22:30", "9.30 p.m. GMT", "8am", "noon"."""

from __future__ import annotations

from diurna.annotate.times.timemeaning import Clock
from diurna.annotate.times.timepieces import Pieces
from diurna.annotate.times.timewords import TimeWords


def read_clock(p: Pieces, w: TimeWords, i: int) -> tuple[int, Clock] | None:
    """(the piece after it, the clock) for a time of day that begins at `i`."""
    low = p.low[i]
    if low in w.clock_words:
        return i + 1, Clock(w.clock_words[low])
    if not low.isdecimal() or (
        i and not p.gap[i] and (p.low[i - 1] in w.currencies or p.low[i - 1] in (":", ".", ","))
    ):
        return None
    if len(low) == 4:
        return _military(p, w, i)
    return _hours_first(p, w, i) if len(low) <= 2 and int(low) < 25 else None


def _military(p: Pieces, w: TimeWords, i: int) -> tuple[int, Clock] | None:
    hour, minute, at = int(p.low[i][:2]), int(p.low[i][2:]), i + 1
    if hour > 23 or minute > 59:
        return None
    at += p.low[at] in w.military_hours and (p.gap[at + 1] or not p.low[at + 1][:1].isalnum())  # not "2009 H1N1"
    zone = _zone(p, w, at)
    return (zone[0], Clock(hour, minute, 0, zone[1])) if zone else (at, Clock(hour, minute)) if at > i + 1 else None


def _hours_first(p: Pieces, w: TimeWords, i: int) -> tuple[int, Clock] | None:
    hour, minute, second, at = int(p.low[i]), 0, 0, i + 1
    mark = p.low[at]
    spelled = (
        mark in (":", ".")
        and not p.gap[at]
        and not p.gap[at + 1]
        and len(p.low[at + 1]) == 2
        and p.low[at + 1].isdecimal()
    )
    if spelled:
        minute, at = int(p.low[at + 1]), at + 2
        if p.low[at] == ":" and p.low[at + 1].isdecimal() and not p.gap[at + 1]:
            second, at = int(p.low[at + 1]), at + 2
    half = _half_of_day(p, at)
    if half:
        at = half[0]
        hour = hour % 12 + half[1]
    elif p.low[at] == "o" and p.low[at + 2] == "clock":
        at += 3
    zone = _zone(p, w, at)
    told = half or zone or (at > i + 3 and p.low[at - 1] == "clock")
    bare = (
        spelled
        and mark == ":"
        and (p.before(i) in w.before_clock or not i)
        and (not p.low[at][:1].isdecimal() or p.gap[at])
        and p.low[at] != ":"
    )
    if (not told and not bare) or hour > 23 or minute > 59 or second > 59:
        return None
    return (zone[0], Clock(hour, minute, second, zone[1])) if zone else (at, Clock(hour, minute, second))


def _half_of_day(p: Pieces, at: int) -> tuple[int, int] | None:
    """(the piece after it, hours to add) for "a.m.", "pm" at `at`."""
    low = p.low[at]
    if low in ("am", "pm"):
        return at + 1, 12 if low == "pm" else 0
    if low in ("a", "p") and p.low[at + 1] == "." and p.low[at + 2] == "m" and not p.gap[at + 1]:
        return at + 4 if p.low[at + 3] == "." else at + 3, 12 if low == "p" else 0
    return None


def _zone(p: Pieces, w: TimeWords, at: int) -> tuple[int, int] | None:
    """(the piece after it, minutes east of Greenwich) for a zone at `at`, in brackets or not."""
    inner = at + (p.low[at] == "(")
    if p.low[inner] not in w.zones or not p.raw[inner].isupper():
        return None
    offset, end = w.zones[p.low[inner]], inner + 1
    if p.low[end] in ("+", "-", "−") and p.low[end + 1].isdecimal() and len(p.low[end + 1]) <= 2 and not p.gap[end]:
        offset += int(p.low[end + 1]) * (60 if p.low[end] == "+" else -60)
        end += 2
    return end + (p.low[end] == ")" and inner > at), offset
