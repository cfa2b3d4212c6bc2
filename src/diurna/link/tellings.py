"""Reports to tellings: every clause that says who does, will do, or must do what, in one shape that holds across reports.

Statements and events are found by `annotate`; what a report tells in its own voice without either ("raised the tax")
is read here from the clause itself, since most deeds that answer a promise are of no PLOVER type.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from diurna.link.acts import NO_ACT, Act, act_of
from diurna.link.commitments import refusing_cue
from diurna.link.counts import Count, counts_in
from diurna.link.matters import lexicon, stem
from diurna.link.parties import kinds_told
from diurna.link.partynames import NOBODY, CanonicalId, Names, Party, normalised_name
from diurna.link.tellingwords import telling_words
from diurna.link.wording import Wording, wording
from diurna.model.across import Exhibited
from diurna.model.record import Reading, Statement, TimeExpression
from diurna.model.report import content_hash
from diurna.model.span import Span, hull
from diurna.model.timevalue import TimeValue, range_value, year_value

Force = Literal["promise", "agreement", "demand", "threat", "refusal", "assert", "deny", "admit", "tell", "withdraw"]
Real = Literal["actual", "future", "possible"]

_SENTENCE = re.compile(r"(?<=[^\W\d][.!?])[”\"’']?\s+(?=[“\"‘]?[A-Z])|(?<=[\d)%][.!?])[”\"]?\s+(?=[“\"‘]?[A-Z])|\n+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sen|Rep|Gov|No|St|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z])\.$"
)
_CLAUSE = re.compile(
    r"[;:]\s+|\s[–—]\s|,\s+(?:and|but|while|after|before|when|although|though|which|who|whose|as|where|since|because|amid|despite"
    r"|with|two|three|four|five|six|ten|\w+ days|\w+ months|killing|freezing|calling|saying|adding|citing|leaving)\b"
    r"|\s(?:after|while|when|although|because|amid|despite)\s"
)
_LEADING = re.compile(
    r"[“\"\s]*(?:[\w-]+\s+){0,5}?(?:[Aa]fter|[Ww]hile|[Ww]hen|[Aa]lthough|[Bb]ecause|[Aa]mid|[Dd]espite|[Aa]head of|[Bb]efore)\s[^,.;]{3,80},\s+"
)
"""What stands before the main clause."""
_DETERMINER = frozenset(("the", "a", "an", "its", "their", "his", "her", "of", "and", "no"))
_NOBODYS = frozenset(
    [
        "i",
        "we",
        "he",
        "she",
        "it",
        "they",
        "you",
        "who",
        "which",
        "that",
        "this",
        "these",
        "those",
        "one",
        "my",
        "our",
        "his",
        "her",
        "their",
        "its",
        "someone",
    ]
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d[\d,.]*")
_PRONOUN = frozenset(("both", "each", "it", "he", "she", "they", "its", "his", "her", "their", "the"))
_FIRST = re.compile(r"\b(?:we|i|our|ours|us|my)\b|\bI\b", re.IGNORECASE)
_DUE = re.compile(
    r"\b(?:by|before|until|till|within|in|no later than|not later than|ahead of|deadline of|due|from|at|next|on|this|for)"
    r"\s+(?:the\s+)?(?:end\s+of\s+)?(?:the\s+)?(?:next\s+)?$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:before|ahead of)\s+(?:the\s+)?$", re.IGNORECASE)
_END_OF = re.compile(r"(?:the\s+)?(?:end|close)\b", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\W*(?:(?:will|would|shall|has|have|had|never|not|no|still|longer|may|might|must|should|to|also)\s+)*(?:is|are|was|were|been|be|being|remains?|remained|stays?|stayed|stands?|go(?:es)?\s+on|went\s+on)\b",
    re.IGNORECASE,
)
_OF_DOING = re.compile(r"\s+of\s+(?=(?:\w+ly\s+)?\w+ing\b)")
_BY = re.compile(
    r"\b(?:\w+ed|\w+n|hit|shut|cut|struck|held|met|shot)\s+(?:\w+\s+)?by\s+(?=(?:the\s+)?(?:\w+\s+){0,2}?[A-Z])"
)
_SAYS_THAT = re.compile(
    r"\b(?:says?|said|claims?|claimed|announces?|announced|states?|stated|reports?|reported) that\b"
)
_STOP = re.compile(r"[.!?](?:\s|$)|\n")
_ASKED = re.compile(
    r"\W*that\s+(?:the\s+)?(?P<who>[a-z]+|[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)\s+(?=(?:not\s+)?[a-z]+\s+[\w]+)"
)
"""A subjunctive: "that the ministry remove the rector"."""
_AND_DO = re.compile(r"\s+and\s+(?=(?:to\s+[a-z]+|(?:re-?)?[a-z]+ing)\s)")
_GERUND = re.compile(r"\W*(?:that\s+)?(?:not\s+|never\s+)?(?:to\s|[a-z]+ing\b)")
_MUST = re.compile(r"\b(?:must|has to|have to|should|be\s+\w+ed)\b")
_NO_SUBJECT = re.compile(r"\W*(?:there\b|not\b|never\b|to\b)", re.IGNORECASE)
_CONTRACT = re.compile(r"\b(?:accord|agreement|treaty|truce|deal|pact|communique|communiqué)\b", re.IGNORECASE)
_UNDER = re.compile(
    r",?\s+(?:under|by|in) (?:an?|the) (?:\w+ )?(?:accord|agreement|treaty|truce|deal|pact)\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:in|of|since|during|from|between|until)\s+(?P<year>(?:19|20)\d\d)\b")
_GOVERNED = re.compile(r"\b(?:under which|to|that|not to)\s+")
_OPENED_LIST = re.compile(r"\b(?:pledges|promises|demands|vows|commitments)\s*:\s*", re.IGNORECASE)
_WOULD = re.compile(r"\b(?:would|should)\b")
_LONG_AGO = dt.timedelta(days=45)
_HEADS = frozenset(
    (
        "say",
        "tell",
        "announce",
        "declare",
        "add",
        "state",
        "insist",
        "insist on",
        "repeat",
        "stress",
        "write",
        "decide",
        "note",
    )
)


@dataclass(frozen=True, slots=True)
class Telling:
    """One clause of one report, ready to be held against those of others.

    Attributes:
        place: the characters it rests on and the record found there.
        day: of its report; None where nobody knows, and then it is compared with nothing.
        force: what is done by saying it; "tell" is the report's own voice.
        teller: whose words it is, None in the report's own voice; `cue` is the verb of saying, "" without one.
        doer: whose act it is about; NOBODY where the clause names none.
        target: of whom something is demanded, to whom it is promised.
        turned: the cue turns the content round ("refused to").
        real: whether it is told as having happened.
        own: the teller speaks of his own doing or for the doer; told_by: who tells that he said it, None the report.
        verbed: a verb was found in it; act: what it says is done; organ: the outlet is a party's own; context: names in the block it stands in, up to its own end.
        times: what the clause itself says of when; due: the last day for doing it.
    """

    place: Exhibited
    day: dt.date | None
    force: Force
    teller: Party | None
    cue: str
    doer: Party
    target: Party
    words: Wording
    turned: bool
    real: Real
    own: bool
    times: tuple[TimeValue, ...]
    due: TimeValue | None
    condition: str | None
    counts: tuple[Count, ...]
    names: frozenset[tuple[str, ...]]
    head: str
    outlet: str = ""
    told_by: Party | None = None
    context: frozenset[tuple[str, ...]] = frozenset()
    verbed: bool = True
    act: Act = NO_ACT
    organ: bool = False

    @property
    def id(self) -> str:
        """The id of the record it rests on."""
        return self.place.record

    @property
    def due_day(self) -> dt.date | None:
        """The last day for doing it."""
        return self.due.last_day if self.due else None


def tellings_of(reading: Reading, who: CanonicalId = normalised_name) -> tuple[Telling, ...]:
    """The tellings of one report, in text order.

    Args:
        who: the canonical id of an actor of this report; by default its normalised name.
    """
    return tuple(_Teller(reading, who).tellings())


class _Teller:
    """One pass over the clauses of one report."""

    def __init__(self, reading: Reading, who: CanonicalId) -> None:
        self.reading, self.report = reading, reading.report
        self.text = reading.report.text
        self.names = Names(reading, who)
        value = reading.report.published or reading.anchor
        self.day = value.last_day if value else None
        self.times = sorted(reading.times, key=lambda t: t.span)
        self.starts = [t.span.start for t in self.times]
        self.events = sorted(reading.events, key=lambda e: (e.trigger, e.id))
        self.event_starts = [e.trigger.start for e in self.events]
        self.commitments = {c.opened_by: c for c in reading.commitments}
        self.statements = {s.id: s for s in reading.statements}
        self.last = NOBODY
        self.verbless = False

    def tellings(self) -> Iterator[Telling]:
        found = [t for s in self.reading.statements for t in self._of_statement(s)]
        spoken = [hull((*s.content.spans, *s.cue.spans)) for s in self.reading.statements if _speaks(s)]
        found += self._own_voice(sorted(spoken))
        yield from sorted(found, key=lambda t: (t.place.span, t.place.record, t.force))

    # What others say

    def _of_statement(self, one: Statement) -> Iterator[Telling]:
        if not _speaks(one):
            return
        teller = self._speaker(one)
        before: frozenset[str] = frozenset()
        for span in _sentences(self.text, one.content.spans):
            for clause in _clauses(self.text, span)[:3]:
                yield from self._also(one, clause, teller)
                made = self._said(one, clause, teller)
                if made and not made.act.things and made.words.pointers:
                    made = replace(made, act=replace(made.act, things=before))
                if made:
                    before = made.act.things
                    yield made

    def _taken_back(self, one: Statement) -> bool:
        """Whether the sentence tells that a word is taken back ("withdrew its pledge to ...", "withdrawing his threat")."""
        span = one.evidence.span
        stop = _STOP.search(self.text, span.end)
        begin = max(self.text.rfind(mark, 0, span.start) for mark in (". ", "! ", "? ", "\n")) + 1
        sentence = self.text[begin : stop.start() if stop else span.end]
        took = telling_words().withdrawing.search(sentence)
        return bool(took and telling_words().pledge.search(sentence, took.end(), took.end() + 30))

    def _also(self, one: Statement, clause: Span, teller: Party) -> Iterator[Telling]:
        """The second thing that is promised, agreed or demanded in one clause ("a ceasefire and reopening the strait")."""
        second = _AND_DO.search(self.text, clause.start, clause.end)
        if second and one.act in ("promise", "agree", "demand", "threaten", "refuse"):
            made = self._said(one, Span(second.end(), clause.end), teller)
            if made:
                yield made

    def _speaker(self, one: Statement) -> Party:
        span = one.speaker.span
        party = self.names.party(span) if span else NOBODY
        theirs = one.speaker.text.split(" ", 1)[0].lower() in ("its", "his", "her", "their")
        for actor_id in (one.speaker.actor, None if theirs else one.speaker.on_behalf_of):
            actor = self.reading.actor(actor_id)
            if actor and actor.mentions and not (party.names and actor_id == one.speaker.actor):
                party = party.with_names(self.names.party(actor.mentions[0]))
                if actor_id == one.speaker.actor and len(actor.mentions) > 1:
                    party = party.with_names(self.names.party(actor.mentions[1]))
        return party if party.text else Party(one.speaker.text)

    def _said(self, one: Statement, clause: Span, teller: Party) -> Telling | None:
        content = clause.of(self.text)
        doer, rest = self._subject(clause)
        accused = _OF_DOING.search(content) if one.act == "accuse" else None
        if accused:
            doer = self.names.party(Span(clause.start, clause.start + accused.start()))
            rest, self.verbless = Span(clause.start + accused.end(), clause.end), False
        if self.verbless and one.act not in ("deny", "refuse", "demand", "agree", "threaten", "accuse"):
            return None
        if not teller.names and not teller.ids and teller.text.split(" ", 1)[0].lower() in _NOBODYS:
            return None
        bare = bool(_GERUND.match(content)) and not doer.text
        future = bare or bool(telling_words().future.search(content))
        if not future and _WOULD.search(content) and wording(content).condition is None:
            future = one.act != "predict" and one.cue.lemma not in telling_words().doubtful
        if future and own_thing(doer, teller):
            doer = NOBODY
        selfish = (
            bare
            or bool(_FIRST.search(content[: max(5, rest.start - clause.start)]))
            or (_pronoun(doer.text) and not doer.names)
        )
        own = (
            selfish
            or (future and not doer.text and teller.office)
            or _one_party(doer, teller)
            or _speaks_for(teller, doer)
        )
        if not own and future and teller.office and not doer.ids and not _sided_words(teller):
            own = True
        if one.act == "threaten" or (one.cue.lemma in telling_words().opens["threat"] and one.cue.lemma != "warn"):
            own = True
        force: Force = _force(one, content, own=own, future=future, selfish=selfish)
        if self._taken_back(one):
            force = "withdraw"
        target = NOBODY
        if force == "demand":
            target = doer if doer.names or doer.kinds else self._addressee(one)
            doer = target
        elif selfish or not doer.text:
            doer = teller if selfish or own or future else doer
        elif own:
            doer = doer.with_names(teller) if _one_party(doer, teller) else doer
        real = self._realis(content, force, one)
        turned = one.act == "deny" or refusing_cue(one)
        verbless = self.verbless
        made = self._telling(one.id, clause, rest, force, real, turned=turned)
        if verbless and not made.act.way and one.act not in ("deny", "threaten"):
            made = replace(made, act=NO_ACT, verbed=False)
        said = one.said_at.last_day if one.said_at else None
        if said and self.day and said < self.day - _LONG_AGO:
            made = replace(made, day=said)
        opened = self.commitments.get(one.id)
        return replace(
            made, teller=teller, cue=one.cue.lemma, doer=doer, target=target, own=own,
            due=(opened.due if opened else None) or made.due, told_by=self._parent(one),
            condition=made.condition,
            times=made.times or self._event_time(clause),
        )  # fmt: skip

    def _parent(self, one: Statement) -> Party | None:
        """Who tells that it was said, where that is somebody else."""
        parent = self.statements.get(one.parent or "")
        return self._speaker(parent) if parent else None

    def _addressee(self, one: Statement) -> Party:
        if one.addressee and one.addressee.span:
            return self.names.party(one.addressee.span)
        return NOBODY

    def _realis(self, content: str, force: Force, one: Statement | None = None) -> Real:
        words = telling_words()
        if words.possible.search(content) or (one is not None and one.certainty == "possible"):
            reported = force in ("promise", "agreement", "threat", "refusal", "demand") and "would" in content
            return "future" if reported else "possible"
        if words.future.search(content):
            return "future"
        return "actual"

    # What the report tells itself

    def _own_voice(self, spoken: list[Span]) -> Iterator[Telling]:
        for block in self.reading.report.blocks or ():
            if block.kind in ("byline", "other", "dateline"):
                continue
            for sentence in _sentences(self.text, (block.span,)):
                for clause in _clauses(self.text, sentence):
                    yield from self._told(clause, spoken)

    def _told(self, clause: Span, spoken: list[Span]) -> Iterator[Telling]:
        inside = sum(max(0, min(clause.end, s.end) - max(clause.start, s.start)) for s in spoken)
        if inside > 0.35 * (clause.end - clause.start):
            return
        doer, rest = self._subject(clause)
        content = clause.of(self.text)
        if self.verbless or _SAYS_THAT.search(content) or (_FIRST.search(content) and '"' not in content):
            return
        if _pronoun(doer.text) and not doer.names:
            doer = self.last
        elif doer.names:
            self.last = doer
        opening = self._opening(clause, rest, doer)
        if opening:
            yield opening
            return
        record = self._event_in(clause)
        made = self._telling(record, clause, rest, "tell", self._realis(content, "tell"))
        yield replace(made, doer=doer, times=made.times or self._event_time(clause))

    def _opening(self, clause: Span, rest: Span, doer: Party) -> Telling | None:
        """A commitment opened in the report's own voice, where no statement tells it."""
        text = rest.of(self.text)
        listed = _OPENED_LIST.search(clause.of(self.text))
        if listed:
            span = Span(clause.start + listed.end(), clause.end)
            made = self._telling(self._event_in(clause), span, span, "promise", "future")
            return replace(made, doer=doer, teller=doer, own=True)
        words = [(w.group().lower(), w.end()) for w in _WORD.finditer(text)][:8]
        for word, end in words:
            kind = _opened_kind(word)
            governed = _GOVERNED.search(text, end) if kind else None
            if kind and governed and governed.start() - end < 60:
                start = rest.start + (
                    governed.start() if governed.group().startswith(("to", "not")) else governed.end()
                )
                span = Span(start, clause.end)
                target, after = self._subject(span)
                made = self._telling(self._event_in(clause), span, after, kind, "future")
                if kind == "demand":
                    between = self.names.party(Span(rest.start + end, rest.start + governed.start()))
                    target = between if between.names else target
                    return replace(made, doer=target, target=target, teller=doer, own=False)
                return replace(made, doer=doer, teller=doer, own=True)
        said = clause.of(self.text)
        under = _UNDER.search(said)
        later = _CONTRACT.search(self.text, clause.end, clause.end + 60)
        if (later or under) and telling_words().future.search(said):
            clause = Span(clause.start, clause.start + under.start()) if under else clause
            made = self._telling(self._event_in(clause), clause, rest, "agreement", "future")
            return replace(made, doer=doer, teller=doer, own=True)
        return None

    # Pieces

    def _subject(self, clause: Span) -> tuple[Party, Span]:
        """The party a clause is about, and the characters after its phrase."""
        text = clause.of(self.text)
        self.verbless = False
        skip = re.match(r"[\W]*(?:that\s+)?", text)
        begin = skip.end() if skip else 0
        if _NO_SUBJECT.match(text, begin):
            return NOBODY, Span(clause.start + begin, clause.end)
        asked = _ASKED.match(text)
        if asked and not any(w.lower() in telling_words().verbs for w in text[: asked.end() + 40].split()[:-1]):
            start = clause.start + asked.start("who")
            if kinds_told(asked["who"]) or asked["who"][:1].isupper():
                return self.names.party(Span(start, clause.start + asked.end("who"))), Span(
                    clause.start + asked.end(), clause.end
                )
        verbs = telling_words().verbs
        previous, before = "", "-"
        first = self._first_event(clause)
        for found in _WORD.finditer(text, begin):
            word = found.group()
            low = word.lower()
            verb = (
                low in verbs
                or low.endswith("n't")
                or (low.endswith("ed") and len(low) > 4 and word.islower() and previous not in ("the", "a", "an"))
            )
            verb = verb or (
                before.isalpha()
                and before[0].isupper()
                and low.endswith("s")
                and not low.endswith("ss")
                and len(low) > 3
                and word.islower()
                and not kinds_told(low)
                and stem(low) not in lexicon().common
                and _next_word(text, found.end()) not in telling_words().auxiliary
            )
            verb = verb or (
                first is not None
                and clause.start + found.start() == first
                and word.islower()
                and previous not in _DETERMINER
            )
            if verb and found.start() > begin:
                span = Span(clause.start + begin, clause.start + found.start())
                return self._agent(clause, found.start()) or self.names.party(span), Span(
                    clause.start + found.start(), clause.end
                )
            previous, before = low, re.sub(r"\W", "", word) or "-"
            if found.start() - begin > 160:
                break
        event = self._first_event(clause)
        self.verbless = event is None
        if event is not None and event > clause.start + begin:
            return self.names.party(Span(clause.start + begin, event)), Span(event, clause.end)
        if _GERUND.match(text):
            self.verbless = False
            return NOBODY, Span(clause.start + begin, clause.end)
        words = list(_WORD.finditer(text, begin))[:3]
        end = clause.start + (words[-1].end() if words else begin)
        return self.names.party(Span(clause.start + begin, end)), Span(clause.start + begin, clause.end)

    def _agent(self, clause: Span, start: int) -> Party | None:
        """By whom it was done, where a passive clause says so."""
        text = clause.of(self.text)
        by = _BY.search(text, start) if _PASSIVE.match(text, start) else None
        return (
            self.names.party(Span(clause.start + by.end(), min(clause.end, clause.start + by.end() + 60)))
            if by
            else None
        )

    def _first_event(self, clause: Span) -> int | None:
        place = bisect_left(self.event_starts, clause.start)
        if place < len(self.events) and self.events[place].trigger.end <= clause.end:
            return self.events[place].trigger.start
        return None

    def _event_in(self, clause: Span) -> str:
        """The id of the first event whose trigger stands in the clause; else an id of the clause itself."""
        place = bisect_left(self.event_starts, clause.start)
        if place < len(self.events) and self.events[place].trigger.end <= clause.end:
            return self.events[place].id
        return content_hash("cl", self.report.id, self.report.version, *clause)

    def _event_time(self, clause: Span) -> tuple[TimeValue, ...]:
        place = bisect_left(self.event_starts, clause.start)
        for event in self.events[place : place + 4]:
            if event.trigger.end > clause.end:
                break
            if event.happened_at:
                return (event.happened_at,)
        return ()

    def _times_in(self, span: Span) -> list[TimeExpression]:
        found = []
        for time in self.times[bisect_left(self.starts, span.start) :]:
            if time.span.start >= span.end:
                break
            if time.span.end <= span.end:
                found.append(time)
        return found

    def _telling(
        self, record: str, clause: Span, rest: Span, force: Force, real: Real, *, turned: bool = False
    ) -> Telling:
        quote = clause.of(self.text)
        times = self._times_in(clause)
        words = wording(self._masked(clause, times))
        condition = _condition(words, quote)
        report = self.report
        place = Exhibited(report.id, report.version, self.day.isoformat() if self.day else "", record, clause, quote)
        return Telling(
            place=place, day=self.day, force=force, teller=None, cue="", doer=NOBODY, target=NOBODY, words=words,
            real=real, own=False, times=_dated(times, quote),
            due=self._due(clause, times), condition=condition,
            counts=counts_in(quote), names=self.names.names(clause), head=_head(rest.of(self.text)),
            outlet=report.outlet or "", context=self._context(clause), turned=turned,
            organ=bool(telling_words().organ.search(report.outlet or "")),
            act=act_of(words, rest.start - clause.start, turned=turned, passive=bool(_PASSIVE.match(rest.of(self.text)))),
        )  # fmt: skip

    def _context(self, clause: Span) -> frozenset[tuple[str, ...]]:
        blocks = self.reading.report.blocks
        block = next((b.span for b in blocks if b.span.start <= clause.start < b.span.end), clause)
        start = max(block.start, clause.start - 500)
        return self.names.names(Span(start, min(block.end, clause.end + 120)))

    def _masked(self, clause: Span, times: Iterable[TimeExpression]) -> str:
        """The clause with its times blanked out: "the end of May" ends nothing."""
        quote = clause.of(self.text)
        for time in times:
            start, end = time.span.start - clause.start, time.span.end - clause.start
            lead = _DUE.search(quote, max(0, start - 40), start)
            start = lead.start() if lead else start
            quote = quote[:start] + " " * (end - start) + quote[end:]
        return quote

    def _due(self, clause: Span, times: Iterable[TimeExpression]) -> TimeValue | None:
        for time in times:
            before = self.text[max(clause.start, time.span.start - 40) : time.span.start]
            value, last = time.value, time.value.last_day
            if last is None or (self.day and last < self.day):
                continue
            if _BEFORE.search(before) and value.first_day and not _END_OF.match(time.text):
                return range_value(None, value.first_day - dt.timedelta(days=1), value.text)
            return value
        return None


