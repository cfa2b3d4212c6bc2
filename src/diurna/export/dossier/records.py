"""The dossier's sections over all reports: gaps, commitments, days, actors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from diurna.export.dossier.elements import Child, element, link, row, table
from diurna.export.dossier.words import name_of, parties, source_of, speaker_of, when_of, within, words_span
from diurna.export.format import deeds, is_deed
from diurna.model.record import Event, Gap, Reading, Statement

_QUIET_ACTS = frozenset({"assert", "express", "praise", "condemn", "ask", "predict", "propose"})
"""Acts left out of the days: they bind nobody and contest nothing."""


def _section(key: str, head: str, children: Sequence[Child], nothing: str) -> Element:
    return element("section", element("h2", head), *(children or [element("p", nothing, class_="meta")]), id=key)


def gap_section(known: Sequence[Reading]) -> Element:
    """Gaps, both sides in their surroundings, with the tests."""
    found = [_gap(reading, gap) for reading in known for gap in reading.gaps if gap.verdict == "gap"]
    return _section("gaps", "Gaps", found, "No two records of these reports were found that do not go together.")


def _gap(reading: Reading, gap: Gap) -> Element:
    tests = [
        element("tr", element("th", test.name, scope="row"), element("td", test.why, class_=test.result))
        for test in gap.tests
    ]
    sides = [_side(reading, key) for key in (gap.left, gap.right)]
    return element(
        "article", element("p", f"{gap.kind.replace('_', ' ')} · {gap.review}", class_="kicker"),
        element("h3", gap.reason, dir="auto"),
        element("div", sides[0], element("div", class_="between"), sides[1], class_="seam"),
        element("table", element("tbody", *tests)), class_="gap", id=gap.id,
    )  # fmt: skip


def _side(reading: Reading, key: str) -> Element:
    one = _spoken_or_done(reading, key)
    if one is None:
        return element("div", element("p", key), class_="side")
    before, words, after = within(reading.report.text, words_span(one))
    kind = _kind(one)
    says = {"word": "Words", "deed": "Deeds", "unsure": "Told"}[kind]
    return element(
        "div", element("h4", says),
        element("blockquote", before, element("mark", words, class_=kind), after, dir="auto"),
        element("p", f"{_who(reading, one)} · {_what(one)}", class_="meta", dir="auto"),
        element("p", source_of(reading), " · ", link("in the report", f"#{one.id}"), class_="meta"),
        class_=f"side {'word' if kind == 'word' else 'deed'}",
    )  # fmt: skip


def _spoken_or_done(reading: Reading, key: str) -> Statement | Event | None:
    one = reading.record(key)
    if isinstance(one, Statement | Event):
        return one
    opened = next((each.opened_by for each in reading.commitments if each.id == key), None)
    one = reading.record(opened) if opened else None
    return one if isinstance(one, Statement | Event) else None


def _kind(one: Statement | Event) -> str:
    if isinstance(one, Statement):
        return "word"
    return "deed" if is_deed(one) else "unsure"


def _who(reading: Reading, one: Statement | Event) -> str:
    if isinstance(one, Statement):
        return speaker_of(reading, one)
    sides = [parties(reading, one.actors) or "somebody not named", parties(reading, one.recipients)]
    return " → ".join(side for side in sides if side)


def _what(one: Statement | Event) -> str:
    if isinstance(one, Statement):
        return f"{one.act} · {one.manner} speech"
    return f"{one.type}{f' · {one.mode}' if one.mode else ''} · {one.realis}"


def commitment_section(known: Sequence[Reading]) -> Element:
    """What was promised, agreed, demanded, threatened or refused."""
    rows = [
        row(
            ("day", when_of(reading, None)[1]), (None, one.kind), (None, name_of(reading, one.by) or "not named"),
            (None, element("span", one.act, dir="auto")), (None, one.due.text if one.due else None),
            (None, link("text", f"#{one.opened_by}")),
        )
        for reading in known for one in reading.commitments
    ]  # fmt: skip
    heads = ("", "kind", "by", "what", "due", "")
    return _section("commitments", "Commitments", [table(heads, rows)] if rows else [], "None was found.")


def chronology_section(known: Sequence[Reading]) -> Element:
    """Words that bind or contest, and deeds, by day."""
    rows = [row_of for _, _, row_of in sorted(_days(known), key=lambda one: one[:2])]
    return _section("days", "Day by day", [table(("", "who", ""), rows)] if rows else [], "Nothing has a day.")


def _days(known: Sequence[Reading]) -> Iterator[tuple[str, str, Element]]:
    for reading in known:
        records: list[Statement | Event] = [one for one in reading.statements if one.act not in _QUIET_ACTS]
        for one in [*records, *deeds(reading)]:
            time = one.said_at if isinstance(one, Statement) else one.happened_at
            first, shown = when_of(reading, time)
            words = element("span", words_span(one).of(reading.report.text), dir="auto")
            who = element("span", f"{_who(reading, one)} · {_what(one)}", dir="auto")
            yield first, one.id, row(("day", link(shown, f"#{one.id}")), (None, who), (_kind(one), words))


@dataclass(slots=True)
class _Known:
    """An actor over all reports, by name: whether two of one name are the same is not judged here."""

    kinds: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    roles: set[str] = field(default_factory=set)
    reports: int = 0


def actor_section(known: Sequence[Reading]) -> Element:
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
