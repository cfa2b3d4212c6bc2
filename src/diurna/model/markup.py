"""Records as HTML for notebooks: escaped, with styles inline, since notebooks drop style sheets they do not trust.

Words stand beside a dashed line, deeds beside a solid one, what is no deed beside a dotted one, gaps beside a double
one, as on every other page, so that nothing hangs on colour.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import pairwise

from diurna.model.record import Actor, Commitment, Event, Gap, Party, Reading, Statement
from diurna.model.report import Report
from diurna.model.span import Span
from diurna.model.timevalue import TimeValue

_MOST = 12
"""Records of a kind that a reading shows; the rest are counted."""

_PAGE = "max-width:46em;line-height:1.45;text-align:left"
_SMALL = "opacity:.75;font-size:.9em"
_LINES = {"word": "2px dashed", "deed": "3px solid", "other": "3px dotted", "gap": "5px double", "plain": "1px solid"}
_MARKS = {"word": "border-bottom:1px dashed", "deed": "border-bottom:2px solid;font-weight:600",
          "other": "border-bottom:2px dotted"}  # fmt: skip


def reading_html(reading: Reading) -> str:
    """A reading: its report with words and deeds underlined where they stand, then the records kind by kind."""
    deeds = [one for one in reading.events if one.realis == "actual"]
    others = [one for one in reading.events if one.realis != "actual"]
    parts = [
        _header(reading.report),
        _line(_counts(reading, len(deeds), len(others)), _SMALL),
        _folded("Text", _marked_text(reading)),
        _group("Words", [statement_html(one, reading) for one in reading.statements]),
        _group("Deeds", [event_html(one) for one in deeds]),
        _group("Not deeds", [event_html(one) for one in others]),
        _group("Commitments", [commitment_html(one, reading) for one in reading.commitments]),
        _group("Gaps", [gap_html(one, reading) for one in reading.gaps if one.verdict == "gap"]),
        _group("Failures", [_beside("plain", [escape(f"{one.stage}: {one.reason}")]) for one in reading.failures]),
    ]
    return f'<div style="{_PAGE}">{"".join(parts)}</div>'


def report_html(report: Report) -> str:
    """A report with its text folded away."""
    text = f'<div style="white-space:pre-wrap">{escape(report.text)}</div>'
    return f'<div style="{_PAGE}">{_header(report)}{_folded("Text", text)}</div>'


def statement_html(one: Statement, reading: Reading | None = None) -> str:
    """Who said it, by name where `reading` knows it, what was said, how and when."""
    actor = reading.actor(one.speaker.actor) if reading else None
    name = actor.name if actor else one.speaker.text or "not named"
    who = f"<b>{escape(name)}</b>"
    notes = [
        f"as “{one.speaker.text}”" if one.speaker.text not in ("", name) else "",
        one.act, one.manner, f"“{one.cue.lemma}”" if one.cue.lemma else "", "negative" * (one.polarity == "negative"),
        f"to {one.addressee.text}" if one.addressee else "", f"via {one.channel.text}" if one.channel else "",
        "within another statement" if one.parent else "", _when(one.said_at), _place_of(one.evidence.span),
    ]  # fmt: skip
    return _beside("word", [who, escape(one.content.text), _notes(notes)])


def event_html(one: Event) -> str:
    """Who did what to whom, whether it happened, where and when."""
    kind = f"{one.type}·{one.mode}" if one.mode else one.type
    sides = " → ".join(side for side in (_parties(one.actors), _parties(one.recipients)) if side)
    notes = [
        one.realis, "told by somebody" if one.attributed_to else "in the report’s own voice",
        f"in {one.place.text}" if one.place else "", _when(one.happened_at), _place_of(one.evidence.span),
    ]  # fmt: skip
    line = "deed" if one.realis == "actual" else "other"
    return _beside(line, [f"<b>{escape(kind)}</b> {escape(sides)}", escape(one.evidence.quote), _notes(notes)])


def commitment_html(one: Commitment, reading: Reading | None = None) -> str:
    """What was promised, agreed, demanded, threatened or refused."""
    by, to = (reading.actor(key) if reading else None for key in (one.by, one.to))
    who = " → ".join(escape(actor.name) for actor in (by, to) if actor)
    notes = [f"if {one.condition}" if one.condition else "", *one.criteria, f"due {_when(one.due)}" if one.due else ""]
    return _beside("plain", [f"<b>{escape(one.kind)}</b> {who}", escape(one.act), _notes(notes)])


_UNBROKEN = 30
"""Characters a word of a table may have and still stand on one line."""


def gap_html(one: Gap, reading: Reading | None = None, sides: tuple[str, str] | None = None) -> str:
    """Two records side by side with the tests that paired them; never a verdict on truth.

    Args:
        sides: the words of both, where they are not to be looked up in `reading`.
    """
    sides = sides or (_quote_of(reading, one.left), _quote_of(reading, one.right))
    both = "".join(f'<td style="vertical-align:top;text-align:left">{escape(side)}</td>' for side in sides)
    marks = {"pass": "✓", "fail": "✗", "unknown": "?"}
    tests = [f"{marks[test.result]} {test.name}: {test.why}" for test in one.tests]
    head = f"<b>{escape(one.kind.replace('_', ' '))}</b> · {escape(one.verdict)} · {one.score:.2f} · {one.review}"
    return _beside("gap", [head, f"<table><tr>{both}</tr></table>", *map(escape, tests), escape(one.reason)])


def life_html(act: str, state: str, on: str, moves: Iterable[tuple[str, str, str]]) -> str:
    """A commitment as it stands on a day, with its moves as (day, what happened, the words it rests on)."""
    rows = [f"{escape(day)} {escape(what)} {_notes([words])}" for day, what, words in moves]
    return _beside("plain", [f"<b>{escape(state)}</b> on {escape(on)}", escape(act), *rows])


def actor_html(one: Actor) -> str:
    """An actor with its codes, other names and how often it is mentioned."""
    notes = [one.kind, one.country or "", one.sector or "", *one.roles, *one.aliases, f"{len(one.mentions)} mentions"]
    return _beside("plain", [f"<b>{escape(one.name)}</b>", _notes(notes)])


def table_html(columns: Iterable[str], rows: Iterable[Iterable[object]], more: str = "") -> str:
    """A plain table; None is an empty cell, and days, ids and other single words are not broken."""
    head = "".join(f'<th style="text-align:left">{escape(str(one))}</th>' for one in columns)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    tail = f'<div style="{_SMALL}">{escape(more)}</div>' if more else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{tail}"


def _cell(value: object) -> str:
    said = "" if value is None else str(value)
    whole = ";white-space:nowrap" if len(said) <= _UNBROKEN and " " not in said else ""
    return f'<td style="text-align:left;vertical-align:top{whole}">{escape(said)}</td>'


def source_html(title: str | None, outlet: str | None, day: str | None, url: str | None) -> str:
    """Where something stands: title, outlet, day, and the address as a link where it is one of the web."""
    said = " · ".join(escape(part) for part in (title, outlet, day) if part)
    return f"{said} {_link(url)}".strip()


def passage_html(text: str, where: str) -> str:
    """A passage of a report and where in it it stands."""
    return _beside("plain", [escape(text), _notes([where])])


def _header(report: Report) -> str:
    day = report.published.earliest if report.published else None
    title = f'<div style="font-size:1.2em"><b>{escape(report.title or "Untitled")}</b></div>'
    return title + _line(source_html(None, report.outlet, day, report.url), _SMALL)


def _link(url: str | None) -> str:
    if not url:
        return ""
    if not url.lower().startswith(("http://", "https://")):
        return escape(url)  # any other kind of address could be a program
    return f'<a href="{escape(url)}" rel="noreferrer">{escape(url)}</a>'


def _counts(reading: Reading, deeds: int, others: int) -> str:
    gaps = sum(one.verdict == "gap" for one in reading.gaps)
    found = {"statements": len(reading.statements), "deeds": deeds, "not deeds": others,
             "commitments": len(reading.commitments), "gaps": gaps, "actors": len(reading.actors)}  # fmt: skip
    return " · ".join(f"{count:,} {name}" for name, count in found.items())


def _group(name: str, blocks: list[str]) -> str:
    if not blocks:
        return ""
    more = _line(f"and {len(blocks) - _MOST:,} more", _SMALL) if len(blocks) > _MOST else ""
    return f'<div style="margin:.8em 0 .2em"><b>{name}</b></div>{"".join(blocks[:_MOST])}{more}'


def _folded(name: str, inside: str) -> str:
    return f"<details><summary>{name}</summary>{inside}</details>"


def _beside(line: str, lines: Iterable[str]) -> str:
    body = "".join(f"<div>{one}</div>" for one in lines if one)
    return f'<div style="border-left:{_LINES[line]};padding-left:.6em;margin:.4em 0">{body}</div>'


def _line(inside: str, style: str) -> str:
    return f'<div style="{style}">{inside}</div>' if inside else ""


def _notes(notes: Iterable[str]) -> str:
    return f'<span style="{_SMALL}">{" · ".join(escape(one) for one in notes if one)}</span>'


def _when(time: TimeValue | None) -> str:
    if time is None:
        return ""
    days = "–".join(dict.fromkeys(day for day in (time.earliest, time.latest) if day))
    return f"{days} (“{time.text}”)" if days else f"“{time.text}”"


def _place_of(span: Span) -> str:
    return f"characters {span.start}–{span.end}"


def _parties(parties: Iterable[Party]) -> str:
    return ", ".join(party.text for party in parties)


def _quote_of(reading: Reading | None, key: str) -> str:
    found = reading.record(key) if reading else None
    if isinstance(found, Statement):
        return f"{found.speaker.text}: {found.content.text}"
    if isinstance(found, Event):
        return found.evidence.quote
    return found.act if isinstance(found, Commitment) else key


def _marked_text(reading: Reading) -> str:
    """The text, cut where marks begin and end, so that marks may overlap."""
    text = reading.report.text
    marks = [(span, "word") for one in reading.statements for span in one.content.spans]
    marks += [(one.trigger, "deed" if one.realis == "actual" else "other") for one in reading.events]
    cuts = sorted({0, len(text), *(edge for span, _ in marks for edge in span)})
    pieces = []
    for start, end in pairwise(cuts):
        styles = dict.fromkeys(_MARKS[kind] for span, kind in marks if span.start <= start and end <= span.end)
        piece = escape(text[start:end])
        pieces.append(f'<span style="{";".join(styles)}">{piece}</span>' if styles else piece)
    return f'<div style="white-space:pre-wrap">{"".join(pieces)}</div>'
