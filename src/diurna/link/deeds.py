"""Words for one deed and for its contrary, so that what was said in other words is found again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from diurna.lexicon import Table, faults_in_words, load, made_of
from diurna.link.matters import stem

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_][\w’'-]*|[;:.!?]")
_GAP = 5
"""Words that may stand where a phrase has a tilde."""
_PREPOSITIONS = frozenset(
    ("of", "on", "from", "with", "for", "by", "near", "at", "against", "about", "between", "during")
)
"""Words behind which no second word of a verb is looked for."""
_FIELDS = frozenset(("name", "plus", "minus", "itself", "itself_minus", "apart", "alone", "matter"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A verb of several words: its key, the stems after the first (None is a gap)."""

    key: str
    tail: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Deeds:
    """The deeds of `deeds.toml`.

    Attributes:
        poles: by verb key, the deeds it can be, each with +1 or -1.
        ways: by verb key, +1 where it keeps, starts or widens a thing and -1 where it ends or lessens it.
        apart: names of deeds whose poles are compared with each other only.
        alone: names of deeds that their verb tells by itself, whatever it governs ("quit over the budget").
        itself: keys of verbs whose subject alone is what it is done to.
        either: keys of verbs that may be done to their subject as well as to what they govern ("leave").
        phrases: verbs of several words by their first stem, the longest first.
        things: by key, the one name of things that have many.
        carrying: keys of verbs that only say that the deed their subject names was done.
        measure: keys of nouns that measure what stands after their "of".
    """

    poles: dict[str, dict[str, int]]
    ways: dict[str, int]
    apart: frozenset[str]
    alone: frozenset[str]
    itself: frozenset[str]
    either: frozenset[str]
    phrases: dict[str, tuple[Phrase, ...]]
    things: dict[str, str]
    carrying: frozenset[str]
    measure: frozenset[str]


@made_of("deeds")
def deeds() -> Deeds:
    """The deeds, loaded once.

    Raises:
        LexiconError: the file is missing or wrong; the message lists every fault.
    """
    table = load("deeds", check=_faults)
    poles: dict[str, dict[str, int]] = {}
    ways: dict[str, set[int]] = {}
    itself: set[str] = set()
    done: set[str] = set()
    phrases: dict[str, set[Phrase]] = {}
    for group in table["deed"]:
        for text, pole, of_itself in _words(group):
            first, *rest = text.split()
            key = _key(text)
            if rest:
                tail = tuple(None if word == "~" else stem(word) for word in rest)
                phrases.setdefault(stem(first), set()).add(Phrase(key, tail))
            poles.setdefault(key, {})[group["name"]] = pole
            if not group.get("apart"):
                ways.setdefault(key, set()).add(pole)
            (itself if of_itself else done).add(key)
        for name in group.get("matter", ()):  # told by its name, whichever of its words stands there
            poles.setdefault(name, {})[group["name"]] = -1 if "minus" in group else 1
    return Deeds(
        poles=poles,
        ways={key: next(iter(found)) for key, found in ways.items() if len(found) == 1},
        apart=frozenset(group["name"] for group in table["deed"] if group.get("apart")),
        alone=frozenset(group["name"] for group in table["deed"] if group.get("alone")),
        itself=frozenset(itself - done),
        either=frozenset(itself & done),
        phrases={
            first: tuple(sorted(rows, key=lambda row: (None in row.tail, -len(row.tail), row.key)))
            for first, rows in phrases.items()
        },
        things={
            key: group["name"] for group in table["thing"] for word in group["words"] for key in (word, stem(word))
        },
        measure=frozenset(stem(word) for word in table["measure"]),
        carrying=frozenset(_key(text) for text in table["carrying"]),
    )


def _key(text: str) -> str:
    return " ".join(stem(word) for word in text.split() if word != "~")


def _words(group: Table) -> Iterator[tuple[str, int, bool]]:
    """Each phrase of a deed with its pole, and whether its subject is what it is done to."""
    yield from ((text, 1, False) for text in group.get("plus", ()))
    yield from ((text, -1, False) for text in group.get("minus", ()))
    lessened = set(group.get("itself_minus", ()))
    yield from ((text, -1 if text in lessened else 1, True) for text in group.get("itself", ()))


def _faults(table: dict[str, Any]) -> list[str]:
    faults = faults_in_words(table, "carrying", "measure")
    for group in table.get("deed", ()):
        if set(group) - _FIELDS or not group.get("name") or not (group.get("plus") or group.get("minus")):
            faults.append(f"deed {group.get('name')!r} needs a name and plus or minus, and may have {sorted(_FIELDS)}")
        if set(group.get("itself_minus", ())) - set(group.get("itself", ())):
            faults.append(f"deed {group.get('name')!r} has words in itself_minus that itself has not")
    faults += [f"thing {g.get('name')!r} needs name and words" for g in table["thing"] if set(g) != {"name", "words"}]
    return faults


def verb_of_phrase(text: str, place: int, end: int, first: str) -> str | None:
    """The key of the verb of several words that begins at a character; None where the verb stands alone.

    Args:
        first: the key of the word at `place`.
    """
    rows = deeds().phrases.get(first, ())
    if not rows:
        return None
    words = []
    for found in _WORD.finditer(text, place, min(end, place + 120)):
        if not found.group()[0].isalnum():
            break
        words.append(stem(found.group().lower()))
    return next((row.key for row in rows if _stands(row.tail, words)), None)


def _stands(tail: tuple[str | None, ...], words: list[str]) -> bool:
    place, gap = 1, 0
    for part in tail:
        if part is None:
            gap = _GAP
            continue
        reach = range(place, min(place + gap + 1, len(words)))
        stop = next((n for n in reach if gap and words[n] in _PREPOSITIONS and words[n] != part), len(words))
        here = next((n for n in reach if n <= stop and words[n] == part), None)
        if here is None:
            return False
        place, gap = here + 1, 0
    return True


def thing_key(key: str) -> str:
    """The one key of a thing that has many names."""
    return deeds().things.get(key, key)


@lru_cache(maxsize=20_000)
def deed_names(verb: str) -> frozenset[str]:
    """The deeds a verb can be, as names."""
    return frozenset(_poles(verb))


@lru_cache(maxsize=20_000)
def way_of(verb: str) -> int:
    """+1 where a verb keeps, starts or widens a thing, -1 where it ends or lessens it, 0 where that is not told."""
    return deeds().ways.get(verb, 0) or deeds().ways.get(stem(verb), 0)


def _poles(verb: str) -> dict[str, int]:
    return deeds().poles.get(verb) or deeds().poles.get(stem(verb), {})


def one_apart(one: str, other: str) -> bool:
    """Whether two verbs share a deed so much of its own that the verbs alone tell it ("sacked", "dismissed")."""
    return bool(deed_names(one) & deed_names(other) & deeds().apart)


@lru_cache(maxsize=20_000)
def one_alone(one: str, other: str) -> bool:
    """Whether two verbs share a deed that the verb tells by itself ("resign", "step down")."""
    return bool(deed_names(one) & deed_names(other) & deeds().alone)


@lru_cache(maxsize=100_000)
def poles(one: str, other: str) -> int:
    """+1 where two verbs are one deed, -1 where they are contraries, 0 where they share none or both."""
    mine, theirs = _poles(one), _poles(other)
    found = {mine[name] * theirs[name] for name in mine.keys() & theirs.keys()}
    return found.pop() if len(found) == 1 else 0
