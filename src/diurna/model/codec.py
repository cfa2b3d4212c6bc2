"""Records to plain JSON values and back, by the contract's field names (schema 1)."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable

from diurna.errors import RecordError
from diurna.model.record import Reading, Relation
from diurna.model.span import Span

SCHEMA = 1

_RENAMED: dict[type, dict[str, str]] = {Relation: {"source": "from", "target": "to"}}
"""Fields whose contract name cannot be a Python name, or says less in Python."""

_Decoder = Callable[[typing.Any], typing.Any]
_T = typing.TypeVar("_T")
_APART = ("report", "anchor")
_NAMES: dict[type[typing.Any], tuple[tuple[str, str], ...]] = {}
_FIELDS: dict[type[typing.Any], tuple[tuple[str, str, _Decoder], ...]] = {}


def reading_to_dict(reading: Reading) -> dict[str, object]:
    """The contract's object for one report: `{"schema", "report", "actors", ...}`."""
    report = typing.cast("dict[str, object]", encode(reading.report))
    report["anchor"] = encode(reading.anchor)
    body = {f.name: encode(getattr(reading, f.name)) for f in dataclasses.fields(reading) if f.name not in _APART}
    return {"schema": SCHEMA, "report": report, **body}


def reading_from_dict(row: dict[str, typing.Any]) -> Reading:
    """The reading a contract object describes; unknown fields are passed over.

    Raises:
        RecordError: another schema, or a field missing or of the wrong shape.
    """
    if row.get("schema") != SCHEMA:
        raise RecordError(f"schema {row.get('schema')!r} is not {SCHEMA}: read the report again with this version")
    try:
        rest = {f.name: row.get(f.name, []) for f in dataclasses.fields(Reading) if f.name not in _APART}
        return decode(Reading, {**rest, "report": row["report"], "anchor": row["report"].get("anchor")})
    except (KeyError, TypeError, ValueError) as fault:
        raise RecordError(f"not a reading: {fault!r}") from fault


def encode(value: object) -> object:
    """`value` as JSON values: dataclasses become objects, tuples and spans lists."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list):
        return [encode(one) for one in value]
    if dataclasses.is_dataclass(value):
        return {key: encode(getattr(value, name)) for name, key in field_names(type(value))}
    raise TypeError(f"cannot encode {type(value).__name__}")


def decode(kind: type[_T], row: dict[str, typing.Any]) -> _T:
    """A `kind` from its JSON object; missing fields take their defaults, unknown ones are passed over.

    Raises:
        KeyError: a field without default is missing.
    """
    fields = {name: convert(row[key]) for name, key, convert in _fields(kind) if key in row}
    return kind(**fields)


def field_names(kind: type[typing.Any]) -> tuple[tuple[str, str], ...]:
    """Names of a record's fields, in Python and in the contract."""
    known = _NAMES.get(kind)
    if known is None:
        renamed = _RENAMED.get(kind, {})
        known = _NAMES[kind] = tuple((f.name, renamed.get(f.name, f.name)) for f in dataclasses.fields(kind))
    return known


def _fields(kind: type[typing.Any]) -> tuple[tuple[str, str, _Decoder], ...]:
    known = _FIELDS.get(kind)
    if known is None:
        hints = typing.get_type_hints(kind)
        known = _FIELDS[kind] = tuple((name, key, _decoder(hints[name])) for name, key in field_names(kind))
    return known


def _decoder(hint: typing.Any) -> _Decoder:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        inner = _decoder(next(arg for arg in args if arg is not type(None)))
        return lambda value: None if value is None else inner(value)
    if hint is Span:
        return lambda value: Span(*value)
    if origin is tuple:
        one = _decoder(args[0])
        return lambda value: tuple(one(item) for item in value)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return lambda value: decode(hint, value)
    return lambda value: value
