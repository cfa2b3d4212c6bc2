"""Lists of addresses: OPML and sitemaps, whole, broken and hostile."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diurna.errors import SourceError
from diurna.sources.listing import Listed, read_listing

OPML = b"""<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Wires"><outline type="rss" text="Orla Wire" xmlUrl="https://orla.example/rss" htmlUrl="https://orla.example"/>
<outline text="Again" xmlUrl="https://orla.example/rss"/></outline>
<outline title="Gazette" text="x" xmlUrl="http://gazette.example/atom"/>
<outline text="Mine" xmlUrl="file:///etc/passwd"/></body></opml>"""
NEWS = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://orla.example/1 </loc><lastmod>2030-03-04</lastmod><news:news><news:publication>
<news:name>Orla</news:name></news:publication><news:publication_date>2030-03-03T10:00:00Z</news:publication_date>
<news:title>Talks  began</news:title></news:news><image:image><image:loc>https://orla.example/1.jpg</image:loc></image:image></url>
<url><loc>javascript:alert(1)</loc></url><url><lastmod>2030</lastmod></url></urlset>"""
INDEX = b"<sitemapindex><sitemap><loc>https://orla.example/a.xml</loc><lastmod>never</lastmod></sitemap></sitemapindex>"


def test_an_opml_list_names_feeds_each_once() -> None:
    found = read_listing(OPML)
    assert found.kind == "opml"
    assert found.addresses == (
        Listed("https://orla.example/rss", "Orla Wire"), Listed("http://gazette.example/atom", "Gazette"),
    )  # fmt: skip
    assert found.left_out == 2


def test_a_news_sitemap_names_pages_with_their_titles_and_days() -> None:
    found = read_listing(NEWS)
    assert found.addresses == (
        Listed("https://orla.example/1", "Talks began", "2030-03-03T10:00:00Z", "2030-03-04"),
    )  # fmt: skip
    assert (found.kind, found.left_out) == ("urlset", 1)


def test_an_index_names_sitemaps_and_a_day_nobody_can_read_is_left_out() -> None:
    assert read_listing(INDEX).addresses == (Listed("https://orla.example/a.xml"),)


def test_a_cut_list_gives_what_is_there() -> None:
    assert [one.url for one in read_listing(OPML[:260]).addresses] == ["https://orla.example/rss"]


@pytest.mark.parametrize("data", [b"", b"<", b"no xml", b"<rss></rss>", b"<!-- only -->"])
def test_what_is_no_list_says_so(data: bytes) -> None:
    with pytest.raises(SourceError, match="no list of addresses"):
        read_listing(data)


def test_entities_are_neither_fetched_nor_blown_up() -> None:
    outer = b'<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset><url><loc>https://a.example/&x;</loc></url></urlset>'
    assert all("\n" not in one.url and len(one.url) < 30 for one in read_listing(outer).addresses)
    bomb = b"<!DOCTYPE opml [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
        b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    found = read_listing(bomb + b"]><opml><outline xmlUrl='https://a.example/&j;'/></opml>")
    assert all(len(one.url) < 100 for one in found.addresses)


@given(st.binary(max_size=300))
def test_no_bytes_break_it(data: bytes) -> None:
    for one in (data, OPML[:200] + data, NEWS[:300] + data):
        with contextlib.suppress(SourceError):
            assert all(found.url.lower().startswith("http") for found in read_listing(one).addresses)
