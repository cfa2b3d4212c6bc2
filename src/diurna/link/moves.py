"""What one later telling does to a commitment: a step, its doing, its not being done, a refusal, a withdrawal.

Found by the same tests as gaps (`sameness`, `acts`), so that what cannot be told moves nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from diurna.link.acts import EXISTS, PLANS, STATE, Act, relation
from diurna.link.clauseacts import act_of
from diurna.link.commitments import criteria_of
from diurna.link.crosspairs import keeps
from diurna.link.deeds import one_alone, one_apart, poles
from diurna.link.doers import same_doer
from diurna.link.matching import short
from diurna.link.matters import stem
from diurna.link.newdates import new_day, put_off
from diurna.link.oneparty import one_party
from diurna.link.otherwords import TOLD, against_word, by_bound, one_deed, turned_down
from diurna.link.partynames import Party, shared_name
from diurna.link.reversals import (
    agreed_to,
    begins,
    gone_back,
    holds_now,
    left_as_it_is,
    may_move,
    only_share,
    part_of_it,
    spares,
    stays,
    tells_of_own,
)
from diurna.link.sameness import Thing, same_thing
from diurna.link.telling import Telling
from diurna.link.tellingwords import telling_words
from diurna.link.truces import truce_of, truce_pairs
from diurna.link.trucewords import says_truce
from diurna.link.wording import wording
from diurna.model.commitment_life import CommitmentStateName, Move, MoveKind
from diurna.model.record import ScopeTest

_AND_TO = re.compile(r",?\s+and\s+to\s+")
_ASKED_TO = re.compile(r"(?!to\b)(?:the\s+)?[A-Z][^;:.]{2,80}?\s(?=(?:not\s+)?to\s+[a-z])")
"""Of whom it is asked, before what is asked ("Pellury's president, Adam Koll, to pardon ...")."""
_VALUES = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100,
}  # fmt: skip
_NUMBER = re.compile(rf"(?<!\bthe )\b(\d[\d,]*|{'|'.join(_VALUES)})\b\s+(?:\w+\s+)?(?=\w)")
_ALL = re.compile(r"\b(?:all|every|each|whole|entire)\b", re.IGNORECASE)
_ITS_ALL = re.compile(r"\b(?:its|their)\s+(?:[a-z-]+\s+)?(?:troops|soldiers|forces|weapons|arms|guns|[a-z]+s)\b")
"""All of them, though no word says so ("hand over its weapons")."""
_ONLY = re.compile(r"\b(?:only|no more than|just)\s+\d", re.IGNORECASE)
_SMALL = frozenset(
    ("with", "that", "this", "from", "have", "been", "will", "every", "their", "them", "they", "none", "into")
)


def criteria(opening: Telling) -> tuple[str, ...]:
    """The separate things promised: those a list names, or two deeds joined by "and to"; () where it is one."""
    quote = " ".join(opening.words.text.split()).strip(' .,”"“')
    asked = _ASKED_TO.match(quote) if opening.force == "demand" else None
    quote = quote[asked.end() :] if asked else quote
    two = _AND_TO.split(quote)
    if len(two) == 2:
        return tuple(part.removeprefix("to ") for part in two)
    found = criteria_of(quote if quote.startswith("to ") else f"to {quote}")
    return found if len(found) > 1 else ()


def moves_by(opening: Telling, one: Telling, named: tuple[str, ...]) -> Iterator[Move]:
    """What one later telling does to a commitment; `named` are its criteria.

    What a clause of time tells as done brings a commitment on; nothing else is taken from it.
    """
    for move in _moves_by(opening, one, named):
        if not one.aside or move.kind in _ONWARD:
            yield move


_ONWARD: tuple[MoveKind, ...] = ("kept", "part", "step", "withdrawn")


def _moves_by(opening: Telling, one: Telling, named: tuple[str, ...]) -> Iterator[Move]:
    yield from _truce_moves(opening, one)
    if opens_by_truce(opening):
        return
    changed = _changed(opening, one)
    if changed:
        yield changed
        return
    if named and one.real == "actual" and one.force in TOLD:
        found = list(_criterion_moves(opening, one, named))
        if found:
            yield from found
            return
    yield from _moves_of_deed(opening, one)


def _moves_of_deed(opening: Telling, one: Telling) -> Iterator[Move]:
    """What a telling does to the commitment by the deed it tells or announces."""
    how = relation(opening.act, one.act)
    beside = may_move(one) or one.standing or opening.act.object & one.act.object
    if how == "none" and not beside and poles(opening.act.verb, one.act.verb) <= 0:
        return
    thing = same_thing(opening, one)
    if stays(opening, one, thing) or (how == "none" and turned_down(opening, one, thing)):
        yield _taken_back(opening, one)
    elif against_word(opening, one, thing):
        yield _move(one, "broken", "broken", f"against the word given: {short(one.place.quote)}")
    elif how == "none" and not one_deed(opening, one, thing):
        if not keeps(opening) and one.force in TOLD and left_as_it_is(opening, one, thing):
            yield _move(one, "not done", "open", f"as it was: {short(one.place.quote)}")
        yield from _step_towards(opening, one, thing)
    elif thing.test.result == "pass" or (thing.test.result == "unknown" and _close(opening, one)):
        yield from _whole_moves(opening, one, thing)


def opens_by_truce(one: Telling) -> bool:
    """Whether a report tells in its own words, or somebody's, that parties agreed to lay down arms."""
    return one.force in ("tell", "assert") and bool(truce_of(one))


