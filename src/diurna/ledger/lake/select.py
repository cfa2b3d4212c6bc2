"""Questions to a lake as SQL for DuckDB; the counterpart of `diurna.ledger.select`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from diurna.ledger.asking import Ask
from diurna.ledger.columns import Kind
from diurna.ledger.lake.rows import NO_DAY, PARTED
from diurna.ledger.words import words_of

_FOREVER = "9999"
_VERDICTS = {"accepted": "accept", "rejected": "reject"}


@dataclass(slots=True)
class Part:
    """SQL and the values of its question marks."""

    text: str
    values: list[Any] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Which of the answers are wanted: the first `size` after `place`, no farther than the day `edge`."""

    place: tuple[Any, ...] | None
    size: int
    edge: str | None = None


class _Where:
    """Conditions, all of which must hold."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.values: list[Any] = []

    def add(self, text: str, *values: Any) -> None:
        """One more."""
        self.texts.append(text)
        self.values += values

    @property
    def text(self) -> str:
        """As SQL."""
        return " AND ".join(f"({one})" for one in self.texts) or "true"


def question(kind: Kind, ask: Ask, known_on: str | None, bounds: Bounds) -> Part | None:
    """Day, number and place in the order of what is asked for; None where there can be nothing.

    Args:
        ask: its outlet spelled as the lake has it.
    """
    where = _Where()
    _moment(where, ask, known_on)
    _times(where, kind, ask)
    _kinds(where, kind, ask)
    _review(where, kind, ask, known_on or _FOREVER)
    if ask.outlet is not None:
        where.add("report_outlet = ?", ask.outlet)
    if ask.report is not None:
        where.add("report_id = ?", ask.report)
    if not _parties(where, kind, ask):
        return None
    by = _order(kind, ask)
    if bounds.place is not None:
        _after(where, by, bounds.place, newest=ask.newest)
    if bounds.edge is not None:
        where.add("day >= ?" if ask.newest else "day <= ?", bounds.edge)
    way = "DESC" if ask.newest else "ASC"
    order = f"seq {way}" if by == "''" else f"{by} {way}, seq {way}"
    text = f"SELECT day, seq, {by} FROM {kind} WHERE {where.text} ORDER BY {order} LIMIT {bounds.size:d}"  # noqa: S608 - names are ours
    return Part(text, where.values)


def is_by_day(kind: Kind, ask: Ask) -> bool:
    """Whether the order is that of the folders."""
    return _order(kind, ask) == "day"


def _order(kind: Kind, ask: Ask) -> str:
    if kind in ("commitments", "gaps"):
        return "day"
    if ask.clock == "recorded":
        return "''"
    return "first" if ask.clock == "happened" and kind != "reports" else "day"


def _after(where: _Where, by: str, place: tuple[Any, ...], *, newest: bool) -> None:
    sign = "<" if newest else ">"
    if by == "''":
        where.add(f"seq {sign} ?", place[1])
        return
    where.add(f"{by} {sign}= ?", place[0])  # lets whole folders be passed over
    where.add(f"{by} {sign} ? OR seq {sign} ?", *place)


def _moment(where: _Where, ask: Ask, known_on: str | None) -> None:
    if known_on is not None:
        where.add("report_recorded_at <= ?", known_on)
    if ask.versions == "all":
        return
    if known_on is None:
        where.add("report_replaced_at IS NULL")
    else:
        where.add("report_replaced_at IS NULL OR report_replaced_at > ?", known_on)


def _times(where: _Where, kind: Kind, ask: Ask) -> None:
    if ask.clock == "happened" and kind in ("statements", "events"):
        if ask.since or ask.until:
            where.add("first > ''")
        if ask.since:
            where.add("last >= ? OR last = ''", ask.since)
        if ask.until:
            where.add("first <= ?", ask.until)
        return
    found = "report_recorded_at" if ask.clock == "recorded" else "day"
    if ask.since:
        where.add(f"{found} >= ?", ask.since)
    if ask.until:
        where.add(f"{found} <= ?", f"{ask.until}T99")
        where.add(f"{found} > ?", NO_DAY if found == "day" else "")


def _kinds(where: _Where, kind: Kind, ask: Ask) -> None:
    columns = {"statements": "act", "events": "type", "commitments": "kind", "gaps": "kind"}
    if ask.kinds and kind in columns:
        where.add(f"{columns[kind]} IN ({_marks(ask.kinds)})", *ask.kinds)
    if kind == "events":
        if ask.realis:
            where.add(f"realis IN ({_marks(ask.realis)})", *ask.realis)
        if ask.voice != "any":
            where.add("attributed_to IS NULL" if ask.voice == "own" else "attributed_to IS NOT NULL")


def _marks(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))


def _review(where: _Where, kind: Kind, ask: Ask, known_on: str) -> None:
    """Which judgement of a record stands: a person's before a rule's, a later before an earlier one."""
    if ask.review == "any" or kind == "reports":
        return
    standing = (
        "SELECT record FROM (SELECT record, arg_max(verdict, (person, seq)) AS verdict FROM judgements "
        "WHERE judged_at <= ? AND (undone_at IS NULL OR undone_at > ?) GROUP BY record)"
    )
    given = [known_on, known_on]
    if ask.review == "open":
        where.add(f"id NOT IN ({standing})", *given)
    elif ask.review == "kept":
        where.add(f"id NOT IN ({standing} WHERE verdict = 'reject')", *given)
    else:
        where.add(f"id IN ({standing} WHERE verdict = ?)", *given, _VERDICTS[ask.review])


def _parties(where: _Where, kind: Kind, ask: Ask) -> bool:
    """Whom the question is about; False where nobody can be meant."""
    for said, role in ((ask.actor, "parties"), (ask.speaker, "speakers")):
        if said is None:
            continue
        words = list(dict.fromkeys(words_of(said)))
        if not words or (role == "speakers" and kind == "events"):
            return False
        if kind in ("statements", "events"):
            _named(where, role, words)
        elif role == "parties":
            inner = _Where()
            _named(inner, "names", words)
            seqs = "seq" if kind == "reports" else "seq >> 20"
            where.add(f"{seqs} IN (SELECT seq FROM reports WHERE {inner.text})", *inner.values)  # noqa: S608
    return True


def _named(where: _Where, column: str, words: list[str]) -> None:
    """One of the names in the column has all the words."""
    for word in words:
        where.add(f"contains({column}, ?)", f" {word} ")
    if len(words) > 1:
        each = " AND ".join("contains(x, ?)" for _ in words)
        values = [f" {word} " for word in words]
        where.add(f"len(list_filter(string_split({column}, '{PARTED}'), lambda x: {each})) > 0", *values)
