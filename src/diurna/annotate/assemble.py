"""Drafts to records: actors get ids, spans get their actor, statements their parent, events the words they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from diurna.annotate.parse import Parse
from diurna.model.annotation import ActorCode, ActorDraft, EventDraft, RelationDraft, StatementDraft
from diurna.model.record import (
    QUAD,
    Actor,
    Channel,
    Content,
    Cue,
    Event,
    Evidence,
    Party,
    Reading,
    Relation,
    Speaker,
    SpeakerKind,
    Statement,
    TimeExpression,
)
from diurna.model.report import Report, content_hash
from diurna.model.span import Span, hull
from diurna.model.timevalue import TimeValue

CodeOf = Callable[[Parse, Span], ActorCode]

_NAMED_KINDS = frozenset({"person", "office", "organisation", "state", "outlet", "place"})


@dataclass(frozen=True, slots=True)
class Drafts:
    """All that the annotators found in one report."""

    anchor: TimeValue | None
    times: tuple[TimeExpression, ...]
    actors: Sequence[ActorDraft]
    statements: Sequence[StatementDraft]
    events: Sequence[EventDraft]
    relations: Sequence[RelationDraft]


def assemble(report: Report, parse: Parse, drafts: Drafts, code_of: CodeOf) -> Reading:
    """The records of one report, each with its evidence; equal drafts give equal ids."""
    actors = _actors(report, drafts.actors)
    maker = _Maker(report, parse, drafts, actors, ActorIndex(parse, actors), code_of)
    relations = maker.relations()
    statements = maker.statements(relations)
    return Reading(
        report=report,
        anchor=drafts.anchor,
        actors=actors,
        statements=statements,
        events=maker.events(),
        relations=relations,
        times=drafts.times,
    )


class ActorIndex:
    """Which actor a stretch of text is about: the one with a mention on the same head word."""

    def __init__(self, parse: Parse, actors: Sequence[Actor]) -> None:
        self._parse = parse
        self._by_head: dict[int, str] = {}
        self._by_span: dict[Span, str] = {}
        for actor in actors:
            for mention in actor.mentions:
                self._by_span.setdefault(mention, actor.id)
                head = parse.head_in(mention)
                if head is not None:
                    self._by_head.setdefault(head, actor.id)

    def at(self, span: Span | None) -> str | None:
        """The id of the actor `span` is about, or None."""
        if span is None:
            return None
        exact = self._by_span.get(span)
        if exact:
            return exact
        head = self._parse.head_in(span)
        if head is None:
            return None
        return self._by_head.get(head) or self._inside(span, head)

    def _inside(self, span: Span, head: int) -> str | None:
        """The actor of the appositive or name part of the phrase under `head`, where the head itself is no mention."""
        inside = self._parse.tokens_in(span)
        names = self._parse.children_by(head, "appos", "compound", "flat", "nmod")
        return next((self._by_head[i] for i in names if i in inside and i in self._by_head), None)


def _actors(report: Report, drafts: Iterable[ActorDraft]) -> tuple[Actor, ...]:
    made = {}
    for draft in drafts:
        first = min(draft.mentions)
        key = content_hash("ac", report.id, report.version, draft.name, *first)
        made[key] = Actor(
            key,
            draft.name,
            draft.kind,
            draft.country,
            draft.sector,
            draft.roles,
            draft.aliases,
            tuple(sorted(draft.mentions)),
        )
    return tuple(made.values())


class _Maker:
    def __init__(
        self,
        report: Report,
        parse: Parse,
        drafts: Drafts,
        actors: tuple[Actor, ...],
        index: ActorIndex,
        code_of: CodeOf,
    ) -> None:
        self.report, self.parse, self.drafts = report, parse, drafts
        self.actors = {actor.id: actor for actor in actors}
        self.index, self.code_of = index, code_of
        self.values = {time.span: time.value for time in drafts.times}

    def _id(self, kind: str, *parts: object) -> str:
        return content_hash(kind, self.report.id, self.report.version, *parts)

    def _evidence(self, span: Span, rule: str, confidence: float | None = None) -> Evidence:
        return Evidence(span, span.of(self.report.text), rule, confidence)

    def _party(self, span: Span) -> Party:
        actor = self.index.at(span)
        known = self.actors.get(actor or "")
        code = self.code_of(self.parse, span)
        return Party(
            span,
            span.of(self.report.text),
            actor,
            code.country or (known.country if known else None),
            code.sector or (known.sector if known else None),
        )

    def relations(self) -> tuple[Relation, ...]:
        made = {}
        for draft in self.drafts.relations:
            source, target = self.index.at(draft.source), self.index.at(draft.target)
            if source is None or target is None or source == target:
                continue
            key = self._id("re", draft.kind, source, target, *draft.span)
            holder = _innermost(draft.span, self.drafts.statements)
            made[key] = Relation(
                key,
                draft.kind,
                source,
                target,
                draft.polarity,
                None if holder is None else self._statement_id(self.drafts.statements[holder]),
                self._evidence(draft.span, draft.rule),
            )
        return tuple(made.values())

    def _statement_id(self, draft: StatementDraft) -> str:
        return self._id("st", draft.speaker, draft.cue, draft.content)

    def statements(self, relations: Sequence[Relation]) -> tuple[Statement, ...]:
        speaks_for = {r.source: r.target for r in relations if r.kind == "speaks_for" and r.polarity == "positive"}
        parents = parents_of(self.drafts.statements)
        made = {}
        for draft, parent in zip(self.drafts.statements, parents, strict=True):
            key = self._statement_id(draft)
            over = None if parent is None else self._statement_id(self.drafts.statements[parent])
            made.setdefault(key, self._statement(key, draft, over, speaks_for))
        return tuple(made.values())

    def _statement(self, key: str, draft: StatementDraft, parent: str | None, speaks_for: dict[str, str]) -> Statement:
        text = self.report.text
        parts = [*draft.cue, *draft.content, *([draft.speaker] if draft.speaker else [])]
        return Statement(
            id=key,
            speaker=self._speaker(draft, speaks_for),
            cue=Cue(draft.cue, draft.cue_lemma),
            content=Content(draft.content, " … ".join(span.of(text) for span in draft.content)),
            manner=draft.manner,
            act=draft.stance.act,
            addressee=self._party(draft.addressee) if draft.addressee else None,
            channel=Channel(draft.channel, draft.channel.of(text)) if draft.channel else None,
            said_at=self._said_at(draft),
            polarity=draft.stance.polarity,
            certainty=draft.stance.certainty,
            hedges=draft.stance.hedges,
            parent=parent,
            evidence=self._evidence(hull(parts), draft.rule, draft.confidence),
        )

    def _speaker(self, draft: StatementDraft, speaks_for: dict[str, str]) -> Speaker:
        actor = self.index.at(draft.speaker)
        kind = draft.speaker_kind or self._speaker_kind(draft.speaker, actor)
        text = draft.speaker.of(self.report.text) if draft.speaker else ""
        return Speaker(draft.speaker, text, actor, speaks_for.get(actor or ""), kind)

    def _speaker_kind(self, span: Span | None, actor: str | None) -> SpeakerKind:
        """How the text gives the speaker here: a name, or a pronoun for one, is "named"; "the minister" is a role."""
        head = None if span is None else self.parse.head_in(span)
        if span is None or head is None:
            return "anonymous"
        known = self.actors.get(actor or "")
        if self.parse.pos[head] == "PROPN" or any(self.parse.pos[i] == "PROPN" for i in self._names_by(head)):
            return "named"
        if self.parse.tags[head] == "NNS" or (known is not None and known.kind == "group"):
            return "group"
        if self.parse.pos[head] == "PRON":
            return "named" if known is not None and known.kind in _NAMED_KINDS else "role"
        return "group" if known is not None and known.kind in ("organisation", "state") else "role"

    def _names_by(self, head: int) -> list[int]:
        return self.parse.children_by(head, "appos", "compound", "flat")

    def _said_at(self, draft: StatementDraft) -> TimeValue | None:
        """The time that says when it was said: the one the rule named, else one that hangs on the cue."""
        if draft.time is not None:
            return self.values.get(draft.time)
        cue = {i for span in draft.cue for i in self.parse.tokens_in(span)}
        if not cue:
            return None
        first, last = self.parse.sentences[self.parse.sentence_of[min(cue)]]
        for time in self._times_between(self.parse.starts[first], self.parse.ends[last - 1]):
            if any(time.span.overlaps(content) for content in draft.content):
                continue
            head = self.parse.head_in(time.span)
            if head is not None and any(up in cue for up, _ in zip(self.parse.ancestors(head), range(2), strict=False)):
                return time.value
        return None

    def _times_between(self, start: int, end: int) -> list[TimeExpression]:
        return [time for time in self.drafts.times if start <= time.span.start < end]

    def events(self) -> tuple[Event, ...]:
        made: dict[str, Event] = {}
        for draft in self.drafts.events:
            key = self._id("ev", draft.type, draft.trigger, draft.actors, draft.recipients)
            holder = _innermost(draft.trigger, self.drafts.statements)
            source = None if holder is None else self._statement_id(self.drafts.statements[holder])
            made.setdefault(key, self._event(key, draft, source))
        return tuple(made.values())

    def _event(self, key: str, draft: EventDraft, source: str | None) -> Event:
        return Event(
            id=key,
            trigger=draft.trigger,
            type=draft.type,
            mode=draft.mode,
            contexts=draft.contexts,
            quad=QUAD[draft.type],
            cameo=draft.cameo,
            actors=tuple(self._party(span) for span in draft.actors),
            recipients=tuple(self._party(span) for span in draft.recipients),
            place=draft.place,
            happened_at=self.values.get(draft.time) if draft.time else None,
            realis=draft.realis,
            numbers=draft.numbers,
            attributed_to=source,
            evidence=self._evidence(draft.span, draft.rule, draft.confidence),
        )


def _innermost(span: Span, statements: Sequence[StatementDraft]) -> int | None:
    """The statement with the shortest content that holds `span`, by index."""
    best, size = None, 0
    for number, statement in enumerate(statements):
        for content in statement.content:
            if content.contains(span):
                length = sum(s.end - s.start for s in statement.content)
                if best is None or length < size:
                    best, size = number, length
                break
    return best


def parents_of(statements: Sequence[StatementDraft]) -> list[int | None]:
    """For each statement the one whose content holds its cue and content most narrowly, by index.

    A parent's content is always longer than its child's, so there are no circles.
    """
    sizes = [sum(s.end - s.start for s in one.content) for one in statements]
    order = sorted(range(len(statements)), key=lambda i: (statements[i].content[0].start, -sizes[i]))
    parents: list[int | None] = [None] * len(statements)
    open_ones: list[int] = []
    for child in order:
        start = statements[child].content[0].start
        open_ones = [i for i in open_ones if statements[i].content[-1].end > start]
        parents[child] = _narrowest(child, open_ones, statements, sizes)
        open_ones.append(child)
    return parents


def _narrowest(child: int, over: list[int], statements: Sequence[StatementDraft], sizes: list[int]) -> int | None:
    one = statements[child]
    inner = (*one.cue, *one.content)
    holding = [
        i
        for i in over
        if sizes[i] > sizes[child] and all(any(c.contains(s) for c in statements[i].content) for s in inner)
    ]
    return min(holding, key=lambda i: (sizes[i], i), default=None)
