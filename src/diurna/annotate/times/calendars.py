"""Days of other calendars, and the feasts that move: arithmetic only, no tables to go out of date.

Sources: the Gregorian computus (Anonymous, Nature 1876), the tabular Islamic calendar (30-year cycle), the 33-year rule
of the Solar Hijri calendar (exact for 1865 to 2090) and the molad reckoning of the Hebrew calendar.
"""

from __future__ import annotations

import datetime as dt

_ISLAMIC_EPOCH = dt.date(622, 7, 19).toordinal()  # 16 July 622 of the Julian calendar
_HEBREW_EPOCH = -1_373_427  # ordinal of 1 Tishri of year 1, less one day
_NOWRUZ_1403 = dt.date(2024, 3, 20)


def easter(year: int) -> dt.date:
    """Western Easter Sunday of `year`."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, left = divmod(century, 4)
    moon = (19 * golden + century - leap_centuries - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * left + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def orthodox_easter(year: int) -> dt.date:
    """Eastern Easter Sunday of `year`, in the Gregorian calendar."""
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    return dt.date(year, month, day + 1) + dt.timedelta(days=year // 100 - year // 400 - 2)


def islamic(year: int, month: int, day: int) -> dt.date:
    """The Gregorian day of an Islamic date; where the new moon is watched for, the real one may differ by a day.

    Raises:
        ValueError: the day lies outside the years 1 to 9999.
    """
    months = 29 * (month - 1) + month // 2
    return _from_ordinal(_ISLAMIC_EPOCH + day - 1 + months + (year - 1) * 354 + (3 + 11 * year) // 30)


def islamic_years(year: int) -> tuple[int, ...]:
    """The Islamic years that share days with the Gregorian `year`."""
    first = (year - 622) * 33 // 32
    return tuple(range(max(first, 1), first + 3))


def solar_hijri(year: int, month: int, day: int) -> dt.date:
    """The Gregorian day of a Solar Hijri (Iranian) date.

    Raises:
        ValueError: the day lies outside the years 1 to 9999.
    """
    leaps = sum(_is_solar_leap(y) for y in range(min(year, 1403), max(year, 1403)))
    days = 365 * (year - 1403) + (leaps if year >= 1403 else -leaps)
    months = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return _from_ordinal(_NOWRUZ_1403.toordinal() + days + months + day - 1)


def _is_solar_leap(year: int) -> bool:
    return (25 * year + 11) % 33 < 8


def hebrew(year: int, month: int, day: int) -> dt.date:
    """The Gregorian day of a Hebrew date (Nisan is month 1, Tishri month 7) in the Hebrew `year`.

    Raises:
        ValueError: the day lies outside the years 1 to 9999.
    """
    start = _hebrew_new_year(year)
    length = _hebrew_new_year(year + 1) - start
    days = {2: 29 + (length % 10 == 5), 3: 30 - (length % 10 == 3), 4: 29, 5: 30}
    lengths = [30, days[2], days[3], days[4], days[5]] + ([30, 29] if length > 380 else [29])
    autumn_first = [*lengths, 30, 29, 30, 29, 30, 29]  # Tishri ... Adar, then Nisan ... Elul
    place = month - 7 if month >= 7 else month - 1 + len(lengths)
    return _from_ordinal(start + sum(autumn_first[:place]) + day - 1)


def _hebrew_new_year(year: int) -> int:
    """Ordinal of 1 Tishri."""
    months = (235 * year - 234) // 19
    parts = 12084 + 13753 * months
    day = 29 * months + parts // 25920
    if 3 * (day + 1) % 7 < 3:
        day += 1
    shift = 0
    if _hebrew_elapsed(year + 1) - _hebrew_elapsed(year) == 356:
        shift = 2
    elif _hebrew_elapsed(year) - _hebrew_elapsed(year - 1) == 382:
        shift = 1
    return _HEBREW_EPOCH + day + shift


def _hebrew_elapsed(year: int) -> int:
    months = (235 * year - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + 1 if 3 * (day + 1) % 7 < 3 else day


def nth_weekday(year: int, month: int, weekday: int, which: int) -> dt.date:
    """The `which`-th `weekday` (Monday 0) of a month; -1 is the last.

    Raises:
        ValueError: the month has no such day.
    """
    if which < 0:
        after = dt.date(year + month // 12, month % 12 + 1, 1)
        return after - dt.timedelta(days=(after.weekday() - weekday - 1) % 7 + 1 + 7 * (-1 - which))
    first = dt.date(year, month, 1)
    return first.replace(day=1 + (weekday - first.weekday()) % 7 + 7 * (which - 1))


def _from_ordinal(ordinal: int) -> dt.date:
    if not 1 <= ordinal <= dt.date.max.toordinal():
        raise ValueError(f"day {ordinal} is outside the years 1 to 9999")
    return dt.date.fromordinal(ordinal)
