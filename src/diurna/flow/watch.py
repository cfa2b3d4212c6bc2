"""Feeds followed again and again: what is new is kept, edits become versions, trouble with one feed stays with it."""

from __future__ import annotations

import copy
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from threading import Event

from diurna.errors import FetchError, SourceError
from diurna.flow.dossier import Dossier
from diurna.flow.ingest import IngestJob, ingest
from diurna.flow.linking import link
from diurna.flow.reading import ReadJob
from diurna.flow.watchstate import FeedState, load_states, save_states
from diurna.ledger.outcome import Added
from diurna.ledger.store import Ledger
from diurna.sources.fetch import Fetch, Fetched, Seen
from diurna.sources.formats import format_of
from diurna.sources.incoming import Incoming, ReadOptions, SourceFailure
from diurna.sources.listing import Listed, read_listing
from diurna.sources.reader import read_fetched

_LONGEST_REST = 86_400.0
_GONE_REST = 7 * 86_400.0
_MOST_PAGES = 50
"""Pages fetched for one feed in one round; the others have their turn in the next."""
_MOST_SITEMAPS = 5
"""Sitemaps of an index that are looked at: those changed last."""
_TRIES = 3


@dataclass(frozen=True, slots=True)
class WatchJob:
    """What to follow, and how to read it."""

    dossier: Dossier
    read: ReadJob


@dataclass(frozen=True, slots=True)
class Round:
    """What one look at the feeds that were due has come to.

    Attributes:
        feeds: looked at, of which `unchanged` had nothing new and `failed` could not be read.
        entries: met in them; `left_out` did not belong to the matter.
        added: what became of them in the ledger.
        failures: in words.
        rest: seconds until the next feed is due.
        is_whole: False where the round was stopped before its end.
    """

    feeds: int = 0
    unchanged: int = 0
    failed: int = 0
    entries: int = 0
    left_out: int = 0
    added: Added = field(default_factory=Added)
    failures: tuple[str, ...] = ()
    rest: float = 0.0
    is_whole: bool = True


Clock = Callable[[], float]
Found = Generator[Incoming | SourceFailure, None, bool]
"""What was found; at its end, whether nothing of it is left for the next round."""


def watch(
    job: WatchJob, ledger: Ledger, fetch: Fetch, stop: Event, *, once: bool = False, now: Clock = time.time
) -> Iterator[Round]:
    """Look at the feeds whenever they are due, until `stop` is set; a `Round` after each look.

    What a round found is safe before the state says that it was seen: a watch that is killed looks again and keeps
    nothing twice.

    Args:
        once: look at every feed once, due or not, and end.

    Raises:
        LedgerError: the ledger cannot take it.
    """
    ledger.make()
    feeds = load_states(ledger, job.dossier)
    while not stop.is_set():
        yield _Look(job, ledger, fetch, stop, feeds, now, always=once).round()
        if once or stop.wait(_rest(job.dossier, feeds, now())):
            return


def _rest(dossier: Dossier, feeds: dict[str, FeedState], now: float) -> float:
    return max(0.0, min(_due(feeds.get(url), now) for url in dossier.feeds) - now)


def _due(feed: FeedState | None, now: float) -> float:
    """When a feed is looked at next; at once where a clock that was put back would hold it up for ever."""
    if feed is None or feed.next_at - now > _GONE_REST:
        return now
    return feed.next_at


