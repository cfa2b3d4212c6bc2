"""Fuzzing the reader: whatever the bytes and the name, there are reports or failures, the same ones twice."""

from __future__ import annotations

import gzip
import itertools
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from diurna.sources.reader import Incoming, SourceFailure, read_incoming
from tests.fuzz.texts import any_text
from tests.sources.laws import check_blocks
from tests.sources.test_mangled import seeds as sound_files

NAMES = (
    "a.txt", "a.html", "a.jsonl", "a.json", "a.csv", "a.tsv", "a.parquet", "a.warc", "a.rss", "a.opml", "noname",
    "a.gz", "a.jsonl.gz", "a.html.zst", "a.xml", "a.md",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-32", "cp1252", "koi8-r", "shift_jis", "utf-7", "cp037")
FEED = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<rss version="2.0"><channel><title>Valley Wire</title><item><title>Talks &b;</title><link>https://wire.example/1</link>
<description>&lt;p&gt;Oren Tal said no.&lt;/p&gt;</description><pubDate>Sun, 03 Mar 2030 10:00:00 GMT</pubDate></item>
</channel></rss>"""
_PAGE = b"<html><body><p>Oren Tal said no.</p></body></html>"
_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(_PAGE), _PAGE)
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://wire.example/1\r\n"
    b"WARC-Date: 2030-03-03T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
) % (len(_ANSWER), _ANSWER)
PIECES = (
    b"<div>" * 300, b"[" * 2_000, b'{"text":', b'"', b"\\", b"&a;", b"<![CDATA[", b"\xff\xfe", b"\x1f\x8b\x08",
    b"\x00" * 64, b"\x28\xb5\x2f\xfd", b"PAR1", b"WARC/1.0\r\n", b"Content-Length: 99999999999\r\n", b"<script>",
    b"<!--", b"\r\n\r\n", b",", b"\n", b"%PDF", b"9" * 400, b"<p>" * 50, b"<table><tr><td>" * 40,
    b"<meta charset=utf-7>", b"1e400", b"null",
)  # fmt: skip

_numbers = itertools.count()


@cache
def folder() -> Path:
    """Where files to read are put; one a process."""
    return Path(tempfile.mkdtemp(prefix="diurna-fuzz-"))


def _seeds() -> list[bytes]:
    return [*sound_files().values(), FEED, WARC, gzip.compress(FEED, mtime=0)]


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """A sound file, cut up and put together again with pieces that break things."""
    data = draw(st.sampled_from(_seeds()))
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        until = draw(st.integers(at, min(len(data), at + 300)))
        kind = draw(st.sampled_from(("drop", "put", "again", "text", "bytes", "cut")))
        if kind == "drop":
            data = data[:at] + data[until:]
        elif kind == "put":
            data = data[:at] + draw(st.sampled_from(PIECES)) + data[at:]
        elif kind == "again":
            data = data[:at] + data[at:until] * draw(st.integers(2, 40)) + data[until:]
        elif kind == "text":
            data = data[:at] + draw(any_text).encode("utf-8", "replace") + data[until:]
        elif kind == "bytes":
            data = data[:at] + draw(st.binary(max_size=30)) + data[until:]
        else:
            data = data[:at]
    return data


_encoded = st.builds(lambda text, name: text.encode(name, "replace"), any_text, st.sampled_from(ENCODINGS))
cases = st.tuples(st.sampled_from(NAMES), st.one_of(mangled(), mangled(), _encoded, st.binary(max_size=400)))


def prepare() -> None:
    """Load what is loaded once."""
    folder()


def check(case: tuple[str, bytes]) -> None:
    """Read it twice."""
    name, data = case
    place = folder() / f"{next(_numbers) % 8}{name}"
    place.write_bytes(data)
    first, second = _read(place), _read(place)
    assert first == second, "the same bytes were read in two ways"


def _read(path: Path) -> list[tuple[str, str]]:
    found = []
    for one in read_incoming([path]):
        if isinstance(one, SourceFailure):
            assert one.reason, "a failure without a reason"
            assert str(path) in one.where
            assert len(one.reason) < 2_000
            found.append(("failure", one.reason))
        else:
            _check_report(one)
            found.append((one.report.id, one.report.version))
    assert found, "a file gave neither a report nor a failure"
    return found


def _check_report(one: Incoming) -> None:
    report = one.report
    assert "\r" not in report.text
    assert report.text.strip()
    report.text.encode("utf-8")
    check_blocks(report.text, report.blocks)
    if report.published:
        assert report.published.earliest is not None
