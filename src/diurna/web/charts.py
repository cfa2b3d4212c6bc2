"""Charts as SVG that reads in print and greyscale: words are slanted blue lines, deeds are solid brick.

Every chart is also a table. No script, no library, no markup from data: text goes through `said`.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import io
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from markupsafe import Markup

from diurna.ledger.tallies import DayCount, Dealing, Grain
from diurna.model.visible import visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WORD, DEED, _INK, _SOFT, LINE = "#1f4e8c", "#9a3324", "#1d1b18", "#5f5a51", "#d9d3c7"
TOWN = "#b9b1a2"
_FONT = "font-family='Liberation Sans, Arial, sans-serif' font-size='14'"
_QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart, its words and its numbers.

    Attributes:
        name: the last part of its address: `/charts/NAME.svg` and `.csv`.
        svg: markup made here.
        summary: what it shows, for those who cannot see it.
    """

    name: str
    title: str
    summary: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]
    svg: Markup

    def to_dict(self) -> dict[str, object]:
        """The chart as JSON values: its numbers, not its drawing."""
        rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return {"name": self.name, "title": self.title, "summary": self.summary, "rows": rows}

    def csv(self) -> str:
        """Its numbers as CSV; nothing in it begins like a spreadsheet formula."""
        text = io.StringIO()
        write = csv.writer(text, lineterminator="\r\n")
        write.writerow([_cell(name) for name in self.columns])
        write.writerows([[_cell(value) for value in row] for row in self.rows])
        return text.getvalue()


def escaped(text: str) -> str:
    """`text` as the text of an element: no markup, and nothing XML or a reader could not see."""
    return escape(visible(text))


def _cell(value: str | float) -> str | float:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def svg_of(name: str, width: int, height: int, title: str, summary: str, body: Iterable[str]) -> Markup:
    """An SVG element with its name and description, patterns and what is drawn."""
    key = "".join(char for char in name if char.isalnum() or char == "-")
    look = "chart narrow" if width <= NARROW else "chart wide" if width >= WIDE else "chart"
    head = (
        f"<svg xmlns='http://www.w3.org/2000/svg' class='{look}' viewBox='0 0 {width} {height}' "
        f"width='{width}' height='{height}' role='img' aria-labelledby='{key}-t {key}-d' {_FONT}>"
        f"<title id='{key}-t'>{escaped(title)}</title><desc id='{key}-d'>{escaped(summary)}</desc>"
        f"<defs><pattern id='{key}-hatch' width='5' height='5' patternUnits='userSpaceOnUse' "
        f"patternTransform='rotate(45)'><rect class='c-paper' width='5' height='5' fill='#fff'/>"
        f"<rect class='c-word' width='2.4' height='5' fill='{_WORD}'/></pattern></defs>"
    )
    return Markup(head + "".join(body) + "</svg>")  # noqa: S704 - every text in it went through `escaped`


def svg_text(x: float, y: float, said: str, anchor: str = "start", kind: str = "c-soft") -> str:
    """A text element."""
    color = _SOFT if kind == "c-soft" else _INK
    place = f"x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}'"
    return f"<text class='{kind}' {place} fill='{color}'>{escaped(said)}</text>"


def grid_line(x1: float, y1: float, x2: float, y2: float) -> str:
    """A thin line that is no datum."""
    where = f"x1='{x1:.1f}' y1='{y1:.1f}' x2='{x2:.1f}' y2='{y2:.1f}'"
    return f"<line class='c-line' {where} stroke='{LINE}' stroke-width='1'/>"


def _bar(x: float, y: float, w: float, h: float, fill: str, kind: str, tip: str) -> str:
    if h <= 0 or w <= 0:
        return ""
    edge = f" stroke='{_WORD}' stroke-width='1'" if kind == "c-hatch" else ""
    where = f"x='{x:.1f}' y='{y:.1f}' width='{w:.1f}' height='{h:.1f}'"
    return f"<rect class='{kind}' {where} fill='{fill}'{edge}><title>{escaped(tip)}</title></rect>"


# --- words and deeds over time


