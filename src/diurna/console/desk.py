"""One reading laid open: who an id stands for, which paragraph a span is in, what a record says in one line."""

from __future__ import annotations

from bisect import bisect_right

from diurna.model.record import Actor, Commitment, Event, Party, Reading, Statement
from diurna.model.span import Span

Record = Statement | Event | Commitment
_NUMBERED = frozenset({"body", "quote"})


class Desk:
    """Look-ups over one reading, made once a page so that printing stays linear in the records."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.report.text
        self._actors = {actor.id: actor for actor in reading.actors}
        rows: tuple[tuple[Record, ...], ...] = (reading.statements, reading.events, reading.commitments)
        self._records = {row.id: row for group in rows for row in group}
        blocks = sorted(reading.report.blocks, key=lambda block: block.span)
        self._starts = [block.span.start for block in blocks]
        self._names = _block_names([block.kind for block in blocks])

    def actor(self, actor_id: str | None) -> Actor | None:
        """The actor with this id, or None."""
        return self._actors.get(actor_id) if actor_id else None

    def record(self, record_id: str | None) -> Record | None:
        """The statement, event or commitment with this id, or None."""
        return self._records.get(record_id) if record_id else None

    def where(self, span: Span) -> str:
        """The paragraph as a reader counts it ("¶4"), or the part's name ("headline")."""
        at = bisect_right(self._starts, span.start) - 1
        return self._names[at] if at >= 0 else ""

    def name(self, actor_id: str | None, fallback: str) -> str:
        """The name of an actor, or what the text calls it."""
        found = self.actor(actor_id)
        return found.name if found else fallback

    def speaker(self, statement: Statement) -> str:
        """Who said it, as best known."""
        return self.name(statement.speaker.actor, statement.speaker.text) or "a source not named"

    def parties(self, parties: tuple[Party, ...]) -> str:
        """The parties as the text calls them, with the actor's name where that says more."""
        return ", ".join(self._party(party) for party in parties)

    def _party(self, party: Party) -> str:
        found = self.actor(party.actor)
        if not party.text:
            return found.name if found else ""
        if found is None or _same(found.name, party.text):
            return party.text
        return f"{party.text} ({found.name})"

    def chain(self, statement: Statement) -> list[str]:
        """Through whom a nested statement reaches us, nearest first; a loop in the records ends the chain."""
        names: list[str] = []
        seen = {statement.id}
        above = self.record(statement.parent)
        while isinstance(above, Statement) and above.id not in seen:
            names.append(self.speaker(above))
            seen.add(above.id)
            above = self.record(above.parent)
        return names


def _block_names(kinds: list[str]) -> list[str]:
    names, count = [], 0
    for kind in kinds:
        count += kind in _NUMBERED
        names.append(f"¶{count}" if kind in _NUMBERED else kind)
    return names


def _same(name: str, text: str) -> bool:
    return name.casefold() in text.casefold()
