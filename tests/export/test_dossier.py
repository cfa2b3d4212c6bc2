"""The dossier: everything is on the page, nothing comes from elsewhere, links lead to the characters."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.export.samples import ABOUT, samples, written
from tests.export.test_attacks import Tags

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
