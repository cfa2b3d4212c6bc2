"""What a format is: a name, and a function from readings to bytes, written as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from diurna.model.across import CrossGap
from diurna.model.commitment_life import CommitmentLife
from diurna.model.record import Event, Reading

_POINTS = frozenset({"point", "city", "district"})


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself, in the formats that can.

    Attributes:
        title: what it is about.
        license: name or address of the licence it is given under; nobody but the user can know it.
        gaps, lives: what holds between the reports, where a ledger has linked them.
        more_gaps, more_lives: how many more there are than were handed on, so that a file can say so.
    """

    title: str | None = None
    license: str | None = None
    gaps: tuple[CrossGap, ...] = ()
    lives: tuple[CommitmentLife, ...] = ()
    more_gaps: int = 0
    more_lives: int = 0


NOTHING_SAID = About()

Write = Callable[[Iterable[Reading]], Iterator[bytes]]
WriteAbout = Callable[[Iterable[Reading], About], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Format:
    """One export format.

    Attributes:
        name: as the command line has it.
        says: what is in the file, in one line.
        write: the file's bytes, piece by piece; memory does not grow with the readings.
        whole: little can be written before the last record is known (a graph's nodes, a dossier's contents): what
            comes waits in temporary files, see `diurna.export.spill`.
        write_about: the same with a title and a licence, where the format has room for them.
    """

    name: str
    says: str
    write: Write
    whole: bool = False
    write_about: WriteAbout | None = None

    def pieces(self, readings: Iterable[Reading], about: About | None = None) -> Iterator[bytes]:
        """The file's bytes, with what it says of itself where it can."""
        if self.write_about is not None and about is not None:
            return self.write_about(readings, about)
        return self.write(readings)


def is_deed(event: Event) -> bool:
    """Whether an event may stand in a table of deeds: it happened, and the report says so in its own voice.

    What is denied, planned, possible or only somebody's words never does (law 7).
    """
    return event.realis == "actual" and event.attributed_to is None


def day_of(event: Event) -> str | None:
    """The ISO day of an event that is known to one day; None where it is known less well, or not at all."""
    when = event.happened_at
    exact = when is not None and when.precision in ("day", "instant")
    return (when.earliest or "")[:10] or None if when is not None and exact else None


def is_located(event: Event) -> bool:
    """Whether the event's coordinates stand for a town or nearer: a country's or a province's middle is no point."""
    place = event.place
    return place is not None and place.lat is not None and place.lon is not None and place.precision in _POINTS


def deeds(reading: Reading) -> list[Event]:
    """The reading's deeds, in text order."""
    return sorted((event for event in reading.events if is_deed(event)), key=lambda event: event.trigger)


def is_name(text: str) -> bool:
    """Whether it names somebody: "Harrow Front" does, "Thousands of people" and "the army" do not."""
    words = [word for word in text.split() if word.lower() not in ("a", "an", "the")]
    return any(word[:1].isupper() for word in (words[1:] if len(words) > 1 else words))
