"""What holds between reports as flat rows, one value a cell; see `diurna.ledger.tables`."""

from __future__ import annotations

from diurna.ledger.linked import KeptCrossGap, KeptLife
from diurna.model.canon import Story

Cell = str | int | float | None

_JOINT = "; "


def cross_gap_cells(one: KeptCrossGap) -> dict[str, Cell]:
    """A gap between reports; its first columns are those of a gap within one."""
    gap, left, right = one.found.gap, one.found.left, one.found.right
    tests = [f"{test.name}: {test.result}" for test in gap.tests]
    return {
        "id": gap.id, "kind": gap.kind, "left": gap.left, "right": gap.right, "score": gap.score,
        "verdict": gap.verdict, "reason": gap.reason, "tests": _JOINT.join(tests) or None, "review": one.review,
        "left_report": left.report, "left_day": left.day or None, "left_start": left.span.start,
        "left_quote": left.quote, "right_start": right.span.start, "right_quote": right.quote,
    }  # fmt: skip


def life_cells(one: KeptLife) -> dict[str, Cell]:
    """A commitment with its state."""
    life, state = one.life, one.state
    criteria = [f"{text}: {stands}" for text, stands in state.criteria]
    return {
        "id": life.id, "kind": life.kind, "by": life.by or None, "to": life.to, "act": life.act,
        "condition": life.condition, "criteria": _JOINT.join(criteria) or None, "opened": life.opened.day,
        "due": life.due, "on": state.on, "state": state.state, "days_over": state.days_over,
        "moves": _JOINT.join(f"{move.on} {move.kind}" for move in state.moves), "review": one.review,
        "start": life.opened.span.start,
    }  # fmt: skip


def story_cells(one: Story) -> dict[str, Cell]:
    """A story."""
    return {
        "id": one.id, "title": one.title, "reports": len(one.reports), "origins": one.origins,
        "first": one.first or None, "last": one.last or None,
        "report_ids": _JOINT.join(report.id for report in one.reports),
    }  # fmt: skip
