"""Judgements: who decided what about a record, when and why. They are added, never changed; `undo` is one more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, exists, func, insert, select

from diurna.errors import UsageError
from diurna.ledger import schema as t
from diurna.ledger.schema import column
from diurna.model.codec import encode

Verdict = Literal["accept", "reject", "same", "different", "undo"]
VERDICTS: tuple[Verdict, ...] = ("accept", "reject", "same", "different", "undo")

_JUDGED = (t.statements, t.events, t.relations, t.commitments, t.gaps, t.actors, t.cross_gaps, t.lives)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision.

    Attributes:
        record, other: ids; `other` only with "same" and "different".
        by: the name of the person, or of the rule or model.
        person: whether a person decided; persons outrank rules.
        undone: whether a later judgement took it back.
    """

    record: str
    verdict: Verdict
    by: str
    why: str
    judged_at: str
    person: bool = True
    other: str | None = None
    undone: bool = False

    def to_dict(self) -> dict[str, object]:
        """The judgement as JSON values."""
        row = encode(self)
        assert isinstance(row, dict)  # noqa: S101 - encode gives an object for a dataclass
        return row


def judge(connection: Connection, judgement: Judgement) -> Judgement:
    """Keep a judgement; a rule that says again what it said adds nothing.

    Raises:
        UsageError: there is no such record, nothing to undo, or no other record where one is needed.
    """
    _check(connection, judgement)
    undoes = _to_undo(connection, judgement) if judgement.verdict == "undo" else None
    if not judgement.person and _said_before(connection, judgement):
        return judgement
    j = t.judgements
    last = connection.execute(select(func.max(j.c.seq))).scalar() or 0
    connection.execute(
        insert(j).values(
            seq=last + 1,
            record=judgement.record,
            verdict=judgement.verdict,
            other=judgement.other,
            undoes=undoes,
            decided_by=column(judgement.by),
            person=int(judgement.person),
            why=column(judgement.why),
            judged_at=judgement.judged_at,
        )
    )
    return judgement


def _check(connection: Connection, judgement: Judgement) -> None:
    if not judgement.by.strip():
        raise UsageError("a judgement wants the name of who decides: --by NAME")
    pair = judgement.verdict in ("same", "different")
    if pair != (judgement.other is not None):
        raise UsageError(f"{judgement.verdict} {'wants the id of the other record' if pair else 'takes one id'}")
    if judgement.other == judgement.record:
        raise UsageError("a record is always the same as itself: name another")
    for key in (judgement.record, judgement.other):
        if key is not None and not is_there(connection, key):
            raise UsageError(f"the ledger has no record {key!r}: copy an id from statements, events or gaps (--json)")


def is_there(connection: Connection, key: str) -> bool:
    """Whether any version of any report has a record of this id."""
    return any(connection.execute(select(table.c.seq).where(table.c.id == key).limit(1)).first() for table in _JUDGED)


def _to_undo(connection: Connection, judgement: Judgement) -> int:
    j = t.judgements.c
    undo = t.judgements.alias("undo")
    standing = select(j.seq).where(
        j.record == judgement.record,
        j.verdict != "undo",
        j.person == int(judgement.person),
        ~exists().where(undo.c.undoes == j.seq),
    )
    found: int | None = connection.execute(standing.order_by(j.seq.desc()).limit(1)).scalar()
    if found is None:
        raise UsageError(f"nobody has judged {judgement.record}: there is nothing to undo")
    return found


def _said_before(connection: Connection, judgement: Judgement) -> bool:
    last = [one for one in judgements(connection, judgement.record) if not one.undone and not one.person]
    return bool(last) and (last[-1].verdict, last[-1].other, last[-1].why, last[-1].by) == (
        judgement.verdict,
        judgement.other,
        column(judgement.why),
        column(judgement.by),
    )


def judgements(connection: Connection, record: str | None = None, known_on: str = "9999") -> list[Judgement]:
    """All judgements, or those of one record, in the order they were given by a moment."""
    j, undo = t.judgements.c, t.judgements.alias("undo")
    undone = exists().where(undo.c.undoes == j.seq, undo.c.judged_at <= known_on)
    asked = select(j.record, j.verdict, j.decided_by, j.why, j.judged_at, j.person, j.other, undone.label("undone"))
    asked = asked.where(j.judged_at <= known_on).order_by(j.seq)
    if record is not None:
        asked = asked.where((j.record == record) | (j.other == record))
    return [_judgement(row) for row in connection.execute(asked)]


def _judgement(row: Any) -> Judgement:
    return Judgement(
        row.record, row.verdict, row.decided_by, row.why, row.judged_at, bool(row.person), row.other, bool(row.undone)
    )
