"""Source formats that plug-ins bring: how a file with a certain ending becomes rows of reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import PurePath
from typing import IO

from diurna.errors import SourceError
from diurna.plugins import installed, load_plugin
from diurna.sources.incoming import SourceFailure
from diurna.sources.rows import Row


@dataclass(frozen=True, slots=True)
class SourceFormat:
    """One more format of files to read.

    Attributes:
        suffixes: endings of file names it reads, lower-cased, e.g. (".nml",); Diurna's own endings stay its own.
        rows: from an open binary file and its name to rows, one a report, with the keys `id, title, text, url, outlet,
            author, published, language` (only `text` is needed), one after another so that memory stays flat. It
            raises `diurna.errors.SourceError` where the file goes wrong; the rows before stay read.
    """

    suffixes: tuple[str, ...]
    rows: Callable[[IO[bytes], str], Iterator[Mapping[str, object]]]


def source_plugin(name: str) -> SourceFormat | None:
    """The plug-in that reads files named like this, the first by name; None where none does.

    Raises:
        MissingPartError: a plug-in cannot be loaded.
    """
    suffix = PurePath(name).suffix.lower()
    return next((one for one in _all() if suffix and suffix in one.suffixes), None)


@cache
def _all() -> tuple[SourceFormat, ...]:
    names = installed("diurna.sources")
    found = (load_plugin("diurna.sources", name, _fits, "diurna.sources.plugin.SourceFormat") for name in names)
    return tuple(one for one in found if isinstance(one, SourceFormat))


def _fits(found: object) -> bool:
    return isinstance(found, SourceFormat)


def plugin_rows(plugin: SourceFormat, file: IO[bytes], name: str) -> Iterator[Row | SourceFailure]:
    """The rows of a plug-in; a fault of the plug-in or its file ends them as a failure."""
    try:
        for number, row in enumerate(plugin.rows(file, name), start=1):
            yield Row(f"{name}, row {number}", tuple(map(str, row)), tuple(row.values()))
    except SourceError as fault:
        yield SourceFailure(name, "decode", fault.reason)
    except Exception as fault:  # somebody else's code: a run of many files survives any one of them
        yield SourceFailure(name, "decode", f"the plug-in for {PurePath(name).suffix} failed: {fault!r}")
