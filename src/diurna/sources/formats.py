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

Format = Literal["text", "html", "jsonl", "json", "csv", "parquet", "later", "foreign"]

_SUFFIXES: dict[str, Format] = {
    ".txt": "text", ".text": "text", ".md": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jl": "jsonl", ".json": "json",
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".parquet": "parquet", ".pq": "parquet",
    ".warc": "later", ".wet": "later", ".rss": "later", ".atom": "later",
}  # fmt: skip

BESIDE_PAGES = frozenset({
    ".css", ".js", ".mjs", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico", ".bmp",
    ".woff", ".woff2", ".ttf", ".eot", ".otf", ".mp3", ".mp4", ".webm", ".ogg",
})  # fmt: skip
"""Endings of files that come with saved pages and hold no reports; folders are walked past them."""

_HTML = re.compile(
    rb"^\s*(?:<!--.{0,2000}?-->\s*)?(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(
    rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE | re.DOTALL
)
_OBJECT = re.compile(rb'^\s*\{\s*(?:"|\})')
_ARRAY = re.compile(rb"^\s*\[\s*(?:\{|\])")


def format_of(name: str, head: bytes) -> Format:
    """The format of the source `name`, whose first (unpacked) bytes are `head`."""
    suffixes = [s.lower() for s in PurePath(name).suffixes]
    if suffixes and suffixes[-1] in (".gz", ".gzip"):
        suffixes.pop()
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "later"
    known = _SUFFIXES.get(suffixes[-1]) if suffixes else None
    if known == "text" and _HTML.match(head):
        return "html"
    if known == "json":
        return "jsonl" if _is_json_lines(head) else "json"
    if known:
        return known
    return _sniffed(head)


def why_not(name: str, head: bytes) -> str:
    """What to tell the owner of a source in a format that is not read."""
    foreign = foreign_kind(head)
    if foreign:
        return f"{foreign}"
    if head.startswith(b"WARC/") or ".warc" in name.lower() or ".wet" in name.lower():
        return "web archives (WARC) are not read yet: save the pages as HTML files first"
    return "feeds are not read yet: save their pages first"


def _sniffed(head: bytes) -> Format:
    if foreign_kind(head):
        return "foreign"
    if _HTML.match(head):
        return "html"
    if _FEED.match(head):
        return "later"
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