def _dated(times: Iterable[TimeExpression], quote: str) -> tuple[TimeValue, ...]:
    """The known times of a clause; a bare year where no other is found."""
    known = tuple(t.value for t in times if t.value.earliest or t.value.latest)
    year = None if known else _YEAR.search(quote)
    return (year_value(int(year["year"]), year["year"]),) if year else known


def _condition(words: Wording, quote: str) -> str | None:
    """The condition a clause hangs on; "at once" and "once more" are none."""
    if _IF.match(quote):
        return quote.strip()
    if words.condition is None:
        return None
    found = quote[words.condition :].strip()
    before = quote[: words.condition].rstrip().lower()
    if found.lower().startswith("once") and (before.endswith(" at") or _ONCE.match(found)):
        return None
    if found.lower().startswith("until") and len(words.text[words.condition :].split()) <= 1:
        return None
    return found


_IF = re.compile(r"\W*(?:that\s+)?(?:if|unless|should|whether)\b", re.IGNORECASE)
_ONCE = re.compile(r"once\W*(?:more|again|and for all|$)", re.IGNORECASE)


def _speaks(one: Statement) -> bool:
    """Whether a statement says something, and is no deed taken for one ("dismissed the minister")."""
    if one.content.form == "clause" and one.act != "deny":
        return True
    kinds = telling_words().opens
    lemma = one.cue.lemma
    if lemma in ("dismiss", "release", "drop") and not wording(one.content.text).keys & _answerable():
        return False
    said = lemma in _HEADS or any(lemma in words for words in kinds.values()) or one.act in ("accuse", "condemn")
    return said or lemma in ("deny", "dispute", "refute", "dismiss", "reject") or one.content.form == "clause"


