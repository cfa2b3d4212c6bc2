"""PETRARCH actor dictionaries as actors: names in capitals, synonyms after +, codes in brackets with their times.

The format is described in PETRARCH's manual and seen in the Phoenix dictionaries: `NAME_ [CODE]`, lines of `+SYNONYM_`
that belong to the name above, lines of `[CODE <date]`, `[CODE >date]`, `[CODE date-date]` with days as YYMMDD or
YYYYMMDD, and comments after #. Agents (`FARMER [~AGR]`) are nouns and not names; they are named and left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from diurna.imports.actors.codes import held_of
from diurna.imports.rows import BadRow
from diurna.model.ownactor import Held, OwnActor
from diurna.model.record import ActorKind

_BRACKET = re.compile(r"\[([^\]]*)\]")
_CODE = re.compile(r"^(?P<code>[A-Z~]+)(?:\s+(?P<when>[<>]?\s*\d{6,8}(?:\s*-\s*\d{6,8})?))?$")
_CENTURY = 30
"""Two-digit years up to here are of this century, as in TABARI."""

_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "del", "la", "al", "bin", "von", "van", "der"})
_LONGEST_ACRONYM = 5
_GOVERNS = frozenset({"GOV", "ELI", "LEG", "JUD"})


@dataclass(slots=True)
class _Entry:
    """A name with its lines so far."""

    line: int
    name: str
    aliases: list[str] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    faulty: bool = False


def read(lines: Iterable[str], source: str) -> Iterator[OwnActor | BadRow]:
    """An actor for every name with at least one code we understand."""
    entry: _Entry | None = None
    for number, whole in enumerate(lines, start=1):
        line = whole.split("#", 1)[0].replace("\ufeff", "").strip()
        if not line or line.startswith(("!", "<!--", "-->")):
            continue
        name = _BRACKET.sub("", line).strip()
        if name.startswith("+"):
            if entry is None:
                yield BadRow(number, "a synonym without a name above it")
                continue
            entry.aliases.append(written(name[1:]))
        elif name:
            if entry is not None:
                yield from _done(entry, source)
            entry = _Entry(number, written(name))
        if entry is not None:
            for bad in _codes(line, number, entry):
                entry.faulty = True
                yield bad
        elif not name:
            yield BadRow(number, "a code without a name above it")
    if entry is not None:
        yield from _done(entry, source)


def _codes(line: str, number: int, entry: _Entry) -> Iterator[BadRow]:
    for bracket in _BRACKET.findall(line):
        found = _CODE.match(bracket.strip())
        if found is None:
            yield BadRow(number, f"[{bracket}] is no code")
        elif found["code"].startswith("~"):
            yield BadRow(number, f"[{bracket}] is an agent, a noun and no name")
        else:
            try:
                held = held_of(found["code"], *_time(found["when"] or ""))
            except ValueError as fault:
                yield BadRow(number, f"[{bracket}]: {fault}")
                continue
            if held is None:
                yield BadRow(number, f"[{bracket}] names no country or sector we know")
            else:
                entry.held.append(held)


def _done(entry: _Entry, source: str) -> Iterator[OwnActor | BadRow]:
    """The actor of an entry; one without a code is bad, unless its codes have been named already."""
    if not entry.name or not entry.held:
        if not entry.faulty:
            yield BadRow(entry.line, f"{entry.name or 'a name'} has no code")
        return
    bounded = [one for one in entry.held if one.since or one.until]
    always = [one for one in entry.held if not (one.since or one.until)]
    aliases = tuple(dict.fromkeys(one for one in entry.aliases if one and one != entry.name))
    yield OwnActor(entry.name, _kind(entry), aliases, (*bounded, *always), f"{source}, line {entry.line}")


def _kind(entry: _Entry) -> ActorKind:
    """A name of several words with a time in office is a person's; one with a country's code alone is the country."""
    sectors = {one.sector for one in entry.held}
    if sectors == {None}:
        return "state"
    if any(one.since or one.until for one in entry.held) and len(entry.name.split()) > 1 and sectors & _GOVERNS:
        return "person"
    return "organisation"


def written(name: str) -> str:
    """A dictionary's name as texts write it: "BARACK_OBAMA_" is "Barack Obama", "IRA_" stays in capitals."""
    words = [word for word in re.split(r"[_\s]+", name.strip()) if word]
    if len(words) == 1 and len(words[0]) <= _LONGEST_ACRONYM and not _is_word(words[0]):
        return words[0]
    turned = [
        _turned(word) if number == 0 or word.lower() not in _SMALL else word.lower()
        for number, word in enumerate(words)
    ]
    return " ".join(turned)


def _is_word(word: str) -> bool:
    """Whether a short word in capitals can be spoken: it has vowels and consonants, and more than three letters."""
    vowels = sum(letter in "AEIOUY" for letter in word)
    return len(word) > 3 and 0 < vowels < len(word)


def _turned(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)


def _time(said: str) -> tuple[str | None, str | None]:
    """First and last day of `<date`, `>date` or `date-date`; both None where nothing is said."""
    days = [_day(one) for one in re.findall(r"\d{6,8}", said)]
    if not days:
        return None, None
    if said.startswith("<"):
        return None, days[0]
    if said.startswith(">"):
        return days[0], None
    return days[0], days[-1]


def _day(digits: str) -> str:
    year = digits[:-4]
    if len(year) == 2:
        year = f"{20 if int(year) <= _CENTURY else 19}{year}"
    month, day = digits[-4:-2], digits[-2:]
    if len(year) != 4 or not 1 <= int(month) <= 12 or not 1 <= int(day) <= 31:
        raise ValueError(f"{digits} is no day")
    return f"{year}-{month}-{day}"
