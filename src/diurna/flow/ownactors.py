"""Neighbours' lists of actors into the file of own actors that reading looks into."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from diurna.errors import LexiconError, UsageError
from diurna.flow.openfile import lines_of
from diurna.imports.actors import ftm, names, petrarch
from diurna.imports.rows import BadRow
from diurna.model.codec import decode, encode
from diurna.model.ownactor import OwnActor

Read = Callable[[Iterable[str], str], Iterator[OwnActor | BadRow]]

READERS: dict[str, Read] = {"names": names.read, "ftm": ftm.read, "petrarch": petrarch.read}
"""By the name of the format."""

_LOOKED_AT = 50


@dataclass(slots=True)
class ActorsImported:
    """What an import of actors came to.

    Attributes:
        actors: in the file now; added: of them new ones.
        failures: a sentence for every bad row.
    """

    actors: int
    added: int
    failures: list[str]


def import_actors(paths: Iterable[str], to: Path, kind: str | None = None) -> ActorsImported:
    """Add the actors of these files to the file `to`; those of one name become one with all their times.

    Args:
        kind: a name of `READERS`; None looks at each file.

    Raises:
        SourceError: a file cannot be read.
        LexiconError: `to` is there and is no file of own actors.
        UsageError: `to` cannot be written.
    """
    known = {actor.name: actor for actor in _there(to)}
    before, failures = len(known), list[str]()
    for path in paths:
        reader = READERS[kind or told(path)]
        for found in reader(lines_of(path), Path(path).name):
            if isinstance(found, BadRow):
                failures.append(f"{path}, line {found.line}: {found.reason}")
            else:
                known[found.name] = joined(known[found.name], found) if found.name in known else found
    _write(known.values(), to)
    return ActorsImported(len(known), len(known) - before, failures)


def told(path: str) -> str:
    """The format of a file of actors, by its first lines."""
    for number, line in enumerate(lines_of(path)):
        plain = line.strip().lstrip("\ufeff")
        if plain.startswith("{"):
            return "ftm"
        if plain.startswith(("#", "+")) or "[" in plain or plain.endswith("_"):
            return "petrarch"
        if plain or number > _LOOKED_AT:
            break
    return "names"


def joined(one: OwnActor, other: OwnActor) -> OwnActor:
    """Two entries of one name as one: the kind that says more, all aliases, all times."""
    kind = other.kind if one.kind == "unknown" else one.kind
    aliases = tuple(dict.fromkeys((*one.aliases, *other.aliases)))
    held = tuple(dict.fromkeys((*one.held, *other.held)))
    bounded = sorted((each for each in held if each.since or each.until), key=lambda each: each.since or "")
    always = [each for each in held if not (each.since or each.until)]
    return replace(one, kind=kind, aliases=aliases, held=(*bounded, *always))


def _there(to: Path) -> Iterator[OwnActor]:
    if not to.exists():
        return
    for number, line in enumerate(to.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            yield decode(OwnActor, json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise LexiconError(f"{to}, line {number} is no own actor ({fault!r}): name another file with -o") from None


def _write(actors: Iterable[OwnActor], to: Path) -> None:
    part = to.with_name(f"{to.name}.part")
    try:
        with part.open("w", encoding="utf-8", errors="replace") as file:
            for actor in sorted(actors, key=lambda one: one.name):
                file.write(json.dumps(encode(actor), ensure_ascii=False) + "\n")
        os.replace(part, to)  # noqa: PTH105 - one step, as rename(2) promises
    except OSError as fault:
        raise UsageError(f"{to} cannot be written: {fault.strerror or fault}") from None
    finally:
        part.unlink(missing_ok=True)
