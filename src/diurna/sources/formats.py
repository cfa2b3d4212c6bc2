"""What a source is: told by its name, else by its first bytes."""

from __future__ import annotations

import csv
import json
import re
from pathlib import PurePath
from typing import Literal

from diurna.errors import SourceError
from diurna.sources.decode import decode, foreign_kind, wide_encoding_of
from diurna.sources.rows import has_text_column, known_columns

Format = Literal["text", "html", "jsonl", "json", "csv", "parquet", "feed", "warc", "addresses", "foreign"]

_SUFFIXES: dict[str, Format] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jl": "jsonl", ".json": "json",
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".parquet": "parquet", ".pq": "parquet",
    ".warc": "warc", ".wet": "warc", ".rss": "feed", ".atom": "feed", ".rdf": "feed", ".opml": "addresses",
}  # fmt: skip

_MAGIC: dict[bytes, Format] = {b"PAR1": "parquet", b"WARC/": "warc"}

PACKED = (".gz", ".gzip", ".zst", ".zstd")
"""Endings of compressed files; what is inside is told by the ending before."""

BESIDE_PAGES = frozenset({
    ".css", ".js", ".mjs", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico", ".bmp",
    ".woff", ".woff2", ".ttf", ".eot", ".otf", ".mp3", ".mp4", ".webm", ".ogg",
})  # fmt: skip
"""Endings of files that come with saved pages and hold no reports; folders are walked past them."""

_HTML = re.compile(
    rb"^\s*(?:<!--.{0,2000}?-->\s*)?(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_PROLOG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:(?:<\?.{0,2000}?\?>|<!--.{0,4000}?-->|<!doctype\s[^<>]{0,500}>)\s*){0,20}",
    re.DOTALL | re.IGNORECASE,
)
"""What may stand before an XML document's first element."""
_INSIDE = re.compile(rb"<(?:rss|feed)[\s>]", re.IGNORECASE)
_LISTS = re.compile(
    rb"<(?:rss|feed|\w{1,20}:feed|rdf:RDF|channel|(?P<addresses>opml|urlset|sitemapindex))[\s>]", re.IGNORECASE
)
"""First elements of feeds, and of files that only name other files."""
_OBJECT = re.compile(rb'^\s*\{\s*(?:"|\})')
_ARRAY = re.compile(rb"^\s*\[\s*(?:\{|\])")


def format_of(name: str, head: bytes) -> Format:
    """The format of the source `name`, whose first (unpacked) bytes are `head`."""
    suffixes = [s.lower() for s in PurePath(name).suffixes]
    if suffixes and suffixes[-1] in PACKED:
        suffixes.pop()
    by_magic = next((kind for magic, kind in _MAGIC.items() if head.startswith(magic)), None)
    if by_magic:
        return by_magic
    known = _SUFFIXES.get(suffixes[-1]) if suffixes else None
    if known == "text" and _HTML.match(head):
        return "html"
    if known == "feed" and _HTML.match(head) and not _INSIDE.search(head):
        return "html"  # an error page that was saved under the feed's name
    if known == "json":
        return "jsonl" if _is_json_lines(head) else "json"
    if known:
        return known
    return _sniffed(head)


def has_known_ending(name: str) -> bool:
    """Whether a source's name ends as the files of Diurna's own formats do, packed or not."""
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    return bool(suffixes) and (suffixes[-1] in _SUFFIXES or suffixes[-1] in PACKED)


def why_not(name: str, head: bytes) -> str:
    """What to tell the owner of a source in a format that is not read."""
    foreign = foreign_kind(head)
    if foreign:
        return f"{foreign}"
    return (
        f"{PurePath(name).name} lists addresses (OPML or sitemap) and holds no reports: follow it with `diurna watch`"
    )


def _sniffed(head: bytes) -> Format:
    if foreign_kind(head):
        return "foreign"
    if _HTML.match(head):
        return "html"
    root = _PROLOG.match(head)
    listed = _LISTS.match(head, root.end()) if root else None
    if listed:
        return "addresses" if listed["addresses"] else "feed"
    wide, mark = wide_encoding_of(head)
    plain = head[len(mark) :].decode(wide, "replace").encode() if wide else head[len(mark) :]
    if _ARRAY.match(plain):
        return "json"
    if _OBJECT.match(plain):
        return "jsonl" if _is_json_lines(plain) else "json"
    return "csv" if _is_table(plain) else "text"


def _is_json_lines(head: bytes) -> bool:
    """Whether the first line is a JSON object by itself, or too long to tell."""
    if not _OBJECT.match(head):
        return False
    line, end, _ = head.lstrip().partition(b"\n")
    if not end and len(head) > 60_000:
        return True
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_table(head: bytes) -> bool:
    """Whether the first line names columns we know, the text's among them."""
    try:
        first = decode(head).partition("\n")[0]
    except SourceError:
        return False
    columns = header(first)
    return len(known_columns(columns)) > 1 and has_text_column(columns)


def delimiter_of(first: str) -> str:
    """The character that parts the columns of a table whose first line is `first`."""
    counts = {mark: (len(known_columns(_cells(first, mark))), first.count(mark)) for mark in ",\t;|"}
    return max(counts, key=lambda mark: counts[mark])


def header(first: str) -> tuple[str, ...]:
    """The column names in the first line of a table."""
    return _cells(first, delimiter_of(first))


def _cells(line: str, mark: str) -> tuple[str, ...]:
    try:
        return tuple(cell.strip() for cell in next(csv.reader([line], delimiter=mark), ()))
    except csv.Error:
        return ()
