"""Times that need another day to be known: which rule can begin with which word, and the longest that fits."""

from __future__ import annotations

from collections.abc import Callable

from diurna.annotate.times.dategrammar import read_date
from diurna.annotate.times.partgrammar import (
    read_earlier,
    read_nth,
    read_ordinal_day,
    read_part,
    read_unit_end,
    read_unit_of,
)
from diurna.annotate.times.spangrammar import read_counted, read_day_before, read_in
from diurna.annotate.times.stepgrammar import read_counted_step, read_step
from diurna.annotate.times.timemeaning import Found, UnitStep
from diurna.annotate.times.timenumbers import Inner
from diurna.annotate.times.timepieces import Pieces
from diurna.annotate.times.timewords import TimeWords

_DEEPEST = 4
"""Times read inside times ("the end of the first week of March"): a bound, so that odd text costs little."""

_Rule = Callable[[Pieces, TimeWords, int, Inner], Found | None]
_AFTER_THE: tuple[_Rule, ...] = (read_step, read_day_before, read_unit_of, read_nth, read_ordinal_day, read_part)

_AFTER_LAST: tuple[_Rule, ...] = (read_step, read_nth, read_part)


def read_any(p: Pieces, w: TimeWords, i: int, depth: int = 0) -> Found | None:
    """The longest time of any kind that begins at piece `i`; None when already too deep inside other times."""
    if depth > _DEEPEST:
        return None
    date, relative = read_date(p, w, i, depth), read_relative(p, w, i, depth)
    return date if relative is None or (date is not None and date.end >= relative.end) else relative


def read_relative(p: Pieces, w: TimeWords, i: int, depth: int = 0) -> Found | None:
    """The longest time at `i` that counts from another day; `depth` counts the times it is part of."""
    low = p.low[i]
    if low in w.day_words:
        return Found(i + 1, UnitStep("day", w.day_words[low]))

    def inner(pieces: Pieces, words: TimeWords, at: int) -> Found | None:
        return read_any(pieces, words, at, depth + 1)

    best = None
    for rule in _rules(low, w):
        found = rule(p, w, i, inner)
        if found and (best is None or found.end > best.end):
            best = found
    return best


def _rules(low: str, w: TimeWords) -> tuple[_Rule, ...]:
    """The rules that can begin with `low`."""
    if low == "the":
        return _AFTER_THE
    if low in w.steps or low in w.steps_from_before or low in w.last_of or low == "these":
        return _AFTER_LAST if low in w.last_of else (read_step,)
    if low in w.parts:
        return (read_part, read_earlier, read_counted)
    if low == "half":
        return (read_counted,)
    if low in w.numbers or low in w.vague or low in w.units or low in w.ordinals or low.isdecimal():
        return (read_counted, read_counted_step, read_nth, read_unit_end)
    return (read_in,) if low in ("in", "within") else ()
