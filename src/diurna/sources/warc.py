"""Web archives (WARC, WET) to reports, record by record: pages that were fetched, and texts made of them.

warcio reads the records. A page becomes a report as an HTML file does, its address the record's; a record that cannot
be read is a failure of its own, and where the file breaks off, the failure says after how many records.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from types import SimpleNamespace
from typing import Any

from diurna.errors import SourceError
from diurna.sources.article import decode_page, read_page
from diurna.sources.compose import Details, compose
from diurna.sources.decode import decode
from diurna.sources.incoming import Incoming, ReadOptions, SourceFailure
from diurna.sources.published import parse_published
from diurna.sources.streams import Stream

PAGE_KINDS = ("text/html", "application/xhtml+xml")
_OK = "200"
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


logging.getLogger("warcio").setLevel(logging.CRITICAL)  # it would log addresses


@cache
def _quiet_iterator() -> Any:
    """Warcio's reader of archives; where a record's length is wrong it would print words of pages on standard error."""
    from warcio import archiveiterator, bufferedreaders

    nowhere = SimpleNamespace(stderr=SimpleNamespace(write=len))
    for module in (archiveiterator, bufferedreaders):
        module.sys = nowhere  # all that either of them uses of it
    return archiveiterator.ArchiveIterator


class _Chunks:
    """Chunks of bytes as a file that is read once, so that an archive is never in memory whole."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._rest = chunks, b""

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, all that are left where it is negative; none at the end.

        Raises:
            SourceError: the bytes are damaged.
        """
        if size < 0:
            rest, self._rest = self._rest + b"".join(self._chunks), b""
            return rest
        while not self._rest:
            self._rest = next(self._chunks, b"")
            if not self._rest:
                return b""
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


@dataclass(slots=True)
class WarcReader:
    """The reports of one archive; `counts` says how many records of each kind were met, and what became of them."""

    stream: Stream
    name: str
    options: ReadOptions
    counts: Counter[str] = field(default_factory=Counter)

    def __iter__(self) -> Iterator[Incoming | SourceFailure]:
        """Every page and text, in the archive's order, and every failure."""
        try:
            for record in _quiet_iterator()(_Chunks(self.stream.chunks), ensure_http_headers=False):
                yield from self._record(record)
        except SourceError as fault:
            yield self._broken(fault.reason)
        except Exception as fault:  # archives break off in every way there is; what came before the break is kept
            said = str(fault).partition("first line:")[0]  # the rest would be words of the page
            yield self._broken(" ".join(said.split()).rstrip(",")[:200] or type(fault).__name__)
        else:
            if not self.counts["records"]:
                yield SourceFailure(self.name, "open", "no web archive, or one without a single record")
            elif not self.counts["read"] + self.counts["failed"] + self.counts["unknown"]:
                yield SourceFailure(
                    self.name, "open", f"none of its {self.counts['records']:,} records is a page or text"
                )

    def _broken(self, why: str) -> SourceFailure:
        return SourceFailure(
            self.name, "decode", f"the archive breaks off after {self.counts['records']:,} records: {why}"
        )

    def _record(self, record: Any) -> Iterator[Incoming | SourceFailure]:
        kind = record.rec_type or "unknown"
        self.counts["records"] += 1
        self.counts[kind] += 1
        where = f"{self.name}, record {self.counts['records']}"
        if kind == "unknown":
            yield SourceFailure(where, "decode", "a WARC record without a type: the archive is damaged here")
        if kind not in ("response", "resource", "conversion"):
            return
        try:
            found = self._report(record, kind, where)
        except SourceError as fault:
            self.counts["failed"] += 1
            yield SourceFailure(where, "page", fault.reason)
        except Exception as fault:  # one record's damage is that record's only
            self.counts["failed"] += 1
            yield SourceFailure(where, "page", f"the record is damaged ({type(fault).__name__}: {fault})")
        else:
            self.counts["read" if found else "passed over"] += 1
            if found:
                yield found

    def _report(self, record: Any, kind: str, where: str) -> Incoming | None:
        """The record's report; None where it holds no page: a picture, a redirect, an error page."""
        details = self._details(record)
        limit = self.options.limits.page
        if kind == "conversion":
            text = decode(_body(record, limit))
            return replace(_from_text(text, details), where=where) if text.strip() else None
        headers = record.http_headers
        if headers is not None and headers.get_statuscode() != _OK:
            return None
        declared = (headers or record.rec_headers).get_header("Content-Type") or ""
        kind_of_page, _, rest = declared.partition(";")
        if kind_of_page.strip().lower() not in PAGE_KINDS:
            return None
        data = _body(record, limit)
        charset = _CHARSET.search(rest)
        page = decode(data, charset[1]) if charset else decode_page(data)
        return replace(read_page(page, details, self.options), where=where)

    def _details(self, record: Any) -> Details:
        options = self.options
        return Details(
            url=record.rec_headers.get_header("WARC-Target-URI"),
            outlet=options.outlet,
            language=options.language,
            published=parse_published(options.published) if options.published else None,
        )


def _from_text(text: str, details: Details) -> Incoming:
    return Incoming(compose(text, details), "")


def _body(record: Any, limit: int) -> bytes:
    """The record's payload, taken out of its transfer and content encodings.

    Raises:
        SourceError: it is larger than `limit` bytes.
    """
    data: bytes = record.content_stream().read(limit + 1)
    if len(data) > limit:
        raise SourceError(f"larger than {limit:,} bytes")
    return data
