"""What a report opens that must later be kept, met or given up: promises, agreements, demands, threats, refusals."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from diurna.link.duephrases import day_before, describes, phrase_due, with_opening
from diurna.link.matters import lexicon, stem
from diurna.link.wording import name_keys, wording
from diurna.model.record import Act, Commitment, CommitmentKind, Event, EventType, Reading, Statement
from diurna.model.report import content_hash
from diurna.model.span import Span, hull
from diurna.model.timevalue import TimeValue, range_value

_BY_ACT: dict[Act, CommitmentKind] = {
    "promise": "promise", "agree": "agreement", "demand": "demand", "refuse": "refusal", "threaten": "threat",
}  # fmt: skip
_BY_EVENT: dict[EventType, CommitmentKind] = {
    "AGREE": "agreement", "REQUEST": "demand", "REJECT": "refusal", "THREATEN": "threat",
}  # fmt: skip
_OPENING_REALIS = frozenset({"actual"})

_EDGE = " \t\n\u00a0\"'“”‘’«»„‚,.;:–—-…"
_STOP = r"[;!?”\"\n]|(?<![A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSt)\.(?!\w)"
"""Where a sentence ends; not in "the U.S. Senate", "St. Orla"."""
_SENTENCE_END = re.compile(_STOP)
_TAIL = re.compile(
    rf"{_STOP}|:|,\s+(?:a|an|the|which|who|but|while|whereas|as|after|despite|amid|saying|adding|calling|citing|\w+ing)\b|\s[–—]\s"
)
_LEAD = re.compile(r"^(?:for|that|of|on|with|over|about|from|against|by)\s+", re.IGNORECASE)
_OPENING_CONDITION = re.compile(
    r"^(?:if|unless|provided that|as long as|once|should)\b[^,;.]{3,200},\s*", re.IGNORECASE
)
_DEADLINE = re.compile(
    r"\b(?:by|before|until|till|within|no later than|not later than|ahead of|deadline of|due|in the next|over the next)"
    r"\s+(?:the\s+)?(?:end\s+of\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_DEADLINE_INSIDE = re.compile(r"^(?:by|before|until|till|within|no later than|in the (?:next|coming))\b", re.IGNORECASE)
_FRONT = 60
"""Characters before a time in which "by" and "before" are looked for."""
_COMMENT = re.compile(r",\s+an?\s+(?:[\w-]+\s+){1,3}(?:that|which|aimed|seen|made|described|to)\b.*$", re.DOTALL)
"""The writer's remark on what was said: "..., a move that drew criticism"."""

_AUXILIARIES = re.compile(r"\s+(?:(?:had|has|have|would|will)\s+)?(?:been|be|was|were|is|are|being)$", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:been|be|was|were|is|are|being)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_QUESTION = re.compile(r"(?:whether|if|what|how|why|when|who|where|about)\b", re.IGNORECASE)
_OF_MYSELF = re.compile(r"(?:i|me|my|myself|we)\b", re.IGNORECASE)
_THREAT_TO = re.compile(r"to\s+(?:the|an?|its|his|her|their|our|all|any|this|that|these|those|[A-Z])")
_TRIGGER_LISTS: dict[CommitmentKind, str] = {
    "agreement": "agreeing", "demand": "demanding", "refusal": "rejecting", "threat": "threatening",
}  # fmt: skip
_LEFT_OPEN = re.compile(r"\b(?:not|n[’']t)\s+rul(?:e|ing)\b.{0,20}\bout\b", re.IGNORECASE)

