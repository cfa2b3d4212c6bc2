"""The room's OpenAPI description: for every address what it takes, what it answers, and every page's JSON as a schema.

Schemas are made from the dataclasses that pages are; `plain` makes the JSON from the same ones.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI

from diurna.ledger.asking import Hit, Kept
from diurna.ledger.linked import KeptCrossGap
from diurna.model.canon import Story
from diurna.model.codec import field_names
from diurna.model.record import Commitment, Event, Gap, Statement
from diurna.model.span import Span
from diurna.web.charts import Chart
from diurna.web.contexts import ErrorPage

Schema = dict[str, Any]

_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"}, bool: {"type": "boolean"}, int: {"type": "integer"}, float: {"type": "number"},
    Span: {"type": "array", "prefixItems": [{"type": "integer"}] * 2, "minItems": 2, "maxItems": 2,
           "description": "[start, end]: Unicode code points of the report's text, half-open."},
}  # fmt: skip
_OWN: dict[Any, Schema] = {
    Chart: {"name": str, "title": str, "summary": str, "rows": list[dict]},  # type: ignore[type-arg]
    Story: {"id": str, "title": str, "reports": list[dict], "origins": int, "first": str, "last": str},  # type: ignore[type-arg]
}
"""What knows its own contract: its fields."""


def shows(page: type[Any]) -> dict[int | str, dict[str, Any]]:
    """The answer of an address whose page is this dataclass, for `responses` of its route."""
    return {
        200: {
            "description": _first_line(page),
            "content": {"text/html": {"schema": {"type": "string"}}, "application/json": {"schema": _page_ref(page)}},
        }
    }


def leads_on(page: type[Any] | None = None) -> dict[int | str, dict[str, Any]]:
    """The answers of a form: on to another page, or this page."""
    on: dict[int | str, dict[str, Any]] = {303: {"description": "Done; `Location` says where it shows."}}
    return {**on, **(shows(page) if page else {})}


_PAGES: dict[str, type[Any]] = {}


def _page_ref(page: type[Any]) -> Schema:
    _PAGES[page.__name__] = page
    return {"$ref": f"#/components/schemas/{page.__name__}"}


def describe(app: FastAPI) -> Schema:
    """The description, made once."""
    if app.openapi_schema is None:
        found = _openapi_of(app)
        parts: dict[str, Schema] = {}
        for name, page in sorted(_PAGES.items()):
            parts[name] = _page(page, parts)
        parts["ErrorPage"] = _object(ErrorPage, parts)
        found["components"] = {"schemas": dict(sorted(parts.items()))}
        for path, methods in found["paths"].items():
            for method, operation in methods.items():
                _amend(path, method, operation)
        app.openapi_schema = found
    return app.openapi_schema


def _openapi_of(app: FastAPI) -> Schema:
    from fastapi.openapi.utils import get_openapi

    made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    forms = made.get("components", {}).get("schemas", {})
    _settle(made["paths"], forms)
    return made


def _settle(node: Any, forms: Schema) -> None:
    """Put the forms' schemas where they are referred to: they have no name anybody needs."""
    if isinstance(node, dict):
        said = str(node.get("$ref", "")).rpartition("/")[2]
        if said in forms and said not in _PAGES:
            node.clear()
            node.update(forms[said])
        for one in list(node.values()):
            _settle(one, forms)
    elif isinstance(node, list):
        for one in node:
            _settle(one, forms)


def _amend(path: str, method: str, operation: Schema) -> None:
    """What every address answers when it refuses, and the moment every page can be asked as known on."""
    answers: Schema = operation["responses"]
    answers.pop("422", None)
    if method == "get" and path != "/login":
        answers["303"] = {"description": "To the log-in, in rooms with accounts; or to the address it goes by."}
    answers.get("303", {}).pop("content", None)
    refusals = {"400": "It cannot be asked so.", "401": "Log in first (only rooms with accounts)."}
    if method == "post":
        refusals |= {"403": "The form's word or the role is missing.", "413": "Too large."}
    if "{" in path or method == "post" or path == "/login":
        refusals["404"] = "Nothing is kept under this address."
    if path in ("/read", "/login") and method == "post":
        refusals["429"] = "Too often: `Retry-After` says when to come again."
    error = {"schema": {"$ref": "#/components/schemas/ErrorPage"}}
    for status, why in refusals.items():
        content = {"application/json": error, "text/html": {"schema": {"type": "string"}}}
        answers.setdefault(status, {"description": why, "content": content})
    if method == "get" and path != "/login":
        operation.setdefault("parameters", []).append({
            "name": "as", "in": "query", "required": False, "schema": {"type": "string"},
            "description": "A day or moment: the page as it was known then, e.g. 2025-12-28.",
        })  # fmt: skip


