"""The parse alone, as spaCy does it: what reading is measured against."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from diurna.annotate.parse import DEFAULT_PIPELINE


def bare_pass(pipeline: str | None = None) -> Callable[[str], int]:
    """What parses a text with a pipeline just as it was installed, and gives the number of its tokens."""
    package: Any = importlib.import_module(pipeline or DEFAULT_PIPELINE)
    language = package.load()

    def parse(text: str) -> int:
        with language.memory_zone():
            return sum(len(doc) for doc in language.pipe([text]))

    return parse