def _answerable() -> frozenset[str]:
    return lexicon().claim | lexicon().asked | frozenset(("talk", "idea", "suggest"))


def _force(one: Statement, content: str, *, own: bool, future: bool, selfish: bool) -> Force:
    opens, lemma, act = telling_words().opens, one.cue.lemma, one.act
    if act == "deny" or lemma in ("deny", "dispute", "refute"):
        return "deny"
    if act == "threaten" or (lemma in opens["threat"] and lemma != "warn"):
        return "threat"
    if lemma == "warn" or act == "warn":
        return "threat" if own and (future or selfish) else "assert"
    if lemma in opens["agreement"] or act == "agree":
        return "agreement"
    if own and future and _harmful(content) and (lemma in ("vow", "swear") or wording(content).condition is not None):
        return "threat"
    if own and (selfish or future) and (act == "refuse" or lemma in opens["refusal"]):
        return "refusal"
    if own and future and (act != "predict" or lemma in _HEADS):
        return "agreement" if lemma in ("agreement", "accord", "treaty") else "promise"
    if act == "refuse":
        return "refusal"
    if (act == "demand" or lemma in opens["demand"]) and not (own and selfish):
        return "demand"
    if (act == "promise" or lemma in opens["promise"]) and future:
        return "promise"
    if lemma in telling_words().admitting or act == "admit":
        return "admit"
    if _MUST.search(content) and act in ("assert", "express") and not own:
        return "demand" if re.search(r"\bmust\b", content) else "assert"
    return "assert"


