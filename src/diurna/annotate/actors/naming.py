"""When two names in one report are the same: full and short names, acronyms and aliases the text itself gives."""

from __future__ import annotations

from collections.abc import Sequence

from diurna.annotate.actors.mention import Mention
from diurna.annotate.actors.phrases import plain
from diurna.annotate.actors.roles import role_at
from diurna.annotate.parse import Parse
from diurna.lexicon import Table, faults_in_words, load, made_of

_DROPPED = frozenset(
    [
        "al",
        "el",
        "ul",
        "ur",
        "ad",
        "bin",
        "ibn",
        "bint",
        "-",
        "–",
        "the",
        "'s",
        "’s",
        "'",
        "’",
        ",",
        ".",
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
    ]
)
_SMALL = frozenset(["of", "the", "and", "for", "in", "on", "de", "la", "al", "el", "-", "to", "&", "'s", "’s"])
_LONGEST_ALIAS = 6


def name_key(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name that count when names are compared (particles and suffixes left out)."""
    kept = tuple(key for key in (plain(word).rstrip(".") for word in words) if key and key not in _DROPPED)
    return kept or tuple(plain(word) for word in words)


def body_key(words: Sequence[str]) -> tuple[str, ...]:
    """`name_key` of an organisation, with its last word in the singular."""
    key = name_key(words)
    last = key[-1]
    return (*key[:-1], last[:-1]) if len(last) > 4 and last.endswith("s") and not last.endswith("ss") else key


def same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two person names of two words or more can be one person's: same last word, given names that agree."""
    if not _same_word(one[-1], other[-1]):
        return False
    short, long = sorted((one[:-1], other[:-1]), key=len)
    rest = list(long)
    for given in short:
        hit = next((k for k, name in enumerate(rest) if _same_given(given, name)), None)
        if hit is None:
            return False
        del rest[: hit + 1]
    return True


def _same_given(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return _same_word(one, other) or (
        min(len(one), len(other)) >= 3 and (one.startswith(other) or other.startswith(one))
    )


def _same_word(one: str, other: str) -> bool:
    return one == other or (len(one) > 3 and len(other) > 3 and _skeleton(one) == _skeleton(other))


def _skeleton(word: str) -> str:
    """The consonants of a word, doubled ones once: spellings of one foreign name mostly share them."""
    out = word[0]
    for c in word[1:].replace("ph", "f").replace("kh", "k").replace("q", "k").replace("y", "i").replace("w", "v"):
        if c not in "aeiou'" and c != out[-1]:
            out += c
    return out


def is_acronym_of(short: str, words: Sequence[str]) -> bool:
    """Whether the capitals of `short` are the initials of `words`, small words counted or not."""
    letters = short.replace(".", "").lower()
    if not 2 <= len(letters) <= 8 or not short[:1].isupper():
        return False
    parts = [plain(word) for word in words if word[:1].isalnum()]
    every = "".join(part[0] for part in parts if part)
    main = "".join(part[0] for part in parts if part and part not in _SMALL)
    return (
        letters in (every, main)
        or (len(letters) > 3 and sorted(letters) == sorted(main))
        or (len(letters) > 2 and main.startswith(letters[:-1]) and letters[-1:] == "s")
    )


@made_of("mentions")
def _markers() -> tuple[tuple[str, ...], ...]:
    """The words that introduce another name, longest first."""
    rows = [tuple(phrase.split()) for phrase in load("mentions", check=_faults)["aliases"]["markers"]]
    return tuple(sorted(rows, key=lambda words: (-len(words), words)))


def _faults(table: Table) -> list[str]:
    return faults_in_words(table.get("aliases", {}), "markers")


def alias_after(parse: Parse, mention: Mention) -> tuple[int, int, bool] | None:
    """Another name given right after a mention: "(PMF)", "(also known as X)", ", also known as X".

    Returns its first token, one past its last, and whether words like "also known as" introduce it.
    """
    i, n = mention.last, len(parse)
    if i + 1 >= n or parse.sentence_of[i] != parse.sentence_of[mention.head]:
        return None
    opened = parse.words[i] in ("(", "[")
    start = i + 1 if opened or parse.words[i] == "," else i
    marker = next((m for m in _markers() if tuple(parse.lowers[start : start + len(m)]) == m), None)
    if marker == ("or",) and not opened:
        return None
    if marker is None and not opened:
        return None
    first = start + len(marker) if marker else start
    while first < n and parse.words[first] in ("“", '"', "‘", "'", "``", "the", "The"):
        first += 1
    last = first
    while last < min(n, first + _LONGEST_ALIAS) and _in_name(parse, last, last == first):
        last += 1
    while last > first and (not parse.words[last - 1][:1].isalnum() or parse.lowers[last - 1] == "of"):
        last -= 1
    title = role_at(parse, first, last) if last > first else None
    if title is not None and title[1].kind == "person":
        return None
    if last == first or (opened and last < n and parse.words[last] not in (")", "]", ",", ";", "”", '"', "’")):
        return None
    return first, last, marker is not None


def _in_name(parse: Parse, i: int, first: bool) -> bool:
    if parse.words[i][:1].isupper():
        return True
    if first:
        return parse.lowers[i] in ("al", "el")
    return parse.lowers[i] in ("al", "el", "-", "of", "de", "’s", "'s") or parse.words[i].isdigit()