NARROW, BROAD, WIDE = 420, 720, 1080
"""Widths of a chart in a side column, beside another one, and with the whole page to itself."""


def words_and_deeds(counts: Sequence[DayCount], grain: Grain, name: str, title: str, width: int = BROAD) -> Chart:
    """Words above the line, deeds below it, one pair of bars a day, week or month."""
    rows = tuple((one.day, one.words, one.deeds) for one in counts)
    words, deeds = sum(one.words for one in counts), sum(one.deeds for one in counts)
    summary = (
        f"{words:,} statement{_s(words)} and {deeds:,} deed{_s(deeds)}, by {grain}."
        if counts
        else "Nothing in this time."
    )
    return Chart(
        name, title, summary, (grain, "words", "deeds"), rows, _lanes(counts, grain, name, title, summary, width)
    )


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _lanes(counts: Sequence[DayCount], grain: Grain, name: str, title: str, summary: str, width: int) -> Markup:
    top, middle, bottom, left = 22, 118, 214, 44
    most = max([1, *(one.words for one in counts), *(one.deeds for one in counts)])
    step = (width - left - 8) / max(1, len(counts))
    room = middle - top - 4
    key = "".join(char for char in name if char.isalnum() or char == "-")
    body = [svg_text(left, 14, "words", kind="c-ink"), svg_text(left, bottom + 14, "deeds", kind="c-ink")]
    body += [grid_line(left, middle, width, middle), svg_text(left - 6, top + 10, f"{most:,}", "end")]
    body += [svg_text(left - 6, middle + 4, "0", "end"), svg_text(left - 6, bottom - 2, f"{most:,}", "end")]
    every = max(1, math.ceil(len(counts) * 84 / width))
    for at, one in enumerate(counts):
        x, wide = left + at * step + step * 0.14, min(step * 0.72, 64)
        up, down = room * one.words / most, room * one.deeds / most
        said = _spoken(one.day, grain)
        body.append(
            _bar(x, middle - up, wide, up, f"url(#{key}-hatch)", "c-hatch", f"{said}: {one.words:,} statements")
        )
        body.append(_bar(x, middle, wide, down, DEED, "c-deed", f"{said}: {one.deeds:,} deeds"))
        if at % every == 0:
            body.append(svg_text(x, bottom + 32, said))
    return svg_of(name, width, bottom + 40, title, summary, body)


def _spoken(day: str, grain: Grain) -> str:
    if grain == "month":
        return day[:7]
    when = dt.date.fromisoformat(day)
    return f"{when.day} {when:%b}" if grain == "day" else f"{when.day} {when:%b %y}"


_MOST_BARS = 2000


def days_before(day: str, days: int) -> str:
    """The ISO day so many days before one, the first there is where that would be before it."""
    return dt.date.fromordinal(max(1, dt.date.fromisoformat(day).toordinal() - days)).isoformat()


def gathered(counts: Sequence[DayCount], grain: Grain, since: str, until: str) -> tuple[DayCount, ...]:
    """Days put together to weeks or months, with empty ones between them filled in."""
    sums = {key: [0, 0] for key in itertools.islice(_starts(since, until, grain), _MOST_BARS)}
    for one in counts:
        row = sums.get(_start(one.day, grain))
        if row is not None:
            row[0] += one.words
            row[1] += one.deeds
    return tuple(DayCount(key, words, deeds) for key, (words, deeds) in sums.items())


def _starts(since: str, until: str, grain: Grain) -> Iterator[str]:
    """The first days of the days, weeks or months of an interval."""
    day, last = dt.date.fromisoformat(_start(since, grain)), dt.date.fromisoformat(until)
    while day <= last:
        yield day.isoformat()
        step = {"day": 1, "week": 7, "month": calendar.monthrange(day.year, day.month)[1]}[grain]
        if (dt.date.max - day).days < step:
            return
        day += dt.timedelta(days=step)


def _start(day: str, grain: Grain) -> str:
    if grain == "day":
        return day
    if grain == "month":
        return f"{day[:7]}-01"
    when = dt.date.fromisoformat(day)
    return dt.date.fromordinal(max(1, when.toordinal() - when.weekday())).isoformat()


