"""What is new in a ledger is linked to what is there: stories, gaps across reports, the lives of commitments.

Linking what is new costs what is new: a story is looked for among those of the same words and weeks, a telling among
those filed under the same name and matter. Batches are whole or not at all, so a run that is stopped goes on where it
ended.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from diurna.flow.joining import put_to_stories
from diurna.flow.resolving import resolve, settle
from diurna.ledger import identities, keeping
from diurna.ledger.linked import FoundGap, FoundLife, FoundMove, LinkBatch, Waiting
from diurna.ledger.schema import TELLINGS
from diurna.ledger.shelving import StoriesKept
from diurna.ledger.store import Ledger
from diurna.link.across import RANK, AcrossOptions
from diurna.link.blocks import Blocks, filed_under, looks_under
from diurna.link.cards import Card, Pack, pack_tellings
from diurna.link.lives import opened_by, openings
from diurna.link.pairs import Met, Moved, Numbered, gaps_met, meetings, moves_met
from diurna.link.remembered import forget
from diurna.link.tellings import tellings_of
from diurna.model.record import Event, Reading, Statement
from diurna.model.span import Span, hull

BATCH = 500
"""Reports linked in one transaction; also those whose stories are found together."""

_CARDS = 6000
"""Readings whose cards are kept at hand; with too few, a large ledger's are unpacked again and again."""

_REJECTED = 3
"""Pairs of one report that failed a test and are kept with their reason."""


@dataclass(frozen=True, slots=True)
class LinkTotal:
    """What a run has done so far, all of it safe.

    Attributes:
        waiting: reports that are to be linked; reports: those that are.
        stories: founded; gaps: found, of these called; commitments: opened; moves: of commitments.
    """

    waiting: int
    reports: int = 0
    stories: int = 0
    gaps: int = 0
    called: int = 0
    commitments: int = 0
    moves: int = 0


def link(ledger: Ledger, *, batch: int = BATCH) -> Iterator[LinkTotal]:
    """Link what is new in a ledger; how far it has come, after each batch.

    Raises:
        LedgerError: the ledger cannot take it; nothing half kept stays behind.
    """
    with ledger.snapshot() as connection:
        rows = keeping.waiting(connection)
        loose = identities.loose(connection)
    if loose:
        with ledger.writing() as (connection, stamp):
            settle(connection, ledger.dialect, stamp.moment)
    total = LinkTotal(len(rows))
    yield total
    at_hand = _Cards(ledger)
    try:
        for start in range(0, len(rows), batch):
            found = _link_batch(ledger, rows[start : start + batch], at_hand)
            total = _plus(total, len(rows[start : start + batch]), found)
            yield total
    finally:
        forget()


def _plus(total: LinkTotal, reports: int, found: LinkBatch | None) -> LinkTotal:
    if found is None:
        return replace(total, reports=total.reports + reports)
    founded = found.stories.after.last - found.stories.before.last
    called = sum(1 for one in found.gaps if one.found.gap.verdict == "gap")
    return replace(
        total, reports=total.reports + reports, stories=total.stories + founded, gaps=total.gaps + len(found.gaps),
        called=total.called + called, commitments=total.commitments + len(found.lives),
        moves=total.moves + len(found.moves),
    )  # fmt: skip


def _link_batch(ledger: Ledger, rows: Sequence[Waiting], at_hand: _Cards) -> LinkBatch | None:
    """Link some readings; None where another process has linked one of them meanwhile, or it was replaced."""
    found = _linked(ledger, rows, at_hand)
    while found == "again":
        at_hand.forget()
        found = _linked(ledger, rows, at_hand)
    return found


def _linked(ledger: Ledger, rows: Sequence[Waiting], at_hand: _Cards) -> LinkBatch | Literal["again"] | None:
    """The same; "again" where another process has founded or touched a story meanwhile."""
    with ledger.snapshot() as connection:
        snapshot = ledger.view().snapshot(connection)
        readings = {row.reading: snapshot.reading(row.reading) for row in rows}
        fresh = keeping.unlinked(connection, list(readings))
    batch = LinkBatch()
    batch.stories = put_to_stories(ledger, list(readings.values()))
    _tellings(ledger, {seq: one for seq, one in readings.items() if seq in fresh}, batch, at_hand)
    with ledger.writing() as (connection, stamp):
        if StoriesKept(connection).marks() != batch.stories.before:
            return "again"
        if keeping.unlinked(connection, list(readings)) != fresh:
            at_hand.forget()
            return None
        keeping.keep(connection, ledger.dialect, batch, stamp.moment)
        resolve(connection, ledger.dialect, readings, stamp.moment)
    return batch


# --- gaps and commitments


