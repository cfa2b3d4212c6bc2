"""What holds between reports: a gap with the places in two reports it stands on."""

from __future__ import annotations

from dataclasses import dataclass

from diurna.model.record import Gap
from diurna.model.span import Span


@dataclass(frozen=True, slots=True)
class Exhibited:
    """One side of a gap across reports: the characters of one report it rests on.

    Attributes:
        report, version: of the report; day: the ISO day it is of, "" where nobody knows.
        record: the statement, event or clause the gap names as its `left` or `right`. A clause is no record of its
            report: it is a sentence's own words where no statement and no event was found in them.
        span: characters into the report's text; `quote` stands there.
    """

    report: str
    version: str
    day: str
    record: str
    span: Span
    quote: str


@dataclass(frozen=True, slots=True)
class CrossGap:
    """A gap between two reports. `gap.left` and `gap.right` are `left.record` and `right.record`."""

    gap: Gap
    left: Exhibited
    right: Exhibited
