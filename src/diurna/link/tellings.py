"""Reports to tellings: every clause that says who does, will do, or must do what, in one shape for all reports.

Statements and events are found by `annotate`; what a report tells in its own voice without either ("raised the tax")
is read here from the clause itself, since most deeds that answer a promise are of no PLOVER type.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from diurna.link.acts import NO_ACT, act_of, act_of_noun, without_names
from diurna.link.clauses import clauses, sentences
from diurna.link.commitments import refusing_cue
from diurna.link.counts import counts_in
from diurna.link.forces import (
    asked_for,
    claims_denied,
    force_of,
    is_pronoun,
    of_his_body,
    one_name,
    opened_kind,
    own_thing,
    sided,
    speaks,
    speaks_for,
    would_harm,
)
from diurna.link.matters import stem
from diurna.link.partynames import NOBODY, CanonicalId, Names, Party, normalised_name
from diurna.link.subjects import GERUND, PASSIVE, WORD, Subject, Subjects
from diurna.link.telling import Force, Real, Telling
from diurna.link.tellingwords import telling_words
from diurna.link.whens import Whens, condition_of, dated, to_come
from diurna.link.wording import wording
from diurna.model.across import Exhibited
from diurna.model.record import Reading, Statement
from diurna.model.report import content_hash
from diurna.model.span import Span, hull
from diurna.model.timevalue import TimeValue

_FIRST = re.compile(r"\b(?:we|i|our|ours|us|my)\b|\bI\b", re.IGNORECASE)
_OF_DOING = re.compile(r"\s+of\s+(?=(?:\w+ly\s+)?\w+ing\b)")
_SAYS_THAT = re.compile(
    r"\b(?:says?|said|claims?|claimed|announces?|announced|states?|stated|reports?|reported) that\b"
)
_STOP = re.compile(r"[.!?](?:\s|$)|\n")
_AND_DO = re.compile(r"\s+and\s+(?=(?:to\s+[a-z]+|(?:re-?)?[a-z]+ing)\s)")
_CONTRACT = re.compile(r"\b(?:accord|agreement|treaty|truce|deal|pact|communique|communiqué)\b", re.IGNORECASE)
_UNDER = re.compile(
    r",?\s+(?:under|by|in) (?:an?|the) (?:\w+ )?(?:accord|agreement|treaty|truce|deal|pact)\b", re.IGNORECASE
)
_BY_CONTRACT = re.compile(
    r"\W*(?:Under|As part of|In line with|According to|By) (?:an?|the|their|its)\s[^;:.]{0,60}?"
    r"\b(?:accord|agreement|treaty|truce|deal|pact|ceasefire)\b[^;:.]{0,80}?,\s+(?=(?:the\s+)?[A-Z]|it\b|both\b|each\b|all\b|neither\b)"
)
"""A contract named before what is to be done under it."""
_BOUND_TO = re.compile(r"\b(?:would|must|shall|undertakes?|undertook|has to|have to|is obliged|are obliged|commits? itself)\b")
_GOVERNED = re.compile(
    r"\b(?:(?:that|which)\s+(?:obliges?|requires?|commits?|binds?|compels?)\s+(?:[\w’']+\s+){0,2}?[\w’']+(?=\s+to\s)"
    r"|under which|that|(?:not )?to(?=\s+(?:not\s+|re-?)?[a-z]))\s+"
    r"(?!(?:the|an?|its|his|her|their|this|these|all)\b)"
)
"""What stands between a word that opens a commitment and what is to be done; "to the army" governs nothing."""
_OPENED_LIST = re.compile(r"\b(?:pledges|promises|demands|vows|commitments)\s*:\s*", re.IGNORECASE)
_WOULD = re.compile(r"\b(?:would|should)\b")
_LONG_AGO = dt.timedelta(days=45)
"""What was said so long before its report counts from the day it was said."""
_ASKED_OF = re.compile(r"\s+(?:(?:on|upon|to|from|of)\s+)?(?P<who>(?:the\s+)?[^,;:.]+?)(?:\s+(?:on|in|at|late|again)\s.*)?\s*$")
"""Of whom something is asked, between the verb of asking and what is asked."""
_MOSTLY = 0.35
"""Share of a clause that may be somebody's words before it is no telling of the report's own."""


def tellings_of(reading: Reading, who: CanonicalId = normalised_name) -> tuple[Telling, ...]:
    """The tellings of one report, in text order.

    Args:
        who: the canonical id of an actor of this report; by default its normalised name.
    """
    return tuple(_Teller(reading, who).tellings())


@dataclass(frozen=True, slots=True)
class _Saying:
    """One clause of what somebody says, with what was found out about who is to do it."""

    one: Statement
    clause: Span
    content: str
    subject: Subject
    teller: Party
    future: bool
    selfish: bool
    own: bool


class _Teller:
    """One pass over the clauses of one report."""

    def __init__(self, reading: Reading, who: CanonicalId) -> None:
        self.reading, self.report = reading, reading.report
        self.text = reading.report.text
        self.names = Names(reading, who)
        value = reading.report.published or reading.anchor
        self.day = value.last_day if value else None
        self.whens = Whens(self.text, sorted(reading.times, key=lambda t: t.span), self.day)
        self.events = sorted(reading.events, key=lambda e: (e.trigger, e.id))
        self.subjects = Subjects(self.text, self.names, self.events)
        self.commitments = {c.opened_by: c for c in reading.commitments}
        self.statements = {s.id: s for s in reading.statements}
        self.last = NOBODY

    def tellings(self) -> Iterator[Telling]:
        found = [t for s in self.reading.statements for t in self._of_statement(s)]
        spoken = [hull((*s.content.spans, *s.cue.spans)) for s in self.reading.statements if speaks(s)]
        found += self._own_voice(sorted(spoken))
        yield from sorted(found, key=lambda t: (t.place.span, t.place.record, t.force))

    # What others say

    def _of_statement(self, one: Statement) -> Iterator[Telling]:
        if not speaks(one):
            return
        teller = self._speaker(one)
        before: frozenset[str] = frozenset()
        for span in sentences(self.text, one.content.spans):
            for clause in clauses(self.text, span)[:3]:
                yield from self._also(one, clause, teller)
                for made in self._predicates(one, clause, teller):
                    if made.words.pointers and (not made.act.things or not made.act.object or _takes_pointer(made)):
                        act = replace(made.act, things=made.act.things | before, object=made.act.object or before)
                        made = replace(made, act=act)
                    before = made.act.things or before
                    yield made
                    yield from self._agreed_to(made, clause)

    def _predicates(self, one: Statement, clause: Span, teller: Party) -> Iterator[Telling]:
        """What is said in a clause: one telling for each verb of its subject ("has no need of it and will not ...")."""
        second = _AND_WILL.search(self.text, clause.start + 10, clause.end)
        made = self._said(one, Span(clause.start, second.start()) if second else clause, teller)
        if made:
            yield made
        if second:
            rest = Span(second.end(), clause.end)
            first = self.subjects.of(clause)
            again = self._said(one, rest, teller, Subject(first.party, rest))
            if again:
                yield again

    def _agreed_to(self, made: Telling, clause: Span) -> Iterator[Telling]:
        """What somebody tells that others agreed to do ("accepted a truce that obliges it to ...")."""
        if made.force not in ("assert", "admit") or made.real != "actual" or not made.doer.names:
            return
        subject = self.subjects.of(clause)
        opened = None if subject.verbless else self._opened(clause, subject.rest, made.doer)
        perfect = _HAS_AGREED.search(clause.of(self.text)) is not None
        bound = opened is not None and (opened.force == "agreement" or (opened.force == "promise" and perfect))
        if opened and bound and opened.place.span != made.place.span:
            yield replace(opened, told_by=made.teller)

    def _also(self, one: Statement, clause: Span, teller: Party) -> Iterator[Telling]:
        """The second thing promised, agreed or demanded in one clause ("a ceasefire and reopening the strait")."""
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

    def _said(
        self, one: Statement, clause: Span, teller: Party, subject: Subject | None = None
    ) -> Telling | None:
        rejected = claims_denied(clause.of(self.text)) if one.act in ("refuse", "deny") else 0
        clause = Span(clause.start + rejected, clause.end)
        if not rejected and one.act not in ("refuse", "deny"):
            rejected = _REJECTED_CLAIM.search(self.text, max(0, clause.start - 90), clause.start + 5) is not None
        said = self._saying(one, clause, teller, subject)
        if said is None:
            return None
        doer, verbless = said.subject.party, said.subject.verbless
        refused = one.act in ("demand", "propose", "ask") and self._turned_down(one)
        force: Force = force_of(one, said.content, own=said.own, future=said.future, selfish=said.selfish)
        if rejected and force in ("assert", "refusal", "deny"):
            force = "deny"
        if refused:
            force, said = "refusal", replace(said, own=True, subject=replace(said.subject, party=NOBODY))
            doer = NOBODY
        if self._taken_back(one):
            force = "withdraw"
        target = NOBODY
        if force == "refusal" and not said.own and (verbless or asked_for(said.content)) and not doer.names:
            said, doer = replace(said, own=True), teller
        if force == "promise" and self._under_contract(one):
            force = "agreement"
        if force == "demand":
            doer = target = doer if doer.names or doer.kinds else self._addressee(one, clause)
        elif said.selfish or not doer.text:
            doer = teller if said.selfish or said.own or said.future else doer
        elif said.own and one_name(doer, teller):
            doer = doer.with_names(teller)
        turned = refused or bool(rejected) or one.act == "deny" or refusing_cue(one)
        made = self._telling(one.id, clause, said.subject.rest, force, _realis(said.content, force, one), turned=turned)
        if verbless and one.act not in ("deny", "threaten") and (not made.act.way or not made.act.object):
            named = act_of_noun(made.words, turned=turned) if one.act != "accuse" else None
            made = replace(made, act=without_names(named, made.names) if named else NO_ACT, verbed=named is not None)
        return replace(
            made, teller=teller, cue=one.cue.lemma, doer=doer, target=target, own=said.own, day=self._said_on(one),
            due=self._due(one) or made.due, told_by=self._parent(one), times=self._times(one, clause, said, made),
        )  # fmt: skip

    def _due(self, one: Statement) -> TimeValue | None:
        """The deadline of the commitment a statement opened."""
        opened = self.commitments.get(one.id)
        due = to_come(opened.due, self.day) if opened and opened.due else None
        past = due is not None and self.day is not None and due.last_day is not None and due.last_day < self.day
        return None if past else due

    def _times(self, one: Statement, clause: Span, said: _Saying, made: Telling) -> tuple[TimeValue, ...]:
        """When it was done; the day somebody was accused on is none."""
        if one.act != "accuse":
            return made.times or self._event_time(clause)
        rest = said.subject.rest
        return dated(self.whens.within(rest), rest.of(self.text))

    def _under_contract(self, one: Statement) -> bool:
        """Whether the sentence names the contract under which something is undertaken."""
        start = one.evidence.span.start
        begin = max(self.text.rfind(mark, 0, start + 1) for mark in (". ", "! ", "? ", "\n")) + 1
        return _BY_CONTRACT.match(self.text, begin, one.evidence.span.end) is not None

    def _turned_down(self, one: Statement) -> bool:
        """Whether what was asked is turned down in the same breath ("turned down the demand to ...")."""
        if not one.cue.spans or one.speaker.span is None:
            return False
        start, end = one.speaker.span.end, one.cue.spans[0].end
        return 0 <= end - start < 100 and telling_words().turning_down.search(self.text, start, end) is not None

    def _saying(self, one: Statement, clause: Span, teller: Party, subject: Subject | None) -> _Saying | None:
        """Who is to do what is said, and whether that is the speaker; None where nothing is said to be done."""
        content = clause.of(self.text)
        subject = subject or self._accused(one, clause) or self.subjects.of(clause)
        if subject.verbless and one.act not in ("deny", "refuse", "demand", "agree", "threaten", "accuse"):
            return None
        if not teller.names and not teller.ids and teller.text.split(" ", 1)[0].lower() in telling_words().nobodys:
            return None
        bare = bool(GERUND.match(content)) and not subject.party.text
        future = bare or _is_future(one, content)
        if self._is_his(subject, teller, future=future):
            subject = replace(subject, party=NOBODY)
        doer = subject.party
        begins = content[: max(5, subject.rest.start - clause.start)]
        selfish = bare or bool(_FIRST.search(begins)) or (is_pronoun(doer.text) and not doer.names)
        selfish = selfish or bool(_NOBODY_FROM_US.match(content))
        own = selfish or _is_own(one, doer, teller, future=future)
        return _Saying(one, clause, content, subject, teller, future, selfish, own)

    def _is_his(self, subject: Subject, teller: Party, *, future: bool) -> bool:
        """Whether what stands as subject is a thing or person on whom the speaker decides."""
        rest = subject.rest.of(self.text)
        if own_thing(subject.party, teller):
            return future or telling_words().unchanged.match(rest.lstrip()) is not None
        return future and _decided_by(subject, rest, teller)

    def _accused(self, one: Statement, clause: Span) -> Subject | None:
        """Who is accused "of doing" a thing."""
        found = _OF_DOING.search(clause.of(self.text)) if one.act == "accuse" else None
        if not found:
            return None
        party = self.names.party(Span(clause.start, clause.start + found.start()))
        return Subject(party, Span(clause.start + found.end(), clause.end))

    def _taken_back(self, one: Statement) -> bool:
        """Whether the sentence tells that a word is taken back ("withdrew its pledge to ...")."""
        span = one.evidence.span
        stop = _STOP.search(self.text, span.end)
        begin = max(self.text.rfind(mark, 0, span.start) for mark in (". ", "! ", "? ", "\n")) + 1
        sentence = self.text[begin : stop.start() if stop else span.end]
        took = telling_words().withdrawing.search(sentence)
        return bool(took and telling_words().pledge.search(sentence, took.end(), took.end() + 30))

    def _said_on(self, one: Statement) -> dt.date | None:
        said = one.said_at.last_day if one.said_at else None
        return said if said and self.day and said < self.day - _LONG_AGO else self.day

    def _parent(self, one: Statement) -> Party | None:
        """Who tells that it was said, where that is somebody else."""
        parent = self.statements.get(one.parent or "")
        return self._speaker(parent) if parent else None

    def _addressee(self, one: Statement, clause: Span) -> Party:
        """Of whom it is asked, as the report has it, or else as stands between the verb and what is asked."""
        if one.addressee and one.addressee.span:
            return self.names.party(one.addressee.span)
        start = one.cue.spans[0].end if one.cue.spans else clause.start
        between = _ASKED_OF.match(self.text, start, clause.start) if 0 < clause.start - start < 100 else None
        return self.names.party(Span(*between.span("who"))) if between else NOBODY

    # What the report tells itself

    def _own_voice(self, spoken: list[Span]) -> Iterator[Telling]:
        for block in self.report.blocks or ():
            if block.kind in ("byline", "other", "dateline"):
                continue
            for sentence in sentences(self.text, (block.span,)):
                for clause in clauses(self.text, sentence):
                    yield from self._told(clause, spoken)

    def _told(self, clause: Span, spoken: list[Span]) -> Iterator[Telling]:
        under = _BY_CONTRACT.match(self.text, clause.start, clause.end)
        if under and under.end() < clause.end - 8:
            clause = Span(under.end(), clause.end)
        inside = sum(max(0, min(clause.end, s.end) - max(clause.start, s.start)) for s in spoken)
        if inside > _MOSTLY * (clause.end - clause.start):
            return
        subject, content = self.subjects.of(clause), clause.of(self.text)
        if subject.verbless or _SAYS_THAT.search(content) or (_FIRST.search(content) and '"' not in content):
            return
        doer = subject.party
        if is_pronoun(doer.text) and not doer.names:
            doer = self.last
        elif doer.names:
            self.last = doer
        opening = self._opening(clause, subject.rest, doer, contract=under is not None)
        if opening:
            yield opening
            return
        made = self._telling(self._record_in(clause), clause, subject.rest, "tell", _realis(content, "tell"))
        yield replace(made, doer=doer, times=made.times or self._event_time(clause))

    def _opening(self, clause: Span, rest: Span, doer: Party, *, contract: bool) -> Telling | None:
        """A commitment opened in the report's own voice, where no statement tells it."""
        listed = _OPENED_LIST.search(clause.of(self.text))
        if listed:
            span = Span(clause.start + listed.end(), clause.end)
            made = self._telling(self._record_in(clause), span, span, "promise", "future")
            return replace(made, doer=doer, teller=doer, own=True)
        opened = self._opened(clause, rest, doer)
        if opened and contract and opened.force == "promise":
            return replace(opened, force="agreement")
        return opened or self._agreed(clause, rest, doer, contract=contract)

    def _opened(self, clause: Span, rest: Span, doer: Party) -> Telling | None:
        """A commitment that a verb or noun among the first words opens ("... a pledge to ...")."""
        text = rest.of(self.text)
        for word in list(WORD.finditer(text))[:8]:
            end = word.end()
            kind = opened_kind(word.group().lower())
            governed = _GOVERNED.search(text, end) if kind and kind != "condition" else None
            if kind is None or kind == "condition" or governed is None or governed.start() - end >= 60:
                continue
            bare = governed.group().startswith(("to", "not"))
            span = Span(rest.start + (governed.start() if bare else governed.end()), clause.end)
            subject = self.subjects.of(span)
            refused = kind == "demand" and telling_words().turning_down.search(text, 0, word.start()) is not None
            if refused:
                kind = "refusal"
            made = self._telling(self._record_in(clause), span, subject.rest, kind, "future", turned=refused)
            if kind != "threat" and telling_words().withdrawing.search(text, 0, word.start()):
                return replace(made, force="withdraw", doer=doer, teller=doer, own=True)
            if kind != "demand":
                return replace(made, doer=doer, teller=doer, own=True)
            between = self.names.party(Span(rest.start + end, rest.start + governed.start()))
            target = between if between.names or between.kinds else subject.party
            return replace(made, doer=target, target=target, teller=doer, own=False)
        return None

    def _agreed(self, clause: Span, rest: Span, doer: Party, *, contract: bool) -> Telling | None:
        """What is to be done under an agreement that the sentence names."""
        said = clause.of(self.text)
        under = _UNDER.search(said)
        later = _CONTRACT.search(self.text, clause.end, clause.end + 60)
        if not (later or under or contract) or not (telling_words().future.search(said) or _BOUND_TO.search(said)):
            return None
        clause = Span(clause.start, clause.start + under.start()) if under else clause
        made = self._telling(self._record_in(clause), clause, rest, "agreement", "future")
        return replace(made, doer=doer, teller=doer, own=True)

    # Pieces

    def _record_in(self, clause: Span) -> str:
        """The id of the first event whose trigger stands in the clause; else an id of the clause itself."""
        event = self.subjects.first_event(clause)
        return event.id if event else content_hash("cl", self.report.id, self.report.version, *clause)

    def _event_time(self, clause: Span) -> tuple[TimeValue, ...]:
        inside = [e for e in self.events if clause.start <= e.trigger.start and e.trigger.end <= clause.end]
        return next(((e.happened_at,) for e in inside[:4] if e.happened_at), ())

    def _telling(
        self, record: str, clause: Span, rest: Span, force: Force, real: Real, *, turned: bool = False
    ) -> Telling:
        quote, report, named = clause.of(self.text), self.report, self.names.names(clause)
        times = self.whens.within(clause)
        words = wording(self.whens.masked(clause, times))
        passive = bool(PASSIVE.match(rest.of(self.text)))
        place = Exhibited(report.id, report.version, self.day.isoformat() if self.day else "", record, clause, quote)
        return Telling(
            place=place, day=self.day, force=force, teller=None, cue="", doer=NOBODY, target=NOBODY, words=words,
            real=real, own=False, times=dated(times, quote), due=self.whens.due(clause, times),
            condition=condition_of(words, quote), counts=counts_in(quote), names=named,
            head=_head(rest.of(self.text)), outlet=report.outlet or "", context=self._context(clause), turned=turned,
            organ=bool(telling_words().organ.search(report.outlet or "")),
            act=without_names(act_of(words, rest.start - clause.start, turned=turned, passive=passive), named),
        )  # fmt: skip

    def _context(self, clause: Span) -> frozenset[tuple[str, ...]]:
        blocks = self.report.blocks
        block = next((b.span for b in blocks if b.span.start <= clause.start < b.span.end), clause)
        start = max(block.start, clause.start - 500)
        return self.names.names(Span(start, min(block.end, clause.end + 120)))


