"""Drafts to records: actors get ids, spans get their actor, statements their parent, events the words they rest on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from diurna.annotate.actors.behalf import represented
from diurna.annotate.actors.documents import mentions_of_speakers
from diurna.annotate.actors.newcomers import unknown_speakers
from diurna.annotate.actors.publisher import is_own_body, is_publisher
from diurna.annotate.actors.settling import Settler
from diurna.annotate.indexes import ActorIndex, ContentIndex
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
    Place,
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
_FIRST_PERSON = frozenset({"i", "me", "myself", "we", "us", "ourselves"})
"""Words by which a speaker means itself: inside somebody's words they are that somebody."""

_SELF = frozenset({"i", "me", "my", "mine", "myself"})
"""Words for the speaker alone; "we" may be more than the speaker."""

_TIME_PREPOSITIONS = frozenset({"on", "in", "at", "during", "around", "about", "by", "late", "early", "over"})
_TIME_RELATIONS = frozenset({"npadvmod", "advmod", "prep", "nmod", "tmod", "dep", "advcl"})


@dataclass(frozen=True, slots=True)
class Drafts:
    """All that the annotators found in one report.

    `ranges` are stretches over two of `times` ("from March to May"): what is dated by an end is dated by the whole.
    """

    anchor: TimeValue | None
    times: tuple[TimeExpression, ...]
    actors: Sequence[ActorDraft]
    statements: Sequence[StatementDraft]
    events: Sequence[EventDraft]
    relations: Sequence[RelationDraft]
    ranges: tuple[TimeExpression, ...] = ()
    places: Sequence[Place] = ()


