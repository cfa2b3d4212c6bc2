"""Code blocks of the documentation, and how each kind of line in them is tried."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import typer
from typer.testing import CliRunner

from diurna import cli

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs").glob("reference/*.md")))
COMMANDS = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
NOT_RUN = ("serve", "users", "watch")
"""Commands that wait for somebody: their lines are parsed, option by option, and not run."""

OUTSIDE = ("postgresql://", "../shared/", "http://", "https://")
"""What a line needs that is not in the sandbox: such lines are parsed, and not run."""

_FENCE = re.compile(r"(?ms)^```([^\n`]*)\n(.*?)^```\s*$")
_SETUP = re.compile(r"python3 -m venv \.venv|\. \.venv/bin/activate|export DIURNA_\w+=\S+|docker (?:build|run) .*")
_EXTRAS = re.compile(r"'?diurna\[([\w,]+)\]'?")


@dataclass(frozen=True)
class Block:
    """A fenced block: its page, the line it begins on, its language, its title, its text."""

    page: Path
    line: int
    language: str
    title: str
    text: str

    @property
    def name(self) -> str:
        """Where to look it up."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def is_output(self) -> bool:
        """Whether it shows what the command before it prints."""
        return self.title == "output"

    @property
    def is_page(self) -> bool:
        """Whether it shows a page of the demo."""
        return self.text.startswith("═══")


def blocks_of(page: Path) -> list[Block]:
    """The blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    found = []
    for match in _FENCE.finditer(text):
        language, _, rest = match[1].partition(" ")
        title = re.search(r'title="([^"]*)"', rest)
        found.append(Block(page, text.count("\n", 0, match.start()) + 1, language, title[1] if title else "", match[2]))
    return found


def command_lines(block: Block) -> Iterator[str]:
    """The lines of a block of commands, without comments at their ends."""
    for line in block.text.splitlines():
        words = shlex.split(line, comments=True)
        if words:
            yield line.strip() if "#" not in line else shlex.join(words).replace("'|'", "|").replace("'>'", ">")


class Sandbox:
    """A folder in which a page's commands are tried, one after another.

    Args:
        record, report: ids that stand for ID and REPORT.
    """

    def __init__(self, record: str, report: str) -> None:
        self._ids = {"ID": record, "REPORT": report}
        self.printed = ""

    def run(self, line: str) -> None:
        """Try a line: run it where it can be run, else check what can be checked of it."""
        first, *rest = [part.strip() for part in line.split("|")]
        if first.startswith("cat ") and rest:
            self._diurna(shlex.split(rest[0]), Path(first.removeprefix("cat ")).read_bytes())
        elif first.startswith("diurna "):
            self._diurna(shlex.split(first), b"")
        else:
            check_other(first)

    def _diurna(self, words: list[str], given: bytes) -> None:
        output = words[words.index(">") + 1] if ">" in words else None
        words = words[1 : words.index(">")] if output else words[1:]
        if words[0].startswith("--"):
            assert words[0] in ("--version", "--install-completion", "--show-completion"), words
            return
        report_wanted = "--report" in words or words[0] == "remove"
        words = [self._ids["REPORT" if report_wanted else one] if one in self._ids else one for one in words]
        if words[0] in NOT_RUN or any(place in word for word in words for place in OUTSIDE) or words == ["mcp"]:
            parse(words)
            return
        told = CliRunner().invoke(cli.app, words, input=given, env={"NO_COLOR": "1", "COLUMNS": "80"})
        assert told.exit_code == cli.DONE, (
            f"{words} ends with {told.exit_code}: {told.output[-2000:]}{told.exception!r}"
        )
        self.printed = told.stdout
        if output:
            Path(output).write_bytes(told.stdout_bytes)


def parse(words: list[str]) -> None:
    """Check that the program takes these words."""
    command = COMMANDS[words[0]]
    command.make_context(words[0], list(words[1:]))


def check_other(line: str) -> None:
    """Check what can be checked of a line that is no command of ours."""
    if _SETUP.fullmatch(line):
        if "docker" in line:
            _check_docker(line)
    elif line.startswith("python -m pip "):
        extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
            "optional-dependencies"
        ]
        assert {name for found in _EXTRAS.findall(line) for name in found.split(",")} <= set(extras), line
    elif line.startswith("make "):
        assert re.search(rf"(?m)^{line.split()[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8")), line
    elif line.startswith("python -m "):
        module = line.split()[2].replace(".", "/")
        assert any((ROOT / one).exists() for one in (f"{module}.py", f"{module}/__init__.py")), line
    elif line.startswith(("pytest ", "DIURNA_EVERY_POLL=1 pytest ", "python ")):
        files = [word for word in line.split() if word.startswith(("tests/", "benchmarks/", "training/"))]
        assert all((ROOT / file).exists() for file in files), line
    else:
        raise AssertionError(f"nobody tries this line: {line!r}")


def _check_docker(line: str) -> None:
    assert (ROOT / "Dockerfile").is_file()
    words = shlex.split(line)
    if words[1] == "run":
        parse(words[words.index("diurna", 2) + 1 :])


def shows(block: Block, printed: str) -> str | None:
    """The first line of an output block that was not printed, in order; "…" stands for anything. None: all were."""
    lines = iter(line.rstrip() for line in printed.splitlines())
    for wanted in block.text.splitlines():
        if wanted.strip() in ("", "…", "║ …") or wanted.strip().strip("║ ") == "…":
            continue
        if not any(line == wanted.rstrip() for line in lines):
            return wanted
    return None
