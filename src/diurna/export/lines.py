"""JSON lines: one object a line, UTF-8, keys in the order given."""

from __future__ import annotations

import json
from typing import TextIO


class JsonLines:
    """Writes objects, one a line."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def put(self, row: object) -> None:
        """Write one object."""
        self._out.write(json.dumps(row, ensure_ascii=False) + "\n")

    def finish(self) -> None:
        """JSON lines have no end mark."""
