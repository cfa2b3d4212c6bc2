"""Commitments kept elsewhere: a CSV of promises, and PA-X's table of peace agreements. One report a row.

A promise of a CSV is a statement, the row its text, and the commitment that statement opens. An agreement of PA-X is a
deed (AGREE on the day it was signed) and the commitment it opens; PA-X names no parties in columns of its own, so who
is bound is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast, get_args

from diurna.countrycodes import alpha3_of
from diurna.imports.deeds import Found, Passed, day_value_of, each
from diurna.imports.rowreport import RowReport, party, row_report
from diurna.imports.rows import Row, table_rows
from diurna.model.record import (
    Act,
    Actor,
    Commitment,
    CommitmentKind,
    Content,
    Cue,
    Event,
    Numbers,
    Party,
    Place,
    Reading,
    Speaker,
    Statement,
)
from diurna.model.report import content_hash
from diurna.model.timevalue import TimeValue, month_value, year_value

_ID, _WHAT = ("id", "promise_id"), ("what", "act", "promise", "text", "commitment")
_BY, _TO = ("by", "who", "actor"), ("to",)
_KIND, _WHEN, _DUE = ("kind", "type"), ("date", "said", "when", "made"), ("due", "deadline", "until")
_OTHERS = ("condition", "criteria", "source", "url", "outlet")
_COLUMNS = (*_ID, *_WHAT, *_BY, *_TO, *_KIND, *_WHEN, *_DUE, *_OTHERS)
_ACTS: dict[str, Act] = {
    "promise": "promise", "agreement": "agree", "demand": "demand", "threat": "threaten", "refusal": "refuse",
    "condition": "promise",
}  # fmt: skip

PAX = "PA-X"
_PAX_COLUMNS = ("Con", "PP", "PPName", "AgtId", "Agt", "Dat", "Status", "Agtp", "Stage", "StageSub", "Reg")


def read(lines: Iterable[str], dataset: str) -> Iterator[Found]:
    """A reading for every row of a CSV of commitments; `dataset` names the file where no row names an outlet."""
    return each(table_rows(lines, known=_COLUMNS), lambda row: _promise(row, dataset))


def _promise(row: Row, dataset: str) -> Reading | Passed:
    what = next((column for column in _WHAT if column in row.cells), None)
    if what is None:
        raise ValueError(f"nothing was promised: no column of {', '.join(_WHAT)} is filled")
    kind = row.get(*_KIND).lower() or "promise"
    if kind not in get_args(CommitmentKind):
        raise ValueError(f"no kind {kind!r}: it is one of {', '.join(get_args(CommitmentKind))}")
    said, due = time_of(row.get(*_WHEN)), time_of(row.get(*_DUE))
    key = row.get(*_ID) or content_hash("row", *(f"{name}={value}" for name, value in row.cells.items()))
    made = row_report(row, row.get("outlet") or dataset, key, published=said)
    speaker = _side(made, row, _BY)
    statement = _statement(made, what, _ACTS[kind], speaker, said)
    other = _side(made, row, _TO)
    commitment = Commitment(
        made.id("cm", kind, statement.id), cast("CommitmentKind", kind), speaker[1].id if speaker else None,
        other[1].id if other else None, statement.content.text, row.get("condition") or None,
        tuple(part.strip() for part in row.get("criteria").split(";") if part.strip()), due, statement.id,
    )  # fmt: skip
    actors = tuple(side[1] for side in (speaker, other) if side)
    return Reading(made.report, None, actors, (statement,), commitments=(commitment,))


def _side(made: RowReport, row: Row, columns: tuple[str, ...]) -> tuple[Party, Actor] | None:
    column = next((name for name in columns if name in row.cells), "")
    return party(made, column, "unknown", None, None) if column else None


def _statement(
    made: RowReport, what: str, act: Act, by: tuple[Party, Actor] | None, said: TimeValue | None
) -> Statement:
    span = made.spans[what]
    speaker = Speaker(None, "", None, None, "document")
    columns = [what]
    if by is not None:
        speaker = Speaker(by[0].span, by[0].text, by[1].id, None, "named")
        columns += [column for column in _BY if made.spans.get(column) == by[0].span]
    return Statement(
        made.id("st", act, *span), speaker, Cue((), act), Content((span,), span.of(made.report.text)), "indirect", act,
        None, None, said, "positive", "unknown", (), None, made.evidence("import commitments", *columns),
    )  # fmt: skip


def read_pax(lines: Iterable[str]) -> Iterator[Found]:
    """A reading for every agreement of PA-X."""
    return each(table_rows(lines, known=_PAX_COLUMNS), _agreement)


def _agreement(row: Row) -> Reading | Passed:
    key, signed = row.get("AgtId"), time_of(row.get("Dat"))
    if not key or "Agt" not in row.cells:
        raise ValueError("no AgtId or no Agt: PA-X names agreements by these columns")
    # its provisions are hundreds of columns of numbers; what names the agreement is kept
    named = Row(row.line, {name: value for name, value in row.cells.items() if name in _PAX_COLUMNS})
    made = row_report(named, PAX, key, published=signed)
    trigger = made.spans["Agt"]
    text = made.report.text
    event = Event(
        made.id("ev", "AGREE", *trigger), trigger, "AGREE", None, (), 1, None, (), (), _place(named, made), signed,
        "actual", Numbers(), None, made.evidence("import pax", "Agt", "Dat"),
    )  # fmt: skip
    commitment = Commitment(
        made.id("cm", "agreement", event.id), "agreement", None, None, trigger.of(text), None, (), None, event.id
    )
    return Reading(made.report, None, (), (), (event,), commitments=(commitment,))


def _place(row: Row, made: RowReport) -> Place | None:
    span = made.span("Con")
    if span is None:
        return None
    return Place(span, span.of(made.report.text), None, None, alpha3_of(row.get("Con").split("/")[0]), None, "country")


def time_of(said: str) -> TimeValue | None:
    """A day, month (2025-12) or year.

    Raises:
        ValueError: it is none of these.
    """
    if len(said) == 4 and said.isdigit():
        return year_value(int(said), said)
    if len(said) == 7 and said[:4].isdigit() and said[4] == "-" and said[5:].isdigit() and 1 <= int(said[5:]) <= 12:
        return month_value(int(said[:4]), int(said[5:]), said)
    return day_value_of(said)
