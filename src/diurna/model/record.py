"""What is found in one report: actors, statements, events, relations, commitments, gaps, times; each with its evidence.

The fields are those of the JSON contract (schema 1); `codec` writes and reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from diurna.errors import RecordError
from diurna.model.report import Report
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue

ActorKind = Literal["person", "office", "organisation", "group", "state", "place", "outlet", "unknown"]
SpeakerKind = Literal["named", "role", "group", "anonymous", "document", "report", "self"]
Manner = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "assert", "deny", "admit", "accuse", "demand", "promise", "agree", "refuse", "threaten", "warn",
    "announce", "praise", "condemn", "ask", "propose", "predict", "express",
]  # fmt: skip
Polarity = Literal["positive", "negative"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Realis = Literal["actual", "planned", "hypothetical", "denied", "possible", "generic"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
RelationKind = Literal["member_of", "leads", "speaks_for", "allied_with", "backs", "controls", "opposes", "part_of"]
ContentForm = Literal["clause", "phrase"]
CommitmentKind = Literal["promise", "agreement", "demand", "threat", "refusal", "condition"]
GapKind = Literal[
    "contradicts_self", "disputed_by_other", "denied_deed", "promise_unkept", "agreement_refused",
    "demand_refused", "threat_carried_out", "threat_lapsed", "competing_numbers",
]  # fmt: skip
TestName = Literal[
    "same actor", "same matter", "same time", "same place", "same quantity", "same condition", "opposite polarity"
]
TestResult = Literal["pass", "fail", "unknown"]
Verdict = Literal["gap", "no_gap", "unsure"]
Review = Literal["open", "accepted", "rejected"]

QUAD: dict[EventType, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3,
    "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
"""PLOVER's quad classes; the manual contradicts itself on SANCTION, its section text is followed."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The characters a record rests on, and who found it.

    Attributes:
        quote: exactly what stands at `span` in the report's text.
        rule: name of the rule or model.
        confidence: calibrated 0..1, or None where it was never calibrated on gold.
    """

    span: Span
    quote: str
    rule: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who: one person, office, organisation, group or state, with every place the report mentions it."""

    id: str
    name: str
    kind: ActorKind
    country: str | None
    sector: str | None
    roles: tuple[str, ...]
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]

    def _repr_html_(self) -> str:
        from diurna.model.markup import actor_html

        return actor_html(self)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody at one place of the text: a speaker's hearer, an event's actor or recipient.

    `span` is None where the party is understood but not written.
    """

    span: Span | None
    text: str
    actor: str | None
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words these are. `span` is None where the text does not name the speaker beside the words.

    Attributes:
        actor: id of the actor who speaks; None for documents and websites, which are nobody.
        mentions: where the report mentions a speaker that is no actor, this place too ("a study ... the report");
            empty for an actor, who has mentions of its own.
    """

    span: Span | None
    text: str
    actor: str | None
    on_behalf_of: str | None
    kind: SpeakerKind
    mentions: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that tell us somebody spoke ("warned", "according to")."""

    spans: tuple[Span, ...]
    lemma: str


@dataclass(frozen=True, slots=True)
class Content:
    """What was said; several spans where the cue splits it. `text` joins them with " … ".

    Attributes:
        form: "clause" where it says something of somebody ("that talks failed"), "phrase" where it only names what was
            spoken of ("the rising tensions").
    """

    spans: tuple[Span, ...]
    text: str
    form: ContentForm = "clause"


@dataclass(frozen=True, slots=True)
class Channel:
    """Through what it was said ("Al-Dijlah TV", "a statement")."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """The words: somebody said something."""

    id: str
    speaker: Speaker
    cue: Cue
    content: Content
    manner: Manner
    act: Act
    addressee: Party | None
    channel: Channel | None
    said_at: TimeValue | None
    polarity: Polarity
    certainty: Certainty
    hedges: tuple[Span, ...]
    parent: str | None
    evidence: Evidence

    def _repr_html_(self) -> str:
        from diurna.model.markup import statement_html

        return statement_html(self)


@dataclass(frozen=True, slots=True)
class Place:
    """Where. `precision` says what the coordinates stand for, so a country's middle never passes for a point."""

    span: Span
    text: str
    lat: float | None
    lon: float | None
    country: str | None
    geonames_id: int | None
    precision: Literal["point", "city", "district", "province", "country", "region", "unknown"]


@dataclass(frozen=True, slots=True)
class Number:
    """How many; `low` and `high` are equal for an exact count, one is None for "at least" and "up to"."""

    low: int | None
    high: int | None
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Numbers:
    """The counts an event comes with."""

    killed: Number | None = None
    injured: Number | None = None
    arrested: Number | None = None
    participants: Number | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """The deeds: somebody did something to somebody, in PLOVER's types. `realis` says whether it happened."""

    id: str
    trigger: Span
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    quad: int
    cameo: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Place | None
    happened_at: TimeValue | None
    realis: Realis
    numbers: Numbers
    attributed_to: str | None
    evidence: Evidence

    def _repr_html_(self) -> str:
        from diurna.model.markup import event_html

        return event_html(self)


