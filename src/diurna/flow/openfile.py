"""Lines of a neighbour's file: gzip, Zstandard and ZIP unpacked, UTF-8 with single lines of Latin-1 survived."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO

from diurna.errors import SourceError
from diurna.sources.streams import in_utf8, lines, open_stream

_LONGEST = 64_000_000
_ZIP = b"PK\x03\x04"


def lines_of(path: str) -> Iterator[str]:
    """The lines of a file, without their ends; a ZIP's first file is read.

    Raises:
        SourceError: it cannot be opened or unpacked.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - the path is as the user wrote it
            packed = file.read(4) == _ZIP
            file.seek(0)
            if packed:
                with zipfile.ZipFile(file) as archive, archive.open(archive.namelist()[0]) as inner:
                    yield from _text(inner)
            else:
                yield from _text(file)
    except (OSError, zipfile.BadZipFile, IndexError) as fault:
        raise SourceError(f"cannot be read: {getattr(fault, 'strerror', None) or fault}", path) from None


def _text(file: IO[bytes]) -> Iterator[str]:
    for line in lines(in_utf8(open_stream(file)), _LONGEST):
        if line is None:
            yield ""
            continue
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            yield line.decode("latin-1")  # some yearly files of POLECAT mix both
