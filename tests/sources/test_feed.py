"""Feeds: every kind, broken ones too, and what makes an entry the same report when it comes again."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from pathlib import Path

import pytest

from diurna.model.report import Report
from diurna.sources.feed import plain_text
from diurna.sources.incoming import SourceFailure
from diurna.sources.reader import read_incoming, read_sources

FEEDS = Path(__file__).parents[3] / "shared/input/feeds"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet href="style.xsl"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Harbour Gazette</title><language>en</language>
<item><title>Council meets &amp; votes</title><link>https://gazette.example/1</link><guid>g-1</guid>
<dc:creator>Ines Hollander</dc:creator><pubDate>Fri, 22 Mar 2024 09:30:00 +0100</pubDate>
<description>Short.</description>
<content:encoded><![CDATA[<p>The council met on <b>Friday</b>.</p><p>It voted.</p>
<script>x()</script>]]></content:encoded></item>
<item><title>Only a title</title><link>https://gazette.example/2</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Orla Wire</title>
<entry><id>tag:orla,1</id><title>Talks</title><link href="https://orla.example/talks"/>
<updated>2024-03-22T10:00:00Z</updated><summary>Talks began.</summary></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://x.example"><title>X</title></channel>
<item rdf:about="https://x.example/1"><title>One</title><link>https://x.example/1</link>
<description>It began.</description></item></rdf:RDF>"""


def read(path: Path, data: str | bytes) -> list[Report | SourceFailure]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read_sources([path]))


def test_an_entry_is_a_report_with_all_the_feed_says_of_it(tmp_path: Path) -> None:
    first, second = read(tmp_path / "news.rss", RSS)
    assert isinstance(first, Report)
    assert first.text == "Council meets & votes\n\nThe council met on Friday.\n\nIt voted."
    assert (first.title, first.url, first.outlet) == (
        "Council meets & votes", "https://gazette.example/1", "The Harbour Gazette",
    )  # fmt: skip
    assert (first.author, first.source_id, first.language) == ("Ines Hollander", "g-1", "en")
    assert first.published is not None
    assert (first.published.earliest or "")[:10] == "2024-03-22"
    assert isinstance(second, Report)
    assert second.text == "Only a title"


@pytest.mark.parametrize("data", [RSS, ATOM, RDF], ids=["rss", "atom", "rdf"])
@pytest.mark.parametrize("name", ["news.xml", "news", "news.rss"])
def test_feeds_are_known_by_their_first_element(tmp_path: Path, data: str, name: str) -> None:
    found = read(tmp_path / name, data)
    assert found
    assert all(isinstance(one, Report) and one.url for one in found)


def test_a_feed_again_is_the_same_reports_and_an_edit_is_a_version(tmp_path: Path) -> None:
    before = read(tmp_path / "a.rss", RSS)[0]
    after = read(tmp_path / "b.rss", RSS.replace("It voted.", "It voted twice."))[0]
    assert isinstance(before, Report)
    assert isinstance(after, Report)
    assert before.id == after.id
    assert before.version != after.version
    assert read(tmp_path / "c.rss", RSS)[0] == before


def test_control_characters_and_blank_lines_before_the_xml_do_not_hide_a_feed(tmp_path: Path) -> None:
    assert len(read(tmp_path / "a.xml", "\n\n" + RSS.replace("Short.", "Sho\x01rt."))) == 2


def test_gzip_is_opened(tmp_path: Path) -> None:
    assert len(read(tmp_path / "a.rss.gz", gzip.compress(RSS.encode()))) == 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("<rss version='2.0'><channel><title>T</title></channel></rss>", "no entries"),
        ("<rss", "feed"),
        ("nothing at all", "no feed"),
        ("<rss version='2.0'><channel><item></item></channel></rss>", "neither title nor text"),
    ],
)
def test_what_holds_no_entries_is_a_failure_that_says_why(tmp_path: Path, data: str, reason: str) -> None:
    (found,) = read(tmp_path / "a.rss", data)
    assert isinstance(found, SourceFailure)
    assert reason in found.reason


@pytest.mark.parametrize("root", ["opml", "urlset", "sitemapindex"])
def test_a_list_of_addresses_is_told_from_a_feed(tmp_path: Path, root: str) -> None:
    (found,) = read(tmp_path / "list.xml", f"<?xml version='1.0'?><{root}></{root}>")
    assert isinstance(found, SourceFailure)
    assert "lists addresses" in found.reason


def test_an_entity_bomb_stays_small(tmp_path: Path) -> None:
    bomb = "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9)
    )
    found = read(
        tmp_path / "a.rss", f"{bomb}]><rss version='2.0'><channel><item><title>&j;</title></item></channel></rss>"
    )
    assert all(isinstance(one, SourceFailure) or len(one.text) < 10_000 for one in found)


def test_markup_becomes_paragraphs_of_plain_text() -> None:
    assert plain_text("<div>One <i>two</i><br>three</div>tail<style>p{}</style> end") == "One two\n\nthree\n\ntail end"
    assert plain_text("2 < 3 and R&D") == "2 < 3 and R&D"
    assert plain_text("<!-- no --><p>A &amp; B</p>") == "A & B"


@pytest.mark.gold
@pytest.mark.skipif(not FEEDS.is_dir(), reason="../shared/input/feeds is not here")
def test_real_feeds_give_entries_or_say_why_not() -> None:
    for path in sorted(FEEDS.glob("*.*")):
        found = list(read_incoming([path]))
        assert found, path.name
        assert path.name == "state_replay_manifest.json" or not isinstance(found[0], SourceFailure), path.name


@pytest.mark.gold
@pytest.mark.skipif(not (FEEDS / "state_replay").is_dir(), reason="../shared/input/feeds is not here")
def test_527_polls_of_one_feed_are_456_reports() -> None:
    expected = json.loads((FEEDS / "state_replay_manifest.json").read_text())["distinct_items"]
    versions: dict[str, set[str]] = defaultdict(set)
    for path in sorted((FEEDS / "state_replay").glob("*.gz")):
        for one in read_sources([path]):
            assert isinstance(one, Report)
            versions[one.id].add(one.version)
    assert len(versions) == expected == 456
    assert sum(len(one) for one in versions.values()) > expected
