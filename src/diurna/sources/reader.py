"""Sources to reports, one at a time: memory never grows with how much there is to read."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from diurna.errors import SourceError, UsageError
from diurna.model.report import Report
from diurna.sources.article import decode_page, read_page
from diurna.sources.compose import Details, compose
from diurna.sources.decode import decode
from diurna.sources.feed import feed_rows, largest_feed
from diurna.sources.formats import PACKED, Format, format_of, has_known_ending, why_not
from diurna.sources.incoming import Incoming, Limits, ReadOptions, SourceFailure, Stage
from diurna.sources.jsonrows import json_rows, jsonl_rows
from diurna.sources.locate import STANDARD_INPUT, files_of, is_address, kind_of
from diurna.sources.plugin import plugin_rows, source_plugin
from diurna.sources.published import parse_published
from diurna.sources.rows import Row, read_row
from diurna.sources.streams import Stream, open_stream
from diurna.sources.tables import csv_rows, on_disk, parquet_rows
from diurna.sources.warc import PAGE_KINDS, WarcReader

if TYPE_CHECKING:
    from diurna.sources.fetch import Fetch, Fetched

_OWN_DEVICES = frozenset({"/dev/null", "/dev/tty"})
"""Devices that may be read: what comes from them ends, or comes from a person."""

__all__ = [
    "Details",
    "Incoming",
    "Limits",
    "ReadOptions",
    "SourceFailure",
    "read_fetched",
    "read_incoming",
    "read_sources",
    "report_from_text",
]


def read_sources(
    sources: Sequence[str | Path], options: ReadOptions | None = None, standard_input: IO[bytes] | None = None
) -> Iterator[Report | SourceFailure]:
    """Every report in `sources` without where it stood and what was odd about it; otherwise as `read_incoming`."""
    for found in read_incoming(sources, options, standard_input):
        yield found if isinstance(found, SourceFailure) else found.report


def read_incoming(
    sources: Sequence[str | Path], options: ReadOptions | None = None, standard_input: IO[bytes] | None = None
) -> Iterator[Incoming | SourceFailure]:
    """Every report in `sources`, in order, and every failure where it happened; nothing of it raises.

    Args:
        sources: files (text, HTML, JSON Lines, JSON, CSV, TSV, Parquet, feeds, WARC, each also as gzip or
            Zstandard), folders, patterns, web addresses, and `-` for standard input.
        standard_input: what `-` reads; the process's own by default.

    Raises:
        UsageError: `options.published` is no date.
    """
    chosen = options or ReadOptions()
    if chosen.published and parse_published(chosen.published) is None:
        raise UsageError(f"{chosen.published!r} is no date: write it as YYYY-MM-DD")
    return _read(sources, chosen, standard_input)


def report_from_text(
    text: str,
    *,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    language: str | None = None,
) -> Report:
    """The report of one text that is at hand.

    Args:
        published: the ISO day or moment it was published.

    Raises:
        UsageError: `published` is no date.
    """
    time = parse_published(published) if published else None
    if published and time is None:
        raise UsageError(f"{published!r} is no date: write it as YYYY-MM-DD")
    return compose(text, Details(title=title, published=time, url=url, outlet=outlet, language=language))


def _read(
    sources: Sequence[str | Path], options: ReadOptions, standard_input: IO[bytes] | None
) -> Iterator[Incoming | SourceFailure]:
    for source in sources:
        for path in files_of(source):
            if isinstance(path, SourceFailure):
                yield path
            elif path == STANDARD_INPUT:
                yield from _opened(standard_input or sys.stdin.buffer, "standard input", options)
            elif is_address(path):
                yield from _fetched(path, options)
            else:
                yield from _file(path, options)


@cache
def the_door() -> Fetch:
    """What fetches where nothing else is named: guarded, and with manners; one a process, since it knows the hosts."""
    from diurna.sources.fetch import Fetcher
    from diurna.sources.politeness import PoliteFetcher

    return PoliteFetcher(Fetcher())


def _fetched(address: str, options: ReadOptions) -> Iterator[Incoming | SourceFailure]:
    try:
        found = (options.fetch or the_door())(address)
    except SourceError as fault:
        yield SourceFailure(address, "fetch", fault.reason)
    else:
        yield from read_fetched(found, options)


def read_fetched(found: Fetched, options: ReadOptions) -> Iterator[Incoming | SourceFailure]:
    """The reports of an answer: those of a feed or a table, or that of a page, whose address is where it came from."""
    name = found.url
    try:
        stream = open_stream(io.BytesIO(found.data))
        sniffed = format_of("", stream.head)
        if sniffed in ("feed", "addresses", "foreign") or found.kind not in PAGE_KINDS:
            known = None if sniffed in ("text", "html") else sniffed
            yield from _opened(io.BytesIO(found.data), name, options, known)
            return
        given = replace(_given(options), url=found.url)
        data = stream.read(options.limits.page)
        page = decode(data, found.charset) if found.charset else decode_page(data)
        yield replace(read_page(page, given, options), where=name)
    except SourceError as fault:
        yield SourceFailure(name, "page", fault.reason)


def _file(path: str, options: ReadOptions) -> Iterator[Incoming | SourceFailure]:
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
        if stat.S_ISSOCK(mode) or (_is_device(mode) and os.path.realpath(path) not in _OWN_DEVICES):
            yield SourceFailure(path, "open", f"{kind_of(mode)}, not a file: what it gives may never end")
            return
        file = open(path, "rb")  # noqa: SIM115, PTH123 - closed below, after the last report was taken
    except OSError as fault:
        yield SourceFailure(path, "open", _why_unopened(path, fault))
        return
    with closing(file):
        yield from _opened(file, path, options)


def _is_device(mode: int) -> bool:
    return stat.S_ISCHR(mode) or stat.S_ISBLK(mode)


def _why_unopened(path: str, fault: OSError) -> str:
    if isinstance(fault, FileNotFoundError):
        return f"there is no such file (looked in {os.path.dirname(os.path.abspath(path))})"  # noqa: PTH100, PTH120
    return f"cannot be opened: {fault.strerror or fault}"


def _opened(
    file: IO[bytes], name: str, options: ReadOptions, known: Format | None = None
) -> Iterator[Incoming | SourceFailure]:
    """The reports of an open file, its format `known` or to be told; a fault in its bytes ends it as a failure."""
    try:
        plugin = None if known or has_known_ending(name) else source_plugin(name)
        if plugin:
            yield from _limited(plugin_rows(plugin, file, name), name, options)
            return
        stream = open_stream(file)
        kind = known or format_of(urlsplit(name).path if is_address(name) else name, stream.head)
        if kind in ("addresses", "foreign"):
            yield SourceFailure(name, "open", why_not(name, stream.head))
        elif kind in ("text", "html"):
            yield _whole(stream, name, kind, options)
        elif kind == "warc":
            yield from WarcReader(stream, name, options)
        else:
            yield from _rows(file, stream, name, kind, options)
    except SourceError as fault:
        yield SourceFailure(name, "decode", fault.reason)


def _whole(stream: Stream, name: str, kind: Format, options: ReadOptions) -> Incoming | SourceFailure:
    """The one report of a text file or page."""
    stage: Stage = "decode"
    given = replace(_given(options), url=name if is_address(name) else None)
    try:
        if kind == "html":
            page = decode_page(stream.read(options.limits.page))
            stage = "page"
            return replace(read_page(page, given, options), where=name)
        text = decode(stream.read(options.limits.file))
    except SourceError as fault:
        return SourceFailure(name, stage, fault.reason)
    if not text.strip():
        return SourceFailure(name, "text", "empty: there is nothing to read")
    if len(text) > options.limits.text:
        return SourceFailure(name, "text", f"{len(text):,} characters are more than {options.limits.text:,}: split it")
    return Incoming(compose(text, given), name)


def _given(options: ReadOptions) -> Details:
    """What the caller knows of every report."""
    published = parse_published(options.published) if options.published else None
    return Details(outlet=options.outlet, language=options.language, published=published)


def _rows(
    file: IO[bytes], stream: Stream, name: str, kind: Format, options: ReadOptions
) -> Iterator[Incoming | SourceFailure]:
    return _limited(_raw_rows(file, stream, name, kind, options.limits), name, options)


def _limited(
    rows: Iterator[Row | SourceFailure], name: str, options: ReadOptions
) -> Iterator[Incoming | SourceFailure]:
    """The reports of a table, until it ends or too many of its rows in succession are bad."""
    bad = 0
    empty = True
    for row in rows:
        read = read_row(row, options) if isinstance(row, Row) else row
        yield read
        empty = False
        bad = bad + 1 if isinstance(read, SourceFailure) else 0
        if bad >= options.limits.bad_rows:
            reason = f"given up after {bad:,} bad rows in succession: is it what its name says?"
            yield SourceFailure(name, "open", reason)
            return
    if empty:
        yield SourceFailure(name, "open", "it holds no rows")


def _raw_rows(
    file: IO[bytes], stream: Stream, name: str, kind: Format, limits: Limits
) -> Iterator[Row | SourceFailure]:
    if kind == "jsonl":
        return jsonl_rows(stream, name, limits)
    if kind == "json":
        return json_rows(stream, name, limits)
    if kind == "csv":
        return csv_rows(stream, name, limits)
    if kind == "feed":
        return feed_rows(stream.read(largest_feed()), name)
    return _parquet(file, stream, name, limits)


def _parquet(file: IO[bytes], stream: Stream, name: str, limits: Limits) -> Iterator[Row | SourceFailure]:
    """Parquet must be read from its end: what is packed or piped is put on disk first."""
    if file.seekable() and not name.endswith(PACKED):
        yield from parquet_rows(file, name, limits)
        return
    with closing(on_disk(stream)) as copy:
        yield from parquet_rows(copy, name, limits)
