"""Answers as flat rows, for CSV and for the table libraries people have: one row a record, one value a cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, runtime_checkable

from diurna.errors import MissingPartError
from diurna.ledger.asking import Hit, Kept, Known, ReportFacts
from diurna.ledger.columns import FIRST_SEEN, Kind, arrow_schema
from diurna.ledger.linkcells import cross_gap_cells, life_cells, story_cells
from diurna.ledger.linked import KeptCrossGap, KeptLife
from diurna.model.canon import Story
from diurna.model.markup import table_html
from diurna.model.record import Commitment, Event, Gap, Party, Statement

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

T = TypeVar("T", bound="Kept[Statement] | Kept[Event] | Kept[Commitment] | Kept[Gap] | ReportFacts | Known | Hit")
Cell = str | int | float | None

_JOINT = "; "
_SHOWN = 10
"""Rows a notebook shows."""


class Rows(Generic[T]):
    """Answers to go through, as often as wanted: every time they are asked for anew.

    Table libraries that know Arrow's C stream take them as they are: `polars.DataFrame(rows)`, `pyarrow.table(rows)`,
    Altair, DuckDB.

    Args:
        ask: gives the answers.
        kind: what they are; the columns of a table hang on it, not on what was found.
    """

    def __init__(self, ask: Callable[[], Iterator[T]], kind: Kind) -> None:
        self._ask, self.kind = ask, kind

    def __iter__(self) -> Iterator[T]:
        return self._ask()

    def __repr__(self) -> str:
        return f"<Rows of {self.kind}: go through them, or to_polars(), to_pandas(), to_arrow(), to_dicts()>"

    def to_dicts(self) -> list[dict[str, Cell]]:
        """One flat dictionary a row."""
        return [flat(one) for one in self]

    def to_batches(self, size: int = 10_000) -> pa.RecordBatchReader:
        """A `pyarrow.RecordBatchReader`: so many rows at a time, so that memory stays flat whatever there is."""
        import pyarrow as pa

        schema, rows = arrow_schema(self.kind), map(flat, self)
        some = iter(lambda: list(islice(rows, size)), [])
        return pa.RecordBatchReader.from_batches(schema, (pa.RecordBatch.from_pylist(one, schema) for one in some))

    def to_arrow(self) -> pa.Table:
        """A `pyarrow.Table`; an empty one has its columns too."""
        return self.to_batches().read_all()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Arrow's own hand-over between libraries, batch by batch (the PyCapsule interface)."""
        return self.to_batches().__arrow_c_stream__(requested_schema)

    def to_pandas(self) -> pd.DataFrame:
        """A pandas `DataFrame`.

        Raises:
            MissingPartError: pandas is not installed.
        """
        try:
            frame: pd.DataFrame = self.to_arrow().to_pandas()
        except ImportError:
            raise MissingPartError("pandas is not installed: python -m pip install 'diurna[frames]'") from None
        return frame

    def to_polars(self) -> pl.DataFrame:
        """A polars `DataFrame`.

        Raises:
            MissingPartError: polars is not installed.
        """
        try:
            import polars as pl
        except ImportError:
            raise MissingPartError("polars is not installed: python -m pip install 'diurna[frames]'") from None
        frame = pl.from_arrow(self.to_arrow())
        assert isinstance(frame, pl.DataFrame)  # noqa: S101 - a table gives a frame
        return frame

    def _repr_html_(self) -> str:
        shown = list(islice(self, _SHOWN + 1))
        more = f"the first {_SHOWN} of more {self.kind}" if len(shown) > _SHOWN else f"{len(shown)} {self.kind}"
        columns = FIRST_SEEN[self.kind]
        return table_html(columns, ([flat(one)[key] for key in columns] for one in shown[:_SHOWN]), more)


def flat(one: Any) -> dict[str, Cell]:
    """An answer as one row."""
    if isinstance(one, ReportFacts):
        return _report(one)
    if isinstance(one, Known):
        return _known(one)
    if isinstance(one, Hit):
        own: dict[str, Cell] = {"kind": one.kind, "start": one.start, "text": one.text}
        return {**own, **(flat(one.record) if one.record else _report(one.report))}
    if isinstance(one, Story):
        return story_cells(one)
    if isinstance(one, KeptCrossGap | KeptLife):
        own = cross_gap_cells(one) if isinstance(one, KeptCrossGap) else life_cells(one)
        return {**own, **{f"report_{key}": cell for key, cell in _report(one.report).items()}}
    names = dict(one.names)
    record = one.record
    own = _own(record, names)
    return {**own, "review": one.review, **{f"report_{key}": cell for key, cell in _report(one.report).items()}}


