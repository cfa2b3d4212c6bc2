"""Feasts and observances by their names, and dates of the Islamic and the Iranian calendar."""

from __future__ import annotations

from diurna.annotate.times.timemeaning import Found, Inside, Named, Nth, OtherCalendar
from diurna.annotate.times.timenumbers import APOSTROPHES, day_number, full_year, year_after
from diurna.annotate.times.timepieces import Pieces
from diurna.annotate.times.timewords import TimeWords

_ISLAMIC_YEARS = ("1200", "1499")
"""Years of both calendars that reports write; their months are only read with one."""


def read_feast(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "Christmas", "Easter Sunday 2012", "Eid al-Fitr"; in lower case only with its year."""
    for name, key in w.holiday_names.get(p.low[i], ()):
        end = _names_end(p, i, name)
        stepped = p.before(i) in w.steps or p.before(i) in w.steps_from_before
        weekend = p.low[end] == "weekend" if end else False
        told = stepped or (full_year(p, end + weekend) is not None and p.before(i) != "the")
        if not end or (p.raw[i][0].islower() and not told):
            continue
        if _is_somebodys_name(p, w, i, end):
            continue
        year, after = year_after(p, w, end + weekend)
        feast = Named("holiday", name=key, year=year)
        return Found(after, Inside(Nth(0, "feast weekend"), feast) if weekend else feast)
    return None


def _is_somebodys_name(p: Pieces, w: TimeWords, i: int, end: int) -> bool:
    """Whether a feast of one word is part of a longer name ("Holly Christmas", "Easter Island")."""
    if p.low[end] in w.after_feast_names:
        return True
    if end > i + 1:
        return False
    named = i > 1 and p.raw[i - 1][:1].isupper() and p.before(i) not in w.before_date and p.before(i) != "the"
    return named or (p.low[i] in w.also_places and p.raw[end][:1].isupper() and p.low[end] not in w.weekdays)


def read_other_calendar(p: Pieces, w: TimeWords, i: int) -> Found | None:
    """Reads "Muharram 1445", "Farvardin 1400"; a day before the month counts."""
    for name, key in w.other_months.get(p.low[i], ()):
        end = _names_end(p, i, name)
        at = end + 1 if end and p.low[end] == "," else end
        year = p.low[at]
        if end and year.isdecimal() and len(year) == 4 and _ISLAMIC_YEARS[0] <= year <= _ISLAMIC_YEARS[1]:
            day = day_number(p, i - 1, w) if i else None
            return Found(at + 1, _other_date(w, key, int(year), day[0] if day else None))
    return None


def _other_date(w: TimeWords, key: str, year: int, day: int | None) -> OtherCalendar:
    if key in w.hijri_months:
        return OtherCalendar("hijri", w.hijri_months[key], day, year)
    return OtherCalendar("solar", w.solar_hijri_months[key], day, year)


def _names_end(p: Pieces, i: int, name: tuple[str, ...]) -> int:
    """The piece after `name` at `i`, hyphens between its words passed over; 0 where it does not stand there."""
    at = i
    for word in name:
        if p.low[at] in ("-", "’", "'", ".") and word not in ("-", "'", "'s", "."):
            at += 1
        if word == "'s" and p.low[at] in APOSTROPHES and p.low[at + 1] == "s":
            at += 2
        elif p.low[at] == word or (word == "'" and p.low[at] in APOSTROPHES):
            at += 1
        else:
            return 0
    return at
