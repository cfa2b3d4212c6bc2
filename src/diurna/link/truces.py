"""Truces and the attacks that break them: who laid down arms, and who attacked whom while the word still bound.

A truce is promised in one noun and broken by any attack of one party on the other, so that no verb and no thing is
shared. What is compared is who takes part: the attacker must be a party to the truce, and so must those attacked, or
the place must be one it is for. Where the report itself says that a deed goes against a truce, it may come long after.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from diurna.link.crosspairs import CrossPair, make_pair
from diurna.link.doers import doubt, told_fairly
from diurna.link.matching import short
from diurna.link.partynames import Name, names_in, same_name, shared_name
from diurna.link.sameness import Thing, test
from diurna.link.telling import Telling
from diurna.link.trucewords import truce_words
from diurna.link.whens import lasting
from diurna.model.record import ScopeTest

_FRESH = 30
"""Days after a truce of no named length in which an attack is held against it where no report says that it is one."""
_NAMED = 400
"""The same where the report itself says that the deed goes against a truce."""


@dataclass(frozen=True, slots=True)
class Attack:
    """An attack as a clause tells it: who attacks, whom and where, and whether it is called a breach of a truce.

    Attributes:
        state: it is by "the army" or "government jets" without a name, `by` is then empty.
    """

    by: frozenset[Name]
    on: frozenset[Name]
    breach: bool
    state: bool = False


def truce_of(one: Telling) -> frozenset[Name]:
    """The parties and places of the truce a telling opens; none where it opens none."""
    quote = one.place.quote
    if one.real == "possible" or one.condition or one.force in ("deny", "refusal", "demand", "threat", "withdraw"):
        return frozenset()
    return _parties(one) if opens_truce(quote, one.cue) else frozenset()


@lru_cache(maxsize=20_000)
def opens_truce(quote: str, cue: str = "") -> bool:
    """Whether a clause, or what somebody says with a verb of saying, opens a truce."""
    words = truce_words()
    found = words.truce.search(quote)
    if found is None or words.open.search(quote[: found.end() + 30]):
        return False
    opened = words.opening.search(quote, 0, found.start()) or words.opening.match(cue)
    return bool(opened or words.beginning.search(quote, found.end()))


def _parties(one: Telling) -> frozenset[Name]:
    quote, words = one.place.quote, truce_words()
    found = words.truce.search(quote)
    cut = words.aside.search(quote, found.end() if found else 0)
    said = quote[: cut.start()].lower() if cut else quote.lower()
    named = {name for name in one.names if all(word in said for word in name)}
    if len(named) < 2:
        named |= set(one.doer.names)
        named |= set(one.teller.names) if one.teller and one.own else set()
    return frozenset(named)


def attack_of(one: Telling) -> Attack | None:
    """The attack a telling tells of as done, where it says by whom."""
    quote = one.place.quote
    if one.real != "actual" or one.act.denied or one.force not in ("tell", "assert", "admit"):
        return None
    words = truce_words()
    found = words.attack.search(quote) or words.attacking.search(quote)
    return _attack(one) if found and not words.ended.search(quote, 0, found.start()) else None


def _attack(one: Telling) -> Attack | None:
    words, quote = truce_words(), one.place.quote
    by = frozenset[Name]()
    at = words.by_noun.search(quote)
    if at:
        by = frozenset(names_in(at["who"]))
    active = words.attacking.search(quote)
    subject = quote.find(one.doer.text.strip()) if one.doer.text.strip() else -1
    if not by and active and one.doer.names and not _PASSIVE.search(quote[: active.start()]):
        after = 0 <= subject < active.start() and active.start() - subject < len(one.doer.text) + 30
        by = one.doer.names if after or (one.own and subject < 0) else by
    passive = _BY.search(quote)
    if not by and passive and _PASSIVE.search(quote[: passive.start()]):
        by = frozenset(names_in(passive["who"]))
    state = not by and active is not None and _OF_STATE.match(one.doer.text.strip()) is not None
    if not by and not state:
        return None
    on = frozenset(name for name in one.names if not any(same_name(name, other) for other in by))
    return Attack(by, on, one.breach, state)


_OF_STATE = re.compile(
    r"(?:the\s+)?(?:government|army|military|air force|state|troops|soldiers|security forces)\b(?:\s+[a-z]+){0,2}$",
    re.IGNORECASE,
)


_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being)\s+(?:\w+\s+){0,2}$|\b(?:is|are|was|were|been)\s+(?:\w+ed|hit|struck)\b"
)
_BY = re.compile(r"\bby\s+(?:an?\s+|the\s+)?(?P<who>[A-Z][\w.’'-]*(?:\s+[A-Z][\w.’'-]*){0,3})")


def truce_pairs(left: Telling, right: Telling) -> Iterator[CrossPair]:
    """A truce with a later attack of one of its parties on another."""
    if left.day is None or right.day is None or right.day <= left.day:
        return
    parties = truce_of(left)
    attack = attack_of(right) if parties else None
    attacker = shared_name(attack.by, parties) if attack else None
    if attack is not None and attack.state and shared_name(attack.on, parties):
        rest = [name for name in parties if not any(same_name(name, other) for other in attack.on)]
        attacker = min(rest) if rest else None
    if attack is None or attacker is None:
        return
    others = [name for name in parties if not any(same_name(name, other) for other in attack.by)]
    near = shared_name(attack.on, others)
    if near is None and attack.breach:
        near = shared_name(right.context, others)
    if near is None:
        return
    why = f"the attack is by {_title([attacker])}, one of those for whom the arms were to rest"
    matter = f"both are about the fighting with or in {_title([near])}"
    tests = [
        test("same actor", "pass", why),
        test("same matter", "pass", matter),
        _while_bound(left, right, attack.breach),
    ]
    tests += [one for one in (_fair(left, right, attack),) if one.result != "pass"]
    if attack.state:
        tests.append(test("same actor", "unknown", f"no report names {short(right.doer.text)} as one of those bound"))
    tests.append(test("opposite polarity", "pass", "the one lays arms down, the other is an attack"))
    weight = 4.0 if attack.breach else 2.0
    thing = Thing(tests[1], (), weight, 1.0 if attack.breach else 0.6, names=True)
    yield make_pair("promise_unkept", left, right, tests, thing)


def _while_bound(left: Telling, right: Telling, breach: bool) -> ScopeTest:
    """Whether the attack fell into the time of the truce."""
    day, other = left.day or dt.date.min, right.day or dt.date.min
    starts = next((v.first_day for v in left.times if v.first_day and v.first_day > day), day)
    last = lasting(left.place.quote, starts)
    when = right.times[0] if right.times else None
    if when and when.last_day and when.last_day < starts:
        return test("same time", "fail", f"the attack, of “{when.text}”, came before the truce of {starts}")
    if other < starts:
        return test("same time", "fail", f"the truce was to begin on {starts} only")
    if last and other > last:
        return test("same time", "fail", f"the truce was for a time only, until {last}")
    if breach and (other - day).days <= _NAMED:
        return test("same time", "pass", "the report itself says that it goes against a truce")
    if (other - day).days <= _FRESH:
        return test("same time", "pass", f"the attack came {(other - day).days} days after the truce")
    return test(
        "same time",
        "fail",
        f"the attack came more than {_FRESH} days later, and no report says that the truce still held",
    )


def _fair(left: Telling, right: Telling, attack: Attack) -> ScopeTest:
    """Whether the report, the attacker himself or somebody without a side tells of the attack."""
    if right.teller is None:
        return told_fairly(left, right)
    if shared_name(right.teller.names, attack.by):
        return test("same actor", "pass", f"{short(right.teller.text)} tells of his own doing")
    why = doubt(right.teller, right.cue)
    return test("same actor", "unknown" if why else "pass", why or f"it is told by {short(right.teller.text)}")


def _title(names: Iterable[Name]) -> str:
    return " ".join(" ".join(name) for name in names).title()
