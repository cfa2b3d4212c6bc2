from __future__ import annotations

import json
from pathlib import Path

import pytest

from diurna.errors import SourceError
from diurna.sources.article import decode_page, read_page
from diurna.sources.compose import Details
from diurna.sources.incoming import ReadOptions
from tests.sources.laws import check_blocks
from tests.texts import SENTENCES

HEAD = """<title>Front refuses to hand over rifles | The Valley Post</title><meta charset="utf-8">
<meta property="og:site_name" content="The Valley Post">
<meta property="og:title" content="Front refuses to hand over rifles">
<meta property="article:published_time" content="2030-03-03T09:00:00+01:00"><meta name="author" content="Oren Tal">
<link rel="canonical" href="https://valley.example/news/rifles">
<meta property="og:url" content="https://valley.example/news/rifles">"""
PARAGRAPHS = [f"{a} {b}" for a, b in zip(SENTENCES, reversed(SENTENCES), strict=True)]
BODY = f"""<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>
<article><h1>Front refuses to hand over rifles</h1>
<p>UPPER HARROW (Valley Post) – {PARAGRAPHS[0]}</p>
<figure><img src='a.png' alt=''><figcaption>Fighters of the front. (Photo: Valley Post)</figcaption></figure>
<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p><blockquote><p>{SENTENCES[1]}</p></blockquote><h2>What comes next</h2>
<p>{PARAGRAPHS[3]}<br><br>{SENTENCES[5]}</p><p>Follow us on Twitter</p></article>
<footer><p>© 2030 The Valley Post</p></footer>"""
PAGE = f"<!DOCTYPE html><html lang='en'><head>{HEAD}</head><body>{BODY}</body></html>"


def report_of(page: str, **details: str):
    return read_page(page, Details(**details), ReadOptions()).report


def test_what_a_page_says_of_itself() -> None:
    report = report_of(PAGE)
    assert (report.title, report.author, report.outlet) == (
        "Front refuses to hand over rifles",
        "Oren Tal",
        "The Valley Post",
    )
    assert report.url == "https://valley.example/news/rifles"
    assert report.published is not None
    assert (report.published.earliest, report.published.precision) == ("2030-03-03T08:00:00Z", "instant")


def test_the_text_is_the_title_and_the_paragraphs_with_blank_lines_between() -> None:
    report = report_of(PAGE)
    paragraphs = report.text.split("\n\n")
    assert paragraphs[0] == report.title
    assert paragraphs[1] == f"UPPER HARROW (Valley Post) – {PARAGRAPHS[0]}"
    assert PARAGRAPHS[2] in paragraphs
    assert SENTENCES[5] in paragraphs
    assert not any("Home" in one or "©" in one for one in paragraphs)
    check_blocks(report.text, report.blocks)


def test_the_blocks_of_a_page() -> None:
    report = report_of(PAGE)
    kinds = {block.span.of(report.text): block.kind for block in report.blocks}
    assert kinds["Front refuses to hand over rifles"] == "headline"
    assert kinds["UPPER HARROW (Valley Post) –"] == "dateline"
    assert kinds[SENTENCES[1]] == "quote"
    assert kinds[PARAGRAPHS[2]] == "body"
    assert kinds.get("Follow us on Twitter", "other") == "other"
    assert kinds.get("Fighters of the front. (Photo: Valley Post)", "caption") == "caption"


def test_a_page_gives_the_same_report_every_time() -> None:
    assert report_of(PAGE) == report_of(PAGE)


def test_what_is_known_outranks_what_the_page_says() -> None:
    report = report_of(PAGE, title="Another title", outlet="Harrow Times", url="https://harrow.example/1")
    assert (report.title, report.outlet, report.url) == ("Another title", "Harrow Times", "https://harrow.example/1")
    assert report.text.startswith("Another title\n\n")


@pytest.mark.parametrize(
    ("tag", "heading"),
    [
        ("Rifles stay in the valley | The Valley Post", "Rifles stay in the valley"),
        ("The Valley Post » Rifles stay in the valley", "Rifles stay in the valley"),
        ("Rifles stay in the valley - The Valley Post", "Rifles stay in the valley"),
    ],
)
def test_the_title_is_the_heading_without_the_name_of_the_site(tag: str, heading: str) -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = (
        f"<html><head><title>{tag}</title></head><body><h1>The Valley Post</h1><h2>{heading}</h2>{text}</body></html>"
    )
    assert report_of(page).title == heading


def test_the_character_set_of_a_page_is_believed() -> None:
    page = "<html><head><meta charset='windows-1251'></head><body><p>Долина</p></body></html>"
    assert "Долина" in decode_page(page.encode("cp1251"))


@pytest.mark.parametrize(
    "page", ["", "<html></html>", "no tags", "<html><body><script>x</script></body></html>", "<div>" * 2_000 + "text"]
)
def test_pages_without_main_text_are_refused(page: str) -> None:
    with pytest.raises(SourceError):
        report_of(page)


@pytest.mark.gold
def test_main_text_of_real_pages() -> None:
    folder = Path(__file__).parents[2].parent / "shared" / "input" / "pages"
    if not folder.is_dir():
        pytest.skip("no pages beside the project")
    from tests.sources.pages import measure

    rows = [json.loads(line) for line in (folder / "pages_scrapinghub.jsonl").read_text("utf-8").splitlines()]
    assert measure(rows[1::6], folder.parent) >= 0.96  # all 181 pages: 0.970
