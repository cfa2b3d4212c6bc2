"""What each page is given, and what it is as JSON: one frozen dataclass a page.

Records are the ledger's own (`Kept`), so that a page's JSON speaks the contract of the command line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from diurna.flow.watchstate import Followed
from diurna.ledger.asking import Hit, Kept, Known, ReportFacts
from diurna.ledger.difference import Change
from diurna.ledger.judge import Judgement
from diurna.ledger.linked import KeptCrossGap
from diurna.ledger.runs import KeptFailure, Run
from diurna.ledger.tallies import DayCount, Dealing
from diurna.model.canon import Story, StoryReport
from diurna.model.record import Actor, Commitment, Event, Gap, Relation, ScopeTest, Statement
from diurna.web.accounts import Role
from diurna.web.charts import Chart
from diurna.web.typeset import Paragraph


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands round every page; it is no part of the page's JSON.

    Attributes:
        path, query: the address asked for, without `as`.
        known_on: the moment the page is as known on; None: now.
        user, role: who is logged in; the room's one user where there are no accounts.
        accounts: whether there are accounts.
        token: what forms must bring.
        here: the part of the room the page belongs to, for the navigation.
    """

    path: str
    query: tuple[tuple[str, str], ...]
    known_on: str | None
    user: str
    role: Role
    accounts: bool
    token: str
    here: str

    def may(self, role: Role) -> bool:
        """Whether the visitor has this role's rights."""
        order: tuple[Role, ...] = ("reader", "reviewer", "keeper")
        return order.index(self.role) >= order.index(role)


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What is new: the last week's words and deeds, gaps, commitments with a date, who was quoted, the last reports."""

    empty: bool
    until: str
    week: tuple[DayCount, ...]
    chart: Chart | None
    gaps: tuple[Kept[Gap] | KeptCrossGap, ...]
    due: tuple[DueCommitment, ...]
    quoted: tuple[tuple[str, int], ...]
    stories: tuple[Story, ...]
    reports: tuple[ReportFacts, ...]
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class DueCommitment:
    """A commitment and how its date stands to the day the page is of.

    Attributes:
        stands: what became of it by other reports ("kept", "refused", ...), "" where it is not linked yet.
    """

    commitment: Kept[Commitment]
    due: str
    state: Literal["overdue", "due", "open"]
    stands: str = ""


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """Reports, the newest first, with the outlets there are."""

    reports: tuple[ReportFacts, ...]
    outlets: tuple[tuple[str, int], ...]
    outlet: str
    actor: str
    since: str
    until: str
    next: str | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A version of a report set for reading, its records beside the lines they come from.

    Attributes:
        text: as received; spans of records count its characters.
        paragraphs: the same text cut where records begin and end.
        left_out: characters of a very long text that are not shown.
        kept: whether the ledger has it; False for a text just read and not kept.
        address: where a text just read was fetched from; "" where it was handed in.
    """

    report: ReportFacts
    text: str
    paragraphs: tuple[Paragraph, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    actors: tuple[Actor, ...]
    relations: tuple[Relation, ...]
    commitments: tuple[Commitment, ...]
    gaps: tuple[Gap, ...]
    reviews: tuple[tuple[str, str], ...]
    failures: tuple[str, ...]
    versions: tuple[ReportFacts, ...]
    left_out: int
    kept: bool = True
    address: str = ""


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """What each version of a report changed, the newest first."""

    report: ReportFacts
    versions: tuple[tuple[ReportFacts, tuple[Change, ...]], ...]


@dataclass(frozen=True, slots=True)
class GapsPage:
    """Gaps of some kinds and states, and how many of each kind there are."""

    gaps: tuple[Kept[Gap] | KeptCrossGap, ...]
    kinds: tuple[tuple[str, int], ...]
    kind: str
    state: str
    review: str
    next: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a gap, quoted in its context.

    Attributes:
        kind: "word" or "deed".
        label: what it is: "Words", "Deeds", or "Told" of an event that is not certain or somebody's words.
        before, quote, after: the text round the record, cut between words.
        who, when, where: as the text has them; "" where unknown.
        paragraph: number of the block it stands in.
    """

    kind: Literal["word", "deed"]
    label: str
    record: str
    before: str
    quote: str
    after: str
    who: str
    what: str
    when: str
    where: str
    report: ReportFacts
    paragraph: int


@dataclass(frozen=True, slots=True)
class GapPage:
    """Two texts side by side, how they were paired, every test with its result, and what people said of it."""

    gap: Kept[Gap] | KeptCrossGap
    left: Side
    right: Side
    apart: str
    days: int | None
    tests: tuple[ScopeTest, ...]
    judgements: tuple[Judgement, ...]
    next: str | None
    previous: str | None


