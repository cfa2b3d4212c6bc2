"""Shares, F1 and their rounding: percent with one decimal, as the public scorers print them."""

from __future__ import annotations

from collections.abc import Iterator

from diurna.flow.evaluate.gold import Figure


def percent(part: float, whole: float) -> float | None:
    """`part` of `whole` in percent, one decimal; None where there is no whole."""
    return round(100 * part / whole, 1) if whole else None


def ratio(name: str, right: int, predicted: int, gold: int) -> Iterator[Figure]:
    """Precision, recall and F1 under `name`; 0 where nothing was predicted or nothing was there."""
    precision = right / predicted if predicted else 0.0
    recall = right / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    yield Figure(f"{name}.P", round(100 * precision, 1))
    yield Figure(f"{name}.R", round(100 * recall, 1))
    yield Figure(f"{name}.F1", round(100 * f1, 1))
