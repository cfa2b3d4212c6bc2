"""Tellings as plain lists for keeping, and back; what is dear to make again is only made when it is asked for."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from diurna.link.acts import Act, relation
from diurna.link.counts import Count
from diurna.link.deeds import poles
from diurna.link.partynames import Party
from diurna.link.redeeming import Standing
from diurna.link.reversals import OPENING, gives_up, may_move
from diurna.link.telling import Telling
from diurna.link.truces import attack_of, truce_of
from diurna.link.wording import wording
from diurna.model.across import Exhibited
from diurna.model.codec import decode, encode
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue

_Row = list[Any]


def pack_tellings(tellings: Sequence[Telling]) -> bytes:
    """The tellings of one report as bytes; the same for the same tellings."""
    first = tellings[0].place if tellings else None
    head = [first.report, first.version, tellings[0].outlet] if first else []
    quick = zlib.compress(_json([head, *[_quick(one) for one in tellings]]).encode(), 6)
    rest = zlib.compress("\n".join(_json(_packed(one)) for one in tellings).encode(), 6)
    return len(quick).to_bytes(4, "big") + quick + rest


def _json(row: _Row) -> str:
    return json.dumps(row, ensure_ascii=True, separators=(",", ":"))


@dataclass(slots=True)
class Card:
    """A kept telling: what tells whether it is wanted at once, the whole when it is."""

    head: _Row
    force: str
    act: Act
    counted: frozenset[str]
    listed: bool
    truce: bool = False
    _place: int = 0
    _pack: Pack | None = None
    _telling: Telling | None = field(default=None)

    @classmethod
    def of(cls, one: Telling) -> Card:
        """The card of a telling that is at hand."""
        place = one.place
        counted = frozenset(count.kind for count in one.counts)
        head = [place.report, place.version, one.outlet]
        return cls(head, one.force, one.act, counted, _is_list(one), bool(truce_of(one)), _telling=one)

    @property
    def report(self) -> str:
        """The id of its report."""
        found: str = self.head[0]
        return found

    @property
    def telling(self) -> Telling:
        """The telling as it was packed."""
        if self._telling is None:
            assert self._pack  # noqa: S101 - a card has one or the other
            self._telling, self._pack = _unpacked(self._pack.row(self._place), self), None
        return self._telling

    def may_pair(self, other: Telling) -> bool:
        """Whether the two may be a gap or a move: what `across.compare` and `moves_by` would look at at all."""
        if self.counted and not self.counted.isdisjoint(one.kind for one in other.counts):
            return True
        if relation(self.act, other.act) != "none":
            return True
        if self.truce and (attack_of(other) or gives_up(other)):
            return True
        if self.force in OPENING and (may_move(other) or poles(self.act.verb, other.act.verb) > 0):
            return True
        return self.force in _ANSWERING or other.force in _ANSWERING or self.listed


_ANSWERING = ("deny", "refusal")
_LISTED, _TRUCE = 1, 2
"""What a telling is kept with: it opens a list of separate things; it opens a truce."""


@dataclass(slots=True)
class Pack:
    """The kept tellings of one report, each made a card when it is asked for."""

    _head: _Row = field(default_factory=list)
    _quick: Sequence[_Row] = ()
    _rest: bytes = b""
    _lines: Sequence[bytes | _Row] = ()
    _cards: dict[int, Card] = field(default_factory=dict)

    @classmethod
    def of(cls, body: bytes) -> Pack:
        """What `pack_tellings` made `body` of."""
        if body[:1] == b"\x78":  # as ledgers of before have it: all in one
            head, *rows = json.loads(zlib.decompress(body))
            return cls(head, [[row[0], row[11], [one[0] for one in row[15]], row[21]] for row in rows], b"", rows)
        end = 4 + int.from_bytes(body[:4], "big")
        head, *quick = json.loads(zlib.decompress(body[4:end]))
        return cls(head, quick, body[end:])

    @classmethod
    def made(cls, tellings: Sequence[Telling]) -> Pack:
        """Of tellings that are at hand."""
        return cls(_cards={place: Card.of(one) for place, one in enumerate(tellings)})

    def row(self, place: int) -> _Row:
        """The whole of a telling by its place in the report."""
        if not self._lines:
            self._lines, self._rest = zlib.decompress(self._rest).split(b"\n"), b""
        line = self._lines[place]
        return line if isinstance(line, list) else json.loads(line)

    def card(self, place: int) -> Card | None:
        """The card of a telling by its place in the report; None where there is none."""
        found = self._cards.get(place)
        if found is None and place < len(self._quick):
            force, act, counted, listed = self._quick[place]
            found = self._cards[place] = Card(
                self._head,
                force,
                _act(act),
                frozenset(counted),
                bool(listed & _LISTED),
                bool(listed & _TRUCE),
                place,
                self,
            )
        return found


def _is_list(one: Telling) -> bool:
    """Whether a telling opens a commitment to separate things, which may be done one by one."""
    from diurna.link.moves import criteria

    return one.force in ("promise", "agreement", "demand", "threat") and bool(criteria(one))


def _quick(one: Telling) -> _Row:
    """What tells whether a telling is wanted."""
    return [
        one.force,
        _packed_act(one.act),
        sorted({count.kind for count in one.counts}),
        _LISTED * _is_list(one) + _TRUCE * bool(truce_of(one)),
    ]


def _packed_act(act: Act) -> _Row:
    return [act.verb, act.way, int(act.denied), int(act.cover), sorted(act.things), sorted(act.object)]


_STANDINGS: tuple[Standing, ...] = ("", "kept", "broken")


def _packed(one: Telling) -> _Row:
    place, masked = one.place, one.words.text
    flags = one.turned | one.own << 1 | one.verbed << 2 | one.organ << 3 | one.breach << 4 | one.aside << 5
    flags |= _STANDINGS.index(one.standing) << 6
    return [
        one.force, one.real, flags, place.span.start, place.quote, place.record,
        [place.day, one.day.isoformat() if one.day else None],
        _party(one.teller), one.cue, _party(one.doer), _party(one.target), 0, encode(one.times), encode(one.due),
        one.condition, [[c.kind, c.low, c.high, c.text, c.noun] for c in one.counts], sorted(one.names), one.head,
        _party(one.told_by), sorted(one.context), masked if masked != place.quote else 0,
    ]  # fmt: skip


def _unpacked(row: _Row, card: Card) -> Telling:
    report, version, outlet = card.head
    quote, (shown, day), flags = row[4], row[6], row[2]
    span = Span(row[3], row[3] + len(quote))
    return Telling(
        place=Exhibited(report, version, shown, row[5], span, quote),
        day=dt.date.fromisoformat(day) if day else None,
        force=row[0], real=row[1], teller=_named(row[7]), cue=row[8], doer=_named(row[9]) or Party(""),
        target=_named(row[10]) or Party(""), words=wording(row[20] or quote), turned=bool(flags & 1),
        own=bool(flags & 2), times=tuple(decode(TimeValue, one) for one in row[12]),
        due=decode(TimeValue, row[13]) if row[13] else None, condition=row[14],
        counts=tuple(Count(*one) for one in row[15]),
        names=_names(row[16]), head=row[17], outlet=outlet, told_by=_named(row[18]), context=_names(row[19]),
        verbed=bool(flags & 4), act=card.act, organ=bool(flags & 8), breach=bool(flags & 16),
        aside=bool(flags & 32),
        standing=_STANDINGS[flags >> 6 & 3],
    )  # fmt: skip


def _act(row: _Row) -> Act:
    verb, way, denied, cover, things, governed = row
    return Act(verb, way, bool(denied), frozenset(things), bool(cover), frozenset(governed))


def _party(one: Party | None) -> _Row | None:
    if one is None:
        return None
    return [one.text, sorted(one.names), sorted(one.ids), sorted(one.kinds), int(one.office), sorted(one.persons)]


def _named(row: _Row | None) -> Party | None:
    if row is None:
        return None
    text, names, ids, kinds, office, persons = row
    return Party(text, _names(names), frozenset(ids), frozenset(kinds), bool(office), frozenset(persons))


def _names(rows: Sequence[Sequence[str]]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(one) for one in rows)
