"""What a source names: a file, the files of a folder or a pattern, standard input, a web address, or nothing."""

from __future__ import annotations

import os
import re
import stat
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
    scripts) are passed over; patterns know `*`, `?`, `[...]` and `**`. Where a folder or pattern holds links that lead
    out of it, or what is no file (pipes, devices, sockets), these are failures: nobody chose them.
    """
    name = os.fspath(source)
    if name == STANDARD_INPUT or is_address(name):
        yield name
    elif _OTHER_ADDRESS.match(name):
        yield SourceFailure(name, "open", "only http:// and https:// are fetched; save it and read the file")
    elif "\x00" in name:
        yield SourceFailure(repr(name), "open", "no path: it holds a zero character")
    elif os.path.isdir(name):  # noqa: PTH112 - Path raises where a name is too long
        yield from _found(name, _checked(_walk(name), name), "the folder holds no file to read")
    elif os.path.lexists(name) or not _PATTERN.search(name):
        yield name
    else:
        home = os.path.dirname(name[: _PATTERN.search(name).start()]) or "."  # type: ignore[union-attr]  # noqa: PTH120
        yield from _found(name, _checked(_matches(name), home), "no file matches")


def _checked(paths: Iterator[str], home: str) -> Iterator[str | SourceFailure]:
    """`paths`, those that are no file of `home` as failures."""
    root = os.path.realpath(home)
    for path in paths:
        why = _why_not_ours(path, root)
        yield path if why is None else SourceFailure(path, "open", why)


def _why_not_ours(path: str, root: str) -> str | None:
    """Why a path met on the way is not opened; None where it is a file below `root`, or is not there at all."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - one call, the path stays as it was given
    except OSError:
        return None  # opening it says what is the matter
    if not stat.S_ISREG(mode):
        return f"{kind_of(mode)}, not a file: name it by itself to read it"
    if os.path.islink(path):  # noqa: PTH114
        real = os.path.realpath(path)
        if os.path.commonpath([real, root]) != root:
            return "a link that leads out of the folder: name the file itself to read it"
    return None


def kind_of(mode: int) -> str:
    """What something with this mode is, in words."""
    kinds = (
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISREG, "a file"),
    )
    return next((word for is_kind, word in kinds if is_kind(mode)), "a device")


def _found(name: str, paths: Iterator[str | SourceFailure], nothing: str) -> Iterator[str | SourceFailure]:
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