def _harmful(content: str) -> bool:
    """Whether what is announced would hurt whom it concerns, and nothing in it says it will not be done."""
    words = wording(content)
    harm = any(term.key in telling_words().harm for term in words.terms)
    return harm and not any(sign.kind == "negation" for sign in words.signs)


def _opened_kind(word: str) -> Literal["promise", "agreement", "demand", "threat", "refusal"] | None:
    low = stem(word)
    for kind, words in telling_words().opens.items():
        if any(stem(one) == low for one in words):
            return kind  # type: ignore[return-value]
    return None


def _one_party(doer: Party, teller: Party) -> bool:
    from diurna.link.partynames import shared_name

    return bool(doer.ids & teller.ids) or shared_name(doer.names, teller.names) is not None


def _speaks_for(teller: Party, doer: Party) -> bool:
    """Whether an office-holder whose state is not named can be taken to speak for what his words are about."""
    words = {w.lower() for w in _WORD.findall(teller.text)}
    if words & telling_words().adverse or not teller.office:
        return False
    places = [n for n in teller.names if n not in _person_names(teller)]
    bare = [w for w in doer.text.split() if w[:1].islower() and w not in ("the", "of", "and", "government")]
    return not places and not bare


def own_thing(doer: Party, teller: Party) -> bool:
    """Whether the subject is a thing an office-holder decides on ("the Lakeside hospital would stay open")."""
    words = doer.text.split()
    small = [w for w in words if w.islower() and len(w) > 3]
    named = doer.office or doer.kinds or doer.persons or _one_party(doer, teller)
    return bool(teller.office and small and not named and words[0].lower() in ("the", "a", "an", "this", "that"))


