"""Records to JSON for keeping, without the texts their spans already point at, and back.

A text is kept once: whatever a record repeats of it (quotes, contents, names of parties beside a span) is left out when
the characters at the span are the same, and cut from the text again when the record is wanted.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable

from diurna.model.span import Span

_T = typing.TypeVar("_T")
_Row = dict[str, typing.Any]
_Packer = Callable[[typing.Any, str], typing.Any]
_Unpacker = Callable[[typing.Any, str], typing.Any]

_JOINT = " … "
_DERIVED = ("text", "quote")
"""Fields that repeat characters of the report."""

_PACKERS: dict[type, tuple[tuple[str, _Packer | None], ...]] = {}
_UNPACKERS: dict[type, tuple[tuple[str, _Unpacker, Callable[[_Row, str], typing.Any]], ...]] = {}


def pack(record: object, text: str) -> str:
    """`record` as JSON; nulls, empty lists and what `text` says itself are left out."""
    return to_json(_pack(record, text))


def unpack(kind: type[_T], body: str, text: str) -> _T:
    """The record `pack` made `body` of.

    Raises:
        ValueError, KeyError, TypeError: `body` is damaged.
    """
    return typing.cast("_T", _unpack(kind, json.loads(body), text))


def to_json(value: object) -> str:
    """`value` as compact JSON that every database can hold: no lone surrogate stands in it."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if line.isascii():
        return line
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return line


def _pack(record: object, text: str) -> _Row:
    row: _Row = {}
    for name, packer in _packers(type(record)):
        value = getattr(record, name)
        if value is None or value == ():
            continue
        if packer:
            value = packer(value, text)
            if value == {}:
                continue
        elif name in _DERIVED and _said(record, text) == value:
            continue
        row[name] = value
    return row


def _said(record: object, text: str) -> str | None:
    span = getattr(record, "span", None)
    if span is not None:
        return text[span[0] : span[1]]
    spans = getattr(record, "spans", None)
    return _JOINT.join(text[start:end] for start, end in spans) if spans else None


def _packers(kind: type) -> tuple[tuple[str, _Packer | None], ...]:
    known = _PACKERS.get(kind)
    if known is None:
        hints = typing.get_type_hints(kind)
        fields = dataclasses.fields(kind)
        known = _PACKERS[kind] = tuple((f.name, _packer(_bare(hints[f.name]))) for f in fields)
    return known


def _packer(hint: typing.Any) -> _Packer | None:
    """What packs a value of this type; None for plain values."""
    if dataclasses.is_dataclass(hint):
        return _pack
    if typing.get_origin(hint) is tuple and dataclasses.is_dataclass(typing.get_args(hint)[0]):
        return lambda values, text: [_pack(value, text) for value in values]
    return None


def _bare(hint: typing.Any) -> typing.Any:
    """The type without `| None`."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return next(arg for arg in typing.get_args(hint) if arg is not type(None))
    return hint


def _unpack(kind: type[typing.Any], row: _Row, text: str) -> typing.Any:
    return kind(
        *[
            unpacker(row[name], text) if name in row else missing(row, text)
            for name, unpacker, missing in _unpackers(kind)
        ]
    )


def _unpackers(
    kind: type[typing.Any],
) -> tuple[tuple[str, _Unpacker, Callable[[_Row, str], typing.Any]], ...]:
    known = _UNPACKERS.get(kind)
    if known is None:
        hints = typing.get_type_hints(kind)
        known = _UNPACKERS[kind] = tuple(
            (f.name, _unpacker(_bare(hints[f.name])), _missing(f.name, hints[f.name])) for f in dataclasses.fields(kind)
        )
    return known


def _unpacker(hint: typing.Any) -> _Unpacker:
    if hint is Span:
        return lambda value, _: Span(*value)
    if dataclasses.is_dataclass(hint):
        return lambda value, text: _unpack(typing.cast("type", hint), value, text)
    if typing.get_origin(hint) is tuple:
        one = _unpacker(typing.get_args(hint)[0])
        return lambda values, text: tuple([one(value, text) for value in values])
    return lambda value, _: value


def _missing(name: str, hint: typing.Any) -> Callable[[_Row, str], typing.Any]:
    """What a field is that was left out."""
    if name in _DERIVED:
        return _cut
    if typing.get_origin(hint) is tuple:
        return lambda _row, _text: ()
    if dataclasses.is_dataclass(hint):
        return lambda _, text: _unpack(typing.cast("type", hint), {}, text)
    return lambda _row, _text: None


def _cut(row: _Row, text: str) -> str:
    if "span" in row:
        start, end = row["span"]
        return text[start:end]
    return _JOINT.join(text[start:end] for start, end in row["spans"])