@dataclass(slots=True)
class _Cards:
    """The cards of readings, those used last at hand."""

    ledger: Ledger
    _kept: OrderedDict[int, Pack] = field(default_factory=OrderedDict)

    def forget(self) -> None:
        """Ask the ledger again."""
        self._kept.clear()

    def have(self, reading: int, cards: Pack) -> None:
        """Keep the cards of a new reading at hand."""
        self._kept[reading] = cards

    def of(self, numbers: Sequence[int]) -> dict[int, Card]:
        """The cards of these tellings."""
        readings = {number // TELLINGS for number in numbers}
        missing = sorted(readings - self._kept.keys())
        if missing:
            with self.ledger.snapshot() as connection:
                bodies = keeping.cards(connection, missing)
            for reading in missing:
                self._kept[reading] = Pack.of(bodies[reading]) if reading in bodies else Pack()
        for reading in readings:
            self._kept.move_to_end(reading)
        found = {}
        for number in numbers:
            card = self._kept[number // TELLINGS].card(number % TELLINGS)
            if card is not None:
                found[number] = card
        while len(self._kept) > max(_CARDS, len(readings)):
            self._kept.popitem(last=False)
        return found


def _tellings(ledger: Ledger, readings: dict[int, Reading], batch: LinkBatch, at_hand: _Cards) -> None:
    """What the tellings of new readings meet; written into the batch."""
    numbered = {
        seq: [Numbered(seq * TELLINGS + n, one) for n, one in enumerate(tellings_of(reading)[:TELLINGS])]
        for seq, reading in readings.items()
    }
    batch.cards = {seq: pack_tellings([one.telling for one in rows]) for seq, rows in numbered.items()}
    everything = [one.telling for rows in numbered.values() for one in rows]
    wanted = {block for one in everything for block in (*looks_under(one), *filed_under(one))}
    with ledger.snapshot() as connection:
        blocks = Blocks(rows=keeping.blocks(connection, sorted(wanted)))
    finding = _Finding(ledger, batch)
    for seq, rows in numbered.items():
        finding.open(seq, rows, readings[seq])
        met = meetings(rows, blocks, at_hand.of)
        finding.take(met)
        at_hand.have(seq, Pack.made([one.telling for one in rows]))
    batch.filed, batch.dropped = sorted(blocks.filed), sorted(blocks.dropped)
    finding.close()


class _Finding:
    """The gaps, commitments and moves of one batch, held against what the ledger has at the same places."""

    def __init__(self, ledger: Ledger, batch: LinkBatch) -> None:
        self.ledger, self.batch = ledger, batch
        self.gaps: dict[str, FoundGap] = {}
        self.lives: dict[int, FoundLife] = {}
        self.moved: list[Moved] = []
        self.options = AcrossOptions(rejected=_REJECTED)
        self._opened: dict[int, bool] = {}

    def open(self, reading: int, rows: Sequence[Numbered], source: Reading) -> None:
        """Note the commitments a reading opens."""
        own = dict(_commitment_places(source))
        for place in openings([one.telling for one in rows]):
            one = rows[place]
            key = next((key for key, span in own.items() if one.telling.place.span.overlaps(span)), None)
            own.pop(key or "", None)
            life = opened_by(one.telling, key)
            self.lives[one.number] = FoundLife(life, reading, one.number)

    def take(self, met: Sequence[Met]) -> None:
        """Find what comes of the meetings of one reading."""
        for gap, one in gaps_met(met, self.options):
            found = FoundGap(gap, one.left.number // TELLINGS, one.right.number // TELLINGS)
            self.gaps[gap.gap.id] = found
        self._look_up(met)
        self.moved += moves_met(met, lambda one: one.number in self.lives or self._opened.get(one.number, False))

    def _look_up(self, met: Sequence[Met]) -> None:
        """Learn which of the earlier tellings opened a commitment."""
        wanted = sorted({one.left.number for one in met} - self.lives.keys() - self._opened.keys())
        with self.ledger.snapshot() as connection:
            known = keeping.lives_opened(connection, wanted)
        self._opened.update({number: number in known for number in wanted})

    def close(self) -> None:
        """Write what stays into the batch."""
        self.batch.lives = list(self.lives.values())
        self.batch.moves = self._moves()
        self.batch.gaps, self.batch.gone = self._best()

    def _moves(self) -> list[FoundMove]:
        """The moves that are new, each day and kind of a commitment once."""
        before = sorted({one.opening for one in self.moved} - self.lives.keys())
        with self.ledger.snapshot() as connection:
            ids = keeping.lives_opened(connection, before)
            ids |= {number: one.life.id for number, one in self.lives.items()}
            seen = keeping.moves_made(connection, [ids[one] for one in before if one in ids])
        found = []
        for one in self.moved:
            life, move = ids[one.opening], one.move
            key = (life, move.on, move.kind, -1 if move.criterion is None else move.criterion)
            if key not in seen:
                seen.add(key)
                found.append(FoundMove(life, one.by // TELLINGS, move))
        return found

    def _best(self) -> tuple[list[FoundGap], list[str]]:
        """Of gaps at one place the best, and the ids of kept ones that give way; what a person judged stays."""
        places = sorted({place for one in self.gaps.values() for place in one.places})
        with self.ledger.snapshot() as connection:
            kept = keeping.gaps_at(connection, places)
            judged = keeping.judged_by_people(connection, [one[0] for one in kept])
        at: dict[str, list[tuple[tuple[int, int], str]]] = {}
        for key, one, other, verdict, score in kept:
            for place in (one, other):
                at.setdefault(place, []).append(((RANK[verdict], -score), key))  # type: ignore[index]
        chosen: dict[str, FoundGap] = {}
        gone: set[str] = set()
        for found in sorted(self.gaps.values(), key=_worth):
            rivals = {row for place in found.places for row in at.get(place, ()) if row[1] not in gone}
            if any(worth <= _worth(found)[:2] or key in judged for worth, key in rivals):
                continue
            gone |= {key for _, key in rivals}
            chosen[found.found.gap.id] = found
            for place in found.places:
                at.setdefault(place, []).append((_worth(found)[:2], found.found.gap.id))
        return list(chosen.values()), sorted(gone - chosen.keys())


def _commitment_places(reading: Reading) -> Iterator[tuple[str, Span]]:
    """Ids of a reading's commitments with the characters of what opened them."""
    for one in reading.commitments:
        record = reading.record(one.opened_by)
        if isinstance(record, Statement):
            yield one.id, hull(record.content.spans)
        elif isinstance(record, Event):
            yield one.id, record.evidence.span


def _worth(one: FoundGap) -> tuple[int, int, str]:  # the lower the better
    gap = one.found.gap
    return RANK[gap.verdict], -round(gap.score * 100), gap.id
