"""One frozen `Settings`: what a file, the environment and the command line say, the later outranking the earlier."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from diurna.budget import USUAL_BUDGET
from diurna.errors import SettingsError

Engine = Literal["auto", "rules"]

SETTINGS_FILE = "diurna.toml"
"""Looked for in the working folder; DIURNA_SETTINGS names another."""

ACTORS_FILE = "diurna-actors.jsonl"
"""Own actors, looked for in the working folder."""

_PREFIX = "DIURNA_"
_FILE_VARIABLE = "DIURNA_SETTINGS"
_NARROWEST, _WIDEST = 40, 400


@dataclass(frozen=True, slots=True)
class Settings:
    """How Diurna runs.

    Attributes:
        engine: "rules" uses no learned model of ours; "auto" uses one where it is installed.
        pipeline: name of the spaCy pipeline that parses; None is the one Diurna is tuned on.
        width: columns of a printed page; None takes the terminal's.
        ledger: where records are kept: a file, or postgresql://user@host/database.
        annotators: names of plug-ins that go over what was found, in order; in a variable parted by commas.
        budget: processor seconds each stage may take over one report; past it the report is a failure.
        actors: file of own actors that `diurna actors import` writes; `diurna-actors.jsonl` in the working folder where
            nothing is said and it is there.
        color: False prints without colour whatever the terminal can do.
    """

    engine: Engine = "auto"
    pipeline: str | None = None
    width: int | None = None
    color: bool = True
    ledger: str = "diurna.db"
    annotators: tuple[str, ...] = ()
    budget: float = USUAL_BUDGET
    actors: str | None = None


@dataclass(frozen=True, slots=True)
class Flags:
    """What the command line says; None where it says nothing."""

    engine: str | None = None
    pipeline: str | None = None
    width: int | None = None
    color: bool | None = None
    ledger: str | None = None


def load_settings(flags: Flags, environ: Mapping[str, str], folder: Path) -> Settings:
    """The settings in force: flags over DIURNA_* variables over `diurna.toml` in `folder` over the defaults.

    Raises:
        SettingsError: listing every fault of all three, and the file if it cannot be read.
    """
    faults: list[str] = []
    values: dict[str, object] = {}
    said: list[tuple[str, dict[str, object]]] = _file_values(environ, folder, faults)
    said += [(_PREFIX + name.upper(), {name: environ[_PREFIX + name.upper()]}) for name in _known(environ)]
    said += [("command line", {k: v for k, v in dataclasses.asdict(flags).items() if v is not None})]
    for where, some in said:
        _take(where, some, values, faults)
    if faults:
        raise SettingsError("; ".join(faults))
    if "actors" not in values and (folder / ACTORS_FILE).is_file():
        values["actors"] = str(folder / ACTORS_FILE)
    return Settings(**values)  # type: ignore[arg-type]  # every value was checked under its name


def unknown_variables(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Names of DIURNA_* variables no setting answers to, sorted: most often a slip of the pen."""
    known = {_FILE_VARIABLE, *(_PREFIX + name.upper() for name in _CHECKS)}
    return tuple(sorted(name for name in environ if name.startswith(_PREFIX) and name not in known))


def _known(environ: Mapping[str, str]) -> list[str]:
    return [name for name in _CHECKS if environ.get(_PREFIX + name.upper(), "") != ""]


def _file_values(environ: Mapping[str, str], folder: Path, faults: list[str]) -> list[tuple[str, dict[str, object]]]:
    named = environ.get(_FILE_VARIABLE)
    path = folder / (named or SETTINGS_FILE)
    if not named and not path.is_file():
        return []
    try:
        return [(str(path), tomllib.loads(path.read_text(encoding="utf-8")))]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        faults.append(f"{path} cannot be read as TOML: {fault}")
        return []


def _take(where: str, said: Mapping[str, object], values: dict[str, object], faults: list[str]) -> None:
    for name, value in said.items():
        if name not in _CHECKS:
            faults.append(f"{where}: there is no setting {name!r} (there are {', '.join(_CHECKS)})")
            continue
        try:
            values[name] = _CHECKS[name](value)
        except ValueError as fault:
            faults.append(f"{where}: {name} {fault}, not {value!r}")


def _engine(value: object) -> str:
    if value not in ("auto", "rules"):
        raise ValueError("must be auto or rules")
    return str(value)


def _pipeline(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be the name of an installed spaCy pipeline")
    return value.strip()


def _ledger(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a file, or postgresql://user@host/database")
    return value.strip()


def _annotators(value: object) -> tuple[str, ...]:
    names = value.split(",") if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError("must be names of installed plug-ins, a list in the file, parted by commas in a variable")
    return tuple(name.strip() for name in names if name.strip())


def _actors(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a file that diurna actors import wrote")
    return value.strip()


def _width(value: object) -> int:
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdigit()) or not _NARROWEST <= int(text) <= _WIDEST:
        raise ValueError(f"must be a whole number from {_NARROWEST} to {_WIDEST}")
    return int(text)


def _budget(value: object) -> float:
    try:
        seconds = float(str(value)) if not isinstance(value, bool) else 0.0
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 86_400:
        raise ValueError("must be seconds from 1 to 86400")
    return seconds


def _color(value: object) -> bool:
    spoken = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in spoken:
        return spoken[value.lower()]
    raise ValueError("must be true or false")


_CHECKS: dict[str, Callable[[object], object]] = {
    "engine": _engine,
    "pipeline": _pipeline,
    "width": _width,
    "color": _color,
    "ledger": _ledger,
    "annotators": _annotators,
    "budget": _budget,
    "actors": _actors,
}
"""For every setting, what turns a value from a file, a variable or a flag into its own type."""
