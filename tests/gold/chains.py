"""Scores of who is mentioned where: B³, MUC and entity-based CEAF over read and marked mentions, end to end.

A mention is a number (its head token); `response` and `key` say which group each one is in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

Group = frozenset[int]


@dataclass(slots=True)
class Tally:
    """Sums over reports, each: right and possible for precision, right and possible for recall."""

    found: list[float] = field(default_factory=lambda: [0.0] * 4)
    b3: list[float] = field(default_factory=lambda: [0.0] * 4)
    muc: list[float] = field(default_factory=lambda: [0.0] * 4)
    ceaf: list[float] = field(default_factory=lambda: [0.0] * 4)

    def add(self, response: Mapping[int, Hashable], key: Mapping[int, Hashable]) -> None:
        """Count one report."""
        ours, theirs = _groups(response), _groups(key)
        both, likeness = len(key.keys() & response.keys()), best_likeness(ours, theirs)
        _add(self.found, both, len(response), both, len(key))
        _add(self.b3, b3(ours, theirs), len(response), b3(theirs, ours), len(key))
        _add(self.muc, *muc(ours, theirs), *muc(theirs, ours))
        _add(self.ceaf, likeness, len(ours), likeness, len(theirs))


def figures_of_chains(tally: Tally) -> dict[str, float]:
    """F1 in percent: `mentions` of finding them, `b3`, `muc`, `ceaf`, and `conll`, the mean of these three."""
    figures = {"mentions": _f1(tally.found), "b3": _f1(tally.b3), "muc": _f1(tally.muc), "ceaf": _f1(tally.ceaf)}
    return figures | {"conll": round((figures["b3"] + figures["muc"] + figures["ceaf"]) / 3, 1)}


def _f1(row: Sequence[float]) -> float:
    precision, recall = (row[k] / row[k + 1] if row[k + 1] else 0.0 for k in (0, 2))
    return round(200 * precision * recall / (precision + recall), 1) if precision + recall else 0.0


def _add(row: list[float], *values: float) -> None:
    row[:] = [old + new for old, new in zip(row, values, strict=True)]


def _groups(of: Mapping[int, Hashable]) -> list[Group]:
    groups: dict[Hashable, set[int]] = defaultdict(set)
    for head, name in of.items():
        groups[name].add(head)
    return [frozenset(group) for group in groups.values()]


def b3(these: Iterable[Group], those: Sequence[Group]) -> float:
    """Bagga and Baldwin 1998: for each mention of `these`, the share of its group that is with it in `those` too."""
    of = {head: group for group in those for head in group}
    return sum(len(group & of[head]) / len(group) for group in these for head in group if head in of)


def muc(these: Iterable[Group], those: Sequence[Group]) -> tuple[int, int]:
    """Vilain et al. 1995: the links of `these` that `those` have, and how many links there are."""
    of = {head: number for number, group in enumerate(those) for head in group}
    right = links = 0
    for group in these:
        parts = {of[head] for head in group if head in of}
        strangers = sum(head not in of for head in group)
        right += len(group) - len(parts) - strangers
        links += len(group) - 1
    return right, links


def best_likeness(these: Sequence[Group], those: Sequence[Group]) -> float:
    """Luo 2005, entity-based: the greatest sum of likenesses (Dice) over one-to-one pairs of groups."""
    weights = {
        (i, j): 2 * len(a & b) / (len(a) + len(b)) for i, a in enumerate(these) for j, b in enumerate(those) if a & b
    }
    return sum(_assigned(part) for part in _components(weights))


def _components(weights: dict[tuple[int, int], float]) -> Iterator[dict[tuple[int, int], float]]:
    """The weights, cut into parts that share no row and no column."""
    left = dict(weights)
    while left:
        rows, columns = {next(iter(left))[0]}, set[int]()
        size = -1
        while size != len(rows) + len(columns):
            size = len(rows) + len(columns)
            columns |= {j for i, j in left if i in rows}
            rows |= {i for i, j in left if j in columns}
        yield {pair: left.pop(pair) for pair in list(left) if pair[0] in rows}


def _assigned(weights: dict[tuple[int, int], float]) -> float:
    """The greatest sum of weights with no row and no column twice (Kuhn and Munkres, by shortest paths)."""
    rows, columns = sorted({i for i, _ in weights}), sorted({j for _, j in weights})
    n, m = len(rows), max(len(rows), len(columns))
    cost = [[-weights.get((i, j), 0.0) for j in columns] + [0.0] * (m - len(columns)) for i in rows]
    u, v, taken, way = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        taken[0], j = i, 0
        least, done = [float("inf")] * (m + 1), [False] * (m + 1)
        while taken[j]:
            done[j] = True
            for k in (k for k in range(1, m + 1) if not done[k]):
                slack = cost[taken[j] - 1][k - 1] - u[taken[j]] - v[k]
                if slack < least[k]:
                    least[k], way[k] = slack, j
            nearest = min((k for k in range(1, m + 1) if not done[k]), key=least.__getitem__)
            step = least[nearest]
            for k in range(m + 1):
                u[taken[k]] += step if done[k] else 0.0
                v[k] -= step if done[k] else 0.0
                least[k] -= 0.0 if done[k] else step
            j = nearest
        while j:
            taken[j], j = taken[way[j]], way[j]
    return sum(-cost[taken[k] - 1][k - 1] for k in range(1, m + 1) if taken[k])
