"""Are two tellings of one actor, thing, time, place and condition? Each answer is a test that gives its ground."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from diurna.link.deeds import poles, thing_key
from diurna.link.matters import lexicon, stem
from diurna.link.oneparty import bound_by, one_party
from diurna.link.partynames import Name, Party, same_name, shared_name
from diurna.link.telling import Telling
from diurna.link.tellingwords import telling_words
from diurna.link.wording import Term
from diurna.model.record import ScopeTest, TestName, TestResult

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*|\d[\d,.]*|[,;:.]")


_JOINING = frozenset(("of", "on", "for", "with", "to", "from", "about", "against"))


_STATES = frozenset(("open", "closed", "shut", "free", "available", "accessible"))
"""What a thing is made, between it and those it is made so for ("its border open to refugees")."""


_SHARES = frozenset(("per", "cent", "percent", "pct"))
"""Words for how much, between a thing and what it is on ("tariffs of 30 per cent on steel")."""


_SMALL = frozenset(
    ("the", "a", "an", "its", "his", "her", "their", "our", "all", "any", "no", "this", "that", "every", "each")
)


ENOUGH = 2.0
"""Weight two tellings of different reports must share: two solid words, or one and a name."""


LEAST = 1.3
"""The same for two short ones that have half of all their words in common."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What two tellings share of their matter.

    Attributes:
        keys: shared keys; weight: how much sharing them says.
        cover, wide: their share of the lighter and of the heavier telling's weight.
        names: whether both name the same object.
    """

    test: ScopeTest
    keys: tuple[str, ...]
    weight: float
    cover: float
    names: bool
    wide: float = 0.0


def test(name: TestName, result: TestResult, why: str) -> ScopeTest:
    """One answered question."""
    return ScopeTest(name, result, why)


def object_names(one: Telling, parties: frozenset[Name]) -> frozenset[Name]:
    """Names in a telling that are none of the parties'."""
    return frozenset(n for n in one.names if not any(same_name(n, p) for p in parties) and not _on_condition(one, n))


def _on_condition(one: Telling, name: Name) -> bool:
    """Whether a name stands in the condition of a telling only."""
    if not one.condition:
        return False
    said = one.place.quote.replace(one.condition, "").lower()
    return name[-1] in one.condition.lower() and name[-1] not in said


def same_thing(left: Telling, right: Telling) -> Thing:
    """Whether both are about one thing: its words, what sets it apart, and its name."""
    parties = party_names(left, right)
    mine, theirs = object_names(left, parties), object_names(right, parties)
    apart = {stem(word) for name in (*left.names, *right.names) for word in name}
    apart |= {stem(word) for party in _parties(left, right) for name in party.names for word in name}
    here, there = _terms(left, apart), _terms(right, apart)
    several = left.act.verb == right.act.verb and " " in left.act.verb and left.act.verb not in here
    if several or (left.act.verb != right.act.verb and poles(left.act.verb, right.act.verb)):
        _as_one_deed(left, here)
        _as_one_deed(right, there)
    keys = [k for k in here if k in there]
    weight = sum(here[k].weight for k in keys)
    named = shared_name(mine, theirs) or shared_name(_done_to(left), _done_to(right))
    if mine and theirs and named is None:
        why = f"they name different things or places: “{_title(mine)}” and “{_title(theirs)}”"
        return Thing(test("same place", "fail", why), tuple(keys), weight, 0.0, names=False)
    lighter = min(sum(t.weight for t in here.values()), sum(t.weight for t in there.values()))
    weight += 1.0 if named else 0.0
    cover = min(1.0, weight / lighter) if lighter else (1.0 if named else 0.0)
    ordered = tuple(sorted(keys, key=lambda k: (-here[k].weight, here[k].start)))
    heavier = max(sum(t.weight for t in here.values()), sum(t.weight for t in there.values()))
    wide = weight / heavier if heavier else 0.0
    found = _thing_test(left, right, here, there, ordered, weight, cover, named)
    return Thing(found, ordered, weight, cover, named is not None, wide)


def _done_to(one: Telling) -> frozenset[Name]:
    """Names in a clause that are not its subject's, though a party may bear them ("holds two citizens of Merrow")."""
    return (
        frozenset(n for n in one.names if not any(same_name(n, d) for d in one.doer.names))
        if one.doer.names
        else frozenset()
    )


