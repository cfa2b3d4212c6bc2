"""A reading as rows of tables, and what is searched of it: pure, so that checking a ledger is making the rows again."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from diurna.ledger.pack import pack, unpack
from diurna.ledger.schema import column
from diurna.ledger.words import words_of
from diurna.model.record import Actor, Event, Failure, Party, Reading, Statement
from diurna.model.report import Block, Report, content_hash
from diurna.model.timevalue import TimeValue

PASSAGE = 2000
"""Words of a text that are searched as one: in so few no word is so frequent that PostgreSQL drops its places (255)."""

MOST_PASSAGES = 4096
"""Passages a text can have: a hundred times the longest text that is read."""

_LEVEL = 6
"""zlib's: on news 2.3 times smaller at 60 MB a second; level 9 gains 1 %, zstandard would be one more dependency."""

UNREAD = frozenset({"annotate", "link", "check"})
"""Stages that fail by our fault: a later reading that does not fail takes the place of one that did."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a report's version besides its text and records."""

    source_id: str | None
    title: str | None
    url: str | None
    outlet: str | None
    author: str | None
    published: TimeValue | None
    language: str | None
    blocks: tuple[Block, ...]
    anchor: TimeValue | None
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A name at one place of a reading: `key` is what makes two spellings one."""

    key: str
    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One record as a row: its own columns in the table's order, and whom it names."""

    id: str
    columns: tuple[Any, ...]
    named: tuple[Named, ...] = ()
    quote: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingRows:
    """A reading as rows, with names and outlet not yet numbered."""

    facts: str
    day: str
    outlet: str | None
    digest: str
    whole: int
    actors: list[Item]
    statements: list[Item]
    events: list[Item]
    relations: list[Item]
    commitments: list[Item]
    gaps: list[Item]
    times: list[Item]

    def groups(self) -> tuple[list[Item], ...]:
        """The records by table, in the order of `schema.RECORD_TABLES`."""
        return self.actors, self.statements, self.events, self.relations, self.commitments, self.gaps, self.times


def rows_of(reading: Reading) -> ReadingRows:
    """The rows of a reading; equal readings give equal rows."""
    text, report = reading.report.text, reading.report
    facts = pack(_facts(reading), text)
    names = {actor.id: actor.name for actor in reading.actors}
    groups = (
        [_actor(one, text) for one in reading.actors],
        [_statement(one, text, names) for one in reading.statements],
        [_event(one, text, names) for one in reading.events],
        [Item(one.id, (one.kind, pack(one, text))) for one in reading.relations],
        [Item(one.id, (one.kind, first_day(one.due), pack(one, text))) for one in reading.commitments],
        [Item(one.id, (one.kind, one.verdict, pack(one, text))) for one in reading.gaps],
        [Item("", (first_day(one.value), last_day(one.value), pack(one, text))) for one in reading.times],
    )
    bodies = (item.columns[-1] for group in groups for item in group)
    return ReadingRows(
        facts,
        day_of(reading),
        column(report.outlet) if report.outlet else None,
        content_hash("dg", report.id, report.version, facts, *bodies),
        int(not any(failure.stage in UNREAD for failure in reading.failures)),
        *groups,
    )


def _facts(reading: Reading) -> Facts:
    report = reading.report
    return Facts(
        report.source_id,
        report.title,
        report.url,
        report.outlet,
        report.author,
        report.published,
        report.language,
        report.blocks,
        reading.anchor,
        reading.failures,
    )


def unpack_facts(body: str, text: str = "") -> Facts:
    """The facts `rows_of` packed."""
    return unpack(Facts, body, text)


def report_of(report_id: str, version: str, text: str, facts: Facts) -> Report:
    """The report, put together again."""
    return Report(
        report_id,
        facts.source_id,
        version,
        facts.title,
        facts.url,
        facts.outlet,
        facts.author,
        facts.published,
        facts.language,
        text,
        facts.blocks,
    )


def _actor(actor: Actor, text: str) -> Item:
    return Item(actor.id, (actor.kind, actor.country, pack(actor, text)), (named(actor.name),))


def named_parties(one: Statement | Event, names: dict[str, str]) -> tuple[Named, ...]:
    """Whoever is a party of a record, by the names of the reading's actors, each once a role."""
    if isinstance(one, Event):
        return _named([*_parties(one.actors, "actor"), *_parties(one.recipients, "recipient")], names)
    parties = [(one.speaker.actor, one.speaker.text, "speaker"), (one.speaker.on_behalf_of, "", "behalf")]
    if one.addressee:
        parties.append((one.addressee.actor, one.addressee.text, "addressee"))
    return _named(parties, names)


def _statement(one: Statement, text: str, names: dict[str, str]) -> Item:
    columns = (one.act, first_day(one.said_at), last_day(one.said_at), pack(one, text))
    return Item(one.id, columns, named_parties(one, names), one.evidence.quote, (f"_a{one.act}",))


def _event(one: Event, text: str, names: dict[str, str]) -> Item:
    own = int(one.attributed_to is None)
    columns = (one.type, one.realis, own, first_day(one.happened_at), last_day(one.happened_at), pack(one, text))
    labels = (f"_t{one.type.lower()}", f"_r{one.realis}", f"_v{own}")
    return Item(one.id, columns, named_parties(one, names), one.evidence.quote, labels)


def _parties(parties: tuple[Party, ...], role: str) -> Iterator[tuple[str | None, str, str]]:
    return ((party.actor, party.text, role) for party in parties)


def _named(parties: list[tuple[str | None, str, str]], names: dict[str, str]) -> tuple[Named, ...]:
    """The parties by the names of their actors, each once a role."""
    found: dict[tuple[str, str], Named] = {}
    for actor, said, role in parties:
        name = names.get(actor or "", said)
        if name:
            one = named(name, role)
            found.setdefault((one.key, role), one)
    return tuple(found.values())


def named(name: str, role: str = "") -> Named:
    """The name under which an actor is found; one without letters is its own key."""
    shown = column(name)
    return Named(" ".join(words_of(shown)) or shown, shown, role)


def day_of(reading: Reading) -> str:
    """The ISO day the report is of: when it was published, else the day it speaks from, else ""."""
    return first_day(reading.report.published) or first_day(reading.anchor)


def first_day(value: TimeValue | None) -> str:
    """The first day of an interval; "" where it is open or unknown."""
    return value.earliest[:10] if value and value.earliest else ""


def last_day(value: TimeValue | None) -> str:
    """The last day of an interval; "" where it is open or unknown."""
    return value.latest[:10] if value and value.latest else ""


def deflate(text: str) -> bytes:
    """A report's text as it is kept."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def inflate(body: bytes) -> str:
    """The text `deflate` packed.

    Raises:
        ValueError, zlib.error: it is damaged.
    """
    return zlib.decompress(body).decode("utf-8", "surrogatepass")


def passages(text: str) -> Iterator[list[str]]:
    """The words of a text in pieces that are searched as one, at least one piece."""
    words = words_of(text)
    for start in range(0, max(1, len(words)), PASSAGE):
        yield words[start : start + PASSAGE]
