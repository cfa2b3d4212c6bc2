"""Last, this and next; the previous, that and the following: "last Friday", "the past three years", "that day"."""

from __future__ import annotations

from dataclasses import replace

from diurna.annotate.times.dategrammar import month_at, read_date
from diurna.annotate.times.timemeaning import COMING, Base, Calendar, Found, Named, Shift, UnitStep, Window
from diurna.annotate.times.timenumbers import DASHES, LONG_UNITS, Inner, long_unit, number, quantity
from diurna.annotate.times.timepieces import Pieces
from diurna.annotate.times.timewords import TimeWords


def read_step(p: Pieces, w: TimeWords, i: int, _: Inner) -> Found | None:
    """A unit or a name with a word that says how far off it is."""
    at = i + (p.low[i] in ("the", "these"))
    at += p.low[at] in ("this", "that", "the") and p.low[at + 1] in w.after_this
    word = p.low[at]
    step = w.steps.get(word, w.steps_from_before.get(word))
    if step is None:
        return read_counted_step(p, w, at, _)
    anaphoric = word not in w.steps or (word == "next" and p.low[i] == "the")
    base: Base = "then" if anaphoric else "now"
    at += 1 + (p.low[at + 1] in w.between_step_and_unit)
    if word == "following" and p.before(at - 1) != "the":  # "following the vote", "following April's talks"
        return _unit(p, w, (i, at), step, base)
    return _count(p, w, at, step, base) or _unit(p, w, (i, at), step, base) or _name(p, w, at, step, base)


def read_counted_step(p: Pieces, w: TimeWords, i: int, _: Inner) -> Found | None:
    """Reads "two previous years", "3 upcoming months": the number before the step."""
    counted = number(p, w, i)
    if counted is None or not counted[0]:
        return None
    value, at = counted
    step, unit = w.steps.get(p.low[at]), w.units.get(p.low[at + 1], "")
    if not step or p.low[at] == "last" or not p.low[at + 1].endswith("s") or unit in ("", "second", "minute", "hour"):
        before = w.steps_from_before.get(p.low[at])
        return Found(at + 2, Shift(((None, unit),), before, "then")) if unit in LONG_UNITS and before else None
    return Found(at + 2, Window(value, unit, step))


def _count(p: Pieces, w: TimeWords, at: int, step: int, base: Base) -> Found | None:
    """Reads "the past three years", "the next few days", "recent weeks"."""
    counted = quantity(p, w, at)
    if counted is None and p.low[at] in w.units and p.low[at].endswith("s"):
        counted = None, w.units[p.low[at]], at + 1
    if counted is None or not step or p.low[at] in w.articles:
        return None
    count, unit, end = counted
    if unit in ("second", "minute"):
        return None
    if base == "then" and p.low[at - 1] not in w.steps:
        return Found(end, Shift(((None, unit),), step, "then"))
    return Found(end, Window(count, unit, step))


def _unit(p: Pieces, w: TimeWords, place: tuple[int, int], step: int, base: Base) -> Found | None:
    """Reads "last week", "the following day", "this morning"; "over the past week" is the last seven days."""
    start, at = place
    said = p.low[at - 1]
    if p.low[at] in w.spoken_parts_of_day:
        return Found(at + 1, UnitStep("day", step, "then" if said == "next" else base))
    unit = long_unit(p, w, at)
    if unit is None or (p.low[at + 1] in DASHES and not p.gap[at + 1] and p.low[at + 2] in w.compound_units):
        return None
    if unit == "day" and (said == "this" or p.low[at + 1] == "of"):
        return None
    if unit == "fortnight":
        return Found(at + 1, Window(2, "week", step or 1))
    stretch = p.low[start] == "the" and p.before(start) in w.over and said in w.steps
    if step and (stretch or (unit == "decade" and base == "now")):
        return Found(at + 1, Window(1, unit, step))
    return Found(at + 1, UnitStep(unit, step, base))


def _dated_weekday(found: Found | None) -> Found | None:
    """The date in "next Friday, May 8"."""
    if found and isinstance(found.meaning, Calendar) and found.meaning.day and found.meaning.month:
        return replace(found, meaning=replace(found.meaning, weekday=None))
    return None


def _name(p: Pieces, w: TimeWords, at: int, step: int, base: Base) -> Found | None:
    """Reads "last Friday", "the following March", "next summer", "this Ramadan"."""
    low, said = p.low[at], p.low[at - 1]
    if low in w.weekdays and (low not in w.short_weekdays or p.raw[at][0].isupper()):
        steps = None if said == "that" else COMING if said in w.coming else step
        plain = Named("weekday", w.weekdays[low], step=steps, base=base)
        return _dated_weekday(read_date(p, w, at)) or Found(at + 1, plain)
    dated = read_date(p, w, at)
    if dated and isinstance(dated.meaning, Calendar) and dated.meaning.day:
        return dated
    if low in w.seasons:
        doubtful = low in w.doubtful_seasons and (said not in w.steps or p.low[at + 1] in w.function_words)
        return None if doubtful else Found(at + 1, Named("season", w.seasons[low], step=step, base=base))
    named = month_at(p, at, w)
    if named and said != "that" and (p.raw[at][0].isupper() or low not in w.doubtful_months):
        return Found(named[1], Named("month", named[0], step=step, base=base))
    if dated and isinstance(dated.meaning, Named) and dated.meaning.kind == "holiday" and dated.meaning.year is None:
        return Found(dated.end, Named("holiday", name=dated.meaning.name, step=step, base=base))
    return None
