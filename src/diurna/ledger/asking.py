"""What can be asked of a ledger, and what comes back: plain frozen values, no SQL."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Generic, Literal, TypedDict, TypeVar

from diurna.errors import UsageError
from diurna.model.codec import encode
from diurna.model.markup import passage_html, source_html
from diurna.model.record import ActorKind, Commitment, Event, Gap, Review, Statement
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue

Clock = Literal["published", "happened", "recorded"]
Voice = Literal["own", "others", "any"]
Reviewed = Literal["open", "accepted", "rejected", "kept", "any"]
Versions = Literal["current", "all"]

T = TypeVar("T")
R_co = TypeVar("R_co", Statement, Event, Commitment, Gap, covariant=True)


@dataclass(frozen=True, slots=True)
class Ask:
    """Which records are wanted, and in what order. What is left as it is narrows nothing.

    Attributes:
        actor: words of the name of whoever is a party in any role; a speaker or one spoken for, a doer or one done to.
        speaker: words of the name of whoever speaks.
        outlet: the outlet's name, whole.
        report: a report's id.
        since, until: ISO days, both included, on `clock`.
        kinds: acts of statements, types of events, kinds of commitments and gaps.
        realis: of events.
        voice: of events: "own", told in the report's own voice; "others", told as somebody's words.
        review: "kept" leaves out what a person rejected.
        versions: "current" asks the newest version of every report, "all" the older ones too.
        clock: which of the times `since`, `until` and the order go by; "happened" of a statement is when it was said.
        newest: whether the latest come first.
    """

    actor: str | None = None
    speaker: str | None = None
    outlet: str | None = None
    report: str | None = None
    since: str | None = None
    until: str | None = None
    kinds: tuple[str, ...] = ()
    realis: tuple[str, ...] = ()
    voice: Voice = "any"
    review: Reviewed = "kept"
    versions: Versions = "current"
    clock: Clock = "published"
    newest: bool = True

    def __post_init__(self) -> None:
        for name, day in (("since", self.since), ("until", self.until)):
            if day is not None and not _is_day(day):
                raise UsageError(f"{name} {day!r} is no day: write it as 2025-12-28")


class Asked(TypedDict, total=False):
    """The names `Ledger.statements` and its like take, as type checkers and editors know them; see `Ask`."""

    actor: str | None
    speaker: str | None
    outlet: str | None
    report: str | None
    since: str | None
    until: str | None
    kinds: tuple[str, ...]
    realis: tuple[str, ...]
    voice: Voice
    review: Reviewed
    versions: Versions
    clock: Clock
    newest: bool


def _is_day(said: str) -> bool:
    try:
        return dt.date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False


DEEDS = Ask(realis=("actual",), voice="own")
"""What counts as a deed (law 7): it happened, and the report says so in its own voice."""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A version of a report as lists show it.

    Attributes:
        number: 1 for the first version that came, 2 for the next.
        day: the ISO day it is of, "" where unknown.
        recorded_at: when the ledger took it in.
        replaced_at: when a newer version took its place; None while it is the newest.
        characters: length of its text.
    """

    id: str
    version: str
    number: int
    source_id: str | None
    title: str | None
    url: str | None
    outlet: str | None
    author: str | None
    published: TimeValue | None
    anchor: TimeValue | None
    language: str | None
    day: str
    recorded_at: str
    replaced_at: str | None
    characters: int

    def to_dict(self) -> dict[str, object]:
        """The report object of the JSON contract, without text."""
        row = encode(self)
        assert isinstance(row, dict)  # noqa: S101 - encode gives an object for a dataclass
        return row

    def _repr_html_(self) -> str:
        return source_html(self.title, self.outlet, self.day, self.url)


