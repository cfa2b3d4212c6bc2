"""Rows of tables and JSON to reports: which column means what, and what makes a row unreadable."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from diurna.errors import SourceError
from diurna.lexicon import load, made_of
from diurna.model.record import Failure
from diurna.model.timevalue import TimeValue
from diurna.sources.article import read_page
from diurna.sources.compose import Details, compose
from diurna.sources.incoming import Incoming, ReadOptions, SourceFailure
from diurna.sources.published import parse_published

MEANINGS = ("id", "title", "text", "html", "summary", "quotes", "url", "outlet", "author", "published", "language")
_LONGEST_DETAIL = 2_000
"""Characters of a title, name or address; longer ones are another column's text gone astray."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands, its column names and its values, in the same order."""

    where: str
    columns: tuple[str, ...]
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """For each meaning, the positions of the columns that may hold it, best first."""

    id: tuple[int, ...]
    title: tuple[int, ...]
    text: tuple[int, ...]
    html: tuple[int, ...]
    summary: tuple[int, ...]
    quotes: tuple[int, ...]
    url: tuple[int, ...]
    outlet: tuple[int, ...]
    author: tuple[int, ...]
    published: tuple[int, ...]
    language: tuple[int, ...]


def known_columns(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `columns` that mean something to us."""
    names = _meanings()
    return tuple(c for c in columns if any(_key(c) in names[meaning] for meaning in MEANINGS))


def has_text_column(columns: tuple[str, ...]) -> bool:
    """Whether rows with these columns can hold reports."""
    found = _resolve(columns)
    return bool(found.text or found.html)


def read_row(row: Row, options: ReadOptions) -> Incoming | SourceFailure:
    """The report of one row, or why it has none."""
    columns = _resolve(row.columns)
    try:
        details, notes = _details(row, columns, options)
        text = _text(row, columns)
        if text is None:
            page = read_page(_page(row, columns), details, options)
            return replace(page, where=row.where, notes=notes + page.notes)
        if len(text) > options.limits.text:
            return SourceFailure(row.where, "text", f"{len(text):,} characters are more than {options.limits.text:,}")
    except SourceError as fault:
        return SourceFailure(row.where, "row", fault.reason)
    return Incoming(compose(text, details), row.where, notes)


@made_of("rows", language="")
def wrapped_rows() -> tuple[tuple[str, ...], ...]:
    """Where in a JSON object its rows may stand: paths of keys."""
    return tuple(tuple(path.split(".")) for path in _table()["wrappers"]["paths"])


def _table() -> dict[str, dict[str, Any]]:
    return load("rows", "")


@made_of("rows", language="")
def _meanings() -> dict[str, dict[str, int]]:
    """For each meaning, its column names and their ranks."""
    return {m: {name: rank for rank, name in enumerate(_table()["columns"][m])} for m in MEANINGS}


def _key(column: str) -> str:
    key = column.strip().strip("\ufeff").lower()
    return key.replace("-", "_").replace(" ", "_").replace(".", "_")


@lru_cache(maxsize=512)
def _resolve(columns: tuple[str, ...]) -> _Columns:
    keys = [_key(column) for column in columns]
    found = {}
    for meaning in MEANINGS:
        names = _meanings()[meaning]
        at = [(names[key], place) for place, key in enumerate(keys) if key in names]
        found[meaning] = tuple(place for _, place in sorted(at))
    return _Columns(**found)


def _text(row: Row, columns: _Columns) -> str | None:
    """The row's text; None when it has a page instead.

    Raises:
        SourceError: it has neither.
    """
    for place in columns.text:
        value = row.values[place]
        if isinstance(value, str) and value.strip():
            return value
    if any(_is_given(row.values[place]) for place in columns.html):
        return None
    if not columns.text:
        lesser = _quoted(row, columns) or _summary(row, columns)
        if lesser:
            return lesser
        if any(_is_given(row.values[place]) for place in columns.url):
            raise SourceError("no text, only an address: `diurna read ADDRESS` fetches a page")
        raise SourceError("no text: none of its columns is named text, content, body or the like")
    name, value = row.columns[columns.text[0]], row.values[columns.text[0]]
    if _is_given(value) and not isinstance(value, str):
        raise SourceError(f"{name} is no text but {_kind(value)}")
    raise SourceError(f"{name} is empty")


def _quoted(row: Row, columns: _Columns) -> str | None:
    """The passages round the quotations of an article, a paragraph each, as GDELT's quotation graph has them."""
    value = next((row.values[place] for place in columns.quotes), None)
    found = [_passage(one) for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    return "\n\n".join(one for one in found if one) or None


def _passage(one: dict[str, object]) -> str | None:
    before, said, after = (one.get(key) if isinstance(one.get(key), str) else "" for key in ("pre", "quote", "post"))
    return f"{str(before).strip()} “{said}” {str(after).strip()}".strip() if said else None


def _summary(row: Row, columns: _Columns) -> str | None:
    """What stands for the text in lists of articles that have none, such as GDELT's article list."""
    values = (row.values[place] for place in columns.summary)
    return next((value for value in values if isinstance(value, str) and value.strip()), None)


def _page(row: Row, columns: _Columns) -> str:
    value = next(row.values[place] for place in columns.html if _is_given(row.values[place]))
    if not isinstance(value, str):
        raise SourceError(f"the page is no text but {_kind(value)}")
    return value


def _kind(value: object) -> str:
    names = {
        dict: "an object",
        list: "a list",
        bool: "true or false",
        int: "a number",
        float: "a number",
        bytes: "bytes",
    }
    return names.get(type(value), type(value).__name__)


def _is_given(value: object) -> bool:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return False
    return bool(value.strip()) if isinstance(value, str) else value not in ([], {})


def _details(row: Row, columns: _Columns, options: ReadOptions) -> tuple[Details, tuple[Failure, ...]]:
    published, notes = _published(row, columns.published, options)
    details = Details(
        source_id=_name(row, columns.id),
        title=_title(row, columns.title),
        url=_name(row, columns.url),
        outlet=options.outlet or _name(row, columns.outlet),
        author=_name(row, columns.author),
        published=published,
        language=options.language or _language(_name(row, columns.language)),
    )
    return details, notes


def _published(row: Row, places: tuple[int, ...], options: ReadOptions) -> tuple[TimeValue | None, tuple[Failure, ...]]:
    """The best readable date, and a note where dates are given and none can be read."""
    if options.published:
        return parse_published(options.published), ()
    given = [(row.columns[place], row.values[place]) for place in places if _is_given(row.values[place])]
    for _, value in given:
        time = parse_published(value)
        if time:
            return time, ()
    if not given:
        return None, ()
    name, value = given[0]
    return None, (Failure("date", f"{name} {str(value)[:60]!r} is no date that can be read for certain"),)


def _title(row: Row, places: tuple[int, ...]) -> str | None:
    """The first title given, as it stands."""
    for place in places:
        value = row.values[place]
        if isinstance(value, str) and value.strip() and len(value) <= _LONGEST_DETAIL:
            return value
    return None


def _name(row: Row, places: tuple[int, ...]) -> str | None:
    for place in places:
        name = _as_name(row.values[place], 0)
        if name:
            return name
    return None


def _as_name(value: object, depth: int) -> str | None:
    """A name out of a string, a number, an object that has a name, or a list of these."""
    if not _is_given(value) or isinstance(value, bool) or depth > 2:
        return None
    if isinstance(value, str):
        return " ".join(value.split()) if len(value) <= _LONGEST_DETAIL else None
    if isinstance(value, int | float):
        return str(int(value)) if isinstance(value, int) or value.is_integer() else str(value)
    if isinstance(value, dict):
        names = (_as_name(value.get(key), depth + 1) for key in _table()["names"]["keys"])
        return next((name for name in names if name), None)
    if isinstance(value, list | tuple):
        return ", ".join(name for one in value[:50] if (name := _as_name(one, depth + 1))) or None
    return None


def _language(name: str | None) -> str | None:
    """The ISO 639-1 code of what a row calls its language."""
    if not name:
        return None
    code = name.lower().replace("_", "-").split("-")[0]
    return _table()["languages"].get(code, code if len(code) in (2, 3) else None)
