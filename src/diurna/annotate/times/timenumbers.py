"""Numbers in time expressions: days of the month, years, ordinals, "three weeks"."""

from __future__ import annotations

from collections.abc import Callable

from diurna.annotate.times.timemeaning import Found
from diurna.annotate.times.timepieces import Pieces
from diurna.annotate.times.timewords import TimeWords

DASHES = frozenset({"-", "–", "—", "/", "‑", "−"})
APOSTROPHES = frozenset({"'", "’", "‘", "ʼ"})
LONG_UNITS = frozenset(
    {"day", "business day", "week", "fortnight", "weekend", "month", "quarter", "year", "decade", "century"}
)
"""Units a calendar shows; hours and minutes are not among them."""
Inner = Callable[[Pieces, TimeWords, int], Found | None]
"""Reads the time that stands inside another one, at a piece."""
_LAST_DAY = 31
_THIS_CENTURY = 30
"""Two digits up to this are years of this century ("'15"), others of the last ("'98")."""


def ordinal(p: Pieces, i: int, w: TimeWords) -> tuple[int, int] | None:
    """An ordinal at `i` ("3rd", "third", "twenty-first"), and the piece after it."""
    low = p.low[i]
    if low.isdecimal() and len(low) <= 2 and is_ordinal_end(p, i + 1, w):
        return int(low), i + 2
    if low in w.ordinals:
        return w.ordinals[low], i + 1
    if low in w.numbers and w.numbers[low] in (20, 30):
        nxt = i + 2 if p.low[i + 1] in DASHES else i + 1
        if w.ordinals.get(p.low[nxt], 99) < 10:
            return w.numbers[low] + w.ordinals[p.low[nxt]], nxt + 1
    return None


def is_ordinal_end(p: Pieces, i: int, w: TimeWords) -> bool:
    """Whether the piece at `i` is the "st" of "1st"."""
    return p.low[i] in w.ordinal_ends and not p.gap[i]


def day_number(p: Pieces, i: int, w: TimeWords) -> tuple[int, int] | None:
    """A day of the month at `i` ("21", "21st", "twenty-first"), and the piece after it."""
    low = p.low[i]
    if low.isdecimal() and len(low) <= 2:
        value, end = int(low), i + 2 if is_ordinal_end(p, i + 1, w) else i + 1
        return (value, end) if 1 <= value <= 31 else None
    return ordinal(p, i, w)


def number(p: Pieces, w: TimeWords, i: int) -> tuple[int | None, int] | None:
    """(how many, the piece after it); None for how many is "several". None: no number stands here."""
    low = p.low[i]
    if low.isdecimal() and len(low) <= 3:
        return int(low), i + 1
    if low in w.vague or (w.numbers.get(low) == 1 and p.low[i + 1] in w.vague):
        at = i + 1 if low in w.vague else i + 2
        at += p.low[at] == "dozen"
        return None, at + (p.low[at] == "of")
    if low not in w.numbers:
        return None
    return _worded_number(p, w, i)


def _worded_number(p: Pieces, w: TimeWords, i: int) -> tuple[int, int]:
    value, at = w.numbers[p.low[i]], i + 1
    if value == 1 and w.numbers.get(p.low[at]) == 100:
        return 100, at + 1
    if 20 <= value <= 90:
        nxt = at + 1 if p.low[at] in DASHES and not p.gap[at] else at
        ones = w.numbers.get(p.low[nxt], 0)
        if 1 <= ones <= 9 and p.low[nxt] not in w.articles:
            return value + ones, nxt + 1
    return value, at


def quantity(p: Pieces, w: TimeWords, i: int) -> tuple[int | None, str, int] | None:
    """(how many, unit, the piece after it) for "three weeks", "a year", "several months"."""
    counted = number(p, w, i)
    if counted is None:
        return None
    value, at = counted
    working = p.low[at] in w.working
    at += p.low[at] in w.between_count_and_unit
    if p.low[at] in DASHES or (p.low[i].isdecimal() and p.before(i) in (".", ",", "$", "-") and not p.gap[i]):
        return None
    unit = w.units.get(p.low[at])
    if unit is None or (p.low[at] == "second" and value != 1):
        return None
    return value, "business day" if working and unit == "day" else unit, at + 1


