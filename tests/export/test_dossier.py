"""The dossier: everything is on the page, nothing comes from elsewhere, links lead to the characters."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from diurna.errors import UsageError
from diurna.export.format import About
from diurna.export.formats import FORMATS
from diurna.flow.exporting import kept_readings, story_readings, with_links
from diurna.flow.linking import link
from diurna.ledger.asking import Ask
from diurna.ledger.between import Lives
from diurna.ledger.store import Ledger
from diurna.model.across import CrossGap, Exhibited
from tests.export.samples import ABOUT, samples, written
from tests.export.test_attacks import Tags
from tests.web.serving import CHROMIUM, browser

PAGE = written("html").decode()


def test_it_holds_every_report_record_and_gap() -> None:
    tags = Tags()
    tags.feed(PAGE)
    ids = [attributes["id"] for _, attributes in tags.found if attributes.get("id")]
    assert len(ids) == len(set(ids))
    for one in samples():
        assert one.report.id in ids
        assert {record.id for record in (*one.statements, *one.events)} <= set(ids)
        assert {gap.id for gap in one.gaps if gap.verdict == "gap"} <= set(ids)
    links = {attributes["href"] for tag, attributes in tags.found if tag == "a"}
    assert {link[1:] for link in links if link and link.startswith("#")} <= set(ids)


def test_the_text_of_every_report_is_there_to_the_letter() -> None:
    plain = re.sub(r"<[^>]+>", "", PAGE).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    for one in samples():
        for block in one.report.blocks:
            assert block.span.of(one.report.text) in plain


def test_nothing_is_asked_of_any_host_and_nothing_runs() -> None:
    assert "<script" not in PAGE
    assert "default-src 'none'" in PAGE
    assert not re.findall(r"(?:src|@import|url\()", PAGE.replace("default-src", "").replace("style-src", ""))
    outside = re.findall(r'<a[^>]+href="(https?:[^"]+)"', PAGE)
    assert set(outside) == {one.report.url for one in samples() if one.report.url}


def test_it_says_what_it_is_about_and_gives_no_verdict() -> None:
    assert f'<h1 dir="auto">{ABOUT.title}</h1>' in PAGE
    assert "never gives a verdict on truth" in PAGE
    assert "@media print" in PAGE


@pytest.mark.slow
@pytest.mark.parametrize("light", ["light", "dark"])
def test_it_is_read_by_everybody_on_any_screen(light: str, tmp_path: Path) -> None:
    if not Path(CHROMIUM or "none").exists():
        pytest.skip("chromium is not here")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing: pip install '.[dev]'")
    page = tmp_path / "dossier.html"
    page.write_text(PAGE, encoding="utf-8")
    with browser() as chromium:
        # the page's own policy lets no script in, not even the one that looks at it
        context = chromium.new_context(bypass_csp=True, color_scheme=light, viewport={"width": 390, "height": 800})
        shown = context.new_page()
        asked: list[str] = []
        shown.on("request", lambda request: asked.append(request.url))
        shown.goto(page.as_uri())
        assert asked == [page.as_uri()]
        found = axe.Axe().run(shown).response["violations"]
        assert not [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found]
        assert shown.evaluate("document.documentElement.scrollWidth") <= 390
        context.close()


@pytest.mark.slow
def test_it_prints(tmp_path: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium is not here")
    page, pdf = tmp_path / "dossier.html", tmp_path / "dossier.pdf"
    page.write_text(PAGE, encoding="utf-8")
    options = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile")
    subprocess.run([chromium, *options, f"--print-to-pdf={pdf}", page.as_uri()], check=True, capture_output=True)
    assert pdf.read_bytes().startswith(b"%PDF")
    assert pdf.stat().st_size > 20_000


def test_it_takes_so_many_commitments_and_says_how_many_more_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("diurna.flow.exporting.MOST_LIVES", 1)
    with Ledger(tmp_path / "x.db") as ledger:
        ledger.add([one for one in samples() if one.report.source_id != "h-7"])
        *_, _done = link(ledger)
        view = ledger.view()
        about = with_links(About("A matter"), view, kept_readings(view, Ask()))
        known = list(view.lives(Ask(), Lives("9999-12-31")))
    assert len(about.lives) == 1
    assert about.more_lives == len(known) - 1 > 0
    page = b"".join(FORMATS["html"].pieces(samples(), about)).decode()
    noun = "commitment" if about.more_lives == 1 else "commitments"
    assert f"{about.more_lives} {noun} more between these reports: <code>diurna commitments</code>" in page


def test_what_a_ledger_has_linked_is_in_it(tmp_path: Path) -> None:
    reports = [one for one in samples() if one.report.source_id != "h-7"]
    with Ledger(tmp_path / "x.db") as ledger:
        ledger.add(reports)
        *_, _done = link(ledger)
        view = ledger.view()
        about = with_links(About("A matter"), view, kept_readings(view, Ask()))
        story = next(iter(view.stories(Ask())))
        chosen = list(story_readings(view, story.id, Ask()))
        lives = list(view.lives(Ask(), Lives("2024-04-20")))
        with pytest.raises(UsageError, match="no story"):
            list(story_readings(view, "sy-none", Ask()))
    assert {one.report.id for one in chosen} == {one.id for one in story.reports}
    assert {one.id for one in about.lives} == {one.life.id for one in lives} != set()
    page = b"".join(FORMATS["html"].pieces(reports, about)).decode()
    for life in about.lives:
        assert f'href="#{life.opened.report}"' in page
    assert "as told by 2024-" in page
    left, right = reports[0], reports[1]
    sides = [
        Exhibited(one.report.id, one.report.version, "2024-03-12", "cl-1", span, span.of(one.report.text))
        for one, span in ((left, left.statements[0].content.spans[0]), (right, right.events[0].evidence.span))
    ]
    gap = replace(samples()[2].gaps[0], left=sides[0].record, right=sides[1].record, reason="<b>they differ</b>")
    page = b"".join(FORMATS["html"].pieces(reports, About(gaps=(CrossGap(gap, *sides),)))).decode()
    assert "between reports" in page
    assert "&lt;b&gt;they differ&lt;/b&gt;" in page
    assert page.count("<h4>Told</h4>") >= 2
