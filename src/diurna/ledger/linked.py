"""What linking hands to the ledger and gets from it: plain values, no SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from diurna.ledger.asking import ReportFacts
from diurna.model.across import CrossGap
from diurna.model.canon import Story
from diurna.model.codec import encode
from diurna.model.commitment_life import TO_POLIMETRE, TO_POLITIFACT, CommitmentLife, CommitmentState, Move
from diurna.model.markup import gap_html, life_html
from diurna.model.record import Gap, Review


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reading that is not linked yet; `story` tells whether its report still needs one."""

    reading: int
    day: str
    report: str


@dataclass(frozen=True, slots=True)
class KeptStory:
    """A story with what new reports are held against.

    Attributes:
        number: its number in the ledger.
        touched: rises whenever a report joins any story.
        state: made and read by `link.stories`.
    """

    number: int
    story: Story
    touched: int
    state: bytes


@dataclass(frozen=True, slots=True)
class StoryMarks:
    """How far stories have come: the highest number, when one was touched last, and how many reports were counted."""

    last: int = -1
    touch: int = 0
    reports: int = 0


@dataclass(frozen=True, slots=True)
class StoryChanges:
    """What putting reports to stories changes.

    Attributes:
        stories: founded or joined.
        gone, filed: (shelf, story) pairs that go, and (shelf, story, touched) that come.
        words: of words that came in, by their hashes, the reports they have stood in.
        before, after: how far stories had come, and have.
    """

    stories: Sequence[KeptStory] = ()
    gone: Sequence[tuple[int, int]] = ()
    filed: Sequence[tuple[int, int, int]] = ()
    words: Mapping[int, int] = field(default_factory=dict)
    before: StoryMarks = StoryMarks()
    after: StoryMarks = StoryMarks()


@dataclass(frozen=True, slots=True)
class FoundGap:
    """A gap between two readings; `one` and `other` are their numbers."""

    found: CrossGap
    one: int
    other: int

    @property
    def places(self) -> tuple[str, str]:
        """Where its sides stand: of gaps of one kind at one place the best is kept."""
        sides = (self.found.left, self.found.right)
        left, right = (f"{self.found.gap.kind} {one.report} {one.span.start}" for one in sides)
        return left, right


@dataclass(frozen=True, slots=True)
class FoundLife:
    """A commitment opened by a telling of a reading."""

    life: CommitmentLife
    reading: int
    telling: int


@dataclass(frozen=True, slots=True)
class FoundMove:
    """A move of the commitment with this id, told by a reading."""

    life: str
    reading: int
    move: Move


@dataclass(slots=True)
class LinkBatch:
    """What linking some readings found; it is kept whole or not at all.

    Attributes:
        cards: the tellings of each reading; a reading with a card is linked.
        filed, dropped: (block, telling) pairs that came and went.
        gone: ids of gaps that a better one at the same place takes the place of.
    """

    cards: dict[int, bytes] = field(default_factory=dict)
    filed: Sequence[tuple[int, int]] = ()
    dropped: Sequence[tuple[int, int]] = ()
    stories: StoryChanges = field(default_factory=StoryChanges)
    gaps: Sequence[FoundGap] = ()
    gone: Sequence[str] = ()
    lives: Sequence[FoundLife] = ()
    moves: Sequence[FoundMove] = ()


@dataclass(frozen=True, slots=True)
class KeptCrossGap:
    """A gap between reports as lists show it; `report` is that of its right side, which is the later one."""

    found: CrossGap
    review: Review
    left: ReportFacts
    report: ReportFacts

    @property
    def record(self) -> Gap:
        """The gap itself, as of a gap within one report."""
        return self.found.gap

    def to_dict(self) -> dict[str, object]:
        """The gap's object of the JSON contract, with the report of each side and the characters it rests on."""
        row = encode(self.found.gap)
        assert isinstance(row, dict)  # noqa: S101 - encode gives an object for a dataclass
        sides = [
            {"report": _facts(facts), "span": list(side.span), "quote": side.quote, "record": side.record}
            for facts, side in ((self.left, self.found.left), (self.report, self.found.right))
        ]
        return {**row, "review": self.review, "across": True, "report": _facts(self.report), "sides": sides}

    def _repr_html_(self) -> str:
        sides = (self.found.left.quote, self.found.right.quote)
        gap = replace(self.found.gap, review=self.review)
        return gap_html(gap, sides=sides) + self.left._repr_html_() + "<br/>" + self.report._repr_html_()


@dataclass(frozen=True, slots=True)
class KeptLife:
    """A commitment with its life as lists show it; `report` is the one that opened it."""

    life: CommitmentLife
    state: CommitmentState
    review: Review
    report: ReportFacts

    def to_dict(self) -> dict[str, object]:
        """The commitment with its state on the day asked for, its moves, and the scales of others."""
        one, state = self.life, self.state
        return {
            "id": one.id, "kind": one.kind, "act": one.act, "by": one.by, "to": one.to, "condition": one.condition,
            "due": state.due, "on": state.on, "state": state.state, "days_over": state.days_over,
            "politifact": TO_POLITIFACT[state.state], "polimetre": TO_POLIMETRE[state.state],
            "criteria": [{"text": text, "state": stands} for text, stands in state.criteria],
            "moves": [encode(move) for move in state.moves], "review": self.review, "report": _facts(self.report),
        }  # fmt: skip

    def _repr_html_(self) -> str:
        moves = ((move.on, move.why, move.by.quote if move.by else "") for move in self.state.moves)
        return life_html(self.life.act, self.state.state, self.state.on, moves) + self.report._repr_html_()


def _facts(known: ReportFacts) -> dict[str, object]:
    return {
        "id": known.id, "source_id": known.source_id, "version": known.version, "title": known.title,
        "outlet": known.outlet, "published": encode(known.published), "url": known.url,
        "recorded_at": known.recorded_at,
    }  # fmt: skip
