"""Keeping what linking found, and giving back what the next linking needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, exists, func, or_, select, update

from diurna.ledger import schema as t
from diurna.ledger.chunks import chunks
from diurna.ledger.dialects import Dialect
from diurna.ledger.linked import FoundGap, FoundLife, FoundMove, LinkBatch, Waiting
from diurna.ledger.pack import to_json
from diurna.ledger.schema import column
from diurna.ledger.shelving import keep_stories
from diurna.model.codec import encode
from diurna.model.report import NO_LANGUAGE


def waiting(connection: Connection) -> list[Waiting]:
    """The newest versions of reports that are not linked yet, by day."""
    r = t.readings.c
    asked = select(r.seq, r.day, t.reports.c.id).join(t.reports, t.reports.c.seq == r.report)
    asked = asked.where(
        r.replaced_at.is_(None),
        or_(
            ~exists().where(t.cards.c.reading == r.seq),
            ~exists().where(t.resolved.c.reading == r.seq),
            and_(
                ~exists().where(t.story_reports.c.report == r.report),
                ~r.facts.contains(f'"{NO_LANGUAGE}"'),  # rows of data are in no story
            ),
        ),
    )
    rows = [Waiting(seq, day, report) for seq, day, report in connection.execute(asked)]
    return sorted(rows, key=lambda one: (one.day or "9999", one.report))


def unlinked(connection: Connection, readings: Sequence[int]) -> set[int]:
    """Those of the readings that have no card and hold."""
    r, found = t.readings.c, set[int]()
    for some in chunks(readings):
        asked = select(r.seq).where(r.seq.in_(some), r.replaced_at.is_(None))
        found.update(connection.execute(asked.where(~exists().where(t.cards.c.reading == r.seq))).scalars())
    return found


def blocks(connection: Connection, wanted: Sequence[int]) -> dict[int, list[int]]:
    """The tellings of these blocks, in the order they were filed."""
    b, found = t.blocks.c, dict[int, list[int]]()
    for some in chunks(wanted):
        asked = select(b.block, b.telling).where(b.block.in_(some)).order_by(b.block, b.telling)
        for block, telling in connection.execute(asked):
            found.setdefault(block, []).append(telling)
    return found


def cards(connection: Connection, readings: Sequence[int]) -> dict[int, bytes]:
    """The cards of those of the readings that hold."""
    c, r, found = t.cards.c, t.readings.c, dict[int, bytes]()
    for some in chunks(readings):
        asked = select(c.reading, c.body).join(t.readings, r.seq == c.reading)
        found.update(
            (row[0], row[1]) for row in connection.execute(asked.where(c.reading.in_(some), r.replaced_at.is_(None)))
        )
    return found


def gaps_at(connection: Connection, places: Sequence[str]) -> list[tuple[str, str, str, str, int]]:
    """Gaps at these places: (id, one place, other place, verdict, score)."""
    g, found = t.cross_gaps.c, dict[str, tuple[str, str, str, str, int]]()
    for some in chunks([column(one) for one in places]):
        asked = select(g.id, g.one_place, g.other_place, g.verdict, g.score)
        for row in connection.execute(asked.where(or_(g.one_place.in_(some), g.other_place.in_(some)))):
            found[row[0]] = tuple(row)
    return list(found.values())


def judged_by_people(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Those of the records that a person has judged; what a person judged stays as it is."""
    j, found = t.judgements.c, set[str]()
    for some in chunks(ids):
        found.update(connection.execute(select(j.record).where(j.record.in_(some), j.person == 1)).scalars())
    return found


def lives_opened(connection: Connection, tellings: Sequence[int]) -> dict[int, str]:
    """Ids of the commitments that these tellings opened, by telling."""
    c, found = t.lives.c, dict[int, str]()
    for some in chunks(tellings):
        found.update((row[0], row[1]) for row in connection.execute(select(c.telling, c.id).where(c.telling.in_(some))))
    return found


def moves_made(connection: Connection, lives: Sequence[str]) -> set[tuple[str, str, str, int]]:
    """The moves these commitments have: (life, day, kind, criterion or -1)."""
    m, c, found = t.moves.c, t.lives.c, set[tuple[str, str, str, int]]()
    for some in chunks(lives):
        asked = select(c.id, m.day, m.kind, m.criterion).join(t.lives, c.seq == m.life).where(c.id.in_(some))
        found.update((row[0], row[1], row[2], row[3]) for row in connection.execute(asked))
    return found


def keep(connection: Connection, dialect: Dialect, batch: LinkBatch, moment: str) -> None:
    """Write a batch."""
    dialect.insert(connection, t.cards, [(reading, body) for reading, body in sorted(batch.cards.items())])
    _keep_blocks(connection, dialect, batch)
    keep_stories(connection, dialect, batch.stories)
    _keep_gaps(connection, dialect, batch, moment)
    _keep_lives(connection, dialect, batch, moment)


