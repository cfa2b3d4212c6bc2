"""Are two words spellings of one? Sounds as transliterations write them: Arabic, Persian, Cyrillic, Chinese, Korean.

A word is read as consonants with the vowels between them. A consonant is the set of sounds its letters can stand for
("c" is k, s, ch or Turkish j), so two words are alike where every consonant can be one sound and no vowel excludes the
other: Sadegh, Sadiq and Sadeq are one; Hassan and Hussein, Karim and Karam are not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

Sounds = frozenset[str]

_GROUPS = (
    *(("shch", "S"), ("tsch", "C"), ("sch", "S"), ("tch", "C"), ("dsch", "j"), ("ch", "Cx"), ("sh", "S"), ("kh", "x")),
    *(("gh", "kg"), ("dj", "j"), ("zh", "j"), ("ph", "f"), ("th", "ts"), ("dh", "zd"), ("ck", "k"), ("ts", "Z")),
    *(("tz", "Z"), ("qu", "k"), ("ks", "X"), ("x", "X"), ("q", "k"), ("k", "k"), ("g", "kg"), ("c", "ksCj")),
    *(("z", "zs"), ("s", "s"), ("j", "jC"), ("b", "b"), ("d", "d"), ("f", "f"), ("h", "h"), ("l", "l"), ("m", "m")),
    *(("n", "n"), ("p", "p"), ("r", "r"), ("t", "t"), ("v", "v"), ("w", "v")),
)
"""Letters and the sounds they can stand for, the longer first."""

_LETTERS = re.compile("|".join([*(letters for letters, _ in _GROUPS), "[aeiouy]+", "."]))
_SOUNDS = {letters: frozenset(sounds) for letters, sounds in _GROUPS}
_VOWELS = {"a": "A", "e": "AI", "i": "I", "o": "U", "u": "U", "y": "I"}
_DIPHTHONG = re.compile(r"([ao])w(?![aeiouy])")
_OPEN = frozenset("aeiouy")
_LONG = 7
"""Letters from which a slip of the pen is told from another name."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A word by its sounds: `gaps` are the vowels before, between and after its consonants."""

    consonants: tuple[Sounds, ...]
    gaps: tuple[Sounds, ...]
    written: tuple[str, ...]


@lru_cache(maxsize=200_000)
def heard(word: str) -> Heard:
    """The sounds of a folded word (lower case, no accents)."""
    consonants: list[Sounds] = []
    gaps: list[str] = [""]
    for place, letters in enumerate(_LETTERS.findall(_DIPHTHONG.sub(r"\1u", word))):
        if letters[0] in _OPEN:
            gaps[-1] += letters
            continue
        sounds = _SOUNDS.get(letters, frozenset(letters))
        silent = letters == "h" and place > 0
        doubled = consonants and not gaps[-1] and (sounds == consonants[-1] or sounds <= consonants[-1])
        if silent or doubled:
            continue
        consonants.append(sounds)
        gaps.append("")
    classes = tuple(frozenset(c for v in gap for c in _VOWELS[v]) for gap in gaps)
    return Heard(tuple(consonants), classes, tuple(gaps))


@lru_cache(maxsize=500_000)
def alike(one: str, other: str) -> bool:
    """Whether two folded words can be spellings of one name."""
    if one == other:
        return True
    if min(len(one), len(other)) < 3 or not one.isalpha() or not other.isalpha():
        return False
    return _sound_alike(heard(one), heard(other)) or _slip(one, other)


def _sound_alike(one: Heard, other: Heard) -> bool:
    if len(one.consonants) != len(other.consonants) or not one.consonants:
        return False
    last = len(one.consonants) - 1
    for place, (a, b) in enumerate(zip(one.consonants, other.consonants, strict=True)):
        ending = place == last and {*a, *b} <= {"f", "v"}
        if not a & b and not ending:
            return False
    if last == 0:
        return one.gaps == other.gaps
    pairs = zip(one.gaps, other.gaps, one.written, other.written, strict=True)
    return all(_vowels_agree(*row, final=n == last + 1) for n, row in enumerate(pairs))