@dataclass(frozen=True, slots=True)
class Relation:
    """How two actors stand to each other; `polarity` negative where the text denies it."""

    id: str
    kind: RelationKind
    source: str
    target: str
    polarity: Polarity
    attributed_to: str | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise, agreement, demand, threat or refusal with a life of its own."""

    id: str
    kind: CommitmentKind
    by: str | None
    to: str | None
    act: str
    condition: str | None
    criteria: tuple[str, ...]
    due: TimeValue | None
    opened_by: str

    def _repr_html_(self) -> str:
        from diurna.model.markup import commitment_html

        return commitment_html(self)


@dataclass(frozen=True, slots=True)
class ScopeTest:
    """One question asked of a pair before it may be called a gap."""

    name: TestName
    result: TestResult
    why: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Two records that do not go together, how they were paired, and why. Never a verdict on truth."""

    id: str
    kind: GapKind
    left: str
    right: str
    tests: tuple[ScopeTest, ...]
    score: float
    verdict: Verdict
    reason: str
    review: Review = "open"

    def _repr_html_(self) -> str:
        from diurna.model.markup import gap_html

        return gap_html(self)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression in the text and the interval it means; `value.earliest` is None where it cannot be known."""

    span: Span
    text: str
    value: TimeValue


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be done, where in the pipeline, and why."""

    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in one report.

    `times` come in text order; after them stand the ranges over two of them ("from March to May"), each as one time.
    """

    report: Report
    anchor: TimeValue | None = None
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    gaps: tuple[Gap, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    failures: tuple[Failure, ...] = field(default=())

    def actor(self, actor_id: str | None) -> Actor | None:
        """The actor with this id, or None."""
        return next((actor for actor in self.actors if actor.id == actor_id), None)

    def record(self, record_id: str) -> Statement | Event | Commitment | Relation | Gap | None:
        """The statement, event, commitment, relation or gap with this id, or None."""
        groups = (self.statements, self.events, self.commitments, self.relations, self.gaps)
        return next((one for group in groups for one in group if one.id == record_id), None)

    def to_dict(self) -> dict[str, object]:
        """The JSON contract's object for this report (schema 1)."""
        from diurna.model.codec import reading_to_dict

        return reading_to_dict(self)

    def __repr__(self) -> str:
        """What was found, in one line; the whole is `to_dict()`."""
        counts = ("actors", "statements", "events", "relations", "commitments", "gaps", "failures")
        found = ", ".join(f"{len(getattr(self, name))} {name}" for name in counts if getattr(self, name))
        return f"<Reading of {self.report.id} {self.report.title or 'without a title'!r}: {found or 'nothing found'}>"

    def _repr_html_(self) -> str:
        from diurna.model.markup import reading_html

        return reading_html(self)


def evidence_of(reading: Reading) -> Iterator[Evidence]:
    """The evidence of every record that carries one."""
    for group in (reading.statements, reading.events, reading.relations):
        for one in group:
            yield one.evidence


def check_reading(reading: Reading) -> None:
    """Check law 1: every span lies in the text and every quote is what stands there.

    Raises:
        RecordError: listing every record that breaks it.
    """
    text = reading.report.text
    faults = [
        f"{e.rule}: {e.quote!r} is not at {tuple(e.span)}" for e in evidence_of(reading) if e.span.of(text) != e.quote
    ]
    faults += [
        f"span {tuple(span)} is outside the text of {len(text)} characters"
        for span in all_spans(reading)
        if not 0 <= span.start <= span.end <= len(text)
    ]
    if faults:
        raise RecordError("; ".join(faults))


def all_spans(reading: Reading) -> Iterator[Span]:
    """Every span any record of the reading points at."""
    for block in reading.report.blocks:
        yield block.span
    for actor in reading.actors:
        yield from actor.mentions
    for statement in reading.statements:
        yield from _statement_spans(statement)
    for event in reading.events:
        yield event.trigger
        for party in (*event.actors, *event.recipients):
            if party.span:
                yield party.span
        if event.place:
            yield event.place.span
    for time in reading.times:
        yield time.span
    for evidence in evidence_of(reading):
        yield evidence.span


def _statement_spans(statement: Statement) -> Iterator[Span]:
    yield from statement.cue.spans
    yield from statement.content.spans
    yield from statement.hedges
    yield from statement.speaker.mentions
    for part in (statement.speaker.span, statement.addressee and statement.addressee.span):
        if part:
            yield part
    if statement.channel:
        yield statement.channel.span
