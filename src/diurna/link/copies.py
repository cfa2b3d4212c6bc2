"""Near-duplicates: which earlier texts a new one shares long runs of words with, found without comparing it to all."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass

from diurna.link.shingles import SAMPLE, Shared, keys_of, shared, shingles
from diurna.model.canon import Copied


@dataclass(frozen=True, slots=True)
class CopyOptions:
    """When two texts are near-duplicates, and how far is looked.

    Attributes:
        likeness, covered: either is enough.
        remembered: texts kept under one key, the latest; so a formula of ten thousand releases costs no more than one.
    """

    likeness: float = 0.2
    covered: float = 0.4
    remembered: int = 400


class CopyFinder:
    """Texts seen so far; each new one is held against those that share a sampled run with it."""

    def __init__(self, options: CopyOptions | None = None) -> None:
        self._options = options or CopyOptions()
        self._runs: dict[str, frozenset[int]] = {}
        self._keys: dict[int, deque[str]] = defaultdict(lambda: deque(maxlen=self._options.remembered))

    def add(self, report: str, text: str) -> list[Copied]:
        """The near-duplicates among the texts before it, the likest first; a report is added once."""
        if report in self._runs:
            return []
        runs = shingles(text)
        found = sorted(self._near(report, runs), key=lambda one: (-one.covered, -one.likeness, one.source))
        self._runs[report] = runs
        for key in keys_of(runs):
            self._keys[key].append(report)
        return found

    def _near(self, report: str, runs: frozenset[int]) -> Iterator[Copied]:
        met = Counter(other for key in keys_of(runs) for other in self._keys.get(key, ()))
        for other, common in met.items():
            if not self._worth_comparing(len(runs), len(self._runs[other]), common):
                continue
            both = shared(runs, self._runs[other])
            if self._near_enough(both):
                yield Copied(report, other, both.likeness, both.covered)

    def _worth_comparing(self, one: int, other: int, common: int) -> bool:
        """Whether so many common keys leave a chance: a quarter of those a near-duplicate has on average."""
        return common >= self._options.covered * min(one, other) / SAMPLE / 4

    def _near_enough(self, both: Shared) -> bool:
        return both.likeness >= self._options.likeness or both.covered >= self._options.covered
