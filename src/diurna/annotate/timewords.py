"""The words of calendar expressions, loaded from `lexicons/en/times.toml` and made ready for looking up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from diurna.annotate.lexicon import Table, faults_in_words, load

_NUMBER_TABLES = (
    "months", "weekdays", "seasons", "day_words", "numbers", "ordinals", "decades", "steps", "steps_from_before", "adverbs_of_order",
    "zones", "clock_words", "hijri_months", "solar_hijri_months",
)  # fmt: skip
_GRAMMAR = (
    "articles", "ordinal_ends", "possessives", "short_months", "doubtful_months", "short_weekdays", "doubtful_weekdays",
    "before_short_weekday", "doubtful_seasons", "before_season", "before_year", "before_decade", "about", "measures",
    "business_years", "also_places", "after_no_day", "function_words", "between_count_and_unit", "between_step_and_unit",
    "compound_units", "over", "about_count", "not_of_a_count", "clause_subjects", "endings", "before_plain_day",
    "before_part_of_day", "before_unit_end", "before_clock", "before_time_of_day", "military_hours", "span_prepositions", "after_bare_units", "after_direction", "after_this", "coming", "last_of", "earlier_later", "after_earlier",
)  # fmt: skip
_CONTEXT = (
    "before_date", "before_quantity", "after_quantity", "currencies", "every", "vague", "after_span", "before_span", "joints",
)  # fmt: skip
_TENSE = ("ahead", "modals", "preps_ahead", "commits", "timetable", "extends")

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
    """Every word list of the lexicon, which explains them; names of several words are listed by their first, longest first.

    `triggers` are the words near which a time can stand, `starters` those it can begin with.
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
    measures: frozenset[str]
    business_years: frozenset[str]
    also_places: frozenset[str]
    after_no_day: frozenset[str]
    function_words: frozenset[str]
    between_count_and_unit: frozenset[str]
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
    modals: frozenset[str]
    preps_ahead: frozenset[str]
    commits: frozenset[str]
    timetable: frozenset[str]
    extends: frozenset[str]
    dated_events: tuple[DatedEvent, ...]
    holiday_names: Names
    holidays: dict[str, Holiday]
    other_months: Names
    triggers: frozenset[str]
    starters: frozenset[str]


@cache
def time_words(language: str = "en") -> TimeWords:
    """The words of `language`.

    Raises:
        LexiconError: the lexicon is missing or has faults.
    """
    table = load("times", language, check=check_times)
    holidays = _holidays(table["holidays"])
    months = table["hijri_months"] | table["solar_hijri_months"]
    words = _all_starters(table, holidays, months)
    fields: dict[str, Any] = {
        **{key: dict(table[key]) for key in (*_NUMBER_TABLES, "units")},
        **{key: frozenset(table["context"][key]) for key in _CONTEXT},
        **{key: frozenset(table["grammar"][key]) for key in (*_GRAMMAR, "closers")},
        **{key: frozenset(table["tense"][key]) for key in _TENSE},
        "parts": frozenset(table["parts_of_unit"]["words"]),
        "stretches": frozenset(table["parts_of_unit"]["stretches"]),
        "parts_of_day": frozenset(table["parts_of_day"]["words"]),
        "spoken_parts_of_day": frozenset(table["parts_of_day"]["spoken"]),
        "dated_events": tuple(_event(one) for one in table["dated_events"]),
        "holiday_names": _by_first_word(holidays),
        "holidays": holidays,
        "other_months": _by_first_word(months),
    }
    return TimeWords(**fields, triggers=_triggers(table, holidays, months), starters=words)


def _event(row: Table) -> DatedEvent:
    return DatedEvent(row["month"], row["day"], row["year"], frozenset(row["words"]))


def check_times(table: Table) -> list[str]:
    """A sentence for every fault in the table."""
    faults = []
    for key in (*_NUMBER_TABLES, "units", "holidays"):
        if not isinstance(table.get(key), dict):
            faults.append(f"{key} is no table")
    for key in _NUMBER_TABLES:
        values = table.get(key)
        if isinstance(values, dict):
            faults += [f"{key}.{word} is no whole number" for word, n in values.items() if not isinstance(n, int)]
    lists = {"parts_of_unit": ("words", "stretches"), "parts_of_day": ("words", "spoken")}
    for key, names in {**lists, "context": _CONTEXT, "grammar": _GRAMMAR, "tense": _TENSE}.items():
        part = table.get(key)
        faults += faults_in_words(part, *names) if isinstance(part, dict) else [f"{key} is no table"]
    for number, event in enumerate(table.get("dated_events", [])):
        missing = {"month", "day", "year", "words"} - set(event)
        faults += [f"dated_events {number} lacks {key}" for key in sorted(missing)]
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
    """The words the neighbourhood of which is read; those that stand in names of feasts only by the way are left out."""
    words = {word for key in ("months", "weekdays", "seasons", "units", "day_words", "decades") for word in table[key]}
    words |= set(table["parts_of_day"]["words"]) | set(table["trigger"]["more"])
    words |= {name.split()[0].split("-")[0] for name in holidays} | {name.split()[0] for name in months} | set(holidays)
    return frozenset(words) - set(table["trigger"]["never"])


def _all_starters(table: Table, holidays: dict[str, Holiday], months: dict[str, int]) -> frozenset[str]:
    """Every word an expression can begin with."""
    words = {word for key in _NUMBER_TABLES if key != "zones" for word in table[key]}
    words |= set(table["units"]) | set(table["parts_of_unit"]["words"]) | set(table["context"]["vague"])
    words |= set(_by_first_word(holidays)) | set(_by_first_word(months)) | set(table["grammar"]["business_years"])
    return frozenset(words | set(table["trigger"]["starters"]))