_AND_WILL = re.compile(
    r",?\s+(?:and|but)\s+(?=(?:will|would|shall|must|won[’']t|is|are|was|were|has|have|had|did|does|never)\s)"
)
"""Where a second verb of the same subject begins."""
_REJECTED_CLAIM = re.compile(
    r"\b(?:rejected|denied|dismissed|refuted|disputed|rejects|denies|dismisses)\s+(?:(?:as \w+|the|all|any|such)\s+)*"
    r"(?:claims?|allegations?|accusations?|reports?|suggestions?|charges?|rumours?)\s+(?:(?:by|from)\s+[^,;.]{2,50}?\s+)?(?:that|of)?\s*(?:that\s+)?$"
)
"""What stands before a claim that is rejected."""


def _takes_pointer(made: Telling) -> bool:
    """Whether the verb is done to what a pointer stands for ("hand it back to civilians")."""
    return _VERB_IT.search(made.place.quote) is not None


_HAS_AGREED = re.compile(r"\b(?:has|have|had)\s+(?:\w+ly\s+)?(?:agreed|committed|promised|pledged|undertaken|vowed)\b")
_VERB_IT = re.compile(r"\b(?:will|would|shall|must|not|to|never)\s+[a-z]+\s+(?:it|them|this|these|those|one)\b")
_NOBODY_FROM_US = re.compile(r"\W*(?:nobody|no one|no-one|none)\b.*\b(?:us|our|me|my)\b", re.IGNORECASE | re.DOTALL)
"""A refusal that names nobody ("nobody will take our rifles from us")."""