def _vowels_agree(a: Sounds, b: Sounds, said: str, other: str, *, final: bool) -> bool:
    """Whether vowels at one place exclude each other; an unwritten one goes with a short e, but not at the end."""
    if a and b:
        if final and {said[-1], other[-1]} & {"a"} and {said[-1], other[-1]} & {"o"}:
            return False
        if final and "a" in (said, other) and said != other and "e" in (said, other):
            return True
        return bool(a & b)
    if not a and not b:
        return True
    return (said or other) in ("e", "'", "y") and not final


def _slip(one: str, other: str) -> bool:
    """Whether one long word is the other with two letters changed round or one left out, within it."""
    short, long = sorted((one, other), key=len)
    if (
        len(short) < _LONG - 1
        or (len(long) < _LONG and len(short) != len(long))
        or short[0] != long[0]
        or short[-1] != long[-1]
    ):
        return False
    if len(short) == len(long):
        places = [n for n in range(len(short)) if short[n] != long[n]]
        return len(places) == 2 and places[1] == places[0] + 1 and sorted(short) == sorted(long)
    if len(long) - len(short) != 1:
        return False
    at = next((n for n in range(len(short)) if short[n] != long[n]), len(short))
    return long[at + 1 :] == short[at:] and long[at] not in _OPEN


# --- names of East Asia, whose romanisations differ in consonants

_INITIALS = (
    *(("hs", "s"), ("zh", "c"), ("ch", "c"), ("sh", "s"), ("ts", "z"), ("tz", "z"), ("q", "c"), ("j", "c"), ("x", "s")),
    *(("z", "z"), ("c", "z"), ("b", "p"), ("p", "p"), ("d", "t"), ("t", "t"), ("g", "k"), ("k", "k"), ("ss", "s")),
)
_FINALS = (
    ("oo", "u"), ("ou", "o"), ("ieh", "ie"), ("ueh", "ue"), ("ung", "ong"), ("iung", "iong"), ("uo", "o"),
    ("ee", "i"), ("young", "yong"), ("yeong", "yong"), ("woo", "u"), ("wu", "u"), ("yi", "i"), ("ih", "i"),
    ("ien", "ian"), ("uei", "ui"), ("hyun", "hyon"), ("hyeon", "hyon"), ("jeong", "jong"), ("eon", "on"),
    ("eong", "ong"),
)  # fmt: skip
_SYLLABLES = re.compile(
    r"[^aeiou]*[aeiou]+(?:ng(?![aeiou])|n(?![aeiou])|m(?![aeiou])|[rklp](?![aeiou]))?(?:h(?![aeiou]))?"
)


@lru_cache(maxsize=50_000)
def romanised(words: tuple[str, ...]) -> str:
    """A Chinese or Korean name by coarse syllables: "hsieh ming-tao" and "xie mingtao" are one."""
    found = []
    for syllable in (one for word in words for one in _SYLLABLES.findall(word)):
        coarse = syllable
        for old, new in _FINALS:
            if coarse.endswith(old):
                coarse = coarse[: -len(old)] + new
                break
        for old, new in _INITIALS:
            if coarse.startswith(old):
                coarse = new + coarse[len(old) :]
                break
        found.append(coarse.rstrip("h") if len(coarse) > 2 else coarse)
    return " ".join(found)


# --- blocking

_COARSE = {
    **dict.fromkeys("kgx", "k"), **dict.fromkeys("szSCjZ", "s"), **dict.fromkeys("td", "t"),
    **dict.fromkeys("pbfv", "p"), "X": "s", "m": "m", "n": "n", "l": "l", "r": "r", "h": "",
}  # fmt: skip


@lru_cache(maxsize=200_000)
def coarse_keys(word: str) -> tuple[str, ...]:
    """Keys under which every spelling of a word is found: two spellings share at least one."""
    word = re.sub(r"^hs(?=[aeiou])", "s", word)
    sounds = heard(word)
    options = [sorted({_COARSE.get(sound, sound) for sound in one}) for one in sounds.consonants[:3]]
    if word[:1] == "q":
        options[0] = ["k", "s"]
    head = "" if sounds.written[0] or word[:1] == "h" else "!"
    keys = {head + "".join(row) for row in product(*options)}
    return tuple(sorted(keys)[:8]) or (word,)
