"""Feeds to rows: RSS 0.9 to 2.0, Atom and RDF, one row an entry.

feedparser reads the XML, broken XML too; the markup inside an entry becomes paragraphs of plain text. An entry's
address is what tells that it came before (`docs/decisions/0002`), so a feed polled again adds nothing and an edited
entry is a new version.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import feedparser
from lxml import etree, html  # type: ignore[import-untyped]

from diurna.errors import SourceError
from diurna.sources.incoming import SourceFailure
from diurna.sources.rows import Row

COLUMNS = ("id", "title", "text", "url", "outlet", "author", "published", "language")

_LONGEST_FEED = 32_000_000
_ILLEGAL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Bytes no XML may hold; one of them makes a whole feed unreadable."""

_BLOCKS = frozenset({
    "p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "tr", "pre", "hr",
    "section", "article", "header", "footer", "figure", "figcaption", "dl", "dt", "dd",
})  # fmt: skip
_SILENT = frozenset({"script", "style", "template", "noscript", "iframe", "object"})
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[a-zA-Z#]\w*;")


def feed_rows(data: bytes, name: str) -> Iterator[Row | SourceFailure]:
    """A row for every entry of the feed in `data`, in the feed's order.

    Raises:
        SourceError: it holds no entries, or is no feed.
    """
    found = _parsed(data)
    if not found.entries:
        raise SourceError(_why_empty(found))
    outlet, language = _line(found.feed.get("title")), _line(found.feed.get("language"))
    for number, entry in enumerate(found.entries, 1):
        where = f"{name}, entry {number}"
        title = _line(plain_text(entry.get("title") or ""))
        text = _text_of(entry) or title
        if not text:
            yield SourceFailure(where, "text", "the entry has neither title nor text")
            continue
        values = (
            entry.get("id") or entry.get("link"),
            title,
            text,
            entry.get("link"),
            _line((entry.get("source") or {}).get("title")) or outlet,
            entry.get("author"),
            _published(entry),
            language,
        )
        yield Row(where, COLUMNS, values)


def largest_feed() -> int:
    """The most bytes a feed may have."""
    return _LONGEST_FEED


def _parsed(data: bytes) -> Any:
    """The feed as feedparser gives it; nothing is fetched, for it is given bytes, never an address."""
    clean = _ILLEGAL.sub(b" ", data).lstrip()
    return feedparser.parse(io.BytesIO(clean), sanitize_html=True, resolve_relative_uris=True)


def _why_empty(found: Any) -> str:
    if found.get("version"):
        return "the feed has no entries"
    fault = found.get("bozo_exception")
    return f"no feed that can be read ({fault})" if fault else "no feed: it holds neither RSS nor Atom"


def _text_of(entry: Any) -> str:
    """The entry's text: its whole content, or its summary where that says more."""
    contents = [plain_text(one.get("value") or "") for one in entry.get("content") or ()]
    return max([*contents, plain_text(entry.get("summary") or "")], key=len)


def _published(entry: Any) -> str | None:
    """When the entry was published, else changed; as written, or as feedparser understood it."""
    for key in ("published", "updated"):
        parsed = dict.get(entry, f"{key}_parsed")  # its own `get` gives one of the two for the other
        if parsed:
            return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*parsed[:6])
    for key in ("published", "updated"):
        if dict.get(entry, key):
            return str(dict.get(entry, key))
    return None


def _line(text: object) -> str | None:
    return (" ".join(text.split()) or None) if isinstance(text, str) else None


def plain_text(markup: str) -> str:
    """The words of an HTML fragment, its paragraphs parted by blank lines; text without markup stays as it is."""
    if not _MARKUP.search(markup):
        return markup.strip()
    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, ValueError):
        return markup.strip()
    pieces: list[str] = [""]
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        _step(event, element, pieces)
    paragraphs = (_SPACE.sub(" ", piece).strip() for piece in pieces)
    return "\n\n".join(piece for piece in paragraphs if piece)


def _step(event: str, element: Any, pieces: list[str]) -> None:
    """Add what one tag's beginning or end brings: its words, and a new paragraph at blocks."""
    is_tag = isinstance(element.tag, str)
    if is_tag and element.tag in _BLOCKS:
        pieces.append("")
    if event == "start" and is_tag and not _is_silent(element):
        pieces[-1] += element.text or ""
    elif event != "start" and element.tail and element.getparent() is not None and not _is_silent(element.getparent()):
        pieces[-1] += element.tail


def _is_silent(element: Any) -> bool:
    return element.tag in _SILENT or any(one.tag in _SILENT for one in element.iterancestors())
