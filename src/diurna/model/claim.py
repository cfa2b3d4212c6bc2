"""A claim: what several statements of one story say alike, with who said it first, who repeats it, who disputes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from diurna.model.codec import encode
from diurna.model.report import content_hash
from diurna.model.span import Span

Part = Literal["first", "repeats", "disputes"]
"""What a statement has to do with a claim."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One statement's part in a claim.

    Attributes:
        speaker: as the report names him; day: the ISO day of the report, "" where nobody knows.
        origin: number of the story's origin the report rests on.
        statement: id of the record; `quote` stands at `span` of the report's text.
        why: how it was paired with the first one, in a sentence; "" for the first one itself.
    """

    part: Part
    speaker: str
    outlet: str | None
    day: str
    origin: int
    report: str
    statement: str
    span: Span
    quote: str
    why: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What was claimed in one story, the earliest voice first. It says who said what, never who is right.

    Attributes:
        text: the words of the first voice.
    """

    story: str
    title: str
    text: str
    voices: tuple[Voice, ...]

    @property
    def id(self) -> str:
        """The hash of the statement and the characters it begins with."""
        first = self.voices[0]
        return content_hash("cl", first.statement, *first.span)

    @property
    def speakers(self) -> int:
        """How many different speakers say it, by the names reports give them."""
        return len({one.speaker.casefold() for one in self.voices if one.part != "disputes"})

    @property
    def origins(self) -> int:
        """On how many independent origins it rests that it was said."""
        return len({one.origin for one in self.voices if one.part != "disputes"})

    @property
    def disputed(self) -> bool:
        """Whether anybody says otherwise."""
        return any(one.part == "disputes" for one in self.voices)

    def to_dict(self) -> dict[str, object]:
        """The claim as JSON values."""
        return {
            "id": self.id, "story": self.story, "title": self.title, "text": self.text, "speakers": self.speakers,
            "origins": self.origins, "disputed": self.disputed, "voices": [encode(one) for one in self.voices],
        }  # fmt: skip

    def cells(self) -> Iterator[dict[str, str | int | float | None]]:
        """One flat row a voice."""
        for one in self.voices:
            yield {
                "id": self.id, "story": self.story, "text": self.text, "part": one.part, "speaker": one.speaker,
                "day": one.day or None, "outlet": one.outlet, "origin": one.origin, "report": one.report,
                "statement": one.statement, "start": one.span.start, "quote": one.quote, "why": one.why or None,
            }  # fmt: skip


__all__ = ["Claim", "Part", "Voice"]
