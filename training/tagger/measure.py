"""Score a network on gold reports with the project's scorer."""

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from data import Report
from tokenizers import Tokenizer

from diurna.annotate.encoder import Network, Options, TaggedStatement, propose, statements


def scorer_at(path: Path) -> Any:
    """Load the scorer from its file."""
    spec = importlib.util.spec_from_file_location("statement_scorer", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_row(report: Report) -> dict[str, Any]:
    """Return a gold report in the scorer's form; types are not kept."""
    rows = [{"source": s.source or None, "cue": s.cue, "content": s.content, "type": s.type} for s in report.statements]
    return {"id": report.id, "text": report.text, "statements": rows}


def found_row(report: Report, found: Sequence[TaggedStatement]) -> dict[str, Any]:
    """Return found statements in the scorer's form."""
    rows = [{"source": s.source or None, "cue": s.cue, "content": s.content, "type": None} for s in found]
    return {"id": report.id, "text": report.text, "statements": rows}


def measure(
    reports: Sequence[Report], tokenizer: Tokenizer, network: Network, options: Options, scorer: Path
) -> dict[str, Any]:
    """Return the scores of a network on gold reports."""
    gold = {r.id: gold_row(r) for r in reports}
    found = {r.id: found_row(r, statements(propose(r.text, tokenizer, network, options), options)) for r in reports}
    result: dict[str, Any] = scorer_at(scorer).score(gold, (found, {}))
    return result
