"""Records laid side by side: every statement and event as one shape that can be compared, within its surroundings."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from diurna.link.commitments import refusing_cue
from diurna.link.matters import lexicon
from diurna.link.parties import Parties, Side, parties_of
from diurna.link.wording import Wording, name_keys, wording
from diurna.model.record import Commitment, Event, Place, Reading, Statement
from diurna.model.span import Span, hull
from diurna.model.timevalue import TimeValue

_BEFORE = 2
"""Blocks before its own that a pointer ("them") may look back to."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One record, ready to be compared.

    Attributes:
        id: of the statement or event; span: the characters the comparison rests on.
        kind: the commitment's kind, else the statement's act, else "deed".
        side: whose word or deed it is; target: whom it is addressed to, None where unknown.
        words: of its content; turned: whether its cue turns the content round ("refused to").
        flat: the cue itself denies or refuses ("denied that", "dismissed").
        teller: id of the statement it is told in, None in the report's own voice.
    """

    id: str
    kind: str
    side: Side
    target: Side | None
    words: Wording
    turned: bool
    span: Span
    time: TimeValue | None
    place: Place | None
    condition: str | None
    teller: str | None
    direct: bool = False
    flat: bool = False
    certain: bool = True


class Surroundings:
    """One reading's text, parties and tellers, looked up fast.

    Attributes:
        apart: keys of words that are names of the report's parties, which tell no matter.
        beside: by statement, what another's words that end in it are set beside (", while Y denies it"), and where.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.report.text
        self.parties: Parties = parties_of(reading)
        self.statements = {s.id: s for s in reading.statements}
        self.beside = _set_beside(self.statements, self.text)
        self.events = {e.id: e for e in reading.events}
        self.blocks = [b.span for b in reading.report.blocks if b.kind not in ("other", "byline", "caption")]
        self.fronts = [b.span for b in reading.report.blocks if b.kind in ("headline", "deck", "caption")]
        self.block_starts = [b.start for b in self.blocks]
        self.apart = frozenset(name_keys(reading))
        self.times = sorted(reading.times, key=lambda time: time.span)
        self.time_starts = [time.span.start for time in self.times]
        self.mentions = sorted((m.start, m.end, a.id) for a in reading.actors for m in a.mentions)
        self.mention_starts = [m[0] for m in self.mentions]

    def block_of(self, span: Span) -> int:
        """Index of the block `span` begins in."""
        return max(0, bisect_right(self.block_starts, span.start) - 1)

    def around(self, span: Span) -> Wording:
        """The words a pointer in `span` may stand for: its own block up to it, and the two before."""
        if not self.blocks:
            return wording("")
        block = self.block_of(span)
        first = self.blocks[max(0, block - _BEFORE)].start
        return wording(self.text[max(first, span.start - 1_500) : span.start])

    def time_in(self, span: Span) -> TimeValue | None:
        """The first time expression inside `span`."""
        place = bisect_left(self.time_starts, span.start)
        found = self.times[place] if place < len(self.times) else None
        return found.value if found and span.contains(found.span) else None

    def in_front(self, span: Span) -> bool:
        """Whether `span` stands in a headline, deck or caption, which mostly repeat the body."""
        return any(front.contains(span) for front in self.fronts)

    def blocks_up_to(self, span: Span) -> list[Span]:
        """The block of `span` and the two before it, nearest first."""
        block = self.block_of(span)
        return self.blocks[max(0, block - _BEFORE) : block + 1][::-1]

    def actors_in(self, span: Span) -> tuple[str, ...]:
        """Ids of the actors mentioned inside `span`, in text order."""
        found: dict[str, None] = {}
        for start, end, actor in self.mentions[bisect_right(self.mention_starts, span.start - 1) :]:
            if start >= span.end:
                break
            if end <= span.end:
                found.setdefault(actor)
        return tuple(found)

    def contrasted(self, one: Span, other: Span) -> str | None:
        """The words by which the report itself sets one of the two against something, near it ("despite")."""
        for span in (one, other):
            block = self.blocks[self.block_of(span)] if self.blocks else span
            start = max(block.start, span.start - 300)
            found = lexicon().contrasts.search(self.text, start, max(start, span.start))
            if found:
                return found.group()
        return None

    def teller_of(self, exhibit: Exhibit) -> Statement | None:
        """The statement in which somebody else tells this record; None in the report's own voice."""
        return self.statements.get(exhibit.teller or "")

    def tellers(self, exhibit: Exhibit) -> tuple[str, ...]:
        """Ids of the statements that hold a record, itself included where it is one, innermost first."""
        found = [exhibit.id] if exhibit.id in self.statements else []
        inner = exhibit.teller
        while inner in self.statements and inner not in found:
            found.append(inner)
            inner = self.statements[inner].parent
        return tuple(found)

    def commitment(self, one: Commitment) -> Exhibit | None:
        """The exhibit of what opened a commitment."""
        statement, event = self.statements.get(one.opened_by), self.events.get(one.opened_by)
        if statement:
            return self.statement(statement, one.kind, one)
        return self.deed(event, one.kind, one) if event else None

    def statement(self, one: Statement, kind: str = "", opened: Commitment | None = None) -> Exhibit:
        """The exhibit of a statement, or of the commitment it opened."""
        target = self.parties.of_party(one.addressee) if one.addressee else None
        if target is None and opened and opened.to:
            target = self.parties.of_actor(opened.to)
        turned = one.act in ("deny", "refuse") or refusing_cue(one)
        span, said = hull(one.content.spans), one.content.text
        ends = [end for inner, end in self.beside.values() if inner == one.id]
        if ends:
            span = Span(span.start, max(span.start, min(ends)))
            said = span.of(self.text)
        parent = one.parent
        while parent and self.beside.get(one.id, ("", 0))[0] == parent:
            parent = self.statements[parent].parent if parent in self.statements else None
        return Exhibit(
            id=one.id,
            kind=kind or ("express" if _denies_not(one, self.text) else one.act),
            side=self.parties.of_speaker(one.speaker),
            target=target,
            words=wording(said),
            turned=turned,
            span=span,
            time=one.said_at or self._parent_time(one),
            place=None,
            condition=opened.condition if opened else None,
            teller=parent,
            flat=refusing_cue(one) and not _denies_not(one, self.text),
            direct=one.manner in ("direct", "mixed"),
            certain=one.certainty in ("certain", "unknown", "probable"),
        )

    def _parent_time(self, one: Statement) -> TimeValue | None:
        parent = self.statements.get(one.parent or "")
        return parent.said_at if parent else None

    def deed(self, one: Event, kind: str = "deed", opened: Commitment | None = None) -> Exhibit:
        """The exhibit of an event, or of the commitment it opened."""
        actors = [self.parties.of_party(p) for p in one.actors]
        recipients = [self.parties.of_party(p) for p in one.recipients]
        told = self.statements.get(one.attributed_to or "")
        return Exhibit(
            id=one.id,
            kind=kind,
            side=_best(actors) or NOBODY,
            target=_best(recipients),
            words=wording(opened.act if opened else one.evidence.quote),
            turned=kind == "refusal",
            span=one.evidence.span,
            time=one.happened_at or (told.said_at if told else None),
            place=one.place,
            condition=opened.condition if opened else None,
            teller=one.attributed_to,
        )


