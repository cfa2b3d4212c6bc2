"""What is new against what is there: for each new telling the kept ones it may make a gap or a move with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from diurna.link.across import AcrossOptions, compare, judged, kept
from diurna.link.blocks import Blocks
from diurna.link.cards import Card
from diurna.link.lives import moves_between
from diurna.link.moves import criteria
from diurna.link.telling import Telling, in_time
from diurna.model.across import CrossGap
from diurna.model.commitment_life import Move

CardsOf = Callable[[Sequence[int]], dict[int, Card]]
"""The cards of these tellings by their numbers; those of versions that hold no more are left out."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """A telling with the number it is kept under."""

    number: int
    telling: Telling


@dataclass(frozen=True, slots=True)
class Met:
    """Two tellings of different reports that may have something to do with each other, the earlier first."""

    left: Numbered
    right: Numbered


@dataclass(frozen=True, slots=True)
class Moved:
    """A move of the commitment that the telling with the number `opening` opened."""

    opening: int
    by: int
    move: Move


def meetings(fresh: Sequence[Numbered], blocks: Blocks, cards_of: CardsOf) -> list[Met]:
    """The pairs of one report's tellings with those filed before; its own are filed after."""
    partners = {one.number: blocks.partners(one.telling) for one in fresh}
    cards = cards_of(sorted({number for row in partners.values() for number in row}))
    found = []
    for one in fresh:
        for number in partners[one.number]:
            card = cards.get(number)
            if card and card.report != one.telling.place.report and card.may_pair(one.telling):
                other = Numbered(number, card.telling)
                earlier = in_time(other.telling) <= in_time(one.telling)
                found.append(Met(other, one) if earlier else Met(one, other))
    for one in fresh:
        blocks.file(one.number, one.telling)
    return found


def gaps_met(met: Iterable[Met], options: AcrossOptions) -> tuple[tuple[CrossGap, Met], ...]:
    """The gaps among meetings with their two tellings; of two at one place the better."""
    of: dict[str, Met] = {}
    rows = []
    for one in met:
        for pair in compare(one.left.telling, one.right.telling, options):
            row = judged(pair)
            of.setdefault(row[0].gap.id, one)
            rows.append(row)
    return tuple((gap, of[gap.gap.id]) for gap in kept(rows, options.rejected))


def moves_met(met: Iterable[Met], opening: Callable[[Numbered], bool]) -> Iterator[Moved]:
    """The moves that later tellings make of commitments that earlier ones opened.

    Args:
        opening: whether a telling opened a commitment.
    """
    named: dict[int, tuple[str, ...]] = {}
    for one in met:
        if not opening(one.left):
            continue
        number = one.left.number
        if number not in named:
            named[number] = criteria(one.left.telling)
        for move in moves_between(one.left.telling, one.right.telling, named[number]):
            yield Moved(number, one.right.number, move)