def _changed(opening: Telling, one: Telling) -> Move | None:
    """The move by which the commitment itself is given another last day, or taken back."""
    later = new_day(opening, one)
    if later is not None:
        return _new_due(one, later)
    if put_off(opening, one):
        return _move(one, "not done", "open", f"put off: {short(one.place.quote)}")
    if _withdraws(opening, one) or gone_back(opening, one) or spares(opening, one):
        return _move(one, "withdrawn", "withdrawn", f"taken back: {short(one.place.quote)}")
    return None


def _new_due(one: Telling, later: dt.date) -> Move:
    day = (one.day or dt.date.min).isoformat()
    return Move(
        day, "due moved", "open", f"now due {later}: {short(one.place.quote)}", one.place, due=later.isoformat()
    )


def _truce_moves(opening: Telling, one: Telling) -> Iterator[Move]:
    """What an attack of one party on another does to a truce, or the denial that there was one, or its giving up."""
    parties = truce_of(opening)
    if not parties:
        return
    if any(all(t.result == "pass" or _only_charged(t) for t in pair.tests) for pair in truce_pairs(opening, one)):
        yield _move(one, "broken", "broken", f"the truce was broken: {short(one.place.quote)}")
    elif one.force == "deny" and one.teller and says_truce(one.place.quote):
        if shared_name(one.teller.names, parties):
            yield _move(one, "denied", "contested", f"denied by {short(one.teller.text)}: {short(one.place.quote)}")
    elif opens_by_truce(opening) and gone_back(opening, one):
        yield _move(one, "withdrawn", "withdrawn", f"taken back: {short(one.place.quote)}")


def _only_charged(test: ScopeTest) -> bool:
    """Whether all that is open is that one side tells it; who denies it makes the breach contested."""
    return test.name == "same actor" and test.result == "unknown"


def _step_towards(opening: Telling, one: Telling, thing: Thing) -> Iterator[Move]:
    """A deed of the maker's that the telling itself calls a beginning, on the very thing ("began to print ballots")."""
    if one.real != "actual" or one.force not in TOLD or one.act.denied:
        return
    if part_of_it(opening, one) and thing.test.result == "pass" and same_doer(opening, one, thing).result == "pass":
        yield _move(one, "part", "progressing", f"a part of it: {short(one.place.quote)}")
        return
    if not opening.act.object & one.act.object:
        return
    if begins(one) and thing.test.result == "pass" and same_doer(opening, one, thing).result == "pass":
        yield _move(one, "step", "progressing", f"a step: {short(one.place.quote)}")


def _whole_moves(opening: Telling, one: Telling, thing: Thing) -> Iterator[Move]:
    """Moves of the commitment as a whole."""
    how = relation(opening.act, one.act)
    how = "same" if how == "none" else how  # told of one deed, whatever it governs
    if one.force == "demand" and opening.force in ("promise", "agreement") and how == "same":
        if (
            one.cue in _ORDERING
            and one.teller
            and one_party((opening.teller or opening.doer).with_names(opening.doer), one.teller)
        ):
            yield _move(one, "step", "progressing", f"ordered: {short(one.place.quote)}")
    elif one.force in ("refusal", "promise") and one.own:
        if how == "opposite" and by_bound(opening, one) and holds_now(one):
            yield _taken_back(opening, one)
        elif how == "same" and agreed_to(opening, one) and by_bound(opening, one):
            yield _move(one, "step", "progressing", f"agreed to: {short(one.place.quote)}")
    elif how == "same" and agreed_to(opening, one) and by_bound(opening, one):
        yield _move(one, "step", "progressing", f"agreed to: {short(one.place.quote)}")
    elif one.force == "deny":
        if opening.force != "threat" or (how == "opposite" and one.own):
            teller = short(one.teller.text if one.teller else "")
            yield _move(one, "denied", "contested", f"denied by {teller}: {short(one.place.quote)}")
    elif one.real == "actual" and one.force in TOLD and _by_the_same(opening, one, thing):
        if how == "opposite":
            yield _undone(opening, one)
        elif opening.force != "refusal":
            yield _done(opening, one)


