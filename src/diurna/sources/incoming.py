"""What reading hands on: reports with notes, failures, and the options that steer it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from diurna.budget import USUAL_BUDGET
from diurna.model.record import Failure
from diurna.model.report import Report

if TYPE_CHECKING:
    from diurna.sources.fetch import Fetch

Stage = Literal["open", "fetch", "decode", "row", "page", "text", "date", "language"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The most of everything one report may have; what is larger becomes a failure, never a crash.

    Attributes:
        text: characters of a report's text.
        file: bytes of a text file.
        page: bytes of an HTML page.
        row: bytes of one row, and of a JSON file that is one object.
        bad_rows: bad rows in succession after which a file is given up.
        seconds: of the processor, that finding the text of one page may take.
    """

    text: int = 2_000_000
    file: int = 8_000_000
    page: int = 8_000_000
    row: int = 32_000_000
    bad_rows: int = 1_000
    seconds: float = USUAL_BUDGET


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the caller knows better than the sources.

    Attributes:
        published: day (`YYYY-MM-DD`) or moment every report was published; outranks what its source says.
        outlet, language: the same for the outlet's name and the ISO 639-1 code.
        limits: see `Limits`.
        fetch: how web addresses are fetched; None is the door to the network, with its guard and its manners.
    """

    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    limits: Limits = field(default_factory=Limits)
    fetch: Fetch | None = None


@dataclass(frozen=True, slots=True)
class SourceFailure:
    """Something that could not be read.

    Attributes:
        where: file and row, as a person would look it up ("news.jsonl, row 12").
        stage: what was being done.
        reason: why it failed and, where it helps, what to do.
    """

    where: str
    stage: Stage
    reason: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """One report as it was read.

    Attributes:
        where: file and row it stands in.
        notes: what is wrong with it although it could be read, e.g. a date nobody can read.
    """

    report: Report
    where: str
    notes: tuple[Failure, ...] = ()