_QUALITIES = re.compile(r"\b(?:be|being|remain|is|are)\s+[“\"‘']?(?P<list>[^;:.]+)$", re.IGNORECASE)
_TWO_VERBS = re.compile(
    r"^(?:to|will|would|must|shall)\s+(?P<one>[a-z]+)\s+and\s+(?P<two>[a-z]+(?:\s+(?:in|over|up|out|down|back|off))?)\s+(?P<rest>.+)$"
)
_ACTIONS = re.compile(r"^(?:to|will|would|must|shall)\s+(?P<list>[^;:.]+)$", re.IGNORECASE)
_SERIAL = re.compile(r",\s+(?:and|or)\s+")
_WITH_COMMAS = re.compile(r"\s*,\s*(?:(?:and|or)\s+)?")
_WITH_LAST_AND = re.compile(r"\s*,\s*|\s+(?:and|or)\s+(?=(?:(?!\s(?:and|or)\s)[^,])*$)")
_PLAIN_ACTS: frozenset[Act] = frozenset({"assert", "announce", "express"})
_BINDING_SPEAKERS = frozenset({"named", "role", "group", "document"})
_WE_WILL_NOT = re.compile(
    r"(?:that )?(?:we|i)(?:\s+(?:will|shall|would)\s+(?:not|never)|['’]ll\s+never|\s+(?:won|shan)['’]t"
    r"|\s+(?:are|am)\s+not\s+going\s+to|\s+(?:refuse|reject|decline))\b(?!\s+(?:be|know|have)\b)",
    re.IGNORECASE,
)
_MUST = re.compile(
    r"(?:that )?(?!we\b|i\b)(?:[\w’'-]+\s+){1,8}(?:must|has to|have to)\s+(?!have\s+\w+ed\b)\w+", re.IGNORECASE
)
_MOST_CRITERIA = 12
_LONGEST_ACT = 2_000
"""Characters of what is promised that are kept; a longer content is a speech, not a promise."""
_LOOK_BACK = 40
"""Earlier commitments near the same place or of the same party that a new one is compared with."""


@dataclass(frozen=True, slots=True)
class _Opening:
    """A commitment on its way: what it was opened by, and the characters of what is promised."""

    kind: CommitmentKind
    opened_by: str
    by: str | None
    to: str | None
    act: str
    spans: tuple[Span, ...]
    trigger: Span | None
    rank: int

    @property
    def by_event(self) -> bool:
        """Whether an event opened it, not a statement."""
        return self.rank % 2 == 1


def open_commitments(reading: Reading) -> tuple[Commitment, ...]:
    """The commitments a report opens, in text order; one for one content, however often the report tells it."""
    opener = _Opener(reading)
    told = _Told()
    kept = [one for one in sorted(opener.openings(), key=lambda o: o.rank) if told.add(one)]
    kept.sort(key=lambda o: (o.spans[0].start, o.opened_by))
    return tuple(opener.commitment(one) for one in kept)


class _Told:
    """What was opened so far, by place and by party, so that a thing told twice is found without comparing all."""

    def __init__(self) -> None:
        self._covered: list[tuple[int, int, CommitmentKind]] = []
        self._by_party: dict[tuple[CommitmentKind, str | None], list[str]] = {}

    def add(self, one: _Opening) -> bool:
        """Keep `one`, unless its words or its trigger were taken before; whether it was kept."""
        acts = self._by_party.setdefault((one.kind, one.by), [])
        if self._taken(one) or any(_same_words(one.act, act) for act in acts[-_LOOK_BACK:]):
            return False
        acts.append(one.act)
        for span in (*one.spans, *([one.trigger] if one.trigger else [])):
            insort(self._covered, (span.start, span.end, one.kind))
        return True

    def _taken(self, one: _Opening) -> bool:
        inner = one.trigger if one.by_event else None
        for span in (*one.spans, *([one.trigger] if one.trigger else [])):
            place = bisect_left(self._covered, (span.end, 0, ""))
            for start, end, kind in self._covered[max(0, place - _LOOK_BACK) : place]:
                if span.start < end and start < span.end and (kind == one.kind or span == inner):
                    return True
        return False


def _same_words(one: str, other: str) -> bool:
    left, right = wording(one).keys, wording(other).keys
    return bool(left) and len(left & right) >= 0.75 * len(left | right)


