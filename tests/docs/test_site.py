"""The site: it builds without a warning, its notebooks run, its links lead somewhere, it asks no other host."""

from __future__ import annotations

import logging
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from tests.docs.blocks import COMMANDS, ROOT

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
FETCHED = {("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src"), ("use", "href")}
QUALITY = ("quality-statements.md", "quality-events.md", "quality-speakers.md")


class Page(HTMLParser):
    """Where a page leads, what it fetches, and the anchors it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("id", "name") and value:
                self.anchors.add(value)
            if (tag, name) in FETCHED and value and dict(attrs).get("rel") != "canonical":
                self.fetched.append(value)
            elif (tag, name) == ("a", "href") and value:
                self.links.append(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` builds it; what MkDocs warns of fails it."""
    folder = tmp_path_factory.mktemp("site")
    warned: list[str] = []

    class Warned(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            warned.append(record.getMessage())

    handler = Warned(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder)))
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
    assert warned == []
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    return {str(path.relative_to(site)): Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_every_link_and_anchor_leads_somewhere(site: Path, pages: dict[str, Page]) -> None:
    lost = []
    for name, page in pages.items():
        if name == "404.html":  # its addresses count from the root of a server
            continue
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            target = target / "index.html" if target.is_dir() else target
            known = pages.get(str(target.resolve().relative_to(site.resolve())))
            if not target.exists() or (parts.fragment and known and unquote(parts.fragment) not in known.anchors):
                lost.append(f"{name}: {link}")
    assert lost == []


def test_nothing_is_fetched_from_another_host(site: Path, pages: dict[str, Page]) -> None:
    foreign = [one for page in pages.values() for one in page.fetched if re.match(r"(?:https?:)?//", one)]
    assert foreign == []
    for style in site.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", style.read_text(encoding="utf-8")), style
    assert not any("mermaid" in (site / name).read_text(encoding="utf-8") for name in pages)  # it would be fetched


def test_every_command_has_its_own_help_in_the_site(site: Path) -> None:
    text = (site / "reference" / "help.html").read_text(encoding="utf-8")
    for name in COMMANDS:
        assert f'id="diurna-{name}"' in text
    assert "Examples:" in text


def test_the_reference_names_every_public_name(pages: dict[str, Page]) -> None:
    import diurna

    anchors = pages["reference/python.html"].anchors | pages["reference/records.html"].anchors
    named = {anchor.rsplit(".", 1)[-1] for anchor in anchors if anchor.startswith("diurna.")}
    assert set(diurna.__all__) - named == {"DiurnaError"}
    assert "diurna.errors" in anchors


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_kept_without_outputs_and_show_something_when_run(path: Path, site: Path) -> None:
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert not any(cell.get("outputs") for cell in notebook.cells)
    page = (site / "notebooks" / f"{path.stem}.html").read_text(encoding="utf-8")
    assert page.count('class="shown"') >= 3
    assert "Traceback" not in page


def test_the_corpus_notebook_draws_its_charts(site: Path) -> None:
    page = (site / "notebooks" / "corpus-to-charts.html").read_text(encoding="utf-8")
    assert page.count("<svg") >= 3 + page.count('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"')


def test_the_methods_page_says_no_figure_its_sources_do_not() -> None:
    sources = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in QUALITY}
    text = (ROOT / "docs" / "methods.md").read_text(encoding="utf-8")
    rows = re.findall(r"(?m)^\| ([^|]+) \| ([\d.% /]+) \| \[\w+\]\(([\w-]+\.md)\) \|$", text)
    assert len(rows) >= 12
    for what, said, source in rows:
        for figure in re.findall(r"\d+(?:\.\d+)?", said):
            assert re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d.]\d)", sources[source]), f"{what}: {figure}"