def _sided_words(teller: Party) -> bool:
    return bool({w.lower() for w in _WORD.findall(teller.text)} & telling_words().adverse)


def _person_names(party: Party) -> set[tuple[str, ...]]:
    """Names of two words or more, and those directly after a title: persons, as a rule."""
    return {name for name in party.names if len(name) >= 2} or set(party.names if party.persons else ())


def _pronoun(text: str) -> bool:
    words = text.lower().split()
    return bool(words) and words[0].strip("“\"'") in _PRONOUN and (len(words) == 1 or words[0] != "the")


def _next_word(text: str, start: int) -> str:
    found = _WORD.search(text, start)
    return found.group().lower() if found else ""


def _head(text: str) -> str:
    """The key of the first word that tells what is done."""
    words = wording(text)
    first = next((t for t in words.terms if t.kind in ("thing", "word", "sign", "common")), None)
    sign = next((s for s in words.signs if s.kind in ("less", "more")), None)
    if sign and (first is None or sign.start < first.start):
        return sign_key(words, sign.start)
    return first.key if first else ""


def sign_key(words: Wording, start: int) -> str:
    """The key of the verb by which a clause turns a thing ("give" of "give up")."""
    found = _WORD.match(words.text, start)
    return stem(found.group().lower()) if found else ""


