"""The dossier: gaps side by side, what was promised, words and deeds by day, who is who, and the reports themselves.

One HTML file without scripts and without anything from elsewhere: it opens offline, prints, and keeps out of search
engines. It shows texts and how they were paired; it gives no verdict. What a report shows is written down as it comes
and waits in temporary files until its turn; gaps and commitments between reports are held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from xml.etree.ElementTree import Element

from diurna.export.dossier.elements import Child, element, link, markup, opened
from diurna.export.dossier.kept import Kept
from diurna.export.dossier.words import plural
from diurna.export.format import NOTHING_SAID, About
from diurna.model.record import Reading

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_NO_VERDICT = (
    "Diurna shows texts side by side and says how they were paired. It never gives a verdict on truth. Every record "
    "rests on the characters marked in the reports; what is denied, planned, possible or somebody’s words is no deed."
)


def write(readings: Iterable[Reading], about: About = NOTHING_SAID) -> Iterator[bytes]:
    """The page."""
    title = about.title or "Words and deeds"
    with Kept(about) as kept:
        for reading in readings:
            kept.take(reading)
        yield b'<!DOCTYPE html>\n<html lang="en">\n' + markup(_head(title)) + b"\n<body>\n"
        yield markup(element("header", element("b", "Diurna"), element("span", "a dossier"))) + b"\n<main>\n"
        yield from _front(kept, title)
        yield from _sections(kept, about)
        yield from kept.reports.bodies()
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


def _front(kept: Kept, title: str) -> Iterator[bytes]:
    counts = [
        plural(len(kept.reports), "report"), plural(len(kept.outlets), "outlet"), plural(kept.statements, "statement"),
        plural(kept.deeds, "deed"), plural(kept.gap_count, "gap"),
    ]  # fmt: skip
    first, last = kept.days
    for part in (
        element("p", f"Dossier · {first} to {last}" if first else "Dossier · undated", class_="kicker"),
        element("h1", title, dir="auto"), element("p", " · ".join(counts), class_="meta"),
        element("p", ", ".join(sorted(kept.outlets)) or None, class_="meta"),
        element(
            "p", element("mark", "words", class_="word"), " · ", element("mark", "deeds", class_="deed"), " · ",
            element("mark", "not certain to have happened, or somebody’s words", class_="unsure"), class_="legend",
        ),
    ):  # fmt: skip
        yield markup(part) + b"\n"
    sections = [("gaps", "Gaps"), ("commitments", "Commitments"), ("days", "Day by day"), ("actors", "Who is who")]
    yield b"<nav><ol>"
    yield from (markup(element("li", link(says, f"#{key}"))) for key, says in sections)
    for _day, report, name in kept.reports.ordered():
        yield markup(element("li", link(name, f"#{report}"), dir="auto"))
    yield b"</ol></nav>\n"


def _sections(kept: Kept, about: About) -> Iterator[bytes]:
    found = (*map(markup, kept.between.gaps()),)
    more = _more(about.more_gaps, "gap", "diurna gaps")
    nothing = "No two records of these reports were found that do not go together."
    yield from _section("gaps", "Gaps", _joined(found, kept.gaps.bodies(), more), nothing)
    if about.lives:
        rows: Iterable[bytes] = map(markup, kept.between.life_rows())
        more = _more(about.more_lives, "commitment", "diurna commitments")
        parts = _joined(_table(kept.between.life_heads(), rows), more)
    else:
        parts = _table(("told", "kind", "by", "what", "due", "where"), kept.commitments.bodies())
    yield from _section("commitments", "Commitments", parts, "None was found.")
    table = _table(("day", "who", "what"), kept.records.bodies())
    yield from _section("days", "Day by day", table, "Nothing has a day.")
    heads = ("name", "kind", "country, sector", "roles", "reports")
    yield from _section("actors", "Who is who", _table(heads, kept.actor_rows()), "Nobody is named.")


def _joined(*parts: Iterable[bytes]) -> Iterator[bytes]:
    for part in parts:
        yield from part


def _more(count: int, noun: str, command: str) -> Iterator[bytes]:
    """Says what was left out, where something was."""
    if count:
        says: Sequence[Child] = (f"{plural(count, noun)} more between these reports: ", element("code", command))
        yield markup(element("p", *says, class_="meta"))


def _section(key: str, head: str, parts: Iterable[bytes], nothing: str) -> Iterator[bytes]:
    """A section of these parts, or what it says where there are none."""
    start, end = opened(element("section", element("h2", head), id=key))
    yield start
    empty = True
    for part in parts:
        empty = False
        yield part
    if empty:
        yield markup(element("p", nothing, class_="meta"))
    yield end + b"\n"


def _table(heads: Iterable[str], rows: Iterable[bytes]) -> Iterator[bytes]:
    """A table with a head; nothing where there are no rows."""
    empty = True
    for row in rows:
        if empty:
            empty = False
            head = element("tr", *(element("th", head, scope="col") for head in heads))
            yield b"<table>" + markup(element("thead", head)) + b"<tbody>"
        yield row
    if not empty:
        yield b"</tbody></table>"
