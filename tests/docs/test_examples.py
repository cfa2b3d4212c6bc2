"""Every code block of the README and the documentation is tried: Python and commands are run, output is compared."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
import zipfile
from pathlib import Path

import pytest

import diurna
from diurna.cli import run_demo
from diurna.export.formats import format_named
from diurna.flow.dossier import load_dossier
from diurna.ledger.lake.exporting import write_lake
from diurna.settings import Settings
from tests.docs.blocks import PAGES, ROOT, Block, Sandbox, blocks_of, check_other, command_lines, shows

WITH_BLOCKS = [page for page in PAGES if blocks_of(page)]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files the documentation speaks of: the report of its first page, the demo's, a ledger."""
    folder = tmp_path_factory.mktemp("docs")
    start = ROOT / "docs" / "start.md"
    report = next(block.text for block in blocks_of(start) if block.language == "text" and not block.is_output)
    (folder / "report.txt").write_text(report, encoding="utf-8")
    rows = diurna.demo_reports().read_text(encoding="utf-8").splitlines()[:4]
    (folder / "reports.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    first = json.loads(rows[0])
    page = f"<html><head><title>{first['title']}</title></head><body><article><h1>{first['title']}</h1>"
    page += "".join(f"<p>{part}</p>" for part in first["text"].split("\n\n")) + "</article></body></html>"
    (folder / "report.html").write_text(page, encoding="utf-8")
    (folder / "inbox").mkdir()
    shutil.copy(folder / "report.html", folder / "inbox" / "one.html")
    feed = '<outline type="rss" xmlUrl="https://lowlandcourier.example/feed.xml"/>'
    (folder / "press.opml").write_text(f'<opml version="2.0"><body>{feed}</body></opml>', encoding="utf-8")
    reading = diurna.read(report, published="2024-03-08", engine="rules")
    gold = {"id": "1", "text": reading.report.text, "statements": []}
    (folder / "gold.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
    with diurna.Ledger(folder / "diurna.db") as ledger:
        ledger.add([reading])
        with zipfile.ZipFile(folder / "20251228.export.CSV.zip", "w") as packed:
            packed.writestr("20251228.export.CSV", b"".join(format_named("gdelt").write([reading])))
        list(write_lake(ledger, folder / "news-lake", over=False))
    return folder


@pytest.fixture
def sandbox(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sandbox:
    """A copy of the template to work in."""
    folder = tmp_path / "here"
    shutil.copytree(template, folder)
    monkeypatch.chdir(folder)
    with diurna.Ledger("diurna.db") as ledger:
        record = next(iter(ledger.statements())).record.id
        report = next(iter(ledger.reports())).id
    return Sandbox(record, report)


@pytest.mark.parametrize("page", WITH_BLOCKS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_of_a_page_does_what_it_says(page: Path, sandbox: Sandbox) -> None:
    for block in blocks_of(page):
        try:
            _try(block, sandbox)
        except Exception as fault:
            raise AssertionError(f"{block.name}: {fault!r}") from fault


def _try(block: Block, sandbox: Sandbox) -> None:
    if block.language == "text" and block.title.endswith(".csv"):
        Path(block.title).write_text(block.text, encoding="utf-8")
    elif block.language == "python":
        exec(compile(block.text, block.name, "exec"), {"__name__": "__main__"})  # noqa: S102 - our own documentation
    elif block.language == "toml":
        tomllib.loads(block.text)
        if re.search(r"(?m)^feeds =", block.text):
            Path("dossier.toml").write_text(block.text, encoding="utf-8")
            load_dossier(Path("dossier.toml"))
    elif block.language == "json":
        json.loads(block.text)
    elif block.is_output:
        missing = shows(block, sandbox.printed)
        assert missing is None, f"was not printed: {missing!r}; printed was:\n{sandbox.printed}"
    elif block.is_page or block.language == "sql":
        return  # they have tests of their own: the demo's page below, the roles in tests/ledger/test_restart.py
    elif block.language in ("", "sh"):
        for line in command_lines(block):
            sandbox.run(line)
    else:
        assert block.language == "text", block.language


def test_the_readmes_page_is_what_the_demo_prints(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = [one for one in blocks_of(ROOT / "README.md") if one.is_page]
    run_demo(Settings(width=80, color=False), pages=15, as_json=False)
    assert shows(block, capsys.readouterr().out) is None


@pytest.mark.parametrize("line", ["curl x", "make nothing", "python -m pip install 'diurna[no]'", "python -m tests.no"])
def test_lines_nobody_can_vouch_for_are_noticed(line: str) -> None:
    with pytest.raises(AssertionError):
        check_other(line)


def test_output_that_is_not_printed_is_noticed() -> None:
    block = Block(ROOT / "README.md", 1, "text", "output", "one\n…\nthree\n")
    assert shows(block, "zero\none\ntwo\nthree\n") is None
    assert shows(block, "three\none\n") == "three"
