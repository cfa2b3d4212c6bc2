"""Notebooks as pages: run once per content, then cells and what they showed."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "docs" / "notebooks"
RUN = ROOT / "build" / "notebooks"
SECONDS = 300


def run_notebook(path: Path) -> Any:
    """The notebook with its outputs; run unless one of the same content was run before.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell fails.
    """
    import nbformat
    from nbclient import NotebookClient

    kept = RUN / f"{path.stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}.ipynb"
    if kept.exists():
        return nbformat.read(kept, as_version=4)
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": ROOT}}).execute()
    RUN.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, kept)
    return notebook


def page_of(path: Path) -> str:
    """A notebook as a Markdown page."""
    parts = []
    for cell in run_notebook(path).cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
        else:
            parts.append(f"```python\n{cell.source}\n```")
            parts += [_shown(output) for output in cell.outputs]
    parts.append(f"[This page as a notebook]({path.name})")
    return "\n\n".join(part for part in parts if part) + "\n"


def _shown(output: Any) -> str:
    data = output.get("data", {})
    if "image/svg+xml" in data:
        return _html(_lines(data["image/svg+xml"]))
    if "text/html" in data:
        return _html(_lines(data["text/html"]))
    text = _lines(output.get("text") or data.get("text/plain") or "")
    return f"```text\n{text.rstrip()}\n```" if text.strip() else ""


def _lines(said: str | list[str]) -> str:
    return said if isinstance(said, str) else "".join(said)


def _html(inside: str) -> str:
    """Markup that Markdown leaves alone: one block, no blank lines."""
    whole = re.sub(r"\n\s*\n", "\n", inside.strip())
    return f'<div class="shown">\n{whole}\n</div>'
