"""Scores of the reading against gold, by the public scorers' definitions; a crash on a report counts as a miss."""

from diurna.flow.evaluate.floors import Breach, Floors, load_floors
from diurna.flow.evaluate.gold import Figure, GoldFile, Miss, Scores, load_gold
from diurna.flow.evaluate.run import EvalJob, evaluate, score

__all__ = [
    "Breach",
    "EvalJob",
    "Figure",
    "Floors",
    "GoldFile",
    "Miss",
    "Scores",
    "evaluate",
    "load_floors",
    "load_gold",
    "score",
]