def long_unit(p: Pieces, w: TimeWords, i: int) -> str | None:
    """The calendar unit, in the singular, that stands at `i`."""
    unit = w.units.get(p.low[i])
    return unit if unit in LONG_UNITS and not p.low[i].endswith("s") else None


def full_year(p: Pieces, i: int) -> int | None:
    """The four-digit year at `i` that no letter, digit or decimal touches."""
    low = p.low[i]
    if len(low) != 4 or not low.isdecimal() or not "1000" <= low <= "2199":
        return None
    nxt = p.low[i + 1]
    decimal = nxt in (".", ",", ":") and p.low[i + 2].isdecimal() and not p.gap[i + 2]
    return None if not p.gap[i + 1] and (nxt[:1].isalpha() or decimal) else int(low)


def year_after(p: Pieces, w: TimeWords, i: int) -> tuple[int | None, int]:
    """The year that follows a day or month at `i` (", 2015", "of 2015", "'98"), and the piece after it."""
    for at in (i, i + 1) if p.low[i] in (",", "of", "in", ".") else (i,):
        year = full_year(p, at)
        if year is not None and (p.low[at + 1] not in w.after_quantity or p.low[at + 1] == "and"):
            return year, at + 1
    worded = year_in_words(p, w, i + 1 if p.low[i] in (",", "of", "in") else i)
    if worded:
        return worded
    short = p.low[i + 1]
    if p.low[i] == "of" and short.isdecimal() and len(short) == 2 and int(short) > _LAST_DAY and _ends(p, i + 2):
        return with_century(int(short)), i + 2
    if p.low[i] in APOSTROPHES and p.low[i + 1].isdecimal() and len(p.low[i + 1]) == 2 and not p.gap[i + 1]:
        return with_century(int(p.low[i + 1])), i + 2
    return None, i


def _ends(p: Pieces, i: int) -> bool:
    """Whether a number that ends before `i` counts nothing."""
    return not p.low[i][:1].isalnum()


def year_in_words(p: Pieces, w: TimeWords, i: int) -> tuple[int, int] | None:
    """A year written out at `i` ("nineteen ninety-six", "two thousand and five"), and the piece after it."""
    tens = w.numbers.get(p.low[i], 0)
    if tens == 2 and p.low[i + 1] == "thousand":
        at = i + 3 if p.low[i + 2] == "and" else i + 2
        low = _below_hundred(p, w, at)
        return (2000 + low[0], low[1]) if low else ((2000, i + 2) if p.low[i + 2] != "and" else None)
    if tens not in (17, 18, 19, 20):
        return None
    at = i + 2 if w.numbers.get(p.low[i + 1]) == 100 else i + 1
    low = _below_hundred(p, w, at + (p.low[at] == "and" and at > i + 1))
    if low is None or low[0] < 10:
        return None
    return tens * 100 + low[0], low[1]


def _below_hundred(p: Pieces, w: TimeWords, i: int) -> tuple[int, int] | None:
    """A number from 1 to 99 in words at `i`, and the piece after it."""
    value = w.numbers.get(p.low[i])
    if value is None or not 1 <= value <= 90 or p.low[i] in w.articles:
        return None
    nxt = i + 2 if p.low[i + 1] in DASHES and not p.gap[i + 1] else i + 1
    ones = w.numbers.get(p.low[nxt], 0)
    return (
        (value + ones, nxt + 1) if value >= 20 and 1 <= ones <= 9 and p.low[nxt] not in w.articles else (value, i + 1)
    )


def with_century(two_digits: int) -> int:
    """The year two digits stand for."""
    return two_digits + (2000 if two_digits <= _THIS_CENTURY else 1900)


def before_christ(p: Pieces, i: int) -> int:
    """The piece after "BC" at `i`, or 0."""
    if p.low[i] in ("bc", "bce"):
        return i + 1
    if p.low[i] == "b" and p.low[i + 1] == "." and p.low[i + 2] == "c":
        end = i + 5 if p.low[i + 3] == "." and p.low[i + 4] == "e" and not p.gap[i + 4] else i + 3
        return end + (p.low[end] == ".")
    return 0
