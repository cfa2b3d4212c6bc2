"""How a maker goes back on a word without naming it a word: a plan is scrapped, a deal left, a strike called off.

What is given up must be the very thing of the commitment: its agreement by a name both have, its deed by the noun for
it, or its plan by the words they share.
"""

from __future__ import annotations

import re
from functools import lru_cache

from diurna.link.acts import STATE
from diurna.link.deeds import deed_names
from diurna.link.doers import same_doer
from diurna.link.matters import stem
from diurna.link.newdates import moves_deadline
from diurna.link.oneparty import one_party
from diurna.link.partynames import names_in, shared_name
from diurna.link.sameness import Thing, object_names, party_names
from diurna.link.saying import FIRST_SINCE
from diurna.link.telling import Telling
from diurna.link.tellingwords import telling_words

_GIVING_UP = re.compile(
    r"\b(?:call(?:s|ed|ing)? off|scrap(?:s|ped|ping)?|shelv(?:es|ed|ing)|abandon(?:s|ed|ing)?|drop(?:s|ped|ping)?"
    r"|cancel(?:s|led|ed|ling)?|ditch(?:es|ed|ing)?|(?:back|pull|walk)(?:s|ed|ing)? (?:out of|away from|down from)"
    r"|withdr(?:aws?|ew|awn|awing) from|gave up|gives? up|giving up|quits?|tore up|tears? up|renounc(?:es|ed|ing)"
    r"|reneg(?:es|ed|ing) on|repudiat(?:es|ed|ing)|rescind(?:s|ed|ing)?|revok(?:es|ed|ing)|went back on)\s+"
    r"(?P<what>(?:[^,;:.”\"]|(?<=\d)[,.](?=\d))+)",
    re.IGNORECASE,
)
_WAS_GIVEN_UP = re.compile(
    r"\s(?:(?:has|have|had)(?:\s(?:since|now)){0,2}\sbeen|was|were|is|are)\s(?:being\s)?"
    r"(?:called off|averted|scrapped|shelved|abandoned|dropped|cancell?ed|ditched|withdrawn|rescinded|put on hold)\b",
    re.IGNORECASE,
)
"""The same, of the thing itself ("a threatened strike has been averted")."""
_LONGEST_THING = 100
"""Characters of what is given up."""
_BROKEN = re.compile(r"[;:]")
_WITH = re.compile(r"\bwith\b")
_PLAN = re.compile(
    r"\b(?:plans?|schemes?|projects?|proposals?|intentions?|efforts?|pledges?|promises?|threats?|ultimatums?|offers?"
    r"|commitments?|bids?|drafts?|ideas?)\b",
    re.IGNORECASE,
)
_CONTRACT = re.compile(
    r"\b(?:deals?|agreements?|accords?|pacts?|treat(?:y|ies)|truces?|cease-?fires?|arrangements?|coalitions?)\b",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[a-z]{4,}")
_HALF = 0.5
"""Share of the commitment's own words that a plan given up must have."""


def gives_up(one: Telling) -> frozenset[str]:
    """Stems of what a telling says is given up; none where it says nothing of the kind."""
    if one.act.denied or one.force in ("deny", "demand", "refusal") or one.condition:
        return frozenset()
    return _given(one.place.quote)


@lru_cache(maxsize=50_000)
def _given(quote: str) -> frozenset[str]:
    return _stems(_given_up(quote))


def _given_up(quote: str) -> str:
    """The words for what is given up; "" where nothing is."""
    found = _GIVING_UP.search(quote)
    if found:
        return found["what"]
    line = " ".join(quote.split())
    suffered = _WAS_GIVEN_UP.search(line)
    thing = line[: suffered.start()] if suffered else ""
    return thing if len(thing) <= _LONGEST_THING and not _BROKEN.search(thing) else ""


def may_move(one: Telling) -> bool:
    """Whether a telling may move a commitment with whose act its own has nothing to do."""
    return (
        one.act.verb == STATE
        or bool(gives_up(one))
        or tells_share(one)
        or bool(moves_deadline(one))
        or one.act.verb in _FREEING
    )


OPENING = ("promise", "agreement", "demand", "threat", "refusal")
"""The forces that open a commitment."""


def gives_up_contract(one: Telling) -> bool:
    """Whether what is given up is a deal of several."""
    return bool(gives_up(one)) and _CONTRACT.search(one.place.quote) is not None


def is_contract(one: Telling) -> bool:
    """Whether a telling opens what several named parties agreed to."""
    return one.force == "agreement" and (len(one.doer.names) > 1 or " and " in one.doer.text)


def spares(opening: Telling, one: Telling) -> bool:
    """Whether who threatened to kill lets go of those he threatened."""
    killing = opening.force == "threat" and "kill or spare" in deed_names(opening.act.verb)
    freed = killing and one.act.verb in _FREEING and not one.act.denied and one.real == "actual"
    return freed and bool(opening.act.object & one.act.object) and _by_maker(opening, one)


_FREEING = frozenset(stem(word) for word in ("free", "release", "liberate"))


def calls_off_work_stop(one: Telling) -> bool:
    """Whether what is given up is a strike, by any of its names."""
    return any(_STRIKE in deed_names(x) for x in gives_up(one))


def gone_back(opening: Telling, one: Telling) -> bool:
    """Whether a telling says that the maker of a commitment gave it up."""
    given = gives_up(one)
    if not given or not _by_maker(opening, one):
        return False
    what = _given_up(one.place.quote)
    if opening.force in ("agreement", "tell", "assert") and _CONTRACT.search(what):
        named = object_names(opening, party_names(opening, one))
        both = sum(shared_name([name], one.names | one.doer.names) is not None for name in opening.doer.names)
        nouns = _stems(opening.doer.text) & (given | _stems(one.doer.text))
        both = max(both, len(nouns) if " and " in opening.doer.text and _WITH.search(what) else 0)
        return both > 1 or shared_name(named, one.names) is not None or bool(opening.act.object & given)
    end = opening.words.condition or None
    own = _stems(opening.words.text[:end])
    if _PLAN.search(what):
        return bool(own) and len(own & given) >= max(1, _HALF * len(own))
    striking = opening.act.verb in STOPPING or _STRIKE in deed_names(opening.act.verb)
    if opening.force == "threat" and striking and calls_off_work_stop(one):
        return True
    return opening.act.verb in one.act.object and opening.force in ("threat", "promise")


_STRIKE = "stop work"
STOPPING = frozenset(stem(word) for word in ("stop", "cease", "halt", "refuse", "down"))
"""Verbs by which a strike is announced without the word ("would stop flying")."""


def _by_maker(opening: Telling, one: Telling) -> bool:
    """Whether who gives it up is who made it; of bodies without a name, whether one noun calls both."""
    maker = (opening.teller or opening.doer).with_names(opening.doer)
    speaker = one.doer.with_names(one.teller) if one.teller and one.own else one.doer
    if one_party(maker, speaker):
        return True
    return not (maker.names and speaker.names) and bool(_stems(maker.text) & _stems(speaker.text))


def stays(opening: Telling, one: Telling, thing: Thing) -> bool:
    """Whether the maker says that what he was to leave or end stays as it is ("will stay in the pact")."""
    maker = (opening.teller or opening.doer).with_names(opening.doer)
    if one.force not in ("promise", "refusal", "agreement"):
        return False
    speaks = one.teller is None or one.teller.office or one_party(maker, one.teller)
    if not would_leave(opening) or not says_stays(one) or not (speaks or one_party(maker, one.doer)):
        return False
    parties = party_names(opening, one)
    named = shared_name(object_names(opening, parties), object_names(one, parties))
    his = shared_name(opening.doer.names, one.names) or same_doer(opening, one, thing).result == "pass"
    return (named is not None or thing.test.result == "pass") and bool(his)


def would_leave(one: Telling) -> bool:
    """Whether what a telling announces is to end or leave something."""
    return (one.act.way < 0 or one.act.verb in _LEAVING) and not one.act.denied


def says_stays(one: Telling) -> bool:
    """Whether somebody says of his own that a thing stays as it is."""
    return one.act.verb == STATE and not one.act.denied and one.own


_LEAVING = frozenset(stem(word) for word in ("leave", "quit", "exit", "withdraw"))


def agreed_to(opening: Telling, one: Telling) -> bool:
    """Whether who was asked now says that he will do it."""
    return opening.force == "demand" and one.force in ("agreement", "promise") and one.own and one.condition is None


_HOLDING = re.compile(r"(?:as|so) long as\b|while\b|until\b|unless\b|before\b|without\b", re.IGNORECASE)


def holds_now(one: Telling) -> bool:
    """Whether a refusal stands as things are ("will not lift it as long as rebels hold the island")."""
    return one.condition is None or (one.act.denied and _HOLDING.match(one.condition) is not None)


_BODY = re.compile(
    r"(?:the|our|its|his|her|their) (?:city|town|village|municipality|council|province|state|region|country|nation"
    r"|government|ministry|administration|company|firm|agency|army|party|union|authorities)"
    r"|(?:the )?(?:work|works|construction|building|repairs?|clearance)",
    re.IGNORECASE,
)


_ORDERED = re.compile(
    r"\b(?:on|at|under|by) (?:the )?(?:orders?|behest|instructions?|request|command)s? of (?P<who>[^,;.]+)",
    re.IGNORECASE,
)


def tells_of_own(opening: Telling, one: Telling) -> bool:
    """Whether the maker tells of what his own body did ("the city has ...", said by its mayor), or it was his order."""
    maker = (opening.teller or opening.doer).with_names(opening.doer)
    if one.doer.names:
        return False
    ordered = _ORDERED.search(one.place.quote)
    if ordered:
        return shared_name(names_in(ordered["who"]), maker.names) is not None
    if one.teller is None:
        return False
    return _BODY.fullmatch(one.doer.text.strip()) is not None and one_party(maker, one.teller) is not None


def left_as_it_is(opening: Telling, one: Telling, thing: Thing) -> bool:
    """Whether a telling says that what a commitment was to change is still as it was."""
    if one.act.verb != STATE or one.act.denied or opening.act.denied or thing.test.result != "pass":
        return False
    whole = bool(opening.act.object) and opening.act.object <= one.act.object
    return whole and same_doer(opening, one, thing).result == "pass"


_SHARE = re.compile(
    r"\b(?i:half|a (?:third|quarter|fifth|tenth|half)|two[- ]thirds|three[- ]quarters|most|some|part|parts"
    r"|(?!100\b)\d+(?:\.\d+)? ?(?:per ?cent|%)) of\b"
    r"|\b(?P<n>\d[\d,]*|[A-Za-z][a-z]+) of (?:the |its |his |her |their )?(?:[A-Z][\w-]* ){0,2}(?:[A-Z][\w-]*[’']s )?"
    r"(?P<all>\d[\d,]*|[a-z]+)\b"
)
_NUMERAL = re.compile(
    r"\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundred",
    re.IGNORECASE,
)


def only_share(opening: Telling, one: Telling) -> bool:
    """Whether only a share of the thing is told to be done ("half of its guns", "310 of the 900 families")."""
    if _NOT_ALL.search(one.place.quote) and not _NOT_ALL.search(opening.place.quote):
        return True
    return _shares(one.place.quote) and not _shares(opening.place.quote)


_NOT_ALL = re.compile(
    r"\bbut not\b|\bexcept (?:for|in)\b|\bin (?:some )?parts of\b|\b(?:partly|partially|in part)\b|\bapart from\b",
    re.IGNORECASE,
)
"""Words by which a deed is told to be done in part."""


@lru_cache(maxsize=50_000)
def _shares(quote: str) -> bool:
    return any(_is_share(found) for found in _SHARE.finditer(quote))


def tells_share(one: Telling) -> bool:
    """Whether a deed may be a part of what was promised in other words."""
    if one.act.denied or one.real != "actual" or one.force not in ("tell", "assert", "admit"):
        return False
    lessened = one.act.way < 0 and deed_names(one.act.verb) == _LESS
    return lessened or _shares(one.place.quote)


def part_of_it(opening: Telling, one: Telling) -> bool:
    """Whether a deed of another verb is a part of what was promised: a share of it done, or less of what was to end."""
    if one.act.denied or opening.act.denied or opening.act.way * one.act.way < 0:
        return False
    lessened = opening.act.way < 0 and one.act.way < 0 and deed_names(one.act.verb) == _LESS
    return lessened or only_share(opening, one)


_LESS = frozenset(("raise or lower",))


def _is_share(found: re.Match[str]) -> bool:
    if found["n"] is None:
        return True
    return all(_NUMERAL.fullmatch(found[key]) for key in ("n", "all")) and found["n"] != found["all"]


_NEXT_CLAUSE = re.compile(r"\s+and\s+(?:the|an?|its|his|her|their|[A-Z])\b")


def begins(one: Telling) -> bool:
    """Whether the telling calls what was done a beginning, in its own clause and not in one that is added to it."""
    quote = one.place.quote
    after = quote.find(one.doer.text.strip()) + len(one.doer.text.strip()) if one.doer.text.strip() in quote else 0
    cut = _NEXT_CLAUSE.search(quote, after)
    own = FIRST_SINCE.sub(" ", quote[: cut.start() if cut else len(quote)])
    return telling_words().beginning.search(own) is not None


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in _WORDS.findall(text.lower())) - _EMPTY


_EMPTY = frozenset(stem(word) for word in ("with", "that", "this", "from", "would", "will", "their", "have", "been"))
