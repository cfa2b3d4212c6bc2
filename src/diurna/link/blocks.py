"""Blocking: where a telling is filed and where it looks, so that only tellings that can make a pair are compared.

Two tellings make a pair only where their acts have something to do with each other (`acts.relation`), where both count
people in one way, or where one turns down what the other asks or says. Each of these has its own kind of block, a
name's root beside it; without a name in common two tellings are paired only by what was filed last.
"""

from __future__ import annotations

import zlib
from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from diurna.link.acts import EXISTS
from diurna.link.deeds import deed_names, deeds, thing_key
from diurna.link.matters import lexicon
from diurna.link.moves import criteria
from diurna.link.newdates import moves_deadline
from diurna.link.reversals import (
    STOPPING,
    calls_off_work_stop,
    gives_up,
    gives_up_contract,
    is_contract,
    says_stays,
    tells_share,
    would_leave,
)
from diurna.link.telling import Telling
from diurna.link.truces import attack_of, truce_of
from diurna.link.trucewords import says_truce

_ROOT = 4
"""Letters of a name by which its demonym is found too ("Vantia", "Vantian")."""
_ANSWERS = ("refusal", "deny")
_OPENS = ("promise", "agreement", "demand", "threat")


@dataclass(frozen=True, slots=True)
class BlockOptions:
    """Tellings a block remembers, those with the highest numbers: cost does not grow with the ledger.

    Attributes:
        named: of a block with a name's root; nameless: of one without.
    """

    named: int = 150
    nameless: int = 40


def filed_under(one: Telling) -> list[int]:
    """The blocks one telling is filed in, each as a number of 63 bits; none for what has no day."""
    act, own = one.act, "tell" if one.force == "tell" else "said"
    keys = {f"o {x}" for x in act.object} | {f"# {c.kind}" for c in one.counts}
    keys |= {f"{'=' if act.object else '~'} {verb}" for verb in _verbs(act.verb)}
    keys |= _deeds_on(one) | _alone(one)
    if act.cover or act.verb == EXISTS:
        keys |= {f"c {x}" for x in act.object}
    if one.force != "tell":
        keys |= {f"{'d' if one.force in _ANSWERS else 't'} {x}" for x in act.things}
    if one.force == "demand":
        keys.add("asked")
    if truce_of(one):
        keys.add("truce")
    if is_contract(one):
        keys.add("contract")
    if one.force in _OPENS and would_leave(one):
        keys.add("leaves")
    if one.force in _OPENS:
        keys |= {f"@{name} {x}" for name in deed_names(act.verb) for x in _matter(one)}
    if _has_criteria(one):
        keys |= {f"k {x}" for x in _matter(one)}
    return _numbers(one, {f"{own} {key}" for key in keys})


def looks_under(one: Telling) -> list[int]:
    """The blocks in which tellings are that one may make a pair with."""
    act = one.act
    keys = {f"o {x}" for x in act.object} | {f"c {act.verb}"} | {f"~ {verb}" for verb in _verbs(act.verb)}
    keys |= _deeds_on(one) | _alone(one)
    if not act.object:
        keys |= {f"= {verb}" for verb in _verbs(act.verb)}
    if act.cover or act.verb == EXISTS:
        keys |= {f"{mark} {x}" for x in act.object for mark in "=~"}
    counts = {f"# {c.kind}" for c in one.counts}
    if one.force != "tell":
        keys |= {f"{mark} {x}" for x in act.things for mark in ("dt" if one.force in _ANSWERS else "d")}
    if one.force in ("tell", "assert", "admit"):
        keys |= {f"@{name} {x}" for name in deed_names(act.verb) for x in _matter(one)}
    keys |= {f"k {x}" for x in act.things}
    given = gives_up(one)
    if given:
        keys |= {f"{mark} {thing_key(x)}" for x in given | act.object for mark in "ot~="}
    if calls_off_work_stop(one):
        keys |= {f"{mark} {verb}" for verb in (*STOPPING, "@stop work") for mark in "=~"}
    for x in moves_deadline(one):
        keys |= {f"{mark} {thing_key(x)}" for mark in "ot~="}
    if gives_up_contract(one):
        keys.add("contract")
    if tells_share(one):
        keys |= {f"{mark} {x}" for x in act.things for mark in "ot"}
    if says_stays(one):
        keys.add("leaves")
    if one.force in _ANSWERS and one.words.keys & lexicon().asked:
        keys.add("asked")
    answers_truce = (bool(given) or one.force == "deny") and says_truce(one.place.quote)
    truces = {"truce"} if attack_of(one) or answers_truce else set()
    said = {f"said {key}" for key in keys | counts | truces}
    told = {f"tell {key}" for key in (counts | truces if one.force == "tell" else keys | counts | truces)}
    return _numbers(one, said | told)


