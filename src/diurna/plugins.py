"""Parts that other packages bring, found by their entry points; nothing of them is imported before it is wanted.

Three groups, each with what its entry points must name:

    diurna.sources      a `diurna.sources.plugin.SourceFormat`: how files with some endings become rows
    diurna.annotators   a function from a `Reading` to a `Reading`; it runs only where the settings name it
    diurna.exporters    a `diurna.export.format.Format`: one more word for `diurna export`
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Literal

from diurna.errors import MissingPartError

Group = Literal["diurna.sources", "diurna.annotators", "diurna.exporters"]
GROUPS: tuple[Group, ...] = ("diurna.sources", "diurna.annotators", "diurna.exporters")


@cache
def installed(group: Group) -> dict[str, EntryPoint]:
    """The plug-ins of a group by name, in order of name; looked for once a process."""
    return {point.name: point for point in sorted(entry_points(group=group), key=lambda point: point.name)}


def load_plugin(group: Group, name: str, fits: Callable[[object], bool], wanted: str) -> object:
    """What a plug-in's entry point names.

    Args:
        fits: whether an object is what the group wants; `wanted` says it in words.

    Raises:
        MissingPartError: no plug-in has this name, it cannot be imported, or it is not what the group wants.
    """
    point = installed(group).get(name)
    if point is None:
        have = ", ".join(installed(group)) or "none is installed"
        raise MissingPartError(f"there is no plug-in {name!r} in {group} ({have}): install the package that brings it")
    try:
        found: object = point.load()
    except Exception as fault:  # a plug-in is somebody else's code: whatever it raises, say whose it is
        raise MissingPartError(f"the plug-in {where_from(point)} cannot be loaded: {fault!r}") from fault
    if not fits(found):
        raise MissingPartError(f"the plug-in {where_from(point)} is no {wanted}")
    return found


def where_from(point: EntryPoint) -> str:
    """A plug-in's name and the package it comes from."""
    package = f" of {point.dist.name} {point.dist.version}" if point.dist else ""
    return f"{point.name!r} ({point.value}){package}"
