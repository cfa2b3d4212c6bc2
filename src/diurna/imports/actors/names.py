"""A CSV of names as actors: one row an actor, or an actor's time in one office; columns by their usual names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import cast, get_args

from diurna.imports.actors.codes import country_of, sector_of
from diurna.imports.rows import BadRow, Row, table_rows, without_apostrophe
from diurna.model.ownactor import Held, OwnActor
from diurna.model.record import ActorKind

_NAMES, _ALIASES = ("name", "actor", "label", "caption", "title"), ("aliases", "alias", "also", "names")
_COUNTRIES, _SECTORS = ("country", "country_code", "iso3"), ("sector", "code")
_ROLES, _FROM, _UNTIL = ("role", "office", "position"), ("from", "since", "start"), ("until", "to", "end")
_COLUMNS = (*_NAMES, *_ALIASES, *_COUNTRIES, *_SECTORS, *_ROLES, *_FROM, *_UNTIL, "kind", "type")
_LONGEST = 300


def read(lines: Iterable[str], source: str) -> Iterator[OwnActor | BadRow]:
    """An actor a row.

    Columns: `name`, and if given `aliases` (parted by ; or |), `kind`, `country`, `sector`, `role`, `from`, `until`.
    """
    for row in table_rows(lines, known=_COLUMNS):
        yield row if isinstance(row, BadRow) else _actor(row, source)


def _actor(row: Row, source: str) -> OwnActor | BadRow:
    name = _one_line(without_apostrophe(row.get(*_NAMES)))
    if not name or len(name) > _LONGEST:
        return BadRow(row.line, f"a name of {len(name):,} characters, over {_LONGEST}" if name else "no name")
    try:
        held = Held(
            country_of(row.get(*_COUNTRIES)), sector_of(row.get(*_SECTORS)),
            _one_line(row.get(*_ROLES)) or None, _day(row.get(*_FROM)),
            _day(row.get(*_UNTIL), last=True),
        )  # fmt: skip
        kind = kind_of(row.get("kind", "type"))
    except ValueError as fault:
        return BadRow(row.line, str(fault))
    aliases = re.split("[;|]", without_apostrophe(row.get(*_ALIASES)))
    known = tuple(dict.fromkeys(_one_line(one) for one in aliases if _one_line(one) and _one_line(one) != name))
    return OwnActor(name, kind, known, (held,), f"{source}, line {row.line}")


def kind_of(said: str) -> ActorKind:
    """An actor's kind.

    Raises:
        ValueError: it is none of ours.
    """
    kinds = get_args(ActorKind)
    kind = {"organization": "organisation", "country": "state", "": "unknown"}.get(said.lower(), said.lower())
    if kind not in kinds:
        raise ValueError(f"no kind {said!r}: it is one of {', '.join(kinds)}")
    return cast("ActorKind", kind)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _day(said: str, *, last: bool = False) -> str | None:
    """An ISO day; of a year or month the first, or the last."""
    if not said:
        return None
    if re.fullmatch(r"\d{4}", said):
        return f"{said}-12-31" if last else f"{said}-01-01"
    try:
        if re.fullmatch(r"\d{4}-\d{2}", said):
            first = dt.date.fromisoformat(f"{said}-01")
            return str((first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)) if last else str(first)
        return dt.date.fromisoformat(said[:10]).isoformat()
    except ValueError:
        raise ValueError(f"{said!r} is no day: write it as 2025-12-28") from None
