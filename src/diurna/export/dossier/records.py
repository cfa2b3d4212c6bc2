"""What one report gives to the dossier's sections: gaps, commitments, days, actors; each with what it is ordered by."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from diurna.export.dossier.elements import element, link, row
from diurna.export.dossier.sides import inner_gap, kind_of, what, who
from diurna.export.dossier.words import name_of, when_of, words_span
from diurna.export.format import deeds
from diurna.model.record import Actor, Event, Reading, Statement

_QUIET_ACTS = frozenset({"assert", "express", "praise", "condemn", "ask", "predict", "propose"})
"""Acts left out of the days: they bind nobody and contest nothing."""


def gap_articles(reading: Reading) -> Iterator[Element]:
    """Gaps within the report, both sides in their surroundings, with the tests."""
    return (inner_gap(reading, gap) for gap in reading.gaps if gap.verdict == "gap")


def commitment_rows(reading: Reading) -> Iterator[Element]:
    """What was promised, agreed, demanded, threatened or refused."""
    for one in reading.commitments:
        yield row(
            ("day", when_of(reading, None)[1]), (None, one.kind), (None, name_of(reading, one.by) or "not named"),
            (None, element("span", one.act, dir="auto")), (None, one.due.text if one.due else None),
            (None, link("text", f"#{one.opened_by}")),
        )  # fmt: skip


def day_rows(reading: Reading) -> Iterator[tuple[str, str, Element]]:
    """Words that bind or contest, and deeds: first ISO day or "", the record's id, the row."""
    records: list[Statement | Event] = [one for one in reading.statements if one.act not in _QUIET_ACTS]
    for one in [*records, *deeds(reading)]:
        time = one.said_at if isinstance(one, Statement) else one.happened_at
        first, shown = when_of(reading, time)
        words = element("span", words_span(one).of(reading.report.text), dir="auto")
        sides = element("span", f"{who(reading, one)} · {what(one)}", dir="auto")
        yield first, one.id, row(("day", link(shown, f"#{one.id}")), (None, sides), (kind_of(one), words))


def actor_facts(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Who is named: name, kind of fact, fact. Whether two of one name are the same is not judged here."""
    for name in sorted({actor.name for actor in reading.actors}):
        yield name, "report", reading.report.id
    for actor in reading.actors:
        yield from ((actor.name, kind, fact) for kind, fact in _facts(actor))


def _facts(actor: Actor) -> Iterator[tuple[str, str]]:
    yield "kind", actor.kind
    for code in (actor.country, actor.sector):
        if code:
            yield "code", code
    for role in actor.roles:
        yield "role", role


def actor_row(name: str, facts: dict[str, set[str]], reports: int) -> Element:
    """An actor over all reports."""
    cells = (", ".join(sorted(facts.get(kind, ()))) for kind in ("kind", "code", "role"))
    return row(
        (None, element("span", name, dir="auto")), *((None, cell) for cell in cells), (None, str(reports))
    )  # fmt: skip
