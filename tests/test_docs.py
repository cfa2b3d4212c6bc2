"""Documentation: every command, option, setting and target is in it, its links lead somewhere, its Python runs."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
import typer

from diurna import __version__, cli
from diurna.model import record
from diurna.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS_PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.md")])
GENERATED = {(ROOT / "docs" / name).resolve() for name in ("reference/help.md", "changes.md", "decisions/index.md")} | {
    path.with_suffix(".md") for path in (ROOT / "docs" / "notebooks").glob("*.ipynb")
}
"""Pages that only the site has; it is built, and its links checked, in tests/docs."""
GROUP = typer.main.get_command(cli.app)
COMMANDS = dict(GROUP.commands)  # type: ignore[attr-defined]


def section(command: str) -> str:
    found = re.search(rf"(?ms)^## diurna {command}$(.*?)(?=^## |\Z)", COMMANDS_PAGE)
    return found.group(1) if found else ""


def options(command: object) -> list[str]:
    return [name for one in command.params for name in one.opts if name.startswith("--")]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_and_has_its_section(name: str) -> None:
    assert f"diurna {name}" in README
    assert section(name)


@pytest.mark.parametrize(("name", "option"), [(n, o) for n, c in COMMANDS.items() for o in options(c)])
def test_every_option_is_in_its_commands_section(name: str, option: str) -> None:
    assert f"`{option}" in section(name) or option == "--help"


@pytest.mark.parametrize("option", [name for name in options(GROUP) if name != "--help"])
def test_every_option_of_the_program_is_documented(option: str) -> None:
    assert option in COMMANDS_PAGE


def test_no_section_documents_a_command_or_option_that_is_gone() -> None:
    assert set(re.findall(r"(?m)^## diurna (\w+)$", COMMANDS_PAGE)) == set(COMMANDS)
    for name, command in COMMANDS.items():
        assert set(re.findall(r"`(--[a-z-]+)", section(name))) <= {*options(command), "--help"}


@pytest.mark.parametrize("setting", [f.name for f in dataclasses.fields(Settings)])
def test_every_setting_and_its_variable_are_documented(setting: str) -> None:
    assert f"| `{setting}` | `DIURNA_{setting.upper()}` |" in COMMANDS_PAGE


def test_every_exit_code_is_documented() -> None:
    for code in (cli.DONE, cli.FAILURES, cli.WRONG_USE, cli.STOPPED):
        assert f"**{code}**" in COMMANDS_PAGE


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            path = (page.parent / target).resolve()
            assert path.exists() or path in GENERATED, f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_files_named_in_pages_exist(page: Path) -> None:
    for name in re.findall(r"`((?:src|tests|docs|benchmarks|training)/[\w/.-]+)`", page.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), f"{page.name} names {name}"


def test_every_make_target_named_in_pages_is_in_the_makefile() -> None:
    targets = set(re.findall(r"(?m)^([a-z]+):", MAKEFILE))
    named = {name for page in PAGES for name in re.findall(r"`make ([a-z]+)`", page.read_text(encoding="utf-8"))}
    named |= set(re.findall(r"(?m)^make ([a-z]+)", README))
    assert {"demo", "test", "check"} <= named <= targets
    assert named <= set(re.findall(r"[a-z]+", re.search(r"(?m)^\.PHONY: (.*)$", MAKEFILE).group(1)))  # type: ignore[union-attr]


def test_ci_runs_the_steps_of_make_check() -> None:
    steps = [line.strip().removeprefix("$(BIN)/") for line in MAKEFILE.splitlines() if line.startswith("\t$(BIN)/")]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    wanted = [step for step in steps if step.split()[0] in ("ruff", "mypy", "lint-imports") or "pytest" in step]
    assert len(wanted) == 5
    fuzzing = next(step for step in steps if "tests.fuzz" in step).partition(" --")[0]
    assert [line.removeprefix(".venv/bin/") for line in script.splitlines() if line.startswith(".venv/bin/")][1:] == [
        *wanted[1:],
        wanted[0],
        fuzzing,
    ]


@pytest.mark.parametrize("kind", ["Act", "Realis", "GapKind", "Manner"])
def test_the_glossary_names_every_value_of_the_closed_lists(kind: str) -> None:
    text = " ".join(GLOSSARY.split())
    spoken = {"disputed_by_other": "disputed by another", "generic": "generic"}
    for value in getattr(record, kind).__args__:
        assert spoken.get(value, value.replace("_", " ")) in text


def test_the_change_log_knows_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_readmes_python_compiles_and_uses_public_names_only() -> None:
    import diurna

    blocks = re.findall(r"(?ms)^```python\n(.*?)^```", README)
    assert blocks
    for block in blocks:
        compile(block, "README.md", "exec")
        for name in re.findall(r"\bdiurna\.(\w+)", block):
            assert hasattr(diurna, name)
