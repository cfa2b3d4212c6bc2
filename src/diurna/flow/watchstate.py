"""What a watch knows of a feed from one look to the next; kept in the ledger beside what the feed brought.

It only spares work: without it, the ledger still knows what it has, and nothing is kept twice.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field

from diurna.flow.dossier import Dossier
from diurna.ledger.snapshot import Snapshot
from diurna.ledger.store import Ledger
from diurna.ledger.watched import all_watched, note_watched, watched

_MOST_SEEN = 2_000
_MOMENT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(slots=True)
class FeedState:
    """One feed.

    Attributes:
        etag, modified: what its last answer said of itself.
        moved_to: where it is now.
        next_at: when it is looked at next, in seconds of the Unix clock.
        failures: looks in succession that failed.
        seen: entries whose pages were read, by address: the entry's version then, or "!" once for every failed try.
    """

    etag: str | None = None
    modified: str | None = None
    moved_to: str | None = None
    next_at: float = 0.0
    failures: int = 0
    seen: dict[str, str] = field(default_factory=dict)

    def note(self, address: str, mark: str) -> None:
        """Remember an entry, and forget the one that was longest not met."""
        self.seen.pop(address, None)
        self.seen[address] = mark
        while len(self.seen) > _MOST_SEEN:
            del self.seen[next(iter(self.seen))]


def load_states(ledger: Ledger, dossier: Dossier) -> dict[str, FeedState]:
    """What is known of the dossier's feeds, by address."""
    kept = watched(ledger, matter_of(dossier))
    found = {url: _state(kept[url]) for url in dossier.feeds if url in kept}
    return {url: one for url, one in found.items() if one is not None}


def save_states(ledger: Ledger, dossier: Dossier, states: dict[str, FeedState]) -> None:
    """Keep what was learnt of these feeds, all or nothing."""
    if states:
        rows = {url: json.dumps(dataclasses.asdict(one)) for url, one in states.items()}
        note_watched(ledger, matter_of(dossier), rows)


@dataclass(frozen=True, slots=True)
class FollowedFeed:
    """A feed that is followed.

    Attributes:
        looked_at: when it was last looked at, in UTC.
        next_at: when it will be, at the earliest; "" where that is not known.
        failures: looks in succession that failed.
        moved_to: where it is now, "" where it was.
    """

    address: str
    looked_at: str
    next_at: str
    failures: int
    moved_to: str


@dataclass(frozen=True, slots=True)
class Followed:
    """A matter that is followed, by the name its dossier has."""

    name: str
    feeds: tuple[FollowedFeed, ...]


def followed(snapshot: Snapshot) -> tuple[Followed, ...]:
    """The matters `diurna watch` follows in this ledger, by name."""
    found: dict[str, list[FollowedFeed]] = {}
    for matter, address, text, looked_at in all_watched(snapshot.connection):
        state = _state(text) or FeedState()
        following = dt.datetime.fromtimestamp(state.next_at, dt.UTC).strftime(_MOMENT) if state.next_at else ""
        feed = FollowedFeed(address, looked_at, following, state.failures, state.moved_to or "")
        found.setdefault(matter.rpartition(" ")[0], []).append(feed)
    return tuple(Followed(name, tuple(feeds)) for name, feeds in sorted(found.items()))


def matter_of(dossier: Dossier) -> str:
    """What the dossier picks from its feeds: under other words, what a feed had for long is new again."""
    picks = json.dumps([sorted(word.casefold() for word in dossier.words), dossier.pages])
    return f"{dossier.name} {hashlib.sha256(picks.encode()).hexdigest()[:12]}"


def _state(text: str) -> FeedState | None:
    """None where another version of Diurna wrote it: the feed is looked at as if for the first time."""
    try:
        return FeedState(**json.loads(text))
    except (ValueError, TypeError):
        return None
