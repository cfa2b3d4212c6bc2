"""What is installed: packages, extras, files inside the package, plug-ins, the ledger; each with how to get it."""

from __future__ import annotations

import importlib.metadata
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from packaging.requirements import Requirement

from diurna.errors import DiurnaError, MissingPartError
from diurna.ledger.address import parse_address
from diurna.ledger.store import Ledger
from diurna.plugins import GROUPS, installed, where_from

State = Literal["good", "optional", "bad"]

EXTRAS = {
    "postgres": "ledgers in PostgreSQL",
    "frames": "tables as Polars and pandas frames",
    "notebooks": "notebooks with charts",
    "mcp": "diurna mcp, for assistants",
    "lake": "lakes of Parquet files, asked by DuckDB",
    "ray": "reading on many machines",
    "docs": "make docs",
}
"""Extras people use, and what for; `dev` is for working on Diurna itself."""

_PARTS: dict[str, tuple[str, str, int]] = {
    "word lists": ("lexicons", ".toml", 20),
    "reading room": ("web/templates", ".html", 20),
    "ledger migrations": ("ledger/migrations/versions", ".py", 1),
    "demo": ("demo", ".jsonl", 1),
}
"""Files inside the package: the folder, how their names end, how many there are at least."""

AGAIN = "install Diurna again: python -m pip install --force-reinstall --no-deps diurna"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, and what to do about it ("" where nothing is to be done)."""

    name: str
    state: State
    detail: str
    remedy: str = ""


def version_of(package: str) -> str | None:
    """The installed version of a package; None where there is none."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def needed_packages() -> Iterator[Finding]:
    """Diurna itself, and every package it needs: one line for those that are as wanted, one for each that is not."""
    own = version_of("diurna")
    yield Finding("diurna", "good" if own else "bad", own or "not installed", "" if own else "python -m pip install .")
    wanted = list(_requirements())
    wrong = [one for one in wanted if not _is_met(one)]
    for one in wrong:
        found = version_of(one.name)
        detail = f"{found}, wanted {one.specifier}" if found else "not installed"
        yield Finding(one.name, "bad", detail, f'python -m pip install "{one.name}{one.specifier}"')
    if not wrong:
        yield Finding("packages", "good", f"all {len(wanted)} that Diurna needs, as it needs them")


def extras() -> Iterator[Finding]:
    """Every extra people use: there, or what is missing of it."""
    for extra, what in EXTRAS.items():
        missing = [one.name for one in _requirements(extra) if not _is_met(one)]
        if missing:
            remedy = f"python -m pip install 'diurna[{extra}]'"
            yield Finding(f"extra {extra}", "optional", f"for {what}: no {', no '.join(missing)}", remedy)
        else:
            yield Finding(f"extra {extra}", "good", f"for {what}")


def _requirements(extra: str | None = None) -> Iterator[Requirement]:
    """What Diurna needs, or what an extra adds to it, extras of extras unfolded."""
    try:
        lines = importlib.metadata.requires("diurna") or []
    except importlib.metadata.PackageNotFoundError:
        return
    for line in lines:
        one = Requirement(line)
        plain = one.marker is None or one.marker.evaluate({"extra": ""})
        if (extra is None and plain) or (extra and not plain and one.marker and one.marker.evaluate({"extra": extra})):
            if one.name == "diurna":
                for inner in sorted(one.extras):
                    yield from _requirements(inner)
            else:
                yield one


def _is_met(one: Requirement) -> bool:
    found = version_of(one.name)
    return found is not None and one.specifier.contains(found, prereleases=True)


def inside() -> Iterator[Finding]:
    """The files that come inside the package: are they there, can word lists be read."""
    for name, (folder, ending, least) in _PARTS.items():
        found = list(_files(resources.files("diurna").joinpath(folder), ending))
        faults = list(_unreadable(found)) if ending == ".toml" else []
        if len(found) < least:
            yield Finding(name, "bad", f"{len(found)} of at least {least} files", AGAIN)
        elif faults:
            yield Finding(name, "bad", "; ".join(faults), AGAIN)
        else:
            yield Finding(name, "good", f"{len(found)} {'file' if len(found) == 1 else 'files'}")


def _files(folder: Traversable, ending: str) -> Iterator[Traversable]:
    if not folder.is_dir():
        return
    for one in sorted(folder.iterdir(), key=lambda file: file.name):
        if one.is_dir():
            yield from _files(one, ending)
        elif one.name.endswith(ending):
            yield one


def _unreadable(files: list[Traversable]) -> Iterator[str]:
    for file in files:
        try:
            tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            yield f"{file.name} cannot be read: {fault}"


def plugins() -> Iterator[Finding]:
    """Every plug-in that other packages bring, and whether it can be loaded."""
    for group in GROUPS:
        for name, point in installed(group).items():
            label = f"plug-in {name}"
            try:
                point.load()
            except Exception as fault:  # somebody else's code
                yield Finding(label, "optional", f"{where_from(point)}: {fault!r}", "ask the package that brings it")
            else:
                yield Finding(label, "good", f"{group.removeprefix('diurna.')}: {where_from(point)}")


def ledger(address: str) -> Finding:
    """The ledger of the settings: there, not there yet, or what is wrong with it. A server is not asked."""
    try:
        place = parse_address(address)
        if place.kind != "sqlite":
            missing = [one.name for one in _requirements("postgres") if not _is_met(one)]
            if missing:
                return Finding(
                    "ledger", "bad", f"{place.shown} needs psycopg", "python -m pip install 'diurna[postgres]'"
                )
            return Finding("ledger", "good", f"{place.shown}, on a server: not asked here")
        if not Path(place.path).exists():
            return Finding("ledger", "good", f"{place.shown} is not there yet: diurna add makes it")
        with Ledger(address) as kept:
            return Finding("ledger", "good", f"{place.shown}, {kept.counts()['readings']:,} readings")
    except MissingPartError as fault:
        return Finding("ledger", "bad", str(fault))
    except DiurnaError as fault:
        return Finding("ledger", "optional", str(fault), "name another with --ledger or DIURNA_LEDGER")
