"""What holds between the reports of a dossier: gaps with a side in each of two, and the lives of commitments."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from xml.etree.ElementTree import Element

from diurna.export.dossier.elements import element, link, put, row
from diurna.export.dossier.sides import gap_article, record_side, shown_side
from diurna.export.dossier.words import day_of
from diurna.export.format import About
from diurna.model.across import Exhibited
from diurna.model.commitment_life import CommitmentLife
from diurna.model.record import Event, Reading, Statement


class Between:
    """Looks at the reports as they come, and keeps of them what gaps and commitments between them show."""

    def __init__(self, about: About) -> None:
        self._about = about
        self._sides: dict[tuple[str, str], Element | None] = {
            (side.report, side.record): None for gap in about.gaps for side in (gap.left, gap.right)
        }
        self._asked: dict[str, list[Exhibited]] = {}
        for gap in about.gaps:
            for side in (gap.left, gap.right):
                self._asked.setdefault(side.report, []).append(side)
        told = [one for life in about.lives for one in (life.opened, *(m.by for m in life.moves if m.by))]
        self._named, self._here = {one.report for one in told}, set[str]()
        self._last = max((one.day for one in told if one.day), default="")

    def look(self, reading: Reading) -> None:
        """Take what is wanted of this report."""
        self._last = max(self._last, day_of(reading))
        if reading.report.id in self._named:
            self._here.add(reading.report.id)
        for side in self._asked.get(reading.report.id, ()):
            self._sides[side.report, side.record] = _side(reading, side)

    def gaps(self) -> Iterator[Element]:
        """The gaps between two of the reports that came."""
        for one in self._about.gaps:
            sides = [self._sides[side.report, side.record] for side in (one.left, one.right)]
            shown = [side for side in sides if side is not None]
            if len(shown) == len(sides):
                yield gap_article(one.gap, shown, "between reports")

    def life_heads(self) -> Sequence[str]:
        """The columns of `life_rows`."""
        return ("opened", "kind", "by", "what", "due", f"as told by {self._last}".strip(), "moved by")

    def life_rows(self) -> Iterator[Element]:
        """The commitments, as they stand by what the latest of these reports tells."""
        for life in sorted(self._about.lives, key=lambda one: (one.opened.day, one.id)):
            yield _life(life, self._last, self._here)


def _side(reading: Reading, side: Exhibited) -> Element:
    """A record of its report, or the sentence's own words where no record was found in them."""
    if isinstance(reading.record(side.record), Statement | Event) or side.span.of(reading.report.text) != side.quote:
        return record_side(reading, side.record)
    return shown_side(reading, side.span)


def _life(life: CommitmentLife, last: str, here: Collection[str]) -> Element:
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
