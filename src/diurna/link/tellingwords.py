"""The words of `tellings.toml`, loaded and checked once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from diurna.lexicon import Table, faults_in_words, load, made_of
from diurna.link.matters import stem
from diurna.model.record import CommitmentKind

_LISTS = (
    *("auxiliary", "past", "possible", "future", "neutral", "adverse", "doubtful_cue", "office", "title", "loose"),
    *(
        "unchanged",
        "beginning",
        "finishing",
        "withdrawing",
        "pledge",
        "admitting",
        "harm",
        "mild",
        "ordering",
        "covers",
        "adverbs",
    ),
    *(
        "nameless",
        "organ",
        "vague",
        "pronouns",
        "nobodys",
        "saying",
        "people",
        "calendar",
        "prepositions",
        "turning_down",
        "talk",
    ),
)
_KINDS: tuple[CommitmentKind, ...] = ("promise", "agreement", "demand", "threat", "refusal")


@dataclass(frozen=True, slots=True)
class TellingWords:
    """How a clause shows who does what, whether it happened, and who says so."""

    verbs: frozenset[str]
    neutral: frozenset[str]
    adverse: frozenset[str]
    doubtful: frozenset[str]
    office: frozenset[str]
    titles: frozenset[str]
    loose: frozenset[str]
    admitting: frozenset[str]
    harm: frozenset[str]
    mild: frozenset[str]
    covers: frozenset[str]
    adverbs: frozenset[str]
    loose_keys: frozenset[str]
    nameless: frozenset[str]
    organ: re.Pattern[str]
    vague: frozenset[str]
    auxiliary: frozenset[str]
    light: dict[str, str]
    pronouns: frozenset[str]
    nobodys: frozenset[str]
    saying: frozenset[str]
    people: frozenset[str]
    calendar: frozenset[str]
    prepositions: frozenset[str]
    opening_keys: dict[CommitmentKind, frozenset[str]]
    opens: dict[str, frozenset[str]]
    possible: re.Pattern[str]
    future: re.Pattern[str]
    unchanged: re.Pattern[str]
    beginning: re.Pattern[str]
    finishing: re.Pattern[str]
    withdrawing: re.Pattern[str]
    pledge: re.Pattern[str]
    talk: re.Pattern[str]
    turning_down: re.Pattern[str]


@made_of("tellings")
def telling_words() -> TellingWords:
    """The words, loaded once.

    Raises:
        LexiconError: the file is missing or wrong; the message lists every fault.
    """
    table = load("tellings", check=_faults)
    return TellingWords(
        verbs=frozenset(table["auxiliary"]) | frozenset(table["past"]),
        neutral=frozenset(table["neutral"]),
        adverse=frozenset(table["adverse"]),
        doubtful=frozenset(table["doubtful_cue"]),
        office=frozenset(table["office"]),
        titles=frozenset(table["title"]),
        loose=frozenset(table["loose"]),
        admitting=frozenset(table["admitting"]),
        harm=_keys(table["harm"]),
        mild=_keys(table["mild"]),
        covers=frozenset(stem(word) for word in table["covers"]),
        adverbs=frozenset(stem(word) for word in table["adverbs"]),
        loose_keys=frozenset(stem(word) for word in table["loose"]),
        nameless=frozenset(table["nameless"]),
        organ=_words(table["organ"]),
        vague=frozenset(stem(word) for word in table["vague"]),
        auxiliary=frozenset(table["auxiliary"]),
        light=dict(table["light"]),
        pronouns=frozenset(table["pronouns"]),
        nobodys=frozenset(table["nobodys"]),
        saying=frozenset(table["saying"]),
        people=frozenset(table["people"]),
        calendar=frozenset(table["calendar"]),
        prepositions=frozenset(table["prepositions"]),
        opening_keys={kind: frozenset(map(stem, _opening(table, kind))) for kind in _KINDS},
        opens={kind: frozenset(table["opens"][kind]) for kind in _KINDS},
        possible=_words(table["possible"]),
        future=_words(table["future"]),
        unchanged=_words(table["unchanged"]),
        beginning=_words(table["beginning"]),
        finishing=_words(table["finishing"]),
        withdrawing=_words(table["withdrawing"], apart=True),
        pledge=_words(table["pledge"]),
        turning_down=_words(table["turning_down"], apart=True),
        talk=re.compile(rf"\b(?:{'|'.join(map(re.escape, table['talk']))})\b", re.IGNORECASE),
    )


def _opening(table: Table, kind: CommitmentKind) -> list[str]:
    return [*table["opens"][kind], *(table["ordering"] if kind == "demand" else ())]


def _faults(table: Table) -> list[str]:
    return faults_in_words(table, *_LISTS) + [
        f"opens.{kind} is missing" for kind in _KINDS if kind not in table.get("opens", {})
    ]


def _keys(words: Iterable[str]) -> frozenset[str]:
    """The keys under which words stand in a wording."""
    from diurna.link.wording import wording

    return frozenset(term.key for word in words for term in wording(word).terms)


_DAY_BETWEEN = r"\s+(?:(?:late\s+|early\s+)?on\s+\w+day\s+)?"


def _words(phrases: Iterable[str], *, apart: bool = False) -> re.Pattern[str]:
    """Any of the phrases; the month "May" is not the verb.

    Args:
        apart: a weekday may stand between the words of a phrase ("backed away on Monday from").
    """
    rows = sorted(phrases, key=lambda p: (-len(p), p))
    told = [_DAY_BETWEEN.join(map(re.escape, row.split())) if apart else re.escape(row) for row in rows]
    return re.compile(r"(?<![\w’'])(?:" + "|".join(told) + r")\b|(?<=\w)[’']ll\b")