class _Opener:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.report.text
        self.times = sorted(reading.times, key=lambda t: t.span)
        self.time_starts = [t.span.start for t in self.times]
        self.mentions = sorted((m.start, m.end, a.id) for a in reading.actors for m in a.mentions)
        self.mention_starts = [m[0] for m in self.mentions]
        self.names = frozenset(name_keys(reading))
        self.fronts = [b.span for b in reading.report.blocks if b.kind in ("headline", "deck", "caption")]
        day = reading.report.published or reading.anchor
        self.today = day.last_day if day else None

    def openings(self) -> Iterator[_Opening]:
        """Everything that opens a commitment; statements rank before events, the body before its headline."""
        cues = set()
        for statement in self.reading.statements:
            kind = _kind_of(statement)
            if kind is None:
                continue
            cues |= set(statement.cue.spans)
            opening = self._from_statement(statement, kind)
            if opening:
                yield opening
        for event in self.reading.events:
            event_kind = _BY_EVENT.get(event.type)
            if event_kind and event.realis in _OPENING_REALIS and not any(c.overlaps(event.trigger) for c in cues):
                opening = self._from_event(event, event_kind)
                if opening:
                    yield opening

    def _from_statement(self, statement: Statement, kind: CommitmentKind) -> _Opening | None:
        spans = statement.content.spans
        act = _COMMENT.sub("", statement.content.text).strip(_EDGE).removeprefix("that ")
        if len(act) < 3 or _no_refusal(kind, act) or self._names_only(spans) or _idle(kind, act):
            return None
        speaker = statement.speaker
        to = statement.addressee.actor if statement.addressee else None
        if to is None and kind == "demand":
            to = self._first_actor(spans[0], {speaker.actor, speaker.on_behalf_of})
        trigger = statement.cue.spans[0] if statement.cue.spans else None
        by = speaker.on_behalf_of or speaker.actor
        return _Opening(kind, statement.id, by, to, act, spans, trigger, self._rank(spans[0], 0))

    def _from_event(self, event: Event, kind: CommitmentKind) -> _Opening | None:
        said = self._said_by(event)
        span = hull(said) if said else self._act_of(event)
        by = next((p.actor for p in event.actors if p.actor), None)
        if by is None or not _opens(event.trigger.of(self.text), kind):
            return None
        act = _AUXILIARIES.sub("", _LEAD.sub("", span.of(self.text).strip(_EDGE)))
        if not self._says_something(act) or _no_refusal(kind, act) or _QUESTION.match(act):
            return None
        if kind == "threat" and _THREAT_TO.match(act):
            return None
        to = next((p.actor for p in event.recipients if p.actor and p.actor != by), None)
        return _Opening(kind, event.id, by, to, act, (span,), event.trigger, self._rank(event.trigger, 1))

    def _said_by(self, event: Event) -> tuple[Span, ...]:
        """What is said where the deed is one of words ("warned the commanders *that ...*"); () where nothing is."""
        for statement in self.reading.statements:
            if any(cue.overlaps(event.trigger) for cue in statement.cue.spans):
                return statement.content.spans
        return ()

    def _names_only(self, spans: tuple[Span, ...]) -> bool:
        """Whether all that is said is whom it concerns ("urged the parties ...", where the rest was lost)."""
        first = self.mentions[bisect_left(self.mention_starts, spans[0].start) :][:1]
        return len(spans) == 1 and bool(first) and first[0][0] - spans[0].start <= 4 and first[0][1] == spans[0].end

    def _act_of(self, event: Event) -> Span:
        """What was agreed, asked or refused: the words after the trigger, else those before it."""
        start = event.trigger.end
        end = min(len(self.text), start + 400)
        stop = _TAIL.search(self.text, start, end)
        after = Span(start, stop.start() if stop else end)
        passive = _PASSIVE.search(self.text, max(0, start - 60), event.trigger.start)
        if self._says_something(after.of(self.text)) or not passive:
            return after
        return Span(min(event.evidence.span.start, event.trigger.start), event.trigger.start)

    def _says_something(self, act: str) -> bool:
        """Whether `act` names a matter: two words at least, and one of them neither a name nor a commonplace."""
        solid = [term for term in wording(act).terms if term.kind in ("thing", "word") and term.key not in self.names]
        return bool(solid) and (len(act.split()) > 1 or solid[0].kind == "thing")

    def _rank(self, span: Span, base: int) -> int:
        """Body before headline, caption and deck; within either, statements before events."""
        return base + (2 if any(front.contains(span) for front in self.fronts) else 0)

    def _first_actor(self, span: Span, but: set[str | None]) -> str | None:
        """The first actor the first words of `span` mention, other than `but`."""
        place = bisect_left(self.mention_starts, span.start)
        for start, _, actor in self.mentions[place : place + 4]:
            if start > min(span.end, span.start + 60):
                return None
            if actor not in but:
                return actor
        return None

    def commitment(self, one: _Opening) -> Commitment:
        """The record of one opening."""
        act, condition = _split_condition(one.act[:_LONGEST_ACT])
        where = hull(one.spans)
        return Commitment(
            id=content_hash("cm", self.reading.report.id, self.reading.report.version, one.kind, one.opened_by, *where),
            kind=one.kind,
            by=one.by,
            to=one.to,
            act=" ".join(act.split()),
            condition=condition,
            criteria=criteria_of(act),
            due=None if one.kind == "refusal" else self._due(one.spans),
            opened_by=one.opened_by,
        )

    def _due(self, spans: Iterable[Span]) -> TimeValue | None:
        """The deadline named inside what is promised: after "by" or its like, else a day still to come."""
        later = None
        spans = tuple(spans)
        for span in spans:
            end = with_opening(self.text, span.start, span.end)
            phrase = phrase_due(self.text[span.start : end], self.today)
            if phrase:
                return phrase
            first = bisect_left(self.time_starts, span.start)
            for time in self.times[first : bisect_left(self.time_starts, end)]:
                if describes(time.value, self.text[time.span.end : time.span.end + 20]):
                    later = later or range_value(None, time.value.last_day, time.text)
                    continue
                before = self.text[max(span.start, time.span.start - _FRONT) : time.span.start]
                earlier = day_before(before, time.value)
                if earlier is not None:
                    return earlier
                if _DEADLINE.search(before) or _DEADLINE_INSIDE.match(time.text):
                    return time.value
                if later is None and self.today and time.value.first_day and time.value.first_day > self.today:
                    later = time.value
        return later


