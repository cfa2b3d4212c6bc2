"""A source: files of several reports, each with header lines, a blank line and its text, parted by `=====`.

title: Convoy turned back
outlet: Northern Wire
published: 2024-03-08

PORT ANSEL – Officers said on Friday ...
=====
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import IO

from diurna.errors import SourceError
from diurna.sources.plugin import SourceFormat


def read_bulletin(file: IO[bytes], name: str) -> Iterator[Mapping[str, object]]:
    """One row a report, with whatever its headers say."""
    report: list[str] = []
    for line in file:
        text = line.decode("utf-8")
        if text.strip() == "=====":
            yield _row(report, name)
            report = []
        else:
            report.append(text)
    if "".join(report).strip():
        yield _row(report, name)


def _row(lines: list[str], name: str) -> Mapping[str, object]:
    head, blank, body = "".join(lines).strip().partition("\n\n")
    if not blank:
        raise SourceError("a report without a blank line between its headers and its text", name)
    pairs = (line.partition(":") for line in head.splitlines())
    return {**{key.strip().lower(): value.strip() for key, _, value in pairs}, "text": body}


BULLETIN = SourceFormat((".bulletin",), read_bulletin)
