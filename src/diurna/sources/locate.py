"""What a source names: a file, the files of a folder or a pattern, standard input, a web address, or nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from glob import iglob
from pathlib import Path

from diurna.sources.formats import BESIDE_PAGES
from diurna.sources.incoming import SourceFailure

STANDARD_INPUT = "-"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_OTHER_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,20}://", re.IGNORECASE)
_PATTERN = re.compile(r"[*?\[]")


def is_address(source: str) -> bool:
    """Whether a source is fetched rather than opened."""
    return _ADDRESS.match(source) is not None


def files_of(source: str | Path) -> Iterator[str | SourceFailure]:
    """The paths `source` stands for, in a fixed order; `-` and web addresses stay what they are.

    Folders are walked to the bottom, names that begin with a dot and files that only come with saved pages (pictures,
    scripts) are passed over; patterns know `*`, `?`, `[...]` and `**`.
    """
    name = os.fspath(source)
    if name == STANDARD_INPUT or is_address(name):
        yield name
    elif _OTHER_ADDRESS.match(name):
        yield SourceFailure(name, "open", "only http:// and https:// are fetched; save it and read the file")
    elif "\x00" in name:
        yield SourceFailure(repr(name), "open", "no path: it holds a zero character")
    elif Path(name).is_dir():
        yield from _found(name, _walk(name), "the folder holds no file to read")
    elif os.path.lexists(name) or not _PATTERN.search(name):
        yield name
    else:
        yield from _found(name, _matches(name), "no file matches")


def _found(name: str, paths: Iterator[str], nothing: str) -> Iterator[str | SourceFailure]:
    """`paths`, or a failure that says there are none."""
    first = next(paths, None)
    if first is None:
        yield SourceFailure(name, "open", nothing)
        return
    yield first
    yield from paths


def _walk(folder: str) -> Iterator[str]:
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and Path(name).suffix.lower() not in BESIDE_PAGES:
                yield os.path.join(where, name)  # noqa: PTH118 - Path would turn "./a" into "a"


def _matches(pattern: str) -> Iterator[str]:
    for path in sorted(iglob(pattern, recursive=True)):  # noqa: PTH207 - Path.glob takes no absolute patterns
        if Path(path).is_dir():
            if "**" not in pattern:
                yield from _walk(path)
        else:
            yield path
