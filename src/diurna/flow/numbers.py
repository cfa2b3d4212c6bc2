"""Competing numbers side by side: what the reports of a story count, who gives which number, and how they move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from diurna.ledger.view import View
from diurna.model.canon import Story
from diurna.model.codec import encode
from diurna.model.record import Event, Number, Reading

COUNTED = (("killed", "killed"), ("injured", "injured"), ("arrested", "arrested"), ("participants", "took part"))


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """One number a report gives.

    Attributes:
        low, high: its bounds, None where that end is open.
        source: whose number it is, as the report names him; None in the report's own voice.
        origin: number of the story's origin that the report rests on.
        day: the ISO day of the report; quote: the words it stands in, from `start` on.
    """

    text: str
    low: int | None
    high: int | None
    source: str | None
    outlet: str | None
    origin: int
    day: str
    report: str
    event: str
    start: int
    quote: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one thing counted in one story, the earliest first.

    Attributes:
        what: killed, injured, arrested or took part; place: where, None where no report says.
        competing: whether two of them cannot both hold.
        lowest, highest: of all that are given.
    """

    story: str
    title: str
    what: str
    place: str | None
    competing: bool
    lowest: int
    highest: int
    given: tuple[GivenNumber, ...]

    def to_dict(self) -> dict[str, object]:
        """The numbers as JSON values."""
        row = encode(self)
        assert isinstance(row, dict)  # noqa: S101 - encode gives an object for a dataclass
        return row

    def cells(self) -> Iterator[dict[str, str | int | float | None]]:
        """One flat row a number."""
        for one in self.given:
            yield {
                "story": self.story, "title": self.title, "what": self.what, "place": self.place,
                "competing": int(self.competing), "text": one.text, "low": one.low, "high": one.high,
                "source": one.source, "outlet": one.outlet, "origin": one.origin, "day": one.day or None,
                "report": one.report, "event": one.event, "start": one.start, "quote": one.quote,
            }  # fmt: skip


def numbers_of(view: View, stories: Iterable[Story]) -> Iterator[Numbers]:
    """The numbers of each story, those given by two reports or more."""
    for story in stories:
        rows: dict[tuple[str, str | None], list[GivenNumber]] = defaultdict(list)
        for one in story.reports:
            reading = view.reading(one.id)
            for what, place, given in _given(reading, one.origin, one.day) if reading else ():
                rows[what, place].append(given)
        for (what, place), found in sorted(_merged(rows).items(), key=lambda row: (row[0][0], row[0][1] or "")):
            if len({one.report for one in found}) > 1:
                yield _numbers(story, what, place, found)


def _given(reading: Reading, origin: int, day: str) -> Iterator[tuple[str, str | None, GivenNumber]]:
    for event in reading.events:
        if event.realis != "actual":
            continue
        for field, what in COUNTED:
            number: Number | None = getattr(event.numbers, field)
            if number is None or (number.low is None and number.high is None):
                continue
            place = event.place.text if event.place and event.place.precision != "country" else None
            report, span = reading.report, event.evidence.span
            yield (
                what, place,
                GivenNumber(
                    number.text, number.low, number.high, _source(reading, event), report.outlet, origin, day,
                    report.id, event.id, span.start, event.evidence.quote,
                ),
            )  # fmt: skip


def _source(reading: Reading, event: Event) -> str | None:
    """Whose number it is."""
    said = reading.record(event.attributed_to) if event.attributed_to else None
    speaker = getattr(said, "speaker", None)
    return " ".join(speaker.text.split()) if speaker and speaker.text else None


def _merged(
    rows: dict[tuple[str, str | None], list[GivenNumber]],
) -> dict[tuple[str, str | None], list[GivenNumber]]:
    """Numbers of no named place count with those of the one place that is named, where there is only one."""
    found = dict(rows)
    for what in {key[0] for key in rows}:
        places = [place for other, place in rows if other == what and place is not None]
        if len(places) == 1 and (what, None) in found:
            found[what, places[0]] = [*found[what, places[0]], *found.pop((what, None))]
    return found


def _numbers(story: Story, what: str, place: str | None, found: list[GivenNumber]) -> Numbers:
    ordered = sorted(found, key=lambda one: (one.day or "9999", one.report, one.start))
    once = {(one.report, one.low, one.high, one.source): one for one in reversed(ordered)}  # said again is said once
    given = tuple(one for one in ordered if once[one.report, one.low, one.high, one.source] is one)
    ends = [end for one in given for end in (one.low, one.high) if end is not None]
    competing = any(_apart(one, other) for one in given for other in given)
    return Numbers(story.id, story.title, what, place, competing, min(ends), max(ends), given)


def _apart(one: GivenNumber, other: GivenNumber) -> bool:
    """Whether one number ends below where the other begins."""
    return one.high is not None and other.low is not None and one.high < other.low
