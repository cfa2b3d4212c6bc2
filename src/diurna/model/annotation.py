"""What the annotators hand to one another before records are made: spans and labels, no ids yet.

All spans count code points in `report.text`. Annotations live only while one report is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from diurna.model.record import (
    Act,
    ActorKind,
    Certainty,
    ContentForm,
    EventType,
    Manner,
    Numbers,
    Place,
    Polarity,
    Realis,
    RelationKind,
    SpeakerKind,
)
from diurna.model.span import Span


@dataclass(frozen=True, slots=True)
class ActorDraft:
    """One actor of the report: the name it is best known by here, and every mention of it, in text order."""

    name: str
    kind: ActorKind
    country: str | None
    sector: str | None
    roles: tuple[str, ...]
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ActorCode:
    """Country (ISO alpha-3) and PLOVER sector of a party, each None where unknown."""

    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class Stance:
    """What kind of act a statement is and how sure its speaker is."""

    act: Act
    polarity: Polarity
    certainty: Certainty
    hedges: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class TaggedStatement:
    """One statement the learned tagger found, in characters, in text order; `confidence` is calibrated, 0 to 1."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """Somebody said something.

    Attributes:
        speaker: None where the text names nobody beside the words.
        speaker_kind: None where only the actors of the report can tell (a name, a role or a group).
        cue: never empty unless a bare quotation stands alone ("floating").
        content: in text order, at least one, quotation marks at the edges left in or out the same way always.
        addressee, channel: whom it was said to, through what.
        time: the time expression that says when it was said.
        stance: act, polarity, certainty, hedges.
        parent: index, in the same list, of the statement whose content holds this one.
        rule: name of the rule or model that found it.
    """

    speaker: Span | None
    speaker_kind: SpeakerKind | None
    cue: tuple[Span, ...]
    cue_lemma: str
    content: tuple[Span, ...]
    manner: Manner
    stance: Stance
    rule: str
    addressee: Span | None = None
    channel: Span | None = None
    time: Span | None = None
    parent: int | None = None
    confidence: float | None = None
    form: ContentForm = "clause"


@dataclass(frozen=True, slots=True)
class EventDraft:
    """Somebody did something. Parties are spans; a reciprocal event has all parties as actors and recipients."""

    trigger: Span
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str | None
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    realis: Realis
    rule: str
    span: Span
    place: Place | None = None
    time: Span | None = None
    numbers: Numbers = field(default_factory=Numbers)
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class RelationDraft:
    """How the party at `source` stands to the party at `target`."""

    kind: RelationKind
    source: Span
    target: Span
    polarity: Polarity
    span: Span
    rule: str
