"""What each tool answers: small frozen dataclasses, every record with the characters it rests on.

The protocol's library makes the schemas that assistants see out of these. What a tool gives as a whole has no slots:
the library would take a slot for a field's default.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from diurna.ledger.asking import Hit, Kept, ReportFacts
from diurna.ledger.linked import KeptCrossGap, KeptLife
from diurna.ledger.lookup import Found
from diurna.model.across import Exhibited
from diurna.model.record import Commitment, Event, Evidence, Gap, Numbers, Party, Reading, Review, Statement
from diurna.model.timevalue import TimeValue


@dataclass(frozen=True, slots=True)
class Source:
    """A version of a report: `url` is its web address, `room` its page in Diurna's reading room (`diurna serve`)."""

    report: str
    version: str
    title: str | None
    outlet: str | None
    day: str | None
    url: str | None
    room: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words exactly as they stand in a report: characters `start` to `end` (Unicode, half-open) of that version."""

    text: str
    start: int
    end: int
    source: Source
    room: str


@dataclass(frozen=True, slots=True)
class StatementAnswer:
    """The words: somebody said something. `told_within` is the statement that tells this one."""

    id: str
    speaker: str
    speaker_kind: str
    act: str
    manner: str
    content: str
    addressee: str | None
    said: str | None
    polarity: str
    certainty: str
    told_within: str | None
    review: str
    found_by: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """The deeds: somebody did something. It is a deed only where `realis` is "actual" and `own_voice` true."""

    id: str
    type: str
    mode: str | None
    realis: str
    own_voice: bool
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    happened: str | None
    numbers: str | None
    review: str
    found_by: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class CommitmentAnswer:
    """A promise, agreement, demand, threat, refusal or condition, as one report tells it; `due` where it says when."""

    id: str
    kind: str
    by: str | None
    to: str | None
    act: str
    condition: str | None
    criteria: tuple[str, ...]
    due: str | None
    review: str
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class MoveAnswer:
    """One thing that happened to a commitment, counted from a day; without a quote it is only that its date passed."""

    on: str
    what: str
    state: str
    why: str
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class LifeAnswer:
    """A commitment as it stands on a day, from all reports published up to it, and what brought it there."""

    id: str
    kind: str
    by: str
    to: str | None
    act: str
    due: str | None
    on: str
    state: str
    moves: tuple[MoveAnswer, ...]
    review: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class GapAnswer:
    """Two texts side by side that do not go together, and the tests that paired them. Never a verdict on truth.

    `between` says whether the two stand in one report or in two.
    """

    id: str
    between: str
    kind: str
    verdict: str
    score: float
    reason: str
    tests: tuple[str, ...]
    left: Quote | None
    right: Quote | None
    review: str


@dataclass(frozen=True, slots=True)
class HitAnswer:
    """A passage in which the words searched for stand; `record` is the statement or event it belongs to."""

    kind: str
    record: str
    quote: Quote
    words: tuple[str, ...]


@dataclass(frozen=True)
class Statements:
    """Statements; `next` is what to hand over as `after` for more."""

    statements: tuple[StatementAnswer, ...]
    next: str | None


@dataclass(frozen=True)
class Timeline:
    """Events in the order in which they happened; `next` is what to hand over as `after` for more."""

    events: tuple[EventAnswer, ...]
    next: str | None


@dataclass(frozen=True)
class Commitments:
    """Commitments; `next` is what to hand over as `after` for more."""

    commitments: tuple[CommitmentAnswer, ...]
    next: str | None


@dataclass(frozen=True)
class Lives:
    """Commitments as they stand on a day; `next` is what to hand over as `after` for more."""

    commitments: tuple[LifeAnswer, ...]
    next: str | None


@dataclass(frozen=True)
class Gaps:
    """Gaps; `next` is what to hand over as `after` for more."""

    gaps: tuple[GapAnswer, ...]
    next: str | None


@dataclass(frozen=True)
class Hits:
    """What a search found; `next` is what to hand over as `after` for more."""

    hits: tuple[HitAnswer, ...]
    next: str | None


@dataclass(frozen=True)
class ReportAnswer:
    """One report: part of its text, and the records that stand in that part.

    `text` is characters `start` to `end` of `characters`; ask again from `end` for the rest.
    """

    source: Source
    characters: int
    start: int
    end: int
    text: str
    statements: tuple[StatementAnswer, ...]
    events: tuple[EventAnswer, ...]
    failures: tuple[str, ...]


def source_of(facts: ReportFacts) -> Source:
    """A report as a source."""
    return Source(
        facts.id, facts.version, facts.title, facts.outlet, facts.day or None, facts.url, f"/reports/{facts.id}"
    )


def statement_answer(kept: Kept[Statement]) -> StatementAnswer:
    """A statement with its quote."""
    one, names = kept.record, dict(kept.names)
    return StatementAnswer(
        id=one.id, speaker=names.get(one.speaker.actor or "") or one.speaker.text or "not named",
        speaker_kind=one.speaker.kind, act=one.act, manner=one.manner, content=one.content.text,
        addressee=one.addressee.text if one.addressee else None, said=when(one.said_at), polarity=one.polarity,
        certainty=one.certainty, told_within=one.parent, review=kept.review, found_by=one.evidence.rule,
        quote=quote_of(one.evidence, kept.report, one.id),
    )  # fmt: skip


def event_answer(kept: Kept[Event]) -> EventAnswer:
    """An event with its quote."""
    one, names = kept.record, dict(kept.names)
    return EventAnswer(
        id=one.id, type=one.type, mode=one.mode, realis=one.realis, own_voice=one.attributed_to is None,
        actors=_parties(one.actors, names), recipients=_parties(one.recipients, names),
        place=one.place.text if one.place else None, happened=when(one.happened_at), numbers=_numbers(one.numbers),
        review=kept.review, found_by=one.evidence.rule, quote=quote_of(one.evidence, kept.report, one.id),
    )  # fmt: skip


def commitment_answer(kept: Kept[Commitment], home: Found | None) -> CommitmentAnswer:
    """A commitment with the quote of the record that opened it."""
    one, names = kept.record, dict(kept.names)
    return CommitmentAnswer(
        id=one.id, kind=one.kind, by=names.get(one.by or ""), to=names.get(one.to or ""), act=one.act,
        condition=one.condition, criteria=one.criteria, due=when(one.due), review=kept.review,
        quote=_quote_in(home, one.opened_by),
    )  # fmt: skip


def gap_answer(kept: Kept[Gap], left: Found | None, right: Found | None) -> GapAnswer:
    """A gap within a report, with the quotes of both its sides."""
    one = kept.record
    return _gap(one, "one report", (_quote_in(left, one.left), _quote_in(right, one.right)), kept.review)


def cross_gap_answer(kept: KeptCrossGap) -> GapAnswer:
    """A gap between two reports, with the quotes of both its sides."""
    found = kept.found
    sides = (exhibit(found.left, kept.left), exhibit(found.right, kept.report))
    return _gap(found.gap, "two reports", sides, kept.review)


def _gap(one: Gap, between: str, sides: tuple[Quote | None, Quote | None], review: Review) -> GapAnswer:
    tests = tuple(f"{test.name}: {test.result}, {test.why}" for test in one.tests)
    return GapAnswer(one.id, between, one.kind, one.verdict, one.score, one.reason, tests, *sides, review)


def life_answer(kept: KeptLife, source: Callable[[Exhibited], Source]) -> LifeAnswer:
    """A commitment as it stands, every move with the words it rests on."""
    life, state = kept.life, kept.state
    moves = tuple(
        MoveAnswer(move.on, move.kind, move.to, move.why, _exhibited(move.by, source(move.by)) if move.by else None)
        for move in state.moves
    )
    return LifeAnswer(
        life.id, life.kind, life.by, life.to, life.act, life.due, state.on, state.state, moves, kept.review,
        exhibit(life.opened, kept.report),
    )  # fmt: skip


def exhibit(shown: Exhibited, facts: ReportFacts) -> Quote:
    """The words one side of what holds between reports rests on."""
    return _exhibited(shown, source_of(facts))


def _exhibited(shown: Exhibited, source: Source) -> Quote:
    return Quote(shown.quote, *shown.span, source, f"/reports/{shown.report}")


def hit_answer(hit: Hit) -> HitAnswer:
    """A hit with its passage as the quote."""
    room = f"/cite/{hit.id}" if hit.record else f"/reports/{hit.report.id}"
    quote = Quote(hit.text, hit.start, hit.start + len(hit.text), source_of(hit.report), room)
    words = tuple(hit.text[span.start - hit.start : span.end - hit.start] for span in hit.highlights)
    return HitAnswer(hit.kind, hit.id, quote, words)


def quote_of(evidence: Evidence, facts: ReportFacts, record: str) -> Quote:
    """The words a record rests on."""
    return Quote(evidence.quote, *evidence.span, source_of(facts), f"/cite/{record}")


def _quote_in(home: Found | None, record: str) -> Quote | None:
    if home is None:
        return None
    evidence = _evidence_of(home.reading, record)
    return quote_of(evidence, home.facts, record) if evidence else None


def _evidence_of(reading: Reading, record: str) -> Evidence | None:
    """The evidence of a statement or event; of a commitment, that of the record that opened it."""
    found = reading.record(record)
    if isinstance(found, Commitment):
        found = reading.record(found.opened_by)
    return found.evidence if isinstance(found, Statement | Event) else None


def when(time: TimeValue | None) -> str | None:
    """An interval in words: its days, then the text's own expression."""
    if time is None:
        return None
    days = " to ".join(dict.fromkeys(day for day in (time.earliest, time.latest) if day)) or "not known"
    return f"{days} (“{time.text}”)" if time.text else days


def _parties(parties: tuple[Party, ...], names: dict[str, str]) -> tuple[str, ...]:
    return tuple(names.get(party.actor or "") or party.text for party in parties)


def _numbers(numbers: Numbers) -> str | None:
    said = {name: getattr(numbers, name) for name in ("killed", "injured", "arrested", "participants")}
    return "; ".join(f"{name}: {one.text}" for name, one in said.items() if one) or None
