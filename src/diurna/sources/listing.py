"""Files that only name others: OPML lists of feeds, sitemaps of pages, sitemap indexes of sitemaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

from lxml import etree  # type: ignore[import-untyped]

from diurna.errors import SourceError
from diurna.sources.published import parse_published

ListingKind = Literal["opml", "urlset", "sitemapindex"]

_MOST_ADDRESSES = 50_000
"""What the sitemap protocol allows in one file."""
_LONGEST_ADDRESS = 2_048
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """One address of a listing.

    Attributes:
        title: the feed's or article's name there, or None.
        published: the ISO day or moment a news sitemap gives the article.
        changed: the ISO day or moment its page, or sitemap, was last changed.
    """

    url: str
    title: str | None = None
    published: str | None = None
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The addresses a file names, each once, in its order; `kind` says whether they are feeds, pages or sitemaps."""

    kind: ListingKind
    addresses: tuple[Listed, ...]
    left_out: int = 0


def read_listing(data: bytes) -> Listing:
    """The addresses of an OPML file or sitemap; what is no http(s) address is left out and counted.

    Raises:
        SourceError: it is neither, or cannot be read at all.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise SourceError(f"no list of addresses that can be read ({fault})") from fault
    kind = _name(root) if root is not None else ""
    if kind == "opml":
        return _listing("opml", [_outline(one) for one in root.iter() if _name(one) == "outline"])
    if kind == "urlset":
        return _listing("urlset", [_entry(one) for one in root if _name(one) == "url"])
    if kind == "sitemapindex":
        return _listing("sitemapindex", [_entry(one) for one in root if _name(one) == "sitemap"])
    raise SourceError("no list of addresses: neither OPML nor a sitemap")


def _listing(kind: ListingKind, found: list[Listed | None]) -> Listing:
    good = {one.url: one for one in reversed(found) if one is not None and _is_address(one.url)}
    kept = [good[url] for url in reversed(good)][:_MOST_ADDRESSES]
    named = sum(one is not None for one in found)
    return Listing(kind, tuple(kept), named - len(kept))


def _is_address(url: str) -> bool:
    return len(url) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(url) is not None


def _name(element: Any) -> str:
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _outline(element: Any) -> Listed | None:
    """One outline's feed; folders have none."""
    said = {name.lower(): " ".join(value.split()) for name, value in element.attrib.items()}
    url = said.get("xmlurl")
    return Listed(url, said.get("title") or said.get("text") or None) if url else None


def _entry(element: Any) -> Listed | None:
    """One `url` or `sitemap` element; the news extension's title and date with it."""
    said: dict[str, str] = {}
    for one in element.iter():
        if one.text and one.text.strip():
            said.setdefault(_name(one), " ".join(one.text.split()))
    if "loc" not in said:
        return None
    return Listed(said["loc"], said.get("title"), _moment(said.get("publication_date")), _moment(said.get("lastmod")))


def _moment(text: str | None) -> str | None:
    return text if text and parse_published(text) else None
