"""What the reading room is told, and what it keeps at hand while it is open."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeVar

from diurna.budget import USUAL_BUDGET
from diurna.errors import UsageError
from diurna.flow.reading import ReadJob, annotator_for, read_report
from diurna.ledger.lookup import state_of
from diurna.ledger.store import Ledger
from diurna.model.record import Reading
from diurna.model.report import Report
from diurna.settings import Engine
from diurna.sources.incoming import ReadOptions, SourceFailure
from diurna.sources.locate import STANDARD_INPUT, is_address
from diurna.sources.reader import read_sources
from diurna.web.accounts import Accounts, Sessions
from diurna.web.answers import Answers

if TYPE_CHECKING:
    from diurna.ledger.snapshot import Snapshot
    from diurna.ledger.view import View
    from diurna.sources.fetch import Fetch

T = TypeVar("T")

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_LARGE = 5000
"""Readings."""
_WAITING = 4
"""Texts handed in that may wait for their turn; who comes then is asked to come again."""
_AT_ONCE = 50
"""Reports read while somebody waits."""


@dataclass(frozen=True, slots=True)
class RoomOptions:
    """How the reading room is opened.

    Attributes:
        ledger: its address.
        by: the name judgements are kept under where there are no accounts.
        users: the file of accounts; None: one user, no log-in.
        hosts: names the room answers to; others are refused, so that no foreign page can ask it by a name of its own.
        paste: most characters of a text handed in.
        hours: how long a log-in lasts without use.
        fetch: how addresses handed in are fetched; None is the door to the network, with its guard and its manners.
    """

    ledger: str
    by: str = "reader"
    engine: Engine = "auto"
    pipeline: str | None = None
    annotators: tuple[str, ...] = ()
    budget: float = USUAL_BUDGET
    actors: str | None = None
    users: Path | None = None
    hosts: tuple[str, ...] = tuple(sorted(LOOPBACK))
    paste: int = 200_000
    hours: float = 12.0
    fetch: Fetch | None = None


class TooBusyError(Exception):
    """Too many texts are being read already."""


class Room:
    """An open reading room: its ledger, its accounts, and answers that hold until the ledger changes."""

    def __init__(self, options: RoomOptions) -> None:
        self.options = options
        self.ledger = Ledger(options.ledger, made_by=f"diurna serve ({options.by})")
        self.accounts = Accounts(options.users) if options.users else None
        self.sessions = Sessions(options.hours * 3600)
        self.secret = secrets.token_bytes(32)
        self._job = ReadJob(
            (), None, options.engine, options.pipeline, 1, options.annotators, options.budget, options.actors
        )
        self._reading = threading.Lock()
        self._queue = threading.BoundedSemaphore(_WAITING)
        self.answers = Answers(self.view)

    def open(self) -> None:
        """Make the ledger where there is none."""
        self.ledger.make()

    def close(self) -> None:
        """Let go of the ledger."""
        self.answers.close()
        self.ledger.close()

    @property
    def is_large(self) -> bool:
        """Whether what goes through much of the ledger is felt."""
        return self.view(None).answer(state_of).readings > _LARGE

    def view(self, as_known_on: str | None) -> View:
        """The ledger as of a moment."""
        return self.ledger.view(as_known_on)

    def once(self, known_on: str | None, key: Hashable, question: Callable[[Snapshot], T], *, judged: bool = True) -> T:
        """What `question` finds; asked again only when the ledger has changed. See `Answers`.

        Args:
            judged: whether judgements may change what is found.
        """
        return self.answers.get(known_on, key, question, judged=judged)

    def read(self, report: Report) -> Reading:
        """The reading of a report handed in; one at a time, since reading takes all a core has.

        Raises:
            TooBusyError: too many wait already.
        """
        if not self._queue.acquire(blocking=False):
            raise TooBusyError
        try:
            return self._read(report)
        finally:
            self._queue.release()

    def _read(self, report: Report) -> Reading:
        with self._reading:
            return read_report(report, annotator_for(self._job.annotate_options))

    def handed(self, body: IO[bytes], name: str, published: str | None) -> list[Reading]:
        """The readings of a file's reports.

        Raises:
            UsageError: it cannot be read, or holds too much to be read while somebody waits.
        """
        return self._read_all(read_sources([STANDARD_INPUT], ReadOptions(published=published), body), name)

    def fetched(self, address: str, published: str | None) -> list[Reading]:
        """The readings of what stands at a web address, which is asked for through the one guarded door.

        Raises:
            UsageError: as `handed`; or it is no web address, or one that is never fetched.
        """
        if not is_address(address):
            raise UsageError("an address begins with http:// or https://")
        options = ReadOptions(published=published, fetch=self.options.fetch)
        return self._read_all(read_sources([address], options), address)

    def _read_all(self, found: Iterator[Report | SourceFailure], name: str) -> list[Reading]:
        reports: list[Report] = []
        for one in found:
            if isinstance(one, SourceFailure):
                raise UsageError(f"{name} cannot be read: {one.reason}")
            reports.append(one)
            if len(reports) > _AT_ONCE or sum(len(one.text) for one in reports) > self.options.paste:
                most = f"{_AT_ONCE} reports or {self.options.paste:,} characters"
                raise UsageError(f"{name} holds more than {most}: use `diurna add`")
        if not reports:
            raise UsageError(f"{name} holds no report")
        return [self.read(one) for one in reports]
