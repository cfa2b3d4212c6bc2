"""The dossier's sections over all reports: gaps, commitments, days, actors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from diurna.export.dossier.between import cross_gaps, lives_table
from diurna.export.dossier.elements import Child, element, link, row, table
from diurna.export.dossier.sides import inner_gap, kind_of, what, who
from diurna.export.dossier.words import name_of, when_of, words_span
from diurna.export.format import About, deeds
from diurna.model.record import Event, Reading, Statement

_QUIET_ACTS = frozenset({"assert", "express", "praise", "condemn", "ask", "predict", "propose"})
"""Acts left out of the days: they bind nobody and contest nothing."""


def _section(key: str, head: str, children: Sequence[Child], nothing: str) -> Element:
    return element("section", element("h2", head), *(children or [element("p", nothing, class_="meta")]), id=key)


def gap_section(known: Sequence[Reading], about: About) -> Element:
    """Gaps between reports and within them, both sides in their surroundings, with the tests."""
    found = cross_gaps(known, about)
    found += [inner_gap(reading, gap) for reading in known for gap in reading.gaps if gap.verdict == "gap"]
    return _section("gaps", "Gaps", found, "No two records of these reports were found that do not go together.")


def commitment_section(known: Sequence[Reading], about: About) -> Element:
    """What was promised, agreed, demanded, threatened or refused; with what later reports tell of it, where linked."""
    if about.lives:
        return _section("commitments", "Commitments", [lives_table(known, about.lives)], "")
    rows = [
        row(
            ("day", when_of(reading, None)[1]), (None, one.kind), (None, name_of(reading, one.by) or "not named"),
            (None, element("span", one.act, dir="auto")), (None, one.due.text if one.due else None),
            (None, link("text", f"#{one.opened_by}")),
        )
        for reading in known for one in reading.commitments
    ]  # fmt: skip
    heads = ("told", "kind", "by", "what", "due", "where")
    return _section("commitments", "Commitments", [table(heads, rows)] if rows else [], "None was found.")


def chronology_section(known: Sequence[Reading], _about: About) -> Element:
    """Words that bind or contest, and deeds, by day."""
    rows = [row_of for _, _, row_of in sorted(_days(known), key=lambda one: one[:2])]
    return _section("days", "Day by day", [table(("day", "who", "what"), rows)] if rows else [], "Nothing has a day.")


def _days(known: Sequence[Reading]) -> Iterator[tuple[str, str, Element]]:
    for reading in known:
        records: list[Statement | Event] = [one for one in reading.statements if one.act not in _QUIET_ACTS]
        for one in [*records, *deeds(reading)]:
            time = one.said_at if isinstance(one, Statement) else one.happened_at
            first, shown = when_of(reading, time)
            words = element("span", words_span(one).of(reading.report.text), dir="auto")
            sides = element("span", f"{who(reading, one)} · {what(one)}", dir="auto")
            yield first, one.id, row(("day", link(shown, f"#{one.id}")), (None, sides), (kind_of(one), words))


@dataclass(slots=True)
class _Known:
    """An actor over all reports, by name: whether two of one name are the same is not judged here."""

    kinds: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    reports: int = 0


def actor_section(known: Sequence[Reading], _about: About) -> Element:
    """Who is named in the reports, those of most reports first."""
    found: dict[str, _Known] = {}
    for reading in known:
        for name in {actor.name for actor in reading.actors}:
            found.setdefault(name, _Known()).reports += 1
        for actor in reading.actors:
            one = found[actor.name]
            one.kinds.add(actor.kind)
            one.codes |= {code for code in (actor.country, actor.sector) if code}
            one.roles |= set(actor.roles)
    ordered = sorted(found.items(), key=lambda pair: (-pair[1].reports, pair[0]))
    rows = [
        row((None, element("span", name, dir="auto")), *((None, ", ".join(sorted(some))) for some in
            (one.kinds, one.codes, one.roles)), (None, str(one.reports)))
        for name, one in ordered
    ]  # fmt: skip
    heads = ("name", "kind", "country, sector", "roles", "reports")
    return _section("actors", "Who is who", [table(heads, rows)] if rows else [], "Nobody is named.")