_ENDS = ("complete", "completed", "finished")
"""Words that end a deed, of however many of the things it is told."""
_AFTER_ALL = re.compile(r"\b(?:after all|no longer|any ?more|changed (?:his|her|its|their) mind)\b", re.IGNORECASE)
"""Words by which somebody owns that he said otherwise before."""


def _taken_back(opening: Telling, one: Telling) -> Move:
    """The move by which somebody says that he will not do it.

    A threat and a refusal are taken back by that; a promise, an agreement and a demand are refused, unless the words
    own that it was said otherwise before.
    """
    if opening.force in ("threat", "refusal") or (opening.force == "promise" and _AFTER_ALL.search(one.place.quote)):
        return _move(one, "withdrawn", "withdrawn", f"taken back: {short(one.place.quote)}")
    return _move(one, "refused", "refused", f"refused: {short(one.place.quote)}")


def _by_the_same(opening: Telling, one: Telling, thing: Thing) -> bool:
    """Whether the deed is the maker's; of a step on a named thing it is enough that no other is named."""
    doer = same_doer(opening, one, thing).result
    if one.standing and doer == "unknown" and thing.test.result == "pass":
        return True  # the report itself says whose word it was
    if opening.force == "demand" and not opening.target.text and not opening.doer.text and doer == "unknown":
        return thing.test.result == "pass"  # asked of nobody by name: whoever does it meets it
    if doer == "unknown" and opening.act.denied and _TO_BE_DONE.search(opening.place.quote):
        return thing.names and thing.test.result == "pass"  # promised of the thing, whoever would do it
    return doer == "pass" or tells_of_own(opening, one) or (doer == "unknown" and begins(one) and thing.names)


_ORDERING = ("", "order", "instruct", "direct", "command", "tell")
"""Verbs by which who is bound sets others to do it; "" in the report's own voice."""
_TO_BE_DONE = re.compile(r"\b(?:would|will|shall)\s+(?:not\s+|never\s+)?be\s+\w+(?:ed|en|lt|nt|ld|ut|wn|id)\b")


def _move(one: Telling, kind: MoveKind, to: CommitmentStateName, why: str, criterion: int | None = None) -> Move:
    return Move((one.day or dt.date.min).isoformat(), kind, to, why, one.place, criterion)


def _close(opening: Telling, one: Telling) -> bool:
    """Whether a short telling has the verb and the thing of the commitment, or two words of what was to stay."""
    shared = opening.act.object & one.act.object
    one_verb = opening.act.verb == one.act.verb or one_alone(opening.act.verb, one.act.verb)
    if one_verb and not one.act.object and one.own and one.teller:
        return bool(opening.act.object & tokens(one.teller.text))  # "the resignation of the rector": the rector answers
    return bool(shared) and (
        opening.act.verb == one.act.verb
        or one_apart(opening.act.verb, one.act.verb)
        or (keeps(opening) and len(shared) > 1)
    )


def _withdraws(opening: Telling, one: Telling) -> bool:
    """Whether the maker takes this word back by name ("withdrew its pledge to ...")."""
    if one.force != "withdraw":
        return False
    maker = (opening.teller or opening.doer).with_names(opening.doer if opening.force != "demand" else Party(""))
    speaker = one.doer.with_names(one.teller) if one.teller else one.doer
    same = relation(replace(opening.act, denied=False), replace(one.act, denied=False)) != "none"
    return same and one_party(maker, speaker) is not None