@dataclass(frozen=True, slots=True)
class ActorsPage:
    """Actors by name, or the most reported first."""

    actors: tuple[Known, ...]
    name: str
    order: str
    next: str | None


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name that is, or could be, the same actor's; `record` is the id of one of its actors, for judging.

    Attributes:
        why: the grounds on which it is taken for the same; "" where it only could be.
    """

    name: str
    record: str
    reports: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class RelationRow:
    """How the actor stands to another one, as a report tells it."""

    kind: str
    other: str
    forward: bool
    polarity: str
    quote: str
    report: ReportFacts
    record: str


@dataclass(frozen=True, slots=True)
class IssueRow:
    """A thing somebody speaks of: how often for it, against it, or on no side, and the newest words for that."""

    issue: str
    for_it: int
    against_it: int
    neither: int
    examples: tuple[Kept[Statement], ...]


@dataclass(frozen=True, slots=True)
class ActorPage:
    """What somebody said and did, on two lanes over time, with roles, relations, commitments and stances.

    Attributes:
        record: the id of one of its actors: what is judged to be the same as another's.
        issues: their stance by issue, over the newest of what they said.
        same: names taken for the same actor's, by linking or by people.
        alike: names that share words with it and could be.
    """

    actor: Known
    record: str
    roles: tuple[tuple[str, int], ...]
    relations: tuple[RelationRow, ...]
    statements: tuple[Kept[Statement], ...]
    events: tuple[Kept[Event], ...]
    suffered: tuple[Kept[Event], ...]
    commitments: tuple[DueCommitment, ...]
    stances: tuple[tuple[str, int], ...]
    issues: tuple[IssueRow, ...]
    speakers: tuple[tuple[str, int], ...]
    chart: Chart
    same: tuple[OtherName, ...]
    alike: tuple[OtherName, ...]
    more_words: str | None
    more_deeds: str | None


@dataclass(frozen=True, slots=True)
class MergePage:
    """What the two actors would be together, before anybody says they are one."""

    one: Known
    two: Known
    one_record: str
    two_record: str
    verdict: Literal["same", "different"]
    examples: tuple[tuple[str, tuple[Kept[Statement], ...]], ...]
    standing: tuple[Judgement, ...]


@dataclass(frozen=True, slots=True)
class CommitmentsPage:
    """The board: commitments by state of their date, then by kind."""

    columns: tuple[tuple[str, tuple[DueCommitment, ...]], ...]
    kind: str
    actor: str
    today: str
    next: str | None


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Passages in which words stand, with the facets that narrow them."""

    words: str
    where: str
    hits: tuple[Hit, ...]
    facets: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    chosen: tuple[tuple[str, str], ...]
    fault: str
    next: str | None


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Deeds whose day is known, in the order in which they happened, day by day."""

    days: tuple[tuple[str, tuple[Kept[Event], ...]], ...]
    since: str
    until: str
    actor: str
    kind: str
    next: str | None
    chart: Chart


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people keep what was found of a kind: judged, accepted, and the share, None where none is judged."""

    kind: str
    judged: int
    accepted: int
    precision: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What waits for a judgement, the likeliest gaps first, and what judgements say so far.

    Attributes:
        agreement: of records two or more people judged, the share on which all agree; None where there are none.
    """

    queue: tuple[Kept[Gap] | KeptCrossGap, ...]
    waiting: int
    precision: tuple[Agreement, ...]
    agreement: float | None
    twice: int
    people: tuple[tuple[str, int], ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """Who did something to whom."""

    dealings: tuple[Dealing, ...]
    since: str
    until: str
    chart: Chart
    matrix: Chart


@dataclass(frozen=True, slots=True)
class MapSpot:
    """Deeds at one place; `precision` says what the point stands for."""

    place: str
    lat: float
    lon: float
    precision: str
    deeds: int
    latest: str
    record: str
    report: str


@dataclass(frozen=True, slots=True)
class MapPage:
    """Deeds by place; places without coordinates are listed, never put anywhere."""

    spots: tuple[MapSpot, ...]
    nowhere: tuple[tuple[str, int], ...]
    since: str
    until: str
    chart: Chart


@dataclass(frozen=True, slots=True)
class ChartsPage:
    """Charts for a report of one's own, each downloadable as SVG, PNG and CSV."""

    charts: tuple[Chart, ...]
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class RunsPage:
    """Runs of `add`, the newest first, and what could not be read."""

    runs: tuple[Run, ...]
    failures: tuple[KeptFailure, ...]


@dataclass(frozen=True, slots=True)
class CitePage:
    """Everything needed to find a passage again: quote, outlet, date, offsets, hash of the text."""

    record: str
    kind: str
    quote: str
    start: int
    end: int
    version: str
    rule: str
    report: ReportFacts
    citation: str


@dataclass(frozen=True, slots=True)
class StoriesPage:
    """Stories among the newest reports, those with most independent origins first; `looked` is how many reports."""

    stories: tuple[Story, ...]
    looked: int


@dataclass(frozen=True, slots=True)
class Origin:
    """One origin of a story and the reports that rest on it, the earliest first."""

    number: int
    reports: tuple[tuple[StoryReport, str], ...]


@dataclass(frozen=True, slots=True)
class Count:
    """A number a report of the story gives for something that happened."""

    what: str
    text: str
    low: int | None
    high: int | None
    origin: int
    outlet: str
    day: str
    who: str
    report: str
    record: str


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A story with the tree of its origins and the numbers its reports give."""

    story: Story
    origins: tuple[Origin, ...]
    counts: tuple[Count, ...]
    gaps: tuple[Kept[Gap], ...]
    looked: int


@dataclass(frozen=True, slots=True)
class DossiersPage:
    """The matters `diurna watch` follows in this ledger, and how their feeds are."""

    dossiers: tuple[Followed, ...]


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Who judged what, and who logged in."""

    judgements: tuple[Judgement, ...]
    lines: tuple[tuple[str, str, str, str], ...]
    accounts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LoginPage:
    """The log-in; `next` is where it leads."""

    next: str
    fault: str


@dataclass(frozen=True, slots=True)
class HelpPage:
    """Keys, words and how to begin."""

    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong, and what to do."""

    status: int
    title: str
    detail: str