def grain_for(since: str, until: str) -> Grain:
    """The grain in which an interval makes some five to sixty bars."""
    days = (dt.date.fromisoformat(until) - dt.date.fromisoformat(since)).days + 1
    return "day" if days <= 45 else "week" if days <= 420 else "month"


# --- counts by kind


def by_kind(counts: Sequence[tuple[str, int]], name: str, title: str, noun: str) -> Chart:
    """Horizontal bars, one a kind, the most frequent first."""
    rows = tuple(sorted(counts, key=lambda one: (-one[1], one[0])))
    most, height = max([1, *(count for _, count in rows)]), 26 * max(1, len(rows)) + 8
    body = []
    for at, (kind, count) in enumerate(rows):
        y = 6 + at * 26
        body.append(svg_text(186, y + 14, kind, "end", "c-ink"))
        body.append(_bar(196, y, 440 * count / most, 18, DEED, "c-deed", f"{kind}: {count:,} {noun}"))
        body.append(svg_text(202 + 440 * count / most, y + 14, f"{count:,}", kind="c-ink"))
    summary = f"{sum(count for _, count in rows):,} {noun} of {len(rows)} kinds."
    return Chart(name, title, summary, ("kind", noun), rows, svg_of(name, 720, height, title, summary, body))


# --- who acts on whom


def matrix(dealings: Sequence[Dealing], name: str, title: str, most: int = 10) -> Chart:
    """Doers in rows, others in columns; the number is written, its square grows with it."""
    pairs: dict[tuple[str, str], int] = {}
    weight: dict[str, int] = {}
    for one in dealings:
        pairs[one.doer, one.other] = pairs.get((one.doer, one.other), 0) + one.times
        weight[one.doer] = weight.get(one.doer, 0) + one.times
        weight[one.other] = weight.get(one.other, 0) + one.times
    busiest = sorted(pairs, key=lambda pair: (-pairs[pair], -weight[pair[0]] - weight[pair[1]], pair))
    doers, others = _fitting(busiest, most)
    shown = {pair: times for pair, times in pairs.items() if pair[0] in doers and pair[1] in others}
    rows = tuple((doer, other, times) for (doer, other), times in sorted(pairs.items(), key=lambda one: -one[1]))
    summary = (
        f"{sum(pairs.values()):,} deeds between {len(weight):,} actors; the {len(doers)} and {len(others)} busiest."
    )
    drawing = svg_of(name, 720, 150 + 34 * max(1, len(doers)), title, summary, _cells(doers, others, shown))
    return Chart(name, title, summary, ("who", "to whom", "deeds"), rows, drawing)


def _fitting(pairs: Iterable[tuple[str, str]], most: int) -> tuple[list[str], list[str]]:
    """Rows and columns such that none of them is empty, at most `most` of each."""
    rows: list[str] = []
    columns: list[str] = []
    for doer, other in pairs:
        if (doer in rows or len(rows) < most) and (other in columns or len(columns) < most):
            rows += [doer] if doer not in rows else []
            columns += [other] if other not in columns else []
    return rows, columns


def _cells(doers: list[str], others: list[str], shown: dict[tuple[str, str], int]) -> list[str]:
    left, top = 216, 134
    wide = min(50.0, (640 - left) / max(1, len(others)))
    most = max([1, *shown.values()])
    body = []
    for at, other in enumerate(others):
        x = left + at * wide + wide / 2
        said = escaped(clipped_label(other, 22))
        turned = f"transform='translate({x + 4:.1f} {top - 8}) rotate(-48)'"
        body.append(f"<text class='c-ink' {turned} fill='{_INK}'>{said}</text>")
    for row, doer in enumerate(doers):
        y = top + row * 34
        body += [
            svg_text(left - 8, y + 20, clipped_label(doer, 27), "end", "c-ink"),
            grid_line(left, y + 33, 720, y + 33),
        ]
        for at, other in enumerate(others):
            times = shown.get((doer, other), 0)
            if times:
                side = 16 + 14 * math.sqrt(times / most)
                x = left + at * wide + (wide - side) / 2
                tip = f"{doer} to {other}: {times:,}"
                body.append(_bar(x, y + (32 - side) / 2, side, side, DEED, "c-deed", tip))
                place = f"x='{left + at * wide + wide / 2:.1f}' y='{y + 20.5}' text-anchor='middle'"
                body.append(f"<text class='c-on' {place} fill='#fff'>{times:,}</text>")
    return body