def _decided_by(subject: Subject, rest: str, teller: Party) -> bool:
    """Whether an office-holder says what will be done to somebody, and not by whom ("he will not be released")."""
    return teller.office and not sided(teller) and bool(PASSIVE.match(rest)) and not subject.party.office


def _is_future(one: Statement, content: str) -> bool:
    """Whether a statement is about what is yet to be done."""
    if telling_words().future.search(content):
        return True
    if not _WOULD.search(content):
        return False
    if wording(content).condition is not None:
        return one.act != "predict" and would_harm(content)
    return one.act != "predict" and one.cue.lemma not in telling_words().doubtful


def _is_own(one: Statement, doer: Party, teller: Party, *, future: bool) -> bool:
    """Whether a speaker's words are about his own doing, though he does not say "we"."""
    if (future and not doer.text and teller.office) or one_name(doer, teller) or speaks_for(teller, doer):
        return True
    if of_his_body(doer, teller):
        return True
    if future and teller.office and not doer.ids and not sided(teller):
        return True
    return one.act == "threaten" or (one.cue.lemma in telling_words().opens["threat"] and one.cue.lemma != "warn")


def _realis(content: str, force: Force, one: Statement | None = None) -> Real:
    words = telling_words()
    if words.possible.search(content) or (one is not None and one.certainty == "possible"):
        reported = force in ("promise", "agreement", "threat", "refusal", "demand") and "would" in content
        return "future" if reported else "possible"
    return "future" if words.future.search(content) else "actual"


def _head(text: str) -> str:
    """The key of the first word that tells what is done."""
    words = wording(text)
    first = next((t for t in words.terms if t.kind in ("thing", "word", "sign", "common")), None)
    sign = next((s for s in words.signs if s.kind in ("less", "more")), None)
    if sign and (first is None or sign.start < first.start):
        found = WORD.match(words.text, sign.start)
        return stem(found.group().lower()) if found else ""
    return first.key if first else ""
