"""Answers that hold until the ledger changes, so that what goes through much of it is not asked at every look."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from diurna.ledger.lookup import State, state_of

if TYPE_CHECKING:
    from diurna.ledger.snapshot import Snapshot
    from diurna.ledger.view import View

T = TypeVar("T")

_REMEMBERED = 400
_DEAR = 0.3
"""Seconds; what takes longer is shown as it was a moment ago while it is found anew, so that nobody waits for it."""


@dataclass(frozen=True, slots=True)
class _Answer:
    found: Any
    state: Hashable
    removed: int
    seconds: float


class Answers:
    """Answers by moment and question.

    Of several who ask the same at once one asks the ledger, the others wait for it. An answer that was dear to find is
    given out as it stood before the last reports came while a thread finds it anew; but not after a judgement, whose
    effect its judge looks for, and never after a removal, since what was removed must be gone at once.
    """

    def __init__(self, view: Callable[[str | None], View]) -> None:
        self._view = view
        self._answers: OrderedDict[Hashable, _Answer] = OrderedDict()
        self._asking: dict[Hashable, threading.Lock] = {}
        self._anew: dict[Hashable, threading.Thread] = {}
        self._minding = threading.Lock()

    def get(self, known_on: str | None, key: Hashable, question: Callable[[Snapshot], T], *, judged: bool) -> T:
        """The answer.

        Args:
            judged: whether judgements may change it.
        """
        slot = (known_on, key)

        def ask(snapshot: Snapshot) -> T:
            state = state_of(snapshot)
            held: Hashable = state if judged else state.without_judgements
            last = self._last(slot)
            if last is not None and last.state == held:
                kept: T = last.found
                return kept
            if last is not None and not judged and last.seconds > _DEAR and last.removed == state.removed:
                self._find_anew(known_on, key, question, judged=judged)
                old: T = last.found
                return old
            return self._find(slot, snapshot, question, held, state)

        return self._view(known_on).answer(ask)

    def _last(self, slot: Hashable) -> _Answer | None:
        with self._minding:
            found = self._answers.get(slot)
            if found is not None:
                self._answers.move_to_end(slot)
            return found

    def _find(
        self, slot: Hashable, snapshot: Snapshot, question: Callable[[Snapshot], T], held: Hashable, state: State
    ) -> T:
        with self._minding:
            turn = self._asking.setdefault(slot, threading.Lock())
        with turn:
            last = self._last(slot)
            if last is not None and last.state == held:
                kept: T = last.found
                return kept
            began = time.monotonic()
            found = question(snapshot)
            answer = _Answer(found, held, state.removed, time.monotonic() - began)
            with self._minding:
                self._answers[slot] = answer
                self._asking.pop(slot, None)
                while len(self._answers) > _REMEMBERED:
                    self._answers.popitem(last=False)
        return found

    def _find_anew(
        self, known_on: str | None, key: Hashable, question: Callable[[Snapshot], T], *, judged: bool
    ) -> None:
        slot = (known_on, key)

        def ask(snapshot: Snapshot) -> None:
            state = state_of(snapshot)
            self._find(slot, snapshot, question, state if judged else state.without_judgements, state)

        def run() -> None:
            try:
                self._view(known_on).answer(ask)
            finally:
                with self._minding:
                    self._anew.pop(slot, None)

        with self._minding:
            if slot in self._anew:
                return
            self._anew[slot] = threading.Thread(target=run, name="diurna finds anew", daemon=True)
            self._anew[slot].start()

    def ahead(self, questions: Callable[[], object]) -> None:
        """Have answers at hand before anybody asks."""
        with self._minding:
            self._anew["ahead"] = threading.Thread(target=questions, name="diurna finds ahead", daemon=True)
            self._anew["ahead"].start()

    def close(self) -> None:
        """Wait for what is being found anew."""
        with self._minding:
            threads = list(self._anew.values())
        for one in threads:
            one.join(30)