def clipped_label(said: str, most: int) -> str:
    """A label of at most so many characters."""
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"


def network(dealings: Sequence[Dealing], name: str, title: str, most: int = 16) -> Chart:
    """The busiest actors on a circle; lines are deeds: solid where they hurt, dashed where they help."""
    weight: dict[str, int] = {}
    for one in dealings:
        for who in (one.doer, one.other):
            weight[who] = weight.get(who, 0) + one.times
    heavy = sorted(dealings, key=lambda one: (-one.times, -weight[one.doer] - weight[one.other]))
    shown = list(dict.fromkeys(who for one in heavy for who in (one.doer, one.other)))[:most]
    rows = tuple((one.doer, one.other, _QUADS[one.quad], one.times) for one in dealings)
    summary = f"{len(shown)} of {len(weight):,} actors, and who did something to whom."
    return Chart(
        name, title, summary, ("who", "to whom", "how", "deeds"), rows,
        svg_of(name, 720, 560, title, summary, _ring(shown, dealings, weight)),
    )  # fmt: skip


def _ring(shown: list[str], dealings: Sequence[Dealing], weight: dict[str, int]) -> list[str]:
    middle, radius = (360.0, 280.0), 178.0
    turn = {name: 2 * math.pi * at / max(1, len(shown)) - math.pi / 2 for at, name in enumerate(sorted(shown))}
    spot = {name: (middle[0] + radius * math.cos(a), middle[1] + radius * math.sin(a)) for name, a in turn.items()}
    most = max([1, *(one.times for one in dealings)])
    drawn = [one for one in dealings if one.doer in spot and one.other in spot]
    body = [_bow(spot[one.doer], spot[one.other], middle, one, most) for one in drawn]
    heaviest = max([1, *weight.values()])
    for name, (x, y) in spot.items():
        size = 4 + 7 * math.sqrt(weight[name] / heaviest)
        body.append(f"<circle class='c-node' cx='{x:.1f}' cy='{y:.1f}' r='{size:.1f}' fill='{_INK}'/>")
        side = math.cos(turn[name])
        anchor = "middle" if abs(side) < 0.18 else "start" if side > 0 else "end"
        out = 18 if anchor == "middle" else 14
        px, py = x + out * side, y + (out + 6) * math.sin(turn[name]) + 4
        body.append(svg_text(px, py, clipped_label(name, 22), anchor, "c-ink"))
    return body


def _bow(
    one: tuple[float, float], two: tuple[float, float], middle: tuple[float, float], it: Dealing, most: int
) -> str:
    """A curve bent to the right of its direction, so that there and back are two lines."""
    mx, my = (one[0] + two[0]) / 2, (one[1] + two[1]) / 2
    dx, dy = two[0] - one[0], two[1] - one[1]
    cx, cy = (mx + middle[0]) / 2 - dy * 0.12, (my + middle[1]) / 2 + dx * 0.12
    hurts = it.quad in (3, 4)
    color, dash, kind = (DEED, "", "c-edge-deed") if hurts else (_WORD, " stroke-dasharray='6 4'", "c-edge-word")
    thick = 1.2 + 3.4 * math.sqrt(it.times / most)
    path = f"M{one[0]:.1f} {one[1]:.1f}Q{cx:.1f} {cy:.1f} {two[0]:.1f} {two[1]:.1f}"
    tip = f"{it.doer} → {it.other}: {it.times:,} × {_QUADS[it.quad]}"
    look = f"stroke='{color}' stroke-width='{thick:.1f}' stroke-opacity='0.75'{dash}"
    return f"<path class='{kind}' d={quoteattr(path)} fill='none' {look}><title>{escaped(tip)}</title></path>"
