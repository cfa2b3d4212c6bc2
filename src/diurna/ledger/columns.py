"""The columns of tables of records, and the types of their cells: the same whatever was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal[
    "statements", "events", "commitments", "gaps", "reports",
    "hits in statements", "hits in events", "hits in reports",
]  # fmt: skip

_REPORT = (
    "id", "version", "number", "source_id", "title", "outlet", "author", "url", "day", "language", "characters",
    "recorded_at", "replaced_at",
)  # fmt: skip
_EVIDENCE = ("start", "end", "quote", "rule", "confidence")
_HIT = ("kind", "start", "text")
_OWN: dict[str, tuple[str, ...]] = {
    "statements": (
        "id", "speaker", "speaker_as_written", "speaker_kind", "act", "manner", "content", "cue", "addressee",
        "said_from", "said_until", "polarity", "certainty", "parent", *_EVIDENCE,
    ),
    "events": (
        "id", "type", "mode", "quad", "cameo", "realis", "attributed_to", "actors", "recipients", "happened_from",
        "happened_until", "place", "country", "lat", "lon", "killed_low", "injured_low", "arrested_low",
        "participants_low", "killed_high", "injured_high", "arrested_high", "participants_high", *_EVIDENCE,
    ),
    "commitments": (
        "id", "kind", "by", "to", "act", "condition", "criteria", "due_from", "due_until", "opened_by",
    ),
    "gaps": ("id", "kind", "left", "right", "score", "verdict", "reason", "tests"),
}  # fmt: skip

_WHOLE = frozenset({"number", "characters", "quad", "start", "end"}) | {
    f"{name}_{side}" for name in ("killed", "injured", "arrested", "participants") for side in ("low", "high")
}
_REAL = frozenset({"lat", "lon", "confidence", "score"})

FIRST_SEEN: dict[Kind, tuple[str, ...]] = {
    "statements": ("speaker", "act", "content", "said_from", "report_outlet", "report_day"),
    "events": ("type", "realis", "actors", "recipients", "happened_from", "quote", "report_outlet"),
    "commitments": ("kind", "by", "to", "act", "due_until", "report_outlet", "report_day"),
    "gaps": ("kind", "verdict", "score", "reason", "report_outlet", "report_day"),
    "reports": ("title", "outlet", "day", "characters", "id"),
    "hits in statements": ("speaker", "act", "text", "report_outlet", "report_day"),
    "hits in events": ("type", "actors", "recipients", "text", "report_outlet", "report_day"),
    "hits in reports": ("title", "outlet", "day", "text"),
}
"""What a notebook shows of a table; frames have all columns."""


def columns_of(kind: Kind) -> tuple[str, ...]:
    """The columns of a table of this kind, in order."""
    if kind == "reports":
        return _REPORT
    if kind.startswith("hits in "):
        inner = columns_of(kind.removeprefix("hits in "))  # type: ignore[arg-type]  # the rest is a kind too
        return tuple(dict.fromkeys((*_HIT, *inner)))
    return (*_OWN[kind], "review", *(f"report_{name}" for name in _REPORT))


def arrow_schema(kind: Kind) -> pa.Schema:
    """The columns of a table of this kind with their types."""
    import pyarrow as pa

    def type_of(column: str) -> pa.DataType:
        name = column.removeprefix("report_")
        return pa.int64() if name in _WHOLE else pa.float64() if name in _REAL else pa.string()

    return pa.schema([(column, type_of(column)) for column in columns_of(kind)])
