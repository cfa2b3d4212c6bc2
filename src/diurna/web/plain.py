"""Pages as JSON: what a template is given, as plain values."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse

from diurna.model.codec import encode


def plain(value: Any) -> Any:
    """`value` as JSON values; records keep the contract's names and spans, what knows its own (`to_dict`) that one."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    told = getattr(value, "to_dict", None)
    if told is not None and not isinstance(value, type):
        return told()
    if type(value).__module__.startswith("diurna.model."):
        return encode(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return [plain(one) for one in value]
    raise TypeError(f"{type(value).__name__} has no place in JSON")


class Json(JSONResponse):
    """JSON in UTF-8; in ASCII where a text holds half of a surrogate pair, which UTF-8 has no bytes for."""

    def render(self, content: Any) -> bytes:
        """The body."""
        try:
            return super().render(content)
        except UnicodeEncodeError:
            return json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode("ascii")
