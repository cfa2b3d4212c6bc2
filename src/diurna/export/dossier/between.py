"""What holds between the reports of a dossier: gaps with a side in each of two, and the lives of commitments."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from diurna.export.dossier.elements import element, link, put, row, table
from diurna.export.dossier.sides import gap_article, record_side, shown_side
from diurna.export.dossier.words import day_of
from diurna.export.format import About
from diurna.model.across import CrossGap, Exhibited
from diurna.model.commitment_life import CommitmentLife
from diurna.model.record import Event, Reading, Statement


def cross_gaps(known: Sequence[Reading], about: About) -> list[Element]:
    """The gaps between two of these reports."""
    texts = {one.report.id: one for one in known}
    return [_cross_gap(texts, one) for one in about.gaps if {one.left.report, one.right.report} <= texts.keys()]


def _cross_gap(texts: dict[str, Reading], one: CrossGap) -> Element:
    sides = [_side(texts[side.report], side) for side in (one.left, one.right)]
    return gap_article(one.gap, sides, "between reports")


def _side(reading: Reading, side: Exhibited) -> Element:
    """A record of its report, or the sentence's own words where no record was found in them."""
    if isinstance(reading.record(side.record), Statement | Event) or side.span.of(reading.report.text) != side.quote:
        return record_side(reading, side.record)
    return shown_side(reading, side.span)


def lives_table(known: Sequence[Reading], lives: Sequence[CommitmentLife]) -> Element:
    """The commitments, as they stand by what the latest of these reports tells."""
    days = [one.day for life in lives for one in (life.opened, *(m.by for m in life.moves if m.by)) if one.day]
    last = max([*days, *(day for day in map(day_of, known) if day)], default="")
    here = {one.report.id for one in known}
    rows = [_life(life, last, here) for life in sorted(lives, key=lambda one: (one.opened.day, one.id))]
    return table(("opened", "kind", "by", "what", "due", f"as told by {last}".strip(), "moved by"), rows)


def _life(life: CommitmentLife, last: str, here: set[str]) -> Element:
    state = life.on(last or "9999-12-31")
    moves = element("span", dir="auto")
    for move in state.moves:
        if move.kind != "opened":
            target = f"#{move.by.report}" if move.by and move.by.report in here else None
            put(moves, element("span", link(f"{move.on}: {move.why}", target), class_="move"))
    return row(
        ("day", link(life.opened.day or "undated", f"#{life.opened.report}")), (None, life.kind),
        (None, life.by or "not named"), (None, element("span", life.act, dir="auto")), ("day", life.due),
        (None, state.state), (None, moves),
    )  # fmt: skip