_BESIDE = re.compile(r",\s+(?:while|whereas|but|though|although)\s+(?:the\s+)?$", re.IGNORECASE)
_BESIDE_REACH = 20


def _set_beside(statements: dict[str, Statement], text: str) -> dict[str, tuple[str, int]]:
    """Statements that stand at the end of another's content and are no part of it ("..., while Y denies this").

    Returns:
        By id, the id of the statement whose content runs on, and the character at which it should end.
    """
    found: dict[str, tuple[str, int]] = {}
    for one in statements.values():
        outer = statements.get(one.parent or "")
        if outer is None or one.speaker.span is None or one.speaker.span.start <= outer.content.spans[0].start:
            continue
        start = one.speaker.span.start
        before = _BESIDE.search(text, max(outer.content.spans[0].start, start - _BESIDE_REACH), start)
        if before:
            found[one.id] = outer.id, before.start()
    return found


_NOT_DENY = re.compile(
    r"(?:\b(?:neither|nor|not|never|without|or)|n[’']t)\s+(?:\w+\s+){0,2}(?:deny|denied|denying|dispute|disputed|reject)\b",
    re.IGNORECASE,
)


def _denies_not(one: Statement, text: str) -> bool:
    """Whether the denying is itself turned down: "would neither confirm nor deny"."""
    if one.act != "deny" or not one.cue.spans:
        return False
    end = one.cue.spans[-1].end
    return _NOT_DENY.search(text, max(0, end - 50), end) is not None


NOBODY = Side(None, "", -1, frozenset(), frozenset(), None, None, named=False)
"""The side of a record whose party the text leaves out."""


def _best(sides: list[Side]) -> Side | None:
    return next((side for side in sides if side.actor), sides[0] if sides else None)
