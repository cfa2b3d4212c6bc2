"""The words of calendar expressions, loaded from `lexicons/en/times.toml` and made ready for looking up."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from diurna.lexicon import Table, faults_in_words, load, made_of

_LISTS = ("parts_of_unit", "day_parts", "context", "grammar", "tense", "trigger")
"""Tables of the lexicon whose values are lists of words."""
_MADE = frozenset({"triggers", "starters"})
"""Word sets put together from other lists."""

Names = dict[str, tuple[tuple[tuple[str, ...], str], ...]]


@dataclass(frozen=True, slots=True)
class Holiday:
    """How a feast is dated: `rule` names the reckoning, `numbers` are its numbers as the lexicon explains them."""

    rule: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A day of a year that is meant when its month and day stand before one of `words`."""

    month: int
    day: int
    year: int
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Every word list of the lexicon, under the names it has and is explained by there.

    Names of several words are listed by their first word, longest first. `triggers` are the words near which a time can
    stand, `starters` those it can begin with.
    """

    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    day_words: dict[str, int]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    decades: dict[str, int]
    steps: dict[str, int]
    steps_from_before: dict[str, int]
    adverbs_of_order: dict[str, int]
    zones: dict[str, int]
    clock_words: dict[str, int]
    hijri_months: dict[str, int]
    solar_hijri_months: dict[str, int]
    units: dict[str, str]
    parts: frozenset[str]
    stretches: frozenset[str]
    parts_of_day: frozenset[str]
    spoken_parts_of_day: frozenset[str]
    before_date: frozenset[str]
    before_quantity: frozenset[str]
    after_quantity: frozenset[str]
    currencies: frozenset[str]
    every: frozenset[str]
    vague: frozenset[str]
    after_span: frozenset[str]
    before_span: frozenset[str]
    joints: frozenset[str]
    articles: frozenset[str]
    ordinal_ends: frozenset[str]
    possessives: frozenset[str]
    short_months: frozenset[str]
    doubtful_months: frozenset[str]
    short_weekdays: frozenset[str]
    doubtful_weekdays: frozenset[str]
    before_short_weekday: frozenset[str]
    doubtful_seasons: frozenset[str]
    before_season: frozenset[str]
    before_year: frozenset[str]
    before_decade: frozenset[str]
    about: frozenset[str]
    circa: frozenset[str]
    conjunctions: frozenset[str]
    records: frozenset[str]
    after_feast_names: frozenset[str]
    measures: frozenset[str]
    business_years: frozenset[str]
    also_places: frozenset[str]
    after_no_day: frozenset[str]
    function_words: frozenset[str]
    between_count_and_unit: frozenset[str]
    working: frozenset[str]
    between_step_and_unit: frozenset[str]
    compound_units: frozenset[str]
    over: frozenset[str]
    about_count: frozenset[str]
    not_of_a_count: frozenset[str]
    clause_subjects: frozenset[str]
    endings: frozenset[str]
    before_plain_day: frozenset[str]
    before_part_of_day: frozenset[str]
    before_unit_end: frozenset[str]
    before_clock: frozenset[str]
    before_time_of_day: frozenset[str]
    military_hours: frozenset[str]
    span_prepositions: frozenset[str]
    after_bare_units: frozenset[str]
    after_direction: frozenset[str]
    after_this: frozenset[str]
    coming: frozenset[str]
    last_of: frozenset[str]
    earlier_later: frozenset[str]
    after_earlier: frozenset[str]
    closers: frozenset[str]
    ahead: frozenset[str]
    awaited: frozenset[str]
    modals: frozenset[str]
    preps_ahead: frozenset[str]
    commits: frozenset[str]
    timetable: frozenset[str]
    extends: frozenset[str]
    moved: frozenset[str]
    dated_events: tuple[DatedEvent, ...]
    holiday_names: Names
    holidays: dict[str, Holiday]
    other_months: Names
    triggers: frozenset[str]
    starters: frozenset[str]


@made_of("times")
def time_words(language: str = "en") -> TimeWords:
    """The words of `language`.

    Raises:
        LexiconError: the lexicon is missing or has faults.
    """
    table = load("times", language, check=check_times)
    holidays = _holidays(table["holidays"])
    months = table["hijri_months"] | table["solar_hijri_months"]
    lists = {key: words for part in _LISTS for key, words in table[part].items()}
    made: dict[str, Any] = {
        **{key: dict(table[key]) for key in (*_names_of("dict[str, int]"), "units")},
        **{key: frozenset(lists[key]) for key in _names_of("frozenset[str]") if key in lists},
        "dated_events": tuple(_event(one) for one in table["dated_events"]),
        "holiday_names": _by_first_word(holidays),
        "holidays": holidays,
        "other_months": _by_first_word(months),
        "triggers": _triggers(table, holidays, months),
        "starters": _starters(table, holidays, months),
    }
    made["closers"] |= {""}  # the end of the text closes, too
    return TimeWords(**made)


def _names_of(kind: str) -> tuple[str, ...]:
    """The names of the fields that are of `kind`, as it is written."""
    return tuple(field.name for field in fields(TimeWords) if field.type == kind)


def _event(row: Table) -> DatedEvent:
    return DatedEvent(row["month"], row["day"], row["year"], frozenset(row["words"]))


def check_times(table: Table) -> list[str]:
    """A sentence for every fault in the table."""
    numbers = _names_of("dict[str, int]")
    faults = [
        f"{key} is no table" for key in (*numbers, *_LISTS, "units", "holidays") if not isinstance(table.get(key), dict)
    ]
    for key in numbers:
        values = table.get(key)
        if isinstance(values, dict):
            faults += [f"{key}.{word} is no whole number" for word, n in values.items() if not isinstance(n, int)]
    for key in _LISTS:
        if isinstance(table.get(key), dict):
            faults += faults_in_words(table[key], *table[key])
    known = {name for key in _LISTS if isinstance(table.get(key), dict) for name in table[key]}
    faults += [f"the list {key} is missing" for key in _names_of("frozenset[str]") if key not in known | _MADE]
    for number, event in enumerate(table.get("dated_events", [])):
        faults += [
            f"dated_events {number} lacks {key}" for key in sorted({"month", "day", "year", "words"} - set(event))
        ]
    return faults


def _holidays(table: Table) -> dict[str, Holiday]:
    found = {name: Holiday("unknown", ()) for name in table["unknown"]["names"]}
    for rule, names in table.items():
        if rule != "unknown":
            for name, numbers in names.items():
                found[name] = Holiday(rule, tuple(numbers) if isinstance(numbers, list) else (numbers,))
    return found


def _by_first_word(names: dict[str, Any]) -> Names:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in names:
        words = tuple(name.replace("-", " - ").split())
        found.setdefault(words[0], []).append((words, name))
    return {first: tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0]))) for first, rows in found.items()}


def _triggers(table: Table, holidays: dict[str, Holiday], months: dict[str, int]) -> frozenset[str]:
    """The words whose neighbourhood is read; too common words of feasts' names are left out."""
    words = {word for key in ("months", "weekdays", "seasons", "units", "day_words", "decades") for word in table[key]}
    words |= set(table["day_parts"]["parts_of_day"]) | set(table["trigger"]["more"])
    words |= {f"{day}s" for day in table["weekdays"] if day.endswith("day")}
    words |= {name.split()[0].split("-")[0] for name in holidays} | {name.split()[0] for name in months} | set(holidays)
    return frozenset(words) - set(table["trigger"]["never"])


def _starters(table: Table, holidays: dict[str, Holiday], months: dict[str, int]) -> frozenset[str]:
    """Every word an expression can begin with."""
    words = {word for key in _names_of("dict[str, int]") if key != "zones" for word in table[key]}
    words |= set(table["units"]) | set(table["parts_of_unit"]["parts"]) | set(table["context"]["vague"])
    words |= set(_by_first_word(holidays)) | set(_by_first_word(months)) | set(table["grammar"]["business_years"])
    return frozenset(words | set(table["trigger"]["starters"]))
