"""Every regular expression the program makes: written in modules, made of lexicons, made while reading.

    python -m tests.regexes.collect       prints them, one JSON object a line

It must run in a process of its own, since it watches `re` from before the first module is imported.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SRC = str(Path(__file__).resolve().parents[2] / "src" / "diurna")
_SKIPPED = frozenset({"diurna.__main__"})


def watch(found: dict[tuple[str, Any, int], str]) -> None:
    """Note every expression that code of the program asks `re` for, and the line that asks."""
    inner = re._compile  # type: ignore[attr-defined]

    def compile_noted(pattern: Any, flags: Any) -> Any:
        made = inner(pattern, flags)
        frame = sys._getframe(2)
        if frame.f_code.co_filename.startswith(SRC):
            where = f"{frame.f_code.co_filename[len(SRC) + 1 :]}:{frame.f_code.co_name}"
            found.setdefault((where, made.pattern, made.flags), f"{where}:{frame.f_lineno}")
        return made

    re._compile = compile_noted  # type: ignore[attr-defined]


def use_everything() -> None:
    """Import every module, load every lexicon, read and link texts, take pages apart, ask and show a ledger."""
    import diurna

    for info in pkgutil.walk_packages(diurna.__path__, "diurna."):
        if info.name not in _SKIPPED and ".migrations" not in info.name:
            importlib.import_module(info.name)
    from diurna.flow.reading import read
    from tests.fuzz.lexicons import loaders
    from tests.sources.test_mangled import PAGE
    from tests.texts import SENTENCES, sample_texts

    for one in loaders():
        one()
    readings = [read(text, published="2030-03-03", engine="auto") for text in (*sample_texts(), "\n\n".join(SENTENCES))]
    _pages(PAGE)
    _across(readings)


def _pages(page: str) -> None:
    from diurna.sources.article import read_page
    from diurna.sources.compose import Details
    from diurna.sources.incoming import ReadOptions

    read_page(page, Details(url="https://wire.example/1"), ReadOptions())


def _across(readings: list[Any]) -> None:
    from diurna.flow.relink import find_stories
    from diurna.ledger.store import Ledger

    list(find_stories(readings))
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "asked.db") as ledger:
        ledger.add(readings)
        for asked in ("weapons", 'said "will not"', "gove*"):
            ledger.view().search_page(asked, "statements")


def main() -> None:
    """Print them."""
    found: dict[tuple[str, Any, int], str] = {}
    watch(found)
    use_everything()
    for (_, pattern, flags), where in sorted(found.items(), key=lambda item: (item[1], str(item[0]))):
        is_bytes = isinstance(pattern, bytes)
        text = pattern.decode("latin-1") if is_bytes else pattern
        print(json.dumps({"where": where, "pattern": text, "flags": flags, "bytes": is_bytes}))


if __name__ == "__main__":
    main()
