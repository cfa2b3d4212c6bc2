"""Years, decades, centuries, seasons, quarters and fiscal years."""

from __future__ import annotations

from diurna.annotate.times.timemeaning import Calendar, Found, Inside, Meaning, Named, Nth, Unknown, WeekOfYear, Years
from diurna.annotate.times.timenumbers import (
    APOSTROPHES,
    DASHES,
    before_christ,
    full_year,
    ordinal,
    with_century,
    year_after,
    year_in_words,
)
from diurna.annotate.times.timepieces import Pieces
from diurna.annotate.times.timewords import TimeWords

_RECENT = range(1900, 2060)
"""Four digits in this range are a year unless their neighbours say otherwise; other years need a word that says so."""
_OLDER = range(1700, 1900)
_WEEKS = 53
_QUARTERS = ("1", "2", "3", "4")


def read_year(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "2015", "2012 summer", "2019 Q3", "1990-94" (both years); "480 BC" has no value."""
    year = full_year(p, i)
    if year is None:
        return _ancient(p, i)
    back = before_christ(p, i + 1)
    if back:
        return Found(back, Unknown())
    games = p.raw[i + 1][:1].isupper() and p.raw[i + 2][:1].isupper()
    if p.low[i + 1] in w.seasons and p.low[i + 1] not in w.doubtful_seasons and not games:
        return Found(i + 2, Named("season", w.seasons[p.low[i + 1]], year=year))
    at = i + 2 if p.low[i + 1] == "-" else i + 1
    if _is_quarter(p, at):
        return Found(at + 2, Inside(Nth(int(p.low[at + 1]), "quarter"), Calendar(year)))
    if not is_year(p, w, i, year):
        return None
    return Found(i + 1, Calendar(year), _short_second_year(p, i, year))


def read_written_year(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "in nineteen ninety-six", "since two thousand and five": a word of time before it, no noun after it."""
    found = year_in_words(p, w, i)
    if found is None or p.before(i) not in w.before_date:
        return None
    year, end = found
    counts = p.low[end][:1].isalpha() and p.low[end] not in w.function_words
    return None if counts else Found(end, Calendar(year))


def read_week(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "week 31", "week 3 of 2027"; without a preposition and a year it is mostly a heading of a plan."""
    low = p.low[i + 1]
    if p.low[i] != "week" or not low.isdecimal() or len(low) > 2 or not 1 <= int(low) <= _WEEKS or not p.gap[i + 1]:
        return None
    year, end = year_after(p, w, i + 2)
    before = p.before(i - 1) if p.before(i) == "the" and i > 1 else p.before(i)
    told = year is not None or before in ("in", "during", "of", "by", "until", "since", "for")
    return Found(end, WeekOfYear(int(low), year)) if told else None


def _short_second_year(p: Pieces, i: int, year: int) -> tuple[tuple[int, int, Meaning], ...]:
    """The "94" of "1990-94"."""
    low = p.low[i + 2]
    if p.low[i + 1] not in DASHES or p.gap[i + 1] or p.gap[i + 2] or len(low) != 2 or not low.isdecimal():
        return ()
    later = year - year % 100 + int(low)
    return ((i + 2, i + 3, Calendar(later)),) if later > year and p.low[i + 3] not in ("-", "/", ":") else ()


def is_year(p: Pieces, w: TimeWords, i: int, year: int) -> bool:
    """Whether the four digits at `i` are a year, judged by their neighbours."""
    before, after = p.before(i), p.low[i + 1]
    if before in w.currencies or after in w.currencies or (after in w.after_quantity and after != "and"):
        return False
    if _is_joined(p, w, i) or (before in ("/", ":") and not p.gap[i]):
        return False
    if before in w.before_quantity:
        spanned = after in DASHES and full_year(p, i + 2) is not None
        return spanned or (before in w.about and year in _RECENT and not after[:1].isalpha())
    return after not in w.weekdays if year in _RECENT else _is_old_year(p, w, i, year)


def _is_old_year(p: Pieces, w: TimeWords, i: int, year: int) -> bool:
    """Whether four digits that may as well be a count are a year: a word or a mark must say so."""
    before, spoken = p.before(i), p.low[i + 1][:1].isalpha()
    if before == "." and i > 1:
        initials = i > 3 and p.low[i - 3] == "." and not p.gap[i - 2]  # "50 U.S.C. 1622"
        return p.low[i - 2] in w.circa and not initials
    if before in w.before_date and (before not in w.conjunctions or not spoken):
        return True
    if before == "the" and year in _OLDER and year % 100 and p.raw[i + 1][:1].islower():
        return True
    if p.low[i + 1] == ")" and not p.raw[i - 1].isupper():
        return True
    return before in ("(", ",", "the", "year", "years", *DASHES) and not spoken


def _is_joined(p: Pieces, w: TimeWords, i: int) -> bool:
    """Whether a dash makes the digits part of a name or a measure ("F-2000", "2000-seat", "a8-1687")."""
    if p.low[i + 1] == "-" and not p.gap[i + 1] and (p.low[i + 2] in w.units or p.low[i + 2] in w.measures):
        return True
    if i < 2 or p.low[i - 1] not in DASHES or p.gap[i] or p.gap[i - 1]:
        return False
    left = p.low[i - 2]
    if left.isdecimal():
        return len(left) != 4
    return left.isalpha() and left not in w.before_year and left not in w.months


def _ancient(p: Pieces, i: int) -> Found | None:
    """A year before Christ: found, never dated."""
    at = i + 1
    if p.low[i].isdecimal() and len(p.low[i]) <= 4:
        at += 2 if p.low[at] in DASHES and p.low[at + 1].isdecimal() else 0
        back = before_christ(p, at)
        if back:
            return Found(back, Unknown())
    return None


def read_short_year(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "'98", "the '90s"."""
    low = p.low[i + 1]
    if p.gap[i + 1] or not low.isdecimal() or len(low) != 2 or not (p.gap[i] or i == 0):
        return None
    if p.low[i + 2] == "s" and not p.gap[i + 2]:
        return Found(i + 3, Years(with_century(int(low)), 10)) if low[1] == "0" else None
    if p.before(i) in w.before_date or p.before(i) == "the":
        return Found(i + 2, Calendar(with_century(int(low))))
    return None


# -- decades and centuries -------------------------------------------------------------------------------------------


def read_decade(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "1990s", "1990's", "the 90s", "the 1800s"; "2010's" before a word is the year's own."""
    low = p.low[i]
    if not low.isdecimal() or low[-1] != "0" or len(low) not in (2, 4):
        return None
    apostrophe = p.low[i + 1] in APOSTROPHES and not p.gap[i + 1]
    end = i + 2 if apostrophe else i + 1
    if p.low[end] != "s" or (p.gap[end] and low[:2] not in ("18", "19", "20")):
        return None
    if len(low) == 2:
        known = p.before(i) in w.before_decade or p.before(i) in APOSTROPHES
        return Found(end + 1, Years(1900 + int(low), 10)) if known and int(low) >= 20 else None
    if apostrophe and p.low[end + 1][:1].isalpha() and int(low) >= 2000:
        return Found(i + 1, Calendar(int(low)))
    back = before_christ(p, end + 1)
    if back:
        return Found(back, Unknown())
    return Found(end + 1, Years(int(low), 100 if low.endswith("00") and low < "2000" else 10))


def read_spelled_decade(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "the nineties", "nineteen-eighties"; "in his forties" is an age."""
    if p.low[i] not in w.decades:
        return None
    named = p.before(i) in w.before_decade and p.before(max(i - 1, 0)) not in w.possessives
    return Found(i + 1, Years(w.decades[p.low[i]], 10)) if named or p.before(i) == "nineteen" else None


def read_century(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "the 20th century", "nineteenth-century"; "the 5th century BC" has no value."""
    place = ordinal(p, i, w)
    if place is None:
        return None
    at = place[1] + 1 if p.low[place[1]] in DASHES else place[1]
    if w.units.get(p.low[at]) != "century":
        return None
    back = before_christ(p, at + 1)
    if back or not 1 < place[0] <= 21:
        return Found(back or at + 1, Unknown())
    return Found(at + 1, Years(100 * (place[0] - 1), 100))


# -- parts of a year -------------------------------------------------------------------------------------------------


def read_season(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "summer 2012", "the spring of 2012", "in the summer"; "fall" needs its year."""
    month, low, before = w.seasons[p.low[i]], p.low[i], p.before(i)
    doubtful = low in w.doubtful_seasons
    year, end = year_after(p, w, i + 1)
    if year is not None and (not doubtful or p.low[i + 1] in ("of", str(year))):
        return Found(end, Named("season", month, year=year))
    if doubtful or before not in w.before_season or (before == "-" and p.before(i - 1) != "mid"):
        return None
    name = p.raw[i][0].isupper() and p.raw[i + 1][:1].isupper()
    if before == "the" and (name or p.low[i + 1] in ("of", "in")):
        return None
    return Found(i + 1, Named("season", month))


def read_business_year(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "Q3 2012", "fiscal year 2015"; a fiscal year is given as the calendar year of its number."""
    at = i + 1
    if p.low[i] == "q":
        year, end = year_after(p, w, at + 2 if p.low[at + 1] == "-" else at + 1)
        alone = _is_quarter(p, i) and (p.gap[i] or i == 0)
        return Found(end, Inside(Nth(int(p.low[at]), "quarter"), Calendar(year))) if year and alone else None
    at += p.low[at] == "year"
    year = full_year(p, at)
    return None if year is None else Found(at + 1, Calendar(year), _short_second_year(p, at, year))


def _is_quarter(p: Pieces, i: int) -> bool:
    return p.low[i] == "q" and p.low[i + 1] in _QUARTERS and not p.gap[i + 1]