def acts_of(words: Wording) -> frozenset[str]:
    """Keys of all words of a clause that can tell what is done."""
    return words.keys | {sign_key(words, s.start) for s in words.signs if s.kind in ("less", "more")}


def _sentences(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        start = span.start
        for found in _SENTENCE.finditer(text, span.start, span.end):
            if _ABBREVIATION.search(text, max(start, found.start() - 5), found.start()):
                continue
            if found.start() > start:
                yield Span(start, found.start())
            start = found.end()
        if span.end > start:
            yield Span(start, span.end)


def _clauses(text: str, sentence: Span) -> list[Span]:
    """The clauses of a sentence; one that a conjunction of time or reason opens is left out."""
    found, start, keep = [], sentence.start, True
    lead = _LEADING.match(text, sentence.start, sentence.end)
    if lead:
        start = lead.end()
    for cut in _CLAUSE.finditer(text, start + 1, sentence.end):
        word = cut.group().strip(" ,;:–—")
        if keep and word in ("which", "who", "whose") and "," in text[cut.end() : sentence.end]:
            continue
        if keep and cut.start() - start > 8:
            found.append(Span(start, cut.start()))
        keep = word in ("", "and", "but")
        start = cut.end()
    if keep and sentence.end - start > 8:
        found.append(Span(start, sentence.end))
    return found