def _page(page: type[Any], parts: dict[str, Schema]) -> Schema:
    made = _object(page, parts)
    moment: Schema = {"type": ["string", "null"], "description": "The moment the page is as known on; null: now."}
    made["properties"] = {"as_known_on": moment, **made["properties"]}
    made["required"] = ["as_known_on", *made["required"]]
    return made


def _object(kind: type[Any], parts: dict[str, Schema]) -> Schema:
    hints = typing.get_type_hints(kind)
    properties = {key: _schema(hints[name], parts) for name, key in field_names(kind)}
    return _closed(_first_line(kind), properties)


def _closed(said: str, properties: Schema) -> Schema:
    return {"type": "object", "description": said, "properties": properties, "required": list(properties)}


def _schema(hint: Any, parts: dict[str, Schema]) -> Schema:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint in _PLAIN or origin is typing.Literal:
        return dict(_PLAIN[hint]) if hint in _PLAIN else {"enum": list(args)}
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [{"type": "null"} if one is type(None) else _schema(one, parts) for one in args]}
    if origin is Kept:
        return _kept(args[0], parts)
    if origin in (tuple, list):
        return _array(args, parts)
    if hint is Any or hint is dict or origin is dict:
        return {"type": "object"}
    return _named(hint, parts)


def _array(args: tuple[Any, ...], parts: dict[str, Schema]) -> Schema:
    if len(args) == 1 or (len(args) == 2 and args[1] is Ellipsis):
        return {"type": "array", "items": _schema(args[0], parts)}
    return {
        "type": "array",
        "prefixItems": [_schema(one, parts) for one in args],
        "minItems": len(args),
        "maxItems": len(args),
    }


def _named(kind: type[Any], parts: dict[str, Schema]) -> Schema:
    """A reference to a part, made on first use."""
    name = kind.__name__
    if name not in parts:
        parts[name] = {}
        if kind in _OWN:
            parts[name] = _closed(_first_line(kind), {key: _schema(one, parts) for key, one in _OWN[kind].items()})
        elif kind in _MADE:
            parts[name] = _MADE[kind](parts)
        else:
            parts[name] = _object(kind, parts)
    return {"$ref": f"#/components/schemas/{name}"}


def _kept(kind: Any, parts: dict[str, Schema]) -> Schema:
    """A record with its report, review and names; see `Kept.to_dict`."""
    name = f"Kept{kind.__name__}"
    if name not in parts:
        parts[name] = {}
        made = _object(kind, parts)
        words: Schema = {"type": ["string", "null"]}
        about = dict.fromkeys(("id", "source_id", "version", "title", "outlet", "url", "recorded_at"), words)
        more = {
            "names": {"type": "object", "additionalProperties": {"type": "string"}},
            "review": {"enum": ["open", "accepted", "rejected"]},
            "report": _closed("The report it stands in.", {**about, "published": {"type": ["object", "null"]}}),
        }
        parts[name] = _closed(made["description"], {**made["properties"], **more})
    return {"$ref": f"#/components/schemas/{name}"}


def _hit(parts: dict[str, Schema]) -> Schema:
    span = _PLAIN[Span]
    fields = {
        "kind": {"enum": ["statement", "event", "report"]}, "id": _PLAIN[str], "span": span, "text": _PLAIN[str],
        "highlights": {"type": "array", "items": span},
    }  # fmt: skip
    made = _closed(_first_line(Hit), fields)
    record = {"anyOf": [_kept(one, parts) for one in (Statement, Event, Commitment, Gap)]}
    made["properties"] = {**fields, "record": record, "report": {"type": "object"}}
    return made


def _cross_gap(parts: dict[str, Schema]) -> Schema:
    """A gap between reports; see `KeptCrossGap.to_dict`."""
    gap = _object(Gap, parts)
    more = {
        "review": {"enum": ["open", "accepted", "rejected"]}, "across": {"const": True}, "report": {"type": "object"},
        "sides": {"type": "array", "items": {"type": "object"}, "minItems": 2, "maxItems": 2},
    }  # fmt: skip
    return _closed(_first_line(KeptCrossGap), {**gap["properties"], **more})


_MADE: dict[Any, Callable[[dict[str, Schema]], Schema]] = {Hit: _hit, KeptCrossGap: _cross_gap}


def _first_line(kind: type[Any]) -> str:
    return (kind.__doc__ or "").strip().split("\n", 1)[0]