def _thing_test(
    left: Telling, right: Telling, here: dict[str, Term], there: dict[str, Term], keys: tuple[str, ...],
    weight: float, cover: float, named: Name | None,
) -> ScopeTest:  # fmt: skip
    solid = [k for k in keys if here[k].kind in ("thing", "word") or there[k].kind in ("thing", "word")]
    again = bool(keys) and left.act.verb == right.act.verb and (named is not None or _one_turn(left, right))
    if not solid and not again:
        return test("same matter", "fail", "the two share no word that tells a matter")
    clash = _clash(left, right, keys)
    if clash:
        return test("same matter", "fail", f"they speak of different things: {clash[0]} and {clash[1]}")
    rest = (set(here) - set(keys), set(there) - set(keys))
    shared = ", ".join(f"“{here[k].text}”" for k in (solid or keys)[:3]) or f"“{' '.join(named or ()).title()}”"
    heavier = max(sum(t.weight for t in here.values()), sum(t.weight for t in there.values()))
    wide = weight / heavier if heavier else 0.0
    one_deed = left.act.verb == right.act.verb or poles(left.act.verb, right.act.verb) or _only_thing(left, right)
    alone = bool(one_deed) and cover >= 0.9 and one_party(bound_by(left), bound_by(right)) is not None
    alone = alone or (named is not None and bool(one_deed) and cover >= 0.9 and wide >= 0.5)
    alone = bool(alone) or bool(not solid and named is None and again)
    beside = [k for k in keys if k not in (left.head, right.head)] or (named and solid)
    near = weight >= LEAST and wide >= 0.5
    near = near or (weight >= LEAST and cover >= 0.95 and wide >= 0.3 and _soon(left, right))
    if (not ((weight >= ENOUGH and wide >= 0.25) or near) or cover < 0.45 or not beside) and not alone:
        return test("same matter", "unknown", f"all they share is {shared}")
    odd = [sorted(here[k].text for k in rest[0])[:2], sorted(there[k].text for k in rest[1])[:2]]
    if rest[0] and rest[1] and not named and cover < 0.6:
        return test("same matter", "unknown", f"beside {shared} the one speaks of {odd[0]}, the other of {odd[1]}")
    return test("same matter", "pass", f"both speak of {shared}")


def _one_turn(left: Telling, right: Telling) -> bool:
    """Whether one party soon does to a thing what it said, though an everyday word names it ("the government")."""
    return bool(left.act.way) and bool(left.act.object) and left.act.object == right.act.object and _soon(left, right)


_SOON = 60


def _soon(left: Telling, right: Telling) -> bool:
    """Whether one party speaks or acts again within two months, so that a short word can be of the same thing."""
    if left.day is None or right.day is None or (right.day - left.day).days > _SOON:
        return False
    return any(one_party(p, bound_by(right)) for p in (bound_by(left), left.target) if p.names)


def _only_thing(left: Telling, right: Telling) -> bool:
    """Whether a verb that names its thing itself meets one that governs it ("disarm": "hand in its weapons")."""
    return left.act.verb in right.act.object or right.act.verb in left.act.object or left.act.object == right.act.object


_DEED = "one deed"
"""The key of both verbs where they are one deed in two words, or contraries."""


def _as_one_deed(one: Telling, terms: dict[str, Term]) -> None:
    """Put one key in the place of the verb's own."""
    verb = one.act.verb
    first = verb.split(" ")[0]
    own = terms.pop(verb, None) or terms.pop(first, None)
    terms[_DEED] = replace(own, key=_DEED, kind="word") if own else Term(_DEED, verb, 0, "word")


def _terms(one: Telling, apart: set[str]) -> dict[str, Term]:
    """The terms that tell what a telling is about, by key: no names, numbers, loose words, or words of a condition."""
    loose = telling_words().loose_keys
    end = one.words.condition if one.words.condition is not None else len(one.words.text)
    found: dict[str, Term] = {}
    for term in one.words.terms:
        usable = term.kind in ("thing", "word", "common", "sign") and term.start < end
        if usable and term.key not in apart and term.key not in loose:
            found.setdefault(thing_key(term.key), term)
    if one.words.pointers or one.force == "demand":
        known = one.act.things if one.words.pointers else one.act.object
        for key in known - found.keys() - apart - loose:
            found[key] = Term(key, key, 0, "word")
    return found


