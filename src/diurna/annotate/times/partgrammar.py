"""Parts of times: "the first week of March", "the 21st of last month", "late 2015", "earlier in the week"."""

from __future__ import annotations

from diurna.annotate.times.timemeaning import (
    Calendar,
    Found,
    Inside,
    Named,
    Nth,
    Part,
    Shift,
    UnitStep,
    Window,
    Years,
)
from diurna.annotate.times.timenumbers import DASHES, LONG_UNITS, Inner, full_year, long_unit, number, ordinal
from diurna.annotate.times.timepieces import Pieces
from diurna.annotate.times.timewords import TimeWords

_SIDES = {"earlier": -1, "later": 1}


def read_unit_of(p: Pieces, w: TimeWords, i: int, inner: Inner) -> Found | None:
    """Reads "the week of April 10", "the night of 12 May", "the weekend", "in the morning", after "the" at `i`."""
    low, after = p.low[i + 1], p.low[i + 2]
    if after == "of" and (low in w.parts_of_day or w.units.get(low) in ("week", "weekend", "month", "year")):
        dated = inner(p, w, i + 3)
        if dated:
            whole = w.units.get(low) not in ("week", "weekend")
            return Found(dated.end, dated.meaning if whole else Inside(Nth(0, w.units[low]), dated.meaning))
        if p.low[i + 3] in w.months or full_year(p, i + 3) is not None:
            return None
    if low == "weekend":
        return Found(i + 2, UnitStep("weekend", 0)) if after not in DASHES else None
    if low in w.spoken_parts_of_day and low != "night" and p.before(i) in w.before_part_of_day:
        return Found(i + 2, UnitStep("day", 0, "then"))
    return None


def read_nth(p: Pieces, w: TimeWords, i: int, inner: Inner) -> Found | None:
    """Reads "the first week of March", "the last two days of June", "the second half of 2015"."""
    at = i + (p.low[i] == "the")
    which, end = (-1, at + 1) if p.low[at] in w.last_of else ordinal(p, at, w) or (0, at)
    if not which:
        return None
    end += p.low[end] in DASHES and not p.gap[end]
    counted = number(p, w, end) if p.low[end] not in w.articles else None
    count, end = counted or (1, end)
    place = _place(p, w, end, which, count)
    return _placed(p, w, end + 1, place, inner) if place else None


def _place(p: Pieces, w: TimeWords, end: int, which: int, count: int | None) -> Nth | None:
    low = p.low[end]
    if low == "half":
        return Nth(2 if which < 0 else which, "half")
    if low in w.weekdays:
        return Nth(which, "weekday", weekday=w.weekdays[low])
    unit = w.units.get(low)
    return Nth(which, unit, count) if unit in LONG_UNITS and count else None


def _placed(p: Pieces, w: TimeWords, end: int, place: Nth, inner: Inner) -> Found | None:
    end += place.unit == "weekday" and p.low[end] in w.parts_of_day  # "the first Monday evening of May"
    joined = p.low[end] in ("of", "in")
    if not joined and place.unit not in ("quarter", "half"):
        return None
    outer = inner(p, w, end + joined) or _plain_unit(p, w, end + joined)
    if outer is None and joined and p.low[end + 1] == "the":  # "the first half of the 19th century"
        outer = inner(p, w, end + 2)
        outer = outer if outer and isinstance(outer.meaning, Years) else None
    if outer is None and place.unit == "quarter" and p.low[end] in w.closers and place.count == 1:
        return Found(end, Inside(place, UnitStep("year", 0)))
    if outer is None or (isinstance(outer.meaning, Named) and outer.meaning.kind in ("weekday", "holiday")):
        return None
    return Found(outer.end, Inside(place, outer.meaning))


