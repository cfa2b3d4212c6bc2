"""So many units from somewhere: "two weeks ago", "three days after the vote", "in a month", "the day before"."""

from __future__ import annotations

from diurna.annotate.times.timemeaning import COMING, Calendar, Found, Named, Shift, UnitStep, Window
from diurna.annotate.times.timenumbers import APOSTROPHES, DASHES, LONG_UNITS, Inner, long_unit, number, quantity
from diurna.annotate.times.timepieces import Pieces
from diurna.annotate.times.timewords import TimeWords

_RECORD = 4
"""Words between a superlative and the span it holds for."""
_SHORTEST = 5
"""Letters of the words in "-est" that are no superlatives ("west", "rest")."""
_HALVED = {"year": ("month", 12), "decade": ("year", 10), "century": ("year", 100)}
"""The smaller unit half of a unit is counted in, and how many make a whole."""
_Counts = tuple[tuple[int | None, str], ...]


def _counts(p: Pieces, w: TimeWords, i: int) -> tuple[_Counts, int] | None:
    """Reads "two weeks", "two weeks and three days", "a year and a half", and before "ago" also "years"."""
    halved = _with_half(p, w, i)
    if halved:
        return halved
    first = quantity(p, w, i)
    if first is None:
        unit = w.units.get(p.low[i], "")
        bare = unit and p.low[i].endswith("s") and p.low[i + 1] in w.after_bare_units
        return (((None, unit),), i + 1) if bare else None
    value, unit, end = first
    second = quantity(p, w, end + 1) if p.low[end] in ("and", ",") and p.low[end + 1] not in w.articles else None
    if second:
        return ((value, unit), second[:2]), second[2]
    return ((value, unit),), end


def _with_half(p: Pieces, w: TimeWords, i: int) -> tuple[_Counts, int] | None:
    """Reads "half a year", "a year and a half", "two and a half years", "two-and-a-half years"."""
    if p.low[i] == "half":
        unit = long_unit(p, w, i + 2) if p.low[i + 1] in w.articles else None
        return (((_halves(0, unit)),), i + 3) if unit else None
    counted = number(p, w, i)
    if counted is None:
        return None
    value, at = counted
    if p.low[at] in w.units:
        unit, end = w.units[p.low[at]], _after_half(p, w, at + 1)
    else:
        end = _after_half(p, w, at)
        unit, end = w.units.get(p.low[end], ""), end + 1 if end else 0
    return ((_halves(value, unit),), end) if end and unit else None


def _after_half(p: Pieces, w: TimeWords, at: int) -> int:
    """The piece after "and a half", hyphened or not; 0 where it does not stand at `at`."""
    for known in (("and",), w.articles, ("half",)):
        at += p.low[at] in DASHES
        if p.low[at] not in known:
            return 0
        at += 1
    return at + (p.low[at] in DASHES)


def _halves(value: int | None, unit: str) -> tuple[int | None, str]:
    """So many units and a half, in the largest unit that makes them whole ("a year and a half": 18 months)."""
    if value is None or unit not in _HALVED:
        return None, unit
    smaller, size = _HALVED[unit]
    return value * size + size // 2, smaller


def read_counted(p: Pieces, w: TimeWords, i: int, inner: Inner) -> Found | None:
    """Reads "two weeks ago", "three days later", "a day after the vote", "five days before Christmas"."""
    counted = _counts(p, w, i)
    if counted is None:
        return _counted_weekdays(p, w, i)
    if p.before(i) in DASHES and not p.gap[i]:
        return None
    counts, end = counted
    spoken = _from_now(p, w, end, counts)
    if spoken or counts[0][1] not in LONG_UNITS or counts[0] == (1, "quarter"):
        return spoken
    word = p.low[end]
    if word in w.before_span or word in w.after_span:
        return _from_there(p, w, end, Shift(counts, -1 if word in w.before_span else 1, "then"), inner)
    if word == "in" and p.low[end + 1] == "advance":
        return Found(end + 2, Shift(counts, -1, None))
    return _from_date(p, w, end, counts, inner) if word == "from" else None


