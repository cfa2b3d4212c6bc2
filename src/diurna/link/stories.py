"""Stories: reports of one matter, found as they come. A new report joins a story or founds one; nothing starts over."""

from __future__ import annotations

import datetime as dt
import heapq
import json
import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from diurna.link.joining import Cluster, joined
from diurna.link.shelves import Shelves, filed_on, looked_for_on
from diurna.link.storywords import Rarity, words_about
from diurna.model.report import Report


@dataclass(frozen=True, slots=True)
class StoryOptions:
    """When a report belongs to a story, and how far is looked. Tuned on `political_sample` and half the topics of ECB+.

    Attributes:
        likeness: least mean cosine to the story's reports, 0..1.
        contrast: least share of what the reports of either are like among themselves: two matters of one capital
            share much, each of them more. alone: how like each other a story's reports are taken to be before any are
            compared.
        quiet: days without a report after which a story begins to fade; fading: days in which likeness falls to 1/e.
        undated: what likeness counts where a day is unknown, by the same set without its days.
        keys: heaviest words of a report it is looked up by.
        remembered: stories kept under one word and about one time, the latest touched.
        compared: stories a report is compared with, those it shares most heavy words with: with `remembered` it keeps
            cost from growing with the ledger.
        batch: reports put to their stories at once.
    """

    likeness: float = 0.13
    contrast: float = 0.5
    alone: float = 0.3
    quiet: int = 7
    fading: float = 14.0
    undated: float = 0.65
    keys: int = 20
    remembered: int = 100
    compared: int = 50
    batch: int = 500

    @property
    def reach(self) -> int:
        """Days beyond which two reports are never like enough."""
        return self.quiet + math.ceil(-self.fading * math.log(self.likeness))


@dataclass(frozen=True, slots=True)
class Incoming:
    """A report to be put to its story; `day` is the ISO day it is of, or ""."""

    report: Report
    day: str = ""


ClustersOf = Callable[[Sequence[int]], Mapping[int, Cluster]]
"""The stories of these numbers."""


def _nothing(numbers: Sequence[int]) -> Mapping[int, Cluster]:  # noqa: ARG001 - as `ClustersOf` has it
    return {}


