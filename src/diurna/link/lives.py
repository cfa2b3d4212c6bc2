"""The lives of commitments: opened by one report, moved by later ones, with the state on any day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from diurna.link.acts import EXISTS
from diurna.link.blocks import paired
from diurna.link.deeds import deed_names
from diurna.link.longago import kept_long_after
from diurna.link.matters import stem
from diurna.link.moves import criteria, moves_by, opens_by_truce
from diurna.link.partynames import CanonicalId, normalised_name
from diurna.link.telling import Telling, in_time
from diurna.link.tellings import tellings_of
from diurna.link.tellingwords import telling_words
from diurna.model.commitment_life import CommitmentLife, CommitmentState, Move, MoveKind
from diurna.model.record import CommitmentKind, Reading
from diurna.model.report import content_hash

_OPENING: dict[str, CommitmentKind] = {
    "promise": "promise", "agreement": "agreement", "demand": "demand", "threat": "threat",
    "refusal": "refusal",
}  # fmt: skip
REACH = 550
"""Days after which a telling moves a commitment no more, but for a promise."""
PLEDGE_REACH = 1830
"""The same for a promise without a day, where the very matter is told as done by the promiser: a term of five years."""


def lives_of(readings: Iterable[Reading], *, who: CanonicalId = normalised_name) -> tuple[CommitmentLife, ...]:
    """The life of every commitment the readings open, in the order they were made.

    Args:
        who: the canonical id of an actor of a report; by default its normalised name.
    """
    return lives_among([t for reading in readings for t in tellings_of(reading, who)])


def lives_among(tellings: Iterable[Telling]) -> tuple[CommitmentLife, ...]:
    """The life of every commitment that tellings of many reports open, in the order they were made."""
    rows = sorted((t for t in tellings if t.day is not None), key=in_time)
    number = {id(one): n for n, one in enumerate(rows)}
    movers: dict[int, list[Telling]] = defaultdict(list)
    for earlier, later in paired(rows):
        movers[number[id(earlier)]].append(later)
    return tuple(life(rows[n], movers[n]) for n in openings(rows))


def due_between(lives: Iterable[CommitmentLife], first: str, last: str) -> tuple[CommitmentState, ...]:
    """States on `last` of commitments due in these ISO days that are not kept or taken back, the next due first."""
    found = [one.on(last) for one in lives if one.due]
    waiting = [s for s in found if s.due and first <= s.due <= last and s.state not in ("kept", "withdrawn")]
    return tuple(sorted(waiting, key=lambda state: (state.due or "", state.commitment)))


def openings(tellings: Sequence[Telling]) -> Iterator[int]:
    """Numbers of the tellings that open a commitment; the second half of a clause that opened one opens none."""
    before: dict[str, list[Telling]] = defaultdict(list)
    for number, one in enumerate(tellings):
        if not _opens(one):
            continue
        mine = before[one.place.report]
        if not any(other.place.span.contains(one.place.span) for other in mine):
            yield number
        mine.append(one)


def _opens(one: Telling) -> bool:
    """Whether a telling commits somebody to something that could be seen to be done or not."""
    if one.aside or one.day is None:
        return False
    if opens_by_truce(one):
        return True
    if one.force not in _OPENING or not _says_what(one):
        return False
    maker = one.teller if one.teller and one.teller.text else one.doer
    known = maker.names or maker.ids or maker.kinds or maker.office
    vague = one.act.verb in telling_words().vague and not (one.act.verb == _LET and one.act.object)
    return bool(known) and (one.force == "threat" or not vague or _will_have(one))


def _says_what(one: Telling) -> bool:
    """Whether a telling has a verb that says what is to be done, and a refusal that it is not."""
    act = one.act
    if not act.verb or (act.verb == EXISTS and not (act.denied and act.object)):
        return False
    if one.force == "refusal":
        return one.own and act.denied and one.verbed
    dated = one.due is not None and one.verbed
    return one.force != "agreement" or bool(act.object or act.things or one.names or dated or deed_names(act.verb))


_LET = "let"
"""A verb that says nothing but for what it lets somebody do ("let inspectors visit the site")."""


def _will_have(one: Telling) -> bool:
    """Whether a word says what somebody will have by a day ("every hospital would have clean water by July")."""
    return one.act.verb == stem("have") and bool(one.act.object) and one.due is not None


def opened_by(opening: Telling, commitment: str | None = None) -> CommitmentLife:
    """The life a telling opens, not yet moved.

    Args:
        commitment: id of the commitment the report has there.
    """
    place = opening.place
    maker = opening.teller if opening.force == "demand" and opening.teller else opening.doer
    target = opening.target.text.strip() if opening.target.text else None
    return CommitmentLife(
        id=commitment or content_hash("cm", "life", place.report, place.version, *place.span, place.record),
        kind=_OPENING.get(opening.force, "agreement"),
        act=place.quote,
        by=" ".join((maker.text or (opening.teller.text if opening.teller else "")).split()),
        to=target,
        condition=opening.condition,
        criteria=() if opens_by_truce(opening) else criteria(opening),
        due=opening.due_day.isoformat() if opening.due_day else None,
        opened=place,
    )


def life(opening: Telling, tellings: Iterable[Telling]) -> CommitmentLife:
    """The life of one commitment; `tellings` are what may have moved it, the oldest first."""
    opened = opened_by(opening)
    moves: list[Move] = []
    seen = set()
    for one in tellings:
        for move in moves_between(opening, one, opened.criteria):
            if (move.on, move.kind, move.criterion) not in seen:
                seen.add((move.on, move.kind, move.criterion))
                moves.append(move)
    return replace(opened, moves=tuple(moves))


def moves_between(opening: Telling, one: Telling, named: tuple[str, ...]) -> Iterator[Move]:
    """What a telling of another report does to a commitment; nothing where it comes before or long after."""
    if opening.day is None or one.day is None or one.place.report == opening.place.report:
        return
    due = opening.due_day
    days = (one.day - opening.day).days
    if 0 <= days <= (max(REACH, (due - opening.day).days + 365) if due else REACH):
        yield from moves_by(opening, one, named)
    elif REACH < days <= PLEDGE_REACH and not due and opening.force == "promise" and kept_long_after(opening, one):
        yield from (move for move in moves_by(opening, one, named) if move.kind in _KEPT_LATE)


_KEPT_LATE: tuple[MoveKind, ...] = ("kept", "part", "step")
"""What a deed of a later year can still do to a promise; what breaks one may be another government's."""