def _clash(left: Telling, right: Telling, keys: tuple[str, ...]) -> tuple[str, str] | None:
    """The phrases in which a shared word is of two different kinds ("duty on medicines", "duty on tractors")."""
    for key in keys:
        one, other = _phrases(left, key), _phrases(right, key)
        for joint in sorted(one.keys() & other.keys()):
            mine, theirs = one[joint], other[joint]
            if mine & theirs or mine & right.words.keys or theirs & left.words.keys:
                continue
            return f"“{_words_for(left, key, mine)}”", f"“{_words_for(right, key, theirs)}”"
    return None


def _words_for(one: Telling, key: str, extra: set[str]) -> str:
    words = [t.text for t in one.words.terms if t.key == key or t.key in extra]
    return " ".join(dict.fromkeys(words))


@lru_cache(maxsize=20_000)
def _tokens(text: str) -> list[tuple[str, int]]:
    """The words and stops of a text with their places; nobody changes the list."""
    return [(m.group(), m.start()) for m in _WORD.finditer(text)]


def _phrases(one: Telling, key: str) -> dict[str, set[str]]:
    """What stands right before a word (under ""), and what each preposition after it joins to it, as keys."""
    found: dict[str, set[str]] = {}
    tokens = _tokens(one.words.text)
    by_start = {t.start: t for t in one.words.terms}
    for head in one.words.terms:
        if thing_key(head.key) != key or head.kind not in ("thing", "word", "common"):
            continue
        place = next((n for n, (_, start) in enumerate(tokens) if start == head.start), None)
        if place is None:
            continue
        previous = by_start.get(tokens[place - 1][1]) if place else None
        if previous and _tells(previous) and not _verbal(previous.text) and not _its_verb(one, previous):
            found.setdefault("", set()).add(previous.key)
        for joint, joined in _joined(tokens, by_start, place + len(head.text.split())):
            found.setdefault(joint, set()).add(joined)
    return found


def _its_verb(one: Telling, term: Term) -> bool:
    """Whether a word before a thing is what is done to it, or whose it is."""
    return term.key == one.act.verb or term.text.endswith(("'s", "’s", "s'", "s’"))


def _tells(term: Term) -> bool:
    return term.kind in ("word", "thing", "common") and term.key not in telling_words().loose_keys


def _verbal(word: str) -> bool:
    return word.lower() in telling_words().verbs or word.endswith(("ed", "ing"))


def _joined(tokens: list[tuple[str, int]], by_start: dict[int, Term], place: int) -> Iterator[tuple[str, str]]:
    """Pairs of a preposition and a key it joins to the words before it."""
    joint = ""
    for word, start in tokens[place : place + 9]:
        low = word.lower()
        if not joint and (low in _STATES or (word[0].isupper() and word.isalpha())):
            continue
        if low in _JOINING:
            joint = low
        elif low in _SHARES or (joint and low[0].isdigit()):
            continue
        elif not joint or word in (";", ":", "."):
            return
        else:
            term = by_start.get(start)
            if term and _tells(term) and not (term.kind == "word" and _verbal(term.text)):
                yield joint, term.key
            elif low in lexicon().stop and low not in _SMALL:
                return


def _parties(left: Telling, right: Telling) -> tuple[Party, ...]:
    """Everybody who acts, speaks or is spoken to on either side, where he speaks of his own doing."""
    both = [(one, party) for one in (left, right) for party in (one.doer, one.teller, one.target)]
    return tuple(party for one, party in both if party and (one.own or party is one.teller))


def party_names(left: Telling, right: Telling) -> frozenset[Name]:
    """Names of those who act or speak on the left, and of him who speaks on the right."""
    threatened = left.force == "threat" and left.teller and left.teller.names and not one_party(left.doer, left.teller)
    found = (
        (set() if threatened else set(left.doer.names))
        | (set(left.teller.names) if left.teller else set())
        | set(left.target.names)
    )
    found |= set(right.teller.names) if right.teller else set()
    return frozenset(found)


def _title(names: frozenset[Name]) -> str:
    return " ".join(max(names, key=lambda n: (sum(map(len, n)), n))).title()


def negated(one: Telling) -> bool:
    """Whether a telling says that something was not done."""
    return any(sign.kind == "negation" for sign in one.words.signs)


def conditions(left: Telling, right: Telling) -> ScopeTest:
    """Whether neither side hangs on a condition the other does not name."""
    if left.condition is None and right.condition is None:
        return test("same condition", "pass", "neither hangs on a condition")
    if right.condition is None and left.force == "threat":
        return test("same condition", "pass", f"the condition “{left.condition}” was the threatener's own to judge")
    which = left.condition or right.condition
    return test("same condition", "unknown", f"one side is conditional: “{which}”; no report says whether it is met")
