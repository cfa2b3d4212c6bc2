"""What the site has besides written pages: each command's own help, notebooks, the change log, a list of decisions."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

from mkdocs.structure.files import File, Files

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def on_files(files: Files, config: Any) -> Files:
    """Add the generated pages."""
    for name, text in generated().items():
        files.append(File.generated(config, name, content=text))
    return files


def generated() -> dict[str, str]:
    """The generated pages by their names."""
    notebooks = _beside("notebooks")
    pages = {
        f"notebooks/{path.stem}.md": notebooks.page_of(path) for path in sorted(notebooks.NOTEBOOKS.glob("*.ipynb"))
    }
    return {"reference/help.md": _help(), "changes.md": _changes(), "decisions/index.md": _decisions(), **pages}


def _beside(name: str) -> ModuleType:
    """A module in this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(f"diurna_site_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _help() -> str:
    import typer
    from typer.testing import CliRunner

    from diurna import cli

    run, group = CliRunner(), typer.main.get_command(cli.app)
    head = (
        "# Commands, their own help\n\nWhat `diurna COMMAND --help` prints; [commands](../commands.md) explains more.\n"
    )
    parts = [head]
    for name in group.commands:  # type: ignore[attr-defined]
        told = run.invoke(cli.app, [name, "--help"], prog_name="diurna", env={"COLUMNS": "100", "NO_COLOR": "1"})
        parts.append(f"## diurna {name}\n\n```text\n{told.output.strip()}\n```\n")
    return "\n".join(parts)


def _changes() -> str:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    return re.sub(r"\]\(docs/", "](", text)


def _decisions() -> str:
    rows = []
    for path in sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md")):
        number, _, title = path.read_text(encoding="utf-8").splitlines()[0].lstrip("# ").partition(" ")
        rows.append(f"| {number.rstrip(':')} | [{title.strip()}]({path.name}) |")
    head = "# Decisions\n\nWhy things are as they are, half a page each.\n\n| number | decision |\n|---|---|\n"
    return head + "\n".join(rows) + "\n"
