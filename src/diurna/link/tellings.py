"""Reports to tellings: every clause that says who does, will do, or must do what, in one shape for all reports.

Statements and events are found by `annotate`; what a report tells in its own voice without either ("raised the tax")
is read here from the clause itself, since most deeds that answer a promise are of no PLOVER type.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from diurna.link.acts import NO_ACT, without_names
from diurna.link.clauseacts import act_of_noun
from diurna.link.clauses import clauses, sentences
from diurna.link.commitments import refusing_cue
from diurna.link.forces import (
    asked_for,
    claims_denied,
    demanded,
    force_of,
    gives_in,
    is_pronoun,
    one_name,
    own_thing,
    request_named,
    sided,
    speaks,
    unless,
    would_harm,
)
from diurna.link.ownvoice import BY_CONTRACT, OwnVoice
from diurna.link.partynames import NOBODY, CanonicalId, Party, normalised_name
from diurna.link.saying import (
    AND_WILL,
    FIRST,
    LEADING_IF,
    NOBODY_FROM_US,
    REJECTED_CLAIM,
    decided_by,
    is_future,
    is_own,
    realis,
    takes_pointer,
    will_get,
)
from diurna.link.statementshape import of_the_subject, with_to, without_subject
from diurna.link.subjects import GERUND, Subject
from diurna.link.telling import Force, Telling
from diurna.link.tellingwords import telling_words
from diurna.link.timesgiven import time_given
from diurna.link.trucewords import says_truce
from diurna.link.whens import dated, to_come
from diurna.model.record import Reading, Statement
from diurna.model.span import Span, hull
from diurna.model.timevalue import TimeValue

_OF_DOING = re.compile(r"\s+of\s+(?=(?:\w+ly\s+)?\w+ing\b)")
_STOP = re.compile(r"[.!?](?:\s|$)|\n")
_AND_DO = re.compile(r"\s+and\s+(?=(?:to\s+[a-z]+|(?:re-?)?[a-z]+ing)\s)")
_TO_WHOM = re.compile(r"\W*to (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)* to [a-z]")
"""What is to be done by somebody else ("gave an ultimatum to Norrow to open the strait")."""
_LONG_AGO = dt.timedelta(days=45)
"""What was said so long before its report counts from the day it was said."""
_ASKED_OF = re.compile(
    r"\s+(?:(?:on|upon|to|from|of)\s+)?(?P<who>(?:the\s+)?[^,;:.]+?)(?:\s+(?:on|in|at|late|again)\s.*)?\s*$"
)
"""Of whom something is asked, between the verb of asking and what is asked."""
_THEIRS = re.compile(
    r"(?:their|its) (?:own )?(?:union|leader|leaders|spokesman|spokeswoman|spokesperson|commander|lawyers?|guild"
    r"|chief|command|league|federation|chairman|chairwoman|representatives?|organisers?|organizers?)s?\b",
    re.IGNORECASE,
)
"""Somebody who speaks for those his words are about ("the dockers will walk out, their union said")."""
_CALLED = re.compile(r"(?P<what>\b(?:the|its|[A-Z][\w-]+['’]s)\s[^,.;:“”\"\n]{3,90}),\s+$")
_ITSELF = ("it", "they")
_ITS_PEOPLE = re.compile(r"(?:its|their|his|her)\s+[\w\s’'-]{3,40}", re.IGNORECASE)
"""Who speaks behind what is said, where only its subject tells whose he is ("..., their union confirmed")."""
_ASKING = ("call", "call for", "demand", "appeal", "request", "urge", "plea")
_ORDERED = re.compile(r"\b(?:ordered|instructed|directed|commanded|told)\b")
_HAS_AGREED = re.compile(r"\b(?:has|have|had)\s+(?:\w+ly\s+)?(?:agreed|committed|promised|pledged|undertaken|vowed)\b")


def tellings_of(reading: Reading, who: CanonicalId = normalised_name) -> tuple[Telling, ...]:
    """The tellings of one report, in text order.

    Args:
        who: the canonical id of an actor of this report; by default its normalised name.
    """
    return tuple(_Teller(reading, who).tellings())


def _on_condition(made: Telling, condition: str) -> Telling:
    """What is said under a condition that stands before it; harm announced so is a threat."""
    harm = made.force == "promise" and would_harm(made.place.quote)
    return replace(made, condition=made.condition or condition, force="threat" if harm else made.force)


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


class _Teller(OwnVoice):
    """One pass over the clauses of one report."""

    def tellings(self) -> Iterator[Telling]:
        found: list[Telling] = []
        spoken: list[Span] = []
        for s in self.reading.statements:
            said = list(self._of_statement(s))
            found += said
            untold = s.content.form == "phrase" or self._taken_back(s) or says_truce(s.content.text)
            if speaks(s) and not of_the_subject(self.text, s) and (said or not untold):
                spoken.append(hull((*s.content.spans, *s.cue.spans)))
        found += self.own_voice(sorted(spoken))
        yield from sorted(found, key=lambda t: (t.place.span, t.place.record, t.force))

    # What others say

    def _of_statement(self, one: Statement) -> Iterator[Telling]:
        if not speaks(one) or of_the_subject(self.text, one):
            return
        teller = self._speaker(one)
        before: frozenset[str] = frozenset()
        for span in sentences(self.text, with_to(self.text, one)):
            for clause in clauses(self.text, span)[:3]:
                yield from self._also(one, clause, teller)
                for found in self._predicates(one, clause, teller):
                    made = found
                    if made.words.pointers and (not made.act.things or not made.act.object or takes_pointer(made)):
                        act = replace(made.act, things=made.act.things | before, object=made.act.object or before)
                        made = replace(made, act=act)
                    before = made.act.things or before
                    yield made
                    yield from self._agreed_to(made, clause)

    def _predicates(self, one: Statement, clause: Span, teller: Party) -> Iterator[Telling]:
        """What is said in a clause: one telling for each verb of its subject ("has no need of it and will not ...")."""
        lead = LEADING_IF.match(self.text, clause.start, clause.end)
        clause = Span(lead.end(), clause.end) if lead else clause
        second = AND_WILL.search(self.text, clause.start + 10, clause.end)
        made = self._said(one, Span(clause.start, second.start()) if second else clause, teller)
        if made:
            yield _on_condition(made, lead["if"]) if lead and lead["if"] else made
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
        opened = None if subject.verbless else self.opened(clause, subject.rest, made.doer)
        perfect = _HAS_AGREED.search(clause.of(self.text)) is not None
        bound = opened is not None and (opened.force == "agreement" or (opened.force == "promise" and perfect))
        new = opened is not None and bound and opened.place.span != made.place.span
        ordered = opened is not None and opened.force == "demand" and _ORDERED.search(clause.of(self.text))
        if opened and (new or ordered):
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
        if span and party.persons:
            party = party.with_names(self._described(span))
        return party if party.text else Party(one.speaker.text)

    def _described(self, span: Span) -> Party:
        """What a person is called right before his name ("the commander of the air defences, ...")."""
        found = _CALLED.search(self.text, max(0, span.start - 120), span.start)
        if not found or not telling_words().office & {w.lower() for w in found["what"].split()}:
            return NOBODY
        return self.names.party(Span(*found.span("what")))

    def _said(self, one: Statement, clause: Span, teller: Party, subject: Subject | None = None) -> Telling | None:
        made = self._made(one, clause, teller, subject)
        return self._as_demand(one, made) if made and made.force == "demand" else made

    def _as_demand(self, one: Statement, made: Telling) -> Telling:
        """A demand with the time its sentence leaves; one told only where it is answered opens nothing again."""
        if demanded(one, made.place.quote):
            made = replace(made, own=False, aside=self._answered(one))
        given = time_given(self.text, made.place.span, self.whens)
        if given is None:
            return made
        if given.who and not (made.target.names or made.target.kinds):
            target = self.names.party(given.who)
            made = replace(made, doer=target, target=target)
        return replace(made, due=made.due or given.due)

    def _made(self, one: Statement, clause: Span, teller: Party, subject: Subject | None) -> Telling | None:
        rejected = claims_denied(clause.of(self.text)) if one.act in ("refuse", "deny") else 0
        clause = Span(clause.start + rejected, clause.end)
        if not rejected and one.act not in ("refuse", "deny"):
            rejected = REJECTED_CLAIM.search(self.text, max(0, clause.start - 90), clause.start + 5) is not None
        yields = gives_in(one)
        answers = not rejected and (yields or one.act in ("refuse", "deny"))
        asked = request_named(clause.of(self.text)) if answers else 0
        clause = Span(clause.start + asked, clause.end)
        said = self._saying(one, clause, teller, subject)
        if said is None or (yields and not asked and asked_for(said.content)):
            return None
        teller = said.teller
        doer, verbless = said.subject.party, said.subject.verbless
        asks = one.act in ("demand", "propose", "ask") or (one.act in ("refuse", "deny") and one.cue.lemma in _ASKING)
        refused = not yields and (bool(asked) or (asks and self._turned_down(one)))
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
        if force == "promise":
            force = self._no_promise(one, said.content)
        if force == "demand":
            doer = target = doer if doer.names or doer.kinds else self._addressee(one, clause)
        elif said.selfish or not doer.text:
            doer = teller if said.selfish or said.own or said.future else doer
        elif said.own and one_name(doer, teller):
            doer = doer.with_names(teller)
        turned = refused or bool(rejected) or one.act == "deny" or refusing_cue(one)
        made = self.telling(one.id, clause, said.subject.rest, force, realis(said.content, force, one), turned=turned)
        if verbless and one.act not in ("deny", "threaten") and (not made.act.way or not made.act.object):
            named = act_of_noun(made.words, turned=turned) if one.act != "accuse" else None
            made = replace(made, act=without_names(named, made.names) if named else NO_ACT, verbed=named is not None)
        return replace(
            made, teller=teller, cue=one.cue.lemma, doer=doer, target=target, own=said.own, day=self._said_on(one),
            due=self._due(one) or made.due, told_by=self._parent(one), times=self._times(one, clause, said, made),
        )  # fmt: skip

    def _no_promise(self, one: Statement, content: str) -> Force:
        """What a promise is that somebody else is to do, or that is given in a contract."""
        if _TO_WHOM.match(content):
            return "demand"
        return "agreement" if self._under_contract(one) else "promise"

    def _due(self, one: Statement) -> TimeValue | None:
        """The deadline of the commitment a statement opened."""
        opened = self.commitments.get(one.id)
        due = to_come(opened.due, self.day) if opened and opened.due else None
        past = due is not None and self.day is not None and due.last_day is not None and due.last_day < self.day
        return None if past else due

    def _answered(self, one: Statement) -> bool:
        """Whether what is asked is told only where it is turned down or met ("gave in to Norrow's demand to ...")."""
        cue = one.cue.spans[0] if one.cue.spans else one.content.spans[0]
        answers = (s for s in self.reading.statements if s.act in ("refuse", "deny", "agree") or gives_in(s))
        return any(s.id != one.id and hull(s.content.spans).contains(cue) for s in answers)

    def _times(self, one: Statement, clause: Span, said: _Saying, made: Telling) -> tuple[TimeValue, ...]:
        """When it was done; the day somebody was accused on is none."""
        if one.act != "accuse":
            return made.times or self.event_time(clause)
        rest = said.subject.rest
        return dated(self.whens.within(rest), rest.of(self.text))

    def _under_contract(self, one: Statement) -> bool:
        """Whether the sentence names the contract under which something is undertaken."""
        start = one.evidence.span.start
        begin = max(self.text.rfind(mark, 0, start + 1) for mark in (". ", "! ", "? ", "\n")) + 1
        return BY_CONTRACT.match(self.text, begin, one.evidence.span.end) is not None

    def _turned_down(self, one: Statement) -> bool:
        """Whether what was asked is turned down in the same breath ("turned down the demand to ...")."""
        if not one.cue.spans or one.speaker.span is None:
            return False
        start, end = one.speaker.span.end, one.cue.spans[0].end
        return 0 <= end - start < 100 and telling_words().turning_down.search(self.text, start, end) is not None

    def _saying(self, one: Statement, clause: Span, teller: Party, subject: Subject | None) -> _Saying | None:
        """Who is to do what is said, and whether that is the speaker; None where nothing is said to be done."""
        content = clause.of(self.text)
        subject = (
            subject or self._accused(one, clause) or without_subject(self.text, one, clause) or self.subjects.of(clause)
        )
        theirs = not teller.names and _THEIRS.match(teller.text) is not None and not is_pronoun(subject.party.text)
        if theirs and is_future(one, content) and subject.party.text and not subject.verbless:
            teller = subject.party
        refusing = one.cue.lemma in telling_words().opens["refusal"]
        if (
            subject.verbless
            and not refusing
            and not gives_in(one)
            and one.act not in ("deny", "refuse", "demand", "agree", "threaten", "accuse", "promise")
        ):
            return None
        if not teller.names and not teller.ids and teller.text.split(" ", 1)[0].lower() in telling_words().nobodys:
            after = one.speaker.span is not None and one.speaker.span.start > clause.end
            if not after or (teller.text.lower() not in _ITSELF and _ITS_PEOPLE.fullmatch(teller.text) is None):
                return None
            teller = subject.party if teller.text.lower() in _ITSELF and subject.party.names else teller
            if teller is subject.party and one.act not in ("assert", "announce", "promise", "admit"):
                return None
        bare = bool(GERUND.match(subject.rest.of(self.text))) and not subject.party.text
        bare = bare or ((refusing or gives_in(one)) and subject.verbless)
        future = bare or is_future(one, content) or (subject.verbless and one.act == "promise")
        if self._is_his(subject, teller, future=future):
            subject = replace(subject, party=NOBODY)
        doer = subject.party
        first = FIRST.search(content)
        begins = first is not None and first.end() <= max(5, subject.rest.start - clause.start)
        selfish = bare or begins or (is_pronoun(doer.text) and not doer.names)
        selfish = selfish or bool(NOBODY_FROM_US.match(content))
        own = selfish or is_own(one, doer, teller, future=future)
        own = own or (future and unless(content) and not doer.names and not sided(teller))
        return _Saying(one, clause, content, subject, teller, future, selfish, own)

    def _is_his(self, subject: Subject, teller: Party, *, future: bool) -> bool:
        """Whether what stands as subject is a thing or person on whom the speaker decides."""
        rest = subject.rest.of(self.text)
        if future and subject.party.text and will_get(rest, teller):
            return True
        if own_thing(subject.party, teller):
            return future or telling_words().unchanged.match(rest.lstrip()) is not None
        return future and decided_by(subject, rest, teller)

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
        if between is None or between["who"].removeprefix("the ").split(" ", 1)[0] in telling_words().calendar:
            return NOBODY  # "demanded on Monday the dismissal of ..."
        return self.names.party(Span(*between.span("who")))
