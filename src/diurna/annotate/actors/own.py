"""Actors people brought along (`diurna actors import`), looked up before what Diurna knows of the world itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from diurna.annotate.actors.knowledge import Fact, FactKind, country_names
from diurna.annotate.actors.phrases import Phrases, words_of
from diurna.errors import LexiconError
from diurna.model.codec import decode
from diurna.model.ownactor import OwnActor


class OwnActors:
    """All actors of one file, found by name; `on` gives them as of a day."""

    def __init__(self, actors: Sequence[OwnActor]) -> None:
        self._phrases = Phrases(list(_phrases(actors)))
        self.count = len(actors)

    def on(self, day: str | None) -> OwnView:
        """The actors as they were on an ISO day, or with what always holds."""
        return OwnView(self._phrases, day)


class OwnView:
    """Own actors as of one day."""

    def __init__(self, phrases: Phrases[tuple[OwnActor, tuple[str, ...]]], day: str | None) -> None:
        self._phrases, self._day = phrases, day

    def all_at(self, lowers: Sequence[str], first: int, limit: int) -> Iterator[tuple[int, Fact]]:
        """Every own name at token `first` that ends by `limit`, longest first, and what it stands for."""
        for last, (actor, written) in self._phrases.all_at(lowers, first, limit):
            yield last, _fact(actor, written, self._day)


def _phrases(actors: Sequence[OwnActor]) -> Iterator[tuple[str, tuple[OwnActor, tuple[str, ...]]]]:
    """The names; not those of countries Diurna knows, among which dictionaries list cities and rivers."""
    for actor in actors:
        if actor.kind == "state" and any(one.country in country_names() for one in actor.held):
            continue
        for name in dict.fromkeys((actor.name, *actor.aliases)):
            written = words_of(name)
            if written and any(char.isalnum() for char in name):
                yield " ".join(written), (actor, written)


def _fact(actor: OwnActor, written: tuple[str, ...], day: str | None) -> Fact:
    held = actor.on(day)
    kinds: dict[str, FactKind] = {"person": "person", "state": "country"}
    kind: FactKind = kinds.get(actor.kind, "body")
    short = kind == "person" and len(written) == 1
    return Fact(kind, actor.name, held.country, held.sector, actor.kind, short=short, written=written)


@cache
def load_own(path: str) -> OwnActors:
    """The actors of a file that `diurna actors import` wrote: JSON, one a line.

    Raises:
        LexiconError: it is not there, or a line is none; the message names all such lines.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise LexiconError(f"own actors: {path} cannot be read: {fault}") from None
    found, faults = [], []
    for number, line in enumerate(lines, start=1):
        try:
            if line.strip():
                found.append(decode(OwnActor, json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            faults.append(f"line {number}: {fault!r}")
    if faults:
        raise LexiconError(f"own actors: {path} has {len(faults)} faults: " + "; ".join(faults[:20]))
    return OwnActors(found)
