"""The JSON Schema (draft 2020-12) of what `diurna read --json` prints, made from the records themselves."""

from __future__ import annotations

import dataclasses
import typing

from diurna.model.codec import SCHEMA, field_names
from diurna.model.record import Reading
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue

_PLAIN: dict[object, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}
_APART = ("report", "anchor")

Schema = dict[str, object]


def reading_schema() -> Schema:
    """The schema of one line; fields may be added to it, so further ones are allowed."""
    definitions: dict[str, Schema] = {}
    hints = typing.get_type_hints(Reading)
    properties: dict[str, object] = {"schema": {"const": SCHEMA}, "report": _of(hints["report"], definitions)}
    report = typing.cast("dict[str, dict[str, object]]", definitions["Report"])
    report["properties"]["anchor"] = _of(TimeValue | None, definitions)
    for one in dataclasses.fields(Reading):
        if one.name not in _APART:
            properties[one.name] = _of(hints[one.name], definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A report and all records found in it",
        "type": "object", "properties": properties, "required": list(properties), "$defs": definitions,
    }  # fmt: skip


def _of(hint: object, definitions: dict[str, Schema]) -> Schema:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint is Span:
        return {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
    if origin is tuple:
        exact = {} if args[-1] is Ellipsis else {"minItems": len(args), "maxItems": len(args)}
        return {"type": "array", "items": _of(args[0], definitions), **exact}
    if origin is not None:
        return _choice(origin, args, definitions)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _object(hint, definitions)
    return {"type": _PLAIN[hint]}


def _choice(origin: object, args: tuple[object, ...], definitions: dict[str, Schema]) -> Schema:
    """A closed list, or one of several kinds."""
    if origin is typing.Literal:
        return {"enum": list(args)}
    return {"anyOf": [{"type": "null"} if arg is type(None) else _of(arg, definitions) for arg in args]}


def _object(kind: type[typing.Any], definitions: dict[str, Schema]) -> Schema:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}  # stands for itself while its fields are looked at
        hints = typing.get_type_hints(kind)
        properties = {key: _of(hints[name], definitions) for name, key in field_names(kind)}
        says = (kind.__doc__ or "").strip().split("\n")[0]
        definitions[kind.__name__] = {
            "type": "object", "description": says, "properties": properties, "required": list(properties),
        }  # fmt: skip
    return {"$ref": f"#/$defs/{kind.__name__}"}
