"""What a report tells in its own voice, clause by clause, and how a clause is made a telling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from diurna.link.acts import Act, without_names
from diurna.link.clauseacts import act_of, act_of_noun
from diurna.link.clauses import clauses, clauses_aside, sentences
from diurna.link.counts import counts_in
from diurna.link.deeds import deeds, thing_key
from diurna.link.duephrases import NUMBERS, after, number_of
from diurna.link.forces import (
    is_pronoun,
    opened_kind,
)
from diurna.link.matters import stem
from diurna.link.partynames import NOBODY, CanonicalId, Names, Party
from diurna.link.redeeming import standing
from diurna.link.saying import (
    AND_DID,
    FIRST,
    FIRST_SINCE,
    head_of,
    realis,
)
from diurna.link.subjects import PASSIVE, WORD, Subjects
from diurna.link.telling import Force, Real, Telling
from diurna.link.tellingwords import telling_words
from diurna.link.trucewords import goes_against_truce
from diurna.link.whens import Whens, condition_of, dated
from diurna.link.wording import wording
from diurna.model.across import Exhibited
from diurna.model.record import Reading
from diurna.model.report import content_hash
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue, range_value

_SAYS_THAT = re.compile(
    r"\b(?:says?|said|claims?|claimed|announces?|announced|states?|stated|reports?|reported) that\b"
)
_CONTRACT = re.compile(r"\b(?:accord|agreement|treaty|truce|deal|pact|communique|communiqué)\b", re.IGNORECASE)
_UNDER = re.compile(
    r",?\s+(?:under|by|in) (?:an?|the) (?:\w+ )?(?:accord|agreement|treaty|truce|deal|pact)\b", re.IGNORECASE
)
BY_CONTRACT = re.compile(
    r"\W*(?:Under|As part of|In line with|According to|By) (?:an?|the|their|its)\s[^;:.]{0,60}?"
    r"\b(?:accord|agreement|treaty|truce|deal|pact|ceasefire)\b[^;:.]{0,80}?,\s+(?=(?:the\s+)?[A-Z]|it\b|both\b|each\b|all\b|neither\b)"
)
"""A contract named before what is to be done under it."""
_TERMS = re.compile(
    r"\b(?:agreed|settled on|reached an? (?:agreement|accord|deal|understanding)"
    r"|signed an? (?:accord|deal|treaty|pact|truce))\b"
    r"[^\n]*[.]\W*$"
)
"""A sentence about an agreement, right before one that tells what will be done."""
_TERMS_REACH = 260
_BOUND_TO = re.compile(
    r"\b(?:would|must|shall|undertakes?|undertook|has to|have to|is obliged|are obliged|commits? itself)\b"
)
_GOVERNED = re.compile(
    r"\b(?:(?:(?:that|which)\s+(?:obliges?|requires?|commits?|binds?|compels?)|committing|binding|obliging|requiring)\s+(?:[\w’']+\s+){0,2}?[\w’']+(?=\s+to\s)"
    r"|that|(?:not )?to(?=\s+(?:not\s+|re-?)?[a-z]))\s+"
    r"(?!(?:the|an?|its|his|her|their|this|these|all)\b)"
    r"|\b(?:under|by|in) which\s+"
)
"""What stands between a word that opens a commitment and what is to be done; "to the army" governs nothing."""
_OPENED_LIST = re.compile(r"\b(?:pledges|promises|demands|vows|commitments)\s*:\s*", re.IGNORECASE)
_GIVEN = re.compile(
    r"\b(?:gave|gives|giving|given|set|sets|issued|handed)\s+(?P<who>[^,;.]{2,60}?)\s+"
    rf"(?:until\s+(?P<until>[^,;.]{{3,40}}?)|(?:an?\s+(?:deadline|ultimatum)\s+of\s+|an?\s+(?=[\w]+-))?(?P<n>\d+|{'|'.join(NUMBERS)})[\s-]+"
    r"(?P<unit>hour|day|week|fortnight|month)s?(?:\s+(?:deadline|ultimatum|notice))?(?:\s+on\s+\w+day)?)"
    r"\s+(?=to\s+[a-z])"
)
_SET_TIME = re.compile(
    r"\b(?:sets?|issued|gave|imposed|laid down|announced|delivered)\s+(?:an?|the)\s+"
    rf"(?:(?P<n>\d+|{'|'.join(NUMBERS)})[\s-]+(?P<unit>hour|day|week|fortnight|month)s?[\s-]+)?(?:deadline|ultimatum)"
    r"(?:\s+on\s+\w+day)?(?:\s+of\s+(?P<until>[^,;.]{3,40}?))?\s+for\s+"
    r"(?:(?P<who>(?:the\s+)?[^,;.]{2,60}?)\s+(?=to\s+[a-z])|(?=(?:the|an?)\s+\w+\s+of\s))"
)
_BY_DOING = re.compile(
    r"[^;:.]{0,30}?\b(?:signed|passed|approved|adopted|enacted|issued|introduced)\s+(?:an?|the)\s+(?:\w+\s+){0,2}?"
    r"(?:law|bill|decree|order|act|legislation|regulation|resolution|motion|amendment)s?\s+(?=[a-z]+ing\b)|"
    r"[^;:.]{0,30}?\b(?:retaliat|respond|react|answer|reply|replie|hit(?:ting)? back|hits? back)\w*\s"
    r"[^;:.,]{0,60}?\bby\s+(?=[a-z]+ing\b)"
)
"""An answer or a law whose deed is named after it ("to retaliate by seizing its ships", "a law abolishing fees")."""
_HAS_UNTIL = re.compile(
    r"\W*(?:has|have|had|was given|were given|has been given|have been given)\s+"
    r"(?P<until>until\s+[^,;.]{3,40}?)\s+(?=to\s+[a-z])"
)
_GOAL = re.compile(
    r"\W*(?:(?:has|have|had)\s+)?sets?\s+(?:itself|himself|herself|themselves)\s+(?:an?|the)\s+(?:\w+\s+)?"
    r"(?:goal|target|aim|task|deadline)\s+(?:of\s+(?=\w+ing\b)|(?=to\s+[a-z]))"
)
_OBLIGES = re.compile(
    r"\b(?:obliges?|obliged|requires?|required|commits?|binds?|compels?)\s+(?P<who>[^,;.]{2,60}?)\s+(?=to\s+[a-z])"
)
_RESUME = stem("resume")
_IT = re.compile(r"^\w+\s+(?:it|them)\b|\b(?:it|them)\s+(?:down|up|out|over|back|in|off|away)\b")
_SHORTEST = 8
"""Characters that say what is to be done."""
_ITS = re.compile(r"\s+(?:from\s+|on\s+)?(?:its|his|her|their|the|an?)\s+")
_AT_ONCE = 12
"""Characters after the subject within which a time is given, or else it only goes with another deed."""
_MOSTLY = 0.35
"""Share of a clause that may be somebody's words before it is no telling of the report's own."""


def _moving_himself(made: Telling) -> Telling:
    """A demand on those who are to leave or stay: they themselves are what it is done to."""
    if made.act.verb not in deeds().either and made.act.verb not in deeds().itself:
        return made
    mine = frozenset(thing_key(t.key) for t in wording(made.target.text).terms if t.kind in ("thing", "word", "common"))
    act = replace(made.act, things=made.act.things | mine, object=made.act.object | mine)
    return replace(made, act=without_names(act, made.target.names))


class OwnVoice:
    """One pass over the clauses of one report."""

    def __init__(self, reading: Reading, who: CanonicalId) -> None:
        self.reading, self.report = reading, reading.report
        self.text = reading.report.text.replace("’", "'")  # of one length: spans stay what they are
        self.names = Names(reading, who)
        value = reading.report.published or reading.anchor
        self.day = value.last_day if value else None
        self.whens = Whens(self.text, sorted(reading.times, key=lambda t: t.span), self.day)
        self.events = sorted(reading.events, key=lambda e: (e.trigger, e.id))
        self.subjects = Subjects(self.text, self.names, self.events)
        self.commitments = {c.opened_by: c for c in reading.commitments}
        self.statements = {s.id: s for s in reading.statements}
        self.last = NOBODY

    # What the report tells itself

    def own_voice(self, spoken: list[Span]) -> Iterator[Telling]:
        r"""The tellings of a report\'s own voice; `spoken` are the characters that are somebody\'s words, in order."""
        for block in self.report.blocks or ():
            if block.kind in ("byline", "other", "dateline"):
                continue
            for sentence in sentences(self.text, (block.span,)):
                main = clauses(self.text, sentence)
                for number, clause in enumerate(main):
                    yield from self._told(clause, spoken, main[number - 1] if number else None)
                for clause in clauses_aside(self.text, sentence):
                    yield from self._told_aside(clause, spoken, main[0] if main else clause)

    def _told(self, clause: Span, spoken: list[Span], before: Span | None) -> Iterator[Telling]:
        """What a clause tells; `before` is the clause of its sentence on which an "it" in it leans."""
        under = BY_CONTRACT.match(self.text, clause.start, clause.end)
        if under and under.end() < clause.end - 8:
            clause = Span(under.end(), clause.end)
        inside = sum(max(0, min(clause.end, s.end) - max(clause.start, s.start)) for s in spoken)
        if inside > _MOSTLY * (clause.end - clause.start):
            return
        subject, content = self.subjects.of(clause), clause.of(self.text)
        if subject.verbless or _SAYS_THAT.search(content) or (FIRST.search(content) and '"' not in content):
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
        made = self.telling(self._record_in(clause), clause, subject.rest, "tell", realis(content, "tell"))
        if before is not None and _IT.search(subject.rest.of(self.text)):
            meant = self._things(before)
            act = replace(made.act, things=made.act.things | meant, object=made.act.object | meant)
            both = Span(before.start, clause.end)
            words = wording(self.whens.masked(both, self.whens.within(both)))
            made = replace(made, act=act, words=words, names=made.names | self.names.names(before))
        told = replace(made, doer=doer, times=made.times or self.event_time(clause))
        yield told
        yield from self._again(told)
        yield from self._second(told, clause, subject.rest, spoken)

    def _second(self, told: Telling, clause: Span, rest: Span, spoken: list[Span]) -> Iterator[Telling]:
        """The second deed of one subject ("freed the sailors and reopened the strait")."""
        found = AND_DID.search(self.text, min(rest.start + 3, clause.end), clause.end)
        if found is None or told.real != "actual" or not told.doer.text:
            return
        span = Span(found.end(), clause.end)
        if any(s.overlaps(span) for s in spoken):
            return
        made = self.telling(self._record_in(span), span, span, "tell", realis(span.of(self.text), "tell"))
        if made.verbed and made.act.verb and made.real == "actual":
            yield replace(made, doer=told.doer, times=made.times or told.times)

    def _things(self, clause: Span) -> frozenset[str]:
        """Keys of the words for things in a clause, which a pronoun in the next may stand for."""
        terms = wording(clause.of(self.text)).terms
        return frozenset(thing_key(term.key) for term in terms if term.kind in ("thing", "word"))

    def _told_aside(self, clause: Span, spoken: list[Span], main: Span) -> Iterator[Telling]:
        """What a clause of time or reason tells as having happened ("after the growers blocked the road").

        Args:
            main: the clause before it, on which its pronoun leans.
        """
        inside = sum(max(0, min(clause.end, s.end) - max(clause.start, s.start)) for s in spoken)
        subject, content = self.subjects.of(clause), clause.of(self.text)
        if inside > _MOSTLY * (clause.end - clause.start) or subject.verbless or not subject.party.text:
            return
        doer = self.last if is_pronoun(subject.party.text) and not subject.party.names else subject.party
        made = self.telling(self._record_in(clause), clause, subject.rest, "tell", realis(content, "tell"))
        leans = is_pronoun(subject.party.text) and not subject.party.names
        if leans or _IT.search(subject.rest.of(self.text)):
            before = self._things(main)
            governed = (made.act.object or before) if leans else before
            act = replace(made.act, things=made.act.things | before, object=governed)
            made = replace(made, act=act, names=made.names | self.names.names(main))
        if made.verbed and made.act.verb and made.real == "actual":
            yield replace(made, doer=doer, aside=True)

    def _again(self, made: Telling) -> Iterator[Telling]:
        """That a thing goes on again, where a report tells of the first in years ("the first flight in four years")."""
        found = FIRST_SINCE.search(made.place.quote)
        if found is None or made.force not in ("tell", "assert") or made.real != "actual" or not found["what"]:
            return
        keys = frozenset(thing_key(term.key) for term in wording(found["what"]).terms if term.kind in ("thing", "word"))
        if keys:
            yield replace(made, act=Act(_RESUME, 1, False, keys | made.act.things, False, keys), aside=True)

    def _opening(self, clause: Span, rest: Span, doer: Party, *, contract: bool) -> Telling | None:
        """A commitment opened in the report's own voice, where no statement tells it."""
        listed = _OPENED_LIST.search(clause.of(self.text))
        if listed:
            span = Span(clause.start + listed.end(), clause.end)
            made = self.telling(self._record_in(clause), span, span, "promise", "future")
            return replace(made, doer=doer, teller=doer, own=True)
        given = self._ultimatum(clause, rest, doer) or self._bound(clause, rest, doer, contract=contract)
        if given:
            return given
        opened = self.opened(clause, rest, doer)
        if opened and contract and opened.force == "promise":
            return replace(opened, force="agreement")
        return opened or self._agreed(clause, rest, doer, contract=contract)

    def _ultimatum(self, clause: Span, rest: Span, doer: Party) -> Telling | None:
        """A demand that gives somebody a time to do a thing ("gave the miners a week to return to work")."""
        found = _GIVEN.search(self.text, rest.start, clause.end)
        if found is None or not doer.text or found.start() - rest.start > _AT_ONCE:
            return self._set_time(clause, rest, doer)
        span = Span(found.end(), clause.end)
        selfish = found["who"].lower() in ("itself", "himself", "herself", "themselves")
        force: Force = "promise" if selfish else "demand"
        made = self.telling(self._record_in(clause), span, self.subjects.of(span).rest, force, "future")
        target, due = self.names.party(Span(*found.span("who"))), None
        if found["n"] and self.day:
            last = after(self.day, number_of(found["n"]), found["unit"].lower())
            due = range_value(None, last, found.group().split(None, 1)[1])
        elif found["until"]:
            when = Span(*found.span("until"))
            due = self.whens.due(when, self.whens.within(when))
        if selfish:
            return replace(made, doer=doer, teller=doer, own=True, due=due or made.due)
        return _moving_himself(replace(made, doer=target, target=target, teller=doer, own=False, due=due or made.due))

    def _set_time(self, clause: Span, rest: Span, doer: Party) -> Telling | None:
        """A demand by a time that is set without saying whom ("set a 48-hour deadline for the release of ...")."""
        found = _SET_TIME.search(self.text, rest.start, clause.end)
        if found is None or not doer.text or found.start() - rest.start > _AT_ONCE:
            return None
        span = Span(found.end(), clause.end)
        who = found["who"]
        subject = self.subjects.of(span).rest if who else span
        made = self.telling(self._record_in(clause), span, subject, "demand", "future")
        if not who:
            act = act_of_noun(made.words, turned=False)
            made = replace(made, act=without_names(act, made.names)) if act else made
        target, due = self.names.party(Span(*found.span("who"))) if who else NOBODY, made.due
        if found["n"] and self.day:
            last = after(self.day, number_of(found["n"]), found["unit"].lower())
            due = range_value(None, last, f"{found['n']}-{found['unit']}")
        elif found["until"]:
            when = Span(*found.span("until"))
            due = self.whens.due(when, self.whens.within(when)) or due
        return replace(made, doer=target, target=target, teller=doer, own=False, due=due)

    def _bound(self, clause: Span, rest: Span, doer: Party, *, contract: bool) -> Telling | None:
        """What somebody has a time to do, has set himself to do, or is bound to by a contract that is the subject."""
        has_until = _HAS_UNTIL.match(self.text, rest.start, clause.end)
        goal = _GOAL.match(self.text, rest.start, clause.end)
        obliged = _OBLIGES.search(self.text, rest.start, clause.end) if _CONTRACT.search(doer.text) else None
        found = has_until or goal or obliged
        if found is None or not doer.text or clause.end - found.end() < _SHORTEST:
            return None
        span = Span(found.end(), clause.end)
        force: Force = "promise" if goal else "agreement" if obliged or contract else "demand"
        made = self.telling(self._record_in(clause), span, self.subjects.of(span).rest, force, "future")
        due = made.due
        if has_until:
            when = Span(*has_until.span("until"))
            due = self.whens.due(when, self.whens.within(when)) or due
        if obliged:
            doer = self.names.party(Span(*obliged.span("who")))
        if force == "demand":
            return replace(made, doer=doer, target=doer, teller=NOBODY, own=False, due=due)
        return replace(made, doer=doer, teller=doer, own=True, due=due)

    def opened(self, clause: Span, rest: Span, doer: Party) -> Telling | None:
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
            made = self.telling(self._record_in(clause), span, subject.rest, kind, "future", turned=refused)
            if self._given_up(text, word.start(), kind):
                return replace(made, force="withdraw", doer=doer, teller=doer, own=True)
            if kind != "demand":
                return replace(made, doer=doer, teller=doer, own=True)
            between = self.names.party(Span(rest.start + end, rest.start + governed.start()))
            target = between if between.names or between.kinds else subject.party
            return _moving_himself(replace(made, doer=target, target=target, teller=doer, own=False))
        return None

    @staticmethod
    def _given_up(text: str, end: int, kind: str) -> bool:
        """Whether the word that would open a commitment is taken back; of a threat, right before it."""
        back = telling_words().withdrawing.search(text, 0, end)
        return back is not None and (kind != "threat" or _ITS.fullmatch(text, back.end(), end) is not None)

    def _agreed(self, clause: Span, rest: Span, doer: Party, *, contract: bool) -> Telling | None:
        """What is to be done under an agreement that the sentence names."""
        said = clause.of(self.text)
        under = _UNDER.search(said)
        later = _CONTRACT.search(self.text, clause.end, clause.end + 60)
        terms = _TERMS.search(self.text, max(0, clause.start - _TERMS_REACH), clause.start) is not None
        if not (later or under or contract or terms) or not (
            telling_words().future.search(said) or _BOUND_TO.search(said)
        ):
            return None
        clause = Span(clause.start, clause.start + under.start()) if under else clause
        made = self.telling(self._record_in(clause), clause, rest, "agreement", "future")
        return replace(made, doer=doer, teller=doer, own=True)

    # Pieces

    def _record_in(self, clause: Span) -> str:
        """The id of the first event whose trigger stands in the clause; else an id of the clause itself."""
        event = self.subjects.first_event(clause)
        return event.id if event else content_hash("cl", self.report.id, self.report.version, *clause)

    def event_time(self, clause: Span) -> tuple[TimeValue, ...]:
        """When the first dated event of a clause happened."""
        inside = [e for e in self.events if clause.start <= e.trigger.start and e.trigger.end <= clause.end]
        return next(((e.happened_at,) for e in inside[:4] if e.happened_at), ())

    def telling(
        self, record: str, clause: Span, rest: Span, force: Force, real: Real, *, turned: bool = False
    ) -> Telling:
        """The telling of one clause; `rest` are the characters after its subject, and `turned` denies it."""
        report, named = self.report, self.names.names(clause)
        said, quote = clause.of(self.text), clause.of(report.text)
        times = self.whens.within(clause)
        words = wording(self.whens.masked(clause, times))
        passive = bool(PASSIVE.match(rest.of(self.text)))
        answer = None if passive else _BY_DOING.match(words.text, rest.start - clause.start)
        verb_from = answer.end() if answer else rest.start - clause.start
        place = Exhibited(report.id, report.version, self.day.isoformat() if self.day else "", record, clause, quote)
        return Telling(
            place=place, day=self.day, force=force, teller=None, cue="", doer=NOBODY, target=NOBODY, words=words,
            real=real, own=False, times=dated(times, said), due=self.whens.due(clause, times),
            condition=condition_of(words, said), counts=counts_in(said), names=named,
            head=head_of(rest.of(self.text)), outlet=report.outlet or "", context=self._context(clause), turned=turned,
            organ=bool(telling_words().organ.search(report.outlet or "")), breach=goes_against_truce(self.text, clause),
            standing=standing(self.text, clause),
            act=without_names(act_of(words, verb_from, turned=turned, passive=passive), named),
        )  # fmt: skip

    def _context(self, clause: Span) -> frozenset[tuple[str, ...]]:
        blocks = self.report.blocks
        block = next((b.span for b in blocks if b.span.start <= clause.start < b.span.end), clause)
        start = max(block.start, clause.start - 500)
        return self.names.names(Span(start, min(block.end, clause.end + 120)))