def _plain_unit(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "the month", "the year" where something of it is meant."""
    unit = long_unit(p, w, i + 1) if p.low[i] == "the" and p.low[i + 2] != "of" else None
    return Found(i + 2, UnitStep(unit, 0, "then")) if unit else None


def read_ordinal_day(p: Pieces, w: TimeWords, i: int, inner: Inner) -> Found | None:
    """Reads "on the 21st", "the 21st of last month", after "the" at `i`."""
    day = ordinal(p, i + 1, w)
    if day is None or day[0] > 31:
        return None
    at = day[1] + (p.low[day[1]] == "day")
    if p.low[at] == "of":
        outer = inner(p, w, at + 1) or _plain_unit(p, w, at + 1)
        monthly = outer is not None and isinstance(outer.meaning, UnitStep) and outer.meaning.unit == "month"
        return Found(outer.end, Inside(Calendar(day=day[0]), outer.meaning)) if outer and monthly else None
    bare = p.low[i + 1].isdecimal() and p.before(i) in w.before_plain_day and p.low[day[1]] in w.closers
    return Found(day[1], Calendar(day=day[0])) if bare else None


def read_part(p: Pieces, w: TimeWords, i: int, inner: Inner) -> Found | None:
    """Reads "early 2015", "mid-March", "late on Friday", "the end of March", "the early part of the year"."""
    at = i + (p.low[i] == "the")
    word = p.low[at]
    if word not in w.parts:
        return None
    at = _after_part(p, w, at)
    joined = p.low[at] in ("of", "in", "on")
    if (word in w.endings and p.low[at] != "of") or p.low[at] in w.parts_of_day:
        return _part_of_day(p, w, at, inner)
    whole = inner(p, w, at + joined) or (_plain_unit(p, w, at + joined) if joined else None)
    idiom = word == "end" and "at" in (p.before(i), p.before(max(i - 1, 0)))
    if idiom and whole and whole.meaning == UnitStep("day", 0, "then"):
        return None  # "at the end of the day", all said and done
    if whole is None or isinstance(whole.meaning, Shift | Window) or _is_turn_of_century(word, whole):
        return None
    return Found(whole.end, Part(whole.meaning, _SIDES.get(word, 0)), whole.more)


def _after_part(p: Pieces, w: TimeWords, at: int) -> int:
    """The piece after "early part", "mid-", "late to mid-"."""
    at += 1
    at += p.low[at] in DASHES
    at += p.low[at] in w.stretches
    if p.low[at] in ("to", "or") and p.low[at + 1] in w.parts:
        at += 2
    return at + (p.low[at] in DASHES)


def _is_turn_of_century(word: str, whole: Found) -> bool:
    return word == "turn" and isinstance(whole.meaning, UnitStep) and whole.meaning.unit == "century"


def _part_of_day(p: Pieces, w: TimeWords, at: int, inner: Inner) -> Found | None:
    """Reads "the early morning hours of May 3", from "morning" on."""
    if p.low[at] not in w.parts_of_day:
        return None
    at += 1 + (p.low[at + 1] == "hours")
    day = inner(p, w, at + 1) if p.low[at] in ("of", "on") else None
    return Found(day.end, day.meaning) if day else None


def read_earlier(p: Pieces, w: TimeWords, i: int, inner: Inner) -> Found | None:
    """Reads "earlier in the week", "later that day", "earlier today"."""
    if p.low[i] not in w.earlier_later:
        return None
    at = i + 1 + (p.low[i + 1] in ("in", "on"))
    side = _SIDES.get(p.low[i], 0)
    unit = long_unit(p, w, at + 1) if p.low[at] == "the" and p.low[at - 1] == "in" and p.low[at + 2] != "of" else None
    if unit:
        return Found(at + 2, Part(UnitStep(unit, 0, "then" if unit == "day" else "now"), side))
    whole = inner(p, w, at) if p.low[at] in w.after_earlier else None
    if whole and isinstance(whole.meaning, UnitStep | Named):
        return Found(whole.end, Part(whole.meaning, side))
    return None


def read_unit_end(p: Pieces, w: TimeWords, i: int, _: Inner) -> Found | None:
    """Reads "year end" is its last day; "month's end" is as vague as "the end of the month"."""
    unit = long_unit(p, w, i)
    if unit is None or unit == "day" or p.before(i) not in w.before_unit_end:
        return None
    possessive = p.low[i + 1] in ("'", "’") and p.low[i + 2] == "s"
    at = i + 3 if possessive else i + 1
    at += p.low[at] in DASHES
    whole = UnitStep(unit, 0)
    if p.low[at] != "end":
        return None
    return Found(at + 1, Part(whole) if possessive else Inside(Nth(-1, "day"), whole))
