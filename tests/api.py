"""The public API as text: every public name with its signature, for `tests/api_snapshot.txt`.

python -m tests.api           # print it
python -m tests.api --write   # take it over as a new revision, which the change log must then speak of
"""

from __future__ import annotations

import dataclasses
import hashlib
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args, get_origin

import diurna
from diurna.model import record

SNAPSHOT = Path(__file__).with_name("api_snapshot.txt")
_REVISION = re.compile(r"^# API (\d+) ([0-9a-f]{12})$", re.MULTILINE)


def lines() -> list[str]:
    """A line for every public name, every public member of the public classes, every closed list of values."""
    names = [line for name in diurna.__all__ for line in _lines_of(name, getattr(diurna, name))]
    lists = {name: get_args(value) for name, value in vars(record).items() if get_origin(value) is Literal}
    return names + [f"{name} = {', '.join(values)}" for name, values in sorted(lists.items())]


def body() -> str:
    """All lines as one text."""
    return "\n".join(lines()) + "\n"


def _lines_of(name: str, found: object) -> Iterator[str]:
    if inspect.isfunction(found):
        yield f"{name}{_signature(found)}"
    elif inspect.isclass(found):
        bases = ", ".join(base.__name__ for base in found.__bases__ if base is not object)
        yield f"class {name}({bases})"
        yield from sorted(_members(name, found))
    else:
        yield f"{name}: {found!r}"


def _members(name: str, kind: type) -> Iterator[str]:
    fields = {one.name: one for one in dataclasses.fields(kind)} if dataclasses.is_dataclass(kind) else {}
    for one in fields.values():
        free = one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
        yield f"{name}.{one.name}: {one.type}{'' if free else ' = ...'}"
    if not fields and "__init__" in vars(kind):
        yield f"{name}.__init__{_signature(vars(kind)['__init__'])}"
    for member, value in vars(kind).items():
        if member.startswith("_") or member in fields:
            continue
        if inspect.isfunction(value):
            yield f"{name}.{member}{_signature(value)}"
        elif isinstance(value, property):
            yield f"{name}.{member} -> {inspect.get_annotations(value.fget).get('return')}"  # type: ignore[arg-type]
        elif kind.__mro__[1] is tuple and hasattr(value, "__get__"):
            yield f"{name}.{member}"


def _signature(function: object) -> str:
    signature = inspect.signature(function)  # type: ignore[arg-type]
    parts, before = [], None
    for one in signature.parameters.values():
        if one.kind is one.KEYWORD_ONLY and before not in (one.KEYWORD_ONLY, one.VAR_POSITIONAL):
            parts.append("*")
        parts.append(_parameter(one))
        before = one.kind
    back = "" if signature.return_annotation is signature.empty else f" -> {signature.return_annotation}"
    return f"({', '.join(parts)}){back}"


def _parameter(one: inspect.Parameter) -> str:
    stars = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}.get(one.kind, "")
    said = "" if one.annotation is one.empty else f": {one.annotation}"
    default = getattr(one.default, "__name__", repr(one.default))  # a function's repr holds its address
    return f"{stars}{one.name}{said}{'' if one.default is one.empty else f' = {default}'}"


def digest(text: str) -> str:
    """What a revision is known by."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def revisions(snapshot: str) -> list[tuple[int, str]]:
    """The revisions a snapshot names, oldest first."""
    return [(int(number), told) for number, told in _REVISION.findall(snapshot)]


def body_of(snapshot: str) -> str:
    """A snapshot without its revisions."""
    return "".join(line + "\n" for line in snapshot.splitlines() if not line.startswith("#"))


def write() -> int:
    """Take the API over as a new revision, if it changed; the newest revision's number."""
    now, old = body(), SNAPSHOT.read_text(encoding="utf-8") if SNAPSHOT.exists() else ""
    told = revisions(old)
    if not told or told[-1][1] != digest(now):
        told.append((told[-1][0] + 1 if told else 1, digest(now)))
    head = "".join(f"# API {number} {known}\n" for number, known in told)
    SNAPSHOT.write_text(head + now, encoding="utf-8")
    return told[-1][0]


if __name__ == "__main__":
    if "--write" in sys.argv:
        print(f"{SNAPSHOT.name} is at API {write()}: say in CHANGELOG.md what changed, with (API {write()})")
    else:
        print(body(), end="")
