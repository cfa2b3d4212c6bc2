"""Blocking for names of one text: which of them are worth holding against each other.

Each key stands for one ground on which `link.within` joins: words by their sounds and first letters, listed names,
given names short for others, initials, offices, and standing near each other in the text.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence

from diurna.link.names import alias_words, bag_of, bare, folded
from diurna.link.othernames import other_names, peoples
from diurna.link.spelling import coarse_keys, romanised

_ROOT = 4
"""Letters that a name and the name of its people share."""
_NEAR = 100
"""Characters between the ends of one name and the start of another that can stand beside it."""
_CLOSE = 24
"""How many names that follow one are looked at; names within longer ones count too."""
_HELD = 100
"""Names a block holds: cost does not grow with the square of the names; few reports have as many."""


def name_keys(text: str, *, person: bool) -> frozenset[str]:
    """The blocks in which a name is filed and looks."""
    return frozenset(f"{person:d} {key}" for key in _keys(text, person=person))


def _keys(text: str, *, person: bool) -> Iterator[str]:
    words = alias_words()
    every = [w for part in folded(text).split() for w in re.split(r"[‑-]", part) if w]
    row = bare(text, person)
    yield from _listed(folded(text))
    for word in {*every, *row, *bag_of(row)} - words.particles:
        yield from _word(word)
    yield "r " + romanised(row)
    yield from (f"s {key}" for key in coarse_keys("".join(row)))
    yield from _letters(text, row)


def _listed(said: str) -> Iterator[str]:
    for key in (other_names().get(said), peoples().get(said), alias_words().listed.get(said)):
        if key:
            yield f"l {key}"
    without = re.sub(r"^(?:the|this|that|our|their|its)\s+", "", said)
    if without != said:
        yield from _listed(without)


def _word(word: str) -> Iterator[str]:
    words = alias_words()
    yield f"w {word[:_ROOT]}"
    yield from (f"s {key}" for key in coarse_keys(word))
    yield f"e {words.equivalents.get(word, word)}"
    yield from (f"e {full}" for full in words.nicknames.get(word, ()))


def _letters(text: str, row: tuple[str, ...]) -> Iterator[str]:
    """Initials and what they can stand for, and the last letter of capitals with a kind of body."""
    words = alias_words()
    plain = re.sub(r"[.\s]", "", text)
    if sum(c.isupper() for c in plain) >= 2 and len(row) <= 2:
        yield f"i {plain.lower()}"
        yield f"i {''.join(c for c in plain if c.isupper()).lower()}"
        yield f"i {''.join(row).replace('.', '')}"
        yield f"k {plain[-1].lower()}"
    if len(row) > 1:
        yield "i " + "".join(w[0] for w in row)
        yield "i " + "".join(w[0] for w in row if w not in words.particles)
    if len(row) == 1 and (row[0] in words.generic or row[0] in words.founds):
        yield f"k {row[0][0]}"


def near_pairs(names: Sequence[str], text: str) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Numbers of names that stand near each other in a text of single spaces, the smaller first, and where.

    Returns:
        For each pair the starts and ends, in characters, of the stretches from the one to the other.
    """
    places = _starts(names, text)
    found: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for at, (begin, end, one) in enumerate(places):
        for start, last, other in places[at + 1 : at + 1 + _CLOSE]:
            if start - end > _NEAR:
                break
            if one != other and start >= end:
                found[min(one, other), max(one, other)].append((begin, last))
    return found


def _starts(names: Sequence[str], text: str) -> list[tuple[int, int, int]]:
    """Where names stand, in order: a name is looked for at starts of words that begin as it does."""
    begins: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        if head := re.match(r"\w+|\S", name):
            begins[head[0]].append(number)
    return [(m.start(), m.start() + len(names[n]), n) for m in re.finditer(r"\w+|\S", text)
            for n in begins.get(m[0], ()) if text.startswith(names[n], m.start())]  # fmt: skip


def worth_comparing(names: Sequence[tuple[str, bool]]) -> set[tuple[int, int]]:
    """Numbers of names, each with whether it is a person's, that share a block: each meets the last `_HELD` of it."""
    rows: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_HELD))
    found: set[tuple[int, int]] = set()
    for number, (name, person) in enumerate(names):
        for key in name_keys(name, person=person):
            found.update((other, number) for other in rows[key])
            rows[key].append(number)
    return found