class _Look:
    """One round over the feeds."""

    def __init__(
        self,
        job: WatchJob,
        ledger: Ledger,
        fetch: Fetch,
        stop: Event,
        feeds: dict[str, FeedState],
        now: Clock,
        *,
        always: bool,
    ) -> None:
        self._job, self._ledger, self._fetch, self._stop = job, ledger, fetch, stop
        self._feeds, self._now, self._always = feeds, now, always
        self._counts: Counter[str] = Counter()
        self._failures: list[str] = []
        self._looked: dict[str, FeedState] = {}

    def round(self) -> Round:
        """Look, keep, and remember what was kept."""
        items = self._items()
        first = next(items, None)
        added = Added()
        if first is not None:
            job = IngestJob(replace(self._job.read, sources=(self._job.dossier.name,)))
            for step in ingest(job, self._ledger, _chained(first, items)):
                added = step.total
                self._failures += step.failures
            for _ in link(self._ledger):
                pass
        save_states(self._ledger, self._job.dossier, self._looked)
        self._feeds.update(self._looked)
        counts = self._counts
        return Round(
            counts["feeds"],
            counts["unchanged"],
            counts["failed"],
            counts["entries"],
            counts["left out"],
            added,
            tuple(self._failures),
            _rest(self._job.dossier, self._feeds, self._now()),
            not self._stop.is_set(),
        )

    def _items(self) -> Iterator[Incoming | SourceFailure]:
        for url in self._job.dossier.feeds:
            known = self._feeds.get(url)
            if self._stop.is_set():
                return
            if not self._always and _due(known, self._now()) > self._now():
                continue
            self._counts["feeds"] += 1
            feed = copy.deepcopy(known) if known else FeedState()
            try:
                yield from self._feed(url, feed)
            except Exception as fault:  # whatever is wrong with one feed, the others are looked at
                if self._stop.is_set():
                    return
                self._counts["failed"] += 1
                said = fault.reason if isinstance(fault, SourceError) else f"{type(fault).__name__}: {fault}"
                yield SourceFailure(url, "fetch", said)
                self._rest_feed(feed, fault)
            else:
                feed.failures, feed.next_at = 0, self._now() + self._job.dossier.every
            if not self._stop.is_set():  # what was not looked at to its end is looked at again
                self._looked[url] = feed

    def _rest_feed(self, feed: FeedState, fault: Exception) -> None:
        feed.failures += 1
        rest = min(self._job.dossier.every * 2.0 ** min(feed.failures, 20), _LONGEST_REST)
        if isinstance(fault, FetchError):
            rest = _GONE_REST if fault.status == 410 else max(rest, fault.retry_after or 0.0)
        feed.next_at = self._now() + rest

    def _feed(self, url: str, feed: FeedState) -> Iterator[Incoming | SourceFailure]:
        """What one feed has.

        Raises:
            SourceError: it cannot be fetched, or is none.
        """
        found = self._fetch(feed.moved_to or url, Seen(feed.etag, feed.modified))
        if found.unchanged:
            self._counts["unchanged"] += 1
            return
        whole = True
        if format_of("", found.data[:65_536]) == "addresses":
            whole = yield from self._listing(found, feed, depth=0)
        else:
            for one in read_fetched(found, ReadOptions()):
                if isinstance(one, SourceFailure) and one.stage in ("open", "decode", "page"):
                    raise SourceError(one.reason, url)
                whole = (yield from self._entry(one, feed)) and whole
        if whole:  # else it is asked for again as if it had never been seen
            feed.etag, feed.modified = found.seen.etag, found.seen.modified
        feed.moved_to = found.moved_to or feed.moved_to

    def _entry(self, one: Incoming | SourceFailure, feed: FeedState) -> Found:
        if isinstance(one, SourceFailure):
            yield one
            return True
        self._counts["entries"] += 1
        address = one.report.url
        if not self._job.dossier.pages or not address:
            yield from self._wanted(one)
            return True
        return (yield from self._page(address, one.report.version, feed, _known_of(one)))

    def _listing(self, found: Fetched, feed: FeedState, depth: int) -> Found:
        """The pages a sitemap names, or those of an index's latest sitemaps."""
        listing = read_listing(found.data)
        if listing.kind == "opml":
            raise SourceError("an OPML list is named in a dossier as a file: save it first")
        whole = True
        if listing.kind == "sitemapindex":
            if depth:
                raise SourceError("an index of sitemaps inside another")
            for one in sorted(listing.addresses, key=lambda one: one.changed or "", reverse=True)[:_MOST_SITEMAPS]:
                inner = self._fetch(one.url)
                whole = (yield from self._listing(inner, feed, depth + 1)) and whole
            return whole
        for one in listing.addresses:
            self._counts["entries"] += 1
            mark = one.changed or one.published or "seen"
            whole = (yield from self._page(one.url, mark, feed, _known_of(one))) and whole
        return whole

    def _page(self, address: str, mark: str, feed: FeedState, options: ReadOptions) -> Found:
        """The page at an address, unless it was read as it is now."""
        before = feed.seen.get(address, "")
        if before in (mark, "!" * _TRIES):
            feed.note(address, before)
            return True
        if self._stop.is_set() or self._counts["pages"] >= _MOST_PAGES * self._counts["feeds"]:
            return False
        self._counts["pages"] += 1
        try:
            found = list(read_fetched(self._fetch(address), options))
        except SourceError as fault:
            if self._stop.is_set():
                return False
            found = [SourceFailure(address, "fetch", fault.reason)]
        failed = any(isinstance(one, SourceFailure) for one in found)
        tries = before + "!" if set(before) <= {"!"} else "!"
        feed.note(address, tries if failed else mark)
        for one in found:
            yield from self._wanted(one)
        return not failed or len(tries) >= _TRIES

    def _wanted(self, one: Incoming | SourceFailure) -> Iterator[Incoming | SourceFailure]:
        if isinstance(one, SourceFailure) or self._job.dossier.wants(one.report.text):
            yield one
        else:
            self._counts["left out"] += 1


def _known_of(one: Incoming | Listed) -> ReadOptions:
    """What a feed or sitemap says of a page."""
    if isinstance(one, Listed):
        return ReadOptions(published=one.published)
    published = one.report.published
    return ReadOptions(published=published.earliest if published else None, outlet=one.report.outlet)


def _chained(
    first: Incoming | SourceFailure, rest: Iterator[Incoming | SourceFailure]
) -> Iterator[Incoming | SourceFailure]:
    yield first
    yield from rest