def _done(opening: Telling, one: Telling) -> Move:
    quote, words = one.place.quote, telling_words()
    asked, given = _number(opening.words.text), _number(one.words.text)
    whole = asked is None and (_ALL.search(opening.place.quote) or _gives_all(opening)) is not None
    less = only_share(opening, one) or (given is not None and (whole or (asked is not None and given < asked)))
    if begins(one) and not less and not one.act.denied and not words.finishing.search(quote):
        return _move(one, "step", "progressing", f"a step: {short(quote)}")
    if _ONLY.search(quote):
        return _move(one, "not done", "open", f"no more than this: {short(quote)}")
    last = words.finishing.search(quote)
    if less and (not last or last.group().lower() in _ENDS):
        return _move(one, "part", "progressing", f"a part of it: {short(quote)}")
    return _move(one, "kept", "kept", f"done: {short(quote)}")


def _gives_all(opening: Telling) -> re.Match[str] | None:
    """The words by which a party promises all that it has of a thing, though none of them says "all"."""
    return _ITS_ALL.search(opening.place.quote) if opening.force in ("promise", "agreement") else None


def _undone(opening: Telling, one: Telling) -> Move:
    still = one.act.verb == EXISTS and telling_words().unchanged.search(one.place.quote) is not None
    negative = one.act.denied or one.act.verb == STATE or still or _SOME.match(one.place.quote) is not None
    if negative and not opening.act.denied and not keeps(opening):
        return _move(one, "not done", "open", f"not done: {short(one.place.quote)}")
    if opening.force == "threat":
        return _move(one, "withdrawn", "withdrawn", f"done the other way: {short(one.place.quote)}")
    return _move(one, "broken", "broken", f"done the other way: {short(one.place.quote)}")


def _number(text: str) -> int | None:
    found = _NUMBER.search(text)
    if not found:
        return None
    word = found[1].lower().replace(",", "")
    return _VALUES.get(word) or (int(word) if word.isdigit() else None)


def _criterion_moves(opening: Telling, one: Telling, named: tuple[str, ...]) -> Iterator[Move]:
    """What a telling does to single criteria: those it names by a word no other criterion has.

    The deed must be of the criterion's own kind, or share two of its own words; and it must be the maker's, or of the
    same named thing.
    """
    keys = [tokens(text) for text in named]
    told = tokens(one.words.text.replace(one.doer.text.strip(), " ", 1) if one.doer.persons else one.words.text)
    thing = same_thing(opening, one)
    doer = same_doer(opening, one, thing).result
    for number, text in enumerate(named):
        own = keys[number] - frozenset().union(*(k for n, k in enumerate(keys) if n != number))
        own -= {opening.act.verb} | PLANS
        act = _criterion_act(text)
        how = relation(act, one.act)
        listed = one.act.verb in (opening.act.verb, EXISTS)
        if not own & told or (how == "none" and not listed and len(own & told) < _ENOUGH):
            continue
        if doer != "pass" and not (_of_itself(own, one) and (thing.names or one.act.denied) and _near(opening, one)):
            continue
        if one.act.denied and not act.denied:
            yield _move(one, "not done", "open", f"not done: “{text}”: {short(one.place.quote)}", number)
        elif not one.act.denied and how != "opposite":
            yield _move(one, "kept", "kept", f"done: “{text}”: {short(one.place.quote)}", number)


_SOME = re.compile(
    r"\W*(?:that\s+)?(?:most|some|many|several|half|hundreds|dozens|thousands|(?:a\s+)?(?:few|third|quarter|handful|minority|majority))\s+of\b",
    re.IGNORECASE,
)
"""Of whom only some did the contrary, so that it was not done by all ("most of the fighters have kept their guns")."""
_ENOUGH = 2
"""Own words of a criterion that a telling with another verb must have."""


def _near(opening: Telling, one: Telling) -> bool:
    """Whether the words round the later telling name the maker."""
    maker = opening.doer.with_names(opening.teller or opening.doer)
    return shared_name(maker.names, one.context | one.names) is not None


def _of_itself(own: frozenset[str], one: Telling) -> bool:
    """Whether the criterion's thing is the telling's own subject ("no school has a nurse")."""
    return not one.doer.names or bool(own & tokens(one.doer.text))


@lru_cache(maxsize=20_000)
def tokens(text: str) -> frozenset[str]:
    """Stems of the words of a text, but for the smallest."""
    return frozenset(stem(w) for w in re.findall(r"[a-z]{4,}", text.lower()) if w not in _SMALL)


@lru_cache(maxsize=5_000)
def _criterion_act(text: str) -> Act:
    return act_of(wording(text), 0)