def _kind_of(statement: Statement) -> CommitmentKind | None:
    """The kind of commitment a statement opens: by its act, else by words that bind whoever utters them."""
    if statement.certainty == "possible":
        return None
    kind = _BY_ACT.get(statement.act)
    if kind is None and statement.act in _PLAIN_ACTS:
        words = statement.content.text.lstrip(_EDGE)
        if _WE_WILL_NOT.match(words):
            return "refusal"
        if statement.speaker.kind in _BINDING_SPEAKERS and _MUST.match(words):
            return "demand"
    return kind


def _no_refusal(kind: CommitmentKind, act: str) -> bool:
    """Whether what is refused is only to speak, or nothing at all ("would not rule it out")."""
    if kind != "refusal":
        return False
    if _QUESTION.match(act):
        return True
    silent = lexicon().silence.match(act.removeprefix("to "))
    return silent is not None or _LEFT_OPEN.search(act) is not None


def _opens(trigger: str, kind: CommitmentKind) -> bool:
    """Whether a trigger can open a commitment of this kind by itself."""
    known = lexicon().triggers.get(_TRIGGER_LISTS.get(kind, ""), frozenset())
    return any(stem(word.lower()) in known for word in trigger.split())


def _idle(kind: CommitmentKind, act: str) -> bool:
    """Whether an act says nothing ("which"), or a demand is a question or made of the speaker himself."""
    if not wording(act).terms:
        return True
    return kind == "demand" and bool(act.endswith("?") or _OF_MYSELF.match(act) or _QUESTION.match(act))


def _split_condition(act: str) -> tuple[str, str | None]:
    """What is promised, and the condition it hangs on, as the text words it."""
    opening = _OPENING_CONDITION.match(act)
    if opening:
        return act[opening.end() :], opening.group().rstrip(", \n")
    found = wording(act).condition
    if found is None:
        return act, None
    stop = _SENTENCE_END.search(act[found:])
    return act[:found].rstrip(_EDGE), " ".join(act[found : found + stop.start() if stop else None].split()).strip(_EDGE)


def criteria_of(act: str) -> tuple[str, ...]:
    """The separate things an act must be or do, where it lists them; () where it names one thing only."""
    condition = wording(act).condition
    plain = re.sub(r"[“”\"]", "", act[:condition] if condition else act).strip(_EDGE)
    two = _TWO_VERBS.match(plain)
    if two and "," not in plain[: two.start("rest")]:
        rest = two["rest"].strip(_EDGE)
        return (f"{two['one']} {rest}", f"{two['two']} {rest}")
    for pattern in (_QUALITIES, _ACTIONS):
        found = pattern.search(plain)
        if found:
            between = _WITH_COMMAS if _SERIAL.search(found["list"]) else _WITH_LAST_AND
            items = [item.strip(_EDGE) for item in between.split(found["list"])]
            if 2 < len(items) <= _MOST_CRITERIA and all(1 <= len(item.split()) <= 12 for item in items):
                return tuple(items)
    return ()


def refusing_cue(statement: Statement) -> bool:
    """Whether the cue itself turns the content down ("refused to ..."), so the content is what is not done."""
    return statement.cue.lemma in lexicon().refusing