def _keep_blocks(connection: Connection, dialect: Dialect, batch: LinkBatch) -> None:
    b = t.blocks.c
    gone: dict[int, list[int]] = {}
    for block, telling in batch.dropped:
        gone.setdefault(block, []).append(telling)
    for block, tellings in sorted(gone.items()):
        connection.execute(delete(t.blocks).where(b.block == block, b.telling.in_(tellings)))
    dialect.insert(connection, t.blocks, sorted(batch.filed))


def _keep_gaps(connection: Connection, dialect: Dialect, batch: LinkBatch, moment: str) -> None:
    g = t.cross_gaps.c
    for some in chunks([*batch.gone, *(one.found.gap.id for one in batch.gaps)]):
        connection.execute(delete(t.cross_gaps).where(g.id.in_(some)))
    last = _highest(connection, t.cross_gaps)
    dialect.insert(
        connection,
        t.cross_gaps,
        [_gap_row(one, last + number, moment) for number, one in enumerate(batch.gaps, start=1)],
    )


def _gap_row(one: FoundGap, seq: int, moment: str) -> tuple[Any, ...]:
    gap, places = one.found.gap, one.places
    return (
        seq, gap.id, gap.kind, gap.verdict, round(gap.score * 100), one.found.right.day, one.one, one.other,
        column(places[0]), column(places[1]), to_json(encode(one.found)), moment,
    )  # fmt: skip


def _keep_lives(connection: Connection, dialect: Dialect, batch: LinkBatch, moment: str) -> None:
    c = t.lives.c
    known = _seqs(connection, [one.life.id for one in batch.lives])
    last = _highest(connection, t.lives)
    rows = []
    for one in batch.lives:
        if one.life.id in known:
            values = dict(zip([x.name for x in t.lives.columns], _life_row(one, 0, moment), strict=True))
            del values["seq"], values["found_at"]
            connection.execute(update(t.lives).where(c.id == one.life.id).values(**values))
        else:
            last += 1
            rows.append(_life_row(one, last, moment))
    dialect.insert(connection, t.lives, rows)
    seqs = _seqs(connection, [one.life for one in batch.moves])
    start = _highest(connection, t.moves) + 1
    moves = [_move_row(one, start + number, seqs[one.life], moment) for number, one in enumerate(batch.moves)]
    dialect.insert(connection, t.moves, moves)


def _move_row(one: FoundMove, seq: int, life: int, moment: str) -> tuple[Any, ...]:
    move = one.move
    criterion = -1 if move.criterion is None else move.criterion
    return seq, life, one.reading, move.on, move.kind, to_json(encode(move)), moment, criterion


def _life_row(one: FoundLife, seq: int, moment: str) -> tuple[Any, ...]:
    life = one.life
    return (
        seq, life.id, one.reading, life.kind, one.telling, life.opened.day, life.due or "", to_json(encode(life)),
        moment,
    )  # fmt: skip


def _seqs(connection: Connection, lives: Sequence[str]) -> dict[str, int]:
    c, found = t.lives.c, dict[str, int]()
    for some in chunks(list(dict.fromkeys(lives))):
        found.update((row[0], row[1]) for row in connection.execute(select(c.id, c.seq).where(c.id.in_(some))))
    return found


def _highest(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.max(table.c.seq))).scalar() or 0


def unlink(connection: Connection, readings: Sequence[int], report: int) -> int:
    """Take out what rests on a report that is removed: its gaps, commitments and moves, and its story.

    The other reports of its story are put to their stories again when what is new is linked. Returns how many records
    went.
    """
    g, m, c = t.cross_gaps.c, t.moves.c, t.lives.c
    gaps = list(connection.execute(select(g.id).where(or_(g.one.in_(readings), g.other.in_(readings)))).scalars())
    lives = list(connection.execute(select(c.id).where(c.reading.in_(readings))).scalars())
    for some in chunks([*gaps, *lives]):
        j = t.judgements
        gone = select(j.c.seq).where(or_(j.c.record.in_(some), j.c.other.in_(some)))
        connection.execute(delete(j).where(j.c.undoes.in_(gone)))
        connection.execute(delete(j).where(or_(j.c.record.in_(some), j.c.other.in_(some))))
    count = 0
    mine = select(c.seq).where(c.reading.in_(readings))
    for table, where in (
        (t.cross_gaps, or_(g.one.in_(readings), g.other.in_(readings))),
        (t.moves, or_(m.reading.in_(readings), m.life.in_(mine))),
        (t.lives, c.reading.in_(readings)),
    ):
        count += connection.execute(delete(table).where(where)).rowcount
    connection.execute(delete(t.cards).where(t.cards.c.reading.in_(readings)))
    for reading in readings:
        span = (reading * t.TELLINGS, (reading + 1) * t.TELLINGS - 1)
        connection.execute(delete(t.blocks).where(t.blocks.c.telling.between(*span)))
    story = connection.execute(select(t.story_reports.c.story).where(t.story_reports.c.report == report)).scalar()
    if story is not None:
        for table in (t.story_reports, t.story_shelves):
            connection.execute(delete(table).where(table.c.story == story))
        connection.execute(delete(t.stories).where(t.stories.c.seq == story))
    return count