class StoryFinder:
    """Puts reports to stories; of those found before only the ones are asked for that a new report may join.

    Args:
        rarity: counts of words so far; shelves: where earlier stories stand; clusters_of: they themselves.
        last: the highest number a story has; touch: when one was touched last.
    """

    def __init__(
        self, options: StoryOptions | None = None, *, rarity: Rarity | None = None, shelves: Shelves | None = None,
        clusters_of: ClustersOf = _nothing, last: int = -1, touch: int = 0,
    ) -> None:  # fmt: skip
        self._options = options or StoryOptions()
        self.rarity = rarity or Rarity()
        self.shelves = shelves or Shelves(self._options.remembered)
        self._clusters_of = clusters_of
        self._clusters: dict[int, Cluster] = {}
        self._next = last + 1
        self._of: dict[str, int] = {}
        self.touch = touch
        self.changed: dict[int, int] = {}

    def story_of(self, report: str) -> int | None:
        """The number of the story of a report that was added."""
        return self._of.get(report)

    def cluster(self, number: int) -> Cluster:
        """A story that was founded or asked for."""
        return self._clusters[number]

    @property
    def groups(self) -> list[tuple[str, ...]]:
        """Report ids by story, the founder first, in the order the stories were founded."""
        return [tuple(self._clusters[number].members) for number in sorted(self._clusters)]

    def add(self, some: Iterable[Incoming]) -> None:
        """Put new reports to their stories, those known already aside.

        Reports are taken by day, `batch` at a time. Within a batch the likest come together first, so that neither
        the order in which they were given nor who reads them changes anything. Stories founded before never merge.
        `changed` has the numbers of stories that were founded or joined, each with when that was last.
        """
        fresh = {one.report.id: one for one in some if one.report.id not in self._of}
        rows = sorted(fresh.values(), key=lambda one: (one.day or "9999", one.report.id))
        for start in range(0, len(rows), self._options.batch):
            self._add_batch(rows[start : start + self._options.batch])

    def _add_batch(self, rows: Sequence[Incoming]) -> None:
        bags = [words_about(one.report) for one in rows]
        self.rarity.learn(bags)
        first = self._next
        vectors = [self.rarity.weighed(bag) for bag in bags]
        clusters = {
            first + place: single(one, words) for place, (one, words) in enumerate(zip(rows, vectors, strict=True))
        }
        keys = {number: self._heaviest(cluster) for number, cluster in clusters.items()}
        near = self._near(clusters, keys)
        self._fetch({other for row in near.values() for other in row if other < first})
        for number in {other for row in near.values() for other in row if other < first}:
            clusters[number] = self._clusters[number]
        homes = joined(clusters, near, first, self._likeness, self._options.likeness)
        self._settle(rows, clusters, homes, keys)

    def _heaviest(self, cluster: Cluster) -> list[str]:
        words = cluster.words
        return heapq.nlargest(self._options.keys, words, key=lambda word: (words[word], word))

    def _near(self, clusters: Mapping[int, Cluster], keys: Mapping[int, Sequence[str]]) -> dict[int, set[int]]:
        """For each new report the stories of its time, and new reports before it, that share a heavy word."""
        fresh: dict[str, list[int]] = defaultdict(list)
        looked = {n: looked_for_on(clusters[n].first, words, self._options.reach) for n, words in keys.items()}
        filed = [shelf for n, words in keys.items() for shelf in filed_on(clusters[n].first, words)]
        self.shelves.ahead([*filed, *(shelf for row in looked.values() for shelf in row)])
        found: dict[int, set[int]] = {}
        for number, words in keys.items():
            met = Counter(other for row in self.shelves.on(looked[number]) for other in row)
            met.update(other for word in words for other in fresh[word])
            best = heapq.nsmallest(self._options.compared, met, key=lambda other: (-met[other], -other))
            found[number] = set(best)
            for word in words:
                fresh[word].append(number)
        return found

    def _fetch(self, numbers: set[int]) -> None:
        missing = sorted(numbers - self._clusters.keys())
        if missing:
            self._clusters.update(self._clusters_of(missing))

    def _settle(
        self, rows: Sequence[Incoming], clusters: Mapping[int, Cluster], homes: Mapping[int, int],
        keys: Mapping[int, Sequence[str]],
    ) -> None:  # fmt: skip
        """Number the new stories by their founders and have them stand where they will be looked for."""
        numbers: dict[int, int] = {}
        first = self._next
        for one, (number, words) in zip(rows, keys.items(), strict=True):
            home = homes[number]
            if home >= first and home not in numbers:
                numbers[home] = self._next
                self._clusters[self._next] = clusters[home]
                self._next += 1
            story = numbers.get(home, home)
            self.touch += 1
            self.changed[story] = self.touch
            self.shelves.file(story, self.touch, filed_on(one.day, words))
            self._of[one.report.id] = story

    def _likeness(self, one: Cluster, other: Cluster) -> float:
        """Likeness as it counts, 0 without contrast; words are not compared where the days alone rule it out."""
        options = self._options
        counts = self._counts(days_between(one, other))
        if counts < options.likeness:
            return 0.0
        found = one.likeness(other)
        among = math.sqrt(one.cohesion(options.alone) * other.cohesion(options.alone))
        return found * counts if found >= options.contrast * among else 0.0

    def _counts(self, apart: int | None) -> float:
        """What likeness counts at so many days, 0..1."""
        if apart is None:
            return self._options.undated
        return math.exp(-max(0, apart - self._options.quiet) / self._options.fading)


def packed(one: Cluster) -> bytes:
    """What a story is restored from; no word of a text stands in it."""
    row = {"members": one.members, "words": one.words, "first": one.first, "last": one.last}
    return zlib.compress(json.dumps(row, separators=(",", ":"), sort_keys=True).encode(), 6)


def restored(state: bytes) -> Cluster:
    """What `packed` was given."""
    row = json.loads(zlib.decompress(state))
    return Cluster(row["members"], row["words"], row["first"], row["last"])


def single(one: Incoming, words: dict[str, float]) -> Cluster:
    """A report as a story of its own."""
    return Cluster([one.report.id], words, one.day, one.day)


def days_between(one: Cluster, other: Cluster) -> int | None:
    """Days between the nearest days of two stories, 0 where they overlap; None where either has none."""
    if not (one.first and other.first):
        return None
    if one.first <= other.last and other.first <= one.last:
        return 0
    return days_apart(one.last, other.first) if one.last < other.first else days_apart(other.last, one.first)


def days_apart(one: str, other: str) -> int | None:
    """Days between two ISO days; None where either is unknown."""
    if not one or not other:
        return None
    return abs((dt.date.fromisoformat(one) - dt.date.fromisoformat(other)).days)
