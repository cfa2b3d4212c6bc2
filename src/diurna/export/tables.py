"""Words and deeds as one flat table (CSV, Parquet), and as the records themselves (JSONL).

Every row names the record, the report and the hash of its text, and the characters it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from diurna.export.lines import comma_lines, json_lines, tab_line
from diurna.export.sink import Sink
from diurna.model.codec import SCHEMA
from diurna.model.record import Event, Party, Reading, Statement
from diurna.model.timevalue import TimeValue

if TYPE_CHECKING:
    import pyarrow as pa

Row = tuple[str | int | float | None, ...]

TEXTS = (
    "kind", "record_id", "report_id", "text_version", "source_id", "outlet", "url", "title", "published", "type",
    "mode", "realis", "attributed_to", "actors",
    "actor_countries", "recipients", "recipient_countries", "content", "cue",
    "speaker_kind", "manner", "polarity", "certainty", "channel", "from", "until", "precision", "place", "country",
    "place_precision", "quote", "rule",
)  # fmt: skip
NUMBERS = ("lat", "lon", "killed_low", "killed_high", "injured_low", "injured_high", "confidence")
COUNTS = ("char_start", "char_end", "schema_version")
COLUMNS = (*TEXTS, *NUMBERS, *COUNTS)

MEANINGS = {
    "kind": "statement or event", "record_id": "the record, the same on every machine",
    "report_id": "the report it stands in",
    "text_version": "vs- and 20 hex digits of the SHA-256 of the report's text in UTF-8",
    "source_id": "the id the report's input row gave it", "outlet": "who published the report",
    "url": "the report's address", "title": "the report's headline", "published": "ISO day or moment it was published",
    "type": "the act of a statement, the PLOVER type of an event", "mode": "PLOVER mode of an event",
    "realis": "whether an event happened: actual, planned, hypothetical, denied, possible or generic",
    "attributed_to": "the statement whose words this is, empty in the report's own voice",
    "actors": "who says or does it, joined by semicolons", "actor_countries": "their countries, ISO alpha-3",
    "recipients": "to whom", "recipient_countries": "their countries, ISO alpha-3", "content": "what was said",
    "cue": "the word that tells somebody spoke", "speaker_kind": "how the speaker is given",
    "manner": "direct, indirect or mixed speech", "polarity": "positive or negative",
    "certainty": "how sure the speaker is", "channel": "through what it was said", "from": "first ISO day or moment",
    "until": "last ISO day or moment", "precision": "grain of the time as written", "place": "where, as written",
    "country": "country of the place, ISO alpha-3", "place_precision": "what the coordinates stand for",
    "quote": "exactly what stands at the record's characters", "rule": "the rule or model that found it",
    "lat": "degrees north", "lon": "degrees east", "killed_low": "killed, at least", "killed_high": "killed, at most",
    "injured_low": "injured, at least", "injured_high": "injured, at most",
    "confidence": "calibrated, 0 to 1, empty where never calibrated",
    "char_start": "first character of the quote in the report's text, counted in code points from 0",
    "char_end": "one past its last character", "schema_version": "of the columns, as of the records in JSON",
}  # fmt: skip
"""What every column holds."""

BOM = b"\xef\xbb\xbf"
_AT_ONCE = 5_000
_JOINT = "; "


def rows_of(reading: Reading) -> Iterator[Row]:
    """A row for every statement and event, in text order within each."""
    for statement in reading.statements:
        yield _row(reading, _words(reading, statement))
    for event in reading.events:
        yield _row(reading, _deed(reading, event))


def write_csv(readings: Iterable[Reading]) -> Iterator[bytes]:
    """The table as CSV, UTF-8, safe to open in a spreadsheet."""
    return comma_lines(COLUMNS, (row for reading in readings for row in rows_of(reading)))


def write_excel(readings: Iterable[Reading]) -> Iterator[bytes]:
    """The same CSV with a byte order mark, by which Excel knows that it is UTF-8."""
    yield BOM
    yield from write_csv(readings)


def write_tsv(readings: Iterable[Reading]) -> Iterator[bytes]:
    """The table with tabs; white space within cells becomes blanks."""
    yield tab_line(COLUMNS)
    for reading in readings:
        for row in rows_of(reading):
            yield tab_line(row)


def write_jsonl(readings: Iterable[Reading]) -> Iterator[bytes]:
    """What `diurna read --json` prints: a report with all its records a line."""
    return json_lines(reading.to_dict() for reading in readings)


def write_parquet(readings: Iterable[Reading]) -> Iterator[bytes]:
    """The table as Parquet, in groups of rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema, out = _schema(), Sink()
    rows = (row for reading in readings for row in rows_of(reading))
    with pq.ParquetWriter(pa.PythonFile(out, "w"), schema, compression="zstd") as writer:
        while some := list(islice(rows, _AT_ONCE)):
            columns = [
                pa.array(map(_whole, column), one.type)
                for column, one in zip(zip(*some, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
            yield out.taken()
    yield out.taken()


def _whole(cell: str | float | None) -> str | float | None:
    """The cell; of text that cannot be written as UTF-8 what can."""
    if isinstance(cell, str) and not cell.isascii():
        return cell.encode("utf-8", "replace").decode("utf-8")
    return cell


def _schema() -> pa.Schema:
    import pyarrow as pa

    kinds = [(name, pa.string()) for name in TEXTS] + [(name, pa.float64()) for name in NUMBERS]
    return pa.schema([*kinds, *((name, pa.int64()) for name in COUNTS)])


def _row(reading: Reading, own: dict[str, str | int | float | None]) -> Row:
    report = reading.report
    shared = {
        "report_id": report.id, "text_version": report.version, "source_id": report.source_id, "outlet": report.outlet,
        "url": report.url, "title": report.title, "published": report.published.earliest if report.published else None,
        "schema_version": SCHEMA,
    }  # fmt: skip
    cells = {**shared, **own}
    return tuple(cells.get(column) for column in COLUMNS)


def _words(reading: Reading, one: Statement) -> dict[str, str | int | float | None]:
    speaker = reading.actor(one.speaker.actor)
    return {
        "kind": "statement", "record_id": one.id, "type": one.act, "attributed_to": one.parent,
        "actors": speaker.name if speaker else one.speaker.text or None,
        "actor_countries": speaker.country if speaker else None,
        "recipients": one.addressee.text if one.addressee else None,
        "content": one.content.text, "cue": one.cue.lemma, "speaker_kind": one.speaker.kind, "manner": one.manner,
        "polarity": one.polarity, "certainty": one.certainty, "channel": one.channel.text if one.channel else None,
        **_when(one.said_at), **_evidence(one),
    }  # fmt: skip


def _deed(reading: Reading, one: Event) -> dict[str, str | int | float | None]:
    place, killed, injured = one.place, one.numbers.killed, one.numbers.injured
    return {
        "kind": "event", "record_id": one.id, "type": one.type, "mode": one.mode, "realis": one.realis,
        "attributed_to": one.attributed_to, "actors": names(reading, one.actors),
        "actor_countries": countries(one.actors), "recipients": names(reading, one.recipients),
        "recipient_countries": countries(one.recipients), "place": place.text if place else None,
        "country": place.country if place else None, "place_precision": place.precision if place else None,
        "lat": place.lat if place else None, "lon": place.lon if place else None,
        "killed_low": killed.low if killed else None, "killed_high": killed.high if killed else None,
        "injured_low": injured.low if injured else None, "injured_high": injured.high if injured else None,
        **_when(one.happened_at), **_evidence(one),
    }  # fmt: skip


def names(reading: Reading, parties: Iterable[Party]) -> str | None:
    """The parties' names, as the report knows them best, joined by semicolons."""
    known = ((reading.actor(party.actor), party) for party in parties)
    return _JOINT.join(actor.name if actor else party.text for actor, party in known) or None


def countries(parties: Iterable[Party]) -> str | None:
    """The parties' countries (ISO alpha-3), each once, joined by semicolons."""
    return _JOINT.join(dict.fromkeys(party.country for party in parties if party.country)) or None


def _when(time: TimeValue | None) -> dict[str, str | None]:
    return {"from": time.earliest, "until": time.latest, "precision": time.precision} if time else {}


def _evidence(one: Statement | Event) -> dict[str, str | int | float | None]:
    evidence = one.evidence
    return {
        "quote": evidence.quote, "rule": evidence.rule, "confidence": evidence.confidence,
        "char_start": evidence.span.start, "char_end": evidence.span.end,
    }  # fmt: skip
