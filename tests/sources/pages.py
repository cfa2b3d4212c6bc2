"""How well the main text of saved pages is found."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path
from typing import Any

from diurna.errors import SourceError
from diurna.model.report import Report
from diurna.sources.article import decode_page, read_page
from diurna.sources.compose import Details
from diurna.sources.incoming import ReadOptions


def measure(rows: list[dict[str, Any]], folder: Path) -> float:
    """Mean token F1 of what is read of each page against its gold text; a page that cannot be read counts 0."""
    return sum(_score(row, folder) for row in rows) / len(rows)


def _score(row: dict[str, Any], folder: Path) -> float:
    page = gzip.decompress((folder / row["html_file"]).read_bytes())
    try:
        return token_f1(main_text(read_page(decode_page(page), Details(), ReadOptions()).report), row["text"])
    except SourceError:
        return 0.0


def main_text(report: Report) -> str:
    """What is read of a report, its headline aside."""
    silent = {"headline", "other", "byline"}
    return "\n".join(block.span.of(report.text) for block in report.blocks if block.kind not in silent)


def token_f1(found: str, gold: str) -> float:
    """Harmonic mean of precision and recall over words, each counted as often as it occurs."""
    left, right = (Counter(re.findall(r"\w+", text.lower())) for text in (found, gold))
    common = sum((left & right).values())
    return 2 * common / (sum(left.values()) + sum(right.values())) if common else 0.0