@runtime_checkable
class Tabled(Protocol):
    """What is several rows by itself."""

    def cells(self) -> Iterator[dict[str, Cell]]:
        """Its rows."""


def flat_rows(rows: Iterable[Any]) -> Iterator[dict[str, Cell]]:
    """Answers as rows; one that is several by itself as all of them."""
    for one in rows:
        if isinstance(one, Tabled):
            yield from one.cells()
        else:
            yield flat(one)


def _report(one: ReportFacts) -> dict[str, Cell]:
    return {
        "id": one.id,
        "version": one.version,
        "number": one.number,
        "source_id": one.source_id,
        "title": one.title,
        "outlet": one.outlet,
        "author": one.author,
        "url": one.url,
        "day": one.day or None,
        "language": one.language,
        "characters": one.characters,
        "recorded_at": one.recorded_at or None,
        "replaced_at": one.replaced_at,
    }


def _known(one: Known) -> dict[str, Cell]:
    return {
        "name": one.name,
        "kinds": _JOINT.join(one.kinds),
        "countries": _JOINT.join(one.countries),
        "reports": one.reports,
        "statements": one.statements,
        "events": one.events,
        "first": one.first or None,
        "last": one.last or None,
        "id": one.id or None,
        "same": _JOINT.join(other.name for other in one.same) or None,
        "why": _JOINT.join(other.why for other in one.same) or None,
        "namesakes": len({other.id for other in one.namesakes}),
    }


def _statement(one: Statement, names: dict[str, str]) -> dict[str, Cell]:
    said = one.said_at
    return {
        "id": one.id,
        "speaker": names.get(one.speaker.actor or "", one.speaker.text),
        "speaker_as_written": one.speaker.text,
        "speaker_kind": one.speaker.kind,
        "act": one.act,
        "manner": one.manner,
        "content": one.content.text,
        "cue": one.cue.lemma,
        "addressee": one.addressee.text if one.addressee else None,
        "said_from": said.earliest if said else None,
        "said_until": said.latest if said else None,
        "polarity": one.polarity,
        "certainty": one.certainty,
        "parent": one.parent,
        "start": one.evidence.span.start,
        "end": one.evidence.span.end,
        "quote": one.evidence.quote,
        "rule": one.evidence.rule,
        "confidence": one.evidence.confidence,
    }


def _event(one: Event, names: dict[str, str]) -> dict[str, Cell]:
    when, place, numbers = one.happened_at, one.place, one.numbers
    counts = {name: getattr(numbers, name) for name in ("killed", "injured", "arrested", "participants")}
    return {
        "id": one.id,
        "type": one.type,
        "mode": one.mode,
        "quad": one.quad,
        "cameo": one.cameo,
        "realis": one.realis,
        "attributed_to": one.attributed_to,
        "actors": _parties(one.actors, names),
        "recipients": _parties(one.recipients, names),
        "happened_from": when.earliest if when else None,
        "happened_until": when.latest if when else None,
        "place": place.text if place else None,
        "country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        **{f"{name}_low": count.low if count else None for name, count in counts.items()},
        **{f"{name}_high": count.high if count else None for name, count in counts.items()},
        "start": one.evidence.span.start,
        "end": one.evidence.span.end,
        "quote": one.evidence.quote,
        "rule": one.evidence.rule,
        "confidence": one.evidence.confidence,
    }


def _own(record: Statement | Event | Commitment | Gap, names: dict[str, str]) -> dict[str, Cell]:
    if isinstance(record, Statement):
        return _statement(record, names)
    if isinstance(record, Event):
        return _event(record, names)
    return _commitment(record, names) if isinstance(record, Commitment) else _gap(record)


def _commitment(one: Commitment, names: dict[str, str]) -> dict[str, Cell]:
    return {
        "id": one.id,
        "kind": one.kind,
        "by": names.get(one.by or ""),
        "to": names.get(one.to or ""),
        "act": one.act,
        "condition": one.condition,
        "criteria": _JOINT.join(one.criteria) or None,
        "due_from": one.due.earliest if one.due else None,
        "due_until": one.due.latest if one.due else None,
        "opened_by": one.opened_by,
    }


def _gap(one: Gap) -> dict[str, Cell]:
    tests = [f"{test.name}: {test.result}" for test in one.tests]
    return {
        "id": one.id,
        "kind": one.kind,
        "left": one.left,
        "right": one.right,
        "score": one.score,
        "verdict": one.verdict,
        "reason": one.reason,
        "tests": _JOINT.join(tests) or None,
    }


def _parties(parties: tuple[Party, ...], names: dict[str, str]) -> str | None:
    return _JOINT.join(names.get(party.actor or "", party.text) for party in parties) or None
