"""The dossier: gaps side by side, what was promised, words and deeds by day, who is who, and the reports themselves.

One HTML file without scripts and without anything from elsewhere: it opens offline, prints, and keeps out of search
engines. It shows texts and how they were paired; it gives no verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import resources
from xml.etree.ElementTree import Element

from diurna.export.dossier.elements import element, link, markup
from diurna.export.dossier.records import actor_section, chronology_section, commitment_section, gap_section
from diurna.export.dossier.reports import report_section
from diurna.export.dossier.words import day_of, plural
from diurna.export.format import NOTHING_SAID, About, deeds
from diurna.model.record import Reading

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_NO_VERDICT = (
    "Diurna shows texts side by side and says how they were paired. It never gives a verdict on truth. Every record "
    "rests on the characters marked in the reports; what is denied, planned, possible or somebody’s words is no deed."
)


def write(readings: Iterable[Reading], about: About = NOTHING_SAID) -> Iterator[bytes]:
    """The page; all readings are held, since gaps and days come before the reports."""
    known = sorted(readings, key=lambda one: (day_of(one), one.report.id))
    title = about.title or "Words and deeds"
    yield b'<!DOCTYPE html>\n<html lang="en">\n' + markup(_head(title)) + b"\n<body>\n"
    yield markup(element("header", element("b", "Diurna"), element("span", "a dossier"))) + b"\n<main>\n"
    for part in _front(known, title, about):
        yield markup(part) + b"\n"
    for section in (gap_section, commitment_section, chronology_section, actor_section):
        yield markup(section(known, about)) + b"\n"
    for reading in known:
        yield markup(report_section(reading)) + b"\n"
    terms = f"Licence: {about.license}. " if about.license else "Quotations belong to the reports’ publishers. "
    yield markup(element("footer", terms, _NO_VERDICT)) + b"\n</main>\n</body>\n</html>\n"


def _head(title: str) -> Element:
    css = resources.files("diurna.export.dossier").joinpath("dossier.css").read_text(encoding="utf-8")
    policy = element("meta", content=_POLICY)
    policy.set("http-equiv", "Content-Security-Policy")
    return element(
        "head", element("meta", charset="utf-8"), policy,
        element("meta", name="viewport", content="width=device-width"),
        element("meta", name="robots", content="noindex"), element("meta", name="referrer", content="no-referrer"),
        element("title", f"{title} · Diurna"), element("style", css),
    )  # fmt: skip


def _front(known: list[Reading], title: str, about: About) -> Iterator[Element]:
    days = [day for day in map(day_of, known) if day]
    outlets = sorted({one.report.outlet for one in known if one.report.outlet})
    counts = [
        plural(len(known), "report"), plural(len(outlets), "outlet"),
        plural(sum(len(one.statements) for one in known), "statement"), plural(sum(map(_deeds, known)), "deed"),
        plural(sum(gap.verdict == "gap" for one in known for gap in one.gaps) + len(about.gaps), "gap"),
    ]  # fmt: skip
    yield element("p", f"Dossier · {days[0]} to {days[-1]}" if days else "Dossier · undated", class_="kicker")
    yield element("h1", title, dir="auto")
    yield element("p", " · ".join(counts), class_="meta")
    yield element("p", ", ".join(outlets) or None, class_="meta")
    yield element(
        "p", element("mark", "words", class_="word"), " · ", element("mark", "deeds", class_="deed"), " · ",
        element("mark", "not certain to have happened, or somebody’s words", class_="unsure"), class_="legend",
    )  # fmt: skip
    sections = [("gaps", "Gaps"), ("commitments", "Commitments"), ("days", "Day by day"), ("actors", "Who is who")]
    rows = [element("li", link(says, f"#{key}")) for key, says in sections]
    rows += [element("li", link(one.report.title or one.report.id, f"#{one.report.id}"), dir="auto") for one in known]
    yield element("nav", element("ol", *rows))


def _deeds(reading: Reading) -> int:
    return len(deeds(reading))
