"""Groups that come together, the likest first: average link over sparse vectors (Sokal and Michener 1958)."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

Likeness = Callable[["Cluster", "Cluster"], float]


@dataclass(slots=True)
class Cluster:
    """Reports taken together: the sum of their word vectors, and their first and last ISO day ("" where unknown).

    `square` is the squared length of that sum, reckoned from the words where it is not given.
    """

    members: list[str]
    words: dict[str, float]
    first: str = ""
    last: str = ""
    square: float = -1.0

    def __post_init__(self) -> None:
        if self.square < 0:
            self.square = sum([weight * weight for weight in self.words.values()])

    def likeness(self, other: Cluster) -> float:
        """Mean cosine over all pairs of a report of each."""
        one, two = (self.words, other.words) if len(self.words) < len(other.words) else (other.words, self.words)
        both = sum([weight * two[word] for word, weight in one.items() if word in two])
        return both / (len(self.members) * len(other.members))

    def cohesion(self, alone: float) -> float:
        """Mean cosine of two of its reports, 0..1; `alone` counts as one pair more, and is all one report has."""
        size = len(self.members)
        between = max(0.0, self.square - size) / 2
        return (between + alone) / (size * (size - 1) / 2 + 1)

    def take(self, other: Cluster) -> None:
        """Have the other's reports too."""
        self.members += other.members
        self.last = max(self.last, other.last)
        self.first = min(filter(None, (self.first, other.first)), default="")
        both = 0.0
        for word, weight in other.words.items():
            before = self.words.get(word, 0.0)
            both += before * weight
            self.words[word] = before + weight
        self.square += other.square + 2 * both


def joined(
    clusters: dict[int, Cluster], near: Mapping[int, set[int]], first: int, likeness: Likeness, least: float
) -> dict[int, int]:
    """Bring clusters together until none are like enough; where each new one ended. `clusters` is changed.

    Args:
        near: for each new cluster those it may be like.
        first: number of the first new one; those before it take others in but never come together.
        least: likeness under which nothing is joined.
    """
    joining = _Joining(clusters, first, likeness, least)
    joining.offer((one, other) for one, row in near.items() for other in row)
    joining.run()
    return {number: joining.home(number) for number in near}


class _Joining:
    """Pairs waiting, the likest first; a pair one side of which has changed since is looked at no more."""

    def __init__(self, clusters: dict[int, Cluster], first: int, likeness: Likeness, least: float) -> None:
        self._clusters, self._first, self._likeness, self._least = clusters, first, likeness, least
        self._age = dict.fromkeys(clusters, 0)
        self._into: dict[int, int] = {}
        self._neighbours: dict[int, set[int]] = {number: set() for number in clusters}
        self._waiting: list[tuple[float, int, int, int, int]] = []

    def home(self, number: int) -> int:
        """Where a cluster ended."""
        while number in self._into:
            number = self._into[number]
        return number

    def offer(self, pairs: Iterator[tuple[int, int]]) -> None:
        """Have pairs wait that are like enough."""
        for pair in pairs:
            one, other = min(pair), max(pair)
            if one == other or other < self._first:
                continue
            self._neighbours[one].add(other)
            self._neighbours[other].add(one)
            value = self._likeness(self._clusters[one], self._clusters[other])
            if value >= self._least:
                heapq.heappush(self._waiting, (-value, one, other, self._age[one], self._age[other]))

    def run(self) -> None:
        """Join until nothing waits; the lower number, which an older story has, takes the other in."""
        while self._waiting:
            _, one, other, age, other_age = heapq.heappop(self._waiting)
            if one in self._into or other in self._into:
                continue
            if (self._age[one], self._age[other]) == (age, other_age):
                self._join(one, other)

    def _join(self, one: int, other: int) -> None:
        self._clusters[one].take(self._clusters[other])
        self._into[other] = one
        self._age[one] += 1
        around = {self.home(number) for number in self._neighbours[one] | self._neighbours.pop(other)} - {one}
        self._neighbours[one] = set()
        self.offer((one, number) for number in sorted(around))
