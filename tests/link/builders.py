"""Readings made by hand: a text, and records pointing at phrases of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from diurna.link.commitments import open_commitments
from diurna.link.gaps import find_gaps
from diurna.model.record import (
    QUAD,
    Act,
    Actor,
    ActorKind,
    Content,
    Cue,
    Event,
    EventType,
    Evidence,
    Gap,
    Number,
    Numbers,
    Party,
    Place,
    Reading,
    Realis,
    Relation,
    RelationKind,
    Speaker,
    SpeakerKind,
    Statement,
    TimeExpression,
)
from diurna.model.report import Block, Report
from diurna.model.span import Span, hull
from diurna.model.timevalue import TimeValue, day_value


def day(number: int, text: str = "") -> TimeValue:
    """A day of March 2024."""
    return day_value(dt.date(2024, 3, number), text or f"{number} March")


@dataclass
class Scene:
    """A report in the making; every method points at a phrase of `text`, the first one unless `after` says where."""

    text: str
    actors: list[Actor] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    times: list[TimeExpression] = field(default_factory=list)
    published: TimeValue | None = None

    def span(self, phrase: str, after: int = 0) -> Span:
        start = self.text.index(phrase, after)
        return Span(start, start + len(phrase))

    def actor(
        self,
        name: str,
        kind: ActorKind = "group",
        *,
        country: str | None = None,
        sector: str | None = None,
        roles: tuple[str, ...] = (),
        aliases: tuple[str, ...] = (),
        mentions: tuple[str, ...] = (),
    ) -> str:
        spans = tuple(self.span(m) for m in (mentions or (name,)) if m in self.text)
        self.actors.append(Actor(f"ac-{name}", name, kind, country, sector, roles, aliases, spans))
        return f"ac-{name}"

    def says(
        self,
        speaker: str,
        content: str,
        act: Act = "assert",
        *,
        cue: str = "",
        lemma: str = "say",
        actor: str | None = None,
        to: str | None = None,
        at: TimeValue | None = None,
        parent: str | None = None,
        kind: SpeakerKind = "role",
        behalf: str | None = None,
    ) -> str:
        start = self.text.index(content)
        speaker_span = self.span(speaker) if speaker else None
        content_span = self.span(content, start)
        cue_spans = (self.span(cue),) if cue else ()
        where = hull([s for s in (speaker_span, content_span, *cue_spans) if s])
        key = f"st-{len(self.statements)}"
        self.statements.append(
            Statement(
                id=key,
                speaker=Speaker(speaker_span, speaker, actor, behalf, kind),
                cue=Cue(cue_spans, lemma),
                content=Content((content_span,), content),
                manner="direct" if "“" in content else "indirect",
                act=act,
                addressee=self.party(to) if to else None,
                channel=None,
                said_at=at,
                polarity="negative" if act in ("deny", "refuse") else "positive",
                certainty="certain",
                hedges=(),
                parent=parent,
                evidence=Evidence(where, where.of(self.text), "hand"),
            )
        )
        return key

    def party(self, actor: str) -> Party:
        known = next(a for a in self.actors if a.id == actor)
        span = known.mentions[0] if known.mentions else None
        return Party(span, known.name, actor, known.country, known.sector)

    def happens(
        self,
        trigger: str,
        kind: EventType,
        phrase: str,
        *,
        actor: str | None = None,
        to: str | None = None,
        at: TimeValue | None = None,
        place: Place | None = None,
        realis: Realis = "actual",
        told: str | None = None,
        killed: Number | None = None,
        participants: Number | None = None,
    ) -> str:
        span = self.span(phrase)
        key = f"ev-{len(self.events)}"
        self.events.append(
            Event(
                id=key,
                trigger=self.span(trigger, span.start),
                type=kind,
                mode=None,
                contexts=(),
                quad=QUAD[kind],
                cameo=None,
                actors=(self.party(actor),) if actor else (),
                recipients=(self.party(to),) if to else (),
                place=place,
                happened_at=at,
                realis=realis,
                numbers=Numbers(killed=killed, participants=participants),
                attributed_to=told,
                evidence=Evidence(span, phrase, "hand"),
            )
        )
        return key

    def place(self, name: str, country: str = "VEL") -> Place:
        return Place(self.span(name), name, None, None, country, None, "city")

    def number(self, text: str, low: int | None, high: int | None) -> Number:
        return Number(low, high, text, self.span(text))

    def relate(self, kind: RelationKind, source: str, target: str) -> None:
        self.relations.append(
            Relation(
                f"re-{len(self.relations)}",
                kind,
                source,
                target,
                "positive",
                None,
                Evidence(Span(0, 1), self.text[:1], "hand"),
            )
        )

    def time(self, phrase: str, value: TimeValue) -> None:
        self.times.append(TimeExpression(self.span(phrase), phrase, value))

    def reading(self) -> Reading:
        blocks, start = [], 0
        for line in self.text.split("\n"):
            if line:
                blocks.append(Block("body", Span(start, start + len(line))))
            start += len(line) + 1
        report = Report("rp-hand", None, "v", None, None, None, None, self.published, "en", self.text, tuple(blocks))
        made = Reading(
            report=report,
            anchor=self.published,
            actors=tuple(self.actors),
            statements=tuple(self.statements),
            events=tuple(self.events),
            relations=tuple(self.relations),
            times=tuple(self.times),
        )
        return _with_commitments(made)

    def gaps(self, verdict: str = "gap") -> list[Gap]:
        return [gap for gap in find_gaps(self.reading()) if gap.verdict == verdict]


def _with_commitments(reading: Reading) -> Reading:
    import dataclasses

    return dataclasses.replace(reading, commitments=open_commitments(reading))
