"""Two texts side by side: a gap's sides in their surroundings, with the tests it passed."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from diurna.export.dossier.elements import element, link
from diurna.export.dossier.words import parties, source_of, speaker_of, within, words_span
from diurna.export.format import is_deed
from diurna.model.record import Event, Gap, Reading, Statement
from diurna.model.span import Span


def inner_gap(reading: Reading, gap: Gap) -> Element:
    """A gap within one report."""
    return gap_article(gap, [record_side(reading, key) for key in (gap.left, gap.right)], "within a report")


def gap_article(gap: Gap, sides: Sequence[Element], where: str) -> Element:
    """A gap with its two sides and its tests."""
    tests = [
        element("tr", element("th", test.name, scope="row"), element("td", test.why, class_=test.result))
        for test in gap.tests
    ]
    return element(
        "article", element("p", f"{gap.kind.replace('_', ' ')} · {where} · {gap.review}", class_="kicker"),
        element("h3", gap.reason, dir="auto"),
        element("div", sides[0], element("div", class_="between"), sides[1], class_="seam"),
        element("table", element("tbody", *tests)), class_="gap", id=gap.id,
    )  # fmt: skip


def record_side(reading: Reading, key: str) -> Element:
    """One side: a statement, an event, or what opened a commitment."""
    one = _spoken_or_done(reading, key)
    if one is None:
        return element("div", element("p", key), class_="side")
    before, words, after = within(reading.report.text, words_span(one))
    kind = kind_of(one)
    says = {"word": "Words", "deed": "Deeds", "unsure": "Told"}[kind]
    return element(
        "div", element("h4", says),
        element("blockquote", before, element("mark", words, class_=kind), after, dir="auto"),
        element("p", f"{who(reading, one)} · {what(one)}", class_="meta", dir="auto"),
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


def shown_side(reading: Reading, span: Span) -> Element:
    """One side that is no record: the words at this place."""
    before, words, after = within(reading.report.text, span)
    return element(
        "div", element("h4", "Told"),
        element("blockquote", before, element("mark", words, class_="deed"), after, dir="auto"),
        element("p", source_of(reading), " · ", link("in the report", f"#{reading.report.id}"), class_="meta"),
        class_="side deed",
    )  # fmt: skip


def kind_of(one: Statement | Event) -> str:
    """How it is marked: as words, as a deed, or as no deed."""
    if isinstance(one, Statement):
        return "word"
    return "deed" if is_deed(one) else "unsure"


def who(reading: Reading, one: Statement | Event) -> str:
    """Whose words or deed it is, and to whom it was done."""
    if isinstance(one, Statement):
        return speaker_of(reading, one)
    sides = [parties(reading, one.actors) or "somebody not named", parties(reading, one.recipients)]
    return " → ".join(side for side in sides if side)


def what(one: Statement | Event) -> str:
    """Act and manner, or type, mode and realis."""
    if isinstance(one, Statement):
        return f"{one.act} · {one.manner} speech"
    return f"{one.type}{f' · {one.mode}' if one.mode else ''} · {one.realis}"
