"""What holds across reports and can be judged anew: stories, and which of their reports rest on one origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from diurna.model.report import content_hash

OriginGround = Literal["own", "copy", "wire", "release", "credit"]
"""Why a report rests on an origin: its own work, a copied text, an agency, a release, what another outlet found."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A report whose text stands, whole or in part, in an earlier one.

    Attributes:
        report, source: ids; `source` is the earlier one.
        likeness: share of all five-word runs that both have, 0..1.
        covered: share of the shorter text's five-word runs that the other has, 0..1.
    """

    report: str
    source: str
    likeness: float
    covered: float


@dataclass(frozen=True, slots=True)
class StoryReport:
    """A report as a member of a story.

    Attributes:
        day: the ISO day it is of, "" where nobody knows.
        origin: number of the origin it rests on, from 1, by the first report that rests on it.
        ground: why it rests on that origin, and `why` in a sentence.
        copy_of: id of the report it copies, or None.
    """

    id: str
    source_id: str | None
    outlet: str | None
    day: str
    origin: int
    ground: OriginGround
    why: str
    copy_of: str | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """All reports of one matter, the earliest first.

    Attributes:
        id: it is that of the story's founding report, so it stays when others join.
        first, last: ISO days of the earliest and latest report, "" where no report has one.
    """

    id: str
    title: str
    reports: tuple[StoryReport, ...]
    first: str
    last: str

    @property
    def origins(self) -> int:
        """How many independent origins the reports rest on: what corroboration counts."""
        return len({report.origin for report in self.reports})

    def to_dict(self) -> dict[str, object]:
        """The JSON contract's object, its reports with their origins."""
        reports = [
            {
                "id": one.id, "source_id": one.source_id, "outlet": one.outlet, "origin": one.origin,
                "ground": one.ground, "why": one.why, "copy_of": one.copy_of,
            }
            for one in self.reports
        ]  # fmt: skip
        return {
            "id": self.id, "title": self.title, "reports": reports, "origins": self.origins,
            "first": self.first, "last": self.last,
        }  # fmt: skip


def story_id(founder: str) -> str:
    """The id of the story a report founded."""
    return content_hash("sy", founder)