def assemble(report: Report, parse: Parse, drafts: Drafts, code_of: CodeOf) -> Reading:
    """The records of one report, each with its evidence; equal drafts give equal ids."""
    actors = _actors(report, drafts.actors)
    index = ActorIndex(parse, actors)
    newcomers = unknown_speakers(parse, drafts.statements, index.at, code_of)
    if newcomers:
        actors = _actors(report, [*drafts.actors, *newcomers])
        index = ActorIndex(parse, actors)
    maker = _Maker(report, parse, drafts, actors, index, code_of)
    relations = maker.relations()
    statements = maker.statements(relations)
    return Reading(
        report=report,
        anchor=drafts.anchor,
        actors=maker.actors_with_own_words(),
        statements=statements,
        events=maker.events(),
        relations=relations,
        times=(*drafts.times, *drafts.ranges),
    )


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
        self.stretches = {
            time.span: whole.value for whole in drafts.ranges for time in drafts.times if whole.span.contains(time.span)
        }
        self.time_starts = [time.span.start for time in drafts.times]
        self.contents = ContentIndex(drafts.statements)
        self.parents = [self.contents.parent_of(number) for number in range(len(drafts.statements))]
        self.issuers: dict[int, str] = {}
        self.speakers = self._speakers()
        self.mentions = self._mentions_of_speakers()
        self.settler = Settler(parse, drafts.places, self._country_at)

    def actors_with_own_words(self) -> tuple[Actor, ...]:
        """The actors, each with the "I", "me" and "my" of its own quoted words as mentions too."""
        own: dict[str, list[Span]] = {}
        for token, word in enumerate(self.parse.lowers):
            if word not in _SELF:
                continue
            span = self.parse.span(token, token + 1)
            holder = self.contents.holding(span)
            speaker = None if holder is None else self.speakers[holder]
            if speaker is not None and self.actors[speaker].kind in ("person", "office"):
                own.setdefault(speaker, []).append(span)
        return tuple(
            replace(actor, mentions=tuple(sorted({*actor.mentions, *own[actor.id]}))) if actor.id in own else actor
            for actor in self.actors.values()
        )

    def _speakers(self) -> list[str | None]:
        """The actor behind each statement: "I" and "we" are whoever says the statement around it."""
        found: list[str | None] = [None] * len(self.drafts.statements)
        for number in self.contents.widest_first:
            span, parent = self.drafts.statements[number].speaker, self.parents[number]
            if self._is_first_person(span):
                found[number] = None if parent is None else found[parent]
            elif span is not None and self.drafts.statements[number].speaker_kind == "document":
                found[number], issuer = self.index.of_document(span)
                self.issuers.update({number: issuer} if issuer else {})
            else:
                found[number] = self.index.at(span)
        return found

    def _mentions_of_speakers(self) -> list[tuple[Span, ...]]:
        """The mentions of each speaker that is no actor."""
        spans = [
            None if actor is not None or self._is_first_person(draft.speaker) else draft.speaker
            for draft, actor in zip(self.drafts.statements, self.speakers, strict=True)
        ]
        return mentions_of_speakers(self.parse, spans, self.index.heads)

    def _is_first_person(self, span: Span | None) -> bool:
        said = "" if span is None or span.end - span.start > 9 else span.of(self.report.text)
        return said != "US" and said.lower() in _FIRST_PERSON

    def _id(self, kind: str, *parts: object) -> str:
        return content_hash(kind, self.report.id, self.report.version, *parts)

    def _evidence(self, span: Span, rule: str, confidence: float | None = None) -> Evidence:
        return Evidence(span, span.of(self.report.text), rule, confidence)

    def _party(self, span: Span, holder: int | None = None) -> Party:
        """The party at `span`; `holder` is the statement it stands in, by index, whose speaker "we" is."""
        own = holder is not None and self._is_first_person(span)
        actor = self.speakers[holder] if own and holder is not None else self.index.at(span)
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
            holder = self.contents.holding(draft.span)
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
        speaks_for = represented(self.parse, tuple(self.actors.values()), relations, self.index.at_head)
        keys = [self._statement_id(draft) for draft in self.drafts.statements]
        made: dict[str, Statement] = {}
        for number, key in enumerate(keys):
            over = self.parents[number]
            made.setdefault(key, self._statement(key, number, None if over is None else keys[over], speaks_for))
        return tuple(made.values())

    def _statement(self, key: str, number: int, parent: str | None, speaks_for: dict[str, str]) -> Statement:
        draft = self.drafts.statements[number]
        text = self.report.text
        parts = [*draft.cue, *draft.content, *([draft.speaker] if draft.speaker else [])]
        return Statement(
            id=key,
            speaker=self._speaker(number, speaks_for),
            cue=Cue(draft.cue, draft.cue_lemma),
            content=Content(draft.content, " … ".join(span.of(text) for span in draft.content), draft.form),
            manner=draft.manner,
            act=draft.stance.act,
            addressee=self._party(draft.addressee, self.parents[number]) if draft.addressee else None,
            channel=Channel(draft.channel, draft.channel.of(text)) if draft.channel else None,
            said_at=self._said_at(draft),
            polarity=draft.stance.polarity,
            certainty=draft.stance.certainty,
            hedges=draft.stance.hedges,
            parent=parent,
            evidence=self._evidence(hull(parts), draft.rule, draft.confidence),
        )

    def _speaker(self, number: int, speaks_for: dict[str, str]) -> Speaker:
        draft, actor = self.drafts.statements[number], self.speakers[number]
        kind = draft.speaker_kind or self._speaker_kind(draft.speaker, actor)
        if kind in ("role", "group") and self._names_person(draft.speaker, actor):
            kind = "named"
        if kind == "named" and self.parents[number] is None:
            kind = "self" if is_publisher(self.report.outlet, self.actors.get(actor or "")) else kind
        text = draft.speaker.of(self.report.text) if draft.speaker else ""
        if kind == "group" and self.parents[number] is None and is_own_body(self.report.outlet, text.lower().split()):
            kind = "self"
        behalf = speaks_for.get(actor or "") or self.issuers.get(number)
        return Speaker(draft.speaker, text, actor, behalf, kind, self.mentions[number])

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
            return "role" if known is not None and known.kind not in _NAMED_KINDS else "named"
        return "group" if known is not None and known.kind in ("organisation", "state") else "role"

    def _names_person(self, span: Span | None, actor: str | None) -> bool:
        """Whether the phrase holds the last name of the one person it stands for ("study co-author Ana Ruel")."""
        known = self.actors.get(actor or "")
        if span is None or known is None or known.kind != "person":
            return False
        tokens = self.parse.tokens_in(span)
        last = known.name.split()[-1]
        head = self.parse.head_in(span) or 0
        named = [i for i in tokens if i >= head and self.parse.words[i] == last and last[:1].isupper()]
        alone = not any(self.parse.deps[i] == "cc" or self.parse.words[i] in ("'s", "’s") for i in tokens)
        return bool(named) and alone

    def _names_by(self, head: int) -> list[int]:
        return self.parse.children_by(head, "appos", "compound", "flat")

    def _said_at(self, draft: StatementDraft) -> TimeValue | None:
        """The time that says when it was said: the one the rule named, else one that hangs on the cue."""
        if draft.time is not None:
            return None if self._is_in_rest(draft.time, draft) else self.values.get(draft.time)
        cue = {i for span in draft.cue for i in self.parse.tokens_in(span)}
        if not cue:
            return None
        first, last = self.parse.sentences[self.parse.sentence_of[min(cue)]]
        for number in self._times_between(self.parse.starts[first], self.parse.ends[last - 1]):
            time = self.drafts.times[number]
            if any(time.span.overlaps(content) for content in draft.content):
                continue
            if self._hangs_on(time.span, cue) and not self._is_in_rest(time.span, draft):
                return time.value
        return None

    def _hangs_on(self, time: Span, cue: set[int]) -> bool:
        """Whether the time is said of the cue: directly, or by a preposition of time."""
        head = self.parse.head_in(time)
        if head is None:
            return False
        up = self.parse.heads[head]
        if self.parse.deps[head] == "pobj" and self.parse.lowers[up] in _TIME_PREPOSITIONS:
            up = self.parse.heads[up]
        elif self.parse.deps[head] not in _TIME_RELATIONS:
            return False
        return up in cue

    @staticmethod
    def _is_in_rest(time: Span, draft: StatementDraft) -> bool:
        """Whether the time stands behind a content that follows its cue: more likely the content's own, cut short."""
        cue = max((span.end for span in draft.cue), default=0)
        return any(cue <= content.start and content.end <= time.start for content in draft.content)

    def _times_between(self, start: int, end: int) -> range:
        return range(bisect_left(self.time_starts, start), bisect_left(self.time_starts, end))

    def events(self) -> tuple[Event, ...]:
        made: dict[str, Event] = {}
        for draft in self.drafts.events:
            key = self._id("ev", draft.type, draft.trigger, draft.actors, draft.recipients)
            made.setdefault(key, self._event(key, draft, self.contents.holding(draft.trigger)))
        return tuple(made.values())

    def _sides(self, draft: EventDraft, holder: int | None) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        """The parties on both sides, with the countries the text settles."""
        actors = tuple(self._party(span, holder) for span in draft.actors)
        recipients = tuple(self._party(span, holder) for span in draft.recipients)
        return self.settler.sides(draft, actors, recipients)

    def _country_at(self, head: int) -> str | None:
        """The country of the actor mentioned at a token, or None."""
        known = self.actors.get(self.index.at_head(head) or "")
        return known.country if known else None

    def _event(self, key: str, draft: EventDraft, holder: int | None) -> Event:
        actors, recipients = self._sides(draft, holder)
        return Event(
            id=key,
            trigger=draft.trigger,
            type=draft.type,
            mode=draft.mode,
            contexts=draft.contexts,
            quad=QUAD[draft.type],
            cameo=draft.cameo,
            actors=actors,
            recipients=recipients,
            place=draft.place,
            happened_at=self.stretches.get(draft.time) or self.values.get(draft.time) if draft.time else None,
            realis=draft.realis,
            numbers=draft.numbers,
            attributed_to=None if holder is None else self._statement_id(self.drafts.statements[holder]),
            evidence=self._evidence(draft.span, draft.rule, draft.confidence),
        )
