"""Stories: reports of one matter, found as they come. A new report joins a story or founds one; nothing starts over."""

from __future__ import annotations

import datetime as dt
import heapq
import json
import math
import zlib
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from diurna.link.joining import Cluster, joined
from diurna.link.storywords import Rarity, words_about
from diurna.model.report import Report


@dataclass(frozen=True, slots=True)
class StoryOptions:
    """When a report belongs to a story, and how far is looked. Tuned on `political_sample` alone.

    Attributes:
        likeness: least mean cosine to the story's reports, 0..1.
        quiet: days without a report after which a story begins to fade; fading: days in which likeness falls to 1/e.
        undated: what likeness counts where a day is unknown: 0.20 is wanted then, by the same set without its days.
        keys: heaviest words of a report it is looked up by.
        remembered: stories kept under one word, the latest touched, so that cost does not grow with the ledger.
        batch: reports put to their stories at once.
    """

    likeness: float = 0.13
    quiet: int = 7
    fading: float = 14.0
    undated: float = 0.65
    keys: int = 20
    remembered: int = 200
    batch: int = 500


@dataclass(frozen=True, slots=True)
class Incoming:
    """A report to be put to its story; `day` is the ISO day it is of, or ""."""

    report: Report
    day: str = ""


class StoryFinder:
    """The stories so far; `groups` has them in the order they were founded."""

    def __init__(self, options: StoryOptions | None = None, rarity: bytes | None = None) -> None:
        self._options = options or StoryOptions()
        self._rarity = Rarity(rarity)
        self._clusters: list[Cluster] = []
        self._keys: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=self._options.remembered))
        self._touched: list[dict[str, int]] = []
        self._of: dict[str, int] = {}
        self.touch = 0

    def restore(self, stories: Iterable[bytes]) -> None:
        """Have earlier stories again, in the order they were founded, as `packed` gave them."""
        filed: list[tuple[int, str, int]] = []
        for state in stories:
            row = json.loads(zlib.decompress(state))
            number = len(self._clusters)
            self._clusters.append(Cluster(row["members"], row["words"], row["first"], row["last"]))
            self._touched.append(row["keys"])
            self._of.update(dict.fromkeys(row["members"], number))
            filed += [(touch, word, number) for word, touch in row["keys"].items()]
        for touch, word, number in sorted(filed):
            self._keys[word].append(number)
            self.touch = max(self.touch, touch)

    def packed(self, number: int) -> bytes:
        """What a story is restored from; no word of a text stands in it."""
        one = self._clusters[number]
        row = {
            "members": one.members, "words": one.words, "first": one.first, "last": one.last,
            "keys": self._touched[number],
        }  # fmt: skip
        return zlib.compress(json.dumps(row, separators=(",", ":"), sort_keys=True).encode(), 6)

    def rarity(self) -> bytes:
        """What the counts of words are restored from."""
        return self._rarity.packed()

    def story_of(self, report: str) -> int | None:
        """The number of a report's story in `groups`."""
        return self._of.get(report)

    @property
    def groups(self) -> list[tuple[str, ...]]:
        """Report ids by story, the founder first."""
        return [tuple(cluster.members) for cluster in self._clusters]

    def add(self, some: Iterable[Incoming]) -> None:
        """Put new reports to their stories, those known already aside.

        Reports are taken by day, `batch` at a time. Within a batch the likest come together first, so that neither
        the order in which they were given nor who reads them changes anything. Stories founded before never merge.
        """
        fresh = {one.report.id: one for one in some if one.report.id not in self._of}
        rows = sorted(fresh.values(), key=lambda one: (one.day or "9999", one.report.id))
        for start in range(0, len(rows), self._options.batch):
            self._add_batch(rows[start : start + self._options.batch])

    def _add_batch(self, rows: Sequence[Incoming]) -> None:
        bags = [words_about(one.report) for one in rows]
        self._rarity.learn(bags)
        first = len(self._clusters)
        clusters = dict(
            enumerate(
                [single(one, self._rarity.weighed(bag)) for one, bag in zip(rows, bags, strict=True)], start=first
            )
        )
        keys = {number: self._heaviest(cluster) for number, cluster in clusters.items()}
        near = self._near(keys)
        for number in {other for row in near.values() for other in row if other < first}:
            clusters[number] = self._clusters[number]
        homes = joined(clusters, near, first, self._likeness, self._options.likeness)
        self._settle(clusters, homes, keys, first)

    def _heaviest(self, cluster: Cluster) -> list[str]:
        words = cluster.words
        return heapq.nlargest(self._options.keys, words, key=lambda word: (words[word], word))

    def _near(self, keys: Mapping[int, Sequence[str]]) -> dict[int, set[int]]:
        """For each new report the stories, and the new reports before it, that share one of its heaviest words."""
        fresh: dict[str, list[int]] = defaultdict(list)
        found: dict[int, set[int]] = {}
        for number, words in keys.items():
            found[number] = {other for word in words for other in (*self._keys.get(word, ()), *fresh[word])}
            for word in words:
                fresh[word].append(number)
        return found

    def _settle(
        self, clusters: Mapping[int, Cluster], homes: Mapping[int, int], keys: Mapping[int, Sequence[str]], first: int
    ) -> None:
        """Number the new stories by their founders and remember what they are found by."""
        numbers: dict[int, int] = {}
        for number, words in keys.items():
            home = homes[number]
            if home >= first and home not in numbers:
                numbers[home] = len(self._clusters)
                self._clusters.append(clusters[home])
                self._touched.append({})
            story = numbers.get(home, home)
            self.touch += 1
            for word in words:
                self._touched[story][word] = self.touch
                row = self._keys[word]
                if story in row:
                    row.remove(story)
                row.append(story)
        for number in {*homes.values(), *range(first, len(self._clusters))}:
            if number < len(self._clusters):
                self._of.update(dict.fromkeys(self._clusters[number].members, number))

    def _likeness(self, one: Cluster, other: Cluster) -> float:
        """Likeness as it counts; words are not compared where the days alone rule it out."""
        counts = self._counts(days_between(one, other))
        return one.likeness(other) * counts if counts >= self._options.likeness else 0.0

    def _counts(self, apart: int | None) -> float:
        """What likeness counts at so many days, 0..1."""
        if apart is None:
            return self._options.undated
        return math.exp(-max(0, apart - self._options.quiet) / self._options.fading)


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
