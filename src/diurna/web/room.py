"""What the reading room is told, and what it keeps at hand while it is open."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from diurna.budget import USUAL_BUDGET
from diurna.flow.reading import ReadJob, annotator_for, read_report
from diurna.ledger.lookup import state_of
from diurna.ledger.store import Ledger
from diurna.model.record import Reading
from diurna.settings import Engine
from diurna.sources.reader import report_from_text
from diurna.web.accounts import Accounts, Sessions

if TYPE_CHECKING:
    from diurna.ledger.snapshot import Snapshot
    from diurna.ledger.view import View

T = TypeVar("T")

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_REMEMBERED = 400


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


class Room:
    """An open reading room: its ledger, its accounts, and answers that hold until the ledger changes."""

    def __init__(self, options: RoomOptions) -> None:
        self.options = options
        self.ledger = Ledger(options.ledger, made_by=f"diurna serve ({options.by})")
        self.accounts = Accounts(options.users) if options.users else None
        self.sessions = Sessions(options.hours * 3600)
        self.secret = secrets.token_bytes(32)
        self._reading = threading.Lock()
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._minding = threading.Lock()

    def open(self) -> None:
        """Make the ledger where there is none."""
        self.ledger.make()

    def close(self) -> None:
        """Let go of the ledger."""
        self.ledger.close()

    def view(self, as_known_on: str | None) -> View:
        """The ledger as of a moment."""
        return self.ledger.view(as_known_on)

    def once(self, known_on: str | None, key: Hashable, question: Callable[[Snapshot], T]) -> T:
        """What `question` finds; asked again only when the ledger has changed. For counts that go through much."""

        def ask(snapshot: Snapshot) -> T:
            whole = (known_on, key, state_of(snapshot))
            with self._minding:
                if whole in self._answers:
                    self._answers.move_to_end(whole)
                    found: T = self._answers[whole]
                    return found
            found = question(snapshot)
            with self._minding:
                self._answers[whole] = found
                while len(self._answers) > _REMEMBERED:
                    self._answers.popitem(last=False)
            return found

        return self.view(known_on).answer(ask)

    def read(self, text: str, title: str | None, published: str | None) -> Reading:
        """The reading of a text handed in; one at a time, since reading takes all a core has."""
        job = ReadJob(
            (),
            None,
            self.options.engine,
            self.options.pipeline,
            1,
            self.options.annotators,
            self.options.budget,
            self.options.actors,
        )
        with self._reading:
            report = report_from_text(text, title=title, published=published)
            return read_report(report, annotator_for(job.annotate_options))