def _counted_weekdays(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "two Sundays ago", "three Fridays from now": the last or coming one is the first."""
    counted = number(p, w, i)
    if counted is None or counted[0] is None:
        return None
    value, at = counted[0], counted[1]
    named = p.low[at].removesuffix("s")
    weekday = w.weekdays.get(named) if p.raw[at][:1].isupper() else None
    if weekday is None or named in w.short_weekdays:
        return None
    if p.low[at + 1] == "ago":
        return Found(at + 2, Shift(((value - 1, "week"),), -1, Named("weekday", weekday, step=-1)))
    if p.low[at + 1] == "from" and p.low[at + 2] in ("now", "today"):
        return Found(at + 3, Shift(((value - 1, "week"),), 1, Named("weekday", weekday, step=COMING)))
    return None


def _from_now(p: Pieces, w: TimeWords, end: int, counts: _Counts) -> Found | None:
    """The "ago", "back" or "from now" that ends a span."""
    word, after = p.low[end], p.low[end + 1]
    if word == "ago" or (word == "back" and after in w.closers and after not in w.after_direction):
        return Found(end + 1, Shift(counts, -1, "now"))
    if word == "from" and after in ("now", "then"):
        return Found(end + 2, Shift(counts, 1, "now" if after == "now" else "then"))
    return None


def _from_there(p: Pieces, w: TimeWords, end: int, shift: Shift, inner: Inner) -> Found | None:
    """What "after" and "before" count from: a date, an event that is named, or the day named before."""
    word, after = p.low[end], end + 1
    after += word == "prior" and p.low[after] == "to"
    if word in w.span_prepositions:
        dated = inner(p, w, after)
        if dated:
            return Found(dated.end, Shift(shift.counts, shift.sign, dated.meaning))
        if p.low[after] not in w.closers or p.low[after] in w.clause_subjects:
            return Found(after, Shift(shift.counts, shift.sign, None))
    return None if p.low[after] == "than" else Found(end + 1, shift)


def _from_date(p: Pieces, w: TimeWords, end: int, counts: _Counts, inner: Inner) -> Found | None:
    """Reads "two weeks from Sunday"; "two months from 2015" is no date."""
    dated = inner(p, w, end + 1)
    if dated is None or (isinstance(dated.meaning, Calendar) and dated.meaning.day is None):
        return None
    return Found(dated.end, Shift(counts, 1, dated.meaning))


def read_in(p: Pieces, w: TimeWords, i: int, _: Inner) -> Found | None:
    """Reads "in two weeks", "within 60 days": dates only where the verb points ahead."""
    counted = _counts(p, w, i + 1 + (p.low[i + 1] in w.about_count))
    if counted is None:
        return None
    counts, end = counted
    if _is_record(p, w, i) or (counts[0][0] == 1 and counts[0][1] in ("decade", "century")):
        return None
    if p.low[end] in APOSTROPHES:  # "in two weeks' time", "in a week's time"
        after = end + 1 + (p.low[end + 1] == "s")
        end = after if p.low[after] == "time" else end
    if p.low[end] in w.not_of_a_count:
        return Found(end + 1, Shift(counts, 1, "now")) if p.low[end] == "time" else None
    if p.low[i] == "within":
        return Found(end, Window(counts[0][0], counts[0][1], 1, ahead_only=True)) if len(counts) == 1 else None
    return Found(end, Shift(counts, 1, "now", ahead_only=True))


def _is_record(p: Pieces, w: TimeWords, i: int) -> bool:
    """Whether "in" closes a record ("the largest rise in two years", "for the first time in months")."""
    before = p.low[max(i - _RECORD, 0) : i]
    return any(low in w.records or (low.endswith("est") and len(low) > _SHORTEST) for low in before)


_TWICE = {("before", "last"), ("after", "next")}


def read_day_before(p: Pieces, w: TimeWords, i: int, inner: Inner) -> Found | None:
    """Reads "the day before", "the day before Saturday", "the day after the vote", with "the" at `i`."""
    word = p.low[i + 2]
    unit = "day" if p.low[i + 1] in w.spoken_parts_of_day else long_unit(p, w, i + 1)
    if unit is None:
        return None
    if word in w.adverbs_of_order:
        return Found(i + 3, UnitStep(unit, w.adverbs_of_order[word], "then")) if p.low[i + 3] in w.closers else None
    if word not in w.before_span and word not in w.after_span:
        return None
    sign = 1 if word in w.after_span else -1
    if (word, p.low[i + 3]) in _TWICE and p.low[i + 4] in w.closers:
        return Found(i + 4, UnitStep(unit, 2 * sign))
    found = _from_there(p, w, i + 2, Shift(((1, unit),), sign, "then"), inner)
    if found and isinstance(found.meaning, Shift) and found.meaning.base == "then":
        return Found(found.end, UnitStep(unit, sign, "then"))
    return found
