"""Word lists and patterns as data: TOML files that are checked when loaded, every fault named at once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

from diurna.errors import LexiconError

Table = dict[str, Any]
Check = Callable[[Table], list[str]]


@cache
def load(name: str, language: str = "en", check: Check | None = None) -> Table:
    """The lexicon `lexicons/<language>/<name>.toml`, loaded once.

    Args:
        check: returns a sentence per fault it sees in the table.

    Raises:
        LexiconError: the file is missing, is no TOML, or has faults; the message lists all of them.
    """
    where = f"lexicons/{language}/{name}.toml"
    source = resources.files("diurna").joinpath(where)
    try:
        table = tomllib.loads(source.read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise LexiconError(f"{where} is missing: reinstall diurna") from fault
    except tomllib.TOMLDecodeError as fault:
        raise LexiconError(f"{where}: {fault}") from fault
    faults = check(table) if check else []
    if faults:
        raise LexiconError(f"{where} has {len(faults)} faults: " + "; ".join(faults))
    return table


def faults_in_words(table: Table, *keys: str) -> list[str]:
    """A sentence for every value under `keys` that is no list of words, and for every word listed twice in one list."""
    faults = []
    for key in keys:
        words = table.get(key)
        if not isinstance(words, list) or not all(isinstance(w, str) and w == w.strip() and w for w in words):
            faults.append(f"{key} is no list of words")
            continue
        faults += [f"{key} lists {word!r} twice" for word in sorted({w for w in words if words.count(w) > 1})]
    return faults