@dataclass(frozen=True, slots=True)
class Kept(Generic[R_co]):
    """A record with the report it stands in and what people said of it.

    Attributes:
        names: names of the actors the record points at, by their ids in this report.
    """

    record: R_co
    report: ReportFacts
    review: Review
    names: tuple[tuple[str, str], ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The record's object of the JSON contract with `report` and `review` added."""
        row = encode(self.record)
        assert isinstance(row, dict)  # noqa: S101 - encode gives an object for a dataclass
        known = self.report
        facts = {
            "id": known.id,
            "source_id": known.source_id,
            "version": known.version,
            "title": known.title,
            "outlet": known.outlet,
            "published": encode(known.published),
            "url": known.url,
            "recorded_at": known.recorded_at,
        }
        return {**row, "names": dict(self.names), "review": self.review, "report": facts}

    def _repr_html_(self) -> str:
        record = replace(self.record, review=self.review) if isinstance(self.record, Gap) else self.record
        return record._repr_html_() + self.report._repr_html_()


@dataclass(frozen=True, slots=True)
class Joined:
    """Another name of an actor, why it is taken for the same, and how often it stands in reports."""

    name: str
    why: str
    sightings: int


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody else of a name; `id` is that of an identity of theirs."""

    id: str
    name: str
    sightings: int


@dataclass(frozen=True, slots=True)
class Known:
    """An actor by name, over all reports that name it.

    Attributes:
        id: of the actor across reports; "" where linking has not seen it, or it describes nobody in particular.
        same: other names the actor bears, each with the reason; namesakes: others who bear this name.
        kinds, countries: what reports take it for, the most frequent first.
        reports, statements, events: reports that name it, statements it makes, events it is a party of.
        first, last: ISO days of the first and last such report; "" where none is dated.
    """

    name: str
    kinds: tuple[ActorKind, ...]
    countries: tuple[str, ...]
    reports: int
    statements: int
    events: int
    first: str
    last: str
    id: str = ""
    same: tuple[Joined, ...] = ()
    namesakes: tuple[Namesake, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The actor as JSON values."""
        row = encode(self)
        assert isinstance(row, dict)  # noqa: S101 - encode gives an object for a dataclass
        return row


@dataclass(frozen=True, slots=True)
class Hit:
    """Something a search found.

    Attributes:
        kind: "statement", "event" or "report".
        id: the record's id, or the report's.
        text: the passage found, exactly as it stands in the report from `start` on.
        highlights: where in the report the words stand that were searched for.
    """

    kind: Literal["statement", "event", "report"]
    id: str
    report: ReportFacts
    start: int
    text: str
    highlights: tuple[Span, ...]
    record: Kept[Statement] | Kept[Event] | None = None

    def to_dict(self) -> dict[str, object]:
        """The hit as JSON values; its record, where it is one, whole."""
        row: dict[str, object] = {
            "kind": self.kind,
            "id": self.id,
            "span": [self.start, self.start + len(self.text)],
            "text": self.text,
            "highlights": [list(span) for span in self.highlights],
        }
        if self.record:
            return {**row, "record": self.record.to_dict()}
        return {**row, "report": self.report.to_dict()}

    def _repr_html_(self) -> str:
        end = self.start + len(self.text)
        return passage_html(self.text, f"characters {self.start}–{end}") + self.report._repr_html_()


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of the answers, and where the next page begins.

    Attributes:
        next: what to hand over as `after` for the next page; None on the last one.
    """

    rows: tuple[T, ...]
    next: str | None = field(default=None)

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def write_cursor(order: str, place: tuple[str | int, ...]) -> str:
    """A page's end as one word that can be handed on."""
    return base64.urlsafe_b64encode(json.dumps([order, *place]).encode()).decode().rstrip("=")


def read_cursor(order: str, said: str) -> tuple[str | int, ...]:
    """The place `write_cursor` wrote.

    Raises:
        UsageError: it is no cursor, or one of another order.
    """
    try:
        found, *place = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
    except ValueError:
        raise UsageError(f"{said!r} is no cursor: use `next` of the page before") from None
    if found != order:
        raise UsageError("the cursor belongs to a list in another order: begin again without it")
    return tuple(place)