def _alone(one: Telling) -> set[str]:
    """Deeds that the verb tells by itself, whatever it is done to."""
    return {f"! {name}" for name in deed_names(one.act.verb) & deeds().alone}


def _verbs(verb: str) -> set[str]:
    """A verb and the deeds it can be."""
    return {verb, *(f"@{name}" for name in deed_names(verb))} if verb else set()


def _deeds_on(one: Telling) -> set[str]:
    """Each deed with each thing it is done to or beside ("barred the ships from the canal")."""
    act = one.act
    return {f"@{name} {x}" for name in deed_names(act.verb) for x in act.things} if len(act.things) > 1 else set()


def _has_criteria(one: Telling) -> bool:
    return one.force in _OPENS and bool(criteria(one))


def _matter(one: Telling) -> set[str]:
    return {thing_key(term.key) for term in one.words.terms if term.kind in ("thing", "word")}


def _numbers(one: Telling, keys: Iterable[str]) -> list[int]:
    if one.day is None:
        return []
    names = {word for party in (one.doer, one.teller, one.target) if party for name in party.names for word in name}
    names |= {word for name in one.names for word in name}
    roots = sorted({name[:_ROOT] for name in names})
    found = [_number("", key) for key in keys]
    return sorted({*found, *(_number(root, key) for key in keys for root in roots)})


def _number(root: str, key: str) -> int:
    """63 bits that are the same on every machine; the lowest one tells whether there is a name."""
    data = f"{root} {key}".encode("utf-8", "surrogatepass")
    return ((zlib.crc32(data) << 32 | zlib.adler32(data)) & 0x7FFFFFFFFFFFFFFE) | bool(root)


def remembered(block: int, options: BlockOptions) -> int:
    """How many tellings a block remembers."""
    return options.named if block & 1 else options.nameless


class Blocks:
    """Tellings filed so far, by their numbers; a later one has a higher number.

    Args:
        rows: blocks filed before, each in rising order.
    """

    def __init__(self, options: BlockOptions | None = None, rows: Mapping[int, list[int]] | None = None) -> None:
        self._options = options or BlockOptions()
        self._rows: dict[int, list[int]] = defaultdict(list, rows or {})
        self.filed: set[tuple[int, int]] = set()
        self.dropped: set[tuple[int, int]] = set()

    def partners(self, one: Telling) -> list[int]:
        """Numbers of the tellings filed so far that one may make a pair with, in order."""
        return sorted({number for block in looks_under(one) for number in self._rows.get(block, ())})

    def file(self, number: int, one: Telling) -> None:
        """Remember a telling under its number."""
        for block in filed_under(one):
            row = self._rows[block]
            insort(row, number)
            self.filed.add((block, number))
            if len(row) > remembered(block, self._options):
                self._drop(block, row.pop(0))

    def _drop(self, block: int, number: int) -> None:
        if (block, number) in self.filed:
            self.filed.remove((block, number))
        else:
            self.dropped.add((block, number))


def paired(tellings: Sequence[Telling], options: BlockOptions | None = None) -> Iterator[tuple[Telling, Telling]]:
    """Pairs of tellings of different reports that are worth comparing, each once, in the order they came."""
    blocks = Blocks(options)
    for number, one in enumerate(tellings):
        others = (tellings[n] for n in blocks.partners(one))
        yield from ((other, one) for other in others if other.place.report != one.place.report)
        blocks.file(number, one)
