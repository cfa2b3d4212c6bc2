"""Word lists and patterns as data: TOML files that are checked when loaded, every fault named at once.

    @made_of("cues")
    def load_cues(language: str = "en") -> CueLexicon: ... load("cues", language, _faults) ...

A lexicon somebody changed is taken or refused with its name; it is never the cause of an error that speaks of Python.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import _lru_cache_wrapper, cache, wraps
from importlib import resources
from typing import Any, ParamSpec, TypeVar

from diurna.errors import LexiconError

Table = dict[str, Any]
Check = Callable[[Table], list[str]]
P = ParamSpec("P")
T = TypeVar("T")

_SHAPE = (AttributeError, LookupError, RecursionError, TypeError, ValueError, re.error, OverflowError)
"""What is raised where a table does not have the shape its users expect."""


@cache
def load(name: str, language: str = "en", check: Check | None = None) -> Table:
    """The lexicon `lexicons/<language>/<name>.toml`, loaded once.

    Args:
        language: empty for lexicons of no language (`lexicons/<name>.toml`).
        check: returns a sentence per fault it sees in the table.

    Raises:
        LexiconError: the file is missing, is no TOML, or has faults; the message lists all of them.
    """
    where = _place(name, language)
    source = resources.files("diurna").joinpath(where)
    try:
        table = tomllib.loads(source.read_text(encoding="utf-8"))
    except FileNotFoundError as fault:
        raise LexiconError(f"{where} is missing: reinstall diurna") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise LexiconError(f"{where} is no TOML: {fault}") from fault
    try:
        faults = check(table) if check else []
    except _SHAPE as fault:
        raise _misshapen(where, fault) from fault
    if faults:
        raise LexiconError(f"{where} has {len(faults)} faults: " + "; ".join(faults))
    return table


def made_of(*names: str, language: str = "en") -> Callable[[Callable[P, T]], _lru_cache_wrapper[T]]:
    """Marks a function that makes something of lexicons: it is called once, and what does not fit names them.

    Raises (when the function is called):
        LexiconError: a lexicon is of another shape than the function expects.
    """

    def marked(function: Callable[P, T]) -> _lru_cache_wrapper[T]:
        @wraps(function)
        def make(*args: P.args, **kwargs: P.kwargs) -> T:
            try:
                return function(*args, **kwargs)
            except _SHAPE as fault:
                where = " or ".join(_place(name, language) for name in names)
                raise _misshapen(where, fault) from fault

        return cache(make)

    return marked


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


def faults_in_tables(table: Table, *keys: str) -> list[str]:
    """A sentence for every value under `keys` that is no table of words: each of a word, or of a list of words."""
    faults = []
    for key in keys:
        words = table.get(key)
        if not isinstance(words, dict) or not all(map(_is_said, words.values())):
            faults.append(f"{key} is no table of words")
    return faults


def _is_said(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _place(name: str, language: str) -> str:
    return f"lexicons/{language}/{name}.toml" if language else f"lexicons/{name}.toml"


def _misshapen(where: str, fault: Exception) -> LexiconError:
    said = " ".join(str(fault).split())[:200]
    return LexiconError(f"{where} does not have the shape it must have ({type(fault).__name__}: {said})")
