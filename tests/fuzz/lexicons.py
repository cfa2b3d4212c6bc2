"""Fuzzing the loading of lexicons: a changed one is taken, or refused with an error that names it; nothing else."""

from __future__ import annotations

import copy
import importlib
import inspect
import json
import pkgutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources
from typing import Any
from unittest.mock import patch

from hypothesis import strategies as st

import diurna
from diurna.errors import LexiconError

PACKAGES = ("annotate", "link", "sources", "export", "imports")
ALONE = ("diurna.countrycodes",)
_HEAVY = frozenset({"load_tagger", "the_door"})


class Overlay:
    """The package's files, one of which reads otherwise; notes which were asked for."""

    def __init__(self, root: Any, name: str = "", text: str = "") -> None:
        self._root, self._name, self._text = root, name, text
        self.asked: list[str] = []

    def joinpath(self, *parts: str) -> Any:
        """A file of the package."""
        name = "/".join(parts)
        self.asked.append(name)
        return _Text(self._text) if name == self._name else self._root.joinpath(*parts)


class _Text:
    def __init__(self, text: str) -> None:
        self._text = text

    def read_text(self, encoding: str) -> str:
        """The text."""
        return self._text


@contextmanager
def overlaid(name: str = "", text: str = "") -> Iterator[Overlay]:
    """The package with one file changed."""
    files = resources.files
    overlay = Overlay(files("diurna"), name, text)
    with patch.object(resources, "files", lambda package: overlay if package == "diurna" else files(package)):
        yield overlay


@cache
def modules() -> tuple[Any, ...]:
    """Every module that may load a lexicon."""
    names = [
        info.name
        for package in PACKAGES
        for info in pkgutil.walk_packages([f"{diurna.__path__[0]}/{package}"], f"diurna.{package}.")
    ]
    return tuple(importlib.import_module(name) for name in (*names, *ALONE))


@cache
def loaders() -> tuple[Any, ...]:
    """Every function that keeps what it made and needs no argument: all that is made of lexicons is made by such."""
    found = []
    for module in modules():
        for name, one in vars(module).items():
            if callable(getattr(one, "cache_clear", None)) and name not in _HEAVY and one.__module__ == module.__name__:
                parameters = inspect.signature(one).parameters.values()
                if all(p.default is not p.empty for p in parameters):
                    found.append(one)
    return tuple(found)


@cache
def caches() -> tuple[Any, ...]:
    """Everything that remembers, so that it can be made to forget."""
    found = []
    for module in modules():
        found += [
            one
            for name, one in vars(module).items()
            if callable(getattr(one, "cache_clear", None)) and name not in _HEAVY
        ]
    return tuple(found)


def forget() -> None:
    """Forget what was loaded."""
    for one in caches():
        one.cache_clear()


@cache
def users() -> dict[str, tuple[Callable[[], Any], ...]]:
    """For every lexicon, the loaders that read it."""
    made: dict[str, list[Callable[[], Any]]] = {}
    for one in loaders():
        forget()
        with overlaid() as overlay:
            one()
        for name in dict.fromkeys(overlay.asked):
            if name.endswith(".toml"):
                made.setdefault(name, []).append(one)
    forget()
    return {name: tuple(some) for name, some in made.items()}


@cache
def sound(name: str) -> str:
    """A lexicon as it is."""
    return resources.files("diurna").joinpath(name).read_text(encoding="utf-8")


# --- changing them

ODD_VALUES: tuple[Any, ...] = (
    0, -1, 10**18, 1.5, True, "", " ", "a b", "x" * 3_000, "(", "[", "*", "(a+)+$", "\\", "{", "%s",
    "İ", "\n", [],
    [""], [[]], ["a", 1], ["a", "a"], [["a"]], {}, {"a": 1}, {"": []}, [{}], [{"name": 1}], {"words": "x"}, None,
)  # fmt: skip


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Ways to every place of a table; of long lists the first and last few."""
    if path:
        yield path
    if isinstance(value, dict):
        keys = list(value)
        for key in keys if len(keys) <= 40 else [*keys[:6], *keys[-3:]]:
            yield from _paths(value[key], (*path, key))
    elif isinstance(value, list):
        for at in range(len(value)) if len(value) <= 6 else (0, 1, len(value) - 1):
            yield from _paths(value[at], (*path, at))


@cache
def _places(name: str) -> tuple[tuple[Any, ...], ...]:
    return tuple(_paths(tomllib.loads(sound(name))))


@st.composite
def _otherwise(draw: st.DrawFn) -> tuple[str, str]:
    """A lexicon with some of its values dropped, renamed or of another kind."""
    name = draw(st.sampled_from(sorted(users())))
    table = copy.deepcopy(tomllib.loads(sound(name)))
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(_places(name)))
        _change(
            table, path, draw(st.sampled_from(("drop", "value", "value", "rename"))), draw(st.sampled_from(ODD_VALUES))
        )
    return name, as_toml(table)


def _change(table: Any, path: tuple[Any, ...], how: str, value: Any) -> None:
    try:
        for key in path[:-1]:
            table = table[key]
        if how == "drop" or value is None:
            del table[path[-1]]
        elif how == "rename" and isinstance(table, dict):
            table[f"{path[-1]}x"] = table.pop(path[-1])
        else:
            table[path[-1]] = copy.deepcopy(value)
    except (KeyError, IndexError, TypeError):
        pass  # an earlier change took the place away


@st.composite
def _as_text(draw: st.DrawFn) -> tuple[str, str]:
    """A lexicon with its text cut or spliced."""
    name = draw(st.sampled_from(sorted(users())))
    text = sound(name)
    at = draw(st.integers(0, len(text)))
    piece = draw(
        st.one_of(st.text(max_size=20), st.sampled_from(("[", "]]", '"""', "=", "\n[a]\n", "\x00", "'", "[[x]]\n")))
    )
    return name, text[:at] + piece + text[at + draw(st.integers(0, 200)) :]


cases = st.deferred(lambda: st.one_of(_otherwise(), _otherwise(), _as_text()))


def as_toml(table: dict[str, Any]) -> str:
    """The table as TOML, each of its keys on one line."""
    return "".join(f"{json.dumps(key)} = {_inline(value)}\n" for key, value in table.items())


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_inline(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return json.dumps(value) if isinstance(value, str | bool | int | float) else json.dumps(str(value))


def prepare() -> None:
    """Load what is loaded once."""
    users()


def check(case: tuple[str, str]) -> None:
    """Load everything that is made of the changed lexicon."""
    name, text = case
    forget()
    try:
        with overlaid(name, text):
            for one in users()[name]:
                said = _refusal(one)
                assert said is None or name.rpartition("/")[2].removesuffix(".toml") in said, said
    finally:
        forget()


def _refusal(make: Callable[[], Any]) -> str | None:
    """What is said where the lexicon is refused; None where it is taken."""
    try:
        make()
    except LexiconError as fault:
        return str(fault)
    return None
